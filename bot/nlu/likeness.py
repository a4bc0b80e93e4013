"""Intents by likeness to the examples: kernel ridge regression, with probabilities calibrated on left-out examples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky
from scipy.linalg.lapack import dpotri
from scipy.optimize import minimize_scalar

Array = np.ndarray


@dataclass(frozen=True)
class Fitted:
    """What likeness to each example says for each intent."""

    weights: Array
    """One row an example, one column an intent."""
    base: Array
    """The share of each intent among the examples: what is guessed for a text like nothing."""
    sharpness: float
    """How decidedly scores are turned into probabilities."""

    def probabilities(self, likeness: Array) -> Array:
        """From likeness (texts by examples) to a probability for each intent (texts by intents)."""
        return _softmax(self.sharpness * (likeness @ self.weights + self.base))


def fit(likeness: Array, belongs: Array, ridge: float) -> Fitted:
    """Fits to the likeness of the examples among one another and to `belongs` (examples by intents, 0 or 1).

    `ridge` is how much is smoothed. The sharpness is the one that makes what each example's score would be without
    that example (the closed form of leave-one-out) the likeliest.
    """
    base = belongs.mean(axis=0)
    inverse = _inverse(likeness + ridge * np.eye(len(likeness)))
    weights = inverse @ (belongs - base)
    left_out = belongs - weights / np.diag(inverse)[:, None]

    def surprise(sharpness: float) -> float:
        return -float(np.log(_softmax(sharpness * left_out)[belongs > 0] + 1e-9).mean())

    best = minimize_scalar(surprise, bounds=(1, 50), method="bounded")
    return Fitted(weights.astype(np.float32), base.astype(np.float32), float(best.x))


def _inverse(matrix: Array) -> Array:
    """Of a symmetric, positive definite matrix: by Cholesky, in a third of the time of a general one."""
    lower, _ = dpotri(cholesky(matrix, lower=True), lower=True)
    return np.tril(lower) + np.tril(lower, -1).T


def _softmax(scores: Array) -> Array:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)
