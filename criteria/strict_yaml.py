"""YAML read strictly: duplicate keys, unknown keys, missing keys and bad values are errors with file and line.

A mapping read here is a `Node`: its plain values, and the line each key stands on, so that a later check (an unknown
id, overlapping dates) can still say where it is.
"""

from __future__ import annotations

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

    def one_of(self, key: str, known: Iterable[str], default: str | None = None) -> str:
        """The value of `key`, which must be one of the known ids. Raises LibraryError with the nearest one."""
        value, known = self.get(key, default), list(known)
        if value not in known:
            hint = nearest(str(value), known)
            raise self.error(f"'{key}: {value}' is not known" + (f"; did you mean '{hint}'?" if hint else
                             f"; use one of {', '.join(known)}"), key)
        return str(value)

    def date(self, key: str) -> date | None:
        """The value of `key` as a date, or None. Raises LibraryError when it is no calendar date."""
        value = self.get(key)
        if value is None or type(value) is date:
            return value
        raise self.error(f"'{key}: {value}' is not a date; write YYYY-MM-DD", key)


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
            raise LibraryError(f"{loader.source}:{line}", "", f"the key '{name}' stands twice; remove one")
        result[name] = loader.construct_object(value_node, deep=True)
        result.lines[name] = line
    return result


def read(path: Path) -> Any:
    """The file's content, every mapping a `Node`. Raises LibraryError for anything that is not clean YAML."""
    import yaml

    try:
        text = path.read_text("utf-8")
        loader: Any = _loader()(text)
        loader.source = path
        try:
            return loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise LibraryError(f"{path}:{line}", "", f"not valid YAML: {error.problem}") from None
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, LibraryError):
            raise
        raise LibraryError(f"{path}:1", "", f"cannot be read: {error}") from None


def records(path: Path, parse: Callable[[str, Node], Any]) -> dict[str, Any]:
    """A file that maps ids to records: each parsed by `parse(id, node)`, the id named in every error about it."""
    content = read(path)
    if not isinstance(content, Node):
        raise LibraryError(f"{path}:1", "", "must map ids to records")
    result = {}
    for name, node in content.items():
        if not isinstance(node, Node):
            raise content.error(f"'{name}' must be a mapping", name)
        node.record = name
        result[name] = parse(name, node)
    return result
