/** What travels between the widget and the web door, checked as it comes in: nothing is trusted to have its shape. */

export const ROW_STATES = ["read", "confirm", "met", "missing", "closed", "conflict"] as const;
export type RowState = (typeof ROW_STATES)[number];

export const CARD_TYPES = ["reading", "check", "deadline", "draft"] as const;
export type CardType = (typeof CARD_TYPES)[number];

export const FORMATS = ["html", "pdf", "docx", "png", "jpeg", "txt"] as const;
export type Format = (typeof FORMATS)[number];

export interface Button {
  readonly id: string;
  readonly title: string;
}

export interface Row {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly state: RowState;
  readonly source: string;
  readonly who: string;
  readonly choice: string | null;
}

export interface Card {
  readonly type: CardType;
  readonly title: string;
  readonly rows: readonly Row[];
}

export interface DocumentLink {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly formats: readonly Format[];
}

export interface BotMessage {
  readonly id: string;
  readonly inReplyTo: string | null;
  readonly text: string;
  readonly tone: "emergency" | null;
  readonly buttons: readonly Button[];
  readonly card: Card | null;
  readonly documents: readonly DocumentLink[];
}

export interface HistoryEntry extends BotMessage {
  readonly direction: "in" | "out";
}

export interface Session {
  readonly session: string;
  readonly token: string;
}

/** What the door answers to a message: taken, or not and why. */
export type Ack = { readonly ok: true } | { readonly ok: false; readonly code: string; readonly message: string };

type Json = Record<string, unknown>;

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function idOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function listOf<T>(value: unknown, read: (item: Json) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item) => {
    const made = isObject(item) ? read(item) : null;
    return made === null ? [] : [made];
  });
}

function oneOf<T extends string>(value: unknown, known: readonly T[], otherwise: T): T {
  return known.find((item) => item === value) ?? otherwise;
}

function button(item: Json): Button | null {
  const id = idOf(item.id);
  return id === null ? null : { id, title: textOf(item.title) };
}

function row(item: Json): Row {
  return {
    id: textOf(item.id),
    label: textOf(item.label),
    value: textOf(item.value),
    state: oneOf(item.state, ROW_STATES, "read"),
    source: textOf(item.source),
    who: textOf(item.who),
    choice: idOf(item.choice),
  };
}

function card(value: unknown): Card | null {
  if (!isObject(value)) return null;
  return { type: oneOf(value.type, CARD_TYPES, "reading"), title: textOf(value.title), rows: listOf(value.rows, row) };
}

function documentLink(item: Json): DocumentLink | null {
  const id = idOf(item.id);
  if (id === null) return null;
  const offered = Array.isArray(item.formats) ? item.formats : [];
  return { id, kind: textOf(item.kind), title: textOf(item.title), formats: FORMATS.filter((f) => offered.includes(f)) };
}

/** A `bot_message`, or null when it has no id: without one it could be shown twice. */
export function botMessage(value: unknown): BotMessage | null {
  if (!isObject(value)) return null;
  const id = idOf(value.id);
  if (id === null) return null;
  return {
    id,
    inReplyTo: idOf(value.in_reply_to),
    text: textOf(value.text),
    tone: value.tone === "emergency" ? "emergency" : null,
    buttons: listOf(value.buttons, button),
    card: card(value.card),
    documents: listOf(value.documents, documentLink),
  };
}

/** The answer of `GET /webhooks/web/history`, oldest first. */
export function history(value: unknown): HistoryEntry[] {
  return listOf(isObject(value) ? value.messages : null, (item) => {
    const message = botMessage(item);
    return message === null ? null : { ...message, direction: item.direction === "in" ? "in" : "out" };
  });
}

/** The answer of `POST /webhooks/web/sessions`, or null when it holds no token. */
export function session(value: unknown): Session | null {
  if (!isObject(value)) return null;
  const token = idOf(value.token);
  return token === null ? null : { session: textOf(value.session), token };
}

/** The answer of `POST /webhooks/web/uploads`: the id that what was read will name, or null. */
export function uploadId(value: unknown): string | null {
  return isObject(value) ? idOf(value.upload) : null;
}

/** The message that a turn belonged to, or null. */
export function turnOf(value: unknown): string | null {
  return isObject(value) ? idOf(value.in_reply_to) : null;
}

/** The acknowledgement of a `user_message`. Anything that is not a clear yes is a no. */
export function ack(value: unknown): Ack {
  if (isObject(value) && value.ok === true) return { ok: true };
  return { ok: false, ...problem(value) };
}

/** The `error` object of an answer; empty strings when there is none. */
export function problem(value: unknown): { code: string; message: string } {
  const error = isObject(value) && isObject(value.error) ? value.error : {};
  return { code: textOf(error.code), message: textOf(error.message) };
}

export function isOn(value: unknown): boolean {
  return isObject(value) && value.on === true;
}

/** What a delete says beside "done", such as that the clinic keeps its own part. */
export function deletionNote(value: unknown): string {
  return isObject(value) ? textOf(value.message) : "";
}
