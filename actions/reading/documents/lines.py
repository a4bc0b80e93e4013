"""Tesseract's table of words put together again as lines and paragraphs.

Its own plain text has an empty line wherever it takes a line for a paragraph. That would cut "necessary when there is
cancer, a fracture or an infection" into pieces, and a piece of a rule reads like a fact about the patient. So an empty
line stands here only where the page has a gap.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from statistics import mean, median

_WORD = "5"
_COLUMN = "    "
"""Between the cells of a row: reading takes a wide gap for a column."""
_WIDE = 2.0
"""Heights of a line: a wider gap between two words is one between columns."""
_GAP = 1.45
"""Times the usual distance of two lines: a greater distance is one between paragraphs."""


_DOUBTFUL = 30.0
"""Per cent of certainty. Of 185 words with digits in photos 7 were less sure, and 6 of those were wrong: they would
have been taken for a member's. A value that is missing is asked for; a wrong one is believed."""
_NOISE, _SOME = 35.0, 3
"""A line of three words and more that is less sure is no print at all, such as a rule across the page: of 399 lines one
was, and "RA" in it was taken for arthritis."""
_UNREAD = "[?]"
_SAYS = re.compile(r"[A-Za-z0-9*•-]")


@dataclass
class _Line:
    """A line of print: `middle` and `height` in pixels, its text, where its last word ends, how sure each word is."""

    block: str
    middle: float
    height: float
    text: str
    end: int
    sure: list[float]


def text_of(table: str) -> str:
    """The text of a page from Tesseract's TSV output; "" where it found no word."""
    lines: list[_Line] = []
    name = None
    for row in table.splitlines()[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12:
            continue
        level, page, block, paragraph, line, _, left, top, width, height, sure, word = cells
        if level != _WORD or not word.strip():
            continue
        if float(sure) < _DOUBTFUL and any(char.isdigit() for char in word):
            word = _UNREAD
        start, high = int(left), float(height)
        if name != (page, block, paragraph, line):
            name = (page, block, paragraph, line)
            lines.append(_Line(block, int(top) + high / 2, high, word, start + int(width), [float(sure)]))
            continue
        last = lines[-1]
        far = start - last.end > _WIDE * last.height
        if far and not _SAYS.search(last.text):
            last.text = ""  # a speck on the margin is no cell of a table
        last.text += (_COLUMN if far and last.text else " " if last.text else "") + word
        last.sure.append(float(sure))
        last.end = start + int(width)
        last.height = max(last.height, high)
    for one in lines:
        if len(one.sure) >= _SOME and mean(one.sure) < _NOISE:
            one.text = _UNREAD
    return _paragraphs(lines)


def _paragraphs(lines: list[_Line]) -> str:
    if not lines:
        return ""
    steps = [after.middle - before.middle for before, after in pairwise(lines) if before.block == after.block]
    usual = median([step for step in steps if step > 0] or [2 * lines[0].height])
    text = lines[0].text
    for before, after in pairwise(lines):
        step = after.middle - before.middle
        text += ("\n" if 0 < step < _GAP * usual else "\n\n") + after.text
    return text
