"""The time to appeal, the doctors' call and the fast review, in the ways letters and people say them."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.reading import AppealDeadline

TODAY = date(2026, 11, 21)


def _letter(body: str) -> str:
    return (
        f"Example Health Plan\nOctober 5, 2026\n\nDear Pat Example:\n\nWe denied the MRI of your left knee.\n\n{body}"
    )


def _deadline(text: str) -> AppealDeadline:
    return read(text, TODAY).denial.appeal_deadline


@pytest.mark.parametrize(
    ("body", "days", "until"),
    [
        ("HOW TO APPEAL\n\nWrite to us. We must get it within 65 days of the date of this notice.", 65, None),
        (
            "You can file a grievance. We need it by April 3, 2027, which is 180 days after the mailing date.",
            180, date(2027, 4, 3),
        ),
        ("Appeals. It must reach us no more than 90 calendar days after you receive this letter.", 90, None),
        ("You may appeal within one hundred and twenty days of getting this letter. We answer in 30 days.", 120, None),
        ("THE ENROLLEE HAS 60 DAYS FROM RECEIPT. WE DECIDE WITHIN 30 DAYS.", 60, None),
        ("You may ask us to reconsider. That means by December 4, 2026.", None, date(2026, 12, 4)),
        ("Last day for reconsideration   02/01/2027", None, date(2027, 2, 1)),
        ("You have 60 days after you get this letter to ask for a second-level review.", 60, None),
    ],
)  # fmt: skip
def test_a_time_to_appeal_is_read_with_its_days_or_its_day(body: str, days: int | None, until: date | None) -> None:
    deadline = _deadline(_letter(body))
    assert deadline.words
    assert (deadline.days, deadline.date) == (days, until)


@pytest.mark.parametrize(
    "text", ["uhc denied the knee mri 11/2. 180 d to appeal", "denied knee mri, they give 180 days"]
)
def test_a_bare_number_of_days_in_a_message_is_the_time_to_appeal(text: str) -> None:
    assert _deadline(text).days == 180


@pytest.mark.parametrize(
    "body",
    [
        "We will decide your appeal within 30 days.",
        "If you appeal and we say no, an outside doctor can look at it within 120 days of our final answer.",
        "The authorization for your other test is good for 90 days after the date of this letter.",
        "A reconsideration by phone is open until November 27, 2026: 800-555-0143 (peer to peer).",
        "You had 30 days of therapy before you asked.",
    ],
)
def test_other_times_are_no_time_to_appeal(body: str) -> None:
    assert _deadline(_letter(body)) == AppealDeadline()


def test_a_persons_days_of_treatment_are_no_time_to_appeal() -> None:
    assert _deadline("they denied my knee mri. I took naproxen for 60 days") == AppealDeadline()


@pytest.mark.parametrize(
    "body", ["You can ask for a quicker review.", "URGENT APPEALS: call us.", "Tell us that the appeal is urgent."]
)
def test_a_fast_review_has_many_names(body: str) -> None:
    assert read(_letter(body), TODAY).denial.expedited_mentioned


def test_the_time_for_a_drug_is_no_fast_review() -> None:
    assert not read(_letter("Decisions on drugs take 72 hours."), TODAY).denial.expedited_mentioned


@pytest.mark.parametrize(
    ("text", "days", "day"),
    [
        ("They denied my knee MRI. I got till May 2, 2027", None, date(2027, 5, 2)),
        ("UHC denied my MRI, 60 days from the date on it, so I figure January 4, 2027", 60, date(2027, 1, 4)),
        ("mri brain denied, appeal is one eighty days", 180, None),
        ("DENIED: MRI KNEE 73721\nRECONSIDERATION: 14 DAYS\nMEMBER APPEAL: 180 DAYS FROM RECEIPT OF LETTER", 180, None),
        ("Cigna denied the hip MRI, we filed late and their limit is 90 days. 180 days to appeal.", 180, None),
        ("Auth Number ..... 77-CP-19\nStatus ..... Denied\nExam ..... MRI brain\nAppeal ..... 120 days", 120, None),
    ],
)
def test_the_time_to_appeal_is_told_from_other_times(text: str, days: int | None, day: date | None) -> None:
    deadline = read(text, TODAY).denial.appeal_deadline
    assert (deadline.days, deadline.date) == (days, day)


def test_a_year_is_the_time_where_it_runs_from_the_letter() -> None:
    letter = "We denied the CT of your head. You may ask for a Board appeal within one year of this letter."
    assert read(letter, TODAY).denial.appeal_deadline.words == "within one year of this letter"


def test_an_emergency_that_had_to_be_reported_is_no_expedited_review() -> None:
    letter = "We denied the CT of your head. Care is not paid, except an emergency reported to us within 72 hours."
    assert not read(letter, TODAY).denial.expedited_mentioned


@pytest.mark.parametrize(
    ("sentence", "phone"),
    [
        (
            "Your PCP may call the reviewer, Dr. Ada Sample, at (209) 555-0156, to discuss this decision.",
            "(209) 555-0156",
        ),
        ("Dr. Sample may telephone our doctor on Tuesdays, (717) 555-0118.", "(717) 555-0118"),
        ("MD TO MD DISCUSSION AVAILABLE, CALL 818 555 0161.", "818 555 0161"),
        ("Your doctor may call 989-555-0107 to speak with our physician.", "989-555-0107"),
        ("You may talk to your doctor. Call us at 800-555-0100.", None),
    ],
)
def test_a_call_between_the_doctors_is_told_by_who_calls_whom(sentence: str, phone: str | None) -> None:
    assert read(f"We denied the CT of your head. {sentence}", TODAY).denial.peer_to_peer.phone == phone


@pytest.mark.parametrize(
    ("said", "days", "day"),
    [
        ("Appeal: until May 10, 2027 (that's 180 days).", 180, date(2027, 5, 10)),
        ("If you want this looked at again, it must be in our hands ninety days from this letter's date.", 90, None),
        ("You may ask for a fair hearing no later than 90 days from the date of this notice.", 90, None),
        ("You have 180 days. That means your appeal has to reach us by May 1, 2027.", 180, date(2027, 5, 1)),
        ("You have 60 days (until January 1, 2027) to ask for an appeal.", 60, date(2027, 1, 1)),
        ("Your appeal window closes on May 1, 2027.", None, date(2027, 5, 1)),
        ("We need your appeal in our office by the close of business on 5/1/2027.", None, date(2027, 5, 1)),
        ("Ask us to reconsider within a hundred and eighty days of our decision.", 180, None),
        ("Your doctor may discuss this within 10 days of the date above. This is not an appeal.", None, None),
        ("The claim came late: the limit is 180 days from DOS.", None, None),
    ],
)
def test_the_time_to_appeal_in_other_words(said: str, days: int | None, day: date | None) -> None:
    letter = "Fir Hollow Health Plan\nDate: 11/02/2026\nDear Ann Roe:\nWe denied the MRI of the knee (73721).\n"
    found = read(letter + said, TODAY).denial.appeal_deadline
    assert (found.days, found.date) == (days, day)


@pytest.mark.parametrize(
    ("said", "days"),
    [("mri denied, otherwise it's an appeal, 180 for that", 180), ("resend it or 180 to appeal the mri denial", 180)],
)
def test_staff_leave_the_days_out(said: str, days: int) -> None:
    assert read(said, TODAY).denial.appeal_deadline.days == days


@pytest.mark.parametrize(
    ("said", "phone", "fast"),
    [
        ("Doctors may discuss: call 509-555-0123.", "509-555-0123", False),
        ("Dr. Roe can book a call with one of our doctors at (512) 555-0180.", "(512) 555-0180", False),
        ("P2P: 8005550124", "8005550124", False),
        ("If your doctor wants to talk about this, call us at 877-555-0119.", "877-555-0119", False),
        ("Call Member Services at 877-555-0111 with questions.", None, False),
        ("Is it an emergency? Then ask for an emergency appeal.", None, True),
        ("If you can't wait for an answer, tell us.", None, True),
    ],
)
def test_the_doctors_call_and_the_fast_answer_in_other_words(said: str, phone: str | None, fast: bool) -> None:
    found = read(_letter(said), TODAY).denial
    assert (found.peer_to_peer.phone, found.expedited_mentioned) == (phone, fast)
