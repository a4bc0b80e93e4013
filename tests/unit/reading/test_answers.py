"""An answer in words to the question asked: its value, or dont_know, skipped, unclear. Never a guess."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reading.answers import Answer, read_answer
from criteria.results import Option, Question

TODAY = date(2026, 11, 21)
TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "answers.yml").read_text("utf-8"))


def options(**titles: str) -> tuple[Option, ...]:
    return tuple(Option(value, say) for value, say in titles.items())


QUESTIONS = {
    "yes_no": Question("finding.numbness", ("numbness",), "yes_no", "Do you have numbness anywhere?"),
    "any_of": Question(
        "red_flags.spine",
        ("numbness", "fever", "weight_loss"),
        "any_of",
        "Any of these?",
        options(numbness="Numbness", fever="Fever", weight_loss="Weight loss without trying"),
    ),
    "choice": Question(
        "intake.side",
        ("study.side",),
        "choice",
        "Which side?",
        options(left="Left", right="Right", bilateral="Both sides"),
    ),
    "weeks": Question(
        "treatment.weeks.physical_therapy", ("treatment.physical_therapy",), "weeks", "How many weeks of it?"
    ),
    "number": Question("patient.age", ("patient.age",), "number", "How old are you?"),
    "date": Question("notice_date", ("denial.notice_date",), "date", "What date is on the letter?"),
    "text": Question("intake.symptoms", (), "text", "What is going on?"),
    "plan": Question(
        "intake.plan",
        ("plan.type",),
        "choice",
        "What kind of plan?",
        options(
            employer_unknown_funding="A plan from my job or a family member's job",
            medicare_original="Original Medicare (red, white and blue card)",
            medicare_advantage="Medicare Advantage (Medicare through a company)",
            other="Something else",
        ),
    ),
    "offered": Question(
        "peer_to_peer",
        ("peer_to_peer.status",),
        "choice",
        "Was a call offered?",
        options(
            not_offered="No, not that I know of",
            offered="Yes, it was offered",
            scheduled="Yes, and it is planned",
            done_upheld="It took place, and the plan still says no",
            done_overturned="It took place, and the plan now says yes",
        ),
    ),
}
TWO = Question("group.fever", ("fever", "chills"), "any_of", "Either?", options(fever="Fever", chills="Chills"))


@pytest.mark.parametrize(("kind", "row"), [(kind, row) for kind, rows in TABLE.items() for row in rows])
def test_answer(kind: str, row: dict[str, Any]) -> None:
    answer = read_answer(row["text"], QUESTIONS[kind], TODAY)
    assert (answer.state, answer.value) == (row.get("state", "answered"), row.get("value"))


def test_both_means_two_only_where_there_are_two() -> None:
    assert read_answer("yeah both", TWO, TODAY).value == ["fever", "chills"]


def test_a_bare_number_is_weeks_only_where_weeks_were_asked() -> None:
    asked = Question("intake.duration", ("symptom_weeks",), "weeks", "About how long have you had this problem?")
    assert read_answer("six", asked, TODAY).state == "unclear"
    assert read_answer("since March 1", asked, TODAY).value == 37.9
    assert read_answer("I've had pain for 9 weeks and did PT for 6 weeks", asked, TODAY).value == 9.0


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("I did PT for 3 weeks in september", None),
        ("took amoxicillin for 10 days in october", None),
        ("he's on prednisone for COPD 4 years", None),
        ("survivor of breast cancer, 17 yrs clean", None),
        ("lymphoma in remission since 2021", None),
        ("on and off for years but worse since august", None),
        ("since august", 11.7),
        ("june", 20.6),
        ("my knee has hurt for 3 weeks, PT for 2", 3.0),
    ],
)
def test_only_the_length_of_the_complaint_answers_for_it(text: str, weeks: float | None) -> None:
    asked = Question("intake.duration", ("symptom_weeks",), "weeks", "About how many weeks have you had this problem?")
    assert read_answer(text, asked, TODAY).value == weeks


def test_a_steroid_shot_is_no_steroid_pill() -> None:
    asked = Question(
        "intake.prior_treatment",
        ("treatment",),
        "any_of",
        "Which of these have you tried?",
        options(oral_steroid="Steroid pills", injection="Injections for the pain", opioid="Opioid pain medicine"),
    )
    assert read_answer("wrist splint since june and a steroid shot in aug", asked, TODAY).value == ["injection"]
    assert read_answer("2 steroid shots (april 2 & june 30), celebrex", asked, TODAY).value == ["injection"]
    assert read_answer("steroid pills", asked, TODAY).value == ["oral_steroid"]
    assert read_answer("a medrol pack and a shot in my knee", asked, TODAY).value == ["oral_steroid", "injection"]


def test_treatments_answer_a_list_of_treatments() -> None:
    asked = Question(
        "intake.prior_treatment",
        ("treatment",),
        "any_of",
        "Which of these have you tried?",
        options(physical_therapy="Physical therapy", nsaid="Anti-inflammatory medicine", injection="An injection"),
    )
    assert read_answer("PT and advil, no shots", asked, TODAY).value == ["physical_therapy", "nsaid"]
    assert read_answer("never tried PT", asked, TODAY).state == "unclear"


@settings(max_examples=100)
@given(st.text(max_size=120), st.sampled_from(sorted(QUESTIONS)))
def test_any_text_gets_an_answer_of_the_right_kind(text: str, kind: str) -> None:
    answer = read_answer(text, QUESTIONS[kind], TODAY)
    assert (answer.value is None) == (answer.state != "answered")


@pytest.mark.parametrize(("text", "value"), [
    ("no peer to peer was offered", "not_offered"), ("no offer", "not_offered"),
    ("no they didn't offer", "not_offered"),
    ("no, never", "not_offered"), ("yes they did", "offered"), ("yes it was offered", "offered"),
])  # fmt: skip
def test_what_was_not_offered_is_no_offer(text: str, value: str) -> None:
    assert read_answer(text, QUESTIONS["offered"], TODAY) == Answer("answered", value)


@pytest.mark.parametrize("text", ["no symptoms", "no pain", "no fever", "yes, my knee"])
def test_a_yes_or_no_to_something_else_answers_no_choice(text: str) -> None:
    assert read_answer(text, QUESTIONS["offered"], TODAY).state == "unclear"


@pytest.mark.parametrize("text", ["11/1", "1/3", "10-12", "2-3", "2 or 3", "1 to 3", "two or three", "3.5", "11 1"])
def test_a_day_or_a_range_chooses_nothing_from_a_list(text: str) -> None:
    twelve = "abcdefghijkl"
    listed = Question("group.x", tuple(twelve), "any_of", "Which?", options(**dict.fromkeys(twelve, "x")))
    assert read_answer(text, listed, TODAY).state == "unclear"
    assert read_answer("1 and 3", listed, TODAY).value == ["a", "c"]
