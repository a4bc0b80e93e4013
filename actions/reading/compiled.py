"""Expressions of the rule files, compiled once and kept between runs.

Python's compiler needs seconds for them, at every start of a process that reads one letter and ends. What it makes is a
list of numbers, which its engine checks when they are given back, and they are given back when an expression is first
looked for (`sought.py`); what it refuses is compiled anew.
"""

from __future__ import annotations

import _sre  # type: ignore[import-not-found]
import base64
import re
import sre_compile
import sre_parse
import sys
import zlib
from array import array
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path
from sre_constants import INFO, LITERAL, SRE_INFO_CHARSET
from typing import Any, cast

from actions.reading.beginnings import ALIKE, APART, BETWEEN, beginnings
from actions.reading.kept import keep, kept
from actions.reading.sought import Sought

_NAME = "expressions"
# The numbers belong to one build of Python's own engine, and to what is made of them here and there.
_MAKERS = (Path(__file__), Path(__file__).with_name("beginnings.py"))
_KEY = " ".join([sys.version, str(_sre.MAGIC), *(path.read_text("utf-8") for path in _MAKERS)])
_MOST = 4_000
"""Expressions kept at the most: what changed rule files have left behind is dropped with the rest, and made again."""


@lru_cache(maxsize=1)
def _known() -> dict[str, Any]:
    data = kept(_NAME, _KEY, dict)
    return data if isinstance(data, dict) else {}


_made: dict[str, Any] = {}


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """What answers as `re.compile(source, flags)` does. Raises re.error as it does."""
    name = f"{int(flags)} {source}"
    try:
        first = _beginnings(_known()[name])
    except (KeyError, TypeError, ValueError):
        _made[name] = _parts(source, flags)
        first = _beginnings(_made[name])
    return cast("re.Pattern[str]", Sought(source, first, lambda: _given_back(name, source, flags)))


def _beginnings(parts: Any) -> str:
    _, _, _, _, first = parts
    if not isinstance(first, str):
        raise TypeError
    return first


def _given_back(name: str, source: str, flags: int) -> re.Pattern[str]:
    try:
        return _pattern(source, *(_made.get(name) or _known()[name]))
    except (KeyError, TypeError, ValueError, OverflowError, RuntimeError, zlib.error):
        _made[name] = _parts(source, flags)
        return _pattern(source, *_made[name])


def keep_compiled() -> None:
    """Keeps what this process had to compile for the next one."""
    if _made:
        known = _known()
        keep(_NAME, _KEY, {**(known if len(known) + len(_made) <= _MOST else {}), **_made})
        known.update(_made)
        _made.clear()


def _parts(source: str, flags: int) -> tuple[int, str, int, dict[str, int], str]:
    """Flags, packed code, count of groups and the groups' names, as Python 3.10's `sre_compile.compile` works them out.

    Last, how its matches begin.
    """
    parsed = sre_parse.parse(source, int(flags))
    first = beginnings(parsed)
    code = array("I", _led(sre_compile._code(parsed, int(flags)), first))  # type: ignore[attr-defined]
    packed = base64.b64encode(zlib.compress(code.tobytes(), 1)).decode()
    flags, state = int(flags) | parsed.state.flags, parsed.state
    return flags, packed, state.groups - 1, dict(state.groupdict), BETWEEN.join(sorted(first))


def _led(code: list[int], first: Collection[str]) -> list[int]:
    """The code with the letters that a match can begin with, so that the engine passes over all others.

    Python's compiler notes them too, but only where an expression opens with them and regards capitals.
    """
    opcode, _, noted, shortest, longest = code[:5]
    if not first or opcode != INFO or noted:
        return code
    evened = {start.lstrip(APART)[0] for start in first}
    alike = [letters for letters in ALIKE if letters[0] in evened]
    letters = {each for letter in evened.union(*alike) for each in _both_cases(letter)}
    near, _ = sre_compile._optimize_charset([(LITERAL, ord(c)) for c in letters if c < "\u0100"])  # type: ignore[attr-defined]
    far = [(LITERAL, ord(c)) for c in letters if c >= "\u0100"]
    wanted: list[int] = []
    sre_compile._compile_charset([*near, *far], 0, wanted)  # type: ignore[attr-defined]
    return [INFO, 4 + len(wanted), SRE_INFO_CHARSET, shortest, longest, *wanted, *code[5:]]


def _both_cases(letter: str) -> str:
    """The letter, its capital, and what passes for it without regard to capitals."""
    return letter + letter.upper() + {"i": "\u0130\u0131", "s": "\u017f", "k": "\u212a"}.get(letter, "")


def _pattern(source: str, flags: int, packed: str, groups: int, names: dict[str, int], _: str) -> re.Pattern[str]:
    code = array("I", zlib.decompress(base64.b64decode(packed))).tolist()
    by_number: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        by_number[number] = name
    pattern: re.Pattern[str] = _sre.compile(source, flags, code, groups, names, tuple(by_number))
    return pattern
