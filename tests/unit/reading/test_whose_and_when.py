"""Whose a finding is, when it was, how far a no reaches, and where the body part beside it belongs."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import FindingItem

TODAY = date(2026, 11, 22)


def _found(text: str) -> dict[str, FindingItem]:
    return {f.id: f for f in read_clinical(text, TODAY).findings}


def _status(text: str, finding: str) -> str | None:
    item = _found(text).get(finding)
    return item.status if item else None


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        # What has a side, a measure or a plus is said anew.
        ("no b/b, tingling R foot", "tingling", "present"),
        ("no b/b, tingling R foot", "bladder_dysfunction", "absent"),
        ("denies trauma, weakness RLE", "weakness", "present"),
        ("no syncope, murmur 2/6 at apex", "heart_murmur", "present"),
        ("no fever, hip pain moderate", "hip_pain", "present"),
        ("no fever, McMurray + R, antalgic gait", "gait_problem", "present"),
        ("none of those, a little numbness in two fingers", "numbness", "present"),
        ("denies fever, numbness, or weakness L leg", "weakness", "absent"),
        ("no fever, chills, weakness", "weakness", "absent"),
        # A no between two words is the second's, unless each has its own.
        ("knee pain no swelling", "knee_pain", "present"),
        ("neck pain denies fever", "neck_pain", "present"),
        ("fever no chills no cough no", "chills", "absent"),
        ("fever no, chills no", "fever", "absent"),
        # The full stop behind therapy.
        ("failed to do PT. hip pain x 3 mo", "hip_pain", "present"),
        ("no PT. 61F knee pain since May", "knee_pain", "present"),
        ("- N/V, no melena", "vomiting", "absent"),
        ("he can't walk right since Monday", "gait_problem", "present"),
    ],
)
def test_a_no_ends_where_another_statement_begins(text: str, finding: str, status: str) -> None:
    assert _status(text, finding) == status


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My wife had breast cancer in 2018", "breast_cancer"),
        ("husband died of lung cancer", "cancer_history"),
        ("the diabetes was my husbands", "diabetes"),
        ("my mother in law has MS", "multiple_sclerosis"),
        ("For my husband Ray. I'm the one with the asthma. His knee hurts.", "asthma"),
    ],
)
def test_the_illness_of_one_who_is_no_blood_relative_says_nothing(text: str, finding: str) -> None:
    assert finding not in _found(text)


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("52M neck pain, gpa colon cancer", "cancer_history", "family"),
        ("my dads the one with the seizures", "seizure", "family"),
        ("i had a stroke, no wait, that was my brother", "tia_or_stroke", "family"),
        ("my aunt had a stroke, and her face was drooping", "facial_droop", "family"),
        ("my father had a stroke but she has never had a seizure", "seizure", "absent"),
        ("As a kid I had a murmur. It was loud.", "heart_murmur", "historical"),
        ("CT denied for my wife, she has lung cancer", "cancer_history", "present"),
        ("dad's knee pain started in August", "knee_pain", "present"),
        ("my husband noticed my face is drooping", "facial_droop", "present"),
    ],
)
def test_whose_it_is(text: str, finding: str, status: str) -> None:
    assert _status(text, finding) == status


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("My partner has knee pain", "knee_pain"),
        ("My boyfriend has headaches, MRI denied", "headache"),
        ("mother-in-law has a lump in her breast, mri denied", "breast_lump"),
        ("My mother Ann is 82 and Aetna denied a bone scan. She has pain in her hip now, worse at night", "hip_pain"),
        ("My grandson Theo has been getting stuffy all year. ENT wanted sinus CT, denied", "nasal_congestion"),
        ("ankle pops and swells", "swelling"),
        ("mom 72 knee pain mri denied", "knee_pain"),
        ("Mom is 47, knee pain", "knee_pain"),
        ("went to my mom's and fell down the stairs", "trauma"),
    ],
)
def test_the_trouble_a_relative_has_now_is_the_patients(text: str, finding: str) -> None:
    assert _status(text, finding) == "present"


def test_the_age_of_the_one_whose_scan_was_denied() -> None:
    assert read_clinical("My dad is 78. They denied his PET scan.", TODAY).age == 78
    assert read_clinical("Problem Relation Age of Onset\nBreast cancer Mother 52\nStroke Father 70", TODAY).age is None


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("a little fever two weeks ago, now none", "fever", "historical"),
        ("Last month his skin was yellow, now it is normal", "jaundice", "historical"),
        ("I was on warfarin then, not anymore", "anticoagulant_use", "historical"),
        ("On warfarin since 2020", "anticoagulant_use", "present"),
        ("In 2017 she had a stroke, walked fine by summer", "tia_or_stroke", "historical"),
        ("poss stress fx", "fracture", "uncertain"),
        ("They denied an MRI for MS screening.", "multiple_sclerosis", "uncertain"),
        ("hip pain began last year", "hip_pain", "present"),
        ("I had a fever last year", "fever", "historical"),
        ("numb with cold toes", "numbness", "present"),
        ("dizzy from the pills", "dizziness", "present"),
        ("lost 20 lbs without trying", "weight_loss", "present"),
        ("HAs x 3 mos", "headache", "present"),
    ],
)
def test_when_it_was_and_how_sure(text: str, finding: str, status: str) -> None:
    assert _status(text, finding) == status


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("I was numb with anger", "numbness"),
        ("dizzy from all this paperwork", "dizziness"),
        ("I get a fever each time they call", "fever"),
        ("lost 12 pounds on purpose", "weight_loss"),
        ("never mind about the numbness", "numbness"),
        ("forget what I said about the fall", "memory_problem"),
        ("slip disk, leg hurts", "trauma"),
        ("can't raise my arm above my head, hurts when I sleep", "headache"),
        ("right leg pain and weak right foot", "foot_pain"),
        ("pain shoots up from my heel", "iv_drug_use"),
        ("it shoots up my back into the shoulders", "iv_drug_use"),
        ("mid back pain, worse lying down at night", "morning_headache"),
        ("that twist test hurt", "trauma"),
        ("stopped smoking when covid started", "infection_recent"),
        ("ordered by Dr. Chu, oncologist", "cancer_history"),
        ("ETT equivocal, 7 METs.", "active_cancer"),
        ("METs <4 due to knee", "cancer_history"),
        ("PPM 2021", "multiple_sclerosis"),
        ("PPMS dx 2015", "pacemaker"),
        ("diabetic with neuropathy", "kidney_disease"),
        ("Progress note 10/3/26", "progressive_worsening"),
        ("Pt made minimal progress & has plateaued", "progressive_worsening"),
        ("lack of progress in PT", "progressive_worsening"),
        ("pt progressing well in therapy", "progressive_worsening"),
        ("CTA: stenosis R ICA", "spinal_stenosis"),
        ("adrenal nodule 1.4 cm", "lung_nodule"),
        ("breast nodule 9 mm", "nodule_6mm_or_more"),
        ("second hand smoke exposure", "smoking_history"),
        ("a spot on his pancreas", "pancreatic_cyst"),
        ("i'm scared it's cancer", "cancer_history"),
        ("they were worried about cancer but the biopsy was benign", "cancer_history"),
        ("neck pain and my right arm goes numb", "radiating_arm_pain"),
        ("stuffy for 4 months, did 2 antibiotics", "repeated_antibiotics"),
        ("i had a spine infection in 2015, all cleared up", "infection_recent"),
        ("my neck is so stiff", "reduced_range_of_motion"),
        ("right upper belly pain after eating", "epigastric_pain"),
        ("cardiomyopathy of unknown cause", "heart_failure_cause_unknown"),
        ("colon cancer stage 3 removed 2 yrs ago", "active_cancer"),
        ("my right hip hurts, the other one is fine, left", "trauma"),
    ],
)
def test_what_only_sounds_like_a_finding_is_none(text: str, finding: str) -> None:
    assert finding not in _found(text)


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("I shoot up", "iv_drug_use", "present"),
        ("he was shooting up for years", "iv_drug_use", "present"),
        ("headache worse lying down", "morning_headache", "present"),
        ("I might be pregnant", "pregnancy", "uncertain"),
        ("I am pregnant", "pregnancy", "present"),
        ("bone mets", "active_cancer", "present"),
        ("MRI: severe stenosis at L4", "spinal_stenosis", "present"),
        ("8 mm nodule RUL", "nodule_6mm_or_more", "present"),
        ("had breast cancer, mastectomy 2017", "breast_cancer", "historical"),
        ("survivor of breast cancer, 17 yrs clean", "breast_cancer", "historical"),
        ("I have breast cancer", "breast_cancer", "present"),
        ("she had breast cancer and it came back", "breast_cancer", "present"),
        ("prostate cancer found in august by biopsy", "active_cancer", "present"),
        ("PMH: osteoporosis, COPD, HTN", "airway_disease", "present"),
        ("PMH: cancer, stroke", "tia_or_stroke", "historical"),
        ("no back pain only leg pain", "low_back_pain", "absent"),
        ("no back pain only leg pain", "radiating_leg_pain", "present"),
        ("pain in my neck and right arm", "radiating_arm_pain", "present"),
        ("sinus, 3 rounds of antibiotics in two months", "repeated_antibiotics", "present"),
        ("my knee is stiff", "reduced_range_of_motion", "present"),
        ("ECG: NSR, no ST changes", "abnormal_ecg", "absent"),
        ("blood in urine he could see", "visible_blood_in_urine", "present"),
        ("My belly hurts, lower left", "left_lower_abdominal_pain", "present"),
    ],
)
def test_what_is_said_of_it(text: str, finding: str, status: str) -> None:
    assert _status(text, finding) == status


@pytest.mark.parametrize(
    ("text", "finding", "side"),
    [
        ("Low back and R leg pain", "low_back_pain", None),
        ("Low back and R leg pain", "radiating_leg_pain", "right"),
        ("neck/R shoulder pain", "neck_pain", None),
        ("R hip & mid back pain", "mid_back_pain", None),
        ("left low back pain", "low_back_pain", "left"),
        ("chest pain, SOB", "chest_pain", None),
        ("left knee is bad, the right one was replaced in 2020", "knee_pain", "left"),
        ("left knee is bad, the right one was replaced in 2020", "prior_surgery", "right"),
        ("s/p L ACL recon 2018 (doing well) presents with RIGHT knee pain", "prior_surgery", "left"),
        ("s/p R TKA 2020, R knee pain", "prior_surgery", "right"),
        ("left lump, no wait its the right breast", "breast_lump", "right"),
        ("her lump is in the left breast... sorry, right", "breast_lump", "right"),
        ("left knee pain, I mean right knee", "knee_pain", "right"),
        ("left knee pain. Actually the right one was fixed in 2019", "knee_pain", "left"),
        ("my left hip hurts, not the right", "hip_pain", "left"),
        ("x-ray of my left knee showed arthritis, the right one is fine", "arthritis", "left"),
        ("left shoulder surgery in 2019, now the right one hurts", "shoulder_pain", "right"),
        ("numb pinky on my left hand", "numbness", "left"),
        ("tingling in my thumb and pointer finger on the left hand", "tingling", "left"),
        ("still cant walk right", "gait_problem", None),
    ],
)
def test_whose_side_it_is(text: str, finding: str, side: str | None) -> None:
    assert _found(text)[finding].side == side


def test_when_it_is_worst_is_not_how_bad_it_is() -> None:
    assert _found("my shoulder hurts, worst at night")["shoulder_pain"].severity is None
    assert _found("the worst shoulder pain I ever had")["shoulder_pain"].severity == "severe"


def test_a_relatives_illness_has_no_place_of_the_words_beside_it() -> None:
    assert _found("my hip mri was denied, hip hurts. mother had RA, hip too")["arthritis"].region is None


def test_the_place_is_the_findings_own() -> None:
    assert _found("broken wrist and pneumonia")["infection_recent"].region is None
    assert _found("the right side of my face is numb")["numbness"].region is None
    assert _found("is there cancer left or not")["cancer_history"].side is None


def test_a_plain_fall_from_a_ladder_is_not_called_severe() -> None:
    assert _found("fell off a ladder and hurt my hip")["trauma"].severity is None
    assert _found("rear-ended on June 3, my neck hurts")["trauma"].severity is None
    assert _found("MVA 8/22/26")["trauma"].severity is None
    assert _found("bad car accident, my neck hurts")["trauma"].severity == "severe"
    assert _found("hit by a car, my neck hurts")["trauma"].severity == "severe"
