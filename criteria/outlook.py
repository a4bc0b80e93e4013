"""How much is open about the verdict of the guideline that decides: now, and once a question was answered.

Open is what nobody has said and would matter: in a way to a better verdict, or in a scenario that could still speak
against the study. What somebody skipped or did not know stays a gap, and so does every way that needs it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from criteria.answers import facts_from_answer
from criteria.facts import FactValue, Finding
from criteria.fill_sets import FillSets, bits_in, union
from criteria.leaves import Fill, Scene
from criteria.library.records import Guideline, Library
from criteria.opinions import open_sets, refusing_sets, result_of
from criteria.questions import closed_by
from criteria.results import Question
from criteria.supposed import Supposed, after, effect_of

_SETTLED = 4.0
"""How many open facts a settled verdict is worth."""


@dataclass(frozen=True)
class Outlook:
    """What is open, as sets of `scene.sets`: the `ways` to a better verdict, and what would make the guideline speak
    `against` the study where that is still to be feared. `denied`: the findings that were said to be absent."""

    scene: Scene
    guideline: Guideline
    verdict: str
    ways: Collection[int]
    against: Collection[int]
    denied: frozenset[str]

    def wanted(self) -> int:
        """What there is sense in asking now, as a set of `scene.sets`."""
        return _wanted((*self.ways, *self.against), closed_by(self.scene.case.settled), self.denied, self.scene)

    def open(self) -> float:
        """How much is open: facts nobody has said that still matter, and whether the verdict stands."""
        # The empty way: it is as wanted. No way: it never will be.
        if not self.ways or 0 in self.ways or (0 in self.against and result_of(self.guideline, self.scene)[1]):
            return 0.0
        return _SETTLED + self.scene.sets.facts_in(self.wanted())

    def questions_for(self, fill: Fill) -> tuple[str, ...]:
        """Ids of the questions that can still settle what is open, as `open_questions` gives them."""
        return _still_to_ask(fill, closed_by(self.scene.case.settled), self.denied, self.scene.library)

    def standing(self, finding: str) -> tuple[tuple[int, ...], ...]:
        """How a finding stands in what is open: the sizes of the ways that want it said, of those that want no more of
        it than that it is so, and of what it would speak against.

        What stands alike is worth the same to ask, whichever of it is so.
        """
        asked, plainly = 0, 0
        for id in (finding, *self.scene.library.implied_by(finding)):
            asked |= self._asked_of.get(id, 0)
            plainly |= self.scene.sets.by_need.get(id, 0)
        plainly &= asked
        ways, against = self._by_size
        sizes = _sizes(ways, asked)
        return sizes, sizes if plainly == asked else _sizes(ways, plainly), _sizes(against, asked)

    @cached_property
    def _by_size(self) -> tuple[list[int], list[int]]:
        """What is open, the smallest first: the ways, and what would speak against the study."""
        return sorted(self.ways, key=int.bit_count), sorted(self.against, key=int.bit_count)

    @cached_property
    def _asked_of(self) -> Mapping[str, int]:
        """Fact -> what is open about it."""
        sets, found = self.scene.sets, dict[str, int]()
        for bit in bits_in(union((*self.ways, *self.against))):
            fact = sets.fills[bit.bit_length() - 1].fact
            found[fact] = found.get(fact, 0) | bit
        return found

    def open_after(self, question: Question, answer: Any) -> float:
        """The same once this was answered, found from what is open now wherever that can be."""
        scene, sets = self.scene, self.scene.sets
        facts = facts_from_answer(question, answer, scene.case)
        supposed = Supposed(question, facts, scene)
        effect = effect_of(supposed, self.guideline)
        if effect is None:
            return outlook(self.guideline, supposed.scene, self.verdict).open()
        ways = after(self.ways, effect, sets)
        if not ways or 0 in ways:
            return 0.0
        against = after(self.against, effect, sets)
        if 0 in against and result_of(self.guideline, supposed.scene)[1]:
            return 0.0
        closed = closed_by(scene.case.settled | {question.id})
        return _SETTLED + sets.facts_in(_wanted((*ways, *against), closed, _denied(self.denied, facts), scene))


def outlook(guideline: Guideline, scene: Scene, verdict: str) -> Outlook:
    """What is open about the verdict that the guideline gives."""
    ways = open_sets(guideline, scene, least=2 if verdict == "arguable" else 1)
    against = () if verdict == "arguable" else refusing_sets(guideline, scene)
    return Outlook(scene, guideline, verdict, ways, against, _denied(frozenset(), scene.case.findings))


def open_questions(fill: Fill, scene: Scene) -> tuple[str, ...]:
    """Ids of the questions that can still settle what is open; () when the person could not or would not say.

    A question that was closed although this is still open was not answered. A finding that stood on a closed list is
    not asked by itself, unless others of that list were denied: then it was not on the list as shown. Nor is the rest
    of a treatment whose length nobody knows.
    """
    denied = _denied(frozenset(), scene.case.findings)
    return _still_to_ask(fill, closed_by(scene.case.settled), denied, scene.library)


def _still_to_ask(fill: Fill, closed: frozenset[str], denied: frozenset[str], library: Library) -> tuple[str, ...]:
    if closed.isdisjoint(fill.ask):
        return fill.ask
    left = tuple(id for id in fill.ask if id not in closed)
    if fill.fact in library.findings:
        lists = (library.questions.get(id) for id in fill.ask if id in closed)
        return left if all(one is not None and not denied.isdisjoint(one.facts) for one in lists) else ()
    if fill.fact.startswith("treatment"):
        given_up = {id.split(".")[-1] for id in fill.ask if id in closed}
        return tuple(id for id in left if id.split(".")[-1] not in given_up)
    return left


def _denied(before: frozenset[str], facts: Iterable[FactValue]) -> frozenset[str]:
    """The findings that are said to be absent once these facts are said too."""
    said = [fact for fact in facts if isinstance(fact, Finding)]
    return before.difference(f.id for f in said).union(f.id for f in said if f.status == "absent")


def _wanted(given: tuple[int, ...], closed: frozenset[str], denied: frozenset[str], scene: Scene) -> int:
    """What these sets want said, but for those that need what no question can settle any more."""
    sets, every, asked = scene.sets, union(given), 0
    for id in closed:
        asked |= sets.asked_by.get(id, 0)
    given_up = 0
    for bit in bits_in(asked & every & sets.ask):
        if not _still_to_ask(scene.asked(bit), closed, denied, scene.library):
            given_up |= bit
    kept = [one for one in given if not one & given_up] if given_up else given
    if not every & (sets.care_to_do | sets.visits_asked):
        return union(kept) & sets.ask
    return union([_now_of(one, sets) for one in kept])


def _now_of(way: int, sets: FillSets) -> int:
    """What there is sense in asking now of what a way leaves open.

    No details of care, and no visit after it, while more care is to do. A visit comes last of all: without one there
    is still a visit to make, so that the answer rules nothing out.
    """
    asks = way & sets.ask
    if way & sets.care_to_do:
        asks &= ~sets.care_and_visits
    return asks & ~sets.visits_asked or asks


def _sizes(given: list[int], asked: int) -> tuple[int, ...]:
    return tuple([one.bit_count() for one in given if one & asked]) if asked else ()
