"""A word that is spelt right is never taken for a misspelt word of a symptom."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from actions.reading import read

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "tools"))

import real_words  # noqa: E402


def test_no_english_word_is_taken_for_another() -> None:
    """Fails after synonyms were added that a real word is near to: run tools/real_words.py, and look at its change."""
    assert real_words.mistaken() == {}


@pytest.mark.parametrize("text", [
    "commercial, fully insured", "still waiting on an answer", "my brothers drove me", "I am compliant with everything",
    "the tips are tipped with rubber", "stocking the shelves", "they invented a reason", "it is medically necessary",
])  # fmt: skip
def test_words_near_to_a_symptom_are_none(text: str) -> None:
    assert read(text, date(2026, 11, 22)).findings == ()


@pytest.mark.parametrize(("text", "finding"), [
    ("numness in my foot", "numbness"), ("my knee is swolen", "swelling"), ("tinglling in the fingers", "tingling"),
    ("sezure last week", "seizure"),
])  # fmt: skip
def test_misspelt_words_are_still_known(text: str, finding: str) -> None:
    assert finding in {found.id for found in read(text, date(2026, 11, 22)).findings}
