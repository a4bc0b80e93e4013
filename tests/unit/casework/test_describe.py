"""Facts in plain words, as "Noted: …" and the cards say them."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

import pytest

from actions.casework import describe
from criteria.facts import Cancer, Clinician, Denial, Field, Finding, Patient, PeerToPeer, Plan, Study
from criteria.library import load

PARTS: dict[str, Any] = {
    "study": Study, "plan": Plan, "denial": Denial, "patient": Patient, "cancer": Cancer, "clinician": Clinician,
    "peer_to_peer": PeerToPeer,
}  # fmt: skip


@pytest.mark.parametrize("path", [f"{part}.{f.name}" for part, kind in PARTS.items() for f in fields(kind)])
def test_every_single_fact_has_a_plain_name(path: str) -> None:
    assert path in describe._labels()["fields"]


@pytest.mark.parametrize(("path", "value", "said"), [
    ("cancer.type", "none", "No"), ("cancer.type", "lung", "Lung"), ("cancer.pets_before", 2.0, "2"),
    ("study.side", "left", "Left"), ("study.contrast", "wo", "without contrast"), ("symptom_weeks", 17.4, "4 months"),
    ("patient.lifetime_breast_risk", 22.5, "22.5"), ("patient.asymptomatic", True, "yes"),
])  # fmt: skip
def test_a_value_is_said_in_the_words_of_its_own_question(path: str, value: Any, said: str) -> None:
    assert describe.field(Field(path, value), load()) == said


@pytest.mark.parametrize(("finding", "said"), [
    (Finding("popping", weeks=16), "a pop (16 weeks ago)"), (Finding("trauma", weeks=42), "an injury (42 weeks ago)"),
    (Finding("head_injury", since=date(2026, 11, 1)), "a blow to the head (on November 1, 2026)"),
    (Finding("knee_pain", weeks=6), "knee pain (for 6 weeks)"),
    # "Low back pain, left leg numb": the back's nerves, and nobody said that the back is numb.
    (Finding("numbness", region="lumbar_spine", side="left"), "numbness (left)"),
    (Finding("weakness", region="cervical_spine", weeks=6), "weakness (for 6 weeks)"),
    (Finding("tingling", region="foot"), "tingling (foot)"),
    (Finding("swelling", since=date(2026, 11, 1)), "swelling (since November 1, 2026)"),
    (Finding("mild_arthritis", severity="mild"), "mild or doubtful arthritis on the X-ray"),
])  # fmt: skip
def test_a_finding_is_said_with_its_length_and_place(finding: Finding, said: str) -> None:
    assert describe.fact(finding, load()) == said
