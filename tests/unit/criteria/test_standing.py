"""Of the findings on a list that stand alike in what is open one answer is tried for all: that changes no question."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml

from criteria import next_question
from criteria.assessment import assess
from criteria.casefile import case_from_mapping
from criteria.facts import Case
from criteria.library import load
from criteria.outlook import Outlook
from criteria.results import Question

LIBRARY = load()
FILES = sorted((Path(__file__).parent / "cases").glob("*.yml"))


def cases_of(path: Path) -> list[Case]:
    file = yaml.safe_load(path.read_text())
    return [
        case_from_mapping(
            {"as_of": file["as_of"], **one["case"], "study": {"id": file["study"], **one["case"].get("study", {})}},
            LIBRARY,
        )
        for one in file["cases"]
    ]


def asked(cases: list[Case]) -> list[str | None]:
    found = (assess(case, LIBRARY).next_question for case in cases)
    return [question.id if question else None for question in found]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_with_every_answer_tried_the_same_is_asked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def every(_: Question, answers: Iterable[tuple[float, Any]], __: Outlook) -> Iterable[tuple[float, Any]]:
        return answers

    # How many answers are tried before the rest is left out must not tell the two apart.
    monkeypatch.setattr(next_question, "ENOUGH_ANSWERS", 10_000)
    cases = cases_of(path)
    with_one_for_all = asked(cases)
    monkeypatch.setattr(next_question, "_told_apart", every)
    assert asked(cases) == with_one_for_all


def test_no_question_is_tried_after_enough_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    worth, enough = next_question._worth, next_question.ENOUGH_ANSWERS

    def counted(*given: Any) -> tuple[float, int]:
        gained, answers = worth(*given)
        tried.append(answers)
        return gained, answers

    monkeypatch.setattr(next_question, "_worth", counted)
    stopped = 0
    for case in (case for path in FILES for case in cases_of(path)):
        tried.clear()
        assess(case, LIBRARY)
        assert sum(tried[:-1]) < enough
        stopped += sum(tried) >= enough
    assert stopped > 10, "hardly any case comes to the limit, so nothing was tested"
