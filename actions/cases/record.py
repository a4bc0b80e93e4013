"""The case: who has it, what was said of it, which questions are closed, and small notes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from actions.cases import tables
from actions.cases.conversations import Conversation
from actions.cases.errors import BadContent, UnknownCase
from actions.cases.names import checked_name, is_ours, new_id
from actions.cases.tables import cases, conversations, members
from criteria.facts import Fact

if TYPE_CHECKING:
    from actions.cases.unit import Unit

STATES = ("answered", "dont_know", "skipped")
ROLES = ("owner", "staff")


@dataclass(frozen=True)
class CaseSummary:
    """A case seen from outside: its dates and how much it holds, nothing of what it holds."""

    id: str
    created_at: datetime
    retain_until: date
    conversations: int
    facts: int
    documents: int


def new_case(unit: Unit, conversation: Conversation, now: datetime, retain_days: int) -> str:
    """The id of a new case, this conversation's own and its current one; kept until `retain_days` days from now."""
    case_id = new_id()
    unit.connection.execute(
        cases.insert().values(
            id=case_id,
            created_at=now,
            retain_until=now.date() + timedelta(days=retain_days),
            questions={},
            notes={},
        )
    )
    join_case(unit, conversation, case_id, "owner", now)
    return case_id


def join_case(unit: Unit, conversation: Conversation, case_id: str, role: str, now: datetime) -> None:
    """Give a conversation a part in a case (owner or staff), and make it the current one. Raises UnknownCase."""
    if role not in ROLES:
        raise BadContent(f"a role is one of {', '.join(ROLES)}")
    locked(unit, case_id)
    unit.add_once(members, {"conversation_id": conversation.id, "case_id": case_id, "role": role, "since": now})
    event = "case_begun" if role == "owner" else "case_joined"
    unit.happened(event, case_id=case_id, conversation_id=conversation.id, role=role)
    use_case(unit, conversation, case_id)


def case_ids(unit: Unit, conversation: Conversation) -> tuple[str, ...]:
    """The cases this conversation has a part in, oldest first."""
    return tuple(
        unit.connection.execute(
            select(members.c.case_id)
            .where(members.c.conversation_id == conversation.id)
            .order_by(members.c.since, members.c.case_id)
        ).scalars()
    )


def use_case(unit: Unit, conversation: Conversation, case_id: str) -> None:
    """Make one of this conversation's cases the current one. Raises UnknownCase for any other."""
    if case_id not in case_ids(unit, conversation):
        raise UnknownCase("this conversation has no such case")
    unit.connection.execute(conversations.update().where(conversations.c.id == conversation.id).values(case_id=case_id))


def locked(unit: Unit, case_id: str) -> Any:
    """The case's row, nobody else's to change until the transaction ends. Raises UnknownCase."""
    row = None
    if is_ours(case_id):
        row = unit.connection.execute(
            select(cases).where(cases.c.id == case_id).with_for_update(key_share=True)
        ).one_or_none()
    if row is None:
        raise UnknownCase("there is no such case; it may have been deleted")
    return row


def add_facts(unit: Unit, case_id: str, facts: Sequence[Fact], now: datetime) -> tuple[Fact, ...]:
    """Add what was said to the case's history; the facts come back with their `ref`.

    Raises UnknownCase, BadContent.
    """
    locked(unit, case_id)
    added = tuple(replace(fact, ref=new_id()) for fact in facts)
    for fact in added:
        unit.connection.execute(
            tables.facts.insert().values(
                id=fact.ref,
                case_id=case_id,
                who=checked_name(fact.said.who, "source", 16),
                added_by=unit.actor.id if unit.actor else None,
                added_at=now,
                content=replace(fact, ref=""),
            )
        )
    for who in sorted({fact.said.who for fact in added}):
        unit.happened(f"facts_from_{who}", case_id=case_id)
    return added


def facts(unit: Unit, case_id: str) -> tuple[Fact, ...]:
    """All that was said and not taken back, in the order said; `criteria.facts.case_of` decides what stands."""
    return _facts(unit, case_id, tables.facts.c.retracted_at.is_(None))


def history(unit: Unit, case_id: str) -> tuple[Fact, ...]:
    """All that was ever said, in the order said, what was taken back included."""
    return _facts(unit, case_id)


def _facts(unit: Unit, case_id: str, *conditions: Any) -> tuple[Fact, ...]:
    rows = unit.connection.execute(
        select(tables.facts.c.id, tables.facts.c.content)
        .where(tables.facts.c.case_id == case_id, *conditions)
        .order_by(tables.facts.c.seq)
    )
    return tuple(replace(content, ref=ref) for ref, content in rows)


def retract(unit: Unit, case_id: str, ref: str, now: datetime) -> bool:
    """Take a fact back: it no longer counts, and stays in the history. False when the case has no such fact."""
    changed = unit.connection.execute(
        tables.facts.update()
        .where(
            tables.facts.c.case_id == case_id,
            tables.facts.c.id == (ref if is_ours(ref) else ""),
            tables.facts.c.retracted_at.is_(None),
        )
        .values(retracted_at=now)
    ).rowcount
    if changed:
        unit.happened("fact_retracted", case_id=case_id)
    return bool(changed)


def set_question(unit: Unit, case_id: str, question_id: str, state: str, now: datetime) -> None:
    """Close a question: answered, dont_know or skipped. Raises UnknownCase, BadContent."""
    if state not in STATES:
        raise BadContent(f"the state of a question is one of {', '.join(STATES)}")
    checked_name(question_id, "question id")
    _change(unit, case_id, "questions", question_id, state)
    unit.happened(f"question_{state}", case_id=case_id)


def reopen(unit: Unit, case_id: str, question_id: str) -> None:
    """Let a question be asked again. Raises UnknownCase."""
    _change(unit, case_id, "questions", question_id, None)


def questions(unit: Unit, case_id: str) -> dict[str, str]:
    """The closed questions and how each was closed."""
    return _column(unit, case_id, "questions")


def note(unit: Unit, case_id: str, name: str, value: Any) -> None:
    """Keep a small note with the case; None takes it away. Raises UnknownCase, BadContent."""
    _change(unit, case_id, "notes", checked_name(name, "note name"), value)


def notes(unit: Unit, case_id: str) -> dict[str, Any]:
    """The notes of the case."""
    return _column(unit, case_id, "notes")


def _column(unit: Unit, case_id: str, name: str) -> dict[str, Any]:
    content = unit.connection.execute(select(cases.c[name]).where(cases.c.id == case_id)).scalar()
    return content or {}


def _change(unit: Unit, case_id: str, column: str, name: str, value: Any) -> None:
    content = dict(locked(unit, case_id)[column])
    content.pop(name, None)
    if value is not None:
        content[name] = value
    unit.connection.execute(cases.update().where(cases.c.id == case_id).values({column: content}))


def case_summaries(unit: Unit) -> tuple[CaseSummary, ...]:
    """Every case, oldest first: for the desk, which sees how much there is and not what."""

    def count(table: Any) -> Any:
        return select(func.count()).where(table.c.case_id == cases.c.id).scalar_subquery()

    rows = unit.connection.execute(
        select(
            cases.c.id,
            cases.c.created_at,
            cases.c.retain_until,
            count(members),
            count(tables.facts),
            count(tables.documents),
        ).order_by(cases.c.created_at, cases.c.id)
    )
    return tuple(CaseSummary(*row) for row in rows)
