"""Which words do what in a talk: "actually" corrects, "we are at the ER" says that somebody is looked after.

The words stand in `words.yml`, each record a list of regular expressions on small letters with straight apostrophes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).with_name("words.yml")


@lru_cache(maxsize=1)
def _records() -> dict[str, re.Pattern[str]]:
    given: dict[str, list[str]] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {name: re.compile("|".join(f"(?:{one})" for one in listed)) for name, listed in given.items()}


def holds(name: str, text: str) -> bool:
    """Whether the text holds words of this record. Raises KeyError for an unknown name."""
    return _records()[name].search(_small(text)) is not None


def is_only(name: str, text: str) -> bool:
    """Whether the text is nothing but words of this record."""
    return _records()[name].fullmatch(_small(text).strip(" \t\n.,;:!?-")) is not None


def parts(name: str, text: str) -> dict[str, str] | None:
    """The named parts of the text where it holds words of this record, else None."""
    found = _records()[name].search(_small(text))
    return None if found is None else found.groupdict()


def corrects(text: str) -> bool:
    """Whether a message begins as a correction of an answer given before."""
    return holds("correcting", text[:EARLY])


EARLY = 40
"""Characters at the beginning of a message in which it says that it corrects."""


def _small(text: str) -> str:
    return text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
