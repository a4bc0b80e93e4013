"""Letters, messages and other papers told apart, and whether something was denied."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    "text",
    [
        "To the guardian of Robin Sample\n\nDr. Casey Placeholder asked us for a CT of the sinus (70486). We said no.\n"
        "You can ask us to look again. Page 1 of 2",
        "Mbr  EX-4410\nClm  88-2201\nProc  71250 CT CHEST\nOutcome ..... DENIED\nAdjustment .... CO 29",
        "Sample Trust\n\nDear Sir,\n\nThe Trust has your physician's request for an MRI of the hip. "
        "It must be declined.\n\n"
        "Yours faithfully,\nThe secretary",
        "Dear Sam, your CT of the chest was denied because the plan does not cover it.",
        "10/03/26  71250  CT CHEST W/O   980.00  0.00  DENY  Rsn: 151",
        "Your health statement\nClaim: 77-1\nCT HEAD 70450\nWe paid: $0\nCARC 50\nYou may be billed: $410.00",
    ],
)
def test_a_payers_paper_of_any_shape_is_a_denial_letter(text: str) -> None:
    assert read(text, TODAY).kind == "denial_letter"


@pytest.mark.parametrize(
    "text",
    [
        "EXAMPLE IMAGING LLC\nRECEIPT\nMRI knee 73721   self pay   $400.00",
        "This is to confirm your CT appointment on Friday at 9. Please arrive 15 minutes early.",
        "Example Plan\nDear Pat,\nYour appeal was decided in your favor. We denied an MRI of the knee in May and "
        "have now reversed our denial. The MRI is approved.",
        "Mbr EX-1   Clm 22-08\nE0748 BONE STIMULATOR   DENIED\nCO-50",
    ],
)
def test_receipts_reminders_won_appeals_and_other_services_are_something_else(text: str) -> None:
    assert read(text, TODAY).kind == "other"


@pytest.mark.parametrize(
    "text",
    [
        "they ok'd the knee mri but not at the hospital, wants a freestanding center",
        'my plan wrote back that a PET scan "is considered investigational"',
        'CT chest denied "no auth on file"',
        "Uncle's insurance says the place is out of network, so no.",
    ],
)
def test_a_person_may_tell_of_a_denial_without_the_word(text: str) -> None:
    reading = read(text, TODAY)
    assert (reading.kind, reading.denial.denied) == ("message", True)
    assert reading.denial.reasons


@pytest.mark.parametrize(
    "text",
    [
        "ELM VALLEY HEALTH PLAN\n\nADVERSE BENEFIT DETERMINATION\n\nThe request for a head CT (70450) was denied.",
        "EOB date 10/02/26 | Member Pat | ID 8812 0044 01 | DOS 08/30/26 | MRI 73721 | Not covered: no preauth",
    ],
)  # fmt: skip
def test_a_short_paper_with_its_heading_or_its_cells_is_a_denial_letter(text: str) -> None:
    assert read(text, TODAY).kind == "denial_letter"


@pytest.mark.parametrize(
    "text",
    [
        "we got a letter about my husband's CT, they said it's not a covered benefit",
        "united says i gotta use a spray for a month first before the sinus CT",
        "On Monday Sample Health decided it won't pay for my elbow MRI.",
    ],
)
def test_a_plan_that_says_no_denies(text: str) -> None:
    assert read(text, TODAY).denial.denied


@pytest.mark.parametrize(
    "text",
    [
        "My plan says I can appeal. Do I need a letter?",
        "the doctor says I should not drive",
        "He denied chest pain. MRI of the knee ordered.",
        "What if they say it's not needed?",
    ],
)
def test_what_denies_nothing(text: str) -> None:
    assert not read(text, TODAY).denial.denied


def test_an_appointment_of_ones_own_is_a_message() -> None:
    assert read("my MRI appointment is confirmed for Friday, should I still appeal?", TODAY).kind == "message"
