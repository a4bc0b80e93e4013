"""Facts in plain words: the library's words for what it is, and the details that somebody gave, never more.

Only what is said as *present*, *absent*, *historical* or *family* gets words, each as exactly that; an uncertain fact
gets none. A fact that is known to be missing from the record is never worded as shown.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, TypeVar, Union

from actions.letters.sentences import listed_in, word
from actions.letters.typed import one_line
from criteria.facts import Case, Evaluation, Finding, Imaging, Treatment, key
from criteria.library.records import Library

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LONGEST = 1500
"""A quotation longer than this is cut, with an ellipsis: the letter quotes a reason, not a whole notice."""

Stated = Union[Finding, Treatment, Imaging, Evaluation]
T = TypeVar("T")


def cleaned(case: Case) -> Case:
    """The case with every typed text on one line, free of control characters, and no longer than a quotation may be."""
    return _cleaned(replace(case, said={}, conflicts=()))


def _cleaned(value: T) -> T:
    if isinstance(value, str):
        line = one_line(value)
        return line if len(line) <= LONGEST else line[: LONGEST - 1].rstrip() + "…"  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(kept for kept in map(_cleaned, value) if kept != "")  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        new = {f.name: _cleaned(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **{name: None if item == "" else item for name, item in new.items()})
    return value


def stated(case: Case) -> tuple[Stated, ...]:
    """Every finding, treatment, picture and visit of the case, whatever its status."""
    return (*case.findings, *case.treatments, *case.imaging, *case.evaluations)


def keys_of(case: Case) -> frozenset[str]:
    """The keys of everything that the case states; an assertion may rest on nothing else."""
    keys = {key(value) for value in stated(case)}
    for part in fields(case):
        value = getattr(case, part.name)
        if is_dataclass(value):
            keys |= {f"{part.name}.{f.name}" for f in fields(value) if _given(getattr(value, f.name))}
        elif part.name == "symptom_weeks" and value is not None:
            keys.add(part.name)
    return frozenset(keys)


def _given(value: Any) -> bool:
    if is_dataclass(value):
        return any(_given(getattr(value, f.name)) for f in fields(value))
    return value is not None and value != ()


def day(value: date) -> str:
    """A date as people in the United States write it: August 20, 2026."""
    return f"{_MONTHS[value.month - 1]} {value.day}, {value.year}"


def number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".")


def length(weeks: float) -> str:
    """A length of time in the unit it was most likely said in: 17.4 weeks are 4 months, 11.6 are more than 11 weeks."""
    if round(weeks * 7) < 1:
        return "less than a day"
    if weeks < 0.95:
        return _count(max(1, round(weeks * 7)), "day")
    months = round(weeks / _WEEKS_A_MONTH)
    if abs(weeks - months * _WEEKS_A_MONTH) < 0.06 and number(weeks) != str(round(weeks)):
        return _count(months // 12, "year") if months % 12 == 0 else _count(months, "month")
    if number(weeks) == str(round(weeks)):
        return _count(round(weeks), "week")
    return f"more than {_count(int(weeks), 'week')}"


_WEEKS_A_MONTH = 365.25 / 12 / 7


def _count(many: int, unit: str) -> str:
    return f"{many} {unit}" if many == 1 else f"{many} {unit}s"


_ABSENT = "not present: "


def listed(items: list[str]) -> str:
    """Items as one list in a sentence; what is not present is told together, last."""
    absent = [item[len(_ABSENT) :] for item in items if item.startswith(_ABSENT)]
    if len(absent) > 1:
        items = [item for item in items if not item.startswith(_ABSENT)] + [_ABSENT + _or(absent)]
    if len(items) < 2:
        return "".join(items)
    if any("," in item for item in items):
        return "; ".join(items)
    return ", ".join(items[:-1]) + " and " + items[-1]


def _or(items: list[str]) -> str:
    return " or ".join(items) if len(items) < 3 else ", ".join(items[:-1]) + " or " + items[-1]


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def place(region: str | None, side: str | None) -> str:
    """Where something is: left knee, both knees, lower back (left side); "" when nobody said."""
    if region is None:
        return word("side", side) if side else ""
    if region in _PLURAL and side:
        return f"{side} {word('region', region)}" if side != "bilateral" else f"both {word('plural', region)}"
    return word("region", region) + (f", {word('side', side)}" if side else "")


_PLURAL = ("knee", "shoulder", "hip", "wrist", "hand", "elbow", "ankle", "foot", "breast")


def finding_name(finding: Finding, library: Library) -> str:
    record = library.findings.get(finding.id)
    if record is None or listed_in("called", finding.id):
        return word("called", finding.id)
    return record.say


def felt_elsewhere(finding: Finding) -> bool:
    """Whether its region is the part of the spine whose nerves serve the limb, and not where it is felt."""
    return listed_in("of_a_nerve", finding.id) and listed_in("spine", finding.region or "")


def finding_details(finding: Finding, library: Library) -> list[str]:
    """Place, length, onset and severity, as far as somebody said."""
    record = library.findings.get(finding.id)
    own = record.region if record else None
    region = None if finding.region == own and own not in _PLURAL else finding.region
    if (region == own and not finding.side) or felt_elsewhere(finding):
        region = None
    details = [place(region, finding.side)]
    details += _how_long(finding)
    details += [word("onset", finding.onset)] if finding.onset else []
    severity = word("severity", finding.severity) if finding.severity else ""
    details += [severity] if severity not in finding_name(finding, library).lower().split() else []
    return [detail for detail in details if detail]


def _how_long(finding: Finding) -> list[str]:
    """How long it has lasted, or how long ago it happened; the day only where nobody gave a length."""
    happened = listed_in("so", finding.id)
    if finding.weeks is not None:
        return [f"{length(finding.weeks)} ago" if happened else f"for {length(finding.weeks)}"]
    if finding.since is None:
        return []
    return [f"{'on' if happened else 'since'} {day(finding.since)}"]


def when(treatment: Treatment) -> str:
    """The dates and the length of a treatment, as far as somebody said; "" for neither."""
    start, end = treatment.start, treatment.end
    parts = []
    if listed_in("on_a_day", treatment.kind) and (start or end) and (not start or not end or start == end):
        parts.append(f"on {day(start or end)}")  # type: ignore[arg-type]
    elif start and end:
        parts.append(f"{day(start)} to {day(end)}")
    elif start or end:
        parts.append(f"from {day(start)}" if start else f"until {day(end)}" if end else "")
    lasted = None if listed_in("on_a_day", treatment.kind) else treatment.weeks
    parts += [length(lasted)] if lasted is not None else []
    parts += [f"{treatment.visits} {'visit' if treatment.visits == 1 else 'visits'}"] if treatment.visits else []
    return ", ".join(parts)


def treatment_name(treatment: Treatment, library: Library) -> str:
    record = library.treatments.get(treatment.kind)
    # The examples in a kind's words ("such as ibuprofen") are nobody's statement about this patient.
    return record.say.split(" such as ")[0] if record else word("treatment", treatment.kind)


def picture_name(image: Imaging) -> str:
    """X-ray, left knee."""
    return ", ".join(part for part in (word("modality", image.modality), place(image.region, image.side)) if part)


def phrase(value: Stated, library: Library, brief: bool = False) -> str:
    """One fact as a phrase that stands in a list, its status said in it. "" for an uncertain fact: it has no words, but
    for a finding, which a rule may count where it is only thought possible.

    `brief` names it with its place or length only, for a sentence that the tables have already told in full.
    """
    if value.status == "uncertain" and not isinstance(value, Finding):
        return ""
    if isinstance(value, Finding):
        name, details = finding_name(value, library), finding_details(value, library)
        details = details[:1] if brief else details
        told = name + (f" ({', '.join(details)})" if details else "")
    elif isinstance(value, Treatment):
        name = treatment_name(value, library)
        if brief:
            lasted = None if listed_in("on_a_day", value.kind) else value.weeks
            return _with_status(value, name + (f" ({length(lasted)})" if lasted is not None else ""))
        details = [when(value)]
        details += [f"directed by {word('directed', value.directed)}"] if value.directed else []
        details += [word("outcome", value.outcome)] if value.outcome else []
        details = [detail for detail in details if detail]
        told = name + (f" ({', '.join(details)})" if details else "")
    elif isinstance(value, Imaging):
        told = picture_name(value) + (f", {day(value.date)}" if value.date else "")
        told += f": {word('result', value.result)}" if value.result else ""
    else:
        told = "a visit with my clinician" + (f" on {day(value.date)}" if value.date else "")
        told += ", after the treatment" if value.after_treatment else ""
    return _with_status(value, told)


def _with_status(value: Stated, told: str) -> str:
    said_so = {"historical": told.endswith("in the past"), "uncertain": told.startswith(_AS_POSSIBLE)}
    if value.status == "present" or said_so.get(value.status):
        return told
    if value.status == "absent" and not isinstance(value, Finding):
        return f"not done: {told}"
    return f"{_STATUS[value.status]}: {told}"


_AS_POSSIBLE = ("a possible ", "a suspected ", "suspected ", "possible ")
_STATUS = {"absent": "not present", "historical": "in the past", "family": "in my family", "uncertain": "may be so"}


def _kind(cancer: str | None) -> str | None:
    named = cancer and word("cancer", cancer)
    return named if cancer == "none" else named and f"kind of cancer: {named}"


def field_phrase(fact: str, case: Case) -> str:
    """A single-valued fact as a phrase; "" when nobody gave it or it is no fact about the patient's health."""
    patient, cancer = case.patient, case.cancer
    risk = patient.lifetime_breast_risk
    phrases = {
        "symptom_weeks": None if case.symptom_weeks is None else f"this problem for {length(case.symptom_weeks)}",
        "patient.age": None if patient.age is None else f"age {patient.age}",
        "patient.pack_years": None if patient.pack_years is None else f"{number(patient.pack_years)} pack-years",
        "patient.quit_years": _quit(patient.quit_years),
        "patient.asymptomatic": "no symptoms of the illness that this scan looks for" if patient.asymptomatic else None,
        "patient.shared_decision": "a choice made together with my clinician" if patient.shared_decision else None,
        "patient.lifetime_breast_risk": None if risk is None else f"lifetime breast cancer risk {number(risk)} in 100",
        "cancer.type": _kind(cancer.type),
        "cancer.phase": cancer.phase and word("phase", cancer.phase),
        "cancer.pets_before": None if cancer.pets_before is None else f"earlier PET scans: {cancer.pets_before}",
    }
    return phrases.get(fact) or ""


def _quit(years: float | None) -> str | None:
    if years is None:
        return None
    return "smoking now" if years == 0 else f"quit smoking {number(years)} {'year' if years == 1 else 'years'} ago"
