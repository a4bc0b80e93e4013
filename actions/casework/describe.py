"""Facts in plain words, for "Noted: …" and for the rows of a card. Says exactly what the fact says, and no more."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.letters.phrases import felt_elsewhere, length, number
from actions.letters.sentences import listed_in
from criteria.facts import Evaluation, FactValue, Field, Finding, Imaging, StatedDeadline, Treatment
from criteria.library import Library
from criteria.questions import ANOTHER

_FILE = Path(__file__).with_name("labels.yml")


@lru_cache(maxsize=1)
def _labels() -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return labels


def label(path: str) -> str:
    """The plain name of a single-valued fact."""
    return _labels()["fields"].get(path, path.rpartition(".")[2].replace("_", " ").capitalize())


def region(name: str) -> str:
    return _labels()["regions"].get(name, name.replace("_", " "))


def modality(name: str) -> str:
    return _labels()["modalities"].get(name, name)


def day(value: date) -> str:
    """A date as Americans read it: `November 2, 2026`."""
    return f"{value:%B} {value.day}, {value.year}"


def fact(value: FactValue, library: Library) -> str:
    """One fact as a short phrase, such as `numbness (left, lower back)` or `no fever`."""
    if isinstance(value, Finding):
        return _finding(value, library)
    if isinstance(value, Treatment):
        return _treatment(value, library)
    if isinstance(value, Imaging):
        return _imaging(value)
    if isinstance(value, Evaluation):
        return _evaluation(value)
    return f"{label(value.path)}: {field(value, library)}"


def _finding(value: Finding, library: Library) -> str:
    record = library.findings.get(value.id)
    name = record.say if record else value.id.replace("_", " ")
    severity = None if value.severity and value.severity in name.split() else value.severity
    details = [_labels()["values"].get(value.side or "", value.side), severity, value.onset]
    told = value.region if not felt_elsewhere(value) and (not record or record.region != value.region) else None
    details += [region(told)] if told else []
    happened = listed_in("so", value.id)  # an injury does not last: it was so long ago
    if value.weeks:
        details += [f"{length(value.weeks)} ago" if happened else f"for {length(value.weeks)}"]
    elif value.since:
        details += [f"{'on' if happened else 'since'} {day(value.since)}"]
    inner = ", ".join(d for d in details if d)
    said = f"{name} ({inner})" if inner else name
    return {
        "present": said,
        "absent": _absent(name),
        "uncertain": f"maybe {said}, not sure",
        "historical": f"{said} in the past",
        "family": f"{name} in the family",
    }[value.status]


def _absent(name: str) -> str:
    """The denial of a finding: "no fever", but "able to lift the arm" and "reflexes not weaker"."""
    if name.startswith("being unable to "):
        return name.replace("being unable to ", "able to ", 1)
    if name.startswith("being "):
        return f"not {name}"
    return _DENIED.get(name, f"no {_bare(name)}")


_DENIED = {
    "a weaker reflex": "reflexes not weaker",
    "less movement in the joint": "no loss of movement in the joint",
    "sinus trouble that treatment did not clear": "no sinus trouble that is left after treatment",
    "a cause of the heart failure that is not known": "a known cause of the heart failure",
}


def _bare(name: str) -> str:
    """The name without its article: "no broken bone", not "no a broken bone"."""
    return re.sub(r"^(?:an?|the) ", "", name)


def _treatment(value: Treatment, library: Library) -> str:
    name = treatment_name(value.kind, library)
    if value.status == "absent":
        return f"no {_bare(name)}"
    values = _labels()["values"]
    details = [length(value.weeks) if value.weeks else "", values.get(value.directed or "", "")]
    details += [f"from {day(value.start)}"] if value.start else []
    details += [f"until {day(value.end)}"] if value.end else []
    details += [f"{value.visits} visits"] if value.visits else []
    details += [values.get(value.outcome or "", "")]
    inner = ", ".join(d for d in details if d)
    said = f"{name} ({inner})" if inner else name
    return f"maybe {said}, not sure" if value.status == "uncertain" else said


def treatment_name(kind: str, library: Library) -> str:
    record = library.treatments.get(kind)
    return record.say if record else kind.replace("_", " ")


def _imaging(value: Imaging) -> str:
    place = None if value.modality == "echo" else value.region  # it is of the heart by its name
    where = " of the " + " ".join(p for p in (value.side, region(place)) if p) if place else ""
    name = f"{modality(value.modality)}{where}"
    if value.status == "absent":
        return f"no {name}"
    details = [day(value.date) if value.date else "", (value.result or "").replace("_", " ")]
    inner = ": ".join(d for d in details if d)
    said = f"{name} ({inner})" if inner else name
    return f"maybe {said}, not sure" if value.status == "uncertain" else said


def _evaluation(value: Evaluation) -> str:
    if value.status == "absent":
        return "no visit after the treatment" if value.after_treatment else "no visit for this problem"
    when = f" on {day(value.date)}" if value.date else ""
    return f"visit with a clinician{when}{' after the treatment' if value.after_treatment else ''}"


def field(value: Field, library: Library) -> str:
    """The value of a single-valued fact in plain words."""
    given = value.value
    if value.path == "symptom_weeks":
        return length(float(given))
    if value.path == "study.id":
        return study_name(str(given), library)
    if value.path == "plan.type":
        return plan_name(str(given), library)
    if value.path == "denial.reasons":
        return "; ".join(_reason(r, library) for r in given)
    return _chosen(value.path, given, library) or _plain(given)


def _chosen(path: str, given: Any, library: Library) -> str | None:
    """The words of the option that stands for this value in the question about the fact."""
    options = (o for q in library.questions.values() if q.facts == (path,) for o in q.options)
    return next((option.say for option in options if option.value == given), None)


def _plain(given: Any) -> str:
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, float):
        return number(given)
    if isinstance(given, date):
        return day(given)
    if isinstance(given, StatedDeadline):
        return day(given.date) if given.date else f"{given.days} days" if given.days else str(given.words)
    if isinstance(given, (tuple, list)):
        return ", ".join(_plain(item) for item in given)
    return _labels()["values"].get(str(given), str(given))


def study_name(study: str, library: Library) -> str:
    record = library.studies.get(study)
    if study == ANOTHER:
        return "another scan"
    return record.say if record else study.replace("-", " ").upper()


def plan_name(plan: str, library: Library) -> str:
    question = library.questions.get("intake.plan")
    said = {o.value: o.say for o in question.options} if question else {}
    return said.get(plan, plan.replace("_", " "))


def _reason(reason: str, library: Library) -> str:
    record = library.denial_reasons.get(reason)
    return record.say if record else reason.replace("_", " ")
