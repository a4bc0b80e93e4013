"""Short lists asked as one: what several lists, or questions about a single finding, still have to ask.

A clinician who takes a history asks for the open signs in one go, and not rule by rule. The person sees one list, no
longer than the library's own, and each option says by itself what it is. The study's first list of warning signs, which
has the emergencies, is always asked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable

from criteria.leaves import Scene
from criteria.questions import JOINED, is_settled, parts_of, warns
from criteria.results import Question

MOST_OPTIONS = 13
"""As long as the longest list of the library itself: nobody should have to read more at once."""


def together(questions: Iterable[Question], scene: Scene, source: str) -> list[Question]:
    """The questions in their order, each list taken into the first one before it that has room for all of it.

    `source`: the id of the source of the rule that asks.
    """
    first = scene.study.red_flag_questions[:1]
    begun = all(is_settled(id, scene.case) for id in first)
    found: list[Question] = []
    open_: list[int] = []
    for question in questions:
        # Until the first warning signs are asked, no others are put before them.
        alone = question.id in first or (warns(question.id, scene.study) and not begun)
        joinable = not alone and _lists_findings(question, scene)
        place = next((i for i in open_ if _has_room(found[i], question)), None) if joinable else None
        if place is not None:
            found[place] = _joined(found[place], question, scene, source)
            continue
        open_ += [len(found)] if joinable else []
        found.append(question)
    return found


def _lists_findings(question: Question, scene: Scene) -> bool:
    if question.kind not in ("any_of", "yes_no"):
        return False
    return all(fact in scene.library.findings for fact in question.facts)


def _has_room(list_: Question, question: Question) -> bool:
    return len({*list_.facts, *question.facts}) <= MOST_OPTIONS


def _joined(first: Question, second: Question, scene: Scene, source: str) -> Question:
    facts = tuple(dict.fromkeys((*first.facts, *second.facts)))
    found = not scene.library.exam_signs.isdisjoint(facts)
    record = scene.library.questions["together.found" if found else "together"]
    id = JOINED + "+".join((*parts_of(first.id), *parts_of(second.id)))
    options = tuple([scene.library.finding_options[fact] for fact in facts])
    return Question(id, facts, "any_of", record.say, options, record.why, record.source or source)
