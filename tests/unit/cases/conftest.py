"""A fresh database for each test: SQLite, and PostgreSQL too where OVERTURN_TEST_POSTGRES names an empty one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from case_steps import NOW
from sqlalchemy import create_engine, text

from actions.cases import Database, new_key, open_database

POSTGRES = os.environ.get("OVERTURN_TEST_POSTGRES")
KEY = new_key()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def key() -> str:
    return KEY


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRES else [])])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/cases/overturn.db"
    engine = create_engine(POSTGRES, future=True)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRES


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    opened = open_database(url, KEY, clock=lambda: NOW)
    opened.migrate()
    yield opened
    opened.dispose()
