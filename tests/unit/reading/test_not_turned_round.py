"""What a small word turns round: a no that puts right, a guess told behind, "elsewhere", what is planned or past."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import FindingItem

TODAY = date(2026, 11, 22)


def _found(text: str, finding: str) -> list[FindingItem]:
    return [f for f in read_clinical(text, TODAY).findings if f.id == finding]


def _statuses(text: str, finding: str) -> set[str]:
    return {f.status for f in _found(text, finding)}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("pancreatic cancer on the left side. wait no the cancer was right side sorry", "cancer_history"),
        ("cancer was on the left. sorry no the cancer is on the right", "cancer_history"),
        ("numbness in my left foot, wait no the numbness is in the right foot", "numbness"),
        ("my knee locks, oh no my knee gives out", "giving_way"),
        ("left knee pain, actually no the right knee hurts", "knee_pain"),
        ("swollen, hold on no the swelling is in my ankle", "swelling"),
        ("the left foot, oops no the right foot is numb", "numbness"),
        ("Hip. No wait, the knee hurts", "knee_pain"),
        ("no the swelling is in my ankle", "swelling"),
        ("i mean no a fracture in the wrist", "fracture"),
    ],
)
def test_a_no_that_puts_right_denies_nothing(text: str, finding: str) -> None:
    assert "absent" not in _statuses(text, finding) or "present" in _statuses(text, finding)
    assert "present" in _statuses(text, finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("wait no numbness", "numbness"),
        ("knee pain, no swelling", "swelling"),
        ("oh no fever no chills", "chills"),
        ("sorry, no weakness in the leg", "weakness"),
        ("actually no numbness at all", "numbness"),
        ("no, no fever", "fever"),
        ("knee hurts but no locking", "locking"),
        ("oops no swelling", "swelling"),
        ("no weakness or numbness", "numbness"),
        ("hold on, no fever", "fever"),
    ],
)
def test_a_no_after_a_correction_still_denies(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"absent"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("he said torn rotator cuff probably", "cuff_tear_sign"),
        ("rotator cuff tear in my left shoulder, she thinks", "cuff_tear_sign"),
        ("fracture in the foot most likely", "fracture"),
        ("labral tear supposedly", "labral_sign"),
        ("the dr thinks hidden fracture", "fracture"),
        ("ortho suspects small labral tear", "labral_sign"),
        ("urgent care thought hairline fracture", "fracture"),
        ("i think im pregnant", "pregnancy"),
        ("i guess i'm pregnant", "pregnancy"),
        ("i think im getting foot drop", "foot_drop"),
        ("i think i might need surgery", "surgery_candidate"),
        ("i feel like i'll need surgery", "surgery_planned"),
    ],
)
def test_a_guess_is_never_read_as_present(text: str, finding: str) -> None:
    assert _statuses(text, finding) <= {"uncertain"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("knee pain 6 weeks probably", "knee_pain"),
        ("hip pain from the fall probably", "hip_pain"),
        ("my back hurts probably from lifting", "low_back_pain"),
        ("back pain and swelling likely", "low_back_pain"),
        ("i have a fracture in my foot", "fracture"),
        ("dr thinks my back pain is from the disc", "low_back_pain"),
        ("she thinks i need an mri for my low back pain", "low_back_pain"),
        ("i am pregnant", "pregnancy"),
        ("i think my leg is weak", "weakness"),
        ("surgeon says i might need surgery", "surgery_candidate"),
        ("dr thinks i might need surgery", "surgery_candidate"),
    ],
)
def test_a_guess_about_something_else_leaves_it_present(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"present"}


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("low back pain for 3 months, no numbness anywhere else", "numbness"),
        ("hip hurts, no tingling elsewhere", "tingling"),
        ("numb left hand. no numbness or tingling anywhere else", "tingling"),
        ("no fever, no weakness elsewhere, no weight loss", "weakness"),
        ("denies swelling elsewhere", "swelling"),
        ("knee is bad, no swelling in any other joints", "swelling"),
        ("I have no weakness in the rest of my body", "weakness"),
        ("no numbness other than that", "numbness"),
        ("no pain in any other joint", "knee_pain"),
        ("neck pain since may, no pain elsewhere", "knee_pain"),
    ],
)
def test_elsewhere_denies_nothing_of_the_known_place(text: str, finding: str) -> None:
    assert not _found(text, finding)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("no weakness anywhere", "weakness"),
        ("no numbness in my legs", "numbness"),
        ("no swelling at all", "swelling"),
        ("denies numbness or tingling", "tingling"),
        ("no fever, no pain elsewhere, no weight loss", "weight_loss"),
        ("no fever, no pain elsewhere, no weight loss", "fever"),
    ],
)
def test_a_plain_no_denies(text: str, finding: str) -> None:
    assert _statuses(text, finding) == {"absent"}


@pytest.mark.parametrize(
    "text",
    [
        "had stage 1 lung cancer removed may 2024",
        "i had stage 2 colon cancer taken out in 2021",
        "she had a stage 1 melanoma cut out in march 2023",
        "s/p stage 1 kidney cancer resected 2022",
    ],
)
def test_a_cancer_that_was_removed_is_none_now(text: str) -> None:
    for finding in ("active_cancer", "early_stage_cancer", "locally_advanced_cancer"):
        assert "present" not in _statuses(text, finding)
    assert "historical" in _statuses(text, "cancer_history")


@pytest.mark.parametrize(
    "text",
    ["stage 1 lung cancer, needs to be removed", "i have stage 2 lung cancer, had a scan", "has stage 3 colon cancer"],
)
def test_a_cancer_not_yet_removed_is_there(text: str) -> None:
    assert "present" in _statuses(text, "active_cancer")


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("aneurysm 4mm found in 2023", "aneurysm", "present"),
        ("brain aneurysm diagnosed in 2019, never treated", "aneurysm", "present"),
        ("pancreatic cyst seen in 2022", "pancreatic_cyst", "present"),
        ("lung nodule discovered in 2024", "lung_nodule", "present"),
        ("aneurysm found in 2019, coiled", "aneurysm", "historical"),
        ("aneurysm clipped in 2015", "aneurysm", "historical"),
        ("blood clot found in 2019", "dvt_suspected", None),
    ],
)
def test_what_was_found_in_a_year_is_still_there(text: str, finding: str, status: str | None) -> None:
    if status:
        assert _statuses(text, finding) == {status}
    else:
        assert "present" not in _statuses(text, finding)


@pytest.mark.parametrize(
    "text",
    [
        "to plan surgery (myomectomy) in january",
        "surgery planned: ACDF",
        "needs surgery - total knee replacement",
        "for upcoming surgery (hysterectomy)",
        "before the operation (laminectomy)",
    ],
)
def test_the_name_of_a_planned_operation_is_no_earlier_one(text: str) -> None:
    assert not _found(text, "prior_surgery")


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("had surgery (myomectomy) in 2019", None),
        ("my hand hurts. i had surgery C5-6 fusion", "cervical_spine"),
        ("hand numb. prior C5-6 fusion", "cervical_spine"),
        ("L4-5 fusion 2019, now right knee hurts", "lumbar_spine"),
        ("my knee hurts. had ACL surgery in 2019", "knee"),
    ],
)
def test_an_operation_that_was_done_is_where_its_level_says(text: str, region: str | None) -> None:
    assert [f.region for f in _found(text, "prior_surgery")] == [region]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("knee mri. bone spur", "arthritis"),
        ("low back pain. degenerative disc disease", "arthritis"),
        ("my cousin broke her foot last year", "fracture"),
        ("my friend broke his wrist", "fracture"),
        ("my dad had a car accident", "trauma"),
        ("back pain. can't walk more than a block because of the back pain", "neurogenic_claudication"),
        ("can only walk a block, short of breath", "neurogenic_claudication"),
        ("low back pain into left buttock", "radiating_leg_pain"),
        ("back pain radiates to the right buttock", "radiating_leg_pain"),
        ("pain in my buttock", "radiating_leg_pain"),
        ("prednisone since october", "steroid_use_longterm"),
        ("prednisone daily for 5 days", "steroid_use_longterm"),
        ("prednisone since the flare", "steroid_use_longterm"),
        ("prednisone daily x 6 days then stopped", "steroid_use_longterm"),
    ],
)
def test_what_nobody_said_is_not_read(text: str, finding: str) -> None:
    assert not _found(text, finding)


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("i have rheumatoid arthritis in my knees", "arthritis", "present"),
        ("xray showed DDD L4-5", "arthritis", "present"),
        ("arthritis in my knee", "arthritis", "present"),
        ("knee osteoarthritis, bone on bone", "arthritis", "present"),
        ("my mother had a hip fracture", "fracture", "family"),
        ("my knee hurts. my grandfather broke his hip in 2015", "fracture", "family"),
        ("my mom had osteoporosis", "osteoporosis", "family"),
        ("can't walk more than a block, my legs get heavy", "neurogenic_claudication", "present"),
        ("can only walk a block then I have to sit", "neurogenic_claudication", "present"),
        ("low back pain into left buttock and down the leg", "radiating_leg_pain", "present"),
        ("back pain radiates to the right buttock and thigh", "radiating_leg_pain", "present"),
        ("prednisone since january", "steroid_use_longterm", "present"),
        ("on prednisone since 2019", "steroid_use_longterm", "present"),
        ("daily prednisone", "steroid_use_longterm", "present"),
        ("steroids for years", "steroid_use_longterm", "present"),
    ],
)
def test_what_was_said_is_read(text: str, finding: str, status: str) -> None:
    assert _statuses(text, finding) == {status}


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("neck pain and shoulders, tingling both hands", "hand"),
        ("shoulders hurt, numbness in both hands", "hand"),
        ("knee and hip pain, tingling in my left foot", "foot"),
    ],
)
def test_a_nerve_takes_the_part_said_with_it(text: str, region: str) -> None:
    items = _found(text, "tingling") or _found(text, "numbness")
    assert [f.region for f in items] == [region]


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("knee pain. RA for years", None),
        ("left knee pain. I have rheumatoid arthritis", None),
        ("hip pain, psoriatic arthritis since 2015", None),
        ("i have rheumatoid arthritis in my knees", "knee"),
        ("knee pain, arthritis for years", "knee"),
    ],
)
def test_an_illness_of_all_joints_is_not_the_joints(text: str, region: str | None) -> None:
    assert [f.region for f in _found(text, "arthritis")] == [region]


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("Plan: ACL reconstruction after MRI.", "surgery_planned"),
        ("We are planning a Bankart repair in January.", "surgery_planned"),
        ("CT sinus for surgical planning (FESS in Jan).", "surgery_planned"),
        ("I'm supposed to have a knee replacement after the new year.", "surgery_planned"),
        ("He is scheduled to undergo lumbar fusion in February.", "surgery_planned"),
        ("Plan EMG; carpal tunnel release if positive.", "surgery_candidate"),
        ("She will need a Whipple.", "surgery_candidate"),
        ("I don't want a knee replacement.", None),
        ("Needs MRI for cuff repair planning.", "surgery_planned"),
    ],
)
def test_an_operation_to_come_is_none_that_was_done(text: str, finding: str | None) -> None:
    assert not _found(text, "prior_surgery")
    assert finding is None or "present" in _statuses(text, finding)


@pytest.mark.parametrize(
    "text",
    [
        "He had a cuff repair in January and is now planning to go back to work.",
        "Underwent FESS in Jan.",
        "She had a hysterectomy for fibroids, planning a trip in June.",
        "Status post rotator cuff repair, planned PT.",
    ],
)
def test_an_operation_that_was_done_stays_one(text: str) -> None:
    assert _statuses(text, "prior_surgery") & {"present", "historical"}
    assert not _found(text, "surgery_planned")


@pytest.mark.parametrize(
    ("text", "finding", "status"),
    [
        ("They say it's arthritis but the X-ray didn't show arthritis.", "arthritis", {"absent"}),
        ("I have arthritis in my hands. No arthritis in the hip.", "arthritis", {"present", "absent"}),
        ("Stress test was not normal.", "abnormal_stress_test", {"present"}),
        ("Stress test was normal.", "abnormal_stress_test", {"absent"}),
        ("Empty can strength is normal.", "cuff_tear_sign", {"absent"}),
        ("Empty can positive, apprehension test normal.", "cuff_tear_sign", {"present"}),
        ("Her hearing and eyesight were checked and are good.", "vision_change", {"absent"}),
        ("Follicular lymphoma, finished R-CHOP in June.", "active_cancer", set()),
        ("Lymphoma, on R-CHOP since June.", "active_cancer", {"present"}),
        ("Implanted port.", "pacemaker", set()),
        ("Knee locked once, in August. Hasn't since.", "locking", {"historical"}),
        ("Can't catch my breath on hills.", "locking", set()),
        (
            "My daughter is 16 and has had headaches since August. She throws up and her eyes are fine. "
            "I get migraines and so does my sister.", "migraine_history", {"family"},
        ),
        (
            "Worried about my mom. She has lost weight and she eats little. I had a hysterectomy myself.",
            "prior_surgery", {"family"},
        ),
        ("Speech was slurred for an hour on 11/15. Resolved.", "speech_problem", {"historical"}),
        ("No swelling now, it was puffy in August.", "swelling", {"absent", "historical"}),
    ],
)
def test_what_a_result_or_an_end_makes_of_it(text: str, finding: str, status: set[str]) -> None:
    assert _statuses(text, finding) == status


@pytest.mark.parametrize("text", [
    "EF 35 on the echo", "ejection fraction of 30", "my A1c of 5.4", "temp of 100.1", "CBD 11 mm", "abduction to 90",
])  # fmt: skip
def test_a_number_alone_is_no_illness(text: str) -> None:
    assert read_clinical(text, TODAY).findings == ()


@pytest.mark.parametrize(("text", "weeks"), [
    ("sorry it was 8 weeks of PT not 6", None), ("I meant 10 weeks of chiropractic", None), ("sorry, it was 8 wks", 8),
    ("i did 6 weeks already", None), ("my knee hurts, did 6 weeks", None), ("its been 6 weeks already", 6),
])  # fmt: skip
def test_the_weeks_of_care_put_right_are_not_the_complaints(text: str, weeks: float | None) -> None:
    assert read_clinical(text, TODAY).symptom_weeks == weeks


@pytest.mark.parametrize(("text", "finding", "count"), [
    ("2 rounds of antibiotics for my sinuses in the last 3 months", "repeated_antibiotics", 1),
    ("3 rounds of abx for sinusitis since september", "repeated_antibiotics", 1),
    ("2 rounds of antibiotics for my sinuses", "repeated_antibiotics", 0),
    ("4 sinus infections this year", "recurrent_sinusitis", 1), ("4 sinus infections", "recurrent_sinusitis", 0),
])  # fmt: skip
def test_how_often_is_said_only_with_the_time_it_was_in(text: str, finding: str, count: int) -> None:
    assert len(_found(text, finding)) == count


@pytest.mark.parametrize(("text", "finding", "status"), [
    ("ice didn't get the swelling down", "swelling", "present"),
    ("haven't gotten headache relief", "headache", "present"),
    ("never got over the cough", "cough", "present"),
    ("her nausea isn't any better, neither is the dizziness", "dizziness", "present"),
    ("I didn't get any numbness down my leg", "numbness", "absent"),
    ("I did not get swelling and my pain is better", "swelling", "absent"),
    ("I didn't get any swelling", "swelling", "absent"), ("never had a cough, and I calmed down", "cough", "absent"),
])  # fmt: skip
def test_what_nothing_takes_away_is_still_there(text: str, finding: str, status: str) -> None:
    assert _statuses(text, finding) == {status}


@pytest.mark.parametrize(("text", "count"), [
    ("I lost 15 pounds doing keto", 0), ("started Mounjaro in May. Down 25 pounds", 0),
    ("lost 40 lb since my gastric bypass", 0), ("down 20 lbs from walking every day", 0),
    ("weight went from 168 to 155 and he is not dieting", 1), ("lost 12 pounds without dieting", 1),
    ("lost 12 pounds since school started", 1), ("Home exercises did nothing. Lost 12 pounds.", 1),
    ("unintentional weight loss of 12 lb, diet unchanged", 1),
])  # fmt: skip
def test_weight_lost_on_purpose_is_no_warning_sign(text: str, count: int) -> None:
    assert len([f for f in _found(text, "weight_loss") if f.status == "present"]) == count
