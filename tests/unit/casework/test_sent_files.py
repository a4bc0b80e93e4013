"""A file that was sent is a document like a pasted letter; a letter sent page by page is one letter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from actions.cases import new_key, open_database
from actions.casework import documents, door, drafting, originals
from actions.casework.conversation import talk
from actions.casework.desk import Desk
from actions.casework.replies import Reply
from actions.reading.documents import DocumentText
from criteria.facts import Fact, Field, key
from criteria.library import load

ME = "web-" + "a" * 64
PAGE_1 = (
    "Example Health Plan\nNovember 2, 2026\nMember ID: EX-4471-09\nDear Pat Example,\nWe reviewed the request for an "
    "MRI of the left knee (CPT 73721). The request is denied because it is not medically necessary."
)
PAGE_2 = (
    "Page 2\nYour right to appeal this decision\nYou may appeal our determination within 180 days of the date of this "
    "letter. Your doctor may call 1-800-555-0142 for a peer-to-peer discussion."
)
NOTE = "I have had pain in my left knee for 9 weeks. I did 6 weeks of physical therapy and it did not help."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    database = open_database(f"sqlite:///{tmp_path / 'cases.db'}", new_key())
    database.migrate()
    opened = Desk(database, load(), pinned=date(2026, 11, 21))
    door.choose(opened, ME, {"title": "I agree", "intent": "consent", "value": {}})
    yield opened
    database.dispose()


def send(desk: Desk, text: str, picture: bool = False) -> tuple[Reply, ...]:
    """What is said to a file with this text: by the door, then by the action."""
    found = DocumentText("png" if picture else "pdf", text, 1, picture)
    received = door.receive_file(desk, ME, found, alarmed=False)
    (turn,) = received.turns
    assert turn.text == "/provide_document" and text not in str(turn)
    with desk.database.unit() as unit:
        return (*received.replies, *documents.take_document(talk(desk, unit, ME), turn.metadata["document_id"]))


def test_a_case_keeps_no_more_files_than_it_may(desk: Desk) -> None:
    found = DocumentText("text", PAGE_1, 1)
    said = [door.receive_file(desk, ME, found, False, None, b"%d" % n).replies[0] for n in range(originals.MOST + 1)]
    links = [reply.documents for reply in said]
    assert all(len(link) == 1 for link in links[:-1]) and links[-1] == ()
    assert "no more than 12 files" in said[-1].text and "already deleted" in said[-1].text
    again = door.receive_file(desk, ME, found, False, None, b"0").replies[0]
    assert again.documents == links[0]
    assert originals.original_file(desk, ME, links[0][0].id, "txt") == b"0"
    assert originals.original_file(desk, "web-" + "f" * 64, links[0][0].id, "txt") is None
    assert originals.original_file(desk, ME, links[0][0].id, "pdf") is None


def paste(desk: Desk, text: str) -> tuple[Reply, ...]:
    (turn,) = door.receive(desk, ME, text, alarmed=False).turns
    with desk.database.unit() as unit:
        return documents.take_document(talk(desk, unit, ME), turn.metadata["document_id"])


def facts(desk: Desk) -> dict[str, Fact]:
    with desk.database.unit() as unit:
        mine = talk(desk, unit, ME)
        return {key(fact.value): fact for fact in mine.unit.facts(mine.case_id)}


def rows(replies: tuple[Reply, ...]) -> dict[str, str]:
    return {row.id: row.state for reply in replies if reply.card for row in reply.card.rows}


def test_all_that_a_picture_said_is_to_be_checked_and_less_sure(desk: Desk) -> None:
    assert set(rows(send(desk, PAGE_1, picture=True)).values()) == {"confirm"}
    from_picture = facts(desk)["denial.member_id"].said
    with desk.database.unit() as unit:
        talk(desk, unit, ME).unit.new_case(talk(desk, unit, ME).conversation, desk.now(), 30)
    assert set(rows(send(desk, PAGE_1)).values()) == {"read"}
    assert from_picture.confidence < facts(desk)["denial.member_id"].said.confidence


def test_a_deadline_counted_from_a_picture_says_so_until_a_person_says_the_date(desk: Desk) -> None:
    send(desk, PAGE_1, picture=True)
    with desk.database.unit() as unit:
        mine = talk(desk, unit, ME)
        mine.keep((Field("plan.type", "erisa_insured"),), "from my job")
        before = drafting.deadlines(mine)
        mine.keep((Field("denial.notice_date", date(2026, 11, 2)),), "November 2")
        after = drafting.deadlines(mine)
    assert "read it from a picture" in before.text and "November 2, 2026" in before.text
    assert "confirm" in rows((before,)).values()
    assert "picture" not in after.text
    assert rows((before,)).keys() == rows((after,)).keys() and "confirm" not in rows((after,)).values()


def test_the_second_page_adds_to_the_first(desk: Desk) -> None:
    send(desk, PAGE_1)
    assert "denial.appeal_deadline" not in facts(desk)
    replies = send(desk, PAGE_2)
    assert "together with what you sent before" in replies[-1].text
    assert "denial.member_id" not in rows(replies)
    said = facts(desk)["denial.appeal_deadline"].said
    assert PAGE_2[said.start : said.end] == said.words and "180 days" in said.words
    assert facts(desk)["denial.member_id"].said.document != said.document


def test_the_pages_in_the_other_order(desk: Desk) -> None:
    assert "found no denial" in send(desk, PAGE_2)[-1].text
    known = rows(send(desk, PAGE_1))
    assert "denial.member_id" in known and "denial.appeal_deadline" in known


def test_a_second_page_undoes_no_correction(desk: Desk) -> None:
    send(desk, PAGE_1)
    with desk.database.unit() as unit:
        mine = talk(desk, unit, ME)
        mine.retract("denial.notice_date")
        mine.keep((Field("denial.notice_date", date(2026, 11, 12)),), "November 12, 2026")
    send(desk, PAGE_2)
    send(desk, PAGE_1)
    assert facts(desk)["denial.notice_date"].value == Field("denial.notice_date", date(2026, 11, 12))


def test_what_the_person_wrote_is_no_page_of_the_letter(desk: Desk) -> None:
    send(desk, PAGE_1)
    send(desk, NOTE)
    assert facts(desk)["knee_pain"].said.who == "patient"
    assert "found no denial" in send(desk, PAGE_2)[-1].text  # behind a note nothing is taken for a letter's next page


def test_two_letters_and_a_late_page_stay_apart(desk: Desk) -> None:
    send(desk, PAGE_1)
    other = PAGE_1.replace("EX-4471-09", "EX-8-8")
    assert "I read your letter" in send(desk, other)[-1].text
    later = replace(desk, pinned=desk.pinned)
    object.__setattr__(later, "now", lambda: datetime.now().astimezone() + timedelta(minutes=16))
    assert "found no denial" in send(later, PAGE_2)[-1].text


def test_a_pasted_page_is_none_that_was_sent(desk: Desk) -> None:
    paste(desk, PAGE_1)
    assert "found no denial" in send(desk, PAGE_2)[-1].text


def test_the_same_file_twice_is_stored_once_and_said_so(desk: Desk) -> None:
    send(desk, PAGE_1)
    assert "read this one before" in send(desk, PAGE_1)[-1].text
    with desk.database.unit() as unit:
        mine = talk(desk, unit, ME)
        assert len(mine.unit.documents(mine.case_id)) == 1


def test_a_picture_that_waited_for_consent_is_still_a_picture(desk: Desk) -> None:
    you = "web-" + "b" * 64
    door.receive_file(desk, you, DocumentText("png", PAGE_1, 1, True), alarmed=False)
    door.receive_file(desk, you, DocumentText("png", PAGE_1, 1, True), alarmed=False)
    (turn,) = door.choose(desk, you, {"title": "I agree", "intent": "consent", "value": {}}).turns
    with desk.database.unit() as unit:
        mine = talk(desk, unit, you)
        text = mine.unit.document_text(mine.case_id, turn.metadata["document_id"])
        assert text == PAGE_1
        assert set(rows(documents.take_document(mine, turn.metadata["document_id"])).values()) == {"confirm"}


def test_a_short_note_that_waited_for_consent_is_still_a_file(desk: Desk) -> None:
    you = "web-" + "c" * 64
    door.receive_file(desk, you, DocumentText("pdf", NOTE, 1), alarmed=False)
    (turn,) = door.choose(desk, you, {"title": "I agree", "intent": "consent", "value": {}}).turns
    assert turn.text == "/provide_document" and "text" not in turn.metadata


def test_pages_that_were_not_read_are_named(desk: Desk) -> None:
    found = DocumentText("pdf", PAGE_1, 3, False, (2, 3))
    assert "I could not read page 2, 3" in door.receive_file(desk, ME, found, alarmed=False).replies[0].text


APPROVED = "Good news! We approved your care.\nMRI thoracic spine (72157)\nApproved from 11/18/2026 to 01/17/2027"
PENDED = (
    "Juniper Valley Health Alliance\nRequest for Additional Information - THIS IS NOT A DENIAL\n\nNovember 17, 2026\n"
    "Member: Clementine Example    ID# JV-0098\nRE: Your doctor's request for MRI right wrist without contrast "
    "(73221)\n\nWe need more information before we can decide. Please have Dr. Pell send notes, x-ray report "
    "and the treatment tried so far no later than December 1, 2026. If we do not get it, we will decide with the "
    "information we have, which may result in a denial. You would then have the right to appeal within 180 days."
)


def test_an_approval_is_said_to_be_one_and_starts_no_appeal(desk: Desk) -> None:
    assert "nothing to appeal" in paste(desk, APPROVED)[-1].text
    assert facts(desk) == {}


def test_a_request_for_records_is_no_denial(desk: Desk) -> None:
    replies = paste(desk, PENDED)
    assert "not a denial" in replies[-1].text
    known = facts(desk)
    assert known["study.id"].value == Field("study.id", "mri-wrist-hand")
    assert known["denial.denied"].value == Field("denial.denied", False)
    assert not [name for name in known if name.startswith(("treatment", "imaging", "denial.notice"))]
    assert drafting.draft_appeal(desk, ME) is None


def test_a_request_for_records_does_not_undo_a_denial(desk: Desk) -> None:
    paste(desk, PAGE_1)
    paste(desk, PENDED)
    denied = facts(desk).get("denial.denied")
    assert denied is None or denied.value == Field("denial.denied", True)
