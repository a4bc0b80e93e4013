"""The transcript, which the door writes: turns done once, messages in order, and buttons that work once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.cases.conversations import Conversation
from actions.cases.names import checked_name, digest
from actions.cases.tables import buttons, conversations, entries, turns

if TYPE_CHECKING:
    from actions.cases.unit import Unit

OPEN = "open"


@dataclass(frozen=True)
class Entry:
    """One message: `direction` is in (from the person) or out; `content` is what the door gave, less old choices."""

    direction: str
    id: str
    in_reply_to: str | None
    content: Mapping[str, Any]
    at: datetime


def begin_turn(unit: Unit, conversation: Conversation, client_id: str, entry: Mapping[str, Any]) -> bool:
    """Begin the turn of this message and keep it in the transcript; False when this client id was seen before.

    Before consent only the id is kept: what the person wrote may wait (`hold`), and is nowhere else.
    """
    now = unit.now()
    turn = {"conversation_id": conversation.id, "client": digest(client_id), "begun_at": now, "state": OPEN}
    if not unit.add_once(turns, turn):
        return False
    unit.connection.execute(conversations.update().where(conversations.c.id == conversation.id).values(active_at=now))
    if _standing(unit, conversation).consented_at is not None:
        _add(unit, conversation, "in", client_id, None, entry, now)
    return True


def end_turn(unit: Unit, conversation: Conversation, client_id: str, state: str) -> None:
    """Say how the turn of this message ended, in a word such as `done` or `failed`."""
    unit.connection.execute(
        turns.update()
        .where(turns.c.conversation_id == conversation.id, turns.c.client == digest(client_id))
        .values(state=checked_name(state, "state of a turn", 16))
    )


def turn_state(unit: Unit, conversation: Conversation, client_id: str) -> str | None:
    """`open` while the turn goes on, then what `end_turn` said; None when this message was never seen."""
    state: str | None = unit.connection.execute(
        select(turns.c.state).where(turns.c.conversation_id == conversation.id, turns.c.client == digest(client_id))
    ).scalar()
    return state


def append(
    unit: Unit,
    conversation: Conversation,
    message_id: str,
    in_reply_to: str | None,
    entry: Mapping[str, Any],
    buttons: Mapping[str, Mapping[str, Any]],
) -> None:
    """Keep a message of ours. `buttons` are the payloads of the buttons and card rows that `entry` offers, by id.

    `entry` may hold `buttons` (a list of mappings with `id`) and a `card` whose `rows` have a `choice`: those are taken
    out of the transcript once one of them is answered. A message id kept before is kept once.
    """
    seq = _add(unit, conversation, "out", message_id, in_reply_to, entry, unit.now())
    if seq is None:
        return
    for button_id, payload in buttons.items():
        unit.connection.execute(
            _buttons.insert().values(
                conversation_id=conversation.id, button=digest(button_id), entry_seq=seq, content=dict(payload)
            )
        )


_buttons = buttons


def _add(
    unit: Unit,
    conversation: Conversation,
    direction: str,
    message_id: str,
    in_reply_to: str | None,
    entry: Mapping[str, Any],
    at: datetime,
) -> int | None:
    """The number of the entry now kept, or None when it was kept before."""
    added = unit.add_once(
        entries,
        {
            "conversation_id": conversation.id,
            "case_id": _standing(unit, conversation).case_id,
            "direction": direction,
            "message": digest(message_id),
            "at": at,
            "closed": False,
            "content": {"id": message_id, "in_reply_to": in_reply_to, "entry": dict(entry)},
        },
    )
    if not added:
        return None
    seq: int = unit.connection.execute(
        select(entries.c.seq).where(
            entries.c.conversation_id == conversation.id,
            entries.c.direction == direction,
            entries.c.message == digest(message_id),
        )
    ).scalar_one()
    return seq


def _standing(unit: Unit, conversation: Conversation) -> Any:
    return unit.connection.execute(
        select(conversations.c.consented_at, conversations.c.case_id).where(conversations.c.id == conversation.id)
    ).one()


def transcript(unit: Unit, conversation: Conversation, after: str | None = None) -> tuple[Entry, ...]:
    """The messages in order, or those after the message with id `after`; all of them when that id is unknown."""
    found = select(entries).where(entries.c.conversation_id == conversation.id)
    if after is not None:
        seq = unit.connection.execute(
            select(entries.c.seq).where(
                entries.c.conversation_id == conversation.id, entries.c.message == digest(after)
            )
        ).scalars()
        found = found.where(entries.c.seq > max(seq, default=0))
    return tuple(
        Entry(
            direction=row.direction,
            id=row.content["id"],
            in_reply_to=row.content["in_reply_to"],
            content=_without_choices(row.content["entry"]) if row.closed else row.content["entry"],
            at=row.at,
        )
        for row in unit.connection.execute(found.order_by(entries.c.seq))
    )


def _without_choices(entry: Mapping[str, Any]) -> dict[str, Any]:
    left = dict(entry)
    if left.get("buttons"):
        left["buttons"] = []
    card = left.get("card")
    if isinstance(card, Mapping):
        left["card"] = {**card, "rows": [{**row, "choice": None} for row in card.get("rows", ())]}
    return left


def take_button(unit: Unit, conversation: Conversation, button_id: str) -> Mapping[str, Any] | None:
    """The payload of a button of this conversation, once: it closes every button of its message.

    None for a button that is unknown, used, or another conversation's.
    """
    row = unit.connection.execute(
        select(buttons.c.entry_seq, buttons.c.content).where(
            buttons.c.conversation_id == conversation.id, buttons.c.button == digest(button_id)
        )
    ).one_or_none()
    if row is None:
        return None
    first = unit.connection.execute(
        entries.update().where(entries.c.seq == row.entry_seq, entries.c.closed.is_(False)).values(closed=True)
    ).rowcount
    unit.connection.execute(buttons.delete().where(buttons.c.entry_seq == row.entry_seq))
    payload: Mapping[str, Any] = row.content
    return payload if first else None
