"""`make bench`: how long a turn takes, and a check, reading and the second ear, and how much memory the last two need;
beside a bare Rasa starter project.

Closed loop, no think time, over the real doors on loopback; the client runs on the same machine. Prints one table.
"""

from __future__ import annotations

import itertools
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import requests
import yaml

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from chat import Chat  # noqa: E402
from servers import start_server, stop_server  # noqa: E402

if TYPE_CHECKING:
    from criteria.facts import Case
    from criteria.library import Library

RULE_CASES = ROOT / "tests/unit/criteria/cases"

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
CHAT = (
    "LBP x 8 wks down the left leg, SLR + on L, no b/b, PT x 6 wks no help, xray neg, 54 yo, no fever. "
    "They say I need therapy first but I did it from September 1 to October 13 and took naproxen every day."
)
LETTERS = ROOT / "tests" / "letters"
ONE_PAGE, THREE_PAGES = LETTERS / "uhc_lumbar_commercial.txt", LETTERS / "three_pages_shoulder.txt"
MEMORY_OF_READING = """
import sys
from datetime import date
from pathlib import Path
from actions.reading import read
read(Path(sys.argv[1]).read_text("utf-8"), date(2026, 11, 21))
# Not getrusage: its peak takes over that of the process that started this one.
print(next(line.split()[1] for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")))
"""
MEMORY_OF_EAR = """
import sys
from pathlib import Path
from bot.engine.model import ready_ear
def held(name):
    return next(int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if name in line)
before = held("VmRSS")
ear = ready_ear(Path(sys.argv[1]))
for text in sys.argv[2:]:
    ear.hears(text)
print(held("VmRSS") - before)
"""
STARTER_TALK = ("hello", "i am sad", "no", "hi there", "great", "are you a bot", "not good", "yes", "bye")


def row(name: str, seconds: list[float], most: bool = False) -> None:
    """Prints one line of the table: n, p50 and p95 in milliseconds, and the most where it is asked for."""
    ordered = sorted(seconds)
    p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
    end = f"   at most {ordered[-1] * 1000:.1f}" if most else ""
    print(f"{name:<58} {len(ordered):>5} {statistics.median(ordered) * 1000:>8.1f} {p95 * 1000:>8.1f}{end}", flush=True)


def timed(work: Callable[[], object], times: int) -> list[float]:
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def unseen(text: str) -> Iterator[str]:
    """The text again and again, each time with another last line: of the last text, reading keeps what it found."""
    return (f"{text}\nRef. {n}" for n in itertools.count(100))


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
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "case.json")
        path.write_text(json.dumps(case))
        overturn_command = str(ROOT / ".venv/bin/overturn")
        for name, arguments in {
            "check": ["check", str(path), "--json"],
            "draft, PDF and DOCX": ["draft", str(path), "--out", folder, "--json"],
            "deadlines": ["deadlines", "--plan-type", "fehb", "--notice-date", "2026-08-31", "--json"],
            "read a letter": ["read", str(ONE_PAGE), "--json"],
        }.items():
            run = [overturn_command, *arguments]
            subprocess.run(run, check=True, capture_output=True)
            row(f"overturn {name} (a process)", timed(lambda r=run: subprocess.run(r, capture_output=True), 8))
    library = load()
    loaded, today = case_from_mapping(case, library), date(2026, 11, 21)
    one_page, three_pages = ONE_PAGE.read_text("utf-8"), THREE_PAGES.read_text("utf-8")
    read(three_pages, today)
    row("check, warm: one case of low back pain", timed(lambda: assess(loaded, library), 200))
    checks(library)
    for name, text, times in (
        ("chat message", TALK[0], 200),
        ("chat message", CHAT, 200),
        ("letter", one_page, 50),
        ("3-page letter", three_pages, 50),
    ):
        texts = unseen(text)
        taken = timed(lambda given=texts: read(next(given), today), times)
        row(f"read a {name} of {len(text):,} characters, warm", taken)
    texts = unseen(TALK[0])
    row("emergency watch, one message, warm", timed(lambda: watch(next(texts), today=today), 200))
    memory("reading alone, peak memory of a process", MEMORY_OF_READING, str(THREE_PAGES))
    second_ear()


def second_ear() -> None:
    """The ear that is trained with the model: one message asked of it, warm, and what it adds to a process."""
    from bot.engine.model import ready_ear, ready_model

    model = ready_model(ROOT, os.environ, lambda line: None, lambda child: None)
    ear = ready_ear(model)
    if ear is None:
        print(f"{'second ear':<58} none: the sentence model is missing", flush=True)
        return
    for text in (TALK[0], CHAT):
        ear.hears(text)
        row(f"second ear, a message of {len(text)} characters, warm", timed(lambda given=text: ear.hears(given), 50))
    memory("second ear and sentence model, memory they add to a process", MEMORY_OF_EAR, str(model), TALK[0], CHAT)


def checks(library: Library) -> None:
    """Every rule case of the tests in a warm process, the loader by itself, and the same cases with fewer studies."""
    from criteria.assessment import assess
    from criteria.casefile import case_from_mapping
    from criteria.library import FOLDER, load_from

    def cases_of(studies: Collection[str]) -> list[Case]:
        files = [yaml.safe_load(path.read_text()) for path in sorted(RULE_CASES.glob("*.yml"))]
        return [
            case_from_mapping(
                {"as_of": file["as_of"], **one["case"], "study": {"id": file["study"], **one["case"].get("study", {})}},
                library,
            )
            for file in files
            if file["study"] in studies
            for one in file["cases"]
        ]

    def medians(cases: list[Case], of: Library) -> list[float]:
        for case in cases:
            assess(case, of)
        return [statistics.median(timed(lambda c=case: assess(c, of), 7)) for case in cases]

    row("check, warm: every rule case, each its median of 7", medians(cases_of(library.studies), library), most=True)
    few = ("mri-lumbar-spine", "mri-knee", "mri-brain")
    smaller = replace(
        library,
        studies={id: library.studies[id] for id in few},
        guidelines={g.id: g for g in library.guidelines.values() if {*g.studies} & {*few}},
    )
    for name, of in (("3", smaller), (str(len(library.studies)), library)):
        row(f"check, warm: the cases of three studies, library of {name}", medians(cases_of(few), of), most=True)
    with tempfile.TemporaryDirectory() as folder:
        row("loading the library, compiled before", timed(lambda: load_from(FOLDER), 8))
        fresh = (Path(folder, str(n)) for n in itertools.count())
        row("loading the library from its YAML", timed(lambda: load_from(FOLDER, next(fresh)), 2))


def memory(name: str, program: str, *arguments: str) -> None:
    """Prints the kB that a program says when it runs in a process of its own, in MB."""
    run = [sys.executable, "-c", program, *arguments]
    done = subprocess.run(run, cwd=ROOT, check=True, capture_output=True, text=True)
    print(f"{name:<58} {int(done.stdout) / 1024:>8.0f} MB", flush=True)


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
