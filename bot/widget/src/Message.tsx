import { useState } from "preact/hooks";
import { Card } from "./Card";
import { Documents } from "./Documents";
import { AlertIcon } from "./icons";
import { Markdown } from "./Text";
import type { BotMessage, Button, Format } from "./shapes";
import type { OwnEntry } from "./state";
import { strings } from "./strings";

interface BotProps {
  message: BotMessage;
  /** False once the person has gone on. */
  live: boolean;
  /** True once one of the message's choices was taken: then none of them works any more. */
  taken: boolean;
  chosen: string | null;
  choose(button: Button): void;
  fetch(id: string, format: Format): Promise<Blob>;
}

export function Bot({ message, live, taken, chosen, choose, fetch }: BotProps) {
  const open = live && !taken;
  const emergency = message.tone === "emergency";
  return (
    <div class={emergency ? "message bot emergency" : "message bot"} role={emergency ? "alert" : undefined}>
      <span class="unseen">{strings.bot}: </span>
      {emergency && (
        <div class="emergency-head">
          <AlertIcon />
          {strings.emergency}
        </div>
      )}
      {message.text !== "" && (
        <div class="bubble">
          <Markdown text={message.text} />
        </div>
      )}
      {message.card && <Card card={message.card} live={!taken} choose={choose} />}
      {message.documents.length > 0 && <Documents documents={message.documents} fetch={fetch} />}
      {message.buttons.length > 0 && (
        <div class="buttons">
          {message.buttons.map((button) => (
            // aria-disabled and not disabled: the pressed button keeps the focus, so Tab goes on to what comes next.
            <button
              type="button"
              class={button.id === chosen ? "choice chosen" : "choice"}
              aria-disabled={!open}
              tabIndex={open ? 0 : -1}
              onClick={() => open && choose(button)}
            >
              {button.id === chosen && <span aria-hidden="true">✓ </span>}
              {button.title}
              {button.id === chosen && <span class="unseen"> ({strings.chosen})</span>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

const LONG = 600;

function statusOf(status: OwnEntry["status"], online: boolean): string | null {
  if (status === "sent") return null;
  if (status !== "sending") return strings[status];
  return online ? strings.sending : strings.waiting;
}

/** What the person said, as typed; a pasted letter is folded. */
export function Own({ entry, newest, online }: { entry: OwnEntry; newest: boolean; online: boolean }) {
  const [whole, setWhole] = useState(false);
  const long = entry.text.length > LONG || entry.text.split("\n").length > 12;
  const status = statusOf(entry.status, online);
  return (
    <div class={newest ? "message own newest" : "message own"}>
      <span class="unseen">{strings.you}: </span>
      <div class={long && !whole ? "bubble folded" : "bubble"}>{entry.text}</div>
      {long && (
        <button type="button" class="fold" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole ? strings.showLess : strings.showAll}
        </button>
      )}
      {status !== null && <div class="status">{status}</div>}
    </div>
  );
}
