"""Whose plan it is and of what kind, whose number, and which criteria a letter names."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 21)


def denial(text: str):
    return read(text, TODAY).denial


@pytest.mark.parametrize(
    ("text", "payer", "plan"),
    [
        ("You have the right to ask Silver Lantern Medicare Advantage (HMO-POS) to review our decision by asking us "
         "for an "
         "appeal. MRI knee denied.", "Silver Lantern Medicare Advantage", "medicare_advantage"),
        ("You have the right to ask Coral Compass Medicare (PPO) for an appeal within 65 days. MRI breast denied.",
         "Coral Compass Medicare", "medicare_advantage"),
        ("Harborlight Assurance Company of Maine\nRegarding: cardiac MRI (CPT 75563) denied. Maine residents: Bureau "
         "of "
         "Insurance 800-555-0190.", "Harborlight Assurance Company of Maine", None),
        ("HEALTHFERN | Individual & Family (On-Exchange Silver 4)\nMRI left elbow 73221 denied\nDear Ann, you may "
         "appeal",
         "Healthfern", "individual_aca"),
        ("Member: Curtis Bell   ID: XJW00412399\nWe reviewed a request for MRI of the left knee (73721). The request "
         "is "
         "denied. Date: November 6, 2026.", None, None),
        ("no not humana its cigna. humana was my old one", "Cigna", None),
        ("medicaid thru Buckeye (centene) ohio", "Buckeye Health Plan", "medicaid_managed"),
        ("I'm Jean, 68. Medicare + BCBS medigap. MRI denied", None, "medicare_original"),
        ("Humana PPO medicare", "Humana", "medicare_advantage"),
        ("it is his medicare humana plan", "Humana", "medicare_advantage"),
        ("my medicare is through Aetna", "Aetna", "medicare_advantage"),
        ("medicare with an Aetna supplement, Aetna denied it", "Aetna", None),
        ("medicare from Cigna part d", "Cigna", None),
        ("BCBS federal employee plan", "Blue Cross Blue Shield", "fehb"),
        ("Ambetter marketplace", "Ambetter", "individual_aca"),
        ("highmark ppo he bought himself", "Highmark", "individual_aca"),
        ("student health (fully insured, Massachusetts) mri wrist denied", None, None),
        ("commercial plan through my job, don't know if self funded. MRI denied", None, "employer_unknown_funding"),
        ("its my job's plan, not sure whether it's self-insured", None, "employer_unknown_funding"),
        ("is my plan self funded? mri denied", None, None),
        ("my job's plan is self funded, mri denied", None, "erisa_self_funded"),
        ("SUMMIT RIDGE HEALTH COOP\nNovember 3, 2026\nDear Ann, we denied the MRI of the knee. You may appeal.",
         "Summit Ridge Health Coop", None),
    ],
)  # fmt: skip
def test_whose_plan_and_of_what_kind(text, payer, plan):
    got = denial(text)
    assert (got.payer, got.plan_type) == (payer, plan)


@pytest.mark.parametrize(
    "text",
    [
        "PLAN: Neurosurgery consult",
        "ASSESSMENT/PLAN: Suspect L C6 radiculopathy",
        "Plan: Refer to ortho, MRI R shoulder",
        "Tx plan: CMT 3x/wk",
        "ASSESSMENT AND PLAN: Knee pain, MRI",
        "Discharge plan: HEP",
    ],
)
def test_the_plan_of_a_note_is_no_payer(text):
    assert denial(text).payer is None


@pytest.mark.parametrize(
    ("text", "payer"),
    [("Plan: Aetna PPO", "Aetna"), ("Plan: Bluehollow Health Plan", "Bluehollow Health Plan"),
     ("Health plan: Cypress", "Cypress")],
)  # fmt: skip
def test_a_plan_that_is_named_is_one(text, payer):
    assert denial(text).payer == payer


def test_dots_that_lead_to_a_value_are_a_mark():
    got = denial(
        "Member ID.............: U77 120 0043\nHealth plan...........: Marigold Health of Arkansas\n"
        "Tracking number.......: 26-1108-55-QTR\nDate of this letter...: 2026-11-10\n"
        "Requested.............: MRI ankle, RIGHT, 73721\nDecision..............: NOT CERTIFIED"
    )
    assert (got.payer, got.member_id, got.reference_numbers, got.notice_date) == (
        "Marigold Health of Arkansas", "U77 120 0043", ("26-1108-55-QTR",), date(2026, 11, 10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("words", "cited"),
    [
        ("Medicare National Coverage Determination 220.2 (Magnetic Resonance Imaging) was used.",
         ("Medicare National Coverage Determination 220.2",)),
        ("Per the Carelon Advanced Imaging Guidelines: Extremity (effective 2026-03-28), MRI may be considered when "
         "radiographs have been done.", ("Carelon Advanced Imaging Guidelines: Extremity (effective 2026-03-28)",)),
        ("Criteria: eviCore MSK-Imaging MS-25.1 V2.0.2026.", ("eviCore MSK-Imaging MS-25.1 V2.0.2026",)),
        ("Indications per guideline: cough longer than 8 weeks with a normal chest x-ray.", ()),
        ("ACR Appropriateness Criteria Syncope 2021.", ("ACR Appropriateness Criteria Syncope 2021",)),
        ("MCG Ambulatory Care 30th edition (2026), A-0031.", ("MCG Ambulatory Care 30th edition (2026), A-0031",)),
    ],
)  # fmt: skip
def test_a_guideline_by_its_whole_name_and_no_more(words, cited):
    assert denial(f"Notice of denial. Date 11/18/2026. MRI left knee 73721. {words}").criteria_cited == cited


def test_the_number_of_ones_own_policy_is_no_guideline():
    got = denial("Student: Anneliese Cho  |  Policy: SH-MA-220-771\nRequest: MRI of the right wrist, 73221. Declined.")
    assert (got.member_id, got.criteria_cited) == ("SH-MA-220-771", ())
