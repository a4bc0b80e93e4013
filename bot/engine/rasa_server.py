"""Rasa with our doors mounted in it, and nothing else of its server. `python -m bot.engine.rasa_server`.

`rasa run` would add a page with its version, wrap the tracker store so that a broken database is answered from an empty
memory, and answer 200 without a model. Here the same parts are put together without that.
"""

from __future__ import annotations

import logging
import os
import socket
import sys
from pathlib import Path
from typing import Any

from bot.engine import quiet
from bot.engine.processes import follow_parent
from bot.faults import place

_LARGEST_BODY = 300_000

_log = logging.getLogger("overturn.rasa")


def create_app(root: Path, model: Path) -> Any:
    """The Sanic application: doors from credentials.yml, stores and action server from endpoints.yml, this model."""
    from rasa.core.channels.channel import register
    from rasa.core.run import create_http_input_channels
    from rasa.core.utils import AvailableEndpoints
    from sanic import Sanic, response
    from sanic.exceptions import ServiceUnavailable

    from bot.engine.health import add_health
    from bot.engine.model import ready_ear
    from bot.engine.patches import patch_rasa

    patch_rasa()
    endpoints = AvailableEndpoints.read_endpoints(str(root / "endpoints.yml"))
    app = Sanic("overturn", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _LARGEST_BODY
    app.config.WEBSOCKET_MAX_SIZE = _LARGEST_BODY
    app.config.ACCESS_LOG = False
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 1.0

    @app.exception(Exception)
    async def on_error(_request: Any, error: Exception) -> Any:
        status = getattr(error, "status_code", 500)
        if status >= 500 and not isinstance(error, ServiceUnavailable):  # that is a browser tab that was closed
            _log.error("a request failed: %s", place(error))
        return response.json({"error": {"code": _CODES.get(status, "failed"), "message": _plain(status)}}, status)

    doors = create_http_input_channels(None, str(root / "credentials.yml"))
    ear = ready_ear(model)
    if ear is not None:
        for door in doors:
            door.hear_with(ear.hears)
    register(doors, app, route="/webhooks/")
    add_health(app)
    app.ctx.agent = load_agent(model, endpoints)
    return app


def load_agent(model: Path, endpoints: Any) -> Any:
    """Rasa's agent with our stores. Raises when the model cannot be loaded, instead of serving without one."""
    from rasa.core.agent import Agent
    from rasa.core.lock_store import LockStore
    from rasa.core.tracker_store import TrackerStore

    agent = Agent(action_endpoint=endpoints.action, lock_store=LockStore.create(endpoints.lock_store))
    # Agent would wrap the store in one that turns a broken database into an empty conversation.
    agent.tracker_store = TrackerStore.create(endpoints.tracker_store)
    agent.load_model(str(model))
    return agent


_CODES = {400: "bad_request", 404: "not_found", 405: "not_allowed", 408: "timeout", 413: "too_large", 503: "busy"}


def _plain(status: int) -> str:
    return {
        404: "There is nothing at this address.",
        405: "This address does not take that kind of request.",
        413: "That is too large.",
    }.get(status, "This request could not be handled." if status < 500 else "Something went wrong on our side.")


def main() -> int:
    """Serves on the inherited socket OVERTURN_DOOR_FD until stopped or orphaned."""
    follow_parent()
    quiet.prepare_environment()
    quiet.only_our_lines("rasa")
    sys.path.insert(0, str(Path.cwd()))
    os.environ["OVERTURN_LOCK_STORE"] = (
        "bot.engine.lock.SharedLocks" if os.environ.get("OVERTURN_REDIS_URL") else "bot.engine.lock.ConversationLocks"
    )
    os.environ.setdefault("OVERTURN_REDIS_URL", "")
    listener = socket.socket(fileno=int(os.environ["OVERTURN_DOOR_FD"]))
    try:
        app = create_app(Path.cwd(), Path(os.environ["OVERTURN_MODEL"]))
    except Exception as error:
        quiet.explain("cannot start", error)
        return 1
    app.run(sock=listener, access_log=False, motd=False, workers=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
