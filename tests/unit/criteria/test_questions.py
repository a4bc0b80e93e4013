"""Questions and their answers: nothing twice, emergencies first, and every answer becomes facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from criteria.answers import facts_from_answer
from criteria.assessment import assess
from criteria.facts import Case, Evaluation, Field, Finding, Imaging, Plan, Study, Treatment
from criteria.leaves import Scene
from criteria.library import load
from criteria.likely import likely_answers
from criteria.questions import fixed_question, parts_of, question_for, red_flag_question
from criteria.results import Question
from criteria.supposed import with_facts

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
        ("patient.asymptomatic", False, (Field("patient.asymptomatic", True),)),
        ("patient.asymptomatic", True, (Field("patient.asymptomatic", False),)),
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


def given_up(now: Case) -> list[str]:
    """The questions asked of somebody who answers every one with "I don't know"."""
    seen: list[str] = []
    while (question := assess(now, LIBRARY).next_question) is not None:
        seen.append(question.id)
        now = replace(now, settled=now.settled | {question.id})
    return seen


@pytest.mark.parametrize("payer", [None, "cigna", "unitedhealthcare", "aetna", "bcbs-sc", "carelon"])
@pytest.mark.parametrize(
    ("study", "complaint"),
    [("mri-lumbar-spine", "low_back_pain"), ("mri-knee", "knee_pain"), ("mri-brain", "headache")],
)
def test_who_does_not_know_is_soon_left_in_peace(study: str, complaint: str, payer: str | None) -> None:
    treatments = (Treatment("physical_therapy"), Treatment("nsaid"), Treatment("muscle_relaxant"))
    now = case(study, side="left", findings=(Finding(complaint),), treatments=treatments, plan=Plan(payer=payer))
    assert len(given_up(now)) <= 8


def test_a_list_that_was_closed_is_not_asked_again_item_by_item() -> None:
    now = replace(case(findings=(Finding("low_back_pain"),)), settled=frozenset({"red_flags.spine"}))
    asked_after = [part for id in given_up(now) for part in parts_of(id)]
    shown = set(LIBRARY.questions["red_flags.spine"].facts)
    assert asked_after and not {id.removeprefix("finding.") for id in asked_after} & shown
    assert any(gap.kind == "ask" and gap.fact == "saddle_anesthesia" for gap in assess(now, LIBRARY).gaps)


def seen_after_care(*treatments: Treatment) -> Case:
    """Back pain for twelve weeks, a visit after these treatments, and a reviewer who counts directed care."""
    visits = (Evaluation(after_treatment=True),)
    pain = (Finding("low_back_pain"),)
    return case(findings=pain, treatments=treatments, evaluations=visits, symptom_weeks=12, plan=Plan(payer="cigna"))


def test_who_does_not_know_how_long_is_not_asked_who_directed_it() -> None:
    seen = given_up(seen_after_care(Treatment("nsaid")))
    assert "treatment.weeks.nsaid" in seen and "treatment.directed.nsaid" not in seen


def test_a_visit_after_the_care_is_not_asked_for_before_the_care() -> None:
    nothing = tuple(Treatment(t, "absent") for t in LIBRARY.treatments)
    now = case(findings=(Finding("low_back_pain"),), treatments=nothing, symptom_weeks=12, plan=Plan(payer="cigna"))
    assert "evaluation.after_treatment" not in given_up(now)
    done = replace(now, treatments=(Treatment("physical_therapy", weeks=7, directed="provider"),))
    assert "evaluation.after_treatment" in given_up(done)


def asked_of_who_has_nothing(now: Case) -> list[str]:
    """The questions asked of somebody of whom nothing on any list is so, and who tried nothing."""
    seen: list[str] = []
    while (question := assess(now, LIBRARY).next_question) is not None:
        seen.append(question.id)
        value: Any = {"any_of": [], "yes_no": False, "number": 40.0, "weeks": 8.0}[question.kind]
        facts = facts_from_answer(question, value, now)
        now = replace(with_facts(now, facts), settled=now.settled | {question.id})
    return seen


def test_a_visit_is_asked_about_once_there_is_something_that_needs_one() -> None:
    """The reviewer wants a visit with every warning sign, and one after the care: without either it settles nothing."""
    now = case(findings=(Finding("low_back_pain"),), symptom_weeks=12, plan=Plan(payer="cigna"))
    seen = asked_of_who_has_nothing(now)
    assert "red_flags.spine" in seen and not [id for id in seen if id.startswith("evaluation")]
    signs = replace(now, findings=(*now.findings, Finding("fever")))
    question = assess(signs, LIBRARY).next_question
    assert question is not None and question.id == "evaluation.visit"


def test_a_list_is_whole_while_nobody_knows_which_topic_is_theirs() -> None:
    """Of a CT of the head with nothing said, the headache topic alone names neither dizziness nor a seizure."""
    unknown = assess(case("ct-head", plan=Plan("medicaid_managed")), LIBRARY).next_question
    assert unknown is not None and parts_of(unknown.id)[0] == "group.head_complaint"
    assert {"headache", "dizziness", "seizure", "syncope"} <= set(unknown.facts)
    known = assess(case("ct-head", findings=(Finding("headache"),), plan=Plan(payer="Anthem")), LIBRARY).next_question
    assert known is not None and parts_of(known.id)[0] == "group.head_change"
    assert "epilepsy" not in known.facts, "no rule for a headache of this reviewer names it"


def test_the_treatment_asked_about_first_is_the_one_a_clinician_gave() -> None:
    now = seen_after_care(Treatment("nsaid"), Treatment("home_exercise"), Treatment("physical_therapy"))
    weeks = [id for id in given_up(now) if id.startswith("treatment.weeks")]
    assert weeks[0] == "treatment.weeks.physical_therapy"


def test_options_are_in_plain_words_and_no_bare_diagnosis() -> None:
    """A term that only clinicians use never stands alone: it has a gloss, or what the person feels stands for it."""
    for record in LIBRARY.questions.values():
        for fact in record.facts if record.id.startswith(("red_flags.", "group.")) else ():
            assert fact in LIBRARY.choices, f"{record.id}: {fact} has no words under choices in words.yml"
    options = {o.value: o.say for o in asked("red_flags.spine", case()).options}
    assert options["foot_drop"] == "A foot that drags or drops"
    assert options["cauda_equina"].startswith("A doctor said: ")


@pytest.mark.parametrize("kind", list(LIBRARY.treatments))
def test_questions_about_a_treatment_are_sentences(kind: str) -> None:
    for what in ("weeks", "directed", "end"):
        say = asked(f"treatment.{what}.{kind}", case()).say
        assert LIBRARY.treatments[kind].do in say and ":" not in say and "{" not in say


def test_a_brain_is_not_asked_about_joint_fluid() -> None:
    assert "effusion" in {o.value for o in asked("imaging.xray.knee", case()).options}
    assert not {"effusion", "loose_body", "arthritis"} & {o.value for o in asked("imaging.mri.brain", case()).options}


def test_the_intake_answers_settle_the_same_questions() -> None:
    now = replace(case(), settled=frozenset({"intake.prior_treatment", "intake.duration"}))
    assert question_for("treatment.kinds", now, LIBRARY) is None
    assert question_for("symptom_weeks", now, LIBRARY) is None


@pytest.mark.parametrize("study", ["mri-lumbar-spine", "mri-knee", "mri-brain"])
@pytest.mark.parametrize("which", [0, 1, -1])
def test_answering_what_is_asked_reaches_an_end(study: str, which: int) -> None:
    now, count = case(study, side="left"), 0
    while (question := (found := assess(now, LIBRARY)).next_question) is not None:
        scene = Scene(now, LIBRARY.studies[study], LIBRARY, now.as_of)
        rule = LIBRARY.leaves_for(study, LIBRARY.guidelines[found.decided_by]) if found.decided_by else ()
        answers = [value for _, value in likely_answers(question, scene, rule)]
        facts = facts_from_answer(question, answers[min(which, len(answers) - 1)], now)
        now = replace(with_facts(now, facts), settled=now.settled | {question.id})
        count += 1
        assert count < 20
    assert question is None and count >= 1


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


def gaps_of(now: Case) -> list[str]:
    return [gap.say for gap in assess(now, LIBRARY).gaps]


def test_every_gap_is_one_short_sentence() -> None:
    treated = (Treatment("physical_therapy"), Treatment("nsaid"))
    for payer in (None, "cigna", "unitedhealthcare", "aetna", "bcbs-sc", "carelon"):
        for study, complaint in (("mri-lumbar-spine", "low_back_pain"), ("mri-knee", "knee_pain")):
            for treatments in ((), treated, (Treatment("physical_therapy", weeks=2, directed="provider", end=TODAY),)):
                pain, plan = (Finding(complaint),), Plan(payer=payer)
                now = case(study, side="left", findings=pain, treatments=treatments, plan=plan, symptom_weeks=9)
                for say in gaps_of(now):
                    assert say.endswith(".") and ". " not in say and say.count("(") <= 1 and len(say) <= 200, say


def test_a_gap_about_care_names_the_number_that_the_rule_asks_for() -> None:
    now = seen_after_care(Treatment("physical_therapy"))
    asks = "the rule asks for 6 weeks of care directed by a clinician since this problem began"
    assert f"Nobody has said yet: how long the physical therapy lasted ({asks})." in gaps_of(now)


def test_a_visit_and_a_visit_after_the_care_read_as_two_things() -> None:
    now = case(findings=(Finding("low_back_pain"),), treatments=(Treatment("nsaid"),), plan=Plan(payer="cigna"))
    visits = [say for say in gaps_of(now) if "visit" in say]
    assert visits == [
        "Nobody has said yet: a visit about this problem.",
        "Nobody has said yet: a visit or call after the care, to see how it went.",
    ]


def test_one_note_to_get_is_one_gap_whatever_each_rule_asks_for() -> None:
    """Carelon asks for six weeks in one pathway and four in another: the therapy's note is the same note."""
    therapy = (Treatment("physical_therapy", weeks=6, charted="no"),)
    found = assess(case("mri-knee", side="left", treatments=therapy, plan=Plan(payer="Anthem")), LIBRARY)
    notes = [i for i, gap in enumerate(found.gaps) if gap.kind == "chart"]
    assert len(notes) == 1
    with_it = [set(way.gaps) for way in found.ways if notes[0] in way.gaps]
    assert with_it and not any(a < b for a in with_it for b in with_it)
