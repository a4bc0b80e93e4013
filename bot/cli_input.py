"""What the `overturn` command is given: files as text, dates and ids, each checked before anything is done with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from criteria.ids import nearest

if TYPE_CHECKING:
    from actions.reading.documents import DocumentText

MAX_CHARACTERS = 200_000
"""The longest case file."""
_NO_CASE = ("%PDF", "PK", "{\\rtf")
_FIRST_YEAR, _LAST_YEAR = 1990, 2100


class InputError(Exception):
    """Input that cannot be used: a public error code, what was wrong and what to do, and where."""

    def __init__(self, code: str, message: str, where: str) -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, " ".join(message.split()), where


def document_of(name: str) -> DocumentText:
    """What stands in the file called `name`, or in standard input for `-`: text, PDF, DOCX, PNG or JPEG.

    Line ends of a text stay as they are, so that offsets count into the file's own text. Raises InputError:
    `not_found`, `directory`, `unreadable`, and the codes of a DocumentError.
    """
    import asyncio

    from actions.reading.documents import MAX_BYTES, DocumentError, read_document

    try:
        return asyncio.run(read_document(_bytes_of(name, MAX_BYTES)))
    except DocumentError as error:
        raise InputError(error.code, error.message, name) from None


def text_of(name: str) -> str:
    """The text of a plain file called `name`, or of standard input for `-`: what a case is written in.

    Raises InputError as `document_of` does, and `unsupported` for a document that is no plain text.
    """
    data = _bytes_of(name, 4 * MAX_CHARACTERS)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\x00"
    if "\x00" in text or not text.strip() or text.startswith(_NO_CASE):
        text = _odd_text(data, name)
    if len(text) > MAX_CHARACTERS:
        raise InputError("too_large", f"longer than {MAX_CHARACTERS:,} characters; give only the case", name)
    return text


def _odd_text(data: bytes, name: str) -> str:
    """Text that is not plainly UTF-8; the reader of documents, which takes a while to load, knows more of it."""
    from actions.reading.documents import DocumentError, kind_of
    from actions.reading.documents.kinds import decoded

    try:
        kind = kind_of(data)
    except DocumentError as error:
        raise InputError(error.code, error.message, name) from None
    if kind != "text":
        raise InputError("unsupported", f"this is a {kind.upper()} file; a case is written in YAML or JSON", name)
    return decoded(data) or ""


def _bytes_of(name: str, most: int) -> bytes:
    """The file's bytes, one more than `most` where there are more."""
    try:
        if name == "-":
            return sys.stdin.buffer.read(most + 1)
        with Path(name).open("rb") as file:
            return file.read(most + 1)
    except FileNotFoundError:
        raise InputError("not_found", "there is no such file; check the name", name) from None
    except IsADirectoryError:
        raise InputError("directory", "this is a folder; name the files in it", name) from None
    except PermissionError:
        raise InputError("unreadable", "no permission to read it; change its permissions", name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("unreadable", f"it cannot be read: {reason}", name) from None


def day_of(value: str, where: str) -> date:
    """A date written YYYY-MM-DD between 1990 and 2100. Raises InputError `bad_date`."""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise InputError(
            "bad_date", f"'{value}' is not a date of the calendar; write it as YYYY-MM-DD", where
        ) from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise InputError("bad_date", f"'{value}' is not between {_FIRST_YEAR} and {_LAST_YEAR}; check the year", where)
    return day


def today_of(given: str | None) -> date:
    """The date to count from: `--today`, else OVERTURN_TODAY, else the clock's. Raises InputError `bad_date`."""
    if given is not None:
        return day_of(given, "--today")
    pinned = os.environ.get("OVERTURN_TODAY")
    return day_of(pinned, "OVERTURN_TODAY") if pinned else date.today()


def known_id(value: str, known: Iterable[str], where: str) -> str:
    """The value, which must be one of the known ids. Raises InputError `unknown_id` with the nearest one."""
    known = list(known)
    if value in known:
        return value
    hint = nearest(value, known)
    advice = f"did you mean '{hint}'?" if hint else f"use one of {', '.join(known)}"
    raise InputError("unknown_id", f"'{value}' is not known; {advice}", where)
