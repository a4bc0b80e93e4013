"""The company that reviewed a request for the plan: a known one, or one that the words around its name say did.

"Harbor works with Radwell Review to …", "Truvant Services for the Trust", "administered by …", "Reviewer: …",
"some outfit called …" (rules/reviewers.yml).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from actions.reading.companies import NO_COMPANY, head_cells, mentions, says_whose, titled
from actions.reading.compiled import compiled
from actions.reading.found import Found
from actions.reading.rules import pattern, rules

_FEW_LINES = 6
_BEFORE = 150
"""Characters before an "on behalf of" in which the name it belongs to begins."""
_WORD = (
    r"(?!(?:FOR|ON|BEHALF|TO|FROM|FM|BY|THE|OF|DATE|FAX|RE|AND|Your|The|This|That|These|Our|We|My|It|In|At|If|On|For|"
    r"By|From|Date|Because|But|So|And|He|She|They|Requests?|Questions|Review services)\b)[A-Z][A-Za-z&'-]*"
)
_INC = r"(?:,?[ ](?i:inc|llc|l\.l\.c|corp|ltd|p\.?c|co)\b\.?)?"
_NAME = rf"(?P<name>{_WORD}(?:[ ](?:(?:of|OF|and|AND|&)[ ](?:the[ ])?)?{_WORD}){{0,5}}{_INC})"
_NAME_AT = compiled(rf"[ ]?[:\"(]?[ ]?(?:(?:the|an?|some)[ ])?{_NAME}")
_NAME_BEFORE = compiled(rf"(?:(?<=[^\w.&'-])|\A){_NAME}[ ]?,?[ \n]{{0,8}}\Z")
_SMALL_NAME_AT = compiled(
    r"[ ]?\"?(?P<name>[a-z][\w'-]{2,20}(?:[ ](?:review|imaging|health|medical|rad|solutions))?)\b"
)


def reviewer(text: str) -> Found | None:
    """The company that reviewed the request for the payer, a known one under its present name.

    One whose guideline is only cited in a letter reviewed nothing; a person who repeats a letter in a few lines may
    name it by its guideline alone.
    """
    lines = text.count("\n")
    for name in mentions(text, "reviewers"):
        line = text.rfind("\n", 0, name.start) + 1
        cited = _ITS_GUIDELINE.match(text, name.end) or _CITING.search(text[max(line, name.start - 60) : name.start])
        if not cited or lines < _FEW_LINES:
            return Found(name.name, name.start, name.end, 0.95)
    return next(_by_its_work(text), None)


_ITS_GUIDELINE = compiled(
    r"(?:'s)?(?:[ \n](?:[A-Z0-9][\w.&-]*|and|of|by|clinical|medical|imaging)){0,8}[ \n](?i:guidelines?|polic(?:y|ies)|"
    r"criteria)\b|[ ](?:[A-Z]{2,4})-[0-9]"
)
_CITING = compiled(r"\b(?:guidelines?|criteria|rule|policy|formerly(?: known as)?)\b[^.]{0,30}\Z", re.I)


@lru_cache(maxsize=8)
def _words(name: str) -> re.Pattern[str]:
    return pattern(rules("reviewers")[name])


@lru_cache(maxsize=2)
def _ended(name: str) -> re.Pattern[str]:
    ends = "|".join(rules("reviewers")[name])
    return compiled(rf"(?:.*[ ])?(?:{ends}){_INC}[.]?\Z", re.I)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    labels = "|".join(rules("reviewers")["labels"])
    return compiled(
        rf"(?:\A|\n|[ ]{{2}}|[;|.(>][ ]?)[ ]{{0,12}}(?i:{labels})(?:[ ]?(?:[:=|]|[.]{{3,60}})[ ]{{0,20}}|[ ]{{2,40}})"
        rf"(?=[A-Z])"
    )


def _by_its_work(text: str) -> Iterator[Found]:
    """Companies that are said to review, decide or administer for another, the surest ways to say so first."""
    for hit in _label().finditer(text):
        yield from _named(text, hit.end(), sure=True)
    yield from _at_the_head(text)
    for hit in _words("acts_for").finditer(text):
        yield from _before(text, hit.start(), ended=False)
    for hit in _words("for").finditer(text):
        yield from _before(text, hit.start(), ended=True)
    letter = text.count("\n") >= _FEW_LINES // 2
    writer = " ".join(words.lower() for _, words, line in head_cells(text) if line == 0) if letter else ""
    for hit in _words("given_to").finditer(text):
        sure = bool(_CALLED.search(hit.group())) or _reviews_behind(text, hit.end())
        yield from (found for found in _named(text, hit.end(), sure=sure) if found.value.lower() not in writer)
    for hit in _words("done_by").finditer(text):
        yield from (found for found in _named(text, hit.end(), sure=False) if found.value.lower() not in writer)


_CALLED = re.compile(
    r"\b(?:called|named|name of|is|tpa|vendor|reviewer|reviewed by|reviewing|company|partner|firm|agent)[,:]?\Z|,\Z|"
    r"(?:reviews?|imaging|authorizations?|requests?|"
    r"decisions?)(?: out| over| on)? to\Z",
    re.I,
)
_TO_REVIEW = compiled(
    r"[ ]for[ ](?:the[ ])?(?-i:[A-Z])|"
    r"[^.\n]{0,90}?\b(?:to|for|which|that|who) (?:\w{2,12} ){0,4}?(?:review|look|manage|evaluate|check|decide|handle|"
    r"process|screen|assess|administer|help|run|make|do)(?:s|es|ing)?\b",
    re.I,
)


def _reviews_behind(text: str, place: int) -> bool:
    """Whether what follows says that the company named here is to review: "… to look at requests for scans"."""
    name = _NAME_AT.match(text, place)
    return bool(name and _TO_REVIEW.match(text, name.end()))


def _named(text: str, place: int, *, sure: bool) -> Iterator[Found]:
    """The company named at this place; one that nothing else tells from a person or a plan must end as they do."""
    hit = _NAME_AT.match(text, place)
    if hit is None:
        small = _SMALL_NAME_AT.match(text, place) if sure and _LOOSELY_CALLED.search(text[:place][-24:]) else None
        if small:
            yield Found(small["name"], *small.span("name"), 0.6)
        return
    if _is_company(hit["name"], ended=not sure) and not _A_PERSONS.match(text, hit.end()):
        yield Found(titled(hit["name"]), *hit.span("name"), 0.75)


_A_PERSONS = re.compile(r",?[ ](?:MD|M\.D|DO|D\.O|RN|NP|PA|PhD|PharmD|board)\b")
_LOOSELY_CALLED = re.compile(r"\b(?:called|named|by the name of)\Z", re.I)


def _before(text: str, place: int, *, ended: bool) -> Iterator[Found]:
    """The company whose name ends at this place."""
    first = max(0, place - _BEFORE)
    hit = _NAME_BEFORE.search(text[first:place])
    if hit and _is_company(hit["name"], ended=ended):
        start, end = hit.span("name")
        yield Found(titled(hit["name"]), first + start, first + end, 0.75)


def _is_company(words: str, *, ended: bool) -> bool:
    if _words("nobody").search(words) or NO_COMPANY.search(words) or any(True for _ in mentions(words, "payers")):
        return False
    # "TPA Services": an end alone is nobody's name.
    own = says_whose(words) or (" " not in words and len(words) > 3 and not _ended("ends").match(words))
    if ended:
        return own and bool(_ended("ends").match(words)) and " " in words
    return own and (not _ended("plan_ends").match(words) or bool(_ended("ends").match(words)))


_FROM = re.compile(r"\b(?:FROM|FM|From|Sender)[ ]?:?[ ]{0,20}\Z")
_ADDRESSED = re.compile(
    r"\b(?:to|attn|attention|provider|requested by|ordering|requesting|facility)\b[^|]{0,20}\Z", re.I
)
_CONTRACTOR_BELOW = compiled(r"[ ]*\n[ ]{0,12}[^\n]{0,40}\b(?:contractor|delegated|review agent)\b", re.I)


def _at_the_head(text: str) -> Iterator[Found]:
    """A reviewer's own name at the head of its letter or fax: it says "review", or the line below what it does."""
    for start, words, line in head_cells(text):
        before = text[text.rfind("\n", 0, start) + 1 : start]
        if line > 3:
            break
        if (line > 1 and not _FROM.search(before)) or _ADDRESSED.search(before):
            continue
        end = start + len(words)
        reviews = _OWN_REVIEW.match(words)
        own = says_whose(words) or (reviews and line == 0 and _ANOTHER_PAYS.search(text, end))
        if not (words[:1].isupper() and own) or _ended("plan_ends").match(words):
            continue
        below = line == 0 and (_CONTRACTOR_BELOW.match(text, end) or _DETERMINES_BELOW.match(text, end))
        if reviews or below:
            if reviews or _is_company(words, ended=False):
                yield Found(titled(words), start, end, 0.7)
            return


# A line of another plan's: who stands at the head reviews for it.
_ANOTHER_PAYS = compiled(
    r"^[ ]{0,12}(?:health plan|claims administrator|plan|payer|client|employer)[ ]?:[ ]",
    re.I | re.M,
)
_DETERMINES_BELOW = compiled(
    r"(?:,? (?:inc|llc)\.?)?[ ]*\n[ ]{0,12}(?:utilization review|peer review|review) (?:determination|decision|"
    r"notice)\b(?s:.)*?"
    r"\n[ ]{0,12}(?:claims administrator|health plan|payer|employer)[ ]?:",
    re.I,
)
_OWN_REVIEW = compiled(
    r"(?!.*\b(?i:health|plan|mutual|insurance|fund|trust|advantage|of)\b)(?!(?i:surgical|care|medical|clinical|imaging|"
    r"radiology|utilization|peer|scan|claims?|independent|case|coverage|external|internal|appeals?|"
    r"quality)\b)(?:[A-Z][\w&'-]*[ ]){1,3}"
    r"(?i:reviewers?|reviews?|review (?:services?|group|partners|associates|solutions)|utilization (?:group|services?|"
    r"partners)|medical group|physicians (?:group|ipa|network)|ipa)" + _INC + r"[.]?\Z"
)
