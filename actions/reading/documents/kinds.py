"""What a file is, found in its bytes; its name is never asked."""

from __future__ import annotations

from typing import Literal

from actions.reading.documents.faults import MAX_CHARACTERS, DocumentError

FileKind = Literal["pdf", "docx", "png", "jpeg", "text"]

_PNG, _JPEG, _ZIP, _OLE = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_GIF = b"GIF8"
_UNSUPPORTED = {
    _GIF: "a GIF picture",
    b"II*\x00": "a TIFF picture",
    b"MM\x00*": "a TIFF picture",
    b"BM": "a BMP picture",
    _RTF: "an RTF document",
    b"\x1f\x8b": "a packed file",
    b"Rar!": "a packed file",
    b"7z\xbc\xaf": "a packed file",
}
_SAMPLE = 4_096
_BEFORE_PDF = b" \t\r\n\x00\xef\xbb\xbf"  # what mail programs and printers put before "%PDF"


def kind_of(data: bytes) -> FileKind:
    """The kind of file these bytes are. Raises DocumentError."""
    if not data.strip(b" \t\r\n\x00"):
        raise DocumentError("empty")
    if data.startswith(_PNG):
        return "png"
    if data.startswith(_JPEG):
        return "jpeg"
    if data[:64].lstrip(_BEFORE_PDF).startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(_ZIP):
        if b"word/document.xml" in data:
            return "docx"
        raise DocumentError("unsupported", "a packed (ZIP) file")
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError("encrypted")
        raise DocumentError("unsupported", "an old Word document (DOC)")
    if data[4:8] == b"ftyp":
        raise DocumentError("unsupported", "this kind of phone picture or film (HEIC)")
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise DocumentError("unsupported", "a WebP picture")
    if not data.startswith((_RTF, _GIF)) and decoded(data[:_SAMPLE]) is not None:
        if len(data) > 4 * MAX_CHARACTERS:
            raise DocumentError("too_long")
        if decoded(data) is not None:
            return "text"
    kind = next((name for magic, name in _UNSUPPORTED.items() if data.startswith(magic)), "")
    raise DocumentError("unsupported", kind) if kind else DocumentError("binary")


def decoded(data: bytes) -> str | None:
    """Plain text in UTF-8, else UTF-16 with its mark, else Windows-1252; None if it is none of them."""
    encodings = ("utf-16",) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        odd = sum(not char.isprintable() and not char.isspace() for char in text)
        if "\x00" not in text and odd <= len(text) / 20:
            return text
    return None
