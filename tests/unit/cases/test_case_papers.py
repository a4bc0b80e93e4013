"""Documents: stored sealed, listed with the case, fetched by the case's own conversations only."""

from __future__ import annotations

from datetime import datetime

import pytest
from case_steps import begin, begin_case

from actions.cases import BadContent, Database

ODD = "NUL \0, lone \ud800, RTL \u202e"
FILES = {"html": b"<p>Dear plan</p>", "pdf": bytes(range(256)) * 50, "docx": b"PK\x03\x04"}


def test_documents_are_listed_in_the_order_they_came(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        letter = unit.add_document(case_id, "received", ODD, {"txt": b"We denied"}, now, {"pages": 2, "words": ODD})
        appeal = unit.add_document(case_id, "appeal", "Appeal", FILES, now)
    with database.unit() as unit:
        one, two = unit.documents(case_id)
        assert (one.id, one.kind, one.title, one.formats, one.created_at) == (letter, "received", ODD, ("txt",), now)
        assert one.meta == {"pages": 2, "words": ODD}
        assert (two.id, two.kind, two.formats, two.meta) == (appeal, "appeal", ("docx", "html", "pdf"), {})
        assert unit.documents(others_case) == ()


def test_only_a_conversation_of_the_case_gets_its_files(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        other, others_case = begin_case(unit, "b")
        staff = begin(unit, "c", "slack")
        appeal = unit.add_document(case_id, "appeal", "Appeal", FILES, now)
        for format, content in FILES.items():
            assert unit.document_file(one, appeal, format) == content
            assert unit.document_file(other, appeal, format) is None
            assert unit.document_file(staff, appeal, format) is None
        unit.join_case(staff, case_id, "staff", now)
        assert unit.document_file(staff, appeal, "pdf") == FILES["pdf"]


@pytest.mark.parametrize(
    "document_id, format", [("", "pdf"), (ODD, "pdf"), ("x" * 32, "pdf"), (None, ODD), (None, "txt")]
)
def test_a_document_that_is_not_there_is_none(
    database: Database, now: datetime, document_id: str | None, format: str
) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        appeal = unit.add_document(case_id, "appeal", "Appeal", FILES, now)
        assert unit.document_file(one, appeal if document_id is None else document_id, format) is None
        assert unit.document_text(case_id, appeal if document_id is None else document_id) is None


def test_the_text_of_a_received_letter_is_its_cases_only(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        letter = unit.add_document(case_id, "received", "Letter", {"txt": "Señora \0".encode()}, now)
        assert unit.document_text(case_id, letter) == "Señora \0"
        assert unit.document_text(others_case, letter) is None


def test_a_file_must_be_bytes_and_its_format_a_word(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit)
    with pytest.raises(BadContent, match="format"), database.unit() as unit:
        unit.add_document(case_id, "appeal", "Appeal", {"../pdf x": b""}, now)
    with pytest.raises(BadContent, match="bytes"), database.unit() as unit:
        unit.add_document(case_id, "appeal", "Appeal", {"txt": "text"}, now)  # type: ignore[dict-item]
    with database.unit() as unit:
        assert unit.documents(case_id) == ()
