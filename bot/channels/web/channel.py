"""The web door on Rasa's server: the Socket.IO connection of the widget, and the addresses beside it.

Not Rasa's own socketio channel: that one lets a client name its session, join any other's, and send `/intents`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime, timezone
from typing import Any

import socketio
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from sanic import Blueprint, Sanic
from socketio.exceptions import ConnectionRefusedError
from socketio.packet import Packet

from actions.casework.desk import open_desk
from actions.reading import read
from actions.reading.watch import watch
from bot.channels.web.conversations import CHANNEL, Conversations
from bot.channels.web.limits import (
    CALLS_OF_ADDRESS,
    MESSAGES_OF_ADDRESS,
    MESSAGES_OF_SESSION,
    Limiter,
    address_of,
)
from bot.channels.web.messages import RefusedError, read_user_message
from bot.channels.web.origins import allowed
from bot.channels.web.pages import Pages
from bot.channels.web.tokens import holder_of
from bot.faults import place
from bot.settings import settings_from

_LARGEST_FRAME = 300_000

_log = logging.getLogger("overturn.web")


class WebChannel(InputChannel):
    """The channel that credentials.yml names. It takes everything from the environment."""

    def __init__(self, environ: Mapping[str, str] | None = None) -> None:
        environ = os.environ if environ is None else environ
        self._settings = settings_from(environ)
        self._desk = open_desk(environ)
        self._keys = self._desk.database.signing_keys("web-session")
        self._limiter = Limiter(enabled=self._settings.limits)
        # The language data is loaded now, so that nobody's first message, an emergency perhaps, waits for it.
        read("hello", self._desk.today())
        watch("hello", today=self._desk.today())

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InputChannel:
        return cls()

    def hear_with(self, ear: Callable[[str], str | None]) -> None:
        """Gives messages in which no rule hears an emergency to `ear` (see Desk). To be called before `blueprint`."""

        def heard(text: str) -> str | None:
            try:
                return ear(text)
            except Exception as error:  # the message must still be taken, and the rules have heard it
                _log.error("the second ear failed: %s", place(error))
                return None

        self._desk = replace(self._desk, ear=heard)

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The door's addresses under /webhooks/web, and with them /socket.io, the widget and its page."""
        sio = socketio.AsyncServer(
            async_mode="sanic",
            transports=["websocket"],
            # Origins are checked in `connect`, where the settings are known; engine.io would answer with the origin.
            cors_allowed_origins=[],
            cors_credentials=False,
            max_http_buffer_size=_LARGEST_FRAME,
            async_handlers=False,  # a socket's messages stay in their order
            serializer=_TextPacket,
            logger=False,
            engineio_logger=False,
        )

        async def emit(event: str, payload: Any, room: str) -> None:
            await sio.emit(event, payload, room=room)

        conversations = Conversations(self._desk, emit, on_new_message, alone=self._settings.redis_url is None)
        self._listen(sio, conversations)

        async def hang_up(sender_id: str) -> None:
            for sid, _ in list(sio.manager.get_participants("/", sender_id)):
                await sio.disconnect(sid)

        pages = Pages(self._settings, self._desk, self._keys, self._limiter, conversations, hang_up)
        return _Door(sio, pages)

    def get_output_channel(self) -> OutputChannel | None:
        """None: nothing is said in a web conversation unless the person spoke."""
        return None

    def _listen(self, sio: Any, conversations: Conversations) -> None:
        @sio.event
        async def connect(sid: str, environ: Mapping[str, Any], auth: object) -> None:
            address = self._address(environ)
            if not allowed(environ.get("HTTP_ORIGIN"), environ.get("HTTP_HOST", ""), self._settings):
                raise ConnectionRefusedError("origin")
            if not self._limiter.allows(CALLS_OF_ADDRESS, address):
                raise ConnectionRefusedError("rate_limited")
            holder = holder_of(auth.get("token") if isinstance(auth, Mapping) else None, self._keys)
            if holder is None or not await _exists(conversations, holder.sender_id):
                raise ConnectionRefusedError("unauthorized")
            await sio.save_session(sid, {"holder": holder, "address": address})
            await sio.enter_room(sid, holder.sender_id)
            conversations.greet(holder.sender_id)

        @sio.event
        async def user_message(sid: str, data: object = None, *_more: object) -> dict[str, Any]:
            session = await sio.get_session(sid)
            holder, address = session["holder"], session["address"]
            try:
                if holder.expires <= datetime.now(timezone.utc):
                    raise RefusedError("session_over", "This conversation is over. Please reload the page.")
                if not (
                    self._limiter.allows(MESSAGES_OF_SESSION, holder.sender_id)
                    and self._limiter.allows(MESSAGES_OF_ADDRESS, address)
                ):
                    raise RefusedError("rate_limited", "That was a lot at once. Please wait a moment and try again.")
                await conversations.take(holder.sender_id, sid, read_user_message(data))
            except RefusedError as refused:
                return refused.ack()
            return {"ok": True}

    def _address(self, environ: Mapping[str, Any]) -> str:
        peer = environ["sanic.request"].ip
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        return address_of(peer, forwarded, behind_proxy=self._settings.public_url is not None)


async def _exists(conversations: Conversations, sender_id: str) -> bool:
    try:
        return await conversations.exists(sender_id)
    except Exception as error:
        _log.error("a conversation could not be looked up: %s", type(error).__name__)
        raise ConnectionRefusedError("unavailable") from None


class _TextPacket(Packet):
    """A Socket.IO packet without binary parts: nothing here takes any, and a client could announce millions of them."""

    def decode(self, encoded_packet: str) -> int:
        attachments: int = super().decode(encoded_packet) or 0
        if attachments:
            raise ValueError("binary parts are not taken")
        return 0


class _Door(Blueprint):
    """The door's blueprint, which on registration also mounts what is not under its own prefix."""

    def __init__(self, sio: Any, pages: Pages) -> None:
        super().__init__("web_door")
        self.ctx.sio = sio
        self.ctx.pages = pages
        pages.add_calls(self)

    def register(self, app: Sanic, options: dict[str, Any]) -> None:
        self.ctx.sio.attach(app, "socket.io")
        self.ctx.pages.add_pages(app)
        super().register(app, options)
