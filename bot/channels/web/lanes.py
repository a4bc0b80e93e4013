"""One thing at a time in a conversation, in the order it arrived."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any

Job = Callable[[], Awaitable[Any]]


class LaneFullError(Exception):
    """More is waiting in this conversation than may wait."""


class Lanes:
    """A queue for each conversation that has something to do; nothing is kept of the others."""

    def __init__(self, most_waiting: int = 20) -> None:
        self._most = most_waiting
        self._lanes: dict[str, deque[tuple[Job, asyncio.Future[Any]]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def add(self, name: str, job: Job) -> asyncio.Future[Any]:
        """Queues `job`; the future has its result or its exception. Raises LaneFullError."""
        lane = self._lanes.get(name)
        if lane is not None and len(lane) >= self._most:
            raise LaneFullError(name)
        done: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        if lane is None:
            self._lanes[name] = deque([(job, done)])
            task = asyncio.get_running_loop().create_task(self._run(name))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        else:
            lane.append((job, done))
        return done

    async def _run(self, name: str) -> None:
        lane = self._lanes[name]
        try:
            while lane:
                job, done = lane[0]
                try:
                    result = await job()
                    if not done.cancelled():
                        done.set_result(result)
                except Exception as error:
                    if not done.cancelled():
                        done.set_exception(error)
                        done.exception()  # seen: whoever does not await the job has no use for it
                lane.popleft()
        finally:
            del self._lanes[name]
            for _, done in lane:
                done.cancel()
