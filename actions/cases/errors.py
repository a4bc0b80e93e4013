"""What can go wrong with the stored cases. None is a ValueError (Rasa takes those for a missing schema and exits), none
carries a person's words, and each says what to do."""

# ruff: noqa: N818  (the names say what happened)
from __future__ import annotations

from sqlalchemy.exc import DontWrapMixin


class CasesError(Exception, DontWrapMixin):
    """Anything this package raises."""


class BadKey(CasesError):
    """OVERTURN_KEY is not one or more urlsafe-base64 keys of 32 bytes."""


class BadUrl(CasesError):
    """OVERTURN_DATABASE_URL is neither a SQLite file nor a PostgreSQL address."""


class BadSender(CasesError):
    """A conversation id that no door made."""


class BadContent(CasesError):
    """A value that cannot be stored and come back the same."""


class UnknownCase(CasesError):
    """The case does not exist, has been deleted, or is not this conversation's."""


class TooLate(CasesError):
    """The work came to its end after the instant it was given; nothing of it was written."""


class DatabaseFailed(CasesError):
    """The database refused or did not answer; nothing of the unit was written."""


class Unready(CasesError):
    """The database cannot be used as it is: not there, not migrated, or closed with another key."""


class WrongKey(Unready):
    """The stored content cannot be opened with the keys given."""
