"""Where "left" and "right" name a side, and where they are only words."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("text", [
    "all of a sudden my face is drooping and i cant talk right",
    "she can't walk right since the fall and her foot is numb",
    "my eye does not see right since the surgery, vision is blurry",
    "i can't get my words out right, trouble speaking",
    "my knee hurts and it never healed right",
    "I have pain right behind the knee and numbness right below it",
    "my neck hurts, right down to the fingers, tingling",
    "numbness that goes right through my leg",
    "my foot was left weak after the stroke",
    "there's no cartilage left in my knee, so the knee hurts",
    "im left with numbness in the foot",
    "I left work early, my knee hurts. right now it throbs",
    "pt left ama. knee pain",
    "I am right handed and my wrist hurts",
    "my hip hurts, is that right?",
    "the knee hurts, right?",
    "my insurance has no right to do this, my shoulder hurts",
])  # fmt: skip
def test_an_adverb_or_a_verb_is_no_side(text: str) -> None:
    told = read(text, TODAY).findings
    assert told
    assert not [f for f in told if f.side in ("left", "right")]


@pytest.mark.parametrize(("text", "finding", "side"), [
    ("right knee hurts and i can't sleep right", "knee_pain", "right"),
    ("trouble speaking and face drooping on the right", "facial_droop", "right"),
    ("numbness on the right below the ribs", "numbness", "right"),
    ("pain is right sided in the low back", "low_back_pain", "right"),
    ("i am left handed and my right wrist hurts", "wrist_pain", "right"),
    ("knee pain, left", "knee_pain", "left"),
    ("right back pain since May", "low_back_pain", "right"),
    ("the left shoulder hurts, i left it alone for months", "shoulder_pain", "left"),
    ("turned right at the light and got hit, left shoulder pain", "shoulder_pain", "left"),
    ("I left with left hip pain", "hip_pain", "left"),
    ("my left foot feels numb right now", "numbness", "left"),
    ("no pain left knee", "knee_pain", "left"),
    ("belly hurts low on the left for about 10 days", "left_lower_abdominal_pain", "left"),
])  # fmt: skip
def test_a_side_beside_such_words_is_one(text: str, finding: str, side: str) -> None:
    assert [f.side for f in read(text, TODAY).findings if f.id == finding] == [side]


@pytest.mark.parametrize(("text", "finding"), [
    ("right shoulder pain for 3 months, now my speech is slurred", "speech_problem"),
    ("my left knee hurts and I lost control of my bowels", "bowel_dysfunction"),
    ("left hip, right knee, dizzy on the left turn", "dizziness"),
    ("my right shoulder hurts. My face is drooping since this morning", "facial_droop"),
    ("right knee locks and my vision went blurry", "vision_change"),
    ("headache and left arm numbness for 2 weeks", "headache"),
    ("29F, migraines since her teens, new R sided numbness x 2 wks", "headache"),
    ("ringing in my ears, left leg numb", "tinnitus"),
])  # fmt: skip
def test_the_side_of_the_complaint_is_not_that_of_another_region(text: str, finding: str) -> None:
    assert [f.side for f in read(text, TODAY).findings if f.id == finding] == [None]


@pytest.mark.parametrize(("text", "finding", "region", "side"), [
    ("My left shoulder was wrenched. I cannot reach behind my back.", "reduced_range_of_motion", "shoulder", "left"),
    ("X-ray of my back shows a compression fracture at T11", "fracture", "thoracic_spine", None),
    ("T7 compression fracture, fell in May", "fracture", "thoracic_spine", None),
    ("My right elbow hurts. My grip is weak.", "weakness", "hand", None),
    ("Jammed my wrist. It aches on the pinky side and it clicks.", "clicking", "wrist", None),
    ("Pinky side of my hand is numb", "numbness", "hand", None),
    ("My left knee swells. Ibuprofen tore up my stomach. The xray showed nothing broken.", "fracture", "knee", "left"),
    ("R triceps 4/5, triceps reflex dec", "reflex_decreased", None, "right"),
    ("Pain in the bone just above his left knee", "bone_pain", None, "left"),
    ("LLL nodule has grown", "nodule_growth", "chest", "left"),
    ("My left hip was replaced and its the right. the groin hurts.", "groin_pain", "hip", "right"),
])  # fmt: skip
def test_the_place_is_that_of_the_words(text: str, finding: str, region: str | None, side: str | None) -> None:
    assert {(f.region, f.side) for f in read(text, TODAY).findings if f.id == finding} == {(region, side)}
