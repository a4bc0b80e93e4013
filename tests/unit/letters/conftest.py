"""Invented cases for the letters, and what the check says about them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from letter_text import Write

from actions.letters import draft
from criteria.assessment import assess
from criteria.facts import (
    Case,
    Clinician,
    Denial,
    Evaluation,
    Finding,
    Imaging,
    Patient,
    Plan,
    Study,
    Treatment,
)
from criteria.library import load
from criteria.library.records import Library
from criteria.results import Assessment

TODAY = date(2026, 11, 21)
PT = Treatment("physical_therapy", weeks=6, start=date(2026, 9, 1), end=date(2026, 10, 13), directed="provider",
               outcome="none", charted="yes")  # fmt: skip


def lumbar(**parts: object) -> Case:
    """Low back pain for nine weeks, six weeks of therapy, an injection considered; denied for lack of care."""
    given: dict[str, object] = {
        "as_of": TODAY,
        "study": Study("mri-lumbar-spine", ("72148",), ("M54.16",)),
        "plan": Plan("erisa_self_funded", "Example Health Plan"),
        "denial": Denial(
            notice_date=date(2026, 11, 2), reasons=("conservative_care",), reference_numbers=("EX-REF-1",),
            member_id="EX-0001", words="Six weeks of conservative treatment was not completed.", level="initial",
        ),
        "patient": Patient(name="Pat Example", age=54),
        "clinician": Clinician(name="Dr. Sam Sample"),
        "symptom_weeks": 9.0,
        "findings": (
            Finding("low_back_pain", charted="yes"),
            Finding("radiating_leg_pain", side="left", charted="yes"),
            Finding("surgery_candidate", charted="yes"),
            *(Finding(id, "absent") for id in NO_FLAGS),
        ),
        "treatments": (PT,),
        "evaluations": (Evaluation(date(2026, 10, 20), True, charted="yes"),),
    }  # fmt: skip
    return Case(**{**given, **parts})  # type: ignore[arg-type]


NO_FLAGS = (
    "saddle_anesthesia", "bladder_dysfunction", "bowel_dysfunction", "cauda_equina", "weakness", "foot_drop", "fever",
    "chills", "infection_recent", "iv_drug_use", "dialysis", "immunosuppression", "weight_loss", "cancer_history",
    "active_cancer", "trauma", "fracture", "osteoporosis", "steroid_use_longterm", "prior_surgery", "night_sweats",
    "progressive_worsening", "new_symptoms", "elevated_inflammatory_markers",
)  # fmt: skip


def acute_lumbar() -> Case:
    """Two weeks of back pain, nothing tried, no warning signs: the ACR speaks against the scan."""
    return lumbar(
        symptom_weeks=2.0, treatments=(Treatment("physical_therapy", "absent"),), evaluations=(),
        findings=(Finding("low_back_pain"), *(Finding(id, "absent") for id in NO_FLAGS)),
    )  # fmt: skip


def bare_lumbar() -> Case:
    """Nearly nothing is known: no name, no dates, no reason."""
    return Case(TODAY, study=Study("mri-lumbar-spine"), findings=(Finding("low_back_pain"),))


def knee(result: str = "normal") -> Case:
    """A knee that has hurt for months, with an X-ray."""
    return Case(
        TODAY,
        study=Study("mri-knee", ("73721",), (), "left"),
        plan=Plan("medicare_advantage", "Example Advantage"),
        denial=Denial(notice_date=date(2026, 11, 2), reasons=("alternative_imaging", "not_medically_necessary")),
        patient=Patient(age=47),
        symptom_weeks=14.0,
        findings=(
            Finding("knee_pain", side="left", charted="yes"), Finding("locking", region="knee", side="left"),
            Finding("trauma", "absent"), Finding("swelling", "uncertain"),
        ),
        treatments=(Treatment("nsaid", weeks=8.0), Treatment("physical_therapy", weeks=6.0, directed="provider")),
        imaging=(Imaging("xray", "knee", "left", "present", date(2026, 10, 5), result, "yes"),),
    )  # fmt: skip


def brain() -> Case:
    """Headaches with a change, denied as not needed and for the ended Medicare program."""
    return Case(
        TODAY,
        study=Study("mri-brain", ("70551",)),
        plan=Plan("medicare_original"),
        denial=Denial(
            notice_date=date(2026, 10, 1), service="post", service_date=date(2026, 9, 10),
            reasons=("auc_noncompliance", "not_medically_necessary"),
        ),
        patient=Patient(name="Robin Example", age=71),
        findings=(
            Finding("headache", charted="yes"), Finding("change_in_headache_pattern", charted="yes"),
            Finding("cancer_history", "historical"), Finding("fever", "absent"), Finding("seizure", "family"),
        ),
    )  # fmt: skip


CASES: dict[str, Callable[[], Case]] = {
    "lumbar": lumbar,
    "acute lumbar": acute_lumbar,
    "bare lumbar": bare_lumbar,
    "knee": knee,
    "arthritic knee": lambda: knee("arthritis"),
    "brain": brain,
}


@pytest.fixture(scope="session")
def cases() -> dict[str, Case]:
    return {name: make() for name, make in CASES.items()}


@pytest.fixture(scope="session")
def library() -> Library:
    return load()


@pytest.fixture(scope="session")
def check(library: Library) -> Callable[[Case], Assessment]:
    return lambda case: assess(case, library)


@pytest.fixture(scope="session")
def write(library: Library, check: Callable[[Case], Assessment]) -> Write:
    return lambda case: draft("appeal", case, check(case), library)
