"""What a person takes back goes: a thing, a place, a length, what the plan's paper says, the side of it."""

from __future__ import annotations

from datetime import date

import pytest
from talking import says

from actions.casework import interview
from actions.casework.conversation import Talk
from criteria.facts import Fact, Field, Finding, Said, Treatment


def present(person: Talk) -> set[str]:
    return {f.id for f in person.case().findings if f.status == "present"}


def from_letter(person: Talk, *values: object) -> None:
    person.record([Fact(v, Said("document", "as the letter has it", document="d1")) for v in values])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("told", "taken_back", "gone", "stays"),
    [
        ("numb toes and a fever with my back pain", "please remove the fever", "fever", "numbness"),
        ("numb toes and a fever with my back pain", "scratch the fever, i meant chills", "fever", "chills"),
        ("numb toes and a fever with my back pain", "the fever was my daughter's, sorry", "fever", "numbness"),
        ("swelling and locking of my knee", "forget about the swelling, that was my other knee", "swelling", "locking"),
        ("swelling and locking of my knee", "take the locking out please", "locking", "swelling"),
        ("swelling and locking of my knee", "the swelling is my wife's, please delete it", "swelling", "locking"),
    ],
)
def test_a_thing_taken_back_goes_and_nothing_else(
    person: Talk, told: str, taken_back: str, gone: str, stays: str
) -> None:
    says(person, told)
    assert gone in present(person)
    taken = says(person, taken_back)
    assert gone not in present(person) and stays in present(person)
    assert taken.replies[0].text.startswith("Taken out")


@pytest.mark.parametrize(
    "text", ["delete the numbness", "ignore the numbness please", "the numbness was my brother's, not mine"]
)
def test_what_was_never_noted_is_not_noted_by_taking_it_back(person: Talk, text: str) -> None:
    says(person, "my lower back hurts")
    says(person, text)
    assert "numbness" not in present(person)


@pytest.mark.parametrize("text", [
    "it hurts when i take the trash out, and my back hurts", "they removed the growth, my back hurts",
    "my wife says my back hurts", "the nurse is a friend, my back hurts", "I forget things and my back hurts",
])  # fmt: skip
def test_what_only_sounds_like_it_takes_nothing_back(person: Talk, text: str) -> None:
    says(person, "numb toes")
    says(person, text)
    assert present(person) >= {"numbness", "low_back_pain"}


def test_a_visit_and_a_picture_are_taken_back(person: Talk) -> None:
    says(person, "I saw my doctor on October 20 and had an x-ray of my right knee on October 3, it was normal")
    assert person.case().evaluations and person.case().imaging
    says(person, "take back the xray, that was years ago")
    assert not person.case().imaging and person.case().evaluations
    says(person, "the visit on 10/20 is the day they denied it, not a visit")
    assert not person.case().evaluations


def test_a_finding_loses_the_place_that_is_wrong(person: Talk) -> None:
    person.keep((Finding("night_pain", region="head"),), "night pain")
    says(person, "the night pain is not my head")
    assert [(f.id, f.region) for f in person.case().findings] == [("night_pain", None)]


@pytest.mark.parametrize("text", ["20 years is how long he smoked", "the problem is not 20 years"])
def test_a_length_of_something_else_goes(person: Talk, text: str) -> None:
    person.keep((Field("symptom_weeks", 1043.6),), "20 years")
    says(person, text)
    assert person.case().symptom_weeks is None


def test_a_length_that_is_right_stays(person: Talk) -> None:
    says(person, "my back has hurt for 10 weeks, not 3 weeks")
    assert person.case().symptom_weeks == 10


def test_what_the_letter_says_falsely_is_replaced(person: Talk) -> None:
    from_letter(person, Field("symptom_weeks", 3.0), Treatment("physical_therapy", weeks=3, outcome="improved"))
    says(person, "The notice says two things wrong. They wrote 3 weeks and that the therapy helped, that is not true. "
                 "My neck has hurt since June and physical therapy for 7 weeks made it worse")  # fmt: skip
    now = person.case()
    assert now.symptom_weeks is not None and now.symptom_weeks > 20
    assert [(t.weeks, t.outcome) for t in now.treatments] == [(7, "worse")]
    assert not now.conflicts


def test_another_scan_and_code_replace_those_of_the_letter(person: Talk) -> None:
    from_letter(person, Field("study.id", "ct-head"), Field("study.cpt", ("70450",)))
    says(person, "the order is for an MRI of the brain now, 70551, not a CT")
    now = person.case()
    assert (now.study.id, now.study.cpt, now.conflicts) == ("mri-brain", ("70551",), ())


@pytest.mark.parametrize("text", [
    "the new notice is dated November 12, not 5", "sorry, the letter was dated Nov 12 and not the 5th",
])  # fmt: skip
def test_the_letters_own_date_is_replaced(person: Talk, text: str) -> None:
    from_letter(person, Field("denial.notice_date", date(2026, 11, 5)), Field("denial.denied", True))
    says(person, text)
    assert person.case().denial.notice_date == date(2026, 11, 12) and not person.case().conflicts


def test_every_correction_of_a_message_is_taken(person: Talk) -> None:
    says(person, "They denied the MRI of my right knee, letter dated Nov 2. my right knee hurts and locks")
    says(person, "I got it wrong: it was my LEFT knee, sorry. It swells too. The letter was dated Nov 9")
    now = person.case()
    assert (now.study.side, now.denial.notice_date) == ("left", date(2026, 11, 9))
    assert {f.side for f in now.findings if f.id in ("knee_pain", "locking")} == {"left"}
    assert "swelling" in present(person)


@pytest.mark.parametrize("text", ["it's the left leg, not the right", "sorry its the LEFT leg, i mix them up"])
def test_a_side_of_a_limb_replaces_the_other(person: Talk, text: str) -> None:
    says(person, "They denied the MRI of my lower back. pain runs down my right leg and my right foot is numb")
    says(person, text, "prior_treatment")
    assert {f.side for f in person.case().findings if f.side} == {"left"}


def test_a_side_of_a_finding_replaces_the_other(person: Talk) -> None:
    person.keep((Finding("carotid_stenosis", side="left", region="neck"),), "narrowing on the left")
    says(person, "the narrowing was in the right carotid, not the left")
    assert [(f.id, f.side) for f in person.case().findings] == [("carotid_stenosis", "right")]


def test_both_is_corrected_to_one_in_the_same_message(person: Talk) -> None:
    says(person, "My back: pain down both legs. well, no, just the right")
    assert {f.side for f in person.case().findings if f.id == "radiating_leg_pain"} == {"right"}


def test_two_sides_that_both_hurt_both_stay(person: Talk) -> None:
    says(person, "my right knee hurts. my left knee hurts too, it is not normal")
    assert {f.side for f in person.case().findings if f.id == "knee_pain"} in ({"right", "left"}, {"bilateral"})


@pytest.mark.parametrize(("text", "side"), [
    ("its my right shoulder", "right"), ("The left one is sore, my left shoulder hurts since Easter", "left"),
    ("both shoulders hurt", None), ("my right knee hurts too", None),
])  # fmt: skip
def test_the_side_of_the_scan_is_the_side_of_its_place(person: Talk, text: str, side: str | None) -> None:
    says(person, "they denied my shoulder MRI")
    says(person, text, "symptoms")
    assert person.case().study.side == side


def test_another_denied_scan_brings_nothing_of_the_first_denial(person: Talk) -> None:
    says(person, "they denied my shoulder MRI, not medically necessary, letter dated November 3")
    says(person, "oh wrong one, that got approved. the one thats denied is the CT of my sinuses")
    now = person.case()
    assert (now.study.id, now.denial.notice_date, now.denial.reasons) == ("ct-sinus", None, ())
    assert interview.open_slots(person, "intake_form")["denial"] is None


def test_a_scan_named_more_exactly_keeps_its_denial(person: Talk) -> None:
    says(person, "they denied my head CT, letter dated November 3")
    says(person, "sorry, it is an MRI of the brain")
    assert person.case().denial.notice_date == date(2026, 11, 3)
