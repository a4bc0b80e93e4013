"""What the `overturn` command is given: files as text, dates and ids, each checked before anything is done with it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from criteria.ids import nearest

MAX_CHARACTERS = 200_000
"""The longest text that is read: a long letter is under 30,000 characters."""
_MAX_BYTES = 4 * MAX_CHARACTERS + 4
_FIRST_YEAR, _LAST_YEAR = 1990, 2100

_NOT_BUILT = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a DOCX or other zipped file",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
}


class InputError(Exception):
    """Input that cannot be used: a public error code, what was wrong and what to do, and where."""

    def __init__(self, code: str, message: str, where: str) -> None:
        super().__init__(message)
        self.code, self.message, self.where = code, " ".join(message.split()), where


def text_of(name: str) -> str:
    """The text of the file called `name`, or of standard input for `-`.

    UTF-8, else UTF-16 with its mark, else Windows-1252 (letters saved on older Windows). Line ends stay as they are, so
    that offsets count into the file's own text. Raises InputError: `not_found`, `directory`, `unreadable`,
    `unsupported`, `too_large`, `binary`, `empty`.
    """
    data = _bytes_of(name)
    for magic, what in _NOT_BUILT.items():
        if data.startswith(magic):
            raise InputError(
                "unsupported", f"this is {what}; reading those is not built yet: save it as plain text", name
            )
    if data[4:8] == b"ftyp":
        raise InputError(
            "unsupported", "this is a phone picture; reading those is not built yet: type out the text", name
        )
    if len(data) > _MAX_BYTES:
        raise _too_large(name)
    text = _decoded(data, name)
    if len(text) > MAX_CHARACTERS:
        raise _too_large(name)
    if not text.strip():
        raise InputError("empty", "there is no text in it; give a file with the letter or message", name)
    return text


def _too_large(name: str) -> InputError:
    return InputError("too_large", f"longer than {MAX_CHARACTERS:,} characters; give only the letter", name)


def _bytes_of(name: str) -> bytes:
    try:
        if name == "-":
            return sys.stdin.buffer.read(_MAX_BYTES + 1)
        with Path(name).open("rb") as file:
            return file.read(_MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputError("not_found", "there is no such file; check the name", name) from None
    except IsADirectoryError:
        raise InputError("directory", "this is a folder; name the files in it", name) from None
    except PermissionError:
        raise InputError("unreadable", "no permission to read it; change its permissions", name) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("unreadable", f"it cannot be read: {reason}", name) from None


def _decoded(data: bytes, name: str) -> str:
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(not char.isprintable() and not char.isspace() for char in text)
        if "\x00" not in text and odd <= len(text) / 20:
            return text
    raise InputError("binary", "this is not text; save it as plain text (UTF-8)", name)


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
