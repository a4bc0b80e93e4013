"""How far a confidence may be believed: of the values read with one, how many were right."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

BOUNDS = (0.0, 0.5, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Where each bin begins; the last one ends with 1, which belongs to it."""


@dataclass(frozen=True)
class Bin:
    """The values read with a confidence from `low` up to, not with, `high`; shares from 0 to 1."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


def reliability(sure: Iterable[tuple[float, bool]]) -> tuple[Bin, ...]:
    """The bins that hold anything, of pairs of a confidence and whether the value was right."""
    held: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in sure:
        held.setdefault(bisect_right(BOUNDS, confidence) - 1, []).append((confidence, right))
    ends = (*BOUNDS[1:], 1.0)
    return tuple(
        Bin(BOUNDS[n], ends[n], len(pairs), _mean(c for c, _ in pairs), _mean(float(r) for _, r in pairs))
        for n, pairs in sorted(held.items())
    )


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)
