"""The case behind a conversation, as the use cases see it: one place that loads it and one that keeps what was said."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.cases import Conversation, Unit
from actions.casework.desk import Desk
from criteria.facts import Case, Evaluation, Fact, FactValue, Imaging, Said, Who, case_of, key, standing
from criteria.results import Option, Question, as_json


def not_to_come(facts: Sequence[Fact], today: date) -> list[Fact]:
    """The facts without visits and pictures of a day that is still ahead: nobody was seen there yet."""
    return [f for f in facts if not isinstance(f.value, (Evaluation, Imaging)) or (f.value.date or today) <= today]


class NoConversationError(Exception):
    """Nobody has agreed to anything under this sender id, so there is nothing to work on."""


@dataclass(frozen=True)
class Talk:
    """One turn's view: the transaction it happens in, whose conversation it is, and the desk."""

    desk: Desk
    unit: Unit
    conversation: Conversation

    @property
    def case_id(self) -> str:
        # Never None here: `talk` refuses a conversation without a case.
        return str(self.conversation.case_id)

    @property
    def who(self) -> Who:
        """Who speaks in this conversation, as provenance names it."""
        return "staff" if self.conversation.role == "staff" else "patient"

    def case(self) -> Case:
        """What stands now, as of today."""
        return case_of(self.unit.facts(self.case_id), self.desk.today(), self.unit.questions(self.case_id))

    def keep(self, values: Sequence[FactValue], words: str) -> None:
        """Record values that the person gave in answer to a question, in these words."""
        said = Said(who=self.who, words=words, when=self.desk.now())
        self.record([Fact(value, said) for value in values])

    def record(self, facts: Sequence[Fact]) -> None:
        """Record facts that bring their own provenance, except what stands already as said by the same source.

        A long talk that repeats itself must not grow the case.
        """
        stands = [(fact.value, fact.said.who) for fact in standing(self.unit.facts(self.case_id))] if facts else []
        new = [fact for fact in facts if (fact.value, fact.said.who) not in stands]
        if new:
            self.unit.add_facts(self.case_id, new, self.desk.now())

    def retract(self, name: str) -> None:
        """Take back every fact with this key; the history keeps them."""
        for fact in self.unit.facts(self.case_id):
            if key(fact.value) == name:
                self.withdraw(fact)

    def withdraw(self, fact: Fact) -> None:
        """Take back this one fact; the history keeps it."""
        self.unit.retract(self.case_id, fact.ref, self.desk.now())

    def note(self, name: str) -> Any:
        return self.unit.notes(self.case_id).get(name)

    def set_note(self, name: str, value: Any) -> None:
        self.unit.note(self.case_id, name, value)


def talk(desk: Desk, unit: Unit, sender_id: str) -> Talk:
    """The talk of this sender. Raises NoConversationError when there is none, or no consent and so no case."""
    conversation = unit.conversation(sender_id)
    if conversation is None or conversation.consented_at is None or conversation.case_id is None:
        raise NoConversationError
    return Talk(desk, unit, conversation)


def mark_of(case: Case) -> str:
    """A mark that changes when anything said of the case changes, or the day."""
    said = repr((replace(case, settled=frozenset()), sorted(case.settled)))  # a set's own order differs by process
    return hashlib.sha256(said.encode()).hexdigest()


def question_json(question: Question) -> dict[str, Any]:
    """A question as plain JSON, for a note."""
    made: dict[str, Any] = as_json(question)
    return made


def question_of(content: dict[str, Any]) -> Question:
    """The question that `question_json` made."""
    return Question(
        **{
            **content,
            "facts": tuple(content["facts"]),
            "options": tuple(Option(**o) for o in content["options"]),
        }
    )
