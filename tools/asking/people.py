"""A simulated person: what is known at the start, the hidden facts, and how the person answers a question from them.

Answers are those of somebody who knows the case: what is not among the hidden facts is not so. "I don't know" (None) is
the answer only where a number or a name was asked for and the hidden facts hold none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from criteria.answers import facts_from_answer
from criteria.casefile import case_from_mapping
from criteria.facts import (
    Case,
    Evaluation,
    Fact,
    FactValue,
    Field,
    Finding,
    Imaging,
    Said,
    Treatment,
    case_of,
)
from criteria.leaves import ImagingLeaf, Node
from criteria.library.records import Library
from criteria.results import Question

TODAY = date(2026, 11, 21)
_USUAL: Mapping[str, Any] = {
    "patient.age": 45,
    "patient.pack_years": 0,
    "patient.asymptomatic": False,
    "patient.shared_decision": False,
    "cancer.type": "none",
    "cancer.pets_before": 0,
    "symptom_weeks": 10,
}
"""What somebody says of whom the hidden facts hold nothing else."""
_DETAILS = {"severity": "mild", "onset": "gradual"}
_PARTS = ("study", "plan", "denial", "patient", "cancer", "peer_to_peer")


@dataclass(frozen=True)
class Person:
    """`start`: what the letter and the first message said. `hidden`: the case with all that is so, the start included.

    `kind`: how the person was made: `met`, `short` (one leaf short of it) or `written` (by hand). `expect`: the verdict
    once everything was said; "" where nobody wrote it down.
    """

    name: str
    family: str
    kind: str
    start: tuple[FactValue, ...]
    hidden: Case
    expect: str = ""


def case_with(facts: Iterable[FactValue], settled: frozenset[str] = frozenset()) -> Case:
    """The case that these statements of one person make, in the order said, as the conversation puts it together."""
    return case_of((Fact(value, Said("patient")) for value in facts), TODAY, settled)


def facts_of(case: Case) -> tuple[FactValue, ...]:
    """The facts of a case, as somebody would say them one by one."""
    single = [
        Field(f"{part}.{one.name}", getattr(getattr(case, part), one.name))
        for part in _PARTS
        for one in fields(getattr(case, part))
        if getattr(getattr(case, part), one.name) != getattr(type(getattr(case, part))(), one.name)
    ]
    if case.symptom_weeks is not None:
        single.append(Field("symptom_weeks", case.symptom_weeks))
    return (*single, *case.findings, *case.treatments, *case.imaging, *case.evaluations)


def written_person(record: Mapping[str, Any], library: Library) -> Person:
    """A person written by hand: `name`, `start` and `hidden` in the shape of a case file, and the `expect`ed verdict.

    `hidden` is added to `start`. Raises CaseError or KeyError for a record that cannot be used.
    """
    start = facts_of(case_from_mapping({"as_of": TODAY, **record["start"]}, library))
    more = facts_of(
        case_from_mapping({"as_of": TODAY, "study": record["start"]["study"]["id"], **record["hidden"]}, library)
    )
    hidden = case_with((*start, *more))
    return Person(record["name"], family_of(hidden, library), "written", start, hidden, record["expect"])


def family_of(case: Case, library: Library) -> str:
    """The study family that the table groups by."""
    study = library.studies[case.study.id or ""]
    if study.region.endswith("_spine"):
        return "spine"
    if study.region in ("knee", "shoulder", "hip", "wrist", "hand", "ankle", "foot", "elbow"):
        return "joints"
    if study.region in ("brain", "head", "neck", "sinus"):
        return "head and neck"
    if study.region in ("abdomen", "abdomen_pelvis", "pelvis"):
        return "abdomen and pelvis"
    if study.region in ("chest", "heart"):
        return "chest and heart"
    return "breast and cancer"


def is_so(finding: str, hidden: Case, library: Library) -> bool:
    """Whether the person has or had the finding, by itself or because another one of theirs implies it."""
    return any(
        f.status in ("present", "historical", "uncertain") and (f.id == finding or finding in library.implied_by(f.id))
        for f in hidden.findings
    )


def answer(question: Question, hidden: Case, library: Library) -> Any:
    """What the person answers, in the shape `facts_from_answer` takes; None for "I don't know"."""
    head, *rest = question.id.split(".")
    if question.kind == "text":
        return None
    if question.id == "treatment.kinds":
        had = {t.kind for t in hidden.treatments if t.status == "present"}
        return [o.value for o in question.options if o.value in had]
    if question.kind == "any_of":
        return [o.value for o in question.options if is_so(o.value, hidden, library)]
    if head == "finding":
        return is_so(rest[0], hidden, library) if len(rest) == 1 else _detail(rest[0], rest[1], hidden)
    if head == "treatment":
        return next((getattr(t, rest[0]) for t in hidden.treatments if t.kind == rest[1]), None)
    if head == "imaging":
        return _picture(rest, question, hidden)
    if head == "evaluation":
        return _visit(rest[0], hidden)
    return _single(question, hidden)


def told(question: Question, value: Any, case: Case) -> tuple[FactValue, ...]:
    """The facts that the conversation takes from an answer.

    Where some of a list were named it asks "any of these, too?" of the others, so those are then said to be absent.
    """
    facts = facts_from_answer(question, value, case)
    if question.kind != "any_of" or not value:
        return facts
    rest = tuple(option for option in question.options if option.value not in value)
    others = replace(question, options=rest, facts=tuple(option.value for option in rest))
    return (*facts, *(facts_from_answer(others, [], case) if rest else ()))


def _detail(finding: str, name: str, hidden: Case) -> Any:
    usual = _DETAILS.get(name) or (hidden.study.side if hidden.study.side in ("left", "right") else "left")
    return next((getattr(f, name) for f in hidden.findings if f.id == finding and getattr(f, name)), usual)


def _picture(rest: list[str], question: Question, hidden: Case) -> Any:
    modality, region = rest[0], rest[1]
    done = next(
        (i for i in hidden.imaging if (i.modality, i.region, i.status) == (modality, region, "present")), None
    )
    if rest[2:] == ["date"]:
        return done.date if done else None
    known = {option.value for option in question.options}
    if done is None:
        return "none"
    return done.result if done.result in known else "done"


def _visit(what: str, hidden: Case) -> Any:
    visits = [e for e in hidden.evaluations if e.status == "present"]
    if what == "date":
        return max((e.date for e in visits if e.date), default=None)
    return bool(visits) if what == "visit" else any(e.after_treatment for e in visits)


def _single(question: Question, hidden: Case) -> Any:
    part, _, name = question.id.partition(".")
    value = getattr(getattr(hidden, part), name) if name else getattr(hidden, part)
    value = _USUAL.get(question.id) if value is None else value
    if question.kind == "choice" and value is not None:
        return value if value in {option.value for option in question.options} else None
    return float(value) if question.kind in ("weeks", "number") and value is not None else value


def told_in_full(person: Person, library: Library) -> Case:
    """The case once the person has said everything: what is so, and that nothing else the rules ask for is."""
    hidden, study = person.hidden, person.hidden.study.id or ""
    facts = list(facts_of(hidden))
    said = {f.id for f in hidden.findings}
    for id in library.findings:
        if id not in said:
            facts.append(Finding(id, "present" if is_so(id, hidden, library) else "absent"))
    kinds = {t.kind for t in hidden.treatments}
    facts += [Treatment(kind, "absent") for kind in library.treatments if kind not in kinds]
    pictures = {(i.modality, i.region) for i in hidden.imaging}
    for modality, region in sorted(_pictures_asked(study, library) - pictures):
        facts.append(Imaging(modality, region, hidden.study.side, "absent"))
    if not hidden.evaluations:
        facts.append(Evaluation(status="absent"))
    known = {value.path for value in facts if isinstance(value, Field)}
    facts += [Field(path, value) for path, value in _USUAL.items() if path not in known]
    return case_with(facts)


def _pictures_asked(study: str, library: Library) -> set[tuple[str, str]]:
    return {
        (leaf.modality, leaf.region)
        for guideline in library.guidelines_for(study)
        for tree in (*(s.when for s in guideline.scenarios), *(p.when for p in guideline.pathways))
        for leaf in leaves_of(tree)
        if isinstance(leaf, ImagingLeaf)
    }


def leaves_of(tree: Node) -> Iterable[Any]:
    """Every leaf of a rule tree, from left to right."""
    if tree.leaf is not None:
        yield tree.leaf
    for part in tree.of:
        yield from leaves_of(part)


def days_ago(days: int) -> date:
    """The day so many days before the day of the check."""
    return TODAY - timedelta(days=days)
