"""Whether the care that was told is of the kind and length that the deciding guideline asks for.

Only kind and length count here: who directed it, when it was, and the visit after it are the rest of the rule, which
the check weighs and the cover sheet lists. Care that ended before the problem began, resolved it, or is known to be
missing from the record answers nothing. Undated treatments are never added up: the longest counts, as in the check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from actions.letters.context import Context
from criteria.assessment import rule_day
from criteria.judging import judge
from criteria.leaves import CareLeaf, Scene
from criteria.opinions import trees
from criteria.tree import leaves

LEAST_WEEKS = 1.0
"""Where no rule gives a length, care of at least this long is an answer (ours)."""


def long_enough(context: Context) -> bool:
    """Whether the told care is as long as a care rule of the deciding guideline asks; a week where none does."""
    case, study = context.case, context.study
    if study is None:
        return False
    # Care "in the past" without a day may have been for another episode.
    told = tuple(t for t in case.treatments if t.status == "present" or (t.status == "historical" and t.end))
    scene = Scene(replace(case, treatments=told), study, context.library, rule_day(case))
    asked = tuple(_asked(context, scene)) or (_any_length(context),)
    return any(judge(leaf, scene).value == "met" for leaf in asked)


def _asked(context: Context, scene: Scene) -> Iterator[CareLeaf]:
    guideline = context.library.guidelines.get(context.assessment.decided_by or "")
    for tree in trees(guideline, scene) if guideline else ():
        for node, _, want in leaves(tree, scene):
            if want and isinstance(node.leaf, CareLeaf) and node.leaf.weeks > 0:
                yield replace(node.leaf, directed=False, within_weeks=None, since_onset=True, failed=True)


def _any_length(context: Context) -> CareLeaf:
    kinds = tuple(record.id for record in context.library.treatments.values() if record.conservative)
    return CareLeaf(LEAST_WEEKS, kinds, since_onset=True, failed=True)
