"""What the doors ask of casework: consent before anything is kept, documents apart from talk, deletion."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from actions.cases import TooLate, new_key, open_database
from actions.casework import door
from actions.casework.desk import Desk
from criteria.library import load

ME, OTHER = "web-" + "a" * 64, "web-" + "b" * 64
LETTER = (
    "November 2, 2026. Dear Pat Example, your request for an MRI of the lumbar spine (72148) is denied because it is "
    "not medically necessary. You may appeal within 180 days. " + "Keep this letter. " * 40
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'cases.db'}", new_key())
    database.migrate()
    yield Desk(database, load(), pinned=date(2026, 11, 21))
    database.dispose()


def agree(desk: Desk, sender: str = ME) -> door.Received:
    return door.choose(desk, sender, {"title": "I agree", "intent": "consent", "value": {}})


def test_before_consent_nothing_is_kept_but_the_waiting_message(desk: Desk) -> None:
    received = door.receive(desk, ME, "my back hurts", alarmed=False)
    assert received.turns == ()
    assert [b.intent for b in received.replies[-1].buttons] == ["consent", "no_consent"]
    with desk.database.unit() as unit:
        conversation = unit.conversation(ME)
        assert conversation is not None
        assert conversation.case_id is None
        assert unit.held(conversation, desk.now()) == "my back hurts"
        assert unit.held(conversation, desk.now() + timedelta(minutes=31)) is None


def test_after_consent_the_waiting_message_is_the_first_that_is_heard(desk: Desk) -> None:
    door.receive(desk, ME, "my back hurts", alarmed=False)
    assert agree(desk).turns == (door.Turn("/consent_given", {"text": "my back hurts"}),)
    assert agree(desk).turns == (door.Turn("/resume"),)


def test_a_waiting_letter_is_stored_as_a_document(desk: Desk) -> None:
    door.receive(desk, ME, LETTER, alarmed=False)
    (turn,) = agree(desk).turns
    assert turn.text == "/provide_document"
    with desk.database.unit() as unit:
        mine, other = unit.conversation(ME), unit.new_conversation("web", OTHER, desk.now())
        assert mine is not None
        assert unit.document_file(mine, turn.metadata["document_id"], "txt") == LETTER.encode()
        assert unit.document_file(other, turn.metadata["document_id"], "txt") is None


@pytest.mark.parametrize("words", ["yes", "I agree", "ok sure"])
def test_consent_may_be_typed(desk: Desk, words: str) -> None:
    assert [t.text for t in door.receive(desk, ME, words, alarmed=False).turns] == ["/consent_given"]


@pytest.mark.parametrize("words", ["no", "No thank you", "what is this?", "my knee hurts, yes it does, they said no"])
def test_other_words_are_no_consent(desk: Desk, words: str) -> None:
    assert door.receive(desk, ME, words, alarmed=False).turns == ()
    with desk.database.unit() as unit:
        conversation = unit.conversation(ME)
        assert conversation is not None
        assert conversation.consented_at is None


def test_saying_no_forgets_the_waiting_message(desk: Desk) -> None:
    door.receive(desk, ME, "my back hurts", alarmed=False)
    door.choose(desk, ME, {"title": "No", "intent": "no_consent", "value": {}})
    assert [dict(t.metadata) for t in agree(desk).turns] == [{}]


def test_a_letter_never_reaches_rasa_as_text(desk: Desk) -> None:
    agree(desk)
    (turn,) = door.receive(desk, ME, LETTER, alarmed=False).turns
    assert turn.text == "/provide_document"
    assert LETTER not in str(turn)


def test_an_emergency_pauses_the_case_and_is_kept(desk: Desk) -> None:
    agree(desk)
    words = "I can't feel anything between my legs since this morning"
    assert door.alarm(desk, words) is not None
    assert [t.text for t in door.receive(desk, ME, words, alarmed=True).turns] == ["/emergency"]
    with desk.database.unit() as unit:
        conversation = unit.conversation(ME)
        assert conversation is not None and conversation.case_id is not None
        assert unit.notes(conversation.case_id)["paused"] is True


@pytest.mark.parametrize(("level", "number"), [("E", "911"), ("crisis", "988")])
def test_what_no_rule_hears_is_given_to_the_second_ear(desk: Desk, level: str, number: str) -> None:
    asked: list[str] = []

    def ear(text: str) -> str | None:
        asked.append(text)
        return level if "florp" in text else None

    listening = replace(desk, ear=ear)
    alarm = door.alarm(listening, "my florp went all wobbly")
    assert alarm is not None and alarm.tone == "emergency" and number in alarm.text
    assert door.alarm(listening, "it hurts when I kneel") is None
    assert asked == ["my florp went all wobbly", "it hurts when I kneel"]
    # A crisis that a rule hears needs no other ear, and a letter's list of exceptions is nobody's statement.
    assert door.alarm(listening, "I want to kill myself, florp") is not None
    assert door.alarm(listening, LETTER + " florp") is None
    assert len(asked) == 2


def test_the_second_ear_does_not_overrule_what_is_told_calmly(desk: Desk) -> None:
    old = "my grip is weak on the left and I drop my coffee cup, since the june accident"
    assert door.alarm(replace(desk, ear=lambda text: "E"), old) is None
    assert door.alarm(replace(desk, ear=lambda text: "crisis"), old) is not None
    assert door.alarm(replace(desk, ear=lambda text: "E"), old + ", and since this morning the leg too") is not None


@pytest.mark.parametrize(
    "words",
    [
        "should i go to the er",
        "do i need to go to the emergency room?",
        "should I take him to the hospital",
        "if I get chest pain should I go to the ER?",
        "is it safe to wait",
        "is this an emergency?",
    ],
)
def test_whether_to_seek_care_is_answered_and_not_judged(desk: Desk, words: str) -> None:
    agree(desk)
    assert door.alarm(desk, words) is None
    received = door.receive(desk, ME, words, alarmed=False)
    assert "can't judge" in received.replies[0].text and "911" in received.replies[0].text
    assert received.turns == ()


@pytest.mark.parametrize(
    "words", ["I went to the ER in may", "is it safe to wait with the appeal", "do i have to go to PT first", "the er"]
)
def test_what_only_names_it_is_no_such_question(desk: Desk, words: str) -> None:
    agree(desk)
    assert door.receive(desk, ME, words, alarmed=False).turns == (door.Turn(words),)


def test_an_overdose_is_answered_with_911_and_poison_control(desk: Desk) -> None:
    for words in ("my daughter took a bunch of pills", "he swallowed a whole bottle of tylenol"):
        alarm = door.alarm(desk, words)
        assert alarm is not None and alarm.tone == "emergency"
        assert all(number in alarm.text for number in ("911", "1-800-222-1222", "988"))


def test_a_crisis_beside_a_sign_of_the_body_is_answered_with_both_numbers(desk: Desk) -> None:
    numb = "I can't feel anything between my legs since this morning"
    both = door.alarm(replace(desk, ear=lambda text: "crisis"), numb)
    assert both is not None and both.text.index("Call 911") < both.text.index("call or text 988")
    alone = door.alarm(replace(desk, ear=lambda text: "E"), numb)
    assert alone is not None and "988" not in alone.text


def test_violence_is_answered_with_its_own_line_and_not_with_988_first(desk: Desk) -> None:
    hit = door.alarm(desk, "my husband choked me last night")
    assert hit is not None and hit.text.index("911") < hit.text.index("1-800-799-7233") < hit.text.index("988")
    both = door.alarm(desk, "my husband choked me last night and I want to die")
    assert both is not None and both.text.startswith("**Call or text 988 now**")


def test_the_alarm_quotes_nobody(desk: Desk) -> None:
    alarm = door.alarm(desk, "my face is drooping on one side, Xylophonia said")
    assert alarm is not None
    assert "Xylophonia" not in alarm.text
    assert alarm.tone == "emergency"


def test_a_turn_that_was_given_up_writes_nothing(desk: Desk) -> None:
    agree(desk)
    with pytest.raises(TooLate):
        door.receive(desk, ME, LETTER, alarmed=False, until=time.monotonic() - 1)
    with desk.database.unit() as unit:
        conversation = unit.conversation(ME)
        assert conversation is not None and conversation.case_id is not None
        assert unit.documents(conversation.case_id) == ()


def test_deleting_leaves_nothing(desk: Desk) -> None:
    agree(desk)
    door.receive(desk, ME, LETTER, alarmed=False)
    assert "deleted" in door.delete(desk, ME).text
    with desk.database.unit() as unit:
        assert unit.conversation(ME) is None
        assert unit.case_summaries() == ()


@pytest.mark.parametrize("words", ["ok", "OK.", "agree", "sure", "that's fine", "yes"])
def test_a_short_yes_is_consent(desk: Desk, words: str) -> None:
    assert door.receive(desk, ME, words, alarmed=False).turns == (door.Turn("/consent_given"),)


@pytest.mark.parametrize("words", ["no x-ray yet", "no numbness", "nobody told me that", "not enough PT they said"])
def test_a_sentence_with_a_no_in_it_declines_nothing_and_waits(desk: Desk, words: str) -> None:
    received = door.receive(desk, ME, words, alarmed=False)
    assert received.turns == ()
    assert agree(desk).turns == (door.Turn("/consent_given", {"text": words}),)


def test_all_that_was_said_before_consent_waits_for_it(desk: Desk) -> None:
    door.receive(desk, ME, "my back hurts", alarmed=False)
    door.receive(desk, ME, "for nine weeks now", alarmed=False)
    received = door.receive(desk, ME, "yes, and my left leg is numb", alarmed=False)
    said = "my back hurts\n\nfor nine weeks now\n\nyes, and my left leg is numb"
    assert received.turns == (door.Turn("/consent_given", {"text": said}),)
