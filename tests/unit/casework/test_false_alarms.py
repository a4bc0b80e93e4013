"""An emergency that was a joke, a test or somebody else's leaves nothing in the case; one that is over does."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from talking import ME, says

from actions.casework import door
from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.false_alarms import was_false_alarm
from actions.dialogue import actions, wrapper
from criteria.facts import Field, Finding

ALARM = "All of a sudden my face is drooping and I can't talk right"


def turn(raw: str, intent: str, **metadata: Any) -> Tracker:
    message = {"text": raw, "intent": {"name": intent, "confidence": 1.0}, "metadata": metadata, "entities": []}
    return Tracker(ME, {}, message, [], False, None, {}, "action_listen")


def raises(person: Talk, text: str) -> None:
    actions._emergency(person, turn("/emergency", "emergency", text=text))


def goes_on(person: Talk, text: str) -> None:
    actions._resume(person, turn("/resume", "resume", text=text))


def presses_resume(person: Talk) -> None:
    actions._resume(person, turn("/resume", "resume", value={}, title="I am safe"))


def present(person: Talk) -> set[str]:
    return {finding.id for finding in person.case().findings if finding.status == "present"}


@pytest.mark.parametrize("words", [
    "sorry i was joking, that was my neighbor", "it was my neighbor", "that was my neighbor, her chest hurts",
    "that wasn't me, that was my husband", "I was talking about my coworker",
    "oops wrong chat, that was about another patient",
    "no im fine i was just testing", "it was a false alarm", "sorry, that was a mistake", "that never happened",
    "it happened to my cousin, not to me", "those symptoms were my brother's", "I don't have any of that",
])  # fmt: skip
def test_what_was_not_so_or_not_theirs_is_taken_back(person: Talk, words: str) -> None:
    says(person, "my right shoulder MRI was denied, my right shoulder hurts for 3 months")
    raises(person, ALARM)
    assert {"facial_droop", "speech_problem", "shoulder_pain"} <= present(person)
    goes_on(person, words)
    assert present(person) == {"shoulder_pain"}
    assert not person.note("paused")
    history = {fact.value.id for fact in person.unit.history(person.case_id) if isinstance(fact.value, Finding)}
    assert "facial_droop" in history


@pytest.mark.parametrize("words", [
    "I am ok now", "I called 911", "it passed, i feel fine", "it was my neighbor who called 911", "this is not a joke",
    "they did a stress test and it was fine", "im not kidding, it hurts", "it wasn't a false alarm",
    "this has never happened before", "it has not happened again", "the denial was a mistake", "someone else drove me",
    "it's my mom, she can't breathe", "call my doctor, not me", "it was my husband who found me",
])  # fmt: skip
def test_what_is_over_or_goes_on_remains_as_told(person: Talk, words: str) -> None:
    assert not was_false_alarm(words)
    raises(person, ALARM)
    goes_on(person, words)
    assert {"facial_droop", "speech_problem"} <= present(person)


def test_all_that_alarms_told_is_taken_back(person: Talk) -> None:
    raises(person, ALARM)
    raises(person, "and crushing chest pain right now")
    assert {"facial_droop", "chest_pain"} <= present(person)
    goes_on(person, "just kidding")
    assert present(person) == set()


def test_the_plan_and_the_test_named_beside_it_stay(person: Talk) -> None:
    raises(person, f"Aetna denied the MRI of my left knee. {ALARM}")
    goes_on(person, "sorry, the face was my neighbor's. that was my neighbor")
    case = person.case()
    assert (case.study.id, case.study.side, case.findings) == ("mri-knee", "left", ())
    assert Field("plan.payer", "Aetna") in [fact.value for fact in person.unit.facts(person.case_id)]


def test_a_message_that_takes_it_back_and_alarms_tells_nothing_of_the_person(person: Talk) -> None:
    raises(person, ALARM)
    raises(person, "that was my neighbor, her chest hurts so bad right now")
    assert present(person) == set()
    assert person.note("paused") is True


def test_what_was_told_before_stands_again(person: Talk) -> None:
    says(person, "low back pain for 8 weeks, numbness in my left foot")
    raises(person, "my groin is numb since this morning and I can't pee")
    goes_on(person, "sorry, that was my roommate")
    assert "numbness" in present(person)
    assert "saddle_anesthesia" not in present(person)


def test_it_may_be_said_after_the_pause(person: Talk, desk: Desk) -> None:
    raises(person, ALARM)
    presses_resume(person)
    assert "facial_droop" in present(person)
    tracker = turn("by the way that was my neighbor, not me", "inform")
    assert wrapper._disowned(person, tracker)
    assert present(person) == set()
    assert not wrapper._disowned(person, tracker)


def test_somebody_else_who_is_worse_keeps_the_pause_and_leaves_the_case(person: Talk) -> None:
    raises(person, ALARM)
    assert "facial_droop" in present(person)
    raises(person, "it was about my mom, she is worse now")
    assert present(person) == set()
    assert person.note("paused")


def test_what_waits_for_consent_is_taken_back_too(desk: Desk) -> None:
    other = "web-" + "b" * 64
    for text in ("my knee hurts", ALARM, "sorry i was joking, that was my neighbor"):
        door.receive(desk, other, text, alarmed=door.alarm(desk, text) is not None)
    received = door.choose(desk, other, {"title": "I agree", "intent": "consent", "value": {}})
    waiting = received.turns[0].metadata["text"]
    assert "knee" in waiting and "drooping" not in waiting
