"""`overturn library`: what its tasks print, and how they fail."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import cli, cli_ledger
from criteria.library.ledger import Entry


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


def test_checklist_names_each_way_its_boxes_and_the_paper(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(capsys, "checklist", "ct-sinus", "--reviewer", "evolent")
    assert text.startswith("CT of the sinuses: what the chart must show before the request goes in\n")
    box = next(line for line in text.splitlines() if "two or more courses of antibiotics" in line)
    assert box == "      [ ] two or more courses of antibiotics in three months (B)"
    assert "  B: dated notes of the care" in text
    assert "verified, read 2026-11-21. https://www.southcarolinablues.com/" in text
    assert "due to be read again: check the current text" in text
    assert max(map(len, text.splitlines())) <= 130


def test_checklist_document_has_trees_papers_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    document = json.loads(said(capsys, "checklist", "mri-knee", "--json"))
    assert document["study"] == "mri-knee" and document["as_of"] == "2026-11-21" and document["reviewers"] == []
    papers = {paper["id"] for paper in document["papers"]}
    acr = next(part for part in document["parts"] if part["authority"] == "acr")
    assert acr["status"] in ("verified", "paraphrased", "unverified") and acr["sources"][0]["url"].startswith("http")

    def found(need: dict[str, Any]) -> set[str]:
        return {need["paper"]} - {None} | {paper for part in need["of"] for paper in found(part)}

    assert {p for part in document["parts"] for e in part["entrances"] for p in found(e["need"])} == papers


def test_checklist_says_where_the_reviewer_has_no_rule_of_its_own(capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "No rule of Carelon Medical Benefits Management for this is known here: ask for the current text."
    assert sentence in said(capsys, "checklist", "mri-cardiac", "--reviewer", "carelon")
    assert "No rule of" not in said(capsys, "checklist", "mri-knee", "--reviewer", "carelon")


def test_the_documents_have_the_keys_of_interfaces(capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(cli.__file__).parent.parent / "docs" / "interfaces.md").read_text("utf-8")

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return set().union(*map(keys, value))
        return set(value).union(*map(keys, value.values())) if isinstance(value, dict) else set()

    for task in (["stale"], ["checklist", "ct-sinus"], ["ledger"]):
        section = text.split(f"\n## library {task[0]}\n")[1].split("\n## ")[0]
        [example] = re.findall(r"```json\n(.*?)```", section, re.S)
        assert keys(json.loads(said(capsys, *task, "--json"))) == keys(json.loads(example))


def test_checklist_takes_a_reviewer_by_any_of_its_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "checklist", "ct-sinus", "--reviewer", "nia") == said(
        capsys, "checklist", "ct-sinus", "--reviewer", "evolent"
    )


@pytest.mark.parametrize(
    ("arguments", "where", "nearest"),
    [
        (("checklist", "mri-knees"), "STUDY", "mri-knee"),
        (("checklist", "mri-knee", "--reviewer", "evicor"), "--reviewer", "evicore"),
    ],
)
def test_checklist_of_something_unknown_names_the_nearest(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], where: str, nearest: str
) -> None:
    error = refused(capsys, *arguments)
    assert (error["code"], error["where"]) == ("unknown_id", where)
    assert f"did you mean '{nearest}'?" in error["message"]


def test_ledger_writes_one_page_that_loads_nothing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "ledger.html"
    document = json.loads(said(capsys, "ledger", "--out", str(file), "--json"))
    page = file.read_text("utf-8")
    assert document["out"] == str(file)
    assert page.startswith("<!DOCTYPE html>") and '<html lang="en">' in page
    assert not re.search(r"<script|<link|<img|src=|@import", page)
    for entry in document["ledger"]:
        assert f'<section id="{entry["id"]}">' in page
        assert entry["checked_on"] in page and entry["recheck_after"] in page
    assert {"law-42cfr422-101", "acr-low-back-pain", "cfr-29-2560-503-1"} <= {e["id"] for e in document["ledger"]}
    assert f"{len(document['ledger'])} sources" in said(capsys, "ledger", "--out", str(file))


def test_ledger_is_the_same_on_every_day(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = said(capsys, "ledger")
    monkeypatch.setenv("OVERTURN_TODAY", "2031-01-01")
    assert said(capsys, "ledger") == first


def test_what_a_record_holds_is_text_on_the_page() -> None:
    hostile = Entry(
        "x", "<script>1</script>", "1", "", None, None, date(2026, 1, 1), date(2026, 2, 1), "f", ()
    )  # fmt: skip
    assert "<script>" not in cli_ledger.page([hostile])


def test_ledger_that_cannot_be_written_is_one_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    error = refused(capsys, "ledger", "--out", str(tmp_path / "no" / "ledger.html"))
    assert error["code"] == "unwritable" and error["where"].endswith("ledger.html")
