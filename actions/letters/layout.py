"""The letter as plain JSON values, each blank marked: all that is needed to set it in type, now or later."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from actions.letters.document import Block, Box, Bullets, Heading, Letter, Lines, Paragraph, Table, words

Span = dict[str, Any]
"""A run of text: `{"text": …, "blank": bool}`."""


def layout(letter: Letter) -> dict[str, Any]:
    """Title, date and blocks of the letter."""
    names = [re.escape(f"[{name}]") for name in letter.blanks]
    blank = re.compile("(" + "|".join(names) + ")") if names else None

    def spans(line: str) -> list[Span]:
        parts = blank.split(line) if blank else [line]
        return [{"text": part, "blank": index % 2 == 1} for index, part in enumerate(parts) if part]

    return {
        "title": letter.title,
        "date": [letter.date.year, letter.date.month, letter.date.day],
        "cover": [_block(block, spans) for block in letter.cover],
        "body": [_block(block, spans) for block in letter.body],
    }


def _block(block: Block, spans: Callable[[str], list[Span]]) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "level": block.level, "spans": spans(block.text)}
    if isinstance(block, Paragraph):
        return {"type": "paragraph", "spans": spans(" ".join(words(piece) for piece in block.pieces))}
    if isinstance(block, Lines):
        return {"type": "lines", "lines": [spans(words(piece)) for piece in block.lines]}
    if isinstance(block, Bullets):
        return {"type": "bullets", "check": block.check, "items": [spans(words(piece)) for piece in block.items]}
    if isinstance(block, Box):
        return {
            "type": "box", "alert": block.alert, "title": spans(block.title), "big": spans(words(block.big)),
            "small": [spans(words(piece)) for piece in block.small],
        }  # fmt: skip
    return _table(block, spans)


def _table(block: Table, spans: Callable[[str], list[Span]]) -> dict[str, Any]:
    return {
        "type": "table", "caption": spans(block.caption), "header": [spans(cell) for cell in block.header],
        "widths": list(block.widths or (1,) * len(block.header)),
        "rows": [[spans(cell) for cell in row.cells] for row in block.rows],
    }  # fmt: skip
