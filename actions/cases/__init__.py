"""The stored cases: conversations, facts, documents, transcript, tracker rows, audit trail and retention."""

from actions.cases.conversations import Conversation
from actions.cases.database import Database, open_database
from actions.cases.errors import (
    BadContent,
    BadKey,
    BadSender,
    BadUrl,
    CasesError,
    DatabaseFailed,
    TooLate,
    UnknownCase,
    Unready,
    WrongKey,
)
from actions.cases.keys import new_key
from actions.cases.messages import Entry
from actions.cases.papers import Document
from actions.cases.record import CaseSummary
from actions.cases.retention import Deleted
from actions.cases.unit import Unit

__all__ = [
    "BadContent",
    "BadKey",
    "BadSender",
    "BadUrl",
    "CaseSummary",
    "CasesError",
    "Conversation",
    "Database",
    "DatabaseFailed",
    "Deleted",
    "Document",
    "Entry",
    "TooLate",
    "UnknownCase",
    "Unit",
    "Unready",
    "WrongKey",
    "new_key",
    "open_database",
]
