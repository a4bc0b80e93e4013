"""Opening, setting up and checking the database; one unit of work is written whole or not at all."""

from __future__ import annotations

import sqlite3
import stat
import threading
import time
from datetime import datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from case_steps import begin, begin_case, sender
from sqlalchemy import create_engine, inspect, text

from actions.cases import (
    BadKey,
    BadSender,
    BadUrl,
    Database,
    DatabaseFailed,
    TooLate,
    Unready,
    WrongKey,
    new_key,
    open_database,
)  # fmt: skip
from actions.cases.tables import metadata


@pytest.mark.parametrize(
    "bad", ["", "nonsense", "sqlite://", "sqlite:///:memory:", "mysql://u:hunter2@h/d", "web:8080"]
)
def test_an_unusable_address_names_the_variable_and_no_password(bad: str, key: str) -> None:
    with pytest.raises(BadUrl, match="OVERTURN_DATABASE_URL") as refused:
        open_database(bad, key)
    assert "hunter2" not in str(refused.value)


def test_an_unusable_key_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(BadKey):
        open_database(f"sqlite:///{tmp_path}/new/overturn.db", "not a key")
    assert not (tmp_path / "new").exists()


def test_the_file_is_for_its_user_only(tmp_path: Path, key: str) -> None:
    database = open_database(f"sqlite:///{tmp_path}/new/folder/overturn.db", key)
    database.migrate()
    with database.unit() as unit:
        begin(unit)
    for path in (tmp_path / "new" / "folder").iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path.name
    database.dispose()


def test_a_new_file_that_another_is_just_setting_up_is_waited_for(tmp_path: Path, key: str) -> None:
    path = tmp_path / "overturn.db"
    first = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    first.execute("BEGIN IMMEDIATE")
    first.execute("CREATE TABLE other (x)")
    done = threading.Timer(0.2, first.execute, ["COMMIT"])
    done.start()
    database = open_database(f"sqlite:///{path}", key)
    database.migrate()  # SQLite refuses the switch to its log at once here, and does not wait
    database.ready()
    database.dispose()
    done.join()
    first.close()


def test_a_folder_that_cannot_be_made_is_said_plainly(tmp_path: Path, key: str) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(BadUrl, match="cannot be made"):
        open_database(f"sqlite:///{tmp_path}/file/overturn.db", key)


def test_an_empty_database_is_not_ready_until_it_is_migrated(url: str, key: str) -> None:
    database = open_database(url, key)
    with pytest.raises(Unready, match="migrate it first"):
        database.ready()
    database.migrate()
    database.ready()
    database.migrate()
    database.ready()
    database.dispose()


def test_tables_of_another_version_are_not_ready(database: Database, url: str) -> None:
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(Unready, match="9999"):
        database.ready()
    engine.dispose()


def test_a_file_that_is_no_database_is_not_ready(tmp_path: Path, key: str) -> None:
    (tmp_path / "overturn.db").write_bytes(b"this is a letter, not a database" * 200)
    database = open_database(f"sqlite:///{tmp_path}/overturn.db", key)
    with pytest.raises(Unready, match="cannot be reached or read"):
        database.ready()
    with pytest.raises(DatabaseFailed):
        database.migrate()


SQLITES_OWN = "sqlite_sequence"


def test_migrating_makes_exactly_the_tables_of_the_metadata(database: Database, url: str) -> None:
    engine = create_engine(url, future=True)
    with engine.connect() as connection:
        made = set(inspect(connection).get_table_names()) - {"alembic_version", SQLITES_OWN}
        options = {"compare_type": True, "include_object": lambda _, name, *rest: name != SQLITES_OWN}
        compared = compare_metadata(MigrationContext.configure(connection, opts=options), metadata)
    engine.dispose()
    assert made == set(metadata.tables)
    assert compared == []


def test_another_key_is_told_at_once_and_in_use(database: Database, url: str) -> None:
    with database.unit() as unit:
        conversation, case_id = begin_case(unit)
        unit.note(case_id, "plan", "words")
    other = open_database(url, new_key())
    with pytest.raises(WrongKey, match="OVERTURN_KEY"):
        other.ready()
    with pytest.raises(WrongKey):
        other.migrate()
    with pytest.raises(WrongKey), other.unit() as unit:
        unit.notes(case_id)
    other.dispose()


def test_what_raises_writes_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.unit() as unit:
        begin_case(unit)
        raise RuntimeError
    with database.unit() as unit:
        assert unit.conversation(sender("a")) is None
        assert unit.case_summaries() == ()
        assert unit.verify_audit() == []


def test_what_ends_too_late_writes_nothing(database: Database) -> None:
    with pytest.raises(TooLate), database.unit(until=time.monotonic() - 0.001) as unit:
        begin_case(unit)
    with database.unit() as unit:
        assert unit.conversation(sender("a")) is None
    with database.unit(until=time.monotonic() + 3600) as unit:
        begin_case(unit)
    with database.unit() as unit:
        assert unit.conversation(sender("a")) is not None


@pytest.mark.parametrize(
    "bad",
    ["", "user", "web-" + "A" * 64, "web-" + "a" * 63, "sms-" + "a" * 64, "web-" + "a" * 64 + "\n", "a\0b", "\ud800"],
)
def test_a_sender_that_no_door_made_is_refused(database: Database, now: datetime, bad: str) -> None:
    with database.unit() as unit:
        for use in (
            lambda: unit.conversation(bad),
            lambda: unit.new_conversation("web", bad, now),
            lambda: unit.tracker(bad),
            lambda: unit.put_tracker(bad, b"", now),
        ):
            with pytest.raises(BadSender) as refused:
                use()
            assert not isinstance(refused.value, ValueError)


def test_a_sender_belongs_to_its_own_door(database: Database, now: datetime) -> None:
    with database.unit() as unit, pytest.raises(BadSender):
        unit.new_conversation("slack", sender("a"), now)


def test_a_failure_of_the_database_shows_no_statement_and_no_content(
    database: Database, url: str, now: datetime
) -> None:
    engine = create_engine(url, future=True)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE held"))
    engine.dispose()
    with database.unit() as unit:
        one = begin(unit)
    with pytest.raises(DatabaseFailed) as failed, database.unit() as unit:
        unit.hold(one, "my leg is numb", now)
    assert not isinstance(failed.value, ValueError)
    assert "held" not in str(failed.value)
    assert one.id not in str(failed.value.__cause__)
