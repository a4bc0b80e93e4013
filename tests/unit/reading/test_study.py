"""The study that is denied: of several, by its side, by its part of the body, and none where it is no picture."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 21)


def test_two_studies_denied_alike_are_neither() -> None:
    text = (
        "Sample Health Plan\n\nDear Pat,\n\nBoth requests are denied.\n\n"
        "  1. MRI cervical spine, 72141\n  2. MRI thoracic spine, 72146\n"
    )
    study = read(text, TODAY).study
    assert (study.id, study.modality, study.region, study.cpt) == (None, "mri", None, ("72141", "72146"))


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("they wont pay for my shoulder mri my doctor sent in for it like 3 weeks ago", "mri-shoulder"),
        ("Sample plan turned down the M R I of your knee", "mri-knee"),
        ("They denied magnetic resonance angiography of the neck.", "mra-head-neck"),
        ("L/S MRI denied", "mri-lumbar-spine"),
    ],
)
def test_a_study_is_known_in_loose_words(text: str, study: str) -> None:
    assert read(text, TODAY).study.id == study


def test_an_echo_is_of_the_heart() -> None:
    assert read("denied 93306 (transthoracic echocardiogram)", TODAY).study.region == "heart"


def test_a_picture_of_long_ago_is_not_the_one_denied() -> None:
    assert read("I had a CT of my head 2 years ago. Now they denied the brain MRI.", TODAY).study.id == "mri-brain"


@pytest.mark.parametrize(
    "body",
    [
        "We denied your request for ten more physical therapy visits after your knee MRI.",
        "We cannot approve the spinal fusion. The MRI of the lumbar spine shows no instability.",
        "We denied coverage of the drug infliximab. The notes include an MRI of the hand.",
    ],
)
def test_a_denial_of_no_picture_is_no_imaging_denial(body: str) -> None:
    text = f"Sample Health Plan\n\nDear Pat,\n\n{body} It is not medically necessary.\n\nYou may appeal."
    assert read(text, TODAY).kind == "other"


def test_an_mri_named_beside_another_treatment_is_still_the_one_denied() -> None:
    text = "Sample Health Plan\n\nDear Pat,\n\nWe denied the MRI of your knee. Surgery was not asked for."
    assert read(text, TODAY).kind == "denial_letter"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("We denied: ANKLE MRI, RIGHT (73721).", "right"),
        ("We denied the breast MRI, both sides, with contrast (77049).", "bilateral"),
        ("insurance wont pay for my hip mri. left one.", "left"),
        ("they dont want to pay the MRI of my knee the right", "right"),
        ("Exam: MRI shoulder 73221\nLaterality: L\nStatus: DENIED", "left"),
        ("1 MRI left hip (73721, LT) was approved.\nWe denied 2: MRI right hip (73721, RT).", "right"),
        ("mri of my hip got denied, it's the left", "left"),
        ("bilat hip mri denied", "bilateral"),
        ("MRI of the hip denied. You have the right to appeal.", None),
        ("MRI of the hip denied. I left a message on the phone.", None),
    ],
)
def test_the_side_in_words_of_its_own(text: str, side: str | None) -> None:
    assert read(text, date(2026, 11, 21)).study.side == side
