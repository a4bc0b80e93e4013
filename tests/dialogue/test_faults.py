"""Actions that raise or hang, an action server that dies: one true sentence, and nothing lost or half-written."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from chat import Chat
from servers import ROOT, Server, start_server, stop_server

SECRET = "Xylophonia Marker-7731"


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server of its own, whose action server fails on certain words and may be killed."""
    path = os.pathsep.join([str(Path(__file__).parent / "faults"), str(ROOT)])
    server = start_server(tmp_path_factory.mktemp("faulty"), PYTHONPATH=path)
    yield server
    stop_server(server)


@pytest.fixture
def talk(faulty: Server) -> Iterator[Chat]:
    """A conversation in the middle of the intake form."""
    with Chat(faulty.url) as chat:
        chat.agree()
        chat.say("it is an MRI of my lower back")
        yield chat


def one_true_sentence(text: str) -> None:
    assert "could not finish" in text
    assert text.count("could not finish") == 1
    assert "appeal" not in text.lower().replace("is safe", "")


def test_an_action_that_raises(talk: Chat) -> None:
    failed = talk.say(f"I have numbness in my foot please-raise {SECRET}")
    assert "could not finish" in failed.messages[0]["text"]
    assert not failed.documents
    again = talk.say("I have numbness in my foot")
    assert "numbness" in again.text.lower()


def test_an_action_that_hangs_writes_nothing_later(talk: Chat) -> None:
    failed = talk.say("I have had a fever since Monday please-hang")
    assert "could not finish" in failed.text
    assert "Noted" not in failed.text
    again = talk.say("I have had a fever since Monday")
    assert "fever" in again.text.lower()


def action_server(server: Server) -> int:
    """The process id of the server's action server."""
    listed = subprocess.run(["ps", "-eo", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    found = [line.split(None, 2) for line in listed.splitlines() if "actions_server" in line]
    return next(int(pid) for pid, parent, _ in found if int(parent) == server.process.pid)


def test_the_action_server_killed_in_the_middle_of_a_form(faulty: Server, talk: Chat) -> None:
    talk.say("my lower back hurts, for 9 weeks")
    # The launcher is held, so that it cannot start another action server while this is looked at.
    os.kill(faulty.process.pid, signal.SIGSTOP)
    try:
        os.kill(action_server(faulty), signal.SIGKILL)
        failed = talk.say("I did physical therapy for 6 weeks")
        assert "could not finish" in failed.text
        assert not failed.documents
        emergency = talk.say("I suddenly can't feel when I wipe and I can't pee")
        assert "911" in emergency.messages[0]["text"]
    finally:
        os.kill(faulty.process.pid, signal.SIGCONT)
    for _ in range(60):
        if requests.get(f"{faulty.url}/readyz", timeout=30).status_code == 200:
            break
    talk.press("I am safe")
    assert "could not" not in talk.say("I did physical therapy for 6 weeks").text
    # It was kept when it could not be answered, and stands once.
    noted = [row for row in talk.say("what have you noted?").text.lower().splitlines() if "[missing]" not in row]
    assert sum("physical therapy" in row for row in noted) == 1


def test_a_secret_stands_in_no_log(faulty: Server, talk: Chat) -> None:
    talk.say(f"my name is {SECRET} and my back hurts")
    talk.say(f"please-raise {SECRET}")
    talk.say(f"Dear {SECRET}, your request for an MRI of the lumbar spine is denied. " * 12)
    talk.say(f"/affirm{{'{SECRET}'}}")
    printed = faulty.printed.read_bytes()
    assert SECRET.encode() not in printed
    for path in faulty.printed.parent.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes(), path.name
    database = sqlite3.connect(faulty.database_url.removeprefix("sqlite:///"))
    assert database.execute("select count(*) from facts").fetchone()[0] > 0
