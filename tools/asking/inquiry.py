"""An inquiry: a case that grows from answer to answer, the questions that can be asked, and whether it is settled.

Settled means the same for every order of questions: the check itself has nothing more to ask, because no open question
would change the verdict (`next_question` is None). A question counts once, a list of things to tick too; "I don't know"
counts as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from random import Random

from criteria.assessment import asked_next, rule_day, verdict_of
from criteria.deciding import applicable, deciding, far_off, opinions
from criteria.facts import FactValue, in_order
from criteria.fill_sets import union
from criteria.leaves import Fill, Scene
from criteria.library.records import Guideline, Library
from criteria.opinions import Opinion, open_sets, refusing_sets, trees
from criteria.outlook import open_questions
from criteria.questions import question_for
from criteria.results import Question
from criteria.silence import scene_of
from criteria.together import together
from criteria.tree import leaves
from tools.asking.people import Person, answer, case_with, told

MOST_ASKED = 60
_ASKED_OF_ALL = {"symptom_weeks": "symptom_weeks", "treatment.kinds": "treatment"}
"""Questions of the intake -> the key under which rules read what they ask for."""


@dataclass(frozen=True)
class State:
    """What was said so far, in the order said, and the ids of the questions that were asked."""

    said: tuple[FactValue, ...]
    asked: tuple[str, ...] = ()

    @property
    def same_as(self) -> tuple[frozenset[str], frozenset[FactValue]]:
        """What makes two states one, whatever the order in which it was asked."""
        return frozenset(self.asked), frozenset(self.said)


@dataclass
class Look:
    """What the check finds in a state. `decides`: the nearest guideline; without a verdict it is a mere guess."""

    scene: Scene
    found: tuple[Opinion, ...]
    decides: Opinion | None
    decided: str | None
    next: Question | None = None
    known_next: bool = False

    @property
    def verdict(self) -> str:
        """The verdict of the check."""
        return self.decided or "no_public_criterion"


@dataclass
class Inquiry:
    """One person's inquiry. It keeps what was found in each state: every order of questions meets the same ones."""

    person: Person
    library: Library
    looks: dict[object, Look] = field(default_factory=dict)

    @property
    def begin(self) -> State:
        """The state before the first question."""
        return State(self.person.start)

    @property
    def after_the_intake(self) -> State:
        """The state after what the conversation asks everybody, where a rule for the study reads it: how long it has
        lasted, what was tried, and the warning signs."""
        state = self.begin
        study = self.look(state).scene.study
        read = self.library.matters_for(study.id)
        ids = [id for id, key in _ASKED_OF_ALL.items() if key in read]
        for id in (*ids, *study.red_flag_questions):
            question = question_for(id, self.look(state).scene.case, self.library)
            state = self.after(state, question) if question is not None else state
        return state

    def look(self, state: State) -> Look:
        """Verdict and deciding guideline in this state; what to ask next is found only when it is wanted."""
        known = self.looks.get(state.same_as)
        if known is None:
            case = in_order(case_with(state.said, frozenset(state.asked)))
            scene = scene_of(case, self.library.studies[case.study.id or ""], self.library, rule_day(case))
            found = opinions(applicable(scene), scene)
            nearest = deciding(found, scene)
            sure = nearest if nearest is not None and not far_off(nearest, scene) else None
            verdict = verdict_of(sure, open_sets(sure.guideline, scene)) if sure else None
            known = self.looks[state.same_as] = Look(scene, found, nearest, verdict)
        return known

    def next(self, state: State) -> Question | None:
        """The check's own next question."""
        look = self.look(state)
        if not look.known_next:
            look.next = asked_next(look.decides, look.decided, look.scene)
            look.known_next = True
        return look.next

    def is_settled(self, state: State) -> bool:
        """Whether no open question would change the verdict."""
        return self.next(state) is None

    def after(self, state: State, question: Question) -> State:
        """The state once the person has answered the question."""
        value = answer(question, self.person.hidden, self.library)
        case = self.look(state).scene.case
        facts = () if value is None else told(question, value, case)
        return State((*state.said, *facts), (*state.asked, question.id))

    def open_now(self, state: State) -> list[Question]:
        """Every question that can be asked now, in the order of the library.

        First the study's own lists as its record has them, warning signs first; then, rule by rule and leaf by leaf,
        what else the rules of the authority that decides ask for. A list shows what nobody has said and these rules
        name; with one thing left it is asked by itself.
        """
        look = self.look(state)
        if look.decides is None:
            return []
        scene, case = look.scene, look.scene.case
        in_play = {o.guideline.id for o in look.found if o.guideline.authority == look.decides.guideline.authority}
        rules = [g for g in self.library.guidelines_for(scene.study.id) if g.id in in_play]
        fills = list(_unknown(rules, scene))
        named = {fill.fact for fill in fills}
        found: dict[str, Question] = {}
        for id in (*scene.study.red_flag_questions, *scene.study.questions):
            question = question_for(id, case, self.library)
            options = tuple(o for o in question.options if o.value in named) if question else ()
            if question is None or not options:
                continue
            if len(options) == 1:
                alone = question_for(f"finding.{options[0].value}", case, self.library)
                if alone is not None:
                    found.setdefault(alone.id, alone)
                continue
            found[id] = replace(question, options=options, facts=tuple(o.value for o in options))
        lists = {fact for question in found.values() for fact in question.facts}
        for fill in fills:
            if fill.fact in lists and fill.fact in self.library.findings and len(fill.ask) > 1:
                continue
            for id in open_questions(fill, scene):
                if id not in found and id not in scene.study.questions and id not in scene.study.red_flag_questions:
                    single = question_for(id, case, self.library)
                    if single is not None:
                        found[single.id] = single
                        break
        return [question for question in found.values() if question.id not in state.asked]

    def could_ask(self, state: State) -> list[Question]:
        """Every question of `open_now`, its short lists asked together as the check does that, and the check's own."""
        look, found = self.look(state), self.open_now(state)
        if look.decides is None:
            return found
        own = self.next(state)
        joined = [q for q in together(found, look.scene, "") if q not in found]
        return [*([] if own is None or own in found else [own]), *found, *joined]

    def listed(self, state: State) -> list[Question]:
        """What a form with the library's questions would still ask now, in the order of the library.

        The study's lists as its record has them, in full, then what else the rules of the authority that decides ask
        for, those of topics that are ruled out too. Left out is only what was said, and what has nothing to be asked of
        (the length of a treatment that nobody named).
        """
        look = self.look(state)
        if look.decides is None:
            return []
        scene, study = look.scene, look.scene.study
        lists = (*study.red_flag_questions, *study.questions)
        rules = [g for g in applicable(scene) if g.authority == look.decides.guideline.authority]
        singles = (id for f in _unknown(rules, scene) for id in open_questions(f, scene)[:1] if id not in lists)
        ids = dict.fromkeys((*lists, *singles))
        found = (question_for(id, scene.case, self.library) for id in ids if id not in state.asked)
        return [question for question in found if question is not None]

    def mattering(self, state: State) -> list[Question]:
        """Those of `open_now` that ask for a part of an open way to a better verdict, or of one that could turn it."""
        look = self.look(state)
        if look.decides is None:
            return []
        rule, scene = look.decides.guideline, look.scene
        wanted = union(open_sets(rule, scene, 2 if look.verdict == "arguable" else 1))
        if look.verdict != "arguable":
            wanted |= union(refusing_sets(rule, scene))
        ids = {id for fill in scene.sets.fills_in(wanted) for id in open_questions(fill, scene)}
        return [q for q in self.open_now(state) if q.id in ids]


def _unknown(rules: Iterable[Guideline], scene: Scene) -> Iterator[Fill]:
    """What nobody has said, of all that these rules name, in the order of the library."""
    for guideline in rules:
        for tree in trees(guideline, scene):
            for _, judged, _ in leaves(tree, scene):
                for way in judged.fills:
                    yield from sorted((f for f in way if f.kind == "ask"), key=lambda f: (f.fact, f.need))


Order = Callable[[Inquiry, State], "Question | None"]


def run(inquiry: Inquiry, order: Order, begin: State | None = None) -> State:
    """Ask in this order until the case is settled; the last state. Raises RuntimeError when that never happens."""
    state = inquiry.begin
    for question, then in steps(inquiry, order, begin):
        if len(then.asked) > MOST_ASKED:
            raise RuntimeError(f"{inquiry.person.name}: not settled after {question.id}, number {len(then.asked)}")
        state = then
    return state


def steps(inquiry: Inquiry, order: Order, begin: State | None = None) -> Iterator[tuple[Question, State]]:
    """Each question that is asked in this order until the case is settled, and the state after its answer."""
    state = begin or inquiry.begin
    while not inquiry.is_settled(state):
        question = order(inquiry, state) or inquiry.next(state)
        if question is None:
            return
        state = inquiry.after(state, question)
        yield question, state


def by_the_engine(inquiry: Inquiry, state: State) -> Question | None:
    """The check's own choice."""
    return inquiry.next(state)


def as_listed(inquiry: Inquiry, state: State) -> Question | None:
    """(a) The first question of the library's form."""
    return next(iter(inquiry.listed(state)), None)


def as_listed_in_play(inquiry: Inquiry, state: State) -> Question | None:
    """The first question of a form cut to what the rules still in play name."""
    return next(iter(inquiry.open_now(state)), None)


def as_listed_if_it_matters(inquiry: Inquiry, state: State) -> Question | None:
    """The first question in the order of the library that could still change the verdict."""
    return next(iter(inquiry.mattering(state)), None)


def by_lot(lot: Random) -> Order:
    """(b) Any question of the library's form, by lot."""

    def order(inquiry: Inquiry, state: State) -> Question | None:
        found = inquiry.listed(state)
        return lot.choice(found) if found else None

    return order
