"""The action server answers only who knows its secret, and an error says nothing of the request."""

from __future__ import annotations

import json
import logging
import queue
import socket
import sys
import threading
import types
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor
from rasa_sdk.interfaces import ActionExecutionRejection

from bot.engine.actions_server import SECRET_HEADER, create_app

SECRET = "s" * 40


class Fine(Action):
    def name(self) -> str:
        return "action_fine"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        dispatcher.utter_message(text="fine")
        return []


class Broken(Action):
    def name(self) -> str:
        return "action_broken"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise ValueError(tracker.latest_message["text"])


class Rejecting(Action):
    def name(self) -> str:
        return "rejecting_form"

    def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[Any]:
        raise ActionExecutionRejection(self.name(), tracker.latest_message["text"])


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """The action server with the actions above, started once: Sanic cannot be started twice in a process."""
    package = types.ModuleType("actions_for_this_test")
    sys.modules[package.__name__] = package
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            ActionExecutor,
            "_register_all_actions",
            lambda self: [self.register_action(action) for action in (Fine, Broken, Rejecting)],
        )
        app = create_app(package.__name__, SECRET)
    del sys.modules[package.__name__]
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    started: queue.Queue[Any] = queue.Queue()
    app.register_listener(lambda _, loop: started.put(loop), "after_server_start")
    serving = threading.Thread(
        target=app.run,
        kwargs={"sock": listener, "register_sys_signals": False, "access_log": False, "motd": False},
        daemon=True,
    )
    serving.start()
    loop = started.get(timeout=30)
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    loop.call_soon_threadsafe(loop.stop)
    serving.join(10)


def call(action: str, text: str = "Pat Example") -> dict[str, Any]:
    message = {"text": text, "intent": {"name": "inform"}, "entities": []}
    tracker = {"sender_id": "web-x", "slots": {}, "latest_message": message, "events": [], "paused": False}
    return {"next_action": action, "sender_id": "web-x", "tracker": tracker, "version": "3.6.21"}


def posted(url: str, body: Any, headers: dict[str, str] | None = None) -> tuple[int, str]:
    data = body if isinstance(body, bytes) else json.dumps(body)
    given = {SECRET_HEADER: SECRET} if headers is None else headers
    answer = requests.post(f"{url}/webhook", data=data, headers=given, timeout=10)
    return answer.status_code, answer.text


def test_who_knows_the_secret_is_answered(url: str) -> None:
    status, text = posted(url, call("action_fine"))
    assert status == 200
    assert json.loads(text)["responses"][0]["text"] == "fine"


@pytest.mark.parametrize(
    "headers", [{}, {SECRET_HEADER: ""}, {SECRET_HEADER: SECRET[:-1]}, {SECRET_HEADER: b"\xe9" * 40}]
)
def test_who_does_not_is_refused(url: str, headers: dict[str, str]) -> None:
    status, text = posted(url, call("action_fine"), headers)
    assert status == 403
    assert "fine" not in text


def test_nothing_else_is_told_without_the_secret(url: str) -> None:
    assert [requests.get(url + path, timeout=10).status_code for path in ("/health", "/actions", "/")] == [403] * 3


def test_an_error_says_nothing_of_the_request(url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, logger="overturn"):
        status, text = posted(url, call("action_broken"))
    assert status == 500
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("overturn")]
    assert any("ValueError" in line for line in ours)
    assert not any("Pat" in line for line in [text, *ours])


def test_a_rejection_has_the_shape_that_rasa_reads(url: str) -> None:
    status, text = posted(url, call("rejecting_form"))
    assert status == 400
    assert json.loads(text)["action_name"] == "rejecting_form"
    assert "Pat" not in text


@pytest.mark.parametrize("body", [b"", b"[]", b"5", b"{", b"\xff\xfe"])
def test_what_is_no_call_is_refused(url: str, body: bytes) -> None:
    status, _ = posted(url, body)
    assert 400 <= status < 500


def test_an_unknown_action_and_a_flood_are_refused(url: str) -> None:
    assert posted(url, call("action_secret"))[0] == 404
    try:
        status, _ = posted(url, b"x" * 5_000_000)
    except requests.ConnectionError:
        return  # refused before it was all sent
    assert status == 413
