"""The best policy where it can be computed: the least expected number of questions, without knowing the answers.

Here nobody knows the answers in advance: after each question every likely answer is followed (`likely_answers`, with
the shares the check itself takes), and the policy is chosen that asks least on average, over all orders of all open
questions. That grows so fast that it is done for ends of inquiries: states with at most `MOST_OPEN` open questions.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf

from criteria.library.records import Library
from criteria.likely import likely_answers
from criteria.results import Question
from tools.asking.inquiry import Inquiry, State
from tools.asking.people import Person, told

MOST_OPEN = 3


class TooManyError(Exception):
    """More states than allowed would have to be tried."""


@dataclass
class Expected:
    """Expected numbers of questions from states of one inquiry; raises TooManyError beyond `most_states` of them."""

    inquiry: Inquiry
    most_states: int
    engine: dict[object, float] = field(default_factory=dict)
    best: dict[object, float] = field(default_factory=dict)

    def by_the_engine(self, state: State) -> float:
        """How many questions the check asks on average from here."""
        known = self.engine.get(state.same_as)
        if known is None:
            question = self.inquiry.next(state)
            answers = self._after(state, question) if question else []
            known = bool(question) + sum(share * self.by_the_engine(then) for share, then in answers)
            self.engine[state.same_as] = known
        return known

    def at_best(self, state: State) -> float:
        """How many the best policy asks on average from here."""
        known = self.best.get(state.same_as)
        if known is None:
            if len(self.best) >= self.most_states:
                raise TooManyError
            own, known = self.inquiry.next(state), 0.0
            if own is not None:
                known = inf
                for question in (own, *self.inquiry.could_ask(state)):
                    known = min(known, self._with(state, question, known))
            self.best[state.same_as] = known
        return known

    def _with(self, state: State, question: Question, to_beat: float) -> float:
        """The expected number when this one is asked first; inf once it is sure not to be less than `to_beat`."""
        answers = self._after(state, question)
        # What does not settle the case takes one more question at least.
        least = [share * (not self.inquiry.is_settled(then)) for share, then in answers]
        expected = 1 + sum(least)
        for (share, then), known in sorted(zip(answers, least, strict=True), key=lambda one: -one[1]):
            if expected >= to_beat:
                return inf
            expected += share * self.at_best(then) - known
        return expected

    def _after(self, state: State, question: Question) -> list[tuple[float, State]]:
        look = self.inquiry.look(state)
        scene = look.scene
        rule = scene.library.leaves_for(scene.study.id, look.decides.guideline) if look.decides else ()
        answers = list(likely_answers(question, scene, rule))
        if not answers:
            # Nothing is supposed of it (a name in free words): it is asked, and settles no more than that.
            return [(1.0, State(state.said, (*state.asked, question.id)))]
        whole = sum(share for share, _ in answers)
        said = [(share / whole, told(question, value, scene.case)) for share, value in answers]
        return [(share, State((*state.said, *facts), (*state.asked, question.id))) for share, facts in said]


def small_end(inquiry: Inquiry) -> State | None:
    """The first open state on the check's own way with few enough open questions; None without one."""
    state = inquiry.begin
    while (question := inquiry.next(state)) is not None:
        if len(inquiry.open_now(state)) <= MOST_OPEN:
            return state
        state = inquiry.after(state, question)
    return None


def compared(inquiry: Inquiry, state: State, most_states: int) -> tuple[float, float] | None:
    """Expected questions of the check and of the best policy from this state; None when that takes too many states."""
    expected = Expected(inquiry, most_states)
    try:
        return expected.by_the_engine(state), expected.at_best(state)
    except TooManyError:
        return None


def ends(people: Iterable[Person], library: Library, most_states: int) -> tuple[list[tuple[float, float]], int]:
    """`compared` for the small end of each person's inquiry, equal ones once; and how many were out of reach."""
    seen: set[object] = set()
    found: list[tuple[float, float]] = []
    for person in people:
        inquiry = Inquiry(person, library)
        state = small_end(inquiry)
        if state is None or state.same_as in seen:
            continue
        seen.add(state.same_as)
        numbers = compared(inquiry, state, most_states)
        if numbers is not None:
            found.append(numbers)
    return found, len(seen) - len(found)
