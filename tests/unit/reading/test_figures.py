"""Figures of speech, animals, rules about everybody and years long past raise no alarm; the real thing does."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
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
    "no control problems, no numbness in the private area, no fever", "no sensation changes there, no control issues",
])  # fmt: skip
def test_no_alarm(text: str) -> None:
    assert alarms(text) == []


@pytest.mark.parametrize("text", [
    "Never had epilepsy. Roommate found me jerking on the kitchen floor Sunday night, I chewed up my tongue",
    "tried to end it in may, they pumped my stomach. its back, the same thoughts",
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


@pytest.mark.parametrize(("text", "said"), [
    ("I nearly had a stroke reading this", set()),
    ("my dog had a seizure last week and I hurt my knee", {"knee_pain", "trauma"}),
    ("I nearly had a seizure when I opened the bill but also my back hurts", {"low_back_pain"}),
    ("when a patient calls with chest pain we page the nurse", set()),
    ("drowning in paperwork, can't breathe", set()),
    ("this letter gave me a migraine", set()),
    ("he nearly had a stroke in 2019", {"tia_or_stroke"}),
    ("the phone system is down, my left arm is numb", {"numbness"}),
])  # fmt: skip
def test_a_figure_of_speech_is_no_finding(text: str, said: set[str]) -> None:
    assert {finding.id for finding in read(text, TODAY).findings} == said


@pytest.mark.parametrize(("text", "severity"), [
    ("severe knee pain and it locks up on me", None),
    ("knee catches when I twist, can't straighten it all the way", None),
    ("my left knee gets stuck and won't straighten for a few minutes", "severe"),
    ("left knee locked in place twice this month", "severe"),
])  # fmt: skip
def test_a_joint_is_locked_when_it_is_stuck(text: str, severity: str | None) -> None:
    locking = [finding for finding in read(text, TODAY).findings if finding.id == "locking"]
    assert [(finding.status, finding.severity) for finding in locking] == [("present", severity)]
