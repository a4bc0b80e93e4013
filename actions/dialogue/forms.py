"""The two forms. A slot holds only `answered`, `dont_know` or `skipped`; what was said is in the case."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.casework import asides, interview
from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.interview import Heard
from actions.casework.replies import Reply
from actions.dialogue import wrapper
from actions.dialogue.heard import heard


async def validate(form: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> wrapper.Events:
    """Take the message if the form was waiting for it, and say which slots are open.

    Returns no event for a command or a question about the process, so that the form rejects and a rule answers.
    """

    said: list[Heard] = []

    def listen(desk: Desk) -> None:
        if _answers(form, tracker):
            said.append(asides.listen(heard(tracker), desk.today()))

    def work(talk: Talk) -> tuple[wrapper.Events, tuple[Reply, ...]]:
        replies: tuple[Reply, ...] = ()
        if said and interview.waits_for_start_over(talk):
            return [], ()
        if said:
            taken = asides.take(talk, said[0])
            if not taken.taken:
                return [], ()
            replies = taken.replies
        return _slots(interview.open_slots(talk, form)), replies

    def failed() -> wrapper.Events:
        # Progress without a change: the form neither rejects nor ends, and asks again.
        asked = tracker.get_slot("requested_slot") or interview.FORMS[form][0]
        return [SlotSet(asked, None), SlotSet("requested_slot", asked)]

    return await wrapper.run(work, dispatcher, tracker, failed, listen)


def _slots(states: dict[str, str | None]) -> wrapper.Events:
    following = next((slot for slot, state in states.items() if state is None), None)
    return [*(SlotSet(slot, state) for slot, state in states.items()), SlotSet("requested_slot", following)]


def _answers(form: str, tracker: Tracker) -> bool:
    """Whether the latest message is this form's to take: it was asking, and nothing else has answered since."""
    if not tracker.get_slot("requested_slot") or (tracker.active_loop or {}).get("name") not in (form, None):
        return False
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return True
        if event["event"] == "action" and event["name"] not in (form, "action_listen", "action_extract_slots"):
            return False
    return False


class ValidateIntakeForm(Action):
    def name(self) -> str:
        return "validate_intake_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        return await validate("intake_form", dispatcher, tracker)


class ValidateMissingFactsForm(Action):
    def name(self) -> str:
        return "validate_missing_facts_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
        return await validate("missing_facts_form", dispatcher, tracker)


def _ask_action(slot: str) -> type[Action]:
    """The action by which a form asks for a slot: the question comes from the case."""

    class Ask(Action):
        def name(self) -> str:
            return f"action_ask_{slot}"

        async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> wrapper.Events:
            return await wrapper.run(lambda talk: ([], interview.ask(talk, slot)), dispatcher, tracker)

    Ask.__name__ = "Ask" + "".join(part.capitalize() for part in slot.split("_"))
    return Ask


AskDenial = _ask_action("denial")
AskStudy = _ask_action("study")
AskSymptoms = _ask_action("symptoms")
AskDuration = _ask_action("duration")
AskPriorTreatment = _ask_action("prior_treatment")
AskPlan = _ask_action("plan")
AskRedFlags = _ask_action("red_flags")
AskPeerToPeer = _ask_action("peer_to_peer")
AskOpenFact = _ask_action("open_fact")
