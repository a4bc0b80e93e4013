"""Rasa's working memory: one sealed row a conversation, which delete, purge and key rotation reach."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from actions.cases.names import checked_sender
from actions.cases.tables import conversations, trackers

if TYPE_CHECKING:
    from actions.cases.unit import Unit


def tracker(unit: Unit, sender_id: str) -> bytes | None:
    """What was put for this sender, or None. Raises BadSender."""
    content: bytes | None = unit.connection.execute(
        select(trackers.c.content).where(trackers.c.sender_id == checked_sender(sender_id))
    ).scalar()
    return content


def put_tracker(unit: Unit, sender_id: str, content: bytes, now: datetime) -> None:
    """Keep this for the sender in place of what was there. Raises BadSender.

    Nothing is kept for a sender without a conversation: Rasa saves at the end of a turn, and a conversation deleted in
    that turn must not come back with it.
    """
    known = (
        select(conversations.c.id)
        .where(conversations.c.sender_id == checked_sender(sender_id))
        .with_for_update(key_share=True)
    )
    if unit.connection.execute(known).scalar() is None:
        return
    row = {"sender_id": sender_id, "content": content, "updated_at": now}
    changed = unit.connection.execute(trackers.update().where(trackers.c.sender_id == sender_id).values(row)).rowcount
    if not changed:
        unit.connection.execute(trackers.insert().values(row))
