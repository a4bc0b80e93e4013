"""Why a document could not be read: a code for programs, and one plain sentence for the person who sent it."""

from __future__ import annotations

MAX_BYTES = 20_000_000
"""The largest file that is looked at: a phone's picture has 3 to 8 million bytes."""
MAX_PAGES = 40
MAX_PICTURE_PAGES = 10
"""Pages without text of their own in one PDF: each takes about a second."""
MAX_PIXELS = 60_000_000
"""Of one picture as its header announces it; phones make up to 50 million."""
MAX_CHARACTERS = 200_000
"""The longest text that is given back: a long letter is under 30,000 characters."""

_PASTE = "paste the text of the letter instead"
_TAKEN = "a PDF, a Word file (DOCX), or a JPEG or PNG picture"

_FAULTS = {
    "empty": ("empty", "There is nothing in this file. Please check it and send it again."),
    "no_text": (
        "empty",
        "I found no words in this file. If it is a photo, take it again from straight above, in good light; or "
        f"{_PASTE}.",
    ),
    "too_large": (
        "too_large",
        f"This file is too large. I can take up to {MAX_BYTES // 1_000_000} MB. Please send only the pages of the "
        "denial letter.",
    ),
    "too_many_pages": (
        "too_large",
        f"This file has too many pages. I can take up to {MAX_PAGES}, or {MAX_PICTURE_PAGES} if they are scanned. "
        "Please send only the pages of the denial letter.",
    ),
    "too_many_pixels": (
        "too_large",
        "This picture is too large to open. Please send a smaller one, or a photo of one page at a time.",
    ),
    "too_long": (
        "too_large",
        f"There is too much text in this file. I can take up to {MAX_CHARACTERS:,} characters. Please send only the "
        "pages of the denial letter.",
    ),
    "too_slow": ("too_slow", f"Reading this file took too long, so I stopped. Please send fewer pages, or {_PASTE}."),
    "encrypted": (
        "encrypted",
        f"This file is locked with a password. Please save a copy without the password and send that, or {_PASTE}.",
    ),
    "broken": (
        "broken",
        f"This file is damaged, so I cannot open it. Please save or scan it again, or {_PASTE}.",
    ),
    "no_pictures": (
        "no_pictures",
        f"This installation can't read pictures or scans. Please send a PDF or Word file with text in it, or {_PASTE}.",
    ),
    "unsupported": ("unsupported", f"I cannot read {{kind}}. Please send {_TAKEN}, or {_PASTE}."),
    "binary": ("binary", f"I do not know this kind of file. Please send {_TAKEN}, or {_PASTE}."),
}


class DocumentError(Exception):
    """A document that cannot be read: a public `code`, and `message`, one sentence or two for the person who sent it.

    `fault` says more exactly why; `kind` names what the file is, where that is the fault.
    """

    def __init__(self, fault: str, kind: str = "") -> None:
        super().__init__(fault)
        self.fault, self.kind = fault, kind
        self.code, sentence = _FAULTS[fault]
        self.message = sentence.format(kind=kind)
