"""Lines that a page broke only for want of room, joined again.

Reading takes a short line for one that stands by itself, and so it is in a chat. In a narrow column every line is
short: "denies recent / fever" would become a fever.
"""

from __future__ import annotations

import re

_FULL = 0.7
"""Of the longest line of its paragraph: a line that long had no room for more."""
_NARROWEST = 16
_ENDS = re.compile(r"[.:;!?)\]]\Z")
_COLUMNS = re.compile(r"\S {3,}\S")


def joined(text: str) -> str:
    """The text with one line for each run of lines that go on in small letters; paragraphs, lists and tables stay."""
    return "\n\n".join(_paragraph(part.split("\n")) for part in text.split("\n\n"))


def _paragraph(lines: list[str]) -> str:
    width = max(len(line.rstrip()) for line in lines)
    made = lines[0]
    for before, after in zip(lines, lines[1:], strict=False):
        made += (" " if _goes_on(before.rstrip(), after, width) else "\n") + after
    return made


def _goes_on(before: str, after: str, width: int) -> bool:
    return (
        width >= _NARROWEST
        and len(before) >= _FULL * width
        and after[:1].islower()
        and not (before.endswith("-") or _ENDS.search(before))
        and not (_COLUMNS.search(before) or _COLUMNS.search(after))
    )
