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
from itertools import accumulate, chain, pairwise
from threading import Lock
from typing import Any, NamedTuple

from actions.reading.beginnings import APART, BETWEEN, LONGEST, ODD, evened

_END = sys.maxsize
_CROWDED = 12
"""With more than one place in so many letters, looking everywhere is as quick."""
_RUN = 3
"""Letters of the runs by which beginnings are looked up."""
_LONGER = range(_RUN + 1, LONGEST + 1)
_NO_LETTERS = re.compile(r"[^a-z]+")
_noting = Lock()


class _Beginnings:
    """Which expressions begin with which letters, by their numbers."""

    def __init__(self) -> None:
        self._short: dict[str, list[int]] = {}
        self._long: dict[str, dict[str, list[int]]] = {}

    def enter(self, beginning: str, number: int) -> None:
        into = self._short if len(beginning) <= _RUN else self._long.setdefault(beginning[:_RUN], {})
        into.setdefault(beginning, []).append(number)

    def note(self, even: str, places: Iterable[int], found: list[list[int]]) -> None:
        """Notes which expressions may begin at each of the places."""
        by_run: dict[str, list[int]] = defaultdict(list)
        for place in places:
            by_run[even[place : place + _RUN]].append(place)
        for run, here in by_run.items():
            for end in range(1, _RUN + 1):
                for number in self._short.get(run[:end], ()):
                    found[number] += here
            longer = self._long.get(run)
            if longer is not None:
                for place in here:
                    for end in _LONGER:
                        for number in longer.get(even[place : place + end], ()):
                            found[number].append(place)


_MOST_PLACES = 0.5
"""An expression that may begin at a larger share of all places is looked for everywhere."""


def _share(beginnings: list[str]) -> float:
    """In how large a share of all places one of the beginnings may stand, were all letters as frequent."""
    return sum(20.0 ** (2 - len(b)) / 4 if b[0] == APART else 20.0 ** -len(b) for b in beginnings)


class _Wanted:
    """The expressions that one reader looks for in its texts: each from the first time on that it is looked for."""

    def __init__(self) -> None:
        self._numbers: dict[Sought, int | None] = {}
        self._entered = 0
        self._anywhere = _Beginnings()
        self._apart = _Beginnings()

    def number(self, sought: Sought) -> int | None:
        """The number of an expression; None of one that may begin nearly everywhere."""
        if sought not in self._numbers:
            with _noting:
                if sought in self._numbers:
                    return self._numbers[sought]
                if _share(sought.beginnings) > _MOST_PLACES:
                    self._numbers[sought] = None
                    return None
                number = self._numbers[sought] = self._entered
                self._entered += 1
                for beginning in sought.beginnings:
                    if beginning[0] == APART:
                        self._apart.enter(beginning[1:], number)
                    else:
                        self._anywhere.enter(beginning, number)
        return self._numbers[sought]

    def places(self, small: str, even: str) -> list[list[int]]:
        """Where each expression wanted so far may begin, by its number, ascending."""
        with _noting:
            found: list[list[int]] = [[] for _ in range(self._entered)]
            self._anywhere.note(even, range(len(even)), found)
            behind = (range(m.start() + 1, m.end() + 1) for m in _NO_LETTERS.finditer(small))
            self._apart.note(even, chain((0,), *behind), found)
        for places in found:
            places.sort()
        return found


class _Letters:
    """The letters of several texts that stand behind each other, and where each expression may begin in them."""

    def __init__(self, wanted: _Wanted, small: str, begins: list[int]) -> None:
        """`small`: the texts in small letters, a mark between them; `begins`: where each begins, and their end."""
        self.small = small
        self.begins = begins
        self._wanted = wanted
        self._even = evened(small)
        self._places: dict[Sought, dict[int, list[int]] | None] = {}

    @cached_property
    def _known(self) -> list[list[int]]:
        return self._wanted.places(self.small, self._even)

    def places(self, sought: Sought) -> dict[int, list[int]] | None:
        """Where a match may begin, ascending, in each text by its number; None where that is all over them."""
        if sought not in self._places:
            self._places[sought] = self._new_places(sought)
        return self._places[sought]

    def _new_places(self, sought: Sought) -> dict[int, list[int]] | None:
        known, number = self._known, self._wanted.number(sought)
        if number is None:
            return None
        if number < len(known):
            return self._by_text(known[number]) if len(known[number]) <= len(self.small) // _CROWDED else None
        held = any(beginning.lstrip(APART) in self._even for beginning in sought.beginnings)
        return None if held else {}

    def _by_text(self, places: list[int]) -> dict[int, list[int]]:
        if len(self.begins) == 2:
            return {0: places} if places else {}
        found: dict[int, list[int]] = {}
        for place in places:
            number = self._numbers[place]
            found.setdefault(number, []).append(place - self.begins[number])
        return found

    @cached_property
    def _numbers(self) -> list[int]:
        """For each place the number of its text."""
        ends = pairwise(self.begins)
        return [number for number, (begin, end) in enumerate(ends) for _ in range(begin, end)]


class _Text(NamedTuple):
    """One of the texts whose letters were noted."""

    letters: _Letters
    number: int


_texts: dict[str, tuple[str, ...]] = {}
"""By who reads them: the texts of the latest reading. No text of an earlier one is kept."""
_noted: dict[str, _Text] = {}
_wanted: dict[str, _Wanted] = {}
"""By who reads: what is looked for."""


def expect(reader: str, *texts: str) -> None:
    """Notes the texts, in which many expressions will be looked for, in the place of this reader's former ones."""
    with _noting:
        for old in _texts.pop(reader, ()):
            _noted.pop(old, None)
        if any(odd in text for text in texts for odd in ODD):
            return
        _texts[reader] = texts
        small, begins = "\n".join(texts).lower(), [0, *accumulate(len(text) + 1 for text in texts)]
        known = {(text.letters.small, len(text.letters.begins)): text.letters for text in _noted.values()}
        letters = known.get((small, len(begins))) or _Letters(_wanted.setdefault(reader, _Wanted()), small, begins)
        _noted.update((text, _Text(letters, number)) for number, text in enumerate(texts))


class Sought:
    """Stands for an `re.Pattern` and answers as it does; `make` gives the pattern itself when it is first needed."""

    def __init__(self, pattern: str, beginnings: str, make: Callable[[], re.Pattern[str]]) -> None:
        """`beginnings` as `beginnings.beginnings` finds them, put together; empty where a match may begin anyhow."""
        self.pattern = pattern
        self._anyhow = not beginnings
        self._beginnings = beginnings
        self._make = make

    @property
    def beginnings(self) -> list[str]:
        return self._beginnings.split(BETWEEN)

    @cached_property
    def itself(self) -> re.Pattern[str]:
        return self._make()

    @property
    def flags(self) -> int:
        return self.itself.flags

    @property
    def groups(self) -> int:
        return self.itself.groups

    @property
    def groupindex(self) -> Mapping[str, int]:
        return self.itself.groupindex

    def _places(self, string: str) -> Sequence[int] | None:
        """Where in the string a match may begin; None where that may be anywhere."""
        noted = None if self._anyhow else _noted.get(string)
        if noted is None:
            return None
        places = noted.letters.places(self)
        return None if places is None else places.get(noted.number, ())

    def search(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        places = self._places(string)
        if places is None:
            return self.itself.search(string, pos, endpos)
        return next(self._tried(places, string, pos, endpos), None) if places else None

    def finditer(self, string: str, pos: int = 0, endpos: int = _END) -> Iterator[re.Match[str]]:
        places = self._places(string)
        if places is None:
            return self.itself.finditer(string, pos, endpos)
        return self._tried(places, string, pos, endpos) if places else iter(())

    def findall(self, string: str, pos: int = 0, endpos: int = _END) -> list[Any]:
        places = self._places(string)
        if places == ():
            return []
        if places is None or self.groups:
            return self.itself.findall(string, pos, endpos)
        return [found[0] for found in self._tried(places, string, pos, endpos)]

    def match(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.fullmatch(string, pos, endpos)

    def sub(self, repl: str | Callable[[re.Match[str]], str], string: str, count: int = 0) -> str:
        return string if self._places(string) == () else self.itself.sub(repl, string, count)

    def split(self, string: str, maxsplit: int = 0) -> list[Any]:
        return self.itself.split(string, maxsplit)

    def _tried(self, places: Sequence[int], string: str, pos: int, endpos: int) -> Iterator[re.Match[str]]:
        """The matches, looked for only where one may begin."""
        match = self.itself.match
        for place in places if not pos else places[bisect_left(places, pos) :]:
            if place >= endpos:
                return
            if place >= pos:
                found = match(string, place, endpos)
                if found is not None:
                    yield found
                    pos = found.end()


def cut_out(pattern: re.Pattern[str], string: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The matches in string[start:end] taken by itself; their offsets are into that part."""
    places = pattern._places(string) if isinstance(pattern, Sought) else None
    if places is None:
        return pattern.finditer(string[start:end])
    here = [place - start for place in places[bisect_left(places, start) : bisect_left(places, end)]]
    # Cut out of a word, the rest of it has no letter before it any more.
    if string[max(0, start - 1) : start].isalpha():
        here.insert(0, 0)
    return pattern._tried(here, string[start:end], 0, _END) if here else iter(())
