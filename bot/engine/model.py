"""The trained model: one file a state of its sources, trained when they changed. Run as a module, it trains."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from bot.engine import quiet
from bot.engine.processes import follow_parent, start

if TYPE_CHECKING:
    from bot.nlu.ear import Ear

_KEPT = 4

_log = logging.getLogger("overturn.model")


class TrainingError(Exception):
    """The model cannot be trained: says what is missing or which file to look at."""


def ready_model(
    root: Path,
    environ: Mapping[str, str],
    say: Callable[[str], None],
    started: Callable[[subprocess.Popen[bytes]], None],
) -> Path:
    """The model for the project's files as they are, trained now if there is none yet.

    `say` is told when that takes time, `started` gets the training process. Raises TrainingError.
    """
    for needed in ("config.yml", "domain.yml", "data"):
        if not (root / needed).exists():
            raise TrainingError(f"{needed} is missing in {root}; the assistant cannot be trained without it")
    folder = root / "models"
    folder.mkdir(exist_ok=True)
    model = folder / f"{fingerprint(root)}.tar.gz"
    if model.exists():
        model.touch()
        return model
    say("training the model (its sources changed; about two minutes)")
    with (folder / ".lock").open("w") as lock:
        # Two starts at once train once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not model.exists():
            child = start("bot.engine.model", {**environ, "OVERTURN_MODEL": str(model)}, root)
            started(child)
            if child.wait() != 0 or not model.exists():
                raise TrainingError("the model could not be trained; look at config.yml, domain.yml and data/")
    for old in sorted(folder.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime)[:-_KEPT]:
        old.unlink(missing_ok=True)
        shutil.rmtree(_ear_of(old), ignore_errors=True)
    return model


def ready_ear(model: Path) -> Ear | None:
    """The second ear for emergencies, trained with this model; None, with a warning, where it cannot be used."""
    from bot.nlu.ear import load_ear

    ear = load_ear(_ear_of(model)) if _ear_of(model).is_dir() else None
    if ear is None:
        _log.warning("no sentence model, now or when it was trained: emergencies are heard by rules alone")
    return ear


def _ear_of(model: Path) -> Path:
    return model.with_name(model.name.split(".")[0] + ".ear")


def fingerprint(root: Path) -> str:
    """The hash of all that a model is made from: Rasa's files, the training data, our graph components, Rasa itself."""
    files = [root / "config.yml", root / "domain.yml"]
    for folder in ("data", "bot/nlu"):
        files += [
            file
            for file in sorted((root / folder).rglob("*"))
            if file.is_file() and "__pycache__" not in file.parts and not file.name.startswith(".")
        ]
    digest = hashlib.sha256(version("rasa").encode())
    for file in files:
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        digest.update(f"\n{file.relative_to(root).as_posix()} {content}".encode())
    return digest.hexdigest()[:32]


def train(root: Path, model: Path) -> None:
    """Trains into `model`, which appears whole or not at all. Raises what Rasa raises."""
    # Beside Rasa, which leaves a core to spare, and begun before its libraries are loaded.
    with ProcessPoolExecutor(1, initializer=follow_parent) as beside:
        ear = beside.submit(_train_ear, root, _ear_of(model))
        trained = _train_rasa(root, model)
        ear.result()
    trained.replace(model)


def _train_rasa(root: Path, model: Path) -> Path:
    import rasa.model_training

    result = rasa.model_training.train(
        domain=str(root / "domain.yml"),
        config=str(root / "config.yml"),
        training_files=[str(root / "data")],
        output=str(model.parent / "training"),
        fixed_model_name=f"{model.name.split('.')[0]}-{os.getpid()}",
        force_training=True,
    )
    if result.code != 0 or not result.model:
        raise TrainingError("Rasa refused the training data")
    return Path(result.model)


def _train_ear(root: Path, folder: Path) -> None:
    """Beside the examples of emergencies, every sixth of the intents' examples, which are all ordinary."""
    from bot.nlu import ear, minilm

    try:
        minilm.check()
    except minilm.WrongWeightsError:
        return
    folder.mkdir(exist_ok=True)
    ear.save_ear(ear.train_ear(ear.examples(), ear.ordinary(root / "data" / "nlu")), folder)


def main() -> int:
    """Trains OVERTURN_MODEL from the project in the working folder, without a word unless it fails."""
    follow_parent()
    os.environ["OVERTURN_PARENT"] = str(os.getpid())  # of the process that trains the ear
    quiet.prepare_environment()
    # Rasa's cache is one SQLite file in the project: two trainings at once would break each other.
    os.environ["RASA_MAX_CACHE_SIZE"] = "0"
    quiet.only_our_lines("train")
    sys.path.insert(0, str(Path.cwd()))
    try:
        train(Path.cwd(), Path(os.environ["OVERTURN_MODEL"]))
    except Exception as error:
        quiet.explain("cannot train", error)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
