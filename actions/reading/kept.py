"""Data that is slow to work out and depends on nothing but files, kept between runs.

It lies in the folder that OVERTURN_CACHE names, else in `var/cache` beside the project; where that cannot be written,
nothing is kept and nothing is said. Nothing that a person wrote is ever kept.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

_VAR = Path(__file__).parent.parent.parent / "var" / "cache"


def kept(name: str, key: str, make: Callable[[], Any]) -> Any:
    """What `make` returns (plain JSON data), from the cache where it was kept under this name for the same key."""
    path = _path(name, key)
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        data = make()
    keep(name, key, data)
    return data


def keep(name: str, key: str, data: Any) -> None:
    """Keeps the data under this name, in the place of what was kept for any other key."""
    path = _path(name, key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as file:
            json.dump(data, file, separators=(",", ":"))
        Path(file.name).replace(path)
        for old in path.parent.glob(f"reading-{name}-*.json"):
            if old != path:
                old.unlink(missing_ok=True)
    except OSError:
        return


def _path(name: str, key: str) -> Path:
    named = os.environ.get("OVERTURN_CACHE")
    folder = Path(named) if named else _VAR
    return folder / f"reading-{name}-{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
