"""Findings put together from a part of the body, or what it does, and how that fares."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.composed import composed

TODAY = date(2026, 11, 22)


def told(text: str) -> dict[str, str]:
    """Finding ids to their status; of two statuses the last."""
    return {f.id: f.status for f in read_clinical(text, TODAY).findings}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My eyesight is as usual and my kidneys are still good.", "kidney_disease"),
        ("Her voice sounds fine, hearing in both ears is good.", "hearing_loss"),
        ("I poop like normal.", "bowel_dysfunction"),
        ("no issues with bladder or walking", "gait_problem"),
        ("No trouble hearing or swallowing", "difficulty_swallowing"),
        ("no cough, no fainting, breathing is fine", "shortness_of_breath"),
        ("Genetic panel came back clean.", "brca_mutation"),
    ],
)
def test_what_works_is_not_there(text: str, finding: str) -> None:
    assert told(text)[finding] == "absent"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My balance has been shot since June.", "gait_problem"),
        ("Eyesight in the left eye is going.", "vision_change"),
        ("I have trouble chewing and swallowing.", "difficulty_swallowing"),
        ("two fingers keep falling asleep", "numbness"),
        ("She can hardly feel the bottoms of her feet.", "numbness"),
        ("his left shoe scuffs because he can't pick up his toes", "foot_drop"),
        ("I never make it to the toilet in time.", "bladder_dysfunction"),
        ("one side of his mouth is sagging", "facial_droop"),
        ("the knee just folds under me", "giving_way"),
        ("My shirts are getting baggy.", "weight_loss"),
        ("my pajamas are soaked every night", "night_sweats"),
        ("heart goes crazy when I lie down", "palpitations"),
        ("a marble sized knot in the right breast", "breast_lump"),
        ("meat keeps getting stuck", "difficulty_swallowing"),
        ("There's an open spot on the side of my heel.", "foot_ulcer"),
        ("my lower back, and it zings through the hip and thigh into the calf", "radiating_leg_pain"),
        ("they took out the appendix, i had it removed", "prior_surgery"),
        ("pt with chf and ckd", "kidney_disease"),
    ],
)
def test_what_fares_badly_is_there(text: str, finding: str) -> None:
    assert told(text)[finding] == "present"


@pytest.mark.parametrize(
    "text",
    [
        "I don't think my memory is fine.",
        "my memory isn't good",
        "Her memory was fine until March.",
    ],
)
def test_a_no_of_its_own_takes_back_that_all_is_well(text: str) -> None:
    assert told(text).get("memory_problem") != "absent"


def test_words_that_name_a_finding_only_where_denied() -> None:
    assert told("No fever, no IV drugs, no steroids.")["steroid_use_longterm"] == "absent"
    assert "steroid_use_longterm" not in told("I took steroids for six days.")


def test_what_the_text_must_speak_of() -> None:
    assert "radiating_arm_pain" in told("Neck pain, it goes down into my thumb.")
    assert "radiating_arm_pain" not in told("The bus goes down into my hand-drawn map.")


def test_a_stage_is_not_of_cancer_alone() -> None:
    assert "active_cancer" not in told("CKD stage 4, diabetic")
    assert told("lung cancer stage 4, on chemo")["active_cancer"] == "present"


def test_an_earlier_one_denied_does_not_deny_this_one() -> None:
    assert told("He had a seizure on Sunday. No previous seizures.")["seizure"] == "present"


def test_hostile_repetition_is_looked_through() -> None:
    for unit in ("the knee is so very ", "goes down to the ", "no trouble with bladder or ", "my "):
        composed((unit * 20_000)[:100_000])
