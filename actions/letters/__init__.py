"""Letters: documents made of assertions, each with the facts and the sources it rests on.

`draft` writes one, `render` sets it in type; a stored `layout` is set in type later by `set_type`. The same case,
assessment and library always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.letters.appeal import appeal
from actions.letters.assertions import Assertion, UnsupportedError
from actions.letters.document import Letter
from actions.letters.layout import layout
from criteria.facts import Case
from criteria.library.records import Library
from criteria.results import Assessment

__all__ = ["Assertion", "DraftError", "Letter", "UnsupportedError", "draft", "kinds", "layout", "render", "set_type"]

_DRAFTS = {("appeal", "patient"): appeal}


class DraftError(ValueError):
    """The document cannot be drafted; `code` says why in one word and the message what to do instead."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def kinds(voice: str = "patient") -> tuple[str, ...]:
    """The kinds of document that can be drafted in this voice."""
    return tuple(kind for kind, spoken in _DRAFTS if spoken == voice)


def draft(kind: str, case: Case, assessment: Assessment, library: Library, voice: str = "patient") -> Letter:
    """A document about the case. Nothing stands in it that the case does not state; what is unknown is a `[blank]`.

    Raises DraftError for a kind or voice that is not written, and for an appeal of what nobody has denied yet.
    """
    write = _DRAFTS.get((kind, voice))
    if write is None:
        known = ", ".join(f"{k} ({v})" for k, v in _DRAFTS)
        raise DraftError("unknown_kind", f"'{kind}' in the voice '{voice}' cannot be drafted; known are: {known}")
    if case.denial.denied is False:
        raise DraftError("not_denied", "nobody has denied this request yet, so there is nothing to appeal")
    return write(case, assessment, library)


def render(letter: Letter, format: str) -> bytes:
    """The letter as a file: `html` (UTF-8, complete), `pdf` (PDF/UA-1), `docx`. Raises DraftError for another."""
    return set_type(layout(letter), format)


def set_type(content: Mapping[str, Any], format: str) -> bytes:
    """A letter's layout as a file, as `render` makes it. Raises DraftError for a format that is none."""
    if format == "html":
        from actions.letters.html import html

        return html(content)
    if format == "pdf":
        from actions.letters.pdf import pdf

        return pdf(content)
    if format == "docx":
        from actions.letters.docx import docx

        return docx(content)
    raise DraftError("unknown_format", f"'{format}' is no format of a letter; use html, pdf or docx")
