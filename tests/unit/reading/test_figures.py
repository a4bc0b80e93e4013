"""Figures of speech, animals, rules about everybody and years long past raise no alarm; the real thing does."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.watch import watch

TODAY = date(2026, 11, 22)


def alarms(text: str) -> list[str]:
    return [hit.id for hit in watch(text, today=TODAY) if hit.level in ("E", "crisis")]


@pytest.mark.parametrize("text", [
    "I almost had a heart attack when I saw the bill", "this paperwork is a stroke waiting to happen",
    "appealing to them is a suicide mission", "the printer keeps seizing up on me",
    "I'm suffocating under all these letters, can't breathe", "my dog had a seizure last night so I'm late",
    "when a patient calls with crushing chest pain, who do we page?",
    'it says "if you are thinking about suicide call 988" and nothing about a fax',
    "2013: heart attack, crushing chest pain, two stents.",
])  # fmt: skip
def test_no_alarm(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("text", [
    "I think I'm having a heart attack", "this is a stroke, my face is drooping on one side and I can't talk",
    "I'm drowning in bills and I want to kill myself", "my dog jumped on me and I fell and now I can't feel my legs",
    "I can't breathe and the paperwork is everywhere", "2013 I had a stent, now I have crushing chest pain again",
    "this process is one giant headache, I want to end my life",
    "if you're having a slow day, I just swallowed all my pills",
    "if you think this is a joke I'm going to shoot myself", "looked for any of the following: help. I want to die",
    "my insurance is a headache and my face is drooping on one side since this morning",
    "when a patient calls nobody answers, I can't feel between my legs since this morning",
    "if you must know I am going to kill myself tonight",
])  # fmt: skip
def test_an_alarm(text: str) -> None:
    assert alarms(text) != []
