"""Codes a person can write down: one to come back to a conversation, one to hand a case to the clinic."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from actions.cases.conversations import Conversation, by_id
from actions.cases.errors import UnknownCase
from actions.cases.names import digest
from actions.cases.record import case_ids, join_case
from actions.cases.tables import codes

if TYPE_CHECKING:
    from actions.cases.unit import Unit

# Crockford's base 32: no I, L, O, U, so that nothing is misread. 16 digits are 80 bits; only their hash is stored.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110")
_RESUME, _HAND_OVER = "resume", "hand_over"


def resume_code(unit: Unit, conversation: Conversation, until: datetime) -> str:
    """A code that leads back to this conversation until then; the one given before stops working."""
    code = _give(unit, conversation, _RESUME, until, None)
    unit.happened("resume_code_given", conversation_id=conversation.id)
    return code


def resume(unit: Unit, code: str, now: datetime) -> Conversation | None:
    """The conversation that this code leads back to, or None. The code goes on working until its time is over."""
    row = _find(unit, code, _RESUME, now)
    found = by_id(unit, row.conversation_id) if row else None
    if found:
        unit.happened("conversation_resumed")
    return found


def hand_over_code(unit: Unit, conversation: Conversation, case_id: str, until: datetime) -> str:
    """A code that lets one staff conversation join this case. Raises UnknownCase unless it is its own."""
    if case_id not in case_ids(unit, conversation):
        raise UnknownCase("this conversation has no such case")
    code = _give(unit, conversation, _HAND_OVER, until, case_id)
    unit.happened("hand_over_code_given", case_id=case_id, conversation_id=conversation.id)
    return code


def take_over(unit: Unit, conversation: Conversation, code: str, now: datetime) -> str | None:
    """Join the case of a hand-over code as staff, once; its id, or None when the code is unknown, used or too old."""
    row = _find(unit, code, _HAND_OVER, now)
    if row is None or not unit.connection.execute(codes.delete().where(codes.c.digest == row.digest)).rowcount:
        return None
    join_case(unit, conversation, row.case_id, "staff", now)
    case_id: str = row.case_id
    return case_id


def _give(unit: Unit, conversation: Conversation, purpose: str, until: datetime, case_id: str | None) -> str:
    digits = "".join(secrets.choice(_DIGITS) for _ in range(16))
    unit.connection.execute(
        codes.delete().where(
            codes.c.conversation_id == conversation.id,
            codes.c.purpose == purpose,
            codes.c.case_id == case_id if case_id else codes.c.case_id.is_(None),
        )
    )
    unit.connection.execute(
        codes.insert().values(
            digest=_digest(digits),
            purpose=purpose,
            conversation_id=conversation.id,
            case_id=case_id,
            expires_at=until,
        )
    )
    return "-".join(digits[i : i + 4] for i in range(0, 16, 4))


def _find(unit: Unit, code: str, purpose: str, now: datetime) -> Any:
    return unit.connection.execute(
        select(codes).where(codes.c.digest == _digest(code), codes.c.purpose == purpose, codes.c.expires_at > now)
    ).one_or_none()


def _digest(code: str) -> str:
    return digest("".join(c for c in code.upper() if c.isalnum()).translate(_MISREAD))
