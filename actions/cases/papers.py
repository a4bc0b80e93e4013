"""Documents of a case: those we drafted and those a person sent; only a conversation of the case gets the files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.cases import tables
from actions.cases.conversations import Conversation
from actions.cases.names import checked_name, is_ours, new_id
from actions.cases.record import locked
from actions.cases.tables import files, members

if TYPE_CHECKING:
    from actions.cases.unit import Unit


@dataclass(frozen=True)
class Document:
    """A document without its files; `formats` are those it can be fetched in, such as html, pdf, docx, txt."""

    id: str
    kind: str
    title: str
    formats: tuple[str, ...]
    created_at: datetime
    meta: Mapping[str, Any]


def add_document(
    unit: Unit,
    case_id: str,
    kind: str,
    title: str,
    files: Mapping[str, bytes],
    now: datetime,
    meta: Mapping[str, Any] | None = None,
) -> str:
    """The random id of the document now stored; `files` by format. Raises UnknownCase, BadContent."""
    locked(unit, case_id)
    document_id = new_id()
    unit.connection.execute(
        tables.documents.insert().values(
            id=document_id,
            case_id=case_id,
            kind=checked_name(kind, "document kind", 40),
            added_by=unit.actor.id if unit.actor else None,
            created_at=now,
            content={"title": title, "meta": dict(meta or {})},
        )
    )
    for format, content in files.items():
        unit.connection.execute(
            tables.files.insert().values(
                document_id=document_id, format=checked_name(format, "document format", 16), content=content
            )
        )
    unit.happened("document_added", case_id=case_id)
    return document_id


def documents(unit: Unit, case_id: str) -> tuple[Document, ...]:
    """The case's documents in the order they were added."""
    table = tables.documents
    formats: dict[str, list[str]] = {}
    stored = (
        select(files.c.document_id, files.c.format)
        .join(table, table.c.id == files.c.document_id)
        .where(table.c.case_id == case_id)
        .order_by(files.c.format)
    )
    for document_id, format in unit.connection.execute(stored):
        formats.setdefault(document_id, []).append(format)
    rows = unit.connection.execute(select(table).where(table.c.case_id == case_id).order_by(table.c.seq))
    return tuple(
        Document(
            id=row.id,
            kind=row.kind,
            title=row.content["title"],
            formats=tuple(formats.get(row.id, ())),
            created_at=row.created_at,
            meta=row.content["meta"],
        )
        for row in rows
    )


def document_file(unit: Unit, conversation: Conversation, document_id: str, format: str) -> bytes | None:
    """A file of a document, or None unless this conversation has a part in the document's case."""
    if not is_ours(document_id):
        return None
    row = unit.connection.execute(
        select(files.c.content, tables.documents.c.case_id, members.c.role)
        .join(tables.documents, tables.documents.c.id == files.c.document_id)
        .join(members, members.c.case_id == tables.documents.c.case_id)
        .where(
            files.c.document_id == document_id,
            files.c.format == (format if isinstance(format, str) and format.isalnum() else ""),
            members.c.conversation_id == conversation.id,
        )
    ).one_or_none()
    if row is None:
        return None
    unit.happened("document_fetched", case_id=row.case_id, conversation_id=conversation.id, role=row.role)
    content: bytes = row.content
    return content


def document_text(unit: Unit, case_id: str, document_id: str) -> str | None:
    """The text of a received document of this case (its format `txt`), or None."""
    if not is_ours(document_id):
        return None
    content = unit.connection.execute(
        select(files.c.content)
        .join(tables.documents, tables.documents.c.id == files.c.document_id)
        .where(tables.documents.c.case_id == case_id, files.c.document_id == document_id, files.c.format == "txt")
    ).scalar()
    return None if content is None else content.decode("utf-8", "surrogatepass")
