"""Which parts of a payer's letter tell of this patient.

"Covered right away when there is: loss of bladder control" says nothing about the reader, "please send notes of your
physical therapy" does not say that there was any, and "the notes do not show weakness" is a gap in the record, not an
absent sign. So a letter's clinical facts are taken only from clauses that say what was submitted or found of the
patient; all the rest is made blank before it is read. Words: `rules/stated.yml`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, Union

from actions.reading.compiled import compiled
from actions.reading.rules import pattern, rules
from actions.reading.text import Sentence

_Said = Union[Literal["told", "ruled"], None]
"""What the words before were: told of the patient, the plan's rules, or neither."""

_ITEM = compiled(r" ?(?:[*]|-{1,2} |[0-9]{1,2}[.)] |\([a-z0-9]\) |[a-z][)] )")
_LABEL = compiled(r" ?(?:[*-] |[0-9]{1,2}[.)] )?(?=[A-Za-z])(?:[^ .:;,]{1,18} ){0,5}[^ .:;,]{1,18} ?:+(?= |$)")
_MOST_LABELS = 3
_OPENS_A_LIST = (":", "when", "following", "these", "if", "or", ";")
_SALUTATION = compiled(r" ?(?:(?:dear|hello|attn)\b|(?:to|re|member|name|patient) ?:)", re.I)
_JOINED = compiled(r"^[ ,;.-]*(?:(?:and|but|with) )?", re.I)
_CHILD = compiled(r"\byour (?:child|son|daughter|baby|infant|dependent)(?!')\b", re.I)
# "Your notes show knee pain, and no X-ray was sent": what follows is judged by itself.
_PARTS = compiled(
    r";|(?<=[a-z)]) - |,? (?:and|but|yet|though|although|however|while|whereas)[ ,]"
    r"(?=(?:no|not|there|you|the|has|have|had|did|does|do|it|he|she|we|your|is|are|was|were|without|never|only|lacks?|"
    r"6|six|four|[0-9])\b)|, (?=(?:but|not|which|"
    r"(?:no|without)(?! (?:\w+ )?(?:relief|improvement|benefit|help|better|success|change|effect|response)))\b)|"
    r"(?-i:(?<=[a-z])\. (?=[a-z]))",
    re.I,
)


@cache
def _words(name: str) -> re.Pattern[str]:
    return pattern(rules("stated")[name])


def told_parts(sentences: list[Sentence], text: str) -> list[tuple[int, int]]:
    """Spans of a letter's plain text, ascending, that say what was submitted or found of this patient."""
    spans = []
    before: _Said = None
    noted = False
    last: Sentence | None = None
    for sentence in sentences:
        if last is not None and _apart(last, sentence, text):
            before = None
        if before == "told" and not noted:
            # "You have back pain. Ibuprofen and therapy help most people": prose tells sentence by sentence.
            before = None
        lacking = False
        for start, end in _clauses(sentence.text):
            clause = sentence.text[start:end]
            said = _said(clause, None if lacking else before)
            titled = before != "ruled" and _titled(clause)
            noted = said == "told" and (noted or titled or clause.rstrip().endswith(":"))
            # "Not tried: ibuprofen; a brace" goes on; the next sentence is judged by what was told before.
            lacking = said != "ruled" and (_lacks(clause) or (lacking and said is None))
            before = before if lacking and said is None else said
            if said == "told" and not lacking and not _denies(clause):
                spans.append(sentence.place(start, end))
        last = sentence
    return spans


def _apart(last: Sentence, sentence: Sentence, text: str) -> bool:
    """Whether a new paragraph begins that no list and no heading joins to what stands before."""
    gap = text[last.end - 1 : sentence.start + 1]
    joined = _ITEM.match(sentence.text) or last.text.rstrip().endswith(_OPENS_A_LIST)
    return not joined and bool(re.search(r"\n[ ]*\n", gap))


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [hit.span() for hit in _PARTS.finditer(text)]
    starts = [0, *(start for start, _ in cuts)]
    return [(start, end) for start, end in zip(starts, [*starts[1:], len(text)], strict=True) if end > start]


def _said(clause: str, before: _Said) -> _Said:
    """Whether a clause tells of the patient or of a rule; by itself, by its label, or as what it goes on with."""
    if _SALUTATION.match(clause):
        return None
    if _words("rules").search(clause):
        return "ruled"
    if (before != "ruled" and _titled(clause)) or _words("told").search(clause):
        return "told"
    return None if _labels(clause) else before


def _titled(clause: str) -> bool:
    """Whether the clause begins with a label over what was submitted or found: notes follow."""
    return any(_words("labels").match(label) for label in _labels(clause))


def _labels(clause: str) -> list[str]:
    """The labels that the clause begins with: "Why: Clinical summary: …"."""
    labels: list[str] = []
    end = 0
    while len(labels) < _MOST_LABELS and (label := _LABEL.match(clause, end)):
        labels.append(label.group().lstrip(" *-0123456789.)"))
        end = label.end()
    return labels


def _lacks(clause: str) -> bool:
    """Whether the clause says that something is missing, was not done, or is not so."""
    return _words("missing").search(clause) is not None


def _denies(clause: str) -> bool:
    """Whether the clause begins with a "no": what it names the patient does not have."""
    return _words("no").match(_JOINED.sub("", clause)) is not None


def only_told(text: str, spans: list[tuple[int, int]]) -> str:
    """The text, of the same length, with nothing in it but these spans, each its own sentence.

    The child whose parents a letter is written to is its patient.
    """
    kept = re.sub(r"[^\n]", " ", text)
    for start, end in sorted(spans):
        kept = kept[:start] + text[start:end] + kept[end:]
    for _, end in spans:
        if kept[end : end + 1] == " " and kept[end - 1] not in " .!?;:":
            kept = f"{kept[:end]}.{kept[end + 1:]}"
    return _CHILD.sub(lambda child: "you".ljust(len(child.group())), kept)


def overlaps(start: int, end: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether start:end shares a character with one of the spans."""
    return any(start < last and first < end for first, last in spans)
