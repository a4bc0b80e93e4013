"""Rasa's server and the action server write to the same database at the same time, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from case_steps import begin_case, sender

from actions.cases import Database, open_database

ROOT = Path(__file__).parents[3]
TURNS = 40

WRITER = """
import json, os, sys
from datetime import datetime, timezone
from actions.cases import open_database
from criteria.facts import Fact, Finding, Said

name, sender_id, case_id, turns = sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])
database = open_database(os.environ["OVERTURN_DATABASE_URL"], os.environ["OVERTURN_KEY"])
database.ready()
print("ready", flush=True)
sys.stdin.readline()
won = buttons = 0
for turn in range(turns):
    now = datetime.now(timezone.utc)
    with database.unit() as unit:
        conversation = unit.conversation(sender_id)
        if unit.begin_turn(conversation, f"m{turn}", {"text": name}):
            won += 1
        buttons += unit.take_button(conversation, f"b{turn}") is not None
    with database.unit() as unit:
        unit.conversation(sender_id)
        unit.add_facts(case_id, [Fact(Finding("fever"), Said("patient", name))], now)
        notes = unit.notes(case_id)
        unit.note(case_id, name, notes.get(name, 0) + 1)
        unit.put_tracker(sender_id, name.encode(), now)
print(json.dumps({"won": won, "buttons": buttons}))
"""

MIGRATOR = """
import os, sys
from actions.cases import open_database

print("ready", flush=True)
sys.stdin.readline()
database = open_database(os.environ["OVERTURN_DATABASE_URL"], os.environ["OVERTURN_KEY"])
database.migrate()
database.ready()
print("migrated")
"""


def run_together(programs: list[list[str]], url: str, key: str) -> list[str]:
    """What each program printed last; all are let go at the same moment, once all are ready."""
    env = {**os.environ, "OVERTURN_DATABASE_URL": url, "OVERTURN_KEY": key, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", *program],
            env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for program in programs
    ]  # fmt: skip
    try:
        for process in started:
            assert process.stdout is not None and process.stdout.readline().strip() == "ready"
        for process in started:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        printed = [process.communicate(timeout=120) for process in started]
    finally:
        for process in started:
            process.kill()
    assert [process.returncode for process in started] == [0] * len(started), [err for _, err in printed]
    return [out.strip().splitlines()[-1] for out, _ in printed]


def test_two_writers_lose_nothing_and_win_nothing_twice(database: Database, url: str, key: str) -> None:
    with database.unit() as unit:
        one, case_id = begin_case(unit)
        for turn in range(TURNS):
            unit.append(one, f"r{turn}", None, {"text": ""}, {f"b{turn}": {"intent": "yes"}})
    common = [sender("a"), case_id, str(TURNS)]
    results = [
        json.loads(line)
        for line in run_together([[WRITER, "rasa", *common], [WRITER, "actions", *common]], url, key)
    ]  # fmt: skip
    assert sum(r["won"] for r in results) == TURNS
    assert sum(r["buttons"] for r in results) == TURNS
    with database.unit() as unit:
        assert len(unit.facts(case_id)) == 2 * TURNS
        assert unit.notes(case_id) == {"rasa": TURNS, "actions": TURNS}
        assert len([e for e in unit.transcript(one) if e.direction == "in"]) == TURNS
        assert unit.tracker(sender("a")) in (b"rasa", b"actions")
        assert unit.verify_audit() == []


def test_two_that_start_together_migrate_once(url: str, key: str) -> None:
    assert run_together([[MIGRATOR], [MIGRATOR]], url, key) == ["migrated", "migrated"]
    database = open_database(url, key)
    database.ready()
    with database.unit() as unit:
        assert unit.verify_audit() == []
    database.dispose()
