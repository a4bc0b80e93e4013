"""How the fields of denial letters are counted."""

from __future__ import annotations

from typing import Any

import pytest
from scored import counts, document, field, hit, item, row

from bot.eval.counts import Counts
from bot.eval.denials import ALL, FIELDS, score

RIGHT, INVENTED, MISSED, WRONG, NOTHING = (
    Counts(tp=1),
    Counts(fp=1),
    Counts(fn=1),
    Counts(fp=1, fn=1),
    Counts(tn=1),
)


def gold(kind: str = "denial_letter", emergency: list[str] | None = None, **said: Any) -> dict[str, Any]:
    made = document(denial={k: v for k, v in said.items() if k != "study"}, study=said.get("study", {}))
    return {**made, "kind": kind, "emergency": emergency or []}


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        ("EX-1 22", "ex-122", RIGHT),
        ("EX-1", "EX-2", WRONG),
        (None, "EX-2", INVENTED),
        ("EX-1", None, MISSED),
        (None, None, NOTHING),
    ],
)
def test_a_single_value_counts_once_on_each_side(said: str | None, read: str | None, expected: Counts) -> None:
    assert counts(score, "member_id", (item(gold(member_id=said)), document(denial={"member_id": read}))) == expected


def test_a_list_counts_each_value_in_any_order() -> None:
    pair = (
        item(gold(reasons=["coding_error", "conservative_care", "experimental"])),
        document(denial={"reasons": ["conservative_care", "coding_error", "not_a_benefit"]}),
    )
    assert counts(score, "reasons", pair) == Counts(tp=2, fp=1, fn=1)
    assert counts(score, "reasons", (item(gold()), document())) == NOTHING


@pytest.mark.parametrize(
    ("said", "read", "same"),
    [
        ("BLUE CROSS BLUE SHIELD OF OHIO", "BlueCross BlueShield", True),
        ("Aetna Life", "Cigna", False),
        ("UM Corp", "um", False),
    ],
)
def test_names_are_the_same_when_one_holds_the_other(said: str, read: str, same: bool) -> None:
    pair = (item(gold(payer=said)), document(denial={"payer": read}))
    assert counts(score, "payer", pair) == (RIGHT if same else WRONG)


def test_a_payer_read_by_its_usual_name_is_right_where_the_words_are_those_of_the_text() -> None:
    read = document(denial={"payer": "UnitedHealthcare"}, fields={"payer": field("UnitedHealthcare", 0.9, "UHC")})
    assert counts(score, "payer", (item(gold(payer="UHC")), read)) == RIGHT
    assert counts(score, "payer", (item(gold(payer="United Healthcare")), read)) == RIGHT
    assert counts(score, "payer", (item(gold(payer="Humana")), read)) == WRONG


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        (["Spine Imaging Guidelines SP-6.1"], ["SP-6.1", "Spine Imaging"], RIGHT),
        (["NCD 220.6"], ["NCD 220.6.17"], WRONG),
        (["SP-6.1", "SP-3.2"], ["sp-6.1"], Counts(tp=1, fn=1)),
    ],
)
def test_a_citation_is_compared_loosely_but_never_by_half_a_number(
    said: list[str], read: list[str], expected: Counts
) -> None:
    pair = (item(gold(criteria_cited=said)), document(denial={"criteria_cited": read}))
    assert counts(score, "criteria_cited", pair) == expected


def test_the_deadline_counts_as_words_days_and_date() -> None:
    said = {"words": "sixty days from this notice", "days": 60, "date": "2027-01-19"}
    read = {"words": "60 days", "days": 180, "date": None}
    pair = (item(gold(appeal_deadline=said)), document(denial={"appeal_deadline": read}))
    assert counts(score, "deadline words", pair) == RIGHT
    assert counts(score, "deadline days", pair) == WRONG
    assert counts(score, "deadline date", pair) == MISSED


@pytest.mark.parametrize(
    ("said", "read", "expected"),
    [
        ("1-800-555-0142", "(800) 555-0142 ext. 3", RIGHT),
        ("1-800-555-0142", "800-555-0143", WRONG),
    ],
)
def test_a_phone_is_its_ten_digits(said: str, read: str, expected: Counts) -> None:
    pair = (item(gold(peer_to_peer={"phone": said})), document(denial={"peer_to_peer": {"phone": read}}))
    assert counts(score, "peer_to_peer phone", pair) == expected


def test_a_mention_is_a_positive_and_its_absence_a_negative() -> None:
    pairs = [
        (item(gold(expedited_mentioned=True)), document(denial={"expedited_mentioned": True})),
        (item(gold(expedited_mentioned=False)), document(denial={"expedited_mentioned": False})),
        (item(gold(expedited_mentioned=False)), document(denial={"expedited_mentioned": True})),
    ]
    assert counts(score, "expedited_mentioned", *pairs) == Counts(tp=1, fp=1, tn=1)


def test_the_sum_is_over_every_field_but_the_kind() -> None:
    pair = (
        item(gold(kind="other", payer="Humana", study={"cpt": ["72148", "72141"]})),
        document(kind="message", denial={"payer": "Aetna"}, study={"cpt": ["72148"]}),
    )
    assert counts(score, ALL, pair) == Counts(tp=1, fp=1, fn=2, tn=len(FIELDS) - 2)
    assert row(score([pair]), ALL).value == pytest.approx(2 / 5)
    assert counts(score, "kind", pair) == WRONG


def test_an_alarm_in_a_letter_that_holds_no_emergency_is_false() -> None:
    alarmed = document(emergency=[hit("RF01")])
    pairs = [(item(gold()), alarmed), (item(gold()), document()), (item(gold(emergency=["RF01"])), alarmed)]
    assert row(score(pairs), "false emergency alarms").value == 0.5


def test_confidences_are_paired_with_whether_the_value_was_right() -> None:
    read = document(
        denial={"member_id": "EX-1", "appeal_deadline": {"words": "60 days", "days": 60, "date": None}},
        fields={
            "member_id": field("EX-1", 0.97),
            "appeal_deadline": field(None, 0.9),
            "reasons.coding_error": field("coding_error", 0.8),
            "study.cpt.72148": field("72148", 0.96),
            "received_date": field("2026-11-01", 0.7),
        },
    )
    said = gold(
        member_id="EX-1",
        appeal_deadline={"words": "60 days", "days": 61, "date": None},
        reasons=["experimental"],
        study={"cpt": ["72148"]},
    )
    assert sorted(score([(item(said), read)]).sure) == [(0.8, False), (0.9, False), (0.96, True), (0.97, True)]
