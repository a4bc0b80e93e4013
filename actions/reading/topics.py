"""What the sentences of a denial are about, where none of them says a reason in words that are known.

Every denial has a reason. Where no wording was recognized, a sentence that names a network, or a claim and a time
limit, says it all the same, however it is put: `rules/topics.yml` lists the words of each matter and, for each reason,
the matters that must stand together in one sentence.
"""

from __future__ import annotations

import re
from functools import cache

from actions.reading.rules import pattern, rules

_LONGEST = 1_500
"""Characters: what goes on for longer is no sentence, and may be about anything."""


def topic(text: str, *, letter: bool) -> tuple[str, tuple[int, int]] | None:
    """The reason that a sentence is about, the most telling first, and where its words stand in it."""
    if len(text) > _LONGEST or _beside("beside" if letter else "of_appeals").search(text):
        return None
    for name, listed in rules("topics")["reasons"].items():
        for matters in listed:
            span = _together(matters, text)
            if span:
                return name, span
    return None


def _together(matters: str, text: str) -> tuple[int, int] | None:
    """Where all of these matters stand, from the first of their words to the last; a matter after "-" must not."""
    places = []
    for each in matters.split(" "):
        hit = _any(each.lstrip("-")).search(text)
        if bool(hit) == each.startswith("-"):
            return None
        if hit:
            places.append(hit.span())
    return min(start for start, _ in places), max(end for _, end in places)


@cache
def _any(names: str) -> re.Pattern[str]:
    return pattern(rules("topics")["matters"][name] for name in names.split("|"))


@cache
def _beside(name: str) -> re.Pattern[str]:
    return pattern(rules("topics")[name])
