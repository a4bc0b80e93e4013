"""Whether a person repeats what the plan told them: not what nobody said, what is feared, or what their doctor said."""

from __future__ import annotations

import re
from functools import cache

from actions.reading.compiled import compiled
from actions.reading.rules import pattern, rules

_NEAR = 110
"""Characters before the words in which a "nobody said" or "what if they" still reaches them."""
_BEHIND = 40
_LONGEST = 300
"""Characters of a sentence on either side at the most."""
# "Dr. Who", "e.g. this" and "12.5" end nothing; what is quoted ends with its mark.
_STOP = compiled(r"(?<!\bdr)(?<!\bmr)(?<!\bms)(?<!\bmrs)(?<!\bvs)(?<!e\.g)[.!?](?=\s|['\")]|\Z)|\n|"
    r"(?<=[a-z0-9)])['\"](?=[\s.,;:)]|\Z)", re.I)


@cache
def _words(name: str) -> re.Pattern[str]:
    return pattern(rules("told")[name])


def taken_back(text: str, start: int, end: int) -> bool:
    """Whether the words at start:end stand under a "they never said" or a "what if they say" that nothing turns."""
    near = max(0, start - _NEAR)
    # The words may begin with the very "not" that takes the saying back: "not_said" is looked for inside them too.
    for name, stop in (("not_said", end), ("only_thought", start)):
        cue = _last(_words(name), text, near, stop)
        if cue is not None and not _words("turns").search(text, cue, stop):
            return True
    return False


def by_a_doctor(text: str, start: int, end: int, *, speaker: str = "plan") -> bool:
    """Whether the last one said to speak before `end` is the person's own doctor, no `speaker` of the plan between."""
    own = _last(_words("doctor_says"), text, max(0, start - _NEAR), end)
    return own is not None and not _words(speaker).search(text, own, end)


def of_something_else(text: str, start: int, end: int, *, item: bool) -> bool:
    """Whether the words tell of another year's denial, a friend's, or, where `item`, of a thing that is no picture."""
    near = max(0, start - _NEAR)
    if _words("other_person").search(text, near, start):
        return True
    if _words("other_time").search(text, near, start) and not _words("picture").search(text, near, end):
        return True
    other = _words("other_item").search(text, max(0, start - 40), start) if item else None
    return other is not None and not _words("picture").search(text, other.end(), end)


def newest_from(text: str) -> int | None:
    """Where a person begins to tell of the newest of their denials: what they tell before is an older one's."""
    hit = _THIS_TIME.search(text)
    return hit.start() if hit else None


_THIS_TIME = compiled(
    r"(?<!at )\bthis time (?=they|it|the|insurance|she|he|because|bc|cuz|for|around|saying|,)|\b(?:denied|"
    r"rejected|refused|turned (?:it |me )?down)(?: it| me| us| this)? again\b|"
    r"\bnow (?:they|it|insurance)(?:'ve| have| has)? (?:just )?(?:denied|rejected|refused|sent|say|"
    r"says)\b[^.!?]{0,40}\b(?:again|new)\b|"
    r"\b(?:got|have|here's|came|now) (?:an? |the |this |their )?(?:new|second|2nd|latest) (?:letter|denial|notice)\b",
    re.I,
)


def by_the_plan(text: str, place: int) -> bool:
    """Whether the plan is the one who says what stands here: "they say no weakness" is not the person's own no."""
    cue = _reached("plan_says", text, place)
    if cue is None:
        return False
    begins = max(text.rfind(mark, 0, cue) for mark in ".!?\n") + 1
    of_the_patient = _words("patient_says").match(text, begins + 1 if text[begins : begins + 1] == " " else begins)
    return of_the_patient is None or _words("plan").search(text, max(0, begins - _LONGEST), begins) is not None


def as_the_reason(text: str, place: int) -> bool:
    """Whether what stands here is why the plan refuses: "denied because no physical therapy"."""
    return _reached("given_as_reason", text, place) is not None


def asked_for(text: str, start: int, end: int, *, symptom: bool) -> bool:
    """Whether the words at start:end name what the plan asks for, covers or misses, and nobody says that they did it.

    "They want an X-ray and 6 weeks of PT", "please try ibuprofen first", "the records do not show weakness". A symptom
    behind a comma is the person's: "they want PT first, my leg is weak".
    """
    first, last = _sentence(text, start, end)
    wanted, pasted = _last(_words("asked_for"), text, first, start), _last(_words("pasted"), text, first, start)
    if symptom and wanted is not None and "," in text[wanted:start] and not re.search(r"\bor\b", text[wanted:end]):
        wanted = None
    begins = [begin for begin in (wanted, pasted) if begin is not None]
    behind = ("asked_behind",) if symptom else ("asked_behind", "refused_behind")
    if not begins and not any(_words(name).match(text, min(end + 1, last), last) for name in behind):
        return False
    failed = begins and _words("it_failed").search(text, end, last)
    if failed and _words("because").search(text, max(begins), start):
        # "He said I should get an MRI because 6 weeks of therapy hasn't helped".
        return False
    return _words("done_it").search(text, max(begins, default=start), last) is None


def as_a_condition(text: str, start: int, end: int) -> bool:
    """Whether the words at start:end stand in a condition of the plan that is quoted, and tell of nobody."""
    first, last = _sentence(text, start, end)
    cue = _words("condition").search(text, first, start)
    if cue is None or not re.search(r"\bor\b", text[cue.end() : last]):
        return False
    return _words("own_story").search(text, cue.start(), last) is None


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The bounds of the sentence or line around start:end."""
    ends = [hit.end() for hit in _STOP.finditer(text, max(0, start - _LONGEST), start)]
    stop = _STOP.search(text, end, end + _LONGEST)
    return ends[-1] if ends else max(0, start - _LONGEST), stop.start() if stop else min(len(text), end + _LONGEST)


def own_words(text: str, start: int, end: int) -> bool:
    """Whether the person goes on with words of their own between these places."""
    return _words("own_words").search(text, start, end) is not None


def _reached(name: str, text: str, place: int) -> int | None:
    """Where such words before this place in its sentence end, and none of the person's own stand between."""
    first = max(text.rfind(mark, 0, place) for mark in ".!?\n") + 1
    cue = _last(_words(name), text, max(first, place - _NEAR), place)
    return None if cue is None or _words("own_words").search(text, cue, place) else cue


def not_shown(text: str, end: int) -> bool:
    """Whether the words that end here are missing from papers, and not from the person's life: "no PT documented"."""
    behind = re.split(r"[.;,\n]", text[end : end + _BEHIND], maxsplit=1)[0]
    return _words("not_shown").search(behind) is not None


def _last(rule: re.Pattern[str], text: str, start: int, end: int) -> int | None:
    """Where the last match in start:end ends."""
    ends = [hit.end() for hit in rule.finditer(text, start, end)]
    return ends[-1] if ends else None
