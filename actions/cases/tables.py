"""The tables. Whatever a person said or sent is in a sealed column; ids, times and kinds are in the clear."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

from actions.cases.columns import Instant, Sealed, SealedBytes

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _of_conversation(**kwargs: Any) -> Column:
    return Column("conversation_id", ForeignKey("conversations.id", ondelete="CASCADE"), **kwargs)


def _of_case(**kwargs: Any) -> Column:
    return Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), **kwargs)


cases = Table(
    "cases",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("created_at", Instant, nullable=False),
    Column("retain_until", Date, nullable=False, index=True),
    Column("questions", Sealed, nullable=False),
    Column("notes", Sealed, nullable=False),
)

conversations = Table(
    "conversations",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("sender_id", String(80), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("active_at", Instant, nullable=False),
    Column("consented_at", Instant),
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL"), index=True),
    Column("asked", Sealed),
)

members = Table(
    "members",
    metadata,
    _of_conversation(primary_key=True),
    _of_case(primary_key=True, index=True),
    Column("role", String(16), nullable=False),
    Column("since", Instant, nullable=False),
)

held = Table(
    "held",
    metadata,
    _of_conversation(primary_key=True),
    Column("expires_at", Instant, nullable=False),
    Column("content", Sealed, nullable=False),
)

codes = Table(
    "codes",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    _of_conversation(nullable=False, index=True),
    _of_case(index=True),
    Column("expires_at", Instant, nullable=False),
)

facts = Table(
    "facts",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    _of_case(nullable=False, index=True),
    Column("who", String(16), nullable=False),
    Column("added_by", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("added_at", Instant, nullable=False),
    Column("retracted_at", Instant),
    Column("content", Sealed, nullable=False),
    sqlite_autoincrement=True,
)

documents = Table(
    "documents",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String(32), nullable=False, unique=True),
    _of_case(nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("added_by", ForeignKey("conversations.id", ondelete="SET NULL"), index=True),
    Column("created_at", Instant, nullable=False),
    Column("content", Sealed, nullable=False),
    sqlite_autoincrement=True,
)

files = Table(
    "files",
    metadata,
    Column("document_id", ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("format", String(16), primary_key=True),
    Column("content", SealedBytes, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    _of_conversation(primary_key=True),
    Column("client", String(64), primary_key=True),
    Column("begun_at", Instant, nullable=False),
    Column("state", String(16), nullable=False),
)

entries = Table(
    "entries",
    metadata,
    Column("seq", Integer, primary_key=True),
    _of_conversation(nullable=False),
    _of_case(index=True),
    Column("direction", String(3), nullable=False),
    Column("message", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("content", Sealed, nullable=False),
    UniqueConstraint("conversation_id", "direction", "message"),
    sqlite_autoincrement=True,
)

buttons = Table(
    "buttons",
    metadata,
    _of_conversation(primary_key=True),
    Column("button", String(64), primary_key=True),
    Column("entry_seq", ForeignKey("entries.seq", ondelete="CASCADE"), nullable=False, index=True),
    Column("content", Sealed, nullable=False),
)

trackers = Table(
    "trackers",
    metadata,
    Column("sender_id", ForeignKey("conversations.sender_id", ondelete="CASCADE"), primary_key=True),
    Column("updated_at", Instant, nullable=False),
    Column("content", SealedBytes, nullable=False),
)

# No foreign keys: the trail outlives what it tells of. It holds ids, times and names of events, never content.
audit = Table(
    "audit",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", Instant, nullable=False),
    Column("event", String(40), nullable=False),
    Column("case_id", String(32)),
    Column("conversation_id", String(32)),
    Column("role", String(16), nullable=False),
    Column("mac", String(64), nullable=False),
)

# What the database keeps for itself: the canary that tells a wrong key, and the head of the audit chain.
keyring = Table(
    "keyring",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("content", Sealed, nullable=False),
)
