"""Several short lists asked as one: no longer than the library's own, and never before the first warning signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from criteria.answers import facts_from_answer
from criteria.assessment import assess
from criteria.facts import Case, Finding, Plan, Study
from criteria.leaves import Scene
from criteria.library import load
from criteria.likely import likely_answers
from criteria.questions import is_settled, parts_of, question_for
from criteria.results import Question
from criteria.supposed import with_facts
from criteria.together import MOST_OPTIONS, together

LIBRARY = load()
TODAY = date(2026, 11, 21)


def case(study: str, settled: tuple[str, ...] = (), **facts: Any) -> Case:
    return Case(TODAY, Study(study), settled=frozenset(settled), **facts)


def asked_together(now: Case, *ids: str) -> list[Question]:
    """These questions, as they are asked together in this case."""
    scene = Scene(now, LIBRARY.studies[now.study.id or ""], LIBRARY, TODAY)
    questions = [question_for(id, now, LIBRARY) for id in ids]
    assert None not in questions
    return together([q for q in questions if q], scene, "acr-low-back-pain")


def test_short_lists_and_single_findings_make_one_list() -> None:
    one, *more = asked_together(
        case("mri-lumbar-spine"), "group.leg_nerves", "symptom_weeks", "group.back_surgery", "finding.tingling"
    )
    assert parts_of(one.id) == ("group.leg_nerves", "group.back_surgery", "finding.tingling")
    assert one.kind == "any_of" and one.facts == tuple(option.value for option in one.options)
    lists = (*LIBRARY.questions["group.leg_nerves"].facts, *LIBRARY.questions["group.back_surgery"].facts)
    assert one.facts == (*lists, "tingling")
    assert [question.id for question in more] == ["symptom_weeks"]


def test_what_stands_on_two_lists_is_shown_once() -> None:
    one = asked_together(case("mri-brain"), "group.brain_known", "group.headache_change")[0]
    assert one.facts.count("progressive_worsening") == 1


def test_no_list_becomes_longer_than_people_can_read() -> None:
    found = asked_together(case("mri-lumbar-spine"), "group.back_complaint", "group.spine_exam", "group.leg_nerves")
    assert len(found) == 2 and all(len(question.options) <= MOST_OPTIONS for question in found)


def test_a_list_with_signs_of_an_examination_says_so() -> None:
    felt = asked_together(case("mri-lumbar-spine"), "group.leg_nerves", "finding.tingling")[0]
    seen = asked_together(case("mri-lumbar-spine"), "finding.tingling", "group.spine_exam")[0]
    assert "clinician" in seen.say and "clinician" not in felt.say


def test_the_first_warning_signs_are_asked_by_themselves_and_the_others_wait_for_them() -> None:
    ids = ("red_flags.mid_back", "red_flags.mid_back.history", "finding.tingling", "group.trunk_nerves")
    first = asked_together(case("mri-thoracic-spine"), *ids)
    assert [question.id for question in first][:2] == ["red_flags.mid_back", "red_flags.mid_back.history"]
    later = asked_together(case("mri-knee", settled=("red_flags.knee",)), "red_flags.limb_history", "finding.tingling")
    assert [parts_of(question.id) for question in later] == [("red_flags.limb_history", "finding.tingling")]


@pytest.mark.parametrize("part", ["group.leg_nerves", "finding.tingling"])
def test_who_does_not_know_is_asked_for_no_part_again(part: str) -> None:
    now = case("mri-lumbar-spine")
    one = asked_together(now, "group.leg_nerves", "finding.tingling")[0]
    assert not is_settled(part, now)
    assert is_settled(part, replace(now, settled=frozenset({one.id})))


@pytest.mark.parametrize(
    ("study", "complaint", "payer"),
    [("mri-knee", "knee_pain", "unitedhealthcare"), ("mri-lumbar-spine", "low_back_pain", "cigna"),
     ("mri-cervical-spine", "neck_pain", "aetna"), ("mri-brain", "headache", "Anthem"), ("ct-head", "headache", None)],
)  # fmt: skip
@pytest.mark.parametrize("which", [0, 1, -1])
def test_nothing_is_asked_twice_and_warning_signs_come_first(
    study: str, complaint: str, payer: str | None, which: int
) -> None:
    now = case(study, findings=(Finding(complaint),), plan=Plan(payer=payer))
    signs, seen = LIBRARY.studies[study].red_flag_questions, list[str]()
    while (question := (found := assess(now, LIBRARY)).next_question) is not None:
        parts = parts_of(question.id)
        assert not {*parts} & {*seen}
        if {*parts} & {*signs[1:]}:
            assert signs[0] in seen
        seen += parts
        scene = Scene(now, LIBRARY.studies[study], LIBRARY, TODAY)
        rule = LIBRARY.leaves_for(study, LIBRARY.guidelines[found.decided_by or ""])
        answers = [value for _, value in likely_answers(question, scene, rule)]
        facts = facts_from_answer(question, answers[min(which, len(answers) - 1)], now)
        now = replace(with_facts(now, facts), settled=now.settled | {question.id})
    assert seen
