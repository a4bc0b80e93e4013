"""Deadlines: the hand-worked table, what makes a person check the letter, and what holds for every date."""

from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from criteria import deadline_rows, ids, legal_days
from criteria.deadlines import FOLLOW_THE_LETTER, deadlines_for
from criteria.facts import Denial, Plan, StatedDeadline
from criteria.results import Deadline
from criteria.strict_yaml import LibraryError

VECTORS = yaml.safe_load((Path(__file__).parent / "deadline_vectors.yml").read_text("utf-8"))
FILING = ("expedited", "internal_appeal", "second_level", "external_review")
NOTICE = date(2026, 11, 2)
TODAY = date(2026, 11, 21)


def run(plan: Plan, today: date = TODAY, **denial: object) -> dict[str, Deadline]:
    given = {"notice_date": NOTICE, "level": "initial", **denial}
    return {item.id: item for item in deadlines_for(plan, Denial(**given), today)}  # type: ignore[arg-type]


def text(item: Deadline) -> str:
    return " ".join((item.rule, *item.warnings))


@pytest.mark.parametrize("case", VECTORS, ids=lambda c: f"{c['rule']}-{c['notice']}-{c.get('state', '')}")
def test_hand_worked_dates(case: dict) -> None:
    today = case.get("received", case["notice"])
    denial = Denial(
        notice_date=case["notice"],
        received_date=case.get("received"),
        level=case.get("level", "initial"),
        service=case.get("service"),
        urgent=case.get("urgent"),
    )
    found = {d.id: d for d in deadlines_for(Plan(case["plan"], state=case.get("state")), denial, today)}
    item = found[case["rule"]]
    assert (item.safe, item.outer) == (case["safe"], case["outer"])
    assert item.check_letter is (case.get("check_letter", False) or (item.safe or today) - today <= timedelta(7))
    for warning in case.get("warns", []):
        assert warning in text(item)


def test_every_plan_and_level_has_a_next_step() -> None:
    for plan_type in (*ids.PLAN_TYPES, None):
        for level in (*ids.LEVELS, None):
            found = run(Plan(plan_type), level=level)
            assert any(item.clock in FILING for item in found.values()), (plan_type, level)


@pytest.mark.parametrize("plan_type", [None, "chip", "va", "other"])
def test_a_plan_outside_the_table_gets_no_date_but_is_told_what_to_look_for(plan_type: str | None) -> None:
    for level in ids.LEVELS:
        for item in run(Plan(plan_type), level=level).values():
            assert item.safe is None and item.outer is None and item.check_letter
            assert "ook in the" in item.rule or "ook for it in" in item.rule


def test_without_a_notice_date_nothing_is_counted() -> None:
    item = run(Plan("medicare_advantage"), notice_date=None, received_date=date(2026, 11, 5))["ma_reconsideration"]
    assert item.safe is None and item.outer is None and item.check_letter
    assert "date printed on the letter" in text(item)


def test_a_year_that_ends_the_calendar_is_no_notice_date() -> None:
    item = run(Plan("erisa_insured"), notice_date=date.max)["erisa_internal_1"]
    assert item.safe is None and item.outer is None and item.check_letter


def test_an_unknown_level_is_counted_as_the_first_and_doubted() -> None:
    item = run(Plan("medicare_advantage"), level=None)["ma_reconsideration"]
    assert item.safe == date(2027, 1, 1) and item.check_letter and "first denial" in text(item)


def test_nobody_has_denied_it_yet_so_no_clock_runs() -> None:
    assert run(Plan("medicare_advantage"), denied=False) == {}


def test_every_dated_step_says_to_follow_the_letter() -> None:
    for case in VECTORS:
        for item in run(Plan(case["plan"], state=case.get("state")), level=case.get("level", "initial")).values():
            assert (FOLLOW_THE_LETTER in item.warnings) == bool(item.safe or item.outer)


def test_the_medicare_plan_forwards_level_two_itself() -> None:
    found = run(Plan("medicare_advantage"), level="internal_upheld")
    assert list(found) == ["ma_level_2"]
    assert found["ma_level_2"].check_letter and found["ma_level_2"].safe is None


def test_the_judge_is_doubted_when_the_newest_letter_may_be_the_judges() -> None:
    found = run(Plan("medicare_advantage"), level="external_upheld")
    assert {"ma_alj", "medicare_council"} <= set(found) and found["ma_alj"].check_letter
    assert not run(Plan("medicare_advantage"), level="second_upheld")["ma_alj"].check_letter


@pytest.mark.parametrize("plan_type", ["employer_unknown_funding", "government_or_church"])
def test_when_funding_is_unknown_both_outside_reviews_are_shown(plan_type: str) -> None:
    found = run(Plan(plan_type, state="OH"), level="internal_upheld")
    assert found["federal_external"].check_letter and found["oh_ext"].check_letter
    assert found["federal_external"].safe == date(2027, 3, 2) and found["oh_ext"].safe == date(2027, 5, 1)


def test_a_bought_plan_has_one_level_inside_and_a_self_funded_one_no_state_review() -> None:
    assert set(run(Plan("individual_aca", state="OH"), level="internal_upheld")) == {"oh_ext"}
    self_funded = run(Plan("erisa_self_funded", state="OH"), level="internal_upheld")
    assert {"erisa_internal_2", "federal_external"} <= set(self_funded) and "oh_ext" not in self_funded


def test_urgent_comes_first_for_tricare_and_brings_the_72_hours_elsewhere() -> None:
    assert next(iter(run(Plan("tricare"), urgent=True, service="pre"))) == "tricare_expedited"
    assert "tricare_recon" in run(Plan("tricare"), urgent=True, service="pre")
    for plan_type in ("erisa_insured", "medicare_advantage", "medicaid_managed", "fehb"):
        clocks = [d for d in run(Plan(plan_type), urgent=True, service="pre").values() if d.clock == "plan_decision"]
        assert len(clocks) == 1 and "72 hours" in clocks[0].rule


def test_a_bill_for_a_test_already_done_is_never_urgent() -> None:
    assert "tricare_expedited" not in run(Plan("tricare"), urgent=True, service="post")
    decisions = [d.rule for d in run(Plan("medicare_advantage"), urgent=True, service="post").values()]
    assert not any("72 hours" in rule for rule in decisions) and any("60 days of getting it" in r for r in decisions)


@pytest.mark.parametrize(("service", "days"), [("pre", "30 days"), ("post", "60 days")])
def test_the_plans_own_time_follows_the_service(service: str, days: str) -> None:
    clocks = [d for d in run(Plan("erisa_insured"), service=service).values() if d.clock == "plan_decision"]
    assert len(clocks) == 1 and days in clocks[0].rule and clocks[0].safe is None


def test_peer_to_peer_only_where_a_window_is_published_and_it_moves_nothing() -> None:
    with_call = run(Plan("erisa_insured", payer="United Healthcare of Ohio"))
    call = with_call["uhc_peer_to_peer"]
    assert call.safe == date(2026, 11, 23) and call.outer is None and call.check_letter
    without = run(Plan("erisa_insured", payer="Example Health"))
    assert "uhc_peer_to_peer" not in without
    assert with_call["erisa_internal_1"] == without["erisa_internal_1"]
    for other in (
        Plan("erisa_insured", payer="UHC", reviewer="eviCore"),
        Plan("medicare_advantage", payer="UHC"),
        Plan(None, payer="UHC"),
    ):
        assert "uhc_peer_to_peer" not in run(other)
    assert "uhc_peer_to_peer" not in run(Plan("erisa_insured", payer="UHC"), service="post")


def test_an_earlier_date_in_the_letter_is_the_one_to_keep() -> None:
    stated = StatedDeadline(date=date(2026, 12, 15))
    item = run(Plan("medicare_advantage"), appeal_deadline=stated)["ma_reconsideration"]
    assert item.safe == date(2026, 12, 15) and item.outer == date(2027, 1, 6) and item.check_letter
    assert "Your letter says Tuesday, December 15, 2026: follow the earlier of the two." in item.warnings


def test_a_later_date_in_the_letter_moves_nothing_and_is_flagged() -> None:
    stated = StatedDeadline(date=date(2027, 4, 15))
    item = run(Plan("medicare_advantage"), appeal_deadline=stated)["ma_reconsideration"]
    assert item.safe == date(2027, 1, 1) and item.outer == date(2027, 1, 6) and item.check_letter


@pytest.mark.parametrize("days", [60, 65])
def test_a_letter_that_agrees_with_the_rule_is_no_conflict(days: int) -> None:
    item = run(Plan("medicare_advantage"), appeal_deadline=StatedDeadline(days=days))["ma_reconsideration"]
    assert item.safe == date(2027, 1, 1) and not item.check_letter
    assert f"Your letter says {days} days" in text(item)


def test_days_in_the_letter_are_counted_from_its_date() -> None:
    item = run(Plan("erisa_insured"), appeal_deadline=StatedDeadline(days=90))["erisa_internal_1"]
    assert item.safe == date(2027, 1, 31) and item.check_letter and "January 31, 2027" in text(item)


def test_a_date_in_the_letter_that_may_mean_another_step_moves_nothing() -> None:
    found = run(Plan("erisa_self_funded"), level="internal_upheld", appeal_deadline=StatedDeadline(days=60))
    assert found["federal_external"].safe == date(2027, 3, 2) and found["federal_external"].check_letter


def test_a_stated_date_before_the_letter_itself_is_not_used() -> None:
    stated = StatedDeadline(date=date(2026, 1, 2))
    item = run(Plan("medicare_advantage"), appeal_deadline=stated)["ma_reconsideration"]
    assert item.safe == date(2027, 1, 1) and "before its own date" in text(item)


def test_words_alone_are_quoted() -> None:
    stated = StatedDeadline(words="within the time shown on page 2")
    item = run(Plan("other"), appeal_deadline=stated)["other_plan"]
    assert "“within the time shown on page 2”" in text(item)


@pytest.mark.parametrize(
    ("received", "says"),
    [
        (date(2026, 10, 30), "before the date on the letter"),
        (date(2026, 12, 24), "has not come yet"),
    ],
)
def test_a_day_of_receipt_that_cannot_be_is_left_out(received: date, says: str) -> None:
    item = run(Plan("medicare_advantage"), received_date=received)["ma_reconsideration"]
    assert (item.safe, item.outer) == (date(2027, 1, 1), date(2027, 1, 6))
    assert item.check_letter and says in text(item)


def test_a_late_day_of_receipt_counts_for_the_outer_date_and_asks_for_proof() -> None:
    item = run(Plan("erisa_insured"), received_date=date(2026, 12, 20), today=date(2026, 12, 21))["erisa_internal_1"]
    assert item.safe == date(2027, 5, 1) and item.outer == date(2027, 6, 18) and "proof" in text(item)
    assert item.check_letter


def test_a_notice_from_the_future_is_doubted() -> None:
    item = run(Plan("medicaid_managed"), notice_date=date(2027, 1, 4))["medicaid_mco"]
    assert item.safe == date(2027, 3, 5) and item.check_letter and "has not come yet" in text(item)


@pytest.mark.parametrize(
    ("today", "says"),
    [
        (date(2027, 1, 4), None),
        (date(2027, 1, 11), "In 7 days comes the date that we give to be safe"),
        (date(2027, 1, 17), "In 1 day comes the date that we give to be safe"),
        (date(2027, 1, 18), "Today is the date that we give to be safe; the rule may allow until"),
        (date(2027, 1, 19), "may allow until Saturday, January 23, 2027"),
        (date(2027, 1, 24), "This date has passed. You may still file."),
    ],
)
def test_the_days_left_are_said_and_the_door_is_never_shut(today: date, says: str | None) -> None:
    plan = Plan("medicare_advantage")
    item = run(plan, notice_date=date(2026, 11, 19), today=today)["ma_reconsideration"]
    assert item.safe == date(2027, 1, 18)
    if says is None:
        assert not item.check_letter and "left" not in text(item)
    else:
        assert says in text(item) and item.check_letter
    assert "too late" not in text(item)


@pytest.mark.parametrize("plan_type", ids.PLAN_TYPES)
def test_a_passed_date_leads_on_for_every_plan(plan_type: str) -> None:
    found = run(Plan(plan_type), today=date(2030, 1, 1))
    dated = [item for item in found.values() if item.safe or item.outer]
    for item in dated:
        assert "This date has passed. You may still" in text(item) and item.check_letter
    assert dated or plan_type in ("chip", "va", "other")


def test_a_last_day_on_a_holiday_asks_for_the_business_day_before() -> None:
    item = run(Plan("medicare_advantage"))["ma_reconsideration"]
    assert "January 1, 2027 is a federal holiday (New Year's Day). File by Thursday, December 31, 2026." in (
        item.warnings
    )


def test_a_last_day_on_a_weekend_that_has_begun_says_today() -> None:
    item = run(Plan("medicaid_managed"), notice_date=date(2026, 11, 4), today=date(2027, 1, 2))["medicaid_mco"]
    assert item.safe == date(2027, 1, 3) and "is a Sunday. File today, online or by fax." in text(item)


def test_federal_holidays_of_2026() -> None:
    days = (date(2026, 1, 1) + timedelta(n) for n in range(365))
    assert [day.isoformat()[5:] for day in days if legal_days.holiday(day)] == [
        "01-01", "01-19", "02-16", "05-25", "06-19", "07-04", "09-07", "10-12", "11-11", "11-26", "12-25",
    ]  # fmt: skip


def test_juneteenth_is_a_holiday_from_2021() -> None:
    assert legal_days.holiday(date(2020, 6, 19)) is None and legal_days.holiday(date(2021, 6, 19)) == "Juneteenth"


DATES = st.dates(date(1990, 1, 1), date(2100, 12, 31))
PLANS = st.builds(
    Plan,
    type=st.sampled_from((None, *ids.PLAN_TYPES, "something_else")),
    payer=st.sampled_from((None, "UHC", "Example Health")),
    state=st.sampled_from((None, *ids.STATES, "XX")),
)
STATED = st.builds(StatedDeadline, days=st.none() | st.integers(-5, 20_000), date=st.none() | DATES)
DENIALS = st.builds(
    Denial,
    notice_date=st.none() | DATES | st.dates(),
    received_date=st.none() | DATES,
    service=st.sampled_from((None, *ids.SERVICES)),
    level=st.sampled_from((None, *ids.LEVELS)),
    urgent=st.none() | st.booleans(),
    appeal_deadline=STATED,
)


@given(PLANS, DENIALS, DATES)
@settings(max_examples=300)
def test_for_any_dates_there_is_an_answer_and_safe_is_never_after_outer(
    plan: Plan, denial: Denial, today: date
) -> None:
    found = deadlines_for(plan, denial, today)
    assert any(item.clock in FILING for item in found)
    for item in found:
        assert item.rule and item.cite and item.clock in ids.CLOCKS
        assert item.safe is None or item.outer is None or item.safe <= item.outer
        assert item.safe or item.check_letter or item.clock == "plan_decision"


@given(PLANS, DENIALS, DATES, DATES)
@settings(max_examples=200)
def test_an_earlier_notice_never_gives_a_later_safe_date(plan: Plan, denial: Denial, one: date, two: date) -> None:
    plain = {"level": denial.level, "service": denial.service, "urgent": denial.urgent}
    # From 2024, so that both dates fall under the same rules.
    early, late = sorted(day.replace(year=2024 + day.year % 50, day=min(day.day, 28)) for day in (one, two))
    first = {d.id: d for d in deadlines_for(plan, Denial(notice_date=early, **plain), TODAY)}
    second = {d.id: d for d in deadlines_for(plan, Denial(notice_date=late, **plain), TODAY)}
    assert set(first) == set(second)
    for name, item in first.items():
        other = second[name].safe
        assert (item.safe is None) == (other is None)
        assert item.safe is None or other is None or item.safe <= other


@given(DATES, st.integers(0, 60), st.sampled_from(("last_day_of_month", "first_of_next_if_no_day")))
def test_months_are_never_skipped(start: date, months: int, rule: legal_days.MonthRule) -> None:
    end = legal_days.add_months(start, months, rule)
    passed = (end.year - start.year) * 12 + end.month - start.month
    if rule == "last_day_of_month":
        assert passed == months and end.day <= start.day
    else:
        assert (passed, end.day) in {(months, start.day), (months + 1, 1)}
    assert end - legal_days.add_months(start, months, "last_day_of_month") <= timedelta(days=1)


@given(DATES)
def test_the_business_days_around_a_date(day: date) -> None:
    before, after = legal_days.business_day_until(day), legal_days.business_day_from(day)
    assert before <= day <= after and after - before <= timedelta(days=6)
    assert legal_days.is_business_day(before) and legal_days.is_business_day(after)


def test_no_outer_date_rests_on_a_rule_that_was_not_read() -> None:
    table = deadline_rows.load()
    assert {row.id for row in table.rows if row.status == "unverified" and row.n is not None} >= {"ffs_qic"}
    assert not [row.id for row in table.rows if row.status == "unverified" and row.show_outer]


BROKEN = """
sources:
  law: {title: A law, edition: "2026", url: null, checked_on: 2026-11-21, recheck_after: 2027-05-21}
filed: {received: a, postmark_or_received: b, see_notice: c}
late: [{plans: [unknown], say: Ask.}]
rows:
  some_rule:
    clock: internal_appeal
    plans: [tricare]
    levels: [initial]
    n: 90
    rule: You have 90 days.
    cite: A law
    source: [law]
    status: verified
    effective: {from: null, to: null}
"""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("n: 90", "n: ninety"), "'n: ninety' must be a whole number"),
        (("n: 90", "days: 90"), "unknown key 'days'"),
        (("plans: [tricare]", "plans: [tricar]"), "did you mean 'tricare'"),
        (("source: [law]", "source: [lore]"), "'source: lore' is not known"),
        (("status: verified", "status: unverified"), "must say 'check_letter: true'"),
        (("n: 90", "n: null"), "must say 'check_letter: true'"),
        (("cite: A law", "cite: ''"), "'cite' must be words"),
        (("n: 90", "n: 90\n    n: 91"), "stands twice"),
        (("n: 90", "n: 90\n    use: some_rule"), "'n' cannot stand here too"),
        (("recheck_after: 2027-05-21", "recheck_after: 2026-05-21"), "later 'recheck_after'"),
        (("to: null}\n", "until: null}\n"), "unknown key 'until'"),
    ],
)
def test_a_broken_table_says_where_and_what(tmp_path: Path, change: tuple[str, str], message: str) -> None:
    path = tmp_path / "deadlines.yml"
    path.write_text(BROKEN, "utf-8")
    assert [row.id for row in deadline_rows.load(path).rows] == ["some_rule"]
    deadline_rows.load.cache_clear()
    path.write_text(BROKEN.replace(*change), "utf-8")
    with pytest.raises(LibraryError) as caught:
        deadline_rows.load(path)
    assert message in str(caught.value) and "deadlines.yml:" in str(caught.value)
