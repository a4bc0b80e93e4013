"""Who a web conversation belongs to: whoever holds the signed token that this server issued for it."""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import jwt

AUDIENCE = "overturn-web"
_SUBJECT = re.compile(r"[0-9a-f]{64}")
_BEARER = re.compile(r"Bearer ([A-Za-z0-9_-]{1,400}\.[A-Za-z0-9_-]{1,600}\.[A-Za-z0-9_-]{1,200})")


@dataclass(frozen=True)
class Issued:
    """A new conversation: its public name, the token that opens it, until when, and the id Rasa knows it by."""

    session: str
    token: str
    expires: datetime
    sender_id: str


@dataclass(frozen=True)
class Holder:
    """What a valid token says: the conversation it opens, and when it stops doing so."""

    sender_id: str
    expires: datetime


def issue(key: bytes, now: datetime, lifetime: timedelta) -> Issued:
    """A token for a new, random conversation, signed with `key` (32 bytes)."""
    subject = secrets.token_hex(32)
    session = secrets.token_urlsafe(12)
    expires = (now + lifetime).replace(microsecond=0)
    token = jwt.encode(
        {"aud": AUDIENCE, "sub": subject, "jti": session, "iat": now, "exp": expires}, key, algorithm="HS256"
    )
    return Issued(session, token, expires, sender_id_of(subject))


def holder_of(token: object, keys: Sequence[bytes]) -> Holder | None:
    """Whose token this is, or None: not ours, altered, expired, made for something else, or no token at all."""
    if not isinstance(token, str) or not _BEARER.fullmatch(f"Bearer {token}"):
        return None
    for key in keys:
        try:
            claims = jwt.decode(
                token, key, algorithms=["HS256"], audience=AUDIENCE, options={"require": ["exp", "aud", "sub", "jti"]}
            )
        except jwt.InvalidTokenError:
            continue
        subject = claims["sub"]
        if isinstance(subject, str) and _SUBJECT.fullmatch(subject):
            return Holder(sender_id_of(subject), datetime.fromtimestamp(claims["exp"], timezone.utc))
    return None


def sender_id_of(subject: str) -> str:
    """The conversation id for a token's subject: `web-` and 64 hex digits, from which the subject cannot be found."""
    return "web-" + hashlib.sha256(subject.encode("ascii")).hexdigest()


def bearer(header: object) -> str | None:
    """The token in an Authorization header that is exactly `Bearer TOKEN`, else None."""
    found = _BEARER.fullmatch(header) if isinstance(header, str) else None
    return found.group(1) if found else None
