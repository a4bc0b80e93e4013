"""What a reader found: a value and where its words stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.reading.text import Sentence


@dataclass(frozen=True)
class Found:
    """`start` and `end` are offsets into the plain text. `confidence`: 0.95 and more was labelled, less inferred."""

    value: Any
    start: int
    end: int
    confidence: float


def in_sentence(value: Any, sentence: Sentence, span: tuple[int, int], confidence: float) -> Found:
    """A value read at a span of a sentence's text."""
    return Found(value, *sentence.place(*span), confidence)
