"""Rows of a spreadsheet, pasted with the row of headings over them: "payer,auth_no,cpt" over "Oscar,77A,73721".

Marks part the cells, not places: columns that only stand under each other are read by those who look for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_MARKS = "|,;"
_LEAST = 4
"""Cells in a row of headings, at least: a sentence may have as many commas, but no row under it has as many too."""
_HEAD = re.compile(r"[A-Za-z][A-Za-z0-9 _./#()-]{0,23}\Z")
_CELL = {mark: re.compile(rf'[ ]*(?:"([^"\n]*)"|([^{mark}\n]*))[ ]*(?:{re.escape(mark)}|\Z)') for mark in _MARKS}
_MOST_ROWS = 20


@dataclass(frozen=True)
class Cell:
    """A cell under its heading; start:end is its place in the text, quotes left out."""

    head: str
    row: int
    text: str
    start: int
    end: int


# Several readers look for cells of one text; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def cells(text: str) -> tuple[Cell, ...]:
    """The cells of every row that has as many of them as the row of headings over it, in order."""
    found: list[Cell] = []
    lines = text.split("\n")
    offset = 0
    for number, line in enumerate(lines):
        mark = max(_MARKS, key=line.count)
        if line.count(mark) >= _LEAST - 1 and number + 1 < len(lines):
            heads = [words for words, _, _ in _parts(line, mark, 0)]
            if len(heads) >= _LEAST and sum(bool(_HEAD.match(head)) for head in heads) >= len(heads) - 1:
                found += _under(heads, mark, lines, number, offset + len(line) + 1)
        offset += len(line) + 1
    return tuple(found)


def _under(heads: list[str], mark: str, lines: list[str], number: int, offset: int) -> list[Cell]:
    found = []
    for row, line in enumerate(lines[number + 1 : number + 1 + _MOST_ROWS]):
        if mark == "|" and not line.strip("|-: "):
            offset += len(line) + 1
            continue
        parts = _parts(line, mark, offset)
        if len(parts) != len(heads) or not any(c.isdigit() for c in line):
            break
        found += [
            Cell(head.lower().replace("_", " "), row, words, start, end)
            for head, (words, start, end) in zip(heads, parts, strict=True)
        ]
        offset += len(line) + 1
    return found


def _parts(line: str, mark: str, offset: int) -> list[tuple[str, int, int]]:
    """(words, start, end) of each cell; a mark at the line's very ends parts nothing."""
    inner = line.rstrip(" " + mark) if mark == "|" else line.rstrip()
    place = len(line) - len(line.lstrip(" " + mark)) if mark == "|" else 0
    found = []
    while place <= len(inner):
        hit = _CELL[mark].match(inner, place)
        if hit is None:
            break
        group = 1 if hit[1] is not None else 2
        words = hit[group].rstrip()
        found.append((words, offset + hit.start(group), offset + hit.start(group) + len(words)))
        if hit.end() == len(inner) and inner[hit.end() - 1 : hit.end()] != mark:
            break
        place = max(hit.end(), place + 1)
    return found
