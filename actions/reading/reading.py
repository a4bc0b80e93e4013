"""What reading answers: the shapes of `overturn read --json`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any, Literal

from actions.reading.clinical_items import EvaluationItem, FindingItem, ImagingItem, TreatmentItem

Kind = Literal["denial_letter", "message", "other"]


@dataclass(frozen=True)
class FieldRead:
    """A value read, the words it was read from, and where they stand in the text as it came.

    `confidence` is 0 to 1: a labelled field 0.95 or more, an inferred one less.
    """

    value: Any
    words: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True)
class AppealDeadline:
    words: str | None = None
    days: int | None = None
    date: date | None = None


@dataclass(frozen=True)
class PeerToPeer:
    phone: str | None = None
    words: str | None = None
    by: date | None = None


@dataclass(frozen=True)
class DenialRead:
    """The denial as the text has it. `denied`: the text says that something was denied.

    `outcome` is what the plan's paper says was decided; None where it is not clear, and for a person's own words.
    """

    denied: bool = False
    outcome: Literal["denied", "approved", "pending"] | None = None
    payer: str | None = None
    reviewer: str | None = None
    plan_type: str | None = None
    member_id: str | None = None
    reference_numbers: tuple[str, ...] = ()
    notice_date: date | None = None
    received_date: date | None = None
    service_date: date | None = None
    service: str | None = None
    level: str | None = None
    reasons: tuple[str, ...] = ()
    criteria_cited: tuple[str, ...] = ()
    appeal_deadline: AppealDeadline = AppealDeadline()
    peer_to_peer: PeerToPeer = PeerToPeer()
    expedited_mentioned: bool = False


@dataclass(frozen=True)
class StudyRead:
    id: str | None = None
    modality: str | None = None
    region: str | None = None
    side: str | None = None
    contrast: str | None = None
    cpt: tuple[str, ...] = ()
    icd10: tuple[str, ...] = ()


@dataclass(frozen=True)
class CancerRead:
    """The cancer that the patient has or had, and its step: `suspected | initial | subsequent | surveillance`."""

    type: str | None = None
    phase: str | None = None


@dataclass(frozen=True)
class Warning:
    """A statement that the emergency watch heard: level E, crisis or U."""

    id: str
    level: str
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """Everything read in one text; offsets are into the text as it came."""

    kind: Kind = "other"
    denial: DenialRead = DenialRead()
    study: StudyRead = StudyRead()
    findings: tuple[FindingItem, ...] = ()
    treatments: tuple[TreatmentItem, ...] = ()
    imaging: tuple[ImagingItem, ...] = ()
    evaluations: tuple[EvaluationItem, ...] = ()
    symptom_weeks: float | None = None
    age: int | None = None
    pack_years: float | None = None
    quit_years: float | None = None
    cancer: CancerRead = CancerRead()
    emergency: tuple[Warning, ...] = ()
    urgent: tuple[Warning, ...] = ()
    fields: dict[str, FieldRead] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """The document that `overturn read --json` prints: plain values, dates as ISO 8601, unknown as None."""
        found: dict[str, Any] = _json(self)
        for picture in found["imaging"]:
            # ISO 8601 writes a month without a day as 2026-08.
            month = picture.pop("month")
            picture["date"] = picture["date"] or month
        return found


def _json(value: Any) -> Any:
    if hasattr(value, "__dataclass_fields__"):
        return {f.name: _json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {name: _json(item) for name, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_json(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value
