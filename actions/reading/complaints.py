"""What hurts where no word for pain stands beside the part of the body (`rules/complaints.yml`).

"Low back, both sides, about 3 months", "the right shoulder, can't sleep on it", "left knee MRI please, it hurts": the
part is what the words are about, and a length, what brings it on, or a word for pain of its own says that it troubles.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from actions.reading.assertion import Context, meaning
from actions.reading.body import Place, one_side, pain_of
from actions.reading.compiled import compiled
from actions.reading.composed import written_out
from actions.reading.dates import Duration
from actions.reading.expressions import expression
from actions.reading.rules import read

_RULES = Path(__file__).parent / "rules" / "complaints.yml"
_PART, _LENGTH = "\x01", "\x02"
"""What stands, letter by letter, for a part that can hurt and for a length of time while topics are looked for."""
_PATTERNS = ("topic", "directly", "further", "stuff", "well", "trouble")
_MOST = 40
"""Parts of the body in a text at most: one that names more is no message about one of them."""
_TAIL = 110
"""Characters behind a topic within which a word for pain is of it."""
_CLOSE_BEHIND = 60
"""Characters behind a part within which a pain may be its own."""
_LIMBS_AND_SPINE = frozenset({
    "low_back_pain", "mid_back_pain", "neck_pain", "shoulder_pain", "elbow_pain", "wrist_pain", "hip_pain", "knee_pain",
    "ankle_pain", "foot_pain",
})  # fmt: skip
"""What "no pain" denies where the text speaks of nothing else: in a chest or a belly it may be another pain's no."""


_BESIDE = (
    "", "never", "doesn't", "doesnt", "does not", "has never", "hasn't", "still", "also", "always", "just", "really",
)  # fmt: skip
"""What may stand between a part and a pain that is its own: "my other hip never bothered me"."""


class Complaint(NamedTuple):
    """A part that hurts: the finding, the words that say so, and the part with its side."""

    finding: str
    start: int
    end: int
    place: Place
    status: str | None = None
    """The status, where the words tell it: "the neck is fine"."""


class Said(NamedTuple):
    """Where the words of another finding stand, and whether they tell what troubles the part instead of pain."""

    start: int
    end: int
    instead: bool


def complaints(given: Context, at: list[Place], lengths: list[Duration], said: Sequence[Said]) -> list[Complaint]:
    """The parts that hurt though no word for pain is beside them. `said`: the other findings' words. Never raises."""
    sore = _that_can_hurt(given, at)
    if not sore:
        return []
    found = _topics(given, at, sore, lengths, said)
    found += _pain_without_a_place(given, at, sore, [*said, *(Said(c.start, c.end, False) for c in found)])
    return found or _trouble_of_one_part(given, sore, lengths, said)


def _trouble_of_one_part(
    given: Context, sore: list[Place], lengths: list[Duration], said: Sequence[Said]
) -> list[Complaint]:
    """ "L wrist, ulnar side. Worse w/ pronation. 14 wks.": one joint or the spine, and nothing else is told of it."""
    parts = {place.part.pain for place in sore}
    if len(parts) != 1 or not parts <= _LIMBS_AND_SPINE or _instead(given, said):
        return []
    trouble, hidden = _rules()["trouble"], _hidden(given, sore, lengths)
    if trouble.search(hidden) is None or expression("complaints", "painless").search(given.small):
        return []
    told = (
        place
        for place in sore
        if not _only_named(given, place)
        and meaning(given, place.start, place.end) == "present"
        and not expression("complaints", "another_matter").search(given.small, *given.sentence(place.start))
    )
    first = next(told, None)
    if first is None or trouble.search(hidden, first.end) is None:
        return []
    return [Complaint(first.part.pain or "", first.start, first.end, first)]


def _only_named(given: Context, place: Place) -> bool:
    """Whether a part only says how far something goes, or of the trunk what a picture shows: "CT of the chest"."""
    small, before = given.small, max(0, place.start - 30)
    if expression("complaints", "landmark").search(small, before, place.start):
        return True
    return place.part.pain not in _LIMBS_AND_SPINE and (
        expression("complaints", "pictured").search(small, before, place.start) is not None
        or expression("complaints", "pictured_behind").match(small, place.end) is not None
    )


def denied(given: Context, at: list[Place]) -> list[Complaint]:
    """The parts with words that deny a pain there: "(no) back stuff", which counts only where it is denied, and "neck
    is fine", which tells it. Never raises."""
    sore = _that_can_hurt(given, at)
    if not sore:
        return []
    hidden = _hidden(given, sore, [])
    found = []
    for name, status in (("stuff", None), ("well", "absent")):
        for m in _rules()[name].finditer(hidden):
            for place in sore:
                finding = pain_of(given, at, place)
                inside = m.start() <= place.start and place.end <= m.end()
                if name == "stuff" and finding == "flank_pain":
                    continue  # "No kidney problems": an illness, and no pain there.
                if finding and inside and (status is None or _is_well(given, sore, place, m)):
                    found.append(Complaint(finding, *m.span(), place, status))
    return found


def _is_well(given: Context, sore: list[Place], place: Place, m: re.Match[str]) -> bool:
    """Not of a picture's "knee is fine", nor of the one beside another: "the left hurts, the right one is fine"."""
    first = given.sentence(m.start())[0]
    seen = expression("complaints", "another_matter").search(given.small, first, m.start(1))
    alike = all(other.side == place.side for other in sore if other.part.pain == place.part.pain)
    walked = expression("complaints", "walks_on").search(given.small, max(0, place.start - 40), place.start)
    return place.part.pain in _LIMBS_AND_SPINE and seen is None and walked is None and alike


@lru_cache(maxsize=1)
def _rules() -> dict[str, re.Pattern[str]]:
    given = read(_RULES)
    given.check_keys(("names", *_PATTERNS, "expressions"))
    # A mark is taken whole: one that could be cut anywhere would be tried in every cut.
    marks = {"part": f"(?<!{_PART}){_PART}+(?!{_PART})", "length": f"{_LENGTH}+(?!{_LENGTH})"}
    names = {**marks, **{name: written_out(words, marks) for name, words in dict(given["names"]).items()}}
    return {name: compiled(written_out(given[name], names)) for name in _PATTERNS}


def _topics(
    given: Context, at: list[Place], sore: list[Place], lengths: list[Duration], said: Sequence[Said]
) -> list[Complaint]:
    """ "Low back, both sides, about 3 months": the part stands alone, and what follows says how it troubles."""
    if expression("complaints", "painless").search(given.small):
        return []
    hidden = _hidden(given, sore, lengths)
    found = []
    for m in _rules()["topic"].finditer(hidden):
        start, end = m.start(1), _whole_words(hidden, *m.span(1))
        # "My brother's is bad, mine is fine, it's my knee": what tells outright of the trouble starts anew.
        first = start if m[2] else given.sentence(start)[0]
        if expression("complaints", "another_matter").search(hidden, first, end):
            continue
        left_over = _left_over(given, hidden, start, end)
        if not (left_over or _tells(given, start, end, said) or _troubles(given, hidden, start, end, said)):
            continue
        inside = [
            place
            for place in sore
            if start <= place.start
            and place.end <= end
            and not any(s.start <= place.start and place.end <= s.end for s in said)
        ]
        side = one_side(given, start, end)
        for place in inside:
            own = replace(place, side=side) if side and place.side is None else place
            status = "present" if left_over else None
            found.append(Complaint(pain_of(given, at, own) or "", start, end, own, status))
    return found


def _whole_words(hidden: str, start: int, end: int) -> int:
    """The end without the half of a word: of "my low back, L5" the "L" is no side."""
    if not hidden[end : end + 1].isalnum():
        return end
    while end > start and hidden[end - 1].isalnum():
        end -= 1
    return end


def _that_can_hurt(given: Context, at: list[Place]) -> list[Place]:
    return [place for place in at if pain_of(given, at, place)] if len(at) <= _MOST else []


def _tells(given: Context, start: int, end: int, said: Sequence[Said]) -> bool:
    """ "What hurts: my lower back", "the right is the worse", "the problem's the left foot": it says itself."""
    tells = expression("complaints", "tells").search(given.small, start, end)
    problem = expression("complaints", "the_problem").search(given.small, start, end)
    of_it = expression("complaints", "it_is").match(given.small, start)
    of_it = of_it if expression("complaints", "pictured_behind").match(given.small, end) is None else None
    if (tells or problem or of_it) is not None and not _instead(given, said):
        return True
    # "After I eat, here under the ribs": what brings it on stands before.
    eating = expression("complaints", "on_eating").search(given.small, given.sentence(start)[0], start)
    return eating is not None and expression("complaints", "of_the_belly").search(given.small, start, end) is not None


def _left_over(given: Context, hidden: str, start: int, end: int) -> bool:
    """ "No numbness, bladder ok. Just the back and down the left leg.": what is left after all that is denied."""
    first = given.sentence(start)[0]
    before = hidden[max(0, first - _TAIL) : start]
    return (
        expression("complaints", "just").match(hidden, start) is not None
        and expression("complaints", "nothing_else").search(before) is not None
        and expression("complaints", "ends").match(hidden, end) is not None
    )


def _instead(given: Context, said: Sequence[Said]) -> bool:
    """Whether another complaint is told, and not only denied, that may be all the trouble there is."""
    return any(s.instead and meaning(given, s.start, s.end) != "absent" for s in said)


def _hidden(given: Context, sore: list[Place], lengths: list[Duration]) -> str:
    """The text with its parts and its lengths of time behind marks."""
    letters = list(given.small)
    for length in lengths:
        letters[length.start : length.end] = _LENGTH * (length.end - length.start)
    for place in sore:
        if not expression("complaints", "only_a_side").match(given.small, place.end):
            letters[place.start : place.end] = _PART * (place.end - place.start)
    return "".join(letters)


def _troubles(given: Context, hidden: str, start: int, end: int, said: Sequence[Said]) -> bool:
    """Whether the words behind a topic say how it troubles."""
    directly = _rules()["directly"].match(hidden, end)
    if directly:
        last = max(directly.end(), given.sentence(start)[1])
        care = expression("complaints", "of_care").match(hidden, directly.end())
        return not care and not _instead(given, [s for s in said if start < s.end and s.start < last])
    cut = expression("complaints", "cut").search(hidden, end, end + _TAIL)
    further = _rules()["further"].search(hidden, end, cut.start() if cut else end + _TAIL)
    if further and _PART in hidden[end : further.start()]:
        return False
    if further is None or given.number(further.start()) - given.number(end - 1) > 1:
        return False
    return not any(s.start < further.end() and further.start() < s.end for s in said)


def _pain_without_a_place(given: Context, at: list[Place], sore: list[Place], said: Sequence[Said]) -> list[Complaint]:
    """ "Left knee MRI please. It hurts": the pain of the one part that the text, or what is just before, speaks of."""
    found = []
    for m in expression("complaints", "pain").finditer(given.small):
        start, end = m.span()
        if any(s.start < end and start < s.end for s in said) or _of_its_own(given, at, start, end):
            continue
        place = _spoken_of(given, at, sore, start, end)
        if place is not None:
            found.append(Complaint(pain_of(given, at, place) or "", start, end, place))
    return found


def _of_its_own(given: Context, at: list[Place], start: int, end: int) -> bool:
    """Whether the pain has another place, or is none: "ear pain", "pain management", "it hurts my chances"."""
    small = given.small
    return (
        expression("complaints", "no_pain_of_it").match(small, end) is not None
        or expression("complaints", "pain_of_something").search(small, max(0, start - 24), start) is not None
        or any(
            (0 <= place.start - end <= 16 and given.number(place.start) == given.number(start))
            or (
                0 <= start - place.end <= _CLOSE_BEHIND
                and (
                    given.small[place.end : start].strip() in _BESIDE
                    or expression("complaints", "of_the_part_before").fullmatch(given.small, place.end, start)
                )
            )
            for place in at
        )
    )


def _denied_of(given: Context, at: list[Place], sore: list[Place], start: int) -> Place | None:
    """ "My knees crack but don't hurt. My hip …": the one part of the sentence before the denied pain, if any."""
    number = given.number(start)
    before = [place for place in at if given.number(place.start) == number and place.end <= start]
    one = len({place.part.region for place in before}) == 1
    return before[-1] if one and before[-1] in sore else None


def _spoken_of(given: Context, at: list[Place], sore: list[Place], start: int, end: int) -> Place | None:
    """The part that a pain without a place is of: the text's only one, else the only one of what is just before."""
    sore = [place for place in sore if place.part.pain_with is None and not _only_named(given, place)]
    if expression("complaints", "no_pain_at_all").search(given.small, max(0, start - 30), start):
        sore = [place for place in sore if place.part.pain in _LIMBS_AND_SPINE or place.part.pain == "breast_pain"]
        if len({place.part.region for place in at}) > 1:
            return _denied_of(given, at, sore, start)
    number = given.number(start)
    near = [place for place in sore if given.number(place.start) in (number - 1, number) and place.end <= start]
    options = sore if len({place.part.pain for place in sore}) == 1 else near
    if len({place.part.pain for place in options}) != 1 or meaning(given, options[0].start, options[0].end) == "family":
        return None
    before = [place for place in options if place.end <= start]
    place = before[-1] if before else options[0]
    sides = {other.side for other in options if other.side}
    return replace(place, side=sides.pop()) if place.side is None and len(sides) == 1 else place
