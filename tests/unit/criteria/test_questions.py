"""Questions and their answers: nothing twice, emergencies first, and every answer becomes facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from criteria.answers import facts_from_answer
from criteria.assessment import assess
from criteria.facts import Case, Evaluation, Field, Finding, Imaging, Study, Treatment
from criteria.library import load
from criteria.next_question import likely_answers, with_facts
from criteria.questions import fixed_question, question_for, red_flag_question
from criteria.results import Question

LIBRARY = load()
TODAY = date(2026, 11, 21)
FIXED = (
    "intake.denial", "intake.study", "intake.symptoms", "intake.duration", "intake.prior_treatment", "intake.plan",
    "intake.side", "peer_to_peer", "notice_date",
)  # fmt: skip


def case(study: str = "mri-lumbar-spine", **facts: Any) -> Case:
    return Case(TODAY, Study(study, side=facts.pop("side", None)), **facts)


def asked(id: str, now: Case) -> Question:
    question = question_for(id, now, LIBRARY)
    assert question is not None
    return question


@pytest.mark.parametrize("id", FIXED)
def test_fixed_questions_say_why_and_can_be_answered(id: str) -> None:
    question = fixed_question(id, LIBRARY)
    assert question.say and question.why
    value: Any = {"text": "words", "weeks": 8.0, "date": TODAY, "any_of": []}.get(question.kind)
    if question.kind == "choice":
        value = question.options[0].value
    assert bool(facts_from_answer(question, value, case())) is (question.kind != "text")


@pytest.mark.parametrize(
    ("id", "value", "facts"),
    [
        ("intake.study", "mri-knee", (Field("study.id", "mri-knee"),)),
        ("intake.duration", 8.0, (Field("symptom_weeks", 8.0),)),
        ("intake.plan", "medicare_advantage", (Field("plan.type", "medicare_advantage"),)),
        ("intake.side", "left", (Field("study.side", "left"),)),
        ("peer_to_peer", "offered", (Field("peer_to_peer.status", "offered"),)),
        ("notice_date", TODAY, (Field("denial.notice_date", TODAY),)),
        ("intake.prior_treatment", ["nsaid"], (Treatment("nsaid"),)),
    ],
)
def test_fixed_answers(id: str, value: Any, facts: tuple[Any, ...]) -> None:
    assert facts_from_answer(fixed_question(id, LIBRARY), value, case()) == facts


@pytest.mark.parametrize(
    ("id", "value", "facts"),
    [
        ("finding.numbness", True, (Finding("numbness"),)),
        ("finding.numbness", False, (Finding("numbness", "absent"),)),
        ("finding.tinnitus.side", "left", (Finding("tinnitus", side="left"),)),
        ("finding.trauma.severity", "severe", (Finding("trauma", severity="severe"),)),
        ("treatment.weeks.nsaid", 6.0, (Treatment("nsaid", weeks=6.0),)),
        ("treatment.directed.nsaid", "self", (Treatment("nsaid", directed="self"),)),
        ("treatment.end.nsaid", TODAY, (Treatment("nsaid", end=TODAY),)),
        ("imaging.xray.knee", "none", (Imaging("xray", "knee", "left", "absent"),)),
        ("imaging.xray.knee", "normal", (Imaging("xray", "knee", "left", result="normal"),)),
        ("imaging.xray.knee", "done", (Imaging("xray", "knee", "left"),)),
        ("imaging.xray.knee.date", TODAY, (Imaging("xray", "knee", "left", date=TODAY),)),
        ("evaluation.visit", False, (Evaluation(status="absent"),)),
        ("evaluation.after_treatment", True, (Evaluation(after_treatment=True),)),
        ("evaluation.date", TODAY, (Evaluation(date=TODAY),)),
        ("symptom_weeks", 9.0, (Field("symptom_weeks", 9.0),)),
        ("patient.age", 70.0, (Field("patient.age", 70),)),
    ],
)
def test_answers_to_questions_about_one_fact(id: str, value: Any, facts: tuple[Any, ...]) -> None:
    now = case("mri-knee", side="left")
    assert facts_from_answer(asked(id, now), value, now) == facts


def test_none_of_these_records_each_one_shown_as_absent_and_no_other() -> None:
    now = case(findings=(Finding("fever"),))
    question = asked("red_flags.spine", now)
    assert "fever" not in question.facts
    facts = facts_from_answer(question, ["none"], now)
    assert facts == tuple(Finding(o.value, "absent") for o in question.options)


def test_choosing_some_says_nothing_of_the_others() -> None:
    question = asked("red_flags.spine", case())
    assert facts_from_answer(question, ["foot_drop"], case()) == (Finding("foot_drop"),)


def test_none_of_the_treatments_says_that_each_was_not_tried() -> None:
    facts = facts_from_answer(asked("treatment.kinds", case()), [], case())
    assert {f.status for f in facts if isinstance(f, Treatment)} == {"absent"} and len(facts) > 8


@pytest.mark.parametrize(("id", "value"), [("finding.fever", "yes"), ("treatment.weeks.nsaid", True),
                                           ("red_flags.spine", ["gout"]), ("evaluation.date", "today"),
                                           ("imaging.xray.knee", "broken")])  # fmt: skip
def test_an_answer_of_another_kind_is_refused(id: str, value: Any) -> None:
    with pytest.raises(ValueError, match=id):
        facts_from_answer(asked(id, case()), value, case())


def test_emergencies_come_in_the_first_red_flag_question() -> None:
    first = red_flag_question(case(), LIBRARY)
    assert first is not None and first.id == "red_flags.spine" and "saddle_anesthesia" in first.facts
    later = red_flag_question(case(), LIBRARY)
    now = replace(case(), settled=frozenset({"red_flags.spine"}))
    second = red_flag_question(now, LIBRARY)
    assert later == first and second is not None and second.id == "red_flags.spine.history"
    done = replace(now, settled=now.settled | {second.id})
    assert red_flag_question(done, LIBRARY) is None


def test_a_settled_question_is_not_asked_again() -> None:
    now = case()
    seen = set()
    while (question := assess(now, LIBRARY).next_question) is not None:
        assert question.id not in seen
        seen.add(question.id)
        now = replace(now, settled=now.settled | {question.id})
    assert assess(now, LIBRARY).verdict == "gaps"
    assert len(seen) > 3


def test_the_intake_answers_settle_the_same_questions() -> None:
    now = replace(case(), settled=frozenset({"intake.prior_treatment", "intake.duration"}))
    assert question_for("treatment.kinds", now, LIBRARY) is None
    assert question_for("symptom_weeks", now, LIBRARY) is None


@pytest.mark.parametrize("study", ["mri-lumbar-spine", "mri-knee", "mri-brain"])
@pytest.mark.parametrize("which", [0, 1, -1])
def test_answering_what_is_asked_reaches_an_end(study: str, which: int) -> None:
    now, count = case(study, side="left"), 0
    while (question := assess(now, LIBRARY).next_question) is not None:
        answers = [value for _, value in likely_answers(question, scene=_Scene(now))]  # type: ignore[arg-type]
        facts = facts_from_answer(question, answers[min(which, len(answers) - 1)], now)
        now = replace(with_facts(now, facts), settled=now.settled | {question.id})
        count += 1
        assert count < 20
    assert question is None and count >= 1


class _Scene:
    def __init__(self, now: Case) -> None:
        self.case, self.library = now, LIBRARY


def test_a_met_case_asks_nothing() -> None:
    now = case(findings=(Finding("saddle_anesthesia", charted="yes"),))
    assert assess(now, LIBRARY).next_question is None


def test_a_verdict_for_someone_with_nothing_to_report_takes_few_questions() -> None:
    """Back pain, nothing tried, no warning sign: about five questions to a plain no."""
    now, count = case(findings=(Finding("low_back_pain"),)), 0
    while (question := assess(now, LIBRARY).next_question) is not None:
        value: Any = {"any_of": [], "yes_no": False, "number": 40.0, "weeks": 8.0}[question.kind]
        now = replace(
            with_facts(now, facts_from_answer(question, value, now)), settled=now.settled | {question.id}
        )
        count += 1
    assert assess(now, LIBRARY).verdict == "not_met"
    assert count <= 9
