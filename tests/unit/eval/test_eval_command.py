"""`overturn eval`: what it prints, what it never shows, what it never loads."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from bot import cli, cli_eval
from bot.eval.intents import Guess
from bot.measured import BEGIN, END

NONE = "{words: , days: , date: }"
ITEM = """
- id: {id}
  how: short
  today: 2026-11-21
  text: "{text}"
  kind: message
  denial: {{payer: Zebra Health, reviewer: , plan_type: , member_id: , reference_numbers: [], notice_date: ,
           service_date: , reasons: [], criteria_cited: [], appeal_deadline: {none}, peer_to_peer: {{phone: }},
           expedited_mentioned: false}}
  study: {{id: mri-knee, modality: mri, region: knee, side: , cpt: [], icd10: []}}
"""


@pytest.fixture
def sets(tmp_path: Path) -> Path:
    """A dev and a held file of denials, and one message; the payer that both letters should give stands in neither."""
    folder = tmp_path / "sets"
    (folder / "denials").mkdir(parents=True)
    (folder / "intents").mkdir()
    dev = ITEM.format(id="open-one", text="They denied my knee MRI.", none=NONE)
    held = ITEM.format(id="hidden-one", text="The quaint knee MRI was denied.", none=NONE)
    (folder / "denials" / "dev.clerk.yml").write_text(f"# As a clerk would.{dev}")
    (folder / "denials" / "held.clerk.yml").write_text(f"# As a clerk would.{held}")
    (folder / "intents" / "held.yml").write_text("why: [what on earth for]\n")
    return folder


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The messages that the pipeline is asked for; it takes them all for `skip`."""
    seen: list[str] = []

    def guesses(messages: Sequence[str]) -> list[Guess]:
        seen.extend(messages)
        return [Guess("skip", 0.9) for _ in messages]

    monkeypatch.setattr(cli_eval, "_guesses", guesses)
    monkeypatch.setattr(cli_eval, "_sounds", lambda told: ["E" if "all tingly" in text else None for text in told])
    return seen


def outcome(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = cli.main(["eval", *map(str, arguments)])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_one_table_of_every_set_and_part(capsys: pytest.CaptureFixture[str], sets: Path, asked: list[str]) -> None:
    status, out, err = outcome(capsys, "--sets", sets)
    assert (status, err) == (0, "")
    assert "- `denials/held.clerk.yml`, 1 item. As a clerk would." in out
    lines = [[cell.strip() for cell in line.split("|")[1:-1]] for line in out.splitlines() if line.startswith("| ")]
    assert ["dev", "denials", "payer", "1", "0", "0", "1", "0", "", "0.000", "0.000", "", ""] in lines
    assert ["held", "denials", "study id", "1", "1", "0", "0", "0", "1.000", "1.000", "1.000", "", ""] in lines
    assert [
        "held",
        "intents",
        "first guess right",
        "1",
        "0",
        "0",
        "1",
        "0",
        "",
        "",
        "",
        "0.000",
        "≥ 0.92, missed",
    ] in lines
    assert asked == ["what on earth for"]


def test_errors_are_told_of_the_dev_part_and_never_of_the_held_one(
    capsys: pytest.CaptureFixture[str], sets: Path, asked: list[str]
) -> None:
    told = (
        outcome(capsys, "--sets", sets, "--errors", 50)[1]
        + outcome(capsys, "--sets", sets, "--errors", 50, "--json")[1]
    )
    assert "denials  open-one  payer: gold Zebra Health, read None" in told
    for secret in ("hidden-one", "quaint", "on earth"):
        assert secret not in told


def test_as_many_errors_as_asked_for_the_worst_first(
    capsys: pytest.CaptureFixture[str], sets: Path, asked: list[str]
) -> None:
    first = ITEM.format(id="said-worse", text="They denied my knee MRI, member ID EX-0001.", none=NONE)
    (sets / "denials" / "dev.clerk.yml").write_text(
        first + ITEM.format(id="open-one", text="They denied my knee MRI.", none=NONE)
    )
    errors = json.loads(outcome(capsys, "--sets", sets, "--set", "denials", "--errors", 1, "--json")[1])["eval"][
        "errors"
    ]
    assert [(error["id"], error["field"], error["gold"]) for error in errors] == [("said-worse", "member_id", None)]


def test_the_document_has_rows_and_reliability(
    capsys: pytest.CaptureFixture[str], sets: Path, asked: list[str]
) -> None:
    document: dict[str, Any] = json.loads(outcome(capsys, "--sets", sets, "--part", "held", "--json")[1])["eval"]
    assert {row["part"] for row in document["rows"]} == {"held"} and document["errors"] == []
    row = next(row for row in document["rows"] if row["what"] == "all fields")
    assert (row["n"], row["true_positives"], row["false_negatives"], row["recall"]) == (4, 3, 1, 0.75)
    assert (row["at_least"], row["met"]) == (0.95, False)
    assert sum(found["n"] for found in document["reliability"]) >= 3


def test_the_page_is_filled_in_between_its_marks(
    capsys: pytest.CaptureFixture[str], sets: Path, asked: list[str], tmp_path: Path
) -> None:
    page = tmp_path / "reading.md"
    page.write_text(f"# Before\n\n{BEGIN}\nold\n{END}\n\nafter\n")
    assert outcome(capsys, "--sets", sets, "--write", page)[0] == 0
    text = page.read_text()
    assert text.startswith(f"# Before\n\n{BEGIN}\n\n- `denials/dev.clerk.yml`") and text.endswith(
        f"|\n\n{END}\n\nafter\n"
    )
    assert "old" not in text


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--set", "denial"], "'denial' is not known; did you mean 'denials'?"),
        (["--part", "hold"], "'hold' is not known; did you mean 'held'?"),
        (["--errors", "-1"], "--errors: it must be 0 or more"),
        (["--set", "clinical"], "there is no set to measure; expected files like clinical/dev.WRITER.yml"),
        (["--set", "denials", "--write", "page.md"], "leave out --set and --part"),
        (["--write", "nowhere.md"], "nowhere.md: cannot put the tables there: No such file"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    capsys: pytest.CaptureFixture[str], sets: Path, arguments: list[str], says: str
) -> None:
    status, out, err = outcome(capsys, "--sets", sets, *arguments)
    assert (status, out) == (2, "") and says in err and err.count("\n") == 1


def test_a_page_without_marks_is_refused_before_measuring(
    capsys: pytest.CaptureFixture[str], sets: Path, tmp_path: Path, asked: list[str]
) -> None:
    (tmp_path / "reading.md").write_text("# No marks\n")
    status, _, err = outcome(capsys, "--sets", sets, "--write", tmp_path / "reading.md")
    assert status == 2 and "needs the lines <!-- measured: begin -->" in err and asked == []


def test_a_set_of_the_wrong_shape_is_one_line_with_file_item_and_key(
    capsys: pytest.CaptureFixture[str], sets: Path
) -> None:
    path = sets / "denials" / "dev.clerk.yml"
    path.write_text(path.read_text().replace("side: ,", "sid: ,"))
    status, out, err = outcome(capsys, "--sets", sets, "--json")
    error = json.loads(err)["error"]
    assert status == 2 and out == err and error["code"] == "eval_set"
    assert error["where"].startswith(str(path)) and error["message"].startswith("open-one: unknown key 'sid'")


def test_only_intents_load_the_pipeline(sets: Path) -> None:
    script = (
        "import sys; from bot.cli import main; status = main(sys.argv[1:]); "
        "print([n for n in ('rasa', 'tensorflow', 'sklearn', 'sqlalchemy', 'bot.engine') if n in sys.modules], status, "
        "file=sys.stderr)"
    )
    arguments = ["eval", "--sets", str(sets), "--set", "denials"]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout and done.stderr.strip() == "[] 0"
