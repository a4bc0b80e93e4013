"""What numbers and plain "normal" say of findings: "T 101.9", "grip 4/5", "gait normal" (`rules/measurements.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from actions.reading.compiled import compiled
from actions.reading.language import Phrases
from actions.reading.rules import read

_RULES = Path(__file__).parent / "rules" / "measurements.yml"
_FULL = "5"
_NOT_STRENGTH = re.compile(r"\b(?:pain|rated|score|on|dated)[ :]{1,2}(?:a |is )?\Z")


class Measured(NamedTuple):
    """A finding that words tell without naming it: its place, and whether it is there."""

    finding: str
    start: int
    end: int
    status: str
    normal: bool
    """Told by "normal", so that a "not" before it takes it back."""


@dataclass(frozen=True)
class _Number:
    finding: str
    high: float
    needs: tuple[str, ...]
    """Words of which one stands in every text that says it, so that most texts cost nothing."""
    what: re.Pattern[str]


@dataclass(frozen=True)
class _Growth:
    finding: str
    of: re.Pattern[str]
    sizes: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class _Weights:
    finding: str
    of: re.Pattern[str]
    fallen: re.Pattern[str]


class _Rules(NamedTuple):
    numbers: tuple[_Number, ...]
    growth: _Growth
    weights: _Weights
    strength: re.Pattern[str]
    normal: Phrases


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    given = read(_RULES)
    given.check_keys(("numbers", "growth", "weights", "strength", "normal"))
    given["growth"].check_keys(("finding", "of", "sizes"))
    given["weights"].check_keys(("finding", "of", "fallen"))
    numbers = []
    for node in given["numbers"]:
        node.check_keys(("finding", "high", "needs", "what"))
        numbers.append(_Number(node["finding"], float(node["high"]), tuple(node["needs"]), compiled(node["what"])))
    grown = given["growth"]
    growth = _Growth(grown["finding"], compiled(grown["of"]), tuple(compiled(sizes) for sizes in grown["sizes"]))
    lighter = given["weights"]
    weights = _Weights(lighter["finding"], compiled(lighter["of"]), compiled(lighter["fallen"]))
    return _Rules(tuple(numbers), growth, weights, compiled(given["strength"]), Phrases(given["normal"]))


def measured(text: str, small: str) -> list[Measured]:
    """The findings that the text tells by a number or by "normal", in order of the rules.

    `small` is the text in small letters, of the same length. Never raises.
    """
    numbers, growth, weights, strength, normal = _rules()
    found = [Measured(m.label, m.start, m.end, "absent", True) for m in normal.find(text)]
    if not any(digit in small for digit in "0123456789"):
        return found
    for number in numbers:
        if not any(word in small for word in number.needs):
            continue
        for m in number.what.finditer(small):
            size = next((g for g in m.groups() if g), None)
            if size is not None and float(size) >= number.high:
                found.append(Measured(number.finding, m.start(), m.end(), "present", False))
    found += _grown(small, growth)
    found += _lighter(small, weights)
    if "/5" in small:
        for m in strength.finditer(small):
            grade = m["n"] or m["n2"] or m["n3"]
            if not _NOT_STRENGTH.search(small, max(0, m.start() - 12), m.start()):
                full = grade == _FULL and (m["part"] or m["part2"] or m["part3"]) != "-"
                found.append(Measured("weakness", m.start(), m.end(), "absent" if full else "present", False))
    return found


def _grown(small: str, growth: _Growth) -> list[Measured]:
    """Whether a nodule has grown, where its size now and before are told."""
    if growth.of.search(small) is None:
        return []
    told = {}
    for sizes in growth.sizes:
        for m in sizes.finditer(small):
            unit = m["unit"]
            now, was = _millimeters(m["now"], unit), _millimeters(m["was"], m["unit_then"] or unit)
            told[m.end()] = Measured(growth.finding, m.start(), m.end(), "present" if now > was else "absent", False)
    return list(told.values())


def _lighter(small: str, weights: _Weights) -> list[Measured]:
    """Whether a weight fell, where it is told now and before; who gained is told of nothing."""
    if weights.of.search(small) is None:
        return []
    return [
        Measured(weights.finding, m.start(), m.end(), "present", False)
        for m in weights.fallen.finditer(small)
        if int(m["now"]) < int(m["was"])
    ]


def _millimeters(size: str, unit: str) -> float:
    return float(size) * (10 if unit.startswith("c") else 1)
