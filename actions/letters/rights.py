"""What the law gives the person who appeals, by plan type: `rights.yml`, read strictly, each right with its source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from criteria import strict_yaml
from criteria.facts import Case
from criteria.ids import DENIAL_REASONS, MODALITIES, PLAN_TYPES
from criteria.strict_yaml import Node

PATH = Path(__file__).with_name("rights.yml")
_STATUSES = ("verified", "paraphrased", "unverified")


@dataclass(frozen=True)
class LawSource:
    """A text of law that was read, with the same names as a source of the library."""

    id: str
    title: str
    edition: str
    place: str
    url: str
    status: str
    checked_on: date
    recheck_after: date


@dataclass(frozen=True)
class Right:
    """One right. `reasons`: it answers these denial reasons; empty: it belongs to what the letter asks for.

    `answers`: with it a reason counts as answered, with no fact about the patient's health.
    """

    id: str
    plans: tuple[str, ...]
    reasons: tuple[str, ...]
    modalities: tuple[str, ...]
    named: tuple[str, ...]
    since: date | None
    answers: bool
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Law:
    sources: Mapping[str, LawSource]
    rights: tuple[Right, ...]


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> Law:
    """The rights and their sources. Raises LibraryError with file and line for a record that cannot be used."""
    content = strict_yaml.read(path)
    content.check_keys(("sources", "rights"))
    sources = {name: _source(name, node) for name, node in content["sources"].items()}
    return Law(sources, tuple(_right(name, node, sources) for name, node in content["rights"].items()))


def rights_for(case: Case, modality: str | None, reason: str | None = None) -> tuple[Right, ...]:
    """The rights of this case's plan type: those that answer `reason`, or without one those that belong to no reason.

    A right that starts on a day counts when the service (else the notice, else the case's date) is on or after it.
    """
    day = case.denial.service_date or case.denial.notice_date or case.as_of
    return tuple(
        right
        for right in load().rights
        if case.plan.type in right.plans
        and (reason in right.reasons if reason else not right.reasons)
        and (not right.modalities or modality in right.modalities)
        and (not right.named or any(word in _reason_words(case) for word in right.named))
        and (right.since is None or day >= right.since)
    )


def _reason_words(case: Case) -> str:
    """The denial's reason in the words in which it was told or read."""
    said = case.said.get("denial.reasons")
    return f"{said.words if said else ''} {case.denial.words or ''}".lower()


def _source(name: str, node: Node) -> LawSource:
    node.record = name
    node.check_keys(("title", "edition", "place", "url", "status", "checked_on", "recheck_after"))
    checked, recheck = node.date("checked_on"), node.date("recheck_after")
    if checked is None or recheck is None:
        raise node.error("'checked_on' and 'recheck_after' need a date")
    status = node.one_of("status", _STATUSES)
    return LawSource(name, node["title"], node["edition"], node["place"], node["url"], status, checked, recheck)


def _right(name: str, node: Node, sources: Mapping[str, LawSource]) -> Right:
    node.record = name
    node.check_keys(("plans", "text", "sources"), ("reasons", "modalities", "named", "from", "answers"))
    for source in node["sources"]:
        if source not in sources:
            raise node.error(f"the source '{source}' is not listed in this file; add it or mend the id", "sources")
    return Right(
        id=name,
        plans=_ids(node, "plans", PLAN_TYPES),
        reasons=_ids(node, "reasons", DENIAL_REASONS),
        modalities=_ids(node, "modalities", MODALITIES),
        named=tuple(str(word) for word in node.get("named", ())),
        since=node.date("from"),
        answers=bool(node.get("answers", False)),
        text=str(node["text"]),
        sources=tuple(node["sources"]),
    )


def _ids(node: Node, key: str, known: Any) -> tuple[str, ...]:
    """The ids under `key`, each of which must be known."""
    for value in node.get(key, ()):
        if value not in known:
            raise node.error(f"'{key}: {value}' is not known; use one of {', '.join(known)}", key)
    return tuple(node.get(key, ()))
