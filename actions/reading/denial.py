"""What a denial says: its numbers, dates, reasons, the criteria it cites, and what may be done about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from dateutil.relativedelta import relativedelta

from actions.reading.dates import DateHit, dates
from actions.reading.found import Found
from actions.reading.rules import any_of, pattern, rules
from actions.reading.text import Sentence


@dataclass(frozen=True)
class Deadline:
    """The time to appeal as the text puts it: its words, a number of days, or a date."""

    words: Found
    days: int | None
    date: date | None


@dataclass(frozen=True)
class Denial:
    """What was found; None or empty where the text does not say it."""

    member_id: Found | None = None
    reference_numbers: tuple[Found, ...] = ()
    notice_date: Found | None = None
    received_date: Found | None = None
    service_date: Found | None = None
    service: Found | None = None
    level: Found | None = None
    reasons: tuple[Found, ...] = ()
    criteria_cited: tuple[Found, ...] = ()
    deadline: Deadline | None = None
    peer_to_peer: Found | None = None
    peer_to_peer_phone: Found | None = None
    peer_to_peer_by: Found | None = None
    expedited: Found | None = None


def read_denial(sentences: list[Sentence], text: str, today: date, *, letter: bool, denied: bool) -> Denial:
    """`letter`: a payer wrote it. `denied`: it says that something was denied; reasons are read only then."""
    hits = [hit for hit in dates(text, today) if hit.precision == "day"][:_MOST_DATES]
    notice, received, service_date = _dated(hits, text, letter)
    # An approval's or a bill's "if we ever deny a service you may appeal" opens nothing.
    open_steps = denied or not letter
    since = notice.value if notice else today
    call, phone, by = _peer_to_peer(sentences, text, hits, since) if open_steps else (None, None, None)
    return Denial(
        member_id=_member_id(text),
        reference_numbers=tuple(_references(text)),
        notice_date=notice,
        received_date=received,
        service_date=service_date,
        service=_first(_SERVICE, sentences),
        level=_first(_LEVEL, sentences) if denied else None,
        reasons=tuple(_reasons(sentences, letter)) if denied else (),
        criteria_cited=tuple(_criteria(sentences)),
        deadline=_deadline(sentences, hits, since) if open_steps else None,
        peer_to_peer=call,
        peer_to_peer_phone=phone,
        peer_to_peer_by=by,
        expedited=_expedited(sentences) if open_steps else None,
    )


def _found(value: Any, sentence: Sentence, span: tuple[int, int], confidence: float) -> Found:
    return Found(value, *sentence.place(*span), confidence)


# --- numbers ---------------------------------------------------------------------------------------------------------

_VALUE = r"(?P<value>[A-Z0-9](?:[A-Z0-9/_.-]{2,28})(?:[ ][0-9]{2}(?![0-9/-]))?)"
_SEPARATOR = r"(?:[ ]?(?:is|was))?[ ]{0,3}[:#.]{0,2}[ ]{0,40}[#]?"
_PHONE = re.compile(r"(?<![0-9A-Za-z-])(?:\+?1[-. ]{1,2})?(?:\([0-9]{3}\)[ ]{0,2}|[0-9]{3}[-. ])[0-9]{3}[-. ][0-9]{4}(?![0-9])")
_PHONE_NUMBER = re.compile(r"(?:1-?)?[0-9]{3}[-. ]?[0-9]{3}[-. ][0-9]{4}\Z")
_DATE_NUMBER = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{1,4}\Z")
_FORM = re.compile(r"CMS-|OMB|FORM", re.I)


def _usable(value: str) -> bool:
    """Whether this can be an identifier: it has a digit and is no date, telephone number, money or form number."""
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


def _member_id(text: str) -> Found | None:
    """The number on the insurance card, where a label says so: beside it, or under it in a table."""
    for rule in _member_rules():
        for hit in rule.finditer(text):
            value = hit["value"].rstrip(".-/_")
            before = text[max(0, hit.start() - 14) : hit.start()].lower()
            if _usable(value) and not re.search(r"(?:case|claim|provider|tax|order|group|request|national|auth\w{0,10}|payer|plan)[ ]\Z", before):
                return Found(value, hit.start("value"), hit.start("value") + len(value), 0.97)
    return next((Found(v, s, e, 0.9) for v, s, e in _under(text, _MEMBER_HEAD) if _usable(v)), None)


_MEMBER_HEAD = re.compile(r"(?:member|subscriber|enrollee|insured|patient|medicaid) ?(?:id|number|no\.?|#)(?: ?(?:number|no\.?|#))?", re.I)
_REFERENCE_HEAD = re.compile(r"(?:reference|claim|case|auth(?:orization)?|request|order|tracking) ?(?:id|number|no\.?|#)(?: ?(?:number|no\.?|#))?", re.I)


def _under(text: str, head: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Values standing in the line under a table's heading, in its column."""
    offset, lines = 0, text.split("\n")
    for line, below in zip(lines, lines[1:]):
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
            rf"(?<![a-z])(?:{label})(?:[ ]?(?:id|number|num|nbr|no)\b\.?(?:[ ]?\(s\))?{_SEPARATOR}|[ ]?[:#][ ]{{0,40}}#?|"
            rf"[ ]\(#?)(?-i:{_VALUE})(?:(?:,| and|;)[ ](?-i:(?P<more>[A-Z0-9-]{{5,24}})))?",
            re.I,
        ),
        re.compile(rf"\b(?:{never})[ ]?[#:]?[ ]?\Z", re.I),
    )


def _references(text: str) -> Iterator[Found]:
    """Case, claim, authorization and reference numbers, each once, in order: never telephone numbers, dates or codes."""
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
    found += [Found(v, s, e, 0.9) for v, s, e in _under(text, _REFERENCE_HEAD) if _usable(v) and not _IMAGING_CODE.match(v)]
    for item in sorted(found, key=lambda f: f.start):
        if item.value not in seen:
            seen.add(item.value)
            yield item


_IMAGING_CODE = re.compile(r"(?:7[0-9]{4}|93[0-9]{3})\Z")


# --- dates -----------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _date_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The label that may stand right before a date, the surest first."""
    data = rules("labels")
    order = ("service_date", "received_date", "other_date", "notice_date")
    return tuple((name, re.compile(rf"(?<![a-z])(?:{'|'.join(data[name])})[ ]?[:#.-]{{0,2}}[ ]{{0,40}}\Z", re.I)) for name in order)


@lru_cache(maxsize=1)
def _head_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = rules("labels")
    order = ("service_date", "notice_date", "other_date")
    return tuple((name, re.compile(rf"(?:{'|'.join(data[name])})[ ]?:?", re.I)) for name in order)


_DENIED_BEFORE = re.compile(
    r"\b(?:denied|denial|denies|decision|non-?approval|determination|letter (?:is |was )?(?:dated|from)|turned (?:it |me |this |us )?down|rejected|"
    r"declined|notice (?:dated|of)|not approved|notified)\b[^.\n]{0,40}\Z",
    re.I,
)
_NOT_NOTICE = re.compile(
    r"\b(?:appeal|deadline|due|p2p|peer|before|until|til|till|by|service|dos|scheduled|request(?:ed)?|received|birth|since|started|saw|seen|"
    r"x-?ray|xray|mri on|film|visit|therapy|pt|fell|injur\w{1,3}|ct|effective|guidelines?)\b[^.\n]{0,24}\Z",
    re.I,
)
_ALONE = re.compile(r"[ ]{0,80}\Z")
_TOP = 25
_MOST_DATES = 200
_WRAPPED = 50


def _dated(
    hits: list[DateHit], text: str, letter: bool
) -> tuple[Found | None, Found | None, Found | None]:
    """(notice, received, service) dates."""
    by_role: dict[str, list[Found]] = {"notice_date": [], "received_date": [], "service_date": []}
    alone: list[Found] = []
    near: list[Found] = []
    for hit in hits:
        line = text.rfind("\n", 0, hit.start) + 1
        before = text[max(line, hit.start - 60) : hit.start]
        running = before
        if not before.strip() and line - text.rfind("\n", 0, max(0, line - 1)) > _WRAPPED:
            running = text[max(0, hit.start - 60) : hit.start].replace("\n", " ")
        role = next((name for name, rule in _date_labels() if rule.search(running)), None)
        confidence = 0.96
        if role is None:
            role, confidence = _heading_of(text, line, hit.start), 0.9
        if role == "notice_date" and not letter and _NOT_NOTICE.search(running):
            role = None
        if role in by_role:
            by_role[role].append(Found(hit.date, hit.start, hit.end, confidence))
            continue
        if role is not None:
            continue
        end = text.find("\n", hit.end)
        after = text[hit.end : end if end >= 0 else len(text)]
        if letter and _ALONE.match(before) and _ALONE.match(after) and text.count("\n", 0, line) < _TOP:
            alone.append(Found(hit.date, hit.start, hit.end, 0.9))
        elif letter and not after.strip() and before.endswith("   ") and text.count("\n", 0, line) < 8:
            alone.append(Found(hit.date, hit.start, hit.end, 0.8))
        elif _DENIED_BEFORE.search(running) and not _NOT_NOTICE.search(running):
            near.append(Found(hit.date, hit.start, hit.end, 0.75))
    notice = next(iter(by_role["notice_date"] or alone or near), None)
    return notice, next(iter(by_role["received_date"]), None), next(iter(by_role["service_date"]), None)


def _heading_of(text: str, line: int, place: int) -> str | None:
    """The role that the heading over a date gives it: the line before, or its column's heading."""
    column = place - line
    for _ in range(4):
        if line == 0:
            return None
        above = text.rfind("\n", 0, line - 1) + 1
        row = text[above : line - 1]
        line = above
        if not row.strip():
            return None
        for cell in re.finditer(r"[^ |](?:[^ |]|[ ](?=[^ |])){0,60}", row[:400]):
            if cell.start() <= column + 2 and cell.end() >= column:
                for name, rule in _head_labels():
                    if rule.fullmatch(cell.group().strip()):
                        return name
    return None


# --- reasons ---------------------------------------------------------------------------------------------------------


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
    r"\b(?:den(?:y|ied|ies|ial)|reject\w{0,3}|refus\w{0,3}|turned (?:\w{1,8} )?down|declin\w{0,3}|n't approve\w?|not approve\w?|said|says?|saying|"
    r"because|bc|cuz|reasons?|told|letter|claim(?:s|ing|ed)?|criteria|wants? me|supposedly|per|code|not met|due to|apparently|(?:CO|OA|PR|PI)-?[0-9]{2,3})\b",
    re.I,
)
_APART = 120


def _reasons(sentences: list[Sentence], letter: bool) -> Iterator[Found]:
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
                yield _found(name, sentence, span, 0.9 if letter else 0.8)
                break


_RUNS_ON = re.compile(r"[\"' ]{0,3}(?:not|no|it|they|need|must|the|does|did|insufficient|lack|conservative|had to|have to|i (?:need|have) to|should)\b", re.I)


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


# --- criteria --------------------------------------------------------------------------------------------------------

_CODE_NAMES = (
    r"(?:[A-Z]{2,4}-[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}|[A-Z]{2}\.[A-Z]{2}\.[0-9]{3,4}(?:\.[0-9A-Z]{1,2}){0,2}|RBM[0-9]{2}-[0-9]{4}(?:\.[0-9])?|"
    r"NIA_CG_[0-9]{1,4}|(?:NCD|LCD|NCA)[ ]?(?:[0-9]{2,3}(?:\.[0-9]{1,2}){1,2}|L[0-9]{5})|CPB[ ]?(?:no\.?|number|#)?[ ]?[0-9]{4}|CAM[ ]?[0-9]{2,4}|"
    r"(?:ECG|Evolent)[_ ][0-9]{3,4}(?:-[0-9]{1,2})?)"
)
_TITLE_WORD = r"(?:[A-Z][A-Za-z0-9/'-]{0,20}|and|And|AND|of|Of|OF|the|The|THE|for|For|FOR|&|eviCore|by|in)"
_NOUN = (
    r"(?:[Gg]uidelines?|GUIDELINES?|[Cc]riteria|CRITERIA|(?:[Cc]linical |[Mm]edical |[Cc]overage |CLINICAL |MEDICAL |COVERAGE ){1,3}(?:[Pp]olic(?:y|ies)|POLICY)(?: [Bb]ulletin| BULLETIN)?|"
    r"[Cc]overage [Dd]etermination|COVERAGE DETERMINATION|Policy(?: Bulletin)?)"
)
_TITLE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{_TITLE_WORD}[ ]){{1,10}}{_NOUN}(?:[ ](?:for|on)(?:[ ]{_TITLE_WORD}){{1,6}})?"
    rf"(?:,?[ ]?(?:[Ss]ection|[Nn]umber|[Nn]o\.?|#)?[ :#-]{{0,3}}(?:{_CODE_NAMES}|[0-9]{{3,4}}(?:-[0-9]{{1,2}})?(?![0-9/])))?"
    rf"(?:[ ,:-]{{1,3}}(?:[Ss]ection[ ])?(?:{_CODE_NAMES}[ :-]{{0,3}})?{_TITLE_WORD}(?:[ ]{_TITLE_WORD}){{0,8}})?"
    rf"(?:,?[ ]section[ ]{_CODE_NAMES}(?:[ ][A-Z][A-Za-z-]{{1,16}}(?:[ ](?:[A-Z][A-Za-z-]{{1,16}}|with|of|and|or)){{0,6}})?)?"
    rf"(?:,?[ ](?:[Vv]ersion[ ]|[Vv]|VERSION[ ])[0-9][0-9.]{{0,9}}[0-9])?(?:,?[ ](?:[Ee]ffective|EFFECTIVE|eff\.)[ ][0-9/]{{6,10}})?"
)
_BARE_CODE = re.compile(rf"(?<![A-Za-z0-9.-]){_CODE_NAMES}(?![A-Za-z0-9-])")
_PUBLISHER = re.compile(
    r"\b(?:interqual(?:[ ®]{0,2}(?:20[0-9]{2}))?(?: criteria| imaging criteria)?|mcg(?: (?:health|care guidelines|guidelines?|criteria))?(?: [0-9]{1,2}(?:th|st|nd|rd) edition)?|"
    r"milliman(?: care guidelines)?|acr appropriateness criteria|american college of radiology(?: \(?acr\)?)?(?: appropriateness)? (?:criteria|guidelines?)|acr (?:guidelines?|criteria)|"
    r"nccn(?: (?:clinical practice )?guidelines?)?|(?:clinical policy bulletin|cpb)[ :#]{0,3}(?:(?:no\.?|number)[ ])?[0-9]{4}|"
    r"(?:evi ?core|carelon|aim|nia|evolent|cohere|uhc|unitedhealthcare|cigna|aetna|humana|anthem)(?:'s)? (?:\w{2,14} ){0,4}(?:guidelines?|criteria|medical policy|clinical policy))\b",
    re.I,
)
_SUBJECT = re.compile(
    r"imag|spine|radiolog|brain|head\b|knee|musculo|mri|\bct\b|cardi|chest|abdom|pet\b|ultrasound|breast|oncolog|neuro|clinical guideline|bulletin|determination", re.I
)
_NOT_CRITERIA = re.compile(r"\b(?:privacy|appeals? polic|notice of|your policy|insurance policy|the policy|following criteria|approval criteria|appropriateness criteria\Z)\b", re.I)
_LEADING = re.compile(r"\A(?:(?:CRITERIA|Criteria|Policy|POLICY|GUIDELINES?|Guidelines?|Based|Per|PER|On|The|Our|We|Used|Using|Under|In|And|For|Of|By|the|and|of|for|by|in|According|To|This|Your)[ :]+)+")
_SECTION_OF_TEXT = re.compile(r"(?:section|sp|ms|hd)?[ ]?(?:50[0-9])\b", re.I)
_NOT_A_CODE = re.compile(r"(?:PA|EX|MH|CO|OA|PR|PI|CMS|ICD|COVID|TTY|MA|AB|ID|NO|PO|UT|OH|ZIP|REF|CLM|SR|TX|DOB|XYZ)-", re.I)
# Section codes of the reviewers' books: spine, musculoskeletal, head, chest, abdomen, cardiac, vascular, oncology, neck, breast, pelvis, nerve.
_SECTION = re.compile(r"(?:SP|MS|HD|CH|AB|CD|PV|PVD|ONC|NECK|BR|PN|PND|PEL|PEDS?[A-Z]{0,4}|MSK|RAD|NM)-[0-9]", re.I)


def _criteria(sentences: list[Sentence]) -> Iterator[Found]:
    """Guidelines and policies the text names, as written."""
    seen: set[str] = set()
    for sentence in sentences:
        text = sentence.text
        spans: list[tuple[int, int, float]] = []
        for hit in _TITLE.finditer(text):
            start = hit.start() + len(m.group()) if (m := _LEADING.match(hit.group())) else hit.start()
            words = text[start : hit.end()]
            if len(words.split()) >= 2 and not _NOT_CRITERIA.search(words) and (_SUBJECT.search(words) or _BARE_CODE.search(words)):
                spans.append((start, hit.end(), 0.9))
        for rule, confidence in ((_PUBLISHER, 0.92), (_BARE_CODE, 0.85)):
            for hit in rule.finditer(text):
                if rule is _BARE_CODE and re.match(r"[A-Z]{2,4}-", hit.group()) and not _SECTION.match(hit.group()):
                    continue
                if not any(a <= hit.start() < b for a, b, _ in spans):
                    spans.append((*hit.span(), confidence))
        for start, end, confidence in sorted(spans):
            words = text[start:end].rstrip(" ,.:-")
            if words.lower() not in seen:
                seen.add(words.lower())
                yield _found(words, sentence, (start, start + len(words)), confidence)


# --- deadlines, calls, urgent ------------------------------------------------------------------------------------------

_COUNT = (
    r"(?:(?:one hundred (?:and )?eighty|sixty[- ]five|sixty|ninety|thirty|one hundred (?:and )?twenty|forty[- ]five|fifteen|ten|"
    r"four|six|twelve|two)[ ](?:\([ ]?)?)?(?P<n>[0-9]{1,3})?\)?"
)
_NUMBER_WORDS = {"one hundred eighty": 180, "one hundred and eighty": 180, "sixty": 60, "sixty-five": 65, "sixty five": 65,
                 "ninety": 90, "thirty": 30, "one hundred twenty": 120, "forty-five": 45, "forty five": 45}  # fmt: skip
_WITHIN = re.compile(
    r"(?:within|in|no later than|not later than|up to|have|has|before|inside|window(?: of|:)?|deadline(?: is|:)?|limit(?: is|:)?|:|-|\()[ ]"
    r"(?:the |only |just )?(?:next |first )?"
    rf"(?:(?P<w>{'|'.join(_NUMBER_WORDS)})[ ]?)?\(?(?P<n>[0-9]{{1,3}})?\)?[ -]{{1,2}}(?:calendar |business |working |consecutive )?(?P<unit>days?|months?)"
    r"(?:[ ](?:of|from|after|following|since|to)[ ](?:the )?(?:date )?[^.,;:()]{0,70})?",
    re.I,
)
_APPEAL = re.compile(r"\b(?:appeals?|appealing|reconsideration|grievance|disagree|dispute|internal review|redetermination|review (?:of )?(?:this|our|the|your) (?:decision|claim|denial)|review this)\b", re.I)
_NOT_APPEAL_TIME = re.compile(
    r"\b(?:we will|we'll|we must|decide|give you (?:a|our) (?:written )?(?:decision|answer)|decision within|peer|p2p|doctor may call|provider may call|external|independent|"
    r"hearing|second[- ]level|keep|continu\w{1,6}|resolve|respond|your request (?:was|for)|copy of|old|scheduled|representative|court|lawsuit|civil action|hours|statute)\b",
    re.I,
)
_LAST_DAY = re.compile(
    r"\b(?:(?:appeal|file|filed|ask|received|request\w{0,3}|submitted|send|sent|reply|deadline|due|respond|dispute)\b[^.;]{0,60}?\b(?:by|until|till?|thru|through|before|on or before|no later than|not later than|is|due|:)|"
    r"last day (?:to|you can|for)[^.;]{0,40}?(?:is|:)|(?:appeal|filing) deadline(?: is| date)?:?|appeal (?:due|by)(?: date)?:?|deadline(?: to appeal)?(?: is)?:?)[ ]{1,3}\Z",
    re.I,
)


def _deadline(sentences: list[Sentence], hits: list[DateHit], since: date) -> Deadline | None:
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
                words = words or _found(None, sentence, span, 0.9)
        if until is None:
            for hit in hits:
                if not (sentence.start <= hit.start < sentence.end):
                    continue
                inside = _offset(sentence, hit.start)
                cue = _LAST_DAY.search(sentence.text, max(0, inside - 120), inside)
                if cue and (about or heard or "appeal" in cue.group().lower()) and not _PEER.search(cue.group()):
                    until = _future(hit, since)
                    whole = _found(None, sentence, (cue.start(), inside), 0.9)
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


def _days(text: str) -> tuple[tuple[int, int] | None, int | None]:
    """The place and number of the days to appeal ("6 months" has words but no number of days)."""
    for hit in _WITHIN.finditer(text):
        if hit["n"] is None and hit["w"] is None:
            continue
        clause = text[max(0, hit.start() - 60) : hit.start()]
        if _NOT_APPEAL_TIME.search(clause) or re.search(r"\b(?:in|on|of|from) \Z", clause) and hit.group().lower().startswith("-"):
            continue
        number = int(hit["n"]) if hit["n"] else _NUMBER_WORDS[" ".join(hit["w"].lower().split())]
        if hit["unit"].lower().startswith("month"):
            return hit.span(), None
        if 3 <= number <= 400:
            return hit.span(), number
    return None, None


_PEER = re.compile(
    r"\b(?:peer[- ]?to[- ]?peer|peer 2 peer|p2p|peer review (?:call|discussion)|physician[- ]to[- ]physician|clinical consultation|"
    r"(?:discuss|talk|speak|go over|review)\b[^.]{0,50}\b(?:with|to)\b[^.]{0,25}\b(?:one of our |our |a |an |the )(?:\w{1,14} ){0,3}(?:doctors?|medical directors?|physicians?|reviewers?|clinicians?|nurse reviewer))\b",
    re.I,
)
_NO_PEER = re.compile(r"\b(?:not available|no peer|not offered|cannot request|can't request)\b", re.I)
_FAX_BEFORE = re.compile(r"\b(?:fax|tty|tdd|facsimile)(?: (?:it )?(?:to|at|number|users call))?[:# ]{0,3}\Z", re.I)


def _peer_to_peer(
    sentences: list[Sentence], text: str, hits: list[DateHit], since: date
) -> tuple[Found | None, Found | None, Found | None]:
    """(words that offer a call between the doctors, its telephone number, its last day)."""
    first: Found | None = None
    for number, sentence in enumerate(sentences):
        hit = _PEER.search(sentence.text)
        if not hit or _NO_PEER.search(sentence.text):
            continue
        whole = _found(True, sentence, (0, len(sentence.text.rstrip())), 0.9)
        whole = replace(whole, start=whole.start + len(sentence.text) - len(sentence.text.lstrip()))
        first = first or whole
        cue = sentence.place(*hit.span())[0]
        end = sentence.end
        phone = _nearest_phone(text, sentence.start, end, cue)
        if phone is None and number + 1 < len(sentences):
            after = sentences[number + 1]
            if after.start - sentence.end < 120:
                phone = _nearest_phone(text, after.start, after.end, after.start)
        if phone is not None:
            by = next((Found(_future(d, since), d.start, d.end, 0.85) for d in hits if sentence.start <= d.start < end
                       and re.search(r"\b(?:by|til|till|until|thru|through|before|deadline)\b[^.]{0,12}\Z", text[max(sentence.start, d.start - 24) : d.start], re.I)), None)
            return whole, phone, by
    return first, None, None


def _nearest_phone(text: str, start: int, end: int, cue: int) -> Found | None:
    """The telephone number nearest to a place within start:end, fax and text-telephone numbers left out."""
    calls = [m for m in _PHONE.finditer(text, start, end) if not _FAX_BEFORE.search(text, max(0, m.start() - 24), m.start())]
    if not calls:
        return None
    best = min(calls, key=lambda m: abs(m.start() - cue))
    return Found(best.group(), best.start(), best.end(), 0.92)


_EXPEDITED = re.compile(r"\b(?:expedited?|fast(?:er|-track)? (?:appeal|review|decision)|urgent (?:appeal|review|request|care request)|rush(?:ed)? appeal|72[- ]hours?)\b", re.I)
_NOT_EXPEDITED = re.compile(r"\bnot (?:an )?(?:urgent|expedited)\b", re.I)


def _expedited(sentences: Iterable[Sentence]) -> Found | None:
    for sentence in sentences:
        hit = _EXPEDITED.search(sentence.text)
        if hit and not _NOT_EXPEDITED.search(sentence.text):
            return _found(True, sentence, hit.span(), 0.95)
    return None


_SERVICE = (
    ("post", pattern((r"explanation of (?:benefits|payment)", r"remittance", r"claim (?:number|no\b\.?|#|was|has been|is|denied)", r"already (?:had|received) (?:the|this) (?:service|test|mri|scan)",
                      r"post-?service", r"after (?:the|you received) (?:the |this )?service", r"retrospective", r"billed", r"amount (?:you|i) owe"))),
    ("pre", pattern((r"prior auth\w{0,10}", r"pre-?auth\w{0,10}", r"pre-?cert\w{0,10}", r"pre-?service", r"before (?:you|the patient|the member) (?:receives?|gets?|has)", r"request(?:ed)? (?:for|from|by)",
                     r"your request", r"this request", r"the request", r"asked (?:us|for)", r"(?:your|the) (?:doctor|provider)'s request", r"wants? (?:me )?(?:to )?"))),
    ("concurrent", pattern((r"concurrent review", r"continued stay"))),
)  # fmt: skip
_LEVEL = (
    ("external_upheld", pattern((r"(?:independent review|external review|iro)\b ... (?:upheld|upholds|agreed? with the (?:plan|denial))",))),
    ("second_upheld", pattern((r"second[- ]level (?:appeal|review|grievance)\b ... (?:upheld|denied|denial)", r"(?:upheld|denied)\b ... second[- ]level (?:appeal|review)"))),
    ("internal_upheld", pattern((r"(?:uphold|upheld|upholding) (?:the|our|its|this|that|their) (?:\w{1,12} ){0,3}(?:denial|decision|determination)", r"your (?:\w{1,10} )?appeal (?:was|is|has been) (?:denied|not approved|upheld)",
                                 r"(?:denied|rejected|turned down|upheld) (?:my|the|your|our|his|her) (?:first |internal )?appeal", r"(?:my|our|the|his|her) (?:first |internal )?appeal (?:was|got|is) (?:denied|rejected|turned down)",
                                 r"final (?:internal )?adverse (?:benefit )?determination", r"decision on your appeal", r"(?:denial|decision) (?:was|is|has been) upheld", r"lost (?:my|the|our) (?:first )?appeal"))),
)  # fmt: skip
_ONLY_IF = re.compile(r"\b(?:if|after we|when we|once we|may|after you get|until)\b", re.I)


def _first(table: tuple[tuple[str, re.Pattern[str]], ...], sentences: list[Sentence]) -> Found | None:
    for name, rule in table:
        for sentence in sentences:
            hit = rule.search(sentence.text)
            if hit and not _ONLY_IF.search(sentence.text):
                return _found(name, sentence, hit.span(), 0.8)
    return None
