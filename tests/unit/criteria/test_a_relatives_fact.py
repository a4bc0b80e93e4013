"""A relative's illness stands beside the patient's own and says nothing of it."""

from __future__ import annotations

from datetime import date

import pytest

from criteria.facts import Fact, Finding, Said, Status, case_of

TODAY = date(2026, 11, 21)


def _case(*statuses: Status) -> list[str]:
    facts = [Fact(Finding("breast_cancer", status), Said("patient", "…")) for status in statuses]
    return sorted(f.status for f in case_of(facts, TODAY).findings)


@pytest.mark.parametrize(
    ("told", "stands"),
    [
        (("present", "family"), ["family", "present"]),
        (("family", "present"), ["family", "present"]),
        (("family", "absent"), ["absent", "family"]),
        (("family", "family"), ["family"]),
        (("present", "absent"), ["absent"]),
    ],
)
def test_what_a_relative_has_replaces_nothing(told: tuple[Status, ...], stands: list[str]) -> None:
    assert _case(*told) == stands
