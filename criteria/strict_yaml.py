"""YAML read strictly: duplicate keys, unknown keys, missing keys and bad values are errors with file and line.

A mapping read here is a `Node`: its plain values, and the line each key stands on, so that a later check (an unknown
id, overlapping dates) can still say where it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from criteria.ids import nearest

if TYPE_CHECKING:
    import yaml


class LibraryError(ValueError):
    """A record cannot be used: names the file, the line, the record, what is wrong and how to mend it."""

    def __init__(self, where: str, record: str, message: str) -> None:
        super().__init__(f"{where}: {record}: {message}" if record else f"{where}: {message}")
        self.where, self.record, self.message = where, record, message


class Node(dict[str, Any]):
    """A YAML mapping that remembers its file and the line of each key."""

    path: Path
    line: int
    lines: dict[str, int]
    record: str = ""

    def error(self, message: str, key: str | None = None) -> LibraryError:
        """The error to raise about this mapping, or about one key of it."""
        line = self.lines.get(key, self.line) if key else self.line
        return LibraryError(f"{self.path}:{line}", self.record, message)

    def check_keys(self, required: Iterable[str], optional: Iterable[str] = ()) -> None:
        """Raises LibraryError unless every required key stands here and no key but these does."""
        required, allowed = set(required), set(required) | set(optional)
        for name in self:
            if name not in allowed:
                hint = nearest(name, allowed)
                raise self.error(f"unknown key '{name}'" + (f"; did you mean '{hint}'?" if hint else
                                 f"; known keys are {', '.join(sorted(allowed))}"), name)
        for name in sorted(required - set(self)):
            raise self.error(f"the key '{name}' is missing; add it")

    def check_id(self, known: Iterable[str], what: str) -> None:
        """Raises LibraryError with the nearest known id unless the record's own id is one of them."""
        known = list(known)
        if self.record not in known:
            hint = nearest(self.record, known)
            mend = f"did you mean '{hint}'?" if hint else f"use one of {', '.join(known)}"
            raise self.error(f"'{self.record}' is no {what}; {mend}")

    def one_of(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """The value of `key`, which must be one of the known ids. Raises LibraryError with the nearest one."""
        value, known = self.get(key, default), list(known)
        if value not in known:
            hint = nearest(str(value), known)
            raise self.error(f"'{key}: {value}' is not known" + (f"; did you mean '{hint}'?" if hint else
                             f"; use one of {', '.join(known)}"), key)
        return str(value)

    def text(self, key: str) -> str:
        """The words of `key`, on one line. Raises LibraryError where there are none."""
        value = self.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"'{key}' must be words; write {key}: some words", key)
        return " ".join(value.split())

    def sequence(self, key: str) -> list[Any]:
        """The list under `key`; empty where the key is missing. Raises LibraryError for anything else."""
        value = self.get(key, [])
        if not isinstance(value, list):
            raise self.error(f"'{key}' must be a list; write {key}: [one, another]", key)
        return value

    def mapping(self, key: str) -> Node:
        """The mapping under `key`, of the same record. Raises LibraryError for anything else."""
        value = self.get(key)
        if not isinstance(value, Node):
            raise self.error(f"'{key}' must be a mapping; write its keys below it", key)
        value.record = self.record
        return value

    def flag(self, key: str) -> bool:
        """Whether `key` is true; false where it is missing. Raises LibraryError for anything else."""
        value = self.get(key, False)
        if not isinstance(value, bool):
            raise self.error(f"'{key}' must be true or false", key)
        return value

    def ids(self, key: str, known: Iterable[str]) -> tuple[str, ...]:
        """The list under `key`, each item a known id; empty where the key is missing. Raises LibraryError."""
        items, known = self.sequence(key), list(known)
        for item in items:
            single = Node({key: item})
            single.path, single.line, single.lines, single.record = self.path, self.line, self.lines, self.record
            single.one_of(key, known)
        return tuple(str(item) for item in items)

    def date(self, key: str) -> date | None:
        """The value of `key` as a date, or None. Raises LibraryError when it is no calendar date."""
        value = self.get(key)
        if value is None or type(value) is date:
            return value
        raise self.error(f"'{key}: {value}' is not a date; write YYYY-MM-DD", key)


_TOP_KEY = re.compile(r"([\w.-]+):")


def _record_at(text: str, line: int) -> str:
    """The id of the record that this line of a file stands in."""
    return next((m[1] for above in text.splitlines()[line - 1 :: -1] if (m := _TOP_KEY.match(above))), "")


@lru_cache(maxsize=1)
def _loader() -> type[yaml.CSafeLoader]:
    """The C loader reads the whole library in 60 ms, the plain one in 600. A compiled library needs neither."""
    import yaml

    class Loader(yaml.CSafeLoader):
        pass

    Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
    return Loader


def _mapping(loader: Any, node: yaml.MappingNode) -> Node:
    result = Node()
    result.path, result.line, result.lines = loader.source, node.start_mark.line + 1, {}
    for key_node, value_node in node.value:
        name = str(loader.construct_object(key_node, deep=True))
        line = key_node.start_mark.line + 1
        if name in result:
            message = f"the key '{name}' stands twice; remove one"
            raise LibraryError(f"{loader.source}:{line}", _record_at(loader.text, line), message)
        result[name] = loader.construct_object(value_node, deep=True)
        result.lines[name] = line
    return result


def read(path: Path) -> Any:
    """The file's content, every mapping a `Node`. Raises LibraryError for anything that is not clean YAML."""
    import yaml

    try:
        text = path.read_text("utf-8")
        loader: Any = _loader()(text)
        loader.source, loader.text = path, text
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        message = f"not valid YAML: {error.problem}; mend this line or the one before"
        raise LibraryError(f"{path}:{line}", _record_at(text, line), message) from None
    except UnicodeDecodeError:
        raise LibraryError(f"{path}:1", "", "is not UTF-8 text; save it as UTF-8") from None
    except FileNotFoundError:
        raise LibraryError(f"{path}:1", "", "there is no such file; add it") from None
    except (OSError, ValueError) as error:
        if isinstance(error, LibraryError):
            raise
        raise LibraryError(f"{path}:1", "", f"cannot be read: {error}; mend the file") from None


def records(path: Path, parse: Callable[[str, Node], Any]) -> dict[str, Any]:
    """A file that maps ids to records: each parsed by `parse(id, node)`, the id named in every error about it."""
    content = read(path)
    if not isinstance(content, Node):
        raise LibraryError(f"{path}:1", "", "must map ids to records; write 'id:' and the record below it")
    result = {}
    for name, node in content.items():
        if not isinstance(node, Node):
            raise content.error(f"'{name}' must be a mapping; write its keys below it", name)
        node.record, node.line = name, content.lines[name]
        result[name] = parse(name, node)
    return result
