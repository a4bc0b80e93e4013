"""Expressions that are looked for only where a text can hold them, and compiled only when one might.

Most of the hundreds of expressions of the rule files say nothing about most texts. Of a text that is about to be read
(`expect`) the letters are noted once; an expression none of whose beginnings is among them is not run, any other is
tried only at the places of its beginnings. What is found is what `re` finds.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate, chain, islice, pairwise
from threading import Lock
from typing import Any, NamedTuple, TypeAlias

from actions.reading.beginnings import APART, BETWEEN, LONGEST, ODD, evened

_END = sys.maxsize
_CROWDED = 3
"""With more than one place in so many letters, looking everywhere is as quick."""
_NO_LETTERS = re.compile(r"[^a-z]+")
_noting = Lock()


class _Beginnings:
    """Which expressions begin with which letters, by their numbers."""

    def __init__(self) -> None:
        self._of: dict[str, list[int]] = {}

    def enter(self, beginning: str, number: int) -> None:
        self._of.setdefault(beginning, []).append(number)

    def note(self, even: str, places: Iterable[int], found: dict[int, list[int]]) -> None:
        """Notes which expressions may begin at each of the places."""
        by_run: dict[str, list[int]] = defaultdict(list)
        for place in places:
            by_run[even[place : place + LONGEST]].append(place)
        of = self._of
        for run, here in by_run.items():
            for begun in accumulate(run):
                if begun in of:
                    for number in of[begun]:
                        found[number] += here


_Stands: TypeAlias = "dict[int, list[int]] | None"
"""Where one of some letters stands, ascending, in each text by its number; None where that is all over them."""


_NOWHERE: _Stands = {}


class _Wanted:
    """The expressions that one reader looks for in its texts: each from the first time on that it is looked for."""

    def __init__(self) -> None:
        self._entered: dict[Sought, None] = {}
        self._listed: list[Sought] = []
        self._anywhere = _Beginnings()
        self._apart = _Beginnings()

    def enter(self, sought: Sought) -> None:
        with _noting:
            if sought in self._entered:
                return
            number = 2 * len(self._listed)
            self._entered[sought] = None
            self._listed.append(sought)
            self._enter(sought.first, number)
            self._enter(sought.inside, number + 1)

    def _enter(self, letters: str, number: int) -> None:
        for beginning in letters.split(BETWEEN) if letters else ():
            if beginning[0] == APART:
                self._apart.enter(beginning[1:], number)
            else:
                self._anywhere.enter(beginning, number)

    def places(self, small: str, even: str) -> tuple[dict[Sought, None], dict[Sought, tuple[list[int], list[int]]]]:
        """All expressions wanted so far; and where they may begin, and where what they hold inside stands."""
        with _noting:
            found: dict[int, list[int]] = defaultdict(list)
            self._anywhere.note(even, range(len(even)), found)
            behind = (range(m.start() + 1, m.end() + 1) for m in _NO_LETTERS.finditer(small))
            self._apart.note(even, chain((0,), *behind), found)
            held = {number // 2 for number in found}
            return self._entered.copy(), {self._listed[n]: (found[2 * n], found[2 * n + 1]) for n in held}


class _Letters:
    """The letters of several texts that stand behind each other, and where each expression may begin in them."""

    def __init__(self, wanted: _Wanted, small: str, begins: list[int]) -> None:
        """`small`: the texts in small letters, a mark between them; `begins`: where each begins, and their end."""
        self.small = small
        self.begins = begins
        self._wanted = wanted
        self._even = evened(small)

    @cached_property
    def known(self) -> dict[Sought, tuple[_Stands, _Stands] | None]:
        """Where expressions may begin, and where what they hold inside stands; None of one that stands nowhere.

        Those that were never looked for are not among them: `newly` finds them.
        """
        wanted, held = self._wanted.places(self.small, self._even)
        known: dict[Sought, tuple[_Stands, _Stands] | None] = {**wanted}
        for sought, (first, inside) in held.items():
            known[sought] = self._by_text(first), self._by_text(inside)
        return known

    @cached_property
    def nowhere(self) -> frozenset[Sought]:
        """Expressions that stand in none of the texts."""
        return frozenset(sought for sought, places in self.known.items() if places is None)

    def newly(self, sought: Sought) -> tuple[_Stands, _Stands] | None:
        """The same for an expression that is looked for the first time: nowhere, or anywhere."""
        self._wanted.enter(sought)
        held = any(letters.lstrip(APART) in self._even for letters in sought.letters)
        self.known[sought] = _ALL_OVER if held else None
        return self.known[sought]

    def _by_text(self, places: list[int]) -> _Stands:
        if not places:
            return _NOWHERE
        if len(places) > len(self.small) // _CROWDED:
            return None
        if len(self.begins) == 2:
            return {0: sorted(places)}
        found: dict[int, list[int]] = {}
        for place in sorted(places):
            number = self._numbers[place]
            found.setdefault(number, []).append(place - self.begins[number])
        return found

    @cached_property
    def _numbers(self) -> list[int]:
        """For each place the number of its text."""
        ends = pairwise(self.begins)
        return [number for number, (begin, end) in enumerate(ends) for _ in range(begin, end)]


_ALL_OVER: tuple[_Stands, _Stands] = (None, None)


class _Text(NamedTuple):
    """One of the texts whose letters were noted."""

    letters: _Letters
    number: int


_texts: dict[str, frozenset[str]] = {}
"""By who reads them: the texts of the latest reading. No text of an earlier one is kept."""
_noted: dict[str, _Text] = {}
_wanted: dict[str, _Wanted] = {}
"""By who reads: what is looked for."""


def expect(reader: str, *texts: str) -> None:
    """Notes the texts, in which many expressions will be looked for, in the place of this reader's former ones."""
    with _noting:
        former = _texts.pop(reader, frozenset())
        for old in former.difference(*_texts.values()):
            _noted.pop(old, None)
        if any(odd in text for text in texts for odd in ODD):
            return
        _texts[reader] = frozenset(texts)
        small, begins = "\n".join(texts).lower(), [0, *accumulate(len(text) + 1 for text in texts)]
        known = {(text.letters.small, len(text.letters.begins)): text.letters for text in _noted.values()}
        letters = known.get((small, len(begins))) or _Letters(_wanted.setdefault(reader, _Wanted()), small, begins)
        _noted.update((text, _Text(letters, number)) for number, text in enumerate(texts))


_ANYWHERE: tuple[Sequence[int] | None, bool] = (None, False)
NOT_THERE: tuple[Sequence[int] | None, bool] = ((), False)
_NO_MATCHES: Iterator[re.Match[str]] = iter(())


class Sought:
    """Stands for an `re.Pattern` and answers as it does; `make` gives the pattern itself when it is first needed."""

    def __init__(
        self, pattern: str, first: str, inside: str, make: Callable[[int], re.Pattern[str]], *, has_rest: bool = False
    ) -> None:
        """`first` and `inside` as `beginnings.parted` finds them, each put together; empty where nothing is known.

        `make(0)` is the whole expression, `make(1)` has only the alternatives that `first` says nothing of, where it
        `has_rest`.
        """
        self.pattern = pattern
        self.first = first
        self.inside = inside
        self._anyhow = not inside and (has_rest or not first)
        self._make = make

    @property
    def letters(self) -> list[str]:
        """What one of must stand in a text."""
        return [beginning for letters in (self.first, self.inside) if letters for beginning in letters.split(BETWEEN)]

    @cached_property
    def itself(self) -> re.Pattern[str]:
        return self._make(0)

    @cached_property
    def _rest(self) -> re.Pattern[str]:
        return self._make(1)

    @property
    def flags(self) -> int:
        return self.itself.flags

    @property
    def groups(self) -> int:
        return self.itself.groups

    @property
    def groupindex(self) -> Mapping[str, int]:
        return self.itself.groupindex

    def places(self, string: str, pos: int = 0, endpos: int = _END) -> tuple[Sequence[int] | None, bool]:
        """Where in the string a match may begin; None where that may be anywhere.

        And whether one of the rest of the alternatives, that may begin anyhow, may stand in that part of it.
        """
        noted = _noted.get(string)
        if noted is None or self._anyhow:
            return _ANYWHERE
        letters, number = noted
        known = letters.known
        both = known[self] if self in known else letters.newly(self)
        return NOT_THERE if both is None else self._in_part(both, number, pos, endpos)

    def _in_part(
        self, both: tuple[_Stands, _Stands], number: int, pos: int, endpos: int
    ) -> tuple[Sequence[int] | None, bool]:
        first, inside = both
        rest = inside is None or (number in inside and _one_between(inside[number], pos, endpos))
        if not self.first:
            return _ANYWHERE if rest else NOT_THERE
        if first is None:
            return _ANYWHERE
        places = first.get(number, ())
        return (places, rest and bool(self.inside)) if places or rest else NOT_THERE

    def search(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        where = self.places(string, pos, endpos)
        if where is NOT_THERE:
            return None
        places, rest = where
        if places is None:
            return self.itself.search(string, pos, endpos)
        return next(self.tried(places, rest, string, pos, endpos), None)

    def finditer(self, string: str, pos: int = 0, endpos: int = _END) -> Iterator[re.Match[str]]:
        where = self.places(string, pos, endpos)
        if where is NOT_THERE:
            return _NO_MATCHES
        places, rest = where
        if places is None:
            return self.itself.finditer(string, pos, endpos)
        return self.tried(places, rest, string, pos, endpos)

    def findall(self, string: str, pos: int = 0, endpos: int = _END) -> list[Any]:
        where = self.places(string, pos, endpos)
        if where is NOT_THERE:
            return []
        places, rest = where
        if places is None:
            return self.itself.findall(string, pos, endpos)
        each = self.tried(places, rest, string, pos, endpos)
        if self.groups > 1:
            return [found.groups("") for found in each]
        return [found[self.groups] or "" for found in each]

    def match(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.fullmatch(string, pos, endpos)

    def sub(self, repl: str | Callable[[re.Match[str]], str], string: str, count: int = 0) -> str:
        where = self.places(string)
        if where is NOT_THERE:
            return string
        places, rest = where
        if places is None:
            return self.itself.sub(repl, string, count)
        made: list[str] = []
        last = 0
        for found in islice(self.tried(places, rest, string), count or None):
            made += [string[last : found.start()], found.expand(repl) if isinstance(repl, str) else repl(found)]
            last = found.end()
        return "".join([*made, string[last:]])

    def split(self, string: str, maxsplit: int = 0) -> list[Any]:
        return self.itself.split(string, maxsplit)

    def tried(
        self, places: Sequence[int], rest: bool, string: str, pos: int = 0, endpos: int = _END
    ) -> Iterator[re.Match[str]]:
        """The matches, looked for only where one may begin; with `rest`, those that may begin anyhow too."""
        return self._with_rest(places, string, pos, endpos) if rest else self._at(places, string, pos, endpos)

    def _at(self, places: Sequence[int], string: str, pos: int, endpos: int) -> Iterator[re.Match[str]]:
        match = self.itself.match
        for place in places if not pos else places[bisect_left(places, pos) :]:
            if place >= endpos:
                return
            if place >= pos:
                found = match(string, place, endpos)
                if found is not None:
                    yield found
                    pos = found.end()

    def _with_rest(self, places: Sequence[int], string: str, pos: int, endpos: int) -> Iterator[re.Match[str]]:
        match, other = self.itself.match, self._rest.search(string, pos, endpos)
        for place in (*places[bisect_left(places, pos) :], endpos):
            while other is not None and other.start() <= place:
                # The alternatives that come first count first, wherever they belong.
                found = match(string, other.start(), endpos)
                if found is None:
                    break
                yield found
                pos = found.end()
                other = self._rest.search(string, pos, endpos)
            if pos <= place < endpos:
                found = match(string, place, endpos)
                if found is not None:
                    yield found
                    pos = found.end()
                    if other is not None and other.start() < pos:
                        other = self._rest.search(string, pos, endpos)


def possible(string: str, patterns: frozenset[re.Pattern[str]]) -> frozenset[re.Pattern[str]]:
    """Those of the expressions that may stand somewhere in the string; the others do not."""
    noted = _noted.get(string)
    return patterns if noted is None else patterns - noted.letters.nowhere


def _one_between(places: Sequence[int], pos: int, endpos: int) -> bool:
    at = bisect_left(places, pos) if pos else 0
    return at < len(places) and places[at] < endpos


def cut_out(pattern: re.Pattern[str], string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches in string[start:end] taken by itself; their offsets are into that part."""
    if not isinstance(pattern, Sought):
        return pattern.finditer(string[start:end])
    where = pattern.places(string, start, end)
    # Cut out of a word, the rest of it has no letter before it any more.
    in_word = string[max(0, start - 1) : start].isalpha()
    if where is NOT_THERE and not in_word:
        return _NO_MATCHES
    places, rest = where
    if places is None or (in_word and pattern.inside):
        return pattern.finditer(string[start:end])
    here = [place - start for place in places[bisect_left(places, start) : bisect_left(places, end)]]
    if in_word:
        here.insert(0, 0)
    return pattern.tried(here, rest, string[start:end]) if here or rest else _NO_MATCHES
