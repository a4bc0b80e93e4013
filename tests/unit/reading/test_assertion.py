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
    ("text", "expected"),
    [
        ("Dizziness  [ ] Y [x] N", "absent"),
        ("dizziness: ☐ yes ☒ no", "absent"),
        ("dizziness yes ( ) no (x)", "absent"),
        ("dizziness n, cough y", "absent"),
        ("dizziness n the room spinning", "present"),
    ],
)
def test_an_answer_behind_a_label(text: str, expected: str) -> None:
    start = text.lower().index("dizziness")
    assert meaning(context(text), start, start + len("dizziness")) == expected


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


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("My cheek drooped and my words slurred, lasted ten minutes, all gone since.", "speech_problem", "historical"),
        ("The first three days I couldn't bear weight on it, now I can.", "unable_to_bear_weight", "historical"),
        ("He had a concussion in middle school, nothing came of it.", "head_injury", "historical"),
        ("My knee gave way in sixth grade and it has given way ever since.", "giving_way", "present"),
        ("I couldn't lift my arm at all, now I can hardly move it.", "unable_to_lift_arm", "present"),
        ("Writing for my sister Jo. I'm the asthmatic, she isn't.", "asthma", "family"),
        ("Chills (y/n): n", "chills", "absent"),
        ("Family history of aneurysm: Yes", "aneurysm", "family"),
        ("Personal hx of aneurysm: Yes", "aneurysm", "present"),
        ("My coach keeps saying it's a fracture.", "fracture", "uncertain"),
        ("My doctor says it's arthritis.", "arthritis", "present"),
        ("Considering hip replacement.", "surgery_candidate", "present"),
        ("She never smoked cigarettes.", "smoking_history", "absent"),
    ],
)
def test_what_is_over_a_relatives_or_only_said_is_not_present(text: str, finding: str, status: str) -> None:
    found = {f.id: f.status for f in read_clinical(text, date(2026, 11, 21)).findings}
    assert found[finding] == status


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("He had scarlet fever as a baby.", "fever"),
        ("I take Tylenol Arthritis.", "arthritis"),
        ("It gets worse when I twist.", "progressive_worsening"),
        ("Crutches not needed.", "clicking"),
    ],
)
def test_words_that_hold_a_findings_name_by_chance_say_nothing(text: str, finding: str) -> None:
    assert finding not in {f.id for f in read_clinical(text, date(2026, 11, 21)).findings}
