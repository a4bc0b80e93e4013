"""The next question: the one whose answers are expected to settle the most, for the least effort.

Each candidate is tried: its likely answers are put into the case, and what is then still open about the verdict is
counted. Nothing is asked that could not change the verdict. What somebody skipped or did not know stays a gap, and so
does every way that needs it: nothing further is asked for such a way's sake, and no list is asked again item by item.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

from criteria.answers import facts_from_answer
from criteria.facts import Case, Evaluation, FactValue, Field, Finding, Imaging, Treatment
from criteria.leaves import Fill, Scene
from criteria.opinions import Opinion, open_ways, opinion, refusing_ways, trees
from criteria.questions import is_settled, question_for, red_flag_question
from criteria.results import Question
from criteria.tree import Fills, leaves

_EFFORT = {"yes_no": 1.0, "choice": 1.2, "any_of": 1.3, "weeks": 1.3, "number": 1.2, "date": 1.6, "text": 3.0}
_SETTLED = 4.0
"""How many open facts a settled verdict is worth."""
MOST_TRIED = 14


def next_question(decides: Opinion, verdict: str, ways: tuple[tuple[str, Fills], ...], scene: Scene) -> Question | None:
    """The question to ask next; None when nothing open would change the verdict."""
    if verdict in ("met", "not_met", "no_public_criterion"):
        return None
    if verdict == "arguable":
        ways = open_ways(decides.guideline, scene, least=2)
    asks = _asks(decides, ways, scene, verdict)
    candidates = _candidates(asks, scene, decides)
    if not candidates:
        return None
    before = _open(scene, decides, verdict)
    scored = [(_worth(q, scene, decides, verdict, before) / _effort(q, scene), -i) for i, q in enumerate(candidates)]
    best = candidates[-max(scored)[1]]
    if best.id in scene.study.red_flag_questions:
        # Warning signs are asked emergencies first, whichever of them would settle more.
        return red_flag_question(scene.case, scene.library) or best
    return best


def _effort(question: Question, scene: Scene) -> float:
    """What it takes to answer; people often cannot say what an examination showed."""
    exam = any(fact in scene.library.exam_signs for fact in question.facts)
    return _EFFORT[question.kind] * (1.6 if exam else 1.0)


def _asks(decides: Opinion, ways: tuple[tuple[str, Fills], ...], scene: Scene, verdict: str) -> list[Fill]:
    """What nobody has said and would matter: in a way, or in a scenario that could still speak against the study."""
    found: dict[Fill, None] = {}
    against = refusing_ways(decides.guideline, scene) if verdict != "arguable" else ()
    for one in (*(fills for _, fills in ways), *against):
        asks = sorted((fill for fill in one if fill.kind == "ask"), key=lambda f: (f.fact, f.need, f.say))
        if all(open_questions(fill, scene) for fill in asks):
            found.update({fill: None for fill in asks if not _waits(fill, one)})
    return list(found)


def _waits(fill: Fill, way: Fills) -> bool:
    """Whether there is no sense in asking yet: details of care, and the visit after it, while more care is to do."""
    more_care = any(other.kind == "act" and other.fact.startswith("treatment") for other in way)
    return more_care and fill.fact.startswith(("evaluation", "treatment"))


def open_questions(fill: Fill, scene: Scene) -> tuple[str, ...]:
    """Ids of the questions that can still settle what is open; () when the person could not or would not say.

    A question that was closed although this is still open was not answered. A finding that stood on a closed list is
    not asked by itself, nor the rest of a treatment whose length nobody knows.
    """
    closed = {id for id in fill.ask if is_settled(id, scene.case)}
    if fill.fact in scene.library.findings:
        return () if closed else fill.ask
    if fill.fact.startswith("treatment"):
        given_up = {id.split(".")[-1] for id in closed}
        return tuple(id for id in fill.ask if id.split(".")[-1] not in given_up)
    return tuple(id for id in fill.ask if id not in closed)


def _candidates(asks: list[Fill], scene: Scene, decides: Opinion) -> list[Question]:
    """A question for each open fact, in the order of the study's record, each question once."""
    found: dict[str, Question] = {}
    wanted = {fill.fact for fill in asks} | _open_in_rule(decides, scene)
    source = decides.guideline.sources[0]
    for fill in asks:
        for id in open_questions(fill, scene):
            question = found.get(id) or question_for(id, scene.case, scene.library, source)
            if question is not None and id in scene.study.questions:
                question = _narrowed(question, wanted, scene, source)
            if question is not None:
                found[question.id] = question
                break
    preferred = [*scene.study.red_flag_questions, *scene.study.questions]
    rank = {id: i for i, id in enumerate(preferred)}
    return sorted(found.values(), key=lambda q: (rank.get(q.id, len(rank)), q.id))[:MOST_TRIED]


def _open_in_rule(decides: Opinion, scene: Scene) -> set[str]:
    """Every fact that the deciding guideline names and nobody has said: a list that is asked shows all of them."""
    return {
        fill.fact
        for tree in trees(decides.guideline, scene)
        for _, judged, _ in leaves(tree, scene)
        for one in judged.fills
        for fill in one
        if fill.kind == "ask"
    }


def _narrowed(question: Question, wanted: set[str], scene: Scene, source: str) -> Question | None:
    """A grouped question with only what the rule names; with one thing left it is asked by itself."""
    options = tuple(o for o in question.options if o.value in wanted)
    if len(options) == 1:
        return question_for(f"finding.{options[0].value}", scene.case, scene.library, source)
    return replace(question, options=options, facts=tuple(o.value for o in options)) if options else None


def _open(scene: Scene, decides: Opinion, verdict: str) -> float:
    """How much is open: facts nobody has said that still matter, and whether the verdict stands."""
    now = opinion(decides.guideline, scene)
    if now.result == "met" or now.refused or (now.result == "arguable" and verdict != "arguable"):
        return 0.0
    ways = open_ways(decides.guideline, scene, least=2 if verdict == "arguable" else 1)
    if not ways:
        return 0.0
    return _SETTLED + len({fill.fact for fill in _asks(now, ways, scene, verdict)})


def _worth(question: Question, scene: Scene, decides: Opinion, verdict: str, before: float) -> float:
    worth = 0.0
    for share, value in likely_answers(question, scene):
        facts = facts_from_answer(question, value, scene.case)
        case = replace(with_facts(scene.case, facts), settled=scene.case.settled | {question.id})
        worth += share * (before - _open(scene.with_case(case), decides, verdict))
    return worth


def likely_answers(question: Question, scene: Scene) -> Iterator[tuple[float, Any]]:
    """Answers to try, each with how often we take it to be given; the shares add up to one."""
    record = scene.library.questions.get(question.id)
    if question.kind == "yes_no":
        yield from ((0.4, True), (0.6, False))
    elif question.kind == "any_of":
        none = record.likely_none if record else 0.5
        yield none, []
        for option in question.options:
            yield (1 - none) / len(question.options), [option.value]
    elif question.kind == "choice":
        for option in question.options:
            yield 1 / len(question.options), option.value
    elif question.kind == "weeks":
        yield from ((0.3, 3.0), (0.4, 8.0), (0.3, 16.0))
    elif question.kind == "number":
        yield from ((0.4, 40.0), (0.3, 60.0), (0.3, 75.0))
    elif question.kind == "date":
        yield from ((0.6, scene.case.as_of - timedelta(days=14)), (0.4, scene.case.as_of - timedelta(days=400)))


def with_facts(case: Case, facts: tuple[FactValue, ...]) -> Case:
    """The case with these facts added. A treatment, picture or visit already there takes the new details."""
    for value in facts:
        if isinstance(value, Finding):
            kept = tuple(f for f in case.findings if f.id != value.id)
            old = next((f for f in case.findings if f.id == value.id and f.status == value.status), None)
            case = replace(case, findings=(*kept, _filled(old, value)))
        elif isinstance(value, Treatment):
            old_t = next((t for t in case.treatments if t.kind == value.kind and t.status == value.status), None)
            others = tuple(t for t in case.treatments if t.kind != value.kind)
            case = replace(case, treatments=(*others, _filled(old_t, value)))
        elif isinstance(value, Imaging):
            case = replace(case, imaging=(*case.imaging, value))
        elif isinstance(value, Evaluation):
            old_e = next((e for e in case.evaluations if e.status == value.status), None)
            rest = tuple(e for e in case.evaluations if e is not old_e)
            case = replace(case, evaluations=(*rest, _filled(old_e, value)))
        else:
            case = _with_field(case, value)
    return case


def _filled(old: Any, new: Any) -> Any:
    if old is None:
        return new
    said = {n: getattr(new, n) for n in new.__dataclass_fields__ if getattr(new, n) not in (None, "unknown")}
    return replace(old, **said)


def _with_field(case: Case, value: Field) -> Case:
    part, _, name = value.path.partition(".")
    if not name:
        return replace(case, **{part: value.value})
    return replace(case, **{part: replace(getattr(case, part), **{name: value.value})})
