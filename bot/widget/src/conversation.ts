/** One person's conversation with the server: starts it, keeps it connected, sends, and never loses what was typed. */
import type { Memory } from "./memory";
import { outbox, type Pending } from "./outbox";
import { createSession, deleteSession, DoorError, fetchDocument, fetchHistory, sendFile } from "./session";
import type { Ack, Button, Format } from "./shapes";
import { connect, type Connection } from "./socket";
import { accepted, initial, joined, received, refused, remembered, said, store, uploaded, type Notice, type Store } from "./state";
import { strings } from "./strings";

export interface Conversation {
  readonly store: Store;
  /** Goes on with the conversation of this tab, or begins one. Does nothing when it is already running. */
  open(): Promise<void>;
  write(draft: string): void;
  send(text: string): void;
  choose(button: Button): void;
  /** Sends files one after the other: the letter as PDF, Word file, or pictures of its pages in their order. */
  attach(files: readonly File[]): void;
  /** From now on files are kept as they are, or deleted once they are read. */
  keepFiles(keep: boolean): void;
  document(id: string, format: Format): Promise<Blob>;
  /** Answers null when all is deleted, else the words to show. */
  remove(): Promise<string | null>;
  leave(): void;
  dismiss(): void;
}

/** The door reads no larger file. */
const MOST_FILE_BYTES = 20_000_000;
/** One file at a time is read; after this long the next is sent without waiting for the answer to the one before. */
const FILE_WITHIN_MS = 90_000;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15_000;

export function conversation(server: string, memory: Memory): Conversation {
  const view = store({ ...initial, draft: memory.get("draft") ?? "", keepFiles: memory.get("keep") === "yes" });
  let token: string | null = memory.get("token");
  let connection: Connection | null = null;
  let wait = FIRST_WAIT_MS;
  /** Turns that are over: that of a file may be, before its upload has been answered. */
  const done = new Set<string>();
  /** Who waits for a turn to be over. */
  const waiting = new Map<string, () => void>();
  let beginning: Promise<void> = Promise.resolve();
  let sending: Promise<void> = Promise.resolve();

  const show = (notice: Notice | null): void => view.update((state) => ({ ...state, notice }));
  const write = (draft: string): void => {
    memory.set("draft", draft === "" ? null : draft);
    view.update((state) => ({ ...state, draft }));
  };

  const settled = (message: Pending, answer: Ack): void => {
    if (answer.ok) {
      view.update((state) => accepted(state, message.id));
      return;
    }
    if (answer.code === "unknown_choice" && message.choice !== undefined) {
      const { choice } = message;
      view.update((state) => ({ ...state, dead: [...state.dead, choice] }));
    }
    const why = answer.message || (message.choice === undefined ? strings.notSent : strings.noButton);
    view.update((state) => refused(state, message.id, message.text ?? "", why));
    memory.set("draft", view.get().draft || null);
    if (answer.code === "session_over") end();
  };

  const box = outbox(
    memory,
    (message) => connection?.send(message) ?? Promise.resolve(null),
    () => connection !== null && view.get().online && view.get().phase === "ready",
    settled,
  );

  const own = ({ id, label, choice }: Pending) =>
    ({ from: "you", id, text: label, choice: choice ?? null, status: "sending" }) as const;

  /** Closes the line; nothing that it still says is heard. */
  const hangUp = (): void => {
    connection?.close();
    connection = null;
  };

  const forget = (): void => {
    hangUp();
    token = null;
    memory.set("token", null);
    memory.set("keep", null);
    view.update((state) => ({ ...state, keepFiles: false }));
  };

  /** The conversation is gone: what was on its way goes back into the box. */
  const end = (): void => {
    forget();
    const unsent = box.clear().map((message) => message.text ?? "");
    write(unsent.reduceRight((draft, text) => joined(text, draft), view.get().draft));
    view.update((state) => ({ ...state, phase: "ended", entries: [], typing: false, notice: null }));
  };

  /** Runs `step` later, unless the line was closed or replaced meanwhile. */
  const later = (line: Connection, step: () => void): void => {
    setTimeout(() => {
      if (connection === line) step();
    }, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };

  const lost = (): void => view.update((state) => ({ ...state, online: false, typing: false }));

  const catchUp = async (line: Connection, bearer: string): Promise<void> => {
    try {
      const past = await fetchHistory(server, bearer);
      if (connection !== line) return;
      wait = FIRST_WAIT_MS;
      view.update((state) => {
        const seen = remembered({ ...state, phase: "ready", online: true }, past);
        return box.waiting().reduce((all, message) => said(all, own(message)), seen);
      });
      void box.flush();
    } catch (error) {
      if (connection !== line) return;
      if (error instanceof DoorError && error.ended) {
        end();
        return;
      }
      lost();
      later(line, () => void catchUp(line, bearer));
    }
  };

  const converse = (bearer: string): void => {
    const line = connect(server, bearer, {
      connected: () => void catchUp(line, bearer),
      lost,
      refused() {
        lost();
        fetchHistory(server, bearer).then(
          () => later(line, () => line.reconnect()),
          (error: unknown) => {
            if (connection !== line) return;
            if (error instanceof DoorError && error.ended) end();
            else later(line, () => line.reconnect());
          },
        );
      },
      message: (message) => view.update((state) => received(state, message)),
      typing: (typing) => view.update((state) => ({ ...state, typing })),
      turnDone(id) {
        if (id !== null) {
          done.add(id);
          waiting.get(id)?.();
        }
        view.update((state) => ({ ...(id === null ? state : accepted(state, id)), typing: false }));
      },
    });
    connection = line;
  };

  const open = (): Promise<void> => {
    const { phase } = view.get();
    if (phase !== "starting" && phase !== "ready") beginning = begin();
    return beginning;
  };

  const begin = async (): Promise<void> => {
    view.update((state) => ({ ...state, phase: "starting", online: true }));
    if (token === null) {
      try {
        token = (await createSession(server)).token;
      } catch (error) {
        const text = (error as DoorError).message || strings.cannotStart;
        view.update((state) => ({ ...state, phase: "failed", notice: { kind: "error", text } }));
        return;
      }
      memory.set("token", token);
      if (view.get().notice?.kind === "error") show(null);
    }
    converse(token);
  };

  const post = (message: Pending): void => {
    box.add(message);
    view.update((state) => said({ ...state, notice: null }, own(message)));
    void box.flush();
  };

  /** Sends the file shown as `id`, and waits until what was read in it has been said. */
  const deliver = async (id: string, file: File, keep: boolean, bearer: string | null): Promise<void> => {
    if (token !== bearer) return;
    if (bearer === null) {
      view.update((state) => refused(state, id, "", strings.fileNotSent));
      return;
    }
    try {
      const known = await sendFile(server, bearer, file, keep);
      if (token !== bearer) return;
      view.update((state) => uploaded(state, id, known, done.has(known)));
      if (!done.has(known)) await over(known);
    } catch (error) {
      if (token !== bearer) return;
      view.update((state) => refused(state, id, "", (error as DoorError).message || strings.fileNotSent));
      if ((error as DoorError).status === 401) end();
    }
  };

  const over = (turn: string): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, FILE_WITHIN_MS);
      waiting.set(turn, () => {
        clearTimeout(timer);
        waiting.delete(turn);
        resolve();
      });
    });

  return {
    store: view,
    open,
    write,
    send(text) {
      write("");
      post({ id: newId(), text, label: text });
    },
    choose(button) {
      post({ id: newId(), choice: button.id, label: button.title });
    },
    attach(files) {
      if (!["starting", "ready"].includes(view.get().phase)) return;
      show(null);
      const { keepFiles } = view.get();
      for (const file of files) {
        if (file.size > MOST_FILE_BYTES) {
          show({ kind: "error", text: strings.fileTooLarge });
          continue;
        }
        const id = newId();
        const entry = { from: "you", id, text: strings.file(file.name), choice: null, status: "uploading" } as const;
        view.update((state) => said(state, entry));
        // A file chosen while the conversation is only beginning waits for it; none goes to a later conversation.
        const bearer = token === null ? beginning.then(() => token) : Promise.resolve(token);
        sending = Promise.all([bearer, sending]).then(([now]) => deliver(id, file, keepFiles, now));
      }
    },
    keepFiles(keep) {
      memory.set("keep", keep ? "yes" : null);
      const text = keep ? strings.keepFilesNote : strings.dropFilesNote;
      view.update((state) => ({ ...state, keepFiles: keep, notice: { kind: "info", text } }));
    },
    document(id, format) {
      return fetchDocument(server, token ?? "", id, format);
    },
    async remove() {
      const bearer = token;
      if (bearer === null) return null;
      // The server hangs up on a deleted conversation, which must not look like one that ran out.
      hangUp();
      try {
        const note = await deleteSession(server, bearer);
        forget();
        box.clear();
        write("");
        const text = `${note || strings.deleted} ${strings.fresh}`;
        view.update(() => ({ ...initial, notice: { kind: "info", text } }));
        await open();
        return null;
      } catch (error) {
        if (error instanceof DoorError && error.ended) {
          end();
          return null;
        }
        converse(bearer);
        return (error as DoorError).message || strings.deleteFailed;
      }
    },
    leave() {
      forget();
      box.clear();
      write("");
      view.update(() => ({ ...initial, phase: "left" }));
    },
    dismiss: () => show(null),
  };
}

/** 128 random bits. crypto.randomUUID is not there on pages without https. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
