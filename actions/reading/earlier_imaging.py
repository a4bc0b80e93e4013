"""Earlier pictures in a text, done or said not to be done, never the study asked for (`rules/imaging_words.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from actions.reading.assertion import Context, meaning
from actions.reading.body import Place
from actions.reading.clinical_items import ImagingItem
from actions.reading.compiled import compiled
from actions.reading.dates import DateHit, dates
from actions.reading.expressions import expression
from actions.reading.language import Match, Phrases, longest
from criteria.ids import IMAGING_RESULTS, MODALITIES
from criteria.strict_yaml import read

_MOST = 200
"""Pictures read of one text."""
_RULES = Path(__file__).parent / "rules" / "imaging_words.yml"


@dataclass(frozen=True)
class _Words:
    modalities: Phrases
    results: Phrases
    done: re.Pattern[str]
    asked: re.Pattern[str]
    not_done: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    given = read(_RULES)
    given.check_keys(("modalities", "done", "asked", "not_done", "results", "expressions"))
    given["modalities"].check_keys(MODALITIES)
    given["results"].check_keys(IMAGING_RESULTS)
    return _Words(
        Phrases(given["modalities"]),
        Phrases(given["results"]),
        *(compiled(given[name]) for name in ("done", "asked", "not_done")),
    )


def imaging(
    given: Context, at: list[Place], days: list[DateHit], complaint: tuple[str | None, str | None], today: date
) -> list[ImagingItem]:
    """The earlier pictures in the text, in order; one that names no body part shows the `complaint` (region, side)."""
    words = _words()
    kept = longest(words.modalities.find(given.text))[:_MOST]
    results = words.results.find(given.text)
    items = [
        item
        for i, m in enumerate(kept)
        if (item := _item(given, words, at, days, results, m, kept, i, complaint, today)) is not None
    ]
    return _merged(items)


def _item(
    given: Context, words: _Words, at: list[Place], days: list[DateHit], results: list[Match], m: Match,
    mentions: list[Match], i: int, complaint: tuple[str | None, str | None], today: date,
) -> ImagingItem | None:  # fmt: skip
    small = given.small
    first, last = given.sentence(m.start)
    begin = max([first, *(o.end for o in mentions[:i])])
    finish = min([last, *(o.start for o in mentions[i + 1 :])])
    before, after = small[max(begin, m.start - 60) : m.start], small[m.end : min(finish, m.end + 110)]
    before = re.split(r"[;]|\bbut\b|\bso\b|\bbecause\b", before)[-1]
    after = expression("imaging_words", "another_matter").split(
        after,
    )[0]
    place = _place(at, given, m)
    region, side = (place.part.region, place.side) if place else complaint
    if m.label == "echo":
        region, side = "heart", None
    status = "present"
    if words.not_done.search(re.split(r",(?! or)", before)[-1]) or expression("imaging_words", "was_not_done").match(
        after,
    ):
        status = "absent"
        if expression("imaging_words", "about_the_record").search(before):
            return None
    elif meaning(given, m.start, m.end) in ("hypothetical", "family"):
        return None
    result = _result(given, results, m, begin, finish) if status == "present" else None
    day = _day(days, given, m, begin, finish, today) if status == "present" else None
    if status == "present" and not _was_done(words, before, after, result is not None, day is not None, m.label):
        return None
    if status == "absent" and words.asked.search(before) and not words.not_done.search(before):
        return None
    return ImagingItem(m.label, status, given.text[m.start : m.end], m.start, m.end, region, side,
                       day.date if day and day.precision == "day" else None, result)  # fmt: skip


def _was_done(words: _Words, before: str, after: str, result: bool, day: bool, modality: str) -> bool:
    said = re.split(r",", before)[-1]
    ahead = re.split(r",", after)[0]
    if expression("imaging_words", "was_asked_for").match(ahead):  # fmt: skip
        return False
    if words.asked.search(said) and not (
        result and re.search(r"\b(?:showed|shows|was|were|came back|revealed|found)\b", ahead)
    ):
        return bool(result and re.search(r"\b(?:had|did|got|took)\b", said))
    if expression("imaging_words", "first").match(ahead):
        # "X-ray first", whatever day stands near: what the plan wants, unless somebody had it.
        return bool(result or re.search(r"\b(?:had|did|got|took|gotten)\b", said))
    if result or expression("imaging_words", "had_before").search(said):
        return True
    told = expression("imaging_words", "says").sub(" ", said)
    return bool(day or words.done.search(ahead) or (words.done.search(told) and modality == "xray"))


def _place(at: list[Place], given: Context, m: Match) -> Place | None:
    """The part that was pictured: the nearest in the sentence, else the last one spoken of."""
    first, last = given.sentence(m.start)
    small = given.small
    after = [
        p
        for p in at
        if m.end <= p.start < last
        and expression("imaging_words", "small_words").fullmatch(
            small[m.end : p.start],
        )
    ]
    if after:
        return after[0]
    before = [p for p in at if first <= p.start and p.end <= m.start]
    if before:
        return before[-1]
    later = [p for p in at if m.end <= p.start < last]
    return later[0] if later else None


def _result(given: Context, results: list[Match], m: Match, begin: int, finish: int) -> str | None:
    """What it showed: the first named thing that is there; "no fracture" alone is normal."""
    found: list[str] = []
    denied = False
    for r in results:
        if not (m.end <= r.start < finish or (begin <= r.start and r.end <= m.start and m.start - r.end < 10)):
            continue
        if r.start > m.end and expression("imaging_words", "about_the_person").search(
            given.small[m.end : r.start],
        ):
            continue
        if r.label == "normal":
            found.append("normal")
        elif meaning(given, r.start, r.end) in ("absent", "hypothetical") or re.search(
            r"\bno (?:[a-z]+ ){0,3}\Z", given.small[m.end : r.start]
        ):
            denied = True
        elif r.label in ("fracture", "mass") and meaning(given, r.start, r.end) == "uncertain":
            found.append("indeterminate")
        else:
            found.append(r.label)
    named = [name for name in IMAGING_RESULTS if name in found and name not in ("normal", "abnormal", "indeterminate")]
    for name in (*_by_weight(named), "abnormal", "indeterminate", "normal"):
        if name in found:
            return name
    return "normal" if denied else None


def _by_weight(names: list[str]) -> list[str]:
    order = ("fracture", "mass", "loose_body", "nodule", "effusion", "arthritis")
    return [name for name in order if name in names]


def _day(days: list[DateHit], given: Context, m: Match, begin: int, finish: int, today: date) -> DateHit | None:
    bare = re.match(r"[ :(]{0,2}([01]?[0-9]/[0-3]?[0-9])(?![0-9/])", given.small[m.end : finish]) or re.search(
        r"\b(?:was|on|is) ([01]?[0-9]/[0-3]?[0-9]) (?:for|of) (?:the |my |that |an? )?\Z", given.small[begin : m.start]
    )
    if bare:
        # "XR 8/20": beside a picture it is a day.
        return next(iter(dates(f"on {bare[1]}", today)), None)
    near = [
        d
        for d in days
        if (m.end <= d.start < finish and d.start - m.end < 60) or (begin <= d.start and 0 <= m.start - d.end < 30)
    ]
    return min(near, key=lambda d: abs(d.start - m.end)) if near else None


def _merged(items: list[ImagingItem]) -> list[ImagingItem]:
    """One item for one picture: a later mention without a date of its own only adds what it says."""
    kept: list[ImagingItem] = []
    for item in items:
        for i, old in enumerate(kept):
            same = old.modality == item.modality and old.status == item.status
            if (
                same
                and (old.region == item.region or None in (old.region, item.region))
                and None in (old.date, item.date)
            ):
                kept[i] = replace(
                    old,
                    region=old.region or item.region,
                    side=old.side or item.side,
                    date=old.date or item.date,
                    result=old.result or item.result,
                )
                break
        else:
            kept.append(item)
    return kept
