"""The one wrapper around every action: no action can raise, hang, write late, or put a person's words in a log."""

from __future__ import annotations

import asyncio
import contextvars
import gc
import logging
import os
import time
import traceback
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.casework import asides, false_alarms, interview
from actions.casework.conversation import NoConversationError, Talk, talk
from actions.casework.desk import Desk, open_desk
from actions.casework.door import trouble
from actions.casework.replies import Button, Reply, Static
from actions.casework.texts import say
from actions.dialogue.heard import heard

logger = logging.getLogger("overturn.actions")

SECONDS = 8.0
"""How long one action may take: less than Rasa's own 12 s, so that the honest sentence comes from here."""

Events = list[dict[str, Any]]
Work = Callable[[Talk], tuple[Events, tuple[Reply, ...]]]
# What may be said while an emergency has paused the case.
_WHILE_PAUSED = frozenset({"resume", "emergency", "delete_data", "talk_to_person"})


@lru_cache(maxsize=1)
def desk() -> Desk:
    """The desk of this process, opened at the first action."""
    return open_desk(os.environ)


def warm() -> None:
    """Does once what the first message would have to wait for. Raises actions.cases.Unready for a broken database."""
    desk().database.ready()
    _read_once()


@lru_cache(maxsize=1)
def _read_once() -> None:
    interview.warm(desk().today())
    # The rules stay for good: the collector need not look through all of them again in the middle of a turn.
    gc.collect()
    gc.freeze()


async def run(
    work: Work,
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    failed: Callable[[], Events] = list,
    before: Callable[[Desk], None] | None = None,
) -> Events:
    """Run one action's work in a transaction of its own and say its replies.

    Whatever goes wrong, nothing is written and one true short sentence is said; `failed` gives the events then. Work
    that outlives its time cannot commit any more. `before` is what must be done ahead of the transaction.
    """
    until = time.monotonic() + SECONDS
    try:
        context = contextvars.copy_context()
        call = asyncio.get_running_loop().run_in_executor(
            None, context.run, _work, before, work, tracker, until
        )
        events, replies = await asyncio.wait_for(call, SECONDS + 0.5)
    except NoConversationError:
        return failed()
    except Exception as error:
        _log(error)
        events, replies = failed(), (trouble(desk()),)
    for reply in replies:
        if isinstance(reply, Static):
            dispatcher.utter_message(response=reply.name)
        else:
            dispatcher.utter_message(json_message=reply.to_json())
    return events


def _work(
    before: Callable[[Desk], None] | None, work: Work, tracker: Tracker, until: float
) -> tuple[Events, tuple[Reply, ...]]:
    if before is not None:
        before(desk())
    with desk().database.unit(until) as unit:
        view = talk(desk(), unit, tracker.sender_id)
        if view.note("paused") and intent(tracker) not in _WHILE_PAUSED:
            said = heard(tracker)
            if not said.from_door and interview.reached_care(said.text):
                return _in_care(view, work)
            answers: tuple[Reply, ...] = ()
            if not said.from_door:
                asked = asides.listen(said, desk().today())
                interview.keep(view, asked.text)
                answers = asides.answers(view, asked)
            resume = Button(say("resume_button"), "resume")
            return [], (*answers, Reply(say("paused"), (resume,), tone="emergency"))
        if not view.note("paused") and _disowned(view, tracker):
            return [], (Reply(say("alarm_taken_back")),)
        return work(view)


def _disowned(view: Talk, tracker: Tracker) -> bool:
    """Whether somebody says, after the pause, that the emergency was somebody else's: it is taken back."""
    said = heard(tracker)
    if said.from_door or intent(tracker) == "emergency" or not false_alarms.disowned(view, said.text):
        return False
    false_alarms.take_back(view)
    return True


def _in_care(view: Talk, work: Work) -> tuple[Events, tuple[Reply, ...]]:
    """Somebody is looked after now: the pause ends, what they told is taken, and the interview goes on."""
    view.set_note("paused", None)
    events, replies = work(view)
    # The pause has ended the form, so that nothing would ask on.
    following = [] if any(event.get("event") == "followup" for event in events) else [FollowupAction("intake_form")]
    told = [reply for reply in replies if reply.text not in (say("unclear"), say("nonsense"))]
    return [*events, *following], (Reply(say("resumed_in_care")), *told)


def intent(tracker: Tracker) -> str:
    """The latest message's intent, `nlu_fallback` included (the SDK's own getter skips to the runner-up)."""
    return str((tracker.latest_message.get("intent") or {}).get("name") or "")


def _log(error: BaseException) -> None:
    """Type and place of an error; never its text, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else "?"
    logger.error("an action failed: %s at %s", type(error).__name__, place)
