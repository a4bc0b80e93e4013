"""Deleting what a person asks to have deleted, and what was kept long enough."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from case_steps import begin, begin_case, sender

from actions.cases import Conversation, Database, Deleted, Unit, UnknownCase, open_database
from actions.cases.columns import Sealed, SealedBytes
from actions.cases.tables import audit, keyring, metadata
from criteria.facts import Fact, Finding, Said
from criteria.results import Question

SECRET = "Pat Example has a numb left leg"


def fill(unit: Unit, conversation: Conversation, case_id: str, now: datetime) -> str:
    """Put something into everything a conversation and a case can hold; the id of the document."""
    unit.hold(conversation, SECRET, now + timedelta(minutes=30))
    unit.add_facts(case_id, [Fact(Finding("numbness"), Said("patient", SECRET))], now)
    unit.set_question(case_id, "q", "answered", now)
    unit.note(case_id, "plan", SECRET)
    unit.ask(conversation, Question("q", (), "text", SECRET))
    unit.begin_turn(conversation, "client", {"text": SECRET})
    unit.append(conversation, "message", "client", {"text": SECRET}, {"button": {"intent": SECRET}})
    unit.put_tracker(conversation.sender_id, SECRET.encode(), now)
    unit.resume_code(conversation, now + timedelta(days=30))
    return unit.add_document(case_id, "received", SECRET, {"txt": SECRET.encode()}, now, {"of": SECRET})


def rows(unit: Unit) -> dict[str, int]:
    """How many rows each table has, but those the database keeps for itself."""
    kept = [table for table in metadata.sorted_tables if table not in (audit, keyring)]
    return {table.name: len(unit.connection.execute(table.select()).all()) for table in kept}


def test_deleting_leaves_no_row_of_the_conversation_and_its_cases(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        fill(unit, one, case_id, now)
        second = unit.new_case(one, now, 30)
        unit.add_document(second, "appeal", "Appeal", {}, now)
        assert 0 not in rows(unit).values()
    with database.unit() as unit:
        assert unit.delete_conversation(one) == Deleted(cases=2, documents=2, shared=0)
    with database.unit() as unit:
        assert set(rows(unit).values()) == {0}
        assert unit.conversation(sender("a")) is None
        assert unit.verify_audit() == []


def test_deleting_touches_nobody_else(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        other, others_case = begin_case(unit, "b")
        fill(unit, other, others_case, now)
        before = rows(unit)
        one, case_id = begin_case(unit, "a")
        fill(unit, one, case_id, now)
        unit.delete_conversation(one)
        assert rows(unit) == before
        assert unit.notes(others_case) == {"plan": SECRET}


def test_a_case_shared_with_the_clinic_loses_the_patients_part_only(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        fill(unit, one, case_id, now)
        read = Fact(Finding("fever"), Said("document", SECRET))
        unit.add_facts(case_id, [read], now)
        staff = begin(unit, "c", "slack")
        unit.join_case(staff, case_id, "staff", now)
        kept = unit.add_facts(case_id, [Fact(Finding("foot_drop"), Said("staff", "on exam")), read], now)
        kept_document = unit.add_document(case_id, "medical_necessity", "Letter", {"txt": b"ours"}, now)
        own = unit.new_case(unit.conversation(sender("a")), now, 30)
    with database.unit() as unit:
        assert unit.delete_conversation(one) == Deleted(cases=1, documents=1, shared=1)
    with database.unit() as unit:
        assert unit.history(case_id) == kept
        assert [d.id for d in unit.documents(case_id)] == [kept_document]
        assert unit.notes(case_id) == {} and unit.questions(case_id) == {}
        assert unit.conversation(staff.sender_id).case_id == case_id
        assert rows(unit)["entries"] == 0
        with pytest.raises(UnknownCase):
            unit.note(own, "n", 1)


def test_staff_who_leave_take_nothing_of_the_patients(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        fill(unit, one, case_id, now)
        staff = begin(unit, "c", "slack")
        unit.join_case(staff, case_id, "staff", now)
        assert unit.delete_conversation(unit.conversation(staff.sender_id)) == Deleted(0, 0, 1)
        assert unit.notes(case_id) == {"plan": SECRET}
        assert len(unit.documents(case_id)) == 1 and len(unit.facts(case_id)) == 1
        assert unit.delete_conversation(one) == Deleted(1, 1, 0)


def test_what_staff_said_stays_when_both_they_and_the_patient_left(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        for letter in "cd":
            unit.join_case(begin(unit, letter, "slack"), case_id, "staff", now)
        left = unit.conversation(sender("c", "slack"))
        kept = unit.add_facts(case_id, [Fact(Finding("foot_drop"), Said("staff", "on exam"))], now)
        unit.delete_conversation(left)
        unit.delete_conversation(one)
        assert unit.history(case_id) == kept


def tokens(path: Path) -> dict[str, bytes]:
    """A stretch of each sealed value as it stands in the file, by column."""
    found = {}
    with sqlite3.connect(path) as connection:
        for table in metadata.sorted_tables:
            for column in (
                c.name for c in table.c if isinstance(c.type, (Sealed, SealedBytes)) and table is not keyring
            ):
                (token,) = connection.execute(f"SELECT {column} FROM {table.name} WHERE {column} NOT NULL").fetchone()
                found[f"{table.name}.{column}"] = bytes(token[10:90])
    connection.close()
    return found


def on_disk(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.iterdir()))


def test_on_disk_nothing_is_readable_before_and_nothing_is_left_after(tmp_path: Path, key: str, now: datetime) -> None:
    database = open_database(f"sqlite:///{tmp_path}/overturn.db", key)
    database.migrate()
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        fill(unit, one, case_id, now)
    sealed = tokens(tmp_path / "overturn.db")
    assert len(sealed) == 10
    before = on_disk(tmp_path)
    assert [name for name, token in sealed.items() if token not in before] == []
    for readable in (SECRET.encode(), b"numbness", b"Pat Example"):
        assert readable not in before
    with database.unit() as unit:
        unit.delete_conversation(one)
    after = on_disk(tmp_path)
    assert [name for name, token in sealed.items() if token in after] == []
    database.dispose()


TODAY = date(2026, 11, 21)


def test_a_case_is_kept_to_its_date_and_goes_with_its_conversation_after_it(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        fill(unit, one, case_id, now)
        longer = unit.new_case(begin(unit, "b"), now, 60)
    with database.unit() as unit:
        assert unit.purge(TODAY + timedelta(days=30)) == 1  # the message that waited half an hour
        assert unit.notes(case_id) == {"plan": SECRET}
    with database.unit() as unit:
        assert unit.purge(TODAY + timedelta(days=31)) == 2
        assert [case.id for case in unit.case_summaries()] == [longer]
        assert unit.conversation(sender("a")) is None
        assert unit.conversation(sender("b")) is not None
        assert {name for name, count in rows(unit).items() if count} == {"cases", "conversations", "members"}
        assert unit.purge(TODAY + timedelta(days=31)) == 0
        assert unit.verify_audit() == []


def test_a_conversation_with_another_case_goes_on_with_that(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one = begin(unit)
        longer = unit.new_case(one, now, 60)
        unit.append(one, "of longer", None, {"text": "stays"}, {})
        shorter = unit.new_case(one, now + timedelta(seconds=1), 30)
        fill(unit, unit.conversation(sender("a")), shorter, now)
        unit.purge(TODAY + timedelta(days=31))
        left = unit.conversation(sender("a"))
        assert (left.case_id, left.role) == (longer, "owner")
        assert unit.asked(left) is None and unit.tracker(sender("a")) is None
        assert [entry.id for entry in unit.transcript(left)] == ["of longer"]


def test_conversations_that_came_to_nothing_go(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        begin(unit, "a", consent=False)
        begin(unit, "b", consent=True)
        assert unit.purge(TODAY + timedelta(days=1)) == 0
        assert unit.purge(TODAY + timedelta(days=2)) == 1
        assert unit.conversation(sender("a")) is None
        assert unit.purge(TODAY + timedelta(days=30)) == 0
        assert unit.purge(TODAY + timedelta(days=31)) == 1
        assert unit.conversation(sender("b")) is None


def test_a_code_goes_when_its_time_is_over(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        unit.resume_code(one, now + timedelta(days=5))
        unit.hand_over_code(one, case_id, now + timedelta(days=10))
        unit.purge(TODAY + timedelta(days=6))
        assert rows(unit)["codes"] == 1
