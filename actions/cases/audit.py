"""The audit trail: what happened to which case, when, by which role; never content, never changed.

Each record carries an HMAC over itself and the record before it, made with a random key that is stored sealed; the head
of the chain is stored sealed too. So a record changed, moved or cut off at the end shows, and rotation keeps the chain.
"""

from __future__ import annotations

import base64
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.cases.tables import audit, keyring

if TYPE_CHECKING:
    from sqlalchemy.engine import Connection

    from actions.cases.unit import Unit

HEAD = "audit"
_START = ""


@dataclass(frozen=True)
class Event:
    """Something that happened. `role` is owner, staff or system."""

    event: str
    role: str
    case_id: str | None = None
    conversation_id: str | None = None


def new_head() -> dict[str, Any]:
    """The head of an empty chain, with the key the chain is made with."""
    return {"key": base64.b64encode(secrets.token_bytes(32)).decode("ascii"), "number": 0, "mac": _START}


def write(connection: Connection, events: Iterable[Event], at: datetime) -> None:
    """Append the events to the chain. The head row is locked until the transaction ends, so the chain never forks."""
    events = list(events)
    if not events:
        return
    head = connection.execute(
        select(keyring.c.content).where(keyring.c.name == HEAD).with_for_update(key_share=True)
    ).scalar_one()
    key, number, mac = base64.b64decode(head["key"]), head["number"], head["mac"]
    rows = []
    for event in events:
        number += 1
        row = {
            "number": number,
            "at": at,
            "event": event.event,
            "case_id": event.case_id,
            "conversation_id": event.conversation_id,
            "role": event.role,
        }
        mac = _mac(key, mac, row)
        rows.append({**row, "mac": mac})
    connection.execute(audit.insert(), rows)
    connection.execute(
        keyring.update().where(keyring.c.name == HEAD).values(content={**head, "number": number, "mac": mac})
    )


def verify(unit: Unit) -> list[str]:
    """What is wrong with the trail, one line each; empty when it is whole."""
    head = unit.connection.execute(select(keyring.c.content).where(keyring.c.name == HEAD)).scalar_one()
    key, expected, mac, problems = base64.b64decode(head["key"]), 0, _START, []
    for row in unit.connection.execute(select(audit).order_by(audit.c.number)).mappings():
        expected += 1
        if row["number"] != expected:
            problems.append(f"audit records {expected} to {row['number'] - 1} are missing")
            expected = row["number"]
        elif not hmac.compare_digest(_mac(key, mac, row), row["mac"]):
            problems.append(f"audit record {expected} is not what was written")
        mac = row["mac"]
    if expected < head["number"]:
        problems.append(f"audit records {expected + 1} to {head['number']} are missing at the end")
    elif expected > head["number"]:
        problems.append(f"audit records after {head['number']} were added from outside")
    return problems


def _mac(key: bytes, before: str, row: Any) -> str:
    said = [row["number"], row["at"].isoformat(), row["event"], row["case_id"], row["conversation_id"], row["role"]]
    return hmac.new(key, json.dumps([before, *said]).encode(), "sha256").hexdigest()
