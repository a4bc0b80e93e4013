"""The same letter as HTML, PDF and DOCX: complete, accessible, the same bytes, and nothing typed is ever markup."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

import docx
import pypdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from letter_text import Write

from actions.letters import DraftError, Letter, render
from actions.letters.document import pieces_of, words
from actions.letters.typed import BOX, drawn, not_drawn, one_line
from criteria.facts import Case, Patient, Plan

FORMATS = ("html", "pdf", "docx")
HOSTILE = (
    "#emph[x] *y* _z_ $1$ @w", "{{7*7}} {% raw %}", "<script>alert(1)</script>", '"quoted" & \'single\' \\ /',
    '#read("/etc/passwd")', "W" * 300, "[member ID] [square]", "=cmd|' /C calc'!A0", "a<b>c</b>&amp;d",
    "Łukasz Żółć-Ñandú Đặng", "עברית 12345", "مرحبا بالعالم",
)  # fmt: skip


class _Text(HTMLParser):
    """The visible text of a page, and the tags it is made of."""

    def __init__(self) -> None:
        super().__init__()
        self.text, self.tags, self._hidden = "", [], False  # type: ignore[var-annotated]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        self.text += "" if self._hidden else data


def html_text(made: bytes) -> _Text:
    page = _Text()
    page.feed(made.decode("utf-8"))
    return page


def docx_text(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    parts = [p.text for p in document.paragraphs]
    parts += [c.text for t in document.tables for r in t.rows for c in r.cells]
    return "\n".join(parts)


def pdf_text(made: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(made)).pages)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


@pytest.fixture
def letter(write: Write, cases: dict[str, Case]) -> Letter:
    return write(cases["lumbar"])


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_case_gives_the_same_bytes(
    format: str, write: Write, cases: dict[str, Case]
) -> None:
    assert render(write(cases["knee"]), format) == render(write(cases["knee"]), format)


def test_no_format_carries_the_clock(letter: Letter) -> None:
    with zipfile.ZipFile(io.BytesIO(render(letter, "docx"))) as package:
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    info = pypdf.PdfReader(io.BytesIO(render(letter, "pdf"))).metadata
    assert info is not None
    assert "20261121" in str(info.get("/CreationDate"))


def test_html_says_every_piece_and_nothing_else(letter: Letter) -> None:
    said = "".join(words(piece) for block in (*letter.cover, *letter.body) for piece in cells(block))
    page = html_text(render(letter, "html")).text
    assert squeezed(page) == squeezed(letter.title + said)


def cells(block: object) -> list[object]:
    """The pieces of a block as printed: a table row by its cells."""
    from actions.letters.document import Table

    if isinstance(block, Table):
        return [block.caption, *block.header, *(cell for row in block.rows for cell in row.cells)]
    return list(pieces_of(block))  # type: ignore[arg-type]


@pytest.mark.parametrize(("format", "read"), [("pdf", pdf_text), ("docx", docx_text)])
def test_pdf_and_docx_say_every_piece(
    format: str, read: Callable[[bytes], str], write: Write, cases: dict[str, Case]
) -> None:
    letter = write(cases["knee"])
    text = squeezed(read(render(letter, format))).replace("-", "")
    for block in (*letter.cover, *letter.body):
        for piece in cells(block):
            assert squeezed(words(piece)).replace("-", "") in text, piece  # type: ignore[arg-type]


def test_html_is_one_page_that_fetches_and_runs_nothing(letter: Letter) -> None:
    made = render(letter, "html").decode()
    page = html_text(made.encode())
    assert made.lstrip().startswith("<!DOCTYPE html>")
    assert '<html lang="en">' in made
    assert not {"script", "link", "img", "iframe", "form"} & set(page.tags)
    assert {"title", "h1", "h2", "table", "caption", "main"} <= set(page.tags)
    assert '<th scope="col">' in made
    assert '<th scope="row">' in made
    assert "url(" not in made
    assert "@import" not in made


def test_pdf_is_tagged_titled_and_claims_ua(letter: Letter) -> None:
    made = render(letter, "pdf")
    reader = pypdf.PdfReader(io.BytesIO(made))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert str(root["/Lang"]).startswith("en")
    assert reader.metadata is not None
    assert reader.metadata.title == letter.title
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    kinds = {str(o.get("/S")) for o in _objects(reader) if str(o.get("/Type")) == "/StructElem"}
    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/L", "/P"} <= kinds


def _objects(reader: pypdf.PdfReader) -> list[pypdf.generic.DictionaryObject]:
    found = (reader.get_object(n) for n in range(1, int(reader.trailer["/Size"])))
    return [o for o in found if isinstance(o, pypdf.generic.DictionaryObject)]


def test_docx_has_headings_header_rows_and_a_language(letter: Letter) -> None:
    made = render(letter, "docx")
    document = docx.Document(io.BytesIO(made))
    styles = [p.style.name for p in document.paragraphs if p.style is not None]
    assert {"Heading 1", "Heading 2", "Heading 3", "List Bullet"} <= set(styles)
    body = document.element.xml
    with_header = [t for t in document.tables if len(t.columns) > 1]
    assert body.count("w:tblHeader") >= len(with_header) > 0
    assert 'w:val="en-US"' in document.styles.element.xml
    assert document.core_properties.title == letter.title
    assert document.core_properties.author == ""


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("typed", HOSTILE)
def test_what_is_typed_comes_out_as_typed(
    typed: str, format: str, write: Write, cases: dict[str, Case]
) -> None:
    case = cases["lumbar"]
    denial = replace(case.denial, words=f"{typed} {typed}", member_id=typed, criteria_cited=(typed,))
    letter = write(replace(case, patient=Patient(name=typed), plan=Plan("other", typed), denial=denial))
    made = render(letter, format)
    text = {"html": lambda: html_text(made).text, "pdf": lambda: pdf_text(made), "docx": lambda: docx_text(made)}[
        format
    ]()
    if format == "pdf" and not typed.isascii() and "Ł" not in typed:
        assert letter.notes == write(case).notes  # right-to-left text is drawn; its extraction order is the reader's
        return
    assert squeezed(typed) in squeezed(text)
    if format == "html":
        assert "script" not in html_text(made).tags


@pytest.mark.parametrize("format", FORMATS)
def test_what_the_pdf_cannot_draw_is_a_box_and_said_so(
    format: str, write: Write, cases: dict[str, Case]
) -> None:
    letter = write(replace(cases["lumbar"], patient=Patient(name="王\x00小明 \U0001f600 n\u0323\u0302 ก้")))
    made = render(letter, format)
    assert "\x00" not in letter.body[0].lines[0].text  # type: ignore[union-attr]
    assert any("王" in note and "□" in note for note in letter.notes)
    if format == "pdf":
        assert BOX in pdf_text(made)
    else:
        assert "王" in (html_text(made).text if format == "html" else docx_text(made))


def test_nothing_invisible_can_turn_a_line_round() -> None:
    assert one_line("a\u202eb\u200d\ufeffc\nd\te\x07\ud800") == "abc d e" + BOX + BOX


@settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)  # fmt: skip
@given(name=st.text(min_size=1, max_size=60), reason=st.text(max_size=200))
def test_no_text_stops_a_letter(
    name: str, reason: str, write: Write, cases: dict[str, Case]
) -> None:
    case = cases["bare lumbar"]
    denial = replace(case.denial, words=reason, reference_numbers=(name,))
    letter = write(replace(case, patient=Patient(name=name), denial=denial))
    for format in FORMATS:
        assert render(letter, format)


def test_every_character_called_drawn_is_drawn(letter: Letter) -> None:
    every = [chr(n) for n in range(0x20, 0x10000) if not not_drawn(chr(n))]
    text = " ".join(every)
    assert drawn(text) == text
    body = (replace(letter.body[5], pieces=(text,)), *letter.body[6:])  # type: ignore[type-var]
    assert render(replace(letter, body=body), "pdf").startswith(b"%PDF")


def test_an_unknown_format_is_named(letter: Letter) -> None:
    with pytest.raises(DraftError, match="html, pdf or docx"):
        render(letter, "rtf")
