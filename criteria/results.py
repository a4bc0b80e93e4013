"""What the check answers: the shapes of `overturn check --json` and `overturn deadlines --json`."""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

Value = Literal["met", "not_met", "not_known"]


class Trace(NamedTuple):
    """A rule tree as evaluated: each node with its value, the keys of the facts used, and its source's id.

    A check makes a hundred of them, and a named tuple is made five times as quickly as a frozen dataclass.
    """

    op: Literal["all", "any", "at_least", "not", "leaf"]
    say: str
    value: Value
    facts: tuple[str, ...] = ()
    source: str = ""
    n: int | None = None
    of: tuple[Trace, ...] = ()


@dataclass(frozen=True)
class GuidelineResult:
    id: str
    authority: str
    title: str
    edition: str
    result: Literal["met", "arguable", "not_met", "not_known"]
    status: Literal["verified", "paraphrased", "unverified"]
    trace: Trace
    category: str | None = None
    pathway: str | None = None
    sources: tuple[str, ...] = ()
    contrast: tuple[str, ...] = ()
    """The versions of the study that the category is for; empty without a category, or where there is one version."""


@dataclass(frozen=True)
class Gap:
    """What is open: `say` in plain words, `who` can supply it, `settles` the guidelines it bears on."""

    kind: Literal["ask", "chart", "act", "closed"]
    fact: str
    say: str
    who: Literal["patient", "clinic", "payer"]
    settles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Way:
    """A smallest set of gaps (indices) that would make the deciding guideline met, or arguable."""

    guideline: str
    pathway: str
    gaps: tuple[int, ...]


@dataclass(frozen=True)
class Option:
    value: str
    say: str


@dataclass(frozen=True)
class Question:
    """A question to the person: `facts` are the keys its answer settles; `source` is the id of the rule's source."""

    id: str
    facts: tuple[str, ...]
    kind: Literal["yes_no", "choice", "any_of", "number", "weeks", "date", "text"]
    say: str
    options: tuple[Option, ...] = ()
    why: str = ""
    source: str = ""


@dataclass(frozen=True)
class Flag:
    """A red flag that the facts raise: E emergency, U same-day, with the findings that make it."""

    id: str
    level: Literal["E", "U", "R"]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class RedFlagException:
    applies: bool = False
    findings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Deadline:
    """One clock. `safe` is the date to keep, `outer` the latest the rule may allow; None means see the letter."""

    id: str
    clock: str
    rule: str
    cite: str
    safe: date | None = None
    outer: date | None = None
    filed_when: Literal["received", "postmark_or_received", "see_notice"] = "see_notice"
    check_letter: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assessment:
    as_of: date
    study: str
    verdict: Literal["met", "arguable", "gaps", "not_met", "no_public_criterion"]
    decided_by: str | None = None
    emergency: tuple[Flag, ...] = ()
    urgent: tuple[Flag, ...] = ()
    red_flag_exception: RedFlagException = RedFlagException()
    guidelines: tuple[GuidelineResult, ...] = ()
    gaps: tuple[Gap, ...] = ()
    ways: tuple[Way, ...] = ()
    next_question: Question | None = None
    right_step: str = "appeal"
    right_step_why: str = ""
    deadlines: tuple[Deadline, ...] = ()


def as_json(value: Any) -> Any:
    """Any of these shapes as plain JSON values: dates as ISO 8601, tuples as lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: as_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Trace):
        return as_json(value._asdict())
    if isinstance(value, (tuple, list)):
        return [as_json(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(as_json(item) for item in value)
    if isinstance(value, dict):
        return {name: as_json(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value
