/**
 * Messages on their way: each is kept, also over a reload, until the server has answered for it, and is sent again with
 * the same id after a lost connection. They go one at a time, so that the order stays as typed.
 */
import type { Memory } from "./memory";
import type { Ack } from "./shapes";
import type { Outgoing } from "./socket";

/** `label` is what the log shows: the text, or the title of the button. */
export interface Pending extends Outgoing {
  readonly label: string;
}

export interface Outbox {
  waiting(): readonly Pending[];
  add(message: Pending): void;
  /** Empties it and returns what was still in it. */
  clear(): Pending[];
  /** Sends all that waits; ends when it is empty or the server cannot be reached. */
  flush(): Promise<void>;
}

const RETRY_AFTER_MS = 2_000;
/** A message that breaks the line every time would otherwise be sent for ever. */
const TRIES = 6;

/**
 * `send` answers null when no acknowledgement came; `connected` says whether another try makes sense now;
 * `settled` is told each answer, after the message has left the outbox.
 */
export function outbox(
  memory: Memory,
  send: (message: Outgoing) => Promise<Ack | null>,
  connected: () => boolean,
  settled: (message: Pending, answer: Ack) => void,
): Outbox {
  let queue: Pending[] = restored(memory.get("outbox"));
  let flushing = false;
  const tries = new Map<string, number>();

  const keep = (next: Pending[]): void => {
    queue = next;
    memory.set("outbox", queue.length === 0 ? null : JSON.stringify(queue));
  };

  return {
    waiting: () => queue,
    add(message) {
      keep([...queue, message]);
    },
    clear() {
      const left = queue;
      keep([]);
      return left;
    },
    async flush() {
      if (flushing) return;
      flushing = true;
      try {
        for (let next = queue[0]; next !== undefined && connected(); next = queue[0]) {
          const { label: _, ...message } = next;
          tries.set(message.id, (tries.get(message.id) ?? 0) + 1);
          let answer = await send(message);
          if (answer === null && (tries.get(message.id) ?? 0) >= TRIES) answer = { ok: false, code: "unanswered", message: "" };
          if (answer === null) {
            await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
          } else if (queue.some((item) => item.id === message.id)) {
            const done = next;
            keep(queue.filter((item) => item.id !== message.id));
            settled(done, answer);
          }
        }
      } finally {
        flushing = false;
      }
    },
  };
}

function restored(stored: string | null): Pending[] {
  try {
    const items: unknown = JSON.parse(stored ?? "[]");
    return Array.isArray(items) ? items.filter(isPending) : [];
  } catch {
    return [];
  }
}

function isPending(item: unknown): item is Pending {
  const given = item as Partial<Pending> | null;
  return typeof given?.id === "string" && typeof given.label === "string";
}
