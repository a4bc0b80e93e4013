"""The assistant's sentences, from `texts.yml`."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined, Template

_FILE = Path(__file__).with_name("texts.yml")


@lru_cache(maxsize=1)
def _texts() -> dict[str, Any]:
    texts: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return texts


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # The widget shows text as text, so nothing is escaped here.
    return Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701


def say(name: str, **values: Any) -> str:
    """The sentence with this name (`steps.appeal` reaches into a group), its values filled in.

    Raises KeyError for an unknown name, jinja2.UndefinedError for a value that is not given.
    """
    return _template(name).render(values)


@cache  # as many as there are sentences
def _template(name: str) -> Template:
    text: Any = _texts()
    for part in name.split("."):
        text = text[part]
    return _environment().from_string(text)


def names() -> tuple[str, ...]:
    """Every sentence's name, for the check that none is dead and none is missing."""
    flat: list[str] = []
    for name, text in _texts().items():
        flat += [f"{name}.{inner}" for inner in text] if isinstance(text, dict) else [name]
    return tuple(flat)
