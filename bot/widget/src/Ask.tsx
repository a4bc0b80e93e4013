import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface AskProps {
  title: string;
  children: ComponentChildren;
  yes: string;
  no: string;
  danger?: boolean;
  /** Answers null when done, else the words to show. */
  act(): Promise<string | null>;
  close(): void;
}

/** One question that must be answered before something is done. The safe answer has the focus. */
export function Ask({ title, children, yes, no, danger = false, act, close }: AskProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);

  const submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    const answer = await act();
    setBusy(false);
    setProblem(answer);
    if (answer === null) dialog.current?.close();
  };

  return (
    <dialog ref={dialog} class="ask" aria-labelledby="ask-title" onClose={close}>
      <form onSubmit={(event) => void submit(event)}>
        <h2 id="ask-title">{title}</h2>
        {children}
        {problem !== null && (
          <p class="problem" role="alert">
            {problem}
          </p>
        )}
        <div class="ask-ways">
          <button type="button" class="small" onClick={() => dialog.current?.close()}>
            {no}
          </button>
          <button type="submit" class={danger ? "small danger" : "small primary"} aria-disabled={busy}>
            {yes}
          </button>
        </div>
      </form>
    </dialog>
  );
}
