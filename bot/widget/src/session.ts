/** The web door's HTTP calls. */
import { deletionNote, history, problem, session, uploadId, type Format, type HistoryEntry, type Session } from "./shapes";

/** `status` is the HTTP status, 0 when the server was not reached; `message` is the server's words for the person. */
export class DoorError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  /** The token is good for nothing any more: the conversation expired or was deleted. */
  get ended(): boolean {
    return this.status === 401 || this.status === 404 || this.status === 410;
  }
}

async function call(url: string, token: string | null, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (token !== null) headers.set("Authorization", `Bearer ${token}`);
  let response: Response;
  try {
    // The token is the whole identity: cookies of the site around us are not sent, and nothing stays in a cache.
    response = await fetch(url, { ...init, headers, credentials: "omit", cache: "no-store" });
  } catch {
    throw new DoorError(0, "unreachable", "");
  }
  if (response.ok) return response;
  const { code, message } = problem(await json(response));
  throw new DoorError(response.status, code, message);
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

/** A new conversation. */
export async function createSession(server: string): Promise<Session> {
  const response = await call(`${server}/webhooks/web/sessions`, null, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: "{}",
  });
  const made = session(await json(response));
  if (made === null) throw new DoorError(response.status, "no_token", "");
  return made;
}

export async function fetchHistory(server: string, token: string): Promise<HistoryEntry[]> {
  return history(await json(await call(`${server}/webhooks/web/history`, token)));
}

export async function fetchDocument(server: string, token: string, id: string, format: Format): Promise<Blob> {
  return (await call(`${server}/webhooks/web/documents/${encodeURIComponent(id)}.${format}`, token)).blob();
}

/** Sends a file, to be kept or only read; what was read in it arrives as messages that answer the returned id. */
export async function sendFile(server: string, token: string, file: Blob, keep: boolean): Promise<string> {
  const form = new FormData();
  // Its name may say who the patient is, and nobody needs it.
  form.append("file", file, "document");
  if (keep) form.append("keep", "yes");
  const response = await call(`${server}/webhooks/web/uploads`, token, { method: "POST", body: form });
  const id = uploadId(await json(response));
  if (id === null) throw new DoorError(response.status, "no_upload", "");
  return id;
}

/** Deletes the conversation and all it alone owns; returns what the server adds to "done", mostly nothing. */
export async function deleteSession(server: string, token: string): Promise<string> {
  return deletionNote(await json(await call(`${server}/webhooks/web/session`, token, { method: "DELETE" })));
}
