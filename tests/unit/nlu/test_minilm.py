"""The sentence model."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu import minilm


def test_near_meanings_have_near_vectors() -> None:
    back, spine, deadline = map(
        minilm.sentence_vector, ("my lower back hurts", "I have pain in my lumbar spine", "when is the appeal due")
    )
    assert back @ spine > 0.6 > back @ deadline
    assert np.isclose(np.linalg.norm(back), 1.0, atol=1e-5)
    assert not minilm.sentence_vector("").any()


def test_it_knows_ordinary_words_and_no_pieces() -> None:
    assert {"shoulder", "appeal", "elbow"} <= minilm.words()
    assert not {"sholder", "##ing"} & minilm.words()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(minilm, "WEIGHTS_SHA256", "0" * 64)
    minilm._model.cache_clear()
    with pytest.raises(minilm.WrongWeightsError, match="another hash"):
        minilm.sentence_vector("anything")
    minilm._model.cache_clear()
