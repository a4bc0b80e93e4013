"""What is stored comes back the same, or is refused."""

from __future__ import annotations

from datetime import date, datetime, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actions.cases import BadContent
from actions.cases.codec import dump, load
from criteria.facts import Evaluation, Fact, Field, Finding, Imaging, Said, StatedDeadline, Treatment
from criteria.results import Option, Question

# Every text there is: lone surrogates and NUL too, which a chat can send and a database may choke on.
TEXT = st.text(st.characters(exclude_categories=()))
SIMPLE = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
    | st.dates() | st.datetimes(timezones=st.none() | st.just(timezone.utc)).map(lambda t: t.replace(fold=0))
)  # fmt: skip
VALUES = st.recursive(
    SIMPLE,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(TEXT | st.just("$") | st.just("v"), inner, max_size=3)
    ),
    max_leaves=8,
)


def same(one: Any, other: Any) -> bool:
    return one == other and repr(one) == repr(other)


@given(VALUES)
def test_values_come_back_the_same(value: Any) -> None:
    assert same(load(dump(value)), value)


@pytest.mark.parametrize(
    "value",
    [
        Finding("weakness", "absent", "lumbar_spine", "left", "sudden", "severe", 3.5, date(2026, 9, 1), "yes"),
        Treatment("physical_therapy", "present", 6, date(2026, 9, 1), date(2026, 10, 13), "provider", "none", 12, "no"),
        Imaging("xray", "knee", "left", "present", date(2026, 8, 20), "normal", "yes"),
        Evaluation(date(2026, 10, 20), True, "present", "yes"),
        Field("denial.reasons", ("conservative_care", "frequency_duplicate")),
        Field("denial.notice_date", date(2026, 11, 2)),
        Field("denial.appeal_deadline", StatedDeadline("within 180 days", 180, date(2027, 5, 1))),
        Field("patient.shared_decision", False),
    ],
)
def test_facts_come_back_as_what_they_were(value: Any) -> None:
    said = Said("document", "w\0\ud800\U0001f915", datetime(2026, 11, 21, tzinfo=timezone.utc), "doc", 3, 9, 0.5)
    fact = Fact(value, said, "ref")
    assert same(load(dump(fact)), fact)


def test_a_question_comes_back_with_its_options() -> None:
    question = Question("red_flags", ("fever",), "any_of", "Any of these?", (Option("fever", "A fever"),), "why", "src")
    assert load(dump(question)) == question


class Lookalike:
    pass


Finding_ = type("Finding", (), {})


@pytest.mark.parametrize("value", [{1, 2}, b"bytes", float("nan"), float("inf"), {1: "x"}, Lookalike(), Finding_()])
def test_what_would_not_come_back_is_refused_by_type(value: Any) -> None:
    with pytest.raises(BadContent):
        dump({"note": [value]})


def test_a_refusal_never_repeats_the_value() -> None:
    with pytest.raises(BadContent) as refused:
        dump({"note": b"my left leg"})
    assert "leg" not in str(refused.value)


def test_nesting_without_end_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(BadContent):
        dump(deep)
