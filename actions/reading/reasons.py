"""Why it was denied, in the contract's ids, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.found import Found, in_sentence
from actions.reading.misspelt import tolerant
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
        pair = (pattern(tolerant(both[0])), pattern(tolerant(both[1]))) if both else None
        made.append((name, _Reason(any_of(tolerant(entry.get("says", ()))), pair, any_of(entry.get("unless")))))
    return tuple(made)


_TOLD = re.compile(
    r"\b(?:den(?:y|ied|ies|ial)|reject\w{0,3}|refus\w{0,3}|turned (?:\w{1,8} )?down|declin\w{0,3}|"
    r"n't approve\w?|not approve\w?|said|says?|saying|"
    r"because|bc|cuz|reasons?|told|letter|claim(?:s|ing|ed)?|criteria|wants? me|they want|wants|asking for|"
    r"looking for|(?:they|insurance|plan) needs?|think|thinks|supposedly|per|code|not met|"
    r"due to|apparently|adverse|non-?cert\w{0,7}|not cert\w{0,6}|want|(?:CO|OA|PR|PI)-?[0-9]{2,3})\b",
    re.I,
)
_APART = 120


# Who gives the reason: the plan and its people, or the person's own doctors.
_PLAN = re.compile(
    r"\b(?:they|they're|insurance|insurer|plan|payer|carrier|reviewer|letter|denial|denied|denies|claim|portal|website|eob|"
    r"reason|uhc|united|aetna|cigna|humana|anthem|bcbs|blue cross|kaiser|evi ?core|carelon|cohere|evolent|medicare|medicaid)\b",
    re.I,
)
_DOCTOR_SAYS = re.compile(
    r"\b(?:doctor|doc|dr\.?|physician|ortho\w{0,14}|surgeon|pcp|nurse|neuro(?:logist)?|radiologist|therapist|"
    r"chiropractor|clinic|hospital|er|urgent care)\b(?: \w{2,14}){0,2} (?:says?|said|wants?|wanted|thinks?|told|suggest\w{0,3}|"
    r"recommend\w{0,3}|would like|feels|believes|asked)\b",
    re.I,
)
_NOT_SAID = re.compile(
    r"\b(?:(?:did|do|does|has|have|had|was|were|is|are)(?: not|n't|nt) (?:\w{2,8} )?(?:say|said|saying|mention|mentioned|claim|"
    r"claimed|tell|told|give|because|about|due to|call|called|denied (?:as|for|because))|never (?:said|says?|told|mentioned|"
    r"claimed|called|asked)|(?:nobody|no one|none of them) (?:has )?(?:ever )?(?:said|says|told|mentioned|asked|claimed)|"
    r"not (?:because|due to|about|for)|nothing about|(?:not|n't) (?:a matter|an issue|a question) of|rather than|instead of)\b",
    re.I,
)
_ONLY_THOUGHT = re.compile(
    r"\b(?:(?:what )?if (?:they|it|this|insurance|the (?:insurance|plan|insurer)|my (?:insurance|plan|insurer))|in case|might|"
    r"(?:may|could|would) (?:say|deny|claim|think|want)|(?:will|would|can|do|are) (?:they|you)|afraid|scared|worried|worry|"
    r"hope|hopefully|wonder(?:ing)?|assume|assuming|probably|maybe|suppose|what happens when|before they)\b",
    re.I,
)
_TURNS = re.compile(r"\b(?:but|just|only|instead they|, it was|they (?:said|say|did say)|it says|however)\b|;", re.I)
_OTHER_TIME = re.compile(
    r"\b(?:last (?:year|time|summer|winter|spring|fall)|years? (?:ago|back|before)|in (?:the past|20(?:0[0-9]|1[0-9]|2[0-4]))|"
    r"a different|another (?:claim|request|letter|denial|plan|insurance)|(?:my )?(?:old|previous|former|prior) "
    r"(?:insurance|plan|insurer|denial))\b",
    re.I,
)
_OTHER_ITEM = re.compile(
    r"\b(?:brace|cpap|wheel ?chair|walker|crutch\w{0,2}|surgery|operation|injections?|epidural|medicines?|medications?|meds?|"
    r"drugs?|prescription|pills?|tens unit|ambulance|(?:hospital|er|rehab) (?:stay|visit)|infusion|monitor|pump|lab work|"
    r"blood (?:test|work)|massage|acupuncture|wig|hearing aids?|glasses)\b",
    re.I,
)
_PICTURE = re.compile(r"\b(?:mri|mra|ct|cat|cta|pet|scan|imaging|echo\w{0,12}|ultrasound|test|study|exam)\b", re.I)
_OF_CARE = frozenset({"conservative_care", "alternative_imaging"})


def reasons(sentences: list[Sentence], letter: bool) -> Iterator[Found]:
    """Each reason once, with the words that gave it. In a person's own message, only what they say the plan told them."""
    told = [letter or bool(_TOLD.search(s.text)) for s in sentences]
    for name, rule in _reason_rules():
        for number, sentence in enumerate(sentences):
            # "The letter came Monday. Says I need therapy first": what was told may run on into the next sentence.
            if not (told[number] or (number and told[number - 1] and _RUNS_ON.match(sentence.text))):
                continue
            if rule.unless.search(sentence.text):
                continue
            span = next((s for s in _triggers(rule, sentence.text)
                         if letter or not _elsewhere(name, sentence.text, *s)), None)  # fmt: skip
            if span:
                yield in_sentence(name, sentence, span, 0.9 if letter else 0.8)
                break


def _elsewhere(name: str, text: str, start: int, end: int) -> bool:
    """Whether a person's words at start:end are no reason they were given.

    Denied or only thought of ("nobody said I need PT first", "what if they say …"), the own doctor's advice, another
    year's denial, or something else than a picture ("my brace wasn't medically necessary").
    """
    before = text[max(0, start - 110) : start]
    # Two lists that meet may begin with the very "not" that takes the saying back: look inside the words too.
    for cue, within in ((_NOT_SAID, text[max(0, start - 110) : end]), (_ONLY_THOUGHT, before)):
        last = None
        for last in cue.finditer(within):
            pass
        if last and not _TURNS.search(within, last.end()):
            return True
    own = None
    for own in _DOCTOR_SAYS.finditer(text, 0, end):
        pass
    if own and not _PLAN.search(text, own.end(), end):
        return True
    if _OTHER_TIME.search(before) and not _PICTURE.search(text, max(0, start - 110), end):
        return True
    item = None if name in _OF_CARE else _OTHER_ITEM.search(text, max(0, start - 40), start)
    return item is not None and not _PICTURE.search(text, item.end(), end)


_RUNS_ON = re.compile(
    r"[\"' ]{0,3}(?:not|no|it|they|need|must|the|does|did|insufficient|lack|conservative|had to|have to|"
    r"just|only|missing|lacks?|apparently|because|due to|i (?:need|have) to|should)\b",
    re.I,
)


def _triggers(rule: _Reason, text: str) -> Iterator[tuple[int, int]]:
    """Where the rule's words stand, each place that a phrase alone names before those that two lists make together."""
    for count, hit in enumerate(rule.says.finditer(text)):
        if count == _MOST_PLACES:
            break
        yield hit.span()
    if rule.both is None:
        return
    first = [m.span() for m in rule.both[0].finditer(text)][:_MOST_PLACES]
    second = [m.span() for m in rule.both[1].finditer(text)][: 4 * _MOST_PLACES] if first else []
    for a in first:
        for b in second:
            if max(a[0], b[0]) - min(a[1], b[1]) <= _APART:
                yield min(a[0], b[0]), max(a[1], b[1])
                break


_MOST_PLACES = 20
