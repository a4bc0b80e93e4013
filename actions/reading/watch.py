"""The emergency watch: what must come before paperwork, in a message or a document. Rules in `rules/emergency.yml`.

It knows emergencies by the person's own words, and by findings that together raise a red flag. Only what is said of
this patient, now, counts; in doubt an emergency counts. No model, no state; it never raises on any text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Literal, Protocol

from actions.reading.assertion import Context, box_behind, context, meaning
from actions.reading.clinical import findings_of
from actions.reading.compiled import compiled
from actions.reading.dates import dates
from actions.reading.expressions import expression
from actions.reading.mending import mended
from actions.reading.rules import read
from actions.reading.settled import (
    cleared,
    doubted,
    for_good,
    improving,
    left_over,
    news,
    nothing_new,
    of_another_matter,
    over_and_examined,
    over_long_ago,
    over_then,
    recurring,
    unchanged,
    usual,
    warned_of,
)
from actions.reading.stories import OLD, Concepts, Span, Spoken, Story, load_stories, told
from actions.reading.text import plain
from actions.reading.told import as_a_condition
from criteria.facts import Case, Finding
from criteria.red_flags import RedFlag, load_red_flags, raised
from criteria.strict_yaml import Node

_RULES = Path(__file__).parent / "rules" / "emergency.yml"
_RED_FLAGS = Path(__file__).parent.parent.parent / "criteria" / "library" / "red_flags.yml"
SELF_HARM = "self_harm"
VIOLENCE = "violence"
_NEAR = 110
"""Characters between expressions that count together."""
_AFTERTHOUGHT = 90
"""Characters behind a sentence in which it may be taken back."""
_AROUND = 300
"""Characters beside a sentence that may change what it says."""
_NEWS = timedelta(days=28)
"""How long something is news where only a day is named."""
_A_WEEK = timedelta(days=7)
"""How long a spell that is over is news to those who have examined the person since."""
_MONTH = timedelta(days=31)
"""How late in it a month that is named may mean."""
_SEEN = 170
"""Characters behind a spell in which it is told how it was looked at."""
_LONGEST = 200_000
"""Characters read of one text; more is more than any letter."""


@dataclass(frozen=True)
class Hit:
    """A statement that counts: `id` of the red flag, `self_harm` or `violence`, the words, and where they stand."""

    id: str
    level: Literal["E", "crisis", "U"]
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class _Rule:
    id: str
    level: Literal["E", "crisis", "U"]
    says: re.Pattern[str]
    together: tuple[tuple[re.Pattern[str], ...], ...]
    chat_only: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    old: str | None
    passed_counts: bool
    ever: bool = False


class _Judged(Protocol):
    """What a rule and a story both say of how their words are to be judged."""

    @property
    def id(self) -> str: ...

    @property
    def unless(self) -> re.Pattern[str] | None: ...

    @property
    def old(self) -> str | None: ...

    @property
    def passed_counts(self) -> bool: ...

    @property
    def ever(self) -> bool: ...


@lru_cache(maxsize=1)
def _stories() -> tuple[Concepts, tuple[Story, ...]]:
    unless = {name: _unless().get(name) for name in (*_records(), SELF_HARM)}
    # What makes a blow of one sentence ordinary says nothing of the next one: each story of violence has its own.
    return load_stories(_words(), {**unless, VIOLENCE: None}, (SELF_HARM, VIOLENCE))


@lru_cache(maxsize=1)
def _unless() -> dict[str, re.Pattern[str] | None]:
    """What makes the words of an emergency or of a crisis ordinary, by flag."""
    return {rule.id: rule.unless for rule in _rules() if rule.level != "U"}


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for name, pattern in read(_RULES)["words"].items():
        words[name] = _filled(pattern, words)
    return words


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    given = read(_RULES)
    given.check_keys(("words", "flags", "spells", "anyones", "urgent", "self_harm", "violence", "expressions"))
    words = _words()
    records = _records()
    rules = []
    for part, level in (("flags", "E"), ("urgent", "U")):
        for name, node in given[part].items():
            if name not in records:
                raise given[part].error(f"'{name}' is no red flag of red_flags.yml", name)
            rules.append(_rule(name, level, node, words))
    rules += [_rule(name, "crisis", given[name], words) for name in (SELF_HARM, VIOLENCE)]
    return tuple(rules)


@lru_cache(maxsize=1)
def _records() -> dict[str, RedFlag]:
    return load_red_flags(_RED_FLAGS)


def _rule(name: str, level: str, node: Node, words: dict[str, str]) -> _Rule:
    node.record = name
    node.check_keys(("says",), ("together", "chat_only", "unless", "old", "passed_counts"))

    def joined(key: str) -> re.Pattern[str] | None:
        patterns = node.get(key)
        if not patterns:
            return None
        return compiled(
            "|".join(f"(?:{_filled(p, words)})" for p in ([patterns] if isinstance(patterns, str) else patterns))
        )

    says = joined("says")
    assert says is not None
    together = tuple(tuple(compiled(_filled(p, words)) for p in parts) for parts in node.get("together", ()))
    return _Rule(name, level, says, together, joined("chat_only"), joined("unless"),  # type: ignore[arg-type]
                 node.one_of("old", OLD) if "old" in node else None, bool(node.get("passed_counts")))  # fmt: skip


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<([a-z]+)>", lambda m: words[m[1]], pattern)


def watch(text: str, *, today: date, document: bool = False, known: Case | None = None) -> tuple[Hit, ...]:
    """Every statement that must be answered before paperwork: emergencies and self-harm first, then same-day ones.

    `document`: only statements about this patient count, not a plan's lists of exceptions. `known`: what was told
    before, which makes an emergency of a sign that alone is none. Each id stands once, at its highest level. Offsets
    are into `text`.
    """
    made = plain(text[:_LONGEST])
    spelt = mended(made.text)
    given = context(spelt.text)
    policy = _policy_lines(given.small) if document else []
    letter = document and len(expression("emergency", "letter").findall(given.small)) >= 2
    best: dict[str, tuple[int, int, str]] = {}
    for rule in _rules():
        for pattern in (rule.says, None if document else rule.chat_only):
            if pattern is None or rule.id in best:
                continue
            for m in pattern.finditer(given.small):
                if _counts(given, rule, m.start(), m.end(), today) and _about_patient(
                    given, m.start(), policy, document, letter
                ):
                    best[rule.id] = (m.start(), _word_end(given.small, m.end()), rule.level)
                    break
        if rule.id not in best:
            for parts in _together(given, rule):
                start, end = min(a for a, _ in parts), max(b for _, b in parts)
                if _all_count(given, rule, parts, today) and _about_patient(given, start, policy, document, letter):
                    best[rule.id] = (start, _word_end(given.small, end), rule.level)
                    break
    for flag, level, start, end in _by_stories(given, today, best, policy, document, letter):
        best[flag] = (start, _word_end(given.small, end), level)
    for name, level, start, end in _by_findings(given, today, policy, document, letter, known):
        if name not in best or (best[name][2] == "U" and level == "E"):
            best[name] = (start, end, level)
    hits = [Hit(name, level, *made.span(*spelt.span(start, end))) for name, (start, end, level) in best.items()]  # type: ignore[arg-type]
    return tuple(sorted(hits, key=lambda h: (("crisis", "E", "U").index(h.level), h.start)))


def asks_for_care(text: str) -> bool:
    """Whether somebody asks whether they should go to an emergency department, or may wait."""
    return expression("emergency", "asks_for_care").search(plain(text[:_LONGEST]).text.lower()) is not None


_CALM = ("only_pregnancy", "answered_no", "only_denied", "only_noes", "joint_held_back")
"""What a text is that tells of no emergency whatever its times."""


def told_calmly(text: str, today: date, dated: bool = False) -> bool:
    """Whether a message tells of itself that it is no emergency of now: a complaint of weeks in which nothing is new,
    a joint that goes only so high, an answer about pregnancy, what is denied or answered with no; and nothing else.
    For the second ear, which knows no times. `dated`: the sentence before was told of an earlier day.
    """
    small = mended(plain(text[:_LONGEST]).text).text.lower()
    if any(expression("emergency", name).match(small) for name in _CALM):
        return True
    if over_then(small, _earlier_month(today), dated) or usual(small):
        return True
    old = expression("emergency", "old_complaint").search(small) or _since_month(today).search(small)
    small = expression("emergency", "rate").sub(" ", small)
    return old is not None and expression("emergency", "news_beside").search(small) is None


def _by_stories(
    given: Context,
    today: date,
    heard: dict[str, tuple[int, int, str]],
    policy: list[tuple[int, int]],
    document: bool,
    letter: bool,
) -> Iterator[tuple[str, str, int, int]]:
    """(flag, level, start, end) for the stories that the text tells, of flags not heard yet."""
    concepts, stories = _stories()
    spoken = Spoken(given, concepts, concepts.possible(given.small))
    for story in stories:
        if not spoken.here.issuperset(story.concepts):
            continue
        before = heard.get(story.id)
        if before is not None and (before[2] != "U" or story.level == "U"):
            continue
        if not all(spoken.places(name) for name in story.concepts):
            continue
        for start, end in told(spoken, story, _counting(given, story, today), _news(spoken, story, today)):
            if _ticked_no(given.small, end) and not given.small.startswith(" denied", end):
                continue  # "numbness groin N", but not "MRI foot denied"
            if _is_ordinary(story, given.small[given.sentence(start)[0] : given.sentence(end - 1)[1]]):
                continue  # "The cast came off in July. My fingers are numb"
            if _about_patient(given, start, policy, document, letter) and (document or not _is_the_plans(given, end)):
                yield story.id, story.level, start, end
                break


def _counting(given: Context, story: Story, today: date) -> Callable[[Context, Span], bool]:
    def counts(alone: Context, span: Span) -> bool:
        return _counts(given, story, *span, today, alone=alone)

    return counts


_CORD = ("RF01", "RF02", "RF03")
"""The flags of the spine and its nerves."""
_LEFT_BEHIND = (*_CORD, "RF10", "RF11", "RF39")
"""The flags of deficits that an old illness may have left."""
_CLOCK = ("newly", "right_now", "this_week")
"""The times that are hours and days; others are what happened."""


def _news(spoken: Spoken, story: Story, today: date) -> Callable[[Span], bool]:
    """Whether a time that a story names is near: "woke up with it", said of every morning for months, is not."""
    given = spoken.given
    clock = {span for name in _CLOCK if name in story.concepts for span in spoken.places(name)}
    signs = [span for name in story.concepts if name in spoken.concepts.signs for span in spoken.places(name)]

    def recent(span: Span) -> bool:
        start, end = span
        if _of_each_spell(given.small, start, end) or (span in clock and of_another_matter(given, span, signs)):
            return False
        if story.old in (None, "years") or story.ever:
            return True
        if _once(given, start, end, today):
            return False
        first, last = given.sentence(start)
        if story.old == "weeks" and _of_an_old_course(given.small, first, last, start, end):
            return False
        if story.old == "weeks" and expression("emergency", "weeks_ago").search(
            _clause_around(given.small, first, max(last, end), start, end)
        ):
            return False
        usual = expression("emergency", "each_day").match(given.small, start)
        return usual is None or not _lasts(given, story.old, start, end, today)

    return recent


def _of_an_old_course(small: str, first: int, last: int, start: int, end: int) -> bool:
    """Whether a time is of a course told with its length: "a nine-month history of pain; he now drops coins"."""
    course = expression("emergency", "old_course")
    return bool(course.search(small[start:last]) or course.search(small[first:end]))


def _together(given: Context, rule: _Rule) -> Iterator[list[tuple[int, int]]]:
    """The places of expressions that stand in one sentence; a short message without full stops is one."""
    for wanted in rule.together:
        # Most texts hold only some of the words: no place of the first is looked around for nothing.
        if not all(pattern.search(given.small) for pattern in wanted):
            continue
        for m in wanted[0].finditer(given.small):
            first, last = given.sentence(m.start())
            parts = [(m.start(), m.end())]
            for pattern in wanted[1:]:
                near = pattern.finditer(given.small, max(first, m.start() - _NEAR), min(last, m.end() + _NEAR))
                found = next((f.span() for f in near if not _of_each_spell(given.small, *f.span())), None)
                if found is None:
                    break
                parts.append(found)
            else:
                yield parts


def _all_count(given: Context, rule: _Rule, parts: list[tuple[int, int]], today: date) -> bool:
    """Whether each expression counts, the others not looked at: "can't" of one must not deny the next."""
    start, end = min(a for a, _ in parts), max(b for _, b in parts)
    if re.search(r"\b(?:but|however)\b", given.small[start:end]):
        return False
    # Only the sentence and what stands beside it: a long text is not copied for every place looked at.
    first, last = given.sentence(start)
    origin = max(0, first - _AROUND)
    near = given.small[origin : max(last, end) + _AROUND]
    sentence = ((first - origin, last - origin),)
    for part in parts:
        hidden = near
        for a, b in parts:
            if (a, b) != part:
                hidden = hidden[: a - origin] + "~" * (b - a) + hidden[b - origin :]
        # An expression may lie in another's; then it is the other's words that count.
        own, own_end = part[0] - origin, part[1] - origin
        alone = Context(hidden, hidden, sentence)
        whole = Context(near, near, sentence)
        if hidden[own:own_end].strip("~ ") and not _counts(whole, rule, own, own_end, today, alone):
            return False
    return True


def _word_end(small: str, end: int) -> int:
    while end < len(small) and small[end].isalpha() and small[end - 1].isalpha():
        end += 1
    return end


def _counts(given: Context, rule: _Judged, start: int, end: int, today: date, alone: Context | None = None) -> bool:
    """Whether the words are said of the person now: not denied, long past, a relative's, asked or imagined.

    `alone`: the same text with what else is wrong hidden, so that only these words are judged.
    """
    alone = alone or given
    small = given.small
    first, last = given.sentence(start)
    last = max(last, end)
    sentence = small[first:last]
    if _is_ordinary(rule, sentence):
        untrue = expression("emergency", "no_was_untrue").search(small, last, last + _AFTERTHOUGHT)
        if rule.id != SELF_HARM or untrue is None:
            return False
    if _is_a_figure(small, first, last, start, end) or _of_a_year_past(small, first, last, start, today):
        return False
    if rule.id == SELF_HARM:
        # The heading of a list may stand on the line before.
        family = expression("emergency", "family_heading").search(small, max(0, start - 130), start)
        after = small[last : last + _AFTERTHOUGHT]
        return family is None and _means_it(sentence, small[first:start], small[start:last], after)
    if rule.id == VIOLENCE:
        long_ago = expression("emergency", "long_ago").search(sentence)
        return long_ago is None and meaning(alone, start, end) not in ("absent", "hypothetical")
    orders = small.endswith("see", start, end) and expression("emergency", "no_sight").match(small, end)
    if orders and "sudden" not in small[first:end]:
        return False
    if expression("emergency", "denied_at_end").search(small[start:end]):
        return False
    if box_behind(small, start, end) == "hypothetical":
        return False
    if _imagined(given, start, end) or _ticked_no(small, end):
        return False
    if not (rule.passed_counts or rule.ever) and expression("emergency", "over_within").search(small, start, end):
        return False
    if not rule.ever and (
        _once(given, start, end, today)
        or over_long_ago(given, start, end, _earlier_month(today), rule.passed_counts)
    ):
        return False
    if rule.old is not None and (
        _lasts(given, rule.old, start, end, today) or unchanged(given, start, end) or recurring(given, start, end)
    ):
        return False
    if warned_of(given, start, end) or doubted(given, start, end) or (rule.id in _CORD and for_good(given, start, end)):
        return False
    if rule.id in _CORD and improving(given, start, end):
        return False
    if rule.id in _LEFT_BEHIND and nothing_new(given):
        return False
    if rule.id in _flags_of("spells") and (
        _seen_and_sent_home(small, first, start, end)
        or cleared(given, start, end)
        or (over_and_examined(given, start, end) and _an_earlier_day(given, first, last, today, _A_WEEK))
    ):
        return False
    said_of = meaning(alone, start, end)
    if said_of == "hypothetical" and _denied_in_its_clause(alone, first, start, end):
        return False
    if said_of == "absent" and expression("emergency", "until_now").match(small, end, last):
        said_of = "present"
    if said_of == "absent" or _of_nobody_here(small, first, start, end):
        return False
    if rule.id in _flags_of("anyones"):
        return said_of != "hypothetical"
    relative = _relative_named(small, first, start, end)
    if relative is not None:
        # "Overnight my mother …": a time that opens the sentence is that of all of it.
        opened = expression("emergency", "opens_with_now").match(small[first : relative.start()])
        return said_of != "hypothetical" and (bool(opened) or _relative_now(small, relative.end(), end, last))
    if said_of == "family":
        return False
    if said_of == "historical":
        return (
            rule.passed_counts
            or rule.ever
            or "no longer" in small[max(first, start - 14) : start]
            or not (
                expression("emergency", "long_ago").search(sentence)
                or expression("emergency", "over").search(sentence)
                or "went away" in sentence
                or "used to" in small[first:start]
            )
        )
    return rule.passed_counts or not expression("emergency", "over").search(alone.small[end : min(last, end + 60)])


def _relative_named(small: str, first: int, start: int, end: int) -> re.Match[str] | None:
    """The relative of whom the words small[start:end] are told, named before them; `first` begins the sentence."""
    relative = expression("emergency", "relative").search(small, first, end)
    if relative is None or relative.start() > start:
        return None
    oneself = expression("emergency", "now_of_oneself").search(small[relative.end() : start + 2])
    return relative if oneself is None else None


def _of_a_relative_then(small: str, first: int, start: int, end: int, last: int) -> bool:
    """Whether it is told of a relative and of no day of now: "my brother had a tumor, its first sign was a seizure"."""
    relative = _relative_named(small, first, start, end)
    return (
        relative is not None
        and re.search(r"\b(?:i|me|my|i'm|i've)\b", small[relative.end() : start]) is None
        and expression("emergency", "these_days").search(small, relative.end(), last) is None
        and expression("emergency", "happening").search(small, relative.end(), last) is None
    )


def _ticked_no(small: str, end: int) -> bool:
    end = _word_end(small, end)
    return expression("emergency", "ticked_no").match(small[end : end + 12]) is not None


def _is_ordinary(rule: _Judged, sentence: str) -> bool:
    """Whether the sentence makes it ordinary. How long each spell lasts tells of no minutes ago."""
    if rule.unless is None:
        return False
    own = expression("emergency", "each_spell").sub(" ", sentence)
    return bool(rule.unless.search(sentence) or rule.unless.search(own))


def _of_each_spell(small: str, start: int, end: int) -> bool:
    """Whether a time is only how long each spell lasts: "it goes away in two minutes"."""
    spells = expression("emergency", "each_spell").finditer(small, max(0, start - 60), end + 10)
    return any(spell.start() < start < spell.end() for spell in spells)


def _denied_in_its_clause(given: Context, first: int, start: int, end: int) -> bool:
    """ "Not medically necessary, no numbness": denied, whatever the words before its clause make of the sentence."""
    cut = max(given.small.rfind(mark, first, start) for mark in ",;:") + 1
    if cut <= first:
        return False
    own = given.small[:first] + " " * (cut - first) + given.small[cut:]
    return meaning(Context(own, own, given.sentences), start, end) == "absent"


@lru_cache(maxsize=4)
def _flags_of(name: str) -> frozenset[str]:
    """The flags of a list of the rules: `spells`, `anyones`."""
    return frozenset(read(_RULES)[name])


def _seen_and_sent_home(small: str, first: int, start: int, end: int) -> bool:
    """Whether a spell was, doctors have looked at it and let the person go, and nothing says that it goes on."""
    if not expression("emergency", "was_then").search(small, first, end) or expression("emergency", "is_now").search(
        small, max(first, start - 40), end
    ):
        return False
    released = expression("emergency", "released").search(small, first, end + _SEEN)
    if released is None or not expression("emergency", "cared_for").search(small, first, released.end() + 60):
        return False
    after = expression("emergency", "not_anew").sub(" ", small[first : max(end, released.end()) + _SEEN])
    return expression("emergency", "not_over").search(after) is None


def _of_nobody_here(small: str, first: int, start: int, end: int) -> bool:
    """Whether nobody has it, or only one who is dead: "nobody had seizures", "My father died. He had chest pain"."""
    if expression("emergency", "nobody").search(small, first, start):
        return True
    goes_on = expression("emergency", "of_the_dead").match(small, first, end)
    if goes_on is None or expression("emergency", "these_days").search(small, first, end):
        return False
    ended = len(small[:first].rstrip(" .!?\n"))
    before = max(small.rfind(mark, 0, ended) for mark in ".!?\n") + 1
    named = list(expression("emergency", "relative").finditer(small, before, ended))
    return len(named) == 1 and bool(expression("emergency", "died").search(small, named[0].end(), ended))


def _is_a_figure(small: str, first: int, last: int, start: int, end: int) -> bool:
    """Whether the words are a figure of speech, an animal's, or what a rule says of everybody."""
    figures = expression("emergency", "figures").finditer(small, first, last)
    return any(figure.start() < end and start < figure.end() for figure in figures)


def _of_a_year_past(small: str, first: int, last: int, start: int, today: date) -> bool:
    """ "2011: bleeding ulcer, black stools": what stands behind the year that its sentence begins with."""
    opened = expression("emergency", "opens_with_a_year").match(small, first, start)
    if opened is None or int(opened["year"]) >= today.year:
        return False
    return expression("emergency", "goes_on").search(small, opened.end(), last) is None


def _once(given: Context, start: int, end: int, today: date) -> bool:
    """Whether the words are set in the past: years ago, as a child, "in September" said in November."""
    small = given.small
    # The words may go on into the next sentence.
    first, last = given.sentence(start)[0], given.sentence(max(start, end - 1))[1]
    last = max(last, end)
    clause = _clause_around(small, first, last, start, end)
    if not (
        expression("emergency", "long_ago").search(clause)
        or _earlier_month(today).search(clause)
        or _an_earlier_day(given, *_clause_bounds(small, first, last, start, end), today)
        or _of_a_dated_spell(given, start, end, today)
        or expression("emergency", "set_back_then").match(small, last)
        or expression("emergency", "dated_before").search(small, max(0, first - 90), first)
    ):
        return False
    around = expression("emergency", "not_anew").sub(" ", small[max(first, start - 60) : min(last, end + 60)])
    return expression("emergency", "anew").search(around) is None


_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip


def _an_earlier_day(given: Context, low: int, high: int, today: date, news: timedelta = _NEWS) -> bool:
    """Whether small[low:high] names a day or a month of which it tells, as "8/30" said in November; no scan's day.

    `news`: for how long something is news.
    """
    if expression("emergency", "day").search(given.small, low, high) is None:
        return False
    if any(today - day > news for day in _days_of_spells(given.small, low, high, today)):
        return True
    return any(
        low <= hit.start < high
        and (today - hit.date > news if hit.precision == "day" else today - hit.date > news + _MONTH)
        and expression("emergency", "day_of_paper").search(given.small, max(low, hit.start - 40), hit.start) is None
        for hit in dates(given.small, today)
    )


def _days_of_spells(small: str, low: int, high: int, today: date) -> Iterator[date]:
    """The last days of these figures: 10/2 said in November is of this year, 12/2 of the last."""
    for m in expression("emergency", "day_of_a_spell").finditer(small, low, high):
        month, day = int(m["month"]), min(int(m["day"]), 28)
        year = today.year if (month, int(m["day"])) <= (today.month, today.day) else today.year - 1
        yield date(year, month, day)


def _of_a_dated_spell(given: Context, start: int, end: int, today: date) -> bool:
    """Whether the words tell of a spell that was dated before them: "TIA on 9/14/26, left arm numb"."""
    small = given.small
    first, last = given.sentence(start)
    before = max(small.rfind(mark, 0, max(0, first - 2)) for mark in ".!?\n") + 1
    for spell in expression("emergency", "spell").finditer(small, before, start):
        low, high = spell.start(), min(start, spell.end() + 40)
        if not (
            expression("emergency", "long_ago").search(small, low, high)
            or _earlier_month(today).search(small, low, high)
            or _an_earlier_day(given, low, high, today)
        ):
            continue
        if left_over(given, start) or not expression("emergency", "goes_on").search(small, spell.end(), max(last, end)):
            return True
    return False


_HOLIDAYS = {
    "christmas": 12, "new year'?s": 1, "valentine'?s": 2, "easter": 4, "mother'?s day": 5, "memorial day": 5,
    "father'?s day": 6, "juneteenth": 6, "(?:the )?(?:4th|fourth) of july": 7, "labor day": 9, "halloween": 10,
    "thanksgiving": 11,
}  # fmt: skip
_SEASONS = ("winter", "spring", "summer", "fall")


@lru_cache(maxsize=4)
def _earlier_names(today: date) -> str:
    """An expression for the names of the months before this one and the last; "may" only where it is no verb."""
    late = (today.month, (today.month - 2) % 12 + 1)
    earlier = [m for i, m in enumerate(_MONTHS, 1) if i not in late]
    holidays = [name for name, month in _HOLIDAYS.items() if month not in late]
    may = "(?:(?<=in )may\\b|may(?= [0-9]| for | and | but |[,.]|$))"
    return "|".join([*(f"{m[:3]}(?:t|{m[3:]})?" if m != "may" else may for m in earlier), *holidays])


@lru_cache(maxsize=4)
def _earlier_seasons(today: date) -> str:
    """As `_earlier_names`, of the seasons."""
    late = {_SEASONS[month % 12 // 3] for month in (today.month, (today.month - 2) % 12 + 1)}
    return "|".join(season for season in _SEASONS if season not in late)


@lru_cache(maxsize=4)
def _earlier_month(today: date) -> re.Pattern[str]:
    """ "In September", "in the summer" or "started May 2026", said in November: what was then is no news."""
    return re.compile(
        rf"\b(?:in|back in|on|at|over|around|of|by|last|early|late|mid|started|starting|began|beginning) "
        rf"(?:early |late |mid[- ]?|last )?(?:{_earlier_names(today)})\b"
        rf"|\b(?:in|over|during) (?:the |this |this past |last |early |late ){{0,3}}(?:{_earlier_seasons(today)})\b"
        rf"|\b(?:this|this past|last|that) (?:{_earlier_seasons(today)})\b"
        rf"|\b(?:{_earlier_names(today)}) [0-9]{{1,2}}(?:st|nd|rd|th)?\b"
        rf"|\b(?:{_last_months_days(today)})(?:st|nd|rd|th)?\b"
    )


def _last_months_days(today: date) -> str:
    """An expression for the days of the last month that are no news: "October 2" said late in November."""
    end = today.replace(day=1) - timedelta(days=1)
    name = _MONTHS[end.month - 1]
    old = [str(day) for day in range(1, end.day + 1) if today - end.replace(day=day) > _NEWS]
    return f"{name[:3]}(?:t|{name[3:]})? (?:{'|'.join(reversed(old))})"


def _lasts(given: Context, old: str, start: int, end: int, today: date) -> bool:
    """Whether it has been so for too long to be news. A length said of another complaint is not it."""
    small = given.small
    first, last = given.sentence(start)
    low, high = max(first, start - 60), min(max(last, end), end + 60)
    recent = [_gap(m.span(), start, end, low) for m in expression("emergency", "lately").finditer(small[low:high])]
    for m in expression("emergency", f"for_{old}").finditer(small[low:high]):
        away = _gap(m.span(), start, end, low)
        if any(other < away for other in recent):
            continue
        between = small[low + m.end() : start] if low + m.end() <= start else small[end : low + m.start()]
        parted = re.search(r"[,;]|\b(?:and|but|now|then)\b", between)
        before = small[max(0, low + m.start() - 30) : low + m.start()]
        if parted and not _PAIN.search(small[start:end]) and re.search(_PAIN.pattern + r"[^,;.]*\Z", before):
            continue
        if parted and expression("emergency", "long_illness").search(before):
            continue
        return True
    if old == "years":
        return False
    since = re.search(r"\bsince\b", small[low:high])
    if since is None:
        return False
    if _since_month(today).search(small[low:high]):
        return True
    return not recent and _since_a_day_past(small, low, high, today)


def _since_a_day_past(small: str, low: int, high: int, today: date) -> bool:
    """Whether small[low:high] says since which day, and that day is no news: "since October 12" said weeks later."""
    if expression("emergency", "day").search(small, low, high) is None:
        return False
    return any(
        low <= hit.start < high
        and today - hit.date > (_NEWS if hit.precision == "day" else _NEWS + _MONTH)
        and re.search(r"\bsince (?:about |around |the )?\Z", small[max(0, hit.start - 20) : hit.start])
        for hit in dates(small, today)
    )


_PAIN = re.compile(r"\b(?:pains?|aches?|hurts?|hurting|sore|sciatica|headaches?)\b")


def _gap(span: tuple[int, int], start: int, end: int, low: int) -> int:
    """Characters between a match, counted from `low`, and start:end."""
    return max(low + span[0] - end, start - low - span[1], 0)


@lru_cache(maxsize=4)
def _since_month(today: date) -> re.Pattern[str]:
    recent = expression("emergency", "lately").pattern
    return re.compile(
        # "Since the fall in July", "since the June accident"
        rf"\bsince (?:(?!{recent}|[a-z]+day\b)[a-z']+ ){{0,5}}(?:{_earlier_names(today)})\b"
        rf"|\b(?:since|around|of|by|last|early|late|mid) "
        rf"(?:about |around |roughly |maybe |like |sometime in |early |late |mid[- ]?){{0,3}}"
        rf"(?:{_earlier_names(today)})\b"
        rf"|\bsince (?:about |around |maybe |like |the |this |this past |last |early |late ){{0,3}}"
        rf"(?:{_earlier_seasons(today)})\b"
    )


def _imagined(given: Context, start: int, end: int) -> bool:
    """Whether the words are asked about, a condition, or of a list that the person then says is not theirs."""
    small = given.small
    first, last = given.sentence(start)
    sentence = small[first : max(last, end)]
    if expression("emergency", "asks_rule").match(sentence):
        return True
    if given.of_rules and expression("emergency", "plan_says").search(small, max(first, start - 200), start):
        return True
    if expression("emergency", "quoted").search(small, first, start) and expression("emergency", "of_a_list").match(
        small[end : max(last, end) + 1]
    ):
        return True
    wishes = expression("emergency", "wish_to_sleep").finditer(small, first, max(last, end))
    if any(wish.start() < end and start < wish.end() for wish in wishes):
        return True
    origin = max(first, start - 90)
    # The condition may reach into the words: "if I have chest pain".
    supposed = expression("emergency", "what_if").search(small[origin:end])
    if supposed is not None and origin + supposed.start() < start and not (
        expression("emergency", "asks_now").search(sentence)
        or expression("emergency", "right_now").search(sentence)
        or expression("emergency", "come_true").search(small[origin + supposed.end() : max(last, end)])
    ):
        return True
    return bool(
        expression("emergency", "disowned").search(small[end : max(last, end) + _AFTERTHOUGHT])
        and not expression("emergency", "these_days").search(sentence)
    )


def _means_it(sentence: str, before: str, onward: str, after: str) -> bool:
    """Whether words of self-harm are meant: the person's own, or another's who is alive and in danger now."""
    if expression("emergency", "not_self_harm").search(before):
        return False
    asked = expression("emergency", "asked_about_it").search(sentence)
    if asked and not expression("emergency", "no_was_untrue").search(after):
        return False
    if expression("emergency", "would_have").search(sentence):
        return False
    if _despair_is_over(before, onward):
        return False
    if expression("emergency", "third_person").search(before):
        return bool(
            expression("emergency", "at_risk").search(sentence)
            and not expression("emergency", "dead_or_past").search(sentence)
        )
    return not (
        expression("emergency", "long_ago").search(sentence)
        and re.search(r"\b(?:was|had|survived|attempt\w*|tried|used to|history|hx|h/o)\b", sentence)
    )


def _despair_is_over(before: str, onward: str) -> bool:
    """Whether another's despair of then was treated and is over: "he wanted to die but got counseling, he is fine".

    Who tells it of oneself, or of these days, is asked how they are.
    """
    said = before[-60:] + onward[:40]
    return (
        expression("emergency", "despair_over").match(onward) is not None
        and expression("emergency", "despair_then").search(said) is not None
        and expression("emergency", "despair_again").search(onward) is None
        and expression("emergency", "these_days").search(before + onward) is None
        and re.search(r"\bi\b", said) is None
    )


_ONES_OWN = re.compile(
    r"[,.;] (?:but |and )?(?:mine|my own|i'?m|i am|my [a-z]+ (?:is|are|feels?) (?:fine|ok|okay|good|normal))\b"
)


def _relative_now(small: str, named: int, end: int, last: int) -> bool:
    """Whether what is told of a relative (named before `named`) happens these days: who writes for them needs help."""
    # "My aunt lost her sight to it, mine is fine": what comes after is the person's own.
    said = re.split(_ONES_OWN, small[named:last])[0]
    if expression("emergency", "their_past").search(said):
        return False
    if expression("emergency", "these_days").search(said):
        return True
    # "My wife's had a headache": she has had it, and it goes on.
    if small.endswith("'s", 0, named) and small.startswith((" had ", " been "), named):
        return True
    past = expression("emergency", "their_story").search(small[named:end])
    return bool(expression("emergency", "happening").search(said) and not past)


def _clause_around(small: str, first: int, last: int, start: int, end: int) -> str:
    low, high = _clause_bounds(small, first, last, start, end)
    return small[low:high]


def _clause_bounds(small: str, first: int, last: int, start: int, end: int) -> tuple[int, int]:
    before = re.split(r"[;,]|\b(?:but|and now|now)\b", small[max(first, start - 70) : start])[-1]
    after = re.split(r"[;,]|\b(?:but|and now|now|and i (?:also )?(?:had|have))\b", small[end : min(last, end + 50)])[0]
    return start - len(before), end + len(after)


def _policy_lines(small: str) -> list[tuple[int, int]]:
    """The spans of lists that a rule or a condition opens: its own line and the items after it."""
    spans, at, open_list = [], 0, False
    for line in small.split("\n"):
        if expression("emergency", "policy").search(line) and line.rstrip().endswith(
            (":", ";", "following", "or", ",")
        ):
            open_list = True
            spans.append((at, at + len(line)))
        elif open_list and (
            expression("emergency", "item").match(line)
            or not line.strip()
            or line.rstrip().endswith((";", "; or", ", or", "or", ","))
        ):
            spans.append((at, at + len(line)))
        else:
            open_list = open_list and bool(line.strip()) and len(line) < 60 and not re.search(r"[.!?]\s*\Z", line)
            if open_list:
                spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _about_patient(given: Context, start: int, policy: list[tuple[int, int]], document: bool, letter: bool) -> bool:
    if not document:
        return not _is_the_plans(given, start) and not as_a_condition(given.small, start, start + 1)
    if any(a <= start <= b for a, b in policy):
        return False
    return _tells(given.small, given.sentence(start), letter)


def _tells(small: str, sentence: tuple[int, int], letter: bool) -> bool:
    """Whether a document's sentence is no rule, and in a letter speaks of its patient."""
    said = small[slice(*sentence)]
    if expression("emergency", "policy").search(said):
        return False
    return not letter or expression("emergency", "this_patient").search(said) is not None


def _of_the_patient(given: Context) -> Context:
    """A letter with its other sentences made blank: most of it tells of nobody, and is not worth a search."""
    told = [
        given.text[first:last] if _tells(given.small, (first, last), letter=True) else " " * (last - first)
        for first, last in given.sentences
    ]
    return context("".join(told))


def _is_the_plans(given: Context, start: int) -> bool:
    """Whether somebody who writes here copied a line of the plan's list: it tells of nobody."""
    first, last = given.sentence(start)
    sentence = given.small[first:last]
    return bool(
        expression("emergency", "plans_list").search(given.small[first:start])
        and not expression("emergency", "of_a_person").search(sentence)
    )


def _by_findings(
    given: Context, today: date, policy: list[tuple[int, int]], document: bool, letter: bool, known: Case | None = None
) -> list[tuple[str, str, int, int]]:
    """(flag, level, start, end) for the red flags that the text's findings raise together, and with those `known`."""
    found = [
        f
        for f in findings_of(_of_the_patient(given) if letter else given, today)
        if _about_patient(given, f.start, policy, document, letter)
        and not _imagined(given, f.start, f.end)
        and not warned_of(given, f.start, f.end)
        and not _of_nobody_here(given.small, given.sentence(f.start)[0], f.start, f.end)
        and not _is_a_figure(given.small, *given.sentence(f.start), f.start, f.end)
    ]
    told = tuple(
        Finding(f.id, f.status, f.region, f.side, f.onset, f.severity, f.weeks, f.since) for f in found  # type: ignore[arg-type]
    )
    case = Case(as_of=today, findings=told)
    if known is not None:
        names = {f.id for f in told}
        before = tuple(f for f in known.findings if f.id not in names)
        case = Case(as_of=today, study=known.study, findings=(*told, *before))
    result = []
    for flag in raised(case, _records()):
        makers = (f for f in found if f.id in flag.findings and f.status in ("present", "historical"))
        made_by = next(makers, None)
        if made_by is None or (known is not None and _lasts(given, "months", made_by.start, made_by.end, today)):
            continue  # it was so before this was said, or has been so for long
        unless = _unless().get(flag.id) if flag.level == "E" else None
        first, last = given.sentence(made_by.start)
        if flag.level == "E" and _is_no_news(given, flag.id, made_by.start, made_by.end, today):
            continue
        if unless is None or not unless.search(given.small[first:last]):
            result.append((flag.id, flag.level, made_by.start, made_by.end))
    return [r for r in result if r[1] in ("E", "U")]


def _old_of(flag: str) -> str:
    """From which length on a finding of the flag is no news; the cord's flags say their own weeks."""
    return "a_month" if flag in _flags_of("spells") else "years"


def _is_no_news(given: Context, flag: str, start: int, end: int, today: date) -> bool:
    """Whether a finding was once, was cleared, or has been so all along."""
    first, last = given.sentence(start)
    return (
        _once(given, start, end, today)
        or over_long_ago(given, start, end, _earlier_month(today), flag in _flags_of("spells"))
        or (flag in _flags_of("spells") and cleared(given, start, end))
        or unchanged(given, start, end)
        or recurring(given, start, end)
        or (_lasts(given, _old_of(flag), start, end, today) and not news(given.small[first:last]))
        or (flag in _CORD and (for_good(given, start, end) or improving(given, start, end)))
        or (flag in _LEFT_BEHIND and nothing_new(given))
        or _of_a_year_past(given.small, first, last, start, today)
        or _of_a_relative_then(given.small, first, start, end, last)
    )
