"""What a scan is called for which the library has no rules: the words in which somebody named it, and no more."""

from __future__ import annotations

import re
from functools import lru_cache

from actions.letters.sentences import load
from criteria.facts import Case

_KINDS = r"(?P<kind>MRI|MRA|CTA?|PET|ultrasound|sonogram|bone scan|X-ray)(?: scan)?"
_OF = r" (?:of|on|for) (?:(?:my|his|her|their|the|a|an) )?"
_SIDE = r"(?:(?:left|right|both) )?"


def named_scan(case: Case) -> str:
    """The scan of the words that named it: "MRI of the elbow"; "" where they name no kind of scan with a part."""
    said = case.said.get("study.id")
    found = next((one for pattern in _patterns() if (one := pattern.search(said.words))), None) if said else None
    if found is None:
        return ""
    kind, part = found["kind"], found["part"].lower()
    return f"{_kind(kind)} of the {part}"


def _kind(said: str) -> str:
    large = said.upper()
    return large if large in ("MRI", "MRA", "CT", "CTA", "PET") else said.lower().replace("x-ray", "X-ray")


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    part = rf"(?P<part>{'|'.join(sorted(load().words['parts'], key=len, reverse=True))})\b"
    texts = (rf"\b{_KINDS}{_OF}{_SIDE}{part}", rf"\b{part} {_KINDS}\b", rf"\b{_KINDS} {_SIDE}{part}")
    return tuple(re.compile(text, re.IGNORECASE) for text in texts)
