"""(c) The optimum: the fewest questions that settle a case, found by trying every set of questions.

With hindsight: the search knows the hidden answers, so it asks only what will turn out to matter. Nobody who does not
know them can do so on average, so this is a lower bound, not a policy. Every question that the deciding authority's
rules could ask is tried, breadth first, in sets of one, two, three … The search ends at `most_states` states.
"""

from __future__ import annotations

from collections.abc import Callable

from criteria.results import Question
from tools.asking.inquiry import Inquiry, State

Questions = Callable[[Inquiry, State], "list[Question]"]


def fewest(inquiry: Inquiry, end: State, most_states: int, questions: Questions = Inquiry.could_ask) -> int | None:
    """The smallest number of questions after which the case is settled with the verdict of `end`.

    `questions` gives those that may be asked in a state. Never more than `end` took. None when that many states were
    tried without an answer.
    """
    verdict, most = inquiry.look(end).verdict, len(end.asked)
    layer, tried = [inquiry.begin], 0
    for asked in range(most):
        following: dict[object, State] = {}
        for state in layer:
            if inquiry.look(state).verdict == verdict and inquiry.is_settled(state):
                return asked
            if asked == most - 1:
                continue
            for question in questions(inquiry, state):
                then = inquiry.after(state, question)
                following.setdefault(then.same_as, then)
        tried += len(following)
        if tried > most_states:
            return None
        layer = list(following.values())
    return most
