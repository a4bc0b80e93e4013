"""The side of a finding where the text tells it elsewhere (`rules/sides_told.yml`).

"Right hip pain ... labral sign", "my right knee. It locks", "the left ear, ringing": one side, told of the same part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from actions.reading.assertion import Context
from actions.reading.body import Place, one_side
from actions.reading.clinical_items import FindingItem
from actions.reading.expressions import expression
from actions.reading.rules import rules

_DONE = "prior_surgery"
"""Of a joint that may be the other one."""
_BEFORE = 24
"""Characters before a part that say it is not this one."""


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], frozenset[str], frozenset[str], frozenset[str]]:
    given = rules("sides_told")
    given.check_keys(("of_the_part", "of_the_joint", "of_the_sentence", "of_no_side", "expressions"))
    return (
        frozenset(given["of_the_part"]),
        frozenset(given["of_the_joint"]),
        frozenset(given["of_the_sentence"]),
        frozenset(given["of_no_side"]),
    )


def with_sides_told(given: Context, at: Iterable[Place], items: list[FindingItem]) -> list[FindingItem]:
    """The items with the side, and a joint's finding with the joint, that the text tells beside other words of it."""
    of_parts, of_joints, of_sentences, of_no_side = _lists()
    own = [place for place in at if place.part.region and not _another(given, place)]
    joints = {place.part.region for place in own if (place.part.pain or "") in of_parts}
    joint = joints.pop() if len(joints) == 1 else None
    made = []
    for item in items:
        region = item.region or (joint if item.id in of_joints else None)
        side = item.side
        if side is None and item.id in of_parts | of_joints:
            sides = {place.side for place in own if place.part.region == region and place.side}
            sides |= {other.side for other in items if other.region == region and other.side and other.id != _DONE}
            side = sides.pop() if len(sides) == 1 else None
        if side is None and item.id in of_sentences | of_joints:
            side = _of_the_sentence(given, own, item)
        made.append(replace(item, side=None if item.id in of_no_side else side, region=region))
    return made


def _another(given: Context, place: Place) -> bool:
    """Whether the part is not the one that is told of: "not the left one", "right hip replaced in 2015"."""
    first, last = given.sentence(place.start)
    denied = expression("sides_told", "not_this").search(given.small, max(first, place.start - _BEFORE), place.start)
    return denied is not None or expression("sides_told", "operated").search(given.small, first, last) is not None


def _of_the_sentence(given: Context, own: list[Place], item: FindingItem) -> str | None:
    """The one side of the sentence, where it is not another part's."""
    first, last = given.sentence(item.start)
    lobe = expression("sides_told", "lobe").search(given.small, first, last) if item.id == "lung_nodule" else None
    if lobe:
        return "right" if lobe[0].startswith("r") else "left"
    another = {place.part.region for place in own if place.side and first <= place.start < last} - {item.region}
    if another - ({"hand"} if item.region == "wrist" else set()):
        return None
    return one_side(given, first, last)
