"""The case: its facts and their history, its closed questions and its notes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from case_steps import begin, begin_case, sender

from actions.cases import BadContent, Database, UnknownCase
from criteria.facts import Fact, Field, Finding, Said, case_of

ODD = "NUL \0, lone \ud800, RTL \u202e"


def said(who: str, value: object, words: str = "") -> Fact:
    return Fact(value, Said(who, words))  # type: ignore[arg-type]


def test_a_new_case_is_the_current_one_and_owned(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        conversation, first = begin_case(unit)
        assert (conversation.case_id, conversation.role) == (first, "owner")
        second = unit.new_case(conversation, now + timedelta(seconds=1), 30)
        assert unit.conversation(sender("a")).case_id == second
        assert unit.case_ids(conversation) == (first, second)
        unit.use_case(conversation, first)
        assert unit.conversation(sender("a")).case_id == first


def test_nobody_uses_the_case_of_another(database: Database) -> None:
    with database.unit() as unit:
        one, own = begin_case(unit, "a")
        other, others_case = begin_case(unit, "b")
        for case_id in (others_case, "", "x" * 32, ODD):
            with pytest.raises(UnknownCase):
                unit.use_case(one, case_id)
        assert unit.conversation(sender("a")).case_id == own
        assert unit.case_ids(one) == (own,)


def test_facts_come_back_in_the_order_said_with_their_refs(database: Database, now: datetime) -> None:
    given = [
        said("patient", Finding("numbness", side="left", since=date(2026, 9, 1)), ODD),
        said("document", Field("denial.reasons", ("conservative_care",))),
        said("patient", Finding("numbness", "absent")),
    ]
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        added = unit.add_facts(case_id, given[:2], now) + unit.add_facts(case_id, given[2:], now)
    with database.unit() as unit:
        assert unit.facts(case_id) == added
        assert [(f.value, f.said) for f in added] == [(f.value, f.said) for f in given]
        assert len({f.ref for f in added} - {""}) == 3
        assert unit.facts(others_case) == ()
        assert case_of(unit.facts(case_id), date(2026, 11, 21)).findings[0].status == "absent"


def test_a_fact_taken_back_stays_in_the_history_only(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        one, two = unit.add_facts(case_id, [said("patient", Finding(f)) for f in ("fever", "chills")], now)
        for stranger in ("", "nothing", ODD):
            assert not unit.retract(case_id, stranger, now)
        assert not unit.retract(others_case, one.ref, now)
        assert unit.retract(case_id, one.ref, now)
        assert not unit.retract(case_id, one.ref, now)
        assert unit.facts(case_id) == (two,)
        assert unit.history(case_id) == (one, two)


def test_questions_are_closed_and_reopened(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        unit.set_question(case_id, "ask.fever", "skipped", now)
        unit.set_question(case_id, "imaging.xray.knee", "dont_know", now)
        unit.set_question(case_id, "ask.fever", "answered", now)
        assert unit.questions(case_id) == {"ask.fever": "answered", "imaging.xray.knee": "dont_know"}
        unit.reopen(case_id, "ask.fever")
        unit.reopen(case_id, "never closed")
        assert unit.questions(case_id) == {"imaging.xray.knee": "dont_know"}
        assert unit.questions(others_case) == {}
        with pytest.raises(BadContent):
            unit.set_question(case_id, "ask.fever", "maybe", now)
        with pytest.raises(BadContent):
            unit.set_question(case_id, "", "answered", now)


def test_notes_are_kept_changed_and_taken_away(database: Database) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit)
        unit.note(case_id, "plan_text", {"words": ODD, "on": date(2026, 11, 2), "reasons": ("a", "b")})
        unit.note(case_id, "no_denial_yet", False)
    with database.unit() as unit:
        assert unit.notes(case_id)["plan_text"] == {"words": ODD, "on": date(2026, 11, 2), "reasons": ("a", "b")}
        unit.note(case_id, "plan_text", None)
        assert unit.notes(case_id) == {"no_denial_yet": False}


@pytest.mark.parametrize("case_id", ["", "x" * 32, ODD, "../../etc"])
def test_a_case_that_is_not_there_takes_nothing_and_has_nothing(
    database: Database, now: datetime, case_id: str
) -> None:
    with database.unit() as unit:
        begin_case(unit)
        for write in (
            lambda: unit.add_facts(case_id, [said("patient", Finding("fever"))], now),
            lambda: unit.set_question(case_id, "q", "answered", now),
            lambda: unit.reopen(case_id, "q"),
            lambda: unit.note(case_id, "n", 1),
            lambda: unit.add_document(case_id, "appeal", "Appeal", {}, now),
            lambda: unit.join_case(begin(unit, "b"), case_id, "staff", now),
        ):
            with pytest.raises(UnknownCase):
                write()


def test_the_desk_sees_how_much_a_case_holds(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        unit.join_case(begin(unit, "c", "slack"), case_id, "staff", now)
        unit.add_facts(case_id, [said("patient", Finding("fever"))], now)
        unit.add_document(case_id, "appeal", "Appeal", {"pdf": b"%PDF", "html": b"<p>"}, now)
        begin_case(unit, "b")
        summaries = {s.id: s for s in unit.case_summaries()}
    assert len(summaries) == 2
    one = summaries[case_id]
    assert (one.created_at, one.retain_until) == (now, date(2026, 12, 21))
    assert (one.conversations, one.facts, one.documents) == (2, 1, 1)


def test_only_an_owner_or_staff_has_a_part_in_a_case(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        _, case_id = begin_case(unit, "a")
        with pytest.raises(BadContent):
            unit.join_case(begin(unit, "b"), case_id, "admin", now)
