"""Saying where an error came from without saying what was in it."""

from __future__ import annotations

import traceback


def place(error: BaseException) -> str:
    """An error's type and innermost frames, without its message or any value: those may hold a person's words.

    >>> place(KeyError("Pat Example"))
    'KeyError'
    """
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    where = " < ".join(f"{_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in reversed(frames))
    return type(error).__name__ + (f" at {where}" if where else "")


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-2:])
