import { useLayoutEffect } from "preact/hooks";
import type { RefObject } from "preact";
import { Attach } from "./Attach";
import { SendIcon } from "./icons";
import { strings } from "./strings";

/** The door reads no longer message. A longer one still goes to it, because it looks for an emergency in that too. */
const LIMIT = 40_000;
const COUNT_FROM = 36_000;
/** More than this would break the line instead of being refused. */
const MOST_BYTES = 250_000;

interface Props {
  draft: string;
  input: RefObject<HTMLTextAreaElement | null>;
  write(draft: string): void;
  send(text: string): void;
  attach(files: readonly File[]): void;
}

export function Composer({ draft, input, write, send, attach }: Props) {
  const length = draft.length < COUNT_FROM ? draft.length : Array.from(draft).length;
  const over = length - LIMIT;
  const blocked = draft.trim() === "" || (over > 0 && new Blob([JSON.stringify(draft)]).size > MOST_BYTES);

  useLayoutEffect(() => {
    const box = input.current;
    if (box === null) return;
    // Grows with its text; the style sheet's max-height stops it.
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight + box.offsetHeight - box.clientHeight}px`;
  }, [draft]);

  const submit = (): void => {
    if (blocked) return;
    send(draft.trim());
    input.current?.focus();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  };

  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {length >= COUNT_FROM && (
        <p class={over > 0 ? "count over" : "count"} role={over > 0 ? "alert" : undefined} id="count">
          {over > 0 ? strings.charactersOver(over.toLocaleString()) : strings.charactersLeft((-over).toLocaleString())}
        </p>
      )}
      <div class="composer-row">
        <Attach attach={attach} />
        <textarea
          ref={input}
          rows={1}
          value={draft}
          aria-label={strings.inputLabel}
          aria-describedby={length >= COUNT_FROM ? "count" : undefined}
          placeholder={strings.placeholder}
          autoComplete="off"
          onInput={(event) => write(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onPaste={(event) => {
            // A copied picture; where words were copied with it, they are what is meant.
            const file = event.clipboardData?.files[0];
            if (file === undefined || event.clipboardData?.types.includes("text/plain")) return;
            event.preventDefault();
            attach([file]);
          }}
        />
        <button type="submit" class="send" aria-label={strings.send} disabled={blocked}>
          <SendIcon />
        </button>
      </div>
    </form>
  );
}
