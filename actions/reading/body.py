"""Parts of the body in a text, with their side, and the pain that people say they have there (`rules/body.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.reading.assertion import Context
from actions.reading.expressions import expression
from actions.reading.language import Match, Phrases, Token, form, longest, tokens
from actions.reading.rules import read, rules
from criteria.ids import REGIONS

_RULES = Path(__file__).parent / "rules"
_SAME_MATTER = 120
"""Characters within which "the other one" is of the part named before."""
_OPPOSITE = {"left": "right", "right": "left"}
_SPINE = ("cervical_spine", "thoracic_spine", "lumbar_spine")
_TRUNK = ("abdomen", "abdomen_pelvis", "pelvis", "chest")
_ANYWHERE = "anywhere"
"""The label of words for pain that are of any part; others have the regions they are of as their label."""
_OWN_TROUBLE = frozenset({"numb", "weak", "swollen", "stiff"})
"""What a part has that stands beside another part's pain."""


@dataclass(frozen=True)
class Part:
    """A body part as the rules name it: its region, the limb a nerve would serve, the finding that pain there is."""

    region: str | None
    limb: str | None
    pain: str | None
    pain_with: str | None
    sided: tuple[tuple[str, str], ...] = ()
    """The finding that pain on one side of it is: low in the belly on the right is a finding of its own."""


@dataclass(frozen=True)
class Place:
    """A body part where it stands in a text, and the side said with it."""

    part: Part
    start: int
    end: int
    first: int
    last: int
    side: str | None


@lru_cache(maxsize=1)
def _data() -> tuple[tuple[Part, ...], Phrases, Phrases, frozenset[str]]:
    given = read(_RULES / "body.yml")
    given.check_keys(("parts", "pain_words", "pain_there", "between", "expressions"))
    parts, words = [], {}
    for i, node in enumerate(given["parts"]):
        node.check_keys(("words",), ("region", "pain", "pain_with", "limb", "sided"))
        for name in ("region", "pain_with"):
            if name in node:
                node.one_of(name, REGIONS)
        parts.append(Part(node.get("region"), node.get("limb"), node.get("pain"), node.get("pain_with"), _sided(node)))
        words[str(i)] = node["words"]
    between = frozenset(form(w) for w in given["between"])
    of_parts = Phrases(words, fuzzy=True, never=rules("real_words")["words"])
    return tuple(parts), of_parts, _pain_words(given), between


def _pain_words(given: Any) -> Phrases:
    of_regions = {}
    for node in given["pain_there"]:
        node.check_keys(("regions", "words"))
        of_regions[" ".join(node["regions"])] = node["words"]
    return Phrases({_ANYWHERE: given["pain_words"], **of_regions})


def _sided(node: Any) -> tuple[tuple[str, str], ...]:
    return tuple((side, finding) for side, finding in node.get("sided", {}).items())


def words_of_parts() -> Phrases:
    """The phrases of the parts of the body, as they are looked for."""
    return _data()[1]


def places(given: Context) -> list[Place]:
    """The body parts in the text, in order; of overlapping names the longest ("lower back", not "back")."""
    parts, phrases, _, _ = _data()
    kept = [m for m in longest(phrases.find(given.text)) if not _other_back(given.small, m)]
    found = [
        Place(
            parts[int(m.label)],
            m.start,
            m.end,
            m.first,
            m.last,
            _side_of(given.sides, m.start, m.end, given, parts[int(m.label)].region in _SPINE) or _pair(given.small, m),
        )
        for m in kept
    ]
    found = [_other_part(given, place, found) for place in found]
    return sorted([*found, *_the_other_ones(given, found)], key=lambda p: p.start)


def _other_part(given: Context, place: Place, at: list[Place]) -> Place:
    """ "My right hip hurts. My other hip never bothered me.": the left one."""
    if place.side is not None or not given.small.endswith("other ", 0, place.start):
        return place
    sides = {p.side for p in at if p.part.region == place.part.region and p.side}
    return replace(place, side=_OPPOSITE.get(sides.pop())) if len(sides) == 1 else place


def _the_other_ones(given: Context, at: list[Place]) -> list[Place]:
    """ "My left knee is bad, the right one was replaced", "it's the right", "the right hurts": that is a knee too."""
    made = []
    for m in expression("body", "the_other_one").finditer(given.small):
        before = [p for p in at if m.start() - _SAME_MATTER < p.start and p.end <= m.start() and _has_sides(p)]
        if not before or given.small.endswith(("not ", "not on ", "not in "), 0, m.start()):
            continue
        of = before[-1]
        alone = m["side2"] or m["side3"]
        side = alone or (_OPPOSITE.get(of.side or "") if m["other"] else _name(m))
        start = m.start("side2" if m["side2"] else "side3" if alone else "side")
        inside = [i for i, t in enumerate(tokens(given.text)) if start <= t.start and t.end <= m.end()]
        if side and inside:
            made.append(replace(of, start=start, end=m.end(), first=inside[0], last=inside[-1], side=side))
    return made


def _has_sides(place: Place) -> bool:
    """Not so a neck: "the neck's fine. It's my left" is of the shoulder told before."""
    return place.part.region not in (None, "cervical_spine", "thoracic_spine", "neck")


def _is_other_one(given: Context, place: Place) -> bool:
    return given.small[place.start : place.end] in _OPPOSITE or given.small.endswith(" one", place.start, place.end)


def _other_back(small: str, match: Match) -> bool:
    """ "Came back", "call me back", "back in March", "back of my hand": not the back; "bone on bone": no sore bone."""
    words = small[match.start : match.end]
    if words == "head" and expression("body", "above_the_head").search(small, max(0, match.start - 40), match.start):
        return True
    if words == "bone" and (small.startswith(" on bone", match.end) or small.endswith("bone on ", 0, match.start)):
        return True
    if words == "head" and re.match(r" (?:of|to|over|back|start|office)\b", small[match.end : match.end + 20]):
        return True
    if "low" in words and expression("body", "lower_part_of").match(small, match.end):
        return True
    if words in ("hand", "hands") and re.search(
        r"\b(?:on the (?:other|one)|second|first|by|out of) \Z", small[max(0, match.start - 24) : match.start]
    ):
        return True
    if words in ("face", "foot", "head", "back", "arm", "chest", "eye") and re.match(
        r" (?:the (?:bill|fact|music)|to face|off my chest)\b", small[match.end : match.end + 24]
    ):
        return True
    if expression("body", "side_of_a_hand").search(words) and small.startswith(" side", match.end) and "wrist" in small:
        return True
    if words not in ("back", "backs", "backed"):
        return False
    if expression("body", "behind_the_back").search(small, max(0, match.start - 24), match.start):
        return True
    own = expression("body", "own_back").search(small, max(0, match.start - 8), match.start)
    if own is None and expression("body", "back_not_the_body").match(small[match.end : match.end + 14]):
        return True
    return bool(
        expression("body", "not_the_back").search(small[max(0, match.start - 14) : match.start])
    ) and not re.search(r"\b(?:my|the|his|her|lower|low|in|of) \Z", small[max(0, match.start - 8) : match.start])


def _side_of(hidden: str, start: int, end: int, given: Context, spine: bool) -> str | None:
    """The side said with a body part: "left knee", "both my legs", "knee (R)", "pain on the left side of my back".

    `spine`: the part is one of the spine, which a limb's side is not: "R hip and mid back pain".
    """
    first, last = given.sentence(start)
    before = hidden[max(first, start - 34) : start]
    found = None
    for m in expression("body", "side").finditer(before):
        gap = before[m.end() :]
        of_a_limb = spine and expression("body", "a_limb").search(gap) is not None
        if not of_a_limb and expression("body", "between_side_and_part").fullmatch(gap):
            found = _name(m)
    if found:
        other = expression("body", "left_and_right").search(before)
        return "bilateral" if other else found
    after = hidden[end : min(last, end + 22)]
    lead = expression("body", "side_after_part").match(after)
    if lead:
        side = expression("body", "side").match(after, lead.end())
        following = after[side.end() :] if side else ""
        if side and not expression("body", "part_after_side").match(following):
            return _name(side)
    return None


def _pair(small: str, match: Match) -> str | None:
    """ "My knees": both."""
    words = small[match.start : match.end]
    plural = words in (
        "legs",
        "knees",
        "hips",
        "shoulders",
        "ankles",
        "feet",
        "hands",
        "arms",
        "wrists",
        "elbows",
        "breasts",
        "thighs",
        "calves",
    )
    return (
        "bilateral"
        if plural and re.search(r"\b(?:my|his|her) \Z", small[max(0, match.start - 4) : match.start])
        else None
    )


def _name(match: re.Match[str]) -> str:
    return "left" if match["left"] else "right" if match["right"] else "bilateral"


def nearest(at: list[Place], given: Context, start: int, end: int) -> Place | None:
    """The body part that a phrase speaks of: inside it, else the nearest one of its clause, those after it first."""
    inside = [p for p in at if start <= p.start and p.end <= end]
    if inside:
        return inside[-1]
    first, last = given.sentence(start)
    after = [
        p
        for p in at
        if end <= p.start < last
        and not _breaks(given.small[end : p.start], 42)
        and not ("," in given.small[end : p.start] and expression("body", "sore_itself").match(given.small, p.end))
        and not (_is_other_one(given, p) and expression("body", "in_the").fullmatch(given.small, end, p.start) is None)
    ]
    if after and expression("body", "goes_to").fullmatch(given.small[end : after[0].start]):
        return after[0]
    before = [p for p in at if first <= p.start and p.end <= start and not _breaks(given.small[p.end : start], 34)]
    options = [(p.start - end, p) for p in after] + [(start - p.end + 2, p) for p in before]
    return min(options, key=lambda o: o[0])[1] if options else None


def _breaks(gap: str, longest: int) -> bool:
    """Whether what stands between two phrases parts them into two thoughts."""
    return len(gap) > longest or bool(
        expression("body", "new_thought").search(
            gap,
        )
    )


def pain_of(given: Context, at: list[Place], place: Place) -> str | None:
    """The finding that pain there is; a leg's counts only where the text speaks of the spine it would come from."""
    part = place.part
    if part.pain_with and part.pain_with not in {p.part.region for p in at}:
        return part.pain if limb_words(given.small, part.limb or "") else None
    return next((finding for side, finding in part.sided if side == place.side), part.pain)


def one_side(given: Context, start: int, end: int) -> str | None:
    """The side said between the offsets, where it is one."""
    sides = {_name(m) for m in expression("body", "side").finditer(given.sides, start, end)}
    sides |= {_name(m) for m in expression("body", "on_the_side").finditer(given.small, start, end)}
    return sides.pop() if len(sides) == 1 else None


def pains(given: Context, at: list[Place]) -> list[tuple[str, int, int, Place]]:
    """(finding id, start, end, place) for each body part that the text says hurts."""
    _, _, phrases, between = _data()
    toks = tokens(given.text)
    here: dict[int, list[Place]] = {}
    for place in at:
        here.setdefault(given.number(place.start), []).append(place)
    found = []
    sores = list(expression("body", "a_sore").finditer(given.small))
    for pain in phrases.find(given.text):
        for place in here.get(given.number(pain.start), []):
            finding = pain_of(given, at, place)
            if finding is None or not (pain.label == _ANYWHERE or place.part.region in pain.label.split()):
                continue
            if any(m.end() == pain.end for m in sores):
                # "A sore on my foot" is a wound.
                continue
            if expression("body", "of_the_papers").match(given.small, max(pain.end, place.end)):
                # "They messed up my shoulder MRI".
                continue
            if pain.start < place.start and _goes_through_to(given, place, here[given.number(pain.start)]):
                # "My belly hurts and it goes through to my back".
                continue
            if pain.start < place.start and _opens_a_clause(given, pain.end, place):
                continue
            if pain.start < place.start and _is_other_one(given, place):
                # "My hip hurts, the other one is fine".
                continue
            start, end = min(pain.start, place.start), max(pain.end, place.end)
            if (
                pain.start <= place.start
                and place.end <= pain.end
                or _joined(toks, pain, place, here[given.number(pain.start)], between)
            ):
                found.append((finding, start, end, place))
    return found


def _opens_a_clause(given: Context, end: int, place: Place) -> bool:
    """ "My stomach hurts and my eyes are yellow": of the part behind something else is told."""
    return (
        expression("body", "another_clause").search(given.small, end, place.start) is not None
        and expression("body", "has_its_own").match(given.small, place.end) is not None
    )


def _goes_through_to(given: Context, place: Place, at: list[Place]) -> bool:
    """Whether the back or the jaw is only where a pain of the belly or the chest goes."""
    return (
        place.part.region in (*_SPINE, "sinus")
        and any(p.part.region in _TRUNK and p.start < place.start for p in at)
        and expression("body", "goes_through").search(given.small, max(0, place.start - 40), place.start) is not None
    )


def _joined(toks: tuple[Token, ...], pain: Match, place: Place, at: list[Place], between: frozenset[str]) -> bool:
    """Whether only small words, and other body parts, stand between the pain and the place."""
    low, high = (pain.last, place.first) if pain.last < place.first else (place.last, pain.first)
    gap = toks[low + 1 : high]
    if len(gap) > 9:
        return False
    of_another = any(p.last == pain.first - 1 and p != place for p in at)
    if low == place.last and of_another:
        # "Numb big toe, low back pain": the other way round.
        before = {t.text.lower() for t in toks[max(0, place.first - 6) : place.first]}
        if before & _OWN_TROUBLE:
            return False
    if low == pain.last and of_another and any(t.text.lower() in ("just", "only") for t in gap):
        # "No back pain only leg pain".
        return False
    if low == pain.last and of_another:
        # "Left leg pain and numb left big toe": the pain has its place, and the toe a trouble of its own.
        said = [t.text.lower() for t in gap]
        own = [i for i, word in enumerate(said) if word in _OWN_TROUBLE]
        if own and any(mark in said[: own[0]] for mark in ("and", ",", "&", "/")):
            return False
    if low == pain.last and any(t.text.lower() in ("and", ",", "&") for t in gap):
        # "Neck pain and my right arm goes numb": the arm has a trouble of its own.
        behind = " ".join(t.text.lower() for t in toks[place.last + 1 : place.last + 4])
        if expression("body", "own_trouble").match(behind):
            return False
    others = {i for p in at for i in range(p.first, p.last + 1)}
    return all(
        t.form in between or t.text.lower() in between or t.text.endswith("ly") or (low + 1 + i) in others
        for i, t in enumerate(gap)
    )


def limb_words(small: str, limb: str) -> bool:
    """Whether the text names the spine that the nerves of this limb come from."""
    if limb == "leg":
        return bool(
            expression("body", "low_back_spoken_of").search(
                small,
            )
        )
    return bool(re.search(r"\b(?:neck|cervical|c[2-8](?:[-/]?[ct]?[1-8])?|spurling)\b", small))
