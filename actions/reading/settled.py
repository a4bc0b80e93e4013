"""What makes a sign in a text no news: it has been so all along, it was then, or it was only warned of.

Also which "now" beside it is another matter's. Rules in `rules/settled.yml`; the watch asks (`watch.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.reading.assertion import Context
from actions.reading.expressions import expression

_BEFORE = 60
"""Characters before a sign that may say that it has been so."""
_NEXT = 110
"""Characters of the next sentence that may say it."""
_AROUND = 300
"""Characters before a sentence in which a state for good may be told."""
_WARNS = 240
"""Characters before a sign in which a warning may begin."""

Span = tuple[int, int]


def unchanged(given: Context, start: int, end: int) -> bool:
    """Whether the words are said to have been so all along: "residual weakness, stable", "It's been so for years"."""
    small = given.small
    first, last = _bounds(given, start, end)
    before = _find("settled_before", small[max(first, start - _BEFORE) : start])
    # "Stable angina" is the name of what it was till now.
    if before is not None and not news(small[start:end]) and not small.startswith("angina", start):
        return True
    beside = small[max(first, start - _BEFORE) : start]
    said = _find("settled_after", small[end:last])
    if said is not None and not news(beside) and not news(small[end : min(last, end + said.end() + 40)]):
        return True
    if _find("fresh", beside + small[end:last]):
        return False
    if _find("settled_earlier", small[max(0, first - _NEXT) : first]) and not news(small[first:last]):
        return True
    said = _find("settled_next", small[last : last + _NEXT])
    return said is not None and not news(small[last : last + said.end() + 40])


def nothing_new(given: Context) -> bool:
    """Whether the text tells of a long course and says of all of it that nothing is new; no blow, no words of now."""
    small = given.small
    said = _find("nothing_new", small)
    if said is None or not _find("long_course", small) or _find("blow", small):
        return False
    # A quotation of theirs may have kept two sentences together.
    first = max(small.rfind(mark, 0, said.start()) for mark in ".!?\n") + 1
    if _find("of_the_plan", small[first : given.sentence(said.start())[1]]):
        return False
    return not _find("fresh", small[: said.start()]) and not _find("fresh", small[said.end() :])


def improving(given: Context, start: int, end: int) -> bool:
    """Whether the words, here or where they stand again, are less than they were: "foot drop has improved"."""
    for again in re.finditer(re.escape(given.small[start:end]), given.small):
        last = _bounds(given, again.start(), again.end())[1]
        said = _find("improved", given.small[again.end() : last])
        if said and not news(given.small[again.start() : min(last, again.end() + said.end() + 40)]):
            return True
    return False


def recurring(given: Context, start: int, end: int) -> bool:
    """Whether the words tell what attacks are like that come again and again, and nothing of one unlike them."""
    small = given.small
    first, last = _bounds(given, start, end)
    low = max(0, first - _NEXT)
    told = (
        _find("recurring", small[low:start])
        or _find("recurring", small[first:last])
        or _find("usual_course", small[low:last])
        or _find("on_occasion", small[end:last])
    )
    own = small[first : last + _NEXT]
    return told is not None and not _find("fresh", own) and not _find("unlike_them", own)


def so_all_along(small: str, behind: str) -> bool:
    """Whether the sentence behind says of one that nothing in it is new: "None of that has changed"."""
    said = _find("settled_next", behind)
    return said is not None and not _find("fresh", small) and not news(small) and not news(behind[: said.end() + 40])


def usual(small: str) -> bool:
    """Whether a sentence tells what attacks always bring, and nothing of one unlike them."""
    return bool(_find("usual_course", small)) and not _find("fresh", small) and not _find("unlike_them", small)


def cleared(given: Context, start: int, end: int) -> bool:
    """Whether doctors looked at it some time ago and found nothing, and nothing tells that it goes on."""
    small = given.small
    first, last = _bounds(given, start, end)
    around, own = small[max(0, first - _NEXT) : last + _NEXT], small[max(0, start - _BEFORE) : last + _NEXT]
    if _find("fresh", own) or expression("emergency", "is_now").search(small, max(first, start - 40), end):
        return False
    seen = _find("worked_up", around) and expression("emergency", "cared_for").search(around)
    return bool(seen and _find("some_time_ago", around))


def over_and_examined(given: Context, start: int, end: int) -> bool:
    """Whether the words tell of a spell that is over, of which an exam has found nothing left."""
    small = given.small
    first, last = _bounds(given, start, end)
    own = small[max(first, start - _BEFORE) : last]
    return bool(
        _find("over_fully", small[end:last])
        and not _find("fresh", own)
        and _find("examined", small[first : last + _AROUND])
    )


def for_good(given: Context, start: int, end: int) -> bool:
    """Whether strength or the bladder went long ago for good, by what stands before, and no news is told here."""
    small = given.small
    first, last = _bounds(given, start, end)
    return bool(_find("for_good", small[max(0, first - _AROUND) : last])) and not news(small[first:last])


def over_long_ago(
    given: Context, start: int, end: int, earlier: re.Pattern[str], passed_counts: bool = False
) -> bool:
    """Whether it was in a spell told with an old time, and no more since. `earlier` finds months that are past.

    `passed_counts`: it counts although it went away, so that a day that may be of last week is no old time.
    """
    small = given.small
    first, last = _bounds(given, start, end)
    if not _find("fresh", small[first:last]):
        if _find("dated_behind", small[end:last]):
            return True
        that_was = _find("that_was", small[end:last].rstrip(" .!?\n"))
        if that_was and (earlier.search(that_was[0]) or expression("emergency", "long_ago").search(that_was[0])):
            return True
    if _in_a_dated_story(small, first, start, end, last, earlier):
        return True
    if not (
        _find("back_then", small[start:last])
        or _find("at_first", small[first:start])
        or _find("none_since", small[end : last + _NEXT])
    ):
        return False
    if _find("fresh", small[max(0, start - _BEFORE) : last]):
        return False
    dated = small[max(0, first - _AROUND) : last]
    return bool(
        _find("long_before", dated)
        or (not passed_counts and _find("some_time_ago", dated))
        or earlier.search(dated)
        or expression("emergency", "long_ago").search(dated)
    )


def _in_a_dated_story(small: str, first: int, start: int, end: int, last: int, earlier: re.Pattern[str]) -> bool:
    """Whether the sentence, or the one before it whose next step it tells, has an old date, and nothing goes on."""
    if _find("present_now", small[first:start][-_BEFORE:]) or _find("present_now", small[end:last]):
        return False
    if _find("present_now", small[start:end]):
        return False
    low = first
    if _find("next_step", small[first:start]):
        low = max(0, first - _NEXT)
    dated = small[low:start]
    return bool(earlier.search(dated) or _find("long_before", dated))


def left_over(given: Context, start: int) -> bool:
    """Whether the words are what is still left of something, and nothing of it is new."""
    first, last = given.sentence(start)
    return _find("left_over", given.small[first:start]) is not None and not news(given.small[first:last])


def over_then(small: str, earlier: re.Pattern[str], dated: bool = False) -> bool:
    """Whether a sentence tells of an earlier month or of what doctors have cleared, and of nothing that is so now.

    `dated`: the sentence before was of then, and this one may be its next step.
    """
    then = dated or earlier.search(small) or _find("worked_up", small) or _find("long_before", small)
    if not (then and _find("past_verb", small)):
        return False
    # "My son is 17 and passed out in September": his age is no state of now.
    small = expression("settled", "ones_age").sub(" ", small)
    return not any(_find(name, small) for name in ("present_now", "hurts", "fresh", "of_late"))


def warned_of(given: Context, start: int, end: int) -> bool:
    """Whether somebody was only told what to look out for: "go in if my foot drops or I can't hold my water"."""
    small = given.small
    first, last = _bounds(given, start, end)
    before = small[max(0, start - _WARNS) : start]
    told, supposed = _find("warned_of", before), _find("supposed", before)
    if not (told or supposed) or expression("emergency", "come_true").search(small, end, last):
        return False
    return bool(told or (supposed and _find("warns_behind", small[end:last])))


def doubted(given: Context, start: int, end: int) -> bool:
    """Whether a doctor holds the words for unlikely: "low suspicion for septic arthritis"."""
    first, last = _bounds(given, start, end)
    before, behind = given.small[first:start], given.small[end:last]
    return bool(_find("doubted_before", before) or _find("doubted_behind", behind))


def of_another_matter(given: Context, time: Span, signs: Iterable[Span]) -> bool:
    """Whether a time stands in a sentence of its own about papers, visits or tests, and none of the signs does."""
    first, last = given.sentence(time[0])
    first = max([first, *(given.small.rfind(mark, first, time[0]) + 1 for mark in ";:\n")])
    last = min([last, *(at for mark in ";\n" if (at := given.small.find(mark, time[1], last)) >= 0)])
    if any(first <= start < last for start, _ in signs):
        return False
    if _find("only_beside", given.small[time[0] : time[1]]):
        return True
    return _find("of_another_matter", given.small[first:last]) is not None


def _bounds(given: Context, start: int, end: int) -> Span:
    """From the beginning of the sentence that the words begin in, to the end of the one that they end in."""
    return given.sentence(start)[0], max(end, given.sentence(max(start, end - 1))[1])


def _find(name: str, text: str) -> re.Match[str] | None:
    return expression("settled", name).search(text)


def news(text: str) -> bool:
    """Whether words say that something is new or has changed."""
    return _find("news", text) is not None
