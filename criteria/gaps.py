"""What is open about the deciding guideline: gaps, ranked soonest first, and the ways that they make."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from criteria.facts import Case
from criteria.fill_sets import FillSets, bits_in, union
from criteria.leaves import Node, Scene
from criteria.library.records import Guideline
from criteria.opinions import CONTRAST, Opinion, helpful_trees, trees
from criteria.results import Gap, Way
from criteria.tree import below, judged, leaves, ways

_RANK = {"ask": 0, "chart": 1, "act": 2, "closed": 3}
_TO_RULE_OUT = "Nobody has ruled this out yet: "
_NOTE = "Get a copy of the note that shows this: "
_REPORT = "Get a copy of the report of this: "
_OPENINGS = (
    "Nobody has said yet whether this is so: ",
    _TO_RULE_OUT,
    "Nobody has said yet: ",
    _NOTE,
    _REPORT,
)
MOST_SHOWN = 60
"""No answer lists more ways than this, the soonest first."""


def gaps_and_ways(
    open_ways: Mapping[int, str],
    decides: Opinion | None,
    applicable: Iterable[Guideline],
    scene: Scene,
    decided: bool,
) -> tuple[tuple[Gap, ...], tuple[Way, ...]]:
    """The gaps and the ways of the deciding guideline.

    `open_ways`: its `open_sets`. `decided`: it is met or arguable and nothing has to be filled; then the gaps are only
    what stands in no way. A *closed* gap, and a *chart* gap for what counts already, is in no way.
    """
    deciding = decides.guideline if decides else None
    shown = () if decided else _soonest(open_ways, scene.sets)
    place_in_rule = _places(deciding, scene)
    last = len(place_in_rule)
    fills = sorted(
        scene.sets.fills_in(union(shown)),
        key=lambda f: (_RANK[f.kind], place_in_rule.get(f.fact, last), f.fact, f.need, f.say),
    )
    settles = _settles({fill.fact for fill in fills}, deciding, applicable, scene)
    gaps = [Gap(f.kind, f.fact, f.say, f.who, settles[f.fact]) for f in fills]
    place = {scene.sets.bit(fill): i for i, fill in enumerate(fills)}
    ranks = [_RANK[fill.kind] for fill in fills]
    listed = [(open_ways[one], tuple(sorted([place[bit] for bit in bits_in(one)]))) for one in shown]
    listed.sort(key=lambda way: ([ranks[i] for i in reversed(way[1])], len(way[1]), way[1]))
    found = tuple([Way(deciding.id, pathway, places) for pathway, places in listed]) if deciding else ()
    standing = [*_uncharted(deciding, scene), *_code_gaps(scene.case, scene)]
    if not decided and deciding is not None:
        standing += _closed(deciding, scene)
    if decides and decides.unrated and "study.contrast" not in settles:
        say = f"{decides.unrated}: ask the clinic which one was meant."
        standing.append(Gap("closed", "study.contrast", say, "clinic", (decides.guideline.id,)))
    # What stands in no way comes after its own kind, and the indices of the ways stay right.
    return (*gaps, *standing), found


def in_short(say: str) -> str:
    """What a gap names, for a list that says above it what these are."""
    for opening in _OPENINGS:
        say = say.removeprefix(opening)
    return say.rstrip(".")


def is_copy(say: str) -> bool:
    """Whether the gap is filled by a copy of what the record is likely to have."""
    return say.startswith((_NOTE, _REPORT))


def to_rule_out(say: str) -> bool:
    """Whether the gap is filled by hearing that what it names is not so."""
    return say.startswith(_TO_RULE_OUT)


def _places(deciding: Guideline | None, scene: Scene) -> dict[str, int]:
    """Where each fact first stands in the deciding guideline, so that gaps follow the order of its rules."""
    places: dict[str, int] = {}
    for tree in helpful_trees(deciding, scene) if deciding else ():
        for fact, _ in below(tree, scene).lacking:
            places.setdefault(fact, len(places))
    return places


def _soonest(open_ways: Mapping[int, str], sets: FillSets) -> Collection[int]:
    """The ways that are listed."""
    return open_ways if len(open_ways) <= MOST_SHOWN else sorted(open_ways, key=sets.order)[:MOST_SHOWN]


def _settles(
    facts: set[str], deciding: Guideline | None, applicable: Iterable[Guideline], scene: Scene
) -> dict[str, tuple[str, ...]]:
    """For each fact the guidelines in which it is open."""
    settled_in: dict[str, tuple[str, ...]] = dict.fromkeys(facts, ())
    for guideline in applicable if facts else ():
        asking = [scene.library.leaves_by_fact(tree) for tree in trees(guideline, scene)]
        for fact in facts:
            # Another version of the study is asked for by no leaf, only by a way.
            if (fact == "study.contrast" and guideline is deciding) or _is_open(fact, asking, scene):
                settled_in[fact] += (guideline.id,)
    return settled_in


def _is_open(fact: str, asking: list[Mapping[str, tuple[tuple[Node, bool], ...]]], scene: Scene) -> bool:
    """Whether one of these rules has a leaf that is not as it should be and that this fact would fill."""
    key = ".".join(fact.split(".")[:2]) if fact.startswith("imaging.") else fact
    for by_fact in asking:
        for leaf, want in by_fact.get(key, ()):
            found = judged(leaf, scene, want)
            if (found.value == "met") is not want and any(fill.fact == fact for one in found.fills for fill in one):
                return True
    return False


def _uncharted(deciding: Guideline | None, scene: Scene) -> list[Gap]:
    """What counts for the deciding guideline although nobody knows whether the record has it."""
    if deciding is None:
        return []
    found: dict[str, str] = {}
    for tree in trees(deciding, scene):
        for key, words in below(tree, scene).uncharted:
            found.setdefault(key, words)
    return [Gap("chart", key, _to_get(key, words), "clinic", (deciding.id,)) for key, words in _each_once(found)]


def _each_once(found: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Keys and words in order, no words twice: neither a picture that two rules count, nor what a rule asks for."""
    told: set[str] = set()
    for key, words in sorted(found.items()):
        name, asks, rest = words.partition(" (the rule asks for ")
        if words not in told:
            yield key, name if rest and rest in told else words
        told |= {words, *([rest] if asks else [])}


def _to_get(key: str, words: str) -> str:
    return f"{_REPORT if key.startswith('imaging.') else _NOTE}{words}."


def _closed(deciding: Guideline, scene: Scene) -> list[Gap]:
    """What a fact contradicts, and nothing can fill, in the rules that would help."""
    found: dict[str, Gap] = {}
    for tree in helpful_trees(deciding, scene):
        if ways(tree, scene):
            continue
        for node, one, want in leaves(tree, scene):
            if (
                (one.value == "met") is not want
                and one.value != "not_known"
                and not one.fills
                and one.facts
            ):
                key = one.facts[0]
                found.setdefault(key, Gap("closed", key, _closed_words(node, want), "patient", (deciding.id,)))
    return [found[key] for key in sorted(found)]


def _closed_words(node: Node, want: bool) -> str:
    return (
        f"The rule asks for this, and it is not so: {node.say}."
        if want
        else f"The rule asks that this is not so, but it is: {node.say}."
    )


def _code_gaps(case: Case, scene: Scene) -> list[Gap]:
    """Codes that contradict the facts: a code of another study, or of the other side."""
    found = []
    wrong = [code for code in case.study.cpt if code not in scene.study.cpt]
    if wrong:
        found.append(_code_gap("study.cpt", f"The code {wrong[0]} does not belong to this test ({scene.study.say})"))
    contrasts = {scene.study.cpt[c] for c in case.study.cpt if c in scene.study.cpt}
    if case.study.contrast and contrasts and case.study.contrast not in contrasts:
        asked = CONTRAST[case.study.contrast]
        found.append(_code_gap("study.cpt", f"The code {case.study.cpt[0]} does not fit the scan asked for ({asked})"))
    for code in case.study.icd10:
        side = scene.study.icd10_side.get(code)
        if side and case.study.side in ("left", "right") and side != case.study.side:
            found.append(
                _code_gap(
                    "study.icd10",
                    f"The code {code} names the {side} side, but the request is for the {case.study.side}",
                )
            )
    return found


def _code_gap(fact: str, say: str) -> Gap:
    return Gap("chart", fact, f"{say}: ask the clinic to check it.", "clinic")
