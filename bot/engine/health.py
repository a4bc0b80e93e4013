"""`/healthz` (alive) and `/readyz` (able to answer: a real turn through model, database and action server)."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from bot.engine.tracker import HEALTH_SENDER
from bot.faults import place

_FRESH = 2.0
_SECONDS = 8.0

_log = logging.getLogger("overturn.health")


def add_health(app: Any) -> None:
    """Adds both addresses. Anyone may ask, so that `/readyz` runs one turn at a time and repeats an answer for 2 s."""
    from sanic import response

    once = asyncio.Lock()
    last: dict[str, Any] = {"at": None, "missing": []}

    @app.get("/healthz")
    async def healthz(_request: Any) -> Any:
        return response.json({"status": "ok"})

    @app.get("/readyz")
    async def readyz(request: Any) -> Any:
        async with once:
            if last["at"] is None or time.monotonic() - last["at"] > _FRESH:
                last.update(missing=await missing_parts(request.app), at=time.monotonic())
        missing = last["missing"]
        return response.json({"status": "waiting" if missing else "ok", "missing": missing}, 503 if missing else 200)


async def missing_parts(app: Any) -> list[str]:
    """Which parts cannot answer now: `model`, `database`, `actions`; `turn` when all three stand and it fails."""
    agent = getattr(app.ctx, "agent", None)
    if agent is None or not agent.is_ready():
        return ["model"]
    missing = []
    if not await _stands("database", asyncio.to_thread(agent.tracker_store.ready)):
        missing.append("database")
    if not await _stands("actions", _action_server(agent.action_endpoint)):
        missing.append("actions")
    return missing or ([] if await _stands("turn", _turn(agent)) else ["turn"])


async def _stands(part: str, check: Any) -> bool:
    try:
        return bool(await asyncio.wait_for(check, _SECONDS))
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # A failed action is no Exception, see patches.py.
        _log.warning("%s is not ready: %s", part, place(error))
        return False


async def _action_server(endpoint: Any) -> bool:
    url = endpoint.url.rsplit("/", 1)[0] + "/health"
    async with endpoint.session() as session, session.get(url) as answer:
        return bool(answer.status == 200)


async def _turn(agent: Any) -> bool:
    from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

    heard = CollectingOutputChannel()
    await agent.handle_message(UserMessage("/health_check", heard, HEALTH_SENDER, input_channel="web"))
    return any(_text(message) == "ok" for message in heard.messages)


def _text(message: dict[str, Any]) -> str:
    custom = message.get("custom") or {}
    return str(message.get("text") or custom.get("reply", {}).get("text", ""))
