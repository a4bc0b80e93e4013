"""Values to bytes and back the same: JSON, with marks for what JSON has no word for (dates, tuples, our records)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from actions.cases.errors import BadContent
from criteria import facts, results

_MARK = "$"
_RECORDS: dict[str, Any] = {
    record.__name__: record
    for record in (
        facts.Fact,
        facts.Said,
        facts.Finding,
        facts.Treatment,
        facts.Imaging,
        facts.Evaluation,
        facts.Field,
        facts.StatedDeadline,
        results.Question,
        results.Option,
    )
}


def dump(value: Any) -> bytes:
    """The value as bytes. Odd text (NUL, lone surrogates) comes back too. Raises BadContent for a type that
    would not come back the same, naming the type and never the value."""
    try:
        text = json.dumps(_plain(value), allow_nan=False, ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")
    except (ValueError, RecursionError):
        raise BadContent("a number without a value, or nesting too deep, cannot be stored") from None


def load(content: bytes) -> Any:
    """The value that `dump` was given."""
    return _value(json.loads(content.decode("utf-8", "surrogatepass")))


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, datetime):
        return {_MARK: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_MARK: "date", "v": value.isoformat()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, tuple):
        return {_MARK: "tuple", "v": [_plain(item) for item in value]}
    if isinstance(value, Mapping):
        if not all(isinstance(name, str) for name in value):
            raise BadContent("a mapping to be stored must have text keys")
        plain = {name: _plain(item) for name, item in value.items()}
        return {_MARK: "dict", "v": plain} if _MARK in plain else plain
    name = type(value).__name__
    if _RECORDS.get(name) is type(value):
        return {_MARK: name, "v": {f.name: _plain(getattr(value, f.name)) for f in fields(value)}}
    raise BadContent(f"a value of type {name} cannot be stored")


def _value(plain: Any) -> Any:
    if isinstance(plain, list):
        return [_value(item) for item in plain]
    if not isinstance(plain, dict):
        return plain
    if _MARK not in plain:
        return {name: _value(item) for name, item in plain.items()}
    mark, content = plain[_MARK], plain["v"]
    if mark == "datetime":
        return datetime.fromisoformat(content)
    if mark == "date":
        return date.fromisoformat(content)
    if mark == "tuple":
        return tuple(_value(item) for item in content)
    given = {name: _value(item) for name, item in content.items()}
    return given if mark == "dict" else _RECORDS[mark](**given)
