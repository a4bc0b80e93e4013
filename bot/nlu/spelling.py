"""Misspelt words, mended before the intent is guessed: "insurence" is read as "insurance". Facts are read as typed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Set

from rapidfuzz.distance import OSA

# Shorter words bent by one letter meet too many others.
_WORD = re.compile(r"[^\W\d_]{4,}")


def known_words(texts: Iterable[str]) -> tuple[str, ...]:
    """The words of four letters and more in the texts, the most frequent first; "don't" also as "dont"."""
    counts = Counter(
        word for text in texts for form in {text.lower(), text.lower().replace("'", "")} for word in _WORD.findall(form)
    )
    return tuple(word for word, _ in counts.most_common())


def mender(words: Iterable[str], others: Set[str] = frozenset()) -> Callable[[str], str]:
    """A function that lower-cases a text and puts a known word for each unknown one that is one slip away from it.

    A slip is a letter too many, missing, wrong, or swapped with its neighbour, after the first. `words` are what may be
    put, the likeliest first; `others` are further words that stand as they are.
    """
    by_initial: dict[str, list[str]] = {}
    for word in words:
        by_initial.setdefault(word[0], []).append(word)
    known = {word for same in by_initial.values() for word in same} | others

    def mended(match: re.Match[str]) -> str:
        word = match.group()
        if word in known:
            return word
        near = (w for w in by_initial.get(word[0], ()) if OSA.distance(word, w, score_cutoff=1) <= 1)
        return next(near, word)

    return lambda text: _WORD.sub(mended, text.lower().replace("’", "'"))
