"""The case file: what it may say, and what is refused with code, place and mend."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from criteria.casefile import CaseError, case_from_mapping, load_case
from criteria.facts import Case
from criteria.library import load

WHOLE = """
as_of: 2026-11-21
study: {id: mri-lumbar-spine, cpt: ["72148"], icd10: ["M54.16"], side: null}
plan: {type: medicare_advantage, payer: null, reviewer: null, state: OH}
denial: {notice_date: 2026-11-02, received_date: null, service: pre, level: initial, reasons: [conservative_care],
         reference_numbers: [], member_id: EX-0001, service_date: null, criteria_cited: [],
         appeal_deadline: {words: null, days: 65, date: null}, words: null, urgent: false}
patient: {name: Pat Example, age: 54, sex: null, pack_years: null, quit_years: 0, asymptomatic: null,
          shared_decision: null, lifetime_breast_risk: null}
cancer: {type: null, phase: suspected, pets_before: null}
clinician: {name: null, npi: null, specialty: null}
symptom_weeks: 9
findings:   [{id: weakness, region: lumbar_spine, side: left, status: present, charted: unknown, weeks: null,
             since: null}]
treatments: [{kind: physical_therapy, weeks: 6, start: 2026-09-01, end: 2026-10-13, directed: provider,
              outcome: none, charted: yes}]
imaging:    [{modality: xray, region: lumbar_spine, side: null, status: present, date: 2026-08-20,
           result: normal, charted: no}]
evaluations: [{date: 2026-10-20, after_treatment: true, charted: "yes"}]
peer_to_peer: {status: not_offered, by: null}
"""


def read(text: str) -> Case:
    return load_case(text, load())


def test_the_whole_of_the_contract_is_read() -> None:
    case = read(WHOLE)
    assert case.as_of == date(2026, 11, 21)
    assert case.findings[0].charted == "unknown"
    assert (case.treatments[0].charted, case.imaging[0].charted, case.evaluations[0].charted) == ("yes", "no", "yes")
    assert case.treatments[0].outcome == "none"
    assert case.patient.quit_years == 0
    assert case.denial.appeal_deadline.days == 65
    assert case.plan.payer is None


def test_missing_means_that_nobody_has_said() -> None:
    case = read("as_of: 2026-11-21\nstudy: {id: mri-knee}\n")
    assert case.findings == () and case.patient.age is None and case.symptom_weeks is None
    assert case.denial.urgent is None and case.denial.denied is None


def test_json_and_files_are_read_too(tmp_path: Path) -> None:
    text = '{"as_of": "2026-11-21", "study": {"id": "mri-knee", "side": "left"}}'
    (tmp_path / "case.json").write_text(text)
    assert read(text) == load_case(tmp_path / "case.json", load()) == load_case(str(tmp_path / "case.json"), load())


@pytest.mark.parametrize(
    ("text", "code", "where", "says"),
    [
        ("", "empty", "", "is empty"),
        ("study: {id: mri-knee}\n", "bad_date", "as_of", "YYYY-MM-DD"),
        ("as_of: 2026-11-21\nfindings: []\n", "bad_value", "study", "mri-knee"),
        ("as_of: 2026-11-21\nstudy: {id: mri-kne}\n", "unknown_id", "study.id", "did you mean 'mri-knee'?"),
        ("as_of: tomorrow\nstudy: {id: mri-knee}\n", "bad_date", "as_of", "'tomorrow'"),
        ("as_of: 2026-02-30\nstudy: {id: mri-knee}\n", "bad_date", "", "YYYY-MM-DD"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nfindings: [{id: numb}]\n", "unknown_id", "findings[0].id",
         "numbness"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nfindings: [{id: fever, satus: absent}]\n", "unknown_id",
         "findings[0].satus", "did you mean 'status'?"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nsymptom_weeks: nine\n", "bad_value", "symptom_weeks", "number"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nsymptom_weeks: .nan\n", "bad_value", "symptom_weeks", "number"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nfindings: {id: fever}\n", "bad_value", "findings", "list"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\nplan: {state: XX}\n", "unknown_id", "plan.state", "XX"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\ntreatments: [{kind: nsaid, start: 2026-05-01, end: 2026-04-01}]\n",
         "bad_date", "treatments[0].end", "before 'start'"),
        ("as_of: 2026-11-21\nstudy: {id: mri-knee}\ntreatments: [{weeks: 3}]\n", "bad_value", "treatments[0].kind",
         "missing"),
        ("- one\n- two\n", "unreadable", "", "mapping"),
        ("as_of: [2026\nstudy: x\n", "unreadable", "line 2", "not valid"),
        ("as_of: 2026-11-21\nstudy: &a {id: mri-knee}\nplan: *a\n", "unreadable", "", "aliases"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_refused(text: str, code: str, where: str, says: str) -> None:
    with pytest.raises(CaseError) as error:
        read(text)
    assert (error.value.code, error.value.where) == (code, where)
    assert says in error.value.message


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CaseError) as error:
        load_case(Path("no-such-case.yml"), load())
    assert error.value.code == "unreadable"


def test_a_case_may_not_be_huge() -> None:
    with pytest.raises(CaseError) as error:
        case_from_mapping({"as_of": "2026-11-21", "study": "mri-knee", "findings": [{"id": "fever"}] * 501}, load())
    assert error.value.code == "too_large"


@pytest.mark.parametrize("said", ["2026-08", "2026", 2026])
def test_a_picture_of_which_only_the_month_was_said_has_no_day(said: str | int) -> None:
    study = {"as_of": "2026-11-21", "study": {"id": "mri-knee"}}
    case = case_from_mapping({**study, "imaging": [{"modality": "xray", "region": "knee", "date": said}]}, load())
    assert [picture.date for picture in case.imaging] == [None]


def test_a_day_that_does_not_exist_is_refused() -> None:
    study = {"as_of": "2026-11-21", "study": {"id": "mri-knee"}}
    with pytest.raises(CaseError):
        case_from_mapping({**study, "imaging": [{"modality": "xray", "region": "knee", "date": "2026-13"}]}, load())
