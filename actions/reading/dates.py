"""Dates and lengths of time in plain words: "Nov 2, 2026", "since Labor Day", "two weeks ago", "x 8 wks".

What only looks like a time is masked first: ages, birth dates, pain scores, strength grades, spine levels, codes,
doses, "3 times a week", money and telephone numbers. A date without a year is the latest one not after `today`. A
length given as a range is its smaller end; a month is 52.1775/12 weeks, a day 1/7. Nothing here raises on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, Union

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from actions.reading.compiled import compiled
from actions.reading.text import flat

Precision = Literal["day", "week", "month", "season", "year"]


@dataclass(frozen=True)
class DateHit:
    """A calendar date and the words it was read from. `precision` tells a day from "in March" (then its first day).

    `stated_year` is False where the year was not written and the latest past one was taken.
    """

    date: date
    words: str
    start: int
    end: int
    precision: Precision = "day"
    stated_year: bool = True


@dataclass(frozen=True)
class Duration:
    """A length of time in weeks (one decimal). `since` and `until` are set where they were said, else None.

    Where only a month, a season or a year was said, the weeks are those since its last day.

    `first_day` and `last_day` are those of them that were said to the day: "since March" names no day.
    """

    weeks: float
    since: date | None
    words: str
    start: int
    end: int
    until: date | None = None
    first_day: date | None = None
    last_day: date | None = None
    over: bool = False
    """Whether it ended before today: what still lasts is not as long as that."""


_MASK = "\x1f"
_MOST_OF = 0.8
"""What "the better part of a year" is taken for: more than half of it, and not all."""
_WEEKS_PER = {"day": 1 / 7, "week": 1.0, "month": 52.1775 / 12, "year": 52.1775}
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90,
    "a couple of": 2, "a couple": 2, "couple of": 2, "couple": 2, "a few": 3, "few": 3, "several": 3, "half a": 0.5,
    "half of a": 0.5, "a": 1, "an": 1,
}  # fmt: skip
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
           "november", "december")  # fmt: skip
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|janu?r?a?ry|feb(?:ur|r?u)ary|septe?m?e?ber|oct[eo]?b[eo]r|nove?m?e?mber|dece?m?e?mber)"
)
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BY_LETTERS = {"mo": 0, "tu": 1, "te": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_DAY = r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)"
_FULL_DAY = (
    r"(?:monday|tuesday|tuseday|teusday|wednesday|wensday|wendsday|wednsday|wedensday|thursday|thrusday|thursay|friday|"
    r"saturday|saterday|sunday)"
)
# The first day of each season by the calendar: a later start than the weather's, so that a length is not overstated.
_SEASONS = {"spring": (3, 20), "summer": (6, 21), "fall": (9, 22), "autumn": (9, 22), "winter": (12, 21)}

_S = r"[ \n]{1,3}"
_NUMBER_WORD = (
    r"(?:half(?: of)? an?|an? couple(?: of)?|couple(?: of)?|an? few|few|several|one|two|three|four(?:teen)?|five|"
    r"six(?:teen|ty)?|seven(?:teen)?|eight(?:een)?|nine(?:teen|ty)?|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|"
    r"forty|fifty|an?)"
)
_NUMBER = rf"(?:[0-9]{{1,3}}(?:\.[0-9]{{1,2}})?(?:[ ]?1/2)?|{_NUMBER_WORD})"
_UNIT = (
    r"(?:days?|dys?|weeks?|weeeks?|weeks?|weks|wekes|weesk|weaks|wks?|months?|monthes|motnhs?|monhts?|moths|mnths?|"
    r"mths?|mos?|years?|yeras|yrs?)"
)


def _flag(pattern: str) -> re.Pattern[str]:
    return compiled(pattern, re.IGNORECASE)


_DIGITS = tuple("0123456789")
# Each with words of which one must stand in the text, so that most cost nothing.
_MASKS: tuple[tuple[tuple[str, ...], re.Pattern[str]], ...] = (
    # money, telephone and fax numbers, doses and amounts
    (("$",), _flag(r"\$[ ]?[0-9][0-9,.]{0,12}")),
    (_DIGITS, _flag(r"(?<![0-9])(?:\+?1[-. ])?\(?[0-9]{3}\)?[-. ][0-9]{3}[-. ][0-9]{4}(?![0-9])")),
    (_DIGITS, _flag(r"(?<![0-9.])[0-9]{1,4}(?:\.[0-9]{1,3})?[ ]?(?:mg|mcg|ml|cc|cm|mm|kg|lbs?|pounds|units?|iu|degrees|"
                    r"miles?|feet|percent|%)(?![a-z])")),
    # ages and births
    (("old", "of age"), _flag(r"(?<![0-9])[0-9]{1,3}[- ]?(?:years?|yrs?|y|months?|weeks?|days?)[- ]?(?:old|of age)\b")),
    (("yo", "y/o", "y.o", "yr/o"), _flag(r"(?<![0-9])[0-9]{1,3}[- ]?(?:yo|y/o|y\.o\.?|yr/o)\b")),
    (("old",), _flag(rf"\b{_NUMBER_WORD}(?:-[a-z]{{3,5}})?[- ](?:years?|months?)[- ]old\b")),
    (("age", "turn"), _flag(r"\b(?:aged?|turn(?:ed|ing)|ages)[:]?[ ](?:of[ ])?[0-9]{1,3}"
                            r"(?:[ ]?(?:-|to|and)[ ]?[0-9]{1,3})?(?:[ ](?:years?|yrs?)\b)?")),
    (("dob", "d.o.b", "birth", "born"), _flag(
        r"\b(?:dob|d\.o\.b\.?|date of birth|birth ?date|born(?: on| in)?)[:#]?[ \n]{0,4}"
        r"[a-z0-9]{1,9}[-/., ]{1,2}[a-z0-9]{1,9}(?:[-/., ]{1,2}[0-9]{2,4})?")),
    (_DIGITS, _flag(r"(?<![0-9/])[0-9]{2}[ ]?(?:f|m)\b(?! ?[0-9])")),
    (("year", "yr"), _flag(
        r"\A\W{0,3}(?:[4-9][0-9]|10[0-9])[ ]?(?:years?|yrs?)\W{0,3}\Z"
        r"|\b(?:(?:woman|man|male|female|lady|gentleman|guy|girl|boy|patient|pt)(?:[ ]of)?|(?:mr|mrs|ms|miss)\.?[ ]"
        r"[a-z]{1,15}\.?|i[ ]?a?m|i'm|s?he[ ]is|s?he'?s)"
        r",?[ ](?:aged?[ ]|now[ ])?[1-9][0-9][ ]?(?:years?|yrs?)\b(?![ ]?(?:ago|in|into|of|out|since|post|clean|sober))"
        r"|\b[1-9][0-9][ ]?(?:years?|yrs?)[ ](?:woman|man|male|female|lady|gentleman|guy)\b")),
    # how long somebody has smoked
    (("pack", "pk", "ppd", "cig", "smok", "tob", "quit", "carton"), _flag(
        rf"\b(?:packs?|cartons?|pks?|ppd|cigarettes?|cigs?|smok(?:e|ed|er|es|ing)|tobacco|tob|quit)\b"
        rf"(?:[ ]?(?:,|-|/|~|\bx(?=[ 0-9])|\b(?:an?|per|each|day|d|daily|week|for|about|over|around|almost|nearly|"
        rf"at least|the|last|past|more than|smoking|them|it|or so|habit|heavily|and|half|[0-9.]{{1,4}})\b)){{0,8}}[ ]?"
        rf"{_NUMBER}\+?[ ]?(?:years?|yrs?|months?|mos?|weeks?|wks?)\b(?![ ](?:ago|back|of))")),
    (("smok", "pack", "cig", "tob"), _flag(
        rf"\b{_NUMBER}\+?[ -]?(?:years?|yrs?)[ -](?:(?:of|history|hx|h/o|heavy|cigarette|tobacco)[ ]){{0,3}}"
        rf"(?:smok(?:er|ing)|cigarettes?|tobacco|packs?)\b")),
    (("pregnan", "gestation", "along", "post"), _flag(
        r"\b[0-9]{1,2}(?:\+[0-9])?[ -]?(?:weeks?|wks?)[ ](?:pregnant|gestation|along|post-?op|post-?partum)\b")),
    # spine levels, scores, grades
    (_DIGITS, _flag(r"\b[ctls][0-9]{1,2}[ ]?[-/][ ]?[ctls]?[0-9]{1,2}\b")),
    (("/10", "/ 10", "out of"), _flag(
        r"(?<![0-9/-])(?:10|[0-9])(?:[ ]?-[ ]?(?:10|[0-9]))?[ ]?(?:/|out of)[ ]?10(?![0-9/-])")),
    (("/5", "/ 5"), _flag(r"(?<![0-9/-])[0-5][+-]?(?:[ ]?-[ ]?[0-5][+-]?)?[ ]?/[ ]?5[+-]?(?![0-9/])")),
    # how often
    (("/day", "/week", "/wk", "/mo", "/ ", " a ", " an ", "per", "each", "every"), _flag(
        rf"\b(?:{_NUMBER}(?:[ ]?(?:-|to|or)[ ]?{_NUMBER})?|once|twice|thrice|every|each|multiple|many)[ ]?"
        r"(?:x|times?|pills?|tablets?|tabs|caps|sessions?|visits?|hours?|hrs?|days?|nights?|doses?|"
        r"appointments?|puffs)?"
        r"[ ]?(?:/|(?:a|an|per|each|every)[ ])[ ]?(?:other[ ])?(?:day|week|wk|month|mo|year|yr)\b")),
    (("x",), _flag(r"(?<![0-9])[0-9][ ]?(?:-[ ]?[0-9][ ]?)?x[ ]?/?[ ]?(?:day|week|wk|month|daily|weekly|monthly)\b")),
    (("every", "each", "per", "q"), _flag(
        rf"\b(?:every|each|per|q)[ ]?(?:other[ ])?(?:{_NUMBER}(?:[ ]?(?:-|to)[ ]?{_NUMBER})?[ ]?)?"
        r"(?:hours?|hrs?|h|days?|weeks?|wks?|months?|mos?|years?|yrs?)\b")),
    (("mg", "per", "once", "twice"), _flag(r"\b(?:mg|per|once|twice)[ ]an?[ ](?:day|week|month|year)\b")),
    # CPT, ICD and other codes; ordinals of lists
    (_DIGITS, _flag(r"(?<![0-9/-])[0-9]{5}(?:-[0-9]{2,4})?(?![0-9/])")),
    (_DIGITS, _flag(r"\b[A-TV-Z][0-9][0-9AB]\.[0-9A-Z]{1,4}\b")),
    (_DIGITS, _flag(r"\b(?:section|suite|ste|room|box|page|grade|stage|type|level|no(?=\.|[ ]#)|number|bi-?rads|"
                    r"tier)\.?[ ]#?[0-9]{1,5}(?:[ ]of[ ][0-9]{1,3})?\b(?![ ](?:days?|weeks?|wks?|months?|years?)\b)")),
)  # fmt: skip
# "8/10" is a date only where the words say so.
_DATE_CUE = _flag(
    r"\b(?:on|since|dated|dates?|dos|from|until|till|thru|through|by|before|after|of|between|to|started|began|ended|"
    r"finished|completed|stopped|visit|seen|eval|injury|injured|onset|sprain|strain|fall|fell|accident|"
    r"twisted|splinted)(?:[ ](?:about|around|approx\.?|roughly)|[ ]?~)?[: ]?[ ]?(?<![a-z])\Z"
    r"|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?[ ]?(?:-|,|,?[ ]and[ ]|&)[ ]?\Z"
)


# No score and no strength has more than its most: "flu shot 10/5".
_NO_SCORE = re.compile(r"(?:0?[6-9]|1[0-2])/0?5")
# "8/10 - 9/21" is a stretch of days, "8/10 - 9/10" a score.
_DATE_AFTER = _flag(r"[ ]?(?:-|to|thru|through|until)[ ]?(?:0?[1-9]|1[0-2])/(?!(?:10|5)(?![0-9/]))[0-9]")


# One text is read by several readers in a row; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def masked(text: str) -> str:
    """The plain text, of the same length, with what only looks like a time replaced by a control character."""
    small = text.lower()
    for needed, pattern in _MASKS:
        if any(word in small for word in needed):
            text = pattern.sub(_hide, text)
    return text


def _hide(match: re.Match[str]) -> str:
    words = match.group()
    if (
        "/" in words
        and len(words) <= 5
        and (
            _DATE_CUE.search(match.string, max(0, match.start() - 16), match.start())
            or _DATE_AFTER.match(match.string, match.end())
            or _NO_SCORE.fullmatch(words)
        )
    ):
        return words
    return _MASK * len(words)


# --- dates ---------------------------------------------------------------------------------------------------------


def _year(digits: str | None, today: date) -> int | None:
    if not digits:
        return None
    number = int(digits)
    if len(digits) <= 2:
        return 2000 + number if number <= today.year % 100 + 5 else 1900 + number
    return number if 1900 <= number <= 2100 else None


def _day(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _past(month: int, day: int, today: date) -> date | None:
    """The latest such day not after today (29 February: the latest that there was)."""
    for year in range(today.year, today.year - 9, -1):
        found = _day(year, month, day)
        if found and found <= today:
            return found
    return None


def _month(name: str) -> int:
    return next(i for i, month in enumerate(_MONTHS, 1) if month.startswith(name.lower()[:3]))


def _nth(year: int, month: int, weekday: int, n: int) -> date:
    """The n-th such weekday of the month; n = -1 is the last."""
    if n > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (n - 1))
    last = date(year, month, 1) + relativedelta(months=1, days=-1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


_HOLIDAYS: tuple[tuple[str, Callable[[int], date]], ...] = (
    (r"new year'?s?(?:'| day| eve)?(?: day| eve)?", lambda y: date(y, 1, 1)),
    (r"(?:mlk|martin luther king)(?:,? jr\.?)?(?: day| weekend)?", lambda y: _nth(y, 1, 0, 3)),
    (r"groundhog day", lambda y: date(y, 2, 2)),
    (r"valentine'?s?(?: day)?", lambda y: date(y, 2, 14)),
    (r"president'?s'?(?: day| weekend)", lambda y: _nth(y, 2, 0, 3)),
    (r"(?:st\.?|saint) (?:patrick|pat|paddy|patty)'?s?(?: day)?", lambda y: date(y, 3, 17)),
    (r"mardi gras|fat tuesday", lambda y: easter(y) - timedelta(days=47)),
    (r"ash wednesday", lambda y: easter(y) - timedelta(days=46)),
    (r"palm sunday", lambda y: easter(y) - timedelta(days=7)),
    (r"good friday", lambda y: easter(y) - timedelta(days=2)),
    (r"super ?bowl(?: sunday| weekend)?", lambda y: _nth(y, 2, 6, 2)),
    (r"tax day", lambda y: date(y, 4, 15)),
    (r"cinco de mayo", lambda y: date(y, 5, 5)),
    (r"election day", lambda y: _nth(y, 11, 0, 1) + timedelta(days=1)),
    (r"black friday", lambda y: _nth(y, 11, 3, 4) + timedelta(days=1)),
    # American schools have begun by the day after Labor Day, and let out by the end of June.
    (
        r"(?:school|the school year) (?:started|began)(?: back)?|the (?:start|beginning) of (?:the )?school(?: year)?",
        lambda y: _nth(y, 9, 0, 1) + timedelta(days=1),
    ),
    (r"school (?:let|got|was) out|school ended|the end of (?:the )?school(?: year)?", lambda y: date(y, 6, 26)),
    (
        r"(?:the )?clocks (?:going|went|go|fell|falling) back|(?:the )?clocks fell|"
        r"daylight savings?(?: time)? ended|we fell back",
        lambda y: _nth(y, 11, 6, 1),
    ),
    (
        r"(?:the )?clocks (?:going|went|go|sprang|springing) (?:forward|ahead)|"
        r"daylight savings?(?: time)? (?:started|began)|"
        r"we sprang forward",
        lambda y: _nth(y, 3, 6, 2),
    ),
    (
        r"(?:when )?(?:the )?school (?:year )?(?:started|began|starting|starts)(?: back up| back| up| again)?|"
        r"(?:when )?(?:the (?:kids|children|girls|boys)|(?:my|our) (?:kids|son|daughter|children)) "
        r"(?:went|going) back to school|"
        r"back[- ]to[- ]school(?: time)?|(?:the )?(?:start|beginning) of (?:the )?school(?: year)?",
        lambda y: date(y, 9, 1),
    ),
    (r"spring break", lambda y: date(y, 4, 20)),
    (r"(?<=since )the holidays", lambda y: date(y, 1, 1)),
    (r"easter(?: sunday| weekend| monday)?", easter),
    (r"mother'?s'? day", lambda y: _nth(y, 5, 6, 2)),
    (r"memorial day(?: weekend)?", lambda y: _nth(y, 5, 0, -1)),
    (r"father'?s'? day", lambda y: _nth(y, 6, 6, 3)),
    (r"flag day", lambda y: date(y, 6, 14)),
    (r"juneteenth", lambda y: date(y, 6, 19)),
    (
        r"(?:the )?(?:fourth|4th) of july|july (?:4th|fourth)|(?<=since )the (?:4th|fourth)(?! of\b)|"
        r"independence day",
        lambda y: date(y, 7, 4),
    ),
    (r"labou?r day(?: weekend)?", lambda y: _nth(y, 9, 0, 1)),
    (r"columbus day|indigenous peoples'? day", lambda y: _nth(y, 10, 0, 2)),
    (r"halloween", lambda y: date(y, 10, 31)),
    (r"veterans'? day", lambda y: date(y, 11, 11)),
    (r"thanksgiving(?: day| weekend)?|turkey day", lambda y: _nth(y, 11, 3, 4)),
    (r"christmas(?: day| eve)?|xmas", lambda y: date(y, 12, 25)),
)

_YEAR4 = r"(?:19|20)[0-9]{2}"
# Not the end of one day and the begin of the next: "02/11/2026 - 02/11/2026".
_ISO = _flag(rf"(?<![0-9])(?<![0-9][-/.])({_YEAR4})[ ]?[-/.][ ]?([01]?[0-9])[ ]?[-/.][ ]?([0-3]?[0-9])(?![0-9])")
_NUMERIC = _flag(
    rf"(?<![0-9/.-])([0-3]?[0-9])(?:[ ]?/[ ]?([0-3]?[0-9])[ ]?/[ ]?|-([0-3]?[0-9])-|\.([0-3]?[0-9])\.)"
    rf"({_YEAR4}|[0-9]{{2}})(?![0-9/]|[-.][0-9])"
)
_MONTH_DAY = _flag(
    rf"(?<![a-z0-9])(?:{_DAY}\.?,?{_S})?({_MONTH})\.?[ \n-]{{1,3}}(?:the )?([0-3]?[0-9])(?:st|nd|rd|"
    rf"th)?(?![0-9/%{_MASK}]|[:.][0-9])"
    rf"(?:(?:,[ \n]{{0,3}}|[ \n-]{{1,3}}|,?{_S}of{_S})({_YEAR4}|'[0-9]{{2}})(?![0-9]))?"
)
_DAY_MONTH = _flag(
    rf"(?<![a-z0-9/.])(?:{_DAY}\.?,?{_S})?(?:the )?([0-3]?[0-9])(?:st|nd|rd|"
    rf"th)?(?:{_S}of)?[ \n-]{{0,3}}({_MONTH})(?![a-z])\.?"
    rf"(?:,?[ \n-]{{0,3}}({_YEAR4}|(?<=-)[0-9]{{2}})(?![0-9]))?"
)
_MONTH_YEAR = _flag(rf"(?<![a-z0-9])({_MONTH})\.?,?(?:[ \n-]{{1,3}}|{_S}of{_S})({_YEAR4}|'[0-9]{{2}})(?![0-9])")
_SLASH_MONTH_YEAR = _flag(rf"(?<![0-9/-])(0?[1-9]|1[0-2])/({_YEAR4})(?![0-9/])")
_SLASH_MONTH_DAY = _flag(r"(?:(?<=[^0-9/.-])|^)(0?[1-9]|1[0-2])/([0-3]?[0-9])(?![0-9/]|[.-][0-9])")
_SLASH_STRETCH = _flag(
    rf"(?<![0-9/.-])(?P<m1>0?[1-9]|1[0-2])/(?P<d1>[0-3]?[0-9])(?:/(?P<y1>{_YEAR4}|[0-9]{{2}}))?[ ]?-[ ]?"
    rf"(?P<m2>0?[1-9]|1[0-2])/(?P<d2>[0-3]?[0-9])(?:/(?P<y2>{_YEAR4}|[0-9]{{2}}))?(?![0-9/]|[.-][0-9])"
)
# "PT in april 4 visits", "in june 3 weeks of it": a count, and no day of the month.
_COUNTED = (
    r"(?:visits|sessions|times|weeks|wks|months|treatments|appointments|appts|shots|injections|rounds|pills|days|hours)\b"
    r"(?![ ](?:ago|later|after|before))"
)
_COUNT_BEHIND = _flag(rf"[ ]{_COUNTED}")
# "My April 4 and May 6 visits", "on April 4 visits were stopped" are days.
_SURELY_A_DAY = _flag(rf"(?:\bon|{_MONTH}\.?[ ][0-3]?[0-9](?:,| and| &))[ ](?:and )?\Z")
# "Since about spring", "since maybe May".
_HEDGED = (
    rf"(?:{_S}(?:about|around|roughly|approximately|like|what|maybe|probably|i think|i guess|i'd say|say|"
    r"sometime(?: in)?|"
    r"back in))?"
)
_BARE_MONTH = _flag(
    rf"\b(?:(in|since|around|about|by|from|of|until|till|til|through|thru|before|after|during|this|back in|starting|"
    rf"between|to|(?:onset|began|started|begun|noticed)(?!{_S}may\b)|"
    rf"(?:or|i'?d say|i would say|i want to say)(?!{_S}may\b)){_HEDGED}(?:{_S}the)?{_S})?"
    rf"(?:(early|mid|middle of|late|(?:the )?(?:first|second|third|last) week (?:of|in)|"
    rf"the middle of|the end of|end of|the beginning of|"
    rf"beginning of|start of|"
    rf"this past|this|last)[ \n-]{{1,3}})?({_MONTH})(?![a-z]|[ ]?[0-9](?![0-9]?[ ]{_COUNTED}))"
    rf"(?:,?{_S}(?:of{_S})?(this|last){_S}year\b)?"
)
# "PT June to August", "Apr-May": the first of two.
_MONTHS_ON = _flag(
    rf"[ ]?(?:-|to\b|thru\b|through\b|until\b|till\b)[ ]?(?:the (?:end|middle) of )?{_MONTH}(?![a-z]|[ ]?[0-9])"
)
_ISH = _flag(r"-?ish\b")
_WEEKDAY = _flag(
    rf"\b(?:(last|this past|this|past|on|since|next|coming|by|until){_S})?({_FULL_DAY})s?\b"
    rf"|\b(?:since|last|since last){_S}(?P<short>mon|tues?|weds?|thurs?|thur|fri|sat)\b\.?"
)
# "Three Wednesdays ago": the latest one is the first of them.
_WEEKDAYS_AGO = _flag(rf"\b(?P<n>{_NUMBER}){_S}(?P<day>{_FULL_DAY}|weekend)s?{_S}(?:ago|back)\b")
# "Tuesday a week ago", "two weeks ago Friday".
_WEEKS_AND_A_DAY = _flag(
    rf"\b(?:(?P<day>{_FULL_DAY}){_S}(?P<n>a|one|two|three|2|3){_S}weeks?{_S}ago"
    rf"|(?P<day3>{_FULL_DAY}){_S}before{_S}last"
    rf"|(?P<n2>a|one|two|three|2|3){_S}weeks?{_S}ago{_S}(?:on{_S}|this{_S}|last{_S})?(?P<day2>{_FULL_DAY}))\b"
)
_SEASON = _flag(
    rf"\b(?:(since|in|from|during|over){_HEDGED}(?:{_S}the)?{_S})?(?:(early|mid|late|the end of|end of|"
    rf"the beginning of|"
    rf"beginning of|(?:the )?start of|(?:the )?middle of|this past|this|last|past)(?:{_S}(?:the|last))?"
    rf"[ \n-]{{1,3}})?(spring|summer|fall|autumn|winter)"
    rf"(?:time)?(?:,?{_S}(?:of{_S})?({_YEAR4}))?\b"
)
# "Since the fall" is as likely since somebody fell.
_THE_FALL = _flag(r"(?:since|from)[ \n]{1,3}the\b")
_HOLIDAY = _flag(
    rf"\b(?:(last|this past|this|next){_S})?(?:"
    + "|".join(f"(?P<h{i}>{p})" for i, (p, _) in enumerate(_HOLIDAYS))
    + ")"
    rf"(?:,?{_S}(?:of{_S})?(?:(?P<year>{_YEAR4})|(?P<last_year>last{_S}year|before{_S}last)\b))?(?![a-z])"
)
_BESIDE_HOLIDAY = _flag(
    rf"\b(?:the{_S}|(?P<n>{_NUMBER}){_S}|(?=day))?(?P<unit>{_FULL_DAY}|days?|weekend|weeks?|months?){_S}(?:right{_S}|just{_S})?"
    rf"(?P<way>before|after){_S}(?:"
    + "|".join(f"(?P<h{i}>{p})" for i, (p, _) in enumerate(_HOLIDAYS))
    + rf")(?:,?{_S}(?:of{_S})?(?P<last_year>last{_S}year)\b)?(?![a-z])"
)
_RELATIVE = _flag(
    r"\b(this time last year|the day before yesterday|yesterday|yesterady|yestrday|yesturday|yesterdy|yestarday|"
    r"yeserday|last night|"
    r"this morning|this afternoon|this evening|tonight|"
    r"earlier today|"
    r"today|last week(?! (?:of|in) )|last month|last year|the other week|earlier this year|"
    r"earlier this month|earlier this week|"
    r"the (?:first|start|beginning) of the (?:year|month))\b"
)
_AGO = _flag(
    rf"\b(?:(?:about|around|over|almost|nearly|roughly|approximately|maybe|like){_S})?({_NUMBER})"
    rf"(?:[ ]?(?:-|to|or)[ ]?({_NUMBER}))?[ \n-]{{0,3}}({_UNIT})(?:\.(?=[ ]ago\b))?(?P<half>{_S}and a half)?{_S}"
    rf"(?:or so{_S})?(?:ago|back|prior)\b"
)
_BARE_YEAR = _flag(
    rf"(?:\b(?:in|since|from|during|before|after|until|till|through|around|circa|early|mid|late|back in|year|of|"
    rf"surgery|fusion|repair|replacement|laminectomy|discectomy|arthroscopy|meniscectomy|reconstruction|mastectomy|"
    rf"cancer|fracture|injury|accident)(?:{_S}the year)?[ \n-]{{1,3}}|\()({_YEAR4})(?![0-9/-]|\.[0-9])"
)
_ON_THE = _flag(
    rf"\b(?:on|since|from|until|{_FULL_DAY},?) the ([0-3]?[0-9])(?:st|nd|rd|th)\b"
    rf"(?:{_S}of{_S}(?:this|the|(?P<last>last)){_S}month\b)?(?!{_S}(?:of|day|visit|floor|"
    rf"week|month|time))"
)


_PART_OF_MONTH = (
    ("first week", 1), ("second week", 8), ("third week", 15), ("last week", 22), ("late", 25),
    ("end of", 25), ("mid", 15),
)  # fmt: skip


_Found = Iterator[tuple[int, int, Union[date, None], Precision, bool]]


def _iso(hidden: str, today: date) -> _Found:
    for m in _ISO.finditer(hidden):
        yield m.start(), m.end(), _day(int(m[1]), int(m[2]), int(m[3])), "day", True


def _numeric(hidden: str, today: date) -> _Found:
    for m in _NUMERIC.finditer(hidden):
        first, second, year = int(m[1]), int(m[2] or m[3] or m[4]), _year(m[5], today)
        month, day = (first, second) if first <= 12 else (second, first)
        yield m.start(), m.end(), _day(year, month, day), "day", True


def _named(hidden: str, today: date) -> _Found:
    for m in _MONTH_DAY.finditer(hidden):
        counted = not m[3] and m[0][-1].isdigit() and _COUNT_BEHIND.match(hidden, m.end())
        if counted and not _SURELY_A_DAY.search(hidden, max(0, m.start() - 24), m.start()):
            continue
        yield _month_day(m, m[1], m[2], m[3], today)
    for m in _DAY_MONTH.finditer(hidden):
        yield _month_day(m, m[2], m[1], m[3], today)


_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
    "twentieth", "twenty first", "twenty second", "twenty third", "twenty fourth", "twenty fifth", "twenty sixth",
    "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
)  # fmt: skip
_ORDINAL = "(?:" + "|".join(name.replace(" ", "[ -]") for name in sorted(_ORDINALS, key=len, reverse=True)) + ")"
# As dictated: "October third", "the third of October"; "may first" is a month only after a word that wants one.
_SPOKEN = _flag(
    rf"(?<![a-z0-9])({_MONTH})(?<!may){_S}(?:the{_S})?({_ORDINAL})(?![a-z-]|{_S}(?:week|time|of))"
    rf"|\b(?:on|since|around|until|by){_S}(may){_S}(?:the{_S})?({_ORDINAL})(?![a-z-]|{_S}(?:week|time|of))"
    rf"|\bthe{_S}({_ORDINAL}){_S}of{_S}({_MONTH})(?![a-z])"
)


def _spoken(hidden: str, today: date) -> _Found:
    for m in _SPOKEN.finditer(hidden):
        month, words = m[1] or m[3] or m[6], m[2] or m[4] or m[5]
        day = _ORDINALS.index(" ".join(re.split(r"[ -]", words.lower()))) + 1
        yield m.start(), m.end(), _past(_month(month), day, today), "day", False


def _month_day(
    m: re.Match[str], name: str, day: str, year: str | None, today: date
) -> tuple[int, int, date | None, Precision, bool]:
    if year:
        return m.start(), m.end(), _day(_year(year.strip("'"), today), _month(name), int(day)), "day", True
    return m.start(), m.end(), _past(_month(name), int(day), today), "day", False


# "Mid October 2026".
_PART_BEFORE = _flag(r"\b(mid|middle of|late|end of|(?:first|second|third|last) week (?:of|in))[ \n-]{1,3}\Z")


def _month_of_year(hidden: str, today: date) -> _Found:
    for m in _MONTH_YEAR.finditer(hidden):
        part = _PART_BEFORE.search(hidden, max(0, m.start() - 16), m.start())
        words = part[1].lower() if part else ""
        day = next((day for name, day in _PART_OF_MONTH if name in words), 1)
        yield m.start(), m.end(), _day(_year(m[2].strip("'"), today), _month(m[1]), day), "month", True
    for m in _SLASH_MONTH_YEAR.finditer(hidden):
        yield m.start(), m.end(), _day(int(m[2]), int(m[1]), 1), "month", True


def _slash(hidden: str, today: date) -> _Found:
    for m in _SLASH_MONTH_DAY.finditer(hidden):
        # Past ten, neither a pain score nor a strength grade: "denied 11/10".
        plain_date = int(m[1]) > 10 or int(m[2]) > 10 or (m[1] == "10" and m[2] != "10") or _NO_SCORE.fullmatch(m[0])
        cued = _DATE_CUE.search(hidden, max(0, m.start() - 16), m.start()) or _RANGE_AFTER.match(hidden, m.end())
        if plain_date or cued:
            yield m.start(), m.end(), _past(int(m[1]), int(m[2]), today), "day", False


def _slash_stretch(hidden: str, today: date) -> _Found:
    """Both ends of "9/14-10/26", written without spaces; "8/10-9/10" without a cue is a pain score."""
    for m in _SLASH_STRETCH.finditer(hidden):
        score = m["d1"] == m["d2"] and m["d1"] in ("5", "10") and not (m["y1"] or m["y2"])
        if score and not _DATE_CUE.search(hidden, max(0, m.start() - 16), m.start()):
            continue
        for n in "12":
            month, day, year = int(m[f"m{n}"]), int(m[f"d{n}"]), m[f"y{n}"]
            value = _day(_year(year, today), month, day) if year else _past(month, day, today)
            yield m.start(f"m{n}"), m.end(f"y{n}" if year else f"d{n}"), value, "day", bool(year)


def _holiday(hidden: str, today: date) -> _Found:
    for m in _HOLIDAY.finditer(hidden):
        if (m[1] or "").lower() == "next":
            continue
        rule = next(rule for i, (_, rule) in enumerate(_HOLIDAYS) if m.group(f"h{i}"))
        if m.group("year"):
            yield m.start(), m.end(), rule(int(m.group("year"))), "day", True
        elif m.group("last_year"):
            found = rule(today.year - 1)
            if m["last_year"].lower().startswith("before") and rule(today.year) > today:
                found = rule(today.year - 2)
            yield m.start(), m.end(), found, "day", True
        else:
            found = rule(today.year)
            yield m.start(), m.end(), found if found <= today else rule(today.year - 1), "day", False


def _beside_holiday(hidden: str, today: date) -> _Found:
    """ "The Thursday before Thanksgiving", "the week after Labor Day"."""
    for m in _BESIDE_HOLIDAY.finditer(hidden):
        rule = next(rule for i, (_, rule) in enumerate(_HOLIDAYS) if m.group(f"h{i}"))
        back = m["way"].lower() == "before"
        unit, times = m["unit"].lower(), int(_amount(m["n"]) or 1) if m["n"] else 1
        for year in (today.year - 1,) if m["last_year"] else (today.year, today.year - 1):
            feast = rule(year)
            if unit in _DAYS:
                away = (feast.weekday() - _DAYS.index(unit)) % 7 or 7
                away = away if back else ((_DAYS.index(unit) - feast.weekday()) % 7 or 7)
            else:
                away = times * {"d": 1, "w": 7, "m": 30}[unit[0]]
            found = feast + timedelta(days=-away if back else away)
            if found <= today:
                yield m.start(), m.end(), found, "week" if unit.startswith("week") else "day", False
                break


def _ago(hidden: str, today: date) -> _Found:
    for m in _AGO.finditer(hidden):
        amounts = [number for number in (_amount(m[1]), _amount(m[2])) if number is not None]
        unit = _unit(m[3])
        extra = 0.5 if m.group("half") else 0.0
        instead = _put_right(hidden, m, unit)
        if instead:
            yield m.start(), instead[1], today - timedelta(weeks=instead[0]), unit, True
            continue
        yield m.start(), m.end(), _before(today, min(amounts) + extra, unit), unit, True


_LAST_ONES = ("last week", "last month", "last year")
# "It came on over the last year": how long, and no day.
_DURING = _flag(r"\b(?:over|during|within|throughout|for|in)[ ](?:the[ ]course[ ]of[ ])?the[ ]\Z")


def _relative(hidden: str, today: date) -> _Found:
    for m in _RELATIVE.finditer(hidden):
        words = " ".join(m[1].lower().split())
        if words in _LAST_ONES and _DURING.search(hidden, max(0, m.start() - 28), m.start()):
            continue
        if words == "last night" or (words.startswith("ye") and " " not in words):
            yield m.start(), m.end(), today - timedelta(days=1), "day", True
        elif words == "the day before yesterday":
            yield m.start(), m.end(), today - timedelta(days=2), "day", True
        elif words == "this time last year":
            yield m.start(), m.end(), today - relativedelta(years=1), "week", True
        elif words == "last week":
            yield m.start(), m.end(), today - timedelta(days=7), "week", True
        elif words == "last month":
            yield m.start(), m.end(), today - relativedelta(months=1), "month", True
        elif words == "last year":
            yield m.start(), m.end(), today - relativedelta(years=1), "year", True
        elif words.endswith("year"):
            yield m.start(), m.end(), date(today.year, 1, 1), "month", True
        elif words.endswith("of the month"):
            yield m.start(), m.end(), today.replace(day=1), "week", True
        else:
            yield m.start(), m.end(), today, "day", True


def _weekday(hidden: str, today: date) -> _Found:
    for m in _WEEKDAY.finditer(hidden):
        if (m[1] or "").lower() in ("next", "coming", "by", "until"):
            continue
        back = (today.weekday() - _BY_LETTERS[(m[2] or m["short"]).lower()[:2]]) % 7 or 7
        yield m.start(), m.end(), today - timedelta(days=back), "day", True


def _weekdays_ago(hidden: str, today: date) -> _Found:
    for m in _WEEKDAYS_AGO.finditer(hidden):
        # A weekend is taken for its Saturday.
        named = "sa" if m["day"].lower() == "weekend" else m["day"].lower()[:2]
        back = (today.weekday() - _BY_LETTERS[named]) % 7 or 7
        times = int(_amount(m["n"]) or 1)
        if 0 < times <= 52:
            yield m.start(), m.end(), today - timedelta(days=back + 7 * (times - 1)), "day", True


def _weeks_and_a_day(hidden: str, today: date) -> _Found:
    for m in _WEEKS_AND_A_DAY.finditer(hidden):
        back = (today.weekday() - _BY_LETTERS[(m["day"] or m["day2"] or m["day3"]).lower()[:2]]) % 7 or 7
        times = int(_amount(m["n"] or m["n2"]) or 1)
        yield m.start(), m.end(), today - timedelta(days=back + 7 * times), "day", True


def _season(hidden: str, today: date) -> _Found:
    for m in _SEASON.finditer(hidden):
        cue, part, name, year = (m[1] or "").lower(), (m[2] or "").lower(), m[3].lower(), m[4]
        if not (cue or part or year) or (name == "fall" and not part and not year and _THE_FALL.match(m[0])):
            continue
        month, day = _SEASONS[name]
        if year:
            start = date(int(year), month, day)
        else:
            start = date(today.year, month, day)
            if start > today:
                start = date(today.year - 1, month, day)
            # "Last summer", said in summer, is a year ago; "this past" and "since" are the latest.
            if part == "last" and (today - start).days < 91:
                start = date(start.year - 1, month, day)
        late = 60 if part.startswith(("late", "the end", "end")) else 30 if "mid" in part else 0
        yield m.start(), m.end(), min(start + timedelta(days=late), today), "season", bool(year)


def _bare_month(hidden: str, today: date) -> _Found:
    opened = -1
    for m in _BARE_MONTH.finditer(hidden):
        part, month = (m[2] or "").lower(), _month(m[3])
        ranged = _MONTHS_ON.match(hidden, m.end()) or _ISH.match(hidden, m.end())
        bracketed = hidden[m.start() - 1 : m.start()] == "(" and hidden[m.end() : m.end() + 1] == ")"
        # "PT July-Sept": the second of two.
        closes = opened >= 0 and hidden[opened : m.start()].strip() == "-"
        opened = m.end() if ranged else -1
        if not (m[1] or part or m[4] or bracketed or ranged or closes):
            continue
        day = next((day for words, day in _PART_OF_MONTH if words in part), 1)
        found = _past(month, day, today) or today
        if part == "last" and (found.year, found.month) == (today.year, today.month):
            found = date(found.year - 1, month, 1)
        if m[4] and m[4].lower() == "last":
            found = date(today.year - 1, month, day)
        yield m.start(), m.end(), found, "month", False


def _on_the(hidden: str, today: date) -> _Found:
    for m in _ON_THE.finditer(hidden):
        month = today.replace(day=1) - relativedelta(months=1) if m["last"] else today
        found = _day(month.year, month.month, int(m[1]))
        if found and found > today:
            found -= relativedelta(months=1)
        yield m.start(), m.end(), found, "day", False


def _bare_year(hidden: str, today: date) -> _Found:
    for m in _BARE_YEAR.finditer(hidden):
        if int(m[1]) <= today.year:
            yield m.start(1), m.end(1), date(int(m[1]), 1, 1), "year", True


_MONTH_STARTS = tuple(month[:3] for month in _MONTHS)
_FEASTS = (
    "new year", "mlk", "luther", "groundhog", "valentine", "president", "patrick", "st pat'", "st pats", "st padd",
    "st patt", "st. pa", "saint pa", "easter", "mother", "father", "memorial", "juneteenth", "july", "independence",
    "labor", "labour", "columbus", "indigenous", "halloween", "veteran", "mardi", "fat tue", "ash wed", "palm sun",
    "good fri", "bowl", "tax day", "cinco", "election", "black fri", "holidays", "turkey", "school", "clocks",
    "flag", "daylight", "fell back", "sprang", "spring break", "the 4th", "the fourth", "thanksgiving", "christmas",
    "xmas",
)  # fmt: skip
# The most explicit first: a place read once is not read again. A reader runs only where one of its words stands.
_READERS: tuple[tuple[Callable[[str, date], _Found], tuple[str, ...]], ...] = (
    (_iso, ("19", "20")),
    (_slash_stretch, ("/",)),
    (_numeric, ("/", "-", ".")),
    (_named, _MONTH_STARTS),
    (_spoken, _MONTH_STARTS),
    (_month_of_year, ("19", "20", "'")),
    (_beside_holiday, (" before ", " after ")),
    (_holiday, _FEASTS),
    (_weeks_and_a_day, ("ago", "before last")),
    (_ago, ("ago", "back", "prior")),
    (_on_the, (" the ",)),
    (
        _relative,
        ("yest", "yeser", "night", "today", "this ", "last ", "earlier", "other week", "the first",
         "start", "beginning"),
    ),
    (_slash, ("/",)),
    (_weekdays_ago, ("day ago", "days ago", "day back", "days back", "weekend")),
    (_weekday, ("day", "since ", "last ")),
    (_season, tuple(_SEASONS)),
    (_bare_month, _MONTH_STARTS),
    (_bare_year, ("19", "20")),
)


def dates(text: str, today: date) -> list[DateHit]:
    """Every date in the text, in order, relative ones resolved to the past of `today`. Birth dates are left out."""
    return list(_dates(text, today))


@lru_cache(maxsize=1)
def _dates(text: str, today: date) -> tuple[DateHit, ...]:
    hidden = masked(flat(text))
    found: list[DateHit] = []
    taken = bytearray(len(text))
    small = hidden.lower()
    for reader, needed in _READERS:
        if not any(word in small for word in needed):
            continue
        for start, end, value, precision, stated in reader(hidden, today):
            if value is not None and not any(taken[start:end]):
                taken[start:end] = b"\x01" * (end - start)
                found.append(DateHit(value, text[start:end], start, end, precision, stated))
    found.sort(key=lambda hit: hit.start)
    return tuple(_shared_years(found, hidden, today))


# Words that say which part of a month a date of month precision stands for, by the day it was given.
_LAST_OF_PART = {8: 14, 15: 20}
_EARLY = _flag(r"\b(?:early|beginning|start)\b")
_FIRST_WEEK = _flag(r"\bfirst week\b")
_HALF_SEASON = _flag(r"\b(?P<early>early|beginning|start)\b|\b(?P<mid>mid|middle)\b")


def latest(hit: DateHit, today: date) -> date:
    """The last day that the words can mean, not after `today`: of "in July" its 31st, of "2021" its 31 December.

    A length is counted from it, so that nobody is told of more time than is sure.
    """
    words = hit.words.lower()
    if hit.precision in ("day", "week") or _AGO.search(words):
        return min(hit.date, today)
    if hit.precision == "year":
        return min(date(hit.date.year, 12, 31), today)
    if hit.precision == "season":
        return min(_end_of_season(hit.date, words), today)
    if "this year" in words and "earlier" in words:
        return today
    of_month = hit.date.replace(day=1) + relativedelta(months=1, days=-1)
    day = _LAST_OF_PART.get(hit.date.day, of_month.day)
    if hit.date.day == 1 and _FIRST_WEEK.search(words):
        day = 7
    elif hit.date.day == 1 and _EARLY.search(words):
        day = 10
    return min(of_month.replace(day=min(day, of_month.day)), today)


def _end_of_season(inside: date, words: str) -> date:
    name = next(name for name in _SEASONS if name in words)
    month, day = _SEASONS[name]
    begun = date(inside.year, month, day)
    if begun > inside:
        begun -= relativedelta(years=1)
    part = _HALF_SEASON.search(words)
    if part:
        early = 10 if part[0].lower() in ("beginning", "start") else 30
        return begun + timedelta(days=early if part["early"] else 60)
    return begun + relativedelta(months=3, days=-1)


def weeks_since(hit: DateHit, today: date) -> float:
    """The weeks that have surely passed since then, with one decimal."""
    return round((today - latest(hit, today)).days / 7, 1)


_LIST_JOINT = _flag(r"[ ]?(?:,|,?[ ](?:and|&|to|through|thru|until|or)[ ]|;|-|/)[ ]?(?:on )?\Z")
_RANGE_AFTER = _flag(r"[ ]?(?:-|to|thru|through)[ ]?(?:0?[1-9]|1[0-2])/[0-9]")


def _shared_years(found: list[DateHit], hidden: str, today: date) -> list[DateHit]:
    """In "March 3, April 10 and May 2, 2025" the year belongs to all three."""
    for i in range(len(found) - 2, -1, -1):
        hit, after = found[i], found[i + 1]
        joint = hidden[hit.end : after.start]
        if hit.stated_year or not after.stated_year or after.precision != "day" or len(joint) > 12:
            continue
        if _LIST_JOINT.match(joint) and not _AGO.match(after.words):
            value = _day(after.date.year, hit.date.month, hit.date.day)
            if value and value > after.date:
                value = _day(after.date.year - 1, hit.date.month, hit.date.day)
            if value:
                found[i] = replace(hit, date=value, stated_year=True)
    return found


# --- lengths of time -------------------------------------------------------------------------------------------------


def _amount(words: str | None) -> float | None:
    if not words:
        return None
    words = " ".join(words.lower().split())
    if words in _NUMBERS:
        return _NUMBERS[words]
    half = 0.5 if words.endswith("1/2") else 0.0
    digits = words[:-3].strip() if half else words
    try:
        return (float(digits) if digits else 0.0) + half
    except ValueError:
        return None


def _unit(words: str) -> Literal["day", "week", "month", "year"]:
    first = words.lower()[0]
    return "day" if first == "d" else "week" if first == "w" else "month" if first == "m" else "year"


def _before(today: date, amount: float, unit: str) -> date | None:
    """The day that long before today; None when the calendar does not reach so far."""
    try:
        if amount == int(amount) and unit in ("month", "year"):
            return today - (relativedelta(months=int(amount)) if unit == "month" else relativedelta(years=int(amount)))
        return today - timedelta(days=round(amount * _WEEKS_PER[unit] * 7))
    except (ValueError, OverflowError):
        return None


_LENGTH = _flag(
    rf"(?<![a-z0-9./{_MASK}-])(?P<less>(?:just{_S})?(?:less than|under|almost|nearly|not quite|close to|shy of){_S})?"
    rf"(?P<most>(?:the{_S}better{_S}part{_S}of|the{_S}best{_S}part{_S}of|most{_S}of){_S})?"
    rf"(?:x[ ]?(?=[0-9]))?(?P<n>{_NUMBER})(?:-?ish)?(?:[ ]?\((?:[0-9]{{1,3}}|[a-z]{{3,9}})\))?"
    rf"(?:(?:[ ]?(?:-|to|or)[ ]?|[ ]going on[ ]|[ ](?:or[ ])?(?:maybe|perhaps|possibly)[ ](?:even[ ])?|"
    rf"[ ]or[ ]like[ ]|(?P<list>,[ ](?:maybe |or |like |perhaps )?))(?P<m>{_NUMBER}))?"
    rf"(?:-?ish)?(?:{_S}(?P<half>and a half|1/2))?[+]?"
    rf"(?:{_S}(?:full|whole|straight|solid|good|long|consecutive|continuous|more|additional|or more|or so|plus))?"
    rf"[ \n-]{{0,3}}(?P<unit>{_UNIT})(?![a-z/{_MASK}])'?"
    rf"(?P<half2>{_S}and (?:a half|half(?! of)))?"
    rf"(?:,?{_S}(?:and{_S})?(?P<n2>{_NUMBER})[ \n-]{{0,3}}(?P<unit2>{_UNIT})(?![a-z])"
    # "Six months, maybe seven".
    rf"|,?{_S}(?:(?:or[ ])?(?:maybe|perhaps|possibly|probably)|or|if[ ]not)[ ](?:even[ ]|like[ ])?{_NUMBER}"
    r"(?=[ ]?(?:[.,;!?)\n]|\Z)|[ ](?:now|already|by now)\b))?"
)
# "Every day for 3 of those months".
_OF_THOSE = _flag(
    rf"(?<![a-z0-9./{_MASK}-])(?P<n>[0-9]{{1,2}}|{_NUMBER_WORD})[ ]of[ ](?:those|these|the)[ ](?:last[ ])?"
    r"(?P<unit>days|weeks|wks|months|years)\b"
)
_SHORT = _flag(
    r"(?<![a-z0-9./-])(?:(?:x|for|past|last|about|~)[ ]?(?P<n>[0-9]{1,2})[ ]?(?P<unit>[dwmy])(?![a-z0-9]|/[ ]?[a-z])"
    # "10 d worsening back pain", "6w of PT"; but not "2 d echo", "5m", "60 M".
    r"|(?P<n2>[0-9]{1,2})(?:(?P<unit2>w)|[ ](?P<unit3>d))(?![a-z0-9/])(?![ ]?(?:echo|scan|image|us\b|f\b|m\b))"
    # "10d": two and three dimensions are pictures.
    r"|(?P<n3>[4-9]|[1-9][0-9])(?P<unit4>d)(?![a-z0-9/]))"
)
# "Year and a half of back pain", "a fortnight".
_HALF_MORE = _flag(
    r"(?<![a-z0-9])(?P<unit>week|month|year)[ \n]and (?:a half|half(?! of))\b|\b(?P<fortnight>fortnight)\b"
)
# As some clinicians write it: "LBP 8/52", "x 3/12"; a bare "3/12" is a day in March.
_OF_A_YEAR = _flag(
    r"(?<![0-9/.-])(?P<weeks>[0-9]{1,2})/52(?![0-9/])|(?:\bx[ ]?|"
    r"(?<![0-9/.-])(?=[0-9]{1,2}/12[ ](?:of|hx|history|h/o)\b))(?P<months>[1-9]|1[0-9])/12(?![0-9/])"
)
_NTH_WEEK = _flag(
    rf"\b(?:this{_S}is|now|currently|(?:i|we)(?:'?m|{_S}am|{_S}are){_S}(?:in|on|at)|now,|on|we'?re{_S}(?:in|on)|going{_S}into|it'?s|currently)"
    rf"{_S}(?:now{_S}|already{_S}|like{_S})?"
    rf"(?:(?P<unit>week|month){_S}(?:#{_S}?)?(?P<n>[0-9]{{1,2}}|{_NUMBER_WORD})|(?:my{_S}|the{_S}|its{_S})?"
    rf"(?P<nth>[0-9]{{1,2}}(?=(?:st|nd|rd|th)\b)|{{ordinal}})(?:st|nd|rd|th)?{_S}(?P<unit2>week|month))\b".replace(
        "{ordinal}", _ORDINAL
    )
)
# "Day 12 of this headache".
_DAY_OF = _flag(
    rf"\b(?P<nth>{_ORDINAL}|[0-9]{{1,2}}(?:st|nd|rd|th))[ ](?P<unit2>day|week|month)[ ]of[ ](?:this|these|my|"
    rf"constant|the[ ]same|"
    rf"[a-z]{{3,9}}[ ]?(?:pain|ache)s?|(?:[a-z]{{3,9}}[ ])?(?:pain|headaches?|numbness|cough\w*|dizziness))\b"
    rf"|\b(?P<unit>day|week|month)[ ](?:#|number[ ])?(?P<n>[0-9]{{1,2}}|{_NUMBER_WORD})[ ]of[ ](?:this|my|these|"
    rf"a|an|constant|"
    r"nonstop|non-stop|the[ ]same)\b"
)
# "Over a year (14 months to be exact)".
_EXACTLY = _flag(
    rf"[ ,]{{0,2}}[(-]?[ ]?(?P<n>[0-9]{{1,3}}|"
    rf"{_NUMBER_WORD})(?P<half>{_S}and a half)?[ -](?P<unit>{_UNIT})(?P<half2>{_S}and a half)?"
    rf"{_S}(?:to be (?:exact|precise)|exactly|precisely)\b"
)
_PARTS_OF_A_YEAR = _flag(r"\b(?:three[- ]quarters|3/4(?:th)?s?|(?P<one>a quarter|1/4))[ ]of[ ](?:a|the)[ ]year\b")
_HOURS = _flag(
    rf"\b(?:for|past|last|over|x)[ ]?(?:the{_S})?(?:(?:about|past|last){_S})?(?P<n>24|36|48|72|96)[ ]?(?:hours|"
    rf"hrs?|h)\b"
)
_BARE = r"(?P<n>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=[ ]?(?:[.,;!)\n]|$))"
_MARK = (
    r"(?:no wait|no|nope|wait|well|actually|really|i mean|i meant|correction|sorry|make (?:that|it)|scratch that|"
    r"rather|oops|hold on|hmm|more like|closer to|i think (?:it'?s|it was|it is))"
)
# "For 6 weeks, no 8", "10 weeks or 12, I think it's 12", "two months. well, two and a half": said at once in its place.
_AT_ONCE = _flag(
    rf"(?:[ ]or[ ]{_NUMBER})?[ ,.;:!?-]{{1,4}}(?:{_MARK}[ ,.:!-]{{1,3}}){{1,3}}"
    rf"(?:(?:i think|it'?s|it was|it is|that'?s|that was|about|around|like|maybe|for|only|been|more)[ ]){{0,3}}"
    rf"(?P<n>[0-9]{{1,3}}(?:\.[0-9])?|{_NUMBER_WORD})(?P<half>{_S}and a half)?"
    rf"(?:[ -]?(?P<unit>{_UNIT})(?![a-z/])(?! of\b))?(?P<half2>{_S}and a half)?"
    rf"(?(unit)|(?={_S}(?:ago|now|total|i think|i guess|really|actually)\b|[ ]?(?:[.,;!?)\n]|\Z)))"
)
# "6 weeks of therapy but it was really 4": the number alone, in the unit of the length it corrects.
_CORRECTED = _flag(
    rf"(?:[^.;!?\n]{{0,40}}?(?:[, .-]|[.!?]{{1,3}}[ \n]{{1,2}}))"
    rf"(?:actually|really|rather|correction|scratch that|make (?:that|it)|i mean|i meant|"
    rf"more like|closer to|sorry|oops|(?:no,? )?(?:wait|hold on|hang on)(?:,? no)?),?"
    rf"(?:{_S}(?:i mean|i meant|it was|it is|it's|that was|make that|more like|closer to|only|about|really|actually),?)"
    rf"{{0,3}}{_S}{_BARE}"
)
_NOT = _flag(r"\bnot[ ]\Z")
_BUT = _flag(rf",?{_S}but{_S}{_BARE}")
_PAST_UNIT = _flag(
    rf"\b(?:(?:for|over|in|during|throughout|within){_S})?(?:(?:the|this|these){_S}(?:past|last)|"
    rf"past){_S}(?P<unit>week|wk|month|mo|year|yr)\b(?!{_S}and{_S}(?:a{_S})?half)"
    # "The last week of September" is a date.
    rf"(?!{_S}(?:of|in){_S}(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
    rf"|\ball{_S}(?P<all>week|month|year)\b"
)
_ONLY_ARTICLE = _flag(
    r"\b(?:for|about|around|over|under|nearly|almost|than|least|half|past|only|just|roughly|approximately|maybe|like|"
    r"been|took|it|them|pain|lasted|after|did|tried|had|got|finished|completed|with|by|of|x|close to)[ \n]\Z"
)
# "Two Aleve a day".
_SO_MANY_EACH = _flag(r"\b(?:[0-9]{1,2}|one|two|three|four|five|six|few|once|twice)[ ](?:[a-z]{2,14}[ ]){0,2}\Z")
_ARTICLE_AFTER = _flag(
    r"[ \n](?:or so|or two|or more|now|long|of|and (?:a )?half|trial|course|straight)\b|[ ]?[.,;!?)]|\Z"
)
# A length that is a limit, a rate, an instruction or still to come says nothing about how long something has lasted.
_NOT_LASTED_BEFORE = _flag(
    r"\b(?:not|(?:will|'ll|would) be|f/u:?|follow(?:ing)?[- ]?up:?|recheck:?|rtc:?|is it|do (?:i|we|you) have|"
    r"have i got|does it say|was it|"
    r"within|next|another|every|each|in another|up to|expires?(?: in)?|valid for|per|"
    r"(?:in|within|of|after) (?:the|my) first|coming|following|"
    r"in|"
    r"see you in|return in|back in|follow-?up in|recheck in|within the(?: next| first)?)[ \n](?:the[ ](?:next|"
    r"first)[ ])?\Z"
)
# "4 infections in the last 12 months": how often, not how long.
_COUNTED_IN = _flag(
    rf"(?:\b(?:{_NUMBER}|multiple|many|once|twice|no|any|never)|x[ ]?[0-9])[ ]"
    # "Two episodes of bloody sputum in the past 10 days" tells since when it comes, but of infections how often.
    r"(?!(?:episodes|spells|attacks|bouts)[ ](?!of[ ](?:[a-z]+[ ])?(?:sinus\w*|pneumonia|bronchitis|diverticul\w+|"
    r"infections?|utis?|pancreatitis|gout)\b))"
    r"(?:(?!(?:but|and|they|it|now|changed|got|gotten|worse)\b)[a-z'/-]{2,15}[ ]){0,4}"
    r"(?:in|within)[ ](?:the[ ])?(?:last|past)[ ]\Z"
)
# "5 sinus infections past yr".
_SO_MANY = _flag(
    rf"\b(?:{_NUMBER}|multiple|many)[ ](?:[a-z'/-]{{2,15}}[ ]){{0,2}}(?!(?:episodes|spells|attacks|bouts)\b)"
    r"[a-z'/-]{2,15}s[ ]\Z"
)
# "I haven't run in 8 weeks", "therapy for another six weeks" (unless it is wanted or still to come): these have lasted.
_NOT_DONE_IN = _flag(r"(?:\bnot|n't|\b(?:have|has|had|did)nt)\b[^.;,]{0,25}[ ]in[ ](?:about |over |almost )?\Z")
_ANOTHER = _flag(r"\banother[ \n]\Z")
_DID = _flag(r"\b(?:did|kept|wore|took|continued|went|had|used|stayed)\b[^.;!?]{0,50}\Z")
_FOR_ANOTHER = _flag(r"\bfor another[ \n]\Z")
_STILL_WANTED = _flag(
    r"\b(?:wants?|wanted|needs?|needed|requires?|required|must|have to|has to|wait|should|continue|keep|recommends?|"
    r"recommended|told|asked|asking|will|going to|come back|try|plan|off)\b[^.;]{0,60}\Z"
)
_IN_COMES_TRUE = _flag(r"[ \n](?:of|that|since)\b")
_NOT_LASTED_AFTER = _flag(
    r"[ \n](?:each\b|every time|each time|at a time|apiece|per (?:episode|attack|time)|from now|later|"
    r"into(?! (?:pt|physical therapy|therapy|rehab|chiro\w*|(?:my|his|her|the|a|wearing the) "
    r"(?:pt|physical therapy|therapy|rehab|brace|boot|cast|splint|home|exercises|program|hep)|hep|home exercises?)\b)|"
    r"from the date|from today|before|"
    r"(?:by |at )?(?:then|that time)(?=[ ]?(?:[.;!)\n]|\Z))|"
    r"prior(?![ ]to[ ](?:the[ ]|this[ ])?(?:visit|presentation|arrival|eval\w*|consult|today|admission)\b)|earlier|"
    r"out\b(?![ ](?:of[ ](?:my[ ](?:own[ ])?)?pocket|(?:from|since)[ ](?:the[ ]|my[ ]|an?[ ])?"
    r"(?:injury|fall|accident|onset|wreck|crash)))|away|of age|old|"
    r"follow(?:ing)?[- ]?up|pregnant|thing\b|rule\b|requirement|policy\b|limit\b|deadline|window\b|cut-?off|minimum|"
    r"mark\b|check-?up|recheck|to (?:appeal|file|respond|request|reply|answer|fight)\b|left\b(?![ ]?(?:sided?|"
    r"[a-z]{3,8} pain|knee|hip|leg|arm|shoulder|ankle|wrist|elbow|foot|hand|low|flank|heel|thumb|neck|side))|"
    # "180 days we have to answer"; but "two months I have sweat in the night".
    r"(?:i|we|you) (?:have|get|got)(?=[ ](?:to|until|till|left|for|before|in|from|the right|a right|now)\b|"
    r"[ ]?(?:[.,;?!)\n]|\Z)))"
    r"|[ \n-]?(?:f/u\b|follow(?:ing)?-up\b|follow(?:ing)?up\b)"
    rf"|{_S}after{_S}(?:" + "|".join(f"(?:{p})" for p, _ in _HOLIDAYS) + r")(?![a-z])"
)
# "Started about 2 weeks after the flu": when it began, not how long it has lasted.
_BEGAN = _flag(
    r"\b(?:start(?:ed|s)?|began|begun|onset|came on|came back|happened|developed|showed up|appeared|noticed|"
    r"kicked in|set in)"
    r"[^.;,]{0,20}\Z"
)
_AFTER_SOMETHING = _flag(r"[ ](?:after|before|into|post|postpartum|following)\b")
_MORE = _flag(r"\b(?:more|additional)\b")
# "4 months. Prior treatment": only "wks. ago" has a dot inside.
_AGO_AFTER = _flag(rf"(?:\.(?=[ ]ago\b))?(?:{_S}and a half)?{_S}(?:or so{_S})?(?:ago|back|prior)\b")

_ONSET = (
    r"(?:as of|(?:(?<=this time )|(?<!time ))(?<!times )(?<!unchanged )(?<!same )(?<!stable )(?:since|sence|sinse|"
    r"scince|sicne)|ever since|"
    r"(?:re)?start(?:s|ed|ing)?|resumed|began|begun|beginning|onset|"
    r"(?<!letter )(?<!notice )(?<!denial )(?<!decision )(?<!mail )(?<!answer )(?<!results )came on|come on|came back|"
    r"flare[- ]?ups?|flared?(?: up)?|dating back|"
    r"goes back|going back|hurt|injured|injury|fell|fall|twisted|tweaked|sprained|strained|dislocated|wrenched|jammed|"
    r"rolled|tripped|got hit|tore|popped|slipped|lifted|(?<!by )accident|"
    r"crash|mva|mvc|foosh|noticed|"
    r"went out|gave out|gave way|blew out|locked up|seized up|threw|thrown|wrecked|whacked|landed on|"
    r"acting up|acted up|"
    r"(?:pain|ache|it|symptoms?|numbness|headaches?)(?: has| have)? returned|kicked in|set in|cropped up|"
    r"doi|date of injury|froze(?: up)?|stiffened(?: up)?|swelled(?: up)?|swole(?: up)?|blew up|ripped|snapped|"
    r"collided|banged|smacked|"
    r"developed|appeared|woke up|got worse|worsened|symptoms? from|present from|pain (?:dates )?from|sprain|"
    r"strain|first felt|felt (?:an?|something)(?= )|pulled (?:an?|my|his|her|something)|came first|"
    r"got (?:really |so |very )?bad|happened|occurred)"
)
_ONSET_BEFORE = _flag(
    rf"\b{_ONSET}\b[:,]?(?P<gap>(?:[ \n]{{1,3}}"
    rf"(?:approx\.|[0-9]{{1,2}}k\b|[a-z'/-]{{1,20}}[,:]?|{_MASK}{{1,12}})){{0,12}})"
    rf"[ \n]{{1,3}}[(~]{{0,2}}(?:(?:early|mid|late)[ -])?\Z"
    r"|\b(?:date of )?onset(?:[ ]date)?[:]?[ ]{0,3}\Z"
    r"|\bcame[ ]\Z"
)
_ONSET_AFTER = _flag(
    r",?[ \n](?:when |that )?(?:i|he|she|my (?:[a-z]{2,10} ){1,2}|the (?!(?:blood|labs?|tests?|results?|letter|"
    r"report|scan|plan|notice|appeal)\b)(?:[a-z]{2,10} ){1,2}|it)[ ]?(?:hurt|injured|fell|twisted|lifted|"
    r"bent (?:down|over)|slipped|tripped|rolled|pulled (?:my|his|her|a)|broke|"
    r"tweaked|tore|popped|slipped|started|began|came on|flared up|noticed|developed|"
    r"woke up (?:with|and (?:couldn't|could not|can't|had|it|my)|unable)|went out|gave out|"
    r"gave way|blew out|locked up|seized up|threw (?:my|his|her) [a-z]{2,10} out|got hurt|got hit|crashed|"
    r"got (?:really |so |very )?(?:bad|worse)|flared|came back)\b"
    # "4 months ago they changed".
    r"|,?[ \n](?:they|it|this|things|my (?:migraines?|headaches?|pain|symptoms))(?: have| has| all)? (?:changed|got "
    r"(?:different|a lot worse|much worse|worse)|turned (?:into|bad))\b"
    # "I bent to pick up my cat and something went in my back", "I was reaching for a pan and felt a pop".
    r"|,?[ \n](?:i|he|she|we)[ ](?:[a-z'-]{1,12},?[ ]){1,11}?(?:(?:and|when)[ ](?:i[ ]|he[ ]|she[ ])?)"
    r"(?:something[ ](?:went|popped|gave|pulled|tore|snapped|slipped|let go|shifted|cracked)|"
    r"(?:felt|heard)[ ](?:a|it|my|something|this)|(?:my|his|her)[ ](?:[a-z]+[ ]){1,2}"
    r"(?:popped|gave|went|buckled|locked|snapped|twisted))\b"
)
_ONSET_INSIDE = _flag(r"(?:since|sence|sinse|starting|onset|began|begun|started|noticed)\b")
# "I never had back trouble until July", "my knee was fine up until about Halloween".
_WELL_UNTIL = _flag(
    r"\b(?:never|no|fine|ok|okay|great|good|perfect|perfectly|normal|healthy|pain[- ]free|well|active)\b"
    r"(?:[ ,](?!(?:pt|therapy|physical|mri|ct|scan|x-?rays?|doctor|visit|appointment|seen|saw|covered|approved|denied|"
    r"work|available|better|improve\w*|improvement|relief|help\w*|sleep|letter|notice|call|answer|response|do|did|"
    r"see|need\w*|start|insurance|and|but|took|take|tried|try|meds?|medication|smok\w+|decision|"
    r"(?:in|have|has|got)(?=[ ](?:until|till|til|to|with|up)\b)|sent|send|heard|told|gave|given|says?|said|"
    r"kn[eo]w|found|received|offered|ordered|referred|able)\b)"
    r"[a-z'-]{1,14}){0,8},?[ ](?:up[ ])?"
)
_UNTIL = _flag(
    r"(?:until|till|til)\b(?:[ ](?:about|around|like|maybe|roughly|sometime|in|early|mid|late|the|this|past))*[ ]?"
)


def _well_until(hidden: str, hit: DateHit) -> int | None:
    """Where the "until" stands, when nothing was wrong until then, so that the trouble began on that day."""
    begins = max(0, hit.start - 110)
    last = None
    for last in _UNTIL.finditer(hidden, begins, hit.end):  # noqa: B007
        pass
    if last is None or last.end() < hit.start:
        return None
    stop = max(begins, *(hidden.rfind(mark, begins, last.start()) + 1 for mark in ".;!?\n"))
    well = any(m.end() == last.start() for m in _WELL_UNTIL.finditer(hidden, stop, last.start()))
    return last.start() if well else None


# "From July I have headaches", "from about May on".
_FROM_WHEN = _flag(r"\bfrom[ ]")
_ON_FROM_THEN = _flag(
    r"[ ](?:on|onwards?|forward)\b(?![ ](?:the|my|a)\b)"
    r"|,?[ ](?:i|he|she|we|it|they|my)[ ](?:[a-z]{2,9}[ ])?(?:have|has|"
    r"hurts?|feel|feels|suffer|suffers|get|gets|got|can'?t|cannot|am|is)\b"
)
# "It came November 2, it's dated October 27": the letter.
_CAME = _flag(
    r"\b(?:it|that|this|they|one|letter|notice|denial|mail)[ ](?:just |only |finally |first )*came\b[a-z ]*\Z"
)
_PAPER = _flag(r"\b(?:letter|notice|denial|mail|mailbox|envelope|papers?|paperwork|dated|results?|bill|eob)\b")
# "Chemo to start 12/1" is still to come.
_STILL_TO_COME = _flag(r"\b(?:to|will|going to|gonna|plans? to|scheduled to|supposed to|should|can)[ \n]\Z")
# "As of Thanksgiving it will be a year".
_WILL_BE = _flag(r",?[ ](?:it|i|he|she|we|this|that)(?:'ll|[ ]will)\b")
_OTHER_CLAUSE = _flag(
    rf"\b(?:letter|notice|denial|notes?|report|dated|dos|eob|fax(?:ed)?|appeal|visit|appointment|appt|mri|ct|x-?ray|xray|"
    rf"times?{_S}since|and|but|then|so|saw|had|went|got|who|which(?!{_S}(?:was|is)\b)|until|denied|submitted|request|received|when)\b"
)
_BETWEEN_ENDS = _flag(
    r"[ ]?(?:-|to|through|thru|until|till|til|and|(?:and|,|;)?[ ]?(?:ended|finished|completed|stopped|ending|"
    r"finishing|last "
    r"visit|discharged|end)(?: it)?[:]?(?: on| in)?)[ ]?(?:about |around )?"
)
# "From 10/3 till now".
_FROM = _flag(r"\b(?:from|between)[ ]")
_TILL_NOW = _flag(
    r"[ ]?(?:-|and(?= now)|(?:clear |all the way |right |straight )?(?:on )?(?:through|up|"
    r"thru) (?:to|till|until)|to|through|thru|until|till|til)[ ]?(?:now|present|today|date|current|this week)\b"
)
# "9/14 till now" is a stretch without a "from"; "10/3 to date" may be a day and a word.
_UP_TO_NOW = _flag(r"[ ]?(?:-|to|through|thru|until|till|til)[ ]?(?:now|present|today)\b")
_TO_A_MONTH = _flag(r"(?:to|through|thru|until|till|til)[ \n]")
_FROM_A_MONTH = _flag(
    rf"(?:from|since|between|in|of|started|began)[ \n]|{_MONTH}|(?:the )?(?:early|mid|late|end|start|beginning)\b"
)


def durations(text: str, today: date) -> list[Duration]:
    """Every length of time something has lasted, in order.

    "8 weeks", "half a year", "over the past month"; also "since March", "started two weeks ago" and "9/1 to 10/13",
    with `since` (and `until`). Limits and plans ("within 180 days", "another 6 weeks", "every 3 months") are left out.
    """
    hidden = masked(flat(text))
    found = [*_lengths(hidden, text), *_seasons_long(hidden, text, today), *_since(hidden, text, today)]
    found.sort(key=lambda d: (d.start, -d.end))
    kept: list[Duration] = []
    for duration in found:
        if not kept or duration.start >= kept[-1].end:
            kept.append(duration)
    return kept


# "Did 2 of 8 weeks": what was done of what was meant.
_SOME_OF = _flag(
    rf"(?<![a-z0-9./{_MASK}-])(?P<n>{_NUMBER})[ ](?:out[ ])?of[ ](?:the[ ]|my[ ]|those[ ]|a[ ])?(?P<all>[0-9]{{1,2}}|"
    rf"{_NUMBER_WORD})(?:[ ](?:ordered|prescribed|planned|scheduled|recommended|approved|required|full))?[ -]"
    rf"(?P<unit>weeks?|wks?|months?|mos?)\b"
)


def _lengths(hidden: str, text: str) -> Iterator[Duration]:
    for m in _SOME_OF.finditer(hidden):
        part, whole = _amount(m["n"]), _amount(m["all"])
        if part and whole and part <= whole:
            yield Duration(round(part * _WEEKS_PER[_unit(m["unit"])], 1), None, text[m.start() : m.end()], *m.span())
    for m in _LENGTH.finditer(hidden):
        first, unit = _amount(m["n"]), _unit(m["unit"])
        at_once = None if m["n"].lower() == "an" or _not_lasted(hidden, m) else _put_right(hidden, m, unit)
        if at_once:
            weeks, end = at_once
            if not _AGO_AFTER.match(hidden, end):
                yield Duration(weeks, None, text[m.start() : end], m.start(), end)
            continue
        instead = _CORRECTED.match(hidden, m.end()) or _not_but(hidden, m)
        amount = _amount(instead["n"]) if instead else None
        if instead and amount:
            yield Duration(
                round(amount * _WEEKS_PER[unit], 1), None, text[instead.start("n") : instead.end("n")],
                instead.start("n"), instead.end("n"),
            )  # fmt: skip
        second = _amount(m["m"])
        if first is None or _AGO_AFTER.match(hidden, m.end()) or _not_lasted(hidden, m):
            continue
        if m["n"].lower() in ("one", "1") and m["unit"].lower() == "day" and not _lone_article(hidden, m, day=True):
            # "One day it will kill me", "one day I fell".
            continue
        if m["n"].lower() in ("a", "an") and not (
            m["less"] or m["most"] or m["n2"] or _lone_article(hidden, m)
        ):
            continue
        if m["list"] and second is not None and not first < second <= first + 2:
            # "Level 9, 3 weeks": only "two, three weeks" is a range.
            first, second = second, None
        amount = min(first, second) if second is not None else first
        weeks = (amount + (0.5 if m["half"] or m["half2"] else 0.0)) * _WEEKS_PER[unit]
        end = m.end()
        if m["n2"]:
            smaller, extra = _unit(m["unit2"]), _amount(m["n2"])
            if _WEEKS_PER[smaller] < _WEEKS_PER[unit] and extra:
                weeks += extra * _WEEKS_PER[smaller]
            else:
                end = m.end("half2") if m["half2"] else m.end("unit")
        # "Almost 6 weeks" is not six: whoever counts must not be told more than was said.
        one = m["n"].lower() in ("a", "an", "one", "1")
        weeks = round(weeks * (_MOST_OF if m["most"] and one else 1.0), 1) - (0.1 if m["less"] else 0.0)
        more = None if instead else _carried(hidden, m)
        if more and weeks > 0:
            n = _amount(more["n"]) or 0
            yield Duration(round(n * _WEEKS_PER[unit], 1), None, text[more.start("n") : more.end()], *more.span("n"))
        if weeks > 0:
            yield Duration(round(weeks, 1), None, text[m.start() : end], m.start(), end)
    for m in _SHORT.finditer(hidden):
        number = int(m["n"] or m["n2"] or m["n3"])
        unit = _unit(m["unit"] or m["unit2"] or m["unit3"] or m["unit4"])
        yield Duration(round(number * _WEEKS_PER[unit], 1), None, text[m.start() : m.end()], *m.span())
    for m in _OF_THOSE.finditer(hidden):
        yield Duration(round((_amount(m["n"]) or 0) * _WEEKS_PER[_unit(m["unit"])], 1), None, m[0], *m.span())
    for m in _OF_A_YEAR.finditer(hidden):
        weeks = float(m["weeks"]) if m["weeks"] else round(int(m["months"]) * _WEEKS_PER["month"], 1)
        yield Duration(weeks, None, text[m.start() : m.end()], *m.span())
    for m in _NTH_WEEK.finditer(hidden):
        nth = (m["nth"] or "").lower()
        counted = _amount(m["n"]) if m["n"] else float(nth) if nth.isdigit() else float(_ORDINALS.index(nth) + 1)
        if counted:
            unit = _unit(m["unit"] or m["unit2"])
            yield Duration(round(counted * _WEEKS_PER[unit], 1), None, text[m.start() : m.end()], *m.span())
    for m in _PARTS_OF_A_YEAR.finditer(hidden):
        weeks = round((0.25 if m["one"] else 0.75) * _WEEKS_PER["year"], 1)
        yield Duration(weeks, None, text[m.start() : m.end()], *m.span())
    for m in _HOURS.finditer(hidden):
        yield Duration(round(int(m["n"]) / 168, 1), None, text[m.start() : m.end()], *m.span())
    for m in _DAY_OF.finditer(hidden):
        nth = (m["nth"] or "").lower().replace("-", " ")
        counted = _ORDINALS.index(nth) + 1 if nth in _ORDINALS else float(re.sub("[^0-9]", "", nth) or 0)
        weeks = round((counted or _amount(m["n"]) or 0) * _WEEKS_PER[_unit(m["unit"] or m["unit2"])], 1)
        end = max(m.end("n"), m.end("unit2"))
        if weeks:
            yield Duration(weeks, None, text[m.start() : end], m.start(), end)
    for m in _HALF_MORE.finditer(hidden):
        weeks = 2.0 if m["fortnight"] else round(1.5 * _WEEKS_PER[m["unit"].lower()], 1)
        if not _AGO_AFTER.match(hidden, m.end()):
            yield Duration(weeks, None, text[m.start() : m.end()], *m.span())
    for m in _PAST_UNIT.finditer(hidden):
        if _SO_MANY.search(hidden, max(0, m.start() - 40), m.start()):
            continue
        weeks = round(_WEEKS_PER[_unit(m["unit"] or m["all"])], 1)
        yield Duration(weeks, None, text[m.start() : m.end()], *m.span())


# "Two winters it's been coming on": at least since the end of the first of them.
_SEASONS_LONG = _flag(
    rf"\b(?P<n>{_NUMBER}){_S}(?:(?:whole|full|long|bad){_S})?(?P<season>springs|summers|falls|autumns|winters)"
    rf"(?!{_S}(?:ago|back|before|later)\b)"
)


_SO_LONG = _flag(r"\b(?:for|past|last|over)[ ]\Z")


def _seasons_long(hidden: str, text: str, today: date) -> Iterator[Duration]:
    for m in _SEASONS_LONG.finditer(hidden):
        name, times = m["season"].lower()[:-1], int(_amount(m["n"]) or 0)
        if not 2 <= times <= 40 or (name == "fall" and not _SO_LONG.search(hidden, max(0, m.start() - 12), m.start())):
            # "Two falls this month" are no autumns.
            continue
        month, day = _SEASONS[name]
        ended = [
            end
            for year in range(today.year, today.year - times - 3, -1)
            if (end := date(year, month, day) + relativedelta(months=3, days=-1)) <= today
        ]
        weeks = round((today - ended[times - 1]).days / 7, 1)
        yield Duration(weeks, None, text[m.start() : m.end()], *m.span())


# "A boot for six weeks and a brace for another four", "they want 6 weeks. I did nine": the number alone, in that unit.
_CARRIED = _flag(
    rf"(?:[^;!?\n{_MASK}]{{0,70}}?\bfor[ ]"
    r"|[^;\n]{0,40}?(?:[.,!?]|[ ]but|[ ]and(?=[ ](?:i|he|she)'?(?:ve|s)?[ ](?:have[ ]|has[ ])?done[ ]))[ ]"
    r"(?:(?:but|and|well|so|honestly|actually)[ ]){0,2}(?:i|he|she|we)"
    r"(?:'s|'ve|[ ]has|[ ]have)?[ ](?:(?:only|just|actually|already)[ ])?(?:did|done|had|completed|went|lasted|managed|"
    r"made[ ]it(?:[ ](?:to|through))?|got[ ]through|could[ ](?:only[ ])?(?:do|make|manage|afford)|"
    r"(?:wore|took)[ ]it)[ ])"
    r"(?:(?:the past|the last|about|around|another|like|maybe|only|over|almost|nearly|just|roughly|"
    rf"actually|a good|at least|the other)[ ]){{0,2}}(?P<n>[0-9]{{1,2}}|{_NUMBER_WORD})"
    rf"(?=[ ]?(?:[.,;!)(\n]|\Z)|[ ](?:and|but|with|then|because|before|due|since|cause|cuz|of (?:those|these|them))\b)"
)


def _carried(hidden: str, m: re.Match[str]) -> re.Match[str] | None:
    """A number behind this length that counts in its unit; not an article, nor one behind another length."""
    said = _CARRIED.match(hidden, m.end())
    if said is None or said["n"].lower() in ("a", "an"):
        return None
    return None if _LENGTH.search(hidden, m.end(), said.end()) else said


def _put_right(hidden: str, m: re.Match[str], unit: str) -> tuple[float, int] | None:
    """(weeks, end) of the number that is at once put in the place of this length."""
    instead = _AT_ONCE.match(hidden, m.end()) or _EXACTLY.match(hidden, m.end())
    if instead is None or (instead["n"].lower() in ("a", "an") and not instead["unit"]):
        return None
    amount = _amount(instead["n"])
    if not amount:
        return None
    amount += 0.5 if instead["half"] or instead["half2"] else 0.0
    return round(amount * _WEEKS_PER[_unit(instead["unit"] or unit)], 1), instead.end()


def _not_but(hidden: str, m: re.Match[str]) -> re.Match[str] | None:
    """ "Not 6 weeks but 8": the number that holds."""
    return _BUT.match(hidden, m.end()) if _NOT.search(hidden, max(0, m.start() - 5), m.start()) else None


def _lone_article(hidden: str, m: re.Match[str], *, day: bool = False) -> bool:
    """Whether an article (with `day`, the "one" of "one day") counts: "for a week", "x1 day", "only one day"."""
    before = _ONLY_ARTICLE.search(hidden, max(0, m.start() - 16), m.start())
    if not before and _SO_MANY_EACH.search(hidden, max(0, m.start() - 40), m.start()):
        return False
    if day:
        return before is not None or m["n"] == "1"
    return bool(before or m["half2"] or _ARTICLE_AFTER.match(hidden, m.end("unit")))


def _not_lasted(hidden: str, m: re.Match[str]) -> bool:
    if _AFTER_SOMETHING.match(hidden, m.end()) and _BEGAN.search(hidden, max(0, m.start() - 40), m.start()):
        return True
    if _COUNTED_IN.search(hidden, max(0, m.start() - 60), m.start()):
        return True
    before = _NOT_LASTED_BEFORE.search(hidden, max(0, m.start() - 24), m.start())
    if _NOT_DONE_IN.search(hidden, max(0, m.start() - 40), m.start()):
        return False
    if _FOR_ANOTHER.search(hidden, max(0, m.start() - 14), m.start()) or (
        _ANOTHER.search(hidden, max(0, m.start() - 10), m.start())
        and _DID.search(hidden, max(0, m.start() - 60), m.start())
    ):
        return _STILL_WANTED.search(hidden, max(0, m.start() - 90), m.start()) is not None
    if before and not (before.group().lower().strip() == "in" and _IN_COMES_TRUE.match(hidden, m.end())):
        return True
    return bool(_NOT_LASTED_AFTER.match(hidden, m.end()) or _MORE.search(m.group().replace("or more", "")))


def _since(hidden: str, text: str, today: date) -> Iterator[Duration]:
    hits = [hit for hit in _dates(text, today) if hit.date <= today]
    yield from _since_then(hidden, text, today, hits)
    skip = -1
    for i, hit in enumerate(hits):
        if i == skip:
            continue
        after = hits[i + 1] if i + 1 < len(hits) else None
        after = _to_its_end(after) if after else None
        if after and after.date > hit.date and _is_range(hidden, hit, after):
            skip = i + 1
            if hit.precision == after.precision == "month" and latest(hit, after.date) + timedelta(days=7) > after.date:
                # "April to May": a day or two months.
                continue
            weeks = round((after.date - latest(hit, after.date)).days / 7, 1)
            yield Duration(weeks, hit.date, text[hit.start : after.end], hit.start, after.end, after.date,
                           _to_the_day(hit), _to_the_day(after), after.date < today - timedelta(days=3))  # fmt: skip
            continue
        now = None if _still_open(hit, today) else _TILL_NOW.match(hidden, hit.end)
        if now and (
            _FROM.search(hidden, max(0, hit.start - 8), hit.start + 5)
            or (hit.precision == "day" and _UP_TO_NOW.match(hidden, hit.end))
        ):
            yield Duration(weeks_since(hit, today), hit.date, text[hit.start : now.end()], hit.start, now.end(), today,
                           _to_the_day(hit))  # fmt: skip
            continue
        still = _STILL_ON.match(hidden, hit.end) if _AGO.search(hidden, hit.start, hit.end) else None
        if still:
            yield Duration(weeks_since(hit, today), hit.date, text[hit.start : still.end()], hit.start, still.end(),
                           first_day=_to_the_day(hit))  # fmt: skip
            continue
        span = _onset_span(hidden, hit, hits[i - 1].end if i else 0)
        if span is not None and after and _PUT_RIGHT.fullmatch(hidden, hit.end, after.start):
            hit, skip = after, i + 1
            span = span[0], after.end
        finer = after and _FINENESS.index(after.precision) < _FINENESS.index(hit.precision)
        if span is not None and after and finer and _IN_OTHER_WORDS.fullmatch(hidden, hit.end, after.start):
            hit, skip = after, i + 1
            span = span[0], after.end
        if span is not None and after and after.start - hit.end < 14 and _EITHER.match(hidden, hit.end):
            # "Since June or July": surely since the later one.
            hit, skip = max(hit, after, key=lambda h: latest(h, today)), i + 1
            span = span[0], after.end
        if span is not None and not _still_open(hit, today):
            yield Duration(weeks_since(hit, today), hit.date, text[span[0] : span[1]], *span,
                           first_day=_to_the_day(hit))  # fmt: skip


# "Fell 10/24, back pain since.", "Nov 2 I felt a pop. Can't raise it since": since the day told of before.
_SINCE_THEN = _flag(
    r"\b(?:(?<!pt )(?<!therapy )(?<!chiro )(?<!care )"
    r"(?:start(?:ed|s)|began|came on)[ ](?:right[ ]|around[ ]|about[ ]|shortly[ ]|soon[ ]|just[ ])?"
    r"(?:then|that[ ](?:day|night|week|month)|after(?:wards?)?(?=[ ]?(?:[.,;!)\n]|\Z)))|ever since then|"
    r"since then|since that (?:day|time|night)|"
    r"(?<!gone )(?<!none )(?<!fine )(?<!nothing )(?<!stable )"
    r"(?:ever )?since(?=[ ]?(?:[.,;:!)\n]|\Z)|[ ](?:and|but|with)\b)|"
    # "I had my baby in August and ever since my heart skips".
    r"from (?:that (?:point|day|time|moment|night)|then) on(?:wards?)?|"
    r"(?:(?<=\band )|(?<=[.!?;,][ \n]))ever since(?=,? (?:then\b|my|i|i've|i'm|it|it's|the|he|she|his|her|both)\b))"
)
_NOT_SINCE_IT = _flag(
    r"\b(?:x-?rays?|xr|mri|ct|scan|films?|saw|seen|visit|quit|pt|therapy|started(?! (?:hurting|having))|denied|"
    r"denial|letter|"
    r"notice|dated|submitted|request|dob|appointment|appt|shot|injection|until|by|stopped|labs?|refill\w*|smok\w+)\b"
    r"[^.;,\n]{0,24}\Z"
)
_TOLD_BEFORE = 220
"""Characters before "since" within which the day was told."""


def _since_then(hidden: str, text: str, today: date, hits: list[DateHit]) -> Iterator[Duration]:
    for m in _SINCE_THEN.finditer(hidden):
        told = [
            hit
            for hit in hits
            if m.start() - _TOLD_BEFORE <= hit.start
            and hit.end <= m.start()
            and hit.precision != "year"
            and not _still_open(hit, today)
            and not _NOT_SINCE_IT.search(hidden, max(0, hit.start - 40), hit.start)
        ]
        if told:
            yield Duration(weeks_since(told[-1], today), told[-1].date, text[m.start() : m.end()], *m.span(),
                           first_day=_to_the_day(told[-1]))  # fmt: skip


# "Put me on Mobic. That was 7 weeks ago, still on it".
_STILL_ON = _flag(
    r"[ ]?[,.;(-]{0,2}[ ](?:and[ ]|but[ ]|i'?m[ ]|i[ ]am[ ]|he'?s[ ]|she'?s[ ]|it[ ])*"
    r"(?:still(?![ ](?:hurts?|no|not|can'?t|numb))|ongoing|continu(?:es|ing))"
    r"(?:[ ](?:on|in|taking|doing|wearing|using|going|it|them|that|one|daily))*"
)
_FINENESS = ("day", "week", "month", "season", "year")
# "Started this summer, end of June I guess", "around Easter I want to say, early April": the finer one.
_IN_OTHER_WORDS = _flag(
    r"(?:[ ](?:i[ ](?:want[ ]to[ ]say|think|guess|believe)|or[ ]so|sometime|maybe|probably))?[ ,(:-]{1,3}"
    r"(?:(?:i[ ]would[ ]say|i'?d[ ]say|i[ ]want[ ]to[ ]say|like|around|about|maybe|so|say|i[ ]think|i[ ]guess|"
    r"probably|approx\.?|specifically|it[ ]was|the)[ ]){0,3}"
)
# "Started 9/1, sorry, 9/10".
_PUT_RIGHT = _flag(
    r"[ ,.;:(-]{1,4}(?:(?:no|wait|actually|correction|sorry|i mean|i meant|make (?:that|it)|rather|oops|scratch that|"
    r"or rather|more like|it was|that was|it'?s|really)[ ,.:-]{1,3}){1,5}"
    # "No sorry, the twenty-seventh, August twenty-seventh".
    r"(?:the[ ][a-z0-9-]{3,14}(?:st|nd|rd|th)[ ,]{1,2})?(?:(?:on|in|about|around|like|the)[ ]){0,2}"
)


_EITHER = _flag(r"[ ,]{1,2}(?:maybe |possibly |perhaps )?or\b")


def _to_its_end(hit: DateHit) -> DateHit:
    """ "From March through July": to the end of it."""
    if hit.precision != "month" or not _THROUGH.match(hit.words):
        return hit
    return replace(hit, date=hit.date.replace(day=1) + relativedelta(months=1, days=-1))


_THROUGH = _flag(r"(?:through|thru)[ ]")


def _still_open(hit: DateHit, today: date) -> bool:
    """ "Since November", said in November: it may be of today, so it has no length."""
    return hit.precision not in ("day", "week") and latest(hit, today) == today


def _to_the_day(hit: DateHit) -> date | None:
    return hit.date if hit.precision == "day" else None


def _is_range(hidden: str, first: DateHit, second: DateHit) -> bool:
    """Whether two dates are the ends of a stretch ("9/1 to 10/13"), not two items ("9/1 and 10/13")."""
    if not hidden[first.end : second.start].strip() and _TO_A_MONTH.match(second.words):
        # "From June to August": the word between belongs to the month's words.
        return bool(_FROM_A_MONTH.match(first.words)) or first.precision == "day"
    if not _BETWEEN_ENDS.fullmatch(hidden, first.end, second.start):
        return False
    if hidden[first.end : second.start].strip().lower() != "and":
        return True
    return bool(re.search(r"\bbetween ", hidden[max(0, first.start - 10) : first.start + 8], re.I))


def _cue_before(hidden: str, hit: DateHit, begin: int) -> re.Match[str] | None:
    """The nearest cue before a date with no other statement between: in "since March for what started in May" the last.

    After "since" somebody may tell what happened then: "since I had covid in August".
    """
    found = None
    cue = _ONSET_BEFORE.search(hidden, max(begin, hit.start - 90), hit.start)
    while cue is not None:
        gap = cue.group("gap") or ""
        between = _OTHER_CLAUSE.search(gap)
        since = _SINCE.match(cue[0]) is not None
        told = (_THEN if since else _WHEN).fullmatch(gap) and not _NOT_THEN.search(gap)
        if between is None or told:
            found = cue
        if found is not None and since:
            break
        cue = _ONSET_BEFORE.search(hidden, cue.start() + 1, hit.start)
    return found


# "Her memory got bad after the hospital stay in February".
_AFTER_AN_EVENT = _flag(
    r"\bafter[ ](?:(?:the|my|a|an|her|his|that|our|she|he|i)[ ])?(?:[a-z'-]{1,15}[ ]){1,5}(?:on[ ]|around[ ]|"
    r"about[ ])?\Z"
)
_BETTER = _flag(
    r"\b(?:better|improv\w+|resolved|went away|gone|helped|relief|normal|stable|no|not|never had|denied|"
    r"approved|called|sent|"
    r"told|said)\b"
)
_SINCE = _flag(r"(?:ever )?since\b")
_THEN = _flag(r"[ \n]*(?!.*\bwhen\b)(?:i|he|she|we|they|my|the|his|her)[ ](?:[a-z'-]{1,15}[ ]?){1,6}")
# "Started when we were at the lake, Labor Day weekend".
_WHEN = _flag(
    r"[ \n]*(?:right[ ]|just[ ]|back[ ])?(?:when|while)[ ](?:i|he|she|we|they|"
    r"my)[ ](?:[a-z'-]{1,15},?[ ]?){1,6}"
)
_NOT_THEN = _flag(
    r"\b(?:letter|notice|denial|notes?|report|dated|eob|appeal|visit|appointment|appt|mri|ct|x-?ray|xray|scan|denied|"
    r"submitted|request|received|but|then|so|which|until|who)\b"
)


# "My fifth sinus infection since last Christmas", "the third time since May": how often, not how long.
_SO_OFTEN = _flag(
    r"\b(?:[2-9](?:nd|rd|th)?|two|three|four|five|six|seven|eight|several|many|multiple|second|third|fourth|fifth|sixth)"
    r"[ ](?:[a-z]{3,12}[ ]){0,2}?(?:times?|infections?|episodes?|dislocations?|rounds?|courses?|falls?)[ ]\Z"
)


# "Happened once before in July".
_BEFORE_IT = _flag(r"\b(?:once|twice|one[ ]time|also)[ ]before\b")


def _onset_span(hidden: str, hit: DateHit, begin: int = 0) -> tuple[int, int] | None:
    """The words that make this date a beginning ("since March", "started on 9/3", "3 weeks ago I fell"), or None.

    `begin`: where the date told of before ends; a cue before that is that one's.
    """
    inside = _ONSET_INSIDE.match(hidden, hit.start)
    cue = None if inside else _cue_before(hidden, hit, begin)
    told = hit.start if inside else cue.start() if cue else 0
    if _SO_OFTEN.search(hidden, max(0, told - 40), told) or (cue and _BEFORE_IT.search(hidden, cue.start(), hit.start)):
        return None
    if inside:
        return hit.start, hit.end
    if cue is not None and cue[0][:5].lower() == "as of" and (
        _WILL_BE.match(hidden, hit.end) or _LENGTH.search(hidden, max(0, cue.start() - 30), cue.start())
    ):
        # "8 weeks of PT as of Friday": until then, and not since.
        return None
    if cue is not None:
        if _STILL_TO_COME.search(hidden, max(0, cue.start() - 16), cue.start()):
            return None
        if _CAME.search(hidden, max(0, cue.start() - 20), cue.end()) and _PAPER.search(
            hidden, max(0, cue.start() - 120), hit.end + 40
        ):
            return None
        return cue.start(), hit.end
    event = _AFTER_AN_EVENT.search(hidden, max(0, hit.start - 60), hit.start)
    if event and not _NOT_SINCE_IT.search(event[0]):
        better = _BETTER.search(hidden, max(0, event.start() - 40), hit.end + 30)
        return None if better else (event.start(), hit.end)
    well = _well_until(hidden, hit)
    if well is not None:
        return well, hit.end
    if _FROM_WHEN.search(hidden, max(0, hit.start - 6), hit.start + 5) and _ON_FROM_THEN.match(hidden, hit.end):
        return hit.start, hit.end
    after = _ONSET_AFTER.match(hidden, hit.end)
    return (hit.start, after.end()) if after else None
