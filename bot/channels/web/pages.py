"""The addresses beside the conversation: sessions, files, history, documents, deleting, and the widget itself."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from actions.cases import CasesError
from actions.casework.desk import Desk
from actions.reading.documents import DocumentError, kind_of
from bot.channels.web.conversations import Conversations
from bot.channels.web.lanes import LaneFullError
from bot.channels.web.limits import (
    CALLS_OF_ADDRESS,
    SESSIONS_OF_ADDRESS,
    UPLOADS_OF_ADDRESS,
    UPLOADS_OF_SESSION,
    Allowance,
    Limiter,
    address_of,
)
from bot.channels.web.messages import RefusedError
from bot.channels.web.origins import allowed, cors_headers, preflight_headers
from bot.channels.web.tokens import bearer, holder_of
from bot.channels.web.uploads import UploadError, received_file
from bot.settings import ROOT, Settings

_WIDGET = ROOT / "bot" / "widget" / "dist"
_DOCUMENT = re.compile(r"([A-Za-z0-9_-]{1,64})\.(html|pdf|docx|png|jpeg|txt)")
_TYPES = {
    "html": "text/html; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "png": "image/png",
    "jpeg": "image/jpeg",
    "txt": "text/plain; charset=utf-8",
}
_MOST_ARRIVING = 8
"""Files that may be on their way into this process at once: each is held in memory."""
_FILE_REFUSED = {"empty": 400, "too_large": 413}
_TURN_REFUSED = {"session_over": 401, "rate_limited": 429}
_PRIVATE = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
_NO_SCRIPTS = "sandbox; default-src 'none'; style-src 'unsafe-inline'"

_log = logging.getLogger("overturn.web")


class Pages:
    """The HTTP side of the web door."""

    def __init__(
        self,
        settings: Settings,
        desk: Desk,
        keys: Sequence[bytes],
        limiter: Limiter,
        conversations: Conversations,
        hang_up: Callable[[str], Awaitable[None]],
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._keys = keys
        self._limiter = limiter
        self._conversations = conversations
        self._hang_up = hang_up
        self._arriving = 0

    def add_calls(self, blueprint: Blueprint) -> None:
        """Mounts what the contract has under /webhooks/web."""
        for path, method, call in (
            ("/sessions", "POST", self._begin),
            ("/uploads", "POST", self._upload),
            ("/documents/<name:str>", "GET", self._document),
            ("/history", "GET", self._history),
            ("/session", "DELETE", self._delete),
        ):
            name = path.strip("/").partition("/")[0]
            # A file is taken in pieces, so that nothing is read before the token, the rate and the length were checked.
            blueprint.add_route(self._guarded(call), path, methods=[method], name=name, stream=name == "uploads")
            blueprint.add_route(self._preflight(), path, methods=["OPTIONS"], name=f"{name}_preflight")

    def add_pages(self, app: Sanic) -> None:
        """Mounts the page with the widget at `/`, and the script that a site embeds."""
        app.add_route(_file(_WIDGET / "index.html", "text/html; charset=utf-8"), "/", name="page")
        app.add_route(_file(_WIDGET / "widget.js", "text/javascript; charset=utf-8"), "/widget.js", name="widget")

    def _guarded(self, call: Callable[..., Awaitable[HTTPResponse]]) -> Callable[..., Awaitable[HTTPResponse]]:
        """The call behind what all have in common: origin, rate, and an honest answer when the database is down."""

        async def guarded(request: Request, **parts: str) -> HTTPResponse:
            origin = request.headers.get("origin")
            if not allowed(origin, request.headers.get("host", ""), self._settings):
                return _error(403, "origin", "This site may not use the assistant.")
            if not self._limiter.allows(CALLS_OF_ADDRESS, self._address(request)):
                answer = _error(429, "rate_limited", "That was a lot at once. Please wait a moment and try again.")
            else:
                try:
                    answer = await call(request, **parts)
                except (CasesError, LaneFullError) as error:
                    _log.error("a call failed: %s", type(error).__name__)
                    answer = _error(503, "unavailable", "I cannot work right now. Please try again in a minute.")
            answer.headers.update({**_PRIVATE, **cors_headers(origin)})
            return answer

        return guarded

    def _preflight(self) -> Callable[..., Awaitable[HTTPResponse]]:
        """What a browser asks before a call from another site."""

        async def preflight(request: Request, **_parts: str) -> HTTPResponse:
            origin = request.headers.get("origin")
            if not allowed(origin, request.headers.get("host", ""), self._settings):
                return _error(403, "origin", "This site may not use the assistant.")
            return response.empty(204, headers={**cors_headers(origin), **preflight_headers()})

        return preflight

    async def _begin(self, request: Request) -> HTTPResponse:
        body = request.json if request.body.strip() else {}
        if not isinstance(body, dict):
            return _error(400, "bad_request", "The body must be a JSON object.")
        if "code" in body:
            if not isinstance(body["code"], str) or not 1 <= len(body["code"]) <= 100:
                return _error(400, "bad_code", "That does not look like one of our codes.")
            return _error(404, "unknown_code", "That code does not work. It may have been used or have run out.")
        if not self._allows(SESSIONS_OF_ADDRESS, request):
            return _error(429, "rate_limited", "Too many conversations from here. Please wait a minute and try again.")
        issued = await self._conversations.begin(timedelta(days=self._settings.retention_days))
        expires = issued.expires.isoformat().replace("+00:00", "Z")
        return response.json({"session": issued.session, "token": issued.token, "expires": expires}, status=201)

    async def _upload(self, request: Request) -> HTTPResponse:
        owner = await self._owner(request)
        if owner is None:
            return _unauthorized()
        if not (self._limiter.allows(UPLOADS_OF_SESSION, owner) and self._allows(UPLOADS_OF_ADDRESS, request)):
            return _error(429, "rate_limited", "Those were many files at once. Please wait a minute and try again.")
        if self._arriving >= _MOST_ARRIVING:
            return _error(503, "busy", "Many files are arriving just now. Please try again in a minute.")
        self._arriving += 1
        try:
            sent = await received_file(request)
            kind = await asyncio.to_thread(kind_of, sent.data)
            upload = await self._conversations.upload(owner, kind, sent)
        except UploadError as refused:
            return _error(refused.status, refused.code, refused.message)
        except DocumentError as refused:
            return _error(_FILE_REFUSED.get(refused.code, 415), refused.code, refused.message)
        except RefusedError as refused:
            return _error(_TURN_REFUSED.get(refused.code, 503), refused.code, refused.message)
        finally:
            self._arriving -= 1
        return response.json({"upload": upload}, status=202)

    async def _document(self, request: Request, name: str) -> HTTPResponse:
        owner = await self._owner(request)
        if owner is None:
            return _unauthorized()
        asked = _DOCUMENT.fullmatch(name)
        content = await self._conversations.document(owner, asked.group(1), asked.group(2)) if asked else None
        if asked is None or content is None:
            return _error(404, "not_found", "There is no such document in this conversation.")
        format = asked.group(2)
        shown = "inline" if format == "html" else "attachment"
        return response.raw(
            content,
            content_type=_TYPES[format],
            headers={
                "Content-Disposition": f'{shown}; filename="overturn-{asked.group(1)[:8]}.{format}"',
                "Content-Security-Policy": _NO_SCRIPTS,
            },
        )

    async def _history(self, request: Request) -> HTTPResponse:
        owner = await self._owner(request)
        if owner is None:
            return _unauthorized()
        return response.json({"messages": await self._conversations.history(owner)})

    async def _delete(self, request: Request) -> HTTPResponse:
        owner = await self._owner(request)
        if owner is None:
            return _unauthorized()
        reply = await self._conversations.delete(owner)
        await self._hang_up(owner)
        return response.json({"deleted": True, "message": reply.text})

    async def _owner(self, request: Request) -> str | None:
        """The conversation of the token that came with the request, or None if it opens none."""
        holder = holder_of(bearer(request.headers.get("authorization")), self._keys)
        if holder is None or not await self._conversations.exists(holder.sender_id):
            return None
        return holder.sender_id

    def _allows(self, allowance: Allowance, request: Request) -> bool:
        return self._limiter.allows(allowance, self._address(request))

    def _address(self, request: Request) -> str:
        forwarded = request.headers.get("x-forwarded-for", "")
        return address_of(request.ip, forwarded, behind_proxy=self._settings.public_url is not None)


def _error(status: int, code: str, message: str) -> HTTPResponse:
    return response.json({"error": {"code": code, "message": message}}, status=status)


def _unauthorized() -> HTTPResponse:
    return _error(401, "unauthorized", "This conversation is over, or was never yours. Please begin a new one.")


def _file(path: Path, kind: str) -> Callable[[Request], Awaitable[HTTPResponse]]:
    """The file as it is now, with a tag so that a browser need not load it again."""

    async def serve(request: Request) -> HTTPResponse:
        if not path.exists():
            return _error(404, "not_found", "The widget has not been built.")
        content = path.read_bytes()
        tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
        headers = {
            "ETag": tag,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == tag:
            return response.empty(304, headers=headers)
        return response.raw(content, content_type=kind, headers=headers)

    return serve
