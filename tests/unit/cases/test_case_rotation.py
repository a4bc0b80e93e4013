"""Changing the key: everything is encrypted anew, and the old key opens nothing any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from case_steps import begin_case, sender
from sqlalchemy import LargeBinary, select, type_coerce

from actions.cases import Database, WrongKey, new_key, open_database
from actions.cases.columns import Sealed, SealedBytes, opened
from actions.cases.keys import cipher
from actions.cases.tables import metadata, trackers
from criteria.facts import Fact, Finding, Said
from criteria.results import Question


def every_token(database: Database) -> list[bytes]:
    with database.unit() as unit:
        return [
            token
            for table in metadata.sorted_tables
            for column in table.c
            if isinstance(column.type, (Sealed, SealedBytes))
            for token in unit.connection.execute(select(type_coerce(column, LargeBinary))).scalars()
            if token is not None
        ]


def test_after_rotation_only_the_new_key_opens_and_everything_is_there(
    database: Database, url: str, key: str, now: datetime
) -> None:
    facts = [Fact(Finding("fever"), Said("patient", f"words {n}")) for n in range(70)]
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        facts_in = unit.add_facts(case_id, facts, now)
        unit.note(case_id, "plan", "words")
        unit.ask(one, Question("q", (), "text", "Say?"))
        unit.hold(one, "waiting", now + timedelta(days=1))
        unit.append(one, "r1", None, {"text": "hi"}, {"b": {"intent": "yes"}})
        unit.put_tracker(one.sender_id, b"tracker", now)
        document = unit.add_document(case_id, "appeal", "Appeal", {"pdf": b"%PDF"}, now)
    newer = new_key()
    with pytest.raises(WrongKey):
        open_database(url, newer).ready()
    both = open_database(url, f"{newer},{key}")
    both.ready()
    stored = len(every_token(both))
    assert both.rotate() == stored > 75
    for token in every_token(both):
        opened(cipher(newer), token)
        with pytest.raises(WrongKey):
            opened(cipher(key), token)
    both.dispose()

    with pytest.raises(WrongKey):
        open_database(url, key).ready()
    database = open_database(url, newer)
    database.ready()
    with database.unit() as unit:
        assert unit.conversation(sender("a")) == one
        assert unit.facts(case_id) == facts_in
        assert unit.notes(case_id) == {"plan": "words"}
        assert unit.asked(one).say == "Say?"
        assert unit.held(one, now) == "waiting"
        assert unit.take_button(one, "b") == {"intent": "yes"}
        assert unit.tracker(one.sender_id) == b"tracker"
        assert unit.document_file(one, document, "pdf") == b"%PDF"
    database.dispose()


def test_a_rotation_that_was_interrupted_is_not_taken_for_done(
    database: Database, url: str, key: str, now: datetime
) -> None:
    with database.unit() as unit:
        begin_case(unit)
        unit.put_tracker(sender("a"), b"tracker", now)
    with database.unit() as unit:
        unit.connection.execute(trackers.update().values(content=type_coerce(b"damaged", LargeBinary)))
    newer = new_key()
    both = open_database(url, f"{newer},{key}")
    with pytest.raises(WrongKey):
        both.rotate()
    both.ready()
    with pytest.raises(WrongKey):
        open_database(url, newer).ready()
    with both.unit() as unit:
        unit.put_tracker(sender("a"), b"mended", now)
    both.rotate()
    both.dispose()
    open_database(url, newer).ready()


def test_rotation_without_the_old_key_changes_nothing(database: Database, url: str, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit)
        unit.note(case_id, "plan", "words")
    before = every_token(database)
    wrong = open_database(url, new_key())
    with pytest.raises(WrongKey):
        wrong.rotate()
    wrong.dispose()
    assert every_token(database) == before
