"""Intents: what the assistant's own pipeline takes each message for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from bot.eval.counts import MISSED, WRONG, Aim, Counts, Judged, Row, Scored, errors, judge_share, total
from bot.eval.sets import Item

_TOP, _UNSURE = "first guess right", "not understood (fallback)"
FALLBACK, _OUT_OF_SCOPE = "nlu_fallback", "out_of_scope"


class Guess(NamedTuple):
    """The intent that the pipeline puts first, and how sure it is, 0 to 1."""

    intent: str
    confidence: float


def score(pairs: Iterable[tuple[Item, Guess]]) -> Scored:
    """Scores items of the set `intents`, each with the pipeline's guess; rows in all and for each intent.

    A message that belongs nowhere is right with the fallback too: the rules of the talk answer both in the same way.
    """
    judged: list[Judged] = []
    counts: defaultdict[str, Counts] = defaultdict(Counts)
    names = set()
    for item, guess in pairs:
        gold = item.gold["intent"]
        names.add(gold)
        right = guess.intent == gold or (gold == _OUT_OF_SCOPE and guess.intent == FALLBACK)
        # A wrong guess that the pipeline is sure of is the worse one.
        badness = WRONG if guess.intent != FALLBACK else MISSED
        judged.append(judge_share(_TOP, item.id, right, gold, f"{guess.intent} ({guess.confidence:.2f})", badness))
        counts[_UNSURE] += Counts(fp=1) if guess.intent == FALLBACK else Counts(tn=1)
        counts[gold] += Counts(tp=1) if right else Counts(fn=1)
        if not right:
            counts[guess.intent] += Counts(fp=1)
    rows = [
        Row("intents", _TOP, total(judged, _TOP), "share", Aim(0.92)),
        Row("intents", _UNSURE, counts[_UNSURE], "wrong"),
        *(Row("intents", name, counts[name]) for name in sorted(names)),
    ]
    return Scored(tuple(rows), errors(judged))
