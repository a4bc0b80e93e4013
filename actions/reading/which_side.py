"""Which side somebody says it is, in a message that says nothing else (`rules/which_side.yml`)."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from actions.reading.assertion import context
from actions.reading.body import places
from actions.reading.rules import rules

_LONGEST = 120
"""Characters of a message that only says a side."""
_OPPOSITE = {"left": "right", "right": "left"}
_SIDES = {"lt": "left", "l": "left", "rt": "right", "r": "right", "both": "bilateral"}


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], dict[str, re.Pattern[str]]]:
    given = rules("which_side")
    expressions = ("left_or_right", "follows", "leads", "denied")
    given.check_keys(("beside", *expressions))
    return frozenset(given["beside"]), {name: re.compile(given[name]) for name in expressions}


def side_told(text: str, body: Collection[str], now: str | None) -> str | None:
    """`left`, `right` or `bilateral` where the message says which side of this part of the body it is, and no more.

    `body`: the regions it may name. `now`: the side as it stands, which "the other knee" is the other of. None when the
    message says anything else too, names another part, or leaves it open; "that's right" names no side.
    """
    beside, expressions = _words()
    if len(text) > _LONGEST:
        return None
    given = context(text)
    named = places(given)
    if any(place.part.region not in body for place in named):
        return None
    small = given.small
    for place in reversed(named):
        small = f"{small[: place.start]}_{small[place.end :]}"
    small = re.sub(r"[^a-z_']+", " ", small).strip()
    sides = list(expressions["left_or_right"].finditer(small))
    left_over = expressions["left_or_right"].sub(" ", small).split()
    if not sides or not all(word == "_" or word in beside for word in left_over):
        return None
    named_left = any(_side(said) == "left" for said in sides)
    affirmed = set()
    for said in sides:
        before, which = small[: said.start()], _side(said)
        alone = not (expressions["follows"].match(small, said.end()) or expressions["leads"].search(before))
        if alone and not named_left:
            return None
        if not expressions["denied"].search(before):
            affirmed.add(_OPPOSITE.get(now or "") if which in ("other", "opposite") else which)
    return affirmed.pop() if len(affirmed) == 1 else None


def _side(said: re.Match[str]) -> str:
    return _SIDES.get(said["which"], said["which"])
