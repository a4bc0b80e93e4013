"""Two letters in one paste, or two denials told of: only the newest is in hand."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 22)
OLD = (
    "Aetna\nMarch 3, 2026\nReference: 2603-1180\nDear Ms. Sample,\nWe denied the MRI of your right knee "
    "(73721). You have not "
    "completed six weeks of physical therapy.\nYou may appeal within 180 days of this letter.\n"
)
NEW = (
    "Aetna\nNovember 9, 2026\nReference: 2611-7742\nDear Ms. Sample,\nWe denied the MRI of your right knee "
    "(73721). We did not "
    "receive the office notes.\nYou may appeal within 60 days of this letter.\n"
)


@pytest.mark.parametrize(
    "text",
    [
        f"{OLD}\n-----------------------\n{NEW}",
        f"{NEW}\n=======================\n{OLD}",
        f"old letter from march:\n{OLD}\nnew letter:\n{NEW}",
        f"{OLD}\n{NEW}",
    ],
)
def test_the_newest_letter_has_the_day_the_clock_and_the_reason(text: str) -> None:
    denial = read(text, TODAY).denial
    assert denial.notice_date == date(2026, 11, 9)
    assert denial.appeal_deadline.days == 60
    assert denial.reasons == ("insufficient_documentation",)
    assert denial.reference_numbers == ("2611-7742",)


def test_a_second_page_and_an_approval_are_no_second_denial() -> None:
    page = f"{NEW}\n-----------------------\nPage 2\nMember Services 800-555-0110. Peer to peer: 800-555-0111\n"
    assert read(page, TODAY).denial.peer_to_peer.phone == "800-555-0111"
    approved = "Aetna\nNovember 20, 2026\nDear Ms. Sample,\nThe CT of your chest (71260) is approved.\n"
    assert read(f"{NEW}\n-----------------------\n{approved}", TODAY).denial.notice_date == date(2026, 11, 9)


def test_what_a_person_says_over_the_old_letter_is_heard() -> None:
    text = f"I have chest pain right now and can't breathe\n{OLD}\n-----------------------\n{NEW}"
    assert read(text, TODAY).emergency


@pytest.mark.parametrize(
    ("text", "reasons", "days"),
    [
        (
            "In June Aetna denied my hip MRI cuz no PT, I had 180 days. Did the PT! Now they denied it "
            "AGAIN, letter is "
            "Nov 12 2026, this time they say it's the wrong code",
            ("coding_error",),
            None,
        ),
        (
            "First letter dated 3/3/2026 said no PT. Second one dated 11/9/2026 says they never got the "
            "office notes. Knee MRI",
            ("insufficient_documentation",),
            None,
        ),
        ("They denied it, not medically necessary at this time because no PT. 180 days to appeal",
         ("not_medically_necessary", "conservative_care"), 180),
    ],
)  # fmt: skip
def test_of_two_denials_told_the_newest_counts(text: str, reasons: tuple[str, ...], days: int | None) -> None:
    denial = read(text, TODAY).denial
    assert set(denial.reasons) == set(reasons)
    assert denial.appeal_deadline.days == days
