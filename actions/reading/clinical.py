"""Clinical language to items: findings, treatments, earlier imaging, visits, how long it has lasted, and age."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from actions.reading.assertion import Context, context, meaning
from actions.reading.body import Place, places
from actions.reading.clinical_items import Clinical, EvaluationItem, FindingItem, ImagingItem, TreatmentItem
from actions.reading.dates import DateHit, Duration, dates, durations
from actions.reading.earlier_imaging import imaging
from actions.reading.symptoms import findings, group
from actions.reading.text import Plain, plain
from actions.reading.treatments import mentions, treatments

_Item = TypeVar("_Item", FindingItem, TreatmentItem, ImagingItem, EvaluationItem)

_AGE = re.compile(
    r"\b(?:i'?m|i am|im|age[ds]?:?|pt is|patient is|he is|she is|turned|turning) (?:a |an |now )?(?P<a>[1-9][0-9])\b"
    r"(?! ?(?:%|percent|lbs?|pounds|weeks?|wks?|days?|months?|minutes|hours?|mins?|kg|feet|miles|visits?|sessions|/|x\b|st|th|nd|rd|\.[0-9]|mg|in the))"
    r"|\b(?P<b>[1-9][0-9])[ -]?(?:years?|yrs?|y)[ -]?(?:old|of age|o\b)|\b(?P<c>[1-9][0-9]) ?(?:y/?o|yr/?o|y\.o\.?)(?![a-z])"
    r"|(?<![0-9/.-])\b(?P<d>[1-9][0-9]) ?[mf]\b(?= |,|\.|$|/)"
)
_RELATIVE = re.compile(r"\b(?:mother|mom|father|dad|sister|brother|son|daughter|husband|wife|aunt|uncle|grandm\w+|grandf\w+|kids?|"
                       r"child|baby|who (?:is|was)|policy|when (?:i|he|she) (?:was|turned)|until|at age|since age|over|under|between)\b[^.;]{0,24}\Z")  # fmt: skip
_LASTS = re.compile(
    r"\b(?:(?:this|it|it's|its|that|the (?:pain|problem)|pain|symptoms?|problem|issue|everything)(?: has| have|'s)?(?: been)?(?: going on| lasted| "
    r"bothering me| happening| like this| there| this way| ongoing| started| began| hurting| bad| here)?|been (?:going on|dealing with|"
    r"hurting|suffering|in pain|struggling|like this|bad|this way|living with)[a-z' ]{0,30}|i've had (?:it|this|these|pain)|"
    r"i have had (?:it|this|these|pain)|had (?:it|this|these symptoms)|dealing with (?:it|this)|suffered|"
    r"started|began|onset|duration|hurting|ongoing|sx|symptom duration|complaint)[:]?(?: for| x| over| about| around| roughly| "
    r"approximately| almost| nearly| since| been| now| at least| the past| the last|,)*[ ]?\Z"
)
_CORRECTION = re.compile(r"\b(?:actually|i mean|i meant|correction|sorry|make that|no wait|scratch that|rather|not [0-9a-z]+ (?:weeks|months),?)\b"
                         r"[^.;]{0,34}\Z")  # fmt: skip
_VISIT = re.compile(
    r"\b(?:(?:saw|seen|see) (?:by )?(?:my|the|a|an|dr\.?|doctor|pcp|ortho|him|her|our)(?: (?!after|again|on\b|in\b|about|for\b|because|and\b|last|this|who|at\b|to\b|when|with|two|three|since|following|back|today|yesterday)[a-z.]{2,16}){0,2}|went (?:back )?(?:to|in to)(?: see)? (?:my|the|dr\.?) "
    r"(?:[a-z.]{2,14} )?(?:doctor|dr\.?|pcp|clinic|office|ortho\w*|surgeon|neurologist|provider|specialist|np|pa)|"
    r"(?:follow[- ]?up|office|clinic|doctor'?s?|recheck|return|re-?evaluation|f/u)(?: office| clinic)? (?:visit|appointment|appt|eval\w*|exam)|"
    r"(?:re-?evaluat(?:ed|ion)|reassess(?:ed|ment)|re-?exam(?:ined|ination)?|recheck(?:ed)?|f/u|examined)(?: by| with| again)?|"
    r"(?:visit|appointment|appt|exam)(?: with (?:my|the|dr\.?)(?: [a-z.]{2,14}){1,2})?|(?:had|has) (?:a |my |an )?(?:follow[- ]?up|recheck|check[- ]?up)|followed up)\b"
)
_THERAPIST = re.compile(r"\b(?:pt|physical therap\w+|therapist|chiropractor|chiro|massage|acupunct\w+|dentist)\b")
_TO_COME = re.compile(r"\b(?:will|going to|scheduled|next|upcoming|have an? (?:appointment|appt)|waiting|supposed|plan(?:ning|s)? to|see (?:him|her|them) (?:next|on)|"
                      r"if|need to|should|can't|until|need an?|never|not|didn't|haven't|hasn't|no|without|before)\b")  # fmt: skip
_AFTER_CARE = re.compile(
    r"\b(?:after|following|since|once|when i finished|finished|completed|done with|post)[ -](?:the |my |a |all |that |finishing |completing |i finished |i completed |"
    r"[0-9]{1,2} weeks? of |six weeks of |6 wks of )*(?:pt|physical therapy|therapy|physio|treatment|the exercises|exercises|conservative (?:care|treatment|management)|"
    r"care|meds|medication|injections?|rehab|chiropract\w+|home exercises?)\b|\bpost[- ](?:pt|therapy|treatment)\b|\bagain after (?:pt|that|therapy|treatment)\b"
)


def read_clinical(text: str, today: date) -> Clinical:
    """What the text says clinically; offsets are into `text`. Relative dates are resolved against `today`. Never raises."""
    made = plain(text)
    given = context(made.text)
    lengths, days = durations(made.text, today), dates(made.text, today)
    at = places(given)
    found = findings(given, at, lengths)
    care = treatments(given, lengths, days)
    return Clinical(
        findings=_placed(made, found),
        treatments=_placed(made, care),
        imaging=_placed(made, imaging(given, at, days, _complaint(found, at), today)),
        evaluations=_placed(made, evaluations(given, days)),
        symptom_weeks=symptom_weeks(given, found, lengths, mentions(given), today),
        age=age(given),
    )


def findings_of(given: Context, today: date) -> list[FindingItem]:
    """The findings of a text made ready, with offsets into that text."""
    return findings(given, places(given), durations(given.text, today))


def _complaint(found: list[FindingItem], at: list[Place]) -> tuple[str | None, str | None]:
    """(region, side) of what the text is about: its first complaint, else the first body part it names."""
    for f in found:
        if f.status == "present" and f.region and group(f.id) in ("pain", "joint"):
            return f.region, f.side
    return next(((p.part.region, p.side) for p in at if p.part.region), (None, None))


def _placed(made: Plain, items: list[_Item]) -> tuple[_Item, ...]:
    """The items with words and offsets of the text as it came."""
    result = []
    for item in items:
        words, start, end = made.span(item.start, item.end)
        result.append(replace(item, words=words, start=start, end=end))
    return tuple(result)


def age(given: Context) -> int | None:
    """The patient's age in years as the text says it, or None. A relative's age is not it."""
    for m in _AGE.finditer(given.small):
        if _RELATIVE.search(given.small[max(0, m.start() - 40) : m.start()]):
            continue
        years = int(next(g for g in m.groups() if g))
        if 16 <= years <= 99:
            return years
    return None


def symptom_weeks(
    given: Context, found: list[FindingItem], lengths: list[Duration], care: list[tuple[int, int]], today: date
) -> float | None:
    """How many weeks the complaint has lasted. A treatment's length is not it; a correction replaces what it corrects."""
    small = given.small
    main: Duration | None = None
    for length in lengths:
        first, _ = given.sentence(length.start)
        before = small[max(first, length.start - 70) : length.start]
        corrects = _CORRECTION.search(before)
        if corrects:
            if main is not None or not care:
                main = length
            continue
        if main is None and not _of_care(given, length, care) and (
            _LASTS.search(re.sub(r"\s+", " ", before)) or _after_length(small, length) or _of_complaint(found, length)
        ):
            main = length
    if main is None:
        complaint = [f for f in found if f.status == "present" and f.weeks is not None and group(f.id) in ("pain", "nerve", "joint")]
        return complaint[0].weeks if complaint else None
    if main.since is not None and main.until is None:
        return round((today - main.since) / timedelta(weeks=1), 1)
    return main.weeks


def _of_complaint(found: list[FindingItem], length: Duration) -> bool:
    return any(
        f.status == "present" and f.weeks == length.weeks and f.since == length.since and group(f.id) in ("pain", "nerve", "joint")
        for f in found
    )


def _after_length(small: str, length: Duration) -> bool:
    """ "8 weeks of back pain", "two months now it hurts", "9 week history of"."""
    return bool(re.match(r"[ -]?(?:of (?:[a-z-]+ ){0,4}(?:pain|numbness|weakness|headaches?|symptoms?|this|it|suffering|agony|swelling)|history|hx|now\b)",
                         small[length.end : length.end + 50]))  # fmt: skip


def _of_care(given: Context, length: Duration, care: list[tuple[int, int]]) -> bool:
    """Whether a length stands beside a treatment, so that it is the treatment's."""
    first, last = given.sentence(length.start)
    for start, end in care:
        if not first <= start < last:
            continue
        gap = given.small[end : length.start] if end <= length.start else given.small[length.end : start]
        if end <= length.start and len(gap) <= 40 and not re.search(r"[.;]|\b(?:pain|symptoms|hurt\w*|but|started|going on|been dealing)\b", gap):
            return True
        if length.end <= start and re.fullmatch(r"[ -]?(?:(?:of|in|worth|supervised|formal|the|my|a|course|trial|doing|taking|daily|prescribed|with|on|home)[ -]?){0,5}", gap):
            return True
    return False


def evaluations(given: Context, days: list[DateHit]) -> list[EvaluationItem]:
    """Visits with a clinician that took place, with their dates; `after_treatment` where the words say so."""
    items: list[EvaluationItem] = []
    small = given.small
    for m in _VISIT.finditer(small):
        first, last = given.sentence(m.start())
        before, after = small[max(first, m.start() - 40) : m.start()], small[m.end() : min(last, m.end() + 70)]
        if _THERAPIST.search(m[0]) or _TO_COME.search(re.split(r"[,;]|\band\b", before)[-1] + m[0]):
            continue
        if re.match(r" (?:is |was )?(?:next|scheduled|on (?:the )?calendar)", after) or re.match(r" (?:my |the )?(?:pt|physical therap|therapist|chiro)", after):
            continue
        near = [d for d in days if m.start() <= d.start < last and d.start - m.end() < 60 or first <= d.start and 0 <= m.start() - d.end < 24]
        day = min(near, key=lambda d: abs(d.start - m.end())).date if near else None
        after_care = bool(_AFTER_CARE.search(small[first:last])) or None
        if day is None and after_care is None:
            continue
        if meaning(given, m.start(), m.end()) in ("hypothetical", "absent", "family"):
            continue
        if any(i.date == day or (after_care and i.date is None) for i in items):
            continue
        items.append(EvaluationItem(day, after_care, m[0], m.start(), m.end()))
    return items


__all__ = ["Clinical", "EvaluationItem", "FindingItem", "ImagingItem", "TreatmentItem", "read_clinical"]
