"""What a message takes back of what was said or read before, clause by clause (`rules/taken_back.yml`).

This says only which words take back and what they name; what stands in the case is matched in casework.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Literal

from actions.reading.dates import Duration, durations
from actions.reading.language import lower, tokens
from actions.reading.rules import rules

_LONGEST = 2000
"""Characters of a message in which something is taken back; a longer one is a story or a document."""
Kind = Literal["thing", "such", "last", "place", "plans_words", "exam"]
_CLAUSE = re.compile(r"[^.,;!?\n]+(?:[.,](?=[0-9])[^.,;!?\n]*)*")
_SENTENCE = re.compile(r"[^.;!?\n]+(?:\.(?=[0-9])[^.;!?\n]*)*")


@dataclass(frozen=True)
class TakenBack:
    """One thing taken back. `start`, `end`: the words of the message that do it and so tell of nothing.

    `thing`: `what` names it. `such`: `what` was read as a thing of this kind and is none. `exam`: `what` names a sign
    that was not looked for. `last`: what was said just before.
    `place`: `what` stays, but is not in `place`.
    `plans_words`: what the plan's paper says of the person, in `what`, is not so.
    """

    kind: Kind
    what: str
    start: int
    end: int
    place: str = ""


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, re.Pattern[str]], frozenset[str]]:
    given = rules("taken_back")
    names = (
        "command", "command_around", "command_about", "command_only", "not_one_thing", "another_person",
        "another_part", "not_mine", "not_examined", "not_the_place", "not_such", "length_of_other",
        "not_the_length", "plan_says", "is_untrue", "is_so", "explains",
    )  # fmt: skip
    given.check_keys((*names, "general"))
    return {name: re.compile(given[name]) for name in names}, frozenset(str(w) for w in given["general"])


def taken_back(text: str) -> tuple[TakenBack, ...]:
    """What the message takes back, in its order; nothing for most. Raises nothing."""
    if len(text) > _LONGEST:
        return ()
    small = lower(text).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    said = _plans_words(small)
    covered = [(t.start, t.end) for t in said]
    before: tuple[int, int] | None = None
    for match in _CLAUSE.finditer(small):
        start, end = _trimmed(small, *match.span())
        if start == end or any(a <= start < b for a, b in covered):
            continue
        found = _clause(small, start, end, before)
        if found is not None:
            said.append(found)
            covered.append((found.start, found.end))
        before = (start, end)
    return tuple(sorted(said, key=lambda t: t.start))


def _trimmed(small: str, start: int, end: int) -> tuple[int, int]:
    words = small[start:end]
    return start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())


def _plans_words(small: str) -> list[TakenBack]:
    rules_, _ = _words()
    found = []
    for match in _SENTENCE.finditer(small):
        says, untrue = rules_["plan_says"].search(match[0]), list(rules_["is_untrue"].finditer(match[0]))
        if says and untrue and untrue[-1].start() > says.end() and not rules_["is_so"].search(match[0]):
            what = match[0][says.end() : untrue[-1].start()]
            # "They said it was wrong" takes nothing back: something must have been said of the person.
            if len(what.split()) >= 2:
                found.append(TakenBack("plans_words", what, match.start(), match.start() + untrue[-1].end()))
    return found


def _clause(small: str, start: int, end: int, before: tuple[int, int] | None) -> TakenBack | None:
    given, _ = _words()
    words = small[start:end]
    if given["command_only"].match(words):
        if before is None:
            return TakenBack("last", "", start, end)
        return TakenBack("thing", small[slice(*before)], before[0], end)
    for name in ("command", "command_around", "command_about"):
        command = given[name].match(words)
        if command and not given["not_one_thing"].match(command["what"]):
            because = given["explains"].match(small, end)
            return TakenBack("thing", command["what"], start, because.end() if because else end)
        if command:
            return None
    for name in ("another_person", "another_part"):
        other = given[name].match(words)
        if other and (name == "another_part" or given["not_mine"].search(small)):
            return TakenBack("thing", other["what"], start, end)
    such = given["not_such"].match(words)
    if such:
        first = before[0] if before else start
        return TakenBack("such", f"{small[first:start]} {such['what']}", first, end)
    unexamined = given["not_examined"].match(words)
    if unexamined:
        return TakenBack("exam", unexamined["what"], start, end)
    place = given["not_the_place"].match(words)
    if place:
        return TakenBack("place", place["what"], start, end, place["place"])
    return None


def lengths_taken_back(text: str, today: date) -> tuple[Duration, ...]:
    """The lengths that are said to be of something else, or not to be so: "not 30 years", "that is how long I smoked".

    Their places are those in the text.
    """
    given, _ = _words()
    small = lower(text)[:_LONGEST]
    of_other = [d for d in durations(small, today) if given["length_of_other"].match(small, d.end)]
    for cue in given["not_the_length"].finditer(small):
        after = durations(small[cue.end() : cue.end() + _NEAR], today)
        of_other += [replace(d, start=cue.end() + d.start, end=cue.end() + d.end) for d in after if d.start == 0]
    return tuple(of_other)


_NEAR = 30
"""Characters in which a length stands whole."""


def naming(text: str) -> frozenset[str]:
    """The word forms by which a text names a thing, without those that name none ("my", "pain", "left")."""
    _, general = _words()
    plain = re.sub(r"\bx[ -]?rays?\b", "xray", lower(text))
    return frozenset(
        t.form for t in tokens(plain) if t.text.lower() not in general and any(c.isalpha() for c in t.text)
    )
