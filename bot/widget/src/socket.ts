/** The Socket.IO connection: websocket only, so that no replica needs sticky sessions. */
import { io, type Socket } from "socket.io-client";
import { ack, botMessage, isOn, turnOf, type Ack, type BotMessage } from "./shapes";

/** A typed message or a pressed button; `id` is made once, and the same id sent again is answered once. */
export interface Outgoing {
  readonly id: string;
  readonly text?: string;
  readonly choice?: string;
}

export interface Listener {
  connected(): void;
  /** Temporary: another attempt is on its way. */
  lost(): void;
  /** The server said no, or hung up: whether the token still holds must be asked. */
  refused(): void;
  message(message: BotMessage): void;
  typing(on: boolean): void;
  turnDone(inReplyTo: string | null): void;
}

export interface Connection {
  /** Resolves with the server's answer; null when none came in time. */
  send(message: Outgoing): Promise<Ack | null>;
  reconnect(): void;
  close(): void;
}

const ACK_WITHIN_MS = 15_000;

export function connect(server: string, token: string, listener: Listener): Connection {
  const { origin, pathname } = new URL(server);
  const socket: Socket = io(origin, {
    path: `${pathname.replace(/\/+$/, "")}/socket.io`,
    transports: ["websocket"],
    auth: { token },
    forceNew: true,
    reconnectionDelay: 1_000,
    reconnectionDelayMax: 15_000,
    randomizationFactor: 0.5,
    timeout: 10_000,
  });

  const down = (): void => {
    if (socket.active) listener.lost();
    else listener.refused();
  };
  // A laptop that wakes up should not sit out the rest of a long delay.
  const online = (): void => {
    if (!socket.connected) socket.disconnect().connect();
  };

  socket.on("connect", () => listener.connected());
  socket.on("connect_error", down);
  socket.on("disconnect", (reason) => {
    if (reason !== "io client disconnect") down();
  });
  socket.on("bot_message", (payload: unknown) => {
    const message = botMessage(payload);
    if (message !== null) listener.message(message);
  });
  socket.on("bot_typing", (payload: unknown) => listener.typing(isOn(payload)));
  socket.on("turn_done", (payload: unknown) => listener.turnDone(turnOf(payload)));
  window.addEventListener("online", online);

  return {
    async send(message) {
      try {
        return ack(await socket.timeout(ACK_WITHIN_MS).emitWithAck("user_message", message));
      } catch {
        return null;
      }
    },
    reconnect() {
      socket.connect();
    },
    close() {
      window.removeEventListener("online", online);
      socket.removeAllListeners();
      socket.disconnect();
    },
  };
}
