"""The shape of a document: a cover sheet for the person and the letter itself, made of blocks that layouts set in type.

A piece of text is an `Assertion` or a fixed line (plain str: headings, labels, the closing). Layouts read nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Union

from actions.letters.assertions import Assertion

Piece = Union[Assertion, str]


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph:
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Lines:
    """Short lines one below the other: an address, a signature."""

    lines: tuple[Piece, ...]


@dataclass(frozen=True)
class Bullets:
    items: tuple[Piece, ...]
    check: bool = False
    """True: each item has a box to tick."""


@dataclass(frozen=True)
class Row:
    """One row: its cells as printed, and the assertion that they make together (None for a fixed row)."""

    cells: tuple[str, ...]
    assertion: Assertion | None = None


@dataclass(frozen=True)
class Table:
    """`header` names the columns; the first cell of each row names the row; `widths` are the columns' shares."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Box:
    """A framed note: a title, one large line, small lines below. `alert` marks danger to health."""

    title: str
    big: Piece
    small: tuple[Piece, ...] = ()
    alert: bool = False


Block = Union[Heading, Paragraph, Lines, Bullets, Table, Box]


@dataclass(frozen=True)
class Blank:
    """Something the letter needs and nobody has said: `[name]` in the text; `where` says where it is found."""

    name: str
    where: str


@dataclass(frozen=True)
class Letter:
    """A drafted document. `cover` is for the person and not sent; `body` is what goes out.

    `unanswered` are the denial reasons that no fact answers yet; `notes` what else to see to before sending;
    `enclosures` what to gather, each with who has it.
    """

    kind: str
    title: str
    voice: str
    date: date
    addressee: tuple[str, ...]
    subject: tuple[Row, ...]
    cover: tuple[Block, ...]
    body: tuple[Block, ...]
    signature: tuple[str, ...]
    enclosures: tuple[tuple[str, str], ...]
    open_blanks: tuple[Blank, ...]
    unanswered: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def blanks(self) -> tuple[str, ...]:
        """The names of the blanks, in the order they stand in the letter; each is visible there as `[name]`."""
        return tuple(blank.name for blank in self.open_blanks)

    @property
    def assertions(self) -> tuple[Assertion, ...]:
        """Every assertion in reading order, the cover's first; one that stands twice is listed once."""
        return tuple(dict.fromkeys(assertions_of((*self.cover, *self.body))))

    @property
    def ready(self) -> bool:
        """Whether nothing that we know of stands open. It never means that the person need not read it."""
        return not (self.blanks or self.unanswered)

    def to_json(self, files: Iterable[str] = ()) -> dict[str, Any]:
        """The document as `overturn draft --json` prints it; `files` are the names it was written to."""
        return {
            "kind": self.kind,
            "title": self.title,
            "voice": self.voice,
            "files": list(files),
            "blanks": list(self.blanks),
            "assertions": [
                {"text": a.text, "facts": list(a.facts), "sources": list(a.sources)} for a in self.assertions
            ],
        }


def pieces_of(block: Block) -> Iterator[Piece]:
    """Every piece of text in a block, in reading order; a table row's cells come as its assertion when it has one."""
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield from block.pieces
    elif isinstance(block, Lines):
        yield from block.lines
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Box):
        yield from (block.title, block.big, *block.small)
    else:
        yield from (block.caption, *block.header)
        for row in block.rows:
            yield from (row.cells if row.assertion is None else (row.assertion,))


def assertions_of(blocks: Iterable[Block]) -> Iterator[Assertion]:
    """Every assertion in the blocks, in reading order."""
    for block in blocks:
        yield from (piece for piece in pieces_of(block) if isinstance(piece, Assertion))


def words(piece: Piece) -> str:
    """The text of a piece, whichever it is."""
    return piece if isinstance(piece, str) else piece.text
