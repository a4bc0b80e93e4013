"""Red flags: statements that change what must happen first, and how fast. The catalogue, and which of it a case raises.

Level E: an emergency, stop and send to emergency care. U: contact the clinician today, ask for expedited review. R: no
time danger by itself. A flag has *alternatives*: each is a set of findings that raises it, at that alternative's level.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Literal, cast

from criteria.facts import Case, Finding
from criteria.ids import ONSETS, REGIONS, SEVERITIES, SIDES, STATUSES, STUDIES
from criteria.results import Flag
from criteria.strict_yaml import Node, records

Level = Literal["E", "U", "R"]
LEVELS: tuple[Level, ...] = ("E", "U", "R")


@dataclass(frozen=True)
class Sign:
    """One condition of an alternative: some finding of `any_of`, with these qualifiers.

    `max_weeks`: not known to have lasted longer (a length nobody said passes). `within_weeks`: known not to have lasted
    longer. `regions` and `not_regions` look at the finding's own region; one nobody said passes both.
    """

    any_of: tuple[str, ...]
    statuses: tuple[str, ...] = ("present",)
    sides: tuple[str, ...] = ()
    onset: str | None = None
    severity: str | None = None
    regions: tuple[str, ...] = ()
    not_regions: tuple[str, ...] = ()
    max_weeks: float | None = None
    within_weeks: float | None = None


@dataclass(frozen=True)
class Alternative:
    """Signs that together raise a flag at `level`; only for `studies` where any are named; never with one `without`."""

    level: Level
    signs: tuple[Sign, ...]
    studies: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class RedFlag:
    """One red flag. `level` is the highest it can reach; `waives`: it usually drops the wait for conservative care."""

    id: str
    level: Level
    say: str
    term: str
    question: str
    regions: tuple[str, ...]
    waives: bool
    basis: str
    status: Literal["verified", "paraphrased", "unverified"]
    when: tuple[Alternative, ...] = ()
    sources: tuple[str, ...] = ()

    @cached_property
    def finding_ids(self) -> frozenset[str]:
        """Every finding that bears on it."""
        return frozenset(
            name
            for alternative in self.when
            for names in (*(s.any_of for s in alternative.signs), alternative.without)
            for name in names
        )


def load_red_flags(path: Path) -> dict[str, RedFlag]:
    """The catalogue by id. Raises LibraryError with file and line for a record that cannot be used.

    Whether a finding or a source exists is checked by whoever has those records too: see `RedFlag.finding_ids`.
    """
    return records(path, _record)


def raised(case: Case, records: Mapping[str, RedFlag]) -> tuple[Flag, ...]:
    """The flags that the case's findings raise, each once at its highest level, emergencies first.

    `Flag.findings` are the findings that made it. Only what is present counts, unless a sign names another status.
    """
    # What is not there is no sign of anything (see `_sign`), and most of what is said is that something is not there.
    there = [finding for finding in case.findings if finding.status != "absent"]
    said = frozenset([finding.id for finding in there])
    near = (record for record in records.values() if not said.isdisjoint(record.finding_ids))
    flags = [flag for record in near if (flag := _flag(case, there, record, said)) is not None]
    return tuple(sorted(flags, key=lambda flag: LEVELS.index(flag.level)))


def _flag(case: Case, there: list[Finding], record: RedFlag, said: frozenset[str]) -> Flag | None:
    best: Flag | None = None
    for alternative in record.when:
        if any(said.isdisjoint(sign.any_of) for sign in alternative.signs):
            continue
        made_by = _made_by(case, there, alternative)
        if made_by and (best is None or LEVELS.index(alternative.level) < LEVELS.index(best.level)):
            best = Flag(record.id, alternative.level, made_by)
    return best


def _made_by(case: Case, there: list[Finding], alternative: Alternative) -> tuple[str, ...]:
    if alternative.studies and case.study.id not in alternative.studies:
        return ()
    if any(f.id in alternative.without and f.status == "present" for f in there):
        return ()
    used: list[str] = []
    for sign in alternative.signs:
        matching = [f.id for f in there if f.id in sign.any_of and _matches(f, sign, case.as_of)]
        if not matching:
            return ()
        used += [name for name in matching if name not in used]
    return tuple(used)


def _matches(finding: Finding, sign: Sign, as_of: date) -> bool:
    weeks = finding.weeks
    if weeks is None and finding.since is not None:
        weeks = (as_of - finding.since).days / 7
    return (
        finding.status in sign.statuses
        and (not sign.sides or finding.side in sign.sides)
        and (sign.onset is None or finding.onset == sign.onset)
        and (sign.severity is None or finding.severity == sign.severity)
        and (not sign.regions or finding.region is None or finding.region in sign.regions)
        and finding.region not in sign.not_regions
        and (sign.max_weeks is None or weeks is None or weeks <= sign.max_weeks)
        and (sign.within_weeks is None or (weeks is not None and weeks <= sign.within_weeks))
    )


def _record(name: str, node: Node) -> RedFlag:
    node.check_keys(("level", "say", "term", "question", "regions", "waives", "basis", "sources", "status", "when"))
    when = tuple(_alternative(node, item) for item in node.sequence("when"))
    level = cast(Level, node.one_of("level", LEVELS))
    if any(LEVELS.index(a.level) < LEVELS.index(level) for a in when):
        raise node.error("an alternative has a higher level than the flag; raise the flag's own 'level'", "when")
    return RedFlag(
        id=name,
        level=level,
        say=node.text("say"),
        term=node.text("term"),
        question=node.text("question"),
        regions=REGIONS if node["regions"] == "all" else node.ids("regions", REGIONS),
        waives=node.flag("waives"),
        basis=node.text("basis"),
        status=cast('Literal["verified", "paraphrased", "unverified"]',
                    node.one_of("status", ("verified", "paraphrased", "unverified"))),
        when=when,
        sources=tuple(str(item) for item in node.sequence("sources")),
    )  # fmt: skip


def _alternative(flag: Node, node: object) -> Alternative:
    if not isinstance(node, Node):
        raise flag.error("each alternative under 'when' must be a mapping with 'level' and 'all'", "when")
    node.record = flag.record
    node.check_keys(("level", "all"), ("studies", "without"))
    signs = tuple(_sign(node, item) for item in node.sequence("all"))
    if not signs:
        raise node.error("'all' must name at least one finding", "all")
    return Alternative(
        level=cast(Level, node.one_of("level", LEVELS)),
        signs=signs,
        studies=node.ids("studies", STUDIES),
        without=tuple(str(item) for item in node.sequence("without")),
    )


def _sign(alternative: Node, node: object) -> Sign:
    """A bare finding id, or a mapping `{any: [ids], ...qualifiers}`."""
    if isinstance(node, str):
        return Sign(any_of=(node,))
    if not isinstance(node, Node):
        raise alternative.error("each item of 'all' is a finding id, or a mapping with 'any'", "all")
    node.record = alternative.record
    optional = ("status", "side", "onset", "severity", "regions", "not_regions", "max_weeks", "within_weeks")
    node.check_keys(("any",), optional)
    for name in ("max_weeks", "within_weeks"):
        if name in node and (isinstance(node[name], bool) or not isinstance(node[name], (int, float))):
            raise node.error(f"'{name}' must be a number of weeks", name)
    statuses = node.ids("status", STATUSES) or ("present",)
    if "absent" in statuses:
        raise node.error("what is absent raises no flag; name it under the alternative's 'without'", "status")
    return Sign(
        any_of=tuple(str(item) for item in node.sequence("any")),
        statuses=statuses,
        sides=node.ids("side", SIDES),
        onset=node.one_of("onset", ONSETS) if "onset" in node else None,
        severity=node.one_of("severity", SEVERITIES) if "severity" in node else None,
        regions=node.ids("regions", REGIONS),
        not_regions=node.ids("not_regions", REGIONS),
        max_weeks=node.get("max_weeks"),
        within_weeks=node.get("within_weeks"),
    )
