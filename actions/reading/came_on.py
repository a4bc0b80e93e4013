"""How long it has been, where no length is told: by the day that stands with the complaint or with what happened.

"Hit her head this morning", "on September 28 his right hand went numb", "coughed up blood two weeks ago".
"""

from __future__ import annotations

from bisect import bisect_left
from datetime import date

from actions.reading.assertion import Context
from actions.reading.body import Place
from actions.reading.clinical_items import FindingItem
from actions.reading.dates import DateHit, Duration, weeks_since
from actions.reading.expressions import expression

_HAPPENS = (
    "trauma", "head_injury", "seizure", "syncope", "shoulder_dislocation", "tia_or_stroke", "facial_droop",
    "speech_problem", "vision_change", "popping",
)  # fmt: skip
"""What comes at one time, besides the complaints that are felt."""
_PASSES = ("tia_or_stroke", "hemoptysis", "visible_blood_in_urine", "facial_droop", "speech_problem", "syncope")
"""What may be over and is still what the text is about."""
_NEAR = 70
"""Characters between a complaint and its day."""
_LONGEST = 104
"""Weeks; what came on a day longer ago is history."""
_OPENS = 2
"""Characters within which a beginning opens its sentence: "Started in the spring, I wear a brace"."""
_SPOKEN_OF = 160
"""Characters before such a sentence within which a treatment may be what began."""
_NOT_OF_IT = ("of_a_paper", "taken_since")
_BEFORE = 24
"""Characters before a day, or behind it, that tell what else it may be of."""


def since_a_day(
    given: Context, found: list[FindingItem], felt: list[FindingItem], days: list[DateHit],
    lengths: list[Duration], care: list[tuple[int, int]], today: date,
) -> float | None:  # fmt: skip
    """The weeks since the day that the first complaint, or what happened, has in its clause."""
    # Lengths stand in order and apart, so that only the last one that begins before a day's end can hold it.
    starts = [length.start for length in lengths]
    free = [d for d in days if not (i := bisect_left(starts, d.end)) or lengths[i - 1].end <= d.start]
    for f in sorted((f for f in found if f in felt or _may_come(f)), key=lambda f: f.start):
        near = [(away, d) for d in free if (away := _away(given, f, d, care, today)) is not None]
        if near:
            return weeks_since(min(near, key=lambda one: one[0])[1], today)
    return None


def since_a_beginning(
    given: Context, found: list[FindingItem], lengths: list[Duration], care: list[tuple[int, int]], at: list[Place]
) -> float | None:
    """ "Burning between my toes since St Patrick's day": the one beginning, beside a body part and no care or paper."""
    free = []
    for d in lengths:
        first, last = given.sentence(d.start)
        if d.since is None or d.until is not None or not 1 <= d.weeks <= _LONGEST:
            continue
        opens = d.start - first <= _OPENS and expression("clinical", "begun").match(d.words.lower()) is not None
        # "I did PT. Started September 7.": the therapy.
        opens = opens and not any(first - _SPOKEN_OF <= start < first for start, _ in care)
        of_it = expression("clinical", "of_it_all").match(given.small, first) is not None
        if not (opens or of_it) and not any(first <= p.start < last and (p.part.region or p.part.limb) for p in at):
            continue
        comma = given.small.find(",", d.end, last)
        clause = comma if comma >= 0 else last
        if any(first <= start < clause for start, _ in care):
            continue
        if not expression("clinical", "told_beginning").match(d.words.lower()):
            continue
        if any(f.weeks == d.weeks and given.number(f.start) == given.number(d.start) for f in found):
            # Of a finding that is no complaint.
            continue
        if any(expression("clinical", name).search(given.small, first, d.start) for name in _NOT_OF_IT) or expression(
            "clinical", "of_a_paper"
        ).search(given.small, d.end, clause):
            continue
        if expression("clinical", "another_affair").search(given.small, max(first, d.start - 40), d.end):
            continue
        free.append(d)
    return free[0].weeks if len(free) == 1 else None


def _may_come(f: FindingItem) -> bool:
    return (f.id in _HAPPENS and f.status == "present") or (
        f.id in _PASSES and f.status in ("present", "historical", "uncertain")
    )


def _away(given: Context, f: FindingItem, d: DateHit, care: list[tuple[int, int]], today: date) -> int | None:
    """How many characters a day stands away from a complaint of its sentence; None where it is something else's."""
    first, last = given.sentence(f.start)
    if expression("clinical", "a_score").fullmatch(d.words) or not first <= d.start < last:
        return None
    if d.precision == "year" or d.date > today:
        return None
    weeks = weeks_since(d, today)
    if not 0 < weeks <= _LONGEST:
        return None
    begin, end = (d.end, f.start) if d.end <= f.start else (f.end, d.start)
    # "It woke me up last night": a day inside the words is of that one night.
    if not 0 <= end - begin <= _NEAR or any(begin <= start < end for start, _ in care):
        return None
    small, other = given.small, expression("clinical", "not_when_it_came")
    spans = [(begin, end), (max(first, d.start - _BEFORE), d.start)]
    if end == d.start:
        spans.append((d.end, min(last, d.end + _BEFORE)))
    if any(other.search(small, *span) for span in spans):
        return None
    if end == d.start and expression("clinical", "had_it_then").search(small, max(first, f.start - _BEFORE), f.start):
        return None
    if f.id not in _PASSES and expression("clinical", "came_no_more").search(small, f.end, last):
        return None
    return max(0, end - begin)
