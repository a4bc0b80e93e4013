"""`overturn library`: look after the criteria library. Each task gives its document and the same for people."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any

from bot import cli_text
from bot.cli_input import day_of, known_id, today_of

Answer = tuple[dict[str, Any], str]
"""The document that `--json` prints, and the text for people."""


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
        DatedRecord(s.id, "right_source", "actions/letters/rights.yml", s.status, s.checked_on, s.recheck_after)
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
