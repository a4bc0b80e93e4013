"""What a door asks of casework: greet, take a message or a file in, take a press of a button, delete.

The door itself answers here whatever must not wait for Rasa: emergencies, consent, empty and oversized messages. What
Rasa is to hear comes back as turns.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from actions.cases import Conversation, Unit
from actions.casework import warning
from actions.casework.asides import is_aside
from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.false_alarms import disowned, never_so, still_ill, was_false_alarm
from actions.casework.interview import reached_care
from actions.casework.originals import MOST, kept
from actions.casework.replies import Button, Reply
from actions.casework.texts import say
from actions.casework.words import holds
from actions.reading import read
from actions.reading.answers import read_answer
from actions.reading.documents import DocumentText
from actions.reading.hearing import heard
from actions.reading.watch import SELF_HARM, VIOLENCE, asks_for_care, watch
from criteria.results import Question

DOCUMENT_LENGTH = 600
"""A longer text is a document: it is stored and read, and never enters Rasa's tracker."""
WAIT = timedelta(minutes=30)
_OVERDOSE = "RF48"
_ONLY_ASKS = 14
"""Words of a question whether to seek care, beside which nothing is told."""
_CONSENT = Question("consent", (), "yes_no", "")


@dataclass(frozen=True)
class Turn:
    """What to tell Rasa: the person's text, or a server-made line that begins with a slash."""

    text: str
    metadata: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Received:
    """The door's own answer, to be sent at once, and the turns to run after it."""

    replies: tuple[Reply, ...] = ()
    turns: tuple[Turn, ...] = ()


def greeting(desk: Desk, sender_id: str) -> tuple[Reply, ...]:
    """The first words of a new conversation: what this is, and the question for consent."""
    return (Reply(say("greeting")), _consent_ask(desk, "consent"))


def _consent_ask(desk: Desk, name: str) -> Reply:
    text = say(name, days=desk.retain_days) if name == "consent" else say(name)
    return Reply(text, (Button(say("consent_yes"), "consent"), Button(say("consent_declined"), "no_consent")))


def alarm(desk: Desk, text: str) -> Reply | None:
    """The answer to an emergency or to self-harm in this text, or None. Needs no database, so that nothing delays it.

    It quotes nothing: before consent no word of the person's may be kept.
    """
    document = _is_document(desk, text)
    hits = watch(text, today=desk.today(), document=document)
    levels: set[str | None] = {hit.level for hit in hits}
    # A crisis may be told beside a sign of the body, and is rarely named. A letter lists what its writer never said.
    if "crisis" not in levels and desk.ear and not document:
        levels.add(heard(desk.ear, text, desk.today()))
    if not levels & {"crisis", "E"}:
        return None
    if any(hit.id == _OVERDOSE for hit in hits):
        return _alarm("overdose")
    told = {hit.id for hit in hits}
    if VIOLENCE in told and SELF_HARM not in told and "E" not in levels:
        return _alarm("violence")
    both = {"crisis", "E"} <= levels
    return _alarm("emergency_and_crisis" if both else "crisis" if "crisis" in levels else "emergency")


def _alarm(name: str) -> Reply:
    return Reply(say(name), (Button(say("resume_button"), "resume"),), tone="emergency")


def receive(desk: Desk, sender_id: str, text: str, alarmed: bool, until: float | None = None) -> Received:
    """Take one typed or pasted message, of a length that the door has bounded.

    `alarmed`: the text raised the alarm, which the door has answered already; it is kept, and the case pauses. After
    the instant `until` (time.monotonic) nothing is written any more.
    """
    if not text.strip():
        return Received((Reply(say("empty")),))
    document = _is_document(desk, text)
    with desk.database.unit(until) as unit:
        conversation = _conversation(desk, unit, sender_id)
        if alarmed:
            return _paused(desk, unit, conversation, text, document)
        if conversation.consented_at is None:
            return _before_consent(desk, unit, conversation, text)
        here = Talk(desk, unit, conversation)
        if document:
            return Received(turns=(_document_turn(here, text),))
        if warning.alarms(here, text):
            return replace(_paused(desk, unit, conversation, text, document), replies=(_alarm("emergency"),))
        if (here.note("paused") or disowned(here, text)) and still_ill(text):
            # "It was about my mom, she is worse now": it is nobody's of the case, and somebody is ill.
            return replace(_paused(desk, unit, conversation, text, document), replies=(_alarm("emergency"),))
        if here.note("paused") and _goes_on(text):
            return Received(turns=(Turn("/resume", {"text": text}),))
        if asks_for_care(text):
            told = len(text.split()) > _ONLY_ASKS
            return Received((Reply(say("asks_for_care")),), (Turn(text),) if told else ())
        # What it hears is certain: it need not be guessed by likeness.
        return Received(turns=(Turn("/inform", {"text": text}) if is_aside(text) else Turn(text),))


def _goes_on(text: str) -> bool:
    """Whether somebody says in a pause that nothing is wrong any more, or never was."""
    if never_so(text):
        return True
    return not reached_care(text) and (holds("safe_now", text) or was_false_alarm(text))


def way_back(desk: Desk, sender_id: str) -> Reply | None:
    """How to go on where an emergency has paused the case, to be said under whatever else was answered; else None."""
    with desk.database.unit() as unit:
        conversation = unit.conversation(sender_id)
        if conversation is None or conversation.case_id is None or not Talk(desk, unit, conversation).note("paused"):
            return None
    return Reply(say("still_paused"), (Button(say("resume_button"), "resume"),))


def receive_file(
    desk: Desk,
    sender_id: str,
    found: DocumentText,
    alarmed: bool,
    until: float | None = None,
    original: bytes | None = None,
) -> Received:
    """Take what stands in a file that was sent, as a pasted letter is taken; `alarmed` and `until` as in `receive`.

    `original` is the file itself, only where the person asks that it is kept; before consent it is not kept even so.
    """
    marks = _FILE + (_PICTURE if found.picture else "")
    with desk.database.unit(until) as unit:
        conversation = _conversation(desk, unit, sender_id)
        if alarmed:
            return _paused(desk, unit, conversation, marks + found.text, document=True)
        if conversation.consented_at is None:
            _hold(desk, unit, conversation, marks + found.text)
            return Received((Reply(say("file_held")), _consent_ask(desk, "consent_again")))
        here = Talk(desk, unit, conversation)
        link = kept(here, found.kind, original) if original is not None else None
        full = original is not None and link is None
        said = say("file_read", unread=found.unread, kept=link is not None, full=full, most=MOST)
        reply = Reply(said, documents=(link,) if link else ())
        return Received((reply,), (_document_turn(here, marks + found.text),))


def choose(desk: Desk, sender_id: str, payload: Mapping[str, Any]) -> Received:
    """Take the press of a button that was offered in this conversation."""
    intent, value = str(payload["intent"]), payload.get("value") or {}
    with desk.database.unit() as unit:
        conversation = _conversation(desk, unit, sender_id)
        if intent == "consent":
            return _consented(desk, unit, conversation)
        if intent == "no_consent":
            unit.take_held(conversation, desk.now())
            return Received((Reply(say("consent_no"), (Button(say("consent_yes"), "consent"),)),))
        if conversation.consented_at is None:
            return Received((_consent_ask(desk, "consent_again"),))
        pressed = {"value": dict(value), "title": str(payload["title"])}
        here = Talk(desk, unit, conversation)
        if intent == "answer" and warning.alarms(here, str(payload["title"]), value):
            here.set_note("paused", True)
            return Received((_alarm("emergency"),), (Turn("/emergency", pressed),))
    return Received(turns=(Turn(f"/{intent}", pressed),))


def trouble(desk: Desk) -> Reply:
    """The honest sentence for a turn that failed or yielded nothing."""
    return Reply(say("trouble"))


def delete(desk: Desk, sender_id: str) -> Reply:
    """Delete the conversation and every case that it alone owns, and say so."""
    with desk.database.unit() as unit:
        conversation = unit.conversation(sender_id)
        shared = unit.delete_conversation(conversation).shared if conversation else 0
    return Reply(say("deleted_shared" if shared else "deleted"))


def _conversation(desk: Desk, unit: Unit, sender_id: str) -> Conversation:
    channel = sender_id.partition("-")[0]
    return unit.conversation(sender_id) or unit.new_conversation(channel, sender_id, desk.now())


def _is_document(desk: Desk, text: str) -> bool:
    if len(text) > DOCUMENT_LENGTH:
        return True
    reading = read(text, desk.today())
    return reading.kind == "denial_letter" or reading.denial.outcome in ("approved", "pending")


_FILE, _PICTURE = "\x1c", "\x1d"
"""In a text that waits: it came in a file, and some of it from a picture. What people type holds no such characters."""


def _document_turn(talk: Talk, text: str) -> Turn:
    """The turn for a document, which is stored now; one with the same words is stored once."""
    file, picture = _FILE in text, _PICTURE in text
    content = text.replace(_FILE, "").replace(_PICTURE, "").encode("utf-8", "replace")
    digest = hashlib.sha256(content).hexdigest()
    stored = talk.unit.documents(talk.case_id)
    document = next((d.id for d in stored if d.kind == "received" and d.meta.get("sha256") == digest), None)
    if document is None:
        title = say("file_title" if file else "paste_title")
        meta = {"sha256": digest, "file": file, "picture": picture}
        document = talk.unit.add_document(talk.case_id, "received", title, {"txt": content}, talk.desk.now(), meta)
    return Turn("/provide_document", {"document_id": document})


def _paused(desk: Desk, unit: Unit, conversation: Conversation, text: str, document: bool) -> Received:
    """Keep an emergency statement, and pause the case. Before consent it waits like any other message."""
    if conversation.consented_at is None:
        _hold(desk, unit, conversation, text)
        return Received()
    talk = Talk(desk, unit, conversation)
    talk.set_note("paused", True)
    metadata = _document_turn(talk, text).metadata if document else {"text": text}
    return Received(turns=(Turn("/emergency", metadata),))


def _before_consent(desk: Desk, unit: Unit, conversation: Conversation, text: str) -> Received:
    given = read_answer(text, _CONSENT, desk.today())
    agreed = _AGREED.fullmatch(text) or (given.state == "answered" and given.value is True and len(text) < 60)
    if agreed and len(text.split()) > _JUST_AN_ANSWER:
        # "Yes, it hurts at night": an answer, and more.
        _hold(desk, unit, conversation, text)
    if agreed:
        return _consented(desk, unit, conversation)
    if _DECLINED.fullmatch(text):
        return Received((Reply(say("consent_no"), (Button(say("consent_yes"), "consent"),)),))
    _hold(desk, unit, conversation, text)
    return Received((_consent_ask(desk, "consent_again"),))


_JUST_AN_ANSWER = 3
_AGREED = re.compile(
    r"\W*(?:ok(?:ay)?|k|fine|all ?right|sounds good|(?:that'?s |it'?s )?(?:fine|ok(?:ay)?)|go ahead)\W*", re.I
)
_DECLINED = re.compile(
    r"\W*(?:no+|nope|nah|never|stop|not now|no,? thank(?:s| you)|(?:no,? )?i disagree|disagree|"
    r"(?:no,? )?i (?:do not|don'?t|dont) (?:agree|want (?:to|this|that)))\W*",
    re.I,
)


def _hold(desk: Desk, unit: Unit, conversation: Conversation, text: str) -> None:
    """Let a message wait for consent, behind those that wait already."""
    before = unit.held(conversation, desk.now()) or ""
    if never_so(text):
        before = "\n\n".join(part for part in before.split("\n\n") if alarm(desk, part) is None)
    if _FILE in text and text in before:
        text, before = before, ""  # a file that was sent twice
    unit.hold(conversation, f"{before}\n\n{text}" if before else text, desk.now() + WAIT)


def _consented(desk: Desk, unit: Unit, conversation: Conversation) -> Received:
    if conversation.consented_at is not None:
        return Received(turns=(Turn("/resume"),))
    conversation = unit.give_consent(conversation, desk.now())
    unit.new_case(conversation, desk.now(), desk.retain_days)
    held = unit.take_held(conversation, desk.now())
    if not held:
        return Received(turns=(Turn("/consent_given"),))
    again = unit.conversation(conversation.sender_id)
    talk = Talk(desk, unit, again if again is not None else conversation)
    if _FILE in held or _is_document(desk, held):
        return Received((Reply(say("welcome_held")),), (_document_turn(talk, held),))
    return Received(turns=(Turn("/consent_given", {"text": held}),))
