"""The page that shows how to add a study says what the files say, and its commands run."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from bot import cli
from criteria.library import FOLDER
from criteria.library.compile import compile_library
from criteria.strict_yaml import LibraryError

ROOT = FOLDER.parent.parent
PAGE = (ROOT / "docs" / "adding-a-study.md").read_text("utf-8")
PIECES = re.findall(r"^`(\S+)`\n```yaml\n(.*?)^```", PAGE, re.M | re.S)
COMMANDS = [line for fence in re.findall(r"^```sh\n(.*?)^```", PAGE, re.M | re.S) for line in fence.splitlines()]
TEXTS = re.findall(r"^```text\n(.*?)^```", PAGE, re.M | re.S)


def test_the_page_shows_every_kind_of_file_that_a_study_needs() -> None:
    folders = {str(Path(file).parent).removeprefix("criteria/library") for file, _ in PIECES}
    assert {"/sources", "/conditions", "/guidelines/acr", "/questions", "/studies", ""} <= folders
    assert any(file.startswith("tests/unit/criteria/cases/") for file, _ in PIECES)
    assert PAGE.count("```yaml") == len(PIECES)


@pytest.mark.parametrize(("file", "piece"), PIECES, ids=[file for file, _ in PIECES])
def test_every_piece_stands_in_its_file(file: str, piece: str) -> None:
    text = (ROOT / file).read_text("utf-8")
    at = 0
    for part in piece.split("# …\n"):
        assert part in text[at:], part
        at = text.index(part, at) + len(part)


@pytest.mark.parametrize("command", [c for c in COMMANDS if c.startswith(".venv/bin/overturn ")])
def test_every_command_runs(capsys: pytest.CaptureFixture[str], command: str) -> None:
    assert cli.main(shlex.split(command)[1:]) == 0
    assert capsys.readouterr().out


def test_the_checklist_is_printed_as_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["library", "checklist", "ct-sinus", "--reviewer", "evolent", "--as-of", "2026-11-21"]) == 0
    assert TEXTS[1] in capsys.readouterr().out


def test_the_error_is_the_one_shown(tmp_path: Path) -> None:
    folder = tmp_path / "criteria" / "library"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    file = folder / "conditions" / "sinus.yml"
    file.write_text(file.read_text("utf-8").replace("loss_of_smell", "loss_of_smel", 1), "utf-8")
    with pytest.raises(LibraryError) as caught:
        compile_library(folder, "")
    assert f"{caught.value}\n" == f"{tmp_path}/{TEXTS[0]}"
