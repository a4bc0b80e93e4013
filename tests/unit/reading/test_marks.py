"""Marks that say yes or no instead of words, whose illness it is, and which operation is still to come."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.watch import watch

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Ø fever, Ø chills", {"fever": "absent", "chills": "absent"}),
        ("LBP x 8 wks. Ø F/C/NS, Ø wt loss", {"fever": "absent", "chills": "absent", "weight_loss": "absent"}),
        ("hemoptysis [ ] cough [x] wt loss [ ]", {"cough": "present"}),
        ("Symptoms: [ ] fever [x] night sweats [ ] wt loss", {"night_sweats": "present"}),
        ("PKD: tested negative", {"polycystic_kidneys": "absent"}),
        ("MGM ovarian ca", {"ovarian_cancer": "family"}),
        ("Pat GF with aneurysm", {"aneurysm": "family"}),
        ("mother with aneurysm, sister ruptured (SAH)", {"aneurysm": "family", "brain_bleed": "family"}),
        ("ortho worried stress fracture", {"fracture": "uncertain"}),
        ("hip replacement scheduled for March", {"surgery_planned": "present"}),
        ("I catch every bug going round", {}),
    ],
)
def test_marks_and_short_words_give_the_status(text: str, status: dict[str, str]) -> None:
    found = {f.id: f.status for f in read(text, TODAY).findings}
    assert {id: found.get(id) for id in status} == status
    assert status or not found
    assert not set(found) & {"hemoptysis", "prior_surgery", "locking"}


@pytest.mark.parametrize(
    "text",
    ["Ø CP, Ø syncope", "cough [ ] hemoptysis [ ] wt loss [ ]", "can I do the peer to peer request myself?"],
)
def test_what_such_marks_deny_is_no_alarm(text: str) -> None:
    assert [hit for hit in watch(text, today=TODAY) if hit.level != "U"] == []


def test_the_persons_own_letter_is_not_the_notice() -> None:
    letter = (
        "Example Health Plan\nAppeals Department\n\nNovember 10, 2026\n\nDear Mr. Sample:\n\nThank you for your letter "
        "of October 15. We upheld our denial of the MRI of the neck (72141) because it is not medically necessary.\n"
    )
    assert read(letter, TODAY).denial.notice_date == date(2026, 11, 10)
