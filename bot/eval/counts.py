"""What is counted: single judgements of a gold value and a read one, summed to rows with precision, recall and F1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Shown = Literal["f1", "share", "wrong"]
"""`f1`: precision, recall, F1. `share`: of what should be so, how much was. `wrong`: of what should not be so."""
Same = Callable[[Any, Any], bool]

INVENTED, WRONG, MISSED = 1, 2, 3
DANGEROUS = 0
"""How bad an error is: something not so taken for so, something nobody said, a value read wrong, one not read."""


@dataclass(frozen=True)
class Counts:
    """True and false positives and negatives. A value read wrong is a false positive and a false negative."""

    tp: int = 0
    fp: int = 0
    fn: int = 0
    tn: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn, self.tn + other.tn)

    @property
    def precision(self) -> float | None:
        return _ratio(self.tp, self.tp + self.fp)

    @property
    def recall(self) -> float | None:
        return _ratio(self.tp, self.tp + self.fn)

    @property
    def f1(self) -> float | None:
        return _ratio(2 * self.tp, 2 * self.tp + self.fp + self.fn)


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None


TRUE, ABSENT = Counts(tp=1), Counts(tn=1)


@dataclass(frozen=True)
class Judged:
    """One judgement: the row it counts for, what it adds, and of an error what stood there and how bad it is."""

    what: str
    counts: Counts
    item: str
    gold: Any = None
    read: Any = None
    badness: int = MISSED

    @property
    def wrong(self) -> bool:
        return bool(self.counts.fp or self.counts.fn)


@dataclass(frozen=True)
class Aim:
    """What is aimed at for a row: at least so much, or at most (`at_most`)."""

    value: float
    at_most: bool = False

    def met(self, value: float) -> bool:
        return value <= self.value if self.at_most else value >= self.value


@dataclass(frozen=True)
class Row:
    """One line of the table."""

    set: str
    what: str
    counts: Counts
    shown: Shown = "f1"
    aim: Aim | None = None

    @property
    def value(self) -> float | None:
        """The one number of the row, 0 to 1; None where there was nothing to count."""
        if self.shown == "f1":
            return self.counts.f1
        if self.shown == "share":
            return self.counts.recall
        return _ratio(self.counts.fp, self.counts.fp + self.counts.tn)


@dataclass(frozen=True)
class Scored:
    """A set scored: its rows, every error, and of each value read with a confidence whether it was right."""

    rows: tuple[Row, ...]
    errors: tuple[Judged, ...]
    sure: tuple[tuple[float, bool], ...] = ()


def total(judged: Iterable[Judged], *what: str) -> Counts:
    """The sum over the named rows."""
    return sum((j.counts for j in judged if j.what in what), Counts())


def errors(judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """The errors among them, the worst first."""
    return tuple(sorted((j for j in judged if j.wrong), key=lambda j: (j.badness, j.what, j.item)))


def equal(gold: Any, read: Any) -> bool:
    return bool(gold == read)


def judge_value(what: str, item: str, gold: Any, read: Any, same: Same = equal) -> Judged:
    """A single value: None, and False, stand for nothing said."""
    if _nothing(gold) and _nothing(read):
        return Judged(what, ABSENT, item)
    if _nothing(gold):
        return Judged(what, Counts(fp=1), item, gold, read, INVENTED)
    if _nothing(read):
        return Judged(what, Counts(fn=1), item, gold, read, MISSED)
    if same(gold, read):
        return Judged(what, TRUE, item)
    return Judged(what, Counts(fp=1, fn=1), item, gold, read, WRONG)


def _nothing(value: Any) -> bool:
    return value is None or value is False  # 0 is a number that somebody said


def judge_list(what: str, item: str, gold: Sequence[Any], read: Sequence[Any], same: Same = equal) -> Judged:
    """A list, in any order: a gold value that something read is the same as, one that nothing is, one read for nothing.

    Two read values that are the same as one gold value count once: of loosely compared names one may be cut in two.
    """
    if not gold and not read:
        return Judged(what, ABSENT, item)
    missed = [g for g in gold if not any(same(g, r) for r in read)]
    extra = [r for r in read if not any(same(g, r) for g in gold)]
    counts = Counts(tp=len(gold) - len(missed), fp=len(extra), fn=len(missed))
    return Judged(what, counts, item, missed, extra, INVENTED if extra else MISSED)


def judge_share(what: str, item: str, right: bool, gold: Any = None, read: Any = None, badness: int = WRONG) -> Judged:
    """Something that should be so: it is, or it is not."""
    return Judged(what, TRUE if right else Counts(fn=1), item, gold, read, badness)


def judge_alarm(what: str, item: str, wrong: bool, gold: Any = None, read: Any = None, badness: int = WRONG) -> Judged:
    """Something that should not be so: it is, or it is not."""
    return Judged(what, Counts(fp=1) if wrong else ABSENT, item, gold, read, badness)
