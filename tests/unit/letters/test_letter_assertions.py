"""No sentence without what it rests on."""

from __future__ import annotations

from datetime import date

import pytest
from jinja2 import UndefinedError

from actions.letters import Assertion, UnsupportedError
from actions.letters.context import Context
from criteria.facts import Case, Finding, Study
from criteria.library.records import Library
from criteria.results import Assessment


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("clinical", "facts"), ("case", "facts"), ("guideline", "sources"), ("legal", "sources")],
)
def test_a_sentence_without_its_support_cannot_be_made(kind: str, missing: str) -> None:
    with pytest.raises(UnsupportedError, match=missing):
        Assertion("The scan is needed.", kind=kind)  # type: ignore[arg-type]


def test_what_the_writer_asks_for_needs_no_support() -> None:
    assert Assertion("Please look again.", kind="request").facts == ()


def test_words_and_a_known_kind_are_needed() -> None:
    with pytest.raises(UnsupportedError, match="words"):
        Assertion("  ", ("fever",))
    with pytest.raises(UnsupportedError, match="no kind"):
        Assertion("Fever.", ("fever",), kind="poem")  # type: ignore[arg-type]


@pytest.fixture
def context(library: Library) -> Context:
    case = Case(date(2026, 11, 21), study=Study("mri-lumbar-spine"), findings=(Finding("fever"),))
    return Context(case, Assessment(case.as_of, "mri-lumbar-spine", "gaps"), library)


def test_a_sentence_cannot_rest_on_what_nobody_said(context: Context) -> None:
    with pytest.raises(UnsupportedError, match="numbness"):
        context.say("duration", ("numbness",), weeks="9 weeks")


def test_a_sentence_cannot_cite_what_is_not_on_record(context: Context) -> None:
    with pytest.raises(UnsupportedError, match="no-such-text"):
        context.say("right", ("study.id",), ("no-such-text",), text="A right.")


def test_a_sentence_that_lacks_a_value_is_an_error(context: Context) -> None:
    with pytest.raises(UndefinedError):
        context.say("duration", ("fever",))
