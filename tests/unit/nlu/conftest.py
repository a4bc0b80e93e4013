"""The training examples, and the model fitted to them once."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from bot.nlu.model import IntentModel, train

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def examples() -> list[tuple[str, str]]:
    """Pairs of text and intent, from data/nlu."""
    blocks = [b for path in (ROOT / "data/nlu").glob("*.yml") for b in yaml.safe_load(path.read_text("utf-8"))["nlu"]]
    return [(line[2:], block["intent"]) for block in blocks for line in block["examples"].strip().splitlines()]


@pytest.fixture(scope="session")
def model(examples: list[tuple[str, str]]) -> IntentModel:
    """What the component of config.yml trains, without Rasa around it."""
    return train(examples, by_meaning=True)


def messages(part: str) -> list[tuple[str, str]]:
    """Pairs of text and intent from the measuring sets whose file name begins with `part`."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in (ROOT / "tests/eval/intents").glob(f"{part}*.yml")]
    return [(text, intent) for file in files for intent, texts in file.items() for text in texts]
