"""An emergency that turns out to be nobody's here: what it told is taken back, and stays in the history."""

from __future__ import annotations

from collections.abc import Collection

from actions.casework.conversation import Talk
from actions.casework.words import holds
from criteria.facts import Field, key

_RAISED = "alarming"
"""The note with the facts that came with an emergency; it outlives the pause, for somebody may say it only later."""


def remember(talk: Talk, known: Collection[str | None]) -> None:
    """Note what an emergency brought into the case, beside what one before it did; `known` stood before."""
    brought = [fact.ref for fact in talk.unit.facts(talk.case_id) if fact.ref not in known]
    talk.set_note(_RAISED, [*(talk.note(_RAISED) or []), *brought])


def take_back(talk: Talk) -> None:
    """Take back what emergencies told of the body; the plan, the test and the denial named beside it stay."""
    raised = set(talk.note(_RAISED) or ())
    for fact in talk.unit.facts(talk.case_id):
        of_papers = isinstance(fact.value, Field) and key(fact.value) != "symptom_weeks"
        if fact.ref in raised and not of_papers:
            talk.withdraw(fact)
    talk.set_note(_RAISED, None)


def disowned(talk: Talk, text: str) -> bool:
    """Whether a message says outright that an emergency told before was not so, or was somebody else's."""
    return bool(talk.note(_RAISED)) and never_so(text)


def never_so(text: str) -> bool:
    """Whether somebody says outright that what they told was a joke, a test, or about somebody else."""
    return holds("never_so", text)


def still_ill(text: str) -> bool:
    """Whether somebody, whoever it is, is said to be no better or worse, and not to be looked after yet."""
    return holds("still_ill", text) and not holds("in_care", text)


def was_false_alarm(text: str) -> bool:
    """Whether somebody who goes on after an emergency takes back what raised it, rather than having got over it."""
    return never_so(text) or holds("false_alarm", text)
