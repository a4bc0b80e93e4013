"""The smallest part of a letter: one sentence, with the facts and the sources that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

AssertionKind = Literal["clinical", "case", "guideline", "legal", "request"]
"""What a sentence is about: the patient's health, the request and its denial, a guideline, a right, or what is asked.

Only a request (what the writer wants) may stand without facts and sources: it states nothing.
"""

_NEEDS: dict[str, tuple[str, ...]] = {
    "clinical": ("facts",),
    "case": ("facts",),
    "guideline": ("sources",),
    "legal": ("sources",),
    "request": (),
}


class UnsupportedError(ValueError):
    """A sentence that states something without the facts or the sources for it. The message names which is missing."""


@dataclass(frozen=True)
class Assertion:
    """One sentence (or one row of a table) of a letter.

    `facts` are keys as `criteria.facts.key` gives them, `sources` ids of the library's sources. Raises
    UnsupportedError for a clinical or case sentence without facts, a guideline's or legal one without sources.
    """

    text: str
    facts: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    kind: AssertionKind = field(default="clinical", kw_only=True)

    def __post_init__(self) -> None:
        if self.kind not in _NEEDS:
            raise UnsupportedError(f"'{self.kind}' is no kind of assertion; use one of {', '.join(_NEEDS)}")
        if not self.text.strip():
            raise UnsupportedError("an assertion needs words; its text is empty")
        for need in _NEEDS[self.kind]:
            if not getattr(self, need):
                raise UnsupportedError(
                    f"a {self.kind} sentence needs {need}, and this one has none: '{self.text[:60]}'; "
                    f"give the {need} it rests on, or leave the sentence out"
                )
