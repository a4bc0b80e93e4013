"""What is changed in Rasa 3.6.21 itself, and why. `tests/unit/engine/test_patches.py` pins the sources changed here."""

from __future__ import annotations

import functools
import logging
from typing import Any

import jsonschema
import rasa.core.actions.action as actions
import rasa.utils.endpoints as endpoints

from bot.faults import place

ACTION_SECONDS = 12
"""How long an action may take. Rasa's own 300 s outlives the lock on the conversation (60 s)."""

_log = logging.getLogger("overturn.actions")


class ActionFailedError(BaseException):
    """An action could not be run, so the turn ends here and nothing of it is kept.

    Not an `Exception`, because Rasa catches those, drops the action's events and lets the policies go on: then the end
    of a form that never ran looks like a form that was filled in.
    """

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.action = action


def patch_rasa() -> None:
    """Applies every patch; twice does no harm."""
    endpoints.DEFAULT_REQUEST_TIMEOUT = ACTION_SECONDS
    actions.DEFAULT_REQUEST_TIMEOUT = ACTION_SECONDS
    actions.RemoteAction._validate_action_result = _validator()
    if not hasattr(actions.RemoteAction.run, "stops_the_turn"):
        actions.RemoteAction.run = _stopping(actions.RemoteAction.run)


def _validator() -> Any:
    """Rasa's check of an action's answer, with the schema prepared once (it was checked anew in every call, 20 ms)."""
    schema = actions.RemoteAction.action_response_format_spec()
    kind = jsonschema.validators.validator_for(schema)
    kind.check_schema(schema)
    prepared = kind(schema)

    def _validate_action_result(self: Any, result: Any) -> bool:
        prepared.validate(result)
        return True

    return _validate_action_result


def _stopping(run: Any) -> Any:
    """`RemoteAction.run`, whose failures end the turn, and are logged by type and place only."""

    @functools.wraps(run)
    async def stopping(self: Any, output_channel: Any, nlg: Any, tracker: Any, domain: Any) -> Any:
        try:
            return await run(self, output_channel, nlg, tracker, domain)
        except actions.ActionExecutionRejection:
            raise
        except Exception as error:
            _log.error("action %s failed: %s", self.name(), place(error.__cause__ or error))
            raise ActionFailedError(self.name()) from None

    stopping.stops_the_turn = True  # type: ignore[attr-defined]
    return stopping
