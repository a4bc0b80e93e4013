"""The rule cases of cases/*.yml, one test each: what a clinician would expect the check to say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from criteria.assessment import assess
from criteria.casefile import case_from_mapping
from criteria.library import load
from criteria.questions import parts_of
from criteria.results import Assessment

CASES = [
    pytest.param(file, one, id=f"{file['study']}: {one['name']}")
    for path in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for file in [yaml.safe_load(path.read_text())]
    for one in file["cases"]
]


def checked(file: dict[str, Any], one: dict[str, Any]) -> Assessment:
    given = dict(one["case"])
    study = {"id": file["study"], **given.pop("study", {})}
    return assess(case_from_mapping({"as_of": file["as_of"], "study": study, **given}, load()), load())


@pytest.mark.parametrize(("file", "one"), CASES)
def test_rule_case(file: dict[str, Any], one: dict[str, Any]) -> None:
    found = checked(file, one)
    in_ways = {i for way in found.ways for i in way.gaps}
    deciding = found.guidelines[0] if found.decided_by else None
    facts_of_ways = [sorted(found.gaps[i].fact for i in way.gaps) for way in found.ways]
    seen: dict[str, Any] = {
        "verdict": found.verdict,
        "decided_by": found.decided_by,
        "pathway": deciding.pathway if deciding else None,
        "category": deciding.category if deciding else None,
        "status": deciding.status if deciding else None,
        "contrast": list(deciding.contrast) if deciding else None,
        "gaps": [f"{g.kind} {g.fact}" for g in found.gaps],
        "gaps_in_ways": [f"{g.kind} {g.fact}" for i, g in enumerate(found.gaps) if i in in_ways],
        "ways": facts_of_ways,
        "step": found.right_step,
        "emergency": [f.id for f in found.emergency],
        "red_flag_exception": found.red_flag_exception.applies,
        "also": {g.id: g.result for g in found.guidelines if g.id in one["expect"].get("also", {})},
    }
    expected = dict(one["expect"])
    if "has_way" in expected:
        assert sorted(expected.pop("has_way")) in facts_of_ways
    if "says" in expected:
        words = expected.pop("says")
        assert any(words in gap.say for gap in found.gaps), [gap.say for gap in found.gaps]
    if "next" in expected:
        # A short list may be asked together with others.
        asked = parts_of(found.next_question.id) if found.next_question else (None,)
        assert expected.pop("next") in asked
    if "not_counted" in expected:
        fact = expected.pop("not_counted")
        assert deciding is not None and fact not in deciding.trace.facts
    assert {key: seen[key] for key in expected} == expected
