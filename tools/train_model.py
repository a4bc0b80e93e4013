"""Trains the model if its sources changed. `make test` does it beside the tests that need no model."""

from __future__ import annotations

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bot.engine.model import TrainingError, ready_model  # noqa: E402
from bot.engine.processes import follow_parent  # noqa: E402


def main() -> int:
    """0 when there is a model, 1 with a line that says why there is none."""
    follow_parent()
    try:
        ready_model(ROOT, os.environ, lambda _: None, lambda _: None)
    except TrainingError as error:
        print(f"train_model: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
