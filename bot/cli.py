"""The `overturn` command: read a letter, check a case, draft its documents, count its deadlines, run the servers.

What each subcommand prints with `--json` is a public interface (docs/interfaces.md). Input that cannot be used ends
with status 2 and one line on standard error; with `--json` that line is the error document, and it is printed on
standard output too, where a program looks for its answer. Every subcommand imports only what it needs, so that all but
`run`, and `eval` where it measures the intents, start in well under a second and never load Rasa.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from bot import cli_eval, cli_library, cli_text
from bot.cli_input import InputError, day_of, document_of, known_id, text_of, today_of
from criteria import ids
from criteria.strict_yaml import LibraryError

VOICES = ("patient", "clinic")
FORMATS = ("html", "pdf", "docx")
_UNUSABLE, _INTERRUPTED, _PIPE_CLOSED = 2, 130, 141


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand with these arguments (default: the process's own) and return its exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        status = _run(arguments)
        sys.stdout.flush()
        return status
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader has gone (`overturn … | head`): nothing more can be said, not even by Python's flush at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _PIPE_CLOSED


def _run(arguments: list[str]) -> int:
    as_json = "--json" in arguments
    try:
        options = _parser().parse_args(arguments)
        return int(options.run(options) or 0)
    except InputError as error:
        _complain(error, as_json)
    except LibraryError as error:
        message = f"{error.record}: {error.message}" if error.record else error.message
        _complain(InputError("library", message, error.where), as_json)
    return _UNUSABLE


def _complain(error: InputError, as_json: bool) -> None:
    if as_json:
        line = _line({"error": {"code": error.code, "message": error.message, "where": error.where}})
        print(line)
        sys.stdout.flush()
    else:
        line = cli_text.plain(
            f"overturn: {error.where}: {error.message}" if error.where else f"overturn: {error.message}"
        )
    print(line, file=sys.stderr)


def _line(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False)


class _Parser(argparse.ArgumentParser):
    """Says what was wrong with the arguments in the one way that all errors are said."""

    def error(self, message: str) -> NoReturn:
        raise InputError("usage", f"{message}; see '{self.prog} --help'", "")


def _parser() -> _Parser:
    parser = _Parser(prog="overturn", description="Help with a denied imaging request.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, run: Any, says: str) -> _Parser:
        sub: _Parser = commands.add_parser(name, help=says, description=says, allow_abbrev=False)
        sub.set_defaults(run=run)
        if name != "run":
            sub.add_argument("--json", action="store_true", help="print one JSON document (docs/interfaces.md)")
        return sub

    read = command("read", _read, "Read a denial letter or a message: what it says, and where.")
    read.add_argument("files", nargs="+", metavar="FILE", help="text, PDF, DOCX, PNG or JPEG, or - for standard input")
    read.add_argument("--today", metavar="DATE", help="count durations from this date (YYYY-MM-DD)")

    check = command("check", _check, "Check a case file: what is met, what is missing, who can supply it.")
    check.add_argument("case", metavar="CASE", help="a case file in YAML or JSON, or - for standard input")

    draft = command("draft", _draft, "Draft the documents of a case file.")
    draft.add_argument("case", metavar="CASE", help="a case file in YAML or JSON, or - for standard input")
    draft.add_argument("--out", required=True, metavar="DIR", help="the folder to write the documents to")
    draft.add_argument("--documents", default="appeal", metavar="KIND,…", help="which documents (default: appeal)")
    draft.add_argument("--voice", default="patient", metavar="VOICE", help="patient (default) or clinic")
    draft.add_argument("--format", default=",".join(FORMATS), metavar="FORMAT,…", help="html, pdf, docx (default: all)")

    deadlines = command("deadlines", _deadlines, "Count the deadlines of a denial: the safe date and the outer date.")
    deadlines.add_argument("--plan-type", metavar="TYPE", help="for example medicare_advantage; left out: not known")
    deadlines.add_argument("--notice-date", metavar="DATE", help="the date printed on the letter; left out: not known")
    deadlines.add_argument("--received", metavar="DATE", help="the day the letter came")
    deadlines.add_argument("--state", metavar="XX", help="two-letter state, for insured plans")
    deadlines.add_argument("--payer", metavar="NAME", help="the plan's name, for its published call window")
    deadlines.add_argument("--service", metavar="WHEN", help="pre (test still ahead), post (done) or concurrent")
    deadlines.add_argument(
        "--level", default="initial", metavar="LEVEL", help=f"the decision in hand: {', '.join(ids.LEVELS)}"
    )
    deadlines.add_argument("--urgent", action="store_true", help="waiting could harm the patient")
    deadlines.add_argument("--today", metavar="DATE", help="count the days left from this date")

    cli_library.add_tasks(command("library", _library, "Look after the criteria library."))

    cli_eval.add_options(command("eval", _eval, "Measure reading and intents on the project's own test sets."))

    command("run", _serve, "Start the servers: the web widget, the Slack door and the action server.")
    return parser


def _read(options: argparse.Namespace) -> int:
    """One document a file, in order; a file that cannot be used has its error in its place, and the rest are read."""
    from actions.reading import read
    from actions.reading.compiled import keep_compiled
    from actions.reading.documents.certainty import of_picture
    from criteria.results import as_json

    today = today_of(options.today)
    status = 0
    for name in options.files:
        try:
            document = document_of(name)
        except InputError as error:
            _complain(error, options.json)
            status = _UNUSABLE
            continue
        found = read(document.text, today)
        reading = (of_picture(found) if document.picture else found).to_json()
        reading["document"] = None if document.kind == "text" else as_json(document)
        print(_line(reading) if options.json else cli_text.reading(name, reading))
    keep_compiled()
    return status


def _assessed(name: str) -> tuple[Any, Any, Any]:
    """The case of this file, its assessment and the library."""
    from criteria.assessment import assess
    from criteria.casefile import CaseError, load_case
    from criteria.library import load

    library = load()
    try:
        case = load_case(f"{text_of(name)}\n", library)  # a line end: text, not a file name
    except CaseError as error:
        raise InputError(error.code, error.message, f"{name}: {error.where}" if error.where else name) from None
    return case, assess(case, library), library


def _check(options: argparse.Namespace) -> int:
    from criteria.results import as_json

    _, assessment, library = _assessed(options.case)
    document = as_json(assessment)
    print(_line(document) if options.json else cli_text.check(document, library))
    return 0


def _draft(options: argparse.Namespace) -> int:
    from actions.letters import DraftError, draft, kinds, render

    voice = known_id(options.voice, VOICES, "--voice")
    formats = _list(options.format, FORMATS, "--format")
    wanted = _list(options.documents, ids.DOCUMENT_KINDS, "--documents")
    for kind in wanted:
        if kind not in kinds(voice):
            can = "; ".join(f"in the {name}'s voice: {', '.join(kinds(name))}" for name in VOICES if kinds(name))
            message = f"'{kind}' cannot be drafted yet in the {voice}'s voice; what can be drafted is, {can}"
            raise InputError("unavailable", message, "--documents")
    case, assessment, library = _assessed(options.case)
    try:
        letters = [draft(kind, case, assessment, library, voice) for kind in wanted]
    except DraftError as error:
        raise InputError(error.code, error.message, options.case) from None
    files = {
        letter.kind: {f"{letter.kind}.{name}": render(letter, name) for name in formats}  # all before any is written
        for letter in letters
    }
    _write(Path(options.out), {name: data for made in files.values() for name, data in made.items()})
    if options.json:
        print(_line({"documents": [letter.to_json(files[letter.kind]) for letter in letters]}))
    else:
        print(cli_text.drafted(options.out, letters, files))
    return 0


def _list(given: str, known: Sequence[str], where: str) -> list[str]:
    """The ids of a comma-separated list, each once. Raises InputError for an unknown one, or none."""
    parts = [part.strip() for part in given.split(",") if part.strip()]
    if not parts:
        raise InputError("usage", f"it names nothing; use one or more of {', '.join(known)}", where)
    return list(dict.fromkeys(known_id(part, known, where) for part in parts))


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
    except OSError as error:
        raise InputError(
            "unwritable", f"cannot write there: {error.strerror}; name another folder", str(folder)
        ) from None


def _deadlines(options: argparse.Namespace) -> int:
    from criteria.deadlines import deadlines_for
    from criteria.facts import Denial, Plan
    from criteria.results import as_json

    state = options.state.upper() if options.state else None
    plan = Plan(
        type=known_id(options.plan_type, ids.PLAN_TYPES, "--plan-type") if options.plan_type else None,
        payer=options.payer,
        state=known_id(state, ids.STATES, "--state") if state else None,
    )
    denial = Denial(
        notice_date=day_of(options.notice_date, "--notice-date") if options.notice_date else None,
        received_date=day_of(options.received, "--received") if options.received else None,
        service=known_id(options.service, ids.SERVICES, "--service") if options.service else None,
        level=known_id(options.level, ids.LEVELS, "--level"),
        urgent=options.urgent,
    )
    found = as_json(deadlines_for(plan, denial, today_of(options.today)))
    print(_line({"deadlines": found}) if options.json else cli_text.deadlines(found))
    return 0


def _library(options: argparse.Namespace) -> int:
    document, text = options.task(options)
    print(_line(document) if options.json else text)
    return 0


def _eval(options: argparse.Namespace) -> int:
    document, text = cli_eval.answer(options)
    print(_line(document) if options.json else text)
    return 0


def _serve(_: argparse.Namespace) -> int:
    from bot.server import main as serve

    return int(serve() or 0)


if __name__ == "__main__":
    sys.exit(main())
