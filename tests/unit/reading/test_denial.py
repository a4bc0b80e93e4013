"""Denials in sentences and in whole letters: what is read, and what must not be."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading import facts_of, read
from criteria.facts import Field, Finding, case_of
from criteria.ids import DENIAL_REASONS, PLAN_TYPES, STUDIES

TODAY = date(2026, 11, 21)
LETTERS = Path(__file__).parents[2] / "letters"
DENIALS = yaml.safe_load((Path(__file__).parent / "tables" / "denials.yml").read_text("utf-8"))


def _at(document: dict[str, Any], path: str) -> Any:
    for part in path.split("."):
        document = document[part]
    return document


def _reads(text: str, expected: dict[str, Any]) -> None:
    """The named fields have the values given; the order of a list does not matter."""
    reading = read(text, TODAY).to_json()
    for path, value in expected.items():
        got = _at(reading, path)
        value = value.isoformat() if isinstance(value, date) else value
        assert (sorted(got), path) == (sorted(value), path) if isinstance(value, list) else (got, path) == (value, path)


@pytest.mark.parametrize("name", sorted(path.stem for path in LETTERS.glob("*.txt")))
def test_a_letter_reads_as_its_fields_say(name: str) -> None:
    expected = yaml.safe_load((LETTERS / f"{name}.yml").read_text("utf-8"))
    _reads((LETTERS / f"{name}.txt").read_text("utf-8"), expected)


@pytest.mark.parametrize("row", DENIALS, ids=lambda row: str(row["name"]))
def test_a_denial_of_any_shape_reads_as_its_fields_say(row: dict[str, Any]) -> None:
    _reads(row["text"], row["reads"])


@pytest.mark.parametrize("name", sorted(path.stem for path in LETTERS.glob("*.txt")))
def test_every_word_is_the_slice_of_the_text_as_it_came(name: str) -> None:
    text = (LETTERS / f"{name}.txt").read_text("utf-8").replace("'", "\u2019").replace("\n", "\r\n")
    reading = read(text, TODAY)
    items = [*reading.fields.values(), *reading.findings, *reading.treatments, *reading.imaging, *reading.emergency]
    assert all(text[item.start : item.end] == item.words for item in items)
    assert all(0 < field.confidence <= 1 for field in reading.fields.values())


def _letter(sentence: str) -> str:
    return (
        "Example Health Plan\nNovember 2, 2026\n\nMember ID: EX-0001\n\nDear Pat Example:\n\n"
        f"We denied the request for an MRI of your left knee. {sentence}\n\nYou may appeal within 180 days."
    )


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("The test is not medically necessary.", "not_medically_necessary"),
        ("It does not meet our clinical criteria.", "not_medically_necessary"),
        ("There is no record of six weeks of conservative treatment.", "conservative_care"),
        ("You must complete physical therapy before this test.", "conservative_care"),
        ("Plain X-rays have to be done first.", "alternative_imaging"),
        ("An ultrasound is the preferred first test.", "alternative_imaging"),
        ("Prior authorization was not obtained.", "prior_auth_missing"),
        ("You had the same study within the last 6 months.", "frequency_duplicate"),
        ("We consider it experimental and investigational.", "experimental"),
        ("The imaging center is out of network.", "out_of_network"),
        ("The diagnosis code does not match the procedure code.", "coding_error"),
        ("Your doctor did not send the office notes.", "insufficient_documentation"),
        ("Appropriate use criteria were not consulted.", "auc_noncompliance"),
        ("The test should be done at a freestanding imaging center instead of a hospital.", "site_of_care"),
        ("This service is excluded under your plan.", "not_a_benefit"),
        ("The claim was received after the filing deadline.", "timely_filing"),
    ],
)
def test_each_reason_is_known_by_its_words(sentence: str, reason: str) -> None:
    reading = read(_letter(sentence), TODAY)
    assert reading.kind == "denial_letter"
    assert reason in reading.denial.reasons
    assert reading.fields[f"reasons.{reason}"].words in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "If we deny a service because it is experimental, you may ask for an external review.",
        "You may send additional information with your appeal.",
        "You have the right to an independent review of decisions on medical necessity.",
        "Out of network doctors can appeal for you if you ask them.",
    ],
)
def test_the_rights_part_of_a_letter_gives_no_reason(sentence: str) -> None:
    assert read(_letter(sentence), TODAY).denial.reasons == ()


def test_a_persons_own_care_is_no_reason_for_denial() -> None:
    reading = read("My knee MRI was denied. I already finished 8 weeks of physical therapy and had an x-ray.", TODAY)
    assert reading.kind == "message"
    assert reading.denial.reasons == ()


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("MRI of the lower back", "mri-lumbar-spine"), ("L-spine MRI w/o", "mri-lumbar-spine"),
        ("cervical spine MRI", "mri-cervical-spine"), ("MRI t-spine", "mri-thoracic-spine"), ("knee MRI", "mri-knee"),
        ("MR arthrogram of the right shoulder", "mri-shoulder"), ("hip MRI", "mri-hip"),
        ("MRI left wrist", "mri-wrist-hand"),
        ("MRI of my ankle", "mri-ankle-foot"), ("MRI brain w/wo contrast", "mri-brain"),
        ("CT scan of the head", "ct-head"),
        ("chest CT with contrast", "ct-chest"), ("low dose CT lung screening", "ldct-lung-screening"),
        ("CT abd/pelvis", "ct-abdomen-pelvis"), ("PET scan", "pet-ct"), ("whole body bone scan", "bone-scan"),
        ("breast MRI", "mri-breast"), ("cardiac MRI", "mri-cardiac"), ("abdominal ultrasound", "us-abdomen"),
        ("echocardiogram", "echo"), ("MRA of the head and neck", "mra-head-neck"), ("CTA neck", "cta-head-neck"),
        ("prostate MRI", "mri-pelvis-prostate"), ("MRCP", "mri-abdomen-mrcp"), ("sinus CT", "ct-sinus"),
        ("coronary CT angiogram", "ccta"),
    ],
)  # fmt: skip
def test_every_study_is_known_by_its_everyday_name(text: str, study: str) -> None:
    assert read(f"They denied my {text}.", TODAY).study.id == study
    assert study in STUDIES


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("They denied the MRI of my knee. They say an X-ray first and that a CT would be enough.", "mri-knee"),
        ("I had a CT of my head in June. Now they denied the brain MRI.", "mri-brain"),
        ("Denied: CPT 72148", "mri-lumbar-spine"),
        ("Denied: MRI, CPT 73721", None),
        ("Denied: MRI 73721, my hip hurts", "mri-hip"),
        ("They denied my MRI.", None),
    ],
)
def test_the_denied_study_is_told_from_the_others(text: str, study: str | None) -> None:
    assert read(text, TODAY).study.id == study


def test_sides_that_conflict_give_none() -> None:
    assert read("They denied the right knee MRI.", TODAY).study.side == "right"
    assert read("Denied: MRI right knee. My doctor ordered an MRI of the left knee.", TODAY).study.side is None


def test_a_code_that_does_not_stand_in_the_text_is_not_returned() -> None:
    reading = read("They denied my knee MRI. I live in Nowhere, TX 75557, claim 99214 was paid.", TODAY)
    assert reading.study.cpt == ()
    assert reading.study.icd10 == ()


def test_a_telephone_number_a_date_and_a_zip_are_no_reference_numbers() -> None:
    text = _letter(
        "Case number: 1-800-555-0142. Reference: 11/02/2026. Send the claim to Columbus, OH 43000-1234. "
        "Request ID: RX-55501."
    )
    assert read(text, TODAY).denial.reference_numbers == ("RX-55501",)


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        ("Your plan is self-funded.", "erisa_self_funded"),
        ("You are enrolled in a Medicare Advantage plan.", "medicare_advantage"),
        ("You have coverage through the Marketplace plan.", "individual_aca"), ("FEHB enrollees", "fehb"),
        ("TRICARE Prime", "tricare"), ("I have original Medicare", "medicare_original"),
        ("insurance through my husband's work", "employer_unknown_funding"),
        ("If your plan is self-funded, call the Department of Labor.", None), ("Call 1-800-MEDICARE for help.", None),
    ],
)  # fmt: skip
def test_the_plan_type_is_read_only_where_the_words_say_it(text: str, plan: str | None) -> None:
    found = read(f"They denied my knee MRI. {text}", TODAY).denial.plan_type
    assert found == plan
    assert found is None or found in PLAN_TYPES


def test_the_deadline_is_the_one_to_appeal_not_the_plans_own() -> None:
    text = _letter(
        "We will decide within 30 days. Doctors have 10 business days for a peer-to-peer call, 1-800-555-0142."
    )
    deadline = read(text, TODAY).denial.appeal_deadline
    assert (deadline.days, deadline.date) == (180, None)
    dated = read("They denied my knee MRI, the appeal is due by March 3, 2027.", TODAY).denial.appeal_deadline
    assert dated.date == date(2027, 3, 3)


def test_a_list_of_exceptions_makes_no_finding_and_no_emergency() -> None:
    text = (LETTERS / "humana_ma_lumbar_exceptions.txt").read_text("utf-8")
    reading = read(text, TODAY)
    assert reading.findings == ()
    assert reading.treatments == ()
    assert reading.emergency == ()


def test_facts_carry_words_place_and_source_and_make_a_case() -> None:
    text = (LETTERS / "uhc_lumbar_commercial.txt").read_text("utf-8")
    facts = facts_of(read(text, TODAY), "document", TODAY, document="letter-1")
    assert all(text[f.said.start : f.said.end] == f.said.words and f.said.document == "letter-1" for f in facts)
    case = case_of(facts, TODAY)
    assert (case.study.id, case.plan.type, case.denial.notice_date) == (
        "mri-lumbar-spine",
        "erisa_self_funded",
        date(2026, 11, 2),
    )
    assert case.denial.appeal_deadline.days == 180
    assert case.peer_to_peer.status == "offered"
    assert set(case.denial.reasons) <= set(DENIAL_REASONS)


def test_a_patients_message_gives_the_patients_own_facts() -> None:
    text = (LETTERS / "patient_symptoms_only.txt").read_text("utf-8")
    facts = facts_of(read(text, TODAY), "patient", TODAY)
    assert all(f.said.who == "patient" for f in facts)
    assert "knee_pain" in {f.value.id for f in facts if isinstance(f.value, Finding)}
    fields = {f.value.path: f.value.value for f in facts if isinstance(f.value, Field)}
    assert fields["patient.age"] == 38
    assert fields["symptom_weeks"] == pytest.approx(10.7, abs=0.1)


@pytest.mark.parametrize(
    ("sentence", "cited"),
    [
        ("Denied under Example Medical Policy 7.03.118.", "Example Medical Policy 7.03.118"),
        ("Symptoms 3 wks. Policy 5.02.71.", "Policy 5.02.71"),
        ("The reason is group policy RX-12 (Lack of Information).", "policy RX-12"),
        ("Only what is appropriate under 32 CFR 199.7 is paid.", "32 CFR 199.7"),
        ("The rule is National Coverage Determination (NCD) 220.2.", "220.2"),
    ],
)
def test_a_rule_is_cited_by_its_number_alone(sentence: str, cited: str) -> None:
    found = read(f"We denied the CT of your head. {sentence}", TODAY).denial.criteria_cited
    assert any(cited in name for name in found)


@pytest.mark.parametrize("number", ["Your policy 12-3344 covers this.", "See your Plan, section 6.14."])
def test_the_members_own_policy_is_no_guideline(number: str) -> None:
    assert read(f"We denied the CT of your head. {number}", TODAY).denial.criteria_cited == ()


@pytest.mark.parametrize(
    ("text", "notice", "service"),
    [
        ("MY MRI WAS DENIED BY HUMANA ON 10/27/2026", "2026-10-27", None),
        ("ct chest was declined by fir hollow health 11/3, what now", "2026-11-03", None),
        ("On 10/27/2026 my MRI was denied", "2026-10-27", None),
        ("CT head - denial 10/05/2026 - Aetna", "2026-10-05", None),
        ("they give us a year from the remit (10/29). UHC denied the CT, DOS 10/20, 74178", "2026-10-29", "2026-10-20"),
        ("MRI knee denied 11/17. sched for 11/29 -> cancelled", "2026-11-17", "2026-11-29"),
        ("11/18 TC from plan re MRI c-spine - DENIED today", "2026-11-18", None),
        ("MRI was denied 11/3, p2p set for 11/25", "2026-11-03", None),
        ("CHK DT 20260911\nDTP 472  20260824\nSVC HC:72148  1890.00  0.00  CO 50", "2026-09-11", "2026-08-24"),
        ("Statement date 10/26/26\nDate   Service   Charged   Paid\n09/30/26  70450 CT  1,140.00  0.00  CO-16",
         "2026-10-26", "2026-09-30"),
        ("Member ID: F12\nNotice date: 10/1/2026\nAugust 12, 2026   Bay Imaging\nMRI knee 73721  paid $0 denied",
         "2026-10-01", "2026-08-12"),
    ],
)  # fmt: skip
def test_the_day_of_the_denial_and_of_the_test(text: str, notice: str | None, service: str | None) -> None:
    found = read(text, date(2026, 11, 21)).denial
    shown = tuple(day.isoformat() if day else None for day in (found.notice_date, found.service_date))
    assert shown == (notice, service)
