"""Whole conversations through the real servers: from a denial letter to an appeal, and what gets in between."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pypdfium2
from chat import Answer, Chat

LETTERS = Path(__file__).resolve().parents[1] / "letters"
UHC = (LETTERS / "uhc_lumbar_commercial.txt").read_text("utf-8")
ENOUGH = 25


def to_the_end(chat: Chat, last: Answer, answers: dict[str, str] | None = None) -> Answer:
    """Answers whatever is asked, with "no" or the given words where they fit, until there is a document."""
    for _ in range(ENOUGH):
        if last.documents:
            return last
        asked = last.messages[-1]["text"].lower()
        words = next((said for part, said in (answers or {}).items() if part in asked), None)
        last = chat.say(words) if words else chat.say("I don't know")
    raise AssertionError("no document after many answers; the last question was: " + last.messages[-1]["text"])


def pdf_text(content: bytes) -> str:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_from_a_pasted_letter_to_an_appeal(agreed: Chat) -> None:
    read = agreed.say(UHC)
    card = read.cards[0]
    assert card["type"] == "reading"
    shown = {row["id"]: row["value"] for row in card["rows"]}
    assert shown["denial.notice_date"] == "November 2, 2026"
    assert "lumbar" in shown["study.id"].lower() or "lower back" in shown["study.id"].lower()
    assert all(row["choice"] for row in card["rows"] if row["id"].startswith(("denial.", "study.", "plan.")))
    said = agreed.say("pain in my lower back going down my left leg, for 9 weeks. 6 weeks of physical therapy, no help")
    end = to_the_end(agreed, said)
    document = end.documents[0]
    assert document["kind"] == "appeal"
    assert set(document["formats"]) == {"html", "pdf", "docx"}
    deadline = next(c for c in end.cards if c["type"] == "deadline")
    assert any("May 1, 2027" in row["value"] for row in deadline["rows"])
    letter = pdf_text(agreed.document(document["id"], "pdf").content)
    assert "physical therapy" in letter.lower()
    assert "fever" not in letter.lower()
    assert agreed.document(document["id"], "docx").content[:2] == b"PK"


def test_a_corrected_row_of_the_card_is_what_the_letter_says(agreed: Chat) -> None:
    read = agreed.say(UHC)
    row = next(r for r in read.cards[0]["rows"] if r["id"] == "denial.notice_date")
    asked = agreed.press(row["choice"])
    assert "date" in asked.messages[-1]["text"].lower()
    fixed = agreed.say("November 12, 2026")
    assert "November 12, 2026" in fixed.text
    end = to_the_end(agreed, fixed)
    deadline = next(c for c in end.cards if c["type"] == "deadline")
    assert any("May 11, 2027" in r["value"] for r in deadline["rows"])


def test_several_facts_in_one_message_are_all_taken(agreed: Chat) -> None:
    agreed.say("They denied my right knee MRI as not medically necessary.")
    answer = agreed.say(
        "My right knee locks and swells since I twisted it 8 weeks ago, I did physical therapy for 6 weeks, "
        "no fever, and my plan is a Medicare Advantage plan"
    )
    noted = answer.messages[0]["text"].lower()
    for part in ("lock", "swell", "physical therapy (6 weeks", "no fever", "medicare advantage"):
        assert part in noted, noted
    assert "6 weeks" not in answer.messages[-1]["text"]


def test_what_was_not_said_as_present_is_never_noted_as_present(agreed: Chat) -> None:
    agreed.say("I need an MRI of my lower back, it was denied")
    answer = agreed.say("No numbness, my mother had cancer, I used to have fevers, and it might be weakness in my leg")
    noted = answer.messages[0]["text"].lower()
    assert "no numbness" in noted
    assert "in the family" in noted
    assert "in the past" in noted
    assert "maybe" in noted
    end = to_the_end(agreed, answer)
    letter = pdf_text(agreed.document(end.documents[0]["id"], "pdf").content).lower()
    assert "my mother" not in letter
    assert "i have weakness" not in letter
    assert "i have fever" not in letter


def test_a_question_about_the_process_in_the_middle_of_a_form(agreed: Chat) -> None:
    before = agreed.say("it's about an MRI of my lumbar spine")
    asked = before.messages[-1]["text"]
    answer = agreed.say("what is a peer to peer?")
    assert "call" in answer.messages[0]["text"]
    assert answer.messages[-1]["text"] == asked


def test_why_skip_dont_know_and_going_back(agreed: Chat) -> None:
    agreed.say("my knee MRI was denied because they want an x-ray first")
    asked = agreed.say("my right knee hurts").messages[-1]["text"]
    why = agreed.say("why do you ask?")
    assert len(why.messages) == 2
    assert why.messages[-1]["text"] == asked
    skipped = agreed.say("skip")
    assert "kipped" in skipped.messages[0]["text"]
    following = skipped.messages[-1]["text"]
    assert following != asked
    unknown = agreed.say("I don't know")
    assert unknown.messages[-1]["text"] not in (asked, following)


def test_going_back_asks_the_last_answered_question_again(agreed: Chat) -> None:
    agreed.say("my lumbar MRI was denied as not medically necessary. my lower back hurts.")
    weeks = agreed.say("5 weeks")
    assert "5 weeks" in weeks.text
    back = agreed.say("go back")
    assert "how many weeks" in back.messages[-1]["text"].lower()
    again = agreed.say("9 weeks")
    assert "9 weeks" in again.text


def test_a_correction_of_the_answer_before(agreed: Chat) -> None:
    agreed.say("my lumbar MRI was denied as not medically necessary. my lower back hurts.")
    agreed.say("5 weeks")
    corrected = agreed.say("actually it was 8 weeks")
    assert "8 weeks" in corrected.messages[0]["text"]


def test_start_over_asks_first_and_then_forgets(agreed: Chat) -> None:
    agreed.say("my lumbar MRI was denied as not medically necessary, my back hurts for 7 weeks")
    asked = agreed.say("start over")
    assert set(asked.buttons) == {"Yes, start a new case", "No, go on with this one"}
    fresh = agreed.press("Yes, start")
    assert "fresh" in fresh.messages[0]["text"]
    assert "letter" in fresh.messages[-1]["text"].lower()


def test_nonsense_gets_a_short_answer_and_the_question_again(agreed: Chat) -> None:
    asked = agreed.say("it's an MRI of my knee that they refused as not necessary").messages[-1]["text"]
    for nonsense in ("asdf qwer zxcv", "🤷🤷🤷", "42 is the answer to everything"):
        answer = agreed.say(nonsense)
        assert not answer.documents
        assert answer.messages[-1]["text"] == asked or len(answer.messages) >= 1
        assert len(answer.messages[0]["text"]) < 400


def test_nothing_was_denied_yet(agreed: Chat) -> None:
    begun = agreed.say("nobody has denied it yet")
    assert "early" in begun.messages[0]["text"]
    said = agreed.say("an MRI of my lower back, it has hurt for 3 weeks, I took ibuprofen, I have a plan from work")
    for _ in range(ENOUGH):
        if "before the request goes in" in said.text.lower() or "nothing is missing" in said.text.lower():
            break
        said = agreed.say("I don't know")
    else:
        raise AssertionError(said.text)
    assert not said.documents


def test_a_usually_not_appropriate_scan_is_said_kindly_and_acr_is_not_cited(agreed: Chat) -> None:
    agreed.say("They denied my brain MRI as not medically necessary. I get migraines, my exam was normal.")
    said = agreed.say("headache for 2 years, typical migraine, took ibuprofen, plan is from the marketplace")
    end = to_the_end(agreed, said, {"any of these": "none of these", "these": "none of these"})
    transcript = " ".join(m["text"] for m in agreed.history() if m["direction"] == "out")
    assert "Usually Not Appropriate" in transcript
    letter = pdf_text(agreed.document(end.documents[0]["id"], "pdf").content)
    assert "American College of Radiology" not in letter
    assert "ACR" not in letter


def test_the_same_facts_give_the_same_letter(new_chat: Callable[[], Chat]) -> None:
    letters = []
    for _ in range(2):
        chat = new_chat()
        chat.agree()
        end = to_the_end(chat, chat.say(UHC))
        letters.append(chat.document(end.documents[0]["id"], "pdf").content)
    assert letters[0] == letters[1]
