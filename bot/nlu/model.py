"""The model of the intents: examples by meaning (sentence vectors) and by letters (n-grams), or by letters alone.

Both are fitted, so that a model that was trained with the sentence model still reads where that one is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix

from bot.nlu import minilm, ngrams
from bot.nlu.likeness import Fitted, fit
from bot.nlu.spelling import known_words, mender

# Measured on tests/eval/intents/dev.voices.yml, where their neighbours do the same within a percent. Letters weigh as
# much as they do because of the ear, each writer of emergencies in turn left out: intents are alike with half of it.
_NEARNESS, _LETTERS_BESIDE = 2.0, 1.0
_SMOOTH_BOTH, _SMOOTH_LETTERS = 0.2, 0.1
_FILE = "intents.npz"


@dataclass(frozen=True)
class Meaning:
    """The examples' sentence vectors, and what was fitted to them and to the n-grams together."""

    vectors: np.ndarray
    fitted: Fitted


@dataclass(frozen=True)
class IntentModel:
    """Guesses intents. Without `meaning` it needs no sentence model, and is right less often; without `letters` it
    cannot do without one."""

    intents: tuple[str, ...]
    words: tuple[str, ...]
    grams: csr_matrix
    telling: np.ndarray
    letters: Fitted | None
    meaning: Meaning | None

    def probabilities(self, texts: Sequence[str]) -> np.ndarray:
        """A probability for each text (row) and intent (column, in the order of `intents`)."""
        mended = [self._mended(text) for text in texts]
        alike = (ngrams.weighed(ngrams.counts(mended), self.telling) @ self.grams.T).toarray()
        if self.meaning is None:
            if self.letters is None:
                raise ValueError("a model of meaning alone needs the sentence model")
            return self.letters.probabilities(_near(alike))
        near = _near(minilm.sentence_vectors(mended) @ self.meaning.vectors.T)
        return self.meaning.fitted.probabilities(near + _LETTERS_BESIDE * alike)

    @cached_property
    def _mended(self) -> Callable[[str], str]:
        return mender(self.words, frozenset() if self.meaning is None else minilm.words())


def train(examples: Sequence[tuple[str, str]], by_meaning: bool, by_letters: bool = True) -> IntentModel:
    """From pairs of text and intent. `by_meaning` needs the sentence model; raises minilm.WrongWeightsError.

    `by_letters`: fitted to letters alone too, for where the sentence model is missing; it takes as long again.
    """
    texts = [text for text, _ in examples]
    intents = tuple(sorted({intent for _, intent in examples}))
    belongs = np.array([[float(intent == name) for name in intents] for _, intent in examples])
    counted = ngrams.counts(texts)
    telling = ngrams.rarity(counted)
    grams = ngrams.weighed(counted, telling)
    alike = (grams @ grams.T).toarray()
    meaning = None
    if by_meaning:
        vectors = minilm.sentence_vectors(texts)
        near = _near(vectors @ vectors.T)
        meaning = Meaning(vectors, fit(near + _LETTERS_BESIDE * alike, belongs, _SMOOTH_BOTH))
    letters = fit(_near(alike), belongs, _SMOOTH_LETTERS) if by_letters else None
    return IntentModel(intents, known_words(texts), grams, telling, letters, meaning)


def save(model: IntentModel, folder: Path) -> None:
    """Writes numbers and words only: no pickle, so that reading a model runs nothing."""
    arrays = {"intents": np.array(model.intents), "words": np.array(model.words), "telling": model.telling,
              "data": model.grams.data, "indices": model.grams.indices, "indptr": model.grams.indptr,
              "shape": model.grams.shape}  # fmt: skip
    if model.letters is not None:
        arrays |= _arrays("letters", model.letters)
    if model.meaning is not None:
        arrays |= {"vectors": model.meaning.vectors, **_arrays("both", model.meaning.fitted)}
    np.savez(folder / _FILE, **arrays)


def load(folder: Path, by_meaning: bool) -> IntentModel:
    """Reads what `save` wrote. Without `by_meaning`, or where it was trained without, only letters are read."""
    with np.load(folder / _FILE, allow_pickle=False) as kept:
        grams = csr_matrix((kept["data"], kept["indices"], kept["indptr"]), shape=kept["shape"])
        meaning = Meaning(kept["vectors"], _fitted("both", kept)) if by_meaning and "vectors" in kept else None
        intents, words = (tuple(map(str, kept[name])) for name in ("intents", "words"))
        letters = _fitted("letters", kept) if "letters_weights" in kept else None
        return IntentModel(intents, words, grams, kept["telling"], letters, meaning)


def _near(cosines: np.ndarray) -> np.ndarray:
    """A Gaussian of the distance: what is like counts, what is merely not unlike hardly does."""
    return np.exp(_NEARNESS * (cosines - 1))


def _arrays(name: str, fitted: Fitted) -> dict[str, np.ndarray | float]:
    return {f"{name}_weights": fitted.weights, f"{name}_base": fitted.base, f"{name}_sharpness": fitted.sharpness}


def _fitted(name: str, kept: np.lib.npyio.NpzFile) -> Fitted:
    return Fitted(kept[f"{name}_weights"], kept[f"{name}_base"], float(kept[f"{name}_sharpness"]))
