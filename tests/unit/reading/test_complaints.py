"""What hurts where no word for pain stands beside the part of the body, and the side that is told elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 22)
Told = tuple[str, str, "str | None"]


def told(text: str) -> set[Told]:
    """(id, status, side) of every finding."""
    return {(f.id, f.status, f.side) for f in read_clinical(text, TODAY).findings}


def names(text: str) -> set[str]:
    return {f"{name} {status}" for name, status, _ in told(text)}


@pytest.mark.parametrize(
    ("text", "finding", "side"),
    [
        ("Low back, both sides, about 3 months.", "low_back_pain", "bilateral"),
        ("inside of the left ankle, about 6 weeks", "ankle_pain", "left"),
        ("so it's the back of my right heel, first steps in the morning are murder", "foot_pain", "right"),
        ("pinky side of my rt wrist kills when i turn it", "wrist_pain", "right"),
        ("Right shoulder, top of it, can't sleep on that side. 3 mos.", "shoulder_pain", "right"),
        ("pt called about her L hip. outer side, worse going up steps", "hip_pain", "left"),
        ("its my neck mostly the right side, turning to back out is when it gets me", "neck_pain", "right"),
        ("Front of the hip, left, when I kick.", "hip_pain", "left"),
        ("the arch of my foot (left) feels like a bruise when I first get up", "foot_pain", "left"),
        ("His left knee has bothered him since tryouts. It aches under the kneecap.", "knee_pain", "left"),
        ("L wrist, ulnar side. Worse w/ pronation. 14 wks. No n/t.", "wrist_pain", "left"),
        ("between the shoulder blades, gets worse when I sit at the desk", "mid_back_pain", None),
        ("My tailbone since I had the baby in June", "low_back_pain", None),
        ("No arm symptoms, no leg symptoms, just the neck.", "neck_pain", None),
        ("what hurts: lower back", "low_back_pain", None),
        ("It's the low back that's the trouble.", "low_back_pain", None),
        ("left knee MRI please. It hurts every day", "knee_pain", "left"),
        ("R shldr MRI. pain same. no fall.", "shoulder_pain", "right"),
        ("The left wrist is somewhat better, typing still hurts after an hour.", "wrist_pain", "left"),
        ("under my ribs, right hand side, an hour after supper", "right_upper_abdominal_pain", "right"),
        ("it started after I eat, here under the ribs on the right", "right_upper_abdominal_pain", "right"),
        ("cramps lower right, 5 weeks", "right_lower_abdominal_pain", "right"),
        ("LLQ ache abt 2 mo", "left_lower_abdominal_pain", None),
        ("attacks of pain high up in the middle of the stomach", "epigastric_pain", None),
        ("my left side, between the bottom rib and the hip bone, comes in waves", "flank_pain", "left"),
        ("pressure between my eyes and across my cheeks", "facial_pain", None),
        ("sex hurts, deep", "pelvic_pain", None),
    ],
)
def test_a_part_that_is_the_complaint_hurts(text: str, finding: str, side: str | None) -> None:
    assert (finding, "present", side) in told(text)


def test_pain_in_a_quarter_of_the_belly_is_belly_pain_of_that_side() -> None:
    assert ("abdominal_pain", "present", "left") in told("LLQ ache abt 2 mo")


@pytest.mark.parametrize(
    "text",
    [
        "Left knee MRI 10/12/2026. Denied. Please appeal.",
        "The letter is about my left knee. I have waited for 6 weeks.",
        "Left shoulder. Surgery 6 months ago, doing great.",
        "left hip, since 2019 replaced",
        "My doctor looked at my back. since when do you need a form?",
        "left knee, no pain, locks, 2 months",
        "The pain doctor saw my left shoulder in May",
        "The left knee is not the problem, it's the right ankle.",
        "Is it my neck or my shoulder that you need the notes for? Since Monday nobody answers",
        "My husband's left knee hurts and I need my brain MRI",
        "right breast, biopsy 3 weeks ago, benign",
        "Had a sore throat. the MRI is for my knee.",
        "The lump on my left shoulder, 3 months, doesn't hurt",
        "My right arm is fine. My left hand is numb, 3 weeks.",
        "lower right corner of the letter says 2 weeks",
        "right knee clicks but never hurts",
        "They want 6 weeks of PT for my right shoulder before they approve",
        "left knee, locks and swells, 3 months",
        "Felt a snap in my shoulder, can't raise it above my chest, the ache is gone",
        "is hip pain covered?",
        "My neck hurt for a while last year but that cleared up with PT",
    ],
)
def test_a_part_that_is_only_named_does_not_hurt(text: str) -> None:
    assert not {name for name in names(text) if name.endswith("_pain present")}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("no numbness no back stuff", "low_back_pain absent"),
        ("Denies knee or ankle sx.", "ankle_pain absent"),
        ("LBP settling. No leg symptoms, sphincters intact.", "radiating_leg_pain absent"),
        ("No trouble with the plumbing.", "bladder_dysfunction absent"),
        ("My shoulder's fine, it's the neck.", "shoulder_pain absent"),
        ("left knee MRI. No pain.", "knee_pain absent"),
        ("Spirometry normal, so asthma is unlikely.", "asthma absent"),
        ("Eyes look a little yellow to me but the nurse wasn't sure.", "jaundice uncertain"),
        ("tightness across my chest when I carry the laundry up, gone in two minutes", "chest_pain present"),
    ],
)
def test_what_is_denied_or_doubted_of_a_part(text: str, finding: str) -> None:
    assert finding in names(text)


@pytest.mark.parametrize(
    ("text", "finding", "side"),
    [
        ("26 y.o. with right hip pain. Clicking: yes. FADIR positive.", "labral_sign", "right"),
        ("its my right knee not the left one, it catches", "locking", "right"),
        ("felt a pop in my right shoulder. Can't raise that arm past my chest since.", "unable_to_lift_arm", "right"),
        ("two fingers on my left hand, ring and pinky, are numb", "numbness", "left"),
        ("I hear my heartbeat in my right ear, a whoosh whoosh", "tinnitus", "right"),
        ("RLL pulm nodule, 9 mm", "lung_nodule", "right"),
        ("the elbow, inside, right arm, hurts to lift a gallon of milk", "elbow_pain", "right"),
        ("Left heel hurts. right knee clicks", "clicking", "right"),
    ],
)
def test_a_side_that_is_told_elsewhere(text: str, finding: str, side: str) -> None:
    assert (finding, "present", side) in told(text)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("R hip replaced 2015. Now my hip clicks.", "clicking"),
        ("My left knee is bad, the right hip hurts. It is swollen in the evening.", "popping"),
    ],
)
def test_a_side_that_may_be_anothers_is_left_unsaid(text: str, finding: str) -> None:
    assert {side for name, _, side in told(text) if name == finding} <= {None}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My heel has a hot nail in it every morning.", "morning_headache"),
        ("CT sinus for Ms. P. please", "multiple_sclerosis"),
        ("The nerves of the eye: the nerves are a little swollen.", "swelling"),
        ("Colonoscopy couldn't get past the narrow part.", "unable_to_lift_arm"),
        ("the ankle wobbles on uneven ground", "gait_problem"),
        ("It is sore near my hip bone", "bone_pain"),
    ],
)
def test_words_that_only_look_like_a_finding(text: str, finding: str) -> None:
    assert finding not in {name for name, _, _ in told(text)}
