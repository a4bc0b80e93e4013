"""The parts of a payer's letter that seldom give the reason of this denial, though their words may name one.

What a letter says of rights, of members and providers in general, of another request, and the lines that only name the
case. What these say counts where nothing else in the letter gives a reason; `rules/general.yml` lists their words.
Unlike `general`, which leaves out what never is a reason.
"""

from __future__ import annotations

import re
from functools import cache

from actions.reading.compiled import compiled
from actions.reading.general import heading_in_line, words
from actions.reading.rules import rules
from actions.reading.text import Sentence


def lesser_parts(parts: list[Sentence], text: str) -> list[tuple[int, int]]:
    """Spans of the plain text that give a reason only where no other part does, ascending."""
    found = [
        (part.start, part.end)
        for part in parts
        if words("lesser").search(part.text) or _names_the_case(part.text)
    ]
    return sorted([*found, *_headed(parts, text)])


def rights(parts: list[Sentence], since: int) -> list[tuple[int, int]]:
    """The sentences from the first that tells of appeals or calls behind `since`, to the next that gives reasons."""
    spans, inside = [], False
    for part in parts:
        if part.start < since:
            continue
        if words("gives_reasons").match(part.text):
            inside = False
        elif words("of_rights").search(part.text):
            inside = True
        if inside:
            spans.append((part.start, part.end))
    return spans


def _names_the_case(text: str) -> bool:
    return _case_line().match(text) is not None and not words("of_a_denial").search(text)


@cache
def _case_line() -> re.Pattern[str]:
    return compiled(str(rules("general")["case_line"]).strip(), re.I)


def _headed(parts: list[Sentence], text: str) -> list[tuple[int, int]]:
    """What stands behind "General information:" in its line, to the end of the paragraph."""
    spans, until = [], 0
    for part in parts:
        if heading_in_line(part.text):
            until = text.find("\n\n", part.start + 1)
            until = len(text) if until < 0 else until
        if part.start < until:
            spans.append((part.start, part.end))
    return spans
