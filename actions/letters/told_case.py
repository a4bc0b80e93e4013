"""What of a case a letter speaks of: only what stands for sure, each thing once.

Left out are findings, treatments and pictures said to be and not to be so (the cover sheet lists them), and a weaker
name of what a stronger one tells already. Of relatives only the illness is told: its place, side, length and degree
are nobody's statement about the relative. Where the length of the problem was told in several ways, the shortest
stands, for it is true of each; the plan's own count of it does not stand beside the person's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Union

from actions.letters.phrases import cleaned
from actions.letters.sentences import listed_in
from criteria.facts import Case, Field, Finding, Imaging, Treatment, same_thing
from criteria.library.records import Library, StudyRecord

_SO = ("present", "historical")
_DETAILS = ("region", "side", "onset", "severity", "weeks", "since")
_WITH_DEGREES = ("pain", "nerve", "joint", "warning")
"""Groups of findings that begin and hurt: only of these a letter says how it began and how bad it is."""

Doubtful = Union[Finding, Treatment, Imaging]


def told(case: Case, library: Library) -> Case:
    """The case as the letter tells it."""
    unsure = [value for pair in _contradicted(case, library) for value in pair]
    findings = tuple(_plain(f, case, library) for f in case.findings if f not in unsure)
    study = library.studies.get(case.study.id or "")
    kept = replace(
        case,
        symptom_weeks=least_weeks(case, study),
        findings=_of_one_length(_each_once(findings, library), case, study),
        treatments=tuple(t for t in case.treatments if t not in unsure),
        imaging=tuple(i for i in case.imaging if i not in unsure),
    )
    return cleaned(kept)


def _plain(finding: Finding, case: Case, library: Library) -> Finding:
    """The finding with those details only that a letter may say of it."""
    if finding.status == "family":
        return Finding(finding.id, "family", charted=finding.charted)
    if finding.id == "smoking_history" and finding.status == "present" and (case.patient.quit_years or 0) > 0:
        finding = replace(finding, status="historical")
    if listed_in("placeless", finding.id):
        finding = replace(finding, region=None, side=None)
    record = library.findings.get(finding.id)
    if listed_in("so", finding.id) or (record and record.group not in _WITH_DEGREES):
        finding = replace(finding, onset=None, severity=None)
    return finding


def _each_once(findings: tuple[Finding, ...], library: Library) -> tuple[Finding, ...]:
    """Without what a stronger finding tells already, with no detail of its own."""

    def told_by(weak: Finding, strong: Finding) -> bool:
        same = strong.status == weak.status and weak.id in library.implied_by(strong.id)
        recorded = weak.charted != "yes" or strong.charted == "yes"
        return same and recorded and all(getattr(weak, d) in (None, getattr(strong, d)) for d in _DETAILS)

    return tuple(
        f for f in findings if f.status not in (*_SO, "family") or not any(told_by(f, other) for other in findings)
    )


def two_lengths(case: Case, library: Library) -> bool:
    """Whether the length of the problem was told in two ways."""
    study = library.studies.get(case.study.id or "")
    lengths = _lengths(case, study)
    return bool(lengths) and max(lengths) - min(lengths) >= 1


def least_weeks(case: Case, study: StudyRecord | None) -> float | None:
    """The shortest length that was told of the problem; None where nobody gave one for the whole of it."""
    return None if case.symptom_weeks is None else min(_lengths(case, study))


def _lengths(case: Case, study: StudyRecord | None) -> list[float]:
    lengths = [] if case.symptom_weeks is None else [case.symptom_weeks]
    by = case.said.get("symptom_weeks")
    # Where the person gave a length, the plan's own count of it is only what the appeal is against.
    own = by is not None and by.who != "document"
    for conflict in case.conflicts:
        if conflict.key == "symptom_weeks":
            facts = [fact for fact in conflict.facts if not (own and fact.said.who == "document")]
            lengths += [fact.value.value for fact in facts if isinstance(fact.value, Field)]
    if lengths:
        timed = [f for f in case.findings if f.weeks is not None and _is_complaint(f, study)]
        lengths += [f.weeks for f in timed if f.weeks and not (own and _is_the_plans(f, case))]
    return lengths


def _is_the_plans(finding: Finding, case: Case) -> bool:
    said = case.said.get(finding.id)
    return said is not None and said.who == "document"


def _is_complaint(finding: Finding, study: StudyRecord | None) -> bool:
    return study is not None and finding.status == "present" and finding.id in study.complaints


def _of_one_length(findings: tuple[Finding, ...], case: Case, study: StudyRecord | None) -> tuple[Finding, ...]:
    """A complaint says its own length only where the letter says none, or the same, of the whole problem."""
    whole = least_weeks(case, study)
    if whole is None:
        return findings
    return tuple(
        replace(f, weeks=None, since=None) if _is_complaint(f, study) and f.weeks != whole else f for f in findings
    )


def contradicted(case: Case, library: Library) -> tuple[Doubtful, ...]:
    """One of each pair that says of the same thing that it is and that it is not so."""
    return tuple(so for so, _ in _contradicted(case, library))


def _contradicted(case: Case, library: Library) -> list[tuple[Doubtful, Doubtful]]:
    study = library.studies.get(case.study.id or "")
    pairs: list[tuple[Doubtful, Doubtful]] = []
    lists: tuple[tuple[Doubtful, ...], ...] = (case.findings, case.treatments, case.imaging)
    for values in lists:
        for so in values:
            pairs += [
                (so, no) for no in values
                if so.status in _SO and no.status == "absent" and same_thing(so, no) and not _elsewhere(so, no, study)
            ]  # fmt: skip
    for conflict in case.conflicts:
        said = [fact.value for fact in conflict.facts]
        kinds = {getattr(value, "status", None) for value in said}
        if "absent" in kinds and kinds & set(_SO):
            pairs += [
                (value, value) for values in lists for value in values
                if any(same_thing(value, other) for other in said) and value.status in (*_SO, "absent")
            ]  # fmt: skip
    return pairs


def _elsewhere(so: Doubtful, no: Doubtful, study: StudyRecord | None) -> bool:
    """Whether one is at a place that the scan is not of, and the other names none: no pain here, pain there."""
    if not isinstance(so, Finding) or not isinstance(no, Finding) or study is None or not study.body:
        return False
    places = {so.region, no.region} - {None}
    return len(places) == 1 and None in (so.region, no.region) and not places & set(study.body)
