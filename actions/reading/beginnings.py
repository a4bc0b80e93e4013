"""How the matches of an expression may begin: the letters that a text must hold before it is worth running."""

from __future__ import annotations

import re
import sre_parse
from collections.abc import Collection
from sre_constants import (
    ASSERT,
    ASSERT_NOT,
    AT,
    AT_BOUNDARY,
    BRANCH,
    IN,
    LITERAL,
    MAX_REPEAT,
    MIN_REPEAT,
    RANGE,
    SUBPATTERN,
)
from typing import Any, NamedTuple

LONGEST = 5
"""Letters of a beginning at the most."""
APART = "\x02"
"""Before a beginning that no letter stands before."""
BETWEEN = "\0"
"""Between two beginnings that are written down together."""
_MOST = 1_500
"""Beginnings of one expression; with more, shorter ones stand for several."""
_WIDEST = 30
"""Letters that may stand at one place."""
ODD = "\u0131\u0130\u017f\u212a"
"""What an expression without regard to capitals takes for an i, an s or a k."""

ALIKE = ("aeiou", "csz", "0123456789", " \n\t")
"""Letters that beginnings do not tell apart, so that a class of them, or a misspelt word's, makes few of them."""
_ALIKE = str.maketrans({letter: letters[0] for letters in ALIKE for letter in letters})

MOST_PLACES = 0.5
"""What may begin at a larger share of all places is looked for everywhere."""
_FEW_PLACES = 0.05
"""An alternative that may begin at a larger share of all places is set apart from the others."""
_ANYWHERE = 1.0

_Begun = dict[str, bool]
"""Each beginning, and whether what the expression says next stands directly behind it; else anything may."""


def evened(small: str) -> str:
    """A text in small letters, with one for all letters that are not told apart; of the same length."""
    return small.translate(_ALIKE)


def beginnings(parsed: sre_parse.SubPattern) -> frozenset[str]:
    """In small letters, `evened`, what every match of the expression begins with one of; empty where nothing is known.

    Those that begin with `APART` stand where no letter of the alphabet stands before. Holds for texts without the
    `ODD` letters, put in small letters and evened.
    """
    return _plainly(_sequence(parsed, bool(parsed.state.flags & re.IGNORECASE)))


def _plainly(begun: _Begun) -> frozenset[str]:
    # Before another mark than a letter or a digit, a word's end is where a letter does stand before.
    return _shortest({start if start[1:2].isalnum() else start.lstrip(APART) for start in begun})


def share(found: Collection[str]) -> float:
    """In how large a share of all places one of them may stand, were all letters as frequent."""
    return sum(20.0 ** (2 - len(b)) / 4 if b[0] == APART else 20.0 ** -len(b) for b in found) if found else _ANYWHERE


class Parted(NamedTuple):
    """How the matches of an expression may be looked for."""

    first: frozenset[str]
    """The `beginnings` of its matches, but for those of `rest`; empty where nothing is known of any."""
    rest: sre_parse.SubPattern | None
    """The expression with only those alternatives that may begin anyhow, where there are others."""
    inside: frozenset[str]
    """What stands somewhere in each match that may begin anyhow: one of these, written as beginnings are."""


def parted(parsed: sre_parse.SubPattern) -> Parted:
    """The alternatives that begin with known letters apart from those of which only some letters inside are known."""
    first = beginnings(parsed)
    if share(first) <= MOST_PLACES:
        return Parted(first, None, frozenset())
    each = [(one, beginnings(_only(parsed, [one]))) for one in _alternatives(parsed)]
    strong = [begun for _, begun in each if share(begun) <= _FEW_PLACES]
    weak = [one for one, begun in each if share(begun) > _FEW_PLACES]
    if not (strong and weak and parsed.getwidth()[0]):
        return Parted(frozenset(), None, _inside(parsed))
    rest = _only(parsed, weak)
    return Parted(_shortest(set().union(*strong)), rest, _inside(rest))


_WITHOUT_LENGTH = (AT, ASSERT, ASSERT_NOT)


def _inner(parsed: Any) -> int | None:
    """Where an expression has its only part of any length, when that is a group or a list of alternatives."""
    long = [i for i, (kind, _) in enumerate(parsed) if kind not in _WITHOUT_LENGTH]
    return long[0] if len(long) == 1 and parsed[long[0]][0] in (SUBPATTERN, BRANCH) else None


def _alternatives(parsed: Any) -> list[Any]:
    at = _inner(parsed)
    if at is None:
        return []
    kind, given = parsed[at]
    return given[1] if kind is BRANCH else _alternatives(given[3])


def _only(parsed: Any, chosen: list[Any]) -> sre_parse.SubPattern:
    """The expression, which has alternatives, with the chosen of them alone."""
    at = _inner(parsed) or 0
    kind, given = parsed[at]
    part = (None, chosen) if kind is BRANCH else (*given[:3], _only(given[3], chosen))
    return sre_parse.SubPattern(parsed.state, [*parsed[:at], (kind, part), *parsed[at + 1 :]])


def _inside(parsed: sre_parse.SubPattern) -> frozenset[str]:
    found = _held(parsed, bool(parsed.state.flags & re.IGNORECASE))
    return found if share(found) <= MOST_PLACES else frozenset()


def _held(parsed: Any, any_case: bool) -> frozenset[str]:
    """What one of stands somewhere in every match: of all such lists the one that fewest places fit."""
    ways = [_plainly(_sequence(parsed[i:], any_case)) for i in range(len(parsed))]
    for kind, given in parsed:
        if kind is SUBPATTERN:
            ways.append(_held(given[3], any_case))
        elif kind in (MAX_REPEAT, MIN_REPEAT) and given[0]:
            ways.append(_held(given[2], any_case))
        elif kind is BRANCH:
            each = [_held(one, any_case) for one in given[1]]
            ways.append(_shortest(set().union(*each)) if all(each) else frozenset())
    return min(ways, key=share, default=frozenset())


def _sequence(parsed: Any, any_case: bool) -> _Begun:
    begun: _Begun = {"": True}
    for kind, given in parsed:
        if not any(begun.values()):
            break
        begun = _joined(begun, _one(kind, given, any_case))
    return begun


def _one(kind: Any, given: Any, any_case: bool) -> _Begun:
    """How one part of an expression may begin."""
    if kind is AT and given is AT_BOUNDARY or kind is ASSERT_NOT and _no_letter_before(given, any_case):
        return {APART: True}
    if kind in (AT, ASSERT, ASSERT_NOT):
        return {"": True}
    if kind is LITERAL:
        return _letters([given])
    if kind is IN:
        return _any_letter(given)
    if kind is SUBPATTERN:
        return _sequence(given[3], any_case)
    if kind is BRANCH:
        return _either(*(_sequence(part, any_case) for part in given[1]))
    if kind in (MAX_REPEAT, MIN_REPEAT):
        return _repeated(given[0], given[1], _sequence(given[2], any_case))
    return {"": False}


def _no_letter_before(given: Any, any_case: bool) -> bool:
    """Whether a "not after" excludes every letter from a to z."""
    direction, parsed = given
    if direction >= 0 or len(parsed) != 1 or parsed[0][0] is not IN:
        return False
    ranges = [what for kind, what in parsed[0][1] if kind is RANGE]
    return (97, 122) in ranges and (any_case or (65, 90) in ranges)


def _repeated(least: int, most: int, once: _Begun) -> _Begun:
    ways: list[_Begun] = [{"": True}]
    for _ in range(min(least, LONGEST)):
        ways = [_joined(ways[0], once)]
    for _ in range(min(most - least, LONGEST)):
        ways.append(_joined(ways[-1], once))
    if most - least > LONGEST:
        ways[-1] = dict.fromkeys(ways[-1], False)
    return _either(*ways)


def _any_letter(given: list[tuple[Any, Any]]) -> _Begun:
    codes: list[int] = []
    for kind, what in given:
        if kind is LITERAL:
            codes.append(what)
        elif kind is RANGE and what[1] - what[0] < _WIDEST:
            codes += range(what[0], what[1] + 1)
        else:
            return {"": False}
    return _letters(codes)


def _letters(codes: list[int]) -> _Begun:
    """Each letter by itself; of another alphabet only what has no capitals."""
    letters = {evened(chr(code).lower()) for code in codes}
    if len(letters) > _WIDEST or any(not c.isascii() and c.lower() != c.upper() for c in letters):
        return {"": False}
    return dict.fromkeys(letters, True)


def _joined(begun: _Begun, following: _Begun) -> _Begun:
    made: _Begun = {}
    for start, direct in begun.items():
        if not direct:
            made[start] = False
            continue
        for more, goes_on in following.items():
            whole = start + (more.lstrip(APART) if start else more)
            most = LONGEST + whole.startswith(APART)
            cut = whole[:most]
            made[cut] = made.get(cut, True) and goes_on and len(whole) < most
    length = LONGEST
    while len(made) > _MOST:
        length -= 1
        made = {start[: length + start.startswith(APART)]: False for start in made}
    return made


def _either(*ways: _Begun) -> _Begun:
    made: _Begun = {}
    for way in ways:
        for start, direct in way.items():
            made[start] = made.get(start, True) and direct
    return made


def _shortest(begun: set[str]) -> frozenset[str]:
    """Without those that a shorter one stands for; none where one is empty."""
    if "" in begun:
        return frozenset()
    return frozenset(
        start
        for start in begun
        if not any(start[:n] in begun for n in range(len(start)))
        and not (start[0] == APART and any(start[1:n] in begun for n in range(1, len(start) + 1)))
    )
