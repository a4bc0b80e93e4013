"""A person in the chat widget, for tests: talks to a running server over the web door, one message at a time."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from typing import Any

import jwt
import requests
import socketio

from bot.channels.web.tokens import sender_id_of

WAIT = 60.0


@dataclass
class Answer:
    """What came back for one message: the acknowledgement, and the bot messages until the turn was done."""

    ack: dict[str, Any]
    messages: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All the bot's words, and its cards' titles and rows, one below the other."""
        lines: list[str] = []
        for message in self.messages:
            lines.append(message["text"])
            if message["card"]:
                lines.append(message["card"]["title"])
                lines += [f"{row['label']}: {row['value']} [{row['state']}]" for row in message["card"]["rows"]]
            lines += [document["title"] for document in message["documents"]]
        return "\n".join(lines)

    @property
    def buttons(self) -> dict[str, str]:
        """The offered buttons: title to id, those of the last message last."""
        return {button["title"]: button["id"] for message in self.messages for button in message["buttons"]}

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [message["card"] for message in self.messages if message["card"]]

    @property
    def documents(self) -> list[dict[str, Any]]:
        return [document for message in self.messages for document in message["documents"]]


class Chat:
    """One browser tab. `Chat(url)` begins a conversation and waits for the greeting, which is in `greeting`."""

    _ids = itertools.count(1)

    def __init__(self, url: str, session: dict[str, Any] | None = None, wait_for_greeting: bool = True) -> None:
        self.url = url.rstrip("/")
        self.session = session or begin(self.url)
        self.token: str = self.session["token"]
        self.greeting = Answer({})
        self.received: list[dict[str, Any]] = []
        self._turns: dict[str | None, list[dict[str, Any]]] = {}
        self._done: set[str | None] = set()
        self._news = threading.Condition()
        self._last = Answer({})
        self.socket = socketio.Client(reconnection=False)
        self.socket.on("bot_message", self._on_message)
        self.socket.on("turn_done", self._on_done)
        self.socket.connect(self.url, auth={"token": self.token}, transports=["websocket"], wait_timeout=20)
        if session is None and wait_for_greeting:
            self.greeting = self.wait(None, {})
            self._last = self.greeting

    @property
    def sender(self) -> str:
        """The sender id that this conversation has in the database."""
        return sender_id_of(jwt.decode(self.token, options={"verify_signature": False})["sub"])

    def say(self, text: Any, message_id: str | None = None) -> Answer:
        """Sends a text and waits for the whole answer; only for the acknowledgement if it was not taken."""
        return self.send({"id": message_id or self.new_id(), "text": text})

    def press(self, title_or_id: str) -> Answer:
        """Presses a button of the last answer by its title (its beginning will do), or any button by its id."""
        offered = self._last.buttons
        found = [known for title, known in offered.items() if title.lower().startswith(title_or_id.lower())]
        return self.send({"id": self.new_id(), "choice": found[0] if found else title_or_id})

    def agree(self) -> Answer:
        """Gives consent by the first button of the greeting."""
        return self.press(next(iter(self._last.buttons.values())))

    def send(self, message: Any) -> Answer:
        """Sends any payload, well-formed or not."""
        ack = self.emit(message)
        if not ack.get("ok"):
            return Answer(ack)
        self._last = self.wait(message["id"], ack)
        return self._last

    def post_file(self, data: bytes, name: str = "letter", keep: bool = False, **headers: str) -> requests.Response:
        """Posts a file to the door, and only that."""
        url = f"{self.url}/webhooks/web/uploads"
        files, fields = {"file": (name, data)}, {"keep": "yes"} if keep else {}
        return requests.post(url, headers={**self._bearer(), **headers}, files=files, data=fields, timeout=WAIT)

    def upload(self, data: bytes, name: str = "letter", keep: bool = False) -> Answer:
        """Sends a file and waits for the whole answer to what was read in it."""
        answer = self.post_file(data, name, keep)
        assert answer.status_code == 202, answer.text
        self._last = self.wait(answer.json()["upload"])
        return self._last

    def emit(self, message: Any) -> dict[str, Any]:
        """Sends any payload and waits for its acknowledgement only."""
        ack: dict[str, Any] = self.socket.call("user_message", message, timeout=WAIT)
        return ack

    def wait(self, message_id: str | None, ack: dict[str, Any] | None = None) -> Answer:
        """The answer to a message, once its turn is done."""
        with self._news:
            if not self._news.wait_for(lambda: message_id in self._done, WAIT):
                raise AssertionError(f"no turn_done within {WAIT:.0f} s; so far: {self._turns.get(message_id)}")
            self._done.discard(message_id)
            return Answer(ack or {"ok": True}, self._turns.pop(message_id, []))

    def history(self) -> list[dict[str, Any]]:
        messages: list[dict[str, Any]] = self.get("/webhooks/web/history").json()["messages"]
        return messages

    def document(self, document_id: str, format: str) -> requests.Response:
        return self.get(f"/webhooks/web/documents/{document_id}.{format}")

    def get(self, path: str, **headers: str) -> requests.Response:
        return requests.get(self.url + path, headers={**self._bearer(), **headers}, timeout=WAIT)

    def delete(self) -> requests.Response:
        return requests.delete(f"{self.url}/webhooks/web/session", headers=self._bearer(), timeout=WAIT)

    def close(self) -> None:
        self.socket.disconnect()

    def __enter__(self) -> Chat:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def new_id(self) -> str:
        return f"m{next(self._ids)}"

    def _bearer(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def _on_message(self, message: dict[str, Any]) -> None:
        with self._news:
            self.received.append(message)
            self._turns.setdefault(message["in_reply_to"], []).append(message)

    def _on_done(self, done: dict[str, Any]) -> None:
        with self._news:
            self._done.add(done["in_reply_to"])
            self._news.notify_all()


def begin(url: str) -> dict[str, Any]:
    """A new conversation: `session`, `token`, `expires`."""
    answer = requests.post(f"{url}/webhooks/web/sessions", json={}, timeout=WAIT)
    assert answer.status_code == 201, answer.text
    session: dict[str, Any] = answer.json()
    return session
