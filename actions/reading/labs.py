"""What is said of laboratory results: "CRP 48 (H)", "AST/ALT mildly elevated", "CEA 2.1 -> 6.8" (`rules/labs.yml`).

A flag, a word or a clear rise tells; a number alone does not, for its range is the laboratory's and not ours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from actions.reading.compiled import compiled
from actions.reading.expressions import expression
from actions.reading.rules import read

_RULES = Path(__file__).parent / "rules" / "labs.yml"
_ANY = "abnormal_lab"
"""The finding that a result too low makes as well."""
_BEFORE = 44
"""Characters before a name within which a word for its result may stand."""
_SPAN = 130
"""Characters over which the numbers of one course may stand."""
_CLEARLY = 1.5
"""So many times the first number is the last of a clear rise."""
_MANY = 3
"""So many numbers are a course by themselves; two need a word or an arrow between them."""


class Lab(NamedTuple):
    """A finding that a result tells, and whether it is there."""

    finding: str
    start: int
    end: int
    status: str


@dataclass(frozen=True)
class _Rules:
    names: re.Pattern[str]
    """Each test's names in a group of its finding's name."""
    markers: re.Pattern[str]
    value: re.Pattern[str]
    joint: re.Pattern[str]
    """Between two tests of which one thing is said."""
    treated: tuple[str, str, re.Pattern[str]]
    """(test's finding, finding that a rise makes after care, that care's words)."""
    said: re.Pattern[str]
    """What is said behind a test: the group that matched tells what, and `turned` that a no turns it around."""


class _Named(NamedTuple):
    finding: str
    start: int
    end: int


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    given = read(_RULES)
    given.check_keys(("tests", "after_care", "markers", "expressions"))
    given["tests"].check_keys((), tuple(given["tests"]))
    part = given["expressions"]
    names = "|".join(f"(?P<{finding}>{given['tests'][finding]})" for finding in given["tests"])
    value, when = f"(?:{part['value']}){{0,1}}", f"(?:{part['when']}){{0,2}}"
    results = "|".join(f"(?P<{name}>{part[name]})" for name in ("out", "low", "well"))
    return _Rules(
        compiled(rf"(?<![a-z0-9])(?:{names})(?![a-z0-9])"),
        compiled(given["markers"]),
        compiled(value),
        compiled(f"{value}{when}{part['joint']}"),
        (given["after_care"]["test"], given["after_care"]["finding"], compiled(given["after_care"]["care"])),
        compiled(f"{value}{when}{part['fill']} ?(?P<turned>{part['turned']})?(?<![a-z])(?:{results})"),
    )


def labs(small: str, dated: Iterable[tuple[int, int]]) -> list[Lab]:
    """The findings that results tell in a text in small letters, in their order. Never raises.

    `dated` are the spans of dates and lengths of time, whose numbers are no results.
    """
    named = [
        _Named(m.lastgroup, m.start(), m.end())
        for m in _rules().names.finditer(small)
        if m.lastgroup and not expression("labs", "not_a_test").match(small, m.end())
    ]
    if not named:
        return []
    found: list[Lab] = []
    taken = 0
    for run in _runs(small, named):
        told, taken = _told(small, run, taken)
        found += told
    return [*_without_what_is_over(small, found), *_courses(small, named, list(dated))]


def _runs(small: str, named: list[_Named]) -> list[list[_Named]]:
    """The tests, those together of which one thing is said: "alk phos and bili both up"."""
    runs: list[list[_Named]] = []
    for test in named:
        if runs and _rules().joint.fullmatch(small, runs[-1][-1].end, test.start):
            runs[-1].append(test)
        else:
            runs.append([test])
    return runs


def _told(small: str, run: list[_Named], taken: int) -> tuple[list[Lab], int]:
    """What is said of tests, and where its words end; words before `taken` were said of earlier tests."""
    first, last = run[0].start, run[-1].end
    if len(run) == 1:
        over = _over_its_range(small, last)
        if over is not None:
            return [Lab(run[0].finding, first, over, "present")], over
    after = _rules().said.match(small, last)
    if after:
        kind = next(name for name in ("out", "low", "well") if after[name])
        return _labs(run, kind, bool(after["turned"]), None, after.end()), after.end()
    start = max(taken, first - _BEFORE)
    for kind in ("out", "low", "well"):
        before = expression("labs", f"{kind}_before").search(small, start, first)
        if before:
            no = expression("labs", "no_before").search(small, start, before.start())
            return _labs(run, kind, no is not None, (no or before).start(), last), last
    return [], last


def _over_its_range(small: str, at: int) -> int | None:
    """Where the range ends that the text itself gives, if the result is above it: "12.4 (nl <4)"."""
    value = expression("labs", "a_value").match(small, at)
    given = expression("labs", "own_range").match(small, value.end()) if value else None
    if value is None or given is None or float(value["n"]) <= float(given["top"]):
        return None
    return given.end()


def _labs(run: list[_Named], kind: str, turned: bool, start: int | None, end: int) -> list[Lab]:
    """The findings of tests of which `kind` is said: out of range, low, or well; `turned` around by a no."""
    if kind == "low" and turned:
        return []
    status = "present" if (kind == "well") == turned else "absent"
    return [
        Lab(test.finding, test.start if start is None else start, end, status)
        for test in run
        if kind != "low" or test.finding == _ANY
    ]


def _without_what_is_over(small: str, found: list[Lab]) -> list[Lab]:
    """Without the high result that a later one puts right: "CRP was 80, high, now normal"."""
    over = {
        lab.finding: lab.start
        for lab in found
        if lab.status == "absent" and expression("labs", "over_now").search(small, lab.start - 12, lab.end)
    }
    return [lab for lab in found if lab.status == "absent" or lab.start >= over.get(lab.finding, 0)]


def _courses(small: str, named: list[_Named], dated: list[tuple[int, int]]) -> list[Lab]:
    """What a clear rise over several results tells: "PSA 3.9 in January, 5.6 in June and 7.2 last week"."""
    found: list[Lab] = []
    for test in named:
        marker = _rules().markers.match(small, test.start)
        end = _end_of_rise(small, test.end, dated) if marker else None
        if end is None:
            continue
        found.append(Lab(test.finding, test.start, end, "present"))
        of, finding, care = _rules().treated
        if test.finding == of and care.search(small):
            found.append(Lab(finding, test.start, end, "present"))
    return found


def _end_of_rise(small: str, start: int, dated: list[tuple[int, int]]) -> int | None:
    """Where the numbers of a course that begins at `start` end, if they clearly rise; else None."""
    at, end, between = start, start, ""
    numbers: list[float] = []
    last = min(len(small), start + _SPAN)
    while at < last:
        gap = expression("labs", "course_between").match(small, at)
        if gap:
            at, between = gap.end(), between + gap[0]
        day = next((stop for first, stop in dated if first <= at < stop), None)
        number = expression("labs", "course_number").match(small, at)
        if day is not None:
            at = day
        elif number is not None:
            at = end = number.end()
            numbers.append(float(number[0]))
        else:
            break
    rises = all(low < high for low, high in zip(numbers, numbers[1:], strict=False)) and len(numbers) > 1
    clear = rises and numbers[-1] >= _CLEARLY * numbers[0]
    told = len(numbers) >= _MANY or expression("labs", "course_rises").search(between)
    return end if clear and told else None
