"""Misspelt words are mended for the intent, and nothing else is touched."""

from __future__ import annotations

import pytest

from bot.nlu.spelling import known_words, mender

WORDS = known_words(["the insurance denied the appeal", "my appeal", "don't apply", "an appear"])


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("insurence", "insurance"),
        ("My Insurnace denyed it", "my insurance denied it"),
        ("appeall", "appeal"),
        ("aply", "apply"),
        ("dont", "dont"),
        ("kt scan of x1", "kt scan of x1"),
        ("", ""),
        ("ça va", "ça va"),
    ],
)
def test_a_word_one_slip_away_is_mended(typed: str, read: str) -> None:
    assert mender(WORDS)(typed) == read


def test_of_two_near_words_the_more_frequent_is_taken() -> None:
    assert mender(WORDS)("appeaq") == "appeal"


def test_a_word_known_from_elsewhere_stands() -> None:
    assert mender(WORDS, {"denies"})("he denies") == "he denies"
    assert mender(WORDS)("he denies") == "he denied"


def test_the_first_letter_and_words_of_three_letters_are_never_mended() -> None:
    assert mender(known_words(["pain gain"]))("main pai") == "main pai"
