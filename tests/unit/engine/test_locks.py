"""One turn at a time in a conversation, first come first served, and none lost."""

from __future__ import annotations

import asyncio

import pytest

from bot.engine.lock import ConversationLocks


def test_turns_of_one_conversation_follow_one_another_in_order() -> None:
    async def scenario() -> None:
        locks, seen, inside = ConversationLocks(), [], 0

        async def turn(number: int) -> None:
            nonlocal inside
            async with locks.lock("a"):
                inside += 1
                assert inside == 1
                await asyncio.sleep(0)
                seen.append(number)
                inside -= 1

        await asyncio.gather(*[turn(number) for number in range(75)])
        assert seen == list(range(75))
        assert not locks._locks, "an idle conversation costs nothing"

    asyncio.run(scenario())


def test_conversations_do_not_wait_for_one_another() -> None:
    async def scenario() -> None:
        locks = ConversationLocks()
        async with locks.lock("a"), locks.lock("b"):
            pass

    asyncio.run(asyncio.wait_for(scenario(), 5))


def test_a_turn_that_fails_or_is_given_up_frees_the_lock() -> None:
    async def scenario() -> None:
        locks = ConversationLocks()
        with pytest.raises(RuntimeError):
            async with locks.lock("a"):
                raise RuntimeError
        async with locks.lock("a"):
            waiting = asyncio.ensure_future(locks.lock("a").__aenter__())
            await asyncio.sleep(0)
            waiting.cancel()
            with pytest.raises(asyncio.CancelledError):
                await waiting
        async with locks.lock("a"):
            pass
        assert not locks._locks

    asyncio.run(asyncio.wait_for(scenario(), 5))
