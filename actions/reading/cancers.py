"""Which cancer the patient has or had, and where its care stands (`rules/cancers.yml`).

Both are read only beside words of a cancer that are the patient's own: a relative's cancer, one that was ruled out and
one that somebody fears have no kind here. Two kinds at once, or words of two steps, say nothing, and it is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from actions.reading.assertion import Context
from actions.reading.clinical_items import FindingItem
from actions.reading.compiled import compiled
from actions.reading.found import Found
from actions.reading.rules import rules

_CANCERS = ("cancer_history", "active_cancer", "breast_cancer", "ovarian_cancer")
_BACK = ("suspected_recurrence", "psa_recurrence")
"""Findings that tell the step of care themselves: the scan is to see whether the cancer is back."""
_CONFIDENCE = 0.85
_NEAR = 24
"""Characters between the name of a kind and the words of cancer that it surely belongs to."""


@dataclass(frozen=True)
class OwnCancer:
    """`type` as a case file names it, `phase` as the contract does (`suspected`, `initial`, `subsequent`,
    `surveillance`). None where nobody said, or not clearly."""

    type: Found | None = None
    phase: Found | None = None


def cancer(given: Context, found: Iterable[FindingItem]) -> OwnCancer:
    """The kind of the patient's cancer and the step of its care; offsets into the text made ready. Never raises.

    `found`: the findings of the text, which tell whose cancer it is and whether it is one.
    """
    found = tuple(found)
    said = [item for item in found if item.id in _CANCERS]
    if not any(item.status in ("present", "historical", "uncertain") for item in said):
        return OwnCancer()
    kinds = [kind for kind in _kinds(given) if _own(kind, said, given)]
    suspected = _suspected(given, kinds, said)
    if suspected is not None:
        return OwnCancer(suspected, Found("suspected", suspected.start, suspected.end, _CONFIDENCE))
    if not any(item.status in ("present", "historical") for item in said):
        return OwnCancer()
    sure = [kind for kind in kinds if _nearest(kind, said).status != "uncertain"]
    now = [kind for kind in sure if _nearest(kind, said).status == "present"]
    return OwnCancer(_only(now or sure), _only(_phases(given, found, said)))


@cache
def _patterns(part: str) -> dict[str, re.Pattern[str]]:
    words = rules("cancers")["words"]

    def filled(source: str) -> str:
        for name, value in words.items():
            source = source.replace("{" + name + "}", value)
        return source

    return {
        name: compiled("|".join(f"(?:{filled(source)})" for source in sources))
        for name, sources in rules("cancers")[part].items()
    }


def _kinds(given: Context) -> Iterator[Found]:
    """Every kind that is named, the first of those that stand at one place."""
    taken: list[tuple[int, int]] = []
    for name, pattern in _patterns("kinds").items():
        for m in pattern.finditer(given.small):
            if not any(m.start() < end and start < m.end() for start, end in taken):
                taken.append(m.span())
                yield Found(name, *m.span(), _CONFIDENCE)


def _gap(kind: Found, item: FindingItem) -> int:
    return max(0, item.start - kind.end, kind.start - item.end)


def _nearest(kind: Found, said: list[FindingItem]) -> FindingItem:
    return min(said, key=lambda item: _gap(kind, item))


def _own(kind: Found, said: list[FindingItem], given: Context) -> bool:
    """Whether the words of cancer at this place, else nearest in its sentence, are the patient's and not denied."""
    beside = [item for item in said if given.number(item.start) == given.number(kind.start)]
    at_once = [item for item in beside if _gap(kind, item) == 0]
    near = [item for item in beside if _gap(kind, item) <= _NEAR]
    told = at_once or near or beside
    return bool(told) and all(item.status in ("present", "historical", "uncertain") for item in told)


def _suspected(given: Context, kinds: list[Found], said: list[FindingItem]) -> Found | None:
    """The one kind that a doctor's word calls strongly suspected."""
    word = compiled(rules("cancers")["suspected"])
    unsure = [kind for kind in kinds if _nearest(kind, said).status == "uncertain"]
    named = [k for k in unsure if word.search(given.small, given.sentence(k.start)[0], k.start)]
    return _only(named) if len(named) == len(kinds) else None


def _phases(given: Context, found: tuple[FindingItem, ...], said: list[FindingItem]) -> Iterator[Found]:
    """Every step that is told of, in sentences that tell of no relative's cancer and deny none."""
    for item in found:
        if item.id in _BACK and item.status == "present":
            yield Found("subsequent", item.start, item.end, _CONFIDENCE)
    others = {given.number(item.start) for item in said if item.status in ("family", "absent")}
    for name, pattern in _patterns("phases").items():
        for m in pattern.finditer(given.small):
            if given.number(m.start()) not in others:
                yield Found(name, *m.span(), _CONFIDENCE)


def _only(found: Iterable[Found]) -> Found | None:
    """The first, where all say the same."""
    every = list(found)
    return every[0] if len({one.value for one in every}) == 1 else None
