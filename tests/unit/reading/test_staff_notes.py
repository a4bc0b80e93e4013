"""Staff shorthand and the same in patients' words: results, signs, stages, sizes, operations weighed or planned."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading import read
from actions.reading.labs import labs

TODAY = date(2026, 11, 22)
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "staff_notes.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:70])
def test_a_note_says_what_it_says_and_no_more(row: dict[str, Any]) -> None:
    found = {(f.id, f.status) for f in read(row["text"], TODAY).findings}
    assert set(row.get("told", {}).items()) <= found
    assert not {finding for finding, _ in found} & set(row.get("not", ()))


def test_a_course_of_psa_is_no_length_of_a_complaint() -> None:
    assert read("PSA trend 5.2 -> 6.9 -> 9.3 over 18 mos.", TODAY).symptom_weeks is None


def test_a_text_without_laboratory_words_has_no_results() -> None:
    assert labs("my knee is normal and my back is high up", ()) == []


def test_many_tests_in_a_row_are_read_quickly() -> None:
    assert labs("crp, esr, ast, alt, " * 500, ()) == []
