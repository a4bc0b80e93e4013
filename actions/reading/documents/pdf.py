"""The text of a PDF, page by page; a page that is a picture is read as one."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_raw

from actions.reading.documents import tesseract
from actions.reading.documents.faults import MAX_CHARACTERS, MAX_PAGES, MAX_PICTURE_PAGES, DocumentError
from actions.reading.documents.wrapped import joined

_DOTS = 250
"""Per inch, when a page is drawn to be read as a picture."""
_MOST_DOTS = 12_000_000
_FEW = 20
"""Characters: a scanner's stamp or a page number is not the text of a page."""
_COVERS = 0.5
"""A picture over this share of a page is the page: text on it was put there by a scanner."""
_HYPHENS = {ord(mark): "-" for mark in "\x02\ufffe\xad"}


@dataclass(frozen=True)
class PdfText:
    """`picture`: some of the text was read from a picture; `unread`: pages (from 1) that are pictures and were not."""

    text: str
    pages: int
    picture: bool
    unread: tuple[int, ...] = ()


def pdf_text(data: bytes) -> PdfText:
    """Raises DocumentError: `encrypted`, `broken`, `too_many_pages`, `too_long`, `no_pictures`."""
    document = _opened(data)
    count = len(document)
    if count == 0:
        raise DocumentError("broken")
    if count > MAX_PAGES:
        raise DocumentError("too_many_pages")
    texts: dict[int, str] = {}
    scanned: list[int] = []
    picture = False
    for number in range(count):
        page = _page(document, number)
        text, covered = _own_text(page), _is_covered(page)
        if _is_readable(text):
            texts[number] = text
            picture = picture or covered
        elif covered or _draws(page):
            scanned.append(number)
        if sum(map(len, texts.values())) > MAX_CHARACTERS:
            raise DocumentError("too_long")
    if len(scanned) > MAX_PICTURE_PAGES:
        raise DocumentError("too_many_pages")
    if scanned and not tesseract.installed():
        if not texts:
            raise DocumentError("no_pictures")
        return PdfText(_joined(texts), count, picture, tuple(number + 1 for number in scanned))
    for number in scanned:
        texts[number] = tesseract.words_in(_drawn(_page(document, number)))
    return PdfText(_joined(texts), count, picture or any(texts[number] for number in scanned))


def _joined(texts: dict[int, str]) -> str:
    return "\n\n".join(texts[number].strip() for number in sorted(texts) if texts[number].strip())


def _opened(data: bytes) -> Any:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise DocumentError("encrypted" if "password" in str(error).lower() else "broken") from None


def _page(document: Any, number: int) -> Any:
    try:
        return document[number]
    except pdfium.PdfiumError:
        raise DocumentError("broken") from None


def _own_text(page: Any) -> str:
    try:
        text: str = page.get_textpage().get_text_range(errors="replace")
    except pdfium.PdfiumError:
        return ""
    return joined(text.replace("\r\n", "\n").replace("\r", "\n").translate(_HYPHENS))


def _is_readable(text: str) -> bool:
    """Whether there is text, and its letters are letters: some fonts carry no way back from shapes to characters."""
    seen = [char for char in text if not char.isspace()]
    plain = sum(char.isprintable() and char != "\ufffd" and not "\ue000" <= char <= "\uf8ff" for char in seen)
    return len(seen) >= _FEW and plain >= 0.9 * len(seen) and sum(c.isalnum() for c in seen) >= 0.4 * len(seen)


def _is_covered(page: Any) -> bool:
    """Whether one picture covers most of the page."""
    width, height = page.get_size()
    for item in page.get_objects(filter=(pdfium_raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = _bounds(item)
        if (right - left) * (top - bottom) >= _COVERS * width * height > 0:
            return True
    return False


def _bounds(item: Any) -> tuple[float, float, float, float]:
    corners = [ctypes.c_float() for _ in range(4)]
    if not pdfium_raw.FPDFPageObj_GetBounds(item.raw, *corners):
        return 0.0, 0.0, 0.0, 0.0
    left, bottom, right, top = (corner.value for corner in corners)
    return left, bottom, right, top


def _draws(page: Any) -> bool:
    """Whether anything stands on the page."""
    return next(iter(page.get_objects(max_depth=1)), None) is not None


def _drawn(page: Any) -> Any:
    """The page as a grey picture."""
    width, height = page.get_size()
    if not (0 < width < math.inf and 0 < height < math.inf):
        raise DocumentError("broken")
    scale = min(_DOTS / 72, math.sqrt(_MOST_DOTS / (width * height)))
    try:
        return page.render(scale=scale, grayscale=True).to_pil().convert("L")
    except (pdfium.PdfiumError, ValueError):
        raise DocumentError("broken") from None
