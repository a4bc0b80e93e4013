"""Questions to the person: the fixed ones, the grouped ones, and the one for a single fact.

Every question has a stable id for its group of facts: `red_flags.spine`, `finding.numbness`, `treatment.weeks.nsaid`,
`imaging.xray.knee`, `symptom_weeks` … `criteria.answers` turns its answer into facts.
"""

from __future__ import annotations

from functools import lru_cache

from criteria.facts import Case
from criteria.ids import MODALITIES, STUDIES
from criteria.library.records import Library, QuestionRecord, StudyRecord
from criteria.results import Option, Question

_SETTLED_BY = {
    "treatment.kinds": "intake.prior_treatment",
    "symptom_weeks": "intake.duration",
    "plan.type": "intake.plan",
    "study.side": "intake.side",
}
ANOTHER = "other"
"""The study that no record describes: its deadlines and its letter need no criteria."""
JOINED = "group:"
"""How the id of a question begins that asks several together; after it their ids, with a plus between them."""


def fixed_question(id: str, library: Library) -> Question:
    """A question of the intake, the peer-to-peer question or the notice date. Raises KeyError for another id."""
    record = library.questions[id]
    if id == "intake.study":
        known = tuple(Option(s, library.studies[s].say) for s in STUDIES if s in library.studies)
        options = (*known, Option(ANOTHER, "Another scan"))
    elif record.kind == "any_of":
        options = library.treatment_options
    else:
        options = record.options
    return Question(id, record.facts, record.kind, record.say, options, record.why, record.source)


def red_flag_question(case: Case, library: Library) -> Question | None:
    """The next question about warning signs, emergencies first; None when all its findings are said or settled."""
    study = library.studies.get(case.study.id or "")
    for id in study.red_flag_questions if study else ():
        question = question_for(id, case, library)
        if question is not None:
            return question
    return None


def warns(id: str, study: StudyRecord) -> bool:
    """Whether a question asks for warning signs: those of the study, or those of another one that it borrows."""
    return id in study.red_flag_questions or id.startswith("red_flags.")


def is_settled(id: str, case: Case) -> bool:
    """Whether the question was answered, skipped or not known before."""
    return id in closed_by(case.settled)


def _settled_by(answered: str) -> tuple[str, ...]:
    """The questions that are settled once this one was answered, itself included."""
    if answered.startswith(JOINED):
        return (answered, *parts_of(answered))
    return (answered, *(id for id, other in _SETTLED_BY.items() if other == answered))


@lru_cache(maxsize=1024)
def closed_by(answered: frozenset[str]) -> frozenset[str]:
    """The ids of all questions that are settled once these were answered, skipped or not known."""
    return frozenset(id for one in answered for id in _settled_by(one))


def parts_of(id: str) -> tuple[str, ...]:
    """The questions that a question asks together; itself, where it is one alone."""
    return tuple(id.removeprefix(JOINED).split("+")) if id.startswith(JOINED) else (id,)


def question_for(id: str, case: Case, library: Library, source: str = "") -> Question | None:
    """The question with this id for this case, showing only what is not said yet.

    None when it is settled or nothing is left.

    `source` is the source of the rule that asks, used where the question names none.
    """
    if is_settled(id, case):
        return None
    if id in library.questions:
        record = library.questions[id]
        if record.kind != "any_of":
            return Question(
                id, record.facts or (id,), record.kind, record.say, record.options, record.why, record.source or source
            )
        if id == "treatment.kinds":
            said = {t.kind for t in case.treatments}
            options = tuple(o for o in library.treatment_options if o.value not in said)
            facts = tuple(f"treatment.{o.value}" for o in options)
        elif record.while_none and any(f.id in record.facts and f.status == "present" for f in case.findings):
            return None
        else:
            told = _told(case, library)
            options = tuple([library.finding_options[f] for f in record.facts if f not in told])
            facts = tuple(o.value for o in options)
        return (
            Question(id, facts, "any_of", record.say, options, record.why, record.source or source) if options else None
        )
    return _single(id, case, library, source)


def _single(id: str, case: Case, library: Library, source: str) -> Question | None:
    head, *rest = id.split(".")
    if head == "finding" and rest and rest[0] in library.findings:
        detail = ".".join(["finding", *rest[1:]])
        record = library.questions.get(f"{detail}.{rest[0]}", library.questions[detail])
        finding = library.findings[rest[0]]
        if len(rest) == 1 and rest[0] in _told(case, library):
            return None
        say = record.say.format(question=finding.question, finding=finding.say)
        return Question(id, (rest[0],), record.kind, say, record.options, record.why, source)
    if head == "treatment" and len(rest) == 2 and rest[1] in library.treatments:
        record = library.questions[f"treatment.{rest[0]}"]
        say = record.say.format(do=library.treatments[rest[1]].do)
        return Question(id, (f"treatment.{rest[1]}",), record.kind, say, record.options, record.why, source)
    if head == "imaging" and len(rest) >= 2 and rest[0] in MODALITIES:
        record = library.questions["imaging.date"] if rest[2:] == ["date"] else _about_picture(rest[1], library)
        side = case.study.side
        study = library.studies.get(case.study.id or "")
        place = library.phrases.get(f"region.{rest[1]}", rest[1].replace("_", " "))
        if study is not None and study.sided and side in ("left", "right"):
            place = f"{side} {place}"
        say = record.say.format(picture=library.phrases.get(rest[0], rest[0]), place=place)
        return Question(id, (f"imaging.{rest[0]}.{rest[1]}",), record.kind, say, record.options, record.why, source)
    raise KeyError(id)


def _about_picture(region: str, library: Library) -> QuestionRecord:
    """The question about an earlier picture, with the results that are possible there: a brain has no joint fluid."""
    return library.questions.get(f"imaging.{region}", library.questions["imaging"])


def _told(case: Case, library: Library) -> set[str]:
    """The findings of which somebody said that they are present or absent, by themselves or by what they imply."""
    told = set()
    for said in case.findings:
        if said.status in ("present", "absent", "historical"):
            told.add(said.id)
            if said.status == "absent":
                told.update(library.implying(said.id))
    return told
