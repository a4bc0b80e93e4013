"""How long the complaint has lasted, beside spells, old bouts, drugs and therapy; lengths in other notations."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.clinical import read_clinical
from actions.reading.dates import dates, durations

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("Couldn't lift my arm for a week. This all started in March.", 33.6),
        ("I was in bed for 3 days. My back has hurt since June.", 20.6),
        ("first it started in 2023 at work, that went away after PT. this is a new one, started may 5.", 28.6),
        ("back pain for 9 weeks", 9.0),
        ("it hurt for 3 weeks in 2020, then it went away", None),
        ("knee pain since June, the swelling went away", 20.6),
        ("L hip pain. Started meloxicam 9/1/26.", None),
        ("Knee pain, started PT 9/1/26", None),
        ("PT started 8/3/26 and ended 9/18/26. Knee pain.", None),
        ("Naproxen 500 BID started 9/1/26, stopped 10/15/26", None),
        ("Started Ozempic 3/1/26. Knee pain x 3 mo.", 13.0),
        ("hip pain for 4 months, naproxen started in august", 17.4),
        ("he's on prednisone for COPD 4 years", None),
        ("physical therapy for 6 weeks. knee pain", None),
        ("Onset date: 8/1/26. L knee pain", 16.0),
        ("LBP 8/52", 8.0),
        ("knee pain since 9/14", 9.7),
        ("they want PT first but i already did like eight weeks of it from july to september", None),
        ("LBP x 3 months. Foot drop x 10 days", 13.0),
        ("I smoked a carton a week for 30 years", None),
    ],
)
def test_the_length_of_the_complaint(text: str, weeks: float | None) -> None:
    assert read_clinical(text, TODAY).symptom_weeks == weeks


def test_therapy_that_was_done_after_all_keeps_its_weeks() -> None:
    (item,) = read("they said i need six weeks of PT first but i already did like eight weeks of it", TODAY).treatments
    assert (item.kind, item.status, item.weeks) == ("physical_therapy", "present", 8.0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("PT in april 4 visits", [("in april", "month")]),
        ("in june 3 weeks of PT", [("in june", "month")]),
        ("my April 4 and May 6 visits", [("April 4", "day"), ("May 6", "day")]),
        ("on April 4 visits were stopped", [("April 4", "day")]),
        ("April 4, 2026 visits", [("April 4, 2026", "day")]),
        ("since june 2 days ago", [("june 2", "day")]),
        ("my April 4 visit", [("April 4", "day")]),
    ],
)
def test_a_count_is_no_day(text: str, said: list[tuple[str, str]]) -> None:
    assert [(hit.words, hit.precision) for hit in dates(text, TODAY)] == said


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("PT sept 14 till now", [9.7]),
        ("9/14 to present", [9.7]),
        ("knee pain x 6/52", [6.0]),
        ("cough x 3/12", [13.0]),
        ("cough 3/12", []),
        ("strength 4/5", []),
    ],
)
def test_lengths_in_other_notations(text: str, weeks: list[float]) -> None:
    assert [d.weeks for d in durations(text, TODAY)] == weeks


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("My dad is 78. They denied his PET scan.", 78),
        ("my daughter is 15, pelvic pain for 5 months", 15),
        ("my father (81, lives with us) has a cough", 81),
        ("my dad, Walter, 74, he has lung cancer", 74),
        ("I'm Jean, 68. Medicare.", 68),
        ("I'm sorry, 45 pages is too much", None),
        ("he's 67, sorry 68", 68),
        ("I'm 54, no wait 55", 55),
        ("I'm 54, 55 lbs lost", 54),
        ("Mom is 45, pt is 12", 12),
        ("pt is 12 weeks post op", None),
        ("Family History\nProblem Relation Age of Onset\nBreast cancer Mother 52\nStroke Father 70", None),
        ("62 yo F with knee pain. FH: mother breast cancer at 52", 62),
        ("I have knee pain. my mom is 78", None),
        ("my sister Ann, 50, had breast cancer. I have a lump", None),
    ],
)
def test_whose_age(text: str, years: int | None) -> None:
    assert read_clinical(text, TODAY).age == years


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("I saw Dr. Singh may 12, june 20, and oct 27", [date(2026, 5, 12), date(2026, 6, 20), date(2026, 10, 27)]),
        ("Seen by Dr. Roe on 8/15 and again 10/30", [date(2026, 8, 15), date(2026, 10, 30)]),
        ("she saw me oct 14", [date(2026, 10, 14)]),
        ("she seen me back on october 30 and said pt failed", [date(2026, 10, 30)]),
        ("I saw Dr. Singh may 12, xray june 20", [date(2026, 5, 12)]),
        ("I saw Dr. Singh may 12. It was denied june 20", [date(2026, 5, 12)]),
        ("he saw me fall", []),
    ],
)
def test_every_visit_has_its_day(text: str, days: list[date]) -> None:
    assert [visit.date for visit in read_clinical(text, TODAY).evaluations] == days
