"""The words in a picture, by the Tesseract command where it is installed."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess

from PIL import Image

from actions.reading.documents.faults import DocumentError
from actions.reading.documents.lines import text_of
from actions.reading.documents.picture import cleaned
from actions.reading.documents.wrapped import joined

_COMMON = re.compile(r"\b(?:the|to|of|and|for|is|in|not|you|your|we|this|or|on|by|be|as|was|are|with|that)\b", re.I)
_WORD = re.compile(r"[A-Za-z]{3,}")
_TURNED = re.compile(r"Rotate: (90|180|270)")
_FEW = 0.05
"""Of running English about a third are such common words; of a page that lies on its side or its head, next to none."""


def installed() -> bool:
    return shutil.which("tesseract") is not None


def words_in(picture: Image.Image) -> str:
    """The text of a grey picture, lines as they stand, or "" where nothing can be read.

    Raises DocumentError `no_pictures` where Tesseract is not installed.
    """
    if not installed():
        raise DocumentError("no_pictures")
    page = cleaned(picture)
    if page is None:
        return ""
    text = _read(page)
    if _common(text) < _FEW:
        turned = _TURNED.search(_run(page.reduce(2) if min(page.size) > 2_000 else page, "--psm", "0"))
        if turned:
            other = _read(page.rotate(-int(turned.group(1)), expand=True, fillcolor=255))
            text = max(text, other, key=_common)
    return text if len(_WORD.findall(text)) >= max(2, len(text.split()) / 5) else ""


def _common(text: str) -> float:
    words = text.split()
    return len(_COMMON.findall(text)) / len(words) if words else 0.0


def _read(page: Image.Image) -> str:
    return joined(text_of(_run(page, "-l", "eng", "tsv")))


def _run(page: Image.Image, *arguments: str) -> str:
    """What Tesseract prints for this page; "" where it finds nothing to say."""
    plain = io.BytesIO()
    page.save(plain, "PPM")
    done = subprocess.run(
        ["tesseract", "stdin", "stdout", *arguments],
        input=plain.getvalue(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        # Several threads beside another busy process made a page take a minute (nlp_stack.md, section 4).
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        check=False,
    )
    return done.stdout.decode("utf-8", "replace")
