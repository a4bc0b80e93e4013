"""What people take back: an answer given before, a value read from a letter, a picture's day, the side it is about."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.casework.conversation import Talk, question_of
from actions.reading.answers import read_answer
from actions.reading.which_side import side_told
from criteria.facts import Fact, FactValue, Field, Finding, Imaging, standing
from criteria.results import Question

_CORRECTING = ("actually", "i meant", "sorry", "correction", "no wait", "wait", "not ", "rather", "i mean", "make that")
_SAYS_IT_IS_WRONG = re.compile(
    r"\b(?:actually|i meant?|correction|make that|no,? wait|sorry|not right|wrong|mistaken?|misread|typo)\b"
)
_READ_FROM_LETTERS = frozenset(
    ("denial.notice_date", "denial.received_date", "denial.service_date", "plan.payer", "plan.reviewer", "plan.type",
     "study.side", "study.contrast")
)  # fmt: skip
_PAIR = {"left", "right"}


def meant_question(talk: Talk, asked: Question | None, text: str) -> Question | None:
    """The question that a correction is about: "actually it was 8 weeks" answers the one before again."""
    trail = talk.note("trail") or []
    if not trail or not _corrects(text):
        return asked
    before = question_of(trail[-1])
    # "Not medically necessary" is what the plan said, no correction of the scan.
    same_kind = asked is not None and asked.kind == before.kind and asked.id != "intake.reason"
    if same_kind or before.kind not in ("weeks", "number", "date", "choice"):
        return before if same_kind else asked
    return before if read_answer(text, before, talk.desk.today()).state == "answered" else asked


def side_said(talk: Talk, asked: Question | None, text: str) -> tuple[FactValue, ...]:
    """ "Actually it's the left knee", whatever was asked: the test's side, and what was told of the other side.

    () where the words say anything else too, or answer a question about the side of something else.
    """
    case = talk.case()
    study = talk.desk.library.studies.get(case.study.id or "")
    if study is None or not study.sided or not _leaves_room(asked, text):
        return ()
    before, told = case.study.side, side_told(text, study.body, case.study.side)
    if told is None:
        return ()
    talk.retract("study.side")
    return (Field("study.side", told), *(_moved(talk, study.body, before, told) if {before, told} == _PAIR else ()))


def _leaves_room(asked: Question | None, text: str) -> bool:
    """Whether a side may be said beside what was asked: the side of a pain, or of an earlier picture, is its answer."""
    if asked is None or asked.id == "intake.side":
        return True
    if any(option.value in _PAIR for option in asked.options):
        return False
    return _corrects(text) or not asked.id.startswith("imaging.")


def _moved(talk: Talk, body: tuple[str, ...], before: str | None, told: str) -> list[FactValue]:
    """What this person told of the part of the body on the side that was wrong, on the side that is meant."""
    moved: list[FactValue] = []
    for fact in standing(talk.unit.facts(talk.case_id)):
        value = fact.value
        if not isinstance(value, (Finding, Imaging)) or fact.said.who != talk.who or value.side != before:
            continue
        if value.region is None or value.region in body:
            talk.unit.retract(talk.case_id, fact.ref, talk.desk.now())
            moved.append(replace(value, side=told))
    return moved


def take_back(talk: Talk, values: list[FactValue], words: str) -> None:
    """ "Actually the letter was November 12": what the letter was read to say no longer stands beside it."""
    if not _SAYS_IT_IS_WRONG.search(words.lower()):
        return
    for value in values:
        if isinstance(value, Field) and value.path in _READ_FROM_LETTERS:
            talk.retract(value.path)


def corrected_day(talk: Talk, fact: Fact, words: str) -> Fact:
    """ "Actually the X-ray was on October 3" dates the one X-ray told before; it is no second one."""
    value = fact.value
    if not isinstance(value, Imaging) or value.date is None or not _corrects(words):
        return fact
    told = [
        (old_fact, old)
        for old_fact in talk.unit.facts(talk.case_id)
        if isinstance(old := old_fact.value, Imaging)
        and (old_fact.said.who, old.modality, old.status) == (talk.who, value.modality, value.status)
        and (old.region == value.region or None in (old.region, value.region))
    ]
    if len({old.date for _, old in told}) != 1 or told[0][1].date in (None, value.date):
        return fact
    for old_fact, old in told:
        talk.unit.retract(talk.case_id, old_fact.ref, talk.desk.now())
        value = replace(value, region=value.region or old.region, side=value.side or old.side,
                        result=value.result or old.result)  # fmt: skip
    return replace(fact, value=value)


def _corrects(text: str) -> bool:
    return any(mark in text.lower()[:40] for mark in _CORRECTING)
