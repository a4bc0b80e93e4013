"""The transcript: every turn once, messages in order, buttons that work once and only in their conversation."""

from __future__ import annotations

from datetime import datetime

import pytest
from case_steps import begin, begin_case

from actions.cases import Database
from actions.cases.tables import buttons

ODD = "NUL \0, lone \ud800, RTL \u202e" + "x" * 5000


def test_a_message_is_one_turn_however_often_it_comes(database: Database) -> None:
    with database.unit() as unit:
        one, other = begin(unit, "a"), begin(unit, "b")
        assert unit.turn_state(one, "m1") is None
        assert unit.begin_turn(one, "m1", {"text": "hello"})
        assert not unit.begin_turn(one, "m1", {"text": "hello again"})
        assert unit.turn_state(one, "m1") == "open"
        assert unit.begin_turn(other, "m1", {"text": "mine"})
        unit.end_turn(one, "m1", "done")
        assert (unit.turn_state(one, "m1"), unit.turn_state(other, "m1")) == ("done", "open")
        assert [e.content for e in unit.transcript(one)] == [{"text": "hello"}]


def test_the_transcript_is_in_order_and_goes_on_after_a_message(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, other = begin(unit, "a"), begin(unit, "b")
        unit.append(one, "hi", None, {"text": "Hello"}, {})
        unit.begin_turn(one, ODD, {"text": ODD})
        unit.append(other, "not mine", None, {"text": "other"}, {})
        unit.append(one, "r1", ODD, {"text": "first"}, {})
        unit.append(one, "r2", ODD, {"text": "second"}, {})
    with database.unit() as unit:
        whole = unit.transcript(one)
        assert [(e.direction, e.id, e.in_reply_to, e.content["text"], e.at) for e in whole] == [
            ("out", "hi", None, "Hello", now),
            ("in", ODD, None, ODD, now),
            ("out", "r1", ODD, "first", now),
            ("out", "r2", ODD, "second", now),
        ]
        assert unit.transcript(one, after="r1") == whole[3:]
        assert unit.transcript(one, after=ODD) == whole[2:]
        assert unit.transcript(one, after="r2") == ()
        for unknown in ("", "not mine", "\0"):
            assert unit.transcript(one, after=unknown) == whole


def test_a_message_is_kept_once(database: Database) -> None:
    with database.unit() as unit:
        one = begin(unit)
        unit.append(one, "r1", None, {"text": "first"}, {"b1": {"intent": "yes"}})
        unit.append(one, "r1", None, {"text": "again"}, {"b2": {"intent": "no"}})
        assert [e.content["text"] for e in unit.transcript(one)] == ["first"]
        assert unit.take_button(one, "b2") is None
        assert unit.take_button(one, "b1") == {"intent": "yes"}


def test_a_message_may_have_the_id_that_a_client_chose(database: Database) -> None:
    with database.unit() as unit:
        one = begin(unit)
        unit.begin_turn(one, "same", {"text": "in"})
        unit.append(one, "same", "same", {"text": "out"}, {})
        assert [e.content["text"] for e in unit.transcript(one)] == ["in", "out"]


def test_before_consent_nothing_a_person_wrote_is_kept(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        stranger = begin(unit, consent=False)
        assert unit.begin_turn(stranger, "m1", {"text": "my leg"})
        assert not unit.begin_turn(stranger, "m1", {"text": "my leg"})
        assert unit.transcript(stranger) == ()
        unit.give_consent(stranger, now)
        unit.begin_turn(stranger, "m2", {"text": "I agree"})
        assert [e.content["text"] for e in unit.transcript(stranger)] == ["I agree"]


CARD = {
    "text": "Is this right?",
    "buttons": [{"id": "yes", "title": "Yes"}, {"id": "no", "title": "No"}],
    "card": {
        "type": "reading",
        "title": "Read",
        "rows": [{"id": "plan.type", "choice": "edit"}, {"id": "x", "choice": None}],
    },
    "documents": [{"id": "d"}],
}
PAYLOADS = {"yes": {"intent": "affirm"}, "no": {"intent": "deny"}, "edit": {"intent": "edit", "value": {"of": ODD}}}


def test_a_button_gives_its_payload_once_and_closes_its_message(database: Database) -> None:
    with database.unit() as unit:
        one, _ = begin_case(unit)
        unit.append(one, "r1", None, CARD, PAYLOADS)
        unit.append(one, "r2", None, {"text": "Other", "buttons": [{"id": "more"}]}, {"more": {"intent": "more"}})
        assert unit.transcript(one)[0].content == CARD
    with database.unit() as unit:
        assert unit.take_button(one, "edit") == PAYLOADS["edit"]
    with database.unit() as unit:
        for used in PAYLOADS:
            assert unit.take_button(one, used) is None
        closed, still_open = unit.transcript(one)
        assert closed.content["buttons"] == []
        assert [row["choice"] for row in closed.content["card"]["rows"]] == [None, None]
        assert closed.content["documents"] == CARD["documents"]
        assert still_open.content["buttons"] == [{"id": "more"}]
        assert len(unit.connection.execute(buttons.select()).all()) == 1
        assert unit.take_button(one, "more") == {"intent": "more"}


@pytest.mark.parametrize("button_id", ["", "unknown", ODD, "affirm"])
def test_a_button_that_was_not_offered_is_none(database: Database, button_id: str) -> None:
    with database.unit() as unit:
        one = begin(unit)
        unit.append(one, "r1", None, CARD, PAYLOADS)
        assert unit.take_button(one, button_id) is None
        assert unit.take_button(one, "yes") == PAYLOADS["yes"]


def test_a_button_of_another_conversation_is_none_and_stays_theirs(database: Database) -> None:
    with database.unit() as unit:
        one, other = begin(unit, "a"), begin(unit, "b")
        unit.append(one, "r1", None, CARD, PAYLOADS)
        assert unit.take_button(other, "yes") is None
        assert unit.take_button(one, "yes") == PAYLOADS["yes"]
