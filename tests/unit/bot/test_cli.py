"""The `overturn` command: what it prints, how it fails, and what it never loads."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import docx
import pypdfium2
import pytest
import typst

from bot import cli
from criteria import ids, library

LETTER = """Example Health Plan
Date: November 2, 2026

Dear Pat Example,
Member ID: EX-0001
We reviewed the request for MRI lumbar spine without contrast (CPT 72148). The request is denied because it is not
medically necessary: the notes do not show six weeks of conservative treatment such as physical therapy.
You have 60 days from the date of this notice to ask for an appeal.
"""
CASE = """
as_of: 2026-11-21
study: {id: mri-lumbar-spine, cpt: ["72148"]}
plan: {type: medicare_advantage, state: OH}
denial: {notice_date: 2026-11-02, service: pre, level: initial, reasons: [conservative_care]}
patient: {age: 54}
symptom_weeks: 9
findings:
  - {id: low_back_pain, charted: yes}
treatments:
  - {kind: physical_therapy, weeks: 6, start: 2026-09-01, end: 2026-10-13, directed: provider, outcome: none,
     charted: yes}
"""


@pytest.fixture(autouse=True)
def _pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTURN_TODAY", "2026-11-21")


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "letter.txt"
    path.write_text(LETTER, "utf-8")
    return path


@pytest.fixture
def case(tmp_path: Path) -> Path:
    path = tmp_path / "case.yml"
    path.write_text(CASE, "utf-8")
    return path


def outcome(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    status = cli.main([str(argument) for argument in arguments])
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> dict[str, str]:
    """The error of a command that must fail the same way for people and for programs."""
    status, out, err = outcome(capsys, *arguments)
    assert status == 2 and out == "" and err.startswith("overturn: ") and err.count("\n") == 1
    status, out, line = outcome(capsys, *arguments, "--json")
    assert status == 2 and out == line and line.count("\n") == 1
    error = json.loads(line)["error"]
    assert set(error) == {"code", "message", "where"} and error["message"] in err
    return error


# -- read


def test_read_prints_the_contracts_document(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    status, out, err = outcome(capsys, "read", letter, "--json")
    document = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert document["kind"] == "denial_letter"
    assert document["denial"]["notice_date"] == "2026-11-02"
    assert document["study"]["cpt"] == ["72148"] and document["study"]["id"] == "mri-lumbar-spine"
    assert {
        "kind", "denial", "study", "findings", "treatments", "imaging", "symptom_weeks", "age", "emergency", "urgent",
        "fields",
    } <= set(document)  # fmt: skip
    for items in (document["findings"], document["treatments"], document["imaging"], document["fields"].values()):
        assert all(LETTER[item["start"] : item["end"]] == item["words"] for item in items)


def test_read_gives_one_line_a_file_in_order_and_goes_on_after_a_bad_one(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, letter: Path
) -> None:
    message = tmp_path / "message.txt"
    message.write_text("My knee has hurt for 8 weeks.", "utf-8")
    status, out, _ = outcome(capsys, "read", letter, tmp_path / "missing.txt", message, "--json")
    first, second, third = (json.loads(line) for line in out.splitlines())
    assert status == 2
    assert first["kind"] == "denial_letter" and third["symptom_weeks"] == 8
    assert second["error"]["code"] == "not_found" and second["error"]["where"].endswith("missing.txt")


def test_read_from_standard_input_counts_from_the_given_day(letter: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "read", "-", "--today", "2026-11-21", "--json"],
        input=b"My back has hurt since September 1, 2026.",
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["symptom_weeks"] == pytest.approx(81 / 7, abs=1)


def test_read_for_people_shows_what_was_read(capsys: pytest.CaptureFixture[str], letter: Path) -> None:
    status, out, _ = outcome(capsys, "read", letter)
    assert status == 0 and "a denial letter" in out and "2026-11-02" in out and "72148" in out


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_letters_from_other_editors_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(LETTER.replace("notes do not", "doctor’s notes do not").encode(encoding))
    status, out, _ = outcome(capsys, "read", path, "--json")
    assert status == 0 and json.loads(out)["denial"]["notice_date"] == "2026-11-02"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b" \n\t\n", "empty", id="blanks"),
        pytest.param(b"\x00\x00\x00\x18ftypheic....", "unsupported", id="heic"),
        pytest.param(bytes(range(256)) * 4, "binary", id="all bytes"),
        pytest.param(b"text with a \x00 in it", "binary", id="a nul"),
        pytest.param(b"denied " * 30_000, "too_large", id="long"),
        pytest.param(b"denied " * 300_000, "too_large", id="very long"),
    ],
)
def test_files_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, code: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)
    for command in ("read", "check"):
        error = refused(capsys, command, path)
        assert error["code"] == code and error["where"] == str(path)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\n%...", b"PK\x03\x04 word/document.xml", b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0..JFIF"]
)
def test_a_damaged_document_is_named_so_and_is_no_case(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    error = refused(capsys, "read", path)
    assert error["code"] == "broken" and error["where"] == str(path)
    assert refused(capsys, "check", path)["code"] == "unsupported"


def test_letters_as_pdf_word_and_picture_are_read_in_order(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "1").write_bytes(typst.compile("\n\n".join(LETTER.splitlines()).encode()))
    document = docx.Document()
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    document.save(str(tmp_path / "2"))
    page = pypdfium2.PdfDocument(tmp_path / "1")[0].render(scale=200 / 72).to_pil()
    page.save(tmp_path / "3", "PNG")
    (tmp_path / "4.pdf").write_bytes(b"%PDF-1.7 cut short")
    status, out, err = outcome(capsys, "read", *(tmp_path / name for name in ("1", "2", "3", "4.pdf")), "--json")
    *found, error = [json.loads(line) for line in out.splitlines()]
    assert status == 2 and error["error"]["code"] == "broken" and json.loads(err) == error
    assert [reading["document"]["kind"] for reading in found] == ["pdf", "docx", "png"]
    assert [reading["document"]["picture"] for reading in found] == [False, False, True]
    for reading in found:
        assert reading["kind"] == "denial_letter"
        assert (reading["denial"]["notice_date"], reading["denial"]["member_id"]) == ("2026-11-02", "EX-0001")
        date_read = reading["fields"]["notice_date"]
        assert reading["document"]["text"][date_read["start"] : date_read["end"]] == date_read["words"]
    sure = [reading["fields"]["member_id"]["confidence"] for reading in found]
    assert sure[2] < sure[0] == sure[1]
    status, out, _ = outcome(capsys, "read", tmp_path / "3")
    assert status == 0 and "Read from a picture: please check every value." in out


def test_a_missing_file_a_folder_and_an_unreadable_name(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert refused(capsys, "read", tmp_path / "none.txt")["code"] == "not_found"
    assert refused(capsys, "check", tmp_path)["code"] == "directory"
    assert refused(capsys, "read", "x" * 5000)["code"] == "unreadable"


def test_the_longest_text_that_is_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "case.yml"
    path.write_text(CASE + "#" + "é" * (200_000 - len(CASE) - 1), "utf-8")
    assert outcome(capsys, "check", path, "--json")[0] == 0
    path.write_text(CASE + "#" + "é" * (200_000 - len(CASE)), "utf-8")
    assert refused(capsys, "check", path)["code"] == "too_large"


# -- check


def test_check_prints_the_contracts_document(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    status, out, err = outcome(capsys, "check", case, "--json")
    document = json.loads(out)
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert document["as_of"] == "2026-11-21" and document["study"] == "mri-lumbar-spine"
    assert document["verdict"] in ids.VERDICTS
    assert {
        "decided_by", "emergency", "urgent", "red_flag_exception", "guidelines", "gaps", "ways", "next_question",
        "right_step", "right_step_why",
    } <= set(document)  # fmt: skip
    safe = {item["id"]: item["safe"] for item in document["deadlines"]}
    assert safe["ma_reconsideration"] == "2027-01-01"


def test_check_for_people_names_what_is_missing_and_who_has_it(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    document = json.loads(outcome(capsys, "check", case, "--json")[1])
    status, out, _ = outcome(capsys, "check", case)
    flat = " ".join(out.split())
    assert status == 0
    findings = library.load().findings
    for number, gap in enumerate(document["gaps"], 1):
        known = gap["kind"] == "ask" and gap["fact"] in findings
        said = findings[gap["fact"]].say if known else gap["say"].rstrip(".")
        assert f"({gap['who']})" in flat and " ".join(said.split()) in flat and str(number) in flat
    if document["next_question"]:
        assert " ".join(document["next_question"]["say"].split()) in flat
    assert "by 2027-01-01" in flat and "Sources" in out
    assert max(map(len, out.splitlines())) <= 100


def test_a_case_that_cannot_be_used_says_where(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "case.yml"
    path.write_text(CASE.replace("mri-lumbar-spine", "mri-lumbar-spin"), "utf-8")
    error = refused(capsys, "check", path)
    assert error["code"] == "unknown_id" and "mri-lumbar-spine" in error["message"]
    assert error["where"].startswith(str(path)) and "study.id" in error["where"]
    path.write_text(CASE.replace("as_of: 2026-11-21", "as_of: 2026-11-31"), "utf-8")
    assert refused(capsys, "check", path)["code"] == "bad_date"


def test_a_case_may_come_on_standard_input_as_json() -> None:
    case = {"as_of": "2026-11-21", "study": {"id": "mri-knee"}}
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "check", "-", "--json"],
        input=json.dumps(case).encode(),
        capture_output=True,
        check=True,
    )
    assert json.loads(done.stdout)["study"] == "mri-knee"


# -- draft


def test_draft_writes_the_documents_and_says_what_they_rest_on(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, case: Path
) -> None:
    folder = tmp_path / "new" / "out"
    status, out, err = outcome(capsys, "draft", case, "--out", folder, "--json")
    assert (status, err, out.count("\n")) == (0, "", 1)
    (document,) = json.loads(out)["documents"]
    assert document["kind"] == "appeal" and document["voice"] == "patient"
    assert document["files"] == ["appeal.html", "appeal.pdf", "appeal.docx"]
    assert sorted(document["files"]) == sorted(path.name for path in folder.iterdir())
    assert (folder / "appeal.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "appeal.docx").read_bytes().startswith(b"PK")
    assert document["assertions"] and all(set(a) == {"text", "facts", "sources"} for a in document["assertions"])


def test_draft_in_one_format(capsys: pytest.CaptureFixture[str], tmp_path: Path, case: Path) -> None:
    arguments = ("draft", case, "--out", tmp_path / "out", "--documents", "appeal,appeal", "--format", "html")
    status, out, _ = outcome(capsys, *arguments, "--json")
    (document,) = json.loads(out)["documents"]
    assert status == 0 and document["files"] == ["appeal.html"]
    status, out, _ = outcome(capsys, *arguments)
    assert status == 0 and "out/appeal.html" in out
    assert all(blank in " ".join(out.split()) for blank in document["blanks"])


def test_nothing_is_appealed_that_nobody_has_denied(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, case: Path
) -> None:
    case.write_text(CASE.replace("service: pre,", "denied: false, service: pre,"), "utf-8")
    assert refused(capsys, "draft", case, "--out", tmp_path / "out")["code"] == "not_denied"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("--documents", "expedited"), "unavailable", "in the patient's voice: appeal"),
        (("--documents", "fax_cover", "--voice", "clinic"), "unavailable", "in the patient's voice: appeal"),
        (("--documents", "appeel"), "unknown_id", "did you mean 'appeal'?"),
        (("--documents", ","), "usage", "names nothing"),
        (("--format", "odt"), "unknown_id", "use one of html, pdf, docx"),
        (("--voice", "clinc"), "unknown_id", "did you mean 'clinic'?"),
    ],
)
def test_draft_refuses_what_it_cannot_make_and_writes_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, case: Path, arguments: tuple[str, ...], code: str, says: str
) -> None:
    error = refused(capsys, "draft", case, "--out", tmp_path / "out", *arguments)
    assert error["code"] == code and says in error["message"]
    assert not (tmp_path / "out").exists()


def test_draft_to_a_place_that_is_no_folder(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    assert refused(capsys, "draft", case, "--out", case, "--format", "html")["code"] == "unwritable"


# -- deadlines


def test_deadlines_prints_the_contracts_document(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("deadlines", "--plan-type", "medicare_advantage", "--notice-date", "2026-11-20", "--json")
    status, out, err = outcome(capsys, *arguments)
    first = json.loads(out)["deadlines"][0]
    assert (status, err, out.count("\n")) == (0, "", 1)
    assert first["id"] == "ma_reconsideration" and first["clock"] == "internal_appeal"
    assert (first["safe"], first["outer"], first["filed_when"]) == ("2027-01-19", "2027-01-24", "received")
    assert set(first) == {
        "id", "clock", "safe", "outer", "filed_when", "rule", "cite", "check_letter", "warnings",
    }  # fmt: skip


def test_every_option_of_deadlines_counts(capsys: pytest.CaptureFixture[str]) -> None:
    def ids_of(*arguments: str) -> dict[str, dict]:
        out = outcome(capsys, "deadlines", "--notice-date", "2026-11-02", *arguments, "--json")[1]
        return {item["id"]: item for item in json.loads(out)["deadlines"]}

    assert ids_of()["plan_type_unknown"]["safe"] is None
    assert "oh_ext" in ids_of("--plan-type", "erisa_insured", "--state", "oh", "--level", "internal_upheld")
    assert "tricare_expedited" in ids_of("--plan-type", "tricare", "--service", "pre", "--urgent")
    assert "tricare_expedited" not in ids_of("--plan-type", "tricare", "--service", "post", "--urgent")
    assert "uhc_peer_to_peer" in ids_of("--plan-type", "erisa_insured", "--payer", "UHC")
    received = ids_of("--plan-type", "medicare_advantage", "--received", "2026-11-12")
    assert received["ma_reconsideration"]["outer"] == "2027-01-11"
    late = ids_of("--plan-type", "medicare_advantage", "--today", "2027-02-01")["ma_reconsideration"]
    assert "This date has passed" in " ".join(late["warnings"])


@pytest.mark.parametrize(
    ("arguments", "code", "where"),
    [
        (("--plan-type", "medicare-advantage"), "unknown_id", "--plan-type"),
        (("--state", "Ohio"), "unknown_id", "--state"),
        (("--service", "before"), "unknown_id", "--service"),
        (("--level", "first"), "unknown_id", "--level"),
        (("--notice-date", "2026-02-30"), "bad_date", "--notice-date"),
        (("--notice-date", "11/02/2026"), "bad_date", "--notice-date"),
        (("--received", "1826-11-02"), "bad_date", "--received"),
        (("--today", "soon"), "bad_date", "--today"),
        (("--plan",), "usage", ""),
    ],
)
def test_deadlines_refuses_what_it_does_not_know(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: str, where: str
) -> None:
    error = refused(capsys, "deadlines", *arguments)
    assert (error["code"], error["where"]) == (code, where)


def test_a_bad_pinned_date_is_named(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTURN_TODAY", "tomorrow")
    assert refused(capsys, "deadlines")["where"] == "OVERTURN_TODAY"


def test_the_pinned_date_is_the_day_that_counts(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("deadlines", "--plan-type", "medicaid_managed", "--notice-date", "2026-11-02")
    monkeypatch.setenv("OVERTURN_TODAY", "2026-12-30")
    assert "Only 2 days left" in outcome(capsys, *arguments)[1]
    monkeypatch.delenv("OVERTURN_TODAY")
    soon = (date.today() - timedelta(days=57)).isoformat()
    assert "Only 3 days left" in outcome(capsys, *arguments[:-1], soon)[1]


def test_deadlines_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    out = outcome(capsys, "deadlines", "--plan-type", "medicare_advantage", "--notice-date", "2026-11-20")[1]
    assert "Appeal to the plan: by 2027-01-19 (the rule may allow until 2027-01-24)" in out
    out = outcome(capsys, "deadlines", "--plan-type", "medicaid_ffs", "--notice-date", "2026-09-01")[1]
    assert "check your letter (never later than 2026-11-30)" in out


# -- the rest


def test_library_check_counts_what_it_read(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = outcome(capsys, "library", "check", "--json")
    counts = json.loads(out)["library"]
    assert status == 0 and counts["deadline_rules"] > 30 and counts["studies"] > 0
    assert "The library is sound" in outcome(capsys, "library", "check")[1]


def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, "frobnicate")["code"] == "usage"
    assert refused(capsys, "read")["code"] == "usage"
    assert refused(capsys, "check", "a", "b")["code"] == "usage"


def test_help_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    assert ended.value.code == 0 and "deadlines" in capsys.readouterr().out


NEVER = ("rasa", "rasa_sdk", "tensorflow", "sqlalchemy", "sanic", "torch", "sklearn")


@pytest.mark.parametrize("command", ["read", "check", "draft", "deadlines"])
def test_no_command_but_run_loads_rasa(command: str, tmp_path: Path, letter: Path, case: Path) -> None:
    arguments = {
        "read": ["read", str(letter)],
        "check": ["check", str(case)],
        "draft": ["draft", str(case), "--out", str(tmp_path / "out")],
        "deadlines": ["deadlines", "--plan-type", "fehb", "--notice-date", "2026-11-02"],
    }[command]
    script = (
        "import sys; from bot.cli import main; status = main(sys.argv[1:]); "
        f"print([name for name in {NEVER} if name in sys.modules], status, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    assert done.stdout and done.stderr.strip() == "[] 0"


def test_a_reader_that_leaves_early_is_no_error() -> None:
    command = [sys.executable, "-m", "bot.cli", "deadlines", "--plan-type", "fehb", "--notice-date", "2026-11-02"]
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(command, stdout=write_end, stderr=subprocess.PIPE, check=False)
    os.close(write_end)
    assert done.returncode == 141 and done.stderr == b""


def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "today_of", interrupted)
    assert outcome(capsys, "deadlines") == (130, "", "")


def test_run_starts_the_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bot.server", type(sys)("bot.server"))
    sys.modules["bot.server"].main = lambda: 3  # type: ignore[attr-defined]
    assert cli.main(["run"]) == 3
