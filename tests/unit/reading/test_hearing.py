"""What the second ear takes for an emergency counts in a short message, and in a long history only what is news."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.hearing import heard

TODAY = date(2026, 11, 22)
HISTORY = (
    "Low back pain since March, down the left leg. PT 8 weeks, gabapentin, no shots. X-ray in April normal. "
    "No fever, no numbness, no weakness. "
)


def ear(text: str) -> str | None:
    """Hears a florp as an emergency, louder than a wish to be gone."""
    return "E" if "florp" in text else "crisis" if "be gone" in text else None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("my florp is all wobbly", "E"),
        ("back pain, PT did nothing, my florp is all wobbly", "E"),
        (HISTORY + "My florp is all wobbly.", None),
        (HISTORY + "The florp was looked at in the ER, all clear.", None),
        (HISTORY + "Since last night my florp is all wobbly.", "E"),
        (HISTORY + "Now my florp is all wobbly.", "E"),
        (HISTORY + "It began two hours ago. My florp is all wobbly.", "E"),
        (HISTORY + "The florp is old. Now they want a CT.", None),
        # What is drowned out by it is heard all the same.
        (HISTORY + "My florp is all wobbly. I want to be gone.", "crisis"),
        (HISTORY + "I want to be gone.", "crisis"),
        (HISTORY + "They said no.", None),
    ],
)
def test_in_a_history_only_what_is_news_is_heard(text: str, level: str | None) -> None:
    assert heard(ear, text, TODAY) == level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("fell off a ladder 5 weeks ago and now I cant raise my arm over my head, florp. The cuff is tore", None),
        ("The florp hurts since 3 weeks. The doctor says it can wait.", None),
        ("Since about April she drops the florp. It is denied.", None),
        ("When I had covid in January I was in the ICU with a florp. My chest feels fine.", None),
        ("I don't have fever and my eyes are not yellow. Thanks.", None),
        ("My son is 17 and had a florp in August.", None),
        ("She had it two months ago. They took her in and found a florp.", None),
        ("No florp, no seizures, his mind is clear.", None),
        ("My face is numb and I see a florp. None of that has changed.", None),
        # what is new beside it
        ("The florp hurts since 3 weeks. Tonight the florp is worse.", "E"),
        ("fell 5 weeks ago, since this morning my florp is numb and I can't raise my arm over my head", "E"),
        ("I had a florp in January and I am gasping", "E"),
        ("She had it two months ago. She has a florp today.", "E"),
        ("No florp since last night.", "E"),
        ("Since this morning I see a florp. None of that has changed.", "E"),
    ],
)
def test_a_sentence_that_tells_of_weeks_ago_is_not_heard_alone(text: str, level: str | None) -> None:
    assert heard(ear, text, TODAY) == level


def test_a_shortened_month_ends_no_sentence() -> None:
    asked: list[str] = []
    heard(lambda said: asked.append(said), "second round on Nov. 12, they want the PET", TODAY)
    assert asked == ["second round on Nov 12, they want the PET"]


def test_since_then_is_no_news_in_a_history() -> None:
    assert heard(ear, HISTORY + "Then 7 weeks ago we moved a couch and now it's the florp.", TODAY) is None


def test_what_is_told_calmly_is_no_emergency_but_a_crisis_beside_it_counts() -> None:
    old = "my grip is weak and the florp too, since the june accident"
    assert heard(ear, old, TODAY) is None
    assert heard(ear, old + ". I want to be gone.", TODAY) == "crisis"
