"""Who pays and who reviews, as ids of payers.yml, from the names that were said."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from criteria.facts import Case

if TYPE_CHECKING:
    from criteria.library.records import Library


def payer_ids(case: Case, library: Library) -> tuple[str | None, str | None]:
    """The payer and the reviewer whose rules count, as ids of payers.yml; where none is named, the payer's usual one.

    A company that decides by the payer's own texts brings no rules of its own: then there is no reviewer.
    """
    payer, reviewer = _named(case.plan.payer, library), _named(case.plan.reviewer, library)
    if payer and library.payers[payer].kind == "reviewer":
        reviewer, payer = reviewer or payer, None
    if payer is None:
        return None, reviewer
    record = library.payers[payer]
    return payer, None if record.own_criteria else reviewer or record.reviewer


def _named(name: str | None, library: Library) -> str | None:
    """The record whose id, name or longest alias the words name; None when none does."""
    if not name:
        return None
    words = f" {plain(name)} "
    for known, id in library.payer_names:
        if known in words:
            return id
    return None


def plain(words: str) -> str:
    """Words as names are compared: small letters and digits, one space between."""
    return " ".join(re.findall(r"[a-z0-9]+", words.lower()))


@cache
def plain_name(name: str) -> str:
    """`plain` for the library's own names, which are few and always the same; never for what somebody said."""
    return plain(name)
