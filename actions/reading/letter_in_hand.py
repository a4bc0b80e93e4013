"""Two letters in one paste, an old one and the one that is to be appealed: only the newest denial is in hand.

Each letter has its own date, its own clock and its own reasons. Where the paste holds two that deny, the parts of the
older ones are blotted out, all else in its place, before a denial is read: the old 180 days are no time to appeal now.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from actions.reading.compiled import compiled

_MOST_LETTERS = 6
_SHORTEST = 80
"""Characters of a letter at the least."""
# A line drawn across, or the person's own word for what they paste next.
_RULE = compiled(r"^[ ]{0,12}(?:[-=_*~#+][ ]?){3,200}$", re.M)
_ANNOUNCED = compiled(
    r"^[ ]{0,4}[(\[*]{0,2}(?:(?:and |ok |so |now |here(?:'s| is| was) )?(?:the |my |this (?:is|"
    r"was) the )?(?:old|older|first|1st|earlier|previous|"
    r"new|newer|newest|second|2nd|latest|most recent|current|other|next|last)[ ](?:\w{3,8} )?(?:letter|notice|"
    r"denial|one|paper|eob)|"
    r"(?:letter|notice|denial) (?:#|no\.? ?|number )?(?:1|2|one|two))\b[^\n]{0,50}$",
    re.M | re.I,
)
_DEAR = compiled(r"^[ ]{0,12}dear[ ][^\n]{2,50}$", re.M | re.I)


@dataclass(frozen=True)
class _Letter:
    start: int
    end: int
    dated: date


def in_hand(text: str, dated: Callable[[str], date | None], denies: Callable[[str], bool]) -> str:
    """The text with the older of several denying letters blotted out, or the text itself where there is one.

    `dated` and `denies` tell the day of a letter's notice and whether it denies.
    """
    bounds = _bounds(text)
    if len(bounds) < 3:
        return text
    letters = []
    for start, end in zip(bounds, bounds[1:], strict=False):
        part = text[start:end]
        if len(part.strip()) < _SHORTEST or not denies(part):
            continue
        day = dated(part)
        if day is not None:
            letters.append(_Letter(start, end, day))
    if len(letters) < 2 or len({letter.dated for letter in letters}) < 2:
        return text
    newest = max(letters, key=lambda letter: letter.dated)
    for letter in letters:
        if letter.dated < newest.dated:
            text = text[: letter.start] + _blotted(text[letter.start : letter.end]) + text[letter.end :]
    return text


def _bounds(text: str) -> list[int]:
    """Where letters may begin, the text's end last: behind a line drawn, at a word for it, over a second "Dear"."""
    places = {0, len(text)}
    places |= {hit.end() for hit in _RULE.finditer(text)}
    places |= {hit.start() for hit in _ANNOUNCED.finditer(text)}
    dears = [hit.start() for hit in _DEAR.finditer(text)]
    for before, place in zip(dears, dears[1:], strict=False):
        if not any(before < each < place for each in places):
            places.add(_head_over(text, before, place))
    ordered = sorted(places)
    return ordered if len(ordered) <= 2 * _MOST_LETTERS else [0, len(text)]


def _head_over(text: str, before: int, place: int) -> int:
    """Where the letter begins whose salutation stands at `place`: at its letterhead's line, else at "Dear"."""
    letterhead = text.lstrip().split("\n", 1)[0].strip().lower()
    again = text.lower().rfind("\n" + letterhead, before, place) if len(letterhead) > 3 else -1
    return again + 1 if again >= 0 else place


def _blotted(part: str) -> str:
    return re.sub(r"[^\n]", " ", part)
