"""Starting and stopping: what cannot work is said in one line, and nothing is left running."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
from servers import ROOT, Server, start_server, stop_server


def overturn(folder: Path, **environ: str) -> subprocess.Popen[str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OVERTURN_", "SLACK_"))}
    own = {"OVERTURN_DATABASE_URL": f"sqlite:///{folder / 'o.db'}", "OVERTURN_KEY": KEY, "OVERTURN_PORT": free_port()}
    return subprocess.Popen(
        [sys.executable, "-m", "bot.server"],
        cwd=ROOT,
        env={**ours, **own, **environ},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="


def children_of(pid: int) -> set[int]:
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return {int(line) for line in found.stdout.split()}


def running(pid: int) -> bool:
    """Whether a process still does something; one that nobody has collected yet does not."""
    try:
        return not re.search(r"^State:\s+[ZX]", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
    except FileNotFoundError:
        return False


def until(condition: object, seconds: float) -> bool:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OVERTURN_PORT", "five"),
        ("OVERTURN_TODAY", "tomorrow"),
        ("OVERTURN_KEY", "too-short"),
        ("OVERTURN_DATABASE_URL", "sqlite://"),
        ("OVERTURN_RETENTION_DAYS", "0"),
        ("OVERTURN_ALLOWED_ORIGINS", "*"),
    ],
)
def test_a_value_that_cannot_be_used_stops_the_start_in_one_line(tmp_path: Path, name: str, value: str) -> None:
    _, said = (process := overturn(tmp_path, **{name: value})).communicate(timeout=60)
    assert process.returncode == 1
    assert len(said.splitlines()) == 1
    assert name in said
    assert "Traceback" not in said


def test_another_key_than_the_databases_stops_the_start_in_one_line(tmp_path: Path) -> None:
    from actions.cases import new_key, open_database

    open_database(f"sqlite:///{tmp_path / 'o.db'}", new_key()).migrate()
    _, said = (process := overturn(tmp_path)).communicate(timeout=60)
    assert process.returncode == 1
    assert len(said.splitlines()) == 1
    assert "key" in said.lower()


def test_a_taken_port_stops_the_start_in_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        _, said = (process := overturn(tmp_path, OVERTURN_PORT=port)).communicate(timeout=60)
    assert process.returncode == 1
    assert len(said.splitlines()) == 1
    assert "OVERTURN_PORT" in said and port in said


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = start_server(tmp_path_factory.mktemp("own"))
    yield server
    stop_server(server)


def test_it_says_one_line_a_step_and_where_to_go(own_server: Server) -> None:
    lines = own_server.printed.read_text().splitlines()
    assert all(line.startswith("overturn: ") for line in lines)
    assert until(lambda: own_server.url + "/" in own_server.printed.read_text(), 10)


def test_a_stop_while_starting_ends_everything(tmp_path: Path, own_server: Server) -> None:
    process = overturn(tmp_path)
    assert until(lambda: len(children_of(process.pid)) == 2, 60)
    children = children_of(process.pid)
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert until(lambda: not any(running(child) for child in children), 10)


def test_when_the_parent_is_killed_nothing_is_left_running(own_server: Server) -> None:
    children = children_of(own_server.process.pid)
    assert len(children) == 2
    own_server.process.kill()
    own_server.process.wait()
    assert until(lambda: not any(running(child) for child in children), 10)
    with pytest.raises(requests.ConnectionError):
        requests.get(own_server.url + "/healthz", timeout=5)
