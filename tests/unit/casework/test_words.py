"""The words of a talk: whatever is typed, they are looked through at once."""

from __future__ import annotations

import pytest

from actions.casework import words


@pytest.mark.timeout(40)
@pytest.mark.parametrize("part", ["i've ", "i've", "they've we've ", "no, no ", "already have has ", "the ", "ok so "])
def test_hostile_repetition_is_looked_through(part: str) -> None:
    for pattern in words._records().values():
        pattern.search(part * 60)
        pattern.fullmatch(f"{part * 60}!")
