"""Member and reference numbers, and the days of a letter, in the layouts that letters and tables have."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.identifiers import member_id, references

TODAY = date(2026, 11, 21)
HEAD = "Dear Pat Example:\n\nWe denied the MRI of your left knee (73721).\n\n"


@pytest.mark.parametrize(
    ("lines", "number"),
    [
        ("Member ID ............ EX4410028", "EX4410028"),
        ("Covered person no. EX-1-00449", "EX-1-00449"),
        ("Policy ID:  EXP-3301-448", "EXP-3301-448"),
        ("Contract     EX 990044120", "EX 990044120"),
        ("Member: P. Example / 77-0044-1200", "77-0044-1200"),
        ("For Pat Example-Sample (EX-4410-0028)", "EX-4410-0028"),
        ("NAME  EXAMPLE, PAT     ID\nEX4410028", "EX4410028"),
        ("Member lD: EX4410028", "EX4410028"),
        ("Enrollee ID: 0 3318 7720 J", "0 3318 7720 J"),
        ("SUBSCRIBER ID   7 7 0 3 1 8 2   GROUP 12", "7 7 0 3 1 8 2"),
        ("Trust I.D. 31-007-221", "31-007-221"),
        ("Your membership number is 7-3318-C; please quote it.", "7-3318-C"),
        ("The ID on his card is K3310 0044 7.", "K3310 0044 7"),
        ("RIN      301 776 220", "301 776 220"),
    ],
)
def test_a_members_number_is_read(lines: str, number: str) -> None:
    assert read(HEAD + lines, TODAY).denial.member_id == number


@pytest.mark.parametrize(
    ("lines", "numbers"),
    [
        ("Claim ID ......... 26158-00971-EX", ("26158-00971-EX",)),
        ("Our number for this: 0926-71-EX", ("0926-71-EX",)),
        ("Our file is numbered EX-2026-0119.", ("EX-2026-0119",)),
        ("Original order: Carelon 210447345", ("210447345",)),
        ("ICN 2622600419955", ("2622600419955",)),
        ("Prior approval number 771-20260703-2", ("771-20260703-2",)),
        ("CASE 4 T 2 0 9 8 1", ("4 T 2 0 9 8 1",)),
        ("Their number on it is \"EX 0 3 1 - 7 7 2\".", ("EX 0 3 1 - 7 7 2",)),
        ("The plan's claim # is EX-331-20264.", ("EX-331-20264",)),
        ("The case is listed as 2026-EX-30012.", ("2026-EX-30012",)),
        ("Ref.     EXA*26*77102", ("EXA*26*77102",)),
        ("Case number: 0711 3308 NY\nOrdered by: Dr. Sample", ("0711 3308 NY",)),
        ("ICN              DOS         PROC\n26301EX00977     20260311    73721", ("26301EX00977",)),
        ("Claim number 8812-77 RT knee", ("8812-77",)),
        ("Ref.no. EX-606-1922", ("EX-606-1922",)),
        (
            "Request no.    Test      Answer\nEX26-7004-1    MRI hip   APPROVED\nEX26-7004-2    MRI knee  DENIED",
            ("EX26-7004-2",),
        ),
    ],
)  # fmt: skip
def test_reference_numbers_are_read(lines: str, numbers: tuple[str, ...]) -> None:
    assert read(HEAD + lines, TODAY).denial.reference_numbers == numbers


@pytest.mark.parametrize(
    "lines",
    [
        "Letter date ...... October 9, 2026",
        "Sent by registered mail, 10/09/2026",
        "Finalized ...... 10/09/2026",
        "Letter mailed: October 9, 2026",
        "From: Example Plan\nDate: Tue, Nov 10, 2026\nSubject: FW: denial\n\n> Date: October 9, 2026",
        "Date: 0ctober 9, 2O26".replace("0c", "Oc"),
    ],
)
def test_the_notices_day_is_read(lines: str) -> None:
    assert read(lines + "\n\n" + HEAD, TODAY).denial.notice_date == date(2026, 10, 9)


@pytest.mark.parametrize(
    "lines",
    [
        "09/02/26 09/02/26 73721 26   210.00  ALW 0.00",
        "MRI KNEE 73721   09/02/2026",
        "What you had: MRI of the knee (73721) on September 2, 2026",
        "You got a statement for services on September 2, 2026 at Sample Imaging.",
        "Service date ...... 09/02/2026",
    ],
)
def test_the_services_day_is_read(lines: str) -> None:
    assert read("Date: October 9, 2026\n\n" + HEAD + lines, TODAY).denial.service_date == date(2026, 9, 2)


@pytest.mark.parametrize(
    "text",
    [
        "| Payer | Elm River Health |\n| Member ID | ERH4402281 |\n| Claim # | 26117781 |\n"
        "| Service date | 09/12/2026 |\n| Processed | 10/02/2026 |\n| Procedure | 73721 MRI knee |\n"
        "| Status | Denied |",
        "Payer\nElm River Health\nMember ID\nERH4402281\nClaim number\n26117781\nDate of service\n09/12/2026\n"
        "Processed date\n10/02/2026\nProcedure\n73721 MRI KNEE\nStatus\nDenied",
        "Payer\tElm River Health\nMember ID\tERH4402281\nClaim\t26117781\nDOS\t09/12/2026\nProcessed\t10/02/2026\n"
        "Proc\t73721 MRI KNEE\nStatus\tDenied",
    ],
)
def test_a_table_of_any_marks_is_read(text: str) -> None:
    denial = read(text, TODAY).denial
    assert (denial.payer, denial.member_id, denial.reference_numbers) == (
        "Elm River Health", "ERH4402281", ("26117781",)
    )  # fmt: skip
    assert (denial.notice_date, denial.service_date) == (date(2026, 10, 2), date(2026, 9, 12))


def test_a_mails_own_day_stands_where_it_bears_no_other() -> None:
    text = "From: Example Plan\nTo: you\nSent: Oct 9 2026 6:02 AM\nSubject: An update\n\n" + HEAD
    assert read(text, TODAY).denial.notice_date == date(2026, 10, 9)


@pytest.mark.parametrize("words", ["call the number 800-555-0100 1", "group number 3344501", "on 10/21/2026 for it"])
def test_other_numbers_are_no_reference(words: str) -> None:
    assert read(HEAD + words, TODAY).denial.reference_numbers == ()


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Mbr: Ines Valcourt - RCC00451-2", "RCC00451-2"),
        ("Ula Brandt, SUM-0044-71, request D-22107", "SUM-0044-71"),
        ("Gil Sandoval (0088-IW-3)", "0088-IW-3"),
        ("Cert. TP 40 9917", "TP 40 9917"),
        ("Tobias Quillfeather (plan no. HL-4471-0)", "HL-4471-0"),
        ("Patient ID (plan): PCH 00 9921", "PCH 00 9921"),
        ("Identification: 5501SW77", "5501SW77"),
    ],
)
def test_a_members_number_stands_behind_the_name_or_a_rarer_label(line: str, number: str) -> None:
    found = member_id(f"Example Plan\n{line}\nYour request was denied.")
    assert found is not None and found.value == number


@pytest.mark.parametrize(
    "line",
    ["Lowland Radiology Group, 555-555-0192", "Box Elder, 84302", "Order Summary, 11/20/2026", "Spine (72141)"],
)
def test_a_number_behind_other_capitalised_words_is_no_members(line: str) -> None:
    assert member_id(f"Example Plan\n{line}\nYour request was denied.") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Our file HL/UR/2206", "HL/UR/2206"),
        ("MATTER: 26/10/0051", "26/10/0051"),
        ("in matter IW-26-71", "IW-26-71"),
        ("their number is WA 55 0912", "WA 55 0912"),
        ("case BCH-99120, thanks", "BCH-99120"),
        ("Dossier 26.881", "26.881"),
    ],
)
def test_a_case_has_many_labels(text: str, number: str) -> None:
    assert [found.value for found in references(text)] == [number]


def test_the_claim_that_was_paid_before_is_not_the_one_denied() -> None:
    assert [f.value for f in references("Claim: SE-31-9931. It was already processed on claim SE-26-9817.")] == [
        "SE-31-9931"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Redwood Care Plan | Notice | 11/03/26\n\nWe denied the CT of the chest (71250). You may appeal.",
        "Dear Ms. Talbot,\n\nWe denied the CT chest (71250).\n\nQuarry Insurance\nDated at Milton, 3 November 2026",
        "FINCH ADVANTAGE EXPLANATION OF BENEFITS\nCLAIM 60417-2210-5   PROCESSED 11 03 2026\n71250 CT CHEST DENIED",
        "Larch Health Plan   Date:November3,2026\n\nWe denied the CT of the chest (71250). You may appeal.",
        "Larch Health Plan   printed 11/16/2026\n\nToday, November 3, 2026, we decided: the CT is denied. Appeal.",
        "N0TICE DATE: November 3, 2O26\nWe denied the CT of the chest (71250). You may appeal.",
        "On November 3, 2026 they denied my chest CT",
    ],
)
def test_the_notices_day_stands_in_many_places(text: str) -> None:
    assert read(text, TODAY).denial.notice_date == date(2026, 11, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("They won't pay the claim for my knee MRI, done July 8, 2026", date(2026, 7, 8)),
        ("The claim for CT abdomen (74177) of August 4, 2026 has been refused.", date(2026, 8, 4)),
        ("Claim 7-22 denied. Your last CT was done July 8, 2026.", None),
        ("EXPLANATION OF BENEFITS\n07/08/26  73721-LT MRI KNEE   980.00   0.00   CO-197", date(2026, 7, 8)),
        ("EXPLANATION OF BENEFITS\n73721 MRI knee     07/08/26   980.00   0.00   DENIED CO-197", date(2026, 7, 8)),
        ("ICN      DOS FROM-THRU        PROC\n26X1     20260708-20260708    73721 980.00 0.00 CO-29", date(2026, 7, 8)),
        ("They denied the claim. A bone scan was done on July 8, 2026 and showed no change.", None),
        ("They denied my knee MRI. I had an x-ray on July 8, 2026", None),
    ],
)
def test_a_claims_test_has_its_day_behind_it(text: str, day: date | None) -> None:
    assert read(text, TODAY).denial.service_date == day


@pytest.mark.parametrize(
    ("text", "member", "reference"),
    [
        ("my mri was denied. Do you need the case number? It's 0071-LT-882.", None, "0071-LT-882"),
        ("agent: member ID please\nyou: sure W77120046\nagent: the mri was denied", "W77120046", None),
        ("They want me to quote 5511-778-K about the denied mri", None, "5511-778-K"),
        ("NM1*QC*1*ROE*PAT****MI*QOZ4410923\nSVC*HC:72148*900.00*0\nCAS*CO*50*900.00", "QOZ4410923", None),
        ("CLP*KJ7*4*1890*0*0*12*QC26-2211-778\nSVC*HC:72148*900.00*0\nCAS*CO*50*900.00", None, "QC26-2211-778"),
        ("CASE NO T27 77004 MRI KNEE DENIED", None, "T27 77004"),
        ("Dear Pat (Member ID THC 5508 113), the MRI was denied.", "THC 5508 113", None),
    ],
)
def test_numbers_in_a_conversation_and_in_a_remittances_segments(
    text: str, member: str | None, reference: str | None
) -> None:
    found = read(text, TODAY).denial
    assert (found.member_id, found.reference_numbers) == (member, (reference,) if reference else ())
