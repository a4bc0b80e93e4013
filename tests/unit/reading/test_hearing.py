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


def test_what_is_told_calmly_is_no_emergency_but_a_crisis_beside_it_counts() -> None:
    old = "my grip is weak and the florp too, since the june accident"
    assert heard(ear, old, TODAY) is None
    assert heard(ear, old + ". I want to be gone.", TODAY) == "crisis"
