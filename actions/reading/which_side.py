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
    expressions = ("left_or_right", "follows", "leads", "denied", "not_this")
    given.check_keys(("beside", *expressions))
    return frozenset(given["beside"]), {name: re.compile(given[name]) for name in expressions}


def side_told(text: str, body: Collection[str] | None, now: str | None) -> str | None:
    """`left`, `right` or `bilateral` where the message says which side of this part of the body it is, and no more.

    `body`: the regions it may name, None for any. `now`: the side as it stands, which "the other knee" is the other of.
    None when the message says anything else too, names another part, or leaves it open; "that's right" names no side.
    """
    beside, expressions = _words()
    if len(text) > _LONGEST:
        return None
    given = context(text)
    named = places(given)
    if body is not None and any(place.part.region not in body for place in named):
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
    affirmed, denied = set(), set()
    for said in sides:
        before, which = small[: said.start()], _side(said)
        alone = not (expressions["follows"].match(small, said.end()) or expressions["leads"].search(before))
        if alone and not named_left:
            return None
        if not expressions["denied"].search(before):
            affirmed.add(_OPPOSITE.get(now or "") if which in ("other", "opposite") else which)
        elif expressions["not_this"].search(before):
            denied.add(which)
    if not affirmed and len(denied) == 1:
        # "I said left. Not right": the one that is not denied.
        named_sides = {_side(said) for said in sides}
        affirmed = {_OPPOSITE.get(next(iter(denied)))} & named_sides
    return affirmed.pop() if len(affirmed) == 1 else None


_PART = re.compile(r"(?:[^.;!?:,\n]|[.,](?=[0-9]))+")
_DENIED_SIDE = re.compile(r"\bnot (?:on |in |for )?(?:the |my |his |her )?(left|right)\b")


def parts(text: str) -> list[tuple[int, int]]:
    """Where the parts of a message stand in which a side may be said alone: sentences, then what commas divide."""
    whole = [m.span() for m in re.finditer(r"(?:[^.;!?:\n]|\.(?=[0-9]))+", text)]
    return [*whole, *(span for span in (m.span() for m in _PART.finditer(text)) if span not in whole)]


def side_denied(text: str) -> str | None:
    """The one side of which a message says that it is not it: "on the right, not the left"."""
    denied = set(_DENIED_SIDE.findall(text.lower()))
    return denied.pop() if len(denied) == 1 else None


def side_beside(text: str, body: Collection[str]) -> str | None:
    """`left` or `right` where the message names this part of the body with that one side and no other."""
    sides = {place.side for place in places(context(text)) if place.part.region in body and place.side}
    return sides.pop() if sides in ({"left"}, {"right"}) else None


def _side(said: re.Match[str]) -> str:
    return _SIDES.get(said["which"], said["which"])
