"""`overturn eval`: measures reading and the intents on the project's own sets, for programs and for people."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.cli_input import InputError, known_id
from bot.measured import written_into
from criteria.strict_yaml import LibraryError

if TYPE_CHECKING:
    from datetime import date

    from bot.eval.intents import Guess

ROOT = Path(__file__).resolve().parent.parent
SETS = ROOT / "tests" / "eval"
_ALL = "all"


def add_options(command: argparse.ArgumentParser) -> None:
    """Give the `eval` command its options."""
    names = "denials, clinical, emergencies, intents (default: all)"
    command.add_argument("--set", default=_ALL, metavar="SET", help=names)
    command.add_argument("--part", default=_ALL, metavar="PART", help="dev, held (default: all)")
    command.add_argument("--errors", type=int, default=0, metavar="N", help="the N worst errors of each dev set")
    command.add_argument("--sets", default=None, metavar="DIR", help="where the sets are (default: tests/eval)")
    command.add_argument("--write", default=None, metavar="FILE", help="put the tables into this page of docs/")


def answer(options: argparse.Namespace) -> tuple[dict[str, Any], str]:
    """Measures, and fills in the page where one is named. Raises InputError."""
    from actions.reading.compiled import keep_compiled
    from bot.eval import table
    from bot.eval.evaluate import evaluate
    from bot.eval.sets import PARTS, load_sets
    from bot.eval.sets import SETS as NAMES

    name = known_id(options.set, (*NAMES, _ALL), "--set")
    part = known_id(options.part, (*PARTS, _ALL), "--part")
    if options.errors < 0:
        raise InputError("usage", "it must be 0 or more", "--errors")
    if options.write and (name, part) != (_ALL, _ALL):
        raise InputError("usage", "a page shows all sets and parts; leave out --set and --part", "--write")
    folder = Path(options.sets) if options.sets else SETS
    page = _page(options.write) if options.write else ""
    try:
        files = load_sets(folder, NAMES if name == _ALL else (name,), PARTS if part == _ALL else (part,))
    except LibraryError as error:
        message = f"{error.record}: {error.message}" if error.record else error.message
        raise InputError("eval_set", message, error.where) from None
    if not files:
        example = f"{NAMES[0] if name == _ALL else name}/{PARTS[0] if part == _ALL else part}.WRITER.yml"
        raise InputError("not_found", f"there is no set to measure; expected files like {example}", str(folder))
    document = evaluate(files, _guesses, _sounds, options.errors)
    keep_compiled()
    report = table.report(document)
    if options.write:
        _write(options.write, written_into(page, report, options.write))
    return {"eval": document}, f"{report}\n\n{table.errors(document)}" if options.errors else report


def _guesses(messages: Sequence[str]) -> Sequence[Guess]:
    from bot.engine.model import TrainingError
    from bot.eval.pipeline import guesses

    try:
        return guesses(ROOT, messages, lambda line: print(f"overturn: {line}", file=sys.stderr))
    except TrainingError as error:
        raise InputError("model", str(error), "--set intents") from None


def _sounds(told: Sequence[tuple[str, date]]) -> Sequence[str | None]:
    from bot.engine.model import TrainingError
    from bot.eval.pipeline import sounds

    try:
        return sounds(ROOT, told, lambda line: print(f"overturn: {line}", file=sys.stderr))
    except TrainingError as error:
        raise InputError("model", str(error), "--set emergencies") from None


def _page(name: str) -> str:
    """The page as it is, which must have the marks: measuring takes long, so that is checked first."""
    try:
        page = Path(name).read_text("utf-8")
        written_into(page, "", name)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("unwritable", f"cannot put the tables there: {reason}", name) from None
    return page


def _write(name: str, page: str) -> None:
    try:
        Path(name).write_text(page, "utf-8")
    except OSError as error:
        raise InputError("unwritable", f"cannot write it: {error.strerror}; name another file", name) from None
