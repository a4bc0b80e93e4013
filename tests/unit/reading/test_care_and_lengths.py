"""Whose length a length is, and which care was had; the sentences are in `tables/care_and_lengths.yml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 21)
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "care_and_lengths.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_care_and_how_long(row: dict[str, Any]) -> None:
    found = read_clinical(row["text"], TODAY)
    if "care" in row:
        read = [[t.kind, t.status, "none" if t.weeks is None else t.weeks] for t in found.treatments]
        assert read == row["care"]
    if "symptom_weeks" in row:
        assert found.symptom_weeks == (None if row["symptom_weeks"] == "none" else row["symptom_weeks"])
    for name, weeks in row.get("weeks", {}).items():
        assert {f.weeks for f in found.findings if f.id == name} == {None if weeks == "none" else weeks}


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "directed"),
    [
        ("s/p PT 6 wks, HEP, NSAIDs w/o relief", "physical_therapy", "none", None),
        ("PT 6 weeks, ibuprofen helped some", "physical_therapy", None, None),
        ("subacromial injection 9/15 ~50% x 2 wk", "injection", "partial", "provider"),
        ("CSI 10/6 w/ 3 wks relief", "injection", "partial", "provider"),
        ("Gabapentin, oxycodone; relief minimal", "opioid", "partial", None),
        ("CAM boot 6w (our Rx), ibuprofen OTC", "nsaid", None, "self"),
        ("PT 10 weeks with a therapist", "physical_therapy", None, "provider"),
    ],
)
def test_how_it_went_and_who_ordered_it(text: str, kind: str, outcome: str | None, directed: str | None) -> None:
    item = next(t for t in read_clinical(text, TODAY).treatments if t.kind == kind)
    assert (item.outcome, item.directed) == (outcome, directed)
