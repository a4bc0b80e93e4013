"""A drafted letter is stored once and set in type when its owner fetches it; nobody else gets anything."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from actions.cases import new_key, open_database
from actions.casework import door, drafting
from actions.casework.conversation import talk
from actions.casework.desk import Desk
from actions.letters import render
from criteria.facts import Field, StatedDeadline
from criteria.library import load

ME, OTHER = "web-" + "a" * 64, "web-" + "b" * 64


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'cases.db'}", new_key())
    database.migrate()
    desk = Desk(database, load(), pinned=date(2026, 11, 21))
    for sender in (ME, OTHER):
        door.receive(desk, sender, "hello", alarmed=False)
        door.choose(desk, sender, {"title": "I agree", "intent": "consent", "value": {}})
    with database.unit() as unit:
        given = (
            Field("study.id", "mri-knee"),
            Field("patient.name", "Zoë “Ex” Ample <b>\x00"),
            Field("patient.age", 61),
        )
        talk(desk, unit, ME).keep(given, "mri knee")
    yield desk
    database.dispose()


def drafted(desk: Desk) -> tuple[drafting.Drafted, str]:
    made = drafting.draft_appeal(desk, ME)
    assert made is not None
    with desk.database.unit() as unit:
        replies = drafting.hand_over(talk(desk, unit, ME), made)
    return made, replies[-1].documents[0].id


@pytest.mark.parametrize("format", ["html", "pdf", "docx"])
def test_the_file_is_the_letter_as_it_was_drafted(desk: Desk, format: str) -> None:
    made, document = drafted(desk)
    with desk.database.unit() as unit:
        talk(desk, unit, ME).keep((Field("patient.age", 62),), "62")
    file = drafting.document_file(desk, ME, document, format)
    assert file == render(made.letter, format)
    assert file == drafting.document_file(desk, ME, document, format)


def test_only_its_owner_gets_it_and_only_as_a_letter(desk: Desk) -> None:
    _, document = drafted(desk)
    assert drafting.document_file(desk, OTHER, document, "html") is None
    assert drafting.document_file(desk, "web-" + "c" * 64, document, "html") is None
    for format in ("layout", "txt", "", "../html"):
        assert drafting.document_file(desk, ME, document, format) is None
    assert drafting.document_file(desk, ME, "x" * 32, "html") is None


def test_the_same_facts_keep_the_same_document(desk: Desk) -> None:
    assert drafted(desk)[1] == drafted(desk)[1]


@pytest.mark.parametrize(
    ("known", "asked", "not_asked"),
    [
        ((), ["the date on the letter", "the kind of plan"], []),
        ((Field("denial.notice_date", date(2026, 11, 2)),), ["the kind of plan"], ["date on the letter"]),
        ((Field("plan.type", "medicare_advantage"),), ["the date on the letter"], ["kind of plan"]),
        ((Field("denial.notice_date", date(2026, 11, 2)), Field("plan.type", "other")), [], ["I need"]),
    ],
)
def test_without_a_deadline_only_what_is_missing_for_it_is_asked(
    desk: Desk, known: tuple[Field, ...], asked: list[str], not_asked: list[str]
) -> None:
    with desk.database.unit() as unit:
        here = talk(desk, unit, ME)
        here.keep((Field("denial.denied", True), *known), "it was denied")
        reply = drafting.deadlines(here)
    assert "I cannot work out your deadline" in reply.text
    assert all(words in reply.text for words in asked) and not any(words in reply.text for words in not_asked)
    assert len(reply.buttons) == len(asked)


def test_what_the_letter_says_of_the_deadline_is_said_where_no_rule_counts_it(desk: Desk) -> None:
    given = (
        Field("denial.denied", True),
        Field("denial.notice_date", date(2026, 11, 9)),
        Field("plan.type", "other"),
        Field("denial.appeal_deadline", StatedDeadline("within 180 days of receiving this letter", 180)),
    )
    with desk.database.unit() as unit:
        here = talk(desk, unit, ME)
        here.keep(given, "it was denied")
        reply = drafting.deadlines(here)
    assert "180 days (Saturday, May 8, 2027, counted from its date): go by your letter." in reply.text
    assert "I cannot work out" not in reply.text and "earlier of the two" not in reply.text
