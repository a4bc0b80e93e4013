"""Which complaints have lasted as long as the whole: those of its list or clause, and the one that the text opens with.

Only a complaint that has no length of its own is given one, and none that comes on top of another.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from actions.reading.assertion import Context
from actions.reading.clinical_items import FindingItem
from actions.reading.dates import Duration
from actions.reading.expressions import expression

FELT = (
    "cough", "palpitations", "breast_lump", "nipple_discharge", "nasal_congestion", "difficulty_swallowing",
    "hoarseness", "diarrhea", "foot_ulcer", "shortness_of_breath", "leg_swelling", "hemoptysis", "weight_loss",
    "blood_in_urine", "visible_blood_in_urine", "loss_of_smell", "abnormal_uterine_bleeding", "vomiting", "jaundice",
    "night_sweats", "dysuria", "rash", "tinnitus", "pulsatile_tinnitus", "hearing_loss",
    "change_in_headache_pattern",
)  # fmt: skip
"""Complaints of other groups than pain, nerves and joints."""
_CAUSES = ("trauma", "head_injury")
"""What a complaint that has lasted since then came from."""
_ONE_TROUBLE = (
    frozenset({"low_back_pain", "radiating_leg_pain"}), frozenset({"neck_pain", "radiating_arm_pain"}),
    frozenset({"hip_pain", "groin_pain"}), frozenset({"tinnitus", "pulsatile_tinnitus"}),
    frozenset({"headache", "morning_headache", "change_in_headache_pattern", "new_headache_over_50"}),
)  # fmt: skip
"""What is one trouble by several names, so that it is all as old, unless something newer is said of one."""
_WITH_IT = ("clumsy_hands",)
"""Signs that may be as old as the whole, where they are told with its length."""
_WHERE_IT_GOES = ("radiating_leg_pain", "radiating_arm_pain")


def shared(
    given: Context,
    found: list[FindingItem],
    lengths: list[Duration],
    care: list[tuple[int, int]],
    lasting: float,
    complaint: Callable[[FindingItem], bool],
) -> list[FindingItem]:
    """The findings, `lasting` given to those that are told with it. `complaint`: what can have lasted so long."""
    whole = [d for d in lengths if d.weeks == lasting]

    def as_old(f: FindingItem) -> bool:
        return complaint(f) or (f.id in _WITH_IT and f.status == "present")

    told = {
        (f.start, f.end)
        for f in found
        if as_old(f) and f.weeks is None and any(_told_with(given, lengths, care, d, f) for d in whole)
    }
    if not told and not any(f.weeks == lasting and f.status == "present" for f in found):
        first = next((f for f in found if complaint(f)), None)
        if first is not None and first.weeks is None and not _long_or_another(given, whole, first):
            told = {(first.start, first.end)}
    told |= {(f.start, f.end) for f in found if _cause(given, whole, f)}
    # Pain in a quarter of the belly and in the belly stand in the same words.
    told |= {(f.start, f.end) for f in found if f.weeks == lasting and complaint(f)}
    given_it = [
        replace(f, weeks=lasting)
        if (f.start, f.end) in told and f.weeks is None and (as_old(f) or f.id in _CAUSES) else f
        for f in found
    ]
    old = [f for f in given_it if f.weeks == lasting and f.status == "present"]
    return [replace(f, weeks=lasting) if _one_with(given, lengths, old, f) else f for f in given_it]


def _one_with(given: Context, lengths: list[Duration], old: list[FindingItem], f: FindingItem) -> bool:
    """ "This started in July. Goes down the right leg": of one trouble with what is as old, and told with no time."""
    if f.weeks is not None or f.status != "present":
        return False
    ids = {o.id for o in old}
    if not (any(f.id in one and ids & one for one in _ONE_TROUBLE) or any(_pain_of_it(o, f) for o in old)):
        return False
    first, _ = given.sentence(f.start)
    if any(first <= d.start < f.start for d in lengths if d.weeks is not None):
        return False
    return expression("clinical", "of_late").search(given.small, first, f.start) is None


def _pain_of_it(old: FindingItem, f: FindingItem) -> bool:
    """ "Can't lift my right arm since June. The shoulder aches": the pain of the part that has been so."""
    return (
        f.id.endswith("_pain")
        and f.region is not None
        and f.region == old.region
        and (old.side in (None, "bilateral", f.side) or f.side is None)
    )


def _cause(given: Context, whole: list[Duration], f: FindingItem) -> bool:
    """ "Wrist pain x 4 months after FOOSH", "since I caught a patient who fell Aug 1": what it came from is as old."""
    if f.id not in _CAUSES or f.status != "present" or f.weeks is not None:
        return False
    return any(
        d.start <= f.start < d.end
        or (d.end <= f.start and expression("clinical", "came_from").fullmatch(given.small, d.end, f.start) is not None)
        for d in whole
    )


def _long_or_another(given: Context, whole: list[Duration], f: FindingItem) -> bool:
    """ "Back pain all my life, but this leg thing is 5 weeks": it has another length, or the length is another's."""
    if expression("clinical", "for_long").match(given.small, f.end):
        return True
    end = max((d.start for d in whole), default=f.end)
    return expression("clinical", "another_trouble").search(given.small, f.end, max(f.end, end)) is not None


def _told_with(
    given: Context, lengths: list[Duration], care: list[tuple[int, int]], whole: Duration, f: FindingItem
) -> bool:
    """ "Neck pain and tingling in both hands since June", "CRS 14 wks: blocked nose, no smell"."""
    first, last = given.sentence(whole.start)
    if not first <= f.start < last:
        return False
    begin, end = (f.end, whole.start) if f.end <= whole.start else (whole.end, f.start)
    if any(begin <= start < end for start, _ in care) or any(begin <= d.start < end for d in lengths if d is not whole):
        return False
    if expression("clinical", "another_clause").search(given.small, begin, end):
        return False
    if f.end <= whole.start:
        # "Migraines since her teens, new numbness x 2 wks": the first has a time of its own, read or not.
        return expression("clinical", "since_another").search(given.small, f.end, whole.start) is None
    if f.id in _WHERE_IT_GOES and expression("clinical", "of_late").search(given.small, begin, end) is None:
        # "Lower back since Labor Day, shoots down my leg": one pain.
        return True
    leads = expression("clinical", "nothing_more").fullmatch(given.small, first, whole.start)
    return leads is not None or expression("clinical", "list_behind").match(given.small, whole.end) is not None
