"""The next question: the one whose answers are expected to settle the most, for the least effort.

Each candidate is tried: its likely answers are put into the case, and what is then still open about the verdict is
counted. Nothing is asked that could not change the verdict. What somebody skipped or did not know stays a gap, and so
does every way that needs it: nothing further is asked for such a way's sake, and no list is asked again item by item.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from math import inf
from typing import Any

from criteria.answers import facts_from_answer
from criteria.fill_sets import FillSets, bits_in
from criteria.leaves import Fill, Scene
from criteria.library.records import Guideline
from criteria.likely import likely_answers
from criteria.opinions import Opinion, open_sets, refusing_sets, result_of, trees
from criteria.questions import is_settled, question_for, red_flag_question, settled_by
from criteria.results import Question
from criteria.supposed import after, effect_of, supposing, union
from criteria.tree import leaves

_EFFORT = {"yes_no": 1.0, "choice": 1.2, "any_of": 1.3, "weeks": 1.3, "number": 1.2, "date": 1.6, "text": 3.0}
_SETTLED = 4.0
"""How many open facts a settled verdict is worth."""
MOST_TRIED = 14
_ROUNDING = 1e-6


def next_question(decides: Opinion, verdict: str, scene: Scene) -> Question | None:
    """The question to ask next; None when nothing open would change the verdict."""
    if verdict in ("met", "not_met", "no_public_criterion"):
        return None
    rule = decides.guideline
    asks = _asks(_ways(rule, scene, verdict), rule, scene, verdict)
    candidates = _candidates(asks, scene, decides)
    if not candidates:
        return None
    best = _most_telling(candidates, scene, rule, verdict)
    if best.id in scene.study.red_flag_questions:
        # Warning signs are asked emergencies first, whichever of them would settle more.
        return red_flag_question(scene.case, scene.library) or best
    return best


def _effort(question: Question, scene: Scene) -> float:
    """What it takes to answer; people often cannot say what an examination showed."""
    exam = any(fact in scene.library.exam_signs for fact in question.facts)
    return _EFFORT[question.kind] * (1.6 if exam else 1.0)


def _ways(guideline: Guideline, scene: Scene, verdict: str) -> Collection[int]:
    """The ways to a better verdict, as sets of `scene.sets`."""
    return open_sets(guideline, scene, least=2 if verdict == "arguable" else 1)


def _asks(ways: Collection[int], guideline: Guideline, scene: Scene, verdict: str) -> list[Fill]:
    """What nobody has said and would matter: in a way, or in a scenario that could still speak against the study."""
    return [scene.asked(bit) for bit in bits_in(_wanted(ways, _against(guideline, scene, verdict), scene))]


def _against(guideline: Guideline, scene: Scene, verdict: str) -> Collection[int]:
    """The sets that would make the guideline speak against the study, where that is still to be feared."""
    return () if verdict == "arguable" else refusing_sets(guideline, scene)


def _wanted(ways: Collection[int], against: Collection[int], scene: Scene) -> int:
    """What these sets want said, as a set of `scene.sets`."""
    sets, wanted = scene.sets, 0
    closed = _closed(sets.ask & union((*ways, *against)), scene)
    for one in (*ways, *against):
        if not one & closed:
            wanted |= _now_of(one, sets)
    return wanted


def _now_of(way: int, sets: FillSets) -> int:
    """What there is sense in asking now of what a way leaves open.

    No details of care, and no visit after it, while more care is to do. A visit comes last of all: without one there
    is still a visit to make, so that the answer rules nothing out.
    """
    asks = way & sets.ask & ~(sets.care_and_visits if way & sets.care_to_do else 0)
    return asks & ~sets.visits_asked or asks


def _closed(asks: int, scene: Scene) -> int:
    """Which of these fills no question can settle any more."""
    settled = union(scene.sets.asked_by.get(id, 0) for one in scene.case.settled for id in settled_by(one))
    return sum(bit for bit in bits_in(asks & settled) if not open_questions(scene.asked(bit), scene))


def open_questions(fill: Fill, scene: Scene) -> tuple[str, ...]:
    """Ids of the questions that can still settle what is open; () when the person could not or would not say.

    A question that was closed although this is still open was not answered. A finding that stood on a closed list is
    not asked by itself, unless others of that list were denied: then it was not on the list as shown. Nor is the rest
    of a treatment whose length nobody knows.
    """
    closed = {id for id in fill.ask if is_settled(id, scene.case)}
    if fill.fact in scene.library.findings:
        denied = {f.id for f in scene.case.findings if f.status == "absent"}
        shown = [scene.library.questions[id].facts if id in scene.library.questions else () for id in closed]
        return tuple(id for id in fill.ask if id not in closed) if all(denied & {*s} for s in shown) else ()
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
            if question is not None and id in scene.study.questions and decides.about == "met":
                # While it is not known whether the topic is theirs, each thing on a list may bring up another one.
                question = _narrowed(question, wanted, scene, source)
            if question is not None:
                found[question.id] = question
                break
    preferred = [*scene.study.red_flag_questions, *scene.study.questions]
    rank = {id: i for i, id in enumerate(preferred)}
    # What no list of the study names keeps the order of the rule.
    return sorted(found.values(), key=lambda q: rank.get(q.id, len(rank)))[:MOST_TRIED]


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


def _open(guideline: Guideline, scene: Scene, verdict: str) -> float:
    """How much is open: facts nobody has said that still matter, and whether the verdict stands."""
    ways, against = _ways(guideline, scene, verdict), _against(guideline, scene, verdict)
    return _still_open(ways, against, guideline, scene)


def _open_after(question: Question, answer: Any, guideline: Guideline, scene: Scene, verdict: str) -> float:
    """The same once this was answered, found from what is open now wherever that can be."""
    facts = facts_from_answer(question, answer, scene.case)
    effect = effect_of(facts, guideline, scene)
    if effect is None:
        return _open(guideline, supposing(question, facts, scene), verdict)
    ways = scene.sets.nearest(after(_ways(guideline, scene, verdict), effect, scene.sets))
    if not ways or 0 in ways:
        return 0.0
    against = after(_against(guideline, scene, verdict), effect, scene.sets)
    return _still_open(ways, against, guideline, supposing(question, facts, scene))


def _still_open(ways: Collection[int], against: Collection[int], guideline: Guideline, scene: Scene) -> float:
    # The empty way: it is as wanted. No way: it never will be.
    if not ways or 0 in ways or (0 in against and result_of(guideline, scene)[1]):
        return 0.0
    return _SETTLED + len({fill.fact for fill in scene.sets.fills_in(_wanted(ways, against, scene))})


def _most_telling(candidates: list[Question], scene: Scene, guideline: Guideline, verdict: str) -> Question:
    """The question worth most for its effort, the first of equal ones."""
    if len(candidates) == 1:
        return candidates[0]
    before = _open(guideline, scene, verdict)
    best, most = -1, -inf
    rule = scene.library.leaves_for(scene.study.id, guideline)
    ways = _ways(guideline, scene, verdict)

    def promise(place: int) -> float:
        """How many ways need what the question asks for: those are tried first, so that others are given up sooner."""
        asked = scene.sets.asked_by.get(candidates[place].id, 0)
        return -sum(1 for one in ways if one & asked) / _effort(candidates[place], scene)

    for place in sorted(range(len(candidates)), key=promise):
        question = candidates[place]
        effort = _effort(question, scene)
        answers = likely_answers(question, scene, rule)
        worth = _worth(question, answers, scene, guideline, verdict, before, most * effort) / effort
        if worth > most or (worth == most and place < best):
            best, most = place, worth
    return candidates[best]


def _worth(
    question: Question,
    answers: Iterable[tuple[float, Any]],
    scene: Scene,
    guideline: Guideline,
    verdict: str,
    before: float,
    to_beat: float,
) -> float:
    """How much less is open after the answer, on average; -inf once it is sure to stay below `to_beat`."""
    worth, left = 0.0, 1.0
    for share, value in answers:
        # The best that the answers still to try can do is to leave nothing open.
        if worth + left * before < to_beat - _ROUNDING:
            return -inf
        worth += share * (before - _open_after(question, value, guideline, scene, verdict))
        left -= share
    return worth
