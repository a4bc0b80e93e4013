"""The next question: the one whose answers are expected to settle the most, for the least effort.

Each candidate is tried: its likely answers are put into the case, and what is then still open about the verdict is
counted. Nothing is asked that could not change the verdict. What somebody skipped or did not know stays a gap, and so
does every way that needs it: nothing further is asked for such a way's sake, and no list is asked again item by item.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import inf
from typing import Any

from criteria.facts import with_changes
from criteria.fill_sets import bits_in, union
from criteria.leaves import Scene
from criteria.likely import likely_answers
from criteria.opinions import Opinion, trees
from criteria.outlook import Outlook, outlook
from criteria.questions import parts_of, question_for, red_flag_question, warns
from criteria.results import Question
from criteria.together import together
from criteria.tree import below, ways

_EFFORT = {"yes_no": 1.0, "choice": 1.2, "any_of": 1.3, "weeks": 1.3, "number": 1.2, "date": 1.6, "text": 3.0}
MOST_TRIED = 14
ENOUGH_ANSWERS = 6
"""Once this many answers were tried no further question is. Those that most ways need come first; with the rest the
people of docs/questions.md are asked just as many questions."""
_ROUNDING = 1e-6


def next_question(decides: Opinion, verdict: str, scene: Scene, lists_only: bool = False) -> Question | None:
    """The question to ask next; None when nothing open would change the verdict.

    `lists_only`: only one that offers several things.
    """
    if verdict in ("met", "not_met", "no_public_criterion"):
        return None
    now = outlook(decides.guideline, scene, verdict)
    candidates = [q for q in _candidates(now, decides) if not lists_only or q.kind in ("any_of", "choice")]
    if not candidates:
        return None
    best = _most_telling(candidates, now)
    asked = parts_of(best.id)
    if any(warns(id, scene.study) for id in asked):
        # Warning signs are asked emergencies first, whichever of them would settle more.
        first = red_flag_question(scene.case, scene.library)
        return best if first is None or first.id in asked else first
    return best


def _effort(question: Question, scene: Scene) -> float:
    """What it takes to answer; people often cannot say what an examination showed."""
    exam = any(fact in scene.library.exam_signs for fact in question.facts)
    return _EFFORT[question.kind] * (1.6 if exam else 1.0)


def _candidates(now: Outlook, decides: Opinion) -> list[Question]:
    """A question for each open fact, in the order of the study's record, each question once."""
    scene = now.scene
    asks = [scene.asked(bit) for bit in bits_in(now.wanted())]
    found: dict[str, Question] = {}
    wanted = {fill.fact for fill in asks} | _open_in_rule(decides, scene)
    source = decides.guideline.sources[0]
    for fill in asks:
        for id in now.questions_for(fill):
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
    ordered = sorted(found.values(), key=lambda q: rank.get(q.id, len(rank)))
    return together(ordered, scene, source)[:MOST_TRIED]


def _open_in_rule(decides: Opinion, scene: Scene) -> set[str]:
    """Every fact that the deciding guideline names and nobody has said: a list that is asked shows all of them."""
    return {fact for tree in trees(decides.guideline, scene) for fact, asked in below(tree, scene).lacking if asked}


def _narrowed(question: Question, wanted: set[str], scene: Scene, source: str) -> Question | None:
    """A grouped question with only what the rule names; with one thing left it is asked by itself."""
    options = tuple(o for o in question.options if o.value in wanted)
    if len(options) == 1:
        return question_for(f"finding.{options[0].value}", scene.case, scene.library, source)
    return with_changes(question, options=options, facts=tuple([o.value for o in options])) if options else None


def _most_telling(candidates: list[Question], now: Outlook) -> Question:
    """The question worth most for its effort, the first of equals; after ENOUGH_ANSWERS no further one is tried."""
    if len(candidates) == 1:
        return candidates[0]
    scene, before = now.scene, now.open()
    best, most = -1, -inf
    rule = scene.library.leaves_for(scene.study.id, now.guideline)
    efforts = [_effort(question, scene) for question in candidates]

    about = now.guideline.about
    topic = union(ways(about, scene)) if about is not None else 0

    def promise(place: int) -> tuple[bool, float]:
        """Whether the question may tell that the topic is theirs, and how much the ways need what it asks for: those
        are tried first, so that others are given up sooner.

        Where a way needs little else it counts for more.
        """
        asked = union(scene.sets.asked_by.get(id, 0) for id in parts_of(candidates[place].id))
        return not asked & topic, -sum([1 / one.bit_count() for one in now.ways if one & asked]) / efforts[place]

    tried = 0
    for place in sorted(range(len(candidates)), key=promise):
        if tried >= ENOUGH_ANSWERS:
            break
        question, effort = candidates[place], efforts[place]
        answers = _told_apart(question, likely_answers(question, scene, rule), now)
        gained, answered = _worth(question, answers, now, before, most * effort)
        worth, tried = gained / effort, tried + answered
        if worth > most or (worth == most and place < best):
            best, most = place, worth
    return candidates[best]


def _told_apart(
    question: Question, answers: Iterable[tuple[float, Any]], now: Outlook
) -> Iterator[tuple[float, Any]]:
    """The answers; of a list's findings that stand alike in what is open one is tried for all."""
    if question.kind != "any_of" or question.id == "treatment.kinds":
        yield from answers
        return
    alike: dict[object, tuple[float, Any]] = {}
    for share, named in answers:
        if not named:
            # None of them comes first: after it the question is often out of the running.
            yield share, named
            continue
        key = now.standing(named[0])
        before, first = alike.get(key, (0.0, named))
        alike[key] = (before + share, first)
    yield from alike.values()


def _worth(
    question: Question, answers: Iterable[tuple[float, Any]], now: Outlook, before: float, to_beat: float
) -> tuple[float, int]:
    """How much less is open after the answer, on average, and how many answers were tried for that.

    It is -inf once it is sure to stay below `to_beat`.
    """
    worth, left, tried = 0.0, 1.0, 0
    for share, value in answers:
        tried += 1
        # The best that the answers still to try can do is to leave nothing open.
        if worth + left * before < to_beat - _ROUNDING:
            return -inf, tried
        worth += share * (before - now.open_after(question, value))
        left -= share
    return worth, tried
