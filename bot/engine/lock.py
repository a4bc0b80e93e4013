"""One turn at a time in a conversation, in the order of arrival, without Rasa's polling once a second."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

from rasa.core.lock_store import LockStore

_LIFETIME = 60.0
_POLL = 0.02


class ConversationLocks(LockStore):
    """Locks that live in this process. asyncio.Lock wakes its waiters first come, first served, and loses none."""

    def __init__(self, endpoint_config: Any = None) -> None:
        super().__init__()
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = _LIFETIME, wait_time_in_seconds: float = _POLL
    ) -> AsyncGenerator[asyncio.Lock, None]:
        """Holds the conversation's lock; forgets it when nobody holds or awaits it."""
        lock, holders = self._locks.get(conversation_id, (None, 0))
        lock = lock or asyncio.Lock()
        self._locks[conversation_id] = (lock, holders + 1)
        try:
            async with lock:
                yield lock
        finally:
            _, holders = self._locks[conversation_id]
            if holders > 1:
                self._locks[conversation_id] = (lock, holders - 1)
            else:
                del self._locks[conversation_id]


class SharedLocks(LockStore):
    """Locks in Redis, for several replicas: `SET NX PX`, released only by their holder.

    Rasa's own Redis store reads, changes and writes without a guard, so that two replicas can both enter.
    """

    def __init__(self, endpoint_config: Any) -> None:
        import redis.asyncio  # type: ignore[import-untyped]

        super().__init__()
        self._redis = redis.asyncio.from_url(endpoint_config.url, socket_timeout=5, socket_connect_timeout=5)

    @asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = _LIFETIME, wait_time_in_seconds: float = _POLL
    ) -> AsyncGenerator[Any, None]:
        """Holds the conversation's lock in every replica. Raises redis.exceptions.LockError when it cannot be had."""
        async with self._redis.lock(
            f"overturn:lock:{conversation_id}",
            timeout=_LIFETIME,
            sleep=_POLL,
            blocking_timeout=_LIFETIME,
        ) as lock:
            yield lock
