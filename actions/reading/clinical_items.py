"""What clinical reading finds: each item with the exact words it was read from and where they stand in the text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from actions.reading.found import Found


@dataclass(frozen=True)
class FindingItem:
    """A finding; `weeks` is how long it has lasted, `since` when it began, as far as the words say so."""

    id: str
    status: str
    words: str
    start: int
    end: int
    weeks: float | None = None
    since: date | None = None
    side: str | None = None
    region: str | None = None
    onset: str | None = None
    severity: str | None = None


@dataclass(frozen=True)
class TreatmentItem:
    """A treatment of one kind; `weeks` its length, `since` its first day, `until` its last, `visits` how many."""

    kind: str
    status: str
    words: str
    start: int
    end: int
    weeks: float | None = None
    since: date | None = None
    until: date | None = None
    outcome: str | None = None
    directed: str | None = None
    visits: int | None = None


@dataclass(frozen=True)
class ImagingItem:
    """An earlier picture; `status: absent` is one that was not done."""

    modality: str
    status: str
    words: str
    start: int
    end: int
    region: str | None = None
    side: str | None = None
    date: date | None = None
    result: str | None = None
    month: str | None = None
    """What was said of the date where no day was: "2026-08", or a year alone."""


@dataclass(frozen=True)
class EvaluationItem:
    """A visit with a clinician for this problem."""

    date: date | None
    after_treatment: bool | None
    words: str
    start: int
    end: int
    status: str = "present"


@dataclass(frozen=True)
class Clinical:
    """Everything clinical in a text. `symptom_weeks` is how long the complaint has lasted, `age` in years; `quit_years`
    are the years since the last cigarette."""

    findings: tuple[FindingItem, ...] = ()
    treatments: tuple[TreatmentItem, ...] = ()
    imaging: tuple[ImagingItem, ...] = ()
    evaluations: tuple[EvaluationItem, ...] = ()
    symptom_weeks: float | None = None
    age: int | None = None
    pack_years: Found | None = None
    quit_years: Found | None = None
    cancer_type: Found | None = None
    cancer_phase: Found | None = None
