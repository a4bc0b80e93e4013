"""Every message is taken once, answered in order and honestly, whatever fails on the way."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from actions.cases import DatabaseFailed, new_key, open_database
from actions.casework.replies import Button, Reply
from bot.channels.web import conversations as module
from bot.channels.web.conversations import Conversations
from bot.channels.web.messages import RefusedError, Said


class Place:
    """A door with a real database, a scripted casework and a scripted Rasa, and what it sent."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[tuple[str, Any, str]] = []
        self.told: list[str] = []
        self.back: Reply | None = None
        self.rasa: Callable[[Any], Any] = self.echo
        self.database = open_database(f"sqlite:///{folder / 'web.db'}", new_key())
        self.database.migrate()
        desk = SimpleNamespace(database=self.database, now=self.database._clock)
        door = SimpleNamespace(
            Received=lambda replies=(), turns=(): SimpleNamespace(replies=replies, turns=turns),
            greeting=lambda desk, sender: (
                Reply("Hello"),
                Reply("Agreed?", (Button("Yes", "consent"), Button("No", "no"))),
            ),
            trouble=lambda desk: Reply("trouble"),
            receive=self.receive,
            choose=lambda desk, sender, payload: self.turns(f"/{payload['intent']}"),
            alarm=lambda desk, text: Reply("call 911", tone="emergency") if "911" in text else None,
            delete=self.delete,
            way_back=lambda desk, sender: self.back,
        )
        monkeypatch.setattr(module, "door", door)
        self.desk = desk
        self.conversations = self.new_process()

    def new_process(self) -> Conversations:
        async def emit(event: str, payload: Any, room: str) -> None:
            self.sent.append((event, payload, room))

        async def tell(message: Any) -> None:
            self.told.append(message.text)
            await self.rasa(message)

        return Conversations(self.desk, emit, tell)

    def receive(self, _desk: Any, _sender: str, text: str, alarmed: bool, until: float) -> Any:
        return self.turns(f"/emergency {text}" if alarmed else text)

    def turns(self, *texts: str) -> Any:
        return SimpleNamespace(replies=(), turns=[SimpleNamespace(text=text, metadata={}) for text in texts])

    def delete(self, _desk: Any, sender: str) -> Reply:
        with self.database.unit() as unit:
            conversation = unit.conversation(sender)
            if conversation:
                unit.delete_conversation(conversation)
        return Reply("gone")

    async def echo(self, message: Any) -> None:
        await message.output_channel.send_response("x", {"text": f"echo {message.text}"})

    async def begin(self) -> str:
        issued = await self.conversations.begin(timedelta(days=1))
        with self.database.unit() as unit:
            conversation = unit.conversation(issued.sender_id)
            assert conversation is not None
            unit.give_consent(conversation, self.database._clock())
        return issued.sender_id

    async def idle(self) -> None:
        while self.conversations._lanes._lanes:
            await asyncio.sleep(0.005)

    def texts(self, room: str | None = None) -> list[str]:
        return [p["text"] for event, p, to in self.sent if event == "bot_message" and room in (None, to)]

    def events(self, *names: str) -> list[tuple[str, Any]]:
        return [(event, payload) for event, payload, _ in self.sent if event in names]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    return Place(tmp_path, monkeypatch)


def run(scenario: Callable[[], Any]) -> None:
    asyncio.run(scenario())


def test_a_turn_is_typing_then_answer_then_done_and_stands_in_the_history(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        await place.conversations.take(sender, "socket", Said("m1", text="my knee"))
        await place.idle()
        assert [event for event, _, room in place.sent if room == sender] == [
            "bot_typing",
            "bot_message",
            "bot_typing",
            "turn_done",
        ]
        assert place.events("turn_done") == [("turn_done", {"in_reply_to": "m1"})]
        history = await place.conversations.history(sender)
        assert [(entry["direction"], entry["text"]) for entry in history] == [
            ("in", "my knee"),
            ("out", "echo my knee"),
        ]
        assert history[1]["in_reply_to"] == "m1"

    run(scenario)


def test_while_a_case_is_paused_the_way_back_stands_under_what_is_answered(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        place.back = Reply("go on?", (Button("I am safe", "resume"),))
        await place.conversations.take(sender, "socket", Said("m1", text="who reads this?"))
        await place.idle()
        assert place.texts() == ["echo who reads this?", "go on?"]

    run(scenario)


def test_the_greeting_comes_once_however_many_tabs_connect(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        for _ in range(3):
            place.conversations.greet(sender)
        await place.idle()
        place.conversations.greet(sender)
        await place.idle()
        assert place.texts() == ["Hello", "Agreed?"]
        assert place.events("turn_done") == [("turn_done", {"in_reply_to": None})]

    run(scenario)


def test_the_same_id_again_is_answered_again_to_that_socket_and_never_worked_on_twice(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        await place.conversations.take(sender, "socket", Said("m1", text="one"))
        await place.idle()
        place.sent.clear()
        await place.conversations.take(sender, "other-socket", Said("m1", text="two"))
        await place.idle()
        assert place.told == ["one"]
        assert place.texts("other-socket") == ["echo one"]
        assert place.events("turn_done") == [("turn_done", {"in_reply_to": "m1"})]
        assert {room for _, _, room in place.sent} == {"other-socket"}

    run(scenario)


def test_the_same_id_while_it_is_worked_on_changes_nothing(place: Place) -> None:
    async def scenario() -> None:
        sender, gate = await place.begin(), asyncio.Event()

        async def waits(message: Any) -> None:
            await gate.wait()
            await place.echo(message)

        place.rasa = waits
        await place.conversations.take(sender, "socket", Said("m1", text="one"))
        await place.conversations.take(sender, "socket", Said("m1", text="one"))
        gate.set()
        await place.idle()
        assert place.told == ["one"]
        assert place.texts() == ["echo one"]

    run(scenario)


def test_a_turn_that_died_with_its_process_is_owned_up_to(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        with place.database.unit() as unit:
            conversation = unit.conversation(sender)
            assert conversation is not None
            unit.begin_turn(conversation, "m1", {"id": "m1", "text": "one"})
        await place.conversations.take(sender, "socket", Said("m1", text="one"))
        await place.idle()
        assert place.told == []
        assert place.texts() == ["trouble"]
        assert place.events("turn_done") == [("turn_done", {"in_reply_to": "m1"})]

    run(scenario)


def test_messages_are_answered_in_their_order(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        for number in range(6):
            await place.conversations.take(sender, "socket", Said(f"m{number}", text=str(number)))
        await place.idle()
        assert place.texts() == [f"echo {number}" for number in range(6)]
        assert [payload["in_reply_to"] for _, payload in place.events("turn_done")] == [f"m{n}" for n in range(6)]

    run(scenario)


class StopsTheTurn(BaseException):
    """As bot/engine/patches.py raises for a failed action."""


@pytest.mark.parametrize("failure", [RuntimeError("my knee"), StopsTheTurn("my knee")])
def test_a_turn_that_fails_says_so_and_the_next_one_works(
    place: Place, failure: BaseException, caplog: pytest.LogCaptureFixture
) -> None:
    async def scenario() -> None:
        async def fails(_message: Any) -> None:
            raise failure

        sender = await place.begin()
        place.rasa = fails
        await place.conversations.take(sender, "socket", Said("m1", text="my knee"))
        await place.idle()
        place.rasa = place.echo
        await place.conversations.take(sender, "socket", Said("m2", text="again"))
        await place.idle()
        assert place.texts() == ["trouble", "echo again"]
        assert len(place.events("turn_done")) == 2

    run(scenario)
    assert "knee" not in caplog.text
    assert type(failure).__name__ in caplog.text


def test_a_turn_that_says_nothing_gets_an_honest_line(place: Place) -> None:
    async def scenario() -> None:
        async def silent(_message: Any) -> None:
            return None

        sender = await place.begin()
        place.rasa = silent
        await place.conversations.take(sender, "socket", Said("m1", text="hm"))
        await place.idle()
        assert place.texts() == ["trouble"]

    run(scenario)


def test_a_turn_that_takes_too_long_is_given_up(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TURN_SECONDS", 0.05)

    async def scenario() -> None:
        async def hangs(_message: Any) -> None:
            await asyncio.Event().wait()

        sender = await place.begin()
        place.rasa = hangs
        await place.conversations.take(sender, "socket", Said("m1", text="hm"))
        await place.idle()
        assert place.texts() == ["trouble"]

    run(scenario)


def test_an_emergency_does_not_wait_for_a_turn_that_hangs(place: Place) -> None:
    async def scenario() -> None:
        hanging = asyncio.Event()

        async def hangs(_message: Any) -> None:
            await hanging.wait()

        sender = await place.begin()
        place.rasa = hangs
        await place.conversations.take(sender, "socket", Said("m1", text="hm"))
        await place.conversations.take(sender, "socket", Said("m2", text="it is a 911"))
        assert place.texts() == ["call 911"]
        place.rasa = place.echo
        hanging.set()
        await place.idle()
        assert place.told[-1] == "/emergency it is a 911"

    run(scenario)


def test_words_with_a_slash_reach_casework_as_words(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        await place.conversations.take(sender, "socket", Said("m1", text="/restart"))
        await place.idle()
        assert place.told == ["\u2060/restart"]
        assert (await place.conversations.history(sender))[0]["text"] == "/restart"

    run(scenario)


def test_a_button_works_once_and_only_in_its_own_conversation(place: Place) -> None:
    async def scenario() -> None:
        sender, stranger = await place.begin(), await place.begin()
        await place.conversations.say(sender, None, Reply("Agreed?", (Button("Yes", "consent"), Button("No", "no"))))
        yes, no = (button["id"] for button in place.events("bot_message")[0][1]["buttons"])

        async def refused(who: str, message_id: str, choice: str) -> str:
            with pytest.raises(RefusedError) as caught:
                await place.conversations.take(who, "socket", Said(message_id, choice=choice))
            return caught.value.code

        assert await refused(stranger, "m1", yes) == "unknown_choice"
        assert await refused(sender, "m1", "made-up") == "unknown_choice"
        await place.conversations.take(sender, "socket", Said("m1", choice=yes))
        await place.idle()
        assert place.told == ["/consent"]
        assert await refused(sender, "m2", yes) == "unknown_choice"
        assert await refused(sender, "m3", no) == "unknown_choice"
        history = await place.conversations.history(sender)
        assert [entry["text"] for entry in history] == ["Agreed?", "Yes", "echo /consent"]
        assert history[0]["buttons"] == []

    run(scenario)


def test_a_text_over_the_limit_is_refused_but_an_emergency_in_it_is_answered(place: Place) -> None:
    async def scenario() -> None:
        sender = await place.begin()
        for text, said in (("x" * 40_001, []), ("x " * 25_000 + "911" + " x" * 10_000, ["call 911"])):
            with pytest.raises(RefusedError) as caught:
                await place.conversations.take(sender, "socket", Said("m1", text=text))
            await place.idle()
            assert caught.value.code == "too_long"
            assert f"{len(text):,}" in caught.value.message
            assert place.texts() == said
        assert place.told == []

    run(scenario)


def test_without_a_database_nothing_is_taken_and_nothing_goes_unsaid(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scenario() -> None:
        sender = await place.begin()

        def down(*_: Any) -> Any:
            raise DatabaseFailed("down")

        working = place.database.unit
        place.database.unit = down  # type: ignore[method-assign]
        with pytest.raises(RefusedError) as caught:
            await place.conversations.take(sender, "socket", Said("m1", text="my knee"))
        assert caught.value.code == "unavailable"

        async def loses_it(message: Any) -> None:
            place.database.unit = down  # type: ignore[method-assign]
            await message.output_channel.send_response(
                "x", {"text": "read", "buttons": [{"title": "A", "payload": "/a"}]}
            )

        place.database.unit = working  # type: ignore[method-assign]
        place.rasa = loses_it
        await place.conversations.take(sender, "socket", Said("m1", text="my knee"))
        await place.idle()
        assert place.texts() == ["read"]
        assert place.events("bot_message")[0][1]["buttons"] == [], "a button that was not kept would not work"
        assert place.events("turn_done")

    run(scenario)


def test_a_deleted_conversation_takes_nothing_more_and_is_not_made_anew(place: Place) -> None:
    async def scenario() -> None:
        sender, gate = await place.begin(), asyncio.Event()

        async def waits(message: Any) -> None:
            await gate.wait()
            await place.echo(message)

        place.rasa = waits
        await place.conversations.take(sender, "socket", Said("m1", text="one"))
        deleting = asyncio.ensure_future(place.conversations.delete(sender))
        await asyncio.sleep(0.05)
        assert not deleting.done(), "the turn that runs is let to its end, or it would write after the deletion"
        gate.set()
        assert (await deleting).text == "gone"
        assert not await place.conversations.exists(sender)
        with pytest.raises(RefusedError) as caught:
            await place.conversations.take(sender, "socket", Said("m2", text="two"))
        assert caught.value.code == "session_over"
        place.conversations.greet(sender)
        await place.idle()
        assert not await place.conversations.exists(sender)

    run(scenario)
