"""The build-time check of the library's ICD-10-CM codes."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def tool() -> ModuleType:
    path = Path(__file__).parents[3] / "tools" / "check_icd10.py"
    spec = importlib.util.spec_from_file_location("check_icd10", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


CHECK = tool()


def checked(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str]:
    (folder / "study.yml").write_text(text)
    status = CHECK.main([str(folder), *options])
    return status, "".join(capsys.readouterr())


def test_the_library_names_no_code_that_the_release_does_not_have(capsys: pytest.CaptureFixture[str]) -> None:
    assert CHECK.main(["--require"]) == 0
    assert "stands in the release" in capsys.readouterr().out


def test_billable_codes_and_categories_pass(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "a:\n  icd10_side: {M25.561: right, S62.001A: right}\n  deep: [{icd10: [M54.16, M54.1]}]\n"
    assert checked(tmp_path, text, capsys) == (0, "Every ICD-10-CM code of the library stands in the release: 4.\n")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("icd10_side: {M25.567: right}", "'M25.567' is no code of the release; under M25.56 there are M25.561"),
        ("icd10_side: {M25.561: left}", "'M25.561' does not name the left side"),
        ("icd10_side: {M25.56: left}", "'M25.56' does not name the left side"),
        ("icd10: [M54.16, Q99.99Z]", "'Q99.99Z' is no code of the release"),
        ("icd10: M00-M25", "'M00-M25' is no code of the release"),
        ("any: [{icd10_prefix: [ZZ9]}]", "'ZZ9' is no code of the release; look it up"),
    ],
)
def test_a_wrong_code_fails_with_file_line_and_record(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, says: str
) -> None:
    status, said = checked(tmp_path, f"mri-knee:\n  say: a study\n  {line}\n", capsys, "--require")
    assert status == 1 and said.count("\n") == 1
    assert f"{tmp_path}/study.yml:3: mri-knee: {says}" in said


def test_without_the_package_it_says_so_and_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "simple_icd_10_cm", None)
    status, said = checked(tmp_path, "a: {icd10: [nonsense]}\n", capsys)
    assert status == 0 and said == "check_icd10: simple-icd-10-cm is not installed, so no diagnosis code was checked\n"
    assert checked(tmp_path, "a: {}\n", capsys, "--require")[0] == 1
