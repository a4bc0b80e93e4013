"""The side of a finding where the text tells it elsewhere (`rules/sides_told.yml`).

"Right hip pain ... labral sign", "my right knee. It locks", "the left ear, ringing": one side, told of the same part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from actions.reading.assertion import Context
from actions.reading.body import Place, one_side
from actions.reading.clinical_items import FindingItem
from actions.reading.expressions import expression
from actions.reading.rules import rules

_DONE = "prior_surgery"
"""Of a joint that may be the other one."""
_OF_A_LIMB = ("numbness", "tingling")
_OF_A_LIMB_WHERE = {"foot": "leg", "hand": "arm"}
_OF_A_LOBE = ("lung_nodule", "nodule_growth", "nodule_6mm_or_more")
_BEFORE = 24
"""Characters before a part that say it is not this one."""


@lru_cache(maxsize=1)
def _lists() -> tuple[frozenset[str], ...]:
    given = rules("sides_told")
    names = ("of_the_part", "of_the_joint", "of_the_sentence", "of_the_text", "of_no_side", "of_no_limb")
    given.check_keys((*names, "expressions"))
    return tuple(frozenset(given[name]) for name in names)


def with_sides_told(given: Context, at: Iterable[Place], items: list[FindingItem]) -> list[FindingItem]:
    """The items with the side, and a joint's finding with the joint, that the text tells beside other words of it."""
    of_parts, of_joints, of_sentences, of_texts, of_no_side, of_no_limb = _lists()
    at = tuple(at)
    own = [place for place in at if place.part.region and not _another(given, place)]
    joints = {place.part.region for place in own if (place.part.pain or "") in of_parts}
    joint = joints.pop() if len(joints) == 1 else None
    made = []
    for item in items:
        region = item.region or (joint if item.id in of_joints else None)
        side = item.side
        if side is None and item.id in of_parts | of_joints:
            sides = {place.side for place in own if place.part.region == region and _said(given, place)}
            sides |= {other.side for other in items if other.region == region and other.side and other.id != _DONE}
            side = sides.pop() if len(sides) == 1 else None
        if side is None and item.id in of_sentences | of_joints:
            no_limb = item.id in of_no_limb
            taken = no_limb and any(_says_its_own(given, item, other) for other in items)
            side = None if taken else _of_the_sentence(given, at if no_limb else own, item)
        if side is None and item.id in of_parts | of_joints | of_sentences:
            side = _goes_on(given, item, items)
        if side is None and item.id in of_texts:
            side = _of_the_text(given, at, item)
        if side is None and item.id in _OF_A_LIMB and item.status == "present":
            side = _of_the_limb(at, item)
        made.append(replace(item, side=None if item.id in of_no_side else side, region=region))
    sided = of_parts | of_joints
    return [_as_the_others(item, made) if item.side is None and item.id in sided else item for item in made]


def _said(given: Context, place: Place) -> bool:
    """Whether the part's side is said; "the pain in my heel ... my feet are not numb" says of the heel no both."""
    if place.side != "bilateral":
        return place.side is not None
    return one_side(given, max(0, place.start - _BEFORE), place.end + _BEFORE) == "bilateral"


def _as_the_others(item: FindingItem, made: list[FindingItem]) -> FindingItem:
    """ "Twisted my ankle, the left. It's swollen.": the one side that was found of what else is told of the joint."""
    sides = {o.side for o in made if o.region == item.region and o.side and o.id != _DONE} if item.region else set()
    return replace(item, side=sides.pop()) if len(sides) == 1 else item


def _another(given: Context, place: Place) -> bool:
    """Whether the part is not the one that is told of: "not the left one", "right hip replaced in 2015"."""
    first, last = given.sentence(place.start)
    denied = expression("sides_told", "not_this").search(given.small, max(first, place.start - _BEFORE), place.start)
    well = expression("sides_told", "is_well").match(given.small, place.end, last)
    if given.small[place.start : place.end] in ("left", "right"):
        # "My left hip was replaced and it's the right": that one is the other.
        return bool(denied or well)
    return bool(denied or well or expression("sides_told", "operated").search(given.small, first, last))


def _of_the_sentence(given: Context, own: Sequence[Place], item: FindingItem) -> str | None:
    """The one side of the sentence, where it is not another part's: of the `own` parts, or of a limb among them."""
    first, last = given.sentence(item.start)
    lobe = expression("sides_told", "lobe").search(given.small, first, last) if item.id in _OF_A_LOBE else None
    if lobe:
        return "right" if lobe[0].startswith("r") else "left"
    another = {place.part.region for place in own if place.side and first <= place.start < last} - {item.region}
    if item.id != "bone_pain" and another - ({"hand"} if item.region == "wrist" else set()):
        return None
    return one_side(given, first, last)


def _says_its_own(given: Context, item: FindingItem, other: FindingItem) -> bool:
    """Whether the side is directly before another part's finding of the sentence: "migraines, new R sided numbness"."""
    first, last = given.sentence(item.start)
    if other.region == item.region or other.start == item.start or not first <= other.start < last:
        return False
    before = given.sides[max(first, item.end if item.end <= other.start else first) : other.start]
    return expression("findings_words", "side_before").search(before) is not None


def _of_the_limb(at: Iterable[Place], item: FindingItem) -> str | None:
    """ "Pain down the back of my right leg, tingling in the foot": the foot is that leg's."""
    limb = _OF_A_LIMB_WHERE.get(item.region or "")
    sides = {place.side for place in at if limb and place.part.limb == limb and place.side}
    side = sides.pop() if len(sides) == 1 else None
    return side if side != "bilateral" else None


def _goes_on(given: Context, item: FindingItem, items: list[FindingItem]) -> str | None:
    """The side that the next sentence tells and nothing else: "I feel tingling. In my right thumb."."""
    number = given.number(item.start) + 1
    if number >= len(given.sentences):
        return None
    first, last = given.sentences[number]
    said = expression("sides_told", "goes_on").match(given.small, first, last)
    if said is None or any(first <= other.start < last for other in items):
        return None
    return "left" if said["side"].startswith("l") else "right"


def _of_the_text(given: Context, at: Iterable[Place], item: FindingItem) -> str | None:
    """The one side of a text that has one, for what an examiner found: "R shoulder … strength ER 4/5"."""
    if expression("sides_told", "examined").search(item.words.lower()) is None:
        return None
    # An examiner's "abd" is an arm led away from the body as well.
    limbs = [place for place in at if not (place.part.region or "").endswith(("spine", "abdomen"))]
    sides = {place.side for place in limbs}
    same = one_side(given, 0, len(given.small))
    return same if same in ("left", "right") and sides == {same} else None
