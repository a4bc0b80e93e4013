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
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk where ME has agreed."""
    database = open_database(f"sqlite:///{tmp_path / 'cases.db'}", new_key())
    database.migrate()
    made = Desk(database, load(), pinned=TODAY)
    door.choose(made, ME, {"title": "I agree", "intent": "consent", "value": {}})
    yield made
    database.dispose()


@pytest.fixture
def person(desk: Desk) -> Iterator[Talk]:
    """Somebody who has agreed, and of whom nothing is known."""
    with desk.database.unit() as unit:
        yield talk(desk, unit, ME)
