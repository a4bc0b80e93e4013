"""Judging a leaf against a case: findings, single values, earlier pictures and visits; care has a module of its own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Literal

from criteria.care import judge_care
from criteria.facts import Case, Evaluation, Finding, Imaging
from criteria.ids import SEVERITIES
from criteria.leaves import (
    CareLeaf,
    EvaluationLeaf,
    FieldLeaf,
    Fill,
    FindingLeaf,
    ImagingLeaf,
    Judged,
    Leaf,
    Scene,
    met,
    note_to_get,
    weeks_in_words,
)

_OPPOSITE: Mapping[str | None, str] = {"left": "right", "right": "left"}


def judge(leaf: Leaf, scene: Scene, want: bool = True) -> Judged:
    """The leaf against the case.

    With `want` False the question is whether the leaf can be *not met* (it stands under a `not`): then what was said
    counts even when the record lacks it, because an unrecorded fact does not make its opposite true.
    """
    if isinstance(leaf, FindingLeaf):
        return _finding(leaf, scene, want)
    if isinstance(leaf, FieldLeaf):
        return _field(leaf, scene, want)
    if isinstance(leaf, CareLeaf):
        return judge_care(leaf, scene, want)
    if isinstance(leaf, ImagingLeaf):
        return _imaging(leaf, scene, want)
    return _evaluation(leaf, scene, want)


# --- findings ------------------------------------------------------------------------------------------------------


def _finding(leaf: FindingLeaf, scene: Scene, want: bool) -> Judged:
    said = _said(leaf, scene)
    if said and "absent" not in leaf.status and not [f for f in said if f.status != "absent"]:
        # So it is with most of what is said: a list was asked, and none of it is there.
        return Judged("not_met", (leaf.id,))
    hits = [f for f in said if f.status in leaf.status]
    plain = not (leaf.onset or leaf.severity or leaf.sides)
    exact = hits if plain else [f for f in hits if _fits(f, leaf) is True]
    if exact:
        # What was said may be a finding that implies this one: then that is the fact, and the note to get.
        fact = min((f.id for f in exact), key=lambda name: (name != leaf.id, name))
        suspected = all(f.status == "uncertain" for f in exact)
        spoken = scene.library.findings[fact].say
        spoken += " (suspected)" if suspected and "possible" not in spoken and "suspected" not in spoken else ""
        charted = [f for f in exact if f.charted != "no"]
        if not charted and want:
            return Judged("not_met", (fact,), (frozenset({note_to_get(fact, spoken, fact)}),))
        loose = bool(charted) and all(f.charted == "unknown" for f in charted)
        return met((fact,), [(fact, spoken)] if loose else ())
    open_details = [d for f in hits if _fits(f, leaf) is None for d in _open_details(f, leaf)]
    unsure = [f for f in said if f.status != "absent" and f.status not in leaf.status]
    if leaf.only_if_said and (open_details or (plain and not said)):
        return Judged("not_met")
    if said and not open_details and not unsure:
        return Judged("not_met", (leaf.id,))
    words = scene.library.findings[leaf.id].say
    need = " ".join([leaf.id, *(str(d) for d in (leaf.onset, leaf.severity, leaf.sides) if d)])
    who: Literal["patient", "clinic"] = "clinic" if leaf.id in scene.library.exam_signs else "patient"
    detail = " ".join(str(part) for part in (leaf.severity, leaf.onset, "on one side" if leaf.sides else "") if part)
    asked = f"{words} ({detail})" if detail else words
    asked = scene.library.phrases.get(f"{leaf.id}.{detail}", asked)
    say = f"Nobody has said yet whether this is so: {asked}." if want else f"Nobody has ruled this out yet: {asked}."
    if open_details:
        ask = tuple(dict.fromkeys(f"finding.{leaf.id}.{d}" for d in open_details))
    else:
        ask = scene.library.questions_about(leaf.id, scene.study)
    # A sudden numbness is a numbness too.
    brings = frozenset((*scene.library.implied_by(leaf.id), *(() if plain else (leaf.id,)))) if want else frozenset()
    fill = Fill("ask", leaf.id, say, who, need if want else f"not {need}", ask, brings)
    return Judged("not_known", (leaf.id,) if said else (), (frozenset({fill}),))


def _said(leaf: FindingLeaf, scene: Scene) -> list[Finding]:
    """What was said of the finding itself, by one that implies it, or by the absence of one that it implies."""
    told, family = scene.findings_told, "family" in leaf.status
    found = []
    for name, statuses in scene.library.bearing_on[leaf.id]:
        if name in told:
            for one in told[name]:
                # A relative's illness tells nothing of the patient's, whether that is there or not.
                if one.status in statuses and (family or one.status != "family") and _bears_on(one, leaf, scene):
                    found.append(one)
    return found


def _bears_on(finding: Finding, leaf: FindingLeaf, scene: Scene) -> bool:
    """Whether it is said of a place that the leaf looks at."""
    if finding.region is None and finding.side is None:
        return True
    if isinstance(leaf.region, tuple):
        return finding.region is None or finding.region in leaf.region
    return scene.concerns(finding.region, finding.side, leaf.region == "any")


def _fits(finding: Finding, leaf: FindingLeaf) -> bool | None:
    """Whether onset, severity and side are as asked; None when nobody said them."""
    answers: list[bool | None] = []
    if leaf.onset:
        answers.append(None if finding.onset is None else finding.onset == leaf.onset)
    if leaf.severity:
        rank = SEVERITIES.index
        answers.append(None if finding.severity is None else rank(finding.severity) >= rank(leaf.severity))
    if leaf.sides:
        answers.append(None if finding.side is None else finding.side in leaf.sides)
    if False in answers:
        return False
    return None if None in answers else True


def _open_details(finding: Finding, leaf: FindingLeaf) -> list[str]:
    """The details that the leaf asks for and nobody said."""
    asked = {"severity": leaf.severity, "onset": leaf.onset, "side": leaf.sides}
    return [name for name, wanted in asked.items() if wanted and getattr(finding, name) is None]


# --- single values -------------------------------------------------------------------------------------------------


def field_value(scene: Scene, path: str) -> Any:
    """The value of a single field such as `patient.age`; `symptom_weeks` may come from the complaint's own length."""
    return scene.symptom_weeks if path == "symptom_weeks" else said_in(scene.case, path)


def said_in(case: Case, path: str) -> Any:
    """The value that the case holds for a single field; None when nobody said it."""
    value: Any = case
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _field(leaf: FieldLeaf, scene: Scene, want: bool) -> Judged:
    value = field_value(scene, leaf.path)
    name = scene.library.phrases.get(leaf.path, leaf.path)
    bounds = _bounds(leaf)
    if value is None:
        need = f"{leaf.path} {bounds}" if want else f"not {leaf.path} {bounds}"
        counts = f" ({_counts(leaf)})" if want and _counts(leaf) else ""
        fill = Fill("ask", leaf.path, f"Nobody has said yet: {name}{counts}.", "patient", need, (leaf.path,))
        return Judged("not_known", (), (frozenset({fill}),))
    if leaf.one_of:
        good = value in leaf.one_of
    else:
        good = (
            (leaf.at_least is None or value >= leaf.at_least)
            and (leaf.at_most is None or value <= leaf.at_most)
            and (leaf.less_than is None or value < leaf.less_than)
        )
    if good:
        return Judged("met", (leaf.path,))
    if want and leaf.path == "symptom_weeks" and leaf.at_least is not None and value < leaf.at_least:
        return Judged("not_met", (leaf.path,), (_wait(leaf.at_least, value),))
    to_do = scene.library.phrases.get(f"to_do.{leaf.path}")
    if want and to_do and True in leaf.one_of:
        fill = Fill("act", leaf.path, f"Still to be done: {to_do}.", "patient", f"{leaf.path} done")
        return Judged("not_met", (leaf.path,), (frozenset({fill}),))
    return Judged("not_met", (leaf.path,))


def _wait(needed: float, have: float) -> frozenset[Fill]:
    more = weeks_in_words(needed - have)
    say = (
        f"The rule asks that the problem has lasted {weeks_in_words(needed)}: "
        f"{weeks_in_words(have)} so far, {more} more to go."
    )
    return frozenset({Fill("act", "symptom_weeks", say, "patient", f"symptom_weeks >= {needed:g}")})


def _counts(leaf: FieldLeaf) -> str:
    """The numbers that count, in words; "" where the rule names values instead."""
    parts = [f"from {leaf.at_least:g} on"] if leaf.at_least is not None else []
    if leaf.at_most == 0 and not parts:
        return "it counts only where there were none"
    parts += [f"up to {leaf.at_most:g}"] if leaf.at_most is not None else []
    parts += [f"below {leaf.less_than:g}"] if leaf.less_than is not None else []
    return f"it counts {' and '.join(parts)}" if parts else ""


def _bounds(leaf: FieldLeaf) -> str:
    parts = [f">= {leaf.at_least:g}"] if leaf.at_least is not None else []
    parts += [f"<= {leaf.at_most:g}"] if leaf.at_most is not None else []
    parts += [f"< {leaf.less_than:g}"] if leaf.less_than is not None else []
    parts += [f"in {','.join(map(str, leaf.one_of))}"] if leaf.one_of else []
    return " ".join(parts)


# --- earlier pictures ----------------------------------------------------------------------------------------------


def _imaging(leaf: ImagingLeaf, scene: Scene, want: bool) -> Judged:
    key = f"imaging.{leaf.modality}.{leaf.region}"
    other_side = _OPPOSITE.get(scene.case.study.side) if scene.study.sided else None
    said = [
        i
        for i in scene.case.imaging
        if i.modality == leaf.modality
        and (i.region is None or i.region == leaf.region)
        and (i.side is None or i.side != other_side)
    ]
    done = [i for i in said if i.status == "present"]
    current = [(i, fits) for i in done if (fits := _in_time(i, leaf, scene)) is not False]
    good = [(i, fits) for i, fits in current if not leaf.results or i.result in leaf.results]
    sure = [i for i, fits in good if fits]
    # One picture can answer several rules, so its gap is the same for all of them, whatever each wants it to show.
    picture = _picture(leaf.modality, leaf.region, scene)
    if sure:
        charted = [i for i in sure if i.charted != "no"]
        if not charted and want:
            return Judged("not_met", (key,), (frozenset({note_to_get(key, picture, key)}),))
        loose = bool(charted) and all(i.charted == "unknown" for i in charted)
        # What it showed was said, and the report says it; where nobody named the part, one report serves all rules.
        named = all(i.region for i in sure)
        report = picture if named else scene.library.phrases.get(leaf.modality, leaf.modality)
        return met((key,), [(key, report)] if loose else ())
    unread = [i for i, _ in current if leaf.results and i.result is None]
    facts = (key,) if said else ()
    if unread or good or not said or all(i.status in ("uncertain", "family") for i in said):
        if good and not unread:
            need, ask, say = f"{key} date", (f"{key}.date",), f"Nobody has said yet: when this was done, {picture}."
        else:
            asked = f"whether there was {picture}" + (", and what it showed" if leaf.results else "")
            need, ask, say = key, (key,), f"Nobody has said yet: {asked}."
        need = need if want else " ".join(("not", key, *leaf.results))
        return Judged("not_known", facts, (frozenset({Fill("ask", key, say, "patient", need, ask)}),))
    if not want or (current and leaf.results):
        return Judged("not_met", facts)
    late = done and not current
    say = f"Still to be done: {picture}" + (", because the earlier one is too old." if late else ".")
    return Judged("not_met", facts, (frozenset({Fill("act", key, say, "clinic", key)}),))


def _in_time(image: Imaging, leaf: ImagingLeaf, scene: Scene) -> bool | None:
    """Whether it was made in time; None when its date matters and is not known.

    A picture without a date is taken to be of this episode, because the question asks for that (ours).
    """
    if leaf.within_weeks is not None:
        if image.date is None:
            return None
        return image.date >= min(scene.day, scene.case.as_of) - timedelta(weeks=leaf.within_weeks)
    if leaf.since_onset and image.date is not None and scene.onset is not None:
        return image.date >= scene.onset - timedelta(days=7)
    return True


def _picture(modality: str, region: str, scene: Scene) -> str:
    """The picture in words, with the side that is asked about; the library keeps them."""
    side = scene.case.study.side if scene.study.sided else None
    known = scene.library.pictures.get((modality, region, side))
    if known is None:
        place = scene.library.phrases.get(f"region.{region}", region.replace("_", " "))
        place = f"{side} {place}" if side in _OPPOSITE else place
        known = f"{scene.library.phrases.get(modality, modality)} of the {place}"
        scene.library.pictures[modality, region, side] = known
    return known


# --- visits --------------------------------------------------------------------------------------------------------


def _evaluation(leaf: EvaluationLeaf, scene: Scene, want: bool) -> Judged:
    words = _visit_words(leaf.within_days, leaf.after_treatment)
    visits = [e for e in scene.case.evaluations if e.status == "present"]
    fits = [(e, _visit_fits(e, leaf, scene)) for e in visits]
    sure = [e for e, fit in fits if fit]
    if sure:
        charted = [e for e in sure if e.charted != "no"]
        if not charted and want:
            return Judged("not_met", ("evaluation",), (frozenset({note_to_get("evaluation", words, words)}),))
        loose = bool(charted) and all(e.charted == "unknown" for e in charted)
        return met(("evaluation",), [("evaluation", words)] if loose else ())
    none = any(e.status == "absent" and (leaf.after_treatment or not e.after_treatment) for e in scene.case.evaluations)
    facts = ("evaluation",) if scene.case.evaluations else ()
    if any(fit is None for _, fit in fits) or not (visits or none):
        after, dated = leaf.after_treatment, leaf.within_days is not None
        ask = (*(["evaluation.after_treatment"] if after else []), *(["evaluation.date"] if dated else []))
        ask = ask or ("evaluation.visit",)
        need = words if want else f"not {words}"
        say = f"Nobody has said yet: {words}."
        fill = Fill("ask", "evaluation", say, "patient", need, ask, _lesser_visits(leaf))
        return Judged("not_known", facts, (frozenset({fill}),))
    if not want:
        return Judged("not_met", facts)
    act = Fill("act", "evaluation", f"Still to be done: {words}.", "patient", words, (), _lesser_visits(leaf))
    return Judged("not_met", facts, (frozenset({act}),))


def _visit_words(within_days: int | None, after_treatment: bool) -> str:
    words = "a visit or call after the care, to see how it went" if after_treatment else "a visit about this problem"
    return words if within_days is None else f"{words} (in the last {within_days} days)"


def _lesser_visits(leaf: EvaluationLeaf) -> frozenset[str]:
    """What a visit like this also is, where a rule asks for less."""
    days, after = {leaf.within_days, None}, {leaf.after_treatment, False}
    itself = _visit_words(leaf.within_days, leaf.after_treatment)
    return frozenset(_visit_words(d, a) for d in days for a in after) - {itself}


def _visit_fits(visit: Evaluation, leaf: EvaluationLeaf, scene: Scene) -> bool | None:
    answers: list[bool | None] = []
    if leaf.after_treatment:
        answers.append(visit.after_treatment if visit.after_treatment is not None else _after_care(visit, scene))
    if leaf.within_days is not None:
        oldest = min(scene.day, scene.case.as_of) - timedelta(days=leaf.within_days)
        answers.append(None if visit.date is None else visit.date >= oldest)
    if False in answers:
        return False
    return None if None in answers else True


def _after_care(visit: Evaluation, scene: Scene) -> bool | None:
    """Whether the visit came after the last care that has dates."""
    ends = [t.end for t in scene.case.treatments if t.status == "present" and t.end is not None]
    return None if visit.date is None or not ends else visit.date >= max(ends)
