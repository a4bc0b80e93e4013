"""Somebody who has agreed, before the use cases: no server, and a database of their own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from talking import ME, TODAY

from actions.cases import new_key, open_database
from actions.casework import door
from actions.casework.conversation import Talk, talk
from actions.casework.desk import Desk
from criteria.library import load


@pytest.fixture
def person(tmp_path: Path) -> Iterator[Talk]:
    """Somebody who has agreed, and of whom nothing is known."""
    database = open_database(f"sqlite:///{tmp_path / 'cases.db'}", new_key())
    database.migrate()
    desk = Desk(database, load(), pinned=TODAY)
    door.choose(desk, ME, {"title": "I agree", "intent": "consent", "value": {}})
    with database.unit() as unit:
        yield talk(desk, unit, ME)
    database.dispose()
