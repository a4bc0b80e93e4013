"""The web door as strangers meet it: sessions, tokens, other people's things, odd input, order, once-only, deleting."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

import jwt
import pytest
import requests
import socketio
from chat import Chat, begin
from servers import Server

from actions.cases import Database

CALLS = (("GET", "history"), ("DELETE", "session"), ("GET", "documents/x.pdf"), ("POST", "uploads"))
NOT_OURS = ("/nothing", "/webhooks/rest/webhook", "/webhooks/web/", "/conversations/x/tracker", "/model", "/version")
MADE_BY_A_DOOR = {"emergency", "consent_given", "provide_document", "edit", "start_over_confirmed", "health_check"}


def connects(url: str, token: object, origin: str | None = None) -> bool:
    socket = socketio.Client(reconnection=False, websocket_extra_options={"origin": origin} if origin else None)
    try:
        socket.connect(url, auth={"token": token}, transports=["websocket"], wait_timeout=10)
        return True
    except socketio.exceptions.ConnectionError:
        return False
    finally:
        socket.disconnect()


class TestSessions:
    def test_a_session_is_new_each_time_and_says_until_when(self, server: Server) -> None:
        first, second = begin(server.url), begin(server.url)
        assert first.keys() >= {"session", "token", "expires"}
        assert first["session"] != second["session"]
        expires = datetime.fromisoformat(first["expires"].replace("Z", "+00:00"))
        assert timedelta(days=1) < expires - datetime.now(timezone.utc) < timedelta(days=400)

    def test_it_begins_with_the_greeting_and_a_question_for_consent(self, chat: Chat) -> None:
        assert chat.greeting.messages
        assert all(message["in_reply_to"] is None for message in chat.greeting.messages)
        assert len(chat.greeting.buttons) >= 2

    def test_a_body_that_is_no_object_is_refused_and_an_unknown_code_not_found(self, server: Server) -> None:
        url = f"{server.url}/webhooks/web/sessions"
        assert requests.post(url, json=["code"], timeout=10).status_code == 400
        assert requests.post(url, data="{", timeout=10).status_code == 400
        assert requests.post(url, json={"code": 5}, timeout=10).status_code == 400
        unknown = requests.post(url, json={"code": "no-such-code"}, timeout=10)
        assert unknown.status_code == 404
        assert unknown.json()["error"]["message"]

    def test_two_tabs_at_once_are_greeted_once(self, server: Server) -> None:
        session = begin(server.url)
        tabs: list[Chat] = []
        threads = [
            threading.Thread(target=lambda: tabs.append(Chat(server.url, session))) for _ in range(2)
        ]  # fmt: skip
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tabs[0].wait(None)
        history = tabs[0].history()
        assert len({message["text"] for message in history}) == len(history)
        for tab in tabs:
            tab.close()

    def test_coming_back_is_not_greeted_again(self, chat: Chat, server: Server) -> None:
        before = chat.history()
        chat.close()
        yes = next(iter(chat.greeting.buttons.values()))
        with Chat(server.url, chat.session) as again:
            again.press(yes)
            assert all(message["in_reply_to"] is not None for message in again.received)
            shown = again.history()
        assert [message["id"] for message in shown[: len(before)]] == [message["id"] for message in before]


class TestTokens:
    def forged(self, key: bytes, **changes: object) -> str:
        now = datetime.now(timezone.utc)
        made = {"aud": "overturn-web", "sub": "ab" * 32, "jti": "x", "exp": now + timedelta(hours=1), **changes}
        return jwt.encode({name: value for name, value in made.items() if value is not None}, key, algorithm="HS256")

    def test_only_a_valid_token_connects(self, chat: Chat, server: Server, database: Database) -> None:
        own = database.signing_key("web-session")
        subject = jwt.decode(chat.token, options={"verify_signature": False})["sub"]
        past = datetime.now(timezone.utc) - timedelta(minutes=1)
        assert connects(server.url, self.forged(own, sub=subject)), "the control must connect"
        for token in (
            None,
            "",
            "rubbish",
            5,
            chat.token[:-3],
            self.forged(b"x" * 32, sub=subject),
            self.forged(own, sub=subject, exp=past),
            self.forged(own, sub=subject, exp=None),
            self.forged(own, sub=subject, aud="other"),
            self.forged(own),  # signed by us, for a conversation that never was
        ):
            assert not connects(server.url, token), token

    def test_a_foreign_site_does_not_connect_even_with_a_token(self, chat: Chat, server: Server) -> None:
        assert connects(server.url, chat.token, origin=server.url)
        assert not connects(server.url, chat.token, origin="https://evil.example")
        assert not connects(server.url, chat.token, origin="null")

    @pytest.mark.parametrize("header", [None, "Bearer", "bearer {}", "Bearer  {}", "Basic {}", "{}", "Bearer {}x"])
    def test_http_calls_take_exactly_a_bearer_token(self, chat: Chat, server: Server, header: str | None) -> None:
        headers = {} if header is None else {"Authorization": header.replace("{}", chat.token)}
        for method, path in (
            ("GET", "history"),
            ("DELETE", "session"),
            ("GET", "documents/x.pdf"),
            ("POST", "uploads"),
        ):
            answer = requests.request(method, f"{server.url}/webhooks/web/{path}", headers=headers, timeout=10)
            assert answer.status_code == 401, path
            assert answer.json()["error"]["code"] == "unauthorized"
        assert chat.get("/webhooks/web/history").status_code == 200

    def test_a_token_in_the_address_is_not_read(self, chat: Chat, server: Server) -> None:
        url = f"{server.url}/webhooks/web/history?token={chat.token}&access_token={chat.token}"
        assert requests.get(url, timeout=10).status_code == 401


class TestOtherPeoplesThings:
    def test_a_document_is_for_its_conversation_only(self, new_chat: Callable[[], Chat], database: Database) -> None:
        owner, stranger = new_chat(), new_chat()
        owner.agree()
        stranger.agree()
        paragraph = {"type": "paragraph", "spans": [{"text": "Dear plan", "blank": False}]}
        layout = {"title": "Appeal", "date": [2026, 11, 21], "cover": [paragraph], "body": [paragraph]}
        files = {"layout": json.dumps(layout).encode()}
        with database.unit() as unit:
            conversation = unit.conversation(owner.sender)
            assert conversation is not None and conversation.case_id is not None
            document = unit.add_document(conversation.case_id, "appeal", "Appeal", files, unit.now())

        for format, begins in {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-1.7", "docx": b"PK"}.items():
            answer = owner.document(document, format)
            assert answer.status_code == 200 and answer.content.lower().startswith(begins.lower())
            assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'; style-src 'unsafe-inline'"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cache-Control"] == "no-store"
            assert f".{format}" in answer.headers["Content-Disposition"]
            assert stranger.document(document, format).status_code == 404
        assert owner.document(document, "html").headers["Content-Type"].startswith("text/html")
        assert owner.document(document, "pdf").headers["Content-Type"] == "application/pdf"
        assert owner.document(document, "exe").status_code == 404
        assert owner.document(document, "layout").status_code == 404
        assert owner.document(document[:-1] + "x", "pdf").status_code == 404
        assert owner.get("/webhooks/web/documents/..%2f..%2fvar%2fkey.pdf").status_code == 404

    def test_a_button_is_for_its_conversation_only_and_once(self, new_chat: Callable[[], Chat]) -> None:
        owner, stranger = new_chat(), new_chat()
        yes = next(iter(owner.greeting.buttons.values()))
        assert stranger.press(yes).ack["error"]["code"] == "unknown_choice"
        assert owner.press(yes).ack == {"ok": True}
        assert owner.press(yes).ack["error"]["code"] == "unknown_choice"
        assert owner.press("made-up").ack["error"]["code"] == "unknown_choice"

    def test_nobody_hears_another_conversation(self, new_chat: Callable[[], Chat]) -> None:
        speaker, listener = new_chat(), new_chat()
        heard = len(listener.received)
        speaker.agree()
        speaker.say("hello")
        listener.socket.emit("session_request", {"session_id": speaker.sender})
        listener.agree()
        assert len(listener.received) > heard
        said = {message["id"] for message in speaker.received}
        assert said.isdisjoint(message["id"] for message in listener.received)


class TestOddInput:
    @pytest.mark.parametrize(
        "message",
        [
            None,
            [],
            "hello",
            {},
            {"id": "a"},
            {"id": 5, "text": "hello"},
            {"id": "x" * 65, "text": "hello"},
            {"id": "a", "text": 5},
            {"id": "a", "text": "hello", "choice": "b"},
            {"id": "a", "text": {"toString": "x"}},
        ],
        ids=repr,
    )
    def test_a_message_of_another_shape_is_refused_in_words(self, chat: Chat, message: object) -> None:
        ack = chat.emit(message)
        assert ack["ok"] is False
        assert ack["error"]["code"] == "bad_message"
        assert ack["error"]["message"].endswith(".")

    @pytest.mark.parametrize("text", ["", "   ", "\x00", "\n\n"])
    def test_an_empty_message_is_refused_in_words(self, chat: Chat, text: str) -> None:
        assert chat.say(text).ack["error"]["code"] == "empty"

    def test_binary_parts_end_nothing_but_their_own_socket(self, new_chat: Callable[[], Chat]) -> None:
        odd, other = new_chat(), new_chat()
        odd.socket.emit("user_message", {"id": "a", "text": b"\x00\x01"})
        odd.socket.emit("user_message", b"\xff")
        assert other.agree().messages
        assert other.say("hello").messages

    @pytest.mark.parametrize(
        "command",
        ["/restart", "  /session_start", "/back", "/emergency", "/start_over_confirmed", '/answer{"value": true}'],
    )
    def test_a_typed_command_is_only_words(self, agreed: Chat, database: Database, command: str) -> None:
        answer = agreed.say(command)
        assert answer.ack == {"ok": True}
        assert answer.messages
        with database.unit() as unit:
            events = json.loads(unit.tracker(agreed.sender) or b"[]")
        heard = [event for event in events if event["event"] == "user"]
        assert heard[-1]["text"].lstrip("\u2060") == command.strip()
        assert heard[-1]["parse_data"]["intent"]["name"] not in MADE_BY_A_DOOR
        assert not [event for event in events if event["event"] in ("restart", "undo")]
        assert agreed.history()[-len(answer.messages) - 1]["text"] == command

    def test_control_characters_are_dropped_and_the_conversation_goes_on(self, agreed: Chat) -> None:
        assert agreed.say("my\x00 knee\x1b[31m hurts\x07").messages
        assert "my knee[31m hurts" in [entry["text"] for entry in agreed.history()]
        assert agreed.say("\ud83d half a face").messages
        assert agreed.say("and then?").messages

    def test_twenty_thousand_words_are_refused_in_words_and_the_conversation_goes_on(self, agreed: Chat) -> None:
        answer = agreed.say("knee " * 20_000)
        assert answer.ack["error"]["code"] == "too_long"
        assert "40,000" in answer.ack["error"]["message"]
        assert agreed.say("hello").messages

    def test_more_than_a_frame_may_hold_ends_only_that_socket(self, new_chat: Callable[[], Chat]) -> None:
        heavy, other = new_chat(), new_chat()
        heavy.socket.emit("user_message", {"id": "a", "text": "x" * 2_000_000})
        assert other.agree().messages
        with Chat(heavy.url, heavy.session) as again:
            assert [entry["direction"] for entry in again.history()].count("in") == 0

    def test_an_oversized_body_is_refused(self, server: Server) -> None:
        url = f"{server.url}/webhooks/web/sessions"
        try:
            answer = requests.post(url, data=b"x" * 2_000_000, timeout=10)
        except requests.ConnectionError:
            return  # refused before it was read
        assert answer.status_code == 413


class TestPrivacy:
    def test_no_word_of_a_person_is_printed_whatever_becomes_of_it(self, agreed: Chat, server: Server) -> None:
        marker = "Xenophora-4711"
        agreed.say(f"my name is {marker}")
        agreed.say(f"/restart {marker}")
        agreed.say(f'/inform{{"name": "{marker}"')
        agreed.say(f"{marker} " * 5000)
        agreed.emit({"id": marker * 9, "text": marker})
        agreed.press(marker)
        agreed.get(f"/webhooks/web/documents/{marker}.pdf")
        agreed.get(f"/{marker}?q={marker}")
        requests.post(f"{server.url}/webhooks/web/sessions", data=f'{{"code": "{marker}', timeout=10)
        assert marker not in server.printed.read_text()
        assert all(
            line.startswith(("overturn: ", "rasa ", "actions ")) for line in server.printed.read_text().splitlines()
        )


class TestOnceAndInOrder:
    def test_the_same_id_is_answered_once_and_told_again(self, agreed: Chat) -> None:
        first = agreed.say("hello", "twice")
        again = agreed.say("hello", "twice")
        assert again.ack == {"ok": True}
        assert [message["id"] for message in again.messages] == [message["id"] for message in first.messages]
        assert [entry["id"] for entry in agreed.history()].count("twice") == 1

    def test_messages_sent_without_waiting_are_answered_in_their_order(self, agreed: Chat) -> None:
        order: list[str] = []
        agreed.socket.on("turn_done", lambda done: order.append(done["in_reply_to"]))
        ids = [f"quick-{number}" for number in range(5)]
        for message_id in ids:
            agreed.socket.emit("user_message", {"id": message_id, "text": f"hello {message_id}"})
        ends = time.monotonic() + 60
        while len(order) < 5 and time.monotonic() < ends:
            time.sleep(0.02)
        assert order == ids
        history = agreed.history()
        replies = [entry["in_reply_to"] for entry in history if entry.get("in_reply_to") in ids]
        assert replies == sorted(replies)
        assert set(replies) == set(ids)

    def test_two_tabs_hear_the_same(self, agreed: Chat, server: Server) -> None:
        with Chat(server.url, agreed.session) as tab:
            answer = agreed.say("hello", "from-the-first")
            heard = tab.wait("from-the-first")
            assert [message["id"] for message in heard.messages] == [message["id"] for message in answer.messages]

    def test_the_history_has_both_sides_in_order(self, agreed: Chat) -> None:
        agreed.say("hello", "h1")
        history = agreed.history()
        assert [entry["direction"] for entry in history][0] == "out"
        position = [entry["id"] for entry in history].index("h1")
        assert history[position]["direction"] == "in"
        assert history[position]["text"] == "hello"
        assert history[position + 1]["in_reply_to"] == "h1"
        sent = [message["id"] for message in agreed.received]
        assert [entry["id"] for entry in history if entry["direction"] == "out"] == sent


class TestDeleting:
    def test_a_deleted_conversation_is_gone_and_its_token_with_it(
        self, agreed: Chat, server: Server, database: Database
    ) -> None:
        agreed.say("hello")
        sender = agreed.sender
        with database.unit() as unit:
            assert unit.tracker(sender) is not None, "the control: there was something to delete"
        answer = agreed.delete()
        assert answer.status_code == 200
        assert answer.json()["message"]
        with database.unit() as unit:
            assert unit.conversation(sender) is None
            assert unit.tracker(sender) is None
        assert agreed.get("/webhooks/web/history").status_code == 401
        assert agreed.delete().status_code == 401
        assert not connects(server.url, agreed.token)
        ends = time.monotonic() + 10
        while agreed.socket.connected and time.monotonic() < ends:
            time.sleep(0.02)
        assert not agreed.socket.connected


class TestAddresses:
    def test_the_page_and_the_widget_are_served(self, server: Server) -> None:
        page = requests.get(server.url + "/", timeout=10)
        assert page.status_code == 200
        assert "/widget.js" in page.text
        script = requests.get(server.url + "/widget.js", timeout=10)
        assert script.headers["Content-Type"].startswith("text/javascript")
        again = requests.get(server.url + "/widget.js", headers={"If-None-Match": script.headers["ETag"]}, timeout=10)
        assert again.status_code == 304

    @pytest.mark.parametrize("path", NOT_OURS)
    def test_what_is_not_ours_is_not_there_and_names_no_version(self, server: Server, path: str) -> None:
        for method in ("GET", "POST"):
            answer = requests.request(method, server.url + path, timeout=10)
            assert answer.status_code == 404
            assert answer.json()["error"]["code"] == "not_found"
            shown = (answer.text + str(answer.headers)).lower()
            assert not any(name in shown for name in ("rasa", "sanic", "3.6", "python"))

    def test_long_polling_is_not_offered(self, server: Server) -> None:
        assert requests.get(f"{server.url}/socket.io/?EIO=4&transport=polling", timeout=10).status_code == 400

    def test_another_site_may_not_call_and_the_own_may(self, server: Server) -> None:
        url = f"{server.url}/webhooks/web/sessions"
        foreign = requests.post(url, headers={"Origin": "https://evil.example"}, timeout=10)
        assert foreign.status_code == 403
        assert "Access-Control-Allow-Origin" not in foreign.headers
        own = requests.post(url, headers={"Origin": server.url}, timeout=10)
        assert own.status_code == 201
        assert own.headers["Access-Control-Allow-Origin"] == server.url
        assert "Access-Control-Allow-Credentials" not in own.headers
        asked = requests.options(url, headers={"Origin": server.url}, timeout=10)
        assert asked.status_code == 204
        assert "authorization" in asked.headers["Access-Control-Allow-Headers"]

    def test_it_is_alive_and_ready_and_keeps_no_trace_of_being_asked(self, server: Server, database: Database) -> None:
        assert requests.get(f"{server.url}/healthz", timeout=10).status_code == 200
        ready = requests.get(f"{server.url}/readyz", timeout=30)
        assert (ready.status_code, ready.json()) == (200, {"status": "ok", "missing": []})
        with database.unit() as unit:
            assert unit.tracker("web-" + "0" * 64) is None
