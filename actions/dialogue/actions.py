"""The actions that rules run."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.casework import asides, checking, documents, drafting, false_alarms, interview
from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.replies import Reply
from actions.casework.texts import say
from actions.dialogue import wrapper
from actions.dialogue.heard import heard, metadata
from criteria.facts import key

Said = tuple[Reply, ...]


def _action(action_name: str, work: Callable[[Talk, Tracker], Said], go_on: bool = False) -> type[Action]:
    """A Rasa action of this name that says what `work` returns.

    `go_on`: outside a form the interview goes on after it; inside one the form asks again by itself.
    """

    class Made(Action):
        def name(self) -> str:
            return action_name

        async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
            def done(talk: Talk) -> tuple[wrapper.Events, Said]:
                replies = work(talk, tracker)
                in_form = bool((tracker.active_loop or {}).get("name"))
                return ([FollowupAction("intake_form")] if go_on and not in_form else []), replies

            return await wrapper.run(done, dispatcher, tracker)

    Made.__name__ = "".join(part.capitalize() for part in action_name.split("_"))
    return Made


def _welcome(talk: Talk, tracker: Tracker) -> Said:
    waiting = metadata(tracker).get("text")
    if not waiting:
        return (Reply(say("welcome")),)
    taken = asides.take(talk, asides.listen(interview.Heard(str(waiting), "inform"), talk.desk.today()))
    if not taken.facts and len(str(waiting).split()) <= _GREETING:
        return (Reply(say("welcome")),)
    return (Reply(say("welcome_held")), *taken.replies)


_GREETING = 6
"""Words of a "hello there" that waited for consent; more than that deserves an answer."""


def _read_document(talk: Talk, tracker: Tracker) -> Said:
    return documents.take_document(talk, str(metadata(tracker)["document_id"]))


def _emergency(talk: Talk, tracker: Tracker) -> Said:
    """Keep what the statement said. The door has already answered it; nothing more is said now."""
    given = metadata(tracker)
    talk.set_note("paused", True)
    if false_alarms.disowned(talk, str(given.get("text", ""))):
        # "That was my neighbor, her chest hurts" sounds like one more, and tells nothing of this person.
        false_alarms.take_back(talk)
        return ()
    known = {fact.ref for fact in talk.unit.facts(talk.case_id)}
    lasted = talk.case().symptom_weeks is not None
    if "document_id" in given:
        documents.take_document(talk, str(given["document_id"]))
    elif "value" in given:
        interview.answer(talk, interview.Heard(str(given["title"]), "answer", value=given["value"], from_door=True))
    else:
        interview.answer(talk, interview.Heard(str(given.get("text", "")), "inform"))
    for fact in talk.unit.facts(talk.case_id):
        # "Since this morning" is how long the emergency lasts, and not how long the complaint has.
        if lasted and fact.ref not in known and key(fact.value) == "symptom_weeks":
            talk.unit.retract(talk.case_id, fact.ref, talk.desk.now())
    false_alarms.remember(talk, known)
    return ()


def _resume(talk: Talk, tracker: Tracker) -> Said:
    said = heard(tracker)
    if not said.from_door and not talk.note("paused"):
        # Nothing was stopped: "should I go to the ER?" only sounds like "I am back".
        taken = asides.take(talk, asides.listen(replace(said, intent="inform"), talk.desk.today()))
        return taken.replies if taken.understood else (Reply(say("resumed")),)
    talk.set_note("start_over_asked", None)
    talk.set_note("paused", None)
    if not said.from_door and false_alarms.was_false_alarm(said.text):
        # What was never so must stand in no letter.
        false_alarms.take_back(talk)
    elif not said.from_door:
        interview.keep(talk, said.text)
    return (Reply(say("resumed")),)


def _edit(talk: Talk, tracker: Tracker) -> Said:
    interview.edit(talk, metadata(tracker).get("value") or {})
    return ()


ActionWelcome = _action("action_welcome", _welcome)
ActionReadDocument = _action("action_read_document", _read_document, go_on=True)
ActionNotDenied = _action("action_not_denied", lambda talk, said: interview.not_denied(talk, heard(said)), go_on=True)
ActionCheck = _action("action_check", lambda talk, tracker: checking.check(talk))
ActionStatus = _action("action_status", lambda talk, tracker: (checking.noted(talk), *checking.status(talk)))
ActionDeadline = _action("action_deadline", lambda talk, tracker: (drafting.deadlines(talk),))
ActionWhy = _action("action_why", lambda talk, tracker: interview.why(talk))
ActionGoBack = _action("action_go_back", lambda talk, tracker: interview.go_back(talk), go_on=True)
ActionEdit = _action("action_edit", _edit, go_on=True)
ActionStartOverAsk = _action("action_start_over_ask", lambda talk, tracker: interview.ask_to_start_over(talk))
ActionEmergency = _action("action_emergency", _emergency)
ActionResume = _action("action_resume", _resume, go_on=True)


class ActionStartOver(Action):
    """Begins a new case. It leaves the form that was asking: what that asked was of the case before."""

    def name(self) -> str:
        return "action_start_over"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        return await wrapper.run(
            lambda talk: ([ActiveLoop(None), FollowupAction("intake_form")], interview.start_over(talk)),
            dispatcher,
            tracker,
        )


class ActionDraft(Action):
    """Drafts the appeal. Setting it in type happens before the transaction, so that nobody waits for it."""

    def name(self) -> str:
        return "action_draft"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        drafted: list[drafting.Drafted | None] = []
        asked_for = wrapper.intent(tracker) == "draft_letter"
        asks_on = bool((tracker.active_loop or {}).get("name"))
        return await wrapper.run(
            lambda talk: ([], drafting.hand_over(talk, drafted[0], asked_for, asks_on)),
            dispatcher,
            tracker,
            before=lambda desk: drafted.append(drafting.draft_appeal(desk, tracker.sender_id)),
        )


class ActionTake(Action):
    """Takes a message that came while no form was asking. Only words that said something make the interview go on."""

    def name(self) -> str:
        return "action_take"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        said: list[interview.Heard] = []

        def listen(desk: Desk) -> None:
            said.append(asides.listen(heard(tracker), desk.today()))

        def work(talk: Talk) -> tuple[wrapper.Events, Said]:
            taken = asides.take(talk, said[0])
            return ([FollowupAction("intake_form")] if taken.facts else []), taken.replies

        return await wrapper.run(work, dispatcher, tracker, before=listen)


class ActionHealthCheck(Action):
    """Answers the health turn: the model, this server and the database all work."""

    def name(self) -> str:
        return "action_health_check"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        wrapper.warm()
        dispatcher.utter_message(json_message=Reply("ok").to_json())
        return []
