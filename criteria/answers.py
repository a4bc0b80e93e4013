"""An answer to a question as facts, for every question that `criteria.questions` can ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from criteria.facts import Case, Evaluation, FactValue, Field, Finding, Imaging, Treatment
from criteria.results import Question

_FIELDS = {
    "intake.study": "study.id",
    "intake.duration": "symptom_weeks",
    "intake.plan": "plan.type",
    "intake.side": "study.side",
    "peer_to_peer": "peer_to_peer.status",
    "notice_date": "denial.notice_date",
}
_ASKED_FOR_THE_OPPOSITE = ("patient.asymptomatic",)
"""Fields whose yes/no question asks for their opposite, because people answer that more clearly."""


def facts_from_answer(question: Question, value: Any, case: Case) -> tuple[FactValue, ...]:
    """The facts that an answer states.

    `value`: bool for yes_no, a list of chosen values for any_of (none chosen: each one shown is absent), the value of a
    choice, a number for number and weeks, a date for date, text for text (which states no fact by itself). Raises
    ValueError for a value of another kind.
    """
    if question.kind == "text":
        return ()
    _check(question, value)
    head, *rest = question.id.split(".")
    if question.kind == "any_of":
        return _any_of(question, [v for v in value if v != "none"])
    if head == "finding":
        return _finding(rest, value, case)
    if head == "treatment":
        return _treatment(rest[0], rest[1], value, case)
    if head == "imaging":
        return _imaging(rest, value, case)
    if head == "evaluation":
        return _evaluation(rest[0], value, case)
    if question.id == "intake.reason":
        return (Field("denial.reasons", (value,)),)
    path = _FIELDS.get(question.id, question.id)
    if path in _ASKED_FOR_THE_OPPOSITE:
        return (Field(path, not value),)
    return (Field(path, int(value) if path == "patient.age" else value),)


def _check(question: Question, value: Any) -> None:
    kinds: dict[str, Any] = {"yes_no": bool, "choice": str, "number": (int, float), "weeks": (int, float), "date": date}
    if question.kind == "any_of":
        good = isinstance(value, Sequence) and not isinstance(value, str)
        if not good:
            raise ValueError(f"the answer to {question.id} must be a list of the chosen values")
        known = {"none", *[o.value for o in question.options]} if value else ()
        wrong = [v for v in value if v not in known]
        if wrong:
            raise ValueError(f"{question.id} has no choice '{wrong[0]}'")
        return
    if not isinstance(value, kinds[question.kind]) or (isinstance(value, bool) and question.kind != "yes_no"):
        raise ValueError(f"the answer to {question.id} must be of kind {question.kind}")
    if question.kind == "choice" and question.options and value not in {o.value for o in question.options}:
        raise ValueError(f"{question.id} has no choice '{value}'")


def _any_of(question: Question, chosen: list[str]) -> tuple[FactValue, ...]:
    """What was chosen is present. With nothing chosen, each one shown is absent; else the others stay unsaid."""
    if question.id in ("treatment.kinds", "intake.prior_treatment"):
        if not chosen:
            return tuple([_not_given(o.value) for o in question.options])
        return tuple(Treatment(value) for value in chosen)
    if not chosen:
        return tuple([_absent(o.value) for o in question.options])
    return tuple(Finding(value) for value in chosen)


@cache
def _not_given(treatment: str) -> Treatment:
    return Treatment(treatment, "absent")


@cache
def _absent(finding: str) -> Finding:
    # A long list of them is made many times in a check, and there are only as many as the library has findings.
    return Finding(finding, "absent")


def _finding(rest: list[str], value: Any, case: Case) -> tuple[FactValue, ...]:
    if len(rest) == 1:
        return (Finding(rest[0], "present" if value else "absent"),)
    region = next((f.region for f in case.findings if f.id == rest[0] and f.status == "present"), None)
    return (Finding(rest[0], region=region, **{rest[1]: value}),)


def _treatment(what: str, kind: str, value: Any, case: Case) -> tuple[FactValue, ...]:
    if what == "weeks":
        return (Treatment(kind, weeks=float(value)),)
    if what == "directed":
        return (Treatment(kind, directed=value),)
    return (Treatment(kind, end=value),)


def _imaging(rest: list[str], value: Any, case: Case) -> tuple[FactValue, ...]:
    modality, region = rest[0], rest[1]
    side = case.study.side if case.study.side in ("left", "right") else None
    if rest[2:] == ["date"]:
        return (Imaging(modality, region, side, date=value),)
    if value == "none":
        return (Imaging(modality, region, side, "absent"),)
    return (Imaging(modality, region, side, result=None if value == "done" else value),)


def _evaluation(what: str, value: Any, case: Case) -> tuple[FactValue, ...]:
    if what == "date":
        return (Evaluation(date=value),)
    if what == "visit":
        return (Evaluation(status="present" if value else "absent"),)
    if value:
        return (Evaluation(after_treatment=True),)
    # No visit after the care: an earlier visit stays one, and where there was none this says no more than that.
    if any(e.status == "present" for e in case.evaluations):
        return (Evaluation(after_treatment=False),)
    return (Evaluation(after_treatment=True, status="absent"),)
