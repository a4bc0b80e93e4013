"""The answers that a question is likely to get: what the choice of the next question tries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import pairwise
from math import prod
from typing import Any

from criteria.ids import IMAGING_RESULTS
from criteria.leaves import CareLeaf, FieldLeaf, ImagingLeaf, Leaf, Scene
from criteria.questions import parts_of
from criteria.results import Option, Question

_WHOLE = ("patient.age", "cancer.pets_before")
"""Numbers that are counted whole."""
_NO = 0.6
"""How often we take a question about one thing to be answered with no (ours)."""


def likely_answers(question: Question, scene: Scene, rule_leaves: Iterable[Leaf]) -> Iterator[tuple[float, Any]]:
    """Answers to try, each with how often we take it to be given; the shares add up to one.

    `rule_leaves`: the leaves of the rule that decides. A number is tried on each side of every limit that they set for
    it, each side equally often: we know no better. A number that they set no limit to has no answer that matters.
    """
    if question.kind == "yes_no":
        yield from ((1 - _NO, True), (_NO, False))
    elif question.kind == "any_of":
        none = prod(_likely_none(id, scene) for id in parts_of(question.id))
        yield none, []
        tried = list(_alike(question.options, question, scene, rule_leaves).values())
        for options in tried:
            yield (1 - none) * len(options) / sum(map(len, tried)), [options[0].value]
    elif question.kind == "choice":
        for options in _alike(question.options, question, scene, rule_leaves).values():
            yield len(options) / len(question.options), options[0].value
    elif question.kind in ("weeks", "number"):
        fact = question.facts[0]
        values = sides(_limits(fact, rule_leaves), whole=fact in _WHOLE)
        for value in values:
            yield 1 / len(values), value
    elif question.kind == "date":
        yield from ((0.6, scene.case.as_of - timedelta(days=14)), (0.4, scene.case.as_of - timedelta(days=400)))


def _likely_none(id: str, scene: Scene) -> float:
    """How often we take nothing that the question asks for to be so."""
    record = scene.library.questions.get(id)
    return record.likely_none if record else _NO


def _alike(
    options: Sequence[Option], question: Question, scene: Scene, rule_leaves: Iterable[Leaf]
) -> dict[tuple[object, ...], list[Option]]:
    """The options, together those that mean the same to every leaf: of these one is tried for all."""
    about = tuple([leaf for leaf in rule_leaves if _looks_at(leaf, question.id)])
    alike: dict[tuple[object, ...], list[Option]] = {}
    for option in options:
        alike.setdefault(_meaning(option.value, question, scene, about), []).append(option)
    return alike


def _looks_at(leaf: Leaf, question: str) -> bool:
    """Whether the leaf can tell apart the options of this question."""
    if question == "treatment.kinds":
        return isinstance(leaf, CareLeaf)
    if isinstance(leaf, ImagingLeaf):
        return question.startswith(f"imaging.{leaf.modality}.")
    return isinstance(leaf, FieldLeaf) and leaf.path == question


def _meaning(value: str, question: Question, scene: Scene, about: tuple[Leaf, ...]) -> tuple[object, ...]:
    """What tells an option from others, as far as the leaves that are about it look at it."""
    if question.id == "treatment.kinds":
        given = [value in leaf.kinds for leaf in about if isinstance(leaf, CareLeaf)]
        return (scene.library.treatments[value].by_clinician, *given)
    if question.kind == "any_of":
        return (value,)
    if question.id.startswith("imaging.") and value in IMAGING_RESULTS:
        return (True, *(value in leaf.results for leaf in about if isinstance(leaf, ImagingLeaf)))
    fields = [leaf.one_of for leaf in about if isinstance(leaf, FieldLeaf)]
    return tuple(value in one_of for one_of in fields) if fields else (value,)


def _limits(fact: str, rule_leaves: Iterable[Leaf]) -> set[tuple[float, bool]]:
    """The limits that leaves set for a number: the number, and whether it is still on the lower side itself."""
    found = set()
    for leaf in rule_leaves:
        if isinstance(leaf, FieldLeaf) and leaf.path == fact:
            found |= {(one, False) for one in (leaf.at_least, leaf.less_than) if one is not None}
            found |= {(leaf.at_most, True)} if leaf.at_most is not None else set()
        elif isinstance(leaf, CareLeaf) and leaf.weeks > 0:
            # Care for a problem lasts no longer than the problem does.
            about = fact == f"treatment.{fact[10:]}" and fact[10:] in leaf.kinds
            if about or (fact == "symptom_weeks" and leaf.since_onset):
                found.add((leaf.weeks, False))
    return found


def sides(limits: Iterable[tuple[float, bool]], whole: bool = False) -> tuple[float, ...]:
    """One number on each side of every limit, the smallest first; () for no limits. `whole`: only whole numbers.

    A limit is a number and whether it belongs to the lower side. Nothing is below zero.
    """
    ordered = sorted(limits)
    if not ordered:
        return ()
    first, lower = ordered[0]
    found = [first / 2] if first > 0 or lower else []
    for (one, over), (other, under) in pairwise(ordered):
        # From a number itself, or from just above it, up to the next limit.
        found.append(one if not over else other if under else (one + other) / 2)
    last, over = ordered[-1]
    found.append(last + 1 if over else last)
    if not whole:
        return tuple(found)
    between = [float(int(one)) for one in found]
    return tuple(dict.fromkeys(between))
