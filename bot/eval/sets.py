"""The sets under tests/eval/: found by their names, checked for their shape, read into items of one kind.

A file is SET/PART.yml or SET/PART.WRITER.yml; what each set's items look like is said in docs/reading.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from criteria import ids
from criteria.library import load
from criteria.strict_yaml import LibraryError, Node, read

SETS = ("denials", "clinical", "emergencies", "intents")
PARTS = ("dev", "held")
KINDS = ("denial_letter", "message", "other")
EXPECTED = ("E", "crisis", "U", "none")
DAY = date(2026, 11, 21)
"""The day on which items that name none were written."""
OPTIONAL = {"findings": "optional", "treatments": "optional_treatments", "imaging": "optional_imaging"}
"""Where an item lists what a reader may leave out: read with the status given there, it is neither right nor wrong."""
_NAME = re.compile(r"(dev|held)(\.[\w-]+)?\.ya?ml")
_SELF_HARM = "self_harm"


@dataclass(frozen=True)
class Item:
    """A text, the day it is read on, and what it says: `gold` has the keys of its set. `id` is for the errors' list."""

    id: str
    today: date
    text: str
    gold: Mapping[str, Any]


@dataclass(frozen=True)
class SetFile:
    """One file: `name` below the folder of the sets, `how` it was written (its first comment)."""

    set: str
    part: str
    name: str
    how: str
    items: tuple[Item, ...]


def load_sets(folder: Path, sets: Iterable[str], parts: Iterable[str]) -> tuple[SetFile, ...]:
    """Every file of these sets and parts. Raises LibraryError naming the file, the item and the key.

    Of the held part an error names an item by its place in the file, not by its id.
    """
    parts = tuple(parts)
    files = []
    for name in sets:
        for path in sorted([*(folder / name).glob("*.yml"), *(folder / name).glob("*.yaml")]):
            named = _NAME.fullmatch(path.name)
            if named is None:
                raise LibraryError(str(path), "", "is no name for a set; name it dev.WRITER.yml or held.WRITER.yml")
            if named[1] in parts:
                items = _items(name, named[1], path)  # first: it raises for what is no text
                _check_once(items, named[1], path)
                files.append(SetFile(name, named[1], f"{name}/{path.name}", _comment(path), items))
    return tuple(files)


def _comment(path: Path) -> str:
    lines = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines)


def _check_once(items: Iterable[Item], part: str, path: Path) -> None:
    """Within a file only: writers don't see each other's files."""
    seen: dict[str, int] = {}
    for place, item in enumerate(items, 1):
        first = seen.setdefault(item.id, place)
        if first != place:
            label = item.id if part == "dev" else f"item {place}"
            raise LibraryError(str(path), label, f"its id stands at item {first} too; name it otherwise")


def _items(name: str, part: str, path: Path) -> tuple[Item, ...]:
    content = read(path)
    if name == "intents":
        return tuple(_intents(content, path))
    if not isinstance(content, list) or not content:
        raise LibraryError(f"{path}:1", "", "must be a list of items; write '- ' before each item's first key")
    items = []
    for place, node in enumerate(content, 1):
        if not isinstance(node, Node):
            raise LibraryError(str(path), f"item {place}", "must be a mapping; write its keys below '- '")
        given = node.get("id")
        node.record = str(given) if given and part == "dev" else f"item {place}"
        items.append(_PARSE[name](node))
    return tuple(items)


def _intents(content: Any, path: Path) -> Iterable[Item]:
    if not isinstance(content, Node):
        raise LibraryError(f"{path}:1", "", "must map intents to messages; write 'intent:' and a list below it")
    for intent in content:
        content.record = intent
        for message in _texts(content, intent):
            yield Item(message, DAY, message, {"intent": intent})


def _denial(node: Node) -> Item:
    node.check_keys(("id", "today", "text", "kind", "denial", "study"), ("how", "emergency"))
    denial, study = node.mapping("denial"), node.mapping("study")
    denial.check_keys((
        "payer", "reviewer", "plan_type", "member_id", "reference_numbers", "notice_date", "service_date", "reasons",
        "criteria_cited", "appeal_deadline", "peer_to_peer", "expedited_mentioned",
    ))  # fmt: skip
    deadline, call = denial.mapping("appeal_deadline"), denial.mapping("peer_to_peer")
    deadline.check_keys(("words", "days", "date"))
    call.check_keys(("phone",))
    study.check_keys(("id", "modality", "region", "side", "cpt", "icd10"))
    gold = {
        "kind": node.one_of("kind", KINDS),
        "denial": {
            "payer": _text(denial, "payer"),
            "reviewer": _text(denial, "reviewer"),
            "plan_type": _known(denial, "plan_type", ids.PLAN_TYPES),
            "member_id": _text(denial, "member_id"),
            "reference_numbers": _texts(denial, "reference_numbers"),
            "notice_date": _day(denial, "notice_date"),
            "service_date": _day(denial, "service_date"),
            "reasons": _ids(denial, "reasons", ids.DENIAL_REASONS),
            "criteria_cited": _texts(denial, "criteria_cited"),
            "appeal_deadline": {
                "words": _text(deadline, "words"),
                "days": _number(deadline, "days"),
                "date": _day(deadline, "date"),
            },
            "peer_to_peer": {"phone": _text(call, "phone")},
            "expedited_mentioned": denial.flag("expedited_mentioned"),
        },
        "study": {
            "id": _known(study, "id", ids.STUDIES),
            "modality": _known(study, "modality", ids.MODALITIES),
            "region": _known(study, "region", ids.REGIONS),
            "side": _known(study, "side", ids.SIDES),
            "cpt": _texts(study, "cpt"),
            "icd10": _texts(study, "icd10"),
        },
        "emergency": _flags(node),
    }
    return _item(node, gold)


def _clinical(node: Node) -> Item:
    things = ("findings", "treatments", "imaging", *OPTIONAL.values())
    numbers = ("symptom_weeks", "symptom_weeks_to", "age", "pack_years", "quit_years")
    node.check_keys(("id", "today", "text"), ("how", "emergency", *things, *numbers))
    gold = {
        **{key: [_finding(n) for n in _nodes(node, key)] for key in ("findings", OPTIONAL["findings"])},
        **{key: [_treatment(n) for n in _nodes(node, key)] for key in ("treatments", OPTIONAL["treatments"])},
        **{key: [_imaging(n) for n in _nodes(node, key)] for key in ("imaging", OPTIONAL["imaging"])},
        **{key: _number(node, key) for key in numbers},
        "emergency": _flags(node) if "emergency" in node else None,
    }
    return _item(node, gold)


def _finding(node: Node) -> dict[str, Any]:
    node.check_keys(("id",), ("status", "or", "weeks", "weeks_to", "since", "side", "region", "onset", "severity"))
    return {
        "id": node.one_of("id", load().findings),
        "status": node.one_of("status", ids.STATUSES, "present"),
        "or": _ids(node, "or", ids.STATUSES),
        "weeks": _number(node, "weeks"),
        "weeks_to": _number(node, "weeks_to"),
        "since": _day(node, "since", whole=False),
        "side": _known(node, "side", ids.SIDES),
        "region": _known(node, "region", ids.REGIONS),
        "onset": _known(node, "onset", ids.ONSETS),
        "severity": _known(node, "severity", ids.SEVERITIES),
    }


def _treatment(node: Node) -> dict[str, Any]:
    node.check_keys(("kind",), ("status", "or", "weeks", "weeks_to", "start", "finished", "outcome", "directed"))
    return {
        "kind": node.one_of("kind", ids.TREATMENT_KINDS),
        "status": node.one_of("status", ids.STATUSES, "present"),
        "or": _ids(node, "or", ids.STATUSES),
        "weeks": _number(node, "weeks"),
        "weeks_to": _number(node, "weeks_to"),
        "start": _day(node, "start", whole=False),
        "finished": node.flag("finished") if "finished" in node else None,
        "outcome": _known(node, "outcome", ids.OUTCOMES),
        "directed": _known(node, "directed", ids.DIRECTED),
    }


def _imaging(node: Node) -> dict[str, Any]:
    node.check_keys(("modality",), ("region", "side", "status", "date", "result", "or"))
    return {
        "modality": node.one_of("modality", ids.MODALITIES),
        "region": _known(node, "region", ids.REGIONS),
        "side": _known(node, "side", ids.SIDES),
        "status": node.one_of("status", ids.STATUSES, "present"),
        "date": _day(node, "date", whole=False),
        "result": _known(node, "result", ids.IMAGING_RESULTS),
        "or": _ids(node, "or", ids.IMAGING_RESULTS),
    }


def _emergency(node: Node) -> Item:
    node.check_keys(("text", "expect"), ("id", "ids", "how", "today"))
    gold = {"expect": node.one_of("expect", EXPECTED), "ids": _ids(node, "ids", _flag_ids())}
    return _item(node, gold)


_PARSE = {"denials": _denial, "clinical": _clinical, "emergencies": _emergency}


def _item(node: Node, gold: Mapping[str, Any]) -> Item:
    text = node.get("text")
    if not isinstance(text, str) or not text.strip():
        raise node.error("'text' must be words; write text: | and the text below it", "text")
    return Item(str(node.get("id") or text), date.fromisoformat(_day(node, "today") or DAY.isoformat()), text, gold)


def _flag_ids() -> tuple[str, ...]:
    return (*load().red_flags, _SELF_HARM)


def _flags(node: Node) -> list[str]:
    return _ids(node, "emergency", _flag_ids())


def _nodes(node: Node, key: str) -> list[Node]:
    found: list[Node] = _sequence(node, key)
    for place, item in enumerate(found, 1):
        if not isinstance(item, Node):
            raise node.error(f"'{key}': number {place} must be a mapping; write {{id: …}}", key)
        item.record = f"{node.record}: {key} {place}"
    return found


def _known(node: Node, key: str, known: Iterable[str]) -> str | None:
    return None if node.get(key) is None else node.one_of(key, known)


def _text(node: Node, key: str) -> str | None:
    value = node.get(key)
    if value is None or isinstance(value, str):
        return value or None
    raise node.error(f"'{key}' must be words; put {value} in quotes", key)


def _sequence(node: Node, key: str) -> list[Any]:
    return [] if node.get(key) is None else node.sequence(key)


def _ids(node: Node, key: str, known: Iterable[str]) -> list[str]:
    return [] if node.get(key) is None else list(node.ids(key, known))


def _texts(node: Node, key: str) -> list[str]:
    found = _sequence(node, key)
    for value in found:
        if not isinstance(value, str) or not value:
            raise node.error(f"'{key}' must be a list of words; put {value} in quotes", key)
    return found


def _day(node: Node, key: str, whole: bool = True) -> str | None:
    """A date as ISO 8601; unless it must be `whole`, a month (2026-08) or a year will do."""
    value = node.get(key)
    if not whole and not isinstance(value, bool) and re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", str(value)):
        return str(value)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise node.error(f"'{key}: {value}' is not a date; write YYYY-MM-DD", key) from None
    day = node.date(key)
    return day.isoformat() if day else None


def _number(node: Node, key: str) -> float | None:
    value = node.get(key)
    if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0):
        return value
    raise node.error(f"'{key}: {value}' is not a number; write it in figures", key)
