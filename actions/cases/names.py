"""Ids: how ours are made, how a stranger's are looked up, and what a sender id must look like."""

from __future__ import annotations

import re
import secrets
from hashlib import sha256

from actions.cases.errors import BadContent, BadSender

_SENDER = re.compile(r"(web|slack)-[0-9a-f]{64}")
_NAME = re.compile(r"[!-~]{1,200}")


def new_id() -> str:
    """A random id of 192 bits."""
    return secrets.token_urlsafe(24)


def digest(text: str) -> str:
    """What stands in the table for an id that came from outside: any length and any character is safe to look up."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def checked_sender(sender_id: str) -> str:
    """The sender id, if a door made it: `web-` or `slack-` and 64 hex digits. Raises BadSender."""
    if not isinstance(sender_id, str) or not _SENDER.fullmatch(sender_id):
        raise BadSender("a sender id must be 'web-' or 'slack-' and 64 hex digits, made by a door")
    return sender_id


def checked_name(name: str, what: str, longest: int = 200) -> str:
    """A short name of ours (question id, kind, format ...). Raises BadContent, naming what it was for."""
    if not isinstance(name, str) or not _NAME.fullmatch(name) or len(name) > longest:
        raise BadContent(f"a {what} must be 1 to {longest} plain ASCII characters without spaces")
    return name


def is_ours(candidate: str) -> bool:
    """Whether this could be an id that `new_id` made; anything else is not worth asking the database."""
    return isinstance(candidate, str) and bool(re.fullmatch(r"[A-Za-z0-9_-]{32}", candidate))
