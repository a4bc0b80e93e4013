"""Sets of one or two items, and a reading that says what a test wants, for the tests of the scoring."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from actions.reading import Reading
from bot.eval.counts import Counts, Row, Scored
from bot.eval.sets import Item

TODAY = date(2026, 11, 21)


def document(**said: Any) -> dict[str, Any]:
    """The document of `overturn read --json` for an empty text, with these keys replaced, of a mapping one by one."""
    found = Reading().to_json()
    for key, value in said.items():
        found[key] = {**found[key], **value} if isinstance(value, Mapping) and key != "fields" else value
    return found


def hit(id: str, level: str = "E") -> dict[str, Any]:
    return {"id": id, "level": level, "words": "", "start": 0, "end": 0}


def field(value: Any, confidence: float, words: str = "") -> dict[str, Any]:
    return {"value": value, "words": words, "start": 0, "end": 0, "confidence": confidence}


def item(gold: Mapping[str, Any], id: str = "one") -> Item:
    return Item(id, TODAY, "a text", gold)


def row(scored: Scored, what: str) -> Row:
    return next(row for row in scored.rows if row.what == what)


def counts(score: Callable[[Iterable[Any]], Scored], what: str, *pairs: Any) -> Counts:
    """What the row `what` counts over these pairs of an item and what was read."""
    return row(score(pairs), what).counts
