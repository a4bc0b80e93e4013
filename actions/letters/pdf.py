"""The letter as a PDF by Typst: tagged, PDF/UA-1, with the fonts inside Typst and nothing from the system."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

from actions.letters.document import Letter
from actions.letters.layout import layout
from actions.letters.typed import drawn

_PATH = Path(__file__).with_name("letter.typ")


def pdf(letter: Letter) -> bytes:
    """The PDF's bytes; the same letter always gives the same ones. Characters that no font here has are boxes."""
    import typst

    made: bytes = typst.compile(
        _source(),
        sys_inputs={"letter": json.dumps(layout(letter, drawn), ensure_ascii=False)},
        format="pdf",
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    return made


@lru_cache(maxsize=1)
def _source() -> bytes:
    return _PATH.read_bytes()
