"""The numbers of a denial: the member's, and those of the case, claim or authorization."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from actions.reading.found import Found
from actions.reading.rules import rules

_VALUE = r"(?P<value>[A-Z0-9](?:[A-Z0-9/_.-]{2,28})(?:[ ][0-9]{2,9}(?![0-9/-]))?)"
_SEPARATOR = (
    r"(?:[ ]on (?:the|my|your|this|her|his|our) (?:letter|denial|card|notice|eob))?(?:[ ]?(?:is|was))?"
    r"[ \n]{0,3}[:#.]{0,2}[ ]{0,40}[#]?"
)
_PHONE_NUMBER = re.compile(r"(?:1-?)?[0-9]{3}[-. ]?[0-9]{3}[-. ][0-9]{4}\Z")
_DATE_NUMBER = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\Z")
_FORM = re.compile(r"CMS-|OMB|FORM", re.I)


def _usable(value: str) -> bool:
    """Whether this can be an identifier: it has a digit and is no date, telephone number, ZIP or form number."""
    return bool(
        len(value) >= 4 and any(c.isdigit() for c in value)
        and not _DATE_NUMBER.match(value) and not _PHONE_NUMBER.match(value) and not _FORM.match(value)
        and not re.match(r"[0-9]{5}-[0-9]{4}\Z", value)
    )  # fmt: skip


@lru_cache(maxsize=1)
def _member_rules() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"(?<![a-z])(?:{label}){_SEPARATOR}(?-i:{_VALUE})", re.I) if i < 2 else
        re.compile(rf"(?<![a-z])(?:{label})[ ]{{0,3}}[:#]{{1,2}}[ ]{{0,40}}[#]?(?-i:{_VALUE})", re.I)
        for i, label in enumerate(rules("labels")["member_id"])
    )  # fmt: skip


def member_id(text: str) -> Found | None:
    """The number on the insurance card, where a label says so: beside it, or under it in a table."""
    for rule in _member_rules():
        for hit in rule.finditer(text):
            value = hit["value"].rstrip(".-/_")
            before = text[max(0, hit.start() - 14) : hit.start()].lower()
            if _usable(value) and not re.search(
                r"(?:case|claim|provider|tax|order|group|request|national|auth\w{0,10}|payer|plan)[ ]\Z", before
            ):
                return Found(value, hit.start("value"), hit.start("value") + len(value), 0.97)
    return next((Found(v, s, e, 0.9) for v, s, e in _under(text, _MEMBER_HEAD) if _usable(v)), None)


_MEMBER_HEAD = re.compile(
    r"(?:member|subscriber|enrollee|insured|patient|medicaid) ?(?:id|number|no\.?|#)(?: ?(?:number|no\.?|#))?", re.I
)
_REFERENCE_HEAD = re.compile(
    r"(?:reference|claim|case|auth(?:orization)?|request|order|tracking) ?(?:id|number|no\.?|#)(?: ?(?:number|"
    r"no\.?|#))?",
    re.I,
)


def _under(text: str, head: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Values standing in the line under a table's heading, in its column."""
    offset, lines = 0, text.split("\n")
    for line, below in zip(lines, lines[1:], strict=False):
        if below.strip():
            for cell in re.finditer(r"[^ ](?:[^ ]|[ ](?=[^ ])){0,60}", line):
                if not head.fullmatch(cell.group().rstrip(":")):
                    continue
                for value in re.finditer(r"(?<![^ ])[A-Z0-9][A-Z0-9-]{3,24}(?![^ ])", below):
                    if value.start() <= cell.end() and value.end() >= cell.start() - 2:
                        start = offset + len(line) + 1 + value.start()
                        yield value.group(), start, start + len(value.group())
        offset += len(line) + 1


@lru_cache(maxsize=1)
def _reference_rule() -> tuple[re.Pattern[str], re.Pattern[str]]:
    labels = rules("labels")
    label = "|".join(labels["reference"])
    never = "|".join(labels["not_reference"])
    return (
        re.compile(
            rf"(?<![a-z])(?:{label})(?:[ ]?(?:id|number|num|nbr|no)\b\.?(?:[ ]?\(s\))?{_SEPARATOR}|"
            rf"[ ]?[:#]{{1,2}}[ ]{{0,40}}#?|"
            rf"[ ]\(#?)(?-i:{_VALUE})(?:(?:,| and|;)[ ](?-i:(?P<more>[A-Z0-9-]{{5,24}})))?",
            re.I,
        ),
        re.compile(rf"\b(?:{never})[ ]?[#:]?[ ]?\Z", re.I),
    )


def references(text: str) -> Iterator[Found]:
    """Case, claim, authorization and reference numbers, each once, in order; no telephone numbers, dates or codes."""
    rule, never = _reference_rule()
    seen: set[str] = set()
    found: list[Found] = []
    for hit in rule.finditer(text):
        if never.search(text, max(0, hit.start() - 16), hit.start()):
            continue
        for group in ("value", "more"):
            if hit[group] is None:
                continue
            value = hit[group].split(" ")[0].rstrip(".-/_")
            if _usable(value) and not _IMAGING_CODE.match(value):
                found.append(Found(value, hit.start(group), hit.start(group) + len(value), 0.96))
    found += [
        Found(v, s, e, 0.9) for v, s, e in _under(text, _REFERENCE_HEAD) if _usable(v) and not _IMAGING_CODE.match(v)
    ]
    for item in sorted(found, key=lambda f: f.start):
        if item.value not in seen:
            seen.add(item.value)
            yield item


_IMAGING_CODE = re.compile(r"(?:7[0-9]{4}|93[0-9]{3})\Z")
