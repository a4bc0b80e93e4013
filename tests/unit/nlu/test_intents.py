"""The intents, on messages that are in no training file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from sklearn.linear_model import LogisticRegression

from bot.nlu import minilm
from bot.nlu.sentence_vectors import SCALE

ROOT = Path(__file__).resolve().parents[3]


def training_examples() -> list[tuple[str, str]]:
    blocks = [b for path in (ROOT / "data/nlu").glob("*.yml") for b in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    return [(line[2:], block["intent"]) for block in blocks for line in block["examples"].strip().splitlines()]


@pytest.fixture(scope="module")
def classifier() -> LogisticRegression:
    """The same model as in config.yml, without Rasa around it."""
    texts, intents = zip(*training_examples(), strict=True)
    vectors = [minilm.sentence_vector(text) * SCALE for text in texts]
    return LogisticRegression(max_iter=300, class_weight="balanced").fit(vectors, intents)


def test_most_unseen_messages_are_understood(classifier: LogisticRegression) -> None:
    unseen: dict[str, list[str]] = yaml.safe_load((ROOT / "tests/eval/intents/dev.yml").read_text("utf-8"))
    trained = {text.lower() for text, _ in training_examples()}
    pairs = [(message, intent) for intent, messages in unseen.items() for message in messages]
    assert not [message for message, _ in pairs if message.lower() in trained]
    guessed = classifier.predict([minilm.sentence_vector(message) * SCALE for message, _ in pairs])
    right = sum(guess == intent for guess, (_, intent) in zip(guessed, pairs, strict=True))
    assert right / len(pairs) >= 0.85


def test_every_intent_has_enough_examples_and_none_stands_twice() -> None:
    examples = training_examples()
    counts = Counter(intent for _, intent in examples)
    assert len(counts) >= 30
    assert min(counts.values()) >= 10
    texts = Counter(text.lower() for text, _ in examples)
    assert [text for text, count in texts.items() if count > 1] == []


def test_near_meanings_have_near_vectors() -> None:
    back, spine, deadline = map(
        minilm.sentence_vector, ("my lower back hurts", "I have pain in my lumbar spine", "when is the appeal due")
    )
    assert back @ spine > 0.6 > back @ deadline
    assert np.isclose(np.linalg.norm(back), 1.0, atol=1e-5)
    assert not minilm.sentence_vector("").any()


def test_other_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong: Any = "0" * 64
    monkeypatch.setattr(minilm, "WEIGHTS_SHA256", wrong)
    minilm._model.cache_clear()
    with pytest.raises(minilm.WrongWeightsError, match="another hash"):
        minilm.sentence_vector("anything")
    minilm._model.cache_clear()
