"""A letter sent as a file: read, shown as a card, and never anybody else's."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import requests
from chat import Answer, Chat
from document_files import LETTER, photographed, saved, typeset
from servers import Server, start_server, stop_server

from actions.cases import Database

PICTURE = saved(photographed(), "JPEG")
PAPER = typeset(" \\ ".join(LETTER))
EMERGENCY = "I can't feel anything between my legs since this morning and I can't hold my urine."


def states(answer: Answer) -> dict[str, str]:
    return {row["id"]: row["state"] for card in answer.cards for row in card["rows"]}


def test_a_pdf_is_read_as_a_pasted_letter_is(agreed: Chat) -> None:
    answer = agreed.upload(PAPER)
    assert "The file itself is already deleted" in answer.text
    assert "Date of the letter: November 2, 2026 [read]" in answer.text
    assert "Member ID: EX-4471-09 [read]" in answer.text
    assert all(message["in_reply_to"] == agreed.history()[-1]["in_reply_to"] for message in answer.messages)
    assert "hurts" in answer.messages[-1]["text"]  # and the interview goes on


def test_every_value_of_a_picture_is_to_be_checked_also_after_a_correction(agreed: Chat) -> None:
    answer = agreed.upload(PICTURE)
    assert "Date of the letter: November 2, 2026" in answer.text and "Member ID: EX-4471-09" in answer.text
    assert set(states(answer).values()) == {"confirm"}
    assert "I can misread a picture" in answer.text
    date = next(row for card in answer.cards for row in card["rows"] if row["id"] == "denial.notice_date")
    agreed.press(date["choice"])
    corrected = states(agreed.say("November 12, 2026"))
    assert corrected["denial.notice_date"] == "read"
    assert corrected["denial.member_id"] == "confirm"


def test_before_consent_a_file_waits_as_words_do(chat: Chat, database: Database) -> None:
    answer = chat.upload(PICTURE)
    assert "I need your yes" in answer.text and not answer.cards
    with database.unit() as unit:
        conversation = unit.conversation(chat.sender)
        assert conversation is not None and conversation.case_id is None
        assert unit.transcript(conversation) == () or all(
            "EX-4471-09" not in str(entry.content) for entry in unit.transcript(conversation)
        )
    chat.upload(PICTURE)  # sent again for good measure
    read = chat.agree()
    assert set(states(read).values()) == {"confirm"}
    assert read.text.count("Member ID: EX-4471-09") == 1


def test_the_same_letter_again_counts_once_and_does_not_undo_a_correction(agreed: Chat, database: Database) -> None:
    first = agreed.upload(PAPER)
    date = next(row for card in first.cards for row in card["rows"] if row["id"] == "denial.notice_date")
    agreed.press(date["choice"])
    agreed.say("November 12, 2026")
    again = agreed.upload(PAPER)
    assert "read this one before" in again.text
    assert "Date of the letter: November 12, 2026" in again.text and "November 2, 2026" not in again.text
    with database.unit() as unit:
        conversation = unit.conversation(agreed.sender)
        assert conversation is not None and conversation.case_id is not None
        assert len(unit.documents(conversation.case_id)) == 1


def test_of_the_file_only_its_words_are_kept(agreed: Chat, database: Database) -> None:
    agreed.upload(PICTURE)
    with database.unit() as unit:
        conversation = unit.conversation(agreed.sender)
        assert conversation is not None and conversation.case_id is not None
        (document,) = unit.documents(conversation.case_id)
        assert document.formats == ("txt",)
        assert (unit.document_text(conversation.case_id, document.id) or "").startswith("Example Health Plan")


def test_a_file_is_kept_where_the_person_asks_for_it_and_is_theirs_alone(new_chat: Callable[[], Chat]) -> None:
    chat, other = new_chat(), new_chat()
    early = chat.upload(PICTURE, keep=True)  # before consent nothing is kept
    assert not early.documents and "already deleted" in early.text
    chat.agree()
    other.agree()
    answer = chat.upload(PICTURE, keep=True)
    assert "I keep it with your case, encrypted" in answer.text and "already deleted" not in answer.text
    (link,) = answer.documents
    assert (link["kind"], link["formats"]) == ("original", ["jpeg"])
    fetched = chat.document(link["id"], "jpeg")
    assert fetched.content == PICTURE and fetched.headers["content-type"] == "image/jpeg"
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert fetched.headers["x-content-type-options"] == "nosniff"
    for wrong in ("html", "pdf", "png", "txt", "original", "layout"):
        assert chat.document(link["id"], wrong).status_code == 404
    assert other.document(link["id"], "jpeg").status_code == 404
    assert chat.upload(PICTURE, keep=True).documents == [link]  # the same file is kept once
    chat.delete()
    assert chat.document(link["id"], "jpeg").status_code == 401


def test_an_emergency_in_a_file_is_answered_first(agreed: Chat) -> None:
    answer = agreed.upload(typeset(EMERGENCY))
    assert answer.messages[0]["tone"] == "emergency" and "911" in answer.messages[0]["text"]
    before = agreed.upload(EMERGENCY.encode())
    assert before.messages[0]["tone"] == "emergency"


def test_a_letters_list_of_exceptions_is_no_emergency(agreed: Chat) -> None:
    letter = (Path(__file__).parents[1] / "letters" / "humana_ma_lumbar_exceptions.txt").read_text("utf-8")
    assert not [m for m in agreed.upload(letter.encode()).messages if m["tone"] == "emergency"]


def test_nobody_else_hears_of_it(new_chat: Callable[[], Chat]) -> None:
    owner, other = new_chat(), new_chat()
    owner.agree()
    other.agree()
    heard = len(other.received)
    owner.upload(PAPER)
    other.say("hello")
    assert "EX-4471-09" not in str(other.received[heard:])
    assert "EX-4471-09" not in str(other.history())


def test_after_deleting_nothing_comes(new_chat: Callable[[], Chat]) -> None:
    chat = new_chat()
    chat.agree()
    chat.delete()
    assert chat.post_file(PAPER).status_code == 401


@pytest.mark.parametrize(
    ("data", "status", "code"),
    [
        pytest.param(b"", 400, "empty", id="nothing"),
        pytest.param(b"GIF89a......", 415, "unsupported", id="gif"),
        pytest.param(b"MZ\x90\x00" + bytes(range(256)), 415, "binary", id="a program"),
        pytest.param(b"x" * 20_100_000, 413, "too_large", id="too large"),
    ],
)
def test_what_is_plainly_no_letter_is_refused_at_once(agreed: Chat, data: bytes, status: int, code: str) -> None:
    answer = agreed.post_file(data, "letter.pdf")
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert answer.json()["error"]["message"].endswith(".")
    assert agreed.say("what is a peer to peer").text  # and the talk goes on


@pytest.mark.parametrize("data", [b"%PDF-1.7 cut short", b"PK\x03\x04 word/document.xml", PICTURE[:900]])
def test_what_cannot_be_read_is_said_in_the_conversation(agreed: Chat, data: bytes) -> None:
    assert "damaged" in agreed.upload(data).text
    assert agreed.say("what is a peer to peer").text


def test_a_request_that_is_no_upload(agreed: Chat, server: Server) -> None:
    url, bearer = f"{server.url}/webhooks/web/uploads", {"Authorization": f"Bearer {agreed.token}"}
    assert requests.post(url, headers=bearer, data=b"x", timeout=20).json()["error"]["code"] == "bad_request"
    two = [("a", ("a.txt", b"a letter")), ("b", ("b.txt", b"another"))]
    assert requests.post(url, headers=bearer, files=two, timeout=20).status_code == 400
    foreign = requests.post(
        url, headers={**bearer, "Origin": "https://evil.example"}, files={"file": ("a", b"x")}, timeout=20
    )
    assert foreign.status_code == 403
    assert requests.post(url, files={"file": ("a", PAPER)}, timeout=20).status_code == 401


def test_two_talks_go_on_while_a_picture_is_read(new_chat: Callable[[], Chat]) -> None:
    reader, talker = new_chat(), new_chat()
    reader.agree()
    talker.agree()
    upload = reader.post_file(PICTURE).json()["upload"]
    assert talker.say("what is a peer to peer").text
    assert reader.say("my knee hurts").text  # waits for its turn behind the file
    assert "EX-4471-09" in reader.wait(upload).text


class TestAnotherServer:
    """With the rate limits on and without Tesseract: nobody's letter is lost, and everything else works."""

    @pytest.fixture(scope="class")
    def bare(self, tmp_path_factory: pytest.TempPathFactory) -> object:
        folder = tmp_path_factory.mktemp("bare")
        running = start_server(folder, PATH=str(folder), OVERTURN_RATE_LIMITS="on")
        yield running
        stop_server(running)

    def test_no_pictures_but_all_else(self, bare: Server) -> None:
        with Chat(bare.url) as chat:
            chat.agree()
            assert "This installation can't read pictures" in chat.upload(PICTURE).text
            assert "Member ID: EX-4471-09 [read]" in chat.upload(PAPER).text

    def test_many_files_at_once_are_too_many(self, bare: Server) -> None:
        with Chat(bare.url) as chat:
            answers = [chat.post_file(b"GIF89a").status_code for _ in range(15)]
        assert answers[0] == 415 and answers[-1] == 429
