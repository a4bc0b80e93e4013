"""Companies as texts name them: the known ones, and what tells another company's name from other words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from actions.reading.compiled import compiled
from actions.reading.rules import any_of, phrase, rules

_OF_PLACE = compiled(
    r"[ ](?:of|OF|from|FROM)[ ](?:the[ ])?(?:(?:[A-Z]\.){2}|[A-Z][A-Za-z]{1,20})(?:[ ][A-Z][A-Za-z]{2,20}){0,2}"
)
_NOT_A_PLACE = compiled(
    r"[ ](?:Member|Portal|Status|Claim|Case|Denied|Denial|Notice|Auth\w*|ID|Group|Policy|MEMBER|PORTAL|STATUS|"
    r"CLAIM|CASE|DENIED|DENIAL|NOTICE|AUTH\w*|GROUP|POLICY)\b.*\Z"
)


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
    for name, entry in rules("payers")[kind].items():
        each.append((name, compiled("|".join(_phrases(entry))), bool(entry.get("of"))))
    whole = _whole(kind)
    # "MyAetna" and "myUHC" are what plans call their portals.
    return _Names(compiled(rf"(?<![a-zA-Z0-9])(?:(?i:my))?(?P<name>{whole})(?![a-zA-Z])"), tuple(each))


def _phrases(entry: Mapping[str, Any]) -> list[str]:
    """The ways a company is written; a scan and a letterhead set its words further apart."""
    names = [f"(?i:{phrase(text)})" for text in entry.get("names", ())] + list(entry.get("exact", ()))
    return [name.replace(" ?", "~").replace(" ", "[ ]{1,3}").replace("~", "[ ]{0,3}") for name in names]


def _whole(kind: str) -> str:
    sources = [each for entry in rules("payers")[kind].values() for each in _phrases(entry)]
    return "|".join(sorted(sources, key=len, reverse=True))


def any_name() -> str:
    """An expression for every known company, as it is written."""
    return rf"(?:{_whole('payers')}|{_whole('reviewers')})"


def mentions(text: str, kind: str) -> Iterator[Name]:
    known = _names(kind)
    for hit in known.any.finditer(text):
        start, end = hit.span("name")
        # "Medica-North Health" and "Tufts-style" are other names than the one they begin with.
        if _HYPHENED.match(text, end):
            continue
        # A name that needs what follows it is known only where it stands.
        fits = (
            (n, of) for n, each, of in known.each if each.fullmatch(hit["name"]) or _stands_at(each, text, start, end)
        )
        name, place = next(fits)
        if place:
            where = _of_place(text, end)
            if where:
                end += len(where)
                named_in_full = hit["name"][0].isupper() and " " in hit["name"].strip()
                name = titled(text[start:end]) if named_in_full else name + titled(where)
        longer = _longer_name(text, start, end) if kind == "payers" else None
        if longer:
            yield Name(titled(text[longer[0] : longer[1]]), *longer)
        else:
            yield Name(name, start, end)


def _stands_at(names: re.Pattern[str], text: str, start: int, end: int) -> bool:
    hit = names.match(text, start)
    return hit is not None and hit.end() == end


_HYPHENED = compiled(r"-[A-Za-z]{2}")
_CELL_END = compiled(r"[ ]{2}|[ ]?[|:;=(,\n]|[ ](?:-{1,2}|/{1,2})[ ]|\Z")
_CELL_HEAD = compiled(r"(?:\A|(?<=[0-9]\.)[ ]|[ ]{2}|[|:;=(),\n]|[ ](?:-{1,2}|/{1,2})[ ])[ ]{0,40}(?=[^ ])")
_NAME_WORD = compiled(r"(?:[A-Z][\w.&'-]*|&|of|the|and|for|from|The|[0-9]{1,5})\Z")
_LONGEST_NAME = 70


def _longer_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of another company's name with a known one in it ("Tufts Corner Health Plan"): a whole cell.

    The words it adds must be other than those that every plan's name may have.
    """
    heads = list(_CELL_HEAD.finditer(text, max(0, start - _LONGEST_NAME), start + 1))
    stop = _CELL_END.search(text, end, end + _LONGEST_NAME)
    # "EVICORE HEALTHCARE FOR CIGNA": two companies, each with its own name.
    if not heads or stop is None or text[max(0, start - 4) : start] == "FOR ":
        return None
    first, last = heads[-1].end(), stop.start()
    words = text[first:last].split()
    if first > start or not 2 <= len(words) <= 8 or not all(_NAME_WORD.match(word) for word in words):
        return None
    strong, weak, never = plan_shapes()
    added = (text[first:start] + " " + text[end:last]).split()
    own = [word for word in added if not usual_words().fullmatch(word)]
    whole = text[first:last]
    if not own or never.search(whole) or not (strong.match(whole) or weak.match(whole)):
        return None
    return first, last


@lru_cache(maxsize=1)
def usual_words() -> re.Pattern[str]:
    return compiled(rf"(?:{'|'.join(rules('payers')['usual_words'])})", re.I)


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


def titled(words: str) -> str:
    """Words in capitals as a name is written; others stay as they are."""
    if not words.isupper():
        return words
    small = [w.lower() if w in ("OF", "AND", "THE", "FROM") else w.capitalize() for w in words.split()]
    return " ".join([small[0].capitalize(), *small[1:]]) if words[:1] != " " else " " + " ".join(small)


@lru_cache(maxsize=1)
def plan_shapes() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = rules("payers")
    ends = "|".join(data["letterhead_ends"])
    weak = "|".join(data["letterhead_weak"])
    place = r"(?: (?:of|for) (?:the )?[a-z.]{2,20}(?: [a-z.]{2,20}){0,2})?"
    return (
        compiled(rf"(?:[a-z0-9&.'-]{{1,20}} ){{0,8}}(?:{ends}){place},?(?: inc\.?| llc)?\Z", re.I),
        compiled(rf"(?:[a-z0-9&.'-]{{2,20}} ){{1,4}}(?:{weak}){place}\Z", re.I),
        any_of(data["not_payers"]),
    )


def says_whose(words: str) -> bool:
    """Whether a word is there that tells this company from others: "Insurance" and "Health Plan" are nobody's name."""
    return " " in words and any(not usual_words().fullmatch(word) for word in words.split())


def all_capitalised(words: str) -> bool:
    """Whether each word begins with a capital, but for the small words inside a name."""
    return words[:1].isupper() and all(_NAME_WORD.match(word) for word in words.split())


def known_reviewer(words: str) -> bool:
    hit = _names("reviewers").any.match(words)
    return bool(hit)


@lru_cache(maxsize=1)
def sure_end() -> re.Pattern[str]:
    """What only a plan's name ends in, so that "employees" or "county" before it is no other office."""
    return compiled(rf"\b(?:{'|'.join(rules('payers')['sure_ends'])})(?: (?:of|for) [A-Za-z. ]{{2,40}})?\Z", re.I)


@lru_cache(maxsize=1)
def document_titles() -> re.Pattern[str]:
    return any_of(rules("payers")["titles"])


NO_COMPANY = compiled(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
    r"wednesday|"
    r"thursday|friday|saturday|sunday|mri|ct|pet|dr|doctor|the|my|they|she|he|no|yes|not|denied|prior|letter|"
    r"i|i'm|i've|i'd|im|me|mine|we|he's|she's|it's)\b",
    re.I,
)
_PARTED = compiled(r":[ ]?|[ ]?[|*][ ]?|[ ](?:-{1,2}|/{1,2}|::|->)[ ]|[.,][ ](?=[A-Z])")
_HEAD_CELL = compiled(r"[^ ](?:[^ ]|[ ](?=[^ ])){2,70}")
_CUT = compiled(
    r"[ ]?[(|]|[ ](?:-{1,2}|/{1,2})[ ]|,[ ](?:an?|the|inc)\b|"
    r"[ ](?:remit|eob|your|welcome|member|claims?|portal|explanation|um|utilization|notice|prior auth\w*|appeals?)\b",
    re.I,
)


def head_cells(text: str) -> Iterator[tuple[int, str, int]]:
    """(place, words, number of its line) of each cell in the first dozen lines that bear something."""
    offset = lines = 0
    for line in text.split("\n"):
        for cell in _HEAD_CELL.finditer(line):
            place = 0
            for words in _PARTED.split(cell.group())[:3]:
                start = cell.group().find(words, place)
                place = start + len(words)
                words = _CUT.split(words)[0].rstrip(" ,.-")
                if len(words) > 2 and cell.group()[place : place + 1] != ":":
                    yield offset + cell.start() + start, words, lines
        offset += len(line) + 1
        lines += bool(line.strip())
        if lines >= 12 or offset > 2_000:
            break
