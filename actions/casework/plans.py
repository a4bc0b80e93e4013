"""Which kind of a public plan, where a message names only Medicare or Medicaid."""

from __future__ import annotations

from dataclasses import replace

from actions.casework.conversation import Talk
from actions.casework.texts import say
from actions.casework.words import parts
from criteria.questions import fixed_question
from criteria.results import Question


def which_public(talk: Talk, asked: Question | None, text: str) -> Question | None:
    """The question which kind of plan, with the kinds of Medicare or Medicaid alone; None where none is named.

    Straight from the government and through a company are two kinds, each with its own deadlines.
    """
    named = parts("public_plan", text)
    if named is None or talk.case().plan.type is not None:
        return None
    whole = fixed_question("intake.plan", talk.desk.library)
    program = "medicare" if named["medicare"] else "medicaid"
    kinds = tuple(o for o in whole.options if o.value.startswith(f"{program}_"))
    if asked is not None and asked.options == kinds:
        return None
    words = say("which_medicare") if named["medicare"] else say("which_medicaid")
    return replace(whole, say=words, options=kinds)
