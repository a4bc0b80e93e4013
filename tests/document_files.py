"""Files as people send them, and as an attacker would, made for the tests."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import docx
import pypdfium2 as pdfium
import typst
from PIL import Image, ImageDraw, ImageFilter, ImageFont

LETTER = (
    "Example Health Plan",
    "November 2, 2026",
    "Member ID: EX-4471-09",
    "We reviewed the request for an MRI of the left knee (CPT 73721).",
    "The request is denied because it is not medically necessary.",
    "You may appeal within 180 days of the date of this letter.",
)


def typeset(*pages: str) -> bytes:
    """A PDF with text; each page in Typst's markup."""
    return bytes(typst.compile("#pagebreak()".join(f"\n{page}\n" for page in pages).encode()))


def page_of(text: str) -> dict[str, bytes]:
    """A page of print with this text: as a PDF, as the picture a scanner makes of it, and as that in a PDF."""
    lines = " \\\n".join("".join(f"\\u{{{ord(char):x}}}" for char in line) for line in text.splitlines())
    printed = typeset("#set page(paper: \"us-letter\")\n#set text(size: 9pt)\n" + lines)
    picture = pdfium.PdfDocument(printed)[0].render(scale=200 / 72).to_pil().convert("L")
    return {"PDF": printed, "picture": saved(picture, "PNG"), "scanned PDF": scanned(picture)}


def photographed(lines: tuple[str, ...] = LETTER, shadow: bool = False, turned: float = 0.0) -> Image.Image:
    """A grey picture of printed lines; with a shadow over it, or lying askew."""
    page = Image.new("L", (1_400, 160 + 60 * len(lines)), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.load_default(34)
    for at, line in enumerate(lines):
        draw.text((90, 90 + 60 * at), line, 0, font)
    if turned:
        page = page.rotate(turned, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    if shadow:
        light = Image.linear_gradient("L").resize(page.size).filter(ImageFilter.GaussianBlur(20))
        dim = light.point([60 + value // 2 for value in range(256)])
        page = Image.composite(page, Image.new("L", page.size, 0), dim)
    return page


def saved(picture: Image.Image, format: str, **how: object) -> bytes:
    data = io.BytesIO()
    picture.save(data, format, **how)
    return data.getvalue()


def scanned(*pictures: Image.Image) -> bytes:
    """A PDF whose pages are pictures."""
    first, *others = pictures
    return saved(first, "PDF", resolution=150, save_all=True, append_images=others)


def merged(*files: bytes) -> bytes:
    """The pages of several PDFs in one."""
    whole = pdfium.PdfDocument.new()
    for data in files:
        whole.import_pages(pdfium.PdfDocument(data))
    return pdf_bytes(whole)


def pdf_bytes(document: pdfium.PdfDocument) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def many_pages(count: int) -> bytes:
    document = pdfium.PdfDocument.new()
    for _ in range(count):
        document.new_page(612, 792)
    return pdf_bytes(document)


def word_file(document: docx.document.Document) -> bytes:
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """A DOCX with one of its parts replaced, or one more."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return made.getvalue()


def announced_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header promises this size: what unpacks it believes that."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = zlib.compress(b"\x00" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
