"""Smoking: how many pack-years, and how long ago somebody stopped; only the patient's, and never a rule's."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import facts_of, read
from criteria.facts import Field

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "pack_years", "quit_years"),
    [
        ("55 pk yr, stopped 2022. No prior PET.", 55, 4),
        ("Ex-smoker (18 pack-yrs, quit 2013), no cough.", 18, 13),
        ("Smoking status: former. Pack years: 28. Quit date: 04/10/2016", 28, 10),
        ("sixty eight year old former smoker thirty five pack years quit nine years ago period", 35, 9),
        ("Former smoker 41 PY quit 1998.", 41, 28),
        ("Tob: 1.5 ppd x 20 yrs, quit 3 yrs ago", 30, 3),
        ("I smoked a pack and a half a day for about 20 years and stopped 18 months ago.", 30, 1.5),
        ("I smoke, 15 cigs a day, 30 years.", 22.5, 0),
        ("I'm 64, smoked from 18 to 58, half a pack a day.", 20, 6),
        ("My husband smoked two packs/day x 30yrs, quit 5 yrs ago, he needs the low dose CT", 60, 5),
        ("I gave up cigarettes in 1991.", None, 35),
        ("i smoked a pack a day 32 yrs quit in 2014", 32, 12),
        ("I am 70 and I quit smoking at 52.", None, 18),
        ("Pt is a current every day smoker.", None, 0),
        ("I'm 71 and I still smoke, I admit it.", None, 0),
        ("I smoked 2 packs a day from 1970 to 1995", 50, 31),
        ("smoked a pack a day 1980-99", 19, 27),
        ("I'm 66, smoked from age 16 to 52, pack a day", 36, 14),
        ("pack a day smoker since he was 17, he's 47", 30, None),
        ("smoked half a pack/day x 40 yrs, quit last year", 20, 1),
        ("I smoked a lot and quit cold turkey on new years day of 2012", None, 14),
        ("I smoked a carton a week for 28 years", 40, None),
        ("ex smoker 50 pyh", 50, None),
        ("smoker 40+ py quit 2 yrs ago", 40, 2),
        ("Smoking status: former. Packs/day: 1.00. Years: 35. Pack years: 35. Quit date: 3/1/2016", 35, 10),
        ("30 py smoker, cutting down (5 cig/d)", 30, 0),
    ],
)
def test_numbers_of_smoking_are_read(text: str, pack_years: float | None, quit_years: float | None) -> None:
    reading = read(text, TODAY)
    assert (reading.pack_years, reading.quit_years) == (pack_years, quit_years)


@pytest.mark.parametrize(
    "text",
    [
        "My dad smoked a pack a day for 40 years and quit in 1990. I don't smoke.",
        "Never smoked. I have a cough that won't quit for 10 weeks.",
        "I used to smoke. I quit drinking in 2010.",
        "I used to smoke. We lived in Ohio from 1970 to 1995.",
        "He smoked once. He stopped PT 2 months ago.",
        "I smoked on and off, 1-2 packs a day some years",
        "I quit smoking 3 years ago but then started again",
        "The policy covers people aged 50 to 80 with a 20 pack-year history who quit within 15 years.",
    ],
)
def test_no_number_is_made_up(text: str) -> None:
    reading = read(text, TODAY)
    assert (reading.pack_years, reading.quit_years) == (None, None)


def test_a_rule_in_a_denial_letter_is_not_the_patients_smoking() -> None:
    letter = (
        "Notice of Adverse Determination\nWe have denied your request for low-dose CT lung cancer screening.\n"
        "Our policy requires a smoking history of at least 20 pack-years and that you currently smoke or quit within "
        "the past 15 years. The records sent to us do not show your smoking history.\n"
        "You may appeal within 180 days of this notice.\n"
    )
    reading = read(letter, TODAY)
    assert (reading.pack_years, reading.quit_years) == (None, None)


def test_the_words_stand_in_the_text_and_what_is_worked_out_is_less_sure() -> None:
    text = "Knee fine.\r\n\tI smoked 2 packs a day for 20 years, quit in 2019."
    reading = read(text, TODAY)
    counted, quit = reading.fields["pack_years"], reading.fields["quit_years"]
    assert text[counted.start : counted.end] == counted.words == "2 packs a day for 20 years"
    assert text[quit.start : quit.end] == quit.words == "quit in 2019"
    stated = read("I have 40 pack-years.", TODAY).fields["pack_years"]
    assert counted.confidence < stated.confidence
    values = {fact.value for fact in facts_of(reading, "patient", TODAY)}
    assert {Field("patient.pack_years", 40.0), Field("patient.quit_years", 7.0)} <= values
