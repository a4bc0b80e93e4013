"""The letter as a Word file, for editing: real headings, lists and tables, its language set."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_BREAK, WD_COLOR_INDEX
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Inches, Pt

from actions.letters.layout import Span

_EPOCH = (1980, 1, 1, 0, 0, 0)
_BOX = "\u2610 "


def docx(content: Mapping[str, Any]) -> bytes:
    """The DOCX file's bytes from a letter's layout; the same one always gives the same ones."""
    document = Document()
    _set_up(document, content["title"], datetime(*content["date"]))
    for block in content["cover"]:
        _add(document, block)
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    for block in content["body"]:
        _add(document, block)
    written = io.BytesIO()
    document.save(written)
    return _without_clock(written.getvalue())


def _set_up(document: Any, title: str, day: datetime) -> None:
    core = document.core_properties
    core.title, core.author, core.language = title, "", "en-US"
    core.comments = core.keywords = core.last_modified_by = ""
    core.created = core.modified = day
    section = document.sections[0]
    section.page_width, section.page_height = Inches(8.5), Inches(11)
    section.left_margin = section.right_margin = Inches(1)
    section.top_margin = section.bottom_margin = Inches(0.9)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Georgia", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    for style in ("Heading 1", "Heading 2", "Heading 3"):
        document.styles[style].font.name = "Georgia"
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    normal.element.get_or_add_rPr().append(language)


def _add(document: Any, block: dict[str, Any]) -> None:
    kind = block["type"]
    if kind == "heading":
        _write(_paragraph(document, f"Heading{block['level']}"), block["spans"])
    elif kind == "paragraph":
        _write(document.add_paragraph(), block["spans"])
    elif kind == "lines":
        paragraph = document.add_paragraph()
        for index, spans in enumerate(block["lines"]):
            if index:
                paragraph.add_run().add_break()
            _write(paragraph, spans)
    elif kind == "bullets":
        for item in block["items"]:
            paragraph = _paragraph(document, None if block["check"] else "ListBullet")
            _write(paragraph, ([{"text": _BOX, "blank": False}] if block["check"] else []) + item)
    elif kind == "box":
        cell = document.add_table(rows=1, cols=1, style="Table Grid").cell(0, 0)
        _write(cell.paragraphs[0], block["title"], bold=True)
        _write(cell.add_paragraph(), block["big"], bold=True, size=12 if block["alert"] else 18)
        for spans in block["small"]:
            _write(cell.add_paragraph(), spans, size=9.5)
        document.add_paragraph()
    else:
        _table(document, block)


def _paragraph(document: Any, style_id: str | None) -> Any:
    """A new paragraph. Its style is named by id: by name, the library reads every style there is for each paragraph."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style_id
    return paragraph


def _table(document: Any, block: dict[str, Any]) -> None:
    caption = document.add_paragraph()
    caption.paragraph_format.keep_with_next = True
    _write(caption, block["caption"], bold=True)
    table = document.add_table(rows=1, cols=len(block["header"]), style="Table Grid")
    for cell, spans in zip(table.rows[0].cells, block["header"], strict=True):
        _write(cell.paragraphs[0], spans, bold=True)
    shares = block["widths"]
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Inches(6.5 * share / sum(shares))
    header = OxmlElement("w:tblHeader")
    header.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(header)
    for row in block["rows"]:
        for cell, spans in zip(table.add_row().cells, row, strict=True):
            _write(cell.paragraphs[0], spans)
    document.add_paragraph()


def _write(paragraph: Any, spans: list[Span], bold: bool = False, size: float | None = None) -> None:
    for span in spans:
        run = paragraph.add_run(span["text"])
        run.bold = True if bold or span["blank"] else None
        run.font.highlight_color = WD_COLOR_INDEX.YELLOW if span["blank"] else None
        run.font.size = Pt(size) if size else None


def _without_clock(made: bytes) -> bytes:
    """The same package with the time of every part fixed, so that equal letters are equal files."""
    fixed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as package, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in package.namelist():
            part = zipfile.ZipInfo(name, _EPOCH)
            part.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(part, package.read(name))
    return fixed.getvalue()
