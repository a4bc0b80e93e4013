"""The tables' versions: which the database has, and how it gets the newest."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.engine import Connection

from actions.cases.errors import Unready

# Any number that no other program takes; it makes processes that start together migrate one after the other.
_LOCK = 7_306_219_441


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config


def upgrade(connection: Connection) -> None:
    """Run what migrations are missing, within the connection's transaction."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def check(connection: Connection) -> None:
    """Raises Unready unless the tables are those of this version."""
    has = MigrationContext.configure(connection).get_current_revision()
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    if has is None:
        raise Unready("the database has not been set up; migrate it first")
    if has != wanted:
        raise Unready(f"the database has tables of version {has} and this program needs {wanted}; migrate it first")
