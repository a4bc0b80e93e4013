"""A bone scan's stress-fracture topic is about the pelvis and the legs: a broken wrist is another matter."""

from __future__ import annotations

from datetime import date

import pytest

from criteria.assessment import assess
from criteria.facts import Case, Finding, Study
from criteria.library import load


@pytest.mark.parametrize(("region", "bears"), [("wrist", False), ("shoulder", False), ("hip", True), ("foot", True)])
def test_where_the_bone_is_decides_whether_the_topic_bears(region: str, bears: bool) -> None:
    told = (Finding("fracture", region=region), Finding("bone_film_clear"), Finding("trauma", "absent"))
    found = assess(Case(date(2026, 11, 22), study=Study("bone-scan"), findings=told), load())
    result = {guideline.id: guideline.result for guideline in found.guidelines}
    assert (result.get("acr-stress-fracture-2024") == "arguable") is bears
