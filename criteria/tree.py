"""Rule trees evaluated: the value with its trace, and the smallest sets of fills that would give a wanted value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from criteria import logic
from criteria.judging import judge
from criteria.leaves import Fill, Judged, Node, Scene
from criteria.results import Trace, Value

Fills = frozenset[Fill]
MOST_WAYS = 120
"""At every node no more than this many alternatives are kept, the least effort first, so that no tree explodes."""

_COST = {"ask": 1, "chart": 20, "act": 400}


def evaluate(node: Node, scene: Scene, want: bool = True) -> Trace:
    """The tree again, each node with its value, the facts it used and its source. `want` is False under a `not`."""
    if node.op == "leaf":
        judged = _judged(node, scene, want)
        return Trace("leaf", node.say, judged.value, judged.facts, node.source)
    if node.op == "not":
        inner = evaluate(node.of[0], scene, not want)
        return Trace("not", node.say, logic.negate(inner.value), inner.facts, node.source, of=(inner,))
    parts = tuple(evaluate(part, scene, want) for part in node.of)
    values = [part.value for part in parts]
    value: Value
    if node.op == "all":
        value = logic.all_of(values)
    elif node.op == "any":
        value = logic.any_of(values)
    else:
        value = logic.at_least(node.n or 0, values)
    facts = tuple(dict.fromkeys(key for part in parts if part.value == value for key in part.facts))
    return Trace(node.op, node.say, value, facts, node.source, node.n, parts)


def ways(node: Node, scene: Scene, want: bool = True) -> tuple[Fills, ...]:
    """The smallest sets of fills after which the tree would be met (`want`) or not met; () when it is closed.

    A set with nothing in it means that it already is so.
    """
    if node.op == "leaf":
        judged = _judged(node, scene, want)
        return (frozenset(),) if (judged.value == "met") is want and judged.value != "not_known" else judged.fills
    if node.op == "not":
        return ways(node.of[0], scene, not want)
    parts = [ways(part, scene, want) for part in node.of]
    if node.op == "at_least":
        n = node.n or 0
        needed = n if want else len(parts) - n + 1
        open_parts = [part for part in parts if part]
        return smallest(w for chosen in combinations(open_parts, needed) for w in joined(chosen))
    if (node.op == "all") is want:
        return joined(parts)
    return smallest(w for part in parts for w in part)


def joined(parts: Iterable[tuple[Fills, ...]]) -> tuple[Fills, ...]:
    """Every combination of one alternative of each part, the smallest ones; () when a part has none."""
    result: tuple[Fills, ...] = (frozenset(),)
    for part in parts:
        result = smallest(one | other for one in result for other in part if not _contradict(one | other))
        if not result:
            return ()
    return result


def _contradict(fills: Fills) -> bool:
    needs = {f.need for f in fills}
    return any(f"not {need}" in needs for need in needs)


def cost(fills: Fills) -> int:
    """How far away a set is: what can be said now comes before a note to fetch, that before something to do."""
    return sum(_COST[fill.kind] for fill in fills)


def order(fills: Fills) -> tuple[int, int, list[tuple[str, str, str]]]:
    """A sort key for sets of fills, soonest first and the same for any order of facts."""
    return cost(fills), len(fills), sorted((fill.fact, fill.need, fill.say) for fill in fills)


def smallest(sets: Iterable[Fills]) -> tuple[Fills, ...]:
    """The sets of which no other is a subset, soonest first, at most MOST_WAYS of them."""
    kept: list[Fills] = []
    for one in sorted(set(sets), key=lambda fills: (len(fills), order(fills))):
        if not any(other <= one for other in kept):
            kept.append(one)
    return tuple(sorted(kept, key=order)[:MOST_WAYS])


def leaves(node: Node, scene: Scene, want: bool = True) -> Iterator[tuple[Node, Judged, bool]]:
    """Every leaf as judged, with the value wanted of it."""
    if node.op == "leaf":
        yield node, _judged(node, scene, want), want
    for part in node.of:
        yield from leaves(part, scene, want is (node.op != "not"))


def _judged(node: Node, scene: Scene, want: bool) -> Judged:
    if node.leaf is None:
        raise TypeError(f"a leaf without a condition: {node.say}")
    return judge(node.leaf, scene, want)
