"""Column types: what is sealed is encrypted on its way in, so that no statement can store it in the clear."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any

from cryptography.fernet import InvalidToken, MultiFernet
from sqlalchemy import DateTime, LargeBinary
from sqlalchemy.engine import Engine
from sqlalchemy.types import TypeDecorator

from actions.cases import codec
from actions.cases.errors import BadContent, WrongKey


def give_cipher(engine: Engine, cipher: MultiFernet) -> None:
    """The sealed columns of this engine use this cipher. It rides on the dialect, all that a column type is shown."""
    dialect: Any = engine.dialect
    dialect.overturn_cipher = cipher


class SealedBytes(TypeDecorator):
    """Bytes, encrypted. Reading raises WrongKey when no key opens them."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        if value is not None and not isinstance(value, bytes):
            raise BadContent(f"a file or tracker must be bytes, not {type(value).__name__}")
        return None if value is None else dialect.overturn_cipher.encrypt(value)

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else opened(dialect.overturn_cipher, value)


class Sealed(TypeDecorator):
    """Any value that `codec` can write, encrypted. Reading raises WrongKey when no key opens it."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> Any:
        return None if value is None else dialect.overturn_cipher.encrypt(codec.dump(value))

    def process_result_value(self, value: Any, dialect: Any) -> Any:
        return None if value is None else codec.load(opened(dialect.overturn_cipher, value))


def opened(cipher: MultiFernet, token: bytes) -> bytes:
    """The content of a token. Raises WrongKey."""
    try:
        return cipher.decrypt(bytes(token))
    except InvalidToken:
        raise WrongKey(
            "stored content cannot be opened: OVERTURN_KEY is not the key it was stored with, an older key was dropped "
            "before the rotation ended, or the row is damaged"
        ) from None


class Instant(TypeDecorator):
    """A point in time: stored as UTC, read back aware. A time given without a zone is taken for UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Any) -> datetime | None:
        if value is None or value.tzinfo is None:
            return value
        return value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Any) -> datetime | None:
        return None if value is None else value.replace(tzinfo=timezone.utc)
