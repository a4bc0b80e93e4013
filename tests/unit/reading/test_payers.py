"""Who pays, who reviewed, what kind of plan it is, and which guideline is cited: invented companies too."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.payers import payer
from actions.reading.reviewers import reviewer

TODAY = date(2026, 11, 21)
BODY = "\n\nOctober 9, 2026\n\nDear Pat Example:\n\nWe denied the MRI of your left knee (73721).\n"


@pytest.mark.parametrize(
    ("head", "payer"),
    [
        ("NORTH MESA FAMILY HEALTH (a Medicaid plan)", "North Mesa Family Health"),
        ("Tufts-style Sample Health Plan", "Tufts-style Sample Health Plan"),
        ("Oscar Hollow Health Plan", "Oscar Hollow Health Plan"),
        ("Sample Ridge Administrators\nThird-party administrator", "Sample Ridge Administrators"),
        ("THE SAMPLE MASONS' MEDICAL FUND", "The Sample Masons' Medical Fund"),
        ("Payer ........ Sample Harbor Advantage", "Sample Harbor Advantage"),
        ("Health plan: Quince Valley", "Quince Valley"),
        ("Cigna Health and Life Insurance Company", "Cigna"),
        ("Notice of denial", None),
    ],
)
def test_the_payer_of_a_letter_is_its_own_name(head: str, payer: str | None) -> None:
    assert read(head + BODY, TODAY).denial.payer == payer


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("my insurance is Quince Valley and they denied my knee MRI", "Quince Valley"),
        ("cigna? no its aetna", "Aetna"),
        ("aetna? nope, humana", "Humana"),
        ("Cigna? No reason given, they denied my MRI", "Cigna"),
        ("The insurance (Sample Choice, from work) denied my knee MRI.", "Sample Choice"),
        ("Sample Harbor Health has denied my knee MRI.", "Sample Harbor Health"),
        ("Medicare denied my knee MRI.", "Medicare"),
        ("they denied my knee MRI on Monday", None),
    ],
)
def test_the_payer_that_a_person_names(text: str, payer: str | None) -> None:
    assert read(text, TODAY).denial.payer == payer


@pytest.mark.parametrize(
    ("line", "reviewer"),
    [
        ("Guideline: Evolent Knee MRI 2026", None),
        ("Rule we used: eviCore Musculoskeletal Imaging Guidelines", None),
        ("Cohere Health reviewed the request.", "Cohere Health"),
    ],
)
def test_a_cited_guideline_names_no_reviewer(line: str, reviewer: str | None) -> None:
    assert read("Sample Health Plan" + BODY + "\n" + line, TODAY).denial.reviewer == reviewer


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("You bought this plan on your state's marketplace.", "individual_aca"),
        ("Plan: Sample Health (Marketplace)", "individual_aca"),
        ("Self-funded and insured members have other rights; see the insert.", None),
        ("The Centers for Medicare & Medicaid Services make the rules.", None),
    ],
)
def test_the_kind_of_plan_stands_only_where_it_is_said(line: str, kind: str | None) -> None:
    assert read("Sample Health Plan" + BODY + "\n" + line, TODAY).denial.plan_type == kind


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("CARELON EXTREMITY IMAGING 2026-03, SECTION 4", "CARELON EXTREMITY IMAGING 2026-03, SECTION 4"),
        ("The guideline is EX-IMG-4 Extremity Imaging (2026).", "EX-IMG-4 Extremity Imaging"),
        ("THE RULE\neviCore Spine Guidelines V1.0.2026, SP-6", "eviCore Spine Guidelines V1.0.2026, SP-6"),
    ],
)  # fmt: skip
def test_a_guideline_is_cited_with_its_edition(line: str, cited: str) -> None:
    found = read("Sample Health Plan" + BODY + "\n" + line, TODAY).denial.criteria_cited
    assert [name[: len(cited)] for name in found] == [cited]


def test_a_coverage_determination_without_its_number_is_no_citation() -> None:
    text = "Sample Health Plan" + BODY + "\nA Local Coverage Determination (LCD) was used."
    assert read(text, TODAY).denial.criteria_cited == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Evolent for Prairie Crossing Health\nCase EV-229-0017\n72148 MRI lumbar: denied.", "Prairie Crossing Health"),
        ("Issued by Ironwood Benefit Trust on October 1, 2026. Denied: PET/CT 78815.", "Ironwood Benefit Trust"),
        ("NOTICE OF ACTION\nLos Robles Medi-Cal Plan\n\nWe can't approve the MRI.", "Los Robles Medi-Cal Plan"),
        ("REMITTANCE / Shore Physicians Health Plan / 10-02-2026\n71260 DENIED", "Shore Physicians Health Plan"),
        ("QUARTZITE HEALTH EXPLANATION OF BENEFITS\nCLAIM 60417\n72148 DENIED 0.00", "Quartzite Health"),
        ("Sunhaven denied my ankle MRI", "Sunhaven"),
        ("got a denial from Sunhaven on my ankle mri", "Sunhaven"),
        ("so oscar wont cover my ct scan", "Oscar"),
        ("i have united and they said no to the mri", "UnitedHealthcare"),
        ("Primary: Blue Cross of the Dunes paid $612.\nFrom LARCH PINES HEALTH PLAN, July 28, 2026.\nMRI denied.",
         "Larch Pines Health Plan"),
    ],
)  # fmt: skip
def test_a_payer_nobody_listed_is_known_by_where_it_stands(text: str, name: str) -> None:
    found = payer(text)
    assert found is not None and found.value.lower() == name.lower()


@pytest.mark.parametrize(
    "text",
    [
        "my husband denied my request to drive",
        "Thursday denied my MRI",
        "the four friends united and said no",
        "Dr. Lind denied it",
    ],
)
def test_other_words_are_no_payer(text: str) -> None:
    assert payer(text) is None


def test_the_one_who_reviews_for_us_is_the_reviewer() -> None:
    found = reviewer("We heard from Prism Scan Review, which looks at scans for us, about the PET/CT.")
    assert found is not None and found.value == "Prism Scan Review"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("LARKTON SCAN REVIEW\non behalf of Blue Cross of the Plains\nNovember 1, 2026", "Larkton Scan Review"),
        (
            "Blue Plan Health has delegated to Rosewood Physicians IPA the duty to review requests",
            "Rosewood Physicians IPA",
        ),
        ("STATE EMPLOYEES PROGRAM\nclaims administered by Alder Claims Service\nIssued 6/1/26", "Alder Claims Service"),
        ("The file was looked at by Brookline Partners, the consultants of the Fund", "Brookline Partners"),
        ("The plan that Granite runs (their TPA is Finch & Rowe) denied it", "Finch & Rowe"),
    ],
)
def test_a_reviewer_nobody_lists_is_known_by_what_it_does(text: str, name: str) -> None:
    found = reviewer(text)
    assert found is not None and found.value == name


@pytest.mark.parametrize(
    "text",
    [
        "Your request was reviewed by Jane Sample, MD, a medical director",
        "It was reviewed by Medical Director Jane Roe",
        "The claim was handled by Customer Service",
    ],
)
def test_a_person_or_a_desk_is_no_reviewer(text: str) -> None:
    assert reviewer(text) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "MASONS AND TILERS LOCAL 7 WELFARE FUND\nFund Office\n\nDear Member, denied.",
            "masons and tilers local 7 welfare fund",
        ),
        (
            "Fellowship Ministers Benefit Board\nA church plan\n\nWe denied the MRI.",
            "fellowship ministers benefit board",
        ),
        (
            "It brought a statement from the Hillside Public Educators Trust that denied it",
            "hillside public educators trust",
        ),
        ("Agent: It was denied. Thank you for choosing Birchstone Health Plans.", "birchstone health plans"),
    ],
)
def test_funds_boards_and_trusts_are_payers(text: str, name: str) -> None:
    found = payer(text)
    assert found is not None and found.value.lower() == name


@pytest.mark.parametrize(
    ("text", "payer", "reviewer"),
    [
        ("Fir Hollow Health Plan\n11/2/2026\nFir Hollow contracts with Beacon Scan Review, a company apart, to "
         "look over requests. We denied the MRI of the knee.", "Fir Hollow Health Plan", "Beacon Scan Review"),
        ("Copperline Utilization Group\nActing as agent for Fir Hollow Health Plan\n\nNotice\nMRI denied.",
         "Fir Hollow Health Plan", "Copperline Utilization Group"),
        ("TO: DR ROE\nFROM: BEACON CLINICAL REVIEW FOR LOCAL 9 GLAZIERS HEALTH FUND\nMRI L KNEE DENIED",
         "Local 9 Glaziers Health Fund", "Beacon Clinical Review"),
        ("Reviewed by: Beacon Scan Review\nHealth plan: Fir Hollow\nMember ID: SB1234567\nDenied: CT head 70450",
         "Fir Hollow", "Beacon Scan Review"),
        ("Town of Roe Employees Health Plan\nadministered by Copperline Benefit Services, Inc.\n\nMRI denied.",
         "Town of Roe Employees Health Plan", "Copperline Benefit Services"),
        ("my insurance is Fir Hollow Health but some company called ScanBeacon says the knee mri isn't needed",
         "Fir Hollow Health", "ScanBeacon"),
        ("Ins: Fir Hollow Health. TPA: Copperline. MRI brain denied 11/2.", "Fir Hollow Health", "Copperline"),
        ("MRI hip denied. Fir Hollow Health outsources its imaging reviews to BeaconRad.", "Fir Hollow Health",
         "BeaconRad"),
        ("Your request was reviewed by Dr. Ann Roe, board certified, for Fir Hollow Health Plan. The MRI is denied.",
         "Fir Hollow Health Plan", None),
        ("You may ask the Office of Personnel Management to review our decision. Fir Hollow Health Plan denied it.",
         "Fir Hollow Health Plan", None),
    ],
)  # fmt: skip
def test_the_payer_and_the_company_that_reviews_for_it(text: str, payer: str, reviewer: str | None) -> None:
    found = read(text, TODAY).denial
    assert found.payer is not None and payer.lower() in found.payer.lower()
    assert (found.reviewer or "").lower().startswith((reviewer or "").lower()) and bool(found.reviewer) == bool(
        reviewer
    )


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("Agent: Thank you for calling Fir Hollow Health.\nMe: why was my MRI denied", "Fir Hollow Health"),
        ("spoke w/ Tam at Fir Hollow Health, MRI R knee denied 11/16", "Fir Hollow Health"),
        ("My aunt's plan, Fir Hollow Senior Advantage, turned down her CT.", "Fir Hollow Senior Advantage"),
        ("fir hollow health plan denied my wifes mri", "fir hollow health plan"),
        ("Hello Ann,\n\nWe can't cover the MRI of your knee.\n\nBest,\nThe Firtree Health team", "Firtree Health"),
        ("NOTICE OF DENIAL\nDate: 11/03/2026\nMRI denied.\nWrite to Fir Hollow Health Plan, Appeals, Box 1.",
         "Fir Hollow Health Plan"),
        ("Plan: Firtree Silver 3500\nMember: FT-1\nThe CT was not approved.\nBest,\nThe Firtree Health team",
         "Firtree Health"),
        ("my own insurance denied my mri", None),
    ],
)  # fmt: skip
def test_a_payer_named_in_passing(text: str, payer: str | None) -> None:
    assert read(text, TODAY).denial.payer == payer


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        ("Our guideline (Firtree CG-118, Knee Imaging) looks for an x-ray.", ["Firtree CG-118, Knee Imaging"]),
        ("CRITERIA SOURCE ODG", ["ODG"]),
        ("Guideline  Beacon_CG_041 Lower Extremity MRI", ["Beacon_CG_041 Lower Extremity MRI"]),
        ("We used our own policy KR-Rad-9.", ["KR-Rad-9"]),
        ("Medicare Benefit Policy Manual, Chapter 15, section 80 applies.",
         ["Medicare Benefit Policy Manual, Chapter 15, section 80"]),
        ("You have rights under 29 CFR 2560.503-1.", []),
    ],
)  # fmt: skip
def test_a_plans_own_guideline_is_known_by_its_code(line: str, cited: list[str]) -> None:
    assert list(read("Sample Health Plan" + BODY + "\n" + line, TODAY).denial.criteria_cited) == cited


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Your employer pays the claims itself.", "erisa_self_funded"),
        ("STATE MEDICAID AGENCY\nFEE-FOR-SERVICE PRIOR AUTHORIZATION UNIT", "medicaid_ffs"),
        ("Bi-County Mills Employee Health Plan (a self-insured plan governed by ERISA)", "erisa_self_funded"),
        ("The insurance of my work turned it down.", "employer_unknown_funding"),
        ("Medicare guidelines were used.", None),
    ],
)
def test_the_kind_of_plan_in_other_words(line: str, kind: str | None) -> None:
    assert read("Sample Health Plan" + BODY + "\n" + line, TODAY).denial.plan_type == kind
