"""When a trouble came on where no length is told, and whose a length is among the things of one sentence."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.dates import dates

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("In September he had palpitations and a Holter showed runs of VT.", 7.7),
        ("On September 28 she had trouble finding words for about twenty minutes, which cleared.", 8.0),
        ("Two weeks ago I coughed up some blood. Not a lot.", 2.0),
        ("Painless gross hematuria, one episode in October. UA still positive.", 3.3),
        ("R shoulder pain since flu shot 10/5, can't reach behind back.", 7.0),
        ("My husband's eyes turned yellow last week and his belly hurts.", 1.0),
        ("burning between my 3rd and 4th toes since about St Patricks day, foot dr thinks its a nerve", 35.9),
        ("Her periods got super heavy in the spring.", 22.1),
        ("The numbness in my hand comes and goes. It woke me up last night.", None),
        ("Numbness in my hand comes and goes. Started maybe in the spring, I wear a brace at night.", 22.1),
        # What is over, what somebody had at some time, and the day of something else.
        ("I had knee pain the last week of August.", None),
        ("In March i had a headache and went to the ER, it never came back.", None),
        ("Knee pain. MRI 10/5 was denied.", None),
        ("Diarrhea 6x/d, surgery planned in January.", None),
        ("Neck pain 7/10 to 6/10, arm pain unchanged.", None),
        ("On neoadjuvant TCHP for the left breast since 9/8.", None),
        ("Since June I have been with Aetna for my knee.", None),
        ("My knee hurts. I started a new job 6 weeks ago.", None),
    ],
)
def test_how_long_by_the_day_that_is_told(text: str, weeks: float | None) -> None:
    told = read_clinical(text, TODAY).symptom_weeks
    assert (told is None) if weeks is None else (told is not None and abs(told - weeks) <= 0.5)


@pytest.mark.parametrize(
    ("text", "finding", "weeks"),
    [
        ("R wrist pain x 4 mos after FOOSH.", "trauma", 17.4),
        ("Knee pain 9 wks following a fall.", "trauma", 9.0),
        ("Knee pain 9 wks. Fell once as a child.", "trauma", None),
        ("Numb left hand. Neck is sore but that's nothing new, I've had that twenty years.", "neck_pain", 1043.5),
        ("Her temple hurts, and since yesterday the right eye goes gray. It began 3 weeks ago.", "headache", 3.0),
        ("4 months of unsteady gait, dropping cups, now urinary urgency x 3 weeks.", "clumsy_hands", 17.4),
        ("SLE on prednisone 10 mg for 6 years. Hip pain x 9 wks.", "steroid_use_longterm", 313.1),
        ("I got rear ended on October 12th. Ever since my neck hurts and I get headaches.", "headache", 6.0),
        ("Since January I hear a whooshing in my ear that keeps time with my pulse.", "pulsatile_tinnitus", 42.3),
    ],
)
def test_whose_length_it_is(text: str, finding: str, weeks: float | None) -> None:
    told = {f.id: f.weeks for f in read_clinical(text, TODAY).findings if f.status == "present"}
    assert told.get(finding) == (None if weeks is None else pytest.approx(weeks, abs=0.2))


@pytest.mark.parametrize(
    ("text", "care"),
    [
        (
            "I've tried naproxen around the clock, and four months of pelvic floor physical therapy.",
            [("nsaid", None), ("physical_therapy", 17.4)],
        ),
        (
            "I've done naproxen around the clock, and pelvic floor physical therapy for 3 months.",
            [("nsaid", None), ("physical_therapy", 13.0)],
        ),
        ("Ibuprofen and PT for 6 weeks.", [("nsaid", 6.0), ("physical_therapy", 6.0)]),
        ("On colchicine + ibuprofen x 12 wks.", [("other", 12.0), ("nsaid", 12.0)]),
        ("Treated w/ omeprazole x 8 wks, then fluticasone inhaler x 6 wks.", [("other", 8.0), ("other", 6.0)]),
        ("PT DISCHARGE SUMMARY. Radiculopathy. 12 visits 8/24/26 - 10/9/26.", [("physical_therapy", 6.6)]),
        ("69F on methotrexate, progressive DOE x 8 months and dry cough.", [("other", None)]),
        ("Shoulder pain since flu shot 10/5.", []),
        ("Pelvic pain since August. Tried birth control for 2 months.", [("other", 8.7)]),
        ("PE risk: on birth control, no smoking. Leg swollen.", []),
        ("Tylenol and Mobic, vestibular therapy for five weeks.",
         [("analgesic", None), ("nsaid", None), ("physical_therapy", 5.0)]),
    ],
)
def test_whose_length_among_treatments(text: str, care: list[tuple[str, float | None]]) -> None:
    assert [(t.kind, t.weeks) for t in read_clinical(text, TODAY).treatments] == care


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("XR R foot 11/10: no cortical erosion.", ("xray", "foot", "normal")),
        ("They took an x-ray of her hip and said they don't see a break.", ("xray", "hip", "normal")),
        ("Thoracic spine films 10/26 showed no compression fracture.", ("xray", "thoracic_spine", "normal")),
        ("Ultrasound 9/2 of the belly no mass, gallstones", ("ultrasound", "abdomen", None)),
        ("Echo 8/19 EF 60%", ("echo", "heart", None)),
        ("Carotid duplex 10/6: L ICA 50-69%.", ("ultrasound", "neck", None)),
        ("Numb right hand, the duplex of 10/14 showed stenosis of the carotid.", ("ultrasound", "neck", "abnormal")),
        ("Ultrasound in July showed three fibroids.", ("ultrasound", "pelvis", "abnormal")),
        ("Annual LDCT denied as duplicate, last one was 11/3/2025.", ("ct", "chest", None)),
        ("They deny the echo because she had one in 2025.", ("echo", "heart", None)),
    ],
)
def test_what_a_picture_showed_and_of_what(text: str, told: tuple[str, str, str | None]) -> None:
    (one,) = read_clinical(text, TODAY).imaging
    assert (one.modality, one.region, one.result) == told


def test_each_echo_has_its_own_result() -> None:
    first, second = read_clinical("Echo 8/14 small effusion; echo 11/5 effusion gone.", TODAY).imaging
    assert (first.result, second.result) == ("abnormal", "normal")


@pytest.mark.parametrize("text", ["strength 4/5", "since surgery 4/5 strength", "pain 5/10"])
def test_a_grade_is_no_day(text: str) -> None:
    assert dates(text, TODAY) == []
