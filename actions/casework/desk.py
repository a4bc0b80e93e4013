"""The desk: what every use case needs at hand. Opened once per process from the environment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timezone

from actions.cases import Database, open_database
from criteria.library import Library, load


class DeskError(Exception):
    """The desk cannot be opened: names the variable, and what to set it to."""


@dataclass(frozen=True)
class Desk:
    """The database, the criteria, how long cases are kept (days), and the date pinned for tests or demonstrations.

    `ear` says whether a message sounds like an emergency (`E`) or a `crisis`, where a process has one; it is asked when
    no rule of the watch heard anything.
    """

    database: Database
    library: Library
    retain_days: int = 30
    pinned: date | None = None
    ear: Callable[[str], str | None] | None = None

    def today(self) -> date:
        return self.pinned or date.today()

    def now(self) -> datetime:
        return datetime.now(timezone.utc)


def open_desk(environ: Mapping[str, str]) -> Desk:
    """The desk that the environment describes (see the contract's Environment).

    Raises DeskError when a variable is missing or not usable.
    """
    for name in ("OVERTURN_DATABASE_URL", "OVERTURN_KEY"):
        if not environ.get(name):
            raise DeskError(f"{name} is not set; `overturn run` sets it")
    return Desk(
        database=open_database(environ["OVERTURN_DATABASE_URL"], environ["OVERTURN_KEY"]),
        library=load(),
        retain_days=_retain_days(environ.get("OVERTURN_RETENTION_DAYS", "")),
        pinned=_pinned(environ.get("OVERTURN_TODAY", "")),
    )


def _retain_days(text: str) -> int:
    if not text:
        return 30
    if not text.isdigit() or not 1 <= int(text) <= 3650:
        raise DeskError(f"OVERTURN_RETENTION_DAYS is '{text[:20]}'; set it to a number of days from 1 to 3650")
    return int(text)


def _pinned(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise DeskError(f"OVERTURN_TODAY is '{text[:20]}'; write it as YYYY-MM-DD") from None
