"""Every error of the library's loader, each on a file of broken/: it names the file, the line, the record and the mend.

The first line of such a file says where it stands in the small library of broken/sound/. The line that is blamed ends
in `# <- `, the record that the error names, and its words; where a whole file is wrong, that is its first line.
"""

from __future__ import annotations

import contextlib
import copy
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from criteria import deadline_rows
from criteria.library.compile import compile_library
from criteria.strict_yaml import LibraryError

BROKEN = Path(__file__).parent / "broken"
ARROW = "# <- "


def error_of(folder: Path, piece: Path) -> tuple[Path, LibraryError]:
    """The error that the piece makes in a copy of the sound library, and the file it was put in."""
    shutil.copytree(BROKEN / "sound", folder, dirs_exist_ok=True)
    text = piece.read_text("utf-8")
    file = folder / text.splitlines()[0].removeprefix("# ").split(f" {ARROW}")[0]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    with pytest.raises(LibraryError) as caught:
        deadline_rows.load(folder / "deadlines.yml")
        compile_library(folder, "")
    return file, caught.value


def test_the_library_that_the_pieces_break_is_sound() -> None:
    assert deadline_rows.load(BROKEN / "sound" / "deadlines.yml").rows
    assert compile_library(BROKEN / "sound", "").guidelines


@pytest.mark.parametrize("piece", sorted(BROKEN.glob("*.yml")), ids=lambda piece: piece.stem)
def test_a_broken_piece_is_refused_with_file_line_record_and_mend(tmp_path: Path, piece: Path) -> None:
    [(line, expected)] = [
        (number, text.split(ARROW)[1])
        for number, text in enumerate(piece.read_text("utf-8").splitlines(), 1)
        if ARROW in text
    ]
    file, error = error_of(tmp_path, piece)
    assert str(error) == f"{file}:{line}: {expected}"


def _places(value: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where every value below this one stands."""
    for key, below in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield (*place, key)
        yield from _places(below, (*place, key))


@pytest.mark.parametrize("name", sorted(str(f.relative_to(BROKEN / "sound")) for f in BROKEN.glob("sound/**/*.yml")))
def test_no_value_of_the_wrong_kind_is_anything_but_a_library_error(tmp_path: Path, name: str) -> None:
    shutil.copytree(BROKEN / "sound", tmp_path, dirs_exist_ok=True)
    content = yaml.safe_load((tmp_path / name).read_text("utf-8"))
    for place in _places(content):
        for wrong in (5, [], None, {"a": 1}, [["x"]]):
            changed = copy.deepcopy(content)
            holder = changed
            for key in place[:-1]:
                holder = holder[key]
            holder[place[-1]] = wrong
            (tmp_path / name).write_text(yaml.safe_dump(changed, sort_keys=False), "utf-8")
            deadline_rows.load.cache_clear()
            with contextlib.suppress(LibraryError):
                deadline_rows.load(tmp_path / "deadlines.yml")
                compile_library(tmp_path, "")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "sound", tmp_path, dirs_exist_ok=True)
    (tmp_path / "payers.yml").unlink()
    with pytest.raises(LibraryError) as caught:
        compile_library(tmp_path, "")
    assert str(caught.value) == f"{tmp_path / 'payers.yml'}:1: there is no such file; add it"


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    shutil.copytree(BROKEN / "sound", tmp_path, dirs_exist_ok=True)
    (tmp_path / "payers.yml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LibraryError) as caught:
        compile_library(tmp_path, "")
    assert str(caught.value) == f"{tmp_path / 'payers.yml'}:1: is not UTF-8 text; save it as UTF-8"
