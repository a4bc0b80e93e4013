"""Denials as offices and people clip them, and what looks like one and is none."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 22)
CARE, PICTURE, PAPERS = "conservative_care", "alternative_imaging", "insufficient_documentation"


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("ins wont do shoulder mri till xray + 6wk pt, ltr 11/17", {CARE, PICTURE}),
        ("insurance will not do the knee mri until i get an xray and 6 weeks pt", {CARE, PICTURE}),
        ("no mri until xrays are done, says uhc", {PICTURE}),
        ("The letter is dated November 9. It says I need an X-ray first.", {PICTURE}),
        ("letter 11/9. says i need 6 weeks of pt", {CARE}),
        ("ltr dtd 11/9, wants PT first, knee mri R", {CARE}),
        ("MRI R shldr 73221. BCBSMI via Carelon dnd 11/17. Rsn: needs XR first, 6w PT not done.", {CARE, PICTURE}),
        ("bcbs nc said i gotta do 6 weeks of physical therapy b4 they cover the mri on my wrist", {CARE}),
        ("Fidelis say no, must make first CT of head", {PICTURE}),
        ('evicore turned down the CTA head & neck, "MRA would give the same info"', {PICTURE}),
        ("Aetna denied the CT. letter says they dont have enough records from his doctor", {PAPERS}),
        ("Humana denied the lung ct. reason is im 79 and they only cover to 77.", {"not_a_benefit"}),
        (
            "UHC approved the MRI of my knee but not at Mercy hospital, they want it at a stand alone place",
            {"site_of_care"},
        ),
        ('echo denied: "duplicate, prior TTE 06/2026"', {"frequency_duplicate"}),
        ("denied the pet scan bc its out of their group", {"out_of_network"}),
    ],
)
def test_a_clipped_denial_and_its_reason(text: str, reasons: set[str]) -> None:
    denial = read(text, TODAY).denial
    assert denial.denied
    assert set(denial.reasons) == reasons


@pytest.mark.parametrize(
    "text",
    [
        "my doctor says no mri until i do pt",
        "my ortho wont order an mri until i finish pt",
        "i will not do the mri until after pt",
        "they wont do the mri until the swelling goes down",
        "the letter from my doctor dated 11/3 says i need pt first",
        "good news they approved my mri after the call with dr lee! it was denied before for no pt",
    ],
)
def test_no_denial(text: str) -> None:
    denial = read(text, TODAY).denial
    assert not denial.denied
    assert denial.reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "insurance wont pay for my shoulder mri",
        "need pt to call back. MRI denied 11/17",
        "MRI denied. no PA issue",
        "I got the denial letter dated 11/9. what do i do now?",
    ],
)
def test_a_denial_without_a_reason_gets_none(text: str) -> None:
    assert read(text, TODAY).denial.reasons == ()


@pytest.mark.parametrize(
    "text",
    [
        "ins wont do shoulder mri till xray + 6wk pt",
        "MRI R shoulder denied 11/17 need pt",
        "uhc said i gotta do 6 weeks of physical therapy b4 they cover the mri on my wrist",
    ],
)
def test_what_the_plan_asks_for_was_not_had(text: str) -> None:
    reading = read(text, TODAY)
    assert [item for item in (*reading.treatments, *reading.imaging) if item.status == "present"] == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ins wont do shoulder mri, ltr 11/17", date(2026, 11, 17)),
        ("They turned down my CT of the abdomen on Oct 29.", date(2026, 10, 29)),
        ("Fidelis denied the CT. Letter have date 10 November 2026", date(2026, 11, 10)),
        ("the denial came, November the ninth it says on top", date(2026, 11, 9)),
        ("denied, the message from Nov 16 says it is not needed", date(2026, 11, 16)),
    ],
)
def test_the_day_of_the_letter(text: str, day: date) -> None:
    assert read(text, TODAY).denial.notice_date == day


LETTER = (
    "Acme Health Plan\nNovember 2, 2026\nDear Pat Sample,\nWe denied the MRI of your knee (73721). {}\n"
    "You may appeal within 180 days."
)


@pytest.mark.parametrize(
    ("body", "reasons"),
    [
        ("It is not medically necessary. The notes do not describe weakness.", {"not_medically_necessary"}),
        ("An X-ray of the knee has to come first and none was sent.", {PICTURE}),
        ("A repeat test this soon is not called for. Nothing in the records says your symptoms have changed.",
         {"frequency_duplicate"}),
        ("Nothing in the order shows that you need a hospital for it, and a freestanding imaging center can do it.",
         {"site_of_care"}),
        ("It is experimental. Your contract does not pay for experimental services.", {"experimental"}),
        ("You have not had six weeks of treatment. Claims must be sent within 12 months.", {CARE}),
        ("You can get it at a lower-cost imaging center instead of the outpatient hospital.", {"site_of_care"}),
        ("The imaging center is not one of our contracted providers.", {"out_of_network"}),
        ("The notes do not give your exam or history.", {PAPERS}),
        ("We did not get the office notes.", {PAPERS}),
    ],
)  # fmt: skip
def test_a_letters_reason_and_not_its_neighbour(body: str, reasons: set[str]) -> None:
    assert set(read(LETTER.format(body), TODAY).denial.reasons) == reasons


def test_figures_and_letters_that_a_fax_sets_apart_or_a_scan_misread() -> None:
    fax = (
        "EVOLENT\nON BEHALF OF ACME HEALTH PLAN\nEXAM: MRI SHOULDER LEFT 73221\n"
        "DETERMINATION: D E N I E D   11/17/2026\nREASON: X-RAY FIRST"
    )
    assert read(fax, TODAY).denial.denied
    assert read(fax, TODAY).denial.notice_date == date(2026, 11, 17)
    scan = "B1ue Cross B1ue Shie1d of Michigan\nN0vember ll, 2O26\nDear Ann,\nWe denied the MRI of the brain (70553)."
    assert read(scan, TODAY).denial.payer == "Blue Cross Blue Shield of Michigan"
    assert read(scan, TODAY).denial.notice_date == date(2026, 11, 11)


def test_the_row_of_the_picture_is_the_service() -> None:
    eob = (
        "UMR Explanation of benefits  Processed 11/03/2026\nService   Date   Billed   Plan paid\n"
        "X-ray foot   10/12/2026   $94.00   $36.72\nMRI foot L 73718   10/19/2026   $1,410.00   $0.00\n"
        "Services denied. No prior authorization. Your letter must arrive no later than May 2, 2027 to appeal."
    )
    reading = read(eob, TODAY)
    assert (reading.denial.service_date, reading.study.side) == (date(2026, 10, 19), "left")
    assert reading.denial.appeal_deadline.date == date(2027, 5, 2)
