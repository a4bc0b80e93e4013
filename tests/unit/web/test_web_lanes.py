"""A conversation's jobs run one at a time, in the order they came, and one that fails does not stop the rest."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.web.lanes import LaneFullError, Lanes


def test_jobs_of_one_conversation_run_in_order_and_never_together() -> None:
    seen: list[str] = []

    async def scenario() -> None:
        lanes = Lanes()

        async def job(number: int) -> None:
            seen.append(f"begin {number}")
            await asyncio.sleep(0.01 / (number + 1))
            seen.append(f"end {number}")

        await asyncio.gather(*[lanes.add("a", lambda n=number: job(n)) for number in range(4)])

    asyncio.run(scenario())
    assert seen == [f"{what} {number}" for number in range(4) for what in ("begin", "end")]


def test_conversations_do_not_wait_for_one_another() -> None:
    async def scenario() -> None:
        lanes, gate = Lanes(), asyncio.Event()

        async def open_gate() -> None:
            gate.set()

        first = lanes.add("a", gate.wait)
        lanes.add("b", open_gate)
        await asyncio.wait_for(first, 5)

    asyncio.run(scenario())


def test_a_failed_job_is_told_and_the_next_one_runs() -> None:
    async def scenario() -> None:
        lanes = Lanes()

        async def fails() -> None:
            raise RuntimeError

        async def answers() -> str:
            return "done"

        failed, next_one = lanes.add("a", fails), lanes.add("a", answers)
        assert await next_one == "done"
        with pytest.raises(RuntimeError):
            await failed

    asyncio.run(scenario())


def test_a_queue_has_an_end_and_an_idle_conversation_costs_nothing() -> None:
    async def scenario() -> None:
        lanes, gate = Lanes(most_waiting=2), asyncio.Event()
        waiting = [lanes.add("a", gate.wait), lanes.add("a", gate.wait)]
        with pytest.raises(LaneFullError):
            lanes.add("a", gate.wait)
        gate.set()
        await asyncio.gather(*waiting)
        await asyncio.sleep(0)
        assert not lanes._lanes

    asyncio.run(scenario())
