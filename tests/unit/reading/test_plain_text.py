"""Plain text keeps the way back to the text as it came."""

from __future__ import annotations

import pytest

from actions.reading.text import flat, plain, sentences


def test_a_word_broken_at_the_line_is_whole_and_its_place_is_kept() -> None:
    text = "not medi-\n   cally necessary"
    even = plain(text)
    assert even.text == "not medically necessary"
    start = even.text.index("medically")
    assert even.span(start, start + len("medically")) == ("medi-\n   cally", 4, 18)


def test_a_hyphen_that_belongs_to_the_word_stays() -> None:
    assert plain("a six-\nweek trial and a follow-\nup").text == "a six-week trial and a follow-up"


def test_flat_text_has_the_same_length_and_no_control_characters() -> None:
    text = "\u201cI can\u2019t\u201d\x00\u2022 go\u2014now\r\n"
    assert len(flat(text)) == len(text)
    assert flat(text).startswith('"I can\'t" * go-now')


def test_sentences_end_at_list_items_labels_and_headings_not_at_wrapped_lines() -> None:
    text = (
        "Why we denied it\nThe notes sent to us do not show that you have\ntried therapy. See Dr. Sample.\n"
        " - first\n - second\nClaim: 1"
    )
    found = [" ".join(s.text.split()) for s in sentences(text)]
    assert found[:2] == ["Why we denied it", "The notes sent to us do not show that you have tried therapy."]
    assert found[2:] == ["See Dr. Sample.", "- first", "- second", "Claim: 1"]


def test_a_sentence_knows_its_place() -> None:
    text = "One.   Two  \n  words."
    for sentence in sentences(text):
        start, end = sentence.place(0, len(sentence.text))
        assert " ".join(text[start:end].split()) == " ".join(sentence.text.split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("denied it becuase no pt", "denied it because no pt"),
        ("DENIED MY MRI BECASUE NO PT", "DENIED MY MRI BECAUSE NO PT"),
        ("Becuse it hurts", "Because it hurts"),
        ("no, becaus of that, beacause", "no, because of that, because"),
        ("teh mri was nto done, pian adn all", "the mri was not done, pain and all"),
        ("bcz bcuz becos coz", "because because because cuz"),
        ("becomes a case, Becca, because", "becomes a case, Becca, because"),
        ("Dr. Teh, ADN, TEH-77", "Dr. Teh, ADN, TEH-77"),
    ],
)
def test_small_words_that_hurried_fingers_turn_round_are_read_as_meant(typed: str, meant: str) -> None:
    even = plain(typed)
    assert even.text == meant
    assert even.span(0, len(meant)) == (typed, 0, len(typed))
    last = meant.split()[-1]
    assert even.span(len(meant) - len(last), len(meant))[0] == typed.split()[-1]
