"""No log line holds a person's words, whoever wrote it."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest

from bot.engine.quiet import PlaceOnly, prepare_environment
from bot.faults import place

SECRET = "Pat Example, 555-0100"


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PlaceOnly("rasa"))
    loggers = [logging.getLogger(name) for name in ("rasa.core.processor", "sanic.error", "overturn.web")]
    for logger in loggers:
        logger.addHandler(handler)
    yield stream
    for logger in loggers:
        logger.removeHandler(handler)


def test_a_librarys_record_shows_only_where_it_came_from(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError as error:
        logging.getLogger("rasa.core.processor").exception("Could not parse %s", SECRET)
        logging.getLogger("sanic.error").error(SECRET, exc_info=error)
    printed = lines.getvalue()
    assert "Pat" not in printed and "555" not in printed
    assert "rasa.core.processor" in printed
    assert "ValueError at engine/test_quiet.py" in printed


def test_our_own_record_shows_its_message_and_the_errors_place(lines: io.StringIO) -> None:
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.getLogger("overturn.web").exception("a turn failed")
    assert lines.getvalue().startswith("rasa error: a turn failed [ValueError at ")
    assert "Pat" not in lines.getvalue()


def test_a_place_names_type_and_frames_and_nothing_else() -> None:
    def inner() -> None:
        raise KeyError(SECRET)

    try:
        inner()
    except KeyError as error:
        said = place(error)
    assert said.startswith("KeyError at engine/test_quiet.py:")
    assert "inner" in said
    assert "Pat" not in said


def test_telemetry_is_off_before_rasa_can_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import warnings

    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    with warnings.catch_warnings():
        prepare_environment()
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"
