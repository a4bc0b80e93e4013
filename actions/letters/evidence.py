"""Which stated facts stand behind a met point of a criterion: a trace names keys, the letter tells the facts."""

from __future__ import annotations

from collections.abc import Iterator

from actions.letters.context import Context
from actions.letters.phrases import Stated, stated
from criteria.facts import Finding, Imaging, key
from criteria.leaves import FindingLeaf, ImagingLeaf, Leaf


def evidence(context: Context, fact: str, leaf: Leaf | None) -> Iterator[tuple[str, Stated]]:
    """The facts that a trace's key means, each with its own key; what the record lacks left out, and the uncertain,
    unless the leaf counts what is only thought possible.

    `leaf` is the condition they meet, None under a `not`, where what is absent counts. A finding also stands for those
    it implies, `treatment` for every treatment, and `symptom_weeks` that nobody gave for the complaints whose length is
    known.
    """
    for value in stated(context.case):
        if (
            (value.status != "uncertain" or _counts_uncertain(leaf, value))
            and value.charted != "no"
            and _means(context, fact, value)
            and _meets(value, leaf)
            and _near(context, value, leaf)
        ):
            side = getattr(value, "side", None)
            if {side, context.case.study.side} != {"left", "right"}:
                yield key(value), value


def _counts_uncertain(leaf: Leaf | None, value: Stated) -> bool:
    if not isinstance(leaf, FindingLeaf) or not isinstance(value, Finding):
        return False
    return value.id == leaf.id and "uncertain" in leaf.status


def _means(context: Context, fact: str, value: Stated) -> bool:
    own = key(value)
    if own == fact or own.startswith(f"{fact}."):
        return True
    if isinstance(value, Imaging):
        return fact.startswith(f"{own}.")
    if not isinstance(value, Finding):
        return False
    if fact == "symptom_weeks":
        complaints = context.study.complaints if context.study else ()
        known = value.weeks is not None or value.since is not None
        return context.case.symptom_weeks is None and known and value.id in complaints
    if value.status == "absent":
        return value.id in context.library.implied_by(fact)
    return value.status != "family" and value.id in context.library.implying(fact)


def _near(context: Context, value: Stated, leaf: Leaf | None) -> bool:
    """Whether a finding is at a place that the leaf asks about; a place nobody named is."""
    if not isinstance(value, Finding) or not isinstance(leaf, FindingLeaf) or value.region is None:
        return True
    if isinstance(leaf.region, tuple):
        return value.region in leaf.region
    body = context.study.body if context.study else ()
    return leaf.region == "any" or not body or value.region in body


def _meets(value: Stated, leaf: Leaf | None) -> bool:
    if leaf is None:
        return True
    if isinstance(leaf, FindingLeaf) and isinstance(value, Finding) and value.id == leaf.id:
        return value.status in leaf.status
    if isinstance(value, Imaging):
        shown = not isinstance(leaf, ImagingLeaf) or not leaf.results or value.result in leaf.results
        return value.status == "present" and shown
    # A finding that implies the one asked for, a complaint that gives its length, a treatment, a visit.
    return value.status in ("present", "historical")
