"""An answer that raises an emergency in the case is answered with 911 at once, whatever way it was given."""

from __future__ import annotations

import pytest
from talking import ME, TODAY

from actions.casework import asides, checking, door, interview
from actions.casework.conversation import talk
from actions.casework.desk import Desk
from criteria.facts import key


def tells(desk: Desk, *messages: str, slot: str = "red_flags") -> None:
    """What was told before, and the question that is open then."""
    with desk.database.unit() as unit:
        for message in messages:
            asides.take(talk(desk, unit, ME), interview.Heard(message, "inform", 0.9))
        interview.ask(talk(desk, unit, ME), slot)


def presses(desk: Desk, value: object) -> door.Received:
    with desk.database.unit() as unit:
        person = talk(desk, unit, ME)
        asked = unit.asked(person.conversation)
        assert asked is not None
    return door.choose(desk, ME, {"title": "It", "intent": "answer", "value": {"question": asked.id, "value": value}})


def alarmed(received: door.Received) -> bool:
    tones = [reply.tone for reply in received.replies]
    turns = [turn.text for turn in received.turns]
    assert ("emergency" in tones) == ("/emergency" in turns)
    return "emergency" in tones and "911" in received.replies[0].text


BACK = ("My lumbar MRI was denied as not medically necessary", "low back pain for 8 weeks")
HEAD = ("My brain MRI was denied", "headaches for 3 months")
HEART = ("My echo was denied", "short of breath for 3 months")


@pytest.mark.parametrize(
    ("before", "sign"),
    [
        (BACK, "saddle_anesthesia"),
        (BACK, "bladder_dysfunction"),
        (BACK, "cauda_equina"),
        (HEAD, "thunderclap_headache"),
        (HEAD, "facial_droop"),
        (HEAD, "speech_problem"),
    ],
)
def test_an_emergency_that_is_pressed_in_a_list_is_one_at_once(desk: Desk, before: tuple[str, ...], sign: str) -> None:
    tells(desk, *before)
    received = presses(desk, sign)
    assert alarmed(received)
    assert received.turns[0].metadata["value"]["value"] == sign
    with desk.database.unit() as unit:
        assert talk(desk, unit, ME).note("paused") is True


@pytest.mark.parametrize("words", ["the first one", "the first two", "all of them", "yes all", "the second one"])
def test_so_is_one_that_is_answered_by_its_place(desk: Desk, words: str) -> None:
    tells(desk, *BACK)
    assert door.alarm(desk, words) is None
    assert alarmed(door.receive(desk, ME, words, alarmed=False))


@pytest.mark.parametrize(
    ("before", "sign"), [(BACK, "fever"), (BACK, "weakness"), (HEAD, "vision_change"), (HEART, "chest_pain")]
)
def test_a_sign_that_is_no_emergency_goes_on(desk: Desk, before: tuple[str, ...], sign: str) -> None:
    tells(desk, *before)
    received = presses(desk, sign)
    assert not alarmed(received) and [turn.text for turn in received.turns] == ["/answer"]


@pytest.mark.parametrize("words", ["none of these", "no", "not sure", "skip", "none, just the pain"])
def test_a_no_to_the_list_raises_nothing(desk: Desk, words: str) -> None:
    tells(desk, *BACK)
    assert not alarmed(door.receive(desk, ME, words, alarmed=False))


def test_what_the_words_call_past_is_no_emergency_because_the_list_names_it(desk: Desk) -> None:
    tells(desk, *HEAD)
    assert not alarmed(door.receive(desk, ME, "a seizure when I was 3, just the one", alarmed=False))


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (("my low back hurts since september",), "I have trouble holding my urine since last week"),
        (("I have a stiff neck since yesterday",), "a fever too, since this morning"),
        (("I had breast cancer in 2019", "my mid back hurts"), "my legs are getting weak"),
    ],
)
def test_a_sign_is_heard_with_what_was_told_before(desk: Desk, before: tuple[str, ...], words: str) -> None:
    tells(desk, *before, slot="plan")
    assert alarmed(door.receive(desk, ME, words, alarmed=False)) or door.alarm(desk, words) is not None


@pytest.mark.parametrize(
    ("before", "words"),
    [
        (("my low back hurts since september",), "no trouble with bladder or bowels"),
        (("my low back hurts since september",), "I have had bladder trouble for years, from the prostate"),
        (("I have a stiff neck since yesterday",), "I had a fever in March with the flu"),
        (BACK, "aetna, through my job"),
    ],
)
def test_what_is_denied_or_old_makes_no_emergency_with_what_was_told(
    desk: Desk, before: tuple[str, ...], words: str
) -> None:
    tells(desk, *before, slot="plan")
    assert not alarmed(door.receive(desk, ME, words, alarmed=False))


def test_what_raised_the_alarm_is_kept_and_stands_in_the_check(desk: Desk) -> None:
    tells(desk, *BACK)
    presses(desk, "saddle_anesthesia")
    with desk.database.unit() as unit:
        person = talk(desk, unit, ME)
        asked = unit.asked(person.conversation)
        assert asked is not None
        pressed = {"question": asked.id, "value": "saddle_anesthesia"}
        interview.answer(person, interview.Heard("It", "answer", value=pressed, from_door=True))
        assert "saddle_anesthesia" in {key(fact.value) for fact in unit.facts(person.case_id)}
        first, again = checking.status(person), checking.status(person)
        assert "call 911" in first[0].text and not any("911" in reply.text for reply in again)


def test_a_sign_for_the_same_day_is_said_at_once_and_once(desk: Desk) -> None:
    with desk.database.unit() as unit:
        person = talk(desk, unit, ME)

        def said(text: str) -> str:
            heard = asides.listen(interview.Heard(text, "inform", 0.9), TODAY)
            return " ".join(reply.text for reply in asides.take(person, heard).replies)

        assert "today" not in said("my knee MRI was denied, knee pain for 8 weeks")
        assert "blood clot in the leg" in said("my calf is swollen and sore since the knee surgery last week")
        assert "today" not in said("the calf is still swollen and sore since the surgery")
        # What makes a sign graver, and is none itself, waits for the check.
        assert "clinician" not in said("I had breast cancer in 2017")
