"""The deadline table, `library/deadlines.yml`: one record a rule, read strictly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, cast, get_args

from criteria import ids, strict_yaml
from criteria.legal_days import MonthRule
from criteria.strict_yaml import Node

PATH = Path(__file__).parent / "library" / "deadlines.yml"
UNKNOWN = "unknown"
"""Stands in `plans` for a plan type nobody has said, and in `states` for a state without a row of its own."""

Filed = Literal["received", "postmark_or_received", "see_notice"]
_STATUSES = ("verified", "paraphrased", "unverified")


@dataclass(frozen=True)
class RuleSource:
    """A text that rules rest on, and when it was read."""

    id: str
    title: str
    edition: str
    url: str | None
    checked_on: date
    recheck_after: date


@dataclass(frozen=True)
class Row:
    """One filing rule, or one clock of the plan's.

    `n` counts days or months (None: the rule gives no number to count); `n_outer` is a later number that only the
    letter can confirm. `presume` is the days of mailing added to the notice date when nobody knows the day of receipt.
    Empty `services` or `states` mean any; `urgent` None means either. `payers` are beginnings of payer names, letters
    only, and empty means any. `only_first_letter`: counts from the first final denial even when a second appeal
    followed.
    """

    id: str
    clock: str
    plans: tuple[str, ...]
    levels: tuple[str, ...]
    services: tuple[str, ...]
    states: tuple[str, ...]
    payers: tuple[str, ...]
    urgent: bool | None
    n: int | None
    n_outer: int | None
    unit: str
    start: str
    presume: int
    month_rule: MonthRule
    roll: str
    filed: Filed
    show_outer: bool
    check_letter: bool
    only_first_letter: bool
    rule: str
    cite: str
    sources: tuple[str, ...]
    status: str
    effective_from: date | None
    effective_to: date | None


@dataclass(frozen=True)
class Help:
    """What to do when a date has passed, by plan type."""

    plans: tuple[str, ...]
    say: str


@dataclass(frozen=True)
class Table:
    sources: dict[str, RuleSource]
    filed: dict[str, str]
    late: tuple[Help, ...]
    rows: tuple[Row, ...]


@lru_cache(maxsize=4)
def load(path: Path = PATH) -> Table:
    """The whole table. Raises LibraryError (file, line, record, remedy) for anything that does not fit."""
    content = strict_yaml.read(path)
    if not isinstance(content, Node):
        raise strict_yaml.LibraryError(f"{path}:1", "", "must be a mapping; add 'sources', 'filed', 'late' and 'rows'")
    content.check_keys({"sources", "filed", "late", "rows"})
    sources = {name: _source(name, node) for name, node in _records(content, "sources")}
    content.mapping("filed").check_keys({"received", "postmark_or_received", "see_notice"})
    raw = dict(_records(content, "rows"))
    rows = tuple(_row(name, node, raw, sources) for name, node in raw.items())
    late = tuple(_help(content, node) for node in content.sequence("late"))
    return Table(sources, dict(content["filed"]), late, rows)


def _records(content: Node, section: str) -> list[tuple[str, Node]]:
    node = content[section]
    if not isinstance(node, Node):
        raise content.error(f"'{section}' must map ids to records; write 'id:' and the record below it", section)
    for name, record in node.items():
        if not isinstance(record, Node):
            raise node.error(f"'{name}' must be a mapping; write its keys below it", name)
        record.record, record.line = name, node.lines[name]
    return list(node.items())


def _source(name: str, node: Node) -> RuleSource:
    node.check_keys({"title", "edition", "url", "checked_on", "recheck_after"})
    checked, recheck = node.date("checked_on"), node.date("recheck_after")
    if checked is None or recheck is None or recheck <= checked:
        raise node.error("needs 'checked_on' and a later 'recheck_after'; give the day it falls due", "recheck_after")
    return RuleSource(name, node.text("title"), node.text("edition"), node["url"], checked, recheck)


def _help(content: Node, node: Any) -> Help:
    if not isinstance(node, Node):
        raise content.error("each entry of 'late' must be a mapping; write plans: and say:", "late")
    node.check_keys({"plans", "say"})
    return Help(node.ids("plans", (*ids.PLAN_TYPES, UNKNOWN)), node.text("say"))


_COUNT = ("n", "n_outer", "unit", "start", "presume", "month_rule", "roll", "filed", "show_outer")


def _row(name: str, node: Node, raw: dict[str, Node], sources: dict[str, RuleSource]) -> Row:
    node.check_keys(
        {"clock", "plans", "levels", "rule", "cite", "source", "status", "effective"},
        {*_COUNT, "use", "services", "states", "payers", "urgent", "check_letter", "only_first_letter"},
    )
    count = node
    if "use" in node:
        count = raw[node.one_of("use", raw)]
        if doubled := [key for key in _COUNT if key in node]:
            raise node.error(f"'use' brings the count, so '{doubled[0]}' cannot stand here too; remove one", doubled[0])
    for key in ("n", "n_outer", "presume"):
        if (value := count.get(key)) is not None and (type(value) is not int or value < 0):
            raise count.error(f"'{key}: {value}' must be a whole number", key)
    for key in ("urgent", "show_outer", "check_letter", "only_first_letter"):
        if node.get(key) not in (None, True, False):
            raise node.error(f"'{key}: {node[key]}' must be true or false", key)
    check_letter = bool(node.get("check_letter", False))
    status = node.one_of("status", _STATUSES)
    if status == "unverified" and not check_letter:
        raise node.error("an unverified rule must say 'check_letter: true'", "status")
    if count.get("n") is None and not check_letter and node["clock"] != "plan_decision":
        raise node.error("a rule without a number must say 'check_letter: true'", "clock")
    effective = node["effective"]
    if not isinstance(effective, Node):
        raise node.error("'effective' must be {from: DATE or null, to: DATE or null}", "effective")
    effective.check_keys({"from", "to"})
    return Row(
        id=name,
        clock=node.one_of("clock", ids.CLOCKS),
        plans=node.ids("plans", (*ids.PLAN_TYPES, UNKNOWN)),
        levels=node.ids("levels", ids.LEVELS),
        services=node.ids("services", ids.SERVICES),
        states=node.ids("states", (*ids.STATES, UNKNOWN)),
        payers=tuple(node.get("payers", ())),
        urgent=node.get("urgent"),
        n=count.get("n"),
        n_outer=count.get("n_outer"),
        unit=count.one_of("unit", ("day", "month"), "day"),
        start=count.one_of("start", ("receipt", "notice_date"), "notice_date"),
        presume=count.get("presume", 0),
        month_rule=cast(MonthRule, count.one_of("month_rule", get_args(MonthRule), "last_day_of_month")),
        roll=count.one_of("roll", ("weekend_federal_holiday", "none_in_text"), "none_in_text"),
        filed=cast(Filed, count.one_of("filed", get_args(Filed), "see_notice")),
        show_outer=count.get("show_outer", True) and status != "unverified",
        check_letter=check_letter,
        only_first_letter=bool(node.get("only_first_letter", False)),
        rule=node.text("rule"),
        cite=node.text("cite"),
        sources=node.ids("source", sources),
        status=status,
        effective_from=effective.date("from"),
        effective_to=effective.date("to"),
    )
