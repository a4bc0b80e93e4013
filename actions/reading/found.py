"""What a reader found: a value and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Found:
    """`start` and `end` are offsets into the plain text. `confidence`: 0.95 and above was labelled, less was inferred."""

    value: Any
    start: int
    end: int
    confidence: float
