"""Rasa's working memory: one sealed row a conversation, gone with it."""

from __future__ import annotations

from datetime import datetime

from case_steps import begin, sender

from actions.cases import Database


def test_the_latest_tracker_is_kept(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        begin(unit, "a"), begin(unit, "b")
        assert unit.tracker(sender("a")) is None
        unit.put_tracker(sender("a"), b"one", now)
        unit.put_tracker(sender("a"), b"two\0\xff", now)
    with database.unit() as unit:
        assert unit.tracker(sender("a")) == b"two\0\xff"
        assert unit.tracker(sender("b")) is None


def test_a_turn_that_ends_after_the_delete_brings_nothing_back(database: Database, now: datetime) -> None:
    with database.unit() as unit:
        one = begin(unit)
        unit.put_tracker(sender("a"), b"one", now)
        unit.delete_conversation(one)
    with database.unit() as unit:
        unit.put_tracker(sender("a"), b"two", now)
        assert unit.tracker(sender("a")) is None
