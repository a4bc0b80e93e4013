"""Rule data for reading: phrases as people write them, kept in `rules/*.yml`.

A phrase is a regular expression in small letters, matched without regard to capitals against a sentence whose white
space is single. " ... " is up to 80 characters of that sentence. Phrases stand on their own: no letter or
digit touches them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from actions.reading.compiled import compiled
from criteria import strict_yaml

_FOLDER = Path(__file__).parent / "rules"
_GAP = r"[ ](?:(?:[^.!?]|\.(?=\S)){0,80}?[ ])?"


@cache
def read(path: Path) -> Any:
    """The content of a rule file, which several readers ask for. Raises LibraryError when it is not clean YAML."""
    return strict_yaml.read(path)


def rules(name: str) -> Any:
    """The content of `rules/<name>.yml`. Raises strict_yaml.LibraryError when the file is not clean YAML."""
    return read(_FOLDER / f"{name}.yml")


def phrase(text: str | strict_yaml.Node) -> str:
    """One phrase as the source of a regular expression. Raises strict_yaml.LibraryError where YAML read a mapping."""
    if isinstance(text, strict_yaml.Node):
        raise text.error("a phrase with a colon and a space in it must stand in quotes")
    return text.replace(" ... ", _GAP)


def pattern(phrases: Iterable[str], *, exact: bool = False) -> re.Pattern[str]:
    """One expression for all phrases, the longest reading first where the data lists it first."""
    body = "|".join(f"(?:{phrase(text)})" for text in phrases)
    return compiled(rf"(?<![a-zA-Z0-9])(?:{body})(?![a-zA-Z])", 0 if exact else re.IGNORECASE)


NEVER = re.compile(r"(?!)")


def any_of(phrases: Iterable[str] | None) -> re.Pattern[str]:
    """Like `pattern`; matches nothing when there are no phrases."""
    listed = list(phrases or ())
    return pattern(listed) if listed else NEVER


@dataclass(frozen=True)
class Says:
    """Words that say something, and words that take it back in the same sentence."""

    says: re.Pattern[str]
    unless: re.Pattern[str]


def says(entry: Any) -> Says:
    """A record's `says` and `unless`."""
    return Says(pattern(entry["says"]), any_of(entry.get("unless")))
