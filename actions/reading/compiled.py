"""Expressions of the rule files, compiled once and kept between runs.

Python's compiler needs most of a second for them, at every start of a process that reads one letter and ends. What it
makes is a list of numbers, which its engine checks when they are given back; what it refuses is compiled anew.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import re
import sre_compile
import sre_parse
import sys
from functools import lru_cache
from typing import Any

from actions.reading.kept import keep, kept

_NAME = "expressions"
# The numbers belong to one build of Python's own engine.
_KEY = f"{sys.version} {_sre.MAGIC}"
_MOST = 4_000
"""Expressions kept at the most: what changed rule files have left behind is dropped with the rest, and made again."""


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    data = kept(_NAME, _KEY, dict)
    return data if isinstance(data, dict) else {}


_made: dict[str, Any] = {}


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile(source, flags)` returns. Raises re.error as it does."""
    name = f"{int(flags)} {source}"
    try:
        return _given_back(source, *_known()[name])
    except (KeyError, TypeError, ValueError, OverflowError, RuntimeError):
        made = _made[name] = _parts(source, flags)
    return _given_back(source, *made)


def keep_compiled() -> None:
    """Keeps what this process had to compile for the next one."""
    if _made:
        known = _known()
        keep(_NAME, _KEY, {**(known if len(known) + len(_made) <= _MOST else {}), **_made})
        known.update(_made)
        _made.clear()


def _parts(source: str, flags: int) -> tuple[int, list[int], int, dict[str, int]]:
    """Flags, code, count of groups and the groups' names, as Python 3.10's `sre_compile.compile` works them out."""
    parsed = sre_parse.parse(source, int(flags))
    code = [int(number) for number in sre_compile._code(parsed, int(flags))]  # type: ignore[attr-defined]
    return int(flags) | parsed.state.flags, code, parsed.state.groups - 1, dict(parsed.state.groupdict)


def _given_back(source: str, flags: int, code: list[int], groups: int, names: dict[str, int]) -> re.Pattern[str]:
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    pattern: re.Pattern[str] = _sre.compile(source, flags, code, groups, names, tuple(by_number))
    return pattern
