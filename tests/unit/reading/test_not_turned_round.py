"""What a small word turns round: a no that puts right, a guess told behind, "elsewhere", what is planned or past."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import FindingItem

TODAY = date(2026, 11, 22)


def _found(text: str, finding: str) -> list[FindingItem]:
    return [f for f in read_clinical(text, TODAY).findings if f.id == finding]


def _statuses(text: str, finding: str) -> set[str]:
    return {f.status for f in _found(text, finding)}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("pancreatic cancer on the left side. wait no the cancer was right side sorry", "cancer_history"),
        ("cancer was on the left. sorry no the cancer is on the right", "cancer_history"),
        ("numbness in my left foot, wait no the numbness is in the right foot", "numbness"),
        ("my knee locks, oh no my knee gives out", "giving_way"),
        ("left knee pain, actually no the right knee hurts", "knee_pain"),
        ("swollen, hold on no the swelling is in my ankle", "swelling"),
        ("the left foot, oops no the right foot is numb", "numbness"),
        ("Hip. No wait, the knee hurts", "knee_pain"),
        ("no the swelling is in my ankle", "swelling"),
        ("i mean no a fracture in the wrist", "fracture"),
    ],
)
def test_a_no_that_puts_right_denies_nothing(text: str, finding: str) -> None:
    assert "absent" not in _statuses(text, finding) or "present" in _statuses(text, finding)
    assert "present" in _statuses(text, finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("wait no numbness", "numbness"),
        ("knee pain, no swelling", "swelling"),
        ("oh no fever no chills", "chills"),
        ("sorry, no weakness in the leg", "weakness"),
        ("actually no numbness at all", "numbness"),
        ("no, no fever", "fever"),
        ("knee hurts but no locking", "locking"),
        ("oops no swelling", "swelling"),
        ("no weakness or numbness", "numbness"),
        ("hold on, no fever", "fever"),
    ],
)
def test_a_no_after_a_correction_still_denies(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"absent"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("he said torn rotator cuff probably", "cuff_tear_sign"),
        ("rotator cuff tear in my left shoulder, she thinks", "cuff_tear_sign"),
        ("fracture in the foot most likely", "fracture"),
        ("labral tear supposedly", "labral_sign"),
        ("the dr thinks hidden fracture", "fracture"),
        ("ortho suspects small labral tear", "labral_sign"),
        ("urgent care thought hairline fracture", "fracture"),
        ("i think im pregnant", "pregnancy"),
        ("i guess i'm pregnant", "pregnancy"),
        ("i think im getting foot drop", "foot_drop"),
        ("i think i might need surgery", "surgery_candidate"),
        ("i feel like i'll need surgery", "surgery_planned"),
    ],
)
def test_a_guess_is_never_read_as_present(text: str, finding: str) -> None:
    assert _statuses(text, finding) <= {"uncertain"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("knee pain 6 weeks probably", "knee_pain"),
        ("hip pain from the fall probably", "hip_pain"),
        ("my back hurts probably from lifting", "low_back_pain"),
        ("back pain and swelling likely", "low_back_pain"),
        ("i have a fracture in my foot", "fracture"),
        ("dr thinks my back pain is from the disc", "low_back_pain"),
        ("she thinks i need an mri for my low back pain", "low_back_pain"),
        ("i am pregnant", "pregnancy"),
        ("i think my leg is weak", "weakness"),
        ("surgeon says i might need surgery", "surgery_candidate"),
        ("dr thinks i might need surgery", "surgery_candidate"),
    ],
)
def test_a_guess_about_something_else_leaves_it_present(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"present"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("low back pain for 3 months, no numbness anywhere else", "numbness"),
        ("hip hurts, no tingling elsewhere", "tingling"),
        ("numb left hand. no numbness or tingling anywhere else", "tingling"),
        ("no fever, no weakness elsewhere, no weight loss", "weakness"),
        ("denies swelling elsewhere", "swelling"),
        ("knee is bad, no swelling in any other joints", "swelling"),
        ("I have no weakness in the rest of my body", "weakness"),
        ("no numbness other than that", "numbness"),
        ("no pain in any other joint", "knee_pain"),
        ("neck pain since may, no pain elsewhere", "knee_pain"),
    ],
)
def test_elsewhere_denies_nothing_of_the_known_place(text: str, finding: str) -> None:
    assert not _found(text, finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("no weakness anywhere", "weakness"),
        ("no numbness in my legs", "numbness"),
        ("no swelling at all", "swelling"),
        ("denies numbness or tingling", "tingling"),
        ("no fever, no pain elsewhere, no weight loss", "weight_loss"),
        ("no fever, no pain elsewhere, no weight loss", "fever"),
    ],
)
def test_a_plain_no_denies(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"absent"}
