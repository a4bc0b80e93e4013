"""Who pays, who reviewed, and what kind of plan it is, as far as the words say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.compiled import compiled
from actions.reading.found import Found, in_sentence
from actions.reading.rules import Says, any_of, phrase, rules, says
from actions.reading.text import Sentence

_HEAD = 500
_OF_PLACE = re.compile(
    r"[ ](?:of|OF|from|FROM)[ ](?:the[ ])?(?:(?:[A-Z]\.){2}|[A-Z][A-Za-z]{1,20})(?:[ ][A-Z][A-Za-z]{2,20}){0,2}"
)
_NOT_A_PLACE = re.compile(
    r"[ ](?:Member|Portal|Status|Claim|Case|Denied|Denial|Notice|Auth\w*|ID|Group|Policy|MEMBER|PORTAL|STATUS|"
    r"CLAIM|CASE|DENIED|DENIAL|NOTICE|AUTH\w*|GROUP|POLICY)\b.*\Z"
)
_GUIDELINE_AFTER = re.compile(r"[^.\n]{0,60}\b(?:guidelines?|polic(?:y|ies)|criteria)\b", re.I)
_ON_BEHALF = re.compile(r"(?:on behalf of|administered by|insured by|underwritten by)[: ]{1,3}\Z", re.I)
_MINE = re.compile(
    r"\b(?:(?:my|our|his|her|the) (?:new |current )?(?:insurance|insurer|plan|carrier|coverage)(?: company)? "
    r"(?:is|through|thru)|"
    r"insured (?:by|with|through|thru)|covered by|(?:reviewed|review) (?:\w{2,8} ){0,2}for) (?:the )?\Z",
    re.I,
)
_MEMBERS_AFTER = re.compile(
    r"[ ](?:members?|portal|claims|mobile|appeals?|denied|turned|said|says|member services|won't|will not)\b",
    re.I,
)
# "Plan: Blue Choice PPO" names what was bought, not who sells it.
_PRODUCT = re.compile(r"\b(?:hmo|ppo|epo|pos|hdhp|advantage plan)\Z", re.I)
_MEDICAID = re.compile(r"\bmedicaid\b|\bmedi-cal\b", re.I)
_FAIR_HEARING = re.compile(r"\bstate fair hearing\b|\bmedicaid (?:fair )?hearing\b", re.I)


@dataclass(frozen=True)
class _Names:
    any: re.Pattern[str]
    each: tuple[tuple[str, re.Pattern[str], bool], ...]


@dataclass(frozen=True)
class Name:
    """A known company where it is named."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=2)
def _names(kind: str) -> _Names:
    each = []
    sources = []
    for name, entry in rules("payers")[kind].items():
        phrases = [f"(?i:{phrase(text)})" for text in entry.get("names", ())] + list(entry.get("exact", ()))
        sources += phrases
        each.append((name, compiled("|".join(phrases)), bool(entry.get("of"))))
    whole = "|".join(sorted(sources, key=len, reverse=True))
    # "MyAetna" and "myUHC" are what plans call their portals.
    return _Names(compiled(rf"(?<![a-zA-Z0-9])(?:(?i:my))?(?P<name>{whole})(?![a-zA-Z])"), tuple(each))


def _mentions(text: str, kind: str) -> Iterator[Name]:
    known = _names(kind)
    for hit in known.any.finditer(text):
        start, end = hit.span("name")
        name, place = next((n, of) for n, each, of in known.each if each.fullmatch(hit["name"]))
        if place:
            where = _of_place(text, end)
            if where:
                end += len(where)
                named_in_full = hit["name"][0].isupper() and " " in hit["name"].strip()
                name = _titled(text[start:end]) if named_in_full else name + _titled(where)
        yield Name(name, start, end)


def _of_place(text: str, end: int) -> str:
    """ " of Ohio" behind a name, or "": a capitalised place, or a state in small letters."""
    where = _OF_PLACE.match(text, end)
    if where:
        return _NOT_A_PLACE.sub("", where.group())
    state = _states().match(text, end)
    return f" of {state[1].title()}" if state else ""


@lru_cache(maxsize=1)
def _states() -> re.Pattern[str]:
    return compiled(rf"[ ]of[ ]({'|'.join(rules('payers')['states'])})(?![a-z])", re.I)


def _titled(words: str) -> str:
    """Words in capitals as a name is written; others stay as they are."""
    if not words.isupper():
        return words
    return " ".join(w.lower() if w in ("OF", "AND", "THE", "FROM") else w.capitalize() for w in words.split())


def reviewer(text: str) -> Found | None:
    """The company that reviewed the request for the payer, under its present name."""
    first = next(_mentions(text, "reviewers"), None)
    return Found(first.name, first.start, first.end, 0.95) if first else None


def payer(text: str) -> Found | None:
    """The plan that decides: a known name as usually spelt, or an unknown one as the letterhead or a label has it."""
    names = list(_mentions(text, "payers"))
    if names:
        scores: dict[str, float] = {}
        for name in names:
            scores[name.name] = scores.get(name.name, 0.0) + _weight(text, name)
        best = max(scores, key=lambda n: scores[n])
        # "Anthem" and "Anthem Blue Cross" are one payer: the fuller name says more.
        fuller = [n for n in scores if n.startswith(best + " ")]
        shown = max(fuller, key=lambda n: scores[n]) if fuller else best
        first = next(n for n in names if n.name == shown)
        return Found(shown, first.start, first.end, 0.95 if scores[best] >= 2 else 0.85)
    return _labelled(text) or _letterhead(text)


def _weight(text: str, name: Name) -> float:
    weight = 1.0 if name.start > _HEAD else 2.0
    before = text[max(0, name.start - 40) : name.start]
    if _ON_BEHALF.search(before) or _label().search(before):
        weight += 4.0
    if _MINE.search(before):
        weight += 3.0
    if _MEMBERS_AFTER.match(text, name.end):
        weight += 1.0
    if _GUIDELINE_AFTER.match(text, name.end):
        weight -= 0.6
    return weight


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(rules('payers')['labels'])})[ ]?[:#][ \n]{{0,20}}\Z", re.I)


@lru_cache(maxsize=1)
def _label_value() -> re.Pattern[str]:
    labels = "|".join(rules("payers")["labels"])
    return compiled(rf"(?:^|\n|[ ]{{2}}|[ ])(?:{labels})(?:[ ]?:[ ]{{0,20}})([A-Za-z][A-Za-z&.,' -]{{2,60}})", re.I)


@lru_cache(maxsize=1)
def _unknown() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = rules("payers")
    ends = "|".join(data["letterhead_ends"])
    weak = "|".join(data["letterhead_weak"])
    place = r"(?: (?:of|for) (?:the )?[a-z.]{2,20}(?: [a-z.]{2,20}){0,2})?"
    return (
        compiled(rf"(?:[a-z0-9&.'-]{{2,20}} ){{0,5}}(?:{ends}){place},?(?: inc\.?| llc)?\Z", re.I),
        compiled(rf"(?:[a-z0-9&.'-]{{2,20}} ){{1,4}}(?:{weak}){place}\Z", re.I),
        any_of(data["not_payers"]),
    )


def _labelled(text: str) -> Found | None:
    strong, weak, never = _unknown()
    for hit in _label_value().finditer(text):
        words = re.split(r"[ ]{3,}|[ ][A-Za-z]{2,12}(?: [A-Za-z#]{2,8})?:", hit[1])[0].rstrip(" ,.-")
        if _PRODUCT.search(words) and hit[0].strip().lower().startswith("plan"):
            continue
        if len(words.split()) <= 8 and not never.search(words) and (strong.match(words) or weak.match(words)):
            return Found(_titled(words), hit.start(1), hit.start(1) + len(words), 0.9)
    return None


def _letterhead(text: str) -> Found | None:
    strong, weak, never = _unknown()
    for rule, confidence in ((strong, 0.8), (weak, 0.6)):
        offset = lines = 0
        for line in text.split("\n"):
            for cell in re.finditer(r"[^ ](?:[^ ]|[ ]{1,2}(?=[^ ])){2,70}", line):
                words = cell.group().rstrip(" ,.-")
                if words[:1].isupper() and ":" not in words and not never.search(words) and rule.match(words):
                    start = offset + cell.start()
                    return Found(_titled(words), start, start + len(words), confidence)
            offset += len(line) + 1
            lines += bool(line.strip())
            if lines >= 12 or offset > 2_000:
                break
    return None


@lru_cache(maxsize=1)
def _plans() -> tuple[tuple[str, Says], ...]:
    return tuple((name, says(entry)) for name, entry in rules("plans").items())


def plan_type(sentences: list[Sentence], named: Found | None) -> Found | None:
    """The kind of plan (contract id), only where the words say it.

    Medicaid with a named plan, or a state fair hearing offered by one, is managed care. `named` is the payer.
    """
    for kind, rule in _plans():
        for sentence in sentences:
            hit = rule.says.search(sentence.text)
            if hit and not rule.unless.search(sentence.text):
                return in_sentence(kind, sentence, hit.span(), 0.75 if kind == "employer_unknown_funding" else 0.92)
        if kind == "medicaid_managed" and named is not None:
            for word in (_MEDICAID, _FAIR_HEARING):
                for sentence in sentences:
                    hit = word.search(sentence.text)
                    if hit and not rule.unless.search(sentence.text):
                        return in_sentence(kind, sentence, hit.span(), 0.75)
    return None
