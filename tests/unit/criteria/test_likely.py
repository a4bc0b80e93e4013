"""The answers that are tried in choosing a question: numbers fall on each side of every limit of the rule that asks."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from criteria.facts import Case, Study
from criteria.leaves import CareLeaf, FieldLeaf, Leaf, Scene
from criteria.library import load
from criteria.likely import likely_answers, sides
from criteria.questions import question_for

LIBRARY = load()
limits = st.sets(st.tuples(st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=5)


def tried(id: str, *rule: Leaf) -> list[float]:
    case = Case(date(2026, 11, 21), Study("ldct-lung-screening"))
    question = question_for(id, case, LIBRARY)
    assert question is not None
    answers = list(likely_answers(question, Scene(case, LIBRARY.studies["mri-knee"], LIBRARY, case.as_of), rule))
    assert not answers or sum(share for share, _ in answers) == pytest.approx(1)
    return [value for _, value in answers]


@given(limits)
def test_every_limit_has_a_number_on_each_side(found: set[tuple[float, bool]]) -> None:
    numbers = sides(found)
    for limit, below in found:
        assert any(n > limit or (n == limit and not below) for n in numbers)
        assert limit == 0 and not below or any(n < limit or (n == limit and below) for n in numbers)
    assert len(numbers) <= len(found) + 1


@given(limits)
def test_a_count_is_tried_in_whole_numbers_that_settle_as_much(found: set[tuple[float, bool]]) -> None:
    def where(number: float) -> tuple[bool, ...]:
        return tuple(number > limit or (number == limit and not below) for limit, below in sorted(found))

    whole = sides(found, whole=True)
    assert all(n == int(n) >= 0 for n in whole)
    assert {where(n) for n in range(50)} == {where(n) for n in whole}


def test_an_age_is_tried_below_within_and_above_what_the_rule_asks() -> None:
    below, within, above = tried("patient.age", FieldLeaf("patient.age", at_least=50, at_most=77))
    assert below < 50 <= within <= 77 < above


def test_the_fourth_scan_is_tried_where_the_rule_stops_at_three() -> None:
    pets = FieldLeaf("cancer.pets_before", at_most=0), FieldLeaf("cancer.pets_before", at_most=2)
    assert tried("cancer.pets_before", *pets) == [0, 2, 3]


def test_care_is_tried_at_the_weeks_that_a_rule_asks_of_its_kind() -> None:
    six = CareLeaf(6, ("physical_therapy",))
    enough = tried("treatment.weeks.physical_therapy", six)
    assert min(enough) < 6 <= max(enough)
    assert tried("treatment.weeks.nsaid", six) == []


def test_a_number_without_a_limit_has_no_answer_that_matters() -> None:
    assert tried("patient.pack_years", FieldLeaf("patient.age", at_least=50)) == []
