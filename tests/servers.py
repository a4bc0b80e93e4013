"""Starts the assistant as `overturn run` does, for tests and measurements: model, action server, database, web door."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parents[1]
TODAY = "2026-11-21"
_START_SECONDS = 480.0


@dataclass(frozen=True)
class Server:
    """A running assistant: its address, its process, its database and all that it has printed so far."""

    url: str
    process: subprocess.Popen[bytes]
    database_url: str
    key: str
    printed: Path


def start_server(folder: Path, **environ: str) -> Server:
    """Starts `overturn run` with a database and a key of its own, and waits until it can answer a turn."""
    from actions.cases import new_key

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database_url, key, printed = f"sqlite:///{folder / 'overturn.db'}", new_key(), folder / "printed.txt"
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("OVERTURN_", "SLACK_"))}
    with printed.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.server"],
            cwd=ROOT,
            env={
                **ours,
                "OVERTURN_DATABASE_URL": database_url,
                "OVERTURN_KEY": key,
                "OVERTURN_PORT": str(port),
                "OVERTURN_TODAY": TODAY,
                "OVERTURN_RATE_LIMITS": "off",
                **environ,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    server = Server(f"http://127.0.0.1:{port}", process, database_url, key, printed)
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            if requests.get(f"{server.url}/readyz", timeout=30).status_code == 200:
                return server
        except requests.RequestException:
            pass
        time.sleep(0.3)
    stop_server(server)
    raise AssertionError("the server did not become ready:\n" + printed.read_text())


def stop_server(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(20)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()
