"""How long something has surely lasted, whose length it is, what was put right, ages and visits. Today is a Sunday."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.clinical import read_clinical
from actions.reading.dates import dates, durations, latest

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("in March", date(2026, 3, 31)),
        ("in early August", date(2026, 8, 10)),
        ("in mid-April", date(2026, 4, 20)),
        ("the first week of June", date(2026, 6, 7)),
        ("last month", date(2026, 10, 31)),
        ("in 2023", date(2023, 12, 31)),
        ("last year", date(2025, 12, 31)),
        ("last spring", date(2026, 6, 19)),
        ("last winter", date(2026, 3, 20)),
        ("in November", TODAY),
        ("3 months ago", date(2026, 8, 22)),
        ("on 9/14/2026", date(2026, 9, 14)),
    ],
)
def test_the_last_day_that_words_can_mean(said: str, last: date) -> None:
    (hit,) = dates(said, TODAY)
    assert latest(hit, TODAY) == last


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("elbow pain since august", [11.9]),
        ("it hurts since the winter", [35.3]),
        ("dizzy since 2020", [307.4]),
        ("it started in June 2026", [20.7]),
        ("sore since last month", [3.1]),
        ("sore since this November", []),
        ("sore since May or June", [20.7]),
        ("hurting since 2026", []),
        ("therapy from March to June", [8.9]),
        ("sore since August 3", [15.9]),
    ],
)
def test_a_length_from_a_vague_day_is_the_least_that_is_sure(said: str, weeks: list[float]) -> None:
    assert [found.weeks for found in durations(said, TODAY)] == weeks


@pytest.mark.parametrize("said", ["wrist pain since the fall", "it has hurt since the fall down the stairs"])
def test_an_accident_is_no_autumn(said: str) -> None:
    assert durations(said, TODAY) == []


def test_an_autumn_is_one() -> None:
    assert [found.weeks for found in durations("wrist pain since last fall", TODAY)] == [48.0]


@pytest.mark.parametrize(
    "said",
    [
        "she smoked two packs a day for 25 years",
        "a 35 year smoker",
        "72 yrs",
        "Ms. Q 58 yrs, lump",
        "3 mo f/u",
        "RTC 6 weeks",
        "the 8 week rule",
        "do i have 65 days or 90 days to appeal",
        "one day this back will finish me off",
        "the letter came October 12",
    ],
)
def test_what_is_no_length_of_a_trouble(said: str) -> None:
    assert durations(said, TODAY) == []


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("hip pain for 5 weeks, no, 7", 7.0),
        ("neck pain 3 weeks. wait 4 weeks", 4.0),
        ("headaches for a month, sorry, two months", 8.7),
        ("knee pain 8 weeks or 9, actually 9", 9.0),
        ("it started 5 weeks ago, no 6", 6.0),
        ("elbow pain one month, well one and a half", 6.5),
        ("Ankle pain. It was 9 weeks not 6", 9.0),
        ("knee pain for 6 weeks, no injury", 6.0),
        ("knee pain 6 to 8 weeks", 6.0),
        ("back pain for 6 weeks, no PT for 3 weeks", 6.0),
    ],
)
def test_what_is_put_right_at_once_holds(said: str, weeks: float) -> None:
    assert read(said, TODAY).symptom_weeks == weeks


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("Back spasms again, fourth time since 2018, this time it's 5 weeks", 5.0),
        ("Neck pain since 2017, flare-up 10/11/26", 6.0),
        ("Heart failure, started Farxiga 5/3/26", None),
        ("Left SLR positive, meloxicam x 3 wks", None),
        ("Hip pain, wakes me at night, 5 weeks of PT", None),
        ("Since yesterday my foot is numb", None),
        ("My hands are clumsy since July", None),
        ("I wobble and drop my keys, my hands are clumsy, since about May", None),
        ("Scratch that, the splint was only 4 weeks", None),
        ("Sorry, it was 4 weeks", 4.0),
        ("My hands have been numb for 9 weeks", 9.0),
        ("My back started hurting 9/13/26", 10.0),
        ("Back pain since 8/2/26. Started tizanidine 10/4/26", 16.0),
    ],
)
def test_the_length_of_the_trouble_is_its_own(said: str, weeks: float | None) -> None:
    assert read(said, TODAY).symptom_weeks == weeks


def test_a_treatments_length_is_no_findings() -> None:
    found = read_clinical("Knee locks, neg Lachman, pos McMurray, PT x 6 wks", TODAY)
    assert [f.weeks for f in found.findings] == [None] * len(found.findings)
    assert [t.weeks for t in found.treatments] == [6.0]


@pytest.mark.parametrize(
    ("said", "since"),
    [
        ("The injury is to my left wrist, letter dated 11/6/26", None),
        ("The notes dated 9/29/2026 show elbow pain after a fall", None),
        ("I fell on 9/29/2026", date(2026, 9, 29)),
        ("Injury 9/20/26, elbow. Notes dated 9/29/2026", date(2026, 9, 20)),
    ],
)
def test_the_day_of_a_paper_is_no_day_of_an_injury(said: str, since: date | None) -> None:
    (fall,) = [f for f in read_clinical(said, TODAY).findings if f.id == "trauma"]
    assert fall.since == since


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("hello im 17 and im filling this out for my dad", None),
        ("I'm 15, my dad is 52", 52),
        ("dad is 61", 61),
        ("ok so my wife is 38. not me", 38),
        ("Marisol is 58", 58),
        ("Copay is 50", None),
        ("My daughter hurt her wrist, she's 8", 8),
        ("My name is Ruth, 77", 77),
        ("im actually 63", 63),
        ("my neck hurts, 41", 41),
        ("I did 12 visits, 20", None),
        ("I am man 39 years", 39),
        ("71 yrs.", 71),
        ("I'm 45 and my mom is 70. my knee hurts", 45),
        ("My grandbaby is nine and the doctor heard a murmur. He plays ball, his heart is fine.", 9),
        ("this is about my son he's sixteen he plays linebacker, his shoulder came out", 16),
        ("I'm 45, my knee hurts. My daughter just turned eleven.", 45),
    ],
)
def test_the_age_is_the_patients(said: str, years: int | None) -> None:
    assert read(said, TODAY).age == years


@pytest.mark.parametrize(
    ("said", "years"),
    [
        ("She smoke before, she stop in 2018", 8.0),
        ("I'm not smoking any more", None),
        ("he no longer smokes", None),
        ("he smokes", 0.0),
        ("I still smoke", 0.0),
    ],
)
def test_who_has_stopped_is_no_smoker_of_today(said: str, years: float | None) -> None:
    assert read(said, TODAY).quit_years == years


@pytest.mark.parametrize(
    ("said", "days"),
    [
        ("patient seen 11/9/26", [date(2026, 11, 9)]),
        ("ortho seen on 10/5/26, no better", [date(2026, 10, 5)]),
        ("pt seen 10/1 and 11/16", [date(2026, 10, 1), date(2026, 11, 16)]),
        ("Seen 11/2, still locking", [date(2026, 11, 2)]),
        ("Pt seen 8/24/26 - 10/16/26, 14 visits, for radiculopathy", []),
        ("not seen 10/1", []),
        ("The doctor saw me again on 11/2/26", [date(2026, 11, 2)]),
        ("went back to my doctor and he said therapy didn't work", [None]),
        ("Denied 10/30/26: 'f/u interval not met'", []),
        ("Cyst on CT 5/2/26, f/u 6 mo", []),
        ("the visit on 10/30 was the denial date", []),
        ("mass seen on CT 5/2/26", []),
        ("f/u 11/3/26, still bad", [date(2026, 11, 3)]),
        ("seen in clinic 11/4/26, PT failed", [date(2026, 11, 4)]),
        ("telehealth with dr lee on oct 30, no better", [date(2026, 10, 30)]),
        ("video visit 11/3/26 with my doctor", [date(2026, 11, 3)]),
        ("telehealth w/ PT 10/20/26", []),
        ("fracture seen in clinic films 5/2/26", []),
    ],
)
def test_visits_that_took_place(said: str, days: list[date | None]) -> None:
    assert [visit.date for visit in read(said, TODAY).evaluations] == days
