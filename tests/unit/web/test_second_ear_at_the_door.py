"""A second ear that fails stops no message: what the rules heard stands, and the talk goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.cases import new_key, open_database
from actions.casework import door
from bot.channels.web.channel import WebChannel


@pytest.fixture
def channel(tmp_path: Path) -> WebChannel:
    environ = {"OVERTURN_DATABASE_URL": f"sqlite:///{tmp_path / 'cases.db'}", "OVERTURN_KEY": new_key()}
    open_database(environ["OVERTURN_DATABASE_URL"], environ["OVERTURN_KEY"]).migrate()
    return WebChannel(environ)


def test_it_is_asked(channel: WebChannel) -> None:
    channel.hear_with(lambda text: "E" if "florp" in text else None)
    assert door.alarm(channel._desk, "my florp is wobbly") is not None
    assert door.alarm(channel._desk, "it hurts when I kneel") is None


def test_one_that_fails_silences_nobody(channel: WebChannel, caplog: pytest.LogCaptureFixture) -> None:
    def broken(text: str) -> str | None:
        raise RuntimeError(text)

    channel.hear_with(broken)
    assert door.alarm(channel._desk, "it hurts when I kneel") is None
    assert door.alarm(channel._desk, "I can't feel anything between my legs since this morning") is not None
    assert "the second ear failed" in caplog.text and "kneel" not in caplog.text
