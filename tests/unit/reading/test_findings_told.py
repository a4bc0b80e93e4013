"""Findings as people tell them, with status and side, and what only sounds like one (`tables/findings.yml`)."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 22)
TABLE = yaml.safe_load((Path(__file__).parent / "tables" / "findings.yml").read_text("utf-8"))


def _read(text: str) -> set[tuple[str | None, ...]]:
    """Each finding as (id, status, side), and as what a shorter row names of it."""
    found = {(f.id, f.status, f.side) for f in read_clinical(text, TODAY).findings}
    return {part for item in found for part in (item, item[:2])}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row["text"])
def test_what_is_told_is_read_and_no_more(row: dict[str, Any]) -> None:
    read = _read(row["text"])
    for said in row.get("has", ()):
        named = tuple(said.split())
        assert (named if len(named) > 1 else (*named, "present")) in read, (said, read)
    for never in row.get("not", ()):
        named = tuple(never.split())
        assert not [item for item in read if item[: len(named)] == named], (never, read)
