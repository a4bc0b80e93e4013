"""Reading survives any text: it never raises, and its work grows with the length, not with the square of it."""

from __future__ import annotations

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.reading import facts_of, read
from actions.reading.dates import dates, durations

TODAY = date(2026, 11, 21)
_RANDOM = random.Random(7)
LONG = 100_000
"""Half of what a door lets in: what grows faster than its text shows here too, in half of the time."""


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\x00\x00",
        "\ud800",
        "%PDF-1.4\x00\xff\xfe",
        "asdf qwer zxcv",
        "\u4f60\u597d\u4e16",
        "9999999999",
        "\n\n\n",
    ],
)
def test_text_without_meaning_reads_as_other(text: str) -> None:
    reading = read(text, TODAY)
    assert reading.kind == "other"
    assert reading.denial.reasons == ()
    assert reading.fields == {}
    assert facts_of(reading, "patient", TODAY) == ()


@pytest.mark.parametrize(
    "unit",
    [
        "a", "(", "\x00", " ", "\n", "1-", "1/", "not ", "6 weeks ", "since ", "11/2/2026 ", ". ", "a-\nb",
        "Imaging Of The ",
        "case number ", "800-555-0100 ", "within 180 days appeal ", "peer to peer ", "if we deny ", "x-ray first no ",
        "hand arm head ", "9/14-10/26 ", "6 weeks but it was really 4 ",
    ],
)  # fmt: skip
@pytest.mark.timeout(40)
def test_hostile_repetition_is_read_through(unit: str) -> None:
    read((unit * (LONG // len(unit) + 1))[:LONG], TODAY)


def test_twenty_thousand_words_are_read_to_the_end() -> None:
    filler = "We looked at the whole file and at the table of the plan. " * 1_500
    reading = read(f"Dear Pat Example: your member ID: EX-0001. {filler} We denied the MRI of the left knee.", TODAY)
    assert reading.study.id == "mri-knee"
    assert reading.denial.member_id == "EX-0001"


@given(st.text(max_size=400))
@settings(max_examples=150)
def test_any_text_reads_and_its_words_are_slices(text: str) -> None:
    reading = read(text, TODAY)
    for field in reading.fields.values():
        assert text[field.start : field.end] == field.words
    for hit in [*dates(text, TODAY), *durations(text, TODAY)]:
        assert text[hit.start : hit.end] == hit.words


def test_shuffled_letters_never_raise() -> None:
    phrases = [
        "MRI of the left knee",
        "denied",
        "11/2/2026",
        "within 180 days",
        "appeal",
        "Member ID: EX-1",
        "CO-197",
        "since",
    ]
    for _ in range(100):
        read(" ".join(_RANDOM.choices(phrases, k=40)), TODAY)
