"""Which step is right, whatever the verdict: the reason, the level and the open call decide."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from criteria.assessment import assess
from criteria.casefile import case_from_mapping
from criteria.library import load

MET: dict[str, Any] = {
    "as_of": "2026-11-21",
    "study": {"id": "mri-lumbar-spine"},
    "findings": [{"id": "cancer_history", "charted": True}],
}


@pytest.mark.parametrize(
    ("more", "step"),
    [
        ({}, "appeal"),
        ({"denial": {"denied": False}}, "new_request"),
        ({"denial": {"reasons": ["not_a_benefit"]}}, "administrative_appeal"),
        ({"denial": {"reasons": ["out_of_network", "timely_filing"]}}, "administrative_appeal"),
        ({"denial": {"reasons": ["not_a_benefit", "not_medically_necessary"]}}, "appeal"),
        ({"denial": {"reasons": ["coding_error"]}}, "corrected_claim"),
        ({"denial": {"reasons": ["insufficient_documentation"], "service": "post"}}, "records"),
        ({"denial": {"reasons": ["insufficient_documentation"], "service": "pre"}}, "appeal"),
        ({"denial": {"level": "internal_upheld"}, "plan": {"type": "erisa_insured"}}, "external_review"),
        ({"denial": {"level": "internal_upheld"}, "plan": {"type": "medicare_original"}}, "appeal"),
        ({"denial": {"level": "second_upheld"}, "plan": {"type": "medicare_original"}}, "external_review"),
        ({"peer_to_peer": {"status": "offered"}}, "peer_to_peer"),
        ({"peer_to_peer": {"status": "scheduled", "by": "2026-11-25"}}, "peer_to_peer"),
        ({"peer_to_peer": {"status": "offered", "by": "2026-11-20"}}, "appeal"),
        ({"peer_to_peer": {"status": "done_upheld"}}, "appeal"),
    ],
)
def test_right_step(more: dict[str, Any], step: str) -> None:
    found = assess(case_from_mapping({**MET, **more}, load()), load())
    assert found.right_step == step
    assert found.right_step_why.endswith(".")


def test_a_call_does_not_help_while_nobody_has_said_what_matters() -> None:
    data = {"as_of": "2026-11-21", "study": {"id": "mri-knee"}, "peer_to_peer": {"status": "offered"}}
    assert assess(case_from_mapping(data, load()), load()).right_step == "appeal"


def test_a_study_without_a_record_still_gets_its_deadlines() -> None:
    data = {
        "as_of": "2026-11-21",
        "study": {"id": "mri-abdomen-mrcp"},
        "plan": {"type": "medicare_advantage"},
        "denial": {"notice_date": date(2026, 11, 2)},
    }
    found = assess(case_from_mapping(data, load()), load())
    if "mri-abdomen-mrcp" not in load().studies:
        assert found.verdict == "no_public_criterion"
    assert found.deadlines


def test_a_medicare_advantage_plan_sends_the_file_on_by_itself() -> None:
    data = {**MET, "plan": {"type": "medicare_advantage"}, "denial": {"level": "internal_upheld"}}
    found = assess(case_from_mapping(data, load()), load())
    assert found.right_step == "external_review"
    assert "send your file by itself" in found.right_step_why and "second appeal" not in found.right_step_why
