"""Sets of fills as whole numbers, one bit for each fill, so that joining and comparing many of them is quick.

A check looks at thousands of such sets. `FillSets` numbers the fills of one check as they turn up; it is made for a
check and goes with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from criteria.leaves import Fill

MOST_WAYS = 120
"""At every node no more than this many alternatives are kept, the least effort first, so that no tree explodes."""

_COST = {"ask": 1, "chart": 20, "act": 400}


@dataclass
class FillSets:
    """The fills of one check, each with its bit, and what sets of bits need to know about them."""

    fills: list[Fill] = field(default_factory=list)
    bits: dict[tuple[str, str, str, str, str], int] = field(default_factory=dict)
    """What tells a fill from others (see `Fill`) -> its bit."""
    by_need: dict[str, int] = field(default_factory=dict)
    by_fact: dict[str, int] = field(default_factory=dict)
    keys: list[tuple[int, tuple[str, str, str]]] = field(default_factory=list)
    """What each fill costs, and its place among those that cost the same."""
    asked_by: dict[str, int] = field(default_factory=dict)
    """Question -> the fills that it might settle."""
    ask: int = 0
    care_to_do: int = 0
    care_and_visits: int = 0
    visits_asked: int = 0
    opposites: dict[int, int] = field(default_factory=dict)
    """A fill -> those that it contradicts."""
    opposed: int = 0
    """Every fill that contradicts another."""
    further: int = 0
    """Fills that bring others along, or fill the same need as another."""
    joins: dict[tuple[tuple[int, ...], ...], tuple[int, ...]] = field(default_factory=dict)
    """What was joined before: fills that turn up later change nothing about the sets of those known."""
    reaches: dict[int, int] = field(default_factory=dict)
    """What is `further` in a set -> what is filled along with it, for as long as no further fill turns up."""
    named: dict[tuple[tuple[str, tuple[int, ...]], ...], dict[int, str]] = field(default_factory=dict)
    """Routes -> the nearest of their sets, each with the name of its route."""

    def copy(self) -> FillSets:
        """The same fills with the same bits; fills that are added to one are not added to the other."""
        return replace(
            self,
            fills=[*self.fills],
            bits={**self.bits},
            by_need={**self.by_need},
            by_fact={**self.by_fact},
            keys=[*self.keys],
            asked_by={**self.asked_by},
            opposites={**self.opposites},
            reaches={**self.reaches},
            joins={**self.joins},
            named={**self.named},
        )

    def bit(self, fill: Fill) -> int:
        """The bit of a fill; a new one for a fill not seen yet."""
        known = self.bits.get(fill[:5])
        bit = self._add(fill) if known is None else known
        # The questions for one fill can differ with what was said, so each time they are added to those known.
        for question in fill.ask:
            self.asked_by[question] = self.asked_by.get(question, 0) | bit
        return bit

    def _add(self, fill: Fill) -> int:
        bit = self.bits[fill[:5]] = 1 << len(self.fills)
        self.reaches.clear()
        self.fills.append(fill)
        self.keys.append((_COST[fill.kind], (fill.fact, fill.need, fill.say)))
        self.by_fact[fill.fact] = self.by_fact.get(fill.fact, 0) | bit
        same, opposite = self.by_need.get(fill.need, 0), self.by_need.get(_opposite(fill.need), 0)
        self.by_need[fill.need] = same | bit
        if opposite:
            self.opposed |= bit | opposite
            self.opposites[bit] = opposite
            for other in bits_in(opposite):
                self.opposites[other] = self.opposites.get(other, 0) | bit
        if same or fill.brings:
            self.further |= bit | same
        if fill.kind == "ask":
            self.ask |= bit
        if fill.fact.startswith(("evaluation", "treatment")):
            self.care_and_visits |= bit
            if fill.kind == "ask" and fill.fact == "evaluation":
                self.visits_asked |= bit
            if fill.kind == "act" and fill.fact.startswith("treatment"):
                self.care_to_do |= bit
        return bit

    def fills_in(self, mask: int) -> Iterator[Fill]:
        """The fills of a set."""
        for bit in bits_in(mask):
            yield self.fills[bit.bit_length() - 1]

    def facts_in(self, mask: int) -> int:
        """How many facts the fills of a set are of."""
        facts = 0
        while mask:
            first = self.fills[(mask & -mask).bit_length() - 1]
            mask &= ~self.by_fact[first.fact]
            facts += 1
        return facts

    def order(self, mask: int) -> tuple[int, int, list[tuple[str, str, str]]]:
        """A sort key, soonest first and the same for any order of facts: what can be said now comes before a note to
        fetch, that before something to do."""
        keys = [self.keys[bit.bit_length() - 1] for bit in bits_in(mask)]
        return sum([cost for cost, _ in keys]), len(keys), sorted([key for _, key in keys])

    def smallest(self, masks: Iterable[int]) -> tuple[int, ...]:
        """The sets of which no other is a subset; the soonest MOST_WAYS of them where there are more."""
        kept: list[int] = []
        smaller: list[int] = []
        size = -1
        # Loops, not any(...): this runs for every node of every tree. A set is no subset of another of its size.
        for one in sorted(set(masks), key=int.bit_count):
            if one.bit_count() > size:
                size, smaller = one.bit_count(), kept.copy()
            for other in smaller:
                if other & one == other:
                    break
            else:
                kept.append(one)
        return tuple(kept) if len(kept) <= MOST_WAYS else tuple(sorted(kept, key=self.order)[:MOST_WAYS])

    def without_parts(self, masks: Iterable[int], parts: Collection[int]) -> list[int]:
        """The sets of which none of the parts is a subset."""
        kept = []
        for one in masks:
            for part in parts:
                if part & one == part:
                    break
            else:
                kept.append(one)
        return kept

    def joined(self, parts: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
        """Every combination of one alternative of each part, the smallest ones; () when a part has none."""
        given = tuple([part for part in parts if part != (0,)])
        if len(given) < 2:
            return given[0] if given else (0,)
        if () in given:
            return ()
        known = self.joins.get(given)
        if known is None:
            known = self.joins[given] = self._joined(given)
        return known

    def _joined(self, parts: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
        result: tuple[int, ...] = (0,)
        for part in parts:
            if self.opposed:
                # What contradicts a set is found once, and not again for every set that it is joined with.
                sound = [other for other in part if not other & self._opposed_by(other)]
                both = set()
                for one in result:
                    against = self._opposed_by(one)
                    both.update([one | other for other in sound if not other & against])
            else:
                both = {one | other for one in result for other in part}
            result = self.smallest(both)
            if not result:
                return ()
        return result

    def _opposed_by(self, mask: int) -> int:
        """The fills that contradict one of these."""
        found, mask = 0, mask & self.opposed
        while mask:
            bit = mask & -mask
            found |= self.opposites[bit]
            mask ^= bit
        return found

    def without_brought(self, mask: int) -> int:
        """The set without the fills that another of them brings along."""
        return mask & ~self._brought(mask) if mask & self.further else mask

    def _brought(self, mask: int) -> int:
        found = 0
        for fill in self.fills_in(mask & self.further):
            for need in fill.brings:
                found |= self.by_need.get(need, 0)
        return found

    def nearest_of(self, routes: tuple[tuple[str, tuple[int, ...]], ...]) -> dict[int, str]:
        """The smallest and nearest sets of named alternatives: set -> the first name that has it."""
        known = self.named.get(routes)
        if known is None:
            names: dict[int, str] = {}
            for name, alternatives in routes:
                for mask in alternatives:
                    names.setdefault(self.without_brought(mask), name)
            known = self.named[routes] = {mask: names[mask] for mask in self.nearest(self.smallest(names))}
        return known

    def nearest(self, masks: tuple[int, ...]) -> tuple[int, ...]:
        """Of sets of which none is a part of another, those that do not fill all that another fills, and more."""
        every = union(masks)
        if not self.further & every:
            return masks
        kept = []
        for one in masks:
            reached = self.reach(one)
            # None of these sets is a part of another: what fills less has a fill that this one only brings along.
            if reached & ~one & every:
                for other in masks:
                    if other & ~reached == 0 and one & ~self.reach(other):
                        break
                else:
                    kept.append(one)
            else:
                kept.append(one)
        return tuple(kept)

    def reach(self, mask: int) -> int:
        """The fills that are filled once these are: the same needs, and what they bring along."""
        further = mask & self.further
        return mask | (self.reaches.get(further) or self._reach_of(further)) if further else mask

    def _reach_of(self, further: int) -> int:
        reach = self._brought(further)
        for fill in self.fills_in(further):
            reach |= self.by_need[fill.need]
        self.reaches[further] = reach
        return reach


def union(masks: Iterable[int]) -> int:
    """Every fill of these sets."""
    return reduce(or_, masks, 0)


def bits_in(mask: int) -> Iterator[int]:
    """Each bit of a set, as a set of its own."""
    while mask:
        bit = mask & -mask
        yield bit
        mask ^= bit


def _opposite(need: str) -> str:
    return need[4:] if need.startswith("not ") else f"not {need}"
