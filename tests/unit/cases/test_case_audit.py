"""The audit trail: what happened, to which case, by which role; and whether anybody changed it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from case_steps import begin, begin_case, sender
from sqlalchemy import create_engine, text

from actions.cases import Database, new_key, open_database
from actions.cases.tables import audit
from criteria.facts import Fact, Finding, Said


def live(database: Database, now: datetime) -> tuple[str, str, str]:
    """A case's life, in several units: the ids of the patient's and the staff's conversation, and the case's."""
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        staff = begin(unit, "c", "slack")
        unit.join_case(staff, case_id, "staff", now)
    with database.unit() as unit:
        unit.conversation(staff.sender_id)
        unit.add_facts(case_id, [Fact(Finding("fever"), Said("staff", "secret words"))], now)
    with database.unit() as unit:
        unit.delete_conversation(unit.conversation(staff.sender_id))
        unit.delete_conversation(unit.conversation(one.sender_id))
    return one.id, staff.id, case_id


def test_the_trail_tells_what_happened_and_by_whom(database: Database, now: datetime) -> None:
    one, staff, case_id = live(database, now)
    with database.unit() as unit:
        trail = unit.connection.execute(audit.select().order_by(audit.c.number)).all()
        assert unit.verify_audit() == []
    assert [(r.event, r.case_id, r.conversation_id, r.role) for r in trail] == [
        ("conversation_begun", None, one, "owner"),
        ("consent_given", None, one, "owner"),
        ("case_begun", case_id, one, "owner"),
        ("conversation_begun", None, staff, "owner"),
        ("consent_given", None, staff, "owner"),
        ("case_joined", case_id, staff, "staff"),
        ("facts_from_staff", case_id, staff, "staff"),
        ("case_left", case_id, staff, "staff"),
        ("conversation_deleted", None, staff, "staff"),
        ("case_deleted", case_id, one, "owner"),
        ("conversation_deleted", None, one, "owner"),
    ]
    assert {r.at for r in trail} == {now}


def test_what_the_purge_does_is_the_systems(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit)
    with database.unit() as unit:
        unit.purge(now.date() + timedelta(days=31))
    with database.unit() as unit:
        (deleted,) = unit.connection.execute(audit.select().where(audit.c.event == "case_deleted")).all()
    assert (deleted.case_id, deleted.role) == (case_id, "system")


def test_fetching_a_document_is_told(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        document = unit.add_document(case_id, "appeal", "Appeal", {"pdf": b"x"}, now)
        unit.document_file(one, document, "pdf")
    with database.unit() as unit:
        events = unit.connection.execute(audit.select().where(audit.c.event == "document_fetched")).all()
    assert [(e.case_id, e.conversation_id, e.role) for e in events] == [(case_id, one.id, "owner")]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET role = 'staff' WHERE number = 3",
        "UPDATE audit SET case_id = 'another' WHERE number = 6",
        "UPDATE audit SET case_id = NULL, conversation_id = case_id WHERE number = 3",
        "UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE number = 1",
        "UPDATE audit SET mac = 'f' WHERE number = 11",
        "DELETE FROM audit WHERE number = 1",
        "DELETE FROM audit WHERE number = 5",
        "DELETE FROM audit WHERE number = 11",
        "DELETE FROM audit",
        "INSERT INTO audit SELECT 12, at, event, case_id, conversation_id, role, mac FROM audit WHERE number = 11",
        "UPDATE audit SET event = CASE number WHEN 8 THEN 'conversation_deleted' ELSE 'case_left' END "
        "WHERE number IN (8, 9)",
    ],
)
def test_any_change_of_the_trail_shows(database: Database, url: str, now: datetime, statement: str) -> None:
    live(database, now)
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        assert connection.execute(text(statement)).rowcount
    engine.dispose()
    with database.unit() as unit:
        assert unit.verify_audit() != []


def test_a_deleted_record_is_named(database: Database, url: str, now: datetime) -> None:
    live(database, now)
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM audit WHERE number IN (5, 6, 11)"))
    engine.dispose()
    with database.unit() as unit:
        problems = "; ".join(unit.verify_audit())
    assert "5 to 6 are missing" in problems and "11 to 11 are missing at the end" in problems


def test_a_record_of_another_past_shows(database: Database, url: str, now: datetime) -> None:
    live(database, now)
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        head = connection.execute(text("SELECT content FROM keyring WHERE name = 'audit'")).scalar_one()
    with database.unit() as unit:
        begin(unit, "d")
    with engine.begin() as connection:
        record = connection.execute(text("SELECT * FROM audit WHERE number = 12")).mappings().one()
        connection.execute(text("DELETE FROM audit WHERE number > 11"))
        connection.execute(text("UPDATE keyring SET content = :head WHERE name = 'audit'"), {"head": head})
    with database.unit() as unit:
        begin(unit, "e")
    with database.unit() as unit:
        assert unit.verify_audit() == []
    with engine.begin() as connection:
        changed = "UPDATE audit SET conversation_id = :conversation_id, mac = :mac WHERE number = 12"
        connection.execute(text(changed), dict(record))
    engine.dispose()
    with database.unit() as unit:
        assert unit.verify_audit() != []


def test_the_trail_stays_whole_when_the_key_changes(database: Database, url: str, key: str, now: datetime) -> None:
    live(database, now)
    newer = new_key()
    both = open_database(url, f"{newer},{key}")
    both.rotate()
    both.dispose()
    only_new = open_database(url, newer)
    with only_new.unit() as unit:
        begin(unit, "d")
    with only_new.unit() as unit:
        assert unit.verify_audit() == []
        assert unit.conversation(sender("d")) is not None
    only_new.dispose()
