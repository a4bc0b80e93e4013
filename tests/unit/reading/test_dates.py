"""Dates and lengths of time as people and letters write them. Today is Saturday, 21 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.dates import dates, durations

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11/2/2026", "2026-11-02"),
        ("Nov 2 2026", "2026-11-02"),
        ("Monday, November 2nd, 2026", "2026-11-02"),
        ("2 November 2026", "2026-11-02"),
        ("02-NOV-2026", "2026-11-02"),
        ("2026-11-02", "2026-11-02"),
        ("11-02-26", "2026-11-02"),
        ("by March 3, 2027", "2027-03-03"),
        ("last Tuesday", "2026-11-17"),
        ("since Tuesday, it hurts", "2026-11-17"),
        ("yesterday", "2026-11-20"),
        ("it went out october third", "2026-10-03"),
        ("since the twenty first of august", "2026-08-21"),
        ("it came back Feb this year", "2026-02-01"),
        ("mid September 2026", "2026-09-15"),
        ("since the last week of April", "2026-04-22"),
        ("last night", "2026-11-20"),
        ("two weeks ago", "2026-11-07"),
        ("a couple of months ago", "2026-09-21"),
        ("since Labor Day", "2026-09-07"),
        ("since Thanksgiving", "2025-11-27"),
        ("since Easter", "2026-04-05"),
        ("since March", "2026-03-01"),
        ("since december", "2025-12-01"),
        ("mid-September", "2026-09-15"),
        ("seen on 10/20", "2026-10-20"),
        ("denied 11/10, p2p", "2026-11-10"),
        ("since 12/24", "2025-12-24"),
        ("fusion 2019", "2019-01-01"),
        ("on Feb 29", "2024-02-29"),
    ],
)
def test_a_date_is_read_relative_ones_to_the_past(text: str, expected: str) -> None:
    assert [hit.date.isoformat() for hit in dates(text, TODAY)] == [expected]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("8 weeks", 8.0),
        ("year and a half of neck pain", 78.3),
        ("I haven't run in 8 weeks", 8.0),
        ("therapy at the clinic for another six weeks", 6.0),
        ("PT from 10/3 till now", 7.0),
        ("my back gave out on Oct 10", 6.0),
        ("hurting sence labor day", 10.7),
        ("pain x 8 wks", 8.0),
        ("x8 weeks", 8.0),
        ("six (6) weeks", 6.0),
        ("eight-week course", 8.0),
        ("6-8 weeks", 6.0),
        ("six or seven weeks", 6.0),
        ("for about two months", 8.7),
        ("a couple of months", 8.7),
        ("2 1/2 months", 10.9),
        ("half a year", 26.1),
        ("a year and a half", 78.3),
        ("over a year", 52.2),
        ("1 year 3 months", 65.2),
        ("3 mos", 13.0),
        ("for 5 days", 0.7),
        ("over the past month", 4.3),
        ("PT twice a week for 6 weeks", 6.0),
        ("PT 2x/week x6w", 6.0),
        ("since Labor Day", 10.7),
        ("it started two weeks ago", 2.0),
        ("3 weeks ago I twisted my knee", 3.0),
        ("since my fall on 9/3", 11.3),
        ("therapy from 9/1/26 to 10/13/26", 6.0),
        ("PT 9/1 - 10/13", 6.0),
        ("PT started on 9/14 and ended 10/26", 6.0),
        ("PT 9/14-10/26", 6.0),
        ("PT 8/10 - 9/21", 6.0),
        ("PT 8/3-9/14/2026", 6.0),
        ("not 6 weeks but 8", 8.0),
    ],
)
def test_a_length_of_time_is_read_in_weeks(text: str, weeks: float) -> None:
    assert [found.weeks for found in durations(text, TODAY)] == [weeks]


@pytest.mark.parametrize("words", ["almost 6 weeks", "less than 6 weeks", "not quite 6 weeks"])
def test_what_falls_short_of_six_weeks_does_not_count_as_six(words: str) -> None:
    assert durations(words, TODAY)[0].weeks < 6


@pytest.mark.parametrize(
    "trap",
    [
        "45-year-old woman", "45 yo M", "54F", "age 60", "I turned 50", "pain 8/10", "pain is 1-2/10", "strength 4/5",
        "L4-5 and C5-6", "800 mg three times a day", "2x a day", "every 3 months", "5 days a week", "CPT 72148",
        "M54.16", "$300", "1-800-555-0142", "DOB: 01/02/1970", "I may march on", "grade 2 of 4", "36 weeks pregnant",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_time_is_none(trap: str) -> None:
    assert dates(trap, TODAY) == []
    assert durations(trap, TODAY) == []


@pytest.mark.parametrize(
    "plan",
    [
        "within 180 days of receipt",
        "another 6 weeks",
        "in 6 weeks",
        "for the next 6 weeks",
        "6 more weeks",
        "6 weeks from now",
        "they want me to keep going for another 6 weeks",
        "chemo to start 12/1",
    ],
)
def test_a_limit_or_a_plan_is_no_length_that_something_has_lasted(plan: str) -> None:
    assert durations(plan, TODAY) == []


def test_since_and_until_are_kept_where_they_were_said() -> None:
    (therapy,) = durations("PT from 9/1/2026 through 10/13/2026", TODAY)
    assert (therapy.since, therapy.until) == (date(2026, 9, 1), date(2026, 10, 13))
    (pain,) = durations("hurting for 9 weeks", TODAY)
    assert pain.since is None


def test_only_a_day_that_was_said_is_a_day() -> None:
    (therapy,) = durations("PT 9/14-10/26", TODAY)
    assert (therapy.first_day, therapy.last_day) == (date(2026, 9, 14), date(2026, 10, 26))
    for text in ("since March", "it started 7 weeks ago"):
        (found,) = durations(text, TODAY)
        assert (found.first_day, found.last_day) == (None, None)


def test_two_pain_scores_are_no_stretch_of_days() -> None:
    assert durations("pain is 8/10-9/10", TODAY) == []


def test_a_list_shares_the_year_that_stands_at_its_end() -> None:
    assert [hit.date.year for hit in dates("March 3, April 10 and May 2, 2025", TODAY)] == [2025, 2025, 2025]


def test_words_are_the_slice_of_the_text() -> None:
    text = "It\u2019s been hurting since mid\u2013September, worse for the past 2 weeks."
    for found in [*dates(text, TODAY), *durations(text, TODAY)]:
        assert text[found.start : found.end] == found.words
    assert [d.weeks for d in durations(text, TODAY)] == [8.9, 2.0]
