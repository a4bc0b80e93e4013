"""Lengths, treatments and pictures as people tell of them in whole messages."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.dates import durations

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "weeks"),
    [
        ("sore elbow 12d", 1.7),
        ("hip pain since two weeks before Halloween", 5.1),
        ("it began approx. mid-May 2026", 26.6),
        ("two, maybe three weeks of it", 2.0),
        ("eight going on nine weeks", 8.0),
        ("6 (six) weeks of therapy", 6.0),
        ("I did 3 of 10 weeks", 3.0),
        ("hurting for the past year and a half", 78.3),
        ("this is my ninth week", 9.0),
        ("I'm in month five", 21.7),
        ("from June on it was every day", 20.7),
        ("swollen since last Thurs", 0.4),
        ("ten weeks. No wait, 7", 7.0),
        ("4 weeks of pt. sorry, 8", 8.0),
    ],
)
def test_a_length_in_other_words(said: str, weeks: float) -> None:
    assert weeks in [d.weeks for d in durations(said, TODAY)]


@pytest.mark.parametrize("said", ["a 3D ultrasound", "it started 2 weeks after the flu", "in 2 weeks I fly home"])
def test_what_is_no_length_of_the_complaint(said: str) -> None:
    assert durations(said, TODAY) == []


@pytest.mark.parametrize(
    ("said", "weeks", "outcome", "directed"),
    [
        ("They denied it because no PT. I did 9 weeks!", 9.0, None, None),
        ("Therapy for 5 weeks, twice a week, great for a few days then right back.", 5.0, "partial", None),
        ("PT 7 wks, referred by Dr. Lund. Goals not met.", 7.0, "none", "provider"),
        ("Did 2 of 6 weeks of PT. I quit because it hurt more.", 2.0, "worse", None),
        ("PT started 10/4, still going.", 7.0, None, None),
        ("did 4 weeks of pt. wait no, 8 weeks", 8.0, None, None),
        ("4 weeks of PT. Hold on, it was 8 weeks", 8.0, None, None),
        ("did 4 weeks of pt... wait, 8 weeks", 8.0, None, None),
        ("Did 4 weeks of PT. We wait 8 weeks now", 4.0, None, None),
    ],
)  # fmt: skip
def test_therapy_with_length_outcome_and_who_ordered_it(
    said: str, weeks: float, outcome: str | None, directed: str | None
) -> None:
    care = [t for t in read(said, TODAY).treatments if t.kind == "physical_therapy"]
    assert [(t.weeks, t.outcome, t.directed) for t in care] == [(weeks, outcome, directed)]


@pytest.mark.parametrize("said", ["chemo therapy for 6 weeks", "speech therapy for 6 weeks", "therapy for depression"])
def test_other_therapies_are_no_physical_therapy(said: str) -> None:
    assert [t for t in read(said, TODAY).treatments if t.kind == "physical_therapy"] == []


@pytest.mark.parametrize("said", ["They want 6 weeks of therapy.", "The plan asks for 12 visits of therapy first."])
def test_therapy_that_is_asked_for_was_not_had(said: str) -> None:
    assert read(said, TODAY).treatments == ()


def test_what_stands_before_the_next_treatment_is_said_of_that_one() -> None:
    care = {t.kind: t.directed for t in read("Tried OTC ibuprofen x 3 wks, formal PT x 4 wks.", TODAY).treatments}
    assert care["nsaid"] == "self"


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("The knee x-ray in August was normal.", "2026-08"),
        ("MRI L-spine 2023: stenosis.", "2023"),
        ("Hip XR 9/14 negative.", "2026-09-14"),
    ],
)
def test_a_picture_is_dated_as_far_as_was_said(said: str, when: str) -> None:
    assert [i["date"] for i in read(said, TODAY).to_json()["imaging"]] == [when]


def test_pictures_of_several_days_in_brackets() -> None:
    seen = read("Ankle XR neg x2 (8/29, 9/19).", TODAY).imaging
    assert [i.date for i in seen] == [date(2026, 8, 29), date(2026, 9, 19)]


def test_an_injury_dates_the_complaint_beside_care() -> None:
    assert read("Six weeks of PT for my shoulder did nothing. Hurt it on May 9.", TODAY).symptom_weeks == 28.1


def test_pack_years_from_an_age() -> None:
    found = read("I smoke 2 packs a day since I was 18, I'm 61 now, still smoke.", TODAY)
    assert (found.pack_years, found.quit_years) == (86.0, 0.0)
    assert read("Smoked, quit in '09.", TODAY).quit_years == 17.0
