"""Which side a message says it is, when it says nothing else."""

from __future__ import annotations

import pytest

from actions.reading.which_side import side_told


@pytest.mark.parametrize(("text", "side"), [
    ("It's my left shoulder", "left"), ("L shoulder, not R", "left"), ("oops I said right but meant left", "left"),
    ("the scan is for the right shoulder", "right"), ("no wait. right side", "right"),
    ("not the left, the right", "right"),
    ("the other one", "left"), ("wrong side, it should be the other shoulder", "left"),
    ("it's for both shoulders", "bilateral"),
    ("LEFT SHOULDER", "left"), ("pt's left shoulder, sorry", "left"),
])  # fmt: skip
def test_a_message_that_says_a_side(text: str, side: str) -> None:
    assert side_told(text, ("shoulder",), "right") == side


@pytest.mark.parametrize("text", [
    "you're right", "that is right", "right away please", "ok right", "I left work early", "my left hip",
    "left shoulder is getting worse", "the left shoulder is fine now", "left or right shoulder?",
    "they mixed up the sides",
    "not the right shoulder", "", "🙂", "left " * 60, "it's right at the shoulder",
])  # fmt: skip
def test_a_message_that_says_none(text: str) -> None:
    assert side_told(text, ("shoulder",), "right") is None


def test_the_other_side_of_none_is_none() -> None:
    assert side_told("the other shoulder", ("shoulder",), None) is None
