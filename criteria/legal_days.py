"""Counting days and months the way filing rules do: months of unequal length, weekends, federal holidays."""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from typing import Literal

MonthRule = Literal["last_day_of_month", "first_of_next_if_no_day"]

_MONDAY, _THURSDAY, _SATURDAY = 0, 3, 5


def add_months(start: date, months: int, rule: MonthRule) -> date:
    """The same day of the month, `months` later.

    Where that month has no such day: its last day, or with `first_of_next_if_no_day` the first day of the month after
    (45 CFR 147.136(d)(2)(i): October 30 and four months is March 1). Raises OverflowError past the year 9999.
    """
    years, month0 = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month0 + 1
    if year > date.max.year:
        raise OverflowError("date past the year 9999")
    last = calendar.monthrange(year, month)[1]
    if start.day <= last:
        return date(year, month, start.day)
    return date(year, month, last) + timedelta(days=0 if rule == "last_day_of_month" else 1)


def holiday(day: date) -> str | None:
    """The federal holiday of 5 U.S.C. 6103(a) on this very date, or None.

    The statutory dates only: the neighbouring day on which offices may close for a weekend holiday does not count.
    """
    fixed = {
        (1, 1): "New Year's Day",
        (7, 4): "Independence Day",
        (11, 11): "Veterans Day",
        (12, 25): "Christmas Day",
    }
    if day.year >= 2021:  # added to the statute in June 2021
        fixed[(6, 19)] = "Juneteenth"
    if name := fixed.get((day.month, day.day)):
        return name
    nth = (day.day - 1) // 7 + 1
    in_last_week = day.day + 7 > calendar.monthrange(day.year, day.month)[1]
    if day.weekday() == _MONDAY:
        if day.month == 5 and in_last_week:
            return "Memorial Day"
        return {
            (1, 3): "Martin Luther King Jr. Day",
            (2, 3): "Washington's Birthday",
            (9, 1): "Labor Day",
            (10, 2): "Columbus Day",
        }.get((day.month, nth))
    if day.weekday() == _THURSDAY and (day.month, nth) == (11, 4):
        return "Thanksgiving Day"
    return None


def is_business_day(day: date) -> bool:
    """Whether the day is no Saturday, Sunday or federal holiday."""
    return day.weekday() < _SATURDAY and holiday(day) is None


def business_day_from(day: date) -> date:
    """The day itself if it is a business day, else the next one."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day


def business_day_until(day: date) -> date:
    """The day itself if it is a business day, else the one before."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day
