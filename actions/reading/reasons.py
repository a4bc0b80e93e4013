"""Why it was denied, in the contract's ids, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.found import Found, in_sentence
from actions.reading.rules import any_of, pattern, rules
from actions.reading.text import Sentence


@dataclass(frozen=True)
class _Reason:
    says: re.Pattern[str]
    both: tuple[re.Pattern[str], re.Pattern[str]] | None
    unless: re.Pattern[str]


@lru_cache(maxsize=1)
def _reason_rules() -> tuple[tuple[str, _Reason], ...]:
    made = []
    for name, entry in rules("reasons").items():
        both = entry.get("both")
        pair = (pattern(both[0]), pattern(both[1])) if both else None
        made.append((name, _Reason(any_of(entry.get("says")), pair, any_of(entry.get("unless")))))
    return tuple(made)


_TOLD = re.compile(
    r"\b(?:den(?:y|ied|ies|ial)|reject\w{0,3}|refus\w{0,3}|turned (?:\w{1,8} )?down|declin\w{0,3}|"
    r"n't approve\w?|not approve\w?|said|says?|saying|"
    r"because|bc|cuz|reasons?|told|letter|claim(?:s|ing|ed)?|criteria|wants? me|they want|wants|asking for|"
    r"looking for|supposedly|per|code|not met|"
    r"due to|apparently|(?:CO|OA|PR|PI)-?[0-9]{2,3})\b",
    re.I,
)
_APART = 120


def reasons(sentences: list[Sentence], letter: bool) -> Iterator[Found]:
    """Each reason once, with the words that gave it. In a person's own message, only what they say they were told."""
    told = [letter or bool(_TOLD.search(s.text)) for s in sentences]
    for name, rule in _reason_rules():
        for number, sentence in enumerate(sentences):
            # "The letter came Monday. Says I need therapy first": what was told may run on into the next sentence.
            if not (told[number] or (number and told[number - 1] and _RUNS_ON.match(sentence.text))):
                continue
            if rule.unless.search(sentence.text):
                continue
            span = _trigger(rule, sentence.text)
            if span:
                yield in_sentence(name, sentence, span, 0.9 if letter else 0.8)
                break


_RUNS_ON = re.compile(
    r"[\"' ]{0,3}(?:not|no|it|they|need|must|the|does|did|insufficient|lack|conservative|had to|have to|"
    r"i (?:need|have) to|should)\b",
    re.I,
)


def _trigger(rule: _Reason, text: str) -> tuple[int, int] | None:
    hit = rule.says.search(text)
    if hit:
        return hit.span()
    if rule.both is None:
        return None
    first = [m.span() for m in rule.both[0].finditer(text)]
    second = [m.span() for m in rule.both[1].finditer(text)] if first else []
    for a in first:
        for b in second:
            if max(a[0], b[0]) - min(a[1], b[1]) <= _APART:
                return min(a[0], b[0]), max(a[1], b[1])
    return None
