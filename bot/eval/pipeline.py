"""The assistant's own pipeline, asked for intents in a process of its own: `python -m bot.eval.pipeline`.

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
from pathlib import Path

from bot.engine import quiet
from bot.engine.model import TrainingError, ready_model
from bot.engine.processes import follow_parent
from bot.eval.intents import FALLBACK, Guess


def guesses(root: Path, messages: Sequence[str], say: Callable[[str], None]) -> list[Guess]:
    """What the pipeline of the project at `root` takes each message for; it is trained first if its sources changed.

    `say` is told when that takes time. Raises TrainingError.
    """
    model = ready_model(root, os.environ, say, lambda _: None)
    done = subprocess.run(
        [sys.executable, "-m", "bot.eval.pipeline"],
        input=json.dumps(list(messages)),
        stdout=subprocess.PIPE,
        env={**os.environ, "OVERTURN_MODEL": str(model)},
        cwd=root,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise TrainingError("the trained model could not be asked; the line above says why")
    return [Guess(*pair) for pair in json.loads(done.stdout)]


def main() -> int:
    """Reads a JSON list of messages, writes one of pairs (intent, confidence); the model is OVERTURN_MODEL's."""
    follow_parent()
    quiet.prepare_environment()
    answer = os.fdopen(os.dup(1), "w")
    quiet.only_our_lines("eval")
    try:
        from rasa.core.agent import Agent

        agent = Agent.load(os.environ["OVERTURN_MODEL"])

        async def parsed() -> list[tuple[str, float]]:
            found = [(await agent.parse_message(message))["intent"] for message in json.load(sys.stdin)]
            return [(intent["name"] or FALLBACK, float(intent["confidence"])) for intent in found]

        json.dump(asyncio.run(parsed()), answer)
    except Exception as error:
        quiet.explain("cannot ask the model", error)
        return 1
    answer.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
