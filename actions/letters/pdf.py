"""The letter as a PDF by Typst: tagged, PDF/UA-1, with the fonts inside Typst and nothing from the system."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.letters.typed import drawn

_PATH = Path(__file__).with_name("letter.typ")


def pdf(content: Mapping[str, Any]) -> bytes:
    """The PDF's bytes from a letter's layout; the same one always gives the same ones. Characters that no font here has
    are boxes."""
    import typst

    made: bytes = typst.compile(
        _source(),
        sys_inputs={"letter": json.dumps(_drawn(content), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return made


def _drawn(value: Any) -> Any:
    """The layout with every text as the fonts can show it."""
    if isinstance(value, str):
        return drawn(value)
    if isinstance(value, Mapping):
        return {name: _drawn(item) for name, item in value.items()}
    return [_drawn(item) for item in value] if isinstance(value, list) else value


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _PATH.read_bytes()
