"""Which date in a denial is which: the notice's, the day it came, the day of the service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache

from dateutil.relativedelta import relativedelta

from actions.reading.companies import mentions
from actions.reading.compiled import compiled
from actions.reading.dates import DateHit, dates
from actions.reading.found import Found
from actions.reading.rules import rules
from actions.reading.tables import cells


@lru_cache(maxsize=1)
def _date_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The labels that may stand right before a date; of two that do, the longer one is meant, else the first."""
    data = rules("labels")
    order = ("service_date", "received_date", "other_date", "notice_date", "fax_date", "print_date")
    return tuple(
        (
            name,
            compiled(
                rf"(?<![a-z])(?:{'|'.join(data[name])})[ ]?(?:[.]{{3,60}}|[:#.|=-]{{0,2}}|[ ]?\()[ ]{{0,40}}"
                rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[.,]{{0,2}}[ ]{{1,2}})?\Z",
                re.I,
            ),
        )
        for name in order
    )


@lru_cache(maxsize=1)
def _head_labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    data = rules("labels")
    order = ("service_date", "notice_date", "other_date")
    return tuple((name, compiled(rf"(?:{'|'.join(data[name])})[ ]?:?", re.I)) for name in order)


_DENIED_BEFORE = compiled(
    r"\b(?:denied|denial|denies|denyed|adverse|decision|non-?approval|determination|letter (?:is |was )?(?:dated|from)|"
    r"turned (?:it |me |this |us |him |her |them )?down|rejected|"
    r"said no|told no|declined|disapproved|refused|kicked (?:it |this )?back|sent (?:it )?back|shot down|went out|"
    r"knocked back|dnd|non-?cert\w{0,5}|non-?approved|notice (?:dated|of)|not approved|notified)\b[^.\n]{0,40}\Z",
    re.I,
)
# "Denied MRI ankle L 73721, UHC Community Plan (Medicaid), 11/10/26": a note's line that begins with the denial.
_BEGINS_DENIED = compiled(
    r"(?:\A|\n|[.;] )[ ]{0,3}(?:denied|denial)\b:?[ ](?:(?!\b(?:because|since|for|as|need\w{0,3}|until|"
    r"no)\b)[^.;\n]){0,90},[ ]\Z",
    re.I,
)
_NOT_NOTICE = compiled(
    r"\b(?:dup\w{0,7}|appeal|deadline|due|p2p|peer|before|until|til|till|by|service|dos|scheduled|request(?:ed)?|"
    r"received|"
    r"birth|since|started|saw|seen|"
    r"x-?ray|xray|film|visit|therapy|pt|fell|inj|injur\w{1,3}|ct(?! (?:scan )?on)|effective|guidelines?|"
    r"hurts?|twist\w{0,3}|tore|torn|popped|crash\w{0,2}|accident|wreck|mva|happened|began|begun|stopped|onset|"
    r"flare\w{0,2}|"
    r"surger(?:y|ies)|operat\w{2,4}|scope[sd]?|dx|diagnosed|diagnosis|csi|esi|injections?|shot|labs?|biops(?:y|ied)|"
    r"ekg|(?:it|scan|mri|test|was|were|been|already) (?:done|performed)|"
    r"found|(?:i|he|she|we|who|pt|patient|husband|wife|mom|mother|dad|father|son|daughter|sister|brother) "
    r"(?:had|did|got)(?! (?:turned|denied|rejected|refused|a denial|(?:a|the|this|our|my) (?:letter|notice)))|"
    r"fall|fainted|passed out|blacked out|collapsed|stroke|tia|seizures?|heart attack|miscarriage|"
    r"after (?:my|his|her|the|an?) (?!review|appeal|call|peer|second|first|denial|letter|request)\w+|"
    r"last (?:echo\w{0,10}|mri|ct|scan|visit|pet|one|ov|appt|study|test|"
    r"seen)|"
    r"(?:repeat|previous|prior|first|initial) (?:echo\w{0,10}|mri|ct|scan|pet|one|study|test))\b[^.\n]{0,24}\Z",
    re.I,
)
_CLINICIAN = (
    r"(?:doctor|dr|surgeon|pcp|physician|provider|specialist|clinic|ortho\w{0,12}|neuro\w{0,9}|cardio\w{0,8}|"
    r"onco\w{0,8}|"
    r"therapist|chiropractor|podiatrist|nurse|np|radiolog\w{1,4}|hospital)"
)
_ON_OF_IT = r"(?:(?!\b(?:den|got|receiv|reject|refus|declin|turned|they|came|back|said|notice))[^.\n])"
# "A letter from my surgeon dated …", "the letter I sent on …", "office note dated …": dates of other papers.
_ANOTHER_PAPER = compiled(
    rf"\b(?:from|by) (?:my |the |our |his |her |a )?{_CLINICIAN}\b[^.\n]{{0,24}}\Z|"
    rf"\b{_CLINICIAN}(?:'s)? (?:wrote|sent|mailed|faxed|note|letter|report)\b{_ON_OF_IT}{{0,30}}\Z|"
    rf"\b(?:i|we)(?:'ve| have)? (?:wrote|written|sent|mailed|faxed|submitted|filed)\b{_ON_OF_IT}{{0,36}}\Z|"
    r"\b(?:notes?|reports?|bill|invoice|receipt|lab|labs|referral|order|approv\w{1,4} (?:letter|notice))"
    r"(?: (?:is|was|were|are|from))? ?(?:dated|of|on)?[ ]\Z",
    re.I,
)
_FROM_A_CLINICIAN = compiled(rf"[ ](?:from|by) (?:my |the |our |his |her |a )?{_CLINICIAN}\b", re.I)
_OF_A_PART = (
    r"(?: (?:scan|angio\w{0,4}))?"
    r"(?: (?:of|for)(?: (?:my|the|his|her|their|both|left|right|lower|upper)){0,2} \w{3,12})?"
)
_PICTURE = rf"(?:pet ?[/-] ?ct|mri|mra|ct|pet|scan|imaging|echo\w{{0,12}}|ultrasound){_OF_A_PART} on"
_PICTURE_ON = compiled(rf"\b{_PICTURE}[ ]\Z", re.I)
# "They denied my knee MRI on October 30" dates the denial; "denied my claim for the MRI on October 30" does not.
_DENIED_ON = compiled(
    r"\b(?:denied|denying|non-?approved|declined|disapproved|rejected|refused|turned down|(?:said|"
    r"told \w{2,3}) no to)[ ]"
    rf"(?:(?:(?!claim|after|before|had|since)(?:(?:mrs?|ms|dr)\.|[\w/()'-]{{1,14}})[ ]){{0,8}}(?:{_PICTURE}|"
    rf"\(?(?:7[0-9]{{4}}|"
    rf"93[0-9]{{3}})\)?,? on|(?:request|referral|order|"
    rf"authorization|auth|service) on)|"
    r"(?:(?!(?:claims?|bill|after|before|had|have|since|done|taken|performed|because|bc|until|till|surgery|visit|"
    r"films?|x-?rays?|from|that|which|service|by|but|and)\b)(?:(?:mrs?|ms|dr)\.|[\w/()'&-]{1,16})[ ]){1,14}on)"
    r"[ ]\Z",
    re.I,
)
_CELL_START = compiled(r"(?:\A|\n|[ ]{2}|[|;*>(][ ]?|[.!?][ ]|(?:our|your|this|the)[ ])[ ]{0,3}\Z", re.I)
_LETTER_AFTER = compiled(
    r"[ ](?:denial[ ])?(?:letter|ltr|notice|denial|remit(?:tance)?|eob)\b(?![ ](?:came|arrived|got here))|"
    r",?[ ](?:is (?:what )?|that'?s (?:what )?)?(?:it says|it said|it reads|stands|is printed|is written|"
    r"is the (?:day|date))"
    r" (?:on|at|in)[ ](?:the )?(?:top|front|head|it|letter|paper|page|notice)\b",
    re.I,
)
# A paper in quotes that begins with its day: "Nov 18, 2026. Your request …".
_QUOTE_BEGINS = compiled(r"[ ]{0,4}[\"\u201c][ ]?")
_SENTENCE_NEXT = compiled(r"[.:]?[ ](?-i:[A-Z])", re.I)
_ALONE = compiled(r"[ ]{0,80}\Z")
_TOP = 25
_WRAPPED = 50
_SHORT_START = 30
"""Characters before a date at the start of a line that goes on with the sentence of the line above."""


def dated(hits: list[DateHit], text: str, today: date, letter: bool) -> tuple[Found | None, Found | None, Found | None]:
    """(notice, received, service) dates. `letter`: a payer wrote the text, so its layout counts."""
    by_role: dict[str, list[Found]] = {
        "notice_date": [], "received_date": [], "service_date": [], "fax_date": [], "mail_date": [], "print_date": [],
        "said_date": [], "sent_date": [],
    }  # fmt: skip
    alone: list[Found] = []
    head: list[Found] = []
    unnamed: list[DateHit] = []
    near: list[Found] = []
    upheld: list[Found] = []
    for hit in _said_plainly(hits if letter else _put_right(hits, text), text):
        if not letter and _of_another_paper(text, hit):
            continue
        line = text.rfind("\n", 0, hit.start) + 1
        end = text.find("\n", hit.end)
        end = end if end >= 0 else len(text)
        before = text[max(line, hit.start - 60) : hit.start]
        running = before
        goes_on = bool(not before.strip() and text[hit.end : end].strip())
        # "… disapproved the / request on 11/05": the sentence of the line above goes on.
        goes_on = goes_on or (before[:1].islower() and len(before) < _SHORT_START and not _label(before))
        if goes_on and line - text.rfind("\n", 0, max(0, line - 1)) > _WRAPPED:
            running = text[max(0, hit.start - 60) : hit.start].replace("\n", " ")
        if hit.words[:3].lower() == "on ":
            running += "on "
        role, confidence = None, 0.96
        if not letter and (_UPHELD_ON.search(running) or _UPHELD_AFTER.match(text, hit.end)):
            upheld.append(Found(hit.date, hit.start, hit.end, 0.8))
        label = _label(running)
        if label:
            role = label[0]
            begins = _CELL_START.search(running[: label[1]])
            if letter and _MAIL_LINE.match(text, line) and _STAMPED.search(before):
                # "From: Acme Health      Received: 11/19/2026": a portal's head in one line.
                role, confidence = "mail_date", 0.7
            elif role in ("notice_date", "other_date", "received_date") and _of_a_mail(text, line):
                # The day a mail was sent is the notice's where nothing in it bears another.
                role, confidence = "mail_date", 0.7
            elif role == "notice_date" and _STAMP.fullmatch(before) and _CLOCK.match(text, hit.end) and not letter:
                role, confidence = "mail_date", 0.7
            elif role == "notice_date" and letter and _FIRST_DECISION.search(running):
                role = "other_date"
            elif role == "notice_date" and letter and not begins and not _THIS_LETTER.search(running):
                # "The request dated …": a label inside a sentence says less than one that begins a line.
                role, confidence = "prose", 0.7
            elif role == "notice_date" and letter and begins and _OURS.fullmatch(begins.group()) and begins.start():
                # "Our decision of …" in a sentence may be an earlier one: the day that heads the letter comes first.
                role, confidence = "said_date", 0.7
            elif role == "notice_date" and not letter and (
                _TODAY.fullmatch(text[hit.start : hit.end]) or _TODAY.match(running, label[1])
            ):
                # "Came back denied this morning. Denial date 11/20": a day that is written says more.
                role, confidence = "said_date", 0.7
            elif role == "notice_date" and not letter and _SENT.match(running, label[1]):
                # "Ordered the MRI. Sent 11/2": the office sent that, unless no other day is told.
                role, confidence = "sent_date", 0.6
            elif role == "received_date" and not letter and _of_no_letter(text, running, label[1]):
                role = None
            elif not letter and _of_a_record(label, running, text[hit.end : end]):
                role = "other_date"
            elif role == "fax_date":
                # A payer's fax is its notice where it bears no other date; "my doctor faxed it on …" is neither.
                role, confidence = (role, 0.7) if letter and begins else (None, confidence)
        if role == "notice_date" and _BARE_DATE.fullmatch(before) and _PROCEDURE_NEXT.match(text, hit.end):
            role = "service_date"
        if _ABOVE_A_QUOTE.match(text, hit.end):
            role = "other_date"
        if role is None:
            role, confidence = _column_of(text, hit.start) or _heading_of(text, line, hit.start), 0.9
            if role and letter and before.strip() and _in_a_claim_line(text, line, hit, end):
                # "Svc 10/13/2026  72148  …": the line's own word says more than what stands lines above.
                role, confidence = "service_date", 0.85
        named = _OF_THE_LETTER.search(running) or (_RIGHT_BEHIND.search(running) and not _STILL_AHEAD.search(running))
        if role == "notice_date" and not letter and not named and _another_days(running):
            role = None
        visited = _CLAIM_FOR.search(running)
        other = _NOT_THE_TEST.search(running) or (letter and _HAD_BEFORE.search(running))
        if role == "service_date" and other and not visited:
            role = "other_date"
        if role is None and letter and _HAD_AT.match(text, hit.end) and _CODE_BEFORE.search(running):
            role, confidence = "service_date", 0.85
        if role in (None, "other_date") and _one_day(hit, hits, text):
            role, confidence = "service_date", 0.8
        if role == "service_date" and _CALLED_OFF.match(text, hit.end):
            role = "other_date"
        if role is None and letter and not before.strip() and _SUMMARY_ROWS.match(text, hit.end):
            role, confidence = "service_date", 0.9
        if role in (None, "service_date") and letter and _valid(hit, hits, text):
            role = "other_date"
        if role in (None, "other_date") and letter and _to_be_done(text, hit):
            role, confidence = "service_date", 0.8
        if role is not None and _approved_row(text, line, end):
            role = "other_date"
        if role is None and letter and _in_a_claim_line(text, line, hit, end):
            role, confidence = "service_date", 0.85
        if role == "prose" and text[:line].strip().count("\n") < _FIRST_LINES:
            head.append(Found(hit.date, hit.start, hit.end, 0.75))
            continue
        if role == "prose":
            if _DENIED_BEFORE.search(running) and not _another_days(running):
                near.append(Found(hit.date, hit.start, hit.end, confidence))
            continue
        if role in by_role:
            value = _nearest(hit, today) if role == "service_date" else hit.date
            by_role[role].append(Found(value, hit.start, hit.end, confidence))
            continue
        if role == "other_date" and running.lower().endswith("from ") and not _HOLDS_FROM.search(running):
            unnamed.append(hit)
        if role is not None:
            continue
        after = text[hit.end : end]
        top = text[:line].strip().count("\n") < _HEAD_LINES
        if top and (_of_a_head(text[line : hit.start]) or _pasted_head(text[line : hit.start])):
            head.append(Found(hit.date, hit.start, hit.end, 0.8))
        else:
            unnamed.append(hit)
        if letter and _ALONE.match(before) and _ALONE.match(after) and text.count("\n", 0, line) < _TOP:
            alone.append(Found(hit.date, hit.start, hit.end, 0.9))
        elif letter and (
            (_QUOTE_BEGINS.fullmatch(before) and _SENTENCE_NEXT.match(after))
            or (not after.strip() and _SET_OFF.search(before) and text.count("\n", 0, line) < 8)
        ):
            alone.append(Found(hit.date, hit.start, hit.end, 0.8))
        elif (
            _wrote_on(running)
            or _DENIED_BY.search(running)
            or _denied_on(text, line, hit)
            or (not letter and not before.strip() and _NOTE_OF_A_DENIAL.match(after))
            or (
                (_DENIED_AFTER.match(after) and not _another_days(running))
                or (_BEGINS_ON.search(running) and _WAS_DENIED.match(after))
                or (not letter and _BEGINS_ON.search(running) and _SENT_A_DENIAL.match(after))
                or (not letter and _stands_alone(text, hit))
                or (not letter and _LETTER_AFTER.match(after))
            )
        ):
            near.append(Found(hit.date, hit.start, hit.end, 0.8))
        elif not _another_days(running) and (
            _DENIED_BEFORE.search(running)
            or _DENIED_ON.search(running)
            or (not letter and _BEGINS_DENIED.search(text[max(0, hit.start - 110) : hit.start]))
        ):
            near.append(Found(hit.date, hit.start, hit.end, 0.75))
    heads = [found for found in head if not _of_a_form(found, hits, today)] if letter else []
    # Of mails passed on, the plan's own is the one inside all others.
    sent = by_role["fax_date"] or by_role["mail_date"][-1:]
    notices = by_role["notice_date"] or alone or heads or by_role["said_date"]
    notices = notices or (near or sent if by_role["mail_date"] else sent or near)
    notices = notices or by_role["print_date"] or _behind_a_name(unnamed, text)
    notices = notices or by_role["sent_date"] or ([] if letter else _of_a_row(hits, text))
    services = _of_a_picture(by_role["service_date"], text) or _served(unnamed, text, today)
    notice = next(iter(notices), None) if letter else _last_told(notices, by_role["received_date"], text)
    # Of two denials that a person tells, the later one, of the appeal, is in hand.
    notice = upheld[-1] if upheld else notice
    return notice, next(iter(by_role["received_date"]), None), next(iter(services), None)


_APPROVED_ROW = compiled(r"\b(?:approved|certified)\b", re.I)
_DENIED_ROW = compiled(r"\b(?:denied|not (?:approved|certified)|non-?(?:approved|certified))\b", re.I)


def _approved_row(text: str, line: int, end: int) -> bool:
    """Whether the line is a table's row of a service approved, while another's was denied: no day of this denial."""
    row = text[line:end]
    approved = _COLUMNS.search(row) and _APPROVED_ROW.search(row) and not _DENIED_ROW.search(row)
    return bool(approved and _IMAGING_CODE.search(row) and _DENIED_ROW.search(text))


_COLUMNS = compiled(r"[^ ][ ]{3,}[^ ]|[^ ][ ]?[|]")


# Medicare's summary sets the day and the place over the rows: "August 11, 2026  Brightwater / Service provided …".
_SUMMARY_ROWS = compiled(
    r"[ ]{1,20}[A-Z][^\n]{3,140}\n[ ]{0,8}services? provided\b|"
    r"[ ]{2,20}[A-Z][^\n]{3,90}?[ ]{2,}claim (?:number|no\b|id|#)",
    re.I,
)
# "To be done at Lakeview Radiology on …", "73721 at Summit Imaging on …": where a plan's own paper says it was to be.
_TO_BE_DONE = compiled(
    r"\b(?:(?:to be|will be|was to be) (?:done|performed|given|taken)|(?:scheduled|planned|booked)(?: to be done)?)"
    r"\b[^.;]{0,70}[ ]on[ ]\Z|\b(?:planned|scheduled|to be done) (?:at|for|with):?[ ][^.;:]{2,60}, \Z|"
    r"(?<![0-9.$,/-])(?:7[0-9]{4}|93[0-9]{3})(?:-(?:RT|LT|50|26|TC))?\)?,? (?:at|by|with)[ ](?-i:[A-Z])[^;]{2,70}[ ]"
    r"on[ ]\Z",
    re.I,
)
_VISIT_ON = compiled(r"(?:\A|\n)[ ]{0,12}(?:your )?(?:visit|care|services?) on[ ]\Z", re.I)
_SENTENCE = 140
"""Characters before a day in which its sentence says that the test was to be done."""


def _to_be_done(text: str, hit: DateHit) -> bool:
    """Whether a plan's paper says that the test was to be done, or was, on this day."""
    before = text[max(0, hit.start - _SENTENCE) : hit.start] + ("on " if hit.words[:3].lower() == "on " else "")
    return bool(_VISIT_ON.search(before) or _TO_BE_DONE.search(before.replace("\n\n", ". ").replace("\n", " ")))


_CALLED_OFF = compiled(
    r"[^.;\n]{0,40}\b(?:had to be|was|got|were|been) (?:called off|cancell?ed|postponed|put off|rescheduled|taken off)|"
    r"[^.;\n]{0,40}\b(?:didn'?t happen|did not happen)\b",
    re.I,
)


def _of_a_row(hits: list[DateHit], text: str) -> list[Found]:
    """The day that begins a row of an office's list of denials, where no cell bears another."""
    head = _ROW_DAY.match(text)
    return [Found(hit.date, hit.start, hit.end, 0.6) for hit in hits[:1] if head and head.start("day") == hit.start]


_ROW_DAY = compiled(r"[ |]{0,4}(?:[^|\n]{2,24}\|[ ])?(?P<day>[0-9])[0-9/-]{2,9}[ ]?\|")


def _behind_a_name(hits: list[DateHit], text: str) -> list[Found]:
    """Days that stand right behind a known plan's name and end there: "BlueCross of Tennessee, Oct 28. …"."""
    ends = [name.end for kind in ("payers", "reviewers") for name in mentions(text, kind)]
    return [
        Found(hit.date, hit.start, hit.end, 0.7)
        for hit in hits
        if _ENDS_THERE.match(text, hit.end)
        and any(_TO_ITS_DAY.fullmatch(text, end, hit.start) for end in ends if 0 <= hit.start - end < _NEAR_NAME)
    ]


_NEAR_NAME = 60
_TO_ITS_DAY = compiled(
    r"(?:[ ](?:of|[A-Z][\w.&']{1,16})){0,4}[,.:-]{0,2}[ \n]{1,3}(?:(?:dated|on|letter|notice)[ ]){0,2}"
)
_ENDS_THERE = compiled(r"[ ]?(?:[.:;\"]|-{1,2}[ ]|\n|\Z)")


def _of_a_picture(services: list[Found], text: str) -> list[Found]:
    """The days of service whose row names a picture, where rows of other services stand beside it."""
    rows = [text[text.rfind("\n", 0, day.start) + 1 : (text + "\n").find("\n", day.end)] for day in services]
    named = [day for day, row in zip(services, rows, strict=True) if _PICTURE_ROW.search(row)]
    return named or services


_PICTURE_ROW = compiled(
    r"\b(?:mri|mra|mrcp|ct|cta|pet(?:/ct)?|echo\w{0,12}|ultrasound|us|bone scan|scan)\b|"
    r"(?<![0-9.$,/-])(?:7[0-9]{4}|93[0-9]{3})(?![0-9])",
    re.I,
)
_OLD_FORM = 400
"""Days: what heads a letter and is older than this is the date of its form, where a later day stands in it too."""
# "You asked us to change our decision of …", "the denial dated … that you appealed": the first one's day.
_FIRST_DECISION = compiled(
    r"\b(?:chang(?:e|ed|ing)|review(?:ed|ing)?|reconsider\w{0,5}|appeal(?:ed|ing)?(?: of)?|disagree\w{0,3} with|"
    r"overturn\w{0,3}|reverse|uph[eo]ld(?:ing|s)?|affirm\w{0,3}|contest\w{0,3}|disput\w{1,3}|look\w{0,3} (?:again )?at|"
    r"second look at|regarding|about|against)[ ](?:of )?(?:our|the|that|a|an|its|their|this plan's|the plan's)[ ]"
    r"(?:\w{4,12}[ ]){0,2}(?:decision|denial|determination|notice|letter)(?: (?:of|dated|from|made|issued|sent|"
    r"on)){0,2}"
    r"(?: on)?[ ]\Z",
    re.I,
)
_OURS = compiled(r"[ ]?(?:our|your|the)[ ]{1,4}", re.I)
_HAD_AT = compiled(r",? (?:at|from|by|with) (?-i:[A-Z])", re.I)
_CODE_BEFORE = compiled(
    r"(?<![0-9.$,/-])(?:7[0-9]{4}|93[0-9]{3})\b[^.;\n]{0,20}\b(?:received|had|given|done)\b[^.;]{0,12}\Z", re.I
)
# "Encounter date", "quit date", "collected date": a record's days, whatever stands before the word.
_BARE_LABEL = compiled(r"date[ ]?(?:of|on)?[ ]?[:#.|=-]{0,2}[ ]{0,40}\Z", re.I)
_WORD_BEFORE = compiled(r"[a-z][ ]\Z", re.I)
_OF_A_PAPER = compiled(
    r"\b(?:the|my|its|it's|his|her|our|a|is|and|with|by|on|has|have|had|bears?|carries|got|their|that|letter|let+er|lettr|denial|denail|"
    r"notice)[ ]\Z",
    re.I,
)
_RECORD_BEHIND = compiled(
    r"(?![^\n]*\b(?:denied|denial|denies|refused|turned down)\b)[ ,;|-]{0,4}(?:visit|session|pt\b|ot\b|xr\b|x-?ray|"
    r"exam|chief complaint|cc\b|hpi|provider|dob|time|"
    r"age|psa|lab|result|impression|findings|subjective|eval)",
    re.I,
)
# A start of a medicine or a visit to come is no day of the scan's, unless the scan is named with it.
_NO_TESTS_DAY = compiled(
    r"\b(?:start|from)[ ]date[ :#=-]{0,4}\Z|"
    r"\A(?:(?!\b(?:mri|mra|ct|cta|pet|scan|echo\w{0,12}|ultrasound|imaging|test|study)\b).){0,60}"
    r"\b(?:appt|appointment)(?: date)?(?: (?:is|was|on|for|set for)){0,2}[ :]{1,3}\Z",
    re.I | re.S,
)


def _of_a_record(label: tuple[str, int], before: str, after: str) -> bool:
    """Whether a person's "date" is of their record: another word names it, or a visit or a result stands behind."""
    role, place = label
    if role == "service_date":
        return bool(_NO_TESTS_DAY.search(before))
    if role != "notice_date" or not _BARE_LABEL.fullmatch(before[place:]):
        return False
    named = _WORD_BEFORE.search(before[:place]) and not _OF_A_PAPER.search(before[:place])
    return bool(named or _RECORD_BEHIND.match(after))


def _of_a_form(found: Found, hits: list[DateHit], today: date) -> bool:
    """Whether a day at the head is so old beside the others that it can only be its form's: "Rev. 03/15/2024"."""
    old = today - timedelta(days=_OLD_FORM)
    return found.value < old and any(hit.date >= old for hit in hits)


def _pasted_head(before: str) -> bool:
    """Whether a letter's head was pasted behind a person's own words: "now i got this: Acme Health, November 18"."""
    own, mark, pasted = before.rpartition(": ")
    return bool(mark and own[:1].islower() and pasted.strip() and _of_a_head(pasted))


def _last_told(notices: list[Found], received: list[Found], text: str) -> Found | None:
    """The day a person gives the letter: the one behind a "no," or "I mean", and not that on which it came."""
    chosen = next(iter(notices), None)
    for other in notices[1:]:
        if chosen is None or other.value == chosen.value:
            continue
        came = any(each.value == chosen.value for each in received)
        if came or _TAKEN_BACK.search(text, chosen.end, other.start):
            chosen = other
    return chosen


# "Denied again on …", "appeal denied nov 10", "the second one is from …".
_UPHELD_ON = compiled(
    r"\b(?:(?:denied|rejected|refused|turned (?:it |me |us )?down|said no|no)(?: it| me| us)? (?:again|a second time)|"
    r"(?:second|2nd|new(?:er|est)?|latest|most recent) (?:denial|letter|notice|decision)(?: letter)?(?: is|"
    r" was| came)?(?: dated)?|"
    r"(?:second|2nd|new(?:er|est)?|latest|most recent) one,?(?: is| was| came)? (?:dated|from)|"
    r"(?:first|1st) (?:denial|letter|notice|decision)\b[^.\n]{0,40}\b(?:second|2nd) one(?: is| was)?(?: dated)?|"
    r"appeal(?: for (?:[\w-]{1,12} ){1,5}?|[ ])(?:was |got |is |has been |just )?(?:denied|rejected|turned down|"
    r"refused|"
    r"upheld|lost)|"
    r"(?:denied|rejected|refused|turned down|lost|upheld) (?:my|the|our|his|her|that)?(?: first| internal| level "
    r"one)? ?"
    r"appeal|(?:denial|decision) (?:was )?upheld|upheld(?: it| (?:the|their) (?:denial|decision))?(?: (?:on|after|"
    r"at) (?:the |my |our |first )*appeal)?)"
    r"(?:,? (?:it|back|on|dated|in|from|was|is|the|letter|says|said)){0,4}[ ]{1,2}\Z",
    re.I,
)
_UPHELD_AFTER = compiled(
    r"[, ]{1,2}(?:(?:they|it|the plan|insurance|they've|cigna|aetna|humana|uhc) )?(?:just |have |has )?"
    r"(?:upheld (?:it|the denial|their)|(?:denied|rejected|turned down|refused) (?:it again|us again|me again|"
    r"(?:my|our|the|his|her) (?:first )?appeal)|said no again)\b",
    re.I,
)
_TAKEN_BACK = compiled(
    r"(?:[.,;!(-]|\A)[ ]{0,2}(?:no|nope|sorry|oops|wait|actually|correction|i mean|i meant|scratch that|rather)\b", re.I
)
_PUT_RIGHT = compiled(
    r"[ ,.;!(-]{0,4}(?:(?:no|nope|sorry|oops|wait|actually|correction|i mean|i meant|scratch that|rather|make "
    r"(?:that|it)|"
    r"it'?s|it is|it was|the|on|dated|hm+|um+|uh|ugh)[ ,.!-]{1,3}){1,7}",
    re.I,
)
_PUTS_RIGHT = compiled(
    r"\b(?:no|nope|sorry|oops|wait|actually|correction|i mean|i meant|scratch that|rather|make)\b", re.I
)


def _put_right(hits: list[DateHit], text: str) -> list[DateHit]:
    """The days a person names, without one that the next takes back: "June 3rd, no wait, November 3rd"."""
    kept: list[DateHit] = []
    for hit in hits:
        between = text[kept[-1].end : hit.start] if kept else ""
        if kept and _PUT_RIGHT.fullmatch(between) and _PUTS_RIGHT.search(between):
            hit = replace(hit, start=kept.pop().start)
        kept.append(hit)
    return kept


# "Our records show that you had a bone scan on …": an earlier test's day, not the one denied.
_HAD_BEFORE = compiled(
    r"\b(?:had (?:an?|another|one|your)|already|previous(?:ly)?|prior|earlier|last|recent|records? (?:show|say|"
    r"indicate)s?)\b"
    r"[^.;\n]{0,50}\Z",
    re.I,
)
# "Denied by Aetna on 10/28", "turned down by the plan 11/2": whoever stands behind the "by".
_DENIED_BY = compiled(
    r"\b(?:denied|declined|rejected|refused|turned down|disapproved|not approved|non-?certified|kicked back|sent back)"
    r"[ ]by[ ](?:(?!(?:after|before|until|since|for|because|x-?ray|xray|visit|mri|ct|appeal)\b)[^\s,;:.]{1,20}[ ]){1,6}"
    r"(?:(?:back )?on[ ])?\(?\Z",
    re.I,
)
# "Aetna wrote me on …", "they sent the letter …", "me mandaron la carta el …": what the plan did on that day.
_WROTE = compiled(
    r"\b(?:wrote|written|writes?|sent|send|mailed|emailed|e-mailed|messaged|notified|informed|issued|mandaron|enviaron)"
    r"(?: (?:to|me|us|him|her|them|you|my|our|his|it|this|that|out|an?|the|letter|denial|notice|paper\w{0,4}|back|la|"
    r"una|carta|mom|dad|mother|father|wife|husband|son|daughter|parents?|office|clinic|doctor)){0,6}"
    r"(?:,? (?:on|dated|back|it's|its|the day|day|el|el dia|el d\u00eda)){0,2}[ ]\Z",
    re.I,
)
_OTHERS_WROTE = compiled(
    r"\b(?:i|we|i've|we've|doctor|dr\.?(?: [a-z'-]{2,20})?|doc|office|clinic|provider|nurse|pcp|surgeon|ortho|"
    r"hospital|you|"
    r"he|she|lawyer|attorney|records?|notes?|appeal|request|referral|order|fax|claim|bill)"
    r"(?: (?:already|then|finally|just|also|had|have|has|was|were|is|even|got))*[ ]\Z",
    re.I,
)


def _wrote_on(before: str) -> bool:
    """Whether the plan is said to have written or sent something on the day that follows."""
    hit = _WROTE.search(before)
    return hit is not None and not _OTHERS_WROTE.search(before[: hit.start()])


def _denied_on(text: str, line: int, hit: DateHit) -> bool:
    """Whether the sentence up to this day says that something was denied on it, however long what was denied is."""
    before = text[max(line, hit.start - _DENIED_FAR) : hit.start] + ("on " if hit.words[:3].lower() == "on " else "")
    return _DENIED_ON.search(before) is not None


_DENIED_FAR = 120
# "11/18 - Priority Health DENIED MRI": a line of notes that begins with its day.
_NOTE_OF_A_DENIAL = compiled(
    r"[ ]?[:-]{0,2}[ ](?:(?!(?:called|call|spoke|sent|faxed|pt|patient|appeal\w*|submitted|ordered|order|requested|dr|"
    r"p2p|re|not|was|were|if)\b)[\w&'./-]{1,16}[ ]){0,6}(?:(?:was|got|came back) )?(?:just )?(?:denied|denies|"
    r"denial|dnd|turned (?:it )?down|"
    r"rejected|refused|non-?certified|declined)\b",
    re.I,
)
_BEGINS_ON = compiled(r"(?:\A|[.!?;:(\n]|\b(?:and|but|then|so)|,)[ ]{0,3}(?:then )?(?:back )?on[ ]\Z", re.I)
def _stands_alone(text: str, hit: DateHit) -> bool:
    """Whether a day is a sentence of its own right behind one that tells of the denial: "Denied her MRI. 11/16."."""
    before = text[max(0, hit.start - _SENTENCE) : hit.start]
    return bool(_A_SENTENCE_ENDS.search(before) and _ENDS_HERE.match(text, hit.end) and _TOLD_OF_IT.search(before))


_A_SENTENCE_ENDS = compiled(r"[.!?;][\"']?[ ]\Z")
_ENDS_HERE = compiled(r"[.!;](?:[ \n]|\Z)")
_TOLD_OF_IT = compiled(r"\b(?:denied|denies|turned (?:\w{2,6} )?down|said no|refused|rejected|kicked back)\b", re.I)
# "On October 19 Acme sent me a denial": whoever is no clinic sent it.
_SENT_A_DENIAL = compiled(
    rf",?[ ](?:(?!(?:i|we|he|she|you|my|his|her|our|dr|{_CLINICIAN}|office|therapist|"
    rf"lawyer)\b)[\w'&.-]{{1,16}}[ ]){{1,5}}"
    r"(?:sent|mailed|issued|faxed|e-?mailed|wrote|gave|posted)[ ](?:[\w']{1,9}[ ]){0,4}"
    r"(?:letter|denial|notice|decision|rejection|no)\b",
    re.I,
)
_WAS_DENIED = compiled(
    r",?[ ](?:[\w'-]{1,12}[ ]){1,6}(?:was|were|got|has been|had been|is)[ ](?:denied|declined|refused|rejected|"
    r"turned down|not approved)\b",
    re.I,
)
# A denial's own word right before the day: "CT chest - denial 10/05", though a test is named a little before it.
_RIGHT_BEHIND = compiled(
    r"\b(?:denial|denied|den|dnd|decision|notice|letter|ltr|eob|remit|determination|non-?certified|status)"
    r"(?: (?:date|dt|dated|dtd|on|of))?[ ]?[:#(-]{0,2}[ ]{0,3}\Z",
    re.I,
)
_STILL_AHEAD = compiled(r"\b(?:before|until|till?|since|deadline|due|p2p|peer|dup\w{0,7})\b[^.,;\n]{0,24}\Z", re.I)
_CLAIM_FOR = compiled(r"\b(?:claim|bill|charges?|payment) for (?:your|the|her|his|a) (?:\w{3,10} )?visit on[ ]\Z", re.I)
_NOT_THE_TEST = compiled(
    r"\b(?:p2p|peer|call|visit|follow-?up|recheck|therapy|pt|surgery|operation|hearing|review|appeal|meeting|injection|"
    r"next|consult\w{0,6})\b[^.;\n]{0,24}\Z",
    re.I,
)


def _said_plainly(hits: list[DateHit], text: str) -> list[DateHit]:
    """The dates without a "today" that a written day follows.

    In a note or a message that bears its own day, "today" and "yesterday" count from that day.
    """
    own = _own_day(hits, text)
    plainly = []
    for number, hit in enumerate(hits):
        spoken = _TODAY.fullmatch(text[hit.start : hit.end])
        if spoken:
            after = hits[number + 1] if number + 1 < len(hits) else None
            if after and text[hit.end : after.start].strip(" ,(:") == "" and after.start - hit.end <= _CLOSE:
                continue
            if own and own is not hit:
                hit = replace(hit, date=own.date - timedelta(days=1 if spoken["before"] else 0))
        plainly.append(hit)
    return plainly


def _own_day(hits: list[DateHit], text: str) -> DateHit | None:
    """The day a note begins with or a message was stamped with, at its head or its end."""
    for hit in hits:
        before = text[text.rfind("\n", 0, hit.start) + 1 : hit.start]
        at_head = not _WEEKDAY.sub("", text[: hit.start]).strip(" [(-*\n,.:")
        if at_head or (_CLOCK.match(text, hit.end) and _STAMP.fullmatch(before)):
            return hit
    return None


_WEEKDAY = re.compile(r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b", re.I)
_CLOCK = re.compile(
    r",?(?: at)?[ ]{0,2}[0-9]{1,2}(?::?[0-9]{2})?[ ]?(?:[ap]\.?m?\b|h\b|:)|"
    r",?[ ](?:[0-9]{1,2}:|[01][0-9]|2[0-3])[0-5][0-9]\b(?![-/.])",
    re.I,
)
_STAMP = re.compile(
    r"[ ]{0,12}(?:sent|posted|message sent|received|voice ?mail\b[^\n.]{0,50}|call(?:ed)?|phone (?:call|note)|"
    r"tel(?:ephone)? (?:enc(?:ounter)?|note|call)|note|text(?:ed)?)?[ :,-]{0,3}(?:on )?"
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?[ ,]{1,2})?",
    re.I,
)
_TODAY = re.compile(r"today|this (?:morning|afternoon|am|pm)|(?P<before>yesterday)", re.I)
_CLOSE = 4
_SENT = re.compile(r"(?:sent|posted|mailed)(?: on)?[ :]{0,3}\Z", re.I)


def _valid(hit: DateHit, hits: list[DateHit], text: str) -> bool:
    """Whether the day begins or ends the time for which something holds: "11/18/2026 - 01/17/2027"."""
    return any(
        abs((other.date - hit.date).days) > _STAY
        and _RANGE.fullmatch(text[min(hit.end, other.end) : max(hit.start, other.start)])
        for other in hits
        if other is not hit and abs(other.start - hit.start) < _FAR + max(len(hit.words), len(other.words))
    )


_STAMPED = compiled(r"[ ]{2}(?:received|sent|posted|delivered)[ ]?:[ ]{1,4}\Z", re.I)
_HOLDS_FROM = compiled(r"\b(?:valid|good|effective|approved|authorized|active|covered)[ ]from[ ]\Z", re.I)
_STAY = 7
"""Days that one service takes at most."""


def _one_day(hit: DateHit, hits: list[DateHit], text: str) -> bool:
    """Whether "from … to …" names one and the same day, as the line of a service does."""
    # "Noviembre 14, 2026 / November 14, 2026" is one letter's day in two languages.
    in_words = any(c.isalpha() for c in text[hit.start : hit.end])
    return any(
        other.date == hit.date
        and other is not hit
        and _RANGE.fullmatch(text[hit.end : other.start])
        and not (in_words and "/" in text[hit.end : other.start])
        for other in hits
        if hit.end <= other.start <= hit.end + _FAR
    )


_RANGE = re.compile(r"[ ]{0,3}(?:to|thru|through|-|/)[ ]{0,3}", re.I)
_FAR = 12
_HEAD_LINES = 8
_FIRST_LINES = 2
# "Bismarck, 2 November", "ACME HEALTH | Notice | 11/03/26", "From ACME HEALTH, July 28": only names before it.
_HEAD_WORD = re.compile(
    r"(?:my)?[A-Z][\w.&'/,:;()-]*|of|the|for|and|at|to|dated|from|no\.?|[0-9]{1,5},?|[|*,.:;()/>-]{1,3}"
)
_DENIED_AFTER = re.compile(
    r"[, ]{1,2}(?:and )?(?:(?:we|they|it|you|insurance|(?:the|my|our) (?:plan|insurer|insurance|fund))[ ])?"
    r"(?:have |has |had |is |was )?(?:denied|not certified|non-?certified|declined|refused|rejected|turned|decided|"
    r"said no|not approved)\b|[ ]with (?:a|an|the|their|another) (?:denial|no|rejection|refusal)\b",
    re.I,
)


def _of_a_head(before: str) -> bool:
    return len(before) < 200 and all(_HEAD_WORD.fullmatch(word) for word in before.split())


def _served(hits: list[DateHit], text: str, today: date) -> list[Found]:
    """The day of a test that a claim is about: where a claim or a bill is spoken of, the day set behind the test."""
    if not _CLAIMED.search(text):
        return []
    found = []
    for hit in hits:
        before = text[max(0, hit.start - 90) : hit.start].replace("\n", " ")
        if _DONE_ON.search(before) or (_BEGINS_ON.search(_with_on(hit, before)) and _THEN_HAD.match(text, hit.end)):
            found.append(Found(_nearest(hit, today), hit.start, hit.end, 0.75))
            continue
        test = _TEST_ON.search(before)
        if (
            test
            and not _ITS_RESULT.match(text, hit.end)
            and not _EARLIER_TEST.search(before[: test.end()])
            and not _PLANNED_OR_SAID.search(before[test.start() :])
        ):
            found.append(Found(_nearest(hit, today), hit.start, hit.end, 0.75))
    return found


_CLAIMED = re.compile(
    r"\bclaims?\b|\bbill(?:ed|s)?\b|\beob\b|explanation of (?:benefits|payment)|\bremit|refused to pay|"
    r"\bpayment\b|\b(?:won'?t|will not|wouldn'?t|didn'?t|not) (?:be )?pay(?:ing)?\b|after the fact|\bcharged\b|"
    r"\bcame to \$|\bexpenses?\b",
    re.I,
)
def _with_on(hit: DateHit, before: str) -> str:
    """The words before a day, with the "on" that may have been read as part of it."""
    return before + ("on " if hit.words[:3].lower() == "on " else "")


# "On September 30 I had an ultrasound": the test stands behind its day.
_THEN_HAD = re.compile(
    r",?[ ](?:i|he|she|we|(?:my|our|his|her) \w{2,12})[ ](?:had|got|underwent|went (?:in )?for)[ ](?:an?|the|my|"
    r"his|her)[ ]"
    r"(?:[\w-]{2,14}[ ]){0,3}(?:mri|mra|mrcp|ct|cta|pet|scan|echo\w{0,12}|ultrasound|sonogram|mammogram)\b",
    re.I,
)
_TEST_ON = re.compile(
    r"(?:\b(?:mri|mra|mrcp|ct|cta|ccta|pet(?:/ct)?|scan|test|echo\w{0,12}|ultrasound|imaging|angiograph\w{1,2}|"
    r"mammogram|study|7[0-9]{4})\b(?:[^.\n;]|(?<=[0-9])[.](?=[0-9])){0,50}?(?:[ ,(]{1,2}(?:of|on|from|done|done on|"
    r"performed|performed on|had on|"
    r"taken|for)?)?|\b(?:done|performed|rendered|care received|care on|services?)(?: on)?[ ]?:?)[ ]\Z",
    re.I,
)
_DONE_ON = re.compile(
    r"\b(?:(?:one|mri|ct|scan|test|echo) (?:that |which )?(?:i|he|she|we) (?:have |"
    r"has )?(?:already )?had (?:it )?(?:done|performed)?|"
    r"(?:it|the (?:mri|ct|scan|test)|that|which) (?:was |were |had been |has been )(?:already )?(?:done|performed))"
    r"(?: back)?(?: on| in)?[ ]\Z",
    re.I,
)
_EARLIER_TEST = re.compile(
    r"\b(?:already had|had already|"
    r"last|previous|prior|earlier|recent|first|x-?rays?|since|before|same|another|after|compared|old|reviewed?|"
    r"read|(?:finds?|found|notes?|noted|shows?|see|saw|says?) that (?:an?|you|he|she|the (?:patient|"
    r"member)))\b[^;]{0,80}\Z",
    re.I,
)
_ITS_RESULT = re.compile(r",?[ ](?:and |which |that )?(?:show(?:s|ed)|found|was normal|is normal|were normal)\b", re.I)
_PLANNED_OR_SAID = re.compile(
    r"\b(?:denied|denial|request\w{0,3}|ordered|asked|until|by|received|dated|letter|notice|appeal|paid|order|injury|"
    r"injured|accident|onset|birth|born|since|before|after|visit)\b",
    re.I,
)


_OF_THE_LETTER = compiled(
    r"\b(?:letter|ltr|notice|denial|eob)(?:'?s| is| was)? (?:dated|dtd|from)[ ]\Z|"
    r"(?<!appeal )\b(?:letter|ltr|notice|eob)(?:'?s| is| was)[ ]\Z|"
    r"(?<!appeal )\b(?:letter|ltr|notice|denial|eob)\b[^.;\n]{0,30}?\b(?:dated|dtd)[ ]\Z|"
    r"\b(?:date|day) (?:on|of) (?:it|(?:the |my |this )?(?:letter|ltr|notice|denial|eob))(?: is| was| says)?[ ]\Z",
    re.I,
)
_THIS_LETTER = compiled(
    r"\bthis (?:letter|notice|decision),? (?:is |was )?(?:written|dated|issued|mailed|sent)(?: on| the|"
    r" this){0,2}[ ]\Z",
    re.I,
)
# "On Nov 20, 2026, at 8:40 AM, Sharon P. wrote:" heads what another mail said.
_ABOVE_A_QUOTE = compiled(r",?(?: at)? ?[0-9]{1,2}:[0-9]{2}[^\n]{0,80}\n?[^\n]{0,80}\bwrote:")
_SET_OFF = compiled(r"(?:[ ]{3}|[ ][|/-]{1,2}[ ]{1,4})\Z")
_MAIL_LINE = compiled(r"[ ]{0,12}(?:from|to|cc|subject|re)[ ]?:", re.I)
_MAIL_DATE = compiled(r"[ ]{0,12}(?:date|sent|received|posted|delivered)[ ]?:", re.I)
_IMAGING_CODE = compiled(r"(?<![0-9.$,/-])(?:7[0-9]{4}|93[0-9]{3})(?!-?[0-9/]|[.,][0-9])")
_BEFORE_DATE = compiled(
    r"(?:(?:svc|serv|service|dos|line)[ ]?[0-9]{0,3}[ ]?(?:[0-9]{4})?[ ]?)?(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}[ "
    r"-]{1,4})?\Z",
    re.I,
)
_ON = compiled(r"(?<!reviewed)(?<!decided)(?<!denied)(?<!received)(?<!determined)(?<!certified)\)?,? on[ ]\Z", re.I)
# "93306 requested by Dr Hall on …", "asked for on …": the day of the order, not of the test.
_ASKED_ON = compiled(
    r"\b(?:ask(?:ed|s)?|(?:denied|declined|refused|rejected|disapproved) by|request(?:ed|s)?|order(?:ed|s)?|"
    r"refer(?:red|s)?|submi\w{0,6}|prescri\w{0,5}|sent|wrote|faxed|"
    r"wants?|"
    r"wanted|appeal(?:ed)?|prior auth\w{0,10}|said|told|letter|notice|from)\b"
    r"(?:(?!\b(?:performed|done|rendered|provided|received|completed|took place)\b)(?:[^.;\n]|(?<=\bdr)[.])){0,60}\Z",
    re.I,
)
_NEXT_SENTENCE = compiled(r"(?<!\b[Dd]r)[.][ ](?=[A-Z])")
_SUMS = compiled(r"[ ]{2,40}\$?[0-9,]{1,8}\.[0-9]{2}\b")


def _of_a_mail(text: str, line: int) -> bool:
    """Whether the line is the date of a mail's head: it has a sender's, a reader's or a subject's line beside it."""
    if not _MAIL_DATE.match(text, line):
        return False
    above = text.rfind("\n", 0, max(0, line - 1)) + 1
    below = text.find("\n", line) + 1
    return bool((line and _MAIL_LINE.match(text, above)) or (below and _MAIL_LINE.match(text, below)))


def _billed_row(row: str) -> bool:
    """Whether a row bills a picture: its code and a sum."""
    return bool(_IMAGING_CODE.search(row) and re.search(r"\$[ ]?[0-9]", row))


def _in_a_claim_line(text: str, line: int, hit: DateHit, end: int) -> bool:
    """Whether the date is the service's in a line with an imaging code: it begins or ends it, or "on" leads to it.

    A date alone in its line over such a line is one too, where the claim is named between them.
    """
    before, after = text[line : hit.start], text[hit.end : end]
    if _IMAGING_CODE.search(after):
        return bool(_BEFORE_DATE.match(before.strip()))
    if not before.strip() and _PICTURE_ROW.search(after) and _A_SUM.search(after):
        return True
    if not before.strip() and not after.strip() and _CLAIM_BELOW.match(text, end):
        return True
    if not before.strip() and not after.strip() and text[:line].strip().count("\n") < _FIRST_LINES:
        return False
    if _IMAGING_CODE.search(before):
        sums = not after.strip() or _SUMS.match(after)
        code = [*_IMAGING_CODE.finditer(before)][-1]
        told = _ON.search(before) and not _ASKED_ON.search(before) and not _NEXT_SENTENCE.search(before, code.end())
        return bool(told) or bool(sums and before.endswith("  "))
    below = text[end : end + 500].split("\n\n")[0]
    if not after.strip() and _SET_OFF.search(before) and _billed_row(below.lstrip("\n").split("\n")[0]):
        return True
    if not before.strip() and not after.strip() and _CLAIM.search(below) and _IMAGING_CODE.search(below):
        return True
    return bool(_CELL_OF_CLAIM.search(before)) and any(
        _IMAGING_CODE.search(row)
        and _UNPAID.search(row)
        and (len(row.split()) <= _CELLS or len(_A_SUM.findall(row)) > 1)
        for row in _until_a_date(below)
    )


# Medicare's summary: the day alone, the office under it, then the claim's number.
_CLAIM_BELOW = compiled(r"\n[^\n]{0,90}\n[ ]{0,12}claim (?:number|no\b|id|#)", re.I)


def _until_a_date(below: str) -> list[str]:
    """The lines under a claim's day, up to the next that bears a day of its own."""
    rows = below.split("\n")[1:]
    last = next((number for number, row in enumerate(rows) if _A_DAY.search(row)), len(rows))
    return rows[:last]


_A_SUM = re.compile(r"\$?[0-9,]{1,8}\.[0-9]{2}\b")
_CELLS = 10
"""Words in a row of a claim at most: a paragraph that tells of a denied code is no row."""
_CELL_OF_CLAIM = re.compile(r"(?:\A|[ ]{2})\Z")
_A_DAY = re.compile(r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|\b(?:[A-Z][a-z]{2,8}\.? [0-9]{1,2}, )?20[0-9]{2}\b(?![-0-9])")
_UNPAID = re.compile(
    r"\bpaid[ :]{0,2}\$?0(?:\.00)?(?![0-9.])|covered\?[ ]?no\b|\bdenied\b|not covered|[ ]0\.00\b", re.I
)


_CLAIM = compiled(r"\bclaim (?:number|no\b|id|#)|\bbilled\b", re.I)


def about_when_it_came(text: str, today: date) -> Found | None:
    """The day that "I got the letter two weeks ago" comes to, which is to be confirmed."""
    for hit in dates(text, today):
        if hit.precision == "week" and day_it_came(text, hit) and hit.words.lower().endswith("ago"):
            return Found(hit.date, hit.start, hit.end, 0.5)
    return None


def day_it_came(text: str, hit: DateHit) -> bool:
    """Whether a person tells on this day only that the letter came: "got it 11/12"."""
    running = text[max(0, hit.start - 60) : hit.start]
    label = _label(running)
    return label is not None and label[0] == "received_date" and not _of_no_letter(text, running, label[1])


def _of_no_letter(text: str, running: str, at: int) -> bool:
    """ "He already had one on Sept 9", "last had it Tuesday": a thing that one has had, and no letter that came."""
    return bool(_HAD_ONE.match(running, at) and not _A_LETTER.search(text)) or bool(
        _HAD_ONE.match(running, at) and _OTHER_THING.search(running, 0, at)
    )


_HAD_ONE = compiled(r"had (?:it|this|that|one|mine)\b|(?:got|received) one\b", re.I)
_A_LETTER = compiled(r"\b(?:letters?|lettr|let+er|ltr|notices?|denials?|denail|eob|mail|paper(?:s|work)?|"
    r"envelope|dated)\b", re.I)
_OTHER_THING = compiled(
    r"\b(?:x-?rays?|xrs?|films?|mris?|cts?|scans?|ultrasounds?|echo\w{0,12}|tests?|stud(?:y|ies)|shots?|injections?|"
    r"pain|headaches?|fever|attacks?|seizures?|spells?|already|last)\b[^.;]{0,40}\Z",
    re.I,
)


def dates_another_paper(text: str, today: date) -> bool:
    """Whether the first day that a person names is another paper's than the plan's letter."""
    hits = dates(text, today)
    return bool(hits) and _of_another_paper(text, hits[0])


def _of_another_paper(text: str, hit: DateHit) -> bool:
    """Whether a person tells the day of a paper that is not the plan's: a note, an order, the appeal, a doctor's."""
    before = text[max(text.rfind("\n", 0, hit.start) + 1, hit.start - 60) : hit.start]
    return bool(_ANOTHER_PAPER.search(before) or _FROM_A_CLINICIAN.match(text, hit.end))


def _another_days(before: str) -> bool:
    """Whether these words make the date that follows another thing's than the denial's."""
    if _DENIED_ON.search(before):
        return False
    return bool(_NOT_NOTICE.search(before) or _PICTURE_ON.search(before))


# "Date   Service   Charge   Paid" heads the lines of a claim, "DATE 08 12 2026  PROC 72148" is one.
_OF_CLAIMS = re.compile(
    r"\b(?:services?|proc\w*|description|cpt|code)\b.*\b(?:charged?s?|billed|paid|allowed|amount)\b", re.I
)
_BARE_DATE = re.compile(r"[ ]{0,12}date[ :]{1,4}", re.I)
_PROCEDURE_NEXT = re.compile(
    r"[ ]{1,20}(?:(?:proc\w*|cpt|code|svc|service)[ :#]{1,3})?(?:7[0-9]{4}|93[0-9]{3})\b", re.I
)
_RUN_TOGETHER = re.compile(
    r"\b(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}[.]?[ ]?(?P<d>[0-9]{1,2}),"
    r"[ ]?(?P<y>20[0-9]{2})\b|"
    r"(?<![0-9/-])(?P<y3>20[0-9]{2})(?P<m3>0[1-9]|1[0-2])(?P<d3>[0-3][0-9])-20[0-9]{6}(?![0-9/-])|"
    r"(?<![0-9])(?P<y5>20[0-9]{2})(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12][0-9]|3[01])(?![0-9-])|"
    r"(?<![0-9])(?P<m4>0[1-9]|1[0-2])(?P<d4>[0-3][0-9])[ ](?P=m4)(?P=d4)(?P<y4>[0-9]{2})(?![0-9])|"
    r"\b(?P<d6>[0-9]{1,2})(?:st|nd|rd|th)?[ ]day[ ]of[ ](?P<n6>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]{0,6}"
    r",?[ ](?P<y6>20[0-9]{2})\b|"
    r"(?<![0-9/-])(?P<m2>0[1-9]|1[0-2])[ ](?P<d2>[0-3][0-9])[ ](?P<y2>20[0-9]{2})(?![0-9/-])|"
    r"(?<![0-9/-])(?P<d7>[0-3]?[0-9])-(?P<n7>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-"
    r"(?P<y7>(?:20)?[2-3][0-9])(?![0-9/-])|"
    r"(?<![0-9/-])(?P<d9>[0-3]?[0-9])[ ](?P<n9>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[ ](?P<y9>2[4-9])"
    r"(?=[ ][0-2][0-9]:?[0-5][0-9]\b|[ ]{0,3}(?:\n|\Z))|"
    r"(?<![0-9/-])(?P<d8>[0-3]?[0-9])[ ]de[ ](?P<n8>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|"
    r"setiembre|octubre|noviembre|diciembre)(?:[ ]del?)?[ ](?P<y8>20[0-9]{2})\b",
    re.I,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPANISH = {"ene": "jan", "abr": "apr", "ago": "aug", "dic": "dec", "set": "sep"}


def run_together(text: str) -> Iterator[DateHit]:
    """Days as scans and remittances write them: "June22,2026", "08 20 2026", "20260311-20260311"."""
    for hit in _RUN_TOGETHER.finditer(text):
        year, month, day = (_part(hit, letter) for letter in "ymd")
        try:
            day_read = date(2000 + year if year < 100 else year, month, day)
        except ValueError:
            continue
        yield DateHit(day_read, hit.group(), hit.start(), hit.end())


def _part(hit: re.Match[str], letter: str) -> int:
    """The year, month or day ("y", "m", "d") of whichever way of writing it was."""
    number = next((words for name, words in hit.groupdict().items() if name[0] == letter and words), None)
    if number is not None:
        return int(number)
    name = next(words for group, words in hit.groupdict().items() if group[0] == "n" and words)[:3].lower()
    return _MONTHS.index(_SPANISH.get(name, name)) + 1


def _label(before: str) -> tuple[str, int] | None:
    """The label that ends these words, and where it begins."""
    found = [(hit.start(), name) for name, rule in _date_labels() if (hit := rule.search(before))]
    if not found:
        return None
    start, name = min(found, key=lambda each: each[0])
    return name, start


def _nearest(hit: DateHit, today: date) -> date:
    """A service date may lie ahead: without its year it is the such day nearest to today."""
    if hit.stated_year:
        return hit.date
    return min((hit.date, hit.date + relativedelta(years=1)), key=lambda day: abs((day - today).days))


def _column_of(text: str, place: int) -> str | None:
    """The role that a list's column gives the date in it: "Payer | Study | Denied" over its rows."""
    head = next((cell.head for cell in cells(text) if cell.start <= place < cell.end), None)
    return next((name for name, rule in _head_labels() if head and rule.fullmatch(head)), None)


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
                        return "service_date" if name == "notice_date" and _OF_CLAIMS.search(row) else name
    return None
