/** What the panel shows, as one value, and the steps it goes through: plain functions from state to state. */
import type { BotMessage, HistoryEntry } from "./shapes";

export interface BotEntry {
  readonly from: "bot";
  readonly id: string;
  readonly message: BotMessage;
}

export interface OwnEntry {
  readonly from: "you";
  readonly id: string;
  readonly text: string;
  readonly choice: string | null;
  /** `uploading` and `reading`: a file on its way, and one that the server has not answered yet. */
  readonly status: "sent" | "sending" | "uploading" | "reading";
}

export type Entry = BotEntry | OwnEntry;

export type Phase = "idle" | "starting" | "ready" | "failed" | "ended" | "left";

export interface Notice {
  readonly kind: "error" | "info";
  readonly text: string;
}

export interface State {
  readonly phase: Phase;
  readonly online: boolean;
  readonly typing: boolean;
  readonly entries: readonly Entry[];
  readonly draft: string;
  readonly notice: Notice | null;
  /** Whether the files that are sent are kept, and not only their words. */
  readonly keepFiles: boolean;
  /** Buttons that the server said no longer work. */
  readonly dead: readonly string[];
}

export const initial: State = {
  phase: "idle",
  online: true,
  typing: false,
  entries: [],
  draft: "",
  notice: null,
  keepFiles: false,
  dead: [],
};

export interface Store {
  get(): State;
  update(step: (state: State) => State): void;
  subscribe(listener: (state: State) => void): () => void;
}

export function store(start: State): Store {
  let state = start;
  const listeners = new Set<(state: State) => void>();
  return {
    get: () => state,
    update(step) {
      state = step(state);
      for (const listener of listeners) listener(state);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

function has(state: State, id: string): boolean {
  return state.entries.some((entry) => entry.id === id);
}

/** A bot message that just came in; one that is already there is not shown again. */
export function received(state: State, message: BotMessage): State {
  if (has(state, message.id)) return state;
  return { ...state, entries: [...state.entries, { from: "bot", id: message.id, message }] };
}

/** The person's own message, shown before the server has it. */
export function said(state: State, entry: OwnEntry): State {
  return has(state, entry.id) ? state : { ...state, entries: [...state.entries, entry] };
}

/** The own message `id` is with the server. */
export function accepted(state: State, id: string): State {
  const entries = state.entries.map((entry) =>
    entry.id === id && entry.from === "you" ? { ...entry, status: "sent" as const } : entry,
  );
  return { ...state, entries };
}

/** The file shown as `id` is with the server, which calls it `known`; `answered` when its turn is over already. */
export function uploaded(state: State, id: string, known: string, answered: boolean): State {
  const status = answered ? ("sent" as const) : ("reading" as const);
  const entries = state.entries.flatMap((entry) => {
    if (entry.id !== id || entry.from !== "you") return [entry];
    return has(state, known) ? [] : [{ ...entry, id: known, status }];
  });
  return { ...state, entries };
}

/** The own message `id` was refused: it leaves the log, and `text` goes back into the box before what was typed since. */
export function refused(state: State, id: string, text: string, notice: string): State {
  return {
    ...state,
    entries: state.entries.filter((entry) => entry.id !== id),
    draft: joined(text, state.draft),
    notice: { kind: "error", text: notice },
  };
}

/** Two pieces of typed text, neither lost. */
export function joined(first: string, second: string): string {
  return [first, second].filter((part) => part.trim() !== "").join("\n\n");
}

/** The server's record of the conversation, with what it does not hold yet (on its way, or just arrived) after it. */
export function remembered(state: State, past: readonly HistoryEntry[]): State {
  const before = new Map(state.entries.map((entry) => [entry.id, entry]));
  const known = past.map((item): Entry => {
    const shown = before.get(item.id);
    if (item.direction === "out") return { from: "bot", id: item.id, message: item };
    const choice = shown?.from === "you" ? shown.choice : null;
    return { from: "you", id: item.id, text: item.text, choice, status: "sent" };
  });
  const ids = new Set(past.map((item) => item.id));
  const others = state.entries.filter((entry) => !ids.has(entry.id));
  // Whether a file was answered while the line was down cannot be known: nothing goes on saying that it is being read.
  const rest = others.map((entry) =>
    entry.from === "you" && entry.status === "reading" ? { ...entry, status: "sent" as const } : entry,
  );
  return { ...state, entries: [...known, ...rest] };
}

/** The place of the person's last message, -1 when nothing was said: buttons before it have been answered. */
export function lastSaid(entries: readonly Entry[]): number {
  return entries.reduce((last, entry, at) => (entry.from === "you" ? at : last), -1);
}

/** Whether one of the message's choices was already taken: the server takes one of them, once. */
export function taken(state: State, message: BotMessage): boolean {
  const offered = [...message.buttons.map((b) => b.id), ...(message.card?.rows ?? []).map((row) => row.choice)];
  return (
    offered.some((id) => id !== null && state.dead.includes(id)) ||
    state.entries.some((entry) => entry.from === "you" && entry.choice !== null && offered.includes(entry.choice))
  );
}

/** The button that answered the bot message at `at`, by its id or (from the history) its title; null when none did. */
export function chosenFrom(entries: readonly Entry[], at: number): string | null {
  const asked = entries[at];
  const answer = entries.slice(at + 1).find((entry) => entry.from === "you");
  if (asked?.from !== "bot" || answer?.from !== "you") return null;
  const button = asked.message.buttons.find((b) => b.id === answer.choice || (answer.choice === null && b.title === answer.text));
  return button?.id ?? null;
}
