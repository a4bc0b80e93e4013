"""What is missing by the plan's account is not what the person did or did not do."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 22)


def undone(text: str) -> list[str]:
    reading = read(text, TODAY)
    missing = [one.kind for one in reading.treatments if one.status == "absent"]
    return missing + [one.modality for one in reading.imaging if one.status == "absent"]


@pytest.mark.parametrize(
    "text",
    [
        "insurance turned it down because no chiropractic care",
        "my knee MRI was rejected due to no x-ray on file",
        "Aetna denied the CT of my sinuses b/c no antibiotics first",
        "Declined for lack of physical therapy, letter of Nov 3",
        "denied, no home exercise documented",
        "Reason given: no conservative care, no PT",
    ],
)
def test_the_reason_of_a_denial_is_no_fact_of_the_persons_care(text: str) -> None:
    assert undone(text) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("My MRI was denied. I had no physical therapy.", ["physical_therapy"]),
        ("they denied it because I never had an x-ray", ["xray"]),
        ("denied 11/12 by aetna, no PT yet, pain 7/10", ["physical_therapy"]),
        ("knee pain 8 wks, no PT, no xray", ["physical_therapy", "xray"]),
    ],
)
def test_what_people_say_of_themselves_stays(text: str, kinds: list[str]) -> None:
    assert undone(text) == kinds


def test_a_length_is_of_what_stands_before_it() -> None:
    weeks = {f.id: f.weeks for f in read("back pain 3 months, numb foot, weak leg", TODAY).findings}
    assert weeks["low_back_pain"] is not None and weeks["numbness"] is None and weeks["weakness"] is None
    weeks = {f.id: f.weeks for f in read("for 3 months now, back pain and a numb foot", TODAY).findings}
    assert weeks["low_back_pain"] is not None
