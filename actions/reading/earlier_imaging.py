"""Earlier pictures in a text, done or said not to be done, never the study asked for (`rules/imaging_words.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from actions.reading.assertion import Context, meaning
from actions.reading.body import Place
from actions.reading.clinical_items import ImagingItem
from actions.reading.compiled import compiled
from actions.reading.dates import DateHit, dates
from actions.reading.expressions import expression
from actions.reading.language import Match, Phrases, longest
from actions.reading.rules import read
from criteria.ids import IMAGING_RESULTS, MODALITIES

_MOST = 200
"""Pictures read of one text."""
_JOINTS = ("knee", "shoulder", "hip", "wrist", "hand", "elbow", "ankle", "foot")
_PAIRED = (*_JOINTS, "breast")
"""Parts of which there are two, so that a picture has a side."""
_RULES = Path(__file__).parent / "rules" / "imaging_words.yml"


@dataclass(frozen=True)
class _Words:
    modalities: Phrases
    results: Phrases
    results_told: tuple[tuple[str, re.Pattern[str]], ...]
    named_region: dict[str, str]
    region_for: dict[str, dict[str, str]]
    done: re.Pattern[str]
    asked: re.Pattern[str]
    not_done: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    given = read(_RULES)
    told = ("done", "asked", "not_done", "results", "results_told")
    given.check_keys(("modalities", *told, "named_region", "region_for", "expressions"))
    given["modalities"].check_keys(MODALITIES)
    given["results"].check_keys(IMAGING_RESULTS)
    given["results_told"].check_keys(("normal", "indeterminate", "abnormal"))
    return _Words(
        Phrases(given["modalities"]),
        Phrases(given["results"]),
        tuple((name, compiled(given["results_told"][name])) for name in given["results_told"]),
        {name: given["named_region"][name] for name in given["named_region"]},
        {name: dict(given["region_for"][name].items()) for name in given["region_for"]},
        *(compiled(given[name]) for name in ("done", "asked", "not_done")),
    )


def imaging(
    given: Context, at: list[Place], days: list[DateHit], complaint: tuple[str | None, str | None], today: date
) -> list[ImagingItem]:
    """The earlier pictures in the text, in order; one that names no body part shows the `complaint` (region, side)."""
    words = _words()
    named = longest(words.modalities.find(given.text))
    bare = [
        Match("ultrasound", *said.span(), 0, 0)
        for said in expression("imaging_words", "bare_us").finditer(given.text)
        if not any(n.start <= said.start() < n.end for n in named)
    ]
    kept = sorted([*named, *bare], key=lambda m: m.start)[:_MOST]
    results = _results(given, words)
    items: list[ImagingItem] = []
    for i, m in enumerate(kept):
        item = _item(given, words, at, days, results, m, kept, i, complaint, today) or _none_either(given, items, m)
        if item is not None:
            items += _repeated(given, results, item, m, kept[i + 1 :], today)
    items += _last_ones(given, at, days, results, kept, items, complaint, today)
    return _merged(_told_of_both(given, items))


def _last_ones(
    given: Context, at: list[Place], days: list[DateHit], results: list[Match], mentions: list[Match],
    items: list[ImagingItem], complaint: tuple[str | None, str | None], today: date,
) -> list[ImagingItem]:  # fmt: skip
    """ "Annual LDCT denied, last one was 11/3/2025": a picture of the kind named before, with its day."""
    told = []
    for said in expression("imaging_words", "one_before").finditer(given.small):
        first, last = given.sentence(said.start())
        before = [o for o in mentions if o.end <= said.start() and said.start() - o.end < _ONE]
        day = next((d for d in days if said.end() <= d.start < min(last, said.end() + _ITS_DAY)), None)
        if not before or day is None or day.date > today or before[-1].start < first:
            continue
        m = before[-1]
        if any(i.modality == m.label and i.status == "present" and i.start <= said.start() for i in items):
            continue
        place = _place(at, given, m, said.start())
        region, side = (place.part.region, place.side) if place else complaint
        if m.label == "echo":
            region, side = "heart", None
        region = _words().named_region.get(given.small[m.start : m.end], region)
        region = _words().region_for.get(m.label, {}).get(region or "", region)
        told.append(
            ImagingItem(
                m.label, "present", given.text[said.start() : said.end()], said.start(), said.end(), region,
                side if region in _PAIRED else None, day.date if day.precision == "day" else None,
                _result(given, results, Match(m.label, said.start(), said.end(), 0, 0), said.start(), last, region),
                _month(day),
            )
        )  # fmt: skip
    return told


_ONE = 90
"""Characters between a picture and the "last one" of its kind."""
_ITS_DAY = 24
"""Characters between those words and their day."""


def _none_either(given: Context, items: list[ImagingItem], m: Match) -> ImagingItem | None:
    """ "Never had an X-ray, MRI or CT": not done, as the one before it in the list."""
    last = items[-1] if items else None
    if last is None or last.status != "absent" or last.end > m.start:
        return None
    asked = expression("imaging_words", "was_asked_for").match(given.small, m.end, given.sentence(m.start)[1])
    if asked or expression("imaging_words", "none_of_them").fullmatch(given.small, last.end, m.start) is None:
        return None
    return replace(last, modality=m.label, words=given.text[m.start : m.end], start=m.start, end=m.end)


def _told_of_both(given: Context, items: list[ImagingItem]) -> list[ImagingItem]:
    """ "An X-ray and ultrasound last month, both normal": the first with what is told behind the second."""
    told = list(items)
    for i, (one, other) in enumerate(pairwise(items)):
        behind = max(one.end, other.start)
        joined = expression("imaging_words", "taken_together").fullmatch(given.small, one.end, behind)
        if joined and one.status == other.status == "present" and not (one.result or one.date or one.month):
            told[i] = replace(one, result=other.result, date=other.date, month=other.month)
    return told


def _results(given: Context, words: _Words) -> list[Match]:
    """What pictures are said to have shown, wherever it stands."""
    told = [
        Match(name, *said.span(), 0, 0)
        for name, pattern in words.results_told
        for said in pattern.finditer(given.small)
    ]
    none = expression("imaging_words", "no_result")
    named = [
        r for r in longest(words.results.find(given.text))
        if not none.match(given.small, r.start) and not _an_injury(given, r)
    ]  # fmt: skip
    return [*told, *(r for r in named if not any(t.start < r.end and r.start < t.end for t in told))]


def _an_injury(given: Context, r: Match) -> bool:
    """ "My knee MRI, tore it skiing": what was done to a part, unless a picture or a doctor is said to tell it."""
    first, _ = given.sentence(r.start)
    return (
        expression("imaging_words", "an_injury").match(given.small, r.start) is not None
        and expression("imaging_words", "tells").search(given.small, first, r.start) is None
    )


def _item(
    given: Context, words: _Words, at: list[Place], days: list[DateHit], results: list[Match], m: Match,
    mentions: list[Match], i: int, complaint: tuple[str | None, str | None], today: date,
) -> ImagingItem | None:  # fmt: skip
    small = given.small
    first, last = given.sentence(m.start)
    begin = max([first, *(o.end for o in mentions[:i])])
    finish = _told_until(given, m, mentions[i + 1 :], last)
    before, after = small[max(begin, m.start - 60) : m.start], small[m.end : min(finish, m.end + 110)]
    before = re.split(r"[;]|\bbut\b|\bso\b|\bbecause\b", before)[-1]
    reason = expression("imaging_words", "why_wanted").search(small, m.end, finish)
    if reason is not None and words.asked.search(before):
        # "Wants the CT because my stress test came back abnormal": the other test's.
        finish = reason.start()
        after = small[m.end : min(finish, m.end + 110)]
    if expression("imaging_words", "nothing_without").search(before):
        return None
    behind = after
    after = expression("imaging_words", "another_matter").split(
        after,
    )[0]
    why = _purpose(given, m, finish)
    if why is not None:
        after = small[why[1] : min(finish, m.end + 110)]
    place = _place(at, given, m, finish)
    region, side = (place.part.region, _side(given, m, place, complaint)) if place else complaint
    if side is None and region is not None and region == complaint[0]:
        side = _only_side(given, at, region)
    if place is None:
        level = _level(given, m, finish) if region is None or region.endswith("_spine") else None
        region = _region_told(at, given, m, mentions[:i], before) or _shown(given, m, finish) or level or region
        side = side if region else None
    if m.label == "echo":
        region, side = "heart", None
    elif small[m.start : m.end] in words.named_region:
        region, side = words.named_region[small[m.start : m.end]], None
    elif m.label == "ultrasound" and expression("imaging_words", "of_the_carotids").search(small, m.start, finish):
        region, side = "neck", None
    elif m.label == "pet_ct" and place is None:
        region, side = None, None
    elif m.label == "ct" and place is not None and small[place.start : place.end].endswith("neck"):
        # A CT of the neck shows its soft parts; one of its spine says so.
        region = "neck"
    region = words.region_for.get(m.label, {}).get(region or "", region)
    if region is not None and region not in _PAIRED:
        # The pain's side is not the picture's: a belly, a chest or a spine is pictured whole.
        side = None
    report = _impression(given, m)
    if report is not None:
        return _reported(given, results, days, m, report, region, side, today)
    status = "present"
    if expression("imaging_words", "first_ever").search(before) and not words.done.search(after):
        return ImagingItem(m.label, "absent", given.text[m.start : m.end], m.start, m.end, region, side)
    all_the_same = expression("imaging_words", "done_all_the_same").match(behind) is not None
    if expression("imaging_words", "still_to_show").search(before) and (
        expression("imaging_words", "will_show").match(small, m.end)
    ):
        return None
    if before.split(",")[-1].strip() == "first" and expression("imaging_words", "in_turn").match(small, m.end):
        return None
    if expression("imaging_words", "no_to").search(before) or expression("imaging_words", "of_an_implant").match(
        small, m.end
    ):
        return None
    if expression("imaging_words", "never_had_one").match(small, m.end):
        return ImagingItem(m.label, "absent", given.text[m.start : m.end], m.start, m.end, region, side)
    according = expression("imaging_words", "according_to").search(before) or expression(
        "imaging_words", "nothing_on_it"
    ).search(before)
    if not (all_the_same or according) and (
        words.not_done.search(re.split(r",(?! or)", before)[-1])
        or expression("imaging_words", "was_not_done").match(
            after,
        )
    ):
        status = "absent"
        if expression("imaging_words", "about_the_record").search(before):
            return None
    elif meaning(given, m.start, m.end) in ("hypothetical", "family") or _of_no_one(given, m):
        return None
    found = [r for r in results if why is None or not why[0] <= r.start < why[1]]
    result = _result(given, found, m, begin, finish, region) if status == "present" else None
    day = _day(days, given, m, begin, finish, today) if status == "present" else None
    if day is not None and day.date > today:
        return None  # "CT sinus, surgery set for 1/8/27": still to come.
    shown = result is not None or expression("imaging_words", "not_broken").match(after) is not None
    done = all_the_same or according or _was_done(words, before, after, shown, day is not None, m.label)
    if status == "present" and not done:
        return None
    if status == "present" and result is None:
        # What stands further away tells what it showed, and never that it was done.
        result = _told_ahead(given, results, m, begin, region)
        if result is None and not any(m.start < o.start < last for o in mentions):
            result = _told_next(given, results, m, last, region)
    if status == "absent" and words.asked.search(before) and not words.not_done.search(before):
        return None
    return ImagingItem(m.label, status, given.text[m.start : m.end], m.start, m.end, region, side,
                       day.date if day and day.precision == "day" else None, result, _month(day))  # fmt: skip


def _told_until(given: Context, m: Match, later: list[Match], last: int) -> int:
    """Where what is told of a picture ends: at the next one, unless both are told of behind it."""
    ends = [*(o.start for o in later), last]
    if not later or ends[0] >= last:
        return last
    joined = expression("imaging_words", "taken_with").fullmatch(given.small, m.end, later[0].start)
    if joined and expression("imaging_words", "both_told").match(given.small, later[0].end, last):
        return min(last, ends[1])
    return min(last, ends[0])


def _purpose(given: Context, m: Match, finish: int) -> tuple[int, int] | None:
    """(start, end) of the words that tell why a picture is taken: "r/o meniscal tear", "to assess the stenosis"."""
    why = expression("imaging_words", "purpose").match(given.small, m.end, finish)
    if why is None:
        return None
    ends = expression("imaging_words", "purpose_ends").search(given.small, why.end(), finish)
    comma = given.small.find(",", why.end(), finish) if why["cue"].startswith("for ") else -1
    return why.start(), min(x for x in (ends.start() if ends else finish, comma) if x >= 0)


_REPORT = 2_500
"""Characters of a report from its heading to its impression, at the most."""
_IMPRESSION = 240
"""Characters of an impression that are read."""


def _impression(given: Context, m: Match) -> tuple[int, int] | None:
    """(start, end) of the impression under a picture that heads a report, or None."""
    small = given.small
    line = small.rfind("\n", 0, m.start) + 1
    if not expression("imaging_words", "report_heading").fullmatch(small, line, m.start):
        return None
    said = expression("imaging_words", "impression").search(small, m.end, m.end + _REPORT)
    if said is None or "\n" not in small[m.end : said.start()]:
        return None
    return said.end(), min(len(small), said.end() + _IMPRESSION)


def _reported(
    given: Context, results: list[Match], days: list[DateHit], m: Match, report: tuple[int, int],
    region: str | None, side: str | None, today: date,
) -> ImagingItem:  # fmt: skip
    """The picture that a report tells of: its day stands in the heading or beside a label, its result below."""
    start, end = report
    small = given.small
    line = small.rfind("\n", 0, m.start) + 1
    eol = small.find("\n", m.end)
    labelled = [
        d for d in days
        if d.precision == "day" and d.date <= today and (
            m.end <= d.start < eol
            or (max(0, line - 120) <= d.start < start
                and expression("imaging_words", "report_day").search(small, max(0, d.start - 30), d.start))
        )
    ]  # fmt: skip
    result = _result(given, [r for r in results if start <= r.start < end], _behind(m, start), start, end, region)
    return ImagingItem(m.label, "present", given.text[m.start : m.end], m.start, m.end, region, side,
                       labelled[0].date if labelled else None, result)  # fmt: skip


def told_of(text: str, start: int, end: int) -> bool:
    """Whether the words about a picture at start:end tell what it showed, or that it was an earlier one."""
    small = text.lower()
    return bool(
        expression("imaging_words", "told_of").match(small, end)
        or expression("imaging_words", "told_of_before").search(small, max(0, start - 24), start)
    )


def _region_told(at: list[Place], given: Context, m: Match, earlier: list[Match], before: str) -> str | None:
    """Of "brain MRI denied, … last MRI 8/2025" what the last one showed, as far as its kind was named with a part."""
    if not expression("imaging_words", "once_more").search(before):
        return None
    other = next((o for o in earlier if o.label == m.label), None)
    place = _place(at, given, other, m.start) if other else None
    return place.part.region if place else None


def _only_side(given: Context, at: list[Place], region: str) -> str | None:
    """The one side of this part that the text names, where it speaks of no other: its picture is of that one."""
    sides = {p.side for p in at if p.part.region == region and p.side}
    side = next(iter(sides)) if len(sides) == 1 else None
    if side not in ("left", "right"):
        return None
    contrary = expression("imaging_words", f"not_{side}").search(given.small)
    return None if contrary else side


def _shown(given: Context, m: Match, finish: int) -> str | None:
    """ "RLL nodule on CT", "ultrasound showed fibroids": the part by what was seen there, where none is named."""
    first, _ = given.sentence(m.start)
    for name in ("ct", "ultrasound") if m.label in ("ct", "ultrasound") else ():
        told = expression("imaging_words", f"seen_by_{name}").search(given.small, max(first, m.start - 90), finish)
        if m.label == name and told:
            return told.lastgroup
    return None


def _level(given: Context, m: Match, finish: int) -> str | None:
    """The part of the spine whose level a picture is told to have shown."""
    if m.label not in ("mri", "ct", "xray"):
        return None
    told = expression("imaging_words", "level").search(given.small, m.end, finish)
    return told.lastgroup if told else None


def _side(given: Context, m: Match, place: Place, complaint: tuple[str | None, str | None]) -> str | None:
    """The side said with the part; "the wrist, both of them" counts the pictures, not the wrists."""
    if place.end <= m.start and expression("imaging_words", "other_one").search(given.small, place.end, m.start):
        # "My right hip was replaced, the left one is bad, X-ray in May": of which, nobody said.
        return None
    if place.side == "bilateral" and expression("imaging_words", "both_pictures").match(given.small, place.end):
        return complaint[1] if complaint[0] == place.part.region and complaint[1] != "bilateral" else None
    return place.side


def _month(day: DateHit | None) -> str | None:
    """The month or the year of a picture of which no day was said; of "last summer" nobody knows the month."""
    if day is None or day.precision == "day":
        return None
    return f"{day.date:%Y}" if day.precision in ("year", "season") else f"{day.date:%Y-%m}"


def _of_no_one(given: Context, m: Match) -> bool:
    """ "Send the report of the X-ray", "your doctor may need an X-ray": what a plan tells everybody."""
    first, last = given.sentence(m.start)
    asks = expression("imaging_words", "generic_report").search(given.small[max(first, m.start - 40) : m.start])
    return bool(
        asks and not re.search(r"\b(?:my|i|i'm|i've|his|her|patient|showed|was|were)\b", given.small[first:last])
    )


def _repeated(
    given: Context, results: list[Match], item: ImagingItem, m: Match, later: list[Match], today: date
) -> list[ImagingItem]:
    """The picture, and those taken again: "XR wrist 11/1 neg, rpt 11/15 neg", "8/30 and 10/12, normal"."""
    if item.status != "present" or not (item.date or item.month):
        return [item]
    _, last = given.sentence(m.start)
    finish = min([last, *(o.start for o in later)])
    found: list[ImagingItem] = []
    first = item
    for again in expression("imaging_words", "repeated").finditer(given.small, m.end, finish):
        which = "day" if again["day"] else "rough"
        if which == "day" and item.date is None:
            continue
        if expression("imaging_words", "day_of_something_else").search(given.small, m.end, again.start(which)):
            # "The X-ray was 10/12, epidurals were 10/22 and 11/12".
            break
        when = re.sub(r"^(?=[a-z]+ 20|[a-z]{3,9}\Z|[0-9]{4}\Z|[0-9]+/20)", "in ", again[which])
        hit = next(iter(dates(f"on {when}" if which == "day" else when, today)), None)
        if hit is None or hit.date > today or hit.date == item.date:
            continue
        told = _result(given, results, _behind(m, again.end()), again.end(), finish, item.region)
        if not found:
            # Of two results each picture has the one that stands behind its own day.
            own = _result(given, results, m, m.start, again.start(), item.region)
            first = replace(item, result=own or item.result)
        found.append(
            replace(
                item,
                date=hit.date if hit.precision == "day" else None,
                month=_month(hit),
                result=told or item.result,
                words=given.text[again.start(which) : again.end(which)],
                start=again.start(which),
                end=again.end(which),
            )
        )
    return [first, *found]


def _behind(m: Match, at: int) -> Match:
    """The match as if it ended at this offset, for what is told behind it."""
    return m._replace(start=at, end=at)


def _was_done(words: _Words, before: str, after: str, result: bool, day: bool, modality: str) -> bool:
    said = re.split(r",", before)[-1]
    ahead = re.split(r",", after)[0]
    if expression("imaging_words", "was_asked_for").match(ahead):  # fmt: skip
        return False
    if day and expression("imaging_words", "a_baseline").match(ahead):
        # "Needs an echo every 3 months: baseline EF 60% on 8/31".
        return True
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


def _place(at: list[Place], given: Context, m: Match, finish: int) -> Place | None:
    """The part that was pictured: the nearest in the sentence up to the next picture, else the last one spoken of."""
    first, last = given.sentence(m.start)
    small = given.small
    at = [
        p for p in at
        if first <= p.start < last
        and not expression("imaging_words", "no_place").search(small[max(0, p.start - 16) : p.start])
        and not expression("imaging_words", "of_a_doctor").match(small, p.end)
        and p.part.pain != "bone_pain"
        and not (m.label == "ct" and p.part.region == "breast")
        and (_beside(small, m, p) or not (felt_there(small, p) or _of_the_spine(small, p)))
    ]  # fmt: skip
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
    inside = [p for p in at if m.start <= p.start and p.end <= m.end]
    if inside:
        return inside[-1]
    later = [
        p
        for p in at
        if m.end <= p.start < min(last, finish)
        and not expression("imaging_words", "another_place").search(small[m.end : p.start])
    ]
    return later[0] if later else None


def _beside(small: str, m: Match, p: Place) -> bool:
    """Whether the part is named right with the picture: "CT of the face", "face CT"."""
    gap = small[m.end : p.start] if p.start >= m.end else small[p.end : m.start]
    return expression("imaging_words", "small_words").fullmatch(gap) is not None


def _of_the_spine(small: str, place: Place) -> bool:
    """ "LBP with foot tingling, no X-rays": a sign of the spine, where the text speaks of one."""
    if not (place.part.limb and expression("imaging_words", "felt_behind").match(small, place.end)):
        return False
    return expression("imaging_words", "a_spine").search(small) is not None


def felt_there(small: str, place: Place) -> bool:
    """ "Numbness in the left face": a sign of the nerves or the brain, whose picture is not of the sinuses."""
    return place.part.region == "sinus" and bool(
        expression("imaging_words", "felt_in").search(small, max(0, place.start - 40), place.start)
        or expression("imaging_words", "felt_behind").match(small, place.end)
    )


def _result(
    given: Context, results: list[Match], m: Match, begin: int, finish: int, region: str | None
) -> str | None:
    """What it showed: the first named thing that is there. "No fracture" alone is how people call a picture normal."""
    found: list[str] = []
    denied: list[Match] = []
    for r in results:
        behind = m.end <= r.start < finish
        if not (behind or (begin <= r.start and r.end <= m.start and m.start - r.end < 10)):
            continue
        if not behind and re.search(r";|\b(?:and|but|then|had|did)\b", given.small[r.end : m.start]):
            # "The mammogram was abnormal and ultrasound …": the mammogram's.
            continue
        if not behind and "," in given.small[r.end : m.start] and expression("imaging_words", "told_before").search(
            given.small[given.sentence(m.start)[0] : r.start]
        ):
            # "XR 9/1 neg, MRI 2022": the X-ray's.
            continue
        if not behind and expression("imaging_words", "looked_for").search(given.small, begin, r.start):
            # "R/o occult fx, MRI wrist": what it is to show.
            continue
        if r.start > m.end and expression("imaging_words", "about_the_person").search(
            given.small[m.end : r.start],
        ):
            continue
        if r.label == "normal":
            if not _normal_of_something_else(given, m, r):
                found.append("normal")
        elif not (there := _told_to_be_there(given, m, r)) and (
            meaning(given, r.start, r.end) in ("absent", "hypothetical")
            or expression("imaging_words", "none_of_it").search(given.small, m.end, r.start)
        ):
            # "No cortical erosion", and nothing else: normal, as people say it.
            # "EF 42%, no effusion": what the figure means, nobody said.
            figure = expression("imaging_words", "a_figure").search(given.small, m.end, r.start)
            if behind and figure is None and meaning(given, r.start, r.end) == "absent":
                denied.append(r)
            continue
        elif r.label == "indeterminate" and expression("imaging_words", "what_is_unclear").search(
            given.small[max(0, r.start - 16) : r.start]
        ):
            # "Age indeterminate": what was seen is sure.
            continue
        elif expression("imaging_words", "undecided_for").search(given.small, m.end, r.start):
            # "Indeterminate for fracture": whether there is one, it did not tell.
            found.append("indeterminate")
        elif r.label in ("fracture", "mass", "nodule") and not there and (
            meaning(given, r.start, r.end) == "uncertain"
        ):
            found.append("indeterminate")
        elif (r.label == "arthritis" and region not in _JOINTS and _of_wear(given, r)) or (
            r.label == "effusion" and region == "heart"
        ):
            # Worn discs are not arthritis of a joint, nor is fluid around the heart a joint's.
            found.append("abnormal")
        else:
            found.append(r.label)
    named = [name for name in IMAGING_RESULTS if name in found and name not in ("normal", "abnormal", "indeterminate")]
    for name in (*_by_weight(named), "abnormal", "indeterminate", "normal"):
        if name in found:
            return name
    # "No mass, gallstones": whether the second is denied too, nobody can tell.
    denied.sort(key=lambda r: r.start)
    listed = any(_LISTED.fullmatch(given.small, one.end, other.start) for one, other in pairwise(denied))
    return "normal" if denied and not listed else None


_LISTED = re.compile(r" ?, ?(?:[a-z]{3,12} )?")


def _told_to_be_there(given: Context, m: Match, r: Match) -> bool:
    """ "No definite mets, 1.1 cm lesion", "no acute fx, old avulsion": a size or a word of its kind is no denial's."""
    if expression("imaging_words", "with_a_size").search(given.small[max(0, r.start - 30) : r.start]):
        return True
    return expression("imaging_words", "of_its_own_kind").search(given.small, m.end, r.start) is not None or (
        expression("imaging_words", "there_by_itself").match(given.small, r.start, r.end) is not None
    )


def _told_next(given: Context, results: list[Match], m: Match, last: int, region: str | None) -> str | None:
    """ "Had an X-ray in June. They said normal": what the next sentence tells of the picture before it."""
    follows = expression("imaging_words", "result_follows").match(given.small, last)
    if follows is None:
        return None
    _, end = given.sentence(follows.end() - 1)
    for turn in ("told_before", "told_of_another"):
        other = expression("imaging_words", turn).search(given.small, last, end)
        end = other.start() if other else end
    return _result(given, results, _behind(m, last), last, end, region)


def _told_ahead(given: Context, results: list[Match], m: Match, begin: int, region: str | None) -> str | None:
    """ "A 1.4 cm nodule by accident on a neck ultrasound": what stands before the picture that showed it."""
    seen_on = expression("imaging_words", "seen_on").search(given.small, begin, m.start)
    told = None
    if seen_on is not None:
        told = _result(given, results, _behind(m, seen_on.start()), seen_on.start(), seen_on.start("on"), region)
    if told is None and expression("imaging_words", "a_size_before").search(given.small, begin, m.start):
        first, _ = given.sentence(m.start)
        sized = [r for r in results if first <= r.start < begin and r.label in ("nodule", "mass", "abnormal")]
        told = sized[-1].label if sized else None
    return told


def _of_wear(given: Context, r: Match) -> bool:
    return expression("imaging_words", "wear").fullmatch(given.small, r.start, r.end) is not None


def _normal_of_something_else(given: Context, m: Match, r: Match) -> bool:
    """ "CT showing a cyst, lipase nl": the blood test's; "XR neg fx": only that nothing is broken."""
    small = given.small
    if expression("imaging_words", "negative_for").match(small, r.end):
        return True
    return r.start > m.end and expression("imaging_words", "a_test").search(small[m.end : r.start]) is not None


def _by_weight(names: list[str]) -> list[str]:
    order = ("fracture", "mass", "loose_body", "nodule", "effusion", "arthritis")
    return [name for name in order if name in names]


def _day(days: list[DateHit], given: Context, m: Match, begin: int, finish: int, today: date) -> DateHit | None:
    told = given.small[m.end : finish]
    for name, away in (("same_day", 0), ("next_day", 1)):
        near_day = expression("imaging_words", name).search(told[:40])
        if near_day is None and name == "same_day":
            # "Seen same day at the ED: CT negative".
            near_day = expression("imaging_words", name).search(given.small[max(begin, m.start - 40) : m.start])
        # "He slipped in August. A scan that night": in August too.
        fine = ("day", "month") if name == "same_day" else ("day",)
        told_before = [d for d in days if d.end <= m.start]
        earlier = [d for d in told_before if d.precision in fine] or (
            [d for d in told_before if d.precision == "week"] if name == "same_day" else []
        )
        then = _the_one_day(given, earlier) if near_day else None
        if then is not None:
            day = then.date + timedelta(days=away)
            return replace(then, date=day) if day <= today else None
    bare = expression("imaging_words", "bare_day").match(given.small, m.end, finish) or expression(
        "imaging_words", "bare_day_before"
    ).search(given.small, begin, m.start)
    if bare:
        # "XR 8/20": beside a picture it is a day.
        written = bare["day"] or bare["dashed"] or bare["behind"]
        return next(iter(dates(f"on {written.replace('-', '/')}", today)), None)
    near = [
        d
        for d in days
        if not (d.end <= m.start and d.words.lower().startswith("since"))
        and (
            # "An echo dated August 12": its own day.
            given.small[m.end : d.start].strip(" :,(") == "dated"
            or not expression("imaging_words", "of_the_letter").search(
                given.small[max(m.end if d.start > m.end else begin, d.start - 40) : d.start]
            )
        )
        and not expression("imaging_words", "day_of_an_injury").search(given.small, m.end, d.start)
        and not any(
            expression("imaging_words", name).search(given.small, m.end, d.start)
            for name in ("day_of_the_care", "day_of_a_test")
        )
        and not (
            d.end <= m.start
            and expression("imaging_words", "day_of_the_person").search(given.small, max(begin, d.start - 40), d.start)
        )
        and not (d.end <= m.start and expression("imaging_words", "own_clause").search(given.small, d.end, m.start))
        and (
            (m.end <= d.start < finish and d.start - m.end < _far(given, m, d))
            or (begin <= d.start and 0 <= m.start - d.end < 30)
        )
    ]
    last_one = [d for d in near if expression("imaging_words", "the_last_one").search(given.small, m.end, d.start)]
    if last_one:
        return last_one[0]
    year = expression("imaging_words", "bare_year").match(given.small, m.end, finish)
    if year and expression("imaging_words", "day_of_an_injury").search(given.small, m.end, year.start("year")):
        year = None
    if near and (year is None or any(d.start <= year.start("year") for d in near)):
        return min(near, key=lambda d: abs(d.start - m.end))
    if year is None or int(year["year"]) > today.year:
        return _told_then(days, given, m) or _by_the_er(days, given, m, today)
    return DateHit(date(int(year["year"]), 1, 1), year["year"], year.start("year"), year.end("year"), "year")


def _by_the_er(days: list[DateHit], given: Context, m: Match, today: date) -> DateHit | None:
    """ "Had a seizure Thursday. The ER did a CT": the one day told before, of what had happened then."""
    first, _ = given.sentence(m.start)
    there = expression("imaging_words", "by_the_er").search(given.small, first, m.start)
    if there is None and expression("imaging_words", "at_the_er").match(given.small, m.end) is None:
        return None
    before = [d for d in days if m.start - _HAPPENED <= d.start and d.end <= m.start and d.precision != "year"]
    day = _the_one_day(given, before)
    if day is None or day.date > today or not _happened(given, day):
        return None
    if expression("imaging_words", "not_that_day").match(given.small, m.end):
        return None
    other = expression("imaging_words", "another_day").search(given.small, max(day.end, first), m.start)
    return None if other else day


def _happened(given: Context, day: DateHit) -> bool:
    return expression("imaging_words", "that_happened").search(given.small, *given.sentence(day.start)) is not None


def _the_one_day(given: Context, told: list[DateHit]) -> DateHit | None:
    """The one day told of, or of several the one on which something happened; else nobody knows which is meant."""
    for days in (told, [d for d in told if _happened(given, d)]):
        if len({d.date for d in days}) == 1:
            return days[-1]
    return None


_HAPPENED = 200
"""Characters between what happened and the picture that was taken for it."""


def _told_then(days: list[DateHit], given: Context, m: Match) -> DateHit | None:
    """ "The CT was all clear. That was Nov 3.": the day that the next sentence tells."""
    _, last = given.sentence(m.start)
    then = expression("imaging_words", "that_was_then").match(given.small, last)
    return next((d for d in days if then and last <= d.start <= then.end() < d.end), None)


def _far(given: Context, m: Match, day: DateHit) -> int:
    """Characters within which a day behind a picture is the picture's."""
    return 140 if expression("imaging_words", "that_was").search(given.small, m.end, day.start) else 60


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
                and _one_time(old, item)
                and {old.side, item.side} != {"left", "right"}
                and not (item.date and "normal" in (old.result, item.result) and _apart(old.result, item.result))
            ):
                kept[i] = replace(
                    old,
                    region=old.region or item.region,
                    side=old.side or item.side,
                    date=old.date or item.date,
                    result=old.result or item.result,
                    month=None if old.date or item.date else old.month or item.month,
                )
                break
        else:
            kept.append(item)
    return kept


def _apart(a: str | None, b: str | None) -> bool:
    return a is not None and b is not None and a != b


def _one_time(a: ImagingItem, b: ImagingItem) -> bool:
    """Whether what was said of the dates of two mentions may be one and the same picture's."""
    first, second = (i.date.isoformat() if i.date else i.month or "" for i in (a, b))
    return first.startswith(second) or second.startswith(first)
