"""The emergency watch hears an emergency in any wording, and not what is denied, past, another's or imagined."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from actions.reading.watch import watch

TODAY = date(2026, 11, 21)
TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "watch.yml").read_text("utf-8"))

WAYS = yaml.safe_load((Path(__file__).parent / "tables" / "watch_paraphrases.yml").read_text("utf-8"))


def stops(text: str, document: bool = False) -> dict[str, str]:
    """The hits that end talk of paperwork: id to level."""
    return {h.id: h.level for h in watch(text, today=TODAY, document=document) if h.level != "U"}


@pytest.mark.parametrize("row", TABLE["emergency"], ids=lambda row: row["text"][:60])
def test_emergency_is_heard(row: dict[str, str]) -> None:
    expected = "crisis" if row["id"] == "self_harm" else "E"
    assert stops(row["text"]).get(row["id"]) == expected


@pytest.mark.parametrize("text", TABLE["more_emergencies"])
def test_another_wording_is_heard(text: str) -> None:
    assert stops(text)


@pytest.mark.parametrize("text", TABLE["calm"] + TABLE["more_calm"])
def test_what_is_denied_past_or_ordinary_stops_nothing(text: str) -> None:
    assert stops(text) == {}


@pytest.mark.parametrize(("flag", "text"), [(flag, text) for flag, texts in WAYS["heard"].items() for text in texts])
def test_every_flag_is_heard_in_many_words(flag: str, text: str) -> None:
    assert "E" in stops(text).values(), f"{flag} not heard"


@pytest.mark.parametrize("text", WAYS["crisis"])
def test_self_harm_is_heard_in_many_words(text: str) -> None:
    assert stops(text).get("self_harm") == "crisis"


@pytest.mark.parametrize("text", WAYS["violence"])
def test_violence_is_heard_in_many_words(text: str) -> None:
    assert stops(text).get("violence") == "crisis"


@pytest.mark.parametrize("text", WAYS["same_day"])
def test_same_day_signs_are_shown(text: str) -> None:
    assert watch(text, today=TODAY)


@pytest.mark.parametrize("text", WAYS["calm"])
def test_ordinary_messages_stop_nothing(text: str) -> None:
    assert stops(text) == {}


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("In August the left side of my mouth drooped for a day", False),
        ("In November the left side of my mouth drooped for a day", True),
        ("can't lift my foot since June", False),
        ("can't lift my foot since yesterday, back pain for months", True),
    ],
)
def test_what_was_months_ago_is_no_news(text: str, counts: bool) -> None:
    assert bool(stops(text)) is counts


def test_a_misspelt_word_is_shown_as_it_was_written() -> None:
    (hit,) = [h for h in watch("help, I am strugling to brethe tonite, no fever", today=TODAY) if h.level == "E"]
    assert hit.words == "strugling to brethe tonite"


def test_a_list_that_the_person_disowns_is_not_theirs() -> None:
    listed = "The rules name sudden vision loss, a seizure, or numbness between the legs."
    assert stops(f"{listed} None of that applies to me.") == {}
    assert stops("Since yesterday I have numbness between the legs. None of that is in the letter.")


def test_words_are_the_slice_of_the_text_as_given() -> None:
    text = "Hi —  my “face” is fine, but I can’t feel when I wipe since Monday."
    (hit,) = [h for h in watch(text, today=TODAY) if h.level == "E"]
    assert hit.words == text[hit.start : hit.end]
    assert "feel when I wipe" in hit.words


def test_self_harm_comes_before_a_physical_emergency() -> None:
    hits = watch("both legs are weak since today and I want to kill myself", today=TODAY)
    assert [h.level for h in hits][:2] == ["crisis", "E"]


def test_a_letters_list_of_exceptions_is_not_about_the_patient() -> None:
    assert stops(TABLE["letter"], document=True) == {}


def test_a_note_about_the_patient_is() -> None:
    assert stops(TABLE["note"], document=True)["RF01"] == "E"


def test_a_letter_that_speaks_of_this_patient_is_heard() -> None:
    text = (
        "Your request for an MRI was denied. It is not medically necessary.\n"
        "Your doctor's notes say that you cannot feel when you wipe and that you have lost bladder control.\n"
    )
    assert "RF01" in stops(text, document=True)


def test_findings_together_raise_what_neither_raises_alone() -> None:
    assert stops("I have a fever. My neck is stiff.") == {"RF12": "E"}
    assert stops("I have a fever.") == {}


def test_same_day_level_stops_nothing() -> None:
    (hit,) = watch("I've lost 20 pounds without trying", today=TODAY)
    assert (hit.id, hit.level) == ("RF36", "U")


@pytest.mark.parametrize(
    "text", ["", " ", "\x00\ufffd", "a" * 50_000, "numb " * 20_000, "((((" * 5000, "İſ\u2028 can’t pee"]
)
def test_never_raises(text: str) -> None:
    watch(text, today=TODAY)
    watch(text, today=TODAY, document=True)
