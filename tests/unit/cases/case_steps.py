"""First steps that most tests of the stored cases take."""

from __future__ import annotations

from datetime import datetime, timezone

from actions.cases import Conversation, Unit

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone.utc)


def sender(letter: str, channel: str = "web") -> str:
    return f"{channel}-{letter * 64}"


def begin(unit: Unit, letter: str = "a", channel: str = "web", consent: bool = True) -> Conversation:
    """A conversation that was agreed to."""
    conversation = unit.new_conversation(channel, sender(letter, channel), NOW)
    return unit.give_consent(conversation, NOW) if consent else conversation


def begin_case(unit: Unit, letter: str = "a") -> tuple[Conversation, str]:
    """A conversation with its case."""
    case_id = unit.new_case(begin(unit, letter), NOW, 30)
    conversation = unit.conversation(sender(letter))
    assert conversation is not None
    return conversation, case_id
