"""Expressions that are looked for only where a text can hold them, and compiled only when one might.

Most of the hundreds of expressions of the rule files say nothing about most texts. Of a text that is about to be read
(`expect`) the letters are noted once, three at a time; an expression none of whose beginnings is among them is not run,
any other is tried only at the places of its beginnings. What is found is what `re` finds.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from threading import Lock
from typing import Any

from actions.reading.beginnings import APART, BETWEEN, LONGEST, ODD

_END = sys.maxsize
_CROWDED = 3
"""With more than one place in so many letters, looking everywhere is as quick."""
_SHORT = 20
"""In a part of a text with fewer letters, and in a sentence, it is as well."""
_RUN = re.compile(f".{{{LONGEST}}}", re.S)
_APART_RUN = re.compile(f"(?<![a-z])(?=(.{{1,{LONGEST}}}))", re.S)


class _Letters:
    """The letters of one text, in runs of three and fewer."""

    def __init__(self, small: str, whole: _Letters | None = None) -> None:
        """`small`: the text in small letters; `whole`: the letters of a longer text that this one is a part of."""
        self.small = small
        self.part = whole is not None
        self._whole = whole
        self._holds: dict[Sought, bool] = {}
        self._places: dict[Sought, list[int] | None] = {}
        self._found: dict[str, list[int]] = {}

    @cached_property
    def _runs(self) -> set[str]:
        small = self.small
        runs = {small[-length:] for length in range(1, LONGEST)}
        for first in range(LONGEST):
            runs.update(_RUN.findall(small, first))
        return _and_shorter(runs)

    @cached_property
    def _apart_places(self) -> dict[str, list[int]]:
        """Where each of these stands."""
        longest: dict[str, list[int]] = {}
        for m in _APART_RUN.finditer(self.small):
            longest.setdefault(m[1], []).append(m.start())
        found: dict[str, list[int]] = {}
        for run, at in longest.items():
            for length in range(1, len(run) + 1):
                found.setdefault(run[:length], []).extend(at)
        return found

    @cached_property
    def _apart(self) -> set[str]:
        """The runs that no letter stands before."""
        return _and_shorter(set(_APART_RUN.findall(self.small)))

    def holds(self, sought: Sought) -> bool:
        """Whether one of the beginnings stands in the text; of a part, whether it may."""
        if self._whole is not None:
            held = self._whole.holds(sought)
            return held and (bool(sought.anywhere) or not sought.apart.isdisjoint(self._apart))
        known = self._holds.get(sought)
        if known is None:
            known = self._holds[sought] = not (
                sought.apart.isdisjoint(self._apart) and (not sought.anywhere or sought.anywhere.isdisjoint(self._runs))
            )
        return known

    def places(self, sought: Sought) -> list[int] | None:
        """Where one of the beginnings stands, ascending; None where that is all over the text."""
        if sought not in self._places:
            found: list[int] = []
            for beginning in sought.anywhere & self._runs if sought.anywhere else ():
                found += self._finds(beginning)
            for beginning in sought.apart & self._apart:
                found += self._apart_places[beginning]
            found.sort()
            self._places[sought] = found if len(found) < len(self.small) // _CROWDED else None
        return self._places[sought]

    def _finds(self, beginning: str) -> list[int]:
        found = self._found.get(beginning)
        if found is None:
            found, at = [], self.small.find(beginning)
            while at >= 0:
                found.append(at)
                at = self.small.find(beginning, at + 1)
            self._found[beginning] = found
        return found


def _and_shorter(runs: set[str]) -> set[str]:
    made = set(runs)
    for length in range(LONGEST - 1, 0, -1):
        runs = {run[:length] for run in runs}
        made |= runs
    return made


_texts: dict[str, tuple[str, ...]] = {}
"""By who reads them: the texts of the latest reading. No text of an earlier one is kept."""
_letters: dict[str, _Letters] = {}
_noting = Lock()


def expect(reader: str, *texts: str) -> None:
    """Notes the texts, in which many expressions will be looked for, in the place of this reader's former ones."""
    with _noting:
        for old in _texts.pop(reader, ()):
            _letters.pop(old, None)
        if any(odd in text for text in texts for odd in ODD):
            return
        _texts[reader] = texts
        known = {letters.small: letters for letters in _letters.values()}
        whole = _Letters("\n".join(texts).lower()) if len(texts) > 1 else None
        for text in texts:
            small = text.lower()
            _letters[text] = known.get(small) or _Letters(small, whole)


class Sought:
    """Stands for an `re.Pattern` and answers as it does; `make` gives the pattern itself when it is first needed."""

    def __init__(self, pattern: str, beginnings: str, make: Callable[[], re.Pattern[str]]) -> None:
        """`beginnings` as `beginnings.beginnings` finds them, put together; empty where a match may begin anyhow."""
        self.pattern = pattern
        self._anyhow = not beginnings
        self._beginnings = beginnings
        self._make = make

    @cached_property
    def itself(self) -> re.Pattern[str]:
        return self._make()

    @cached_property
    def apart(self) -> frozenset[str]:
        """The beginnings that stand where no letter stands before."""
        return frozenset(b[1:] for b in self._beginnings.split(BETWEEN) if b[:1] == APART)

    @cached_property
    def anywhere(self) -> frozenset[str]:
        """All others."""
        return frozenset(b for b in self._beginnings.split(BETWEEN) if b and b[0] != APART)

    @property
    def flags(self) -> int:
        return self.itself.flags

    @property
    def groups(self) -> int:
        return self.itself.groups

    @property
    def groupindex(self) -> Mapping[str, int]:
        return self.itself.groupindex

    def search(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        letters = _letters.get(string)
        if letters is None or self._anyhow:
            return self.itself.search(string, pos, endpos)
        if not letters.holds(self):
            return None
        if letters.part or endpos - pos < _SHORT:
            return self.itself.search(string, pos, endpos)
        return next(self._tried(letters, string, pos, endpos), None)

    def finditer(self, string: str, pos: int = 0, endpos: int = _END) -> Iterator[re.Match[str]]:
        letters = _letters.get(string)
        if letters is None or self._anyhow:
            return self.itself.finditer(string, pos, endpos)
        if not letters.holds(self):
            return iter(())
        if letters.part or endpos - pos < _SHORT:
            return self.itself.finditer(string, pos, endpos)
        return self._tried(letters, string, pos, endpos)

    def findall(self, string: str, pos: int = 0, endpos: int = _END) -> list[Any]:
        letters = _letters.get(string)
        if letters is not None and not self._anyhow and not letters.holds(self):
            return []
        return self.itself.findall(string, pos, endpos)

    def match(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.match(string, pos, endpos)

    def fullmatch(self, string: str, pos: int = 0, endpos: int = _END) -> re.Match[str] | None:
        return self.itself.fullmatch(string, pos, endpos)

    def sub(self, repl: str | Callable[[re.Match[str]], str], string: str, count: int = 0) -> str:
        letters = _letters.get(string)
        if letters is not None and not self._anyhow and not letters.holds(self):
            return string
        return self.itself.sub(repl, string, count)

    def split(self, string: str, maxsplit: int = 0) -> list[Any]:
        return self.itself.split(string, maxsplit)

    def _tried(self, letters: _Letters, string: str, pos: int, endpos: int) -> Iterator[re.Match[str]]:
        """The matches, looked for only where one may begin."""
        places = letters.places(self)
        if places is None:
            yield from self.itself.finditer(string, pos, endpos)
            return
        match = self.itself.match
        for place in places if not pos else places[bisect_left(places, pos) :]:
            if place >= endpos:
                return
            if place >= pos:
                found = match(string, place, endpos)
                if found is not None:
                    yield found
                    pos = found.end()
