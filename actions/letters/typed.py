"""What people type, made safe to print: no control characters, one line, and what the PDF's fonts cannot draw."""

from __future__ import annotations

import unicodedata

BOX = "\u25a1"

# Measured with the fonts inside the Typst wheel (0.15.0): every character of these ranges is drawn. Scripts whose
# letters stack are left out on purpose, and so are combining marks: one without a base may stop the whole page.
_DRAWN = (
    (0x20, 0x7E), (0xA0, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C), (0x38E, 0x3A1),
    (0x3A3, 0x482), (0x48A, 0x4FF), (0x5BE, 0x5BE), (0x5D0, 0x5EA), (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F),
    (0x621, 0x63A), (0x640, 0x64A), (0x660, 0x66D), (0x67E, 0x67E), (0x686, 0x686), (0x698, 0x698), (0x6A9, 0x6A9),
    (0x6AF, 0x6AF), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x203E),
    (0x2070, 0x2071), (0x2074, 0x208E), (0x20A0, 0x20BF), (0x2100, 0x211E), (0x2122, 0x2122), (0x2126, 0x2126),
    (0x2150, 0x2151), (0x2153, 0x215F), (0x2190, 0x22FF), (0x2500, 0x25FF), (0xFB00, 0xFB06),
)  # fmt: skip


def one_line(text: str) -> str:
    """Typed text as one line: composed letters, spaces run together, invisible marks gone, controls as a box.

    The visible characters are kept as typed; nothing in them is ever markup to a layout.
    """
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(_visible(char) for char in composed).split())


def _visible(char: str) -> str:
    if char.isspace():
        return " "
    category = unicodedata.category(char)
    if category == "Cf" or 0xFE00 <= ord(char) <= 0xFE0F:
        return ""  # direction overrides, joiners, soft hyphens: they can turn a line round, and show nothing themselves
    return BOX if category in ("Cc", "Cs", "Co", "Cn") else char


def not_drawn(text: str) -> tuple[str, ...]:
    """The characters that the PDF cannot draw, each once, in the order they stand."""
    return tuple(dict.fromkeys(char for char in text if not _is_drawn(char)))


def drawn(text: str) -> str:
    """The text as the PDF shows it: a box stands for each character that it cannot draw."""
    return "".join(char if _is_drawn(char) else BOX for char in text)


def _is_drawn(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _DRAWN)
