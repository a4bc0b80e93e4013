"""Claim adjustment reason codes as they are written: "CO-197", "oa18", "CARC 11", "reason: 50"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from actions.reading.compiled import compiled
from actions.reading.rules import NEVER

_GROUP = r"(?:co|pr|oa|pi)[ ]?[-*]?[ ]?"
_NAMED = (
    r"(?:carc|(?:reason|denial|remark|remit|adj\w{0,9})(?: reason)? codes?)[ :#.]{1,3}|"
    r"(?:notes?|remarks?|reason|rsn|adj)[ ]?:[ ]{1,3}"
)


def adjustment_code(numbers: Iterable[str]) -> re.Pattern[str]:
    """An expression for any of the codes, with its group or named as a code; it matches nothing for none."""
    listed = "|".join(numbers)
    if not listed:
        return NEVER
    return compiled(
        rf"(?<![a-z0-9])(?:{_GROUP}|(?:{_NAMED})(?:{_GROUP})?)0{{0,2}}(?:{listed})(?![0-9a-z]|[.][0-9]|[ ]days)", re.I
    )
