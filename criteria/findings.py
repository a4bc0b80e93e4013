"""The findings catalogue: symptoms, exam signs, warning signs and past events, each with its plain question."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from criteria.ids import REGIONS
from criteria.strict_yaml import Node, records

GROUPS = ("pain", "nerve", "joint", "warning", "other")


@dataclass(frozen=True)
class FindingRecord:
    """One finding.

    `term` is the clinical noun phrase, `say` the plain one a letter uses, `question` a yes/no question to the person.
    `synonyms` are phrases that people write for it; in one, `..` stands for up to three other words. `region` is where
    the finding always is (knee pain is in the knee), or None when it can be anywhere.
    """

    id: str
    term: str
    say: str
    question: str
    synonyms: tuple[str, ...]
    group: str
    region: str | None = None


def load_findings(path: Path) -> dict[str, FindingRecord]:
    """The catalogue by id, in file order. Raises LibraryError with file and line for a record that cannot be used."""
    return records(path, _record)


def _record(name: str, node: Node) -> FindingRecord:
    node.check_keys(("term", "say", "question", "group", "synonyms"), ("region",))
    for text in ("term", "say", "question"):
        node.text(text)
    if not node["question"].endswith("?"):
        raise node.error("the question must end in '?'", "question")
    synonyms = node["synonyms"]
    if not isinstance(synonyms, list) or not synonyms or not all(isinstance(s, str) and s.strip() for s in synonyms):
        raise node.error("'synonyms' must be a list of phrases, at least one", "synonyms")
    return FindingRecord(
        id=name,
        term=node["term"],
        say=node["say"],
        question=node["question"],
        synonyms=tuple(synonyms),
        group=node.one_of("group", GROUPS),
        region=node.one_of("region", REGIONS) if "region" in node else None,
    )
