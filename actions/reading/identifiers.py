"""The numbers of a denial: the member's, and those of the case, claim or authorization.

A number may be written in groups ("BHX 000 4421"). It goes on over single spaces while groups of a number follow, and
stops at a wider gap, a line's end, the next label, a date, a telephone number, a length of time or an imaging code.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from actions.reading.companies import mentions
from actions.reading.compiled import compiled
from actions.reading.found import Found
from actions.reading.rules import rules
from actions.reading.tables import cells

_GROUP = compiled(r"[A-Za-z0-9][A-Za-z0-9/_.*-]{0,28}")
_SPACED_OUT = compiled(
    r"(?:[A-Z]{2,4}[ ])?[A-Z0-9](?:[ ](?:-[ ])?[A-Z0-9](?![A-Za-z0-9])){4,15}(?![ ]?[/(][A-Za-z0-9])"
)
"""Figures set apart one by one, as a form's boxes or a person spelling leaves them: "8 0 0 6 1 2", "PK 0 2 - 9"."""
_SUFFIX = compiled(
    r"[ ](?:/[ ])?(?!(?:LT|RT|MD|DO|RN|NP|PA|MR|CT|US|AM|PM|ET|PT|ID|NO|OF|TO|BY|ON|IN|IS|RE|DX|PO)\b)[A-Z]{1,2}"
    r"(?=[ ]{2}|[ ]?[|,;)\n]|[.]?[ ]?\Z|[ ]?[.](?:[ \n]))"
)
"""A letter or two that end a number behind a space, at the end of a cell: "0 4471 2093 K", "26-09-4471 / A"."""
_SEPARATOR = (
    r"(?:[ ]on (?:it|(?:the|my|your|this|her|his|our|their) (?:letter|denial|card|notice|eob)))?"
    r"(?:[ ]?(?:is|was)(?:[ ](?:listed|given|shown|filed|logged|entered) as)?)?"
    r"(?:[ ]\([a-z ]{2,12}\))?[ \n]{0,3}(?:(?:[ ]?[.]){3,60}|[.][ ]:|[:#.|=]{0,2})[ ]{0,40}[#\"\u201c]?"
)
_SPEAKER = (
    r"(?:\[[^\]\n]{3,20}\][ ])?(?:me|you|caller|member|agent|rep|[A-Z][a-z]{2,12})(?:[ ][A-Z][a-z]{2,12})?"
    r"(?:[ ]\([^)\n]{2,24}\))?"
)
_ANSWERED = (
    rf"(?: please)?[?.]?(?: please)?[ ]?[ \n]{{1,3}}(?:{_SPEAKER}[ ]?:[ ]{{1,2}})?"
    r"(?:(?:sure|yes|ok|okay|yeah|it'?s|it is|its|that'?s|that is|uh|um)[,:. ]{1,2}){1,3}|"
    r"(?: please)?[?.](?: please)?[ ]?[ \n]{1,3}(?:me|you|caller|member|agent|rep)[ ]?:[ ]{1,2}|"
    rf"[ ]?[?][ ]?[ \n]{{1,3}}{_SPEAKER}[ ]?:[ ]{{1,2}}"
)
"""A number that answers a question: "the case number? It's …", "member ID? me: …"."""
_PHONE_NUMBER = compiled(r"(?:1[- ]?)?[0-9]{3}[-. ][0-9]{3}[-. ][0-9]{4}\Z")
# Groups of three, three and four are a usual member number too; a toll-free area code makes them a telephone number.
_TOLL_FREE = compiled(r"(?:1 )?8(?:00|22|33|44|55|66|77|88) [0-9]{3} [0-9]{4}\Z")
_DATE_NUMBER = compiled(
    r"(?:[0-9]{1,2}([-/. ])[0-9]{1,2}\1(?:[0-9]{2}|(?:19|20)[0-9]{2})|"
    r"(?:19|20)[0-9]{2}([-/. ])[0-9]{1,2}\2[0-9]{1,2})\Z"
)
_SHORT_DATE = compiled(r"[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?\Z")
_MONTH_DAY = compiled(r"[0-9]{1,2}/[0-9]{1,2}\Z")
_REMARK_CODE = compiled(r"(?:(?:MA?|N)|(?:CO|PR|OA|PI|EX)[ -]?)[0-9]{1,3}\Z")
_MONEY = compiled(r"[0-9]{1,6}\.[0-9]{2}\Z")
_DIAGNOSIS = compiled(r"[A-TV-Z][0-9][0-9A-Z]\.[0-9A-Z]{1,4}\Z")
# Groups as a telephone's, without a toll-free area code: a member's number where its label says so.
_OWN_GROUPS = compiled(r"(?!8(?:00|22|33|44|55|66|77|88)|555)[0-9]{3}-[0-9]{3}-[0-9]{4}\Z")
# "Sampleton, PA 15000-0000": the state, and no prior authorization.
_STATE = compiled(r"(?:\b(?!ID|NO)|(?<=, ))[A-Z]{2}[ ]{1,2}\Z")
_ZIP = compiled(r"[0-9]{5}-[0-9]{4}\Z")
# "11/20/26 1410" is the day and hour of a call, "L35175" one of Medicare's local rules of coverage.
_BEGINS_WITH_A_DAY = compiled(r"[0-9]{1,2}/[0-9]{1,2}/(?:20)?[0-9]{2}[ ]")
_COVERAGE_RULE = compiled(r"[LA][35][0-9]{4}\Z")
_FORM = compiled(r"CMS-|OMB|FORM|MRN\b|RADS\b", re.I)
# The blocks of codes that imaging has: "71820" is none.
_IMAGING_CODE = compiled(
    r"(?:7(?:0[0-5]|1[0-5]|2[0-2]|3[0-7]|4[0-7]|5[5-9]|6[0-9]|7[0-7]|8[0-9])[0-9]{2}|93[3-9][0-9]{2})\Z"
)
_COUNTED = compiled(
    r"[ -]?(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|visits?|times|pages?|of [0-9]|calendar|business|"
    r"working|mg|y/?o|am|pm|percent|%)\b",
    re.I,
)
_LEAST_BEFORE_CODE = 7
"""Characters of a number after which five figures that begin with 7 are an imaging code and no more of it."""
_LEAST_IN_BRACKETS = 3
_LEAST_BEFORE_COLON = 4
"""Figures of a group that may stand before a colon: fewer are an hour's, or a line's."""
# "26 0912 77310 0": a short group of figures that ends the cell, and no code before it.
_GOES_ON = compiled(r"[ ][0-9]{1,4}(?:[ ]{2}|[ ]?[|,;)\n]|[ ]?\Z)")
# "W 2281 77340": letters and four figures are no whole number yet.
_LETTERS_AND_FOUR = compiled(r"[A-Z]{1,3}[ ][0-9]{3,4}[ ]")
_LABEL_WORD = compiled(r"(?:REF|CLM|CASE|AUTH|ID|NO|NUM|NBR|IS|CPT|DOB|DOS|PO|FAX|TEL|PH)\Z")
_LONGEST = 30
_LEAST_SPACED = 4
_MOST_GROUPS = 6


def _number_at(text: str, start: int) -> tuple[str, int, int] | None:
    """(value, start, end) of the number whose first group stands here; None where no number does."""
    spaced = _SPACED_OUT.match(text, start)
    if spaced and _figures(spaced.group()) >= _LEAST_SPACED:
        return spaced.group(), start, spaced.end()
    end, place, digits = start, start, 0
    for _ in range(_MOST_GROUPS):
        group = _GROUP.match(text, place)
        if group is None:
            break
        words = group.group().rstrip(".-/_")
        stop = place + len(words)
        if stop - start > _LONGEST or not _is_group(text, words, place, stop, first=start):
            break
        figures = sum(c.isdigit() for c in words)
        digits += figures
        if figures:
            end = stop
        if stop != group.end() or text[stop : stop + 1] != " ":
            break
        place = stop + 1
    suffix = _SUFFIX.match(text, end) if digits >= _LEAST_SPACED else None
    end = suffix.end() if suffix else end
    return (text[start:end], start, end) if digits else None


def _is_group(text: str, words: str, start: int, end: int, *, first: int) -> bool:
    """Whether these characters are a group of a number: figures, letters and figures, or one to four capitals.

    `first` is where the number's first group begins.
    """
    figures = sum(c.isdigit() for c in words)
    if figures == 0:
        # Capitals alone belong to a number only where figures follow: "YRP 881 M 20417".
        letters = words.isupper() and len(words) <= (4 if start == first else 2) and not _LABEL_WORD.match(words)
        return letters and text[end + 1 : end + 2].isdigit()
    if not (words.isupper() or words.isdigit() or figures >= 3 or not any(c.isalpha() for c in words)):
        return False
    if start == first:
        return True
    long_enough = start - first >= _LEAST_BEFORE_CODE and not _LETTERS_AND_FOUR.fullmatch(text, first, start)
    code = _IMAGING_CODE.match(words) and long_enough and not _GOES_ON.match(text, end)
    return not (
        _SHORT_DATE.match(words) or _DATE_NUMBER.match(words) or _PHONE_NUMBER.match(words)
        or code or _COUNTED.match(text, end)
        or text[end : end + 1] == "%" or (text[end : end + 1] == ":" and figures < _LEAST_BEFORE_COLON)
        or (text[end : end + 1] == ")" and figures < _LEAST_IN_BRACKETS)
        or re.match(r"[0-9]{3}[-. ][0-9]{3}[-.][0-9]{4}", text[start : start + 14])
        or re.match(r"[0-9]{1,2}(?:st|nd|rd|th)\b", words, re.I)
    )  # fmt: skip


def _usable(value: str, *, labelled: bool = False) -> bool:
    """Whether this can be an identifier: it has a digit and is no date, sum, telephone number, ZIP or form number.

    `labelled`: a label says that it is one, and what looks like a ZIP ("Tracking #: 26315-0084") is none.
    """
    return bool(
        len(value) >= 4 and any(c.isdigit() for c in value)
        and not _DATE_NUMBER.match(value) and not _MONTH_DAY.match(value) and not _MONEY.match(value)
        and not _FORM.match(value) and not _BEGINS_WITH_A_DAY.match(value) and not _COVERAGE_RULE.match(value)
        and not _TOLL_FREE.match(value) and not _REMARK_CODE.match(value) and not _DIAGNOSIS.match(value)
        and not (" " not in value and _PHONE_NUMBER.match(value) and not (labelled and _OWN_GROUPS.match(value)))
        and not (_ZIP.match(value) and not labelled)
        and not re.match(r"(?:1-)?[0-9]{3}[-.][0-9]{3}[-.][0-9]{4}[ ]", value)
        and not re.match(r"[0-9]{2,3}(?:\.[0-9]{1,2}){1,2}\Z", value)
    )  # fmt: skip


def _figures(value: str) -> int:
    return sum(c.isdigit() for c in value)


_SURE_LABELS = 3
"""The first labels in `labels.yml` name the member; those after them are a bare "ID" or "member"."""
_OTHERS_ID = compiled(
    r"(?:case|claim|provider|tax|order|group|request|national|auth\w{0,10}|payer|plan|tracking|ref(?:erence)?|review|"
    r"transaction|confirmation|document|episode|appeal|event|facility|policy|npi|um|service|prior|"
    r"letter|issue|decision|file|inquiry|referral)[ ]\Z"
)


@lru_cache(maxsize=1)
def _member_rules() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Each label's expression, and how many digits a number needs after it."""
    made = []
    for i, label in enumerate(rules("labels")["member_id"]):
        if i < _SURE_LABELS:
            made.append((compiled(rf"(?<![a-z])(?:{label})(?:{_ANSWERED}|{_SEPARATOR})", re.I), 1))
            continue
        made.append(
            (compiled(rf"(?<![a-z])(?:{label})[ ]{{0,3}}(?:[:#|=]{{1,2}}|[.]{{3,60}})[ ]{{0,40}}[#]?", re.I), 1)
        )
        made.append((compiled(rf"(?<![a-z])(?:{label}){_ANSWERED}", re.I), 6))
        made.append((compiled(rf"(?<![a-z])(?:{label})(?:[ \n]is)?(?:[ ]{{1,40}}|[ ]{{0,3}}\n[ ]{{0,12}})", re.I), 6))
    return tuple(made)


def member_id(text: str) -> Found | None:
    """The number on the insurance card, where a label says so: beside it, or under it in a table."""
    for rule, least in _member_rules():
        for hit in rule.finditer(text):
            number = _number_at(text, hit.end())
            before = text[max(0, hit.start() - 16) : hit.start()].lower()
            if number and (_NUMBER_WORD.search(hit.group()) or number[0][0].isalpha() or "-" in number[0]):
                least = min(least, _LEAST_NAMED)
            sure = _NUMBER_WORD.search(hit.group()) is not None
            usable = number and _usable(number[0], labelled=sure) and _figures(number[0]) >= least
            if number and usable and not _OTHERS_ID.search(before):
                return Found(*number, 0.97)
    for hit in _NAMED.finditer(text):
        number = _number_at(text, hit.end())
        if number and _usable(number[0]) and _figures(number[0]) >= _SURE_FIGURES:
            return Found(*number, 0.85)
    segment = _MEMBER_SEGMENT.search(text)
    if segment:
        return Found(segment[1], *segment.span(1), 0.9)
    for number in _under(text, _MEMBER_HEAD):
        if _usable(number[0]):
            return Found(*number, 0.9)
    record = _RECORD_NUMBER.search(text)
    number = _number_at(text, record.end()) if record and _KAISER.search(text) else None
    if number and _usable(number[0]):
        return Found(*number, 0.8)
    return _beside_a_plan(text) or _beside_a_name(text) or _under_a_name(text)


# Kaiser's members have no other number than that of their medical record.
_KAISER = compiled(r"\bkaiser\b", re.I)
_RECORD_NUMBER = compiled(r"\bmrn[ ]?(?:number|no\.?)?[ ]?[:#]{0,2}[ ]{1,20}", re.I)
# Segments of an electronic remittance: the member's number behind "MI", the payer's own number of the claim.
_MEMBER_SEGMENT = compiled(r"\bNM1[* ]{1,3}[^\n~]{2,80}?[* ]MI[* ]{1,3}([A-Z0-9-]{5,20})")
_CLAIM_SEGMENT = compiled(
    r"\bCLP[*](?:[^*\n~]{0,30}[*]){6}([A-Z0-9-]{4,24})|\bREF[* ](?:F8|1K|BB|9F|G1)[* ]{1,3}([A-Z0-9-]{4,24})"
)
_NUMBER_WORD = compiled(r"(?:\b(?:id|no|number|num|nbr)\b[.]?|#)[ ]{0,3}[:#|=]{0,2}[ ]{0,40}\Z", re.I)
_LEAST_NAMED = 4


def _beside_a_plan(text: str) -> Found | None:
    """A number set off behind a plan, as offices write it: "(Aetna PPO, W 2210 44718)", "- Humana MA - H77120448 -"."""
    taken = {found.value for found in references(text)}
    for hit in _IN_BRACKETS.finditer(text):
        number = _number_at(text, hit.end())
        usable = number and _usable(number[0]) and _figures(number[0]) >= _SURE_FIGURES and number[0] not in taken
        if number and usable and any(True for _ in mentions(hit["plan"] or hit["dashed"], "payers")):
            return Found(*number, 0.8)
    return None


_IN_BRACKETS = compiled(
    r"(?:\((?P<plan>[A-Z][^()\n,;#]{2,40})(?:[,;#]|[ ]-)[ #]{1,3}(?=[A-Z0-9])|"
    r"[ ]-[ ](?P<dashed>[A-Z][^()\n,;#-]{2,30})[ ]-[ ](?=[A-Z]{1,4}[0-9]{6}))"
)


def _beside_a_name(text: str) -> Found | None:
    """A number set off behind a person's name, no label at it: "Ada Noone, EX-77-0042, request …"."""
    taken = {found.value for found in references(text)}
    for hit in _PERSON.finditer(text):
        number = _number_at(text, hit.end())
        if number is None or not _usable(number[0]) or number[0] in taken or _NO_PERSON.search(hit["name"]):
            continue
        mixed = any(c.isalpha() for c in number[0])
        if _figures(number[0]) >= (_LEAST_NAMED if mixed else _SURE_FIGURES + 1):
            return Found(*number, 0.75)
    return None


def _under_a_name(text: str) -> Found | None:
    """A number alone on the line under a person's name at the head of a letter, where no label stands at any."""
    taken = {found.value for found in references(text)}
    for hit in _PERSONS_LINE.finditer(text, 0, _HEAD):
        number = _number_at(text, hit.end())
        if number is None or text[number[2] : number[2] + 1] not in ("\n", "") or _NO_PERSON.search(hit["name"]):
            continue
        if number[0] not in taken and _usable(number[0]) and _figures(number[0]) >= _SURE_FIGURES:
            return Found(*number, 0.7)
    return None


_HEAD = 900
_PERSONS_LINE = compiled(
    r"(?:\A|\n)[ ]{0,12}"
    r"(?P<name>(?:[A-Z][A-Za-z'.-]{0,20}[ ]){1,3}[A-Z][A-Za-z'-]{1,24}),?[ ]{0,4}\n[ ]{0,12}(?=[A-Z0-9])"
)
_PERSON = compiled(
    r"(?:(?<=[\n:.,;|*(])|(?<=[ ]{2})|(?<=\b[Ff]or)|\A)[ ]{0,12}"
    r"(?!No\.|Nr\.|Id\b|Ref\b)(?P<name>(?:[A-Z](?:[a-z'-]|[A-Z'-](?![0-9])){0,20}[.]?[ ]){1,3}[A-Z](?:[a-z'-]|"
    r"[A-Z'-](?![0-9])){1,24})"
    r"(?:[ ]{0,2}[,|/(-][-|*]?|[ ][*]{1,2}|[ ]{2,3}(?=[A-Z0-9]))[ ]{0,2}(?=[A-Z0-9])"
)
_NO_PERSON = compiled(
    r"\b(?:plan|health|insurance|fund|trust|claims?|department|dept|office|unit|portal|group|center|imaging|radiology|"
    r"hospital|clinic|box|fax|phone|tel|street|road|ave|order|summary|form|code|cpt|mri|ct|pet|scan|notice|page|ref|"
    r"reference|case|service|date|line|bulletin|policy|guideline|section|version|part|mutual|hmo|ppo|services|provider|"
    r"appeals?|medical|benefits?|decision|review|member services|statute|act|title|check|chk|acct|account)\b",
    re.I,
)


_NAMED = compiled(
    r"(?:^|\n|[ ]{2})[ ]{0,12}(?:(?:[Mm]ember|MEMBER|[Mm]br|MBR|[Pp]articipant|[Bb]eneficiary|"
    r"[Pp]atient|PATIENT|[Ee]nrollee|[Ss]ubscriber|[Ii]nsured|"
    r"[Cc]ustomer)"
    r"[ ]?(?::|[.]{3,60})?|[Ff]or:?)[ ]{1,20}(?:[A-Z][\w.'-]{0,20}[ ,]{1,2}){1,4}(?:[/(|,-]|(?<=[ ])[ ]|"
    r"[ ]{2})[ ]{0,12}"
    r"(?:(?:No|Nr|Number|NO|ID|Id)\b[.]?[ ]?[:#]?[ ])?"
)
"""A person's name on a line of theirs, before the mark that sets the number off: "Member: P. Sample / 77-001"."""
_SURE_FIGURES = 6


_MEMBER_HEAD = compiled(
    r"(?:member|subscriber|enrollee|insured|patient|medicaid|mbr|sub|plan) ?(?:id|number|num|no\.?|#)"
    r"(?: ?(?:number|no\.?|#))?|mbi",
    re.I,
)
_REFERENCE_HEAD = compiled(
    r"(?:reference|ref|claim|clm|case|(?:prior )?auth(?:orization)?|tracking|icn|dcn|tcn|claim control|"
    r"(?:request|order)(?= ?(?:id|num|no|#)))"
    r"(?: ?(?:id|number|num|no\.?|#)(?: ?(?:number|no\.?|#))?)?",
    re.I,
)


_APPROVED = compiled(r"\b(?:approved|certified)\b", re.I)
_DENIED = compiled(r"\bdenied\b|\bnot (?:approved|certified)\b|\bnon-?certified\b", re.I)


def _under(text: str, head: re.Pattern[str]) -> Iterator[tuple[str, int, int]]:
    """Values standing under a table's heading, in its column: in the next line, or the first that was not approved."""
    approved = {cell.row for cell in cells(text) if _APPROVED.search(cell.text) and not _DENIED.search(cell.text)}
    for cell in cells(text):
        if head.fullmatch(cell.head) and cell.row not in approved:
            number = _number_at(text, cell.start)
            if number and number[2] <= cell.end:
                yield number
    offset, lines = 0, text.split("\n")
    for row, line in enumerate(lines):
        heads = [each for each in _CELL.finditer(line) if head.fullmatch(each.group().rstrip(":"))]
        place = offset + len(line) + 1
        for below in lines[row + 1 : row + 1 + _MOST_ROWS] if heads else ():
            if _APPROVED.search(below) and not _DENIED.search(below):
                place += len(below) + 1
                continue
            for column in heads:
                for value in re.finditer(r"(?<![^ ])(?<![^ ] )[A-Z0-9]", below):
                    number = _number_at(text, place + value.start())
                    if number and value.start() <= column.end() and number[2] - place >= column.start() - 2:
                        yield number
            break
        offset += len(line) + 1


_CELL = compiled(r"[^ ](?:[^ ]|[ ](?=[^ ])){0,60}")
_MOST_ROWS = 6
_GIVEN_AS = r"(?:listed|given|shown|filed|logged|entered) as"
_REVIEWER = r"(?:evicore|carelon|evolent|cohere|nia|aim)"


@lru_cache(maxsize=1)
def _reference_rules() -> tuple[tuple[re.Pattern[str], int], ...]:
    """Expressions for a label with its mark, and for a bare label, with the digits a number needs after each."""
    label = "|".join(rules("labels")["reference"])
    bare = "|".join(rules("labels")["bare_reference"])
    return (
        (
            compiled(
                rf"(?<![a-z])(?:{label})(?:[ ]?[.]?[ ]{{0,3}}(?:id|number|nu?mbr|num|nbr|no|n0)\b\.?(?:[ ]?\(s\))?,?"
                rf"{_SEPARATOR}|"
                rf"[ ]?(?:[:#|=](?:[ ]?[:#|=])?(?:[ ](?:is|was|on it(?: is)?)(?=[ ]))?|[.]{{3,60}})[ ]{{0,40}}"
                rf"[#\"]?(?:{_REVIEWER}[ ])?|"
                rf"[ ]\([a-z]{{2,5}}\)[ ]?[:#][ ]{{0,40}}|[ ]\(#?|[ ]{{2,30}}#)",
                re.I,
            ),
            1,
        ),
        (
            compiled(
                rf"(?<![a-z])(?:{bare})(?:[ ]on it)?(?:[ ](?:is|was)(?:[ ]{_GIVEN_AS})?)?[ \n]{{1,12}}[\"\u201c]?", re.I
            ),
            6,
        ),
        (
            compiled(
                rf"(?<![a-z])(?:{label}|{bare})(?:[ ](?:is|was)(?:[ ]{_GIVEN_AS})?|[.])?[ \n]{{1,20}}"
                rf"[\"\u201c]?(?={_MIXED})",
                re.I,
            ),
            3,
        ),
        # "and got a # on it 77A-4402": a number sign that stands for the word.
        (
            compiled(
                rf"(?:\b(?:a|the|its|their|this)[ ]|,[ ])(?:#|no\.|number)(?:[ ]on (?:it|that))?"
                rf"(?:[ ](?:is|was))?[ ]\"?(?={_MIXED})",
                re.I,
            ),
            4,
        ),
        (compiled(rf"(?<![a-z])(?:{label}|{bare})(?:[ ](?:id|number|no\.?|num))?(?:{_ANSWERED})(?={_MIXED})", re.I), 3),
        (compiled(rf"(?<![a-z])(?:{label})[ ](?:id|number|no\.?|num)(?:{_ANSWERED})(?=[0-9])", re.I), 6),
        (
            compiled(rf"\b(?:quote|mention|cite|refer to)[ ](?:(?:number|no\.?|file|case)[ ])?(?={_MIXED})", re.I),
            4,
        ),
        # The head of a mail: "Subj: EV-2026-60077 / name".
        (
            compiled(
                rf"(?:\A|\n)[ ]{{0,12}}(?:subj(?:ect)?|re)[ ]?:[ ](?:re:[ ]|[^\n]{{0,24}}\b(?:decision|denial|"
                rf"determination|claim|request|appeal)[^\n]{{0,12}}[,:#-][ ]{{1,2}})?(?={_MIXED})",
                re.I,
            ),
            6,
        ),
    )


@lru_cache(maxsize=1)
def _not_reference() -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(rules('labels')['not_reference'])})[ ]?[#:]?[ ]?\Z", re.I)


# "D-2611-33", "MH/SOC/26-3": no plain number, so a label before it is enough.
_MIXED = (
    r"(?:[a-z]{1,6}(?:[-/][a-z]{1,6}){0,2}[-/*]?[0-9]|[0-9]{1,8}(?:[-/.]|[a-z]{1,3}-?)[a-z0-9])"
    r"[a-z0-9./*-]{1,24}(?![a-z0-9/])(?<![0-9][.][0-9]{2})(?! days)"
)
_OTHER_CLAIM = compiled(
    r"\b(?:(?:already|previously|duplicate of|duplicates|paid|same as|billed)\b[^.\n]{0,40}|"
    r"processed\b(?![^.\n]{0,40},|[ ](?:on[ ])?[0-9])[^.\n]{0,40}|(?<=\. )see (?:also )?(?:our )?)\Z",
    re.I,
)
"""Words that make the claim named behind them another than the one denied."""
_WAS_PAID = compiled(
    r",?[ ](?:was|is|has been|had been)[ ](?:already |also )?(?:paid|processed and paid|approved)\b", re.I
)
# "88104, no wait, let me read it again, it's 88140552": the number that a person puts right.
_PUT_RIGHT = compiled(
    r"[,.;:]?[ \n-]{1,3}(?:no,? |oops,? |sorry,? )*(?:wait|no|sorry|oops|correction|i mean|scratch that|actually)\b"
    r"[^.\n0-9]{0,50}?[ \n](?=[A-Z]{0,4}[0-9-]{4})",
    re.I,
)
_MORE = compiled(r"(?:[ ]\((?:left|right|[a-z]{2,10})\))?(?:,| and|;)[ ](?=[A-Z0-9-]{5,24}\b)")


def _of_an_approval(text: str, place: int) -> bool:
    """Whether the number's line is of a service approved, and another line's is denied: no number of this denial."""
    line, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
    row = text[line : end if end >= 0 else len(text)]
    approved = _APPROVED.search(row) and not _DENIED.search(row)
    return bool(approved and _DENIED.search(text)) or bool(_WAS_FOR.search(text, line, place))


def _approved_elsewhere(text: str, value: str) -> bool:
    """Whether a row of what was approved begins with this number, while another was denied."""
    place = text.find("\n  " + value)
    return place >= 0 and _of_an_approval(text, place + 1)


# "Pre-auth was for LEFT knee (auth 260110-9)": an authorization given for something else.
_WAS_FOR = compiled(r"\bauth\w{0,10} (?:was|is|had been) (?:only )?(?:for|given for)[ ][^.;\n]{2,40}\Z", re.I)


# "A228841907 is the service reference number", "77-201-A (claim number)": what it is stands behind it.
_NAMED_BEHIND = compiled(
    r"(?<![\w$./-])(?P<number>[A-Z0-9][A-Z0-9-]{4,20})[\"']?"
    r"(?:,?[ \n](?:is|was|that'?s|as)(?:[ \n](?:the|my|a|an|its|their|her|his|your|our|listed|given))*[ ][\"']?|[ ]\()"
    r"(?:\w{4,9} )?(?:reference|ref|case|claim|auth\w{0,10}|tracking|request|appeal|denial|confirmation)[ ]"
    r"(?:number|no\b\.?|num|id|#)",
    re.I,
)
# "AUTH REQ 9C2210-7": the second word of a label is no part of the number.
_LABEL_INSIDE = re.compile(r"(?:REQ|REQUEST|REF|NUM|NBR|ID|ICN|DCN|TCN|CCN|CLM)[ ](?=\S*[0-9])", re.I)


def references(text: str) -> Iterator[Found]:
    """Case, claim, authorization and reference numbers, each once, in order; no telephone numbers, dates or codes."""
    found: list[Found] = []
    for rule, least in _reference_rules():
        for hit in rule.finditer(text):
            line = max(text.rfind("\n", 0, hit.start()) + 1, hit.start() - 60)
            if _not_reference().search(text, max(0, hit.start() - 16), hit.start()):
                continue
            if _OTHER_CLAIM.search(text[line : hit.start()]) or _of_an_approval(text, hit.start()):
                continue
            number = _number_at(text, hit.end())
            if number is None or (_figures(number[0]) < least and not _SPACED_OUT.fullmatch(number[0])):
                continue
            if _WAS_PAID.match(text, number[2]):
                continue
            again = _PUT_RIGHT.match(text, number[2])
            number = (again and _number_at(text, again.end())) or number
            found.append(Found(*number, 0.96))
            more = _MORE.match(text, number[2])
            second = _number_at(text, more.end()) if more else None
            if second:
                found.append(Found(*second, 0.96))
    for hit in _NAMED_BEHIND.finditer(text):
        number = _number_at(text, hit.start("number"))
        if number and number[2] == hit.end("number") and _figures(number[0]) >= _LEAST_NAMED:
            found.append(Found(*number, 0.85))
    found += [
        Found(hit[hit.lastindex or 0], *hit.span(hit.lastindex or 0), 0.9) for hit in _CLAIM_SEGMENT.finditer(text)
    ]
    found += [Found(*number, 0.9) for number in _under(text, _REFERENCE_HEAD)]
    seen: set[str] = set()
    for item in sorted(found, key=lambda f: f.start):
        if item.value in seen or _LABEL_INSIDE.match(item.value) or _approved_elsewhere(text, item.value):
            continue
        no_case = _PHONE_NUMBER.match(item.value) or _STATE.search(text, max(0, item.start - 5), item.start)
        if _usable(item.value, labelled=not no_case) and not _IMAGING_CODE.match(item.value):
            seen.add(item.value)
            yield item
