"""Kleene's three-valued logic: met, not met, not known.

Not known means that the facts do not settle it; it is never turned into an answer. Values are taken one by one, and no
further than it needs.
"""

from __future__ import annotations

from collections.abc import Iterable

from criteria.results import Value


def all_of(values: Iterable[Value]) -> Value:
    """Met when every value is met, not met as soon as one is not met. Empty: met."""
    found: Value = "met"
    for one in values:
        if one == "not_met":
            return one
        if one == "not_known":
            found = one
    return found


def any_of(values: Iterable[Value]) -> Value:
    """Met as soon as one value is met, not met when every one is not met. Empty: not met."""
    found: Value = "not_met"
    for one in values:
        if one == "met":
            return one
        if one == "not_known":
            found = one
    return found


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
