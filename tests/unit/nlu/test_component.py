"""The component in Rasa's hands: with the sentence model, and where that is missing or another one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.nlu import minilm
from bot.nlu.intents import Intents

EXAMPLES = {
    "greet": ["hello", "good morning", "hi there"],
    "ask_deadline": ["when is the appeal due", "what is my deadline", "how many days are left"],
}


class Folder:
    """Rasa's model storage, as one folder."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def write_to(self, resource: Resource) -> Iterator[Path]:
        yield self.path

    read_from = write_to


@pytest.fixture
def change_weights(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Called, it makes the installed weights other ones than those that were checked."""

    def change() -> None:
        monkeypatch.setattr(minilm, "WEIGHTS_SHA256", "0" * 64)
        minilm._model.cache_clear()

    yield change
    minilm._model.cache_clear()


def trained(folder: Path) -> Any:
    messages = [Message.build(text, intent) for intent, texts in EXAMPLES.items() for text in texts]
    component: Any = Intents.create({}, Folder(folder), Resource("intents"), None)
    component.train(TrainingData(messages))
    return component


def loaded(folder: Path) -> Any:
    return Intents.load({}, Folder(folder), Resource("intents"), None)


def ranking(component: Any, text: str) -> Any:
    [message] = component.process([Message.build(text)])
    assert message.get("intent") == message.get("intent_ranking")[0]
    return [ranked["name"] for ranked in message.get("intent_ranking")]


def test_it_ranks_every_intent(tmp_path: Path) -> None:
    for component in (trained(tmp_path), loaded(tmp_path)):
        assert ranking(component, "by when must I appeal") == ["ask_deadline", "greet"]
        assert ranking(component, "good evening") == ["greet", "ask_deadline"]


def test_a_message_without_text_is_left_alone(tmp_path: Path) -> None:
    [message] = trained(tmp_path).process([Message({"text": ""})])
    assert message.get("intent") is None


def test_a_model_still_reads_where_the_weights_are_other_ones(
    tmp_path: Path, change_weights: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    trained(tmp_path)
    change_weights()
    component = loaded(tmp_path)
    assert ranking(component, "what's the deadline") == ["ask_deadline", "greet"]
    [warning] = [record.getMessage() for record in caplog.records if record.name == "overturn.nlu"]
    assert "another hash" in warning
    assert "read by letters alone" in warning


def test_a_model_is_trained_where_the_weights_are_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with monkeypatch.context() as missing:
        missing.setattr(minilm, "PACKAGE", "no_such_package")
        minilm._model.cache_clear()
        assert ranking(trained(tmp_path), "my deadline") == ["ask_deadline", "greet"]
    assert "no_such_package is not installed" in caplog.text
    caplog.clear()
    assert ranking(loaded(tmp_path), "my deadline") == ["ask_deadline", "greet"]
    assert "trained without the sentence model" in caplog.text
