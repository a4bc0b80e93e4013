"""Rasa's working memory of a conversation: one encrypted row, the last turns and the state before them.

What is true of a case is in the case, so the tracker may forget: a long conversation costs what a short one costs. A
database that is down raises; nothing here falls back to memory, where an answer would come from a forgotten talk.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, REQUESTED_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from actions.cases import Database, open_database

KEPT_TURNS = 3
HEALTH_SENDER = "web-" + "0" * 64
"""The reserved conversation of `/readyz`; no row is kept of it."""


class CaseTrackerStore(TrackerStore):
    """The tracker store that endpoints.yml names; its database and key come from the environment."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: Any = None,
        database: Database | None = None,
        **_: Any,
    ) -> None:
        super().__init__(domain, event_broker)
        self._database = database or open_database(os.environ["OVERTURN_DATABASE_URL"], os.environ["OVERTURN_KEY"])

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the tracker's last turns. Raises whatever the database raises."""
        if tracker.sender_id == HEALTH_SENDER:
            return
        events = shortened(list(tracker.events), tracker, self.domain)
        content = json.dumps([event.as_dict() for event in events]).encode()
        await asyncio.to_thread(self._put, tracker.sender_id, content)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was kept, or None for a new one. Raises whatever the database raises."""
        if sender_id == HEALTH_SENDER:
            return None
        content = await asyncio.to_thread(self._get, sender_id)
        if content is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in json.loads(content):
            read = Event.from_parameters(event)
            if read is not None:
                tracker.update(read)
        return tracker

    def ready(self) -> bool:
        """Whether the database can be worked with. Raises actions.cases.Unready, which says why not."""
        self._database.ready()
        return True

    async def keys(self) -> Iterable[str]:
        """Nothing: no part of Rasa that we start lists conversations."""
        return ()

    def _put(self, sender_id: str, content: bytes) -> None:
        with self._database.unit() as unit:
            unit.put_tracker(sender_id, content, datetime.now(timezone.utc))

    def _get(self, sender_id: str) -> bytes | None:
        with self._database.unit() as unit:
            return unit.tracker(sender_id)


def shortened(events: list[Event], tracker: DialogueStateTracker, domain: Domain) -> list[Event]:
    """The events of the last `KEPT_TURNS` user turns, after events that replay to the state before them."""
    starts = [i for i, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) <= KEPT_TURNS:
        return events
    # A turn begins with the action_listen that the user's message answered.
    cut = starts[-KEPT_TURNS]
    while cut > 0 and not (isinstance(events[cut], ActionExecuted) and events[cut].action_name == ACTION_LISTEN_NAME):
        cut -= 1
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], domain.slots)
    return _state(before, events[0].timestamp) + events[cut:]


def _state(before: DialogueStateTracker, since: float) -> list[Event]:
    state: list[Event] = [SessionStarted(timestamp=since)]
    state += [
        SlotSet(slot.name, slot.value, timestamp=since)
        for slot in before.slots.values()
        if slot.value is not None and slot.name != REQUESTED_SLOT
    ]
    form = before.active_loop_name
    if form:
        state += [ActionExecuted(form, timestamp=since), ActiveLoop(form, timestamp=since)]
        state.append(SlotSet(REQUESTED_SLOT, before.get_slot(REQUESTED_SLOT), timestamp=since))
    return state
