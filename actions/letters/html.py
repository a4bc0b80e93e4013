"""The letter as one HTML page: no scripts, nothing fetched, every text escaped, readable on a phone and in print."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, Template

_PATH = Path(__file__).with_name("letter.html.jinja")


def html(content: Mapping[str, Any]) -> bytes:
    """A complete HTML document in UTF-8 from a letter's layout; the same one always gives the same bytes."""
    return _template().render(content).encode("utf-8")


@lru_cache(maxsize=1)
def _template() -> Template:
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return env.from_string(_PATH.read_text("utf-8"))
