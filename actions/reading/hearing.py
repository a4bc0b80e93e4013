"""What the second ear hears in a message, by what the rules know of it.

The ear knows examples and no times: in a long history it takes what was, was looked at or is denied for an emergency
of now. The rules have read such a text, and where they hear nothing in it, only what it tells of these days is heard.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from actions.reading import read
from actions.reading.expressions import expression
from actions.reading.settled import so_all_along
from actions.reading.watch import told_calmly

_A_HISTORY = 6
"""Findings, treatments and pictures that make a message a history. Of the emergencies of `tests/eval/emergencies` that
no rule hears, none tells more than five."""
_SHORT = re.compile(r"\b(jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|dr|mrs?|ms|approx|vs|st)\.(?= [a-z0-9])", re.I)
"""A shortened word, whose full stop ends no sentence; the ear would hear its halves."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


def heard(ear: Callable[[str], str | None], text: str, today: date) -> str | None:
    """The kind of emergency, E or crisis, that a message in which no rule hears one sounds like to `ear`."""
    text = _SHORT.sub(r"\1", text)
    level = ear(text)
    if level != "E":
        return level
    left = _news(text, today) if _is_history(text, today) else _not_calm(text, today)
    if left == text:
        return level
    return (ear(left) if left else None) or _crisis(ear, text)


def _is_history(text: str, today: date) -> bool:
    known = read(text, today)
    return len(known.findings) + len(known.treatments) + len(known.imaging) >= _A_HISTORY


def _not_calm(text: str, today: date) -> str:
    """The text without the sentences that tell of no emergency of now; the text itself where there are none."""
    if told_calmly(text, today):
        return ""
    sentences = _SENTENCE_END.split(text)
    left, dated = [], False
    for sentence, behind in zip(sentences, [*sentences[1:], ""], strict=True):
        # What was told of an earlier day goes on: "She fainted in May. They took her in and kept her overnight".
        dated = told_calmly(sentence, today, dated)
        left += [] if dated or so_all_along(sentence.lower(), behind.lower()) else [sentence]
    return text if len(left) == len(sentences) else " ".join(left)


def _news(text: str, today: date) -> str:
    """The sentences that tell of these days, each with the one behind it, which may tell what it was."""
    sentences = _SENTENCE_END.split(text)
    told = [_tells_news(sentence.lower(), today) for sentence in sentences]
    kept = zip(sentences, told, [False, *told], strict=False)
    return " ".join(s for s, own, before in kept if own or (before and not told_calmly(s, today)))


def _tells_news(small: str, today: date) -> bool:
    then = expression("emergency", "since_then").search(small)
    if then is not None:
        small = small[: then.start("now")] + small[then.end("now") :]
    return expression("emergency", "tells_news").search(small) is not None and not told_calmly(small, today)


def _crisis(ear: Callable[[str], str | None], text: str) -> str | None:
    """Whether some sentence sounds like a crisis, which an emergency heard beside it had drowned out."""
    sentences = (part for part in _SENTENCE_END.split(text) if part.strip())
    return next((level for level in map(ear, sentences) if level == "crisis"), None)
