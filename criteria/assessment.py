"""The assessment of a case, as of a date: verdict, gaps, ways, next question, right step and deadlines."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Literal

from criteria import red_flags
from criteria.deadlines import deadlines_for
from criteria.deciding import applicable, deciding, far_off, opinions
from criteria.facts import Case, in_order, with_changes
from criteria.gaps import gaps_and_ways
from criteria.leaves import Scene
from criteria.library.records import Library
from criteria.next_question import next_question
from criteria.opinions import Opinion, open_sets
from criteria.results import Assessment, Flag, Question, RedFlagException
from criteria.right_step import right_step
from criteria.silence import scene_of

Verdict = Literal["met", "arguable", "gaps", "not_met", "no_public_criterion"]


def rule_day(case: Case) -> date:
    """The day whose rules count: the denial's, else the service's, else the day of the check. Never later than that."""
    day = case.denial.notice_date or case.denial.service_date or case.as_of
    return min(day, case.as_of)


def assess(case: Case, library: Library) -> Assessment:
    """The whole answer for a case. Raises ValueError when the case names no study that the library knows as an id.

    A study without a record in the library has no public criterion here; deadlines and warning signs still count.
    """
    case = in_order(case)
    if case.study.id is None:
        raise ValueError("the case names no study")
    raised = red_flags.raised(case, library.red_flags)
    common = Assessment(
        as_of=case.as_of,
        study=case.study.id,
        verdict="no_public_criterion",
        emergency=tuple(f for f in raised if f.level == "E"),
        urgent=tuple(f for f in raised if f.level == "U"),
        deadlines=deadlines_for(case.plan, case.denial, case.as_of, library.deadlines),
    )
    study = library.studies.get(case.study.id)
    if study is None:
        step, why = right_step(case, "no_public_criterion", (), (), common.deadlines)
        return with_changes(common, right_step=step, right_step_why=why)
    scene = scene_of(case, study, library, rule_day(case))
    rules = applicable(scene)
    found = opinions(rules, scene)
    nearest = deciding(found, scene)
    decides = None if nearest is not None and far_off(nearest, scene) else nearest
    ways = open_sets(decides.guideline, scene) if decides else {}
    verdict = verdict_of(decides, ways)
    shown = [o.guideline for o in found]
    gaps, listed = gaps_and_ways(ways, decides, shown, scene, verdict in ("met", "arguable"))
    step, why = right_step(case, verdict, gaps, listed, common.deadlines)
    return with_changes(
        common,
        verdict=verdict,
        decided_by=decides.guideline.id if decides and verdict != "no_public_criterion" else None,
        red_flag_exception=_exception(raised, scene),
        guidelines=tuple(o.shown() for o in sorted(found, key=lambda o: o is not decides)),
        gaps=gaps,
        ways=listed,
        next_question=asked_next(nearest, verdict if decides else None, scene),
        right_step=step,
        right_step_why=why,
    )


def asked_next(nearest: Opinion | None, verdict: str | None, scene: Scene) -> Question | None:
    """The next question about the nearest guideline.

    Without a verdict that is a mere guess (`far_off`), which says nothing of the case, and not what it lacks either: it
    is only asked about in lists, which name no one thing.
    """
    return next_question(nearest, verdict or "gaps", scene, lists_only=verdict is None) if nearest else None


def verdict_of(decides: Opinion | None, ways: Collection[int]) -> Verdict:
    """The verdict that the deciding opinion and its open ways give."""
    if decides is None:
        return "no_public_criterion"
    if decides.result == "met" or decides.result == "arguable":
        return decides.result
    if decides.refused:
        return "not_met"
    if ways:
        return "gaps"
    # Nothing is known of the version asked for, so nothing speaks against it either.
    return "no_public_criterion" if decides.unrated else "not_met"


def _exception(raised: tuple[Flag, ...], scene: Scene) -> RedFlagException:
    """Raised warning signs that usually drop the wait for care, for this study's region."""
    waiving = [
        flag
        for flag in raised
        if scene.library.red_flags[flag.id].waives and _in_region(scene.library.red_flags[flag.id].regions, scene)
    ]
    findings = tuple(dict.fromkeys(name for flag in waiving for name in flag.findings))
    return RedFlagException(bool(findings), findings)


def _in_region(regions: tuple[str, ...], scene: Scene) -> bool:
    near = {scene.study.region, *(("head",) if scene.study.region == "brain" else ())}
    return bool(near & set(regions))
