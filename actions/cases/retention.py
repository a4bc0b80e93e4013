"""Deleting: what a person asks to have deleted, and what has been kept long enough."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING

from sqlalchemy import and_, or_, select

from actions.cases.conversations import Conversation
from actions.cases.tables import cases, codes, conversations, documents, facts, held, members, trackers

if TYPE_CHECKING:
    from actions.cases.unit import Unit

UNCONSENTED_DAYS = 1
"""A conversation nobody agreed to holds no content, but is not kept either."""
IDLE_DAYS = 30
"""A conversation that was agreed to and never became a case."""


@dataclass(frozen=True)
class Deleted:
    """How many cases and documents are gone, and how many cases stay with the clinic without the patient's part."""

    cases: int
    documents: int
    shared: int


def delete_conversation(unit: Unit, conversation: Conversation) -> Deleted:
    """Delete the conversation, its transcript, tracker and held message, and every case that it alone has.

    A case that another conversation also has stays with that one. When the conversation was its owner, the patient's
    part of it goes: what was said, sent, read or drafted in the patient's conversations, questions and notes. What the
    staff said, and what was added in a staff conversation, stays.
    """
    parts = unit.connection.execute(
        select(members.c.case_id, members.c.role).where(members.c.conversation_id == conversation.id)
    ).all()
    others = (
        unit.connection.execute(
            select(members.c.case_id).where(
                members.c.case_id.in_([part.case_id for part in parts]), members.c.conversation_id != conversation.id
            )
        )
        .scalars()
        .all()
    )
    own = [part.case_id for part in parts if part.case_id not in others]
    shared = [part for part in parts if part.case_id in others]
    gone = _delete_cases(unit, own)
    for part in shared:
        gone += _delete_patients_part(unit, part.case_id) if part.role == "owner" else 0
        unit.happened("case_left", case_id=part.case_id)
    _delete_conversations(unit, [conversation.id])
    return Deleted(cases=len(own), documents=gone, shared=len(shared))


def _delete_patients_part(unit: Unit, case_id: str) -> int:
    """How many documents that was."""
    staff = select(members.c.conversation_id).where(members.c.case_id == case_id, members.c.role == "staff")
    not_staffs = [or_(table.c.added_by.is_(None), table.c.added_by.not_in(staff)) for table in (facts, documents)]
    unit.connection.execute(facts.delete().where(facts.c.case_id == case_id, facts.c.who != "staff", not_staffs[0]))
    gone: int = unit.connection.execute(
        documents.delete().where(documents.c.case_id == case_id, not_staffs[1])
    ).rowcount
    unit.connection.execute(cases.update().where(cases.c.id == case_id).values(questions={}, notes={}))
    unit.erased = True
    return gone


def _delete_cases(unit: Unit, case_ids: Collection[str]) -> int:
    """How many documents went with them."""
    if not case_ids:
        return 0
    gone: int = unit.connection.execute(documents.delete().where(documents.c.case_id.in_(case_ids))).rowcount
    unit.connection.execute(cases.delete().where(cases.c.id.in_(case_ids)))
    for case_id in case_ids:
        unit.happened("case_deleted", case_id=case_id)
    unit.erased = True
    return gone


def _delete_conversations(unit: Unit, conversation_ids: Collection[str]) -> None:
    for conversation_id in conversation_ids:
        unit.connection.execute(conversations.delete().where(conversations.c.id == conversation_id))
        unit.happened("conversation_deleted", conversation_id=conversation_id)
        unit.erased = True


def purge(unit: Unit, today: date) -> int:
    """How many cases, conversations and held messages were deleted because they were kept long enough.

    A case goes the day after its date; with it go the messages of its time, and a conversation whose last case it was.
    A conversation without a case goes after a day without consent, or after 30 quiet days.
    """
    midnight = datetime.combine(today, time(), timezone.utc)
    over = unit.connection.execute(select(cases.c.id).where(cases.c.retain_until < today)).scalars().all()
    had = (
        unit.connection.execute(select(members.c.conversation_id).where(members.c.case_id.in_(over)).distinct())
        .scalars()
        .all()
    )
    _delete_cases(unit, over)
    for conversation_id in had:
        _go_on_with_another_case(unit, conversation_id)
    quiet = conversations.c.active_at < midnight - timedelta(days=IDLE_DAYS)
    not_agreed = and_(
        conversations.c.consented_at.is_(None), conversations.c.active_at < midnight - timedelta(days=UNCONSENTED_DAYS)
    )
    done = (
        unit.connection.execute(
            select(conversations.c.id).where(
                conversations.c.id.not_in(select(members.c.conversation_id)),
                or_(conversations.c.id.in_(had), quiet, not_agreed),
            )
        )
        .scalars()
        .all()
    )
    _delete_conversations(unit, done)
    expired = max(midnight, unit.now())
    held_over: int = unit.connection.execute(held.delete().where(held.c.expires_at <= expired)).rowcount
    unit.connection.execute(codes.delete().where(codes.c.expires_at <= expired))
    unit.erased = unit.erased or bool(held_over)
    return len(over) + len(done) + held_over


def _go_on_with_another_case(unit: Unit, conversation_id: str) -> None:
    """A conversation whose current case is gone goes on with the latest it still has, and begins there afresh."""
    row = unit.connection.execute(
        select(conversations.c.sender_id).where(
            conversations.c.id == conversation_id, conversations.c.case_id.is_(None)
        )
    ).one_or_none()
    if row is None:
        return
    latest = (
        select(members.c.case_id)
        .where(members.c.conversation_id == conversation_id)
        .order_by(members.c.since.desc())
        .limit(1)
        .scalar_subquery()
    )
    unit.connection.execute(
        conversations.update().where(conversations.c.id == conversation_id).values(case_id=latest, asked=None)
    )
    unit.connection.execute(trackers.delete().where(trackers.c.sender_id == row.sender_id))
