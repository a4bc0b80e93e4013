"""Emergencies in words that no rule foresaw are answered first, at the door, whatever else is going on."""

from __future__ import annotations

import pytest
from chat import Chat

UNFORESEEN = "my seat is asleep since breakfast, like sitting on someone else, and the toilet surprised me"
VEILED = "I wrote the letters for the kids already, the tablets are counted and tonight the house will be quiet"


@pytest.mark.parametrize(("text", "number"), [(UNFORESEEN, "911"), (VEILED, "988")])
def test_before_consent_and_in_a_form(chat: Chat, text: str, number: str) -> None:
    first = chat.say(text)
    assert first.messages[0]["tone"] == "emergency" and number in first.messages[0]["text"]
    chat.agree()
    chat.say("my knee")
    again = chat.say(text)
    assert again.messages[0]["tone"] == "emergency" and number in again.messages[0]["text"]
    chat.press(again.messages[0]["buttons"][0]["id"])
    on = chat.say("it hurts for 8 weeks")
    assert on.messages and not [message for message in on.messages if message["tone"] == "emergency"]


def test_ordinary_words_go_on(agreed: Chat) -> None:
    for text in ("My left knee locks since August.", "no", "this waiting is killing me", "when is the deadline"):
        assert not [message for message in agreed.say(text).messages if message["tone"] == "emergency"], text
