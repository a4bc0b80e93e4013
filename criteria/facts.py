"""Facts: what somebody said about a case, and the case they make.

A `Fact` is a value (finding, treatment, imaging, evaluation or a single field) with its provenance. `case_of` puts the
facts that stand into the `Case` the rules run on; nothing here guesses: what nobody said is None, or in no list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal, TypeVar, Union

Status = Literal["present", "absent", "uncertain", "historical", "family"]
Charted = Literal["yes", "no", "unknown"]
Who = Literal["patient", "staff", "document"]
_T = TypeVar("_T")


@dataclass(frozen=True)
class Said:
    """Who said it, when, in which words, and where they stand (character offsets into that message or document)."""

    who: Who
    words: str = ""
    when: datetime | None = None
    document: str | None = None
    start: int | None = None
    end: int | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Finding:
    """A symptom, exam sign, red flag or past event. `weeks` is how long it has lasted, `since` when it began."""

    id: str
    status: Status = "present"
    region: str | None = None
    side: str | None = None
    onset: str | None = None
    severity: str | None = None
    weeks: float | None = None
    since: date | None = None
    charted: Charted = "unknown"


@dataclass(frozen=True)
class Treatment:
    """A treatment of one kind. `weeks` is its length; `directed` is who prescribed it; `outcome` how much it helped."""

    kind: str
    status: Status = "present"
    weeks: float | None = None
    start: date | None = None
    end: date | None = None
    directed: str | None = None
    outcome: str | None = None
    visits: int | None = None
    charted: Charted = "unknown"


@dataclass(frozen=True)
class Imaging:
    """An earlier picture. `status: absent` says that it was not done."""

    modality: str
    region: str | None = None
    side: str | None = None
    status: Status = "present"
    date: date | None = None
    result: str | None = None
    charted: Charted = "unknown"


@dataclass(frozen=True)
class Evaluation:
    """A visit with a clinician for this problem. `after_treatment`: it was after the conservative care."""

    date: date | None = None
    after_treatment: bool | None = None
    status: Status = "present"
    charted: Charted = "unknown"


@dataclass(frozen=True)
class Field:
    """One single-valued fact: `path` is a dotted path into the case file, such as `plan.type` or `symptom_weeks`."""

    path: str
    value: Any


FactValue = Union[Finding, Treatment, Imaging, Evaluation, Field]


@dataclass(frozen=True)
class Fact:
    """A value and who said it. `ref` is the row's id in the database, empty for a case file."""

    value: FactValue
    said: Said
    ref: str = ""


@dataclass(frozen=True)
class Study:
    id: str | None = None
    cpt: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()
    side: str | None = None
    contrast: str | None = None


@dataclass(frozen=True)
class Plan:
    type: str | None = None
    payer: str | None = None
    reviewer: str | None = None
    state: str | None = None


@dataclass(frozen=True)
class StatedDeadline:
    words: str | None = None
    days: int | None = None
    date: date | None = None


@dataclass(frozen=True)
class Denial:
    notice_date: date | None = None
    received_date: date | None = None
    service: str | None = None
    level: str | None = None
    reasons: tuple[str, ...] = ()
    reference_numbers: tuple[str, ...] = ()
    member_id: str | None = None
    service_date: date | None = None
    criteria_cited: tuple[str, ...] = ()
    appeal_deadline: StatedDeadline = StatedDeadline()
    words: str | None = None
    urgent: bool | None = None
    denied: bool | None = None
    """False: nobody has denied it yet (the request is still to go in)."""


@dataclass(frozen=True)
class Patient:
    name: str | None = None
    age: int | None = None
    sex: str | None = None
    pack_years: float | None = None
    quit_years: float | None = None
    asymptomatic: bool | None = None
    shared_decision: bool | None = None
    lifetime_breast_risk: float | None = None


@dataclass(frozen=True)
class Cancer:
    type: str | None = None
    phase: str | None = None
    pets_before: int | None = None


@dataclass(frozen=True)
class Clinician:
    name: str | None = None
    npi: str | None = None
    specialty: str | None = None


@dataclass(frozen=True)
class PeerToPeer:
    status: str | None = None
    by: date | None = None


@dataclass(frozen=True)
class Conflict:
    """Two sources say different things of one fact; both stand until somebody settles it."""

    key: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Case:
    """What stands about one request, as of a date. The rules read nothing else."""

    as_of: date
    study: Study = Study()
    plan: Plan = Plan()
    denial: Denial = Denial()
    patient: Patient = Patient()
    cancer: Cancer = Cancer()
    clinician: Clinician = Clinician()
    peer_to_peer: PeerToPeer = PeerToPeer()
    symptom_weeks: float | None = None
    findings: tuple[Finding, ...] = ()
    treatments: tuple[Treatment, ...] = ()
    imaging: tuple[Imaging, ...] = ()
    evaluations: tuple[Evaluation, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    said: Mapping[str, Said] = field(default_factory=dict)
    """Who said the fact with this key (see `key`); empty for a case file."""
    settled: frozenset[str] = frozenset()
    """Ids of questions already answered, skipped or not known: never asked again, though a gap may stay open."""


def with_changes(one: _T, **changes: Any) -> _T:
    """The same as `dataclasses.replace`, for a frozen dataclass that checks nothing when it is made and keeps nothing.

    A check supposes many answers, and asking each field of each record what it was took longer than the rest of it.
    """
    changed = object.__new__(type(one))
    vars(changed).update(vars(one), **changes)
    return changed


def key(value: FactValue) -> str:
    """The public id of a fact, as gaps, traces, questions and assertions name it.

    A finding's key is its bare id; the others are dotted: `treatment.nsaid`, `imaging.xray.knee`, `evaluation`,
    `plan.type`, `symptom_weeks`.
    """
    if isinstance(value, Finding):
        return value.id
    if isinstance(value, Treatment):
        return f"treatment.{value.kind}"
    if isinstance(value, Imaging):
        return ".".join(part for part in ("imaging", value.modality, value.region) if part)
    if isinstance(value, Evaluation):
        return "evaluation"
    return value.path


def identity(value: FactValue) -> tuple[Any, ...]:
    """What makes two statements be about the same thing, so that the later one replaces the earlier."""
    if isinstance(value, Finding):
        # A relative's illness stands beside the patient's own, whichever is told later.
        return ("finding" if value.status != "family" else "family", value.id, value.region, value.side)
    if isinstance(value, Treatment):
        return ("treatment", value.kind)
    if isinstance(value, Imaging):
        return ("imaging", value.modality, value.region, value.side, value.date)
    if isinstance(value, Evaluation):
        # "Seen after the care" and "seen on October 20" are one visit, until two days are named.
        return ("evaluation", "visit", value.date)
    return ("field", value.path)


def same_thing(later: FactValue, earlier: FactValue) -> bool:
    """Whether a later statement is about the same thing as an earlier one; a part not named matches any.

    A relative's illness is another thing than one's own: "my sister has breast cancer too".
    """
    if (getattr(later, "status", "") == "family") != (getattr(earlier, "status", "") == "family"):
        return False
    one, other = identity(later), identity(earlier)
    return len(one) == len(other) and one[:2] == other[:2] and all(
        a is None or b is None or a == b for a, b in zip(one[2:], other[2:], strict=True)
    )


def standing(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts that still stand, in the order said: a later statement of the same source replaces the earlier one.

    A replacing statement keeps the details (side, weeks, who directed it …) that it does not itself name.
    """
    kept: list[Fact] = []
    for fact in facts:
        value = fact.value
        for old in [f for f in kept if f.said.who == fact.said.who and same_thing(value, f.value)]:
            kept.remove(old)
            value = _fill(value, old.value)
        kept.append(replace(fact, value=value))
    return tuple(kept)


def _fill(new: FactValue, old: FactValue) -> FactValue:
    """`new` with the details of `old` where `new` names none and says the same status."""
    if isinstance(new, Field) or getattr(new, "status", None) != getattr(old, "status", None):
        return new
    missing = {
        name: getattr(old, name)
        for name in new.__dataclass_fields__
        if getattr(new, name) in (None, "unknown") and getattr(old, name) is not None
    }
    return replace(new, **missing)


_PART_TYPES: dict[str, Any] = {
    "study": Study, "plan": Plan, "denial": Denial, "patient": Patient, "cancer": Cancer, "clinician": Clinician,
    "peer_to_peer": PeerToPeer,
}  # fmt: skip


def case_of(facts: Iterable[Fact], as_of: date, settled: Iterable[str] = ()) -> Case:
    """The case that the facts make, as of a date.

    Between sources both statements stand as a conflict; the value used is the one in the record (`charted: yes`), else
    staff's. Then, of the letter (its date, its reasons), a document's comes before the patient's; of the person
    (symptoms, care, how long) the patient's before a document's. Raises nothing: values were checked as they were read.
    """
    groups: list[list[Fact]] = []
    for fact in standing(facts):
        same = next((g for g in groups if same_thing(fact.value, g[0].value)), None)
        same.append(fact) if same is not None else groups.append([fact])
    used = [max(group, key=_weight) for group in groups]
    conflicts = tuple(Conflict(key(g[0].value), tuple(g)) for g in groups if _differ([f.value for f in g]))
    parts: dict[str, dict[str, Any]] = {}
    flat: dict[str, Any] = {}
    for fact in used:
        if isinstance(fact.value, Field):
            part, _, name = fact.value.path.partition(".")
            if name:
                parts.setdefault(part, {})[name] = fact.value.value
            else:
                flat[part] = fact.value.value
    values = [f.value for f in used]
    return Case(
        as_of=as_of,
        findings=tuple(v for v in values if isinstance(v, Finding)),
        treatments=tuple(v for v in values if isinstance(v, Treatment)),
        imaging=tuple(v for v in values if isinstance(v, Imaging)),
        evaluations=tuple(v for v in values if isinstance(v, Evaluation)),
        conflicts=conflicts,
        said={key(f.value): f.said for f in used},
        settled=frozenset(settled),
        **{name: _PART_TYPES[name](**given) for name, given in parts.items()},
        **flat,
    )


def in_order(case: Case) -> Case:
    """The same case with its lists sorted, so that nothing drawn from it depends on the order in which it was said."""
    return with_changes(
        case,
        findings=tuple(sorted(case.findings, key=_plain)),
        treatments=tuple(sorted(case.treatments, key=_plain)),
        imaging=tuple(sorted(case.imaging, key=_plain)),
        evaluations=tuple(sorted(case.evaluations, key=_plain)),
    )


def _plain(value: FactValue) -> tuple[str, ...]:
    return tuple(map(str, vars(value).values()))


def _weight(fact: Fact) -> tuple[bool, int]:
    sources = ("document", "patient", "staff") if _of_the_person(fact.value) else ("patient", "document", "staff")
    return getattr(fact.value, "charted", "") == "yes", sources.index(fact.said.who)


def _of_the_person(value: FactValue) -> bool:
    """Whether it is about the person: there a plan's letter ("your pain began four weeks ago") is only its view."""
    return not isinstance(value, Field) or value.path == "symptom_weeks" or value.path.startswith("patient.")


def _differ(values: list[FactValue]) -> bool:
    if isinstance(values[0], Field):
        return any(v.value != values[0].value for v in values[1:] if isinstance(v, Field))
    return len({getattr(v, "status", None) for v in values}) > 1
