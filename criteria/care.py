"""Weeks of care against a rule: which treatments count, how many weeks they make together, and what is still open."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from criteria.facts import Treatment
from criteria.leaves import CareLeaf, Fill, Judged, Scene, met, note_to_get, weeks_in_words

FOREVER = float("inf")
MOST_ASKED = 3
"""Of no more treatments than this at a time are length, dates and who directed them asked for."""


class _Course(NamedTuple):
    """One treatment as the leaf counts it: `certain` and `possible` weeks, and its dates when they are known."""

    treatment: Treatment
    span: tuple[date, date] | None
    certain: float
    possible: float
    open_: tuple[str, ...]
    """Question ids that would make it certain."""
    why_not: str = ""


Given = tuple[list[Treatment], list[_Course], str, Judged | None]
"""What was said of care of some kinds, the courses that were had, the rule in words, and what it is where it is met."""


def judge_care(leaf: CareLeaf, scene: Scene, want: bool) -> Judged:
    """Care against the rule: how many weeks count for certain, how many might, and what would make it enough."""
    said, courses, words, is_met = _given(leaf, scene)
    if is_met is not None:
        return is_met
    need = _need(leaf)
    facts = tuple(dict.fromkeys(f"treatment.{c.treatment.kind}" for c in courses))
    unrecorded = frozenset(
        # One note fills every rule's need of it, whatever number of weeks each asks for.
        note_to_get(f"treatment.{c.treatment.kind}", _name(c.treatment, scene), f"treatment.{c.treatment.kind}")
        for c in courses
        if c.treatment.charted == "no" and c.possible > 0
    )
    if _total(courses) >= need:
        return Judged("not_met", facts, (unrecorded,)) if want else met(facts)
    told = {"other", *(t.kind for t in said if t.status != "uncertain")}
    unsaid = [kind for kind in leaf.kinds if kind not in told]
    if _total(courses, possible=True) >= need:
        asked_of = _most_telling(courses, need, scene)
        open_questions = tuple(q for c in asked_of for q in c.open_)
        say = _detail_words(asked_of, leaf, words, scene)
        fact = f"treatment.{asked_of[0].treatment.kind}" if len(asked_of) == 1 else "treatment"
        if want:
            fill = Fill("ask", fact, say, "patient", words, open_questions)
            return Judged("not_known", facts, (frozenset({fill}) | unrecorded,))
        return Judged(
            "not_known", facts, (frozenset({Fill("ask", fact, say, "patient", f"not {words}", open_questions)}),)
        )
    if not courses and unsaid and _most(leaf, scene) >= need:
        if want:
            say = f"Nobody has said yet: what was tried ({_rule_asks(words)})."
            fill = Fill("ask", "treatment", say, "patient", words, ("treatment.kinds",))
        else:
            say = f"Nobody has said yet: whether there was {words if leaf.weeks else f'any {words}'}."
            fill = Fill("ask", "treatment", say, "patient", f"not {words}", ("treatment.kinds",))
        return Judged("not_known", (), (frozenset({fill}),))
    if not want:
        return Judged("not_met", facts)
    facts = facts or tuple(f"treatment.{t.kind}" for t in said)
    act = Fill("act", "treatment", _act_words(leaf, words, courses, scene), "patient", words)
    return Judged("not_met", facts, (frozenset({act}) | unrecorded,))


def _given(leaf: CareLeaf, scene: Scene) -> Given:
    """The care that the leaf looks at, found once for both that it can be, met and not met."""
    known = scene.care.get(id(leaf))
    if known is None:
        said = [t for t in scene.case.treatments if t.kind in leaf.kinds]
        courses = [_course(t, leaf, scene) for t in said if t.status in ("present", "historical")]
        words = scene.library.care_words.get(leaf) or _care_words(leaf, scene)
        counted = [c for c in courses if c.treatment.charted != "no"]
        is_met = _care_met(counted, leaf, words, scene) if _total(counted) >= _need(leaf) else None
        known = scene.care[id(leaf)] = said, courses, words, is_met
    return known


def _need(leaf: CareLeaf) -> float:
    """The weeks that the rule needs; some care at all is more than none."""
    return max(leaf.weeks, 0.1)


def _rule_asks(words: str) -> str:
    return f"the rule asks for {words}"


def _most_telling(courses: list[_Course], need: float, scene: Scene) -> list[_Course]:
    """The few courses to ask about: those that could be enough by themselves, else all; the least to ask first,
    then in the order of treatments.yml."""
    place = list(scene.library.treatments).index
    open_ = [c for c in courses if c.open_]
    enough = [c for c in open_ if c.possible >= need]
    return sorted(enough or open_, key=lambda c: (len(c.open_), place(c.treatment.kind)))[:MOST_ASKED]


def _detail_words(courses: list[_Course], leaf: CareLeaf, words: str, scene: Scene) -> str:
    """What is still to be said of these courses, with the number that the rule asks for."""
    asked = {q.split(".")[1] for c in courses for q in c.open_}
    what = f"the {_name(courses[0].treatment, scene)}" if len(courses) == 1 else "each treatment"
    details = {"weeks": f"how long {what} lasted", "directed": f"who directed {what}", "end": f"when {what} ended"}
    first, *more = [detail for name, detail in details.items() if name in asked]
    told = [first, *(detail.replace(what, "it") for detail in more)]
    listed = " and ".join([", ".join(told[:-1]), told[-1]] if more else told)
    return f"Nobody has said yet: {listed} ({_rule_asks(words)})."


def _name(treatment: Treatment, scene: Scene) -> str:
    """The treatment in plain words, without the examples."""
    return scene.library.treatments[treatment.kind].say.split(" such as ")[0]


def _care_met(counted: list[_Course], leaf: CareLeaf, words: str, scene: Scene) -> Judged:
    used = [c for c in counted if c.certain > 0]
    # Care that is in the record is enough by itself when it is long enough: then nothing has to be gathered.
    noted = [c for c in used if c.treatment.charted == "yes"]
    if len(noted) < len(used) and _total(noted) >= _need(leaf):
        used = noted
    keys = list(dict.fromkeys(f"treatment.{c.treatment.kind}" for c in used))
    asks = f" ({_rule_asks(words)})" if leaf.weeks else ""
    loose = [
        (f"treatment.{c.treatment.kind}", f"{_name(c.treatment, scene)}{asks}")
        for c in used
        if c.treatment.charted == "unknown"
    ]
    return met(keys, dict.fromkeys(loose))


def _course(treatment: Treatment, leaf: CareLeaf, scene: Scene) -> _Course:
    kind, as_of = treatment.kind, scene.case.as_of
    begin, end = _span(treatment, as_of)
    weeks = treatment.weeks if begin is None or end is None else max((end - begin).days / 7, 0.0)
    open_: list[str] = []
    why_not = ""
    if leaf.failed and treatment.outcome == "resolved":
        return _Course(treatment, None, 0.0, 0.0, (), "it resolved the problem")
    clinician = scene.library.treatments[kind].by_clinician
    if leaf.directed and treatment.directed == "self":
        return _Course(treatment, None, 0.0, 0.0, (), "no clinician directed it")
    if leaf.directed and treatment.directed is None and not clinician:
        open_.append(f"treatment.directed.{kind}")
    last = end
    if leaf.since_onset and last is not None and scene.onset is not None and last < scene.onset:
        return _Course(treatment, None, 0.0, 0.0, (), f"it ended on {_day(last)}, before this problem began")
    if leaf.within_weeks is not None:
        opens = min(scene.day, as_of) - timedelta(weeks=leaf.within_weeks)
        if last is None:
            open_.append(f"treatment.end.{kind}")
        elif last < opens:
            return _Course(treatment, None, 0.0, 0.0, (), f"it ended on {_day(last)}, too long ago")
        elif begin is not None and begin < opens:
            begin = opens
            weeks = (last - begin).days / 7
    if weeks is None and leaf.weeks > 0:
        open_.insert(0, f"treatment.weeks.{kind}")
    length = weeks if weeks is not None else (_most(leaf, scene) if leaf.weeks > 0 else 0.1)
    length = max(length, 0.1) if leaf.weeks == 0 else length
    span = (begin, end) if begin is not None and end is not None and not open_ else None
    return _Course(treatment, span, 0.0 if open_ else length, length, tuple(open_), why_not)


def _most(leaf: CareLeaf, scene: Scene) -> float:
    """The most weeks that care of unsaid length can have lasted: no longer than the problem it is for."""
    lasted = scene.symptom_weeks
    return FOREVER if lasted is None or not leaf.since_onset else lasted


def _span(treatment: Treatment, as_of: date) -> tuple[date | None, date | None]:
    """First and last day as far as they are known. With a start and no length it is taken to go on still."""
    begin, end, weeks = treatment.start, treatment.end, treatment.weeks
    if begin is not None and end is None:
        end = begin + timedelta(days=round(weeks * 7)) if weeks is not None else as_of
    if begin is None and end is not None and weeks is not None:
        begin = end - timedelta(days=round(weeks * 7))
    return begin, None if end is None else min(end, as_of)


def _total(courses: list[_Course], possible: bool = False) -> float:
    """Weeks of care: the union of the dated courses, or the longest undated one; overlaps count once."""
    if not courses:
        return 0.0
    longest = max([c.possible if possible else c.certain for c in courses])
    spans = [c.span for c in courses if c.span is not None]
    if not spans:
        return longest
    days, reached = 0, date.min
    for begin, end in sorted(spans):
        days += max((end - max(begin, reached)).days, 0)
        reached = max(reached, end)
    return max(days / 7, longest)


def _care_words(leaf: CareLeaf, scene: Scene) -> str:
    """The rule in words; the library keeps them."""
    active = all(scene.library.treatments[k].active for k in leaf.kinds)
    what = "physical therapy, home exercise or manipulation" if active else "care"
    parts = [f"{weeks_in_words(leaf.weeks)} of {what}" if leaf.weeks else what]
    if leaf.directed:
        parts.append("directed by a clinician")
    if leaf.within_weeks is not None:
        parts.append(f"in the last {weeks_in_words(leaf.within_weeks)}")
    if leaf.since_onset:
        parts.append("since this problem began")
    words = scene.library.care_words[leaf] = " ".join(parts)
    return words


def _act_words(leaf: CareLeaf, words: str, courses: list[_Course], scene: Scene) -> str:
    done = _total(courses)
    refused = next((c for c in courses if c.why_not), None)
    if done >= 0.1 and leaf.weeks:
        more = weeks_in_words(leaf.weeks - done)
        return f"The rule asks for {words}: {weeks_in_words(done)} so far, {more} more to go."
    if refused is not None:
        name = _name(refused.treatment, scene)
        return f"The rule asks for {words}, and this does not count: {name} ({refused.why_not})."
    return f"The rule asks for {words}: none so far."


def _day(value: date) -> str:
    return f"{value:%B} {value.day}, {value.year}"
