"""Findings put together from a part of the body, or what it does, and how that fares (`rules/composed.yml`).

"My kidneys are fine", "balance is shot", "no trouble swallowing", "the knee keeps catching": no list of phrases holds
them all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from actions.reading.compiled import compiled
from actions.reading.expressions import expression
from actions.reading.rules import read
from actions.reading.sought import possible

_RULES = Path(__file__).parent / "rules" / "composed.yml"
_NAME = re.compile(r"<([a-z]+)>")
_NEAR = 300
"""Characters around words within which the text speaks of the same matter."""


class Composed(NamedTuple):
    """A finding that is put together: its place, and its status where the words settle it ("bladder is fine")."""

    finding: str
    start: int
    end: int
    status: str | None = None
    denied: bool = False
    """Words that name it only where they are denied: "no steroids", but a steroid is no long use of them."""


@dataclass(frozen=True)
class _Says:
    finding: str
    says: re.Pattern[str]
    of: re.Pattern[str] | None = None
    """What the text must speak of near by."""
    status: str | None = None
    denied: bool = False


@lru_cache(maxsize=1)
def _rules() -> tuple[_Says, ...]:
    given = read(_RULES)
    given.check_keys(("names", "functions", "says", "told", "signs", "expressions"))
    names = dict(given["names"])
    found = [says for node in given["functions"] for says in _of_function(node, given["expressions"], names)]
    found += [says for node in given["signs"] for says in _of_sign(node, given["expressions"])]
    for node in given["says"]:
        node.check_keys(("finding", "says"), ("of", "denied"))
        of = compiled(node["of"]) if "of" in node else None
        says = compiled(written_out(node["says"], names))
        found.append(_Says(node["finding"], says, of, denied="denied" in node))
    for node in given["told"]:
        node.check_keys(("finding", "status", "says"), ("of",))
        of = compiled(node["of"]) if "of" in node else None
        found.append(_Says(node["finding"], compiled(written_out(node["says"], names)), of, node["status"]))
    return tuple(found)


@lru_cache(maxsize=1)
def _expressions() -> frozenset[re.Pattern[str]]:
    return frozenset(rule.says for rule in _rules())


def _of_function(node: Any, parts: Any, names: dict[str, str]) -> list[_Says]:
    """What is said of one thing that the body does: that it goes well, goes badly, or gives trouble."""
    node.check_keys(("findings", "nouns", "verbs"), ("well",))
    verbs, nouns = node["verbs"], f"(?:{node['nouns']}){parts['where']}"
    well = [
        rf"\b(?:{nouns})\b{parts['also']} ?{parts['fares']}{parts['well']}",
        rf"\b{parts['well_with']}(?:{nouns})\b",
    ]
    ill = [
        rf"\b(?:{nouns})\b ?{parts['fares']}{parts['ill']}",
        rf"\b{parts['poor']}(?:{nouns})\b",
        rf"\b{parts['trouble']}(?:{'|'.join(part for part in (nouns, verbs) if part)})\b",
    ]
    if verbs:
        well.append(rf"\b(?:{verbs})\b{parts['done']}")
    made = []
    for finding in node["findings"]:
        made += [_Says(finding, compiled(written_out(says, names)), None, "absent") for says in well]
        if "well" not in node:
            made += [_Says(finding, compiled(written_out(says, names))) for says in ill]
        # "No vision stuff", "denies bowel sx": named only where it is denied.
        stuff = rf"\b(?:{nouns}) {parts['stuff']}"
        made.append(_Says(finding, compiled(written_out(stuff, names)), denied=True))
    return made


def _of_sign(node: Any, parts: Any) -> list[_Says]:
    """What is told of one test of an examination: "Neer + and Hawkins +", "+Neer", "FADIR, FABER neg"."""
    node.check_keys(("finding", "names"))
    name, other, also = f"(?:{node['names']}){parts['of_sign']}", parts["other_sign"], parts["sign_and"]
    listed = rf"\b{name}(?:{also}{other}){{0,3}}{parts['sign_is']}"
    missing = f"{parts['sign_is']}{parts['sign_not_found']}"
    before = rf"{parts['found_before']}(?:{other}{also}){{0,3}}{name}(?!{missing})"
    found = f"{listed}{parts['sign_found']}|{before}"
    return [
        _Says(node["finding"], compiled(found)),
        _Says(node["finding"], compiled(f"{listed}{parts['sign_not_found']}"), None, "absent"),
    ]


def written_out(source: str, names: dict[str, str]) -> str:
    """The expression with `<name>` replaced by what stands under that name, as one piece that a `?` takes whole.

    Raises KeyError for a name not there.
    """
    return _NAME.sub(lambda m: f"(?:{names[m[1]]})", source)


def composed(small: str, about: str | None = None) -> list[Composed]:
    """The findings that are put together in a text in small letters, in order of the rules. Never raises.

    `about`: the text, as what it speaks of near by is looked for in it.
    """
    about = small if about is None else about
    here = possible(small, _expressions())
    return [
        Composed(rule.finding, *m.span(), rule.status, rule.denied)
        for rule in _rules()
        if rule.says in here
        for m in rule.says.finditer(small)
        if rule.of is None or rule.of.search(about, max(0, m.start() - _NEAR), m.end() + _NEAR)
    ]


def taken_back(small: str, start: int) -> bool:
    """Whether a no directly before turns "is fine" around ("I don't think my memory is fine"), not one of a list."""
    return expression("composed", "taken_back").search(small, max(0, start - 40), start) is not None


def no_longer_so(small: str, start: int, end: int) -> bool:
    """Whether the words around say that "is fine" was so only once, or that nobody thinks so."""
    return (
        expression("composed", "no_longer_well").match(small, end) is not None
        or expression("composed", "not_thought").search(small, max(0, start - 40), start) is not None
    )
