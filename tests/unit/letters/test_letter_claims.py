"""What a letter claims of a scenario, a relative, a past event, a length and a step: never more than was said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from letter_text import Write, cover, text

from criteria.facts import (
    Case,
    Conflict,
    Denial,
    Fact,
    Field,
    Finding,
    Imaging,
    Patient,
    Said,
    Study,
    Treatment,
)


def having(case: Case, *findings: Finding) -> Case:
    ids = {finding.id for finding in findings}
    return replace(case, findings=(*(f for f in case.findings if f.id not in ids), *findings))


# --- scenarios -----------------------------------------------------------------------------------------------------


def test_a_dropping_foot_is_not_claimed_to_be_cauda_equina(write: Write, cases: dict[str, Case]) -> None:
    said = text(write(having(cases["lumbar"], Finding("foot_drop", side="right"))))
    assert "Nearest to my facts" in said and "I claim of it only the facts" in said
    assert "My facts fit this scenario" not in said


def test_numbness_between_the_legs_fits_that_scenario(write: Write, cases: dict[str, Case]) -> None:
    said = text(write(having(cases["lumbar"], Finding("saddle_anesthesia"))))
    assert "My facts fit this scenario" in said and "suspected cauda equina" in said


def test_a_weak_leg_is_no_planned_operation(write: Write, cases: dict[str, Case]) -> None:
    without = tuple(f for f in cases["lumbar"].findings if f.id != "surgery_candidate")
    weak = having(replace(cases["lumbar"], findings=without), Finding("weakness", side="left"))
    said = text(write(weak))
    assert "Nearest to my facts" in said and "surgery or an injection is considered" in said
    assert "My facts fit this scenario" in text(write(cases["lumbar"]))


def chest_pain(**parts: object) -> Case:
    return Case(
        date(2026, 11, 21),
        study=Study("echo", ("93306",)),
        denial=Denial(reasons=("alternative_imaging",)),
        findings=(Finding("chest_pain", weeks=20.5),),
        symptom_weeks=20.5,
        **parts,  # type: ignore[arg-type]
    )


def test_may_be_appropriate_does_not_say_that_nothing_comes_first(write: Write) -> None:
    letter = write(chest_pain())
    assert "May Be Appropriate" in text(letter)
    assert "no other test has to come first" not in text(letter)
    assert letter.unanswered == ("alternative_imaging",)


def screening() -> Case:
    well = ("cough", "hemoptysis", "chest_pain", "shortness_of_breath", "weight_loss", "hoarseness")
    return Case(
        date(2026, 11, 21),
        study=Study("ldct-lung-screening", ("71271",)),
        patient=Patient(age=63, pack_years=28, quit_years=4, asymptomatic=True, shared_decision=True),
        denial=Denial(reasons=("not_medically_necessary",)),
        findings=(Finding("smoking_history"), *(Finding(id, "absent") for id in well)),
    )


def test_smoking_is_no_trouble_and_is_over_after_quitting(write: Write) -> None:
    said = text(write(screening()))
    assert "The trouble that the scan is for" not in said
    assert "Smoking: In the past" in said and "I quit smoking 4 years ago" in said


def test_what_is_absent_is_told_together(write: Write) -> None:
    assert "not present: coughing up blood, a cough" in text(write(screening()))


# --- findings ------------------------------------------------------------------------------------------------------


def test_of_a_relative_only_the_illness_is_told(write: Write, cases: dict[str, Case]) -> None:
    aunt = Finding("arthritis", "family", region="hand", side="left", onset="sudden", severity="severe", weeks=9.0)
    assert "Arthritis: In my family." in text(write(having(cases["lumbar"], aunt)))


@pytest.mark.parametrize(
    ("finding", "row"),
    [
        (Finding("prior_surgery", region="knee", side="left"), "Earlier surgery: Yes; left knee."),
        (Finding("cancer_history", region="chest"), "A history of cancer: Yes."),
        (
            Finding("trauma", region="lumbar_spine", weeks=7.4, since=date(2026, 10, 3)),
            "An injury: Yes; lower back; more than 7 weeks ago.",
        ),
        (Finding("gait_problem", region="hand", side="bilateral"), "Unsteady walking: Yes, now."),
        (Finding("extremely_dense_breasts", severity="severe"), "Extremely dense breast tissue: Yes, now."),
        (Finding("numbness", region="foot", side="left", weeks=3.0), "Numbness: Yes, now; left foot; for 3 weeks."),
    ],
)
def test_a_row_says_what_kind_of_thing_it_is(finding: Finding, row: str, write: Write, cases: dict[str, Case]) -> None:
    assert row in text(write(having(cases["lumbar"], finding)))


def test_what_a_stronger_name_tells_is_told_once(write: Write, cases: dict[str, Case]) -> None:
    both = having(cases["lumbar"], Finding("dense_breasts"), Finding("extremely_dense_breasts"))
    assert "Dense breast tissue:" not in text(write(both))
    more = having(cases["lumbar"], Finding("dense_breasts", side="left"), Finding("extremely_dense_breasts"))
    assert "Dense breast tissue: Yes, now; left" in text(write(more))


def test_so_and_not_so_is_told_as_neither(write: Write, cases: dict[str, Case]) -> None:
    told = (*cases["lumbar"].findings, Finding("swelling", region="knee"), Finding("swelling", "absent", region="knee"))
    letter = write(replace(cases["lumbar"], findings=told))
    assert "Swelling" not in text(letter)
    assert "not to be so, and the letter leaves it out: swelling" in cover(letter)


def test_a_sign_elsewhere_is_no_contradiction(write: Write, cases: dict[str, Case]) -> None:
    told = (*cases["lumbar"].findings, Finding("prior_surgery", region="shoulder"))
    assert "Earlier surgery: Yes; shoulder" in text(write(replace(cases["lumbar"], findings=told)))


# --- lengths -------------------------------------------------------------------------------------------------------


def test_one_letter_gives_one_length_the_shortest(write: Write, cases: dict[str, Case]) -> None:
    letter = write(having(cases["lumbar"], Finding("low_back_pain", weeks=7.3, charted="yes")))
    assert "for more than 7 weeks" in text(letter) and "9 weeks" not in text(letter)
    assert "told in more than one way" in cover(letter)
    assert "told in more than one way" not in cover(write(cases["lumbar"]))


def test_the_plans_count_does_not_stand_before_the_persons(write: Write, cases: dict[str, Case]) -> None:
    """The notes sent to the plan said three weeks; the person has put it right."""
    plans, own = Said("document", "3 weeks"), Said("patient", "it's been 9 weeks")
    case = having(cases["lumbar"], Finding("low_back_pain", weeks=3.0))
    said = tuple(Fact(Field("symptom_weeks", weeks), by) for weeks, by in ((3.0, plans), (9.0, own)))
    differ = Conflict("symptom_weeks", said)
    case = replace(case, said={"symptom_weeks": own, "low_back_pain": plans}, conflicts=(differ,))
    letter = write(case)
    assert "for 9 weeks" in text(letter) and "3 weeks" not in text(letter)
    staff = replace(case, said={"symptom_weeks": own, "low_back_pain": Said("staff", "3 weeks")})
    assert "for 3 weeks" in text(write(staff))


# --- the request and its step --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "says", "says_not"),
    [
        ("initial", "This is my first-level appeal.", "turned down"),
        ("internal_upheld", "My first appeal about it was turned down.", "first-level"),
        ("second_upheld", "My earlier appeals about it were turned down.", "first-level"),
        (None, "I am writing to appeal", "first-level"),
    ],
)
def test_the_level_is_said_where_it_is_known(
    level: str | None, says: str, says_not: str, write: Write, cases: dict[str, Case]
) -> None:
    said = text(write(replace(cases["lumbar"], denial=replace(cases["lumbar"].denial, level=level))))
    assert says in said and says_not not in said


@pytest.mark.parametrize(
    ("denial", "asks"),
    [
        (Denial(notice_date=date(2026, 11, 2), service_date=date(2026, 10, 12)), "done on October 12, 2026."),
        (Denial(notice_date=date(2026, 11, 2), service_date=date(2026, 11, 30)), "approve the scan"),
        (Denial(notice_date=date(2026, 11, 2), service_date=date(2026, 10, 12), service="pre"), "approve the scan"),
    ],
)
def test_a_scan_that_was_done_is_to_be_paid(denial: Denial, asks: str, write: Write, cases: dict[str, Case]) -> None:
    assert asks in text(write(replace(cases["lumbar"], denial=denial)))


def test_the_scan_is_named_with_its_contrast_where_that_is_known(write: Write, cases: dict[str, Case]) -> None:
    case = cases["lumbar"]
    assert "MRI of the lower back without contrast" in text(write(case))
    bare = text(write(replace(case, study=Study("mri-lumbar-spine"))))
    assert "decision on my MRI of the lower back." in bare
    both = text(write(replace(case, study=Study("mri-lumbar-spine", ("72148", "72158")))))
    assert "decision on my MRI of the lower back." in both


def test_a_child_is_not_made_to_say_its_age(write: Write, cases: dict[str, Case]) -> None:
    letter = write(replace(cases["brain"], patient=Patient(age=8)))
    assert "I am 8" not in text(letter) and "The patient is 8 years old." in text(letter)
    assert "A parent or another person who may act for the child signs it" in cover(letter)
    assert "A parent" not in cover(write(replace(cases["brain"], patient=Patient(age=18))))


def test_a_shot_has_a_day_and_no_end(write: Write, cases: dict[str, Case]) -> None:
    letter = write(replace(cases["lumbar"], treatments=(Treatment("injection"),)))
    assert "date of injections for the pain" in letter.blanks
    assert not any("end date" in blank for blank in letter.blanks)
    known = write(replace(cases["lumbar"], treatments=(Treatment("injection", start=date(2026, 8, 4)),)))
    assert "on August 4, 2026" in text(known)
    assert not any("date of injections" in blank for blank in known.blanks)


def test_what_sources_tell_differently_is_named_in_plain_words(write: Write, cases: dict[str, Case]) -> None:
    def differing(value: object) -> tuple[Fact, ...]:
        return (Fact(value, Said("staff")), Fact(value, Said("patient")))  # type: ignore[arg-type]

    conflicts = (
        Conflict("study.cpt", differing(Field("study.cpt", ("72148",)))),
        Conflict("imaging.xray.knee", differing(Imaging("xray", "knee", "left"))),
        Conflict("denial.notice_date", differing(Field("denial.notice_date", date(2026, 11, 2)))),
    )
    said = cover(write(replace(cases["lumbar"], conflicts=conflicts)))
    for name in ("the procedure code", "X-ray, left knee", "the date on the denial notice"):
        assert f"do not agree about: {name}." in said


def test_a_scenario_called_after_a_pain_that_nobody_has_is_only_the_nearest(write: Write) -> None:
    def back(*ids: str) -> str:
        told = (Finding("immunosuppression", charted="yes"), *(Finding(id, charted="yes") for id in ids))
        case = Case(date(2026, 11, 21), study=Study("mri-lumbar-spine", ("72148",)), findings=told)
        return text(write(case))

    assert "My facts fit this scenario" in back("low_back_pain")
    assert "Nearest to my facts" in back("radiating_leg_pain")


def test_what_began_today_has_lasted_less_than_a_day(write: Write, cases: dict[str, Case]) -> None:
    new = having(cases["lumbar"], Finding("numbness", region="foot", weeks=0.0))
    assert "Numbness: Yes, now; foot; for less than a day." in text(write(new))


@pytest.mark.parametrize(
    ("study", "told"),
    [
        ("mri-thoracic-spine", ("osteoporosis",)),
        ("mri-thoracic-spine", ("cancer_history",)),
        ("mri-lumbar-spine", ("low_back_pain", "dialysis")),
        ("mri-lumbar-spine", ("low_back_pain", "fever")),
    ],
)
def test_a_risk_alone_is_no_pain_and_no_suspicion(study: str, told: tuple[str, ...], write: Write) -> None:
    findings = tuple(Finding(id, charted="yes") for id in told)
    said = text(write(Case(date(2026, 11, 21), study=Study(study), findings=findings)))
    assert "Nearest to my facts" in said and "My facts fit this scenario" not in said


@pytest.mark.parametrize(
    ("study", "told", "unsaid"),
    [
        ("mri-brain", (Finding("epilepsy"),), "stable"),
        ("mri-brain", (Finding("seizure"),), "without an injury"),
        ("mri-brain", (Finding("memory_problem", weeks=52), Finding("progressive_worsening")), "quickly"),
        ("ct-abdomen-pelvis", (Finding("crohn_disease"), Finding("diarrhea", "absent")), "without symptoms"),
        ("ct-abdomen-pelvis", (Finding("abdominal_pain", weeks=1),), "without fever"),
        ("ct-abdomen-pelvis", (Finding("epigastric_pain"),), "suspected"),
        ("ct-abdomen-pelvis", (Finding("flank_pain"),), "suspected"),
        ("mri-cervical-spine", (Finding("neck_pain", weeks=20),), "without arm"),
        ("mri-brain", (Finding("facial_droop"),), "alone"),
    ],
)
def test_no_scenario_is_claimed_by_what_nobody_said(
    study: str, told: tuple[Finding, ...], unsaid: str, write: Write
) -> None:
    assert unsaid not in text(write(Case(date(2026, 11, 21), study=Study(study), findings=told)))
