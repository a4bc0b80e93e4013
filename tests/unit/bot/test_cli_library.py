"""`overturn library`: what its tasks print, and how they fail."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import cli


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTURN_TODAY", "2026-11-21")


def said(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cli.main(["library", *map(str, arguments)]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    assert cli.main(["library", *arguments, "--json"]) == 2
    captured = capsys.readouterr()
    assert captured.err == captured.out and captured.err.count("\n") == 1
    error = json.loads(captured.err)["error"]
    assert cli.main(["library", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1 and error["message"] in captured.err
    return error


def test_stale_lists_what_is_due_the_oldest_first(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "stale", "--as-of", "2027-03-01", "--json"))
    assert document["as_of"] == "2027-03-01"
    due = [item["recheck_after"] for item in document["stale"]]
    assert due == sorted(due) and due[-1] < "2027-03-01"
    first = document["stale"][0]
    assert set(first) == {"id", "kind", "file", "label", "checked_on", "recheck_after", "days_over"}
    assert first["days_over"] == (date(2027, 3, 1) - date.fromisoformat(first["recheck_after"])).days
    text = said(capsys, "stale", "--today", "2027-03-01")
    assert first["id"] in text and first["recheck_after"] in text


def test_stale_counts_from_today_when_no_date_is_given(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json.loads(said(capsys, "stale", "--json"))["as_of"] == "2026-11-21"
    monkeypatch.setenv("OVERTURN_TODAY", "2020-01-01")
    assert said(capsys, "stale") == "Nothing is due to be read again as of 2020-01-01.\n"


def test_stale_knows_the_records_of_the_letters_too(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "stale", "--as-of", "2040-01-01", "--json"))
    kinds = {item["kind"] for item in document["stale"]}
    assert kinds == {"source", "guideline", "deadline_source", "right_source"}
    root = Path(cli.__file__).parent.parent
    assert all((root / item["file"]).is_file() for item in document["stale"])


def test_a_wrong_date_or_task_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    error = refused(capsys, "stale", "--as-of", "21 November")
    assert error["code"] == "bad_date" and error["where"] == "--as-of"
    assert refused(capsys, "stael")["code"] == "usage"
    assert refused(capsys)["code"] == "usage"


def test_json_may_stand_before_or_after_the_task(capsys: pytest.CaptureFixture[str]) -> None:
    after = said(capsys, "check", "--json")
    assert said(capsys, "--json", "check") == after and json.loads(after)["library"]["studies"] > 0
