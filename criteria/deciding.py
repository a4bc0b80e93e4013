"""Which guideline decides: one that binds the plan, else the payer's or reviewer's, else the ACR topic that fits."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from criteria.facts import Case
from criteria.leaves import FieldLeaf, FindingLeaf, ImagingLeaf, Node, Scene
from criteria.library.records import Guideline
from criteria.opinions import Opinion, has_ways, opinion
from criteria.payers import plain, plain_name
from criteria.tree import value


def applicable(scene: Scene) -> tuple[Guideline, ...]:
    """The guidelines in force on the day that are for this study and this plan, payer or reviewer, or for everybody."""
    payer, reviewer = scene.payers
    return tuple(
        g
        for g in scene.library.guidelines_for(scene.study.id)
        if g.in_force(scene.day)
        and (_is_for(g, scene.case, payer, reviewer) or cited(g, scene.case))
    )


def _is_for(guideline: Guideline, case: Case, payer: str | None, reviewer: str | None) -> bool:
    applies = guideline.applies_to
    named = bool(applies.payers or applies.reviewers)
    # A payer's rule for some plans is shown while the kind of plan is not known; a law for some plans is not.
    if applies.plan_types and case.plan.type not in applies.plan_types and not (named and case.plan.type is None):
        return False
    return not named or payer in applies.payers or reviewer in applies.reviewers


def cited(guideline: Guideline, case: Case) -> bool:
    """Whether the denial cites this guideline by one of its names. The ACR's own name never makes a payer's rule."""
    texts = [f" {plain(text)} " for text in case.denial.criteria_cited]
    return any(
        f" {plain_name(name)} " in text or (len(plain_name(name)) > 4 and plain_name(name) in text)
        for name in guideline.cited_as
        for text in texts
    )


def has_rule(guideline: Guideline, scene: Scene) -> bool:
    """Whether the guideline has conditions of its own for the study, and may decide."""
    own = any(scene.study.id in s.rates for s in guideline.scenarios) or any(
        scene.study.id in p.studies for p in guideline.pathways
    )
    return guideline.role == "rule" and own


def opinions(guidelines: Iterable[Guideline], scene: Scene) -> tuple[Opinion, ...]:
    """The opinion of every guideline that bears on the case.

    One whose topic is ruled out has none. Once an ACR topic surely bears on the case, topics that nobody has brought up
    have none either, nor has a payer's rule that is only about such a topic. A rule that binds the plan, or is the
    payer's, the reviewer's or cited, stands as soon as a part of its topic was said, until the topic is ruled out.
    """
    found = [o for o in (opinion(g, scene) for g in guidelines) if o.about != "not_met"]
    if any(o.about == "met" and o.guideline.about for o in found if o.guideline.authority == "acr"):
        found = [
            o for o in found if o.about == "met" or (o.guideline.authority != "acr" and _brought_up(o.guideline, scene))
        ]
    return tuple(found)


def _brought_up(guideline: Guideline, scene: Scene) -> bool:
    """Whether something of the guideline's own topic was said: more than what people usually have this study for."""
    about = guideline.about
    return about is None or any(leaf not in scene.study.complaints for leaf in _said_of(about, scene.as_said))


def _said_of(node: Node, scene: Scene, want: bool = True) -> Iterator[str]:
    """The findings, pictures (by their modality) and what is known of a cancer (by its field) that were said and that a
    topic asks for, save in parts that are ruled out."""
    known, leaf = value(node, scene, want), node.leaf
    if known == ("not_met" if want else "met"):
        return
    if want and known == "met":
        if isinstance(leaf, FindingLeaf):
            yield leaf.id
        elif isinstance(leaf, ImagingLeaf):
            yield leaf.modality
        elif isinstance(leaf, FieldLeaf) and leaf.path.startswith("cancer."):
            yield leaf.path
    for part in node.of:
        yield from _said_of(part, scene, want is (node.op != "not"))


def deciding(found: Iterable[Opinion], scene: Scene) -> Opinion | None:
    """The opinion that gives the verdict; None when no public rule fits."""
    able = [o for o in found if has_rule(o.guideline, scene)]
    payer, reviewer = scene.payers
    ranks = (
        [o for o in able if scene.case.plan.type in o.guideline.binding_for],
        [o for o in able if o.guideline.authority != "acr" and cited(o.guideline, scene.case)],
        [o for o in able if payer and payer in o.guideline.applies_to.payers],
        [o for o in able if reviewer and reviewer in o.guideline.applies_to.reviewers],
        [o for o in able if o.guideline.authority == "acr"],
    )
    speaking = ([o for o in group if not _says_nothing(o, scene)] for group in ranks)
    return next((_best(group, scene) for group in speaking if group), None)


def _says_nothing(found: Opinion, scene: Scene) -> bool:
    """Whether a topic of which nobody has said a word can no longer help: that is no refusal."""
    about = found.guideline.about
    if about is None or found.about == "met" or found.result in ("met", "arguable") or found.refused:
        return False
    return not has_ways(found.guideline, scene) and not any(_said_of(about, scene.as_said))


def far_off(found: Opinion, scene: Scene) -> bool:
    """Whether the topic is a mere guess: the case tells of a trouble, and of the topic nothing was said.

    A topic that only rules things out is no guess. Where nobody has told of any trouble yet, the questions begin with
    the main topic.
    """
    about = found.guideline.about
    if about is None or found.about == "met" or found.result in ("met", "arguable") or found.refused:
        return False
    asks = any(want for _, want in about.leaves)
    return asks and _tells_of_trouble(scene.case) and not any(_said_of(about, scene.as_said))


def _tells_of_trouble(case: Case) -> bool:
    """Whether somebody said what is or was so of the patient: a finding, or a kind of cancer."""
    told = any(finding.status in ("present", "historical") for finding in case.findings)
    return told or case.cancer.type not in (None, "none")


def _best(group: list[Opinion], scene: Scene) -> Opinion:
    """Among topics of one rank: one that surely bears on the case, then the best result, then one still open.

    Of topics that may bear on the case, one that somebody has brought up in part goes before one that nobody has.
    On a tie the study's main topic stands back for a special one that surely bears on the case, and leads otherwise.
    """
    sure = [o for o in group if o.about == "met"]
    group = sure or group
    if len(group) == 1:
        return group[0]
    order = {"met": 0, "arguable": 1, "not_known": 2, "not_met": 3}

    def rank(o: Opinion) -> tuple[int, bool, bool, bool, bool]:
        is_open = o.result in ("met", "arguable") or has_ways(o.guideline, scene)
        guess = not sure and not _brought_up(o.guideline, scene)
        is_main = o.guideline.series == scene.study.main_topic
        return order[o.result], o.refused, not is_open, guess, is_main is bool(sure)

    return min(group, key=rank)
