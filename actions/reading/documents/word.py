"""The text of a Word file (DOCX) in the order it stands, tables and text boxes with it."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

from actions.reading.documents.faults import MAX_CHARACTERS, DocumentError

_MOST_PARTS = 2_000
_MOST_UNPACKED = 80_000_000
"""Bytes of all parts together, as the file's list announces them; no part is unpacked beyond that."""
_COLUMN = "    "
"""Between the cells of a row: reading takes a wide gap for a column."""
_LONG = 200
_PASSED_OVER = {"del", "moveFrom", "Fallback", "instrText", "delText", "rPr", "pPr", "tblPr", "trPr", "tcPr", "sectPr"}


def word_text(data: bytes) -> str:
    """Raises DocumentError: `broken`, `too_large`, `too_long`, and `unsupported` for another kind of package."""
    _check_package(data)
    try:
        document = docx.Document(io.BytesIO(data))
        bodies = [*_letterheads(document), document.element.body]
        text = "\n".join(line for body in bodies for line in _lines(body))
    except (PackageNotFoundError, zipfile.BadZipFile, zlib.error, OSError, SyntaxError, KeyError, ValueError,
            AttributeError, IndexError, NotImplementedError, RecursionError):  # fmt: skip
        # python-docx raises whatever a part that is missing or no XML makes it stumble over.
        raise DocumentError("broken") from None
    if len(text) > MAX_CHARACTERS:
        raise DocumentError("too_long")
    return text


def _check_package(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError):
        raise DocumentError("broken") from None
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise DocumentError("too_large")
    if any(part.flag_bits & 0x1 for part in parts):
        raise DocumentError("encrypted")
    if not any(part.filename == "word/document.xml" for part in parts):
        raise DocumentError("unsupported", "a packed (ZIP) file")


def _letterheads(document: Any) -> Iterator[Any]:
    """The first page's heads: a letter's payer often stands only there."""
    for section in document.sections[:1]:
        for head in (section.first_page_header, section.header):
            if not head.is_linked_to_previous:
                yield head._element


def _lines(element: Any) -> Iterator[str]:
    """One line a paragraph, one a row of a table."""
    for child in element:
        name = _name(child)
        if name == "p":
            boxes = [box for box in child.iter() if _name(box) == "txbxContent" and not _in_fallback(box)]
            yield from _text(child).split("\n")
            for box in boxes:
                yield from _lines(box)
        elif name == "tr":
            yield from _row(child)
        elif name and name not in _PASSED_OVER:
            yield from _lines(child)


def _row(row: Any) -> Iterator[str]:
    """The cells side by side; where one holds a whole text (a letter set in a table), one below the other."""
    cells = [[line for line in _lines(cell) if line.strip()] for cell in _cells(row)]
    cells = [cell for cell in cells if cell]
    if any(len(cell) > 3 or sum(map(len, cell)) > _LONG for cell in cells):
        for cell in cells:
            yield from cell
        yield ""
    elif cells:
        yield _COLUMN.join(" ".join(cell) for cell in cells)


def _cells(element: Any) -> Iterator[Any]:
    for child in element:
        name = _name(child)
        if name == "tc":
            yield child
        elif name and name not in _PASSED_OVER:
            yield from _cells(child)


def _text(element: Any) -> str:
    """The words of a paragraph, inserted ones and links included, deleted ones not."""
    kept: list[str] = []
    for child in element:
        name = _name(child)
        if name == "t":
            kept.append(child.text or "")
        elif name == "tab":
            kept.append(_COLUMN)
        elif name in ("br", "cr"):
            kept.append("\n")
        elif name == "noBreakHyphen":
            kept.append("-")
        elif name and name not in _PASSED_OVER and name != "txbxContent":
            kept.append(_text(child))
    return "".join(kept)


def _in_fallback(element: Any) -> bool:
    """A text box stands twice in the file: as it is, and again for old programs."""
    return any(_name(above) == "Fallback" for above in element.iterancestors())


def _name(element: Any) -> str:
    """The element's name without its namespace; "" for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
