"""How long something has lasted, whose length that is, and how old somebody is, as people tell it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 21)
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "times.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_the_times_that_are_told(row: dict[str, Any]) -> None:
    found = read_clinical(row["text"], TODAY)
    wanted = {name: None if said == "none" else said for name, said in row.items()}
    if "symptom_weeks" in row:
        assert found.symptom_weeks == wanted["symptom_weeks"]
    if "age" in row:
        assert found.age == wanted["age"]
    for name, weeks in row.get("weeks", {}).items():
        told = [f.weeks for f in found.findings if f.id == name]
        assert told == [None if weeks == "none" else weeks]
