"""The study that is denied: of several, by its side, by its part of the body, and none where it is no picture."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read

TODAY = date(2026, 11, 21)


def test_two_studies_denied_alike_are_neither() -> None:
    text = (
        "Sample Health Plan\n\nDear Pat,\n\nBoth requests are denied.\n\n"
        "  1. MRI cervical spine, 72141\n  2. MRI thoracic spine, 72146\n"
    )
    study = read(text, TODAY).study
    assert (study.id, study.modality, study.region, study.cpt) == (None, "mri", None, ("72141", "72146"))


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("they wont pay for my shoulder mri my doctor sent in for it like 3 weeks ago", "mri-shoulder"),
        ("Sample plan turned down the M R I of your knee", "mri-knee"),
        ("They denied magnetic resonance angiography of the neck.", "mra-head-neck"),
        ("L/S MRI denied", "mri-lumbar-spine"),
    ],
)
def test_a_study_is_known_in_loose_words(text: str, study: str) -> None:
    assert read(text, TODAY).study.id == study


def test_an_echo_is_of_the_heart() -> None:
    assert read("denied 93306 (transthoracic echocardiogram)", TODAY).study.region == "heart"


def test_a_picture_of_long_ago_is_not_the_one_denied() -> None:
    assert read("I had a CT of my head 2 years ago. Now they denied the brain MRI.", TODAY).study.id == "mri-brain"


@pytest.mark.parametrize(
    "body",
    [
        "We denied your request for ten more physical therapy visits after your knee MRI.",
        "We cannot approve the spinal fusion. The MRI of the lumbar spine shows no instability.",
        "We denied coverage of the drug infliximab. The notes include an MRI of the hand.",
    ],
)
def test_a_denial_of_no_picture_is_no_imaging_denial(body: str) -> None:
    text = f"Sample Health Plan\n\nDear Pat,\n\n{body} It is not medically necessary.\n\nYou may appeal."
    assert read(text, TODAY).kind == "other"


def test_an_mri_named_beside_another_treatment_is_still_the_one_denied() -> None:
    text = "Sample Health Plan\n\nDear Pat,\n\nWe denied the MRI of your knee. Surgery was not asked for."
    assert read(text, TODAY).kind == "denial_letter"


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("We denied: ANKLE MRI, RIGHT (73721).", "right"),
        ("We denied the breast MRI, both sides, with contrast (77049).", "bilateral"),
        ("insurance wont pay for my hip mri. left one.", "left"),
        ("they dont want to pay the MRI of my knee the right", "right"),
        ("Exam: MRI shoulder 73221\nLaterality: L\nStatus: DENIED", "left"),
        ("1 MRI left hip (73721, LT) was approved.\nWe denied 2: MRI right hip (73721, RT).", "right"),
        ("mri of my hip got denied, it's the left", "left"),
        ("bilat hip mri denied", "bilateral"),
        ("MRI of the hip denied. You have the right to appeal.", None),
        ("MRI of the hip denied. I left a message on the phone.", None),
    ],
)
def test_the_side_in_words_of_its_own(text: str, side: str | None) -> None:
    assert read(text, date(2026, 11, 21)).study.side == side


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("MRI knee denied by Aetna. L knee pain x 3 mo. MRI knee r/o meniscal tear.", "left"),
        ("MRI hip r/o AVN denied", None),
        ("MRI shoulder r/o RTC tear", None),
        ("MRI knee R denied", "right"),
        ("MRI of both hips. no wait they only denied the right one", "right"),
        ("I asked for both knees but only the left MRI was denied", "left"),
        ("her lump is in the left breast... sorry, right. breast mri denied", "right"),
        ("both knees hurt, left knee MRI denied", "left"),
        ("right knee MRI denied, sorry left town for a week", "right"),
    ],
)
def test_rule_out_is_no_side_and_a_side_is_put_right(text: str, side: str | None) -> None:
    assert read(text, TODAY).study.side == side


@pytest.mark.parametrize(
    ("text", "contrast"),
    [
        ("need help w denied shoulder mri left", None),
        ("can u help w denied mri of my brain", None),
        ("MRI brain w denied", "w"),
        ("shoulder MRI w 73222 denied", "w"),
        ("sinus CT denied, said treatment could continue w/o imaging", None),
        ("hip MRI denied, PT w/o relief", None),
        ("hip MRI w/o denied", "wo"),
        ("CT chest w/o contrast denied", "wo"),
    ],
)
def test_a_small_with_is_the_contrast_only_where_it_can_be(text: str, contrast: str | None) -> None:
    assert read(text, TODAY).study.contrast == contrast


@pytest.mark.parametrize(
    "text",
    [
        "echo on 10/2/2026 said EF 35%",
        "bone scan said clear",
        "he had an echo in June, they want to know why",
        "ultrasound two weeks ago showed a 7 mm gallbladder polyp",
        "brain MRI two years ago",
        "EXAM: CT CHEST W/O CONTRAST 08/05/2026\nIMPRESSION: 3 cm mass",
        "they said not necessary. no evidence it spread on the CT. he had ct chest 9/2/2026 that showed a mass",
    ],
)
def test_a_picture_that_was_taken_is_not_the_one_asked_for(text: str) -> None:
    reading = read(text, TODAY)
    assert (reading.study.id, reading.kind) == (None, "message")


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("CT chest 10/12/26: 3.4 cm RUL mass. PET/CT skull base to mid thigh for initial staging.", "pet-ct"),
        ("MRI brain 11/12 no acute infarct. CTA head & neck for CEA planning", "cta-head-neck"),
        ("US abd 10/7/26: CBD 11 mm. MRCP to eval for strictures.", "mri-abdomen-mrcp"),
        ("EF 30% on TTE 10/22/26. CMR w/ gad for cardiomyopathy", "mri-cardiac"),
        ("PET scan denied, i had breast cancer in 2021", "pet-ct"),
        ("they denied my ct chest, i had one 8 months ago", "ct-chest"),
        ("ultrasound of my belly denied", "us-abdomen"),
        ("CT scan of her lungs. its the screening one", "ldct-lung-screening"),
        ("CT of my lungs denied, it's not for screening", "ct-chest"),
        ("Bone and/or joint imaging; whole body (78306) NO. Medicare Summary Notice", "bone-scan"),
        ("MRI THORAC|C SPINE W/O CONTR denied 11/10/2026", "mri-thoracic-spine"),
        ("stress echo denied", None),
        ("dobutamine echocardiogram 93351 denied", None),
        ("echo denied, they say it is stress", "echo"),
        ("he needs a cardiac PET", None),
        ("PET scan, brain, FDG (78608) denied", None),
        ("PET scan for brain metastases denied", "pet-ct"),
    ],
)
def test_which_of_several_and_no_test_of_another_kind(text: str, study: str | None) -> None:
    assert read(text, TODAY).study.id == study


def test_codes_that_were_approved_are_no_part_of_what_was_denied() -> None:
    down = read("MRI lumbar spine with and without contrast. 72158 DENIED. 72148 (without contrast) would be approved "
                "if requested.", TODAY)  # fmt: skip
    assert down.study.cpt == ("72158",)
    two = read("ultrasound, abdomen complete, 76700 & ultrasound, pelvis 76856\n76700: denied - duplicate. "
               "76856: approved.", TODAY)  # fmt: skip
    assert (two.study.id, two.study.cpt) == ("us-abdomen", ("76700",))
    rows = read("1) 70551 MRI brain without contrast ... APPROVED   Auth 9920441\n2) 72141 MRI cervical spine without "
                "contrast ... NOT APPROVED\nLetter Date: November 12, 2026", TODAY)  # fmt: skip
    assert (rows.study.id, rows.denial.reference_numbers) == ("mri-cervical-spine", ())


@pytest.mark.parametrize(
    ("text", "study"),
    [
        ("They denied my MRI saying I need 6 weeks of care. I have weakness in my foot and it's getting worse.", None),
        ("mri denied, my foot goes numb and my low back hurts", "mri-lumbar-spine"),
        ("they denied my mri, my foot hurts", "mri-ankle-foot"),
        ("mri of the right foot denied, it is numb", "mri-ankle-foot"),
    ],
)
def test_a_limb_that_is_only_weak_or_numb_is_not_what_is_pictured(text: str, study: str | None) -> None:
    assert read(text, TODAY).study.id == study
