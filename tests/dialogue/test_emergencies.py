"""Emergency first: before any question, before consent, in a form, in a letter, in a correction."""

from __future__ import annotations

import pytest
from chat import Chat

from actions.cases import Database
from criteria.facts import Finding

CALL = "Call 911"


def test_before_consent(chat: Chat) -> None:
    answer = chat.say("worst headache of my life, it came on like a thunderclap an hour ago")
    assert answer.messages[0]["text"].startswith(f"**{CALL}")
    assert "agree" not in answer.messages[0]["text"]


@pytest.mark.parametrize(
    "words",
    [
        "my legs are going weak and I can't feel anything between my legs when I wipe",
        "my face is drooping on one side and my words come out wrong",
        "sudden explosive headache, never had anything like it",
    ],
)
def test_in_a_form_before_any_other_question(agreed: Chat, words: str) -> None:
    agreed.say("my lumbar MRI was denied")
    answer = agreed.say(words)
    assert answer.messages[0]["text"].startswith(f"**{CALL}")
    assert len(answer.messages) == 1
    paused = agreed.say("9 weeks")
    assert "911" in paused.messages[0]["text"]
    resumed = agreed.press("I am safe")
    assert "where we stopped" in resumed.messages[0]["text"]
    assert resumed.messages[-1]["text"].endswith("?") or resumed.messages[-1]["buttons"]


def test_whatever_is_answered_in_a_pause_offers_the_way_back(agreed: Chat) -> None:
    agreed.say("my lumbar MRI was denied")
    agreed.say("sudden worst headache of my life right now")
    for words in ("what is a peer to peer?", "who can see this?", "how long does an appeal take?", "my back hurts too"):
        assert agreed.say(words).buttons, words
    assert "where we stopped" in agreed.say("we are safe").messages[0]["text"]


@pytest.mark.parametrize(("words", "stands"), [("no im fine i was just testing", False), ("ok I'm safe, go on", True)])
def test_going_on_in_words_and_a_false_alarm_leaves_no_trace_in_the_case(
    agreed: Chat, words: str, stands: bool, database: Database
) -> None:
    agreed.say("my brain MRI was denied as not medically necessary, I have headaches for 3 weeks")
    agreed.say("sudden worst headache of my life right now")
    resumed = agreed.say(words)
    assert "where we stopped" in resumed.messages[0]["text"]
    with database.unit() as unit:
        conversation = unit.conversation(agreed.sender)
        assert conversation is not None and conversation.case_id is not None
        found = {f.value.id for f in unit.facts(conversation.case_id) if isinstance(f.value, Finding)}
    assert ("thunderclap_headache" in found) is stands
    assert "headache" in found


def test_in_a_correction(agreed: Chat) -> None:
    agreed.say("my lumbar MRI was denied, my back hurts for 7 weeks, no problems with my bladder")
    answer = agreed.say("actually that is wrong, since this morning I can't hold my urine and my groin is numb")
    assert answer.messages[0]["text"].startswith(f"**{CALL}")


def test_in_a_pasted_letter_about_this_patient(agreed: Chat) -> None:
    letter = (
        "November 3, 2026\nMember: Pat Example\nMember ID EX-0002\nRe: MRI of the lumbar spine\n\n"
        "Dear Pat Example, your request for an MRI of the lumbar spine is denied as not medically necessary. "
        "Your records say that the patient has new saddle anesthesia and urinary retention since yesterday. "
        "You have 180 days to appeal. " + "Please keep this letter for your files. " * 12
    )
    answer = agreed.say(letter)
    assert answer.messages[0]["text"].startswith(f"**{CALL}")


def test_a_letter_that_lists_exceptions_is_no_emergency(agreed: Chat) -> None:
    letter = (
        "November 3, 2026\nMember: Pat Example\nMember ID EX-0002\nRe: MRI of the lumbar spine\n\n"
        "Dear Pat Example, your request for an MRI of the lumbar spine is denied as not medically necessary. "
        "This scan can be approved without six weeks of care when there are red flags such as cauda equina syndrome, "
        "saddle anesthesia, loss of bladder control, thunderclap headache, fever, or a stroke. None was documented. "
        "You have 180 days to appeal. " + "Please keep this letter for your files. " * 12
    )
    answer = agreed.say(letter)
    assert CALL not in answer.text
    assert answer.cards[0]["type"] == "reading"


def test_self_harm_gets_988(agreed: Chat) -> None:
    answer = agreed.say("I can't take this pain, I don't want to live anymore")
    assert "988" in answer.messages[0]["text"]


@pytest.mark.parametrize(
    "words",
    ["no numbness in my groin and no bladder trouble", "this paperwork is killing me", "what if my leg goes numb?"],
)
def test_ordinary_words_are_no_emergency(agreed: Chat, words: str) -> None:
    agreed.say("my lumbar MRI was denied")
    assert CALL not in agreed.say(words).text
