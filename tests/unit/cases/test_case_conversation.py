"""Conversations: consent, the message that waits for it, the open question, and the codes to come back or hand over."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from case_steps import begin, begin_case, sender

from actions.cases import Database, UnknownCase, codes
from criteria.results import Option, Question

ODD = "NUL \0, lone \ud800, RTL \u202e, zero \u200b, pain \U0001f915"


def test_a_conversation_is_found_by_its_sender(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        made = begin(unit, "a", consent=False)
        assert (made.channel, made.created_at, made.consented_at, made.case_id, made.role) == (
            "web",
            now,
            None,
            None,
            None,
        )
        assert unit.conversation(sender("b")) is None
    with database.unit() as unit:
        assert unit.conversation(sender("a")) == made
        assert unit.new_conversation("web", sender("a"), now + timedelta(days=1)) == made


def test_consent_counts_from_the_first_time(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        agreed = begin(unit)
        assert agreed.consented_at == now
        assert unit.give_consent(agreed, now + timedelta(days=1)).consented_at == now


def test_one_message_waits_for_consent_and_is_handed_out_once(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, other = begin(unit, "a", consent=False), begin(unit, "b", consent=False)
        unit.hold(one, "first", now + timedelta(minutes=30))
        unit.hold(one, ODD, now + timedelta(minutes=30))
    with database.unit() as unit:
        assert unit.held(one, now) == ODD
        assert unit.held(other, now) is None
        assert unit.take_held(other, now) is None
        assert unit.take_held(one, now) == ODD
        assert unit.take_held(one, now) is None


def test_a_waiting_message_expires(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one = begin(unit, consent=False)
        unit.hold(one, "words", now + timedelta(minutes=30))
        late = now + timedelta(minutes=30)
        assert unit.held(one, late) is None
        assert unit.take_held(one, late) is None
        assert unit.held(one, now) is None


def test_the_open_question_is_remembered_with_its_conversation(database: Database) -> None:
    question = Question("q", ("fever",), "any_of", "Any of these?", (Option("fever", "A fever"),), "why", "src")
    with database.unit() as unit:
        one, other = begin(unit, "a"), begin(unit, "b")
        unit.ask(one, question)
        assert unit.asked(one) == question
        assert unit.asked(other) is None
        unit.ask(one, None)
        assert unit.asked(one) is None


def test_a_resume_code_leads_back_however_it_is_typed_until_its_time_is_over(database: Database, now: datetime) -> None:
    until = now + timedelta(days=30)
    with database.unit() as unit:
        one, _ = begin_case(unit, "a")
        begin_case(unit, "b")
        code = unit.resume_code(one, until)
        assert unit.resume(code, now) == one
        assert unit.resume(f" {code.lower().replace('-', '')} ", now) == one
        assert unit.resume(code, until) is None


def test_a_code_may_be_misread_where_digits_look_like_letters(
    database: Database, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "_DIGITS", "01")
    with database.unit() as unit:
        one = begin(unit)
        code = unit.resume_code(one, now + timedelta(days=1))
        for zero, won in (("O", "I"), ("o", "l")):
            assert unit.resume(code.replace("0", zero).replace("1", won), now) == one
        monkeypatch.undo()
        assert set(unit.resume_code(one, now + timedelta(days=1))).isdisjoint("OILU")


def test_a_new_resume_code_ends_the_one_before(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one = begin(unit)
        first, second = (unit.resume_code(one, now + timedelta(days=1)) for _ in range(2))
        assert unit.resume(first, now) is None
        assert unit.resume(second, now) == one


@pytest.mark.parametrize("code", ["", "----", "0000-0000-0000-0000", ODD, "é" * 3000])
def test_a_code_nobody_was_given_leads_nowhere(database: Database, now: datetime, code: str) -> None:
    with database.unit() as unit:
        unit.resume_code(begin(unit), now + timedelta(days=1))
        assert unit.resume(code, now) is None


def test_a_case_is_handed_to_the_clinic_once(database: Database, now: datetime) -> None:
    until = now + timedelta(days=7)
    with database.unit() as unit:
        one, case_id = begin_case(unit, "a")
        staff, late = (begin(unit, letter, "slack") for letter in "cd")
        code = unit.hand_over_code(one, case_id, until)
        assert unit.resume(code, now) is None
        assert unit.take_over(staff, code, until) is None
        assert unit.take_over(staff, code, now) == case_id
        assert unit.take_over(late, code, now) is None
        joined = unit.conversation(staff.sender_id)
        assert joined is not None and (joined.case_id, joined.role) == (case_id, "staff")
        assert unit.conversation(one.sender_id) == one


def test_nobody_hands_over_a_case_of_another(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one, _ = begin_case(unit, "a")
        _, others_case = begin_case(unit, "b")
        with pytest.raises(UnknownCase):
            unit.hand_over_code(one, others_case, now + timedelta(days=1))
