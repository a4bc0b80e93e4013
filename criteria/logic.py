"""Kleene's three-valued logic: met, not met, not known.

Not known means that the facts do not settle it; it is never turned into an answer.
"""

from __future__ import annotations

from collections.abc import Iterable

from criteria.results import Value


def all_of(values: Iterable[Value]) -> Value:
    """Met when every value is met, not met as soon as one is not met. Empty: met."""
    given = list(values)
    if "not_met" in given:
        return "not_met"
    return "not_known" if "not_known" in given else "met"


def any_of(values: Iterable[Value]) -> Value:
    """Met as soon as one value is met, not met when every one is not met. Empty: not met."""
    given = list(values)
    if "met" in given:
        return "met"
    return "not_known" if "not_known" in given else "not_met"


def at_least(n: int, values: Iterable[Value]) -> Value:
    """Met when at least `n` values are met, not met when too few could still be."""
    given = list(values)
    met, open_ = given.count("met"), given.count("not_known")
    if met >= n:
        return "met"
    return "not_known" if met + open_ >= n else "not_met"


def negate(value: Value) -> Value:
    """Met becomes not met and the reverse; not known stays."""
    flipped: dict[Value, Value] = {"met": "not_met", "not_met": "met", "not_known": "not_known"}
    return flipped[value]
