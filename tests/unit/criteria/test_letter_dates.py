"""What a letter says of its own deadline, beside what the rules give; and when a call is still open."""

from __future__ import annotations

from datetime import date

import pytest

from criteria.deadlines import deadlines_for
from criteria.facts import Case, Denial, PeerToPeer, Plan, StatedDeadline, Study
from criteria.results import Deadline
from criteria.right_step import call_is_open, right_step

TODAY = date(2026, 11, 22)


def clocks(plan: Plan, denial: Denial) -> dict[str, Deadline]:
    return {deadline.clock: deadline for deadline in deadlines_for(plan, denial, TODAY)}


def test_the_time_a_plan_sets_for_the_second_appeal_is_that_steps_date() -> None:
    denial = Denial(notice_date=date(2026, 11, 5), level="internal_upheld", appeal_deadline=StatedDeadline(days=45))
    found = clocks(Plan("erisa_self_funded"), denial)
    assert found["second_level"].safe == date(2026, 12, 20)
    assert "Your letter says" not in " ".join(found["external_review"].warnings)
    assert found["external_review"].check_letter


def test_a_time_for_the_outside_review_is_not_taken_for_the_second_appeal() -> None:
    stated = StatedDeadline(words="within four months you may ask for an external review", days=120)
    denial = Denial(notice_date=date(2026, 11, 5), level="internal_upheld", appeal_deadline=stated)
    assert clocks(Plan("erisa_self_funded"), denial)["second_level"].safe is None


@pytest.mark.parametrize("day", [date(2026, 10, 28), date(2026, 10, 1)])
def test_a_date_no_later_than_the_letter_is_no_deadline(day: date) -> None:
    denial = Denial(notice_date=date(2026, 10, 28), level="initial", appeal_deadline=StatedDeadline(date=day))
    for plan in ("erisa_insured", "other"):
        said = " ".join(clocks(Plan(plan), denial)["internal_appeal"].warnings)
        assert "cannot be one" in said and f"{day:%B} {day.day}" not in said


def test_the_sixty_five_days_of_a_letter_are_told_beside_the_safe_date() -> None:
    denial = Denial(notice_date=date(2026, 9, 25), level="initial", appeal_deadline=StatedDeadline(days=65))
    found = clocks(Plan("medicare_advantage"), denial)["internal_appeal"]
    said = " ".join(found.warnings)
    assert (found.safe, found.outer) == (date(2026, 11, 24), date(2026, 11, 29))
    assert "Only" not in said and "65 days (Sunday, November 29, 2026" in said and "the rule allows that too" in said


def call(status: str | None, by: date | None = None, **denial: object) -> Case:
    return Case(
        TODAY,
        study=Study("mri-knee"),
        plan=Plan("erisa_insured", "UnitedHealthcare"),
        denial=Denial(service="pre", level="initial", **denial),  # type: ignore[arg-type]
        peer_to_peer=PeerToPeer(status, by),
    )


@pytest.mark.parametrize(
    ("case", "is_open"),
    [
        (call(None), False),
        (call("done_upheld"), False),
        (call("offered"), None),
        (call("scheduled"), True),
        (call("offered", date(2026, 11, 20)), False),
        (call("offered", date(2026, 11, 30)), True),
        (call("offered", notice_date=date(2026, 10, 20)), False),  # the payer's published window is over
        (call("offered", notice_date=date(2026, 11, 16)), True),
    ],
)
def test_a_call_is_open_only_where_that_is_known(case: Case, is_open: bool | None) -> None:
    found = deadlines_for(case.plan, case.denial, TODAY)
    assert call_is_open(case, found) is is_open
    step, why = right_step(case, "met", (), (), found)
    assert (step == "peer_to_peer") is (is_open is not False)
    assert ("is open and can settle" in why) is (is_open is True)
    assert ("Ask today" in why) is (is_open is None)
