"""Texts as hashed n-grams: runs of two to four letters within words, and of one to three words. Needs no weights."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

SIZE = 2**16
"""Hash buckets for letters, and as many for words."""


def _plain(text: str) -> str:
    """Without apostrophes and figures, which people type as they please: "whats", "6 weeks" or "9 weeks"."""
    return re.sub(r"\d", "0", re.sub(r"['’]", "", text.lower()))


_HASHERS = [
    HashingVectorizer(n_features=SIZE, alternate_sign=False, norm=None, preprocessor=_plain, **kind)
    for kind in (
        {"analyzer": "char_wb", "ngram_range": (2, 4)},
        {"ngram_range": (1, 3), "token_pattern": r"(?u)\b\w+\b"},
    )
]


def counts(texts: Sequence[str]) -> csr_matrix:
    """How often each n-gram stands in each text, damped by the logarithm: one row a text, 2 * SIZE columns."""
    found = hstack([hasher.transform(texts) for hasher in _HASHERS]).tocsr()
    found.data = 1 + np.log(found.data)
    return found


def rarity(counted: csr_matrix) -> np.ndarray:
    """For each column how telling it is, by how few texts have it (inverse document frequency)."""
    texts, columns = counted.shape
    return np.log((1 + texts) / (1 + np.bincount(counted.indices, minlength=columns))) + 1


def weighed(counted: csr_matrix, telling: np.ndarray) -> csr_matrix:
    """Rows of length 1 at most, of which letters and words make half each; a text without n-grams is a zero row."""
    found = counted.multiply(telling).tocsr()
    halves = (normalize(found[:, :SIZE]), normalize(found[:, SIZE:]))
    return (hstack(halves) / np.sqrt(2)).tocsr()
