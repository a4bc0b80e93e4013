"""Words that people in a hurry misspell, mended before the emergency watch looks; every offset leads back.

Only the words of `misspelt` and `short` in `rules/emergency_stories.yml` are mended to, and never a word that is
written as it should be.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.language import Spellings
from actions.reading.stories import spelling

_WORD = re.compile(r"[A-Za-z]{4,20}")


@dataclass(frozen=True)
class Mended:
    """`text` as it was meant, and the way back to the text as it was given."""

    text: str
    changes: tuple[tuple[int, int, int], ...] = ()
    """Of each mended word: (its end in `text`, its end in the text as given, its start in the text as given)."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the text as given; a mended word counts whole."""
        return self._at(start, first=True), self._at(end, first=False)

    def _at(self, offset: int, *, first: bool) -> int:
        place = bisect_right(self.changes, (offset, 1 << 60, 0)) - 1
        moved = offset + (self.changes[place][1] - self.changes[place][0] if place >= 0 else 0)
        if place + 1 < len(self.changes):
            _, last, begin = self.changes[place + 1]
            if begin < moved:
                return begin if first else last
        return moved


@lru_cache(maxsize=1)
def _known() -> tuple[Spellings, frozenset[str], dict[str, str]]:
    meant, right, short = spelling()
    return Spellings(meant), right | frozenset(meant), short


def mended(text: str) -> Mended:
    """The text with misspelt words of an emergency as they were meant."""
    spellings, right, short = _known()
    parts: list[str] = []
    changes = []
    last = length = 0
    for m in _WORD.finditer(text):
        word = m[0].lower()
        if word in right:
            continue
        meant = short.get(word) or (spellings.meant(word) if len(word) >= 6 else None)
        if meant is None or meant == word:
            continue
        parts += [text[last : m.start()], meant]
        length += m.start() - last + len(meant)
        changes.append((length, m.end(), m.start()))
        last = m.end()
    return Mended("".join(parts) + text[last:], tuple(changes)) if changes else Mended(text)
