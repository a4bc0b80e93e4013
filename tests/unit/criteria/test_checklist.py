"""What the chart must show before a request goes in, as the library's rules have it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from criteria.leaves import CareLeaf, EvaluationLeaf, FieldLeaf, FindingLeaf, ImagingLeaf
from criteria.leaves import Node as Rule
from criteria.library import load
from criteria.library.checklist import Checklist, Need, checklist
from criteria.library.proofs import paper_for

DAY = date(2026, 11, 21)
STUDIES = sorted(load().studies)


def of(study: str, reviewer: str | None = None, day: date = DAY) -> Checklist:
    return checklist(load(), study, day, reviewer)


def leaves(need: Need) -> Iterator[Need]:
    if need.op == "leaf":
        yield need
    for part in need.of:
        yield from leaves(part)


def rule_leaves(rule: Rule) -> Iterator[Rule]:
    if rule.leaf is not None:
        yield rule
    for part in rule.of:
        yield from rule_leaves(part)


@pytest.mark.parametrize("study", STUDIES)
def test_every_way_of_every_rule_in_force_stands_in_it_with_a_paper_for_each_leaf(study: str) -> None:
    found = of(study)
    shown = {(part.id, entrance.id) for part in found.parts for entrance in part.entrances}
    library = load()
    expected = {
        (g.id, p.id)
        for g in library.guidelines_for(study)
        if g.in_force(DAY)
        for p in g.pathways
        if study in p.studies
    } | {
        (g.id, s.id)
        for g in library.guidelines_for(study)
        if g.in_force(DAY)
        for s in g.scenarios
        if any(r.category != "usually_not_appropriate" for r in s.rates.get(study, {}).values())
    }
    assert shown == expected
    papers = {paper.id for paper in found.papers}
    for part in found.parts:
        for entrance in part.entrances:
            guideline = library.guidelines[part.id]
            tree = next(r.when for r in (*guideline.scenarios, *guideline.pathways) if r.id == entrance.id)
            assert [n.say for n in leaves(entrance.need)] == [r.say for r in rule_leaves(tree)]
            assert all(n.paper in papers for n in leaves(entrance.need))


def test_a_reviewer_has_its_own_rules_and_nobody_elses() -> None:
    ids = [part.id for part in of("mri-lumbar-spine", "carelon").parts]
    assert ids[0] == "carelon-spine-2026-09-19"
    assert {"acr-low-back-pain-2021", "cms-ncd-220-2-v6"} <= set(ids)
    assert not any(id.startswith(("evicore", "uhc", "aetna", "evolent")) for id in ids)


def test_a_payer_brings_the_company_that_reviews_for_it() -> None:
    found = of("ct-sinus", "bcbs-sc")
    assert [r.id for r in found.reviewers] == ["bcbs-sc", "evolent"]
    assert found.parts[0].id == "evolent-sinus"


def test_a_company_that_decides_by_the_payers_own_texts_brings_none() -> None:
    found = of("mri-shoulder", "aetna")
    assert [r.id for r in found.reviewers] == ["aetna"]
    assert not any(part.id.startswith("evicore") for part in found.parts)


def test_the_edition_of_the_day_is_used() -> None:
    before = {part.id for part in of("mri-lumbar-spine", "carelon", date(2026, 9, 18)).parts}
    assert "carelon-spine-2025-11-15" in before and "carelon-spine-2026-09-19" not in before


def test_the_main_topic_leads_the_acr() -> None:
    acr = [part.id for part in of("mri-brain").parts if part.authority == "acr"]
    main = load().studies["mri-brain"].main_topic
    assert load().guidelines[acr[0]].series == main


def test_what_is_rated_against_the_study_is_named_and_is_no_way() -> None:
    [acr] = [part for part in of("ct-sinus").parts if part.authority == "acr"]
    assert acr.refused == ("a sinus infection of less than four weeks without a complication",)
    assert "SN-acute" not in {entrance.id for entrance in acr.entrances}


def test_a_way_says_the_most_that_it_gives() -> None:
    library = load()
    for study in STUDIES:
        for part in of(study).parts:
            gives = {p.id: p.gives for p in library.guidelines[part.id].pathways}
            for entrance in part.entrances:
                best = any(rate.category == "usually_appropriate" for rate in entrance.rated)
                assert entrance.gives == gives.get(entrance.id, "met" if best else "arguable")


def test_what_only_an_examination_or_a_test_shows_is_proven_by_more_than_a_visit_note() -> None:
    library = load()
    assert [id for id in library.exam_signs if paper_for(FindingLeaf(id), library.proofs) == "visit_note"] == []


def test_a_text_that_is_due_says_so() -> None:
    [acr] = [part for part in of("ct-sinus").parts if part.authority == "acr"]
    [then] = [part for part in of("ct-sinus", day=date(2026, 7, 28)).parts if part.authority == "acr"]
    assert acr.due and not then.due


@pytest.mark.parametrize(
    ("leaf", "paper"),
    [
        (FindingLeaf("knee_pain"), "visit_note"),
        (FindingLeaf("positive_lachman"), "examination"),
        (FindingLeaf("psa_elevated"), "laboratory_report"),
        (FieldLeaf("symptom_weeks", at_least=6), "visit_note"),
        (FieldLeaf("cancer.type", one_of=("breast",)), "cancer_record"),
        (CareLeaf(6.0, ("physical_therapy",)), "care_record"),
        (ImagingLeaf("xray", "knee"), "imaging_report"),
        (EvaluationLeaf(), "visit_note"),
    ],
)
def test_the_paper_that_shows_a_leaf(leaf: FindingLeaf, paper: str) -> None:
    assert paper_for(leaf, load().proofs) == paper
