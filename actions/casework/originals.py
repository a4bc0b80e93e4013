"""The files a person sent and asked to be kept: as they came, encrypted, until the case is deleted."""

from __future__ import annotations

import hashlib

from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.replies import DocumentLink
from actions.casework.texts import say
from actions.reading.documents import FileKind, kind_of

MOST = 12
"""Originals of one case: a letter's pages as photos, and some. Each may have 20 million bytes."""
_FORMATS: dict[FileKind, str] = {"pdf": "pdf", "docx": "docx", "png": "png", "jpeg": "jpeg", "text": "txt"}


def kept(talk: Talk, kind: FileKind, data: bytes) -> DocumentLink | None:
    """The file, kept now or kept before; None when the case has as many as it may."""
    digest = hashlib.sha256(data).hexdigest()
    format, title = _FORMATS[kind], say("original_title")
    before = [document for document in talk.unit.documents(talk.case_id) if document.kind == "original"]
    found = next((document.id for document in before if document.meta.get("sha256") == digest), None)
    if found is None:
        if len(before) >= MOST:
            return None
        files, meta = {"original": data}, {"sha256": digest}
        found = talk.unit.add_document(talk.case_id, "original", title, files, talk.desk.now(), meta)
    return DocumentLink(found, "original", title, (format,))


def original_file(desk: Desk, sender_id: str, document_id: str, format: str) -> bytes | None:
    """The kept file, or None unless this sender has a part in its case and it is of this format."""
    with desk.database.unit() as unit:
        conversation = unit.conversation(sender_id)
        stored = unit.document_file(conversation, document_id, "original") if conversation else None
    return stored if stored is not None and _FORMATS[kind_of(stored)] == format else None
