"""Rule trees evaluated: the value with its trace, and the smallest sets of fills that would give a wanted value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain, combinations
from operator import attrgetter
from typing import Any, NamedTuple, Protocol, TypeVar

from criteria import logic
from criteria.judging import judge
from criteria.leaves import Judged, Node, Scene
from criteria.results import Trace, Value

_T = TypeVar("_T", covariant=True)


class _OfNode(Protocol[_T]):
    def __call__(self, node: Node, scene: Scene, want: bool = True) -> _T: ...


def _kept(name: str) -> Callable[[Callable[[Node, Scene, bool], _T]], _OfNode[_T]]:
    """What was found out about a node is kept in the scene, under this name, and found out once.

    For a node that reads nothing of what has changed since, it is as it was in the scene that this one was made from.
    """
    memo: Callable[[Scene], dict[tuple[Node, bool], Any]] = attrgetter(name)

    def keeping(find: Callable[[Node, Scene, bool], _T]) -> _OfNode[_T]:
        def found(node: Node, scene: Scene, want: bool = True) -> _T:
            kept, key = memo(scene), (node, want)
            known: _T | None = kept.get(key)
            if known is not None:
                return known
            before = scene.before
            if before is not None and scene.changed.isdisjoint(scene.library.reads[node]):
                known = memo(before).get(key)
                if known is None:
                    known = find(node, scene, want) if scene.finished_before else found(node, before, want)
            else:
                known = find(node, scene, want)
            kept[key] = known
            return known

        found.__doc__ = find.__doc__
        return found

    return keeping


@_kept("traces")
def evaluate(node: Node, scene: Scene, want: bool) -> Trace:
    """The tree again, each node with its value, the facts it used and its source. `want` is False under a `not`."""
    if node.op == "leaf":
        one = judged(node, scene, want)
        return Trace("leaf", node.say, one.value, one.facts, node.source)
    if node.op == "not":
        inner = evaluate(node.of[0], scene, not want)
        return Trace("not", node.say, logic.negate(inner.value), inner.facts, node.source, of=(inner,))
    # Lists, not generators: this is done for every node that reads what was said.
    parts = tuple([evaluate(part, scene, want) for part in node.of])
    combined = _combined(node, [part.value for part in parts])
    facts = tuple(dict.fromkeys([key for part in parts if part.value == combined for key in part.facts]))
    return Trace(node.op, node.say, combined, facts, node.source, node.n, parts)


@_kept("values")
def value(node: Node, scene: Scene, want: bool) -> Value:
    """The value alone, without its trace."""
    if node.op == "leaf":
        return judged(node, scene, want).value
    if node.op == "not":
        return logic.negate(value(node.of[0], scene, not want))
    return _combined(node, (value(part, scene, want) for part in node.of))


def _combined(node: Node, values: Iterable[Value]) -> Value:
    if node.op == "all":
        return logic.all_of(values)
    return logic.any_of(values) if node.op == "any" else logic.at_least(node.n or 0, values)


@_kept("ways")
def ways(node: Node, scene: Scene, want: bool) -> tuple[int, ...]:
    """The smallest sets of fills after which the tree would be met (`want`) or not met; () when it is closed.

    They are sets of `scene.sets`, in no order. The empty one means that it already is so.
    """
    if node.op == "leaf":
        return fills_of(judged(node, scene, want), scene, want)
    if node.op == "not":
        return ways(node.of[0], scene, not want)
    if (node.op == "all") is want and node.op != "at_least":
        needed_all = []
        for part in node.of:
            found = ways(part, scene, want)
            if not found:
                return ()
            needed_all.append(found)
        return scene.sets.joined(needed_all)
    parts = [ways(part, scene, want) for part in node.of]
    if node.op == "at_least":
        n = node.n or 0
        needed = n if want else len(parts) - n + 1
        open_parts = [part for part in parts if part]
        return scene.sets.smallest(w for chosen in combinations(open_parts, needed) for w in scene.sets.joined(chosen))
    return scene.sets.smallest(w for part in parts for w in part)


def fills_of(leaf: Judged, scene: Scene, want: bool) -> tuple[int, ...]:
    """What a judged leaf leaves to be filled, as `ways` gives it."""
    if leaf.value != "not_known" and (leaf.value == "met") is want:
        return (0,)
    found = []
    for one in leaf.fills:
        mask = 0
        for fill in one:
            bit = scene.sets.bit(fill)
            scene.asks.setdefault(bit, fill)
            mask |= bit
        found.append(mask)
    return tuple(found)


@_kept("judged_leaves")
def leaves(node: Node, scene: Scene, want: bool) -> tuple[tuple[Node, Judged, bool], ...]:
    """Every leaf as judged, with the value wanted of it."""
    return tuple([(leaf, judged(leaf, scene, met is want), met is want) for leaf, met in node.leaves])


class Below(NamedTuple):
    """What the leaves below a node need and have.

    `lacking`: the facts that would fill a leaf, in the order of the rule and as often as they stand there, each with
    whether nobody has said it. `uncharted`: as `Judged.uncharted`.
    """

    lacking: tuple[tuple[str, bool], ...]
    uncharted: tuple[tuple[str, str], ...]


@_kept("below")
def below(node: Node, scene: Scene, want: bool) -> Below:
    """What the leaves below a node need and have, where the node is to be met (`want`) or not met."""
    if node.op == "leaf":
        return _of_leaf(judged(node, scene, want), want)
    want = want is (node.op != "not")
    lacking, uncharted = zip(*[below(part, scene, want) for part in node.of], strict=True)
    return Below(tuple(chain.from_iterable(lacking)), tuple(chain.from_iterable(uncharted)))


def _of_leaf(leaf: Judged, want: bool) -> Below:
    uncharted = leaf.uncharted if want and leaf.value == "met" else ()
    fills = sorted([fill for one in leaf.fills for fill in one], key=attrgetter("fact", "need"))
    return Below(tuple([(fill.fact, fill.kind == "ask") for fill in fills]), uncharted)


def judged(node: Node, scene: Scene, want: bool) -> Judged:
    """A leaf against the case, where it is to be met (`want`) or not met."""
    # Rules share many of their leaves.
    first = scene.library.first_like[node]
    return scene.judged.get((first, want)) or _judged_first(first, scene, want)


@_kept("judged")
def _judged_first(node: Node, scene: Scene, want: bool) -> Judged:
    return judge(node.condition, scene, want)
