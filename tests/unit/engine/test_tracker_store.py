"""Rasa's working memory: short, encrypted, the same dialogue after it was shortened, and never made up."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

from actions.cases import CasesError, Database, new_key, open_database
from bot.engine.tracker import HEALTH_SENDER, KEPT_TURNS, CaseTrackerStore

DOMAIN = Domain.from_yaml(
    """
version: "3.1"
intents: [inform, why]
actions: [action_why, action_other]
slots:
  study: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  symptoms: {type: text, influence_conversation: false, mappings: [{type: custom}]}
forms:
  intake_form: {required_slots: [study, symptoms]}
"""
)
SENDER = "web-" + "ab" * 32


@pytest.fixture
def database(tmp_path: Path) -> Database:
    made = open_database(f"sqlite:///{tmp_path / 't.db'}", new_key())
    made.migrate()
    with made.unit() as unit:
        unit.new_conversation("web", SENDER, unit.now())
    return made


@pytest.fixture
def store(database: Database) -> CaseTrackerStore:
    return CaseTrackerStore(DOMAIN, database=database)


def said(text: str, intent: str = "inform") -> UserUttered:
    return UserUttered(text, {"name": intent, "confidence": 1.0})


def turn(number: int, *middle: Event) -> list[Event]:
    return [said(f"words {number}"), *middle, BotUttered(f"answer {number}"), ActionExecuted(ACTION_LISTEN_NAME)]


def begun() -> list[Event]:
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted(ACTION_LISTEN_NAME)]


def in_a_form() -> list[Event]:
    """Eight turns: a slot set early, then in the second slot of a form, with an interruption at the end."""
    events = begun()
    events += turn(1, ActionExecuted("intake_form"), ActiveLoop("intake_form"), SlotSet(REQUESTED_SLOT, "study"))
    events += turn(2, ActionExecuted("intake_form"), SlotSet("study", "answered"), SlotSet(REQUESTED_SLOT, "symptoms"))
    for number in range(3, 8):
        events += turn(number, ActionExecuted("intake_form"), SlotSet(REQUESTED_SLOT, "symptoms"))
    return events + turn(8, ActionExecuted("action_why"), ActionExecuted("intake_form"))


def kept(store: CaseTrackerStore, events: list[Event]) -> DialogueStateTracker:
    """What comes back when a tracker with these events was saved."""

    async def round_trip() -> DialogueStateTracker | None:
        await store.save(DialogueStateTracker.from_events(SENDER, events, DOMAIN.slots))
        return await store.retrieve(SENDER)

    found = asyncio.run(round_trip())
    assert found is not None
    return found


def state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """All that policies and forms look at now."""
    return {
        "slots": tracker.current_slot_values(),
        "form": tracker.active_loop_name,
        "rejected": tracker.active_loop.rejected if tracker.active_loop else None,
        "interrupted": tracker.active_loop.is_interrupted if tracker.active_loop else None,
        "last action": tracker.latest_action_name,
        "last words": tracker.latest_message.text if tracker.latest_message else None,
        "paused": tracker.is_paused(),
        "features": tracker.past_states(DOMAIN)[-2:],
    }


def test_a_new_conversation_has_no_memory(store: CaseTrackerStore) -> None:
    assert asyncio.run(store.retrieve(SENDER)) is None


def test_a_short_conversation_is_kept_as_it_is(store: CaseTrackerStore) -> None:
    events = begun() + turn(1) + turn(2)
    assert [event.as_dict() for event in kept(store, events).events] == [event.as_dict() for event in events]


def test_a_long_one_keeps_its_last_turns_and_the_state_before_them(store: CaseTrackerStore) -> None:
    whole = DialogueStateTracker.from_events(SENDER, in_a_form(), DOMAIN.slots)
    short = kept(store, in_a_form())
    words = [event.text for event in short.events if isinstance(event, UserUttered)]
    assert words == ["words 6", "words 7", "words 8"]
    assert state(short) == state(whole)
    assert short.active_loop_name == "intake_form"
    assert short.get_slot(REQUESTED_SLOT) == "symptoms"
    assert short.get_slot("study") == "answered"


def test_many_turns_cost_what_few_cost_and_stay_right(store: CaseTrackerStore) -> None:
    tracker = kept(store, in_a_form())
    sizes = []
    for number in range(9, 40):
        events = list(tracker.events) + turn(number, ActionExecuted("intake_form"), SlotSet(REQUESTED_SLOT, "symptoms"))
        tracker = kept(store, events)
        sizes.append(len(tracker.events))
    assert max(sizes) == sizes[5] == sizes[-1]
    assert sum(isinstance(event, UserUttered) for event in tracker.events) == KEPT_TURNS
    assert (tracker.active_loop_name, tracker.get_slot("study")) == ("intake_form", "answered")


def test_a_slot_that_was_emptied_and_a_restart_stay_so(store: CaseTrackerStore) -> None:
    events = begun() + turn(1, SlotSet("study", "answered")) + turn(2, SlotSet("study", None))
    for number in range(3, 8):
        events += turn(number)
    assert kept(store, events).get_slot("study") is None
    events = begun() + turn(1, SlotSet("study", "answered")) + [Restarted(), ActionExecuted(ACTION_LISTEN_NAME)]
    for number in range(2, 8):
        events += turn(number)
    assert kept(store, events).get_slot("study") is None


def test_nothing_stands_in_the_clear(store: CaseTrackerStore, tmp_path: Path) -> None:
    kept(store, begun() + turn(1))
    with sqlite3.connect(tmp_path / "t.db") as raw:
        stored = b"".join(bytes(row[0]) for row in raw.execute("select content from trackers"))
    assert stored
    assert b"words" not in stored and b"user" not in stored


def test_a_broken_database_is_an_error_and_not_a_new_conversation(
    store: CaseTrackerStore, database: Database, tmp_path: Path
) -> None:
    tracker = kept(store, begun() + turn(1))
    with sqlite3.connect(tmp_path / "t.db") as raw:
        raw.execute("drop table trackers")
    with pytest.raises(CasesError):
        asyncio.run(store.retrieve(SENDER))
    with pytest.raises(CasesError):
        asyncio.run(store.save(tracker))


def test_the_health_turn_leaves_no_row(store: CaseTrackerStore, database: Database) -> None:
    async def turn_of_health() -> Any:
        await store.save(DialogueStateTracker.from_events(HEALTH_SENDER, begun() + turn(1), DOMAIN.slots))
        return await store.retrieve(HEALTH_SENDER)

    assert asyncio.run(turn_of_health()) is None
    with database.unit() as unit:
        assert unit.tracker(HEALTH_SENDER) is None
