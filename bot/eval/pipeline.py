"""The assistant's own trained models, asked in a process of its own: `python -m bot.eval.pipeline intents|alarms`.

Rasa prints every message it parses, and imports TensorFlow. Neither may happen in the command, which must not show a
text of the held sets: the child's streams lead nowhere, and only its answer comes back.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from actions.reading.hearing import heard
from bot.engine import quiet
from bot.engine.model import TrainingError, ready_ear, ready_model
from bot.engine.processes import follow_parent
from bot.eval.intents import FALLBACK, Guess

_DOCUMENT_LENGTH = 600
"""Characters: what is longer is a document to the door."""


def guesses(root: Path, messages: Sequence[str], say: Callable[[str], None]) -> list[Guess]:
    """What the pipeline of the project at `root` takes each message for; it is trained first if its sources changed.

    `say` is told when that takes time. Raises TrainingError.
    """
    return [Guess(*pair) for pair in _answers(root, "intents", messages, say)]


def sounds(root: Path, told: Sequence[tuple[str, date]], say: Callable[[str], None]) -> list[str | None]:
    """The kind of emergency that each message of a day sounds like at the door, where no rule has heard it."""
    return _answers(root, "alarms", [(text, day.isoformat()) for text, day in told], say)


def _answers(root: Path, asked: str, messages: Sequence[Any], say: Callable[[str], None]) -> list[Any]:
    model = ready_model(root, os.environ, say, lambda _: None)
    done = subprocess.run(
        [sys.executable, "-m", "bot.eval.pipeline", asked],
        input=json.dumps(list(messages)),
        stdout=subprocess.PIPE,
        env={**os.environ, "OVERTURN_MODEL": str(model)},
        cwd=root,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise TrainingError("the trained model could not be asked; the line above says why")
    answers: list[Any] = json.loads(done.stdout)
    return answers


def main() -> int:
    """Reads a JSON list of messages, writes one of answers; the models are OVERTURN_MODEL's.

    Asked for `intents` each answer is a pair (intent, confidence), for `alarms`, where each message is a pair (text,
    day), it is E, crisis or null.
    """
    follow_parent()
    quiet.prepare_environment()
    answer = os.fdopen(os.dup(1), "w")
    quiet.only_our_lines("eval")
    try:
        messages, model = json.load(sys.stdin), Path(os.environ["OVERTURN_MODEL"])
        json.dump(_heard(model, messages) if sys.argv[1] == "alarms" else _parsed(model, messages), answer)
    except Exception as error:
        quiet.explain("cannot ask the model", error)
        return 1
    answer.close()
    return 0


def _parsed(model: Path, messages: Sequence[str]) -> list[tuple[str, float]]:
    from rasa.core.agent import Agent

    agent = Agent.load(str(model))

    async def parsed() -> list[tuple[str, float]]:
        found = [(await agent.parse_message(message))["intent"] for message in messages]
        return [(intent["name"] or FALLBACK, float(intent["confidence"])) for intent in found]

    return asyncio.run(parsed())


def _heard(model: Path, told: Sequence[tuple[str, str]]) -> list[str | None]:
    ear = ready_ear(model)
    return [
        heard(ear.hears, text, date.fromisoformat(day)) if ear and len(text) <= _DOCUMENT_LENGTH else None
        for text, day in told
    ]


if __name__ == "__main__":
    sys.exit(main())
