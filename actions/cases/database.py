"""The database: opened by its address and keys, migrated, checked, and worked with one unit at a time."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from cryptography.fernet import MultiFernet
from sqlalchemy import LargeBinary, create_engine, event, select, type_coerce
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import QueuePool

from actions.cases import audit, keys, migrating
from actions.cases.columns import Sealed, SealedBytes, give_cipher, opened
from actions.cases.errors import BadUrl, DatabaseFailed, TooLate, Unready
from actions.cases.tables import keyring, metadata
from actions.cases.unit import Unit

_CANARY = "canary"
_BATCH = 50
_SWITCH_SECONDS = 5.0
_SWITCH_PAUSE = 0.01


class Database:
    """The stored cases. One per process; threads may share it."""

    def __init__(self, engine: Engine, key_text: str, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._keys = key_text
        self._cipher: MultiFernet = keys.cipher(key_text)
        self._clock = clock
        give_cipher(engine, self._cipher)

    def signing_key(self, purpose: str) -> bytes:
        """The key to sign with for one purpose, such as `session`: 32 bytes derived from the first key."""
        return keys.signing_key(self._keys, purpose)

    def signing_keys(self, purpose: str) -> tuple[bytes, ...]:
        """Every key a signature for this purpose may be made with; more than one while the key is being changed."""
        return keys.signing_keys(self._keys, purpose)

    @contextmanager
    def unit(self, until: float | None = None) -> Iterator[Unit]:
        """One transaction. It is written when the block ends, and nothing of it is when the block raises.

        `until` is an instant of `time.monotonic()`: work that ends after it is not written, and TooLate is raised.
        Raises DatabaseFailed when the database refuses or does not answer.
        """
        with _plainly(), self._engine.begin() as connection:
            unit = Unit(connection, self._clock)
            yield unit
            audit.write(connection, unit.events, self._clock())
            if until is not None and time.monotonic() > until:
                raise TooLate("the work took longer than it was given; nothing was written")
        if unit.erased:
            self._forget_log()

    def _forget_log(self) -> None:
        """Empty SQLite's write-ahead log, where the pages of deleted rows would stand until it is next reused."""
        if self._engine.dialect.name == "sqlite":
            # What was deleted is committed: a log too busy to be emptied now is no reason to say that it was not.
            with suppress(sqlite3.Error, SQLAlchemyError), self._engine.connect() as connection:
                driver: Any = connection.connection.dbapi_connection
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def migrate(self) -> None:
        """Bring the tables up to date; safe to call from several processes at once. Raises WrongKey, DatabaseFailed."""
        with _plainly(), self._engine.begin() as connection:
            migrating.upgrade(connection)
            unit = Unit(connection, self._clock)
            unit.add_once(keyring, {"name": _CANARY, "content": _CANARY})
            unit.add_once(keyring, {"name": audit.HEAD, "content": audit.new_head()})
            _check_canary(connection)

    def ready(self) -> None:
        """Raises Unready, with what to do, unless this database can be worked with: there, up to date, our key."""
        try:
            with self._engine.connect() as connection:
                migrating.check(connection)
                _check_canary(connection)
        except SQLAlchemyError as error:
            raise Unready(f"the database cannot be reached or read ({type(error).__name__})") from error

    def rotate(self) -> int:
        """Encrypt everything stored with the first key; how many values that were. May be stopped and begun again."""
        count = 0
        for table in sorted(metadata.tables.values(), key=lambda table: table is keyring):  # the canary last
            for column in [c for c in table.c if isinstance(c.type, (Sealed, SealedBytes))]:
                count += self._rotate(table, column)
        self._forget_log()
        return count

    def _rotate(self, table: Any, column: Any) -> int:
        key = list(table.primary_key)
        raw = type_coerce(column, LargeBinary)
        with self.unit() as unit:
            wanted = unit.connection.execute(select(*key).where(column.is_not(None))).all()
        count = 0
        for start in range(0, len(wanted), _BATCH):
            with self.unit() as unit:
                for row in wanted[start : start + _BATCH]:
                    here = [part == value for part, value in zip(key, row, strict=True)]
                    token = unit.connection.execute(select(raw).where(*here).with_for_update(key_share=True)).scalar()
                    if token is not None:
                        opened(self._cipher, token)
                        turned: Any = self._cipher.rotate(bytes(token))
                        change = {column: type_coerce(turned, LargeBinary)}
                        unit.connection.execute(table.update().where(*here).values(change))
                        count += 1
        return count

    def dispose(self) -> None:
        """Close the connections."""
        self._engine.dispose()


def _check_canary(connection: Connection) -> None:
    if connection.execute(select(keyring.c.content).where(keyring.c.name == _CANARY)).scalar() != _CANARY:
        raise Unready("the database has not been set up; migrate it first")


@contextmanager
def _plainly() -> Iterator[None]:
    """What the database says about a failure becomes one line of ours, without statements or parameters."""
    try:
        yield
    except SQLAlchemyError as error:
        raise DatabaseFailed(f"the database refused or did not answer ({type(error).__name__})") from error


def open_database(
    url: str, key_text: str, clock: Callable[[], datetime] = lambda: datetime.now(timezone.utc)
) -> Database:
    """The database at this address: `sqlite:///path/to/file.db` (its folder is made) or `postgresql://...`.

    Connects to nothing yet. `clock` is the time the audit trail and the transcript are written with.
    Raises BadUrl, BadKey.
    """
    try:
        address = make_url("postgresql://" + url.removeprefix("postgres://") if url.startswith("postgres://") else url)
    except (ArgumentError, ValueError):
        raise BadUrl("OVERTURN_DATABASE_URL is not a database address; write sqlite:///var/overturn.db") from None
    backend = address.get_backend_name()
    if backend == "postgresql":
        engine = create_engine(
            address,
            future=True,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"connect_timeout": 5, "options": "-c lock_timeout=5000 -c statement_timeout=30000"},
        )
        return Database(engine, key_text, clock)
    if backend != "sqlite" or address.database in (None, "", ":memory:"):
        raise BadUrl("OVERTURN_DATABASE_URL must name a SQLite file (sqlite:///var/overturn.db) or PostgreSQL")
    keys.cipher(key_text)
    _private_file(Path(address.database))
    engine = create_engine(
        address,
        future=True,
        hide_parameters=True,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": 5},
    )
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_immediate)
    return Database(engine, key_text, clock)


def _private_file(path: Path) -> None:
    """The file and its folder, made if they are not there, for this user only."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError as error:
        raise BadUrl(f"OVERTURN_DATABASE_URL: the file cannot be made or written ({error.strerror})") from None


def _set_up_sqlite(dbapi_connection: Any, _record: Any) -> None:
    # The driver must not begin transactions by itself: it would do so late, and a writer could then fail half-way.
    dbapi_connection.isolation_level = None
    dbapi_connection.execute("PRAGMA busy_timeout=5000")
    _into_wal(dbapi_connection, time.monotonic() + _SWITCH_SECONDS)
    for pragma in (
        "synchronous=NORMAL",  # in WAL mode a power cut can lose the last turns, never the file
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        dbapi_connection.execute(f"PRAGMA {pragma}")


def _into_wal(dbapi_connection: Any, until: float) -> None:
    """Journal to a write-ahead log, as every connection after the file's first finds it.

    Two that open a new file at once both read it and then both want it alone. SQLite sees that waiting would never
    end and refuses one of them at once, whatever `busy_timeout` says; by its next try the other has switched.
    """
    while True:
        try:
            dbapi_connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > until:
                raise
            time.sleep(_SWITCH_PAUSE)


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
