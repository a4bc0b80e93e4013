"""Clinical language to items: findings, treatments, earlier imaging, visits, duration, age, with exact words."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reading import read
from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 21)
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "clinical.yml").read_text("utf-8"))


def holds(item: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(item[name] == value for name, value in wanted.items())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:50])
def test_reading(row: dict[str, Any]) -> None:
    read = asdict(read_clinical(row["text"], TODAY))
    for part in ("findings", "treatments", "imaging", "evaluations"):
        for wanted in row.get(part, ()):
            assert any(holds(item, wanted) for item in read[part]), (wanted, read[part])
        if row.get(part) == []:
            assert read[part] == ()
    for name in row.get("not", ()):
        assert all(f["id"] != name or f["status"] != "present" for f in read["findings"])
    for kind in row.get("not_treatments", ()):
        assert all(t["kind"] != kind or t["status"] != "present" for t in read["treatments"])
    for name in ("symptom_weeks", "age"):
        if name in row:
            assert read[name] == row[name]


@pytest.mark.parametrize("text", ["No numbness", "my mother had cancer", "used to have fevers", "might be weakness"])
def test_never_becomes_present(text: str) -> None:
    assert [f for f in read_clinical(text, TODAY).findings if f.status == "present"] == []


def test_words_are_the_slice_even_through_quotes_dashes_and_broken_lines() -> None:
    text = "I can’t lift my arm — numb-\nness in my “left” hand.\nMcMurray’s positive"
    read = read_clinical(text, TODAY)
    items = [*read.findings, *read.treatments, *read.imaging]
    assert {i.id for i in read.findings} >= {"unable_to_lift_arm", "numbness", "positive_mcmurray"}
    assert all(item.words == text[item.start : item.end] for item in items)


def test_the_denied_study_is_not_prior_imaging_even_with_its_reason() -> None:
    text = "Your request for an MRI of the knee was denied because an x-ray has not been done."
    assert [(i.modality, i.status) for i in read_clinical(text, TODAY).imaging] == [("xray", "absent")]


def test_a_drug_is_never_corrected_to_another() -> None:
    assert [t.kind for t in read_clinical("I took toradal and tramadol", TODAY).treatments] == ["opioid"]


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    read = read_clinical(text, TODAY)
    for item in (*read.findings, *read.treatments, *read.imaging, *read.evaluations):
        assert item.words == text[item.start : item.end]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Writing for my sister Ana, 52. Her hip hurts.", 52),
        ("On behalf of my mother in law Ruth, 81, her hip hurts. I am 44.", 81),
        ("This is for Bob, fifty-three, knee pain.", 53),
        ("12M knee pain", 12),
        ("pt J.R. 61. needs MRI", 61),
        ("My back hurts and they said no. 34", 34),
        ("My uncle, 70, has gout. My knee hurts.", None),
        ("My knee hurts. 20 visits of PT.", None),
    ],
)
def test_whose_age_it_is(text: str, years: int | None) -> None:
    assert read_clinical(text, date(2026, 11, 21)).age == years


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("Some breathing trouble on hills.", "shortness_of_breath", "present"),
        ("My breathing's good.", "shortness_of_breath", "absent"),
        ("Coughing for weeks, no blood.", "hemoptysis", "absent"),
        ("He is wobbly on his feet.", "gait_problem", "present"),
        ("Walking is ok.", "gait_problem", "absent"),
        ("No vision c/o.", "vision_change", "absent"),
        ("It throbs all night.", "night_pain", "present"),
        ("I have to strain to pee.", "bladder_dysfunction", "present"),
        ("No prior lumbar surgery.", "prior_surgery", "absent"),
        ("Str 5/5 and sens intact.", "numbness", "absent"),
        ("CRP and ESR were normal.", "elevated_inflammatory_markers", "absent"),
    ],
)
def test_word_families(text: str, finding: str, status: str) -> None:
    assert {f.id: f.status for f in read_clinical(text, TODAY).findings}[finding] == status


def test_the_morning_is_not_heard_in_is_nor_the_breath_in_the_nose() -> None:
    found = {
        f.id for f in read_clinical("What bothers me is headaches. I can't breathe through my nose.", TODAY).findings
    }
    assert not found & {"morning_headache", "shortness_of_breath"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("I don't think she ever had a low-dose CT.", ("ct", "chest", "absent", None)),
        ("CT neck 10/5 was unrevealing.", ("ct", "neck", "present", "normal")),
        ("CT cervical spine 10/5 was negative.", ("ct", "cervical_spine", "present", "normal")),
        ("MR brain 3/4/2026: cannot exclude a bleed.", ("mri", "brain", "present", "abnormal")),
        ("Why they all said no. MRI of the brain when he was 6 was normal.", ("mri", "brain", "present", "normal")),
    ],
)
def test_earlier_pictures(text: str, read: tuple[str, str, str, str | None]) -> None:
    (item,) = read_clinical(text, TODAY).imaging
    assert (item.modality, item.region, item.status, item.result) == read


def test_a_picture_still_to_come_is_none() -> None:
    assert read_clinical("CT sinus for surgical planning 1/8/27.", TODAY).imaging == ()


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("Neck pain for about a year and half.", 78.3),
        ("Since Easter her hip hurts, last week she called the doctor.", 32.9),
        ("Knee pain going on five weeks, hold on, no, seven weeks.", 7.0),
        ("I had knee pain the last week of August.", None),
    ],
)
def test_how_long(text: str, weeks: float | None) -> None:
    assert read_clinical(text, TODAY).symptom_weeks == weeks


@pytest.mark.parametrize("text", [
    "no the MRI is for my other shoulder", "No, my CT was approved", "no it's an ultrasound they denied",
])  # fmt: skip
def test_a_no_to_what_was_said_before_denies_no_picture(text: str) -> None:
    assert "absent" not in {picture.status for picture in read(text, TODAY).imaging}


def test_where_a_history_begins_the_place_of_a_pain_ends() -> None:
    said = read("Back pain wakes him at night, hx prostate ca 2019", TODAY).findings
    (night,) = [finding for finding in said if finding.id == "night_pain"]
    assert night.region not in ("pelvis", "prostate")


def test_a_word_that_ends_in_not_ends_nothing() -> None:
    said = read_clinical("stuffy nose, face pressure and green snot since july", TODAY)
    found = {finding.id: finding.status for finding in said.findings}
    assert found["facial_pain"] == found["nasal_congestion"] == "present"
    assert read_clinical("chest pain in may but not since", TODAY).findings[0].status == "historical"


@pytest.mark.parametrize("text", [
    "insurance wants me doing physical therapy first", "they want him doing PT", "they want my mom on gabapentin first",
    "the doctor wants her in physical therapy",
])  # fmt: skip
def test_what_somebody_wants_one_to_do_was_not_done(text: str) -> None:
    assert not [t for t in read_clinical(text, TODAY).treatments if t.status == "present"]
