"""Of a plan's letter a fact is what it says was submitted or found of the patient, not what it asks for or misses."""

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


@pytest.mark.parametrize(
    "text",
    [
        "The insurance said no to the MRI of her left shoulder. They want an x-ray first and 6 weeks of PT.",
        "Denied: MRI shoulder 73221 left. Please try PT and ibuprofen for six weeks, then resubmit.",
        "Denied: MRI shoulder 73221. An x-ray should be done before MRI and cortisone injection considered.",
        "Denied: MRI hip 73721 left. Fewer than four weeks of physical therapy were documented.",
        "PT eval 97161 -- DENIED - visits exhausted. MRI LT ankle wo 73721 -- DENIED",
        "RFA received: 11/06/2026. MRI LUMBAR SPINE 72148 NON-CERTIFIED.",
        "Denied 11/12/2026 MRI hip. We approve MRI when an x-ray shows avascular necrosis or when you have had 6 weeks "
        "of PT, a steroid injection, and cannot bear weight.",
        "Denied 11/12/2026 lumbar MRI. Your plan covers 20 PT visits a year; 4 were used.",
        "Denied 11/12/2026, CT chest 71260. There is no evidence of weight loss, fever or a lung nodule over 8 mm "
        "on your x-ray from October 3, 2026.",
        "CT of my sinuses denied: 'medical records do not establish chronic rhinosinusitis of 12 weeks with "
        "antibiotics and nasal steroid'. ive had it like 5 months",
        "they denied it, the plan requires chiropractic care, a brace and injections",
        "cigna said no. says you should take naproxen and do home exercises for 6 weeks",
        "CIGNA DENIED MY LUMBER MRI ON 11/02/2026 BECASUE NO PHYSICAL THERAPY",
        "denied it becuase no pt",
        "aetna turned it down becuse no xray",
    ],
)
def test_what_the_plan_asks_for_is_no_fact_where_somebody_repeats_it(text: str) -> None:
    reading = read(text, TODAY)
    assert facts(reading) == []
    assert [f.id for f in reading.findings] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("they want 6 weeks of PT first but I already did 8 weeks of PT", ["physical_therapy 8"]),
        ("They said I need PT first. I did 8 weeks of it.", ["physical_therapy 8"]),
        ("insurance wants pt, weak leg, numb foot", ["weakness", "numbness"]),
        ("they require weakness. My leg is weak and numb", ["weakness", "numbness"]),
        ("failure of PT x 6 weeks and NSAIDs, MRI denied by Cigna", ["physical_therapy 6", "nsaid"]),
        ("they denied it, at least 6 weeks of pt done, naproxen 4 wks", ["physical_therapy 6", "nsaid 4"]),
        ("I had to do 6 weeks of physical therapy and take naproxen", ["physical_therapy 6", "nsaid"]),
        ("pt needs MRI; completed PT x6 wks, NSAIDs 4 wks; xray 10/2 neg", ["physical_therapy 6", "nsaid 4", "xray"]),
        ("they said i had to do 6 weeks of PT and i finished it in october", ["physical_therapy 6"]),
    ],
)
def test_what_people_did_stays_beside_what_the_plan_asks_for(text: str, told: list[str]) -> None:
    assert facts(read(text, TODAY)) == told


def test_an_appointment_to_come_is_no_visit() -> None:
    assert read("her appointment is 12/1/2026. MRI of her left shoulder denied", TODAY).evaluations == ()
    assert len(read("saw my doctor on October 20, 2026, my next appointment is 12/1/2026", TODAY).evaluations) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Denied 11/12/2026 MRI lumbar spine. To be approved, you need to have tried physical therapy for 6 weeks, or "
        "have foot drop, or loss of bladder control.",
        "my denial says: You would need a nodule larger than 8 mm, coughing up blood, or weight loss.",
        "You must have loss of bladder or bowel control, saddle numbness, or new weakness in the legs.",
        "The MRI is covered only if there is loss of bladder control or a foot drop.",
    ],
)
def test_the_plans_condition_is_no_emergency(text: str) -> None:
    reading = read(text, TODAY)
    assert (reading.emergency, reading.urgent) == ((), ())


@pytest.mark.parametrize(
    "text",
    [
        "They said I need PT but I have loss of bladder control and foot drop",
        "you need to help me I cant control my bladder since yesterday and my legs are numb",
        "they denied it for lack of PT. lost control of my bladder",
        "denied says you need PT, cant pee, saddle numb",
        "denied. you need PT or injections. loss of bladder control, numb between the legs",
        "waiting to be approved, coughing up blood",
        "you need to approve this now, worst headache of my life",
    ],
)
def test_an_emergency_beside_the_plans_condition_is_heard(text: str) -> None:
    assert read(text, TODAY).emergency


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Approved! Your MRI of the knee (73721) is authorized from 11/18/2026 to 01/17/2027, no. 448.", "approved"),
        ("Good news! We approved the CT of the chest your doctor asked for. Authorization 5512.", "approved"),
        ("Your request is pending. We need additional information from your doctor to make a decision.", "pending"),
        ("Request for Additional Information - THIS IS NOT A DENIAL\nJuniper Health\nNovember 17, 2026\nMember: C A\n"
         "RE: Your doctor's request for MRI right wrist (73221). We need more information before we can decide. If we "
         "do not get it, this may result in a denial.", "pending"),
        ("Your MRI of the brain is approved. Your MRI of the neck is denied.", "denied"),
        ("MRI was approved last year but expired", None),
        ("is my request approved or still pending", None),
        ("Your site says approved, is it approved?", None),
        ("my mri was reviewed and unfortunately it has not been approved", "denied"),
    ],
)  # fmt: skip
def test_what_was_decided_is_what_the_plans_paper_says(text: str, outcome: str | None) -> None:
    reading = read(text, TODAY)
    assert reading.denial.outcome == outcome
    if outcome == "approved":
        assert reading.imaging == ()
