"""What a person lets their plan do and say: "Cigna's answer was that …", "per the rep …", "BCBSTX reject MR lumb".

The plan is a known company by its name, or what people call it ("insurance", "the EOB"); rules/insurers.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from actions.reading import companies, told
from actions.reading.compiled import compiled
from actions.reading.rules import phrase, rules


def refuses(text: str) -> Iterator[tuple[int, int]]:
    """Where a plan is said to refuse, from its name to the word for it."""
    return (hit.span() for hit in _refusal().finditer(text))


def speaks(text: str) -> Iterator[int]:
    """The places behind which a plan's word stands."""
    return (hit.end() for hit in _word().finditer(text))


def spoke(text: str, place: int) -> bool:
    """Whether what ends at this place is then said to be the plan's: "… is all the EOB says".

    "They" are the plan only where the sentence speaks of a refusal.
    """
    hit = _behind().match(text, place)
    return hit is not None and (hit["who"] is None or _REFUSED.search(text) is not None)


def gives(text: str, start: int, end: int) -> bool:
    """Whether a person lets the plan speak before these words, or says so behind them, or names them as the cause."""
    begun = [*speaks(text), *(hit.end() for hit in _CAUSE.finditer(text))]
    last = max((place for place in begun if place <= start), default=None)
    return (last is not None and not told.own_words(text, last, start)) or spoke(text, end)


_CAUSE = compiled(
    r"\b(?:den(?:y|ied|ies|ial)|dnd|reject\w{0,3}|refus\w{2,3}|declin\w{1,3}|not approved|turned down|bounced|"
    r"kicked back|closed|(?:won'?t|will not|not going to|refuses to) (?:pay|cover|approve|do))\b"
    r"[^.;?]{0,60}?(?:\b(?:because|bc|b/c|cuz|cause|since|due to|for|as|saying|says?|reason|over|until|till)\b|[:,(\"]|"
    r" - )|[\"]",
    re.I,
)


def named(text: str) -> bool:
    """Whether a plan, or a paper of one, is named."""
    return _named().search(text) is not None


@cache
def _named() -> re.Pattern[str]:
    return compiled(rf"(?<![A-Za-z0-9]){_plan()}(?![A-Za-z])")


_REFUSED = compiled(
    r"\b(?:den(?:y|ied|ies|ial)|reject\w{0,3}|refus\w{1,3}|declin\w{1,3}|not approved|turned down)\b", re.I
)


@cache
def _plan() -> str:
    nouns = "|".join(phrase(each) for each in rules("insurers")["nouns"])
    return rf"(?:{companies.any_name()}|(?i:{nouns}))"


def _listed(name: str) -> str:
    return "|".join(phrase(each) for each in rules("insurers")[name])


@cache
def _refusal() -> re.Pattern[str]:
    aside = rf"(?:[ ]\([^()]{{2,30}}\)|[ ](?i:{_listed('fillers')}))"
    return compiled(
        rf"(?<![A-Za-z0-9])(?:{_plan()}{aside}{{0,3}}(?:[ ]?[:,;]|[ ]-{{1,2}})?[ ](?i:{_listed('refuses')})|"
        rf"(?i:{_listed('refused')})(?:[ ](?i:by|from|per|thru|via|@))?[ ]{_plan()})(?![A-Za-z])"
    )


@cache
def _word() -> re.Pattern[str]:
    says = _listed("says")
    aside = rf"(?:[ ]\([^()]{{2,30}}\)|[ ](?i:{_listed('fillers')}|{_listed('people')}))"
    whom = r"(?:[ ](?i:me|us|him|her|them|my \w{2,10}|the \w{2,10}|mine|that)){0,2}"
    needs = rf"(?:[ ](?i:{_listed('needs')}))?"
    return compiled(
        rf"(?<![A-Za-z0-9])(?:{_plan()}(?:'s)?{aside}{{0,3}}(?:[ ]?:|[ ](?i:{says}){whom})|"
        rf"(?i:{_listed('according')})[ ](?:(?i:the|my|our|a) )?{_plan()})(?![A-Za-z]){needs}"
    )


@cache
def _behind() -> re.Pattern[str]:
    return compiled(
        rf"[\"'.,]{{0,2}}[ ](?:(?i:is|was|that's) (?i:all|what) )?(?:(?i:the|my|our) )?(?:{_plan()}|(?P<who>they|it))"
        rf"[ ](?i:{_listed('says')})(?![A-Za-z])"
    )
