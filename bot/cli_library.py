"""`overturn library`: look after the criteria library. Each task gives its document and the same for people."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot import cli_text
from bot.cli_input import InputError, day_of, known_id, today_of

if TYPE_CHECKING:
    from actions.letters.rights import Law
    from criteria.library.ledger import Entry

Answer = tuple[dict[str, Any], str]
"""The document that `--json` prints, and the text for people."""

RIGHTS = "actions/letters/rights.yml"
"""Where the law stands that the letters state."""


def add_tasks(library: argparse.ArgumentParser) -> None:
    """Give the `library` command its tasks: each sets `task` to a function from the options to an Answer."""
    tasks = library.add_subparsers(metavar="TASK", required=True)

    def task(name: str, run: Callable[[argparse.Namespace], Answer], says: str) -> argparse.ArgumentParser:
        sub: argparse.ArgumentParser = tasks.add_parser(name, help=says, description=says, allow_abbrev=False)
        sub.set_defaults(task=run)
        # Left out here, it must not undo the one before the task's name.
        sub.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="print one JSON document")
        return sub

    task("check", _check, "Read every record strictly, and count them.")
    stale = task("stale", _stale, "List the records that are due to be read again.")
    _add_day(stale, "due on this day (default: today)")
    checklist = task("checklist", _checklist, "What the chart must show before a request for a study goes in.")
    checklist.add_argument("study", metavar="STUDY", help="a study, for example mri-knee")
    checklist.add_argument("--reviewer", metavar="NAME", help="a payer or reviewer (default: all)")
    _add_day(checklist, "the rules of this day (default: today)")
    ledger = task("ledger", _ledger, "Write the public page of every source and what rests on it.")
    ledger.add_argument("--out", metavar="FILE", help="the HTML file to write (default: print the page)")


def _add_day(task: argparse.ArgumentParser, says: str) -> None:
    task.add_argument("--as-of", "--today", dest="as_of", metavar="DATE", help=says)


def _check(_: argparse.Namespace) -> Answer:
    from actions.letters.rights import load as load_rights
    from criteria import deadline_rows
    from criteria.library import load

    library, table, law = load(), deadline_rows.load(), load_rights()
    counts = {
        "studies": len(library.studies),
        "guidelines": len(library.guidelines),
        "findings": len(library.findings),
        "red_flags": len(library.red_flags),
        "sources": len(library.sources) + len(table.sources) + len(law.sources),
        "deadline_rules": len(table.rows),
    }
    return {"library": counts}, cli_text.library(counts)


def _stale(options: argparse.Namespace) -> Answer:
    from actions.letters.rights import load as load_rights
    from criteria import deadline_rows
    from criteria.library import load
    from criteria.library.stale import DatedRecord, dated_records, stale
    from criteria.results import as_json

    as_of = _as_of(options)
    rights = (
        DatedRecord(s.id, "right_source", RIGHTS, s.status, s.checked_on, s.recheck_after)
        for s in load_rights().sources.values()
    )
    found = as_json(stale((*dated_records(load(), deadline_rows.load()), *rights), as_of))
    return {"as_of": as_of.isoformat(), "stale": found}, cli_text.stale(as_of.isoformat(), found)


def _as_of(options: argparse.Namespace) -> date:
    return day_of(options.as_of, "--as-of") if options.as_of else today_of(None)


def _checklist(options: argparse.Namespace) -> Answer:
    from bot import cli_checklist
    from criteria.library import load
    from criteria.library.checklist import checklist
    from criteria.results import as_json

    library = load()
    study = known_id(options.study, library.studies, "STUDY")
    named = {alias.lower(): p.id for p in library.payers.values() for alias in (p.name, *p.aliases)}
    given = options.reviewer and named.get(options.reviewer.lower(), options.reviewer)
    reviewer = None if given is None else known_id(given, library.payers, "--reviewer")
    document = as_json(checklist(library, study, _as_of(options), reviewer))
    return document, cli_checklist.page(document)


def _ledger(options: argparse.Namespace) -> Answer:
    from actions.letters.rights import load as load_rights
    from bot import cli_ledger
    from criteria import deadline_rows
    from criteria.library import load
    from criteria.library.ledger import ledger
    from criteria.results import as_json

    entries = ledger(load(), deadline_rows.load(), _rights(load_rights()))
    page = cli_ledger.page(entries)
    document = {"ledger": as_json(entries), "out": options.out}
    if options.out is None:
        return document, page.rstrip("\n")
    try:
        Path(options.out).write_text(page, "utf-8")
    except OSError as error:
        raise InputError(
            "unwritable", f"cannot write it: {error.strerror}; name another file", options.out
        ) from None
    return document, cli_text.ledger(options.out, document["ledger"])


def _rights(law: Law) -> list[Entry]:
    """The law that the letters state, as entries of the ledger."""
    from criteria.library.ledger import Entry, Resting

    return [
        Entry(
            s.id,
            s.title,
            s.edition,
            s.place,
            s.url,
            s.status,
            s.checked_on,
            s.recheck_after,
            RIGHTS,
            tuple(Resting("sentence of a letter", r.id, r.text, None) for r in law.rights if s.id in r.sources),
        )
        for s in law.sources.values()
    ]
