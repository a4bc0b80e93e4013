"""Care and pictures as people tell them: whose "pt", what was only wanted, what a no reaches, what each was and did."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 22)


def care(text: str) -> list[tuple[str, str]]:
    return [(t.kind, t.status) for t in read_clinical(text, TODAY).treatments]


def told(text: str, kind: str) -> Any:
    return next(t for t in read_clinical(text, TODAY).treatments if t.kind == kind)


def pictures(text: str) -> list[Any]:
    return list(read_clinical(text, TODAY).imaging)


@pytest.mark.parametrize(
    "text",
    [
        "pt Rosa Quill DOB 2/9/1980",
        "PT QUILL, ROSA DOB 2/9/80",
        "the pt had appendicitis as a child",
        "this is for the doctor's letterhead, not the pt",
        "pt's daughter called about the bill",
        "I spoke with the pt this morning",
        "appeal for pt, knee gives way",
    ],
)
def test_pt_is_a_person(text: str) -> None:
    assert care(text) == []


@pytest.mark.parametrize(
    "text",
    ["PT x 8", "s/p PT", "the PT did not help", "finished the pt in May", "PT: twice weekly for 7 weeks", "pt no help",
     "PT with minimal relief"],
)  # fmt: skip
def test_pt_is_therapy(text: str) -> None:
    assert care(text) == [("physical_therapy", "present")]


@pytest.mark.parametrize(
    "text",
    [
        "Cigna says chiro first",
        "pt first",
        "they said I need physical therapy first",
        "was told physical therapy but could not get an appointment",
        "my sister does PT, not me",
        "RTC for ESI eval",
        "I gotta do PT before they will look at it again",
    ],
)
def test_what_others_want_was_not_had(text: str) -> None:
    assert care(text) == []


def test_what_was_done_first_was_done() -> None:
    assert care("I tried PT first, no help") == [("physical_therapy", "present")]
    assert care("because I didn't try PT first") == [("physical_therapy", "absent")]
    assert told("they told me to do PT, did 8 weeks", "physical_therapy").weeks == 8


@pytest.mark.parametrize(
    "text", ["PT isn't advised with a fresh fracture", "PT was not appropriate", "I cant take ibuprofen, kidneys"]
)
def test_advised_against_is_not_had(text: str) -> None:
    assert {status for _, status in care(text)} == {"absent"}


@pytest.mark.parametrize("text", ["nothing helped: PT, chiro, Aleve", "None of it worked - PT, chiro, Aleve"])
def test_none_of_it_worked_was_all_tried(text: str) -> None:
    assert [(t.status, t.outcome) for t in read_clinical(text, TODAY).treatments] == [("present", "none")] * 3


def test_a_no_ends_with_what_it_denies() -> None:
    text = "neck pain, no gait trouble, PT 8/31-10/9, naproxen 500 bid x 3wks, no relief"
    assert care(text) == [("physical_therapy", "present"), ("nsaid", "present")]
    assert care("no PT, chiro or injections") == [
        ("physical_therapy", "absent"), ("chiropractic", "absent"), ("injection", "absent"),
    ]  # fmt: skip
    assert care("no fever, PT") == []


def test_of_a_contradiction_the_last_word_stands() -> None:
    assert care("did chiro, sorry, not chiro, just home exercises")[0] == ("chiropractic", "absent")
    assert care("had one epidural shot in May, never had a nerve block") == [("injection", "present")]


@pytest.mark.parametrize(
    "text",
    ["it hurts at rest", "locking yes, giving way yes. the rest no", "she broke her collar bone in 2015",
     "knee pain after twisting inj 9/4", "gastric sleeve in 2018"],
)  # fmt: skip
def test_words_of_care_that_are_none(text: str) -> None:
    assert care(text) == []


def test_rest_and_injections_stay_what_they_are() -> None:
    assert care("rest did not help") == [("activity_modification", "present")]
    assert care("steroid inj 8/20, no relief") == [("injection", "present")]
    assert care("wore a sling for 3 weeks") == [("bracing", "present")]


def test_what_one_did_is_not_said_of_the_others() -> None:
    text = "I had physical therapy, naproxen and one epidural injection that helped for about ten days"
    assert told(text, "injection").outcome == "partial"
    assert told(text, "physical_therapy").outcome is None
    assert told(text, "nsaid").outcome is None
    both = "physical therapy and naproxen helped a little"
    assert told(both, "physical_therapy").outcome == told(both, "nsaid").outcome == "partial"


def test_what_one_took_oneself_nobody_ordered() -> None:
    text = "the doctor gave me gabapentin and i took advil"
    assert told(text, "other").directed == "provider"
    assert told(text, "nsaid").directed is None


@pytest.mark.parametrize(
    ("text", "visits"),
    [("3 rounds of PT", None), ("PT 3 times a week for 5 weeks", None), ("PT 3 sessions per week x 5 weeks", None),
     ("the letter says 5 PT visits but I had 14", 14), ("went to PT 12 times", 12), ("9 PT visits", 9)],
)  # fmt: skip
def test_visits_are_counted_not_rounds_nor_how_often(text: str, visits: int | None) -> None:
    assert told(text, "physical_therapy").visits == visits


@pytest.mark.parametrize(
    ("text", "kind", "weeks"),
    [
        ("L hip pain x 5 mos, PT 2x/wk x 6 wks", "physical_therapy", 6),
        ("naproxen and then verapamil for 9 weeks", "nsaid", None),
        ("PT started 8/3/26, dc'd 9/21/26", "physical_therapy", 7),
        ("i did physical there a pee for six weeks", "physical_therapy", 6),
    ],
)
def test_the_length_is_the_treatments_own(text: str, kind: str, weeks: float | None) -> None:
    assert told(text, kind).weeks == weeks


def test_antibiotics_and_sprays_are_other_care() -> None:
    assert care("took levofloxacin and metronidazole for ten days") == [("other", "present")]
    assert care("nasal sprays for six weeks") == [("other", "present")]


@pytest.mark.parametrize("text", ["xr 9/3 neg fx", "x-ray showed no fracture", "xr no fx", "xray 9/3: no broken bones"])
def test_a_picture_that_shows_nothing_broken_is_normal(text: str) -> None:
    assert [(i.status, i.result) for i in pictures(text)] == [("present", "normal")]


@pytest.mark.parametrize(
    ("text", "result"),
    [("MRI 2023 degenerative disc disease", "abnormal"), ("lumbar xray 9/1 degenerative changes", "abnormal"),
     ("knee xray 9/1 degenerative changes", "arthritis"), ("xray negative", "normal"),
     ("CT 9/1 showed a pancreas thing, amylase nl", None)],
)  # fmt: skip
def test_what_a_picture_showed(text: str, result: str | None) -> None:
    assert [i.result for i in pictures(text)] == [result]


def test_the_picture_has_its_own_part_and_side() -> None:
    assert [i.side for i in pictures("The x-rays were of the ankle, both of them normal")] == [None]
    assert [i.side for i in pictures("left flank and belly pain, ultrasound of the abdomen 10/1 normal")] == [None]
    told_of = pictures("denied L knee MRI. XR 9/1 neg, MRI R knee 2021 meniscus tear")
    assert [(i.modality, i.side, i.result) for i in told_of] == [
        ("xray", "left", "normal"), ("mri", "right", "abnormal"),
    ]  # fmt: skip
    fell = pictures("Fell on an outstretched hand. Left wrist hurts. xrays Oct 2 and Oct 20 both negative")
    assert [(i.region, i.side, i.date) for i in fell] == [
        ("wrist", "left", date(2026, 10, 2)), ("wrist", "left", date(2026, 10, 20)),
    ]  # fmt: skip


def test_the_days_of_care_are_no_pictures() -> None:
    assert [i.date for i in pictures("the xray was 10/12, shots were 10/22 and 11/12")] == [date(2026, 10, 12)]


@pytest.mark.parametrize("text", ["F/u after MRI for ESI eval", "return after MRI"])
def test_a_visit_after_a_picture_to_come(text: str) -> None:
    assert pictures(text) == []


def test_a_measure_tells_of_a_picture() -> None:
    assert [(i.modality, i.region, i.side) for i in pictures("carotid ultrasound 70% on the right")] == [
        ("ultrasound", "neck", None)
    ]


@pytest.mark.parametrize(
    ("text", "kind", "weeks"),
    [
        ("They said do 6 weeks of boot. she did boot 5 weeks not 6", "bracing", 5),
        ("PT for 5 weeks starting sept 20, no it was 6 weeks", "physical_therapy", 6),
        ("did physical therapy for 5 weeks starting sept 20", "physical_therapy", 5),
        ("i did chiro 10 visits and home exercise program for 6 wks", "chiropractic", None),
        ("i did chiro 10 visits and home exercise program for 6 wks", "home_exercise", 6),
        ("chiro and home exercise for 6 wks", "chiropractic", 6),
    ],
)
def test_each_care_has_its_own_length(text: str, kind: str, weeks: float | None) -> None:
    assert told(text, kind).weeks == weeks


@pytest.mark.parametrize(
    "text",
    ["is prednisone bad", "is ibuprofen safe with this?", "what is naproxen for", "how does a back brace work",
     "PT for 5 weeks starting next week"],
)  # fmt: skip
def test_a_question_about_care_is_none(text: str) -> None:
    assert care(text) == []


@pytest.mark.parametrize(
    "text", ["is prednisone bad? i took it for 2 weeks", "prednisone is bad for me, i took it 6 days"]
)
def test_what_was_taken_stays(text: str) -> None:
    assert care(text) == [("oral_steroid", "present")]
