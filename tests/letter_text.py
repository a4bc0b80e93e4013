"""What a drafted letter says, as plain text for the tests."""

from __future__ import annotations

from collections.abc import Callable

from actions.letters import Letter
from actions.letters.document import pieces_of, words
from criteria.facts import Case

Write = Callable[[Case], Letter]
"""Drafts the appeal for a case, as the fixture `write` does."""


def text(letter: Letter) -> str:
    """The letter's own words, without its cover sheet."""
    return "\n".join(words(piece) for block in letter.body for piece in pieces_of(block))


def cover(letter: Letter) -> str:
    """The words of its cover sheet."""
    return "\n".join(words(piece) for block in letter.cover for piece in pieces_of(block))
