"""A letter that was sent page by page: what its pages say together.

People photograph each page. The second one alone, with the rights of appeal, is no denial; behind the first it is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from actions.casework.conversation import Talk
from actions.reading import Reading, facts_of, read
from actions.reading.documents.certainty import of_picture
from criteria.facts import Fact

WITHIN = timedelta(minutes=15)
"""Between two pages of one letter at the most."""
_BETWEEN = "\n\n"


@dataclass(frozen=True)
class _Page:
    """A file that was sent, its words, and what they are when they stand alone."""

    id: str
    text: str
    kind: str


def facts_of_pages(talk: Talk, document_id: str, text: str, alone: Reading, picture: bool) -> list[Fact] | None:
    """What this file adds as a page of one letter with the files sent just before it, or None when it is no such page.

    Pages are files of a payer of which at most one says by itself that something was denied. What a page before has
    said by itself is not said again, so that no correction is undone.
    """
    this = _Page(document_id, text, alone.kind)
    before = _before(talk, this)
    if not before:
        return None
    letter = [*before, this]
    whole = read(_BETWEEN.join(page.text for page in letter), talk.desk.today())
    if whole.kind != "denial_letter":
        return None
    if picture:
        whole = of_picture(whole)
    facts = facts_of(whole, "document", talk.desk.today(), talk.desk.now())
    return [placed for fact in facts if (placed := _placed(fact, letter, this)) is not None]


def _before(talk: Talk, this: _Page) -> list[_Page]:
    """The pages before this one, in the order sent."""
    stored = [d for d in talk.unit.documents(talk.case_id) if d.kind == "received"]
    at = next(n for n, d in enumerate(stored) if d.id == this.id)
    pages: list[_Page] = []
    for later, document in zip(reversed(stored[: at + 1]), reversed(stored[:at]), strict=False):
        files = later.meta.get("file") and document.meta.get("file")
        if not files or later.created_at - document.created_at > WITHIN:
            break
        text = talk.unit.document_text(talk.case_id, document.id) or ""
        page = _Page(document.id, text, read(text, talk.desk.today()).kind)
        kinds = [page.kind, *(p.kind for p in pages), this.kind]
        if "message" in kinds or kinds.count("denial_letter") > 1:
            break
        pages.insert(0, page)
    return pages


def _placed(fact: Fact, letter: list[_Page], this: _Page) -> Fact | None:
    """The fact with its place on its own page; None if that page has said it by itself."""
    start, first, last = 0, fact.said.start, fact.said.end
    for page in letter:
        end = start + len(page.text) + len(_BETWEEN)
        if first is not None and last is not None and start <= first < end:
            if page.id != this.id and page.kind == "denial_letter":
                return None
            said = replace(fact.said, document=page.id, start=first - start, end=last - start)
            return replace(fact, said=said)
        start = end
    return None
