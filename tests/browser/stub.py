"""A web door that says what a test tells it to: the contract's calls, with no Rasa, database or rule behind them."""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web

DIST = Path(__file__).parents[2] / "bot" / "widget" / "dist"

Message = dict[str, Any]


class Stub:
    """Serves one conversation at a time to anybody with its token.

    `files` holds every uploaded file (field, name, content), `keeps` what was said of keeping it, and `uploads` the ids
    they were given; `say` answers them.
    `received` holds every `user_message` as it came, `transcript` the conversation as `GET history` gives it. Set
    `answer` to decide the replies to a message, `refusal` to refuse the next one, `mute` to leave messages without
    acknowledgement, `closed` to refuse every connection, `slow` to begin and remember that many seconds late, `tag` for
    another script tag in the page.
    """

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.transcript: list[Message] = []
        self.authorizations: list[str | None] = []
        self.asked: list[str] = []
        self.turned_away = 0
        self.begun = 0
        self.files: list[tuple[str, str, bytes]] = []
        self.uploads: list[str] = []
        self.keeps: list[str | None] = []
        self.documents: dict[str, tuple[str, bytes]] = {}
        self.deletion: dict[str, Any] = {"deleted": True}
        self.answer: Callable[[Message], list[Message]] = lambda said: [{"text": f"Heard: {said.get('text')}"}]
        self.refusal: dict[str, str] | None = None
        self.mute = False
        self.closed = False
        self.slow = 0.0
        self.tag = '<script src="/widget.js" defer data-open></script>'
        self.greeting: list[Message] = [{"text": "Hello. This is the stub."}]
        self.token: str | None = None
        self._lines: list[asyncio.Transport] = []
        self._numbers = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._ready = threading.Event()
        self.url = ""

    def __enter__(self) -> Stub:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def say(self, *messages: Message, in_reply_to: str | None = None) -> None:
        """Sends bot messages to whoever is connected, and keeps them."""
        self._do(self._say(list(messages), in_reply_to))

    def typing(self, on: bool) -> None:
        self._do(self._sio.emit("bot_typing", {"on": on}))

    def cut(self) -> None:
        """Ends every connection as a failing network does: without a word."""
        self._do(self._cut())

    def forget(self) -> None:
        """The conversation is gone, as after its retention date or a delete elsewhere."""
        self.token = None
        self.transcript = []

    def _do(self, job: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(job, self._loop).result(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._start())
        self._loop.run_forever()

    async def _start(self) -> None:
        self._sio = socketio.AsyncServer(async_mode="aiohttp", transports=["websocket"], cors_allowed_origins="*")
        self._sio.on("connect", self._connect)
        self._sio.on("user_message", self._user_message)
        app = web.Application(client_max_size=30_000_000)
        app.on_response_prepare.append(self._for_other_sites)
        self._sio.attach(app)
        app.add_routes(
            [
                web.get("/", self._page),
                web.get("/widget.js", self._script),
                web.post("/webhooks/web/sessions", self._sessions),
                web.get("/webhooks/web/history", self._history),
                web.get("/webhooks/web/documents/{name}", self._document),
                web.post("/webhooks/web/uploads", self._upload),
                web.delete("/webhooks/web/session", self._delete),
                web.options("/webhooks/web/{call:.*}", self._preflight),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self._ready.set()

    async def _stop(self) -> None:
        await self._sio.shutdown()
        await self._runner.cleanup()
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    def _whole(self, message: Message, in_reply_to: str | None) -> Message:
        blank = {"text": "", "buttons": [], "card": None, "documents": []}
        return {**blank, "id": f"m{next(self._numbers)}", "in_reply_to": in_reply_to, **message}

    async def _say(self, messages: list[Message], in_reply_to: str | None) -> None:
        for message in messages:
            whole = self._whole(message, in_reply_to)
            self.transcript.append({**whole, "direction": "out"})
            await self._sio.emit("bot_message", whole)
        await self._sio.emit("turn_done", {"in_reply_to": in_reply_to})

    async def _cut(self) -> None:
        for line in self._lines:
            line.abort()
        self._lines.clear()

    async def _page(self, request: web.Request) -> web.Response:
        page = (DIST / "index.html").read_text()
        start, end = page.index("<script src="), page.index("</script>") + len("</script>")
        return web.Response(text=page[:start] + self.tag + page[end:], content_type="text/html")

    async def _script(self, request: web.Request) -> web.Response:
        return web.Response(text=(DIST / "widget.js").read_text(), content_type="text/javascript")

    async def _connect(self, sid: str, environ: dict[str, Any], auth: object) -> None:
        self._lines.append(environ["aiohttp.request"].transport)
        if self.closed or self.token is None or auth != {"token": self.token}:
            self.turned_away += 1
            raise socketio.exceptions.ConnectionRefusedError("unauthorized")
        if not self.transcript:
            await self._say(self.greeting, None)

    async def _user_message(self, sid: str, said: Message) -> dict[str, Any]:
        self.received.append(said)
        if self.refusal is not None:
            error, self.refusal = self.refusal, None
            return {"ok": False, "error": error}
        new = all(known["id"] != said["id"] for known in self.transcript)
        if new:
            title = next(
                (b["title"] for m in self.transcript for b in m.get("buttons", ()) if b["id"] == said.get("choice")), ""
            )
            self.transcript.append({"direction": "in", "id": said["id"], "text": said.get("text", title)})
        while self.mute:
            await asyncio.sleep(0.02)
            if not self._sio.manager.is_connected(sid, "/"):
                return {"ok": True}
        if new:
            await self._say(self.answer(said), said["id"])
        return {"ok": True}

    def _holder(self, request: web.Request) -> bool:
        given = request.headers.get("Authorization")
        self.authorizations.append(given)
        return self.token is not None and given == f"Bearer {self.token}"

    async def _sessions(self, request: web.Request) -> web.Response:
        assert await request.json() == {}
        await asyncio.sleep(self.slow)
        self.begun += 1
        self.transcript = []
        self.token = f"token-{next(self._numbers)}"
        return web.json_response({"session": "s", "token": self.token, "expires": "2026-12-21T00:00:00Z"}, status=201)

    async def _history(self, request: web.Request) -> web.Response:
        await asyncio.sleep(self.slow)
        if not self._holder(request):
            return _refused(401, "unauthorized", "")
        return web.json_response({"messages": self.transcript})

    async def _for_other_sites(self, request: web.Request, response: web.StreamResponse) -> None:
        self.asked.append(request.path_qs)
        if "Origin" in request.headers and request.path.startswith("/webhooks/"):
            response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
            response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
            response.headers["Access-Control-Allow-Headers"] = "authorization, content-type"

    async def _preflight(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _document(self, request: web.Request) -> web.Response:
        if not self._holder(request) or request.match_info["name"] not in self.documents:
            return _refused(404, "not_found", "")
        kind, content = self.documents[request.match_info["name"]]
        return web.Response(body=content, content_type=kind)

    async def _upload(self, request: web.Request) -> web.Response:
        if not self._holder(request):
            return _refused(401, "unauthorized", "")
        form: dict[str, Any] = dict(await request.post())
        self.keeps.append(form.pop("keep", None))
        self.files += [(name, part.filename, part.file.read()) for name, part in form.items()]
        if self.refusal is not None:
            error, self.refusal = self.refusal, None
            return _refused(415, error["code"], error["message"])
        upload = f"file-{next(self._numbers)}"
        self.transcript.append({"direction": "in", "id": upload, "text": "I sent a picture."})
        self.uploads.append(upload)
        return web.json_response({"upload": upload}, status=202)

    async def _delete(self, request: web.Request) -> web.Response:
        if not self._holder(request):
            return _refused(401, "unauthorized", "")
        self.forget()
        return web.json_response(self.deletion)


def _refused(status: int, code: str, message: str) -> web.Response:
    return web.json_response({"error": {"code": code, "message": message}}, status=status)
