"""How gaps are worded: one report for one picture, a rule's length of care once, no bare detail, no half an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from criteria.assessment import assess
from criteria.casefile import case_from_mapping
from criteria.facts import Case, Finding, Study
from criteria.gaps import in_short, is_copy
from criteria.library import load
from criteria.results import Assessment

LIBRARY = load()
TODAY = date(2026, 11, 22)


def checked(**case: Any) -> Assessment:
    return assess(case_from_mapping({"as_of": TODAY, **case}, LIBRARY), LIBRARY)


def test_a_picture_of_a_part_that_nobody_named_is_one_report() -> None:
    found = checked(
        study={"id": "mri-ankle-foot", "side": "left"},
        findings=[{"id": "ankle_pain"}, {"id": "trauma"}],
        symptom_weeks=7,
        imaging=[{"modality": "xray", "result": "normal", "date": "2026-10-05"}],
    )
    reports = [gap.say for gap in found.gaps if gap.kind == "chart" and gap.fact.startswith("imaging.")]
    assert reports == ["Get a copy of the report of this: an X-ray."]


def test_a_report_is_named_without_what_it_may_show() -> None:
    found = checked(
        study={"id": "mri-knee", "side": "left"},
        findings=[{"id": "knee_pain", "weeks": 20}],
        imaging=[{"modality": "xray", "region": "knee", "side": "left", "result": "normal"}],
    )
    say = next(gap.say for gap in found.gaps if gap.fact == "imaging.xray.knee")
    assert in_short(say) == "an X-ray of the left knee" and is_copy(say)


def test_what_the_rule_asks_of_care_is_said_once() -> None:
    care = [{"kind": kind, "weeks": 8, "directed": "provider"} for kind in ("physical_therapy", "nsaid", "injection")]
    found = checked(study={"id": "mri-lumbar-spine"}, findings=[{"id": "low_back_pain", "weeks": 12}], treatments=care)
    says = " ".join(gap.say for gap in found.gaps if gap.kind == "chart")
    assert says.count("the rule asks for") == 1 and "physical therapy" in says


@pytest.mark.parametrize("study", ["mri-lumbar-spine", "mri-cervical-spine", "mri-knee", "mri-brain", "pet-ct"])
@pytest.mark.parametrize("payer", [None, "Cigna", "Aetna", "UnitedHealthcare", "Anthem", "BCBS SC"])
def test_no_gap_has_a_bare_detail_or_a_bare_number(study: str, payer: str | None) -> None:
    found = checked(study={"id": study}, plan={"payer": payer})
    for gap in found.gaps:
        for bare in ("(severe)", "(sudden)", "(on one side)", "or more counts", "or less counts", "0 counts"):
            assert bare not in gap.say


@pytest.mark.parametrize("study", sorted(LIBRARY.studies))
@pytest.mark.parametrize("told", ["smoking_history", "rash", "weight_loss", "obesity"])
def test_a_topic_of_which_nothing_was_said_neither_decides_nor_lacks_anything(study: str, told: str) -> None:
    found = assess(Case(TODAY, Study(study), findings=(Finding(told),)), LIBRARY)
    if found.decided_by is None:
        assert found.verdict == "no_public_criterion" and not found.ways
        assert found.next_question is None or found.next_question.kind in ("any_of", "choice")
        return
    rule = LIBRARY.guidelines[found.decided_by]
    asked = {leaf.leaf for leaf, want in rule.about.leaves if want} if rule.about else set()
    near = {told, *LIBRARY.implied_by(told)}
    assert not asked or any(getattr(leaf, "id", None) in near or getattr(leaf, "path", None) for leaf in asked)


def test_the_letters_reviewer_is_not_called_another_payer() -> None:
    titles = {g.title for g in LIBRARY.guidelines.values() if "evicore" in g.applies_to.reviewers}
    assert titles and not any(title.startswith("Cigna") for title in titles)
