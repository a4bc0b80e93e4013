"""What the words around a finding make of it: present, absent, uncertain, past, a relative's, or only spoken of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from actions.reading.assertion import context, meaning
from actions.reading.clinical import read_clinical

TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "assertion.yml").read_text("utf-8"))


@pytest.mark.parametrize(("expected", "row"), [(name, row) for name, rows in TABLE.items() for row in rows])
def test_meaning(expected: str, row: str) -> None:
    start, end = row.index("["), row.index("]") - 1
    text = row.replace("[", "", 1).replace("]", "", 1)
    assert meaning(context(text), start, end) == expected


def test_a_list_ends_where_another_statement_begins() -> None:
    text = "No fever, chills or weight loss but my leg is weak"
    given = context(text)
    words = ("fever", "chills", "weight loss", "weak")
    said = {w: meaning(given, text.index(w), text.index(w) + len(w)) for w in words}
    assert said == {"fever": "absent", "chills": "absent", "weight loss": "absent", "weak": "present"}


def test_a_wrapped_line_is_one_sentence_and_a_short_line_ends_one() -> None:
    wrapped = "The patient denies any of the following symptoms at this visit: fever,\nchills or weight loss."
    given = context(wrapped)
    at = wrapped.index("chills")
    assert meaning(given, at, at + 6) == "absent"
    narrow = "He had no\nfever or\nchills."
    given = context(narrow)
    said = {word: meaning(given, narrow.index(word), narrow.index(word) + len(word)) for word in ("fever", "chills")}
    assert said == {"fever": "absent", "chills": "absent"}
    listed = "No fever\nback pain 8 weeks"
    given = context(listed)
    at = listed.index("back pain")
    assert meaning(given, at, at + 9) == "present"


@pytest.mark.parametrize(
    ("text", "theirs", "own"),
    [
        ("Writing for my mother, she has back pain. I had numbness myself years ago.", "low_back_pain", "numbness"),
        ("He has a fever and a cough. I'm his mom and I have asthma myself.", "cough", "asthma"),
        ("Calling about my dad. His knee hurts. I get migraines, he never did.", "knee_pain", "migraine_history"),
    ],
)
def test_what_the_writer_says_of_themselves_is_not_the_patients(text: str, theirs: str, own: str) -> None:
    found = {f.id: f.status for f in read_clinical(text, date(2026, 11, 21)).findings}
    assert found[theirs] == "present"
    assert found[own] == "family"
