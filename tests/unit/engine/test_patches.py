"""What we change in Rasa, or lean on, is the source it was written for; and the changes do what they say."""

from __future__ import annotations

import ast
import asyncio
import hashlib
import importlib
import inspect
import logging
from types import SimpleNamespace
from typing import Any

import jsonschema
import pytest
import rasa
import rasa.core.actions.action as actions
import rasa_sdk
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from bot.engine.patches import ACTION_SECONDS, ActionFailedError, patch_rasa

# A hash that differs means: read the new source, see whether the patch still fits, then write the new hash here.
PINNED = {
    "rasa.core.actions.action:RemoteAction.run": "b530fc5a6789c82f2f273ef0",
    "rasa.core.actions.action:RemoteAction._validate_action_result": "24da0f6bdeb2d44f1f85da37",
    "rasa.core.actions.action:RemoteAction.action_response_format_spec": "6f492274727ebb100796687b",
    "rasa.utils.endpoints:EndpointConfig.session": "f6136492eac7ede36e18bfb9",
    "rasa.core.processor:MessageProcessor._run_action": "787be209d2dd55715b3d0b27",
    "rasa.core.processor:MessageProcessor.handle_message": "a96904e7796d7bf98c72f8e7",
    "rasa.core.agent:Agent.__init__": "7b97809e402ea9e220b971a7",
    "rasa.core.agent:Agent.load_model": "dc0e0244f8546a6de553bf9a",
    "rasa.core.agent:Agent.handle_message": "05c7d977a721e66415ea560a",
    "rasa.core.channels.channel:UserMessage.__init__": "de2e5fde10b83c4f0240c91c",
    "rasa.core.channels.channel:register": "2c5ba237af1c588648cc28ba",
    "rasa_sdk.executor:ActionExecutor.run": "470406b0934cf6415c69e069",
}


def source_hash(name: str) -> str:
    """The hash of a function's source as it stands in the file, whatever was patched since."""
    module, _, path = name.partition(":")
    text = inspect.getsource(importlib.import_module(module))
    node: Any = ast.parse(text)
    for part in path.split("."):
        node = next(child for child in node.body if getattr(child, "name", None) == part)
    return hashlib.sha256((ast.get_source_segment(text, node) or "").encode()).hexdigest()[:24]


def test_the_versions_are_those_the_patches_were_written_for() -> None:
    assert rasa.__version__ == "3.6.21"
    assert rasa_sdk.__version__ == "3.6.2"


@pytest.mark.parametrize("name", PINNED)
def test_the_source_is_the_one_the_patches_were_written_for(name: str) -> None:
    assert source_hash(name) == PINNED[name]


@pytest.fixture
def patched(monkeypatch: pytest.MonkeyPatch) -> None:
    """The patches, taken back after the test."""
    import rasa.utils.endpoints as endpoints

    for where, name in (
        (endpoints, "DEFAULT_REQUEST_TIMEOUT"),
        (actions, "DEFAULT_REQUEST_TIMEOUT"),
        (actions.RemoteAction, "run"),
        (actions.RemoteAction, "_validate_action_result"),
    ):
        monkeypatch.setattr(where, name, getattr(where, name))
    patch_rasa()


def run_action(answer: Any) -> Any:
    """Runs a remote action whose server gives this answer, or raises it."""

    async def request(**_: Any) -> Any:
        if isinstance(answer, BaseException):
            raise answer
        return answer

    action = actions.RemoteAction("action_check", SimpleNamespace(request=request, url="http://x", kwargs={}))
    action._action_call_format = lambda *_: {}
    return asyncio.run(action.run(None, None, None, None))


def test_an_action_has_twelve_seconds(patched: None) -> None:
    async def total() -> float | None:
        async with EndpointConfig("http://127.0.0.1:1").session() as session:
            return session.timeout.total

    assert asyncio.run(total()) == ACTION_SECONDS == 12


def test_a_good_answer_is_taken_and_a_bad_one_ends_the_turn(patched: None) -> None:
    events = run_action({"events": [{"event": "slot", "name": "study", "value": "answered"}], "responses": []})
    assert [event.key for event in events] == ["study"]
    for bad in ({"events": "none"}, {"responses": [5]}, None, []):
        with pytest.raises(ActionFailedError):
            run_action(bad)


def test_the_prepared_check_refuses_what_the_stock_one_refuses(patched: None) -> None:
    action = actions.RemoteAction("action_check", None)
    schema = actions.RemoteAction.action_response_format_spec()
    for answer in (
        {"events": [], "responses": []},
        {"events": [{}]},
        {"events": 5},
        {"events": [{"event": 5}]},
        [],
        None,
    ):
        try:
            jsonschema.validate(answer, schema)
            stock = True
        except jsonschema.ValidationError:
            stock = False
        try:
            ours = action._validate_action_result(answer)
        except jsonschema.ValidationError:
            ours = False
        assert ours == stock, answer


@pytest.mark.parametrize(
    "failure",
    [
        ClientResponseError(500, "failed", b'{"request_body": "Pat Example"}'),
        ClientResponseError(404, "unknown action", b"Pat Example"),
        ClientResponseError(400, "bad", b'{"error": "Pat Example"}'),
        ConnectionError("Pat Example"),
        asyncio.TimeoutError(),
    ],
    ids=repr,
)
def test_a_failed_action_ends_the_turn_and_logs_no_words(
    patched: None, failure: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), pytest.raises(ActionFailedError) as caught:
        run_action(failure)
    assert not isinstance(caught.value, Exception), "Rasa would catch it and go on"
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("overturn")]
    assert any("action_check" in line for line in ours)
    assert not any("Pat" in line for line in ours)


def test_a_form_that_rejects_still_only_rejects(patched: None) -> None:
    rejection = ClientResponseError(400, "rejected", b'{"error": "rejected", "action_name": "action_check"}')
    with pytest.raises(actions.ActionExecutionRejection):
        run_action(rejection)


def test_patching_twice_is_patching_once(patched: None) -> None:
    once = actions.RemoteAction.run
    patch_rasa()
    assert actions.RemoteAction.run is once
