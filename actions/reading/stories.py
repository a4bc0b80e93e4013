"""Emergencies told in any order of words: concepts that stand near one another (`rules/emergency_stories.yml`).

A frightened person names the leg in one breath, the weakness in the next and the hour at the end. A story is the
concepts it takes, not the sentence it is told in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from actions.reading.assertion import Context
from actions.reading.compiled import compiled
from actions.reading.rules import read
from actions.reading.sought import possible
from criteria.strict_yaml import Node

_RULES = Path(__file__).parent / "rules" / "emergency_stories.yml"
OLD = ("weeks", "a_month", "months", "years")
"""From which length on something is no news."""
_REACH = 230
"""Characters from the first word of a story to its last."""
_DENIAL = 24
"""Characters before a sign in which its own "no" may stand."""
_MOST = 12
"""Places of one concept looked at; a text that names it more often is told by the first ones."""

Span = tuple[int, int]


@dataclass(frozen=True)
class Story:
    """Concepts that together tell of a red flag; `old`, `unless` and `passed_counts` as in `rules/emergency.yml`."""

    id: str
    level: str
    concepts: tuple[str, ...]
    """Those that are looked for most quickly first."""
    old: str | None
    unless: re.Pattern[str] | None
    passed_counts: bool
    near: int
    ever: bool
    """It counts however long ago it was."""
    own: str | None
    """A sign that a thing's own clause, where it names any, must tell and not deny."""


@dataclass(frozen=True)
class Concepts:
    """The expression of each concept; `signs` must be said of the person, `times` must not lie long back."""

    patterns: Mapping[str, re.Pattern[str]]
    signs: frozenset[str]
    times: frozenset[str]

    def possible(self, small: str) -> frozenset[str]:
        """The names of those that may stand in a text in small letters."""
        here = possible(small, frozenset(self.patterns.values()))
        return frozenset(name for name, pattern in self.patterns.items() if pattern in here)


@dataclass
class Spoken:
    """Where one text speaks of the concepts, looked for when a story first asks."""

    given: Context
    concepts: Concepts
    here: frozenset[str]
    """The concepts that may stand in it."""
    _places: dict[str, tuple[Span, ...]] = field(default_factory=dict)
    _masked: str | None = None

    def places(self, name: str) -> tuple[Span, ...]:
        """The first places of the concept, in order."""
        if name not in self.here:
            return ()
        if name not in self._places:
            found = self.concepts.patterns[name].finditer(self.given.small)
            self._places[name] = tuple(m.span() for m, _ in zip(found, range(_MOST), strict=False))
        return self._places[name]

    def alone(self, span: Span) -> Context:
        """The text with every other sign hidden: the "can't" of one sign must not deny the next."""
        if self._masked is None:
            letters = list(self.given.small)
            for name in self.concepts.signs:
                for start, end in self.places(name):
                    letters[start:end] = "~" * (end - start)
            self._masked = "".join(letters)
        start, end = span
        # Its own "no" belongs to it, though a sign of another story may begin with it: "no double vision".
        denied = _DENIED.search(self.given.small, max(0, start - _DENIAL), start)
        start = denied.start() if denied else start
        own = self._masked[:start] + self.given.small[start:end] + self._masked[end:]
        return Context(own, own, self.given.sentences)


@lru_cache(maxsize=1)
def _file() -> Node:
    given: Node = read(_RULES)
    given.check_keys(("misspelt", "right", "short", "words", "times", "things", "signs", "stories"))
    return given


def spelling() -> tuple[tuple[str, ...], frozenset[str], dict[str, str]]:
    """(words often misspelt, words that only look like one of them, short misspellings and what they mean)."""
    given = _file()
    written = " ".join(pattern for part in ("times", "things", "signs") for _, pattern in given[part].items())
    right = {*given["right"], *re.findall(r"(?<!\\)[a-z]{6,}", written)}
    return tuple(given["misspelt"]), frozenset(right), dict(given["short"].items())


def load_stories(
    words: Mapping[str, str], unless: Mapping[str, re.Pattern[str] | None], crises: Collection[str]
) -> tuple[Concepts, tuple[Story, ...]]:
    """The concepts and stories, with `words` for <name> in their expressions and each flag's own `unless` besides;
    those of `crises` are crises.

    Raises LibraryError for a story that names an unknown flag or concept.
    """
    given = _file()
    known = dict(words)

    def filled(pattern: str) -> str:
        return re.sub(r"<([a-z]+)>", lambda m: known[m[1]], pattern)

    for name, pattern in given["words"].items():
        known[name] = filled(pattern)
    times, things, signs = (dict(given[part].items()) for part in ("times", "things", "signs"))
    patterns = {name: compiled(filled(pattern)) for name, pattern in {**times, **things, **signs}.items()}
    stories = []
    for flag, nodes in given["stories"].items():
        if flag not in unless:
            raise given["stories"].error(f"'{flag}' is no red flag of red_flags.yml", flag)
        for node in nodes:
            node.check_keys(("all",), ("level", "old", "unless", "passed_counts", "ever", "near", "own"))
            for name in node["all"]:
                if name not in patterns:
                    raise node.error(f"'{name}' is no time, thing or sign of this file", "all")
            own = unless[flag]
            said = "|".join(p for p in (own.pattern if own else "", filled(node.get("unless", ""))) if p)
            stories.append(
                Story(
                    flag,
                    "crisis" if flag in crises else node.one_of("level", ("E", "U")) if "level" in node else "E",
                    tuple(sorted(node["all"], key=lambda name: len(patterns[name].pattern))),
                    node.one_of("old", OLD) if "old" in node else None,
                    compiled(said) if said else None,
                    bool(node.get("passed_counts")),
                    int(node.get("near", _REACH)),
                    bool(node.get("ever")),
                    node.get("own"),
                )
            )
    return Concepts(patterns, frozenset(signs), frozenset(times)), tuple(stories)


def told(
    spoken: Spoken, story: Story, counts: Callable[[Context, Span], bool], recent: Callable[[Span], bool]
) -> Iterator[Span]:
    """The stretches of text that tell the story: each concept near the others, each sign counting by itself."""
    counted: dict[Span, bool] = {}

    def stands(name: str, span: Span) -> bool:
        if name in spoken.concepts.times:
            return recent(span)
        if name not in spoken.concepts.signs:
            if _is_well(spoken.given.small, span):
                return False
            return story.own is None or not _denied_beside(spoken, span, story.own, stands)
        if span not in counted:
            counted[span] = counts(spoken.alone(span), span)
        return counted[span]

    names = sorted(story.concepts, key=lambda name: (len(spoken.places(name)), name))
    rarest = names[0]
    for first in spoken.places(rarest):
        parts = [first]
        for name in names[1:]:
            near = sorted(spoken.places(name), key=lambda span: abs(span[0] - first[0]))
            part = next((s for s in near if _within([*parts, s], spoken.given, story.near) and stands(name, s)), None)
            if part is None:
                break
            parts.append(part)
        else:
            if stands(rarest, first):
                yield min(a for a, _ in parts), max(b for _, b in parts)


def _is_well(small: str, thing: Span) -> bool:
    """Whether a thing is only named as well: "bathroom is normal", "no bladder problems"; it tells no story then."""
    well = _WELL.match(small, thing[1])
    if well is None and (before := _NO.search(small, max(0, thing[0] - 40), thing[0])) is not None:
        well = None if _NO_LONGER.search(before[0]) else _TROUBLE.match(small, thing[1])
    return well is not None and not _CHANGES.search(small, well.end(), well.end() + 24)


def _denied_beside(spoken: Spoken, thing: Span, sign: str, stands: Callable[[str, Span], bool]) -> bool:
    """Whether the clause of a thing only denies the sign: of "numb toes, no groin numbness" the groin tells nothing."""
    small = spoken.given.small
    first = max(small.rfind(mark, 0, thing[0]) for mark in _CLAUSE_ENDS) + 1
    last = min((end for mark in _CLAUSE_ENDS if (end := small.find(mark, thing[1])) >= 0), default=len(small))
    if _NO_LONGER.search(small, first, last):
        return False  # what is not so any more has changed
    own = [span for span in spoken.places(sign) if first <= span[0] and span[1] <= last]
    return bool(own) and not any(stands(sign, span) for span in own)


_WELL = re.compile(
    r"[a-z]{0,4}(?: (?:is|are|works?|working|looks?|feels?|functions?|moves?|habits?|movements?|control|both|all|still"
    r"|just|been|has|have|about|totally|perfectly|and (?:bowels?|bladder|legs|arms|balance))){0,5}:? "
    r"(?:normal(?:ly)?|fine|ok(?:ay)?|good|great|intact|regular|unremarkable|wnl|nl|unaffected)"
    r"(?= ?(?:[.,;!)\n]|and\b|too\b|so far|\Z))"
)
_NO = re.compile(
    r"\b(?:no|denies(?: any)?|denied any|without|never had)(?: (?:new|any|known|prior|other)){0,2}"
    r"(?: [a-z]+(?:,| or| and|/))? \Z"
)
_TROUBLE = re.compile(
    r"(?:[,/]| or| and)?(?: ?[a-z]+)?"
    r"(?:[,/]? (?:problems?|issues?|trouble|changes?|chgs?|symptoms?|sx|complaints?|involvement|dysfunction))\b"
)
_DENIED = re.compile(
    r"\b(?:(?:no|not|never|without|denies|denied)(?: (?:any|had any|new|had))?|"
    r"(?:did|does|has|was|is|were|are)(?: not|n't) (?:get|got|gotten|become|been|feel|felt)) ?\Z"
)
_CHANGES = re.compile(r"\b(?:until|till|but|except|before (?:this|today|now|that)|up to)\b")
_CLAUSE_ENDS = ".,;!?\n"
_NO_LONGER = re.compile(r"\b(?:any ?more|no longer|not (?:just|only)|stopped|until)\b")


def _within(parts: list[Span], given: Context, near: int) -> bool:
    start, end = min(a for a, _ in parts), max(b for _, b in parts)
    return end - start <= near and given.number(end - 1) - given.number(start) <= 2
