"""Which day is the letter's where several stand, which denial is in hand, and until when the doctors may call."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import facts_of, read
from criteria.facts import Field

TODAY = date(2026, 11, 21)


def denial(text: str):
    return read(text, TODAY).denial


def fields(text: str) -> dict[str, object]:
    facts = facts_of(read(text, TODAY), "patient", TODAY)
    return {fact.value.path: fact.value.value for fact in facts if isinstance(fact.value, Field)}


@pytest.mark.parametrize(
    ("letter", "notice"),
    [
        ("November 5, 2026\n\nThis letter is about your level one appeal, received on October 7, 2026. You asked us "
         "to change our decision of August 31, 2026 to deny an MRI of the left hip (73721). It stands.",
         date(2026, 11, 5)),
        ("Acme Health Plan\nDear Ann:\nYou disagree with our denial dated August 31, 2026. We upheld it. "
         "CT of the chest (71260) is not covered. You may appeal.", None),
        ("Acme Health, November 18, 2026. The decision of October 2, 2026 to deny the MRI of the brain stands. "
         "You may appeal.", date(2026, 11, 18)),
        ("Dear Ann, our decision of November 3, 2026 about the MRI of your knee is that it is not medically necessary.",
         date(2026, 11, 3)),
        ("Acme Health Plan  Rev. 03/15/2024 Form AHP-220\nDecision made: Thursday, November 12, 2026\n"
         "MRI of the left knee denied. You have 180 days to appeal.", date(2026, 11, 12)),
        ("ACME HEALTH  FORM DATE 01/05/2025\nNotice Date: Monday, November 9, 2026\nMRI knee 73721 denied. You may "
         "appeal.",
         date(2026, 11, 9)),
        ("Acme Fund\nDated this 2nd day of November, 2026\nDear Sir:\nThe echocardiogram (93306) is denied.",
         date(2026, 11, 2)),
        ("Acme Health | Notice of denial | 03/02/2025\nMRI knee 73721 denied. Date of service 02/10/2025",
         date(2025, 3, 2)),
        ("i appealed, now i got this: Acme Health, November 18, 2026. Your appeal is denied, the denial is upheld. "
         "You may request an external review within four months of receiving this letter.", date(2026, 11, 18)),
    ],
)  # fmt: skip
def test_the_day_of_this_letter_and_not_of_the_first_decision_or_its_form(letter, notice):
    assert denial(letter).notice_date == notice


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("insurance denied it sept 2, we appealed sept 20, denied again on nov 10", date(2026, 11, 10)),
        (
            "Low back MRI. Kaiser denied it on sept 2. We appealed and on november 10 they upheld it.",
            date(2026, 11, 10),
        ),
        ("MRI lumbar spine denied aug 3, appeal denied nov 10 2026", date(2026, 11, 10)),
        ("first they denied oct 3, i appealed oct 20 and they denied my appeal nov 12, brain mri", date(2026, 11, 12)),
        ("it's the second appeal, first denial sept 2, second one nov 10", date(2026, 11, 10)),
        ("my appeal for the shoulder mri was upheld nov 12", date(2026, 11, 12)),
        ("we lost the first appeal on october 30, low back mri", date(2026, 10, 30)),
        ("They denied my PET Oct 2; upheld on appeal 11/10/26", date(2026, 11, 10)),
        ("This is my second level appeal for a neck MRI, denial dated October 5", date(2026, 10, 5)),
        ("I already appealed once and they said no again. low back MRI, denial is dated nov 10", date(2026, 11, 10)),
    ],
)
def test_of_two_denials_the_later_one_is_in_hand_and_one_appeal_is_lost(text, notice):
    told = fields(text)
    assert (told["denial.notice_date"], told["denial.level"]) == (notice, "internal_upheld")


@pytest.mark.parametrize(
    "text",
    [
        "denied aug 3, i appealed nov 10",
        "they denied my knee mri nov 3. i already appealed once last year for my hip and won",
        "insurance denied the mri on nov 3 and the second one on nov 10",
        "my mri was denied nov 3, can i appeal?",
    ],
)
def test_a_first_denial_stays_one(text):
    assert denial(text).level is None
    assert denial(text).notice_date in (date(2026, 8, 3), date(2026, 11, 3))


def test_a_second_appeal_that_was_turned_down_is_one():
    assert denial("they denied my second level appeal for the hip mri on nov 3").level == "second_upheld"
    assert (
        denial("Second level appeal decision: upheld. MRI knee 73721 denied. You may appeal.").level == "second_upheld"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Encounter Date: 10/3/2026 knee pain",
        "mri denied. Quit date: 3/1/2016",
        "Collected date: 10/1/2026 PSA 8.2",
        "Last dose date: 9/1/26",
        "Date: 10/20/2026 Visit #11 PT",
        "hip MRI, the claim was denied after it was done on sept 9",
    ],
)
def test_a_records_date_is_not_the_letters(text):
    assert denial(text).notice_date is None


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("the letter is dated june 3rd no wait november 3rd 2026", date(2026, 11, 3)),
        ("mri denied october 5, sorry, november 5", date(2026, 11, 5)),
        ("mri denied 10/5/26. actually its 11/5/26", date(2026, 11, 5)),
        ("mri denied nov 3, no pt since may 5", date(2026, 11, 3)),
        ("date 11/3/2026, mri knee denied", date(2026, 11, 3)),
        ("i got denied for knee mri on the 3rd", date(2026, 11, 3)),
        ("letter date: 11/3/2026 knee mri denied", date(2026, 11, 3)),
        ("Humana denied my PET/CT on 11/3/26", date(2026, 11, 3)),
        ("they denied my lumbar (72148) MRI on 11/3/26", date(2026, 11, 3)),
    ],
)
def test_a_day_that_is_put_right_or_plainly_told(text, notice):
    assert denial(text).notice_date == notice


@pytest.mark.parametrize(
    ("text", "came"),
    [
        ("I got the letter two weeks ago", date(2026, 11, 7)),
        ("i received the letter on november 10", date(2026, 11, 10)),
        ("the letter came yesterday", date(2026, 11, 20)),
    ],
)
def test_the_day_a_letter_came_is_told_without_a_denial(text, came):
    told = fields(text)
    assert told == {"denial.received_date": came}


@pytest.mark.parametrize("text", ["got the approval letter nov 3", "got the records two weeks ago", "got a bill nov 3"])
def test_another_papers_coming_is_not_the_letters(text):
    assert "denial.received_date" not in fields(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear Al,\nPrecertification of an echocardiogram (CPT 93306), asked for by Dr. Hall on October 29, 2026, is "
        "denied.",
        "MyAcme Alert: We reviewed the prior authorization for ECHO 93306 requested by Dr Quiroga on 11/12/26. "
        "Decision: "
        "not approved. Ref 00412298",
        "BCBS TX denied the CT abdomen (74177) Dr. Sato ordered on 11/4",
        "Acme Gold Plus (HMO)\nNoviembre 14, 2026 / November 14, 2026\n\nService: MRI, left hand, 73220\n"
        "Decision: We are unable to approve this request.",
        "her appointment is 12/1/2026. MRI of her left shoulder denied",
        "mri denied. Start date: 9/1/26 meloxicam",
    ],
)
def test_the_day_of_an_order_or_a_visit_is_not_the_scans(text):
    assert denial(text).service_date is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("CT chest 71260 ordered by Dr. Hall, performed on 10/2/2026, was denied. Notice date 11/3/2026. You may "
         "appeal.",
         date(2026, 10, 2)),
        ("Notice of Denial of Payment\nDate: November 12, 2026\nWe've denied the payment of the service listed "
         "below: MRI "
         "cervical spine, 72141, received on October 2, 2026 at Union Street Imaging.", date(2026, 10, 2)),
        ("MRI appointment is 12/1/2026. they denied it", date(2026, 12, 1)),
        ("hip MRI, the claim was denied after it was done on sept 9", date(2026, 9, 9)),
    ],
)  # fmt: skip
def test_the_day_the_scan_was_done_or_is_set_for(text, day):
    assert denial(text).service_date == day


@pytest.mark.parametrize(
    ("words", "last"),
    [
        ("Your doctor may speak with the reviewer. Please call 800-555-0142 within 14 calendar days of the date of "
         "this "
         "letter.", date(2026, 12, 2)),
        ("Peer-to-peer: 5 business days from the date of this notice, 888-555-0171.", date(2026, 11, 25)),
        ("Peer to peer (800) 555-0140 before 5:00 pm EST 11/27/2026.", date(2026, 11, 27)),
        ("can do P2P until 11/24, 800-555-0166.", date(2026, 11, 24)),
        ("A peer to peer discussion is available within 7 days of this determination.", date(2026, 11, 25)),
        ("Peer-to-peer requests must be received no later than November 30, 2026.", date(2026, 11, 30)),
        ("P2P deadline: 12/02/26 17:00 ET", date(2026, 12, 2)),
        ("Clinician discussion line open until 2026-11-26 17:00.", date(2026, 11, 26)),
        ("To request reconsideration, your physician may contact us at 1-866-555-0133 within 10 business days of this "
         "notice.", date(2026, 12, 2)),
    ],
)  # fmt: skip
def test_the_last_day_for_the_doctors_call(words, last):
    got = denial(f"Denied: MRI knee 73721. Date 11/18/2026. {words}")
    assert got.peer_to_peer.words and got.peer_to_peer.by == last
    assert got.appeal_deadline.words is None


@pytest.mark.parametrize(
    "words",
    [
        "You may appeal within 180 days of this letter. Your doctor can ask for a peer to peer call at 800-555-0111.",
        "Your doctor can ask for a peer to peer call at 800-555-0111. You may appeal within 180 days of this letter.",
        "Doctor may request p2p; appeal within 180 days of receipt.",
    ],
)
def test_the_time_to_appeal_is_no_window_for_the_call(words):
    got = denial(f"Denied: MRI knee 73721. Date 11/18/2026. {words}")
    assert (got.appeal_deadline.days, got.peer_to_peer.by) == (180, None)


@pytest.mark.parametrize(
    "text", ['MRI ankle denied -- "no xray in last 60d"', "hip MRI denied.\nno xray in the past 90 days"]
)
def test_time_gone_by_is_no_deadline(text):
    assert denial(text).appeal_deadline.words is None


@pytest.mark.parametrize(
    "text",
    [
        "did the peer to peer, they said no",
        "mri denied. my doctor did a p2p and they still said no",
        "p2p done, still denied",
        "doctor had the peer to peer yesterday. no luck",
        "Denied. A peer-to-peer was held on 11/16/2026 with Dr. Voss and the decision was not changed.",
        "We looked again after your doctor's peer-to-peer on November 11, 2026. We still can't approve it. MRI 73721.",
    ],
)
def test_a_call_that_took_place_and_changed_nothing(text):
    assert fields(text)["peer_to_peer.status"] == "done_upheld"


@pytest.mark.parametrize(
    "text",
    [
        "my doctor will do a peer to peer. they said no to the mri",
        "they said no to my mri. peer to peer is next week",
        "we asked for a peer to peer and they said no",
        "no peer to peer was done, denied",
        "if the peer to peer is denied what then",
        "my dr did the p2p and it got approved",
    ],
)
def test_a_call_that_is_to_come_was_refused_or_helped(text):
    assert fields(text).get("peer_to_peer.status") != "done_upheld"


@pytest.mark.parametrize(
    "text",
    [
        "they wanted an x-ray first but he already had one on Sept 9",
        "not right now, last had it tuesday",
        "knee mri denied, the letter is dated nov 3. had an x-ray? yes, had one on sept 9",
        "she had it last tuesday, the headache",
    ],
)
def test_a_thing_had_on_a_day_is_no_letter_that_came(text):
    assert "denial.received_date" not in fields(text)


@pytest.mark.parametrize("text", [
    "My husband had a TIA on Oct 2nd and they denied the MRA of his neck", "denied mri after my fall on nov 2",
    "wife passed out nov 1 and they denied her echo", "Her stroke was oct 5, they denied the brain MRI",
])  # fmt: skip
def test_the_day_of_what_happened_is_not_the_notices(text):
    assert denial(text).notice_date is None
