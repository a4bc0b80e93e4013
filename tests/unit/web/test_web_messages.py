"""What a client may send, and how the assistant's replies look on the wire."""

from __future__ import annotations

import pytest

from actions.casework.replies import Button, Card, DocumentLink, Reply, Row
from bot.channels.web.messages import (
    WORD_JOINER,
    RefusedError,
    as_plain_text,
    bot_message,
    cleaned,
    read_user_message,
    reply_of,
)


def refusal(data: object) -> str:
    with pytest.raises(RefusedError) as caught:
        read_user_message(data)
    assert caught.value.message
    return caught.value.code


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "hello",
        5,
        {},
        {"text": "hello"},
        {"id": 5, "text": "hello"},
        {"id": "", "text": "hello"},
        {"id": "x" * 65, "text": "hello"},
        {"id": "a b", "text": "hello"},
        {"id": "a\x00", "text": "hello"},
        {"id": "é", "text": "hello"},
        {"id": "a"},
        {"id": "a", "text": 5},
        {"id": "a", "text": ["hello"]},
        {"id": "a", "text": b"hello"},
        {"id": "a", "text": "hello", "choice": "b"},
        {"id": "a", "choice": 5},
    ],
    ids=repr,
)
def test_a_message_of_another_shape_is_refused(data: object) -> None:
    assert refusal(data) == "bad_message"


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\x00\x07", "\u2003"])
def test_a_message_without_words_is_empty(text: str) -> None:
    assert refusal({"id": "a", "text": text}) == "empty"


def test_a_choice_that_is_no_id_is_unknown() -> None:
    assert refusal({"id": "a", "choice": "x" * 65}) == "unknown_choice"
    assert refusal({"id": "a", "choice": ""}) == "unknown_choice"


def test_words_and_a_choice_are_read() -> None:
    assert read_user_message({"id": "a", "text": " my knee "}).text == " my knee "
    assert read_user_message({"id": "a", "choice": "b"}).choice == "b"
    assert read_user_message({"id": "a", "choice": "b", "text": None}).choice == "b"


def test_control_characters_go_and_everything_people_write_stays() -> None:
    assert cleaned("a\x00b\x1b[31m\x85c") == "ab[31mc"
    assert cleaned("one\r\ntwo\rthree\tfour") == "one\ntwo\nthree\tfour"
    assert cleaned("half \ud83d of a face") == "half  of a face"
    assert cleaned("¿Qué? 🦵 ½ “x”") == "¿Qué? 🦵 ½ “x”"


@pytest.mark.parametrize("text", ["/restart", "  /emergency", '/answer{"value": 1}', "/", "\u00a0/restart"])
def test_a_leading_slash_is_only_a_slash(text: str) -> None:
    assert not as_plain_text(text).strip().startswith("/")
    assert as_plain_text(text).lstrip(WORD_JOINER) == text.strip()


def test_other_words_are_left_as_they_are() -> None:
    assert as_plain_text(" 1/2 tablet ") == " 1/2 tablet "


def test_a_reply_on_the_wire_has_random_ids_that_stand_for_what_was_offered() -> None:
    edit = Button("Change", "edit", {"fact": "symptom_weeks"})
    reply = Reply(
        "**Six weeks?**",
        (Button("Yes", "answer", {"value": True}), Button("No", "answer", {"value": False})),
        Card(
            "reading",
            "What I read",
            (Row("a", "Weeks", "6", "confirm", "letter", "you", edit), Row("b", "", "", "read")),
        ),
        (DocumentLink("d1", "appeal", "Appeal letter"),),
        tone="emergency",
    )
    message, offered = bot_message(reply, "m1")
    again, _ = bot_message(reply, "m1")

    assert message["in_reply_to"] == "m1"
    assert message["text"] == "**Six weeks?**"
    assert message["tone"] == "emergency"
    assert [button["title"] for button in message["buttons"]] == ["Yes", "No"]
    assert offered[message["buttons"][1]["id"]] == {"title": "No", "intent": "answer", "value": {"value": False}}
    rows = message["card"]["rows"]
    assert offered[rows[0]["choice"]]["value"] == {"fact": "symptom_weeks"}
    assert rows[1]["choice"] is None
    assert message["documents"] == [
        {"id": "d1", "kind": "appeal", "title": "Appeal letter", "formats": ["html", "pdf", "docx"]}
    ]
    assert len(offered) == 3
    assert message["id"] != again["id"]
    assert {b["id"] for b in message["buttons"]}.isdisjoint(b["id"] for b in again["buttons"])
    assert "answer" not in str(message), "what a button stands for stays on the server"


def test_what_rasa_says_is_read_back_as_the_reply_it_was() -> None:
    reply = Reply("Text", (Button("A", "why"),), Card("check", "Title", (Row("a", "b", "c", "met"),)))
    assert reply_of({"custom": reply.to_json(), "text": None}) == reply
    plain = reply_of({"text": "Hello\n\nthere", "buttons": [{"title": "Go on", "payload": '/resume{"a": 1}'}]})
    assert plain == Reply("Hello\n\nthere", (Button("Go on", "resume"),))
    assert reply_of({"text": None, "custom": {}}) is None
