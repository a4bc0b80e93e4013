"""Which records are due to be read again: those whose `recheck_after` has passed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from criteria.deadline_rows import Table
from criteria.library.records import Library

LABELS = ("verified", "paraphrased", "unverified")
"""The trust labels, the surest first."""


@dataclass(frozen=True)
class DatedRecord:
    """A record that somebody has to read again one day. `file` is the path from the project's folder.

    `label` is its trust label; for a source of the deadline table, which has none, that of its least sure rule, and
    None while no rule rests on it.
    """

    id: str
    kind: str
    file: str
    label: str | None
    checked_on: date
    recheck_after: date


@dataclass(frozen=True)
class StaleRecord(DatedRecord):
    """A dated record that is due. `days_over` counts from its `recheck_after`, and is at least 1."""

    days_over: int


def dated_records(library: Library, table: Table) -> tuple[DatedRecord, ...]:
    """Every source and guideline of the library and every source of the deadline table, as dated records."""
    sources = (
        DatedRecord(s.id, "source", f"criteria/library/{s.file}", s.status, s.checked_on, s.recheck_after)
        for s in library.sources.values()
    )
    guidelines = (
        DatedRecord(g.id, "guideline", f"criteria/library/{g.file}", g.status, g.checked_on, g.recheck_after)
        for g in library.guidelines.values()
    )
    rules = (
        DatedRecord(
            s.id,
            "deadline_source",
            "criteria/library/deadlines.yml",
            least_sure(row.status for row in table.rows if s.id in row.sources),
            s.checked_on,
            s.recheck_after,
        )
        for s in table.sources.values()
    )
    return (*sources, *guidelines, *rules)


def least_sure(labels: Iterable[str]) -> str | None:
    """The least sure of some trust labels; None when there are none."""
    return max(labels, key=LABELS.index, default=None)


def stale(records: Iterable[DatedRecord], as_of: date) -> tuple[StaleRecord, ...]:
    """The records whose `recheck_after` lies before `as_of`, the one that has been due longest first."""
    due = [
        StaleRecord(r.id, r.kind, r.file, r.label, r.checked_on, r.recheck_after, (as_of - r.recheck_after).days)
        for r in records
        if r.recheck_after < as_of
    ]
    return tuple(sorted(due, key=lambda r: (r.recheck_after, r.file, r.id)))
