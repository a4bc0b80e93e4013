"""Reasons in words that nobody foresaw: by what a sentence is about, and by who is said to say it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading import insurers, read
from actions.reading.reasons import reasons_answered
from actions.reading.topics import topic

TODAY = date(2026, 11, 21)
TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "topics.yml").read_text("utf-8"))


def _letter(body: str) -> str:
    return (
        "Meridian Health Plan\nUtilization Management\n\nNovember 4, 2026\n\nRe: MRI lumbar spine (72148)\n"
        "Member ID: MHP2203914\n\nDear Ms. Ostrow:\n\nWe have denied the request for the service named above.\n\n"
        f"{body}\n\n"
        "You have the right to appeal within 180 days of the date of this letter. You may send us more records. "
        "If the plan upholds the decision you can ask for an external review.\n"
    )


@pytest.mark.parametrize("row", TABLE["letters"], ids=lambda row: str(row["text"]))
def test_a_letters_reason_in_words_not_foreseen(row: dict[str, Any]) -> None:
    assert set(read(_letter(row["text"]), TODAY).denial.reasons) == set(row["reasons"])


@pytest.mark.parametrize("row", TABLE["messages"], ids=lambda row: str(row["text"]))
def test_a_persons_message_gives_the_plans_reasons_only(row: dict[str, Any]) -> None:
    assert set(read(row["text"], TODAY).denial.reasons) == set(row["reasons"])


def test_what_says_nothing_of_why_is_about_nothing() -> None:
    assert topic("You may ask for an appeal if the network has no such provider.", letter=True) is None


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("BCBSTX reject MR lumb (72148)", True),
        ("knee mri dnd by Cohere", True),
        ("Anthem denied location (hosp OP)", True),
        ("my insurance approved it", False),
        ("Anthem is my insurance", False),
    ],
)
def test_a_plan_is_said_to_refuse(text: str, refused: bool) -> None:
    assert any(True for _ in insurers.refuses(text)) is refused


@pytest.mark.parametrize("text", ["i dont have the paper with me", "no idea, need to look", "can't find the letter"])
def test_a_reply_about_the_paper_names_no_reason(text: str) -> None:
    assert reasons_answered(text) == ()


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("My son is 14. X-ray isn't back. Plan says no MRI.", True),
        ("got the denial today for my back mri", True),
        ("Do I have to do physical therapy before they approve the MRI?", False),
        ("my roommate has your website open about some insurance denial so im typing here", False),
        ("my doctor says i need therapy before he'll order the MRI", False),
    ],
)
def test_a_message_denies_where_the_plan_does(text: str, denied: bool) -> None:
    assert read(text, TODAY).denial.denied is denied


def test_a_letter_without_the_word_denies_by_its_reason_and_its_appeal() -> None:
    text = (
        "Cascade Mutual Health Plan\nNovember 9, 2026\n\nDear Ms. Blanchard,\n\nThe request went to a physician who is "
        "certified in internal medicine and who was of the view that an MRI of the back ought not be undertaken until "
        "a patient has been under guided care for at least a month and a half.\n\nIf you do not agree, write to us "
        "within one hundred and eighty days of getting this letter."
    )
    reading = read(text, TODAY)
    assert reading.kind == "denial_letter"
    assert (reading.denial.reasons, reading.denial.appeal_deadline.days) == (("conservative_care",), 180)


def test_the_time_for_an_outside_review_counts_where_the_plan_has_said_its_last() -> None:
    head = "HealthPartners\nNovember 3, 2026\n\nDear Ms. Nakagawa:\n\nWe denied the CT of the sinuses. "
    outside = "You may ask for an external review within four months of this letter."
    assert read(head + "We are upholding the denial. " + outside, TODAY).denial.appeal_deadline.words == (
        "within four months of this letter"
    )
    assert read(head + outside, TODAY).denial.appeal_deadline.words is None


def test_a_day_behind_a_plans_name_is_its_letters() -> None:
    text = 'Got my letter finally. BlueCross BlueShield of Tennessee, Oct 28. "This imaging study is denied."'
    assert read(text, TODAY).denial.notice_date == date(2026, 10, 28)


def test_another_claim_to_see_is_no_number_of_this_denial() -> None:
    text = (
        "Cigna Healthcare   Explanation of benefits\nDate of this EOB: October 31, 2026\nClaim # 5502611090031\n"
        "For services received by Noor A. on September 22, 2026\n\n"
        "76700 US ABDOMEN COMPLETE   Billed $612.00   Not covered $612.00   Note A8\n"
        "A8 - We have already handled a claim for this service on this date. See claim 5502610270114.\n"
        "To appeal, write within 180 days of receiving this EOB."
    )
    reading = read(text, TODAY).denial
    assert reading.reference_numbers == ("5502611090031",)
    assert (reading.reasons, reading.service_date) == (("frequency_duplicate",), date(2026, 9, 22))
