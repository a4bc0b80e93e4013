"""In a plan's letter a fact is what it says was submitted or found of the patient; what it asks for or misses is none."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from actions.reading import Reading, read
from criteria import strict_yaml

TODAY = date(2026, 11, 22)
TABLE = strict_yaml.read(Path(__file__).parent / "tables" / "plans_letters.yml")


def letter(study: str, why: str) -> Reading:
    return read(
        "Wagtail Health Plan, Inc.\nPO Box 1188, Duluth MN 55801\n\nNovember 12, 2026\n\n"
        "Member: Perpetua Lindholm     Member ID: WHP-2201-77\nReference number: 26-1112-771\n\n"
        f"Dear Perpetua Lindholm:\n\nWe reviewed the request from your doctor for {study}. We have denied this request."
        f"\n\nWhy: {why}\n\nYou may appeal within 180 days of the date you receive this letter.\n",
        TODAY,
    )


def facts(reading: Reading) -> list[str]:
    return [
        *(f.id for f in reading.findings if f.status == "present"),
        *(f"{t.kind} {t.weeks:g}" if t.weeks else t.kind for t in reading.treatments),
        *(i.modality for i in reading.imaging),
    ]


@pytest.mark.parametrize("row", TABLE["told"], ids=lambda row: row["why"][:40])
def test_what_the_letter_says_of_the_patient_is_read(row: strict_yaml.Node) -> None:
    assert facts(letter(row["study"], row["why"])) == list(row["reads"])


@pytest.mark.parametrize("row", TABLE["ruled"], ids=lambda row: row["why"][:40])
def test_what_the_plan_asks_for_or_misses_is_no_fact(row: strict_yaml.Node) -> None:
    reading = letter(row["study"], row["why"])
    assert facts(reading) == [] and reading.evaluations == ()
    assert reading.symptom_weeks is None


def test_a_demand_beside_what_is_told_changes_nothing_of_it() -> None:
    reading = letter(
        "MRI of the lumbar spine",
        "Your doctor told us you have back pain. You need six weeks of PT. Ibuprofen. X-ray. Then we look again.",
    )
    assert facts(reading) == ["low_back_pain"]
    assert reading.symptom_weeks is None


def test_a_line_of_a_bill_is_no_visit_about_this_problem() -> None:
    bill = (
        "EXPLANATION OF BENEFITS\nCobalt Ridge Benefit Administrators  Statement date: 11/06/2026\n"
        "09/29/26   74177   CT ABD & PELV W/CONTR   $3,412.00   $0.00   197\n"
        "09/29/26   99213   OFFICE VISIT   $180.00   $121.40\nRemark codes:\n197 - Precertification absent.\n"
        "You have the right to appeal this decision within 180 days.\n"
    )
    assert read(bill, TODAY).evaluations == ()
