"""Reads every text of some sets and scores it: the document that `overturn eval --json` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from actions.reading import read
from bot.eval import clinical, denials, emergencies, intents
from bot.eval.counts import Judged, Row, Scored
from bot.eval.reliability import reliability
from bot.eval.sets import PARTS, SETS, Item, SetFile

Document = dict[str, Any]
Guessing = Callable[[Sequence[str]], Sequence[intents.Guess]]
"""From messages to what the pipeline takes each for."""
Hearing = Callable[[Sequence[tuple[str, date]]], Sequence["str | None"]]
"""From messages, each with its day, to the kind of emergency that each sounds like to the door's second ear."""

_OF_READING: Mapping[str, Callable[[Iterable[tuple[Item, Mapping[str, Any]]]], Scored]] = {
    "denials": denials.score,
    "clinical": clinical.score,
    "emergencies": emergencies.score,
}
_LISTENED_TO = ("clinical", "emergencies")
SHOWN_PART = "dev"
"""The only part whose errors are told one by one: what stands in the others must stay unseen."""


def evaluate(files: Sequence[SetFile], guess: Guessing, hear: Hearing, most_errors: int = 0) -> Document:
    """The files, a row for everything counted, the reliability of confidences, and the worst errors of each `dev` set.

    `guess` is called once, and only where there are messages of the set `intents`; `hear` once, where there are others.
    """
    document: Document = {"files": [], "rows": [], "reliability": [], "errors": []}
    messages = [item.text for file in files if file.set == "intents" for item in file.items]
    guessed = dict(zip(messages, guess(messages), strict=True)) if messages else {}
    told = [(item.text, item.today) for file in files if file.set in _LISTENED_TO for item in file.items]
    sounds = {text: heard for (text, _), heard in zip(told, hear(told), strict=True)} if told else {}
    for file in files:
        document["files"].append(
            {"set": file.set, "part": file.part, "file": file.name, "items": len(file.items), "how": file.how}
        )
    for part in PARTS:
        sure: list[tuple[float, bool]] = []
        for name in SETS:
            items = [item for file in files if (file.set, file.part) == (name, part) for item in file.items]
            if not items:
                continue
            scored = _scored(name, items, guessed, sounds)
            document["rows"] += [_row(part, row) for row in scored.rows]
            sure += scored.sure
            if part == SHOWN_PART:
                document["errors"] += [_error(name, error) for error in scored.errors[:most_errors]]
        document["reliability"] += [
            {
                "part": part,
                "from": found.low,
                "to": found.high,
                "n": found.n,
                "mean_confidence": found.confidence,
                "share_right": found.right,
            }
            for found in reliability(sure)
        ]
    return document


def _scored(
    name: str, items: Sequence[Item], guessed: Mapping[str, intents.Guess], sounds: Mapping[str, str | None]
) -> Scored:
    if name == "intents":
        return intents.score((item, guessed[item.text]) for item in items)
    return _OF_READING[name](
        (item, {**read(item.text, item.today).to_json(), "sounds_like": sounds.get(item.text)}) for item in items
    )


def _row(part: str, row: Row) -> Document:
    counts, value = row.counts, row.value
    return {
        "part": part,
        "set": row.set,
        "what": row.what,
        "shown": row.shown,
        "n": counts.fp + counts.tn if row.shown == "wrong" else counts.tp + counts.fn,
        "true_positives": counts.tp,
        "false_positives": counts.fp,
        "false_negatives": counts.fn,
        "true_negatives": counts.tn,
        "precision": counts.precision if row.shown == "f1" else None,
        "recall": counts.recall if row.shown == "f1" else None,
        "value": value,
        "at_least": row.aim.value if row.aim and not row.aim.at_most else None,
        "at_most": row.aim.value if row.aim and row.aim.at_most else None,
        "met": row.aim.met(value) if row.aim and value is not None else None,
    }


def _error(name: str, error: Judged) -> Document:
    return {"set": name, "id": error.item, "field": error.what, "gold": error.gold, "read": error.read}
