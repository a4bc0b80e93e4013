"""Reasons made of ideas: what is said, in words that no list of sentences foresaw."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read, wording

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Only a cover sheet reached us.", "insufficient_documentation"),
        ("Records of an exam were never forwarded.", "insufficient_documentation"),
        ("The packet was blank apart from the order.", "insufficient_documentation"),
        ("Bracing and an injection have not been attempted.", "conservative_care"),
        ("You began physical therapy only in September.", "conservative_care"),
        ("There is no sign that you worked with a therapist.", "conservative_care"),
        ("The first picture for this problem is an X-ray.", "alternative_imaging"),
        ("Begin with a duplex scan of the neck arteries.", "alternative_imaging"),
        ("A CT without dye answers the same question.", "alternative_imaging"),
        ("Clinical criteria for the exam were not fulfilled.", "not_medically_necessary"),
        ("We found the scan to be unnecessary.", "not_medically_necessary"),
        ("Your imaging center went ahead before we had agreed to it.", "prior_auth_missing"),
        ("There is no precertification on record.", "prior_auth_missing"),
        ("Our records show an identical exam eight weeks ago.", "frequency_duplicate"),
        ("This surveillance scan comes ahead of schedule.", "frequency_duplicate"),
        ("Studies so far are too small to show it helps.", "experimental"),
        ("The value of this method has yet to be proven.", "experimental"),
        ("You chose a place that does not take your plan.", "out_of_network"),
        ("The imaging center has no agreement with us.", "out_of_network"),
        ("The claim was sent with a code that has been retired.", "coding_error"),
        ("The CPT on the request differs from the one on the order.", "coding_error"),
        ("No consultation of appropriate use criteria was reported.", "auc_noncompliance"),
        ("We approve the scan but not at Mercy Hospital.", "site_of_care"),
        ("Screening scans are not among the benefits of your policy.", "not_a_benefit"),
        ("Your coverage ended on June 30.", "not_a_benefit"),
        ("The bill reached us 14 months after the test.", "timely_filing"),
        ("We got the bill too late to pay it.", "timely_filing"),
        ("The autherization was never recieved.", "prior_auth_missing"),
        ("The scan is not rnedically necessary.", "not_medically_necessary"),
    ],
)
def test_ideas_near_each_other_are_a_reason(sentence: str, reason: str) -> None:
    assert list(wording.said(reason, sentence))


@pytest.mark.parametrize(
    "sentence",
    [
        "If no notes were sent, call us.",
        "You may send more records with your appeal.",
        "Please do not send original records.",
        "You do not need approval for emergency care.",
        "Late appeals can be accepted for good cause.",
        "You can keep your doctor, and your coverage goes on.",
        "We keep records for ten years.",
    ],
)
def test_rights_and_cases_only_thought_of_are_none(sentence: str) -> None:
    assert list(wording.any_reason(sentence)) == []


def test_a_saying_does_not_reach_over_the_end_of_a_clause() -> None:
    assert not list(wording.said("insufficient_documentation", "No change is due; your records were sent on."))


def test_the_words_given_back_are_those_of_the_saying() -> None:
    text = "As to the rest, the notes were never sent to us in time."
    start, end = next(wording.said("insufficient_documentation", text))
    assert text[start:end] == "notes were never sent"


@pytest.mark.parametrize(
    "message",
    [
        "Cigna kicked back my shoulder MRI and says the chart was never sent.",
        "The insurance wrote that the place has no contract with them, so no CT for me.",
    ],
)
def test_a_plan_that_gives_a_reason_has_denied(message: str) -> None:
    assert read(message, TODAY).denial.denied


def test_a_letter_that_gives_a_reason_and_speaks_of_an_appeal_has_denied() -> None:
    letter = (
        "Lark Meadow Health Plan\n06/30/2026\n\nCT OF THE LUNGS (71250)\n\nOther screening scans are on the list of "
        "what your policy leaves out. 180 days to appeal."
    )
    reading = read(letter, TODAY)
    assert (reading.kind, reading.denial.reasons) == ("denial_letter", ("not_a_benefit",))
