"""The real servers, started once for all tests that talk to them: model, action server, database and web door."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from chat import Chat
from hypothesis import settings
from servers import Server, start_server, stop_server

from actions.cases import Database, open_database

# The same examples each time, so that a red run means a changed line; HYPOTHESIS_PROFILE=new looks for new ones.
# No example has a deadline: time is measured by `make bench`, and a busy machine is no fault.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("new", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The assistant, running for the whole test session; without rate limits, today pinned to TODAY."""
    running = start_server(tmp_path_factory.mktemp("server"))
    yield running
    stop_server(running)


@pytest.fixture(scope="session")
def database(server: Server) -> Database:
    """The running server's own database."""
    return open_database(server.database_url, server.key)


@pytest.fixture
def new_chat(server: Server) -> Iterator[Callable[[], Chat]]:
    """Begins conversations that are closed after the test."""
    opened: list[Chat] = []

    def begin() -> Chat:
        opened.append(Chat(server.url))
        return opened[-1]

    yield begin
    for chat in opened:
        chat.close()


@pytest.fixture
def chat(new_chat: Callable[[], Chat]) -> Chat:
    """A new conversation, greeted, before consent."""
    return new_chat()


@pytest.fixture
def agreed(chat: Chat) -> Chat:
    """A new conversation in which consent was given."""
    chat.agree()
    return chat
