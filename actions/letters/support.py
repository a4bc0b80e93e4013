"""Which public criteria the letter may cite, and how: the deciding one with each point and its fact, then supports.

A criterion is cited only when the facts meet it. When the ACR scenario that fits is Usually Not Appropriate, the ACR is
not cited at all, whatever a payer's rule says. A record that is unverified or due for a re-read is cited only with
"check the current text". Thresholds that are the library's own are never cited.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Union

from actions.letters.assertions import Assertion
from actions.letters.context import Context
from actions.letters.document import Block, Paragraph, Row, Table
from actions.letters.evidence import evidence
from actions.letters.phrases import capital, day, field_phrase, length, listed, phrase
from actions.letters.sentences import line, listed_in, word
from criteria.leaves import FindingLeaf, Leaf, Node
from criteria.results import GuidelineResult, Trace

_SUPPORTING = ("usually_appropriate", "may_be_appropriate")
ACR = "American College of Radiology"


@dataclass(frozen=True)
class Point:
    """One point of a criterion that is met: what it asks, the facts in words, the same in short, and their keys."""

    asks: str
    told: str
    brief: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Support:
    """What may be cited: the deciding guideline's result with its points, and other results that agree."""

    deciding: GuidelineResult | None
    points: tuple[Point, ...]
    others: tuple[GuidelineResult, ...]
    used: frozenset[str]
    """Keys that the deciding guideline's met points rest on, whether or not it may be cited."""

    @property
    def facts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(fact for point in self.points for fact in point.facts))

    @property
    def told(self) -> str:
        return listed(list(dict.fromkeys(word for point in self.points for word in point.brief)))


def is_acr(result: GuidelineResult) -> bool:
    return result.category is not None or ACR in result.authority or result.authority.upper() in ("ACR", "AC")


def support(context: Context) -> Support:
    """What the letter may cite for this case."""
    assessment = context.assessment
    barred = any(is_acr(g) and g.category == "usually_not_appropriate" for g in assessment.guidelines)

    def citable(result: GuidelineResult) -> bool:
        return (
            result.result in ("met", "arguable")
            and _part(context, result) is not None
            and any(context.source(source) for source in result.sources)
            and not (is_acr(result) and (barred or result.category not in _SUPPORTING))
        )

    decided = next((g for g in assessment.guidelines if g.id == assessment.decided_by), None)
    deciding = decided if decided and assessment.verdict in ("met", "arguable") and citable(decided) else None
    supports = decided is not None and decided.result in ("met", "arguable")
    points = tuple(_points(context, decided)) if decided and supports else ()
    others = tuple(g for g in assessment.guidelines if g is not decided and citable(g) and _for_case(context, g))
    used = frozenset(fact for point in points for fact in point.facts)
    return Support(deciding, points if deciding else (), others if deciding else (), used)


def _for_case(context: Context, result: GuidelineResult) -> bool:
    """Whether a guideline that agrees is one for this case: another payer's rule is no argument to this payer."""
    record, plan = context.library.guidelines.get(result.id), context.case.plan
    if record is None or is_acr(result):
        return record is not None
    to = record.applies_to
    limited = to.payers or to.reviewers or to.plan_types
    return not limited or plan.payer in to.payers or plan.reviewer in to.reviewers or plan.type in to.plan_types


_GENERIC = ("all of these", "any of these", "at least ", "not: ")
"""How a branch of a rule is worded when its record gives it no words: then its parts are told instead."""


def _points(context: Context, result: GuidelineResult) -> Iterator[Point]:
    """The met points of the part that fits. Where a reading of ours decides, the scenario's own words stand for it."""
    part = _part(context, result)
    if part is None:
        return
    asked: dict[str, list[_Met]] = {}
    for asks, facts in _walk(part[1], part[2], part[0]):
        asked.setdefault(asks, []).extend(facts)
    if {fact for fact, _ in asked.get(part[0], ())} == {"symptom_weeks"}:
        # The scenario names the trouble too, which is what makes its topic bear on the case.
        asked[part[0]] = [*_complaint(context), *asked[part[0]]]
    points = [point for asks, met in asked.items() if (point := _point(context, asks, met))]
    told = {fact for point in points for fact in point.facts}
    trouble = [met for met in _complaint(context) if met[0] not in told]
    if _point(context, "", trouble) is not None and "symptom_weeks" not in told:
        trouble.append(("symptom_weeks", None))
    complaint = _point(context, line("criteria_complaint"), trouble)
    yield from (complaint, *points) if complaint else points


def _complaint(context: Context) -> Iterator[_Met]:
    """The trouble that the scan is asked for and how long it has lasted: what makes a topic bear on the case at all.

    A habit or an illness of the past is no trouble, and a length alone tells of none.
    """
    for id in context.study.complaints if context.study else ():
        if not listed_in("so", id) and id not in _ILLNESSES:
            yield id, FindingLeaf(id)


_ILLNESSES = ("active_cancer",)


_Met = tuple[str, Union[Leaf, None]]
"""A key that a met leaf rests on, and the leaf; None for what stands under a `not`."""


def _walk(trace: Trace, rule: Node, says: str) -> Iterator[tuple[str, tuple[_Met, ...]]]:
    if trace.value != "met":
        return
    worded = trace.op == "leaf" or (trace.op != "all" and not trace.say.startswith(_GENERIC))
    if rule.ours or worded:
        named = line("criteria_nearest", scenario=says) if _stands_in(trace, rule) else says
        yield named if rule.ours else trace.say, tuple(_met(trace, rule))
    elif trace.op == "not":
        yield f"Not this: {trace.of[0].say}", tuple(_met(trace, rule))
    else:
        for inner, node in zip(trace.of, rule.of, strict=True):
            yield from _walk(inner, node, says)


def _met(trace: Trace, rule: Node) -> Iterator[_Met]:
    """The keys under a met branch, with the leaf each meets."""
    if trace.value != "met":
        return
    if trace.op in ("leaf", "not"):
        yield from ((fact, rule.leaf) for fact in trace.facts)
    else:
        for inner, node in zip(trace.of, rule.of, strict=True):
            yield from _met(inner, node)


def nearest(context: Context, result: GuidelineResult) -> bool:
    """Whether a finding stands in for the guideline's own word: then its scenario is the nearest, and no more is said.

    Where a reading of ours marks only some of its parts as ours, the others are the guideline's own word. A number for
    a word (age for "older") is told beside it, so the scenario still fits.
    """
    part = _part(context, result)
    return part is not None and (_stands_in(part[1], part[2]) or _names_untold_pain(context, part[0]))


def _names_untold_pain(context: Context, says: str) -> bool:
    """Whether a scenario is called after a pain that nobody has: the topic bears on the case by another complaint."""
    called = says.partition(",")[0]
    findings, library = context.case.findings, context.library
    felt = {f.id for f in findings if f.status in ("present", "historical")}
    return any(
        (record.term in called or record.say in called) and not felt & {record.id, *library.implying(record.id)}
        for record in library.findings.values()
        if record.group == "pain"
    )


def _stands_in(trace: Trace, rule: Node) -> bool:
    if trace.value != "met" or trace.op == "not":
        return False
    if trace.op == "leaf":
        return rule.ours and isinstance(rule.leaf, FindingLeaf)
    if rule.ours and not any(_marked(inner) for inner in rule.of):
        return any(isinstance(leaf, FindingLeaf) for _, leaf in _met(trace, rule))
    met = [_stands_in(inner, node) for inner, node in zip(trace.of, rule.of, strict=True) if inner.value == "met"]
    return all(met) if trace.op == "any" else any(met)


def _marked(rule: Node) -> bool:
    return rule.ours or any(_marked(inner) for inner in rule.of)


def _part(context: Context, result: GuidelineResult) -> tuple[str, Trace, Node] | None:
    """The scenario or pathway that fits: its words, its trace and its rule; None when the record has none."""
    record, study = context.library.guidelines.get(result.id), context.case.study.id
    if record is None:
        return None
    scenarios = [(s.id, s.say, s.when) for s in record.scenarios if study in s.rates]
    parts = scenarios or [(p.id, p.say, p.when) for p in record.pathways if study in p.studies]
    for (id, says, rule), trace in zip(parts, result.trace.of, strict=False):
        if id == result.pathway:
            return says.strip().rstrip("."), trace, rule
    return None


def _point(context: Context, asks: str, facts: Sequence[_Met]) -> Point | None:
    """The facts behind a met point in words; None when none of them has words."""
    full: dict[str, str] = {}
    brief: list[str] = []
    for fact, leaf in facts:
        for own, value in evidence(context, fact, leaf):
            full.setdefault(phrase(value, context.library), own)
            brief.append(phrase(value, context.library, brief=True))
        single = field_phrase(fact, context.case)
        if single and not (fact == "symptom_weeks" and any(_tells_length(context, told) for told in full)):
            full.setdefault(single, fact)
            brief.append(single)
    if not full:
        return None
    return Point(asks, listed(list(full)), tuple(dict.fromkeys(brief)), tuple(dict.fromkeys(full.values())))


def _tells_length(context: Context, told: str) -> bool:
    """Whether the words of a finding give the length of the whole problem already."""
    weeks = context.case.symptom_weeks
    return weeks is not None and f"for {length(weeks)}" in told


def criteria_section(context: Context, found: Support) -> tuple[Block, ...]:
    """How the facts fit the deciding criteria, and what agrees with them; () when nothing may be cited."""
    deciding = found.deciding
    if deciding is None:
        return ()
    first = _first(context, deciding)
    blocks: list[Block] = [Paragraph((_cite(context, first, deciding),)), Paragraph(tuple(_sources(context, deciding)))]
    if found.points:
        rows = tuple(_row(context, deciding, point) for point in found.points)
        blocks.append(Table(line("criteria_caption"), (line("criteria_1"), line("criteria_2")), rows, (2, 3)))
    for other in found.others:
        sentence = "acr_near" if nearest(context, other) else "acr_support"
        sentence = sentence if is_acr(other) else "rule_support"
        blocks.append(Paragraph((_cite(context, sentence, other), *_sources(context, other))))
    return tuple(blocks)


def _first(context: Context, deciding: GuidelineResult) -> str:
    if not is_acr(deciding):
        return "rule_met"
    return "acr_near" if nearest(context, deciding) else "acr_met"


def _row(context: Context, result: GuidelineResult, point: Point) -> Row:
    cells = (capital(point.asks).rstrip("."), capital(point.told))
    said = context.say("criterion", point.facts, _known(context, result), criterion=cells[0], told=cells[1])
    return Row(cells, said)


def _cite(context: Context, sentence: str, result: GuidelineResult) -> Assertion:
    part = _part(context, result)
    facts = tuple(dict.fromkeys(fact for point in _points(context, result) for fact in point.facts))
    return context.say(
        sentence,
        facts,
        _known(context, result),
        title=result.title,
        edition=result.edition,
        scenario=part[0] if part else "",
        study=context.scan_as_rated(result.contrast),
        category=word("category", result.category or ""),
    )


def cited(result: GuidelineResult) -> str:
    """A guideline by name, in a sentence: an ACR topic always with its category."""
    name = "cited_acr" if is_acr(result) else "cited_rule"
    category = word("category", result.category or "")
    return line(name, title=result.title, edition=result.edition, category=category)


def _known(context: Context, result: GuidelineResult) -> tuple[str, ...]:
    return tuple(source for source in result.sources if context.source(source))


def _sources(context: Context, result: GuidelineResult) -> Iterator[Assertion]:
    """The text that the guideline was read in, the first on record, and whether to look it up again.

    The place within it is told only where the text itself was read: elsewhere it says how others copied it.
    """
    for id in _known(context, result)[:1]:
        source = context.source(id)
        if source is not None:
            place = source.place if source.status == "verified" else ""
            yield context.say(
                "source", (), (id,), title=source.title, edition=source.edition, place=place, url=source.url,
                checked=day(source.checked_on),
            )  # fmt: skip
    for title in stale(context, result):
        yield context.say("check_current", (), _known(context, result), title=title)


def stale(context: Context, result: GuidelineResult) -> tuple[str, ...]:
    """The title of a guideline whose text must be looked up again before anyone relies on it."""
    record = context.library.guidelines.get(result.id)
    due = [source.recheck_after for id in result.sources if (source := context.source(id))]
    due += [record.recheck_after] if record else []
    unverified = result.status == "unverified" or any(
        source.status == "unverified" for id in result.sources if (source := context.source(id))
    )
    return (f"“{result.title}”",) if unverified or min(due, default=date.max) < context.case.as_of else ()
