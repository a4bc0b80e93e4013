"""One unit of work: everything done in it is written together, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from actions.cases import audit, codes, conversations, messages, papers, record, retention, trackers
from actions.cases.audit import Event
from actions.cases.conversations import Conversation


class Unit:
    """What can be done with the stored cases within one transaction (see `Database.unit`).

    The conversation looked up last is the one that acts: the audit trail names it and its role, and what is added to a
    case is its part of the case. Without one it is the system that acts.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        self.now = clock
        self.events: list[Event] = []
        self.actor: Conversation | None = None
        self.erased = False  # whether something was deleted for good, which no log may keep after the commit

    new_conversation = conversations.new_conversation
    conversation = conversations.conversation
    give_consent = conversations.give_consent
    hold = conversations.hold
    held = conversations.held_message
    take_held = conversations.take_held
    ask = conversations.ask
    asked = conversations.asked

    new_case = record.new_case
    join_case = record.join_case
    case_ids = record.case_ids
    use_case = record.use_case
    add_facts = record.add_facts
    facts = record.facts
    history = record.history
    retract = record.retract
    set_question = record.set_question
    reopen = record.reopen
    questions = record.questions
    note = record.note
    notes = record.notes
    case_summaries = record.case_summaries

    add_document = papers.add_document
    documents = papers.documents
    document_file = papers.document_file
    document_text = papers.document_text

    begin_turn = messages.begin_turn
    end_turn = messages.end_turn
    turn_state = messages.turn_state
    append = messages.append
    transcript = messages.transcript
    take_button = messages.take_button

    tracker = trackers.tracker
    put_tracker = trackers.put_tracker

    resume_code = codes.resume_code
    resume = codes.resume
    hand_over_code = codes.hand_over_code
    take_over = codes.take_over

    delete_conversation = retention.delete_conversation
    purge = retention.purge
    verify_audit = audit.verify

    def happened(
        self,
        event: str,
        *,
        case_id: str | None = None,
        conversation_id: str | None = None,
        role: str | None = None,
    ) -> None:
        """Note an event for the audit trail, by default as the acting conversation's; it is written at the commit."""
        by = self.actor
        acting = "system" if by is None else by.role or "owner"
        self.events.append(Event(event, role or acting, case_id, conversation_id or (by.id if by else None)))

    def add_once(self, table: Table, row: Mapping[str, Any]) -> bool:
        """Add a row unless one with its key is there; whether it was added."""
        dialect = postgresql if self.connection.dialect.name == "postgresql" else sqlite
        return bool(self.connection.execute(dialect.insert(table).values(row).on_conflict_do_nothing()).rowcount)
