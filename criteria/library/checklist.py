"""What the chart must show before a request for a study goes in: its rules, with the paper that shows each part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from criteria.leaves import Node as Rule
from criteria.library.proofs import paper_for
from criteria.library.records import Guideline, Library, PayerRecord, RecordStatus, Scenario

ACR = "acr"


@dataclass(frozen=True)
class Need:
    """One condition, as a tree. `paper` is the id of the record of proofs.yml that shows a leaf, and None elsewhere.

    `ours` marks a threshold or list of ours, which no rule states.
    """

    op: Literal["all", "any", "at_least", "not", "leaf"]
    say: str
    n: int | None
    ours: bool
    paper: str | None
    of: tuple[Need, ...]


@dataclass(frozen=True)
class Rated:
    """An ACR category for one contrast (`wo`, `w`, `wwo`) and how sure we are of it."""

    contrast: str
    category: str
    status: RecordStatus


@dataclass(frozen=True)
class Entrance:
    """One way to qualify: an ACR scenario with its ratings, or a pathway of a payer or reviewer with none.

    `gives` is the most that it can give: `met`, or `arguable` where the rule leaves it open even then.
    """

    id: str
    say: str
    rated: tuple[Rated, ...]
    gives: Literal["met", "arguable"]
    need: Need


@dataclass(frozen=True)
class Cited:
    """A source of a guideline, as a reader finds it."""

    id: str
    title: str
    edition: str
    url: str
    status: RecordStatus


@dataclass(frozen=True)
class Part:
    """One guideline. `due`: its text, or a source of it, is due to be read again.

    `entrances` are the ways to qualify, `refused` the scenarios that are rated Usually Not Appropriate whatever the
    contrast. A guideline with neither is only named, or support: `note` says what to ask. `reviewers` are
    the payers and reviewers whose rule it is, `plan_types` the plans it is for; empty means all.
    """

    id: str
    authority: str
    role: Literal["rule", "support"]
    title: str
    edition: str
    status: RecordStatus
    checked_on: date
    recheck_after: date
    due: bool
    sources: tuple[Cited, ...]
    reviewers: tuple[str, ...]
    plan_types: tuple[str, ...]
    binding: bool
    note: str
    entrances: tuple[Entrance, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """A record by its id and its name in words: a payer, a reviewer, a paper."""

    id: str
    say: str


@dataclass(frozen=True)
class Checklist:
    """The list for a study. `reviewers`: the payer and the reviewer it was made for; empty means everybody.

    `papers` are those that its needs name, in the order of proofs.yml.
    """

    study: str
    say: str
    as_of: date
    reviewers: tuple[Named, ...]
    papers: tuple[Named, ...]
    parts: tuple[Part, ...]


def checklist(library: Library, study: str, as_of: date, reviewer: str | None = None) -> Checklist:
    """The list for a study as of a day, for one payer or reviewer (an id of payers.yml), or for all of them.

    The reviewer's own rules come first, then what binds or is for everybody, then the ACR with the study's main topic
    leading. A payer brings the rules of the company that reviews imaging for it, unless that one decides by the payer's
    own. The ids must be known.
    """
    asked = () if reviewer is None else (reviewer, *_rules_from(library.payers[reviewer]))
    main = library.studies[study].main_topic
    chosen = [g for g in library.guidelines_for(study) if g.in_force(as_of) and _is_for(g, asked)]
    chosen.sort(key=lambda g: (_rank(g), g.series != main, g.series, g.id))
    parts = tuple(_part(g, study, as_of, library) for g in chosen)
    used = {paper for part in parts for entrance in part.entrances for paper in _papers(entrance.need)}
    return Checklist(
        study,
        library.studies[study].say,
        as_of,
        tuple(Named(id, library.payers[id].name) for id in asked),
        tuple(Named(p.id, p.say) for p in library.proofs.values() if p.id in used),
        parts,
    )


def _rules_from(payer: PayerRecord) -> tuple[str, ...]:
    return (payer.reviewer,) if payer.reviewer and not payer.own_criteria else ()


def _papers(need: Need) -> set[str]:
    return ({need.paper} if need.paper else set()).union(*(_papers(part) for part in need.of))


def _is_for(guideline: Guideline, asked: tuple[str, ...]) -> bool:
    named = _reviewers(guideline)
    return not asked or not named or any(one in named for one in asked)


def _reviewers(guideline: Guideline) -> tuple[str, ...]:
    return (*guideline.applies_to.payers, *guideline.applies_to.reviewers)


def _rank(guideline: Guideline) -> int:
    if guideline.authority == ACR:
        return 2
    return 0 if _reviewers(guideline) else 1


def _part(guideline: Guideline, study: str, as_of: date, library: Library) -> Part:
    rated = [s for s in guideline.scenarios if study in s.rates]
    pathways = [p for p in guideline.pathways if study in p.studies]
    sources = [library.sources[id] for id in guideline.sources]
    return Part(
        guideline.id,
        guideline.authority,
        guideline.role,
        guideline.title,
        guideline.edition,
        guideline.status,
        guideline.checked_on,
        guideline.recheck_after,
        min(guideline.recheck_after, *(source.recheck_after for source in sources)) < as_of,
        tuple(Cited(s.id, s.title, s.edition, s.url, s.status) for s in sources),
        _reviewers(guideline),
        guideline.applies_to.plan_types or guideline.binding_for,
        bool(guideline.binding_for),
        guideline.note,
        (
            *(_scenario(s, study, library) for s in rated if not _refused(s, study)),
            *(Entrance(p.id, p.say, (), p.gives, _need(p.when, library)) for p in pathways),
        ),
        tuple(s.say for s in rated if _refused(s, study)),
    )


def _scenario(scenario: Scenario, study: str, library: Library) -> Entrance:
    rated = tuple(Rated(contrast, r.category, r.status) for contrast, r in scenario.rates[study].items())
    sure = any(rate.category == "usually_appropriate" for rate in rated)
    return Entrance(scenario.id, scenario.say, rated, "met" if sure else "arguable", _need(scenario.when, library))


def _refused(scenario: Scenario, study: str) -> bool:
    return all(rate.category == "usually_not_appropriate" for rate in scenario.rates[study].values())


def _need(rule: Rule, library: Library) -> Need:
    paper = None if rule.leaf is None else paper_for(rule.leaf, library.proofs)
    return Need(rule.op, rule.say, rule.n, rule.ours, paper, tuple(_need(part, library) for part in rule.of))
