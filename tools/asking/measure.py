"""Every order of questions tried on every person, and the means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from random import Random
from statistics import mean

from criteria.assessment import assess
from criteria.library.records import Library
from tools.asking.inquiry import (
    Inquiry,
    Order,
    as_listed,
    as_listed_if_it_matters,
    as_listed_in_play,
    by_lot,
    by_the_engine,
    run,
    steps,
)
from tools.asking.optimum import fewest
from tools.asking.people import Person, told_in_full

LOTS = 5
MOST_STATES = 1500


@dataclass(frozen=True)
class Measured:
    """One person's numbers of questions, and the verdicts: told in full, and at the end of each order."""

    person: Person
    engine: int
    listed: int
    in_play: int
    mattering: int
    lot: float
    optimum: int | None
    verdict_in_full: str
    verdict_asked: str
    verdict_listed: str
    asked: tuple[str, ...]
    optimum_apart: int | None = None
    """The optimum over the library's own questions, none of them asked together."""
    talk: int = 0
    talk_listed: int = 0
    """Questions of the check, and in the library's order, after those that the conversation asks everybody."""
    shown: int = 0
    shown_listed: int = 0
    """How many things the person is shown to read: every line of a list, and one for any other question."""


def measured(person: Person, library: Library, most_states: int = MOST_STATES) -> Measured:
    """All the numbers of one person. Raises RuntimeError when an order never settles the case."""
    inquiry = Inquiry(person, library)
    end, listed = run(inquiry, by_the_engine), run(inquiry, as_listed)
    begun = inquiry.after_the_intake
    return Measured(
        person,
        engine=len(end.asked),
        listed=len(listed.asked),
        in_play=len(run(inquiry, as_listed_in_play).asked),
        mattering=len(run(inquiry, as_listed_if_it_matters).asked),
        lot=mean(len(run(inquiry, by_lot(Random(f"{person.name} {n}"))).asked) for n in range(LOTS)),
        optimum=fewest(inquiry, end, most_states),
        verdict_in_full=assess(told_in_full(person, library), library).verdict,
        verdict_asked=inquiry.look(end).verdict,
        verdict_listed=inquiry.look(listed).verdict,
        asked=end.asked,
        optimum_apart=fewest(inquiry, end, most_states, Inquiry.open_now),
        talk=sum(1 for _ in steps(inquiry, by_the_engine, begun)),
        talk_listed=sum(1 for _ in steps(inquiry, as_listed, begun)),
        shown=_shown(inquiry, by_the_engine),
        shown_listed=_shown(inquiry, as_listed),
    )


def _shown(inquiry: Inquiry, order: Order) -> int:
    asked = (question for question, _ in steps(inquiry, order))
    return sum(len(question.options) if question.kind == "any_of" else 1 for question in asked)


@dataclass(frozen=True)
class Means:
    """Mean numbers of questions of a group. The ratios compare sums; `to_optimum` where the optimum is known."""

    cases: int
    engine: float
    listed: float
    in_play: float
    mattering: float
    lot: float
    known: int
    optimum: float
    engine_where_known: float

    @property
    def to_listed(self) -> float:
        """Engine against (a)."""
        return self.engine / self.listed if self.listed else 1.0

    @property
    def to_optimum(self) -> float:
        """Engine against (c)."""
        return self.engine_where_known / self.optimum if self.optimum else 1.0


def means(rows: Iterable[Measured]) -> Means:
    """The means of a group of people; raises StatisticsError for an empty one."""
    group = list(rows)
    known = [r for r in group if r.optimum is not None]
    return Means(
        cases=len(group),
        engine=mean(r.engine for r in group),
        listed=mean(r.listed for r in group),
        in_play=mean(r.in_play for r in group),
        mattering=mean(r.mattering for r in group),
        lot=mean(r.lot for r in group),
        known=len(known),
        optimum=mean(r.optimum or 0 for r in known) if known else 0.0,
        engine_where_known=mean(r.engine for r in known) if known else 0.0,
    )
