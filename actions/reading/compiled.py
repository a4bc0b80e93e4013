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

from actions.reading.beginnings import ALIKE, APART, BETWEEN, beginnings, parted
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
        first, rest, inside = _places(_known()[name])
    except (KeyError, TypeError, ValueError):
        _made[name] = _parts(source, flags)
        first, rest, inside = _places(_made[name])

    def given_back(number: int) -> re.Pattern[str]:
        return _given_back(name, source, flags, number)

    return cast("re.Pattern[str]", Sought(source, first, inside, given_back, has_rest=bool(rest)))


def _places(parts: Any) -> tuple[str, str, str]:
    """How matches begin, the code of those alternatives that may begin anyhow, and what these hold."""
    _, (_, rest), _, _, first, inside = parts
    if not (isinstance(first, str) and isinstance(rest, str) and isinstance(inside, str)):
        raise TypeError
    return first, rest, inside


def _given_back(name: str, source: str, flags: int, number: int) -> re.Pattern[str]:
    """The expression itself (0), or with only those alternatives that may begin anyhow (1)."""
    try:
        return _pattern(source, _made.get(name) or _known()[name], number)
    except (KeyError, TypeError, ValueError, OverflowError, RuntimeError, zlib.error):
        _made[name] = _parts(source, flags)
        return _pattern(source, _made[name], number)


def keep_compiled() -> None:
    """Keeps what this process had to compile for the next one."""
    if _made:
        known = _known()
        keep(_NAME, _KEY, {**(known if len(known) + len(_made) <= _MOST else {}), **_made})
        known.update(_made)
        _made.clear()


def _parts(source: str, flags: int) -> tuple[int, tuple[str, str], int, dict[str, int], str, str]:
    """Flags, packed codes, count of groups and their names, as Python 3.10's `sre_compile.compile` works them out.

    The second code is that of the alternatives that may begin anyhow. Last, how the others begin, and what these hold.
    """
    parsed = sre_parse.parse(source, int(flags))
    apart = parted(parsed)
    whole, rest = _packed(parsed, flags), _packed(apart.rest, flags) if apart.rest else ""
    flags, state = int(flags) | parsed.state.flags, parsed.state
    first, inside = (BETWEEN.join(sorted(letters)) for letters in (apart.first, apart.inside))
    return flags, (whole, rest), state.groups - 1, dict(state.groupdict), first, inside


def _packed(parsed: sre_parse.SubPattern, flags: int) -> str:
    code = _led(sre_compile._code(parsed, int(flags)), beginnings(parsed))  # type: ignore[attr-defined]
    return base64.b64encode(zlib.compress(array("I", code).tobytes(), 1)).decode()


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


def _pattern(source: str, parts: Any, number: int) -> re.Pattern[str]:
    flags, packed, groups, names, _, _ = parts
    code = array("I", zlib.decompress(base64.b64decode(packed[number]))).tolist()
    by_number: list[str | None] = [None] * (groups + 1)
    for name, group in names.items():
        by_number[group] = name
    pattern: re.Pattern[str] = _sre.compile(source, flags, code, groups, names, tuple(by_number))
    return pattern
