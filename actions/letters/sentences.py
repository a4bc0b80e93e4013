"""The sentences of the letters, `sentences.yml`: one Jinja2 text each, filled once, never built anywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, cast, get_args

from jinja2 import Environment, StrictUndefined, Template

from actions.letters.assertions import Assertion, AssertionKind
from actions.letters.document import Blank
from criteria import strict_yaml

PATH = Path(__file__).with_name("sentences.yml")
_ENV = Environment(undefined=StrictUndefined, autoescape=False)  # text, not HTML: each layout escapes for itself


@dataclass(frozen=True)
class Sentences:
    """`said`: what asserts, with its kind. `lines`: fixed lines. `blanks`: what may be missing, and where it is found.
    `words`: our words for the public ids."""

    said: Mapping[str, tuple[AssertionKind, str]]
    lines: Mapping[str, str]
    blanks: Mapping[str, tuple[str, str]]
    words: Mapping[str, Mapping[str, str]]


@lru_cache(maxsize=1)
def load(path: Path = PATH) -> Sentences:
    """The sentences. Raises LibraryError with file and line for one that has no kind or cannot be a template."""
    content = strict_yaml.read(path)
    content.check_keys(("sentences", "lines", "blanks", "words"))
    said: dict[str, tuple[AssertionKind, str]] = {}
    for name, node in content["sentences"].items():
        node.record = name
        node.check_keys(("kind", "text"))
        said[name] = (cast(AssertionKind, node.one_of("kind", get_args(AssertionKind))), str(node["text"]))
    blanks: dict[str, tuple[str, str]] = {}
    for name, node in content["blanks"].items():
        node.record = name
        node.check_keys(("name", "where"))
        blanks[name] = (str(node["name"]), str(node["where"]))
    return Sentences(said, content["lines"], blanks, content["words"])


@lru_cache(maxsize=512)
def _template(text: str) -> Template:
    return _ENV.from_string(text)


def say(sentence: str, facts: tuple[str, ...], sources: tuple[str, ...], /, **values: Any) -> Assertion:
    """The sentence filled with its values, resting on these facts and sources.

    Raises KeyError for a sentence that does not exist, jinja2.UndefinedError for a value it needs and was not given,
    UnsupportedError when it states something without what its kind needs.
    """
    kind, text = load().said[sentence]
    filled = _template(text).render(values).strip()
    return Assertion(filled, tuple(dict.fromkeys(facts)), tuple(dict.fromkeys(sources)), kind=kind)


def line(name: str, /, **values: Any) -> str:
    """A fixed line: a heading, a label, an instruction to the person. It states no fact of the case."""
    return _template(load().lines[name]).render(values).strip()


def blank(name: str, /, **values: Any) -> Blank:
    """The blank of this name, and where the person finds what belongs in it."""
    title, where = load().blanks[name]
    return Blank(_template(title).render(values), _template(where).render(values))


def word(group: str, id: str) -> str:
    """Our plain word for a public id (`region`, `side`, `result` …); the id itself with spaces where there is none."""
    return load().words.get(group, {}).get(id, id.replace("_", " "))


def listed_in(group: str, id: str) -> bool:
    """Whether a public id stands in a group of words that applies to some ids only."""
    return id in load().words.get(group, {})
