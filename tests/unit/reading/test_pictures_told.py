"""Earlier pictures: what is only ordered is none, a report is one, and each has its own day, part and result."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import ImagingItem

TODAY = date(2026, 11, 22)


def pictures(text: str) -> list[ImagingItem]:
    return list(read_clinical(text, TODAY).imaging)


@pytest.mark.parametrize(
    "text",
    [
        "MRI knee r/o meniscal tear",
        "MRI hip r/o AVN",
        "MRI R shoulder: eval for RTC tear",
        "MRI L-spine to assess stenosis",
        "MRI abd to characterize liver lesion",
        "PET/CT for staging of lung mass",
        "MRI brain w/wo, r/o MS, pituitary mass",
        "CT chest f/u 8 mm nodule",
        "CT sinus to look for polyps and a mass",
        "MRI R/O MENISCAL TEAR LEFT KNEE",
    ],
)
def test_an_order_is_no_picture(text: str) -> None:
    assert pictures(text) == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("MRI knee to rule out a tear showed a tear", "abnormal"),
        ("MRI for headaches was normal", "normal"),
        ("CT to rule out a clot, clear", "normal"),
        ("XR knee r/o fx: neg", "normal"),
        ("had a CT for kidney stones last year which showed a 4mm stone", "abnormal"),
        ("had an MRI to check for a tear", None),
        ("MRI knee 9/1/26: meniscus tear", "abnormal"),
        ("CT scan on 9/2 for follow up of a nodule", None),
    ],
)
def test_what_a_picture_taken_for_a_reason_showed(text: str, result: str | None) -> None:
    assert [(i.status, i.result) for i in pictures(text)] == [("present", result)]


@pytest.mark.parametrize(
    ("text", "day", "result"),
    [
        ("EXAM: CT CHEST W/O CONTRAST 08/05/2026\nFINDINGS: .\nIMPRESSION: 8 mm nodule.", date(2026, 8, 5), "nodule"),
        ("MRI LUMBAR SPINE WITHOUT CONTRAST, 03/02/2025\nIMPRESSION: L4-5 stenosis", date(2025, 3, 2), "abnormal"),
        ("EXAM: MRI KNEE LEFT  DATE: 9/12/2024\nIMPRESSION: normal", date(2024, 9, 12), "normal"),
        ("Study: X-ray lumbar spine\nDate: 9/4/26\nImpression: Normal", date(2026, 9, 4), "normal"),
        ("Exam date: 10/2/2026\nExam: XR ankle\nImpression: No acute fracture.", date(2026, 10, 2), "normal"),
    ],
)  # fmt: skip
def test_a_report_is_a_picture_and_no_visit(text: str, day: date, result: str | None) -> None:
    found = read(text, TODAY)
    assert [(i.status, i.date, i.result) for i in found.imaging] == [("present", day, result)]
    assert found.evaluations == ()


@pytest.mark.parametrize(
    ("text", "day", "region"),
    [
        ("Last TTE 2/2024 EF 60%, mild AS", None, "heart"),
        ("TTE 11/6/26: septum 19 mm", date(2026, 11, 6), "heart"),
        ("CT CAP 11/6/26 no definite recurrence", date(2026, 11, 6), "abdomen_pelvis"),
        ("MRI brain 11/12 no acute infarct", date(2026, 11, 12), "brain"),
        ("US breast bilat 5/18/26 neg", date(2026, 5, 18), "breast"),
    ],
)
def test_a_dated_line_of_a_note_is_a_picture(text: str, day: date | None, region: str) -> None:
    assert [(i.status, i.date, i.region) for i in read(text, TODAY).imaging] == [("present", day, region)]


@pytest.mark.parametrize("text", ["my knee MRI was denied 11/2/2026", "they did the MRI without auth on 10/3",
                                  "Mri left knee denied nov 3 2026", "we are waiting on the MRI 12/1"])  # fmt: skip
def test_the_denied_one_is_no_earlier_picture(text: str) -> None:
    assert read(text, TODAY).imaging == ()


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("X-ray of my hip on 9/14 showed nothing broken", "normal"),
        ("CT of my neck june 3, nothing broken", "normal"),
        ("xray showed nothing", "normal"),
        ("they did an xray oct 20 which showed a compression at T8", "abnormal"),
        ("XR T-spine: T8 compression deformity, age indeterminate", "abnormal"),
        ("XR T-spine 9/1: T8 wedge fx", "fracture"),
        ("xrays jan 15 showed a spur, foot", "abnormal"),
        ("MRI was indeterminate", "indeterminate"),
        ("Xray ankle no fx", "normal"),
        ("XR L knee WB views: no fx, joint spaces preserved", "normal"),
        ("they said my foot isn't broken on the xray", "normal"),
        ("the xray did not find a thing", "normal"),
        ("Had an xray. Nothing was broken.", "normal"),
        ("X-rays of both hands: no damage yet", "normal"),
        ("took x-rays in the office and didn't see any arthritis or fracture", "normal"),
        ("X-rays were read as negative but the podiatrist strongly suspects a stress fracture", "normal"),
        ("xray was neg for fracture but showed effusion", "effusion"),
        ("XR ankle no acute fx, old avulsion fracture", "fracture"),
        ("xray shows arthritis, no fracture", "arthritis"),
        ("XR 7/8/26 neg fx, high-riding humeral head", "abnormal"),
        ("XR L shoulder 4/1/26: mild AC arthrosis, no calcification", "arthritis"),
        ("XR R foot 11/10/26: soft tissue swelling, no erosions, osteo not excluded", "indeterminate"),
        ("TTE 9/3/2026: LVEF 52 %, LVH, small pericardial effusion", "abnormal"),
        ("ultrasound on 10/22 showed a 4 cm cyst, gyn thinks it's endometriosis", "mass"),
        ("Last mpMRI 6/2024 PI-RADS 2", "normal"),
        ("CT head neg for bleed", "normal"),
        ("My insurance wants an xray first but I had one in July and it was normal", "normal"),
        ("xray of hip and pelvis unremarkable", "normal"),
        ("left foot xray: stress reaction 2nd met", "abnormal"),
        ("Podiatrist thinks stress fracture, x-ray last Tuesday didn't show one.", "normal"),
        ("XR foot 11/12 no osteo seen", "normal"),
        ("XR 7/29: type II acromion, o/w WNL", "normal"),
        ("Echo last month good.", "normal"),
        ("Hip XR 11/2: mild degen changes, no lesion", "arthritis"),
        ("was found on echocardiogram in August to have an ejection fraction of 32%", None),
    ],
)
def test_no_more_and_no_less_than_was_said_of_it(text: str, result: str | None) -> None:
    assert [(i.status, i.result) for i in pictures(text)] == [("present", result)]


@pytest.mark.parametrize("text", ["r/o occult scaphoid fx, MRI L wrist w/o", "CT-guided bx 10/21: adenocarcinoma",
                                  "they want an xray to make sure nothing is broken"])  # fmt: skip
def test_what_is_to_be_seen_is_no_earlier_picture(text: str) -> None:
    assert read(text, TODAY).imaging == ()


def test_none_of_a_list_was_taken() -> None:
    told = [(i.modality, i.status) for i in pictures("never had an xray, mri or ct for this")]
    assert told == [("xray", "absent"), ("mri", "absent"), ("ct", "absent")]
    assert [i.modality for i in pictures("no xray, MRI ordered")] == ["xray"]


def test_two_told_together_share_what_is_told() -> None:
    both = pictures("I got an x-ray and ultrasound last month and both were normal")
    assert [(i.modality, i.month, i.result) for i in both] == [
        ("xray", "2026-10", "normal"), ("ultrasound", "2026-10", "normal"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "region", "side"),
    [
        ("LBP x 12 wks w/ L foot tingling; xrays not done", "lumbar_spine", None),
        ("er put it back in + xray, no break. my left shoulder popped out", "shoulder", "left"),
        ("both hips ache. Xrays were fine, doctor is worried the bone is dying", "hip", "bilateral"),
        ("foot tingling, xray of it was fine", "foot", None),
    ],
)
def test_what_part_it_shows(text: str, region: str, side: str | None) -> None:
    (told,) = pictures(text)
    assert (told.region, told.side) == (region, side)


def test_a_result_is_nobodys_back() -> None:
    assert read("xrays of my knee came back fine", TODAY).findings == ()


def test_each_picture_has_its_own() -> None:
    (sound,) = pictures("mammogram on 9/2 was abnormal and ultrasound of the abdomen was clear")
    assert (sound.region, sound.date, sound.result) == ("abdomen", None, "normal")
    (film,) = pictures("XR 7/8/26 neg fx, high-riding humeral head")
    assert film.region == "shoulder"
    (film,) = pictures("xray was clean, october 2. saw the hand dr again nov 6")
    assert film.region is None
    (film,) = pictures("my hand hurts, the xray of it was clean")
    assert film.region == "hand"
    assert [i.date for i in pictures("XR wrist 9/20 + 10/11 neg")] == [date(2026, 9, 20), date(2026, 10, 11)]


def test_what_the_plan_overlooked_was_done() -> None:
    found = read("They say xray not done but it WAS done, at urgent care aug 23", TODAY).imaging
    assert [(i.status, i.date) for i in found] == [("present", date(2026, 8, 23))]
    assert [i.status for i in pictures("the xray was not done but it was ordered")] != ["present"]


def test_a_first_one_has_none_before_it() -> None:
    assert [i.status for i in pictures("PET scan denied. its his first PET scan")] == ["absent"]
    assert [(i.status, i.result) for i in pictures("this was my first MRI, it showed a tear")] == [
        ("present", "abnormal")
    ]


def test_a_visit_for_therapy_is_none_to_a_clinician() -> None:
    assert read("10/20/2026 PT visit - tolerated well", TODAY).evaluations == ()
    assert [v.date for v in read("office visit 10/20/2026 with Dr. Roe", TODAY).evaluations] == [date(2026, 10, 20)]


@pytest.mark.parametrize(
    "text",
    [
        "ankle mri, left, sprained it playing basketball 7 weeks ago",
        "my left knee mri, tore it skiing in february, was denied",
        "knee mri. i twisted it in march and it wont bend",
        "shoulder mri denied, i dislocated it on sept 3",
        "wrist mri, broke it in 2019",
        "mri of my knee, hurt it at work 3 weeks ago",
    ],
)
def test_an_injurys_word_and_day_make_no_picture(text: str) -> None:
    assert pictures(text) == []


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("MRI showed i tore my acl in march", "abnormal"),
        ("x-ray in june showed it was broken", "fracture"),
        ("mri 3/2/26 torn meniscus", "abnormal"),
        ("my last knee mri was in may, it showed a tear", "abnormal"),
    ],
)
def test_what_a_picture_showed_of_an_injury(text: str, result: str) -> None:
    assert [p.result for p in pictures(text)] == [result]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("numbness in the left face and the last MRI was 14 months ago", None),
        ("left face goes numb, had an mri in may, normal", None),
        ("her face drooped, ct on 10/2 was clear", None),
        ("jaw pain, x-ray in june was normal", "sinus"),
        ("ct of the face 10/2, face numb, showed a fracture", "sinus"),
        ("sinus pressure, last ct was in march", "sinus"),
    ],
)
def test_a_numb_face_is_no_pictures_part(text: str, region: str | None) -> None:
    assert [p.region for p in pictures(text)] == [region]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("the note from your visit says you started therapy on 10/26", []),
        ("visit on 10/20, started PT on 10/26", [date(2026, 10, 20)]),
        ("saw dr Hall 10/20, he says PT started 9/1", [date(2026, 10, 20)]),
    ],
)
def test_the_day_of_care_is_no_visits(text: str, days: list[date]) -> None:
    assert [v.date for v in read_clinical(text, TODAY).evaluations] == days


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("xray shows arthritis, tried PT twice and a cortisone shot in june, nothing helped", None),
        ("smoked a pack a day, quit 5 years ago, 62 years old, chest xray showed a spot", None),
        ("xray of the hip in june showed arthritis", "2026-06"),
        ("had pt in june and an xray in july, normal", "2026-07"),
    ],
)
def test_the_day_of_the_care_is_not_that_of_the_picture(text: str, month: str | None) -> None:
    (picture,) = read(text, TODAY).imaging
    assert picture.month == month


def test_what_a_doctor_thinks_is_not_what_the_picture_showed() -> None:
    (picture,) = read("foot pain after a run, xray negative, still hurts, doctor thinks stress fracture", TODAY).imaging
    assert picture.result == "normal"


@pytest.mark.parametrize(
    ("text", "result", "when"),
    [
        ("CT abd/pelvis 10/22/26 no definite recurrence.", "normal", "2026-10-22"),
        ("Renal US 11/4/26 no hydronephrosis, no mass.", "normal", "2026-11-04"),
        ("Ultrasound 9/2 no mass, gallstones", None, "2026-09-02"),
        ("EF 45% on echo 10/2/26.", None, "2026-10-02"),
        ("EF 60% on echo 10/2/26, normal.", "normal", "2026-10-02"),
        ("the breast ultrasound on Oct 21 was 'probably benign'", "indeterminate", "2026-10-21"),
        ("The X-ray of the knee on November 3 showed an area they don't like.", "abnormal", "2026-11-03"),
        ("they took an xray in what October and she said moderate arthritis", "arthritis", "2026-10"),
        ("Dad slipped in August. The ER did a CT scan of the head that night and it was clean.", "normal", "2026-08"),
        ("He had pancreatitis in June. They did a CT of the belly then and it showed a cyst.", "mass", "2026-06"),
        ("He slipped in August and fell in October. A CT of the head that night was clean.", "normal", None),
    ],
)
def test_what_it_showed_and_when(text: str, result: str | None, when: str | None) -> None:
    (one,) = pictures(text)
    assert (one.result, one.month or (one.date and one.date.isoformat())) == (result, when)


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("They want a heart MRI because my echo in September showed the muscle is thick.", [("echo", "present")]),
        ("Insurance wants an X-ray because the MRI showed nothing", [("mri", "present")]),
        ("Cardiologist wants the heart CT because my stress test in August came back abnormal.", []),
        ("the therapist said she can't do more without an MRI.", []),
        ("I had a CT because I fell, and it was normal", [("ct", "present")]),
        ("They want an X-ray and an MRI because my knee hurts", []),
    ],
)
def test_a_picture_told_as_a_reason_was_taken(text: str, read_as: list[tuple[str, str]]) -> None:
    assert [(i.modality, i.status) for i in read(text, TODAY).imaging] == read_as


@pytest.mark.parametrize(
    ("text", "when"),
    [
        # The ER pictures what has just happened; days later, or with another day told, nobody knows when.
        ("He had a seizure at work Thursday. Ambulance came, ER did a CT head that was okay.", "2026-11-19"),
        ("in March I had a thunderclap headache, went to the ER, CT of my head was normal", "2026-03"),
        ("Rear-ended 8/24/26. Seen same day at the ED: CT C-spine negative.", "2026-08-24"),
        ("Rolled her ankle 7 weeks ago. X-ray the same night was negative.", "2026-10"),
        ("Fell 10/2 and hurt my wrist. Two weeks later the ER did an x-ray, negative.", None),
        ("Jammed my wrist on Memorial Day. Urgent care xray that week: nothing broken.", None),
        ("My knee hurts since March. The ER took an x-ray, normal.", None),
        ("Chest x-ray on the 12th of this month was clear.", "2026-11-12"),
        ("Seen in ED 11/8 for first-time seizure, CT head neg, EEG 11/12 normal.", "2026-11-08"),
    ],
)
def test_the_ers_picture_is_of_the_day_it_happened(text: str, when: str | None) -> None:
    (picture,) = pictures(text)
    assert (picture.date.isoformat() if picture.date else picture.month) == when


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("CT A/P and bone scan 9/2026 both neg.", [("ct", "normal"), ("nuclear", "normal")]),
        ("LUL nodule grew from 7 mm (CT 2/2026) to 12 mm (CT 10/30/2026)", [("ct", "nodule"), ("ct", "nodule")]),
        ("73M AAA 4.9 cm on US 11/6", [("ultrasound", "abnormal")]),
        ("Newly reduced EF of 38 percent on echo October 19", [("echo", "abnormal")]),
        ("Echo 9/1 EF 38", [("echo", None)]),
        ("XR foot 11/4 indeterminate for osteo.", [("xray", "indeterminate")]),
        ("3 views R shoulder 7/16/26, no fracture.", [("xray", "normal")]),
    ],
)
def test_more_ways_to_tell_what_was_seen(text: str, read_as: list[tuple[str, str | None]]) -> None:
    assert [(i.modality, i.result) for i in pictures(text)] == read_as


def test_one_of_an_earlier_year_is_not_the_one_asked_for() -> None:
    found = read("Last brain MRI 11/2024 stable. Needs MRI brain w/wo.", TODAY).imaging
    assert [(i.modality, i.month) for i in found] == [("mri", "2024-11")]
