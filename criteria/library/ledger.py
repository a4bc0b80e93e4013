"""The ledger: every source, and every record that rests on it. Today is not in it: the same files, the same ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from criteria.deadline_rows import Table
from criteria.library.records import Guideline, Library
from criteria.library.stale import least_sure

_Record = TypeVar("_Record")


@dataclass(frozen=True)
class Resting:
    """A record that rests on a source. `label` is its own trust label, None where its kind has none."""

    kind: str
    id: str
    say: str
    label: str | None


@dataclass(frozen=True)
class Entry:
    """A source with its trust label, its dates and its link, and what rests on it.

    `url` is None where there is no text to link to; `label` None where neither the source nor anything on it has one.
    """

    id: str
    title: str
    edition: str
    place: str
    url: str | None
    label: str | None
    checked_on: date
    recheck_after: date
    file: str
    rests: tuple[Resting, ...]


def ledger(library: Library, table: Table, others: Iterable[Entry] = ()) -> tuple[Entry, ...]:
    """Every source of the library and the deadline table, and the `others`, by title and id.

    What rests on a source stands in the order guidelines, red flags, denial reasons, payers, studies, treatments,
    questions, and within each by id.
    """
    resting = _resting(library)
    entries = [
        Entry(
            s.id,
            s.title,
            s.edition,
            s.place,
            s.url or None,
            s.status,
            s.checked_on,
            s.recheck_after,
            f"criteria/library/{s.file}",
            tuple(resting.get(s.id, ())),
        )
        for s in library.sources.values()
    ]
    for source in table.sources.values():
        rows = [row for row in table.rows if source.id in row.sources]
        entries.append(
            Entry(
                source.id,
                source.title,
                source.edition,
                "",
                source.url,
                least_sure(row.status for row in rows),
                source.checked_on,
                source.recheck_after,
                "criteria/library/deadlines.yml",
                tuple(Resting("deadline rule", r.id, r.cite, r.status) for r in sorted(rows, key=lambda r: r.id)),
            )
        )
    return tuple(sorted((*entries, *others), key=lambda e: (e.title.lower(), e.id)))


def _resting(library: Library) -> dict[str, list[Resting]]:
    found: dict[str, list[Resting]] = {}
    for sources, record in _records(library):
        for source in dict.fromkeys(sources):
            found.setdefault(source, []).append(record)
    return found


def _records(library: Library) -> Iterator[tuple[Iterable[str], Resting]]:
    """Every record that names sources, with their ids."""
    for guideline in _by_id(library.guidelines):
        says = f"{guideline.title}, {guideline.edition}"
        yield _cited(guideline), Resting("guideline", guideline.id, says, guideline.status)
    for flag in _by_id(library.red_flags):
        yield flag.sources, Resting("red flag", flag.id, flag.say, flag.status)
    for reason in _by_id(library.denial_reasons):
        codes = ", ".join((*reason.carc, *reason.rarc))
        says = f"{reason.say} (remittance codes {codes})" if codes else reason.say
        yield reason.sources, Resting("denial reason", reason.id, says, reason.status)
    for payer in _by_id(library.payers):
        yield payer.sources, Resting(payer.kind, payer.id, payer.name, payer.status)
    for study in _by_id(library.studies):
        yield study.sources, Resting("study", study.id, study.say, None)
    for treatment in _by_id(library.treatments):
        yield treatment.sources, Resting("treatment", treatment.id, treatment.say, None)
    for question in _by_id(library.questions):
        if question.source:
            yield (question.source,), Resting("question", question.id, question.say, None)


def _by_id(records: Mapping[str, _Record]) -> list[_Record]:
    return [records[id] for id in sorted(records)]


def _cited(guideline: Guideline) -> Iterator[str]:
    """The guideline's sources, and those that single rules of it name."""
    yield from guideline.sources
    yield from (rule.source for rule in guideline.rules() if rule.source)
