"""The leaves of a rule: what each asks of a case, and what is still open about it.

A leaf judged against a case is met, not met or not known. Where it is not met or not known it says what would fill it:
*ask* (nobody has said), *chart* (said, but not in the record), *act* (still to be done); no way to fill it is *closed*.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal, Union

from criteria.facts import Case, Evaluation, Finding, Imaging, Treatment
from criteria.ids import SEVERITIES
from criteria.results import Value

if TYPE_CHECKING:
    from criteria.library.records import Library, StudyRecord

FOREVER = float("inf")


@dataclass(frozen=True)
class FindingLeaf:
    """A finding with one of these statuses. `region`: `study` (the regions that bear on the study) or `any`.

    `only_if_said`: a detail (onset, severity, side) that nobody said counts as not so, and is not asked for.
    """

    id: str
    status: tuple[str, ...] = ("present",)
    region: Literal["study", "any"] | tuple[str, ...] = "study"
    onset: str | None = None
    severity: str | None = None
    sides: tuple[str, ...] = ()
    only_if_said: bool = False


@dataclass(frozen=True)
class FieldLeaf:
    """A single value of the case: a number within bounds (`less_than` is exclusive), or one of some values."""

    path: str
    at_least: float | None = None
    at_most: float | None = None
    less_than: float | None = None
    one_of: tuple[Any, ...] = ()


@dataclass(frozen=True)
class CareLeaf:
    """Care of these kinds for at least `weeks` (0: any at all), counted within the last `within_weeks` weeks.

    `directed`: only care a clinician directed counts. `since_onset`: only care for this episode. `failed`: care that
    resolved the problem does not count.
    """

    weeks: float
    kinds: tuple[str, ...]
    directed: bool = False
    within_weeks: float | None = None
    since_onset: bool = False
    failed: bool = False


@dataclass(frozen=True)
class ImagingLeaf:
    """An earlier picture of the study's region and side, with one of these results, if any are named."""

    modality: str
    region: str
    results: tuple[str, ...] = ()
    since_onset: bool = False
    within_weeks: float | None = None


@dataclass(frozen=True)
class EvaluationLeaf:
    """A visit with a clinician, within so many days, or after the care when `after_treatment`."""

    within_days: int | None = None
    after_treatment: bool = False


Leaf = Union[FindingLeaf, FieldLeaf, CareLeaf, ImagingLeaf, EvaluationLeaf]


@dataclass(frozen=True)
class Node:
    """A rule tree. `say` is what it asks in our words; `ours` marks a threshold that is ours, never cited."""

    op: Literal["all", "any", "at_least", "not", "leaf"]
    say: str
    of: tuple[Node, ...] = ()
    n: int | None = None
    leaf: Leaf | None = None
    source: str = ""
    ours: bool = False


@dataclass(frozen=True)
class Fill:
    """One thing that would fill a leaf. `need` tells apart different needs of the same fact."""

    kind: Literal["ask", "chart", "act"]
    fact: str
    say: str
    who: Literal["patient", "clinic", "payer"]
    need: str
    ask: tuple[str, ...] = field(default=(), compare=False)
    """Ids of the questions that would settle it, best first; only for *ask*."""
    brings: frozenset[str] = field(default=frozenset(), compare=False)
    """Needs that are filled along with it: a first headache after 50 is a headache, a visit after care is a visit."""


@dataclass(frozen=True)
class Judged:
    """A leaf against a case. `fills`: alternative sets, any one of which would give the wanted value; () is closed."""

    value: Value
    facts: tuple[str, ...] = ()
    fills: tuple[frozenset[Fill], ...] = ()
    uncharted: tuple[tuple[str, str], ...] = ()
    """Facts that count although nobody knows whether the record has them: key and words."""


@dataclass(frozen=True)
class Scene:
    """A case seen for its study, on the day whose rules are used."""

    case: Case
    study: StudyRecord
    library: Library
    day: date
    memo: dict[tuple[Leaf, bool], Judged] = field(default_factory=dict, compare=False, repr=False)

    def with_case(self, case: Case) -> Scene:
        """The same scene with other facts."""
        return Scene(case, self.study, self.library, self.day)

    @property
    def symptom_weeks(self) -> float | None:
        """How long the problem has lasted: as said, else the longest of the study's usual complaints."""
        if self.case.symptom_weeks is not None:
            return self.case.symptom_weeks
        lengths = [
            f.weeks if f.weeks is not None else (self.case.as_of - (f.since or self.case.as_of)).days / 7
            for f in self.case.findings
            if f.id in self.study.complaints
            and f.status == "present"
            and (f.weeks is not None or f.since is not None)
            and self.concerns(f.region, f.side)
        ]
        return max(lengths) if lengths else None

    @property
    def onset(self) -> date | None:
        """About when the problem began."""
        weeks = self.symptom_weeks
        return None if weeks is None else self.case.as_of - timedelta(days=round(weeks * 7))

    def concerns(self, region: str | None, side: str | None, anywhere: bool = False) -> bool:
        """Whether something at this place and side bears on the study; a place nobody named does."""
        if self.study.sided and {side, self.case.study.side} == {"left", "right"}:
            return False
        return anywhere or region is None or not self.study.body or region in self.study.body


def judge(leaf: Leaf, scene: Scene, want: bool = True) -> Judged:
    """The leaf against the case.

    With `want` False the question is whether the leaf can be *not met* (it stands under a `not`): then what was said
    counts even when the record lacks it, because an unrecorded fact does not make its opposite true.
    """
    known = scene.memo.get((leaf, want))
    if known is None:
        known = scene.memo[leaf, want] = _judge(leaf, scene, want)
    return known


def _judge(leaf: Leaf, scene: Scene, want: bool) -> Judged:
    if isinstance(leaf, FindingLeaf):
        return _finding(leaf, scene, want)
    if isinstance(leaf, FieldLeaf):
        return _field(leaf, scene, want)
    if isinstance(leaf, CareLeaf):
        return _care(leaf, scene, want)
    if isinstance(leaf, ImagingLeaf):
        return _imaging(leaf, scene, want)
    return _evaluation(leaf, scene, want)


def _met(facts: Iterable[str], uncharted: Iterable[tuple[str, str]] = ()) -> Judged:
    return Judged("met", tuple(facts), (), tuple(uncharted))


def _chart(fact: str, words: str, need: str) -> Fill:
    return Fill(
        "chart", fact, f"{_capital(words)} is not in the record yet: ask the clinic to note it.", "clinic", need
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


# --- findings ------------------------------------------------------------------------------------------------------


def _finding(leaf: FindingLeaf, scene: Scene, want: bool) -> Judged:
    said = _said(leaf, scene)
    words = scene.library.findings[leaf.id].say
    hits = [f for f in said if f.status in leaf.status]
    exact = [f for f in hits if _fits(f, leaf) is True]
    need = " ".join([leaf.id, *(str(d) for d in (leaf.onset, leaf.severity, leaf.sides) if d)])
    if exact:
        # What was said may be a finding that implies this one: then that is the fact, and the note to get.
        fact = min((f.id for f in exact), key=lambda name: (name != leaf.id, name))
        spoken = scene.library.findings[fact].say
        charted = [f for f in exact if f.charted != "no"]
        if not charted and want:
            return Judged("not_met", (fact,), (frozenset({_chart(fact, spoken, fact)}),))
        loose = bool(charted) and all(f.charted == "unknown" for f in charted)
        return _met((fact,), [(fact, spoken)] if loose else ())
    open_details = [d for f in hits if _fits(f, leaf) is None for d in _open_details(f, leaf)]
    unsure = [f for f in said if f.status not in leaf.status and f.status != "absent"]
    if open_details and leaf.only_if_said:
        return Judged("not_met")
    if said and not open_details and not unsure:
        return Judged("not_met", (leaf.id,))
    who: Literal["patient", "clinic"] = "clinic" if leaf.id in scene.library.exam_signs else "patient"
    detail = " ".join(str(part) for part in (leaf.severity, leaf.onset, "on one side" if leaf.sides else "") if part)
    asked = f"{words} ({detail})" if detail else words
    say = f"Nobody has said yet whether there is: {asked}." if want else f"Nobody has ruled out yet: {asked}."
    if open_details:
        ask = tuple(dict.fromkeys(f"finding.{leaf.id}.{d}" for d in open_details))
    else:
        ask = scene.library.questions_about(leaf.id, scene.study)
    brings = frozenset(scene.library.implied_by(leaf.id)) if want else frozenset()
    fill = Fill("ask", leaf.id, say, who, need if want else f"not {need}", ask, brings)
    return Judged("not_known", (leaf.id,) if said else (), (frozenset({fill}),))


def _said(leaf: FindingLeaf, scene: Scene) -> list[Finding]:
    """What was said of the finding itself, by one that implies it, or by the absence of one that it implies."""
    implying, implied = scene.library.implying(leaf.id), scene.library.implied_by(leaf.id)
    said = []
    for f in scene.case.findings:
        about = f.id == leaf.id or (f.id in implying and f.status in ("present", "historical"))
        if not about and not (f.id in implied and f.status == "absent"):
            continue
        if isinstance(leaf.region, tuple):
            if f.region is None or f.region in leaf.region:
                said.append(f)
        elif scene.concerns(f.region, f.side, leaf.region == "any"):
            said.append(f)
    return said


def _fits(finding: Finding, leaf: FindingLeaf) -> bool | None:
    """Whether onset, severity and side are as asked; None when nobody said them."""
    answers: list[bool | None] = []
    if leaf.onset:
        answers.append(None if finding.onset is None else finding.onset == leaf.onset)
    if leaf.severity:
        rank = SEVERITIES.index
        answers.append(None if finding.severity is None else rank(finding.severity) >= rank(leaf.severity))
    if leaf.sides:
        answers.append(None if finding.side is None else finding.side in leaf.sides)
    if False in answers:
        return False
    return None if None in answers else True


def _open_details(finding: Finding, leaf: FindingLeaf) -> list[str]:
    """The details that the leaf asks for and nobody said."""
    asked = {"severity": leaf.severity, "onset": leaf.onset, "side": leaf.sides}
    return [name for name, wanted in asked.items() if wanted and getattr(finding, name) is None]


# --- single values -------------------------------------------------------------------------------------------------


def field_value(scene: Scene, path: str) -> Any:
    """The value of a single field such as `patient.age`; `symptom_weeks` may come from the complaint's own length."""
    if path == "symptom_weeks":
        return scene.symptom_weeks
    value: Any = scene.case
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _field(leaf: FieldLeaf, scene: Scene, want: bool) -> Judged:
    value = field_value(scene, leaf.path)
    name = scene.library.phrases.get(leaf.path, leaf.path)
    bounds = _bounds(leaf)
    if value is None:
        need = f"{leaf.path} {bounds}" if want else f"{leaf.path} not {bounds}"
        fill = Fill("ask", leaf.path, f"Nobody has said yet: {name}.", "patient", need, (leaf.path,))
        return Judged("not_known", (), (frozenset({fill}),))
    if leaf.one_of:
        good = value in leaf.one_of
    else:
        good = (
            (leaf.at_least is None or value >= leaf.at_least)
            and (leaf.at_most is None or value <= leaf.at_most)
            and (leaf.less_than is None or value < leaf.less_than)
        )
    if good:
        wait = not want and leaf.path == "symptom_weeks" and leaf.less_than is not None
        return Judged("met", (leaf.path,), (_wait(leaf.less_than or 0, value),) if wait else ())
    if want and leaf.path == "symptom_weeks" and leaf.at_least is not None and value < leaf.at_least:
        return Judged("not_met", (leaf.path,), (_wait(leaf.at_least, value),))
    return Judged("not_met", (leaf.path,))


def _wait(needed: float, have: float) -> frozenset[Fill]:
    say = (
        f"The problem has to have lasted {_weeks(needed)}; it is {_weeks(have)} so far. "
        f"{_capital(_weeks(needed - have))} more."
    )
    return frozenset({Fill("act", "symptom_weeks", say, "patient", f"symptom_weeks >= {needed:g}")})


def _bounds(leaf: FieldLeaf) -> str:
    parts = [f">= {leaf.at_least:g}"] if leaf.at_least is not None else []
    parts += [f"<= {leaf.at_most:g}"] if leaf.at_most is not None else []
    parts += [f"< {leaf.less_than:g}"] if leaf.less_than is not None else []
    parts += [f"in {','.join(map(str, leaf.one_of))}"] if leaf.one_of else []
    return " ".join(parts)


def _weeks(number: float) -> str:
    shown = f"{round(number, 1):g}"
    return "1 week" if shown == "1" else f"{shown} weeks"


# --- care ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Course:
    """One treatment as the leaf counts it: `certain` and `possible` weeks, and its dates when they are known."""

    treatment: Treatment
    span: tuple[date, date] | None
    certain: float
    possible: float
    open_: tuple[str, ...]
    """Question ids that would make it certain."""
    why_not: str = ""


def _care(leaf: CareLeaf, scene: Scene, want: bool) -> Judged:
    said = [t for t in scene.case.treatments if t.kind in leaf.kinds]
    had = [t for t in said if t.status in ("present", "historical")]
    courses = [_course(t, leaf, scene) for t in had]
    counted = [c for c in courses if c.treatment.charted != "no"]
    need = max(leaf.weeks, 0.1)
    words = _care_words(leaf, scene)
    if _total(counted) >= need:
        return _care_met(counted, need, scene)
    facts = tuple(dict.fromkeys(f"treatment.{c.treatment.kind}" for c in courses))
    unrecorded = frozenset(
        _chart(f"treatment.{c.treatment.kind}", scene.library.treatments[c.treatment.kind].say, words)
        for c in courses
        if c.treatment.charted == "no" and c.possible > 0
    )
    if _total(courses) >= need:
        return Judged("not_met", facts, (unrecorded,)) if want else _met(facts)
    open_questions = tuple(q for c in courses for q in c.open_)
    unsaid = [k for k in leaf.kinds if k != "other" and all(t.kind != k or t.status == "uncertain" for t in said)]
    if _total(courses, possible=True) >= need:
        say = f"Not clear yet: {words}. Say how long each treatment lasted and who directed it."
        short = [c for c in courses if c.open_]
        fact = f"treatment.{short[0].treatment.kind}" if len(short) == 1 else "treatment"
        if want:
            fill = Fill("ask", fact, say, "patient", words, open_questions)
            return Judged("not_known", facts, (frozenset({fill}) | unrecorded,))
        return Judged(
            "not_known", facts, (frozenset({Fill("ask", fact, say, "patient", f"not {words}", open_questions)}),)
        )
    if not courses and unsaid and _most(leaf, scene) >= need:
        if want:
            fill = Fill("ask", "treatment", f"Nobody has said yet: {words}.", "patient", words, ("treatment.kinds",))
        else:
            say = f"Nobody has said yet that there was none of this: {words}."
            fill = Fill("ask", "treatment", say, "patient", f"not {words}", ("treatment.kinds",))
        return Judged("not_known", (), (frozenset({fill}),))
    if not want:
        return Judged("not_met", facts)
    facts = facts or tuple(f"treatment.{t.kind}" for t in said)
    act = Fill("act", "treatment", _act_words(leaf, words, courses), "patient", words)
    return Judged("not_met", facts, (frozenset({act}) | unrecorded,))


def _care_met(counted: list[_Course], need: float, scene: Scene) -> Judged:
    used = [c for c in counted if c.certain > 0]
    # Care that is in the record is enough by itself when it is long enough: then nothing has to be gathered.
    noted = [c for c in used if c.treatment.charted == "yes"]
    if _total(noted) >= need:
        used = noted
    keys = list(dict.fromkeys(f"treatment.{c.treatment.kind}" for c in used))
    loose = [
        (f"treatment.{c.treatment.kind}", scene.library.treatments[c.treatment.kind].say)
        for c in used
        if c.treatment.charted == "unknown"
    ]
    return _met(keys, dict.fromkeys(loose))


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
        return _Course(treatment, None, 0.0, 0.0, (), f"it ended on {last.isoformat()}, before this problem began")
    if leaf.within_weeks is not None:
        opens = min(scene.day, as_of) - timedelta(weeks=leaf.within_weeks)
        if last is None:
            open_.append(f"treatment.end.{kind}")
        elif last < opens:
            return _Course(treatment, None, 0.0, 0.0, (), f"it ended on {last.isoformat()}, too long ago")
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


def _total(courses: Iterable[_Course], possible: bool = False) -> float:
    """Weeks of care: the union of the dated courses, or the longest undated one; overlaps count once."""
    chosen = list(courses)
    spans = sorted(c.span for c in chosen if c.span is not None)
    days, reached = 0, date.min
    for begin, end in spans:
        days += max((end - max(begin, reached)).days, 0)
        reached = max(reached, end)
    longest = max((c.possible if possible else c.certain for c in chosen), default=0.0)
    return max(days / 7, longest)


def _care_words(leaf: CareLeaf, scene: Scene) -> str:
    active = all(scene.library.treatments[k].active for k in leaf.kinds)
    what = "active care (physical therapy, directed home exercise or manipulation)" if active else "care"
    parts = [f"{_weeks(leaf.weeks)} of {what}" if leaf.weeks else what]
    if leaf.directed:
        parts.append("directed by a clinician")
    if leaf.within_weeks is not None:
        parts.append(f"in the last {_weeks(leaf.within_weeks)}")
    if leaf.since_onset:
        parts.append("since this problem began")
    return " ".join(parts)


def _act_words(leaf: CareLeaf, words: str, courses: list[_Course]) -> str:
    done = _total(courses)
    refused = next((c for c in courses if c.why_not), None)
    if done >= 0.1 and leaf.weeks:
        return f"The rule asks for {words}; {_weeks(done)} are said so far. {_capital(_weeks(leaf.weeks - done))} more."
    if refused is not None:
        kind = refused.treatment.kind.replace("_", " ")
        return f"The rule asks for {words}. The {kind} does not count: {refused.why_not}."
    return f"The rule asks for {words}; none is said so far."


# --- earlier pictures ----------------------------------------------------------------------------------------------


def _imaging(leaf: ImagingLeaf, scene: Scene, want: bool) -> Judged:
    key = f"imaging.{leaf.modality}.{leaf.region}"
    said = [
        i
        for i in scene.case.imaging
        if i.modality == leaf.modality
        and i.region in (None, leaf.region)
        and not (scene.study.sided and {i.side, scene.case.study.side} == {"left", "right"})
    ]
    # One picture can answer several rules, so its gap is the same for all of them, whatever each wants it to show.
    picture = f"{scene.library.phrases.get(leaf.modality, leaf.modality)} of the {_place(leaf.region, scene)}"
    words = picture
    if leaf.results:
        words += f" that shows {_or([scene.library.phrases.get(f'result.{r}', r) for r in leaf.results])}"
    done = [i for i in said if i.status == "present"]
    current = [i for i in done if _in_time(i, leaf, scene) is not False]
    good = [i for i in current if not leaf.results or i.result in leaf.results]
    sure = [i for i in good if _in_time(i, leaf, scene)]
    if sure:
        charted = [i for i in sure if i.charted != "no"]
        if not charted and want:
            return Judged("not_met", (key,), (frozenset({_chart(key, picture, key)}),))
        loose = bool(charted) and all(i.charted == "unknown" for i in charted)
        return _met((key,), [(key, words)] if loose else ())
    unread = [i for i in current if leaf.results and i.result is None]
    facts = (key,) if said else ()
    if unread or good or not said or all(i.status in ("uncertain", "family") for i in said):
        if good and not unread:
            need, ask, say = f"{key} date", (f"{key}.date",), f"Nobody has said yet when this was done: {picture}."
        else:
            need, ask, say = key, (key,), f"Nobody has said yet: {picture}, and what it showed."
        need = need if want else " ".join(("not", key, *leaf.results))
        return Judged("not_known", facts, (frozenset({Fill("ask", key, say, "patient", need, ask)}),))
    if not want or (current and leaf.results):
        return Judged("not_met", facts)
    late = done and not current
    say = f"The earlier one is too old; still to be done: {picture}." if late else f"Still to be done: {picture}."
    return Judged("not_met", facts, (frozenset({Fill("act", key, say, "clinic", key)}),))


def _in_time(image: Imaging, leaf: ImagingLeaf, scene: Scene) -> bool | None:
    """Whether it was made in time; None when its date matters and is not known.

    A picture without a date is taken to be of this episode, because the question asks for that (ours).
    """
    if leaf.within_weeks is not None:
        if image.date is None:
            return None
        return image.date >= min(scene.day, scene.case.as_of) - timedelta(weeks=leaf.within_weeks)
    if leaf.since_onset and image.date is not None and scene.onset is not None:
        return image.date >= scene.onset - timedelta(days=7)
    return True


def _place(region: str, scene: Scene) -> str:
    side = scene.case.study.side
    name = region.replace("_", " ")
    return f"{side} {name}" if scene.study.sided and side in ("left", "right") else name


def _or(items: list[str]) -> str:
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " or " + items[-1]


# --- visits --------------------------------------------------------------------------------------------------------


def _evaluation(leaf: EvaluationLeaf, scene: Scene, want: bool) -> Judged:
    words = _visit_words(leaf.within_days, leaf.after_treatment)
    visits = [e for e in scene.case.evaluations if e.status == "present"]
    fits = [(e, _visit_fits(e, leaf, scene)) for e in visits]
    sure = [e for e, fit in fits if fit]
    if sure:
        charted = [e for e in sure if e.charted != "no"]
        if not charted and want:
            return Judged("not_met", ("evaluation",), (frozenset({_chart("evaluation", words, words)}),))
        loose = bool(charted) and all(e.charted == "unknown" for e in charted)
        return _met(("evaluation",), [("evaluation", words)] if loose else ())
    none = any(e.status == "absent" and (leaf.after_treatment or not e.after_treatment) for e in scene.case.evaluations)
    facts = ("evaluation",) if scene.case.evaluations else ()
    if any(fit is None for _, fit in fits) or not (visits or none):
        after, dated = leaf.after_treatment, leaf.within_days is not None
        ask = (*(["evaluation.after_treatment"] if after else []), *(["evaluation.date"] if dated else []))
        ask = ask or ("evaluation.visit",)
        need = words if want else f"not {words}"
        say = f"Nobody has said yet: {words}."
        fill = Fill("ask", "evaluation", say, "patient", need, ask, _lesser_visits(leaf))
        return Judged("not_known", facts, (frozenset({fill}),))
    if not want:
        return Judged("not_met", facts)
    act = Fill("act", "evaluation", f"Still to be done: {words}.", "patient", words, (), _lesser_visits(leaf))
    return Judged("not_met", facts, (frozenset({act}),))


def _visit_words(within_days: int | None, after_treatment: bool) -> str:
    words = "a visit with a clinician"
    if after_treatment:
        words += " (or other real contact) after the care, to see whether it helped"
    return words if within_days is None else f"{words} within the last {within_days} days"


def _lesser_visits(leaf: EvaluationLeaf) -> frozenset[str]:
    """What a visit like this also is, where a rule asks for less."""
    days, after = {leaf.within_days, None}, {leaf.after_treatment, False}
    itself = _visit_words(leaf.within_days, leaf.after_treatment)
    return frozenset(_visit_words(d, a) for d in days for a in after) - {itself}


def _visit_fits(visit: Evaluation, leaf: EvaluationLeaf, scene: Scene) -> bool | None:
    answers: list[bool | None] = []
    if leaf.after_treatment:
        answers.append(visit.after_treatment if visit.after_treatment is not None else _after_care(visit, scene))
    if leaf.within_days is not None:
        oldest = min(scene.day, scene.case.as_of) - timedelta(days=leaf.within_days)
        answers.append(None if visit.date is None else visit.date >= oldest)
    if False in answers:
        return False
    return None if None in answers else True


def _after_care(visit: Evaluation, scene: Scene) -> bool | None:
    """Whether the visit came after the last care that has dates."""
    ends = [t.end for t in scene.case.treatments if t.status == "present" and t.end is not None]
    return None if visit.date is None or not ends else visit.date >= max(ends)
