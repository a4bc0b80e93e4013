"""Conversations: who is talking to us, whether they agreed, what waits for that, and what was asked last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select

from actions.cases.errors import BadSender
from actions.cases.names import checked_sender, new_id
from actions.cases.tables import conversations, held, members
from criteria.results import Question

if TYPE_CHECKING:
    from actions.cases.unit import Unit


@dataclass(frozen=True)
class Conversation:
    """A web session or a Slack thread, as it stood when it was read.

    `case_id` is its current case and `role` (owner or staff) its part in that case; both None before the first case.
    """

    id: str
    channel: str
    sender_id: str
    created_at: datetime
    consented_at: datetime | None = None
    case_id: str | None = None
    role: str | None = None


def new_conversation(unit: Unit, channel: str, sender_id: str, now: datetime) -> Conversation:
    """A new conversation; the one there is when this sender already has one.

    Raises BadSender unless the sender id was made by a door, and by the door of this channel.
    """
    if checked_sender(sender_id).partition("-")[0] != channel:
        raise BadSender(f"this sender id does not belong to the channel '{channel}'")
    made = unit.add_once(
        conversations,
        {"id": new_id(), "channel": channel, "sender_id": sender_id, "created_at": now, "active_at": now},
    )
    found = conversation(unit, sender_id)
    assert found is not None
    if made:
        unit.happened("conversation_begun")
    return found


def conversation(unit: Unit, sender_id: str) -> Conversation | None:
    """The conversation of this sender, or None. Raises BadSender."""
    return _find(unit, conversations.c.sender_id == checked_sender(sender_id))


def by_id(unit: Unit, conversation_id: str) -> Conversation | None:
    """The conversation with this id of ours, or None."""
    return _find(unit, conversations.c.id == conversation_id)


def _find(unit: Unit, condition: Any) -> Conversation | None:
    # The row is locked, always before its case's: units of one conversation follow one another and never deadlock.
    current = and_(members.c.conversation_id == conversations.c.id, members.c.case_id == conversations.c.case_id)
    row = unit.connection.execute(
        select(
            conversations.c.id,
            conversations.c.channel,
            conversations.c.sender_id,
            conversations.c.created_at,
            conversations.c.consented_at,
            conversations.c.case_id,
            members.c.role,
        )
        .select_from(conversations.outerjoin(members, current))
        .where(condition)
        .with_for_update(of=conversations, key_share=True)
    ).one_or_none()
    unit.actor = None if row is None else Conversation(*row)
    return unit.actor


def give_consent(unit: Unit, conversation: Conversation, now: datetime) -> Conversation:
    """The conversation, agreed to. The first time counts; agreeing again changes nothing."""
    changed = unit.connection.execute(
        conversations.update()
        .where(conversations.c.id == conversation.id, conversations.c.consented_at.is_(None))
        .values(consented_at=now, active_at=now)
    ).rowcount
    if changed:
        unit.happened("consent_given", conversation_id=conversation.id)
    return by_id(unit, conversation.id) or conversation


def hold(unit: Unit, conversation: Conversation, text: str, until: datetime) -> None:
    """Keep the one message that waits for consent, until then at the latest; it takes the place of one before."""
    unit.connection.execute(held.delete().where(held.c.conversation_id == conversation.id))
    unit.connection.execute(held.insert().values(conversation_id=conversation.id, expires_at=until, content=text))


def held_message(unit: Unit, conversation: Conversation, now: datetime) -> str | None:
    """The waiting message, or None when there is none or its time is over."""
    text: str | None = unit.connection.execute(
        select(held.c.content).where(held.c.conversation_id == conversation.id, held.c.expires_at > now)
    ).scalar()
    return text


def take_held(unit: Unit, conversation: Conversation, now: datetime) -> str | None:
    """The waiting message, handed out once; it is deleted, and so is one whose time is over."""
    text = held_message(unit, conversation, now)
    gone = unit.connection.execute(held.delete().where(held.c.conversation_id == conversation.id)).rowcount
    return text if gone else None


def ask(unit: Unit, conversation: Conversation, question: Question | None) -> None:
    """Remember the question that is open, so that the next message can be read in its light; None when none is."""
    unit.connection.execute(conversations.update().where(conversations.c.id == conversation.id).values(asked=question))


def asked(unit: Unit, conversation: Conversation) -> Question | None:
    """The open question, or None."""
    question: Question | None = unit.connection.execute(
        select(conversations.c.asked).where(conversations.c.id == conversation.id)
    ).scalar()
    return question
