"""`make bench`: how long a turn takes, and a check, and reading a letter; beside a bare Rasa starter project.

Closed loop, no think time, over the real doors on loopback; the client runs on the same machine. Prints one table.
"""

from __future__ import annotations

import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from chat import Chat  # noqa: E402
from servers import start_server, stop_server  # noqa: E402

TALK = (
    "my lower back hurts and it goes down my left leg, for about 3 months",
    "it is an MRI of the lumbar spine",
    "they said I need physical therapy first",
    "what is a peer to peer",
    "I did six weeks of physical therapy and it did not help",
    "no fever",
    "why do you ask",
    "it is a plan from my job",
    "I don't know",
)
STARTER_TALK = ("hello", "i am sad", "no", "hi there", "great", "are you a bot", "not good", "yes", "bye")


def row(name: str, seconds: list[float]) -> None:
    """Prints one line of the table: n, p50 and p95 in milliseconds."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    print(f"{name:<58} {len(ordered):>5} {statistics.median(ordered) * 1000:>8.1f} {p95 * 1000:>8.1f}", flush=True)


def timed(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def converse(url: str, turns: int) -> list[float]:
    """One conversation of so many turns; the seconds of each."""
    with Chat(url) as chat:
        chat.agree()
        return [timed(lambda n=n: chat.say(TALK[n % len(TALK)]), 1)[0] for n in range(turns)]


def at_once(talk: Callable[[], list[float]], people: int) -> list[float]:
    """The same talk by several people at the same time."""
    taken: list[float] = []
    threads = [threading.Thread(target=lambda: taken.extend(talk())) for _ in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return taken


def overturn() -> None:
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        server = start_server(Path(folder))
        try:
            print(f"Overturn ready after {time.perf_counter() - begun:.1f} s")
            converse(server.url, 10)
            row("Overturn: 10 conversations of 10 turns, one after another",
                [s for _ in range(10) for s in converse(server.url, 10)])
            row("Overturn: 8 conversations of 10 turns at once", at_once(lambda: converse(server.url, 10), 8))
            long = converse(server.url, 205)
            row("Overturn: turns 5 to 15 of one conversation", long[4:15])
            row("Overturn: turns 195 to 205 of the same", long[194:205])
        finally:
            stop_server(server)


@contextmanager
def starter() -> Iterator[str]:
    """A bare `rasa init` project with its stock pipeline, over the REST channel."""
    quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    rasa = [sys.executable, "-W", "ignore", "-m", "rasa"]
    with tempfile.TemporaryDirectory() as folder, socket.socket() as probe:
        subprocess.run([*rasa, "init", "--no-prompt", "--init-dir", folder], env=quiet, check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        Path(folder, "credentials.yml").write_text("rest:\n")
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
        probe.close()
        process = subprocess.Popen([*rasa, "run", "-i", "127.0.0.1", "-p", str(port)], cwd=folder, env=quiet,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _ in range(300):
                try:
                    requests.get(f"http://127.0.0.1:{port}/", timeout=5)
                    break
                except requests.RequestException:
                    time.sleep(0.3)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def bare_rasa() -> None:
    def talk(sender: str, turns: int) -> list[float]:
        with requests.Session() as http:
            def say(n: int) -> object:
                body = {"sender": sender, "message": STARTER_TALK[n % len(STARTER_TALK)]}
                return http.post(f"{url}/webhooks/rest/webhook", json=body, timeout=60)
            return [timed(lambda n=n: say(n), 1)[0] for n in range(turns)]

    with starter() as url:
        talk("warm", 10)
        row("bare Rasa starter: 10 conversations of 10 turns", [s for c in range(10) for s in talk(f"a{c}", 10)])
        names = iter(range(100))
        row("bare Rasa starter: 8 conversations of 10 turns at once", at_once(lambda: talk(f"b{next(names)}", 10), 8))
        long = talk("long", 205)
        row("bare Rasa starter: turns 5 to 15 of one conversation", long[4:15])
        row("bare Rasa starter: turns 195 to 205 of the same", long[194:205])


def commands() -> None:
    """The commands as processes, and the check and the reading in a warm process."""
    from datetime import date

    from actions.reading import read
    from actions.reading.watch import watch
    from criteria.assessment import assess
    from criteria.casefile import case_from_mapping
    from criteria.library import load

    case = {
        "as_of": "2026-11-21", "study": {"id": "mri-lumbar-spine"}, "symptom_weeks": 9,
        "plan": {"type": "erisa_insured", "payer": "Cigna"},
        "denial": {"notice_date": "2026-11-02", "reasons": ["conservative_care"]},
        "findings": [{"id": "low_back_pain"}], "treatments": [{"kind": "physical_therapy", "weeks": 6}],
    }  # fmt: skip
    letter = sorted((ROOT / "tests/letters").glob("*lumbar*.txt"))[0]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.json")
        path.write_text(json.dumps(case))
        overturn_command = str(ROOT / ".venv/bin/overturn")
        for name, arguments in {
            "check": ["check", str(path), "--json"],
            "draft, PDF and DOCX": ["draft", str(path), "--out", folder, "--json"],
            "deadlines": ["deadlines", "--plan-type", "fehb", "--notice-date", "2026-08-31", "--json"],
            "read a letter": ["read", str(letter), "--json"],
        }.items():
            run = [overturn_command, *arguments]
            subprocess.run(run, check=True, capture_output=True)
            row(f"overturn {name} (a process)", timed(lambda r=run: subprocess.run(r, capture_output=True), 8))
    library = load()
    loaded, text, today = case_from_mapping(case, library), letter.read_text("utf-8"), date(2026, 11, 21)
    read(text, today)
    row("check, warm", timed(lambda: assess(loaded, library), 200))
    row("read a message, warm", timed(lambda: read(TALK[0], today), 200))
    row("read a letter, warm", timed(lambda: read(text, today), 50))
    row("emergency watch, one message, warm", timed(lambda: watch(TALK[0], today=today), 200))


def opening() -> None:
    """Documents of one full page, each in the process of its own that opens it."""
    import asyncio

    from document_files import page_of

    from actions.reading.documents import read_document

    letter = sorted((ROOT / "tests/letters").glob("*lumbar*.txt"))[0].read_text("utf-8")
    for name, data in page_of(letter).items():
        row(f"open one page: {name}", timed(lambda d=data: asyncio.run(read_document(d)), 8))


def main() -> None:
    print(f"{'':<58} {'n':>5} {'p50 ms':>8} {'p95 ms':>8}")
    commands()
    opening()
    overturn()
    bare_rasa()


if __name__ == "__main__":
    main()
