"""Somebody's turn in a talk without a server, for tests: what they say, and the question that they answer by it."""

from __future__ import annotations

from datetime import date

from actions.casework import interview
from actions.casework.conversation import Talk

ME = "web-" + "a" * 64
TODAY = date(2026, 11, 21)


def in_the_next_turn(person: Talk) -> Talk:
    """The talk read anew: the open question is taken from the conversation, as in the next turn."""
    again = person.unit.conversation(ME)
    assert again is not None
    return Talk(person.desk, person.unit, again)


def says(person: Talk, text: str, slot: str = "", intent: str = "inform") -> interview.Taken:
    """What becomes of their words, in answer to the question of the slot where one is named."""
    if slot:
        interview.ask(person, slot)
    return interview.answer(in_the_next_turn(person), interview.Heard(text, intent, 0.9))
