"""The messages on the wire: what a client may send, and what the assistant's replies look like there."""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.casework.replies import Button, Reply

LONGEST_TEXT = 40_000
WORD_JOINER = "\u2060"
_ID = re.compile(r"[!-~]{1,64}")


class RefusedError(Exception):
    """A message that is not taken, with the code of the contract and a plain sentence for the person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.code = code
        self.message = message

    def ack(self) -> dict[str, Any]:
        return {"ok": False, "error": {"code": self.code, "message": self.message}}


@dataclass(frozen=True)
class Said:
    """A message as a client sent it: its id, and either words or the id of a button."""

    id: str
    text: str | None = None
    choice: str | None = None


def read_user_message(data: object) -> Said:
    """The message in `data`, its text without control characters. Raises RefusedError (bad_message, empty)."""
    if not isinstance(data, Mapping) or not isinstance(data.get("id"), str) or not _ID.fullmatch(data["id"]):
        raise RefusedError("bad_message", "That message could not be read. Please reload the page and try again.")
    text, choice = data.get("text"), data.get("choice")
    if isinstance(choice, str) and text is None:
        if not _ID.fullmatch(choice):
            raise RefusedError("unknown_choice", "That button does not work any more. Please use a newer one, or type.")
        return Said(data["id"], choice=choice)
    if not isinstance(text, str) or choice is not None:
        raise RefusedError("bad_message", "That message could not be read. Please send it as text.")
    words = cleaned(text)
    if not words.strip():
        raise RefusedError("empty", "There was nothing in that message. Please type a few words.")
    return Said(data["id"], text=words)


def cleaned(text: str) -> str:
    """The text without control characters (line ends and tabs stay) and without halves of a character."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in text if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))


def as_plain_text(text: str) -> str:
    """The text in a form that Rasa reads as words: a leading `/` would let anyone name an intent, or restart."""
    return WORD_JOINER + text.strip() if text.strip().startswith("/") else text


def bot_message(reply: Reply, in_reply_to: str | None) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """The message for the client, and what each of its new one-time buttons stands for."""
    offered: dict[str, dict[str, Any]] = {}

    def offer(button: Button) -> str:
        name = secrets.token_urlsafe(16)
        offered[name] = {"title": button.title, "intent": button.intent, "value": dict(button.value)}
        return name

    card = None
    if reply.card is not None:
        card = {
            "type": reply.card.type,
            "title": reply.card.title,
            "rows": [
                {
                    "id": row.id,
                    "label": row.label,
                    "value": row.value,
                    "state": row.state,
                    "source": row.source,
                    "who": row.who,
                    "choice": None if row.edit is None else offer(row.edit),
                }
                for row in reply.card.rows
            ],
        }
    message = {
        "id": secrets.token_urlsafe(12),
        "in_reply_to": in_reply_to,
        "text": reply.text,
        "tone": reply.tone,
        "buttons": [{"id": offer(button), "title": button.title} for button in reply.buttons],
        "card": card,
        "documents": [
            {"id": link.id, "kind": link.kind, "title": link.title, "formats": list(link.formats)}
            for link in reply.documents
        ],
    }
    return message, offered


def reply_of(message: Mapping[str, Any]) -> Reply | None:
    """The reply in what Rasa hands to an output channel, or None if it says nothing.

    An action's reply comes whole as `custom`; a plain response of the domain has text and buttons with `/intent`.
    """
    custom = message.get("custom")
    if isinstance(custom, Mapping) and "reply" in custom:
        return Reply.from_json(custom)
    text = message.get("text")
    if not text:
        return None
    buttons = tuple(
        Button(str(button["title"]), str(button.get("payload", "")).lstrip("/").partition("{")[0])
        for button in message.get("buttons") or ()
    )
    return Reply(str(text), buttons)
