"""A second ear for emergencies and crises: by likeness to examples, for wordings that no rule of the watch foresaw.

The rules come first and say what was heard; this only says that a message sounds like one. Its examples are
bot/nlu/emergencies/*.yml: messages of people whom 911 or a crisis line would help now, and of people near to it
in words alone. A clinician can add to them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from bot.nlu import minilm
from bot.nlu.model import IntentModel, load, save, train

Level = Literal["E", "crisis"]

EXAMPLES = Path(__file__).parent / "emergencies"
_LEVELS: tuple[Level, Level] = ("E", "crisis")
_SURE = 0.5
"""Measured with `overturn eval`: of unseen emergencies few are below it, of unseen ordinary messages few above."""
_SURE_OF_A_CRISIS = 0.4
"""Lower: despair is told in fewer common words. On the texts of `tests/eval/emergencies`, none of which it learns from,
no crisis is lost between 0.3 and this, and fewer ordinary messages are taken for one."""
_MOST = 60
"""Windows of one message: those of some thirty sentences."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True)
class Ear:
    """What was learnt from the examples."""

    model: IntentModel

    def hears(self, text: str) -> Level | None:
        """Whether some sentence of a message, or two that follow one another, or the whole sounds like an emergency."""
        # The tokenizer refuses half a character, which a broken paste may hold.
        windows = _windows(text.encode("utf-8", "replace").decode("utf-8"))[:_MOST]
        if not windows:
            return None
        chances = self.model.probabilities(windows)[:, [self.model.intents.index(level) for level in _LEVELS]]
        surest = chances[chances.sum(axis=1).argmax()]
        if surest.sum() >= _SURE:
            return _LEVELS[int(surest.argmax())]
        return "crisis" if chances[:, 1].max() >= _SURE_OF_A_CRISIS else None


def examples(folder: Path = EXAMPLES) -> list[tuple[str, str]]:
    """Pairs of text and level: E, crisis, U (to be seen today, no emergency), none."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yml"))]
    return [(item["text"], item["expect"]) for file in files for item in file]


def ordinary(folder: Path) -> list[str]:
    """Every sixth of the intents' examples: none of them is an emergency, and all would teach nothing more."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(folder.glob("*.yml"))]
    lines = [line[2:] for file in files for block in file["nlu"] for line in block["examples"].strip().splitlines()]
    return lines[::6]


def train_ear(given: Sequence[tuple[str, str]], ordinary: Sequence[str]) -> Ear:
    """From the examples, and from other messages that are ordinary. Raises minilm.WrongWeightsError.

    Of an ordinary message every part is ordinary too, of which every other is enough; of an emergency only the whole is
    sure to be one.
    """
    pairs = [(text, level) for text, level in given if level != "none"]
    pairs += [(part, level) for text, level in given if level == "none" for part in _windows(text)[::2]]
    pairs += [(text, "none") for text in ordinary]
    return Ear(train(list(dict.fromkeys(pairs)), by_meaning=True, by_letters=False))


def _windows(text: str) -> list[str]:
    """Each sentence, and each two that follow one another; a short text also whole."""
    sentences = [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]
    pairs = [f"{first} {second}" for first, second in zip(sentences, sentences[1:], strict=False)]
    return list(dict.fromkeys([*sentences, *pairs, *([text.strip()] if len(sentences) == 3 else [])]))


def save_ear(ear: Ear, folder: Path) -> None:
    save(ear.model, folder)


def load_ear(folder: Path) -> Ear | None:
    """Reads what `save_ear` wrote; None where the sentence model is missing, without which it hears too little."""
    try:
        minilm.check()
    except minilm.WrongWeightsError:
        return None
    return Ear(load(folder, by_meaning=True))
