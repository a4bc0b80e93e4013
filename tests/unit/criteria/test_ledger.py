"""The ledger: every source, and what rests on it."""

from __future__ import annotations

from datetime import date

from criteria import deadline_rows
from criteria.library import load
from criteria.library.ledger import Entry, Resting, ledger

ENTRIES = {entry.id: entry for entry in ledger(load(), deadline_rows.load())}


def resting(source: str, kind: str) -> set[str]:
    return {record.id for record in ENTRIES[source].rests if record.kind == kind}


def test_every_source_is_in_it_once_and_in_one_order() -> None:
    found = ledger(load(), deadline_rows.load())
    assert len(found) == len(load().sources) + len(deadline_rows.load().sources) == len(ENTRIES)
    assert found == ledger(load(), deadline_rows.load())
    assert [e.title.lower() for e in found] == sorted(e.title.lower() for e in found)


def test_every_record_with_sources_rests_on_each_of_them() -> None:
    library = load()
    for kind, records in (
        ("guideline", library.guidelines),
        ("red flag", library.red_flags),
        ("denial reason", library.denial_reasons),
        ("study", library.studies),
        ("treatment", library.treatments),
    ):
        for record in records.values():
            assert record.sources, record.id
            assert all(record.id in resting(source, kind) for source in record.sources)
    for payer in library.payers.values():
        assert all(payer.id in resting(source, payer.kind) for source in payer.sources)
    for question in library.questions.values():
        assert not question.source or question.id in resting(question.source, "question")
    for row in deadline_rows.load().rows:
        assert all(row.id in resting(source, "deadline rule") for source in row.sources)


def test_every_source_has_something_resting_on_it() -> None:
    assert [entry.id for entry in ENTRIES.values() if not entry.rests] == []


def test_a_record_keeps_its_own_label() -> None:
    [flag] = [record for record in ENTRIES["acr-low-back-pain"].rests if record.id == "RF01"]
    assert ENTRIES["acr-low-back-pain"].label == "verified" and flag.label == "paraphrased"


def test_what_rests_on_no_text_has_no_link() -> None:
    assert ENTRIES["general-knowledge"].url is None and ENTRIES["general-knowledge"].label == "unverified"


def test_other_sources_take_their_place_among_them() -> None:
    other = Entry(
        "law",
        "aaa",
        "1",
        "",
        None,
        None,
        date(2026, 1, 1),
        date(2026, 2, 1),
        "f",
        (Resting("right", "r", "s", None),),
    )
    assert next(e.id for e in ledger(load(), deadline_rows.load(), [other]) if e.title >= "a") == "law"
