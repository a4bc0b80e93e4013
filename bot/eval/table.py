"""What `overturn eval` prints and puts into docs/reading.md: tables in Markdown, padded to be read as they are."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.cli_text import plain

Document = Mapping[str, Any]

_HEAD = ("part", "set", "what", "n", "TP", "FP", "FN", "TN", "precision", "recall", "F1", "share", "aim")
_COUNTS = ("n", "true_positives", "false_positives", "false_negatives", "true_negatives")
_LONGEST_HOW = 320
"""Characters shown of how a set was written; the file itself has the rest."""
_LONGEST = 120
"""Characters shown of one value of an error."""


def report(document: Document) -> str:
    """The files, the table and the reliability of confidences."""
    parts = [
        *(_file(file) for file in document["files"]),
        "",
        *_table(_HEAD, (_row(row) for row in document["rows"])),
    ]
    if document["reliability"]:
        head = ("part", "confidence", "n", "mean confidence", "share right")
        parts += ["", *_table(head, (_bin(b) for b in document["reliability"]))]
    return "\n".join(parts)


def _file(file: Document) -> str:
    """The file and how it was written, as far as whole sentences go."""
    how = ""
    for sentence in re.split(r"(?<=[.!?]) ", plain(file["how"])):
        if len(how) + len(sentence) > _LONGEST_HOW:
            break
        how += f" {sentence}"
    return f"- `{file['file']}`, {file['items']} item{'' if file['items'] == 1 else 's'}.{how}"


def errors(document: Document) -> str:
    """The worst errors, a line each; of the part that may be looked at."""
    lines = [
        f"{e['set']}  {_short(e['id'])}  {e['field']}: gold {_short(e['gold'])}, read {_short(e['read'])}"
        for e in document["errors"]
    ]
    return "\n".join(lines) or "No errors to show (only those of the dev part are)."


def _short(value: Any) -> str:
    text = plain("; ".join(map(str, value)) or "nothing" if isinstance(value, (list, tuple)) else str(value))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _row(row: Document) -> Sequence[str]:
    f1, value = row["shown"] == "f1", _number(row["value"])
    return (
        row["part"], row["set"], row["what"], *(str(row[name]) for name in _COUNTS),
        _number(row["precision"]), _number(row["recall"]), value if f1 else "", "" if f1 else value, _aim(row),
    )  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _aim(row: Document) -> str:
    if row["at_least"] is None and row["at_most"] is None:
        return ""
    aim = f"≥ {row['at_least']:g}" if row["at_least"] is not None else f"≤ {row['at_most']:g}"
    return aim if row["met"] is None else f"{aim}, {'met' if row['met'] else 'missed'}"


def _bin(found: Document) -> Sequence[str]:
    closing = "]" if found["to"] == 1 else ")"
    return (
        found["part"], f"[{found['from']:g}, {found['to']:g}{closing}", str(found["n"]),
        _number(found["mean_confidence"]), _number(found["share_right"]),
    )  # fmt: skip


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    lines = [head, *rows]
    widths = [max(len(line[n]) for line in lines) for n in range(len(head))]
    padded = ["| " + " | ".join(cell.ljust(w) for cell, w in zip(line, widths, strict=True)) + " |" for line in lines]
    return [padded[0], "|" + "|".join("-" * (w + 2) for w in widths) + "|", *padded[1:]]
