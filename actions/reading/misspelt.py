"""Rule phrases that also match their long words as people misspell them ("neccesary", "recieved", "autherization")."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.reading.rules import phrase

# Seven letters and more: a shorter word bent this far would meet others. Not part of an escape such as `\btherapy`, nor
# a letter that carries its own `?` or count.
_LONG_WORD = re.compile(r"(?<!\\)[a-z]{7,}(?![?*+{])")
_RUNS = re.compile(r"[aeiou]+|([^aeiou])\1*")
_HEARD_ALIKE = {"c": "[cs]", "s": "[csz]", "z": "[sz]"}


def tolerant(phrases: Iterable[str]) -> list[str]:
    """The phrases with each long word loosened: its consonants in order, single or double, and any vowels between."""
    return [_LONG_WORD.sub(lambda word: _loosened(word.group()), phrase(one)) for one in phrases]


def _loosened(word: str) -> str:
    """First and last sound stay; vowel runs may be any, one longer, or left out inside the word."""
    made = [word[0]]
    for run in _RUNS.finditer(word, 1):
        letter = run.group()[0]
        if letter in "aeiou":
            made.append(f"[aeiou]{{0,{len(run.group()) + 1}}}")
        else:
            made.append(f"{_HEARD_ALIKE.get(letter, letter)}{{1,2}}")
    return "".join(made)
