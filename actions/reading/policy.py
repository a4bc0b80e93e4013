"""The parts of a payer's letter that speak of its rules, not of this patient.

"Covered right away when there is: loss of bladder control" says nothing about the reader, and "the notes do not show
weakness" is a gap in the record, not an absent sign. What stands in these parts is never taken for a fact.
"""

from __future__ import annotations

import re

from actions.reading.compiled import compiled
from actions.reading.text import Sentence

_RULE = compiled(
    r"\b(?:(?:is|are|be|as) (?:considered |usually |generally |only |also )?(?:medically )?(?:covered|necessary|"
    r"appropriate|approved|approvable|allowed|indicated|supported|needed) "
    r"(?:\w{1,14} ){0,5}(?:when|if|for|in|only|after|unless|right away)|any of (?:the following|these)|"
    r"one (?:or more )?of (?:the following|these)|at least (?:one|two) of|"
    r"(?:may|can|could|would|might) be (?:approved|covered|considered|supported|needed|allowed)|(?:when|if|"
    r"unless) (?:there is|there are|you have|one|the (?:patient|member) has|any)|"
    r"for example|examples?(?: of)?|such as|exceptions?|red flags?|warning signs?|criteria (?:require|state|say|"
    r"include)|"
    r"(?:policy|guidelines?|criteria|plan|rules?) (?:\w{1,12} ){0,6}(?:requires?|says?|states?|asks?|needs?|"
    r"supports?|covers?|allows?|calls? for|include)|we (?:require|need|look for|cover|consider)|"
    r"must (?:have|be|show|include)|(?:should|have to|has to|need to|needs to) (?:be|have|try|show|include)|"
    r"required|requires|preferred|recommended|advised|is the (?:right|best|usual|first) (?:first )?(?:test|"
    r"study|step)|before (?:an?|the) (?:mri|ct|pet|scan|imaging)|"
    r"go to the (?:nearest )?(?:emergency|er)|call 911|right away (?:when|if))\b",
    re.I,
)
_MISSING = compiled(
    r"\b(?:(?:does|do|did|has|have|was|were|is|are) ?(?:not|n't)|doesn't|don't|didn't|hasn't|haven't|wasn't|"
    r"weren't|isn't|no|not|without|lack\w{0,3}|cannot|can't|none|unable|insufficient|missing|unclear)\b"
    r"[^.]{0,80}\b(?:show\w{0,2}|document\w{0,5}|record\w{0,2}|describ\w{0,2}|includ\w{0,3}|indicat\w{0,3}|"
    r"demonstrat\w{0,3}|provid\w{0,2}|submit\w{0,3}|receiv\w{0,2}|report\w{0,2}|evidence|see|tell|find|note\w?|"
    r"mention\w{0,2}|sent|tried|complet\w{0,2}|met|meet|information|details|records|notes|results?)\b",
    re.I,
)
_SALUTATION = compiled(r" ?(?:dear|hello|to|re|attn|patient|member|name)\b[ :]", re.I)
_THEIRS = compiled(r"\b(?:record|note|information|documentation|chart|request|submi\w{0,8}|we)\w{0,1}\b", re.I)
_ITEM = compiled(r" ?(?:[*]|-{1,2} |[0-9]{1,2}[.)] |\([a-z0-9]\) |[a-z][)] )")


def about_rules(sentences: list[Sentence]) -> list[tuple[int, int]]:
    """Spans of the plain text that state a rule, an exception or a gap in the record, lists with their head."""
    spans = []
    in_list = False
    for sentence in sentences:
        text = sentence.text
        # "Dear Ms. Example" and the like are no statements either.
        missing = _MISSING.search(text) and _THEIRS.search(text)
        ruled = bool(_SALUTATION.match(text) or _RULE.search(text) or missing)
        item = bool(_ITEM.match(text))
        if ruled or (item and in_list):
            spans.append((sentence.start, sentence.end))
        in_list = (item and in_list) or (ruled and text.rstrip().endswith((":", "when", "following")))
    return spans


def inside(place: int, spans: list[tuple[int, int]]) -> bool:
    """Whether an offset lies in one of the spans."""
    return any(start <= place < end for start, end in spans)


def overlaps(start: int, end: int, spans: tuple[tuple[int, int], ...]) -> bool:
    """Whether start:end shares a character with one of the spans."""
    return any(start < last and first < end for first, last in spans)
