"""What a denial says can be done: the time to appeal, the call between the doctors, an expedited review."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from dateutil.relativedelta import relativedelta

from actions.reading.dates import DateHit
from actions.reading.found import Found, in_sentence
from actions.reading.text import Sentence


@dataclass(frozen=True)
class Deadline:
    """The time to appeal as the text puts it: its words, a number of days, or a date."""

    words: Found
    days: int | None
    date: date | None


_COUNT = (
    r"(?:(?:one hundred (?:and )?eighty|sixty[- ]five|sixty|ninety|thirty|one hundred (?:and )?twenty|"
    r"forty[- ]five|fifteen|ten|"
    r"four|six|twelve|two)[ ](?:\([ ]?)?)?(?P<n>[0-9]{1,3})?\)?"
)
_NUMBER_WORDS = {
    "one hundred eighty": 180, "one hundred and eighty": 180, "sixty": 60, "sixty-five": 65, "sixty five": 65,
    "ninety": 90, "thirty": 30, "one hundred twenty": 120, "forty-five": 45, "forty five": 45,
}  # fmt: skip
_WITHIN = re.compile(
    r"(?:within|in|no later than|not later than|up to|have|has|before|inside|window(?: of|:)?|deadline(?: is|"
    r":)?|limit(?: is|:)?|:|-|\()[ ]"
    r"(?:the |only |just )?(?:next |first )?"
    rf"(?:(?P<w>{'|'.join(_NUMBER_WORDS)})[ ]?)?\(?(?P<n>[0-9]{{1,3}})?\)?[ -]{{1,2}}(?:calendar |business |"
    rf"working |consecutive )?(?P<unit>days?|months?)"
    r"(?:[ ](?:of|from|after|following|since|to)[ ](?:the )?(?:date )?[^.,;:()]{0,70})?",
    re.I,
)
_APPEAL = re.compile(
    r"\b(?:appeals?|appealing|reconsider(?:ation)?|grievance|disagree|dispute|internal review|redetermination|"
    r"review (?:of )?(?:this|our|the|your) (?:decision|claim|denial)|review this)\b",
    re.I,
)
_NOT_APPEAL_TIME = re.compile(
    r"\b(?:we will|we'll|we must (?:decide|give|answer|tell)|decide|give you (?:a|our) (?:written )?(?:decision|"
    r"answer)|decision within|peer|p2p|doctor may call|provider may call|external|independent|"
    r"hearing|second[- ]level|keep|continu\w{1,6}|resolve|respond|your request (?:was|for)|copy of|old|"
    r"scheduled|representative|court|lawsuit|civil action|hours|statute)\b",
    re.I,
)
_LAST_DAY = re.compile(
    r"\b(?:(?:appeal|file|filed|ask|received|request\w{0,3}|submitted|send|sent|reply|deadline|due|respond|"
    r"dispute)\b[^.;]{0,60}?\b(?:by|until|till?|thru|through|before|on or before|no later than|not later than|"
    r"is|due|:)|"
    r"last day (?:to|you can|for)[^.;]{0,40}?(?:is|:)|(?:have|has|got) (?:until|till?|thru|through)|(?:appeal|"
    r"filing) deadline(?: is| date)?:?|appeal (?:due|"
    r"by)(?: date)?:?|deadline(?: to appeal)?(?: is)?:?)[ ]{1,3}\Z",
    re.I,
)


def appeal_deadline(sentences: list[Sentence], hits: list[DateHit], since: date) -> Deadline | None:
    """The time the text gives for a first appeal: not the plan's time to decide, nor for a call or a later step."""
    words: Found | None = None
    days: int | None = None
    until: date | None = None
    heard = False
    for sentence in sentences:
        about = bool(_APPEAL.search(sentence.text))
        if (about or heard) and days is None:
            span, number = _days(sentence.text)
            if span:
                days = number
                words = words or in_sentence(None, sentence, span, 0.9)
        if until is None:
            for hit in hits:
                if not (sentence.start <= hit.start < sentence.end):
                    continue
                inside = _offset(sentence, hit.start)
                cue = _LAST_DAY.search(sentence.text, max(0, inside - 120), inside)
                if cue and (about or heard or "appeal" in cue.group().lower()) and not _PEER.search(cue.group()):
                    until = _future(hit, since)
                    whole = in_sentence(None, sentence, (cue.start(), inside), 0.9)
                    words = words or replace(whole, end=hit.end)
                    break
        heard = about
        if days is not None and until is not None:
            break
    return Deadline(words, days, until) if words else None


def _offset(sentence: Sentence, place: int) -> int:
    """Where a place in the plain text stands in the sentence's own text."""
    low, high = 0, len(sentence.text)
    while low < high:
        middle = (low + high) // 2
        if sentence.place(middle, middle)[0] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _future(hit: DateHit, since: date) -> date:
    """A deadline written without its year is the next such day."""
    value = hit.date
    while not hit.stated_year and value < since:
        value += relativedelta(years=1)
    return value


_LINE_BEFORE = re.compile(r"(?<=[0-9])[ ](?=appeal)", re.I)


def _days(text: str) -> tuple[tuple[int, int] | None, int | None]:
    """The place and number of the days to appeal ("6 months" has words but no number of days)."""
    for hit in _WITHIN.finditer(text):
        if hit["n"] is None and hit["w"] is None:
            continue
        # On a fax the line before ends in a number: "P2P: 800-555-0100" is no part of "APPEAL WITHIN 180 DAYS".
        clause = _LINE_BEFORE.split(text[max(0, hit.start() - 60) : hit.start()])[-1]
        if (
            _NOT_APPEAL_TIME.search(clause)
            or re.search(r"\b(?:in|on|of|from) \Z", clause)
            and hit.group().lower().startswith("-")
        ):
            continue
        number = int(hit["n"]) if hit["n"] else _NUMBER_WORDS[" ".join(hit["w"].lower().split())]
        if hit["unit"].lower().startswith("month"):
            return hit.span(), None
        if 3 <= number <= 400:
            return hit.span(), number
    return None, None


_PEER = re.compile(
    r"\b(?:peer[- ]?to[- ]?peer|peer 2 peer|p2p|peer review (?:call|discussion)|"
    r"(?:physician|doctor|doc)[- ]to[- ](?:physician|doctor|doc)|"
    r"clinical consultation|"
    r"(?:your|the) (?:doctor|clinician|provider|physician) (?:may|can) (?:also )?(?:speak|talk) (?:to|with) "
    r"(?:ours|one of ours|our (?:doctor|medical director|reviewer))|"
    r"(?:doctors?|providers?|physicians?|clinicians?|office) (?:may|can|could) (?:also )?(?:call|contact|phone|"
    r"reach)\b[^.]{0,40}\b"
    r"(?:medical director|physician reviewer|reviewing (?:doctor|physician)|clinical reviewer)|"
    r"(?:discuss|talk|speak|go over|review)\b[^.]{0,50}\b(?:with|to)\b[^.]{0,25}\b(?:one of our |our |a |an |"
    r"the )(?:\w{1,14} ){0,3}(?:doctors?|medical directors?|physicians?|reviewers?|clinicians?|nurse reviewer))\b",
    re.I,
)
_LAST_CALL = re.compile(
    r"\b(?:by|til|till|until|thru|through|before|deadline|closes?|ends?|expires?)\b[^.]{0,12}\Z", re.I
)
_NO_PEER = re.compile(r"\b(?:not available|no peer|not offered|cannot request|can't request)\b", re.I)
_PHONE = re.compile(
    r"(?<![0-9A-Za-z-])(?:\+?1[-. ]{1,2})?(?:\([0-9]{3}\)[ ]{0,2}|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?![0-9])"
)
_FAX_BEFORE = re.compile(r"\b(?:fax|tty|tdd|facsimile)(?: (?:it )?(?:to|at|number|users call))?[:# ]{0,3}\Z", re.I)


def peer_to_peer(
    sentences: list[Sentence], text: str, hits: list[DateHit], since: date
) -> tuple[Found | None, Found | None, Found | None]:
    """(words that offer a call between the doctors, its telephone number, its last day)."""
    first: Found | None = None
    for number, sentence in enumerate(sentences):
        hit = _PEER.search(sentence.text)
        if not hit or _NO_PEER.search(sentence.text):
            continue
        whole = in_sentence(True, sentence, (0, len(sentence.text.rstrip())), 0.9)
        whole = replace(whole, start=whole.start + len(sentence.text) - len(sentence.text.lstrip()))
        first = first or whole
        cue = sentence.place(*hit.span())[0]
        end = sentence.end
        phone = _nearest_phone(text, sentence.start, end, cue)
        if phone is None and number + 1 < len(sentences):
            after = sentences[number + 1]
            if after.start - sentence.end < 120:
                phone = _nearest_phone(text, after.start, after.end, after.start)
                end = after.end if phone else end
        if phone is not None:
            last_days = [
                d for d in hits if cue <= d.start < end and _LAST_CALL.search(text, max(cue, d.start - 24), d.start)
            ]
            by = next((Found(_future(d, since), d.start, d.end, 0.85) for d in last_days), None)
            return whole, phone, by
    return first, None, None


def _nearest_phone(text: str, start: int, end: int, cue: int) -> Found | None:
    """The telephone number nearest to a place within start:end, fax and text-telephone numbers left out."""
    calls = [
        m for m in _PHONE.finditer(text, start, end) if not _FAX_BEFORE.search(text, max(0, m.start() - 24), m.start())
    ]
    if not calls:
        return None
    best = min(calls, key=lambda m: abs(m.start() - cue))
    return Found(best.group(), best.start(), best.end(), 0.92)


_EXPEDITED = re.compile(
    r"\b(?:expedited?|fast(?:er|-track)? (?:appeal|review|decision)|urgent (?:appeal|review|request|"
    r"care request)|rush(?:ed)? appeal|72[- ]hours?)\b",
    re.I,
)
_NOT_EXPEDITED = re.compile(r"\bnot (?:an )?(?:urgent|expedited)\b", re.I)


def expedited(sentences: Iterable[Sentence]) -> Found | None:
    for sentence in sentences:
        hit = _EXPEDITED.search(sentence.text)
        if hit and not _NOT_EXPEDITED.search(sentence.text):
            return in_sentence(True, sentence, hit.span(), 0.95)
    return None
