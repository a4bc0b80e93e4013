"""Deadlines: for each clock of a denial the safe date, and the outer date that the rule itself may allow.

The safe date counts from the date printed on the notice, with no time for mailing and no moving over weekends. The
outer date takes the better start, mail presumption and weekend rule that the rule gives; it is None where the rule was
not read.
The rules, their citations and sources are the records of `library/deadlines.yml`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from criteria import legal_days
from criteria.deadline_rows import UNKNOWN, Row, Table, load
from criteria.facts import Denial, Plan
from criteria.ids import PLAN_TYPES
from criteria.results import Deadline

FOLLOW_THE_LETTER = "If your letter gives a different date, follow the letter, and use the earlier of the two."

_ORDER = ("expedited", "internal_appeal", "second_level", "external_review", "peer_to_peer", "plan_decision")
_FILING = ("internal_appeal", "second_level", "external_review")
_FUNDING_DECIDES = ("employer_unknown_funding", "government_or_church")
"""Plan types that go the state's or the federal way depending on who pays the claims, which the type does not say."""
_TWO_LEVELS = ("erisa_self_funded", "erisa_insured", "individual_aca", *_FUNDING_DECIDES)
"""Plan types whose outside review follows one or two appeals inside the plan."""
_LAST_YEAR = 9000
"""A notice date past this year would overflow the calendar; it is a slip of the pen, so nothing is counted from it."""


def deadlines_for(plan: Plan, denial: Denial, today: date, table: Table | None = None) -> tuple[Deadline, ...]:
    """Every clock that runs after this decision, the next filing first and the plan's own time to answer last.

    `denial.level` is the decision in hand; none said is taken as the first denial, with `check_letter`. A denial that
    has not happened (`denied: False`) has no clocks. `safe` is None where there is nothing to count from or the rule
    gives no number; then `rule` says what to look for in the letter. Where the letter states an earlier date for the
    only step open, that is the safe date. `table` is the library's; without one the project's own is read. Raises
    nothing for any dates; LibraryError if the table is broken.
    """
    if denial.denied is False:
        return ()
    table = table or load()
    rows = sorted(_applicable(table.rows, plan, denial), key=lambda row: _ORDER.index(row.clock))
    filing = [row for row in rows if row.clock in _FILING]
    alone = len({row.clock for row in filing}) == 1
    # Where the plan sets the time of the next step, the time that the letter gives is that step's.
    first = filing[0] if filing and filing[0].n is None and not alone else None
    first = first if first and _stated(denial, "", today) and not _of_outside(denial) else None
    return tuple(_deadline(table, row, plan, denial, today, alone, row is first, bool(first)) for row in rows)


def _of_outside(denial: Denial) -> bool:
    """Whether the time that the letter gives is, by its words, that of the review outside the plan."""
    words = (denial.appeal_deadline.words or "").lower()
    return any(word in words for word in ("external", "outside", "independent", "opm"))


def _applicable(rows: Iterable[Row], plan: Plan, denial: Denial) -> list[Row]:
    plan_type = plan.type if plan.type in PLAN_TYPES else UNKNOWN
    urgent = bool(denial.urgent) and denial.service != "post"  # a bill for a test already done is never urgent
    now = [row for row in rows if _in_force(row, denial.notice_date)]
    own_row = {state for row in now for state in row.states}
    state = plan.state if plan.state in own_row else UNKNOWN
    return [
        row
        for row in now
        if plan_type in row.plans
        and (denial.level or "initial") in row.levels
        and (not row.states or state in row.states)
        and (not row.services or denial.service is None or denial.service in row.services)
        and row.urgent in (None, urgent)
        and (not row.payers or _reviews_itself(plan, row.payers))
    ]


def _in_force(row: Row, on: date | None) -> bool:
    if on is None:
        return row.effective_to is None
    return (row.effective_from or on) <= on <= (row.effective_to or on)


def _reviews_itself(plan: Plan, payers: tuple[str, ...]) -> bool:
    """Whether the payer is one of these, and the review was not handed to somebody else."""

    def named(name: str | None) -> bool:
        return "".join(filter(str.isalpha, name or "")).lower().startswith(payers)

    return named(plan.payer) and (plan.reviewer is None or named(plan.reviewer))


def _deadline(
    table: Table, row: Row, plan: Plan, denial: Denial, today: date, alone: bool, its_own: bool, of_another: bool
) -> Deadline:
    """`alone`: no other step is open. `its_own`: the time that the letter gives is this step's, `of_another`: some
    other's."""
    if row.clock == "plan_decision":
        return Deadline(row.id, row.clock, row.rule, row.cite, check_letter=row.check_letter)
    second_letter = row.only_first_letter and denial.level == "second_upheld"
    safe, outer = (None, None) if second_letter else _dates(row, denial, today)
    follow = "follow the earlier of the two" if safe or outer else "go by your letter"
    notice = _notice(denial)
    bears = row.clock in _FILING and (its_own or not of_another)
    stated = _stated(denial, follow, today) if bears else None
    # The time that we take for the next step's may after all be this one's.
    conflict = of_another and not its_own and row.clock in _FILING
    if its_own and stated and stated.day:
        safe = stated.day
    elif stated and stated.day and safe and outer and safe < stated.day <= outer:
        stated = _stated(denial, "the rule allows that too, and the date that we give is earlier, to be safe", today)
    if stated and stated.day and safe and notice and not its_own:
        conflict = not safe <= stated.day <= (outer or safe)
        # The letter's date is the one to keep when it is earlier and can mean no other step than this one.
        if alone and notice <= stated.day < safe:
            safe = stated.day
    doubts = _doubts(row, plan, denial, today)
    last = safe or outer
    dated = [FOLLOW_THE_LETTER] if last else []
    filed = f" {table.filed[row.filed]}" if last and row.clock in _FILING else ""
    near = last is not None and last - today <= timedelta(days=7)
    return Deadline(
        id=row.id,
        clock=row.clock,
        rule=row.rule + filed,
        cite=row.cite,
        safe=safe,
        outer=outer,
        filed_when=row.filed,
        check_letter=row.check_letter or bool(doubts) or conflict or near,
        warnings=(*_timing(table, safe, outer, plan, today), *([stated.say] if stated else []), *doubts, *dated),
    )


@dataclass(frozen=True)
class _Stated:
    """The deadline that the letter itself gives: in words, and as a date where it can be counted."""

    say: str
    day: date | None


def _stated(denial: Denial, follow: str, today: date) -> _Stated | None:
    given, notice = denial.appeal_deadline, _notice(denial)
    if given.date:
        if notice and given.date <= notice:
            when = "before its own date" if given.date < notice else "its own date"
            return _Stated(
                f"What we read as the letter's deadline is {when}, so it cannot be one. Look in the letter for the "
                "last day to appeal.",
                None,
            )
        if notice is None and given.date < today:
            return _Stated(
                f"Your letter names {_long(given.date)}, which has passed. Check if that is the letter's own date or "
                "the last day to appeal.",
                None,
            )
        return _Stated(f"Your letter says {_long(given.date)}: {follow}.", given.date)
    if given.days and notice and 0 < given.days < 10_000:
        day = notice + timedelta(days=given.days)
        counted = f"{given.days} days ({_long(day)}, counted from its date)"
        return _Stated(f"Your letter says {counted}: {follow}.", day)
    words = given.words or (f"{given.days} days" if given.days else None)
    return _Stated(f"Your letter says “{words}”: {follow}.", None) if words else None


def _notice(denial: Denial) -> date | None:
    notice = denial.notice_date
    return notice if notice and notice.year < _LAST_YEAR else None


def _received(denial: Denial, today: date) -> date | None:
    """The day of receipt, unless it contradicts the notice's date or has not come yet."""
    notice, received = _notice(denial), denial.received_date
    return received if notice and received and notice <= received <= today else None


def _dates(row: Row, denial: Denial, today: date) -> tuple[date | None, date | None]:
    notice = _notice(denial)
    if notice is None:
        return None, None
    safe = _count(notice, row.n, row.unit, "last_day_of_month") if row.n is not None else None
    number = row.n if row.n_outer is None else row.n_outer
    if number is None or not row.show_outer:
        return safe, None
    start = notice
    if row.start == "receipt":
        start = _received(denial, today) or notice + timedelta(days=row.presume)
    outer = _count(start, number, row.unit, row.month_rule)
    return safe, legal_days.business_day_from(outer) if row.roll == "weekend_federal_holiday" else outer


def _count(start: date, number: int, unit: str, month_rule: legal_days.MonthRule) -> date:
    """Day 0 is the start; day N is N calendar days later."""
    if unit == "day":
        return start + timedelta(days=number)
    return legal_days.add_months(start, number, month_rule)


def _doubts(row: Row, plan: Plan, denial: Denial, today: date) -> list[str]:
    """What in the case keeps these dates from being sure, each with what to check."""
    notice, received = _notice(denial), denial.received_date
    counts = row.n is not None or row.n_outer is not None
    doubts = []
    if denial.level is None and plan.type in PLAN_TYPES:
        doubts.append(
            "We took this as the first denial. If you have already appealed, tell us: the next step has another date."
        )
    if row.only_first_letter and denial.level == "second_upheld":
        doubts.append("The time runs from the first final denial, not from this letter. Find the date on that one.")
    elif row.clock == "external_review" and denial.level == "second_upheld" and plan.type in _TWO_LEVELS:
        doubts.append(
            "If the second appeal was your choice, the time may have begun with the answer to the first. "
            "Look in both letters."
        )
    if row.clock == "external_review" and plan.type in _FUNDING_DECIDES:
        doubts.append(
            "Your letter says whether the state or the federal review is yours. It depends on who pays the claims."
        )
    if denial.level == "external_upheld" and "second_upheld" in row.levels and counts:
        doubts.append("Which step is next depends on who wrote the newest letter. Look at its first page.")
    if plan.type == "medicare_original" and denial.service == "pre":
        doubts.append(
            "Original Medicare appeals are about a test already done. If yours is still ahead, ask the sender what "
            "this letter is."
        )
    if notice is None and counts:
        doubts.append("We need the date printed on the letter, often at the top of the first page.")
    if notice and notice > today:
        doubts.append(f"The date on the letter, {_long(notice)}, has not come yet. Check the day and the year.")
    if notice and received and received < notice:
        doubts.append(
            f"You got it on {_long(received)}, before the date on the letter. Check both; we counted from the letter's "
            "date."
        )
    elif received and received > today:
        doubts.append(f"The day you got the letter, {_long(received)}, has not come yet. We left it out; check it.")
    elif notice and received and row.start == "receipt" and received - notice > timedelta(days=30):
        doubts.append(
            "The letter reached you more than 30 days after its date. Keep the envelope or other proof of the day it "
            "came."
        )
    return doubts


def _timing(table: Table, safe: date | None, outer: date | None, plan: Plan, today: date) -> list[str]:
    """Weekend or holiday, few days left, or passed."""
    last = safe or outer
    if last is None:
        return []
    if last < today:
        if outer and today <= outer:
            return [
                f"The safe date has passed, but the rule may allow until {_long(outer)}. File today, and keep proof."
            ]
        plan_type = plan.type if plan.type in PLAN_TYPES else UNKNOWN
        return [f"This date has passed. {_help(table, plan_type)}"]
    warnings = []
    file_by = legal_days.business_day_until(last)
    if file_by != last:
        name = legal_days.holiday(last)
        weekend = [f"a {last:%A}"] if last.weekday() > 4 else []
        why = " and ".join(weekend + ([f"a federal holiday ({name})"] if name else []))
        when = f"File by {_long(file_by)}." if file_by >= today else "File today, online or by fax."
        warnings.append(f"{_day(last)} is {why}. {when}")
    left = (last - today).days
    if left <= 7 and outer and outer > last:
        count = "Today is" if left == 0 else f"In {left} day{'' if left == 1 else 's'} comes"
        warnings.append(
            f"{count} the date that we give to be safe; the rule may allow until {_long(outer)}. Send it online or by "
            "fax, and keep the proof that it arrived."
        )
    elif left <= 7:
        count = "This is the last day" if left == 0 else f"Only {left} day{'' if left == 1 else 's'} left"
        warnings.append(f"{count}. Send it online or by fax, and keep the proof that it arrived.")
    return warnings


def _help(table: Table, plan_type: str) -> str:
    return next(entry.say for entry in table.late if plan_type in entry.plans)


def _long(day: date) -> str:
    """A date as a letter writes it: Friday, July 3, 2026."""
    return f"{day:%A}, {_day(day)}"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
