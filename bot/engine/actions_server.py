"""The action server: the SDK's executor on loopback, behind a secret. `python -m bot.engine.actions_server`.

The SDK's own server listens everywhere, answers anyone, unpacks compressed bodies without a limit, and on an error
sends back the whole request, which Rasa then logs. So only its executor is used here.
"""

from __future__ import annotations

import logging
import os
import secrets
import socket
import sys
from typing import Any

from bot.engine import quiet
from bot.engine.processes import follow_parent
from bot.faults import place

SECRET_HEADER = "X-Overturn-Secret"
PACKAGE = "actions.dialogue"
_LARGEST_CALL = 4_000_000

_log = logging.getLogger("overturn.actions")


def create_app(package: str, secret: str) -> Any:
    """The Sanic application that runs the actions of `package` for whoever sends `secret`."""
    from rasa_sdk.executor import ActionExecutor
    from rasa_sdk.interfaces import ActionExecutionRejection, ActionNotFoundException
    from sanic import Sanic, response

    executor = ActionExecutor()
    executor.register_package(package)
    app = Sanic("overturn_actions", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = _LARGEST_CALL
    app.config.ACCESS_LOG = False
    app.config.GRACEFUL_SHUTDOWN_TIMEOUT = 1.0

    @app.on_request
    async def only_with_secret(request: Any) -> Any:
        given = request.headers.get(SECRET_HEADER, "")
        if not secrets.compare_digest(given.encode("utf-8", "surrogatepass"), secret.encode()):
            return response.json({"error": "forbidden"}, status=403)
        return None

    @app.get("/health")
    async def health(_request: Any) -> Any:
        return response.json({"status": "ok"})

    @app.post("/webhook")
    async def webhook(request: Any) -> Any:
        call = request.json
        if not isinstance(call, dict):
            return response.json({"error": "not an action call"}, status=422)
        try:
            return response.json(await executor.run(call))
        except ActionExecutionRejection as rejection:
            # Rasa reads exactly this: a form that found no answer in the message.
            return response.json({"error": "rejected", "action_name": rejection.action_name}, status=400)
        except ActionNotFoundException as missing:
            _log.error("no action is called %s", missing.action_name)
            return response.json({"error": "unknown action"}, status=404)

    @app.exception(Exception)
    async def on_error(_request: Any, error: Exception) -> Any:
        status = getattr(error, "status_code", 500)
        if status >= 500:
            _log.error("a call failed: %s", place(error))
        return response.json({"error": "failed"}, status=status)

    return app


def main() -> int:
    """Serves on the inherited socket OVERTURN_ACTIONS_FD until stopped or orphaned."""
    follow_parent()
    quiet.prepare_environment()
    quiet.only_our_lines("actions")
    listener = socket.socket(fileno=int(os.environ["OVERTURN_ACTIONS_FD"]))
    try:
        app = create_app(PACKAGE, os.environ["OVERTURN_ACTIONS_SECRET"])
    except Exception as error:
        quiet.explain("cannot start", error)
        return 1
    app.run(sock=listener, access_log=False, motd=False, workers=1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
