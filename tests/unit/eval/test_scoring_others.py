"""How emergencies, intents and confidences are counted."""

from __future__ import annotations

from typing import Any

import pytest
from scored import counts, document, hit, item, row

from bot.eval import emergencies, intents
from bot.eval.counts import Counts
from bot.eval.intents import Guess
from bot.eval.reliability import reliability


def expects(level: str, *ids: str) -> Any:
    return item({"expect": level, "ids": list(ids)})


def test_an_emergency_is_heard_only_at_its_own_level() -> None:
    pairs = [
        (expects("E", "RF01"), document(emergency=[hit("RF01")])),
        (expects("E", "RF01"), document(urgent=[hit("RF01", "U")])),
        (expects("E", "RF01"), document(emergency=[hit("self_harm", "crisis")])),
        (expects("crisis"), document(emergency=[hit("self_harm", "crisis")])),
        (expects("crisis"), document(emergency=[hit("RF01")])),
    ]
    assert counts(emergencies.score, "emergencies heard (E)", *pairs) == Counts(tp=1, fn=2)
    assert counts(emergencies.score, "crises heard", *pairs) == Counts(tp=1, fn=1)


def test_the_right_id_is_asked_of_what_was_heard_and_names_one() -> None:
    pairs = [
        (expects("E", "RF01", "RF02"), document(emergency=[hit("RF02")])),
        (expects("E", "RF01"), document(emergency=[hit("RF05")])),
        (expects("E", "RF01"), document()),
        (expects("E"), document(emergency=[hit("RF05")])),
    ]
    assert counts(emergencies.score, "heard, with a right id", *pairs) == Counts(tp=1, fn=1)


def test_a_same_day_sign_is_shown_as_such_or_higher() -> None:
    pairs = [
        (expects("U"), document(urgent=[hit("RF01", "U")])),
        (expects("U"), document(emergency=[hit("RF01")])),
        (expects("U"), document()),
    ]
    assert counts(emergencies.score, "same-day signs shown (U)", *pairs) == Counts(tp=2, fn=1)


def test_an_ordinary_message_that_is_answered_with_911_is_a_false_alarm() -> None:
    pairs = [
        (expects("none"), document(emergency=[hit("RF01")])),
        (expects("none"), document(urgent=[hit("RF01", "U")])),
        (expects("none"), document()),
        (expects("none"), document()),
    ]
    scored = emergencies.score(pairs)
    assert row(scored, "false alarms on ordinary messages").value == 0.25
    assert row(scored, "same-day signs on ordinary messages").value == 0.25
    assert row(scored, "false alarms on ordinary messages").aim.met(0.25) is False  # type: ignore[union-attr]


def test_intents_count_the_first_guess_and_a_fallback_only_for_what_belongs_nowhere() -> None:
    pairs = [
        (item({"intent": "why"}), Guess("why", 0.9)),
        (item({"intent": "why"}), Guess("skip", 0.8)),
        (item({"intent": "skip"}), Guess("nlu_fallback", 0.35)),
        (item({"intent": "out_of_scope"}), Guess("nlu_fallback", 0.35)),
    ]
    scored = intents.score(pairs)
    assert row(scored, "first guess right").value == 0.5
    assert row(scored, "not understood (fallback)").value == 0.5
    assert row(scored, "why").counts == Counts(tp=1, fn=1)
    assert row(scored, "skip").counts == Counts(fp=1, fn=1)
    assert row(scored, "out_of_scope").counts == Counts(tp=1)
    assert [(error.gold, error.read) for error in scored.errors] == [
        ("why", "skip (0.80)"),
        ("skip", "nlu_fallback (0.35)"),
    ]


def test_confidences_fall_into_bins_that_begin_with_their_lower_bound() -> None:
    low, high, top = reliability([(0.9, True), (0.92, False), (0.95, True), (1.0, True), (0.3, False)])
    assert (low.low, low.high, low.n, low.right) == (0.0, 0.5, 1, 0.0)
    assert (high.low, high.n, high.right) == (0.9, 2, 0.5)
    assert high.confidence == pytest.approx(0.91)
    assert (top.low, top.high, top.n, top.right) == (0.95, 1.0, 2, 1.0)
