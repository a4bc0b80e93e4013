"""A web conversation as the door sees it: every message taken once, answered in order, and kept in the transcript."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from actions.cases import Conversation, Unit
from actions.casework import door, drafting, originals
from actions.casework.desk import Desk
from actions.casework.replies import Reply
from actions.casework.texts import say
from actions.reading.documents import DocumentError, DocumentText, FileKind, read_document
from bot.channels.web.lanes import LaneFullError, Lanes
from bot.channels.web.messages import (
    LONGEST_TEXT,
    RefusedError,
    Said,
    as_plain_text,
    bot_message,
    cleaned,
    reply_of,
)
from bot.channels.web.tokens import Issued, issue
from bot.channels.web.uploads import Upload
from bot.faults import place

CHANNEL = "web"
TURN_SECONDS = 25.0
_PIECE, _OVERLAP = 8_000, 400
_READERS = 2
"""Files that are read at once; each may take a processor for itself."""
_MOST_FILES, _FILES_OF_ONE = 8, 4
"""Files that may wait to be read: of all conversations, and of one (a letter photographed page by page)."""
_GREETING = "the greeting"  # the id of a turn that no client can send: it has a space

_log = logging.getLogger("overturn.web")

Emit = Callable[[str, Any, str], Awaitable[None]]
"""Sends an event and its payload to a room: a conversation's sender id, or one socket."""
Tell = Callable[[UserMessage], Awaitable[Any]]
"""Lets Rasa handle a message; its answers come back through the message's output channel."""

_OVER = "This conversation is over. Please reload the page to begin a new one."
_DOWN = "I cannot work right now, so that message was not kept. Please try again in a minute."
_BUSY = "That was a lot at once. Please wait until I have answered."
_USED = "That button does not work any more. Please use a newer one, or type."


class Conversations:
    """All that happens in web conversations, apart from the wire itself."""

    def __init__(self, desk: Desk, emit: Emit, tell: Tell, alone: bool = True) -> None:
        """`alone`: no other process serves these conversations, so a turn that nobody here works on is lost."""
        self._desk = desk
        self._emit = emit
        self._tell = tell
        self._alone = alone
        self._lanes = Lanes()
        self._going: set[tuple[str, str]] = set()
        self._files: list[str] = []  # whose files wait to be read
        self._readers = asyncio.Semaphore(_READERS)

    async def begin(self, lifetime: timedelta) -> Issued:
        """A new conversation and its token. Raises actions.cases.CasesError."""
        issued = issue(self._desk.database.signing_key("web-session"), self._desk.now(), lifetime)

        def keep() -> None:
            with self._desk.database.unit() as unit:
                unit.new_conversation(CHANNEL, issued.sender_id, self._desk.now())

        await asyncio.to_thread(keep)
        return issued

    async def exists(self, sender_id: str) -> bool:
        """Whether the conversation has begun and was neither deleted nor has run out."""
        return await self._in_unit(sender_id, lambda unit, conversation: conversation is not None)

    def greet(self, sender_id: str) -> None:
        """Queues the greeting, which a conversation gets once."""
        with contextlib.suppress(LaneFullError):  # then it is talking already
            self._lanes.add(sender_id, lambda: self._greet(sender_id))

    async def take(self, sender_id: str, socket: str, said: Said) -> None:
        """Takes a message: once, whatever comes again under its id. Its turn is queued. Raises RefusedError.

        A message that came before is not taken again; if its turn is over, the answer is sent to this socket anew.
        """
        if said.text is not None and len(said.text) > LONGEST_TEXT:
            await self._refuse_long(sender_id, said.id, said.text)
        alarm = await asyncio.to_thread(self._alarm_in, said.text or "")
        try:
            state, payload = await self._begin_turn(sender_id, said)
        except RefusedError:
            if alarm is not None:  # whatever else is wrong, this must be said
                await self.say(sender_id, said.id, alarm)
            raise
        if state is not None:
            await self._again(sender_id, socket, said.id, state)
            return
        if alarm is not None:  # at once, not behind a turn that is still running
            await self.say(sender_id, said.id, alarm)
        self._queue(sender_id, said.id, lambda: self._received(sender_id, said, payload, alarm is not None))

    async def upload(self, sender_id: str, kind: FileKind, sent: Upload) -> str:
        """Takes a file and queues its turn; what was read arrives under the id returned. Raises RefusedError."""
        if len(self._files) >= _MOST_FILES or self._files.count(sender_id) >= _FILES_OF_ONE:
            raise RefusedError("rate_limited", _BUSY)
        upload_id = f"file-{secrets.token_urlsafe(12)}"
        self._files.append(sender_id)
        try:
            await self._begin_turn(sender_id, Said(upload_id, text=say(f"file_sent.{kind}")))
            self._queue(sender_id, upload_id, lambda: self._received_file(sender_id, upload_id, sent))
        except BaseException:
            self._files.remove(sender_id)
            raise
        return upload_id

    async def history(self, sender_id: str) -> list[dict[str, Any]]:
        """Both sides of the conversation, oldest first; `direction` is in (the person) or out."""

        def read(unit: Unit, conversation: Conversation | None) -> list[dict[str, Any]]:
            entries = unit.transcript(conversation) if conversation else ()
            return [
                {**entry.content, "direction": entry.direction, "at": entry.at.isoformat(timespec="seconds")}
                for entry in entries
            ]

        return await self._in_unit(sender_id, read)

    async def document(self, sender_id: str, document_id: str, format: str) -> bytes | None:
        """A document of this conversation's cases: a drafted one, set in type now, or a file that was kept; or None."""
        return await asyncio.to_thread(
            lambda: (
                drafting.document_file(self._desk, sender_id, document_id, format)
                or originals.original_file(self._desk, sender_id, document_id, format)
            )
        )

    async def delete(self, sender_id: str) -> Reply:
        """Deletes the conversation once its turns are over. Raises actions.cases.CasesError, LaneFullError."""
        done = self._lanes.add(sender_id, lambda: asyncio.to_thread(door.delete, self._desk, sender_id))
        reply: Reply = await done
        return reply

    async def say(self, sender_id: str, in_reply_to: str | None, reply: Reply) -> None:
        """Keeps a reply in the transcript and sends it. One that cannot be kept is sent without buttons."""
        message, offered = bot_message(reply, in_reply_to)

        def keep(unit: Unit, conversation: Conversation | None) -> None:
            if conversation is not None:
                unit.append(conversation, message["id"], in_reply_to, message, offered)

        try:
            await self._in_unit(sender_id, keep)
        except Exception as error:
            _log.error("a reply could not be kept: %s", place(error))
            message, _ = bot_message(Reply(reply.text, tone=reply.tone), in_reply_to)
        await self._emit("bot_message", message, sender_id)

    async def _begin_turn(self, sender_id: str, said: Said) -> tuple[str | None, Mapping[str, Any] | None]:
        """What became of this message before (None: it is new), and for a new press of a button its payload."""

        def begin(unit: Unit, conversation: Conversation | None) -> tuple[str | None, Mapping[str, Any] | None]:
            if conversation is None:
                raise RefusedError("session_over", _OVER)
            state = unit.turn_state(conversation, said.id)
            if state is not None:
                return state, None
            payload = None
            if said.choice is not None:
                payload = unit.take_button(conversation, said.choice)
                if payload is None:
                    raise RefusedError("unknown_choice", _USED)
            words = str(payload["title"]) if payload is not None else said.text
            unit.begin_turn(conversation, said.id, {"id": said.id, "text": words})
            return None, payload

        try:
            return await self._in_unit(sender_id, begin)
        except RefusedError:
            raise
        except Exception as error:
            _log.error("a message could not be taken: %s", place(error))
            raise RefusedError("unavailable", _DOWN) from None

    async def _refuse_long(self, sender_id: str, message_id: str, text: str) -> None:
        """Raises RefusedError for a text over the limit. Nothing of it is kept, but an emergency in it is answered."""
        alarm = await asyncio.to_thread(self._alarm_in, text)

        async def warn() -> None:
            if alarm is not None:
                await self.say(sender_id, message_id, alarm)
            await self._emit("turn_done", {"in_reply_to": message_id}, sender_id)

        if alarm is not None:
            self._queue(sender_id, message_id, warn)
        raise RefusedError("too_long", say("too_long", length=len(text), limit=LONGEST_TEXT))

    def _alarm_in(self, text: str) -> Reply | None:
        """The answer to the first emergency in a text of any length; a long one is read in pieces that overlap."""
        plain = as_plain_text(text)
        if len(plain) <= LONGEST_TEXT:
            return door.alarm(self._desk, plain)
        pieces = (plain[start : start + _PIECE] for start in range(0, len(plain), _PIECE - _OVERLAP))
        return next((reply for reply in (door.alarm(self._desk, piece) for piece in pieces) if reply), None)

    async def _again(self, sender_id: str, socket: str, message_id: str, state: str) -> None:
        if state == "open":
            if self._alone and (sender_id, message_id) not in self._going:
                # The process that worked on it is gone: say so, rather than leave the person waiting.
                self._queue(sender_id, message_id, lambda: self._received(sender_id, Said(message_id), None, False))
            return
        for message in await self.history(sender_id):
            if message["direction"] == "out" and message.get("in_reply_to") == message_id:
                await self._emit("bot_message", _as_sent(message), socket)
        await self._emit("turn_done", {"in_reply_to": message_id}, socket)

    def _queue(self, sender_id: str, message_id: str, turn: Callable[[], Awaitable[None]]) -> None:
        try:
            done = self._lanes.add(sender_id, turn)
        except LaneFullError:
            raise RefusedError("rate_limited", _BUSY) from None
        going = (sender_id, message_id)
        self._going.add(going)
        done.add_done_callback(lambda _: self._going.discard(going))

    async def _greet(self, sender_id: str) -> None:
        def first(unit: Unit, conversation: Conversation | None) -> bool:
            if conversation is None:
                return False
            if unit.begin_turn(conversation, _GREETING, {}):
                return True
            return self._alone and not unit.transcript(conversation)

        if not await self._in_unit(sender_id, first):
            return
        for reply in await asyncio.to_thread(door.greeting, self._desk, sender_id):
            await self.say(sender_id, None, reply)
        await self._end_turn(sender_id, _GREETING, "done")
        await self._emit("turn_done", {"in_reply_to": None}, sender_id)

    async def _received(self, sender_id: str, said: Said, payload: Mapping[str, Any] | None, alarmed: bool) -> None:
        """One whole turn of a message; `alarmed`: it was answered as an emergency already."""
        await self._emit("bot_typing", {"on": True}, sender_id)
        await self._turn(
            sender_id, said.id, lambda until: self._at_the_desk(sender_id, said, payload, alarmed, until), alarmed
        )

    async def _received_file(self, sender_id: str, upload_id: str, sent: Upload) -> None:
        """One whole turn of a file: read outside this process, its words are taken as a pasted letter's are."""
        await self._emit("bot_typing", {"on": True}, sender_id)
        try:
            found = await self._read(sent.data)
        finally:
            self._files.remove(sender_id)
        alarm = None
        if isinstance(found, DocumentText):
            alarm = await asyncio.to_thread(self._alarm_in, found.text)
            if len(found.text) > LONGEST_TEXT:
                found = Reply(say("too_long", length=len(found.text), limit=LONGEST_TEXT))
        if alarm is not None:
            await self.say(sender_id, upload_id, alarm)
        alarmed = alarm is not None
        await self._turn(
            sender_id, upload_id, lambda until: self._file_at_the_desk(sender_id, found, sent, alarmed, until), alarmed
        )

    async def _read(self, data: bytes) -> DocumentText | Reply:
        """What stands in a file, or what to say when it cannot be read."""
        try:
            async with self._readers:
                found = await read_document(data)
            return replace(found, text=cleaned(found.text))
        except DocumentError as error:
            return Reply(error.message)
        except Exception as error:
            _log.error("a file could not be read: %s", place(error))
            return door.trouble(self._desk)

    async def _turn(
        self, sender_id: str, message_id: str, at_the_desk: Callable[[float], door.Received], alarmed: bool
    ) -> None:
        """The door's answer, then Rasa's, then the end, whatever happens in between.

        `alarmed`: an emergency was answered already, so that nothing else need be said.
        """
        out = Spoken(self, sender_id, message_id)
        state = "done"
        try:
            await asyncio.wait_for(self._answer(out, at_the_desk), TURN_SECONDS)
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # A failed action is not an Exception (see bot/engine/patches.py).
            _log.error("a turn failed: %s", place(error))
            state = "failed"
        if not alarmed and (state == "failed" or not out.count):
            await self.say(sender_id, message_id, door.trouble(self._desk))
        await self._emit("bot_typing", {"on": False}, sender_id)
        await self._end_turn(sender_id, message_id, state)
        await self._emit("turn_done", {"in_reply_to": message_id}, sender_id)

    async def _answer(self, out: Spoken, at_the_desk: Callable[[float], door.Received]) -> None:
        until = time.monotonic() + TURN_SECONDS  # a turn that was given up must not write later
        received = await asyncio.to_thread(at_the_desk, until)
        for reply in received.replies:
            await out.speak(reply)
        for turn in received.turns:
            message = UserMessage(
                turn.text,
                out,
                out.sender_id,
                input_channel=CHANNEL,
                message_id=out.in_reply_to,
                metadata=dict(turn.metadata),
            )
            await self._tell(message)
        if out.count and not out.offers_way_back:
            await self._offer_way_back(out)

    async def _offer_way_back(self, out: Spoken) -> None:
        """Says how to go on where the case is paused. A turn that was answered does not fail for it."""
        try:
            reply = await asyncio.to_thread(door.way_back, self._desk, out.sender_id)
        except Exception as error:
            _log.error("the way back could not be offered: %s", place(error))
            return
        if reply is not None:
            await out.speak(reply)

    def _at_the_desk(
        self, sender_id: str, said: Said, payload: Mapping[str, Any] | None, alarmed: bool, until: float
    ) -> door.Received:
        if self._is_over(sender_id):
            return door.Received((Reply(_OVER),))
        if payload is not None:
            return door.choose(self._desk, sender_id, payload)
        if said.text is None:
            return door.Received((door.trouble(self._desk),))
        return door.receive(self._desk, sender_id, as_plain_text(said.text), alarmed, until)

    def _file_at_the_desk(
        self, sender_id: str, found: DocumentText | Reply, sent: Upload, alarmed: bool, until: float
    ) -> door.Received:
        if self._is_over(sender_id):
            return door.Received((Reply(_OVER),))
        if isinstance(found, Reply):
            return door.Received((found,))
        return door.receive_file(self._desk, sender_id, found, alarmed, until, sent.data if sent.keep else None)

    def _is_over(self, sender_id: str) -> bool:
        """Whether the conversation was deleted while this waited."""
        with self._desk.database.unit() as unit:
            return unit.conversation(sender_id) is None

    async def _end_turn(self, sender_id: str, message_id: str, state: str) -> None:
        def end(unit: Unit, conversation: Conversation | None) -> None:
            if conversation is not None:
                unit.end_turn(conversation, message_id, state)

        try:
            await self._in_unit(sender_id, end)
        except Exception as error:
            _log.error("the end of a turn could not be kept: %s", place(error))

    async def _in_unit(self, sender_id: str, work: Callable[[Unit, Conversation | None], Any]) -> Any:
        """Runs `work` in a transaction with the conversation, in a thread, so that the loop never waits for a disk."""

        def run() -> Any:
            with self._desk.database.unit() as unit:
                return work(unit, unit.conversation(sender_id))

        return await asyncio.to_thread(run)


class Spoken(OutputChannel):
    """What Rasa says in one turn, sent on as it comes; `count` is how many messages that were, `offers_way_back`
    whether one had the button that ends a pause."""

    def __init__(self, conversations: Conversations, sender_id: str, in_reply_to: str) -> None:
        self._conversations = conversations
        self.sender_id = sender_id
        self.in_reply_to = in_reply_to
        self.count = 0
        self.offers_way_back = False

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    async def speak(self, reply: Reply) -> None:
        self.count += 1
        self.offers_way_back = self.offers_way_back or any(button.intent == "resume" for button in reply.buttons)
        await self._conversations.say(self.sender_id, self.in_reply_to, reply)

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """One message of an action or a response of the domain, whole. Rasa's own would split it at blank lines."""
        reply = reply_of(message)
        if reply is not None:
            await self.speak(reply)


def _as_sent(message: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name not in ("direction", "at")}
