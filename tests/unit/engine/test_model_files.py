"""A model belongs to the state of its sources: any change of one asks for another model."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.engine.model import TrainingError, fingerprint, ready_model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "data/nlu/a.yml", "data/stories/b.yml", "bot/nlu/c.py"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    return tmp_path


def test_the_same_files_give_the_same_model(project: Path) -> None:
    assert fingerprint(project) == fingerprint(project)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/nlu/a.yml", "data/stories/b.yml", "bot/nlu/c.py"])
def test_a_changed_source_asks_for_another_model(project: Path, name: str) -> None:
    before = fingerprint(project)
    (project / name).write_text("changed")
    assert fingerprint(project) != before


def test_a_new_or_renamed_source_asks_for_another_model(project: Path) -> None:
    seen = {fingerprint(project)}
    (project / "data/nlu/new.yml").write_text("new")
    seen.add(fingerprint(project))
    (project / "data/nlu/new.yml").rename(project / "data/nlu/newer.yml")
    seen.add(fingerprint(project))
    assert len(seen) == 3


def test_what_python_leaves_behind_does_not(project: Path) -> None:
    before = fingerprint(project)
    (project / "bot/nlu/__pycache__").mkdir()
    (project / "bot/nlu/__pycache__/c.pyc").write_bytes(b"x")
    assert fingerprint(project) == before


def test_a_model_that_is_there_is_taken_without_training(project: Path) -> None:
    (project / "models").mkdir()
    there = project / "models" / f"{fingerprint(project)}.tar.gz"
    there.write_bytes(b"model")
    said: list[str] = []
    assert ready_model(project, {}, said.append, lambda child: None) == there
    assert said == []


def test_a_project_without_its_files_says_which_is_missing(project: Path) -> None:
    (project / "domain.yml").unlink()
    with pytest.raises(TrainingError, match=r"domain\.yml"):
        ready_model(project, {}, lambda line: None, lambda child: None)
