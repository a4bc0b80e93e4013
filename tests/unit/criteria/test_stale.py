"""Which records are due to be read again, as of a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from criteria import deadline_rows
from criteria.library import load
from criteria.library.stale import DatedRecord, dated_records, least_sure, stale

DUE = DatedRecord("a", "source", "criteria/library/sources/a.yml", "verified", date(2026, 1, 28), date(2026, 7, 28))


def test_a_record_is_due_from_the_day_after_its_date() -> None:
    assert stale([DUE], date(2026, 7, 28)) == ()
    [found] = stale([DUE], date(2026, 7, 29))
    assert (found.id, found.label, found.days_over) == ("a", "verified", 1)


def test_the_one_due_longest_comes_first() -> None:
    older = replace(DUE, id="b", recheck_after=date(2026, 6, 1))
    ahead = replace(DUE, id="c", recheck_after=date(2027, 1, 1))
    assert [r.id for r in stale([DUE, ahead, older], date(2026, 11, 21))] == ["b", "a"]


def test_every_dated_record_of_the_library_is_looked_at() -> None:
    library, table = load(), deadline_rows.load()
    records = dated_records(library, table)
    assert len(records) == len(library.sources) + len(library.guidelines) + len(table.sources)
    last = max(r.recheck_after for r in records)
    assert len(stale(records, last + timedelta(days=1))) == len(records)
    assert stale(records, min(r.recheck_after for r in records)) == ()


def test_every_record_names_the_file_it_stands_in() -> None:
    from criteria.library import FOLDER

    root = FOLDER.parent.parent
    for record in dated_records(load(), deadline_rows.load()):
        text = (root / record.file).read_text("utf-8")
        assert f"\n{record.id}:" in f"\n{text}" or f"\n  {record.id}:" in text


def test_a_deadline_source_is_as_sure_as_its_least_sure_rule() -> None:
    assert least_sure(["verified", "unverified", "paraphrased"]) == "unverified"
    assert least_sure([]) is None
    table = deadline_rows.load()
    labels = {r.id: r.label for r in dated_records(load(), table) if r.kind == "deadline_source"}
    for row in table.rows:
        assert row.status == "verified" or all(labels[id] != "verified" for id in row.sources)
