"""What one guideline says about a case: its result, its trace, and the ways to a better one.

ACR topics hold scenarios in order of precedence. The first that matches counts. An earlier one that is not known yet
blocks a later match only where it could make the result worse, or where the match is Usually Not Appropriate and the
earlier one could make it better; it never blocks otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from criteria.leaves import Node, Scene
from criteria.library.records import Guideline, Rate, Scenario
from criteria.results import GuidelineResult, Trace, Value
from criteria.tree import Fills, evaluate, leaves, value, ways

Result = Literal["met", "arguable", "not_met", "not_known"]
RANK = {"usually_appropriate": 2, "may_be_appropriate": 1, "usually_not_appropriate": 0}
_RESULT: dict[str, Result] = {
    "usually_appropriate": "met",
    "may_be_appropriate": "arguable",
    "usually_not_appropriate": "not_met",
}


@dataclass(frozen=True)
class Opinion:
    """One guideline on one case. `about`: whether its topic bears on the case. `refused`: a scenario that matches is
    Usually Not Appropriate, so that the guideline speaks against the study."""

    guideline: Guideline
    result: Result
    trace: Trace
    about: Value
    category: str | None = None
    pathway: str | None = None
    status: Literal["verified", "paraphrased", "unverified"] = "verified"
    refused: bool = False

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
        )


def contrast_asked(scene: Scene) -> str | None:
    """The contrast asked for: as said, else as the billing code says; None when nobody said."""
    if scene.case.study.contrast:
        return scene.case.study.contrast
    return next((scene.study.cpt[code] for code in scene.case.study.cpt if code in scene.study.cpt), None)


def rate(scenario: Scenario, scene: Scene) -> Rate:
    """The scenario's category for the study as asked for; with no contrast named, the best of the surest ones."""
    rates = scenario.rates[scene.study.id]
    contrast = contrast_asked(scene)
    if contrast is not None and contrast in rates:
        return rates[contrast]
    return max(rates.values(), key=lambda r: (RANK[r.category], r.status == "verified"))


def opinion(guideline: Guideline, scene: Scene) -> Opinion:
    """The guideline's opinion of the case."""
    about: Value = evaluate(guideline.about, scene).value if guideline.about else "met"
    if guideline.scenarios:
        return _by_scenarios(guideline, scene, about)
    pathways = [p for p in guideline.pathways if scene.study.id in p.studies]
    if not pathways:
        trace = Trace("any", "no rule that can be checked: ask what the reviewer's text says", "not_known")
        return Opinion(guideline, "not_known", trace, about, status=guideline.status)
    traces = tuple(evaluate(p.when, scene) for p in pathways)
    met = next((i for i, t in enumerate(traces) if t.value == "met"), None)
    result: Value = "met" if met is not None else _open([t.value for t in traces])
    facts = traces[met].facts if met is not None else ()
    trace = Trace("any", guideline.title, result, facts, guideline.sources[0], of=traces)
    return Opinion(
        guideline, result, trace, about, pathway=None if met is None else pathways[met].id, status=guideline.status
    )


def _open(values: list[Value]) -> Value:
    return "not_known" if "not_known" in values else "not_met"


def _rated(guideline: Guideline, scene: Scene) -> list[tuple[Scenario, Rate]]:
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
    status = guideline.status if rated_as.status == "verified" else rated_as.status
    trace = Trace(
        "any",
        guideline.title,
        "met" if result != "not_met" else "not_met",
        traces[chosen].facts,
        guideline.sources[0],
        of=traces,
    )
    return Opinion(guideline, result, trace, about, rated_as.category, scenario.id, status, result == "not_met")


def _match(rated: list[tuple[Scenario, Rate]], values: list[Value]) -> tuple[Result, int | None]:
    """What scenarios of these values give, and the place of the one that matches; None when none does for sure."""
    chosen = next((i for i, one in enumerate(values) if one == "met"), None)
    if chosen is None:
        return _open(values), None
    rank = RANK[rated[chosen][1].category]
    before = [
        RANK[r.category]
        for (s, r), one in zip(rated[:chosen], values, strict=False)
        if one == "not_known" and not s.only_if_said
    ]
    # A matched May Be Appropriate is a floor: a better scenario that is still open can only raise it.
    if any(b < rank or rank == 0 < b for b in before):
        return "not_known", None
    return _RESULT[rated[chosen][1].category], chosen


def result_of(guideline: Guideline, scene: Scene) -> tuple[Result, bool]:
    """The opinion's result without its trace, and whether the guideline speaks against the study."""
    if guideline.scenarios:
        rated = _rated(guideline, scene)
        result, chosen = _match(rated, [value(s.when, scene) for s, _ in rated])
        return result, chosen is not None and result == "not_met"
    values = [value(tree, scene) for tree in trees(guideline, scene)]
    return ("met" if "met" in values else _open(values) if values else "not_known"), False


def open_ways(guideline: Guideline, scene: Scene, least: int = 1) -> tuple[tuple[str, Fills], ...]:
    """The smallest sets of fills that would make the guideline met or arguable, soonest first, each with its pathway.

    `least` is the lowest ACR category that will do: 1 May Be Appropriate, 2 Usually Appropriate.
    """
    found = sorted(open_sets(guideline, scene, least).items(), key=lambda one: scene.sets.order(one[0]))
    return tuple((name, frozenset(scene.sets.fills_in(mask))) for mask, name in found)


def open_sets(guideline: Guideline, scene: Scene, least: int = 1) -> dict[int, str]:
    """The same as sets of `scene.sets`, in no order: set -> pathway."""
    known = scene.opened.get((guideline.id, least))
    if known is None:
        known = scene.opened[guideline.id, least] = _open_sets(guideline, scene, least)
    return known


def _open_sets(guideline: Guideline, scene: Scene, least: int) -> dict[int, str]:
    names: dict[int, str] = {}
    for name, alternatives in _routes(guideline, scene, least):
        for mask in alternatives:
            names.setdefault(scene.sets.without_brought(mask), name)
    return {mask: names[mask] for mask in scene.sets.nearest(scene.sets.smallest(names))}


def _routes(guideline: Guideline, scene: Scene, least: int) -> list[tuple[str, tuple[int, ...]]]:
    if not guideline.scenarios:
        return [(p.id, ways(p.when, scene)) for p in guideline.pathways if scene.study.id in p.studies]
    rated = _rated(guideline, scene)
    routes = []
    for i, (scenario, rated_as) in enumerate(rated):
        rank = RANK[rated_as.category]
        if rank < max(least, 1):
            continue
        worse = [s.when for s, r in rated[:i] if RANK[r.category] < rank and _counts(s, scene)]
        parts = [ways(scenario.when, scene), *(ways(when, scene, want=False) for when in worse)]
        routes.append((scenario.id, scene.sets.joined(parts)))
    return routes


def refusing_sets(guideline: Guideline, scene: Scene) -> tuple[int, ...]:
    """The sets of fills (of `scene.sets`) that would make a Usually Not Appropriate scenario match."""
    against = [s.when for s, r in _rated(guideline, scene) if RANK[r.category] == 0 and not s.only_if_said]
    return scene.sets.smallest(mask for when in against for mask in ways(when, scene))


def _counts(scenario: Scenario, scene: Scene) -> bool:
    """Whether a scenario can be in the way: always, or for one that counts only if said, once a part of it is so."""
    return not scenario.only_if_said or any(j.value == "met" for _, j, want in leaves(scenario.when, scene) if want)


def trees(guideline: Guideline, scene: Scene) -> list[Node]:
    """Every tree of the guideline that bears on the study."""
    if guideline.scenarios:
        return [s.when for s, _ in _rated(guideline, scene)]
    return [p.when for p in guideline.pathways if scene.study.id in p.studies]
