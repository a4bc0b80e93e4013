"""What one guideline says about a case: its result, its trace, and the ways to a better one.

ACR topics hold scenarios in order of precedence. The first that matches counts. An earlier one that is not known yet
blocks a later match only where it could make the result worse, or where the match is Usually Not Appropriate and the
earlier one could make it better; it never blocks otherwise. A scenario that rates other versions of the study (by
contrast), and not the one asked for, says nothing about that one: where it matches, nothing is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from criteria.facts import Study
from criteria.leaves import Fill, Node, Scene
from criteria.library.records import Guideline, Pathway, Rate, Scenario, StudyRecord
from criteria.results import GuidelineResult, Trace, Value
from criteria.tree import evaluate, value, ways

Result = Literal["met", "arguable", "not_met", "not_known"]
RANK = {"usually_appropriate": 2, "may_be_appropriate": 1, "usually_not_appropriate": 0}
_UNRATED = 0.5
"""A version that is not rated: worse than an appropriate one, and no reason to refuse."""
CONTRAST = {"wo": "without contrast", "w": "with contrast", "wwo": "without and with contrast"}
_RESULT: dict[str, Result] = {
    "usually_appropriate": "met",
    "may_be_appropriate": "arguable",
    "usually_not_appropriate": "not_met",
}


@dataclass(frozen=True)
class Opinion:
    """One guideline on one case. `about`: whether its topic bears on the case, by what was said. `refused`: a scenario
    that matches is Usually Not Appropriate, so that the guideline speaks against the study. `unrated`: what it says of
    the one that matches where that does not rate the version asked for, else empty."""

    guideline: Guideline
    result: Result
    trace: Trace
    about: Value
    category: str | None = None
    pathway: str | None = None
    status: Literal["verified", "paraphrased", "unverified"] = "verified"
    refused: bool = False
    unrated: str = ""
    contrast: tuple[str, ...] = ()

    def shown(self) -> GuidelineResult:
        """The opinion as the check's answer shows it."""
        guideline = self.guideline
        return GuidelineResult(
            guideline.id,
            guideline.authority,
            guideline.title,
            guideline.edition,
            self.result,
            self.status,
            self.trace,
            self.category,
            self.pathway,
            guideline.sources,
            self.contrast,
        )


def contrast_asked(asked: Study, study: StudyRecord) -> str | None:
    """The version of the study asked for: by the contrast that was said, else by the code; None when nobody said.

    Contrast that was said counts as the study's one version with (or without) contrast where no code says it exactly.
    """
    said, versions = asked.contrast, set(study.cpt.values())
    if said in versions:
        return said
    like = [one for one in versions if said and (one == "wo") is (said == "wo")]
    if len(like) == 1:
        return like[0]
    return next((study.cpt[code] for code in asked.cpt if code in study.cpt), None)


def _contrast(scene: Scene) -> str | None:
    return contrast_asked(scene.case.study, scene.study)


def rate(scenario: Scenario, scene: Scene) -> Rate | None:
    """The scenario's category for the study as asked for; None when it does not rate that version.

    With no contrast named it is the best category of any version, because the clinic can still ask for that one.
    """
    rates = scenario.rates[scene.study.id]
    contrast = _contrast(scene)
    if contrast is not None:
        return rates.get(contrast)
    return max(rates.values(), key=lambda r: (RANK[r.category], r.status == "verified"))


def _rank(rated_as: Rate | None) -> float:
    return _UNRATED if rated_as is None else RANK[rated_as.category]


def opinion(guideline: Guideline, scene: Scene) -> Opinion:
    """The guideline's opinion of the case."""
    known = scene.opinions.get(guideline.id)
    if known is None:
        before = scene.before
        if before is not None and scene.finished_before and _same_in(before, guideline, scene):
            known = before.opinions.get(guideline.id)
        known = scene.opinions[guideline.id] = known or _opinion(guideline, scene)
    return known


def _opinion(guideline: Guideline, scene: Scene) -> Opinion:
    about: Value = value(guideline.about, scene.as_said) if guideline.about else "met"
    found = _by_scenarios(guideline, scene, about) if guideline.scenarios else _by_pathways(guideline, scene, about)
    if guideline.about is None or found.result not in ("met", "arguable") or not _unrecorded(guideline, scene):
        return found
    lacking = evaluate(guideline.about, scene)
    trace = Trace("all", found.trace.say, lacking.value, lacking.facts, found.trace.source, of=(lacking, found.trace))
    return Opinion(guideline, lacking.value, trace, about, status=found.status)


def _unrecorded(guideline: Guideline, scene: Scene) -> bool:
    """Whether the topic bears on the case by what was said, and the record does not have that yet."""
    if guideline.about is None or scene.as_said is scene or value(guideline.about, scene) == "met":
        return False
    return value(guideline.about, scene.as_said) == "met"


def _by_pathways(guideline: Guideline, scene: Scene, about: Value) -> Opinion:
    pathways = _pathways(guideline, scene)
    if not pathways:
        trace = Trace("any", "no rule that can be checked: ask what the reviewer's text says", "not_known")
        return Opinion(guideline, "not_known", trace, about, status=guideline.status)
    traces = tuple(evaluate(p.when, scene) for p in pathways)
    result, met = _qualified(pathways, [t.value for t in traces])
    facts = traces[met].facts if met is not None else ()
    shown: Value = "met" if result == "arguable" else result
    trace = Trace("any", guideline.title, shown, facts, guideline.sources[0], of=traces)
    return Opinion(
        guideline, result, trace, about, pathway=None if met is None else pathways[met].id, status=guideline.status
    )


def _pathways(guideline: Guideline, scene: Scene) -> list[Pathway]:
    return [p for p in guideline.pathways if scene.study.id in p.studies]


def _qualified(pathways: list[Pathway], values: list[Value]) -> tuple[Result, int | None]:
    """What pathways of these values give, and the place of the one that qualifies; None when none does for sure."""
    for gives in ("met", "arguable"):
        for i, (pathway, one) in enumerate(zip(pathways, values, strict=True)):
            if one == "met" and pathway.gives == gives:
                return pathway.gives, i
    return _open(values), None


def _open(values: list[Value]) -> Value:
    return "not_known" if "not_known" in values else "not_met"


def _rated(guideline: Guideline, scene: Scene) -> list[tuple[Scenario, Rate | None]]:
    known = scene.rated.get(guideline.id)
    if known is None:
        known = scene.rated[guideline.id] = [
            (s, rate(s, scene)) for s in guideline.scenarios if scene.study.id in s.rates
        ]
    return known


def _by_scenarios(guideline: Guideline, scene: Scene, about: Value) -> Opinion:
    rated = _rated(guideline, scene)
    traces = tuple(evaluate(s.when, scene) for s, _ in rated)
    result, chosen = _match(rated, [t.value for t in traces])
    if chosen is None:
        shown: Value = "not_known" if result == "not_known" else "not_met"
        trace = Trace("any", guideline.title, shown, (), guideline.sources[0], of=traces)
        return Opinion(guideline, result, trace, about, status=guideline.status)
    scenario, rated_as = rated[chosen]
    if rated_as is None:
        says = _unrated_words(guideline, scenario, scene)
        trace = Trace("any", says, "not_known", traces[chosen].facts, guideline.sources[0], of=traces)
        return Opinion(guideline, result, trace, about, status=guideline.status, unrated=says)
    status = guideline.status if rated_as.status == "verified" else rated_as.status
    trace = Trace(
        "any",
        guideline.title,
        "met" if result != "not_met" else "not_met",
        traces[chosen].facts,
        guideline.sources[0],
        of=traces,
    )
    for_versions = _versions(scenario, rated_as, scene)
    refused = result == "not_met"
    return Opinion(
        guideline, result, trace, about, rated_as.category, scenario.id, status, refused, contrast=for_versions
    )


def _versions(scenario: Scenario, rated_as: Rate, scene: Scene) -> tuple[str, ...]:
    """The versions that have this category: the one asked for, else all that do; () for a study of one version."""
    if len(set(scene.study.cpt.values())) < 2:
        return ()
    asked, rates = _contrast(scene), scenario.rates[scene.study.id]
    return tuple(one for one in CONTRAST if asked in (None, one) and one in rates and rates[one] == rated_as)


def _unrated_words(guideline: Guideline, scenario: Scenario, scene: Scene) -> str:
    """Which version of the study was asked for, and which ones the scenario rates, in plain words."""
    others = " or ".join(CONTRAST[one] for one in CONTRAST if one in scenario.rates[scene.study.id])
    asked = _contrast(scene)
    return (
        f"What we know of “{guideline.title}” rates this test {others}"
        f"{f', not {CONTRAST[asked]}, as it was asked for' if asked else ''}"
    )


def _match(rated: list[tuple[Scenario, Rate | None]], values: list[Value]) -> tuple[Result, int | None]:
    """What scenarios of these values give, and the place of the one that matches; None when none does for sure."""
    chosen = next((i for i, one in enumerate(values) if one == "met"), None)
    if chosen is None:
        return _open(values), None
    chosen_as = rated[chosen][1]
    if chosen_as is None:
        return "not_known", chosen
    rank = RANK[chosen_as.category]
    open_ = [i for i in range(chosen) if values[i] == "not_known" and not rated[i][0].only_if_said]
    before = [_rank(rated[i][1]) for i in open_]
    # A matched May Be Appropriate is a floor: a better scenario that is still open can only raise it.
    if any(b < rank or rank == 0 < b for b in before):
        return "not_known", None
    return _RESULT[chosen_as.category], chosen


def _up_to_the_match(rated: list[tuple[Scenario, Rate | None]], scene: Scene) -> list[Value]:
    """The values of the scenarios up to the first that matches: what comes after it does not count."""
    values: list[Value] = []
    for scenario, _ in rated:
        values.append(value(scenario.when, scene))
        if values[-1] == "met":
            break
    return values


def result_of(guideline: Guideline, scene: Scene) -> tuple[Result, bool]:
    """The opinion's result without its trace, and whether the guideline speaks against the study."""
    if guideline.scenarios:
        rated = _rated(guideline, scene)
        result, chosen = _match(rated, _up_to_the_match(rated, scene))
        refused = chosen is not None and result == "not_met"
    else:
        pathways, refused = _pathways(guideline, scene), False
        result = "not_known"
        if pathways:
            result, _ = _qualified(pathways, [value(p.when, scene) for p in pathways])
    if guideline.about is not None and result in ("met", "arguable") and _unrecorded(guideline, scene):
        return value(guideline.about, scene), False
    return result, refused


def open_sets(guideline: Guideline, scene: Scene, least: int = 1) -> dict[int, str]:
    """The smallest sets of fills that would make the guideline met or arguable, each with its pathway.

    They are sets of `scene.sets`, in no order. `least` is the lowest ACR category that will do: 1 May Be Appropriate,
    2 Usually Appropriate.
    """
    known = _sets_known(guideline, scene, least)
    if known is None:
        known = scene.sets.nearest_of(tuple(_routes(guideline, scene, least)))
    scene.opened[guideline.id, least] = known
    return known


def has_ways(guideline: Guideline, scene: Scene) -> bool:
    """Whether there are such sets. One is enough to know: the rest are not looked for."""
    known = _sets_known(guideline, scene, 1)
    return any(one for _, one in _routes(guideline, scene, 1)) if known is None else bool(known)


def _sets_known(guideline: Guideline, scene: Scene, least: int) -> dict[int, str] | None:
    """The sets, where they were found before."""
    known, before = scene.opened.get((guideline.id, least)), scene.before
    if known is None and before is not None and _same_in(before, guideline, scene):
        return before.opened.get((guideline.id, least))
    return known


def _same_in(before: Scene, guideline: Guideline, scene: Scene) -> bool:
    """Whether the guideline reads nothing that has changed since that scene."""
    return before.rated is scene.rated and scene.changed.isdisjoint(scene.library.reads_of(scene.study.id, guideline))


def _routes(guideline: Guideline, scene: Scene, least: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    """The ways of each pathway or scenario, those by which the topic comes to bear on the case along with them."""
    routes = _by_scenario(guideline, scene, least) if guideline.scenarios else _by_pathway(guideline, scene, least)
    if guideline.about and _unrecorded(guideline, scene):
        noted = ways(guideline.about, scene)
        return ((name, scene.sets.joined((noted, alternatives))) for name, alternatives in routes)
    return routes


def _by_pathway(guideline: Guideline, scene: Scene, least: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    return ((p.id, ways(p.when, scene)) for p in _pathways(guideline, scene) if least < 2 or p.gives == "met")


def _by_scenario(guideline: Guideline, scene: Scene, least: int) -> Iterator[tuple[str, tuple[int, ...]]]:
    rated = _rated(guideline, scene)
    for i, (scenario, rated_as) in enumerate(rated):
        rank = _rank(rated_as)
        if rated_as is not None and rank >= max(least, 1):
            worse = [s for s, r in rated[:i] if _rank(r) < rank]
            yield scenario.id, _past(worse, scenario, scene)
    if least < 2:
        unrated = [scenario for scenario, rated_as in rated if rated_as is None]
        for one in dict.fromkeys(one for scenario in unrated for one in scenario.rates[scene.study.id]):
            yield from _by_another_version(guideline, one, scene)


def _past(worse: list[Scenario], scenario: Scenario, scene: Scene, first: tuple[int, ...] = (0,)) -> tuple[int, ...]:
    """The sets that make a scenario match and those before it that would count for less not match."""
    in_the_way = [s.when for s in worse if not s.only_if_said or value(s.when, scene) == "met"]
    missed = (_missed(when, scenario.when, scene) for when in in_the_way)
    parts = [first, ways(scenario.when, scene), *missed]
    found = scene.sets.joined(parts)
    for other in worse:
        if other.when not in in_the_way:
            found = _not_completing(other.when, found, scene)
    return found


def _missed(when: Node, beside: Node, scene: Scene) -> tuple[int, ...]:
    """The sets that make a rule not match beside one that does: what both ask for cannot be so and not so."""
    free = _not_shared(when, beside)
    if free is None:
        return ways(when, scene, want=False)
    return scene.sets.smallest(one for part in free for one in ways(part, scene, want=False))


@cache
def _not_shared(when: Node, beside: Node) -> tuple[Node, ...] | None:
    """The parts of the first rule that the second does not ask for too; None where it asks for none of them."""
    asked = [part.leaf for part in _conjuncts(beside) if part.leaf is not None]
    parts = _conjuncts(when)
    free = tuple(part for part in parts if part.leaf is None or part.leaf not in asked)
    return None if len(free) == len(parts) else free


def _conjuncts(node: Node) -> tuple[Node, ...]:
    """The parts of a rule all of which must be so."""
    return tuple(one for part in node.of for one in _conjuncts(part)) if node.op == "all" else (node,)


def _not_completing(when: Node, found: tuple[int, ...], scene: Scene) -> tuple[int, ...]:
    """The sets, those that would by the way fill all of a rule that counts only if said joined with what it lacks."""
    whole = ways(when, scene)
    caught = tuple(one for one in found if any(set_ & ~scene.sets.reach(one) == 0 for set_ in whole))
    if not caught:
        return found
    mended = scene.sets.joined((caught, ways(when, scene, want=False)))
    return scene.sets.smallest((*(one for one in found if one not in caught), *mended))


def _by_another_version(guideline: Guideline, contrast: str, scene: Scene) -> list[tuple[str, tuple[int, ...]]]:
    """The routes of the version with this contrast, where a scenario does not rate the one asked for."""
    study, rated = scene.study.id, [scenario for scenario, _ in _rated(guideline, scene)]
    asked, other = CONTRAST[_contrast(scene) or contrast], CONTRAST[contrast]
    say = f"“{guideline.title}” does not rate this test {asked}: ask your clinic if it should be {other}."
    fill = Fill("act", "study.contrast", say, "clinic", f"study.contrast {contrast}")
    bit = scene.sets.bit(fill)
    scene.asks.setdefault(bit, fill)
    routes = []
    for place, scenario in enumerate(rated):
        rank = _rank(scenario.rates[study].get(contrast))
        if rank >= 1:
            worse = [s for s in rated[:place] if _rank(s.rates[study].get(contrast)) < rank]
            routes.append((scenario.id, _past(worse, scenario, scene, (bit,))))
    return routes


def refusing_sets(guideline: Guideline, scene: Scene) -> tuple[int, ...]:
    """The sets of fills (of `scene.sets`) that would make a Usually Not Appropriate scenario match."""
    known = scene.refusing.get(guideline.id)
    if known is None:
        before = scene.before
        if before is not None and _same_in(before, guideline, scene):
            known = before.refusing.get(guideline.id)
        if known is None:
            against = [s.when for s, r in _rated(guideline, scene) if _rank(r) == 0 and not s.only_if_said]
            known = scene.sets.smallest(mask for when in against for mask in ways(when, scene))
        scene.refusing[guideline.id] = known
    return known


def trees(guideline: Guideline, scene: Scene) -> list[Node]:
    """Every tree of the guideline that bears on the study."""
    rules = [s.when for s, _ in _rated(guideline, scene)] or [p.when for p in _pathways(guideline, scene)]
    return [*_to_note(guideline, scene), *rules]


def _to_note(guideline: Guideline, scene: Scene) -> list[Node]:
    """What makes the topic bear on the case, where the record does not have it yet."""
    return [guideline.about] if guideline.about and _unrecorded(guideline, scene) else []


def helpful_trees(guideline: Guideline, scene: Scene) -> list[Node]:
    """The trees that would make the guideline met or arguable."""
    if not guideline.scenarios:
        return trees(guideline, scene)
    helpful = [
        s.when
        for s in guideline.scenarios
        if any(r.category != "usually_not_appropriate" for r in s.rates.get(scene.study.id, {}).values())
    ]
    return [*_to_note(guideline, scene), *helpful]
