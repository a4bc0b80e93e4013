"""What a letter asks for and answers: a scan that was done, an earlier one, what is suspected, whose scan it is."""

from __future__ import annotations

from datetime import date

import pytest
from letter_text import Write, cover, text

from actions.letters import Letter
from criteria.facts import Cancer, Case, Denial, Finding, Imaging, Patient, Plan, Said, Study, Treatment

TODAY = date(2026, 11, 22)


def help_most(letter: Letter) -> str:
    return cover(letter).partition("What would help most\n")[2].partition("What to gather")[0]


def gather(letter: Letter) -> str:
    return cover(letter).partition("What to gather, and from whom\n")[2].partition("Check-list")[0]


def test_a_scan_that_was_done_and_not_paid_is_a_claim_with_its_day(write: Write) -> None:
    denial = Denial(date(2026, 11, 3), service="post", service_date=date(2026, 10, 3), reasons=("prior_auth_missing",))
    said = text(write(Case(TODAY, Study("mri-hip", side="left"), denial=denial)))
    assert "It was done on October 3, 2026. Please look at it again and pay the claim." in said
    assert "The scan has been done. Please decide now" in said
    assert "approve the scan" not in said


def test_the_day_of_a_scan_that_nobody_named_is_a_blank(write: Write) -> None:
    letter = write(Case(TODAY, Study("mri-hip", side="left"), denial=Denial(service="post")))
    assert "It was done on [date of the scan]." in text(letter)
    assert "date of the scan" in letter.blanks


def test_several_reasons_stand_in_one_sentence(write: Write) -> None:
    denial = Denial(reasons=("not_medically_necessary", "alternative_imaging"))
    said = text(write(Case(TODAY, Study("mri-brain"), denial=denial)))
    assert "Your reasons for the denial were: not medically necessary; and another test should come first." in said


MS = (Finding("multiple_sclerosis", charted="yes"),)
EARLIER = Imaging("mri", "brain", date=date(2025, 9, 20), result="normal")


def repeated(*findings: Finding, images: tuple[Imaging, ...] = (EARLIER,)) -> Case:
    denial = Denial(reasons=("frequency_duplicate",))
    return Case(TODAY, Study("mri-brain"), denial=denial, findings=(*MS, *findings), imaging=images)


@pytest.mark.parametrize(
    "new",
    [Finding("numbness", since=date(2026, 10, 12)), Finding("numbness", weeks=6), Finding("vision_change", weeks=1)],
)
def test_what_began_after_the_earlier_scan_is_new(new: Finding, write: Write) -> None:
    letter = write(repeated(new))
    assert "The earlier scan that I know of is this one: MRI, brain, September 20, 2025: normal." in text(letter)
    assert "This is new since then: " in text(letter)
    assert letter.unanswered == ()


@pytest.mark.parametrize(
    "old",
    [Finding("numbness", since=date(2024, 1, 1)), Finding("numbness", weeks=90), Finding("numbness"),
     Finding("numbness", "uncertain", weeks=2), Finding("numbness", "absent")],
)  # fmt: skip
def test_what_was_there_before_or_nobody_dated_is_not_called_new(old: Finding, write: Write) -> None:
    letter = write(repeated(old))
    assert "This is new since then" not in text(letter)
    assert letter.unanswered == ("frequency_duplicate",)


@pytest.mark.parametrize("images", [(), (Imaging("ct", "head", date=date(2025, 9, 20)),), (Imaging("mri", "knee"),)])
def test_an_earlier_scan_that_nobody_knows_of_is_asked_for(images: tuple[Imaging, ...], write: Write) -> None:
    assert "Please tell me which earlier scan you mean, and its date." in text(write(repeated(images=images)))


def test_a_picture_of_any_part_is_another_test_before_one_of_the_whole_body(write: Write) -> None:
    ct = Imaging("ct", "abdomen", date=date(2026, 10, 20), result="nodule")
    denial = Denial(reasons=("alternative_imaging",))
    letter = write(Case(TODAY, Study("pet-ct"), denial=denial, cancer=Cancer("colon", "subsequent"), imaging=(ct,)))
    assert "This has been done: CT, belly, October 20, 2026: a nodule." in text(letter)


FOOT = (Finding("foot_pain", weeks=6), Finding("trauma", "absent"))
FILM = Imaging("xray", "foot", "left", date=date(2026, 10, 20), result="normal")


def test_a_suspicion_that_the_rule_counts_is_told_as_one(write: Write) -> None:
    findings = (*FOOT, Finding("fracture", "uncertain", region="foot"))
    letter = write(Case(TODAY, Study("mri-ankle-foot", side="left"), findings=findings, imaging=(FILM,)))
    assert "may be so: a broken bone" in text(letter).lower()
    assert "Broken bone: Yes" not in text(letter)
    assert "because the rule counts what is only thought possible: a broken bone" in cover(letter)


def test_a_suspicion_that_no_rule_counts_stays_out(write: Write) -> None:
    findings = (Finding("knee_pain", weeks=12), Finding("cancer_history", "uncertain"))
    letter = write(Case(TODAY, Study("mri-knee", side="left"), findings=findings))
    assert "may be so" not in text(letter).lower()
    assert "so the letter leaves it out: a history of cancer" in cover(letter)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"patient": Patient(sex="female")}, "MRI of the pelvis"),
        ({"findings": (Finding("fibroids"),)}, "MRI of the pelvis"),
        ({"findings": (Finding("psa_elevated"),)}, "MRI of the prostate"),
        ({"cancer": Cancer("prostate", "initial")}, "MRI of the prostate"),
        ({"patient": Patient(sex="male")}, "MRI of the pelvis or prostate"),
        ({"findings": (Finding("fibroids", "absent"),)}, "MRI of the pelvis or prostate"),
    ],
)
def test_a_woman_has_no_prostate(given: dict[str, object], name: str, write: Write) -> None:
    letter = write(Case(TODAY, Study("mri-pelvis-prostate"), **given))  # type: ignore[arg-type]
    assert letter.title == f"Appeal of a denied scan: {name}"
    assert f"\n{name}\n" in f"\n{text(letter)}\n".replace("Scan: ", "")


def test_a_row_that_names_the_trouble_has_it_as_its_fact(write: Write) -> None:
    case = Case(TODAY, Study("ccta"), symptom_weeks=26, findings=(Finding("chest_pain", weeks=26),))
    said = text(write(case))
    assert "heart disease possible: Chest pain (for 6 months)" in said or "possible: Chest pain (for 26 weeks)" in said


def test_a_degree_that_the_name_says_is_not_said_twice(write: Write) -> None:
    findings = (Finding("mild_arthritis", severity="mild"), Finding("hip_pain", severity="severe", weeks=20))
    said = text(write(Case(TODAY, Study("mri-hip", side="right"), findings=findings)))
    assert "Mild or doubtful arthritis on the X-ray: Yes, now." in said
    assert "Hip pain: Yes, now; for 20 weeks; severe." in said


def test_a_report_is_gathered_once_and_by_its_name_alone(write: Write) -> None:
    images = (Imaging("xray", "shoulder", "left", result="normal"),)
    care = (Treatment("physical_therapy", weeks=8), Treatment("nsaid", weeks=8))
    case = Case(TODAY, Study("mri-shoulder", side="left"), Plan("erisa_insured", payer="Cigna"),
                findings=(Finding("shoulder_pain", weeks=22),), treatments=care, imaging=images)  # fmt: skip
    told = gather(write(case))
    assert told.count("X-ray") == 1 and "that shows" not in told
    assert told.count("hysical therapy") == 1


@pytest.mark.parametrize(
    "case",
    [
        Case(TODAY, Study("mri-brain"), findings=(Finding("headache", weeks=12),), patient=Patient(age=40)),
        Case(TODAY, Study("mri-lumbar-spine"), findings=(Finding("low_back_pain", weeks=12),),
             treatments=(Treatment("physical_therapy", weeks=8, outcome="none"),)),
        Case(TODAY, Study("ct-abdomen-pelvis"), findings=(Finding("abdominal_pain", weeks=10), Finding("weight_loss"))),
        Case(TODAY, Study("ct-chest"), findings=(Finding("cancer_history", "historical"),), cancer=Cancer("lung")),
        Case(TODAY, Study("ct-head"), findings=(Finding("trauma"), Finding("anticoagulant_use"))),
        Case(TODAY, Study("echo"), findings=(Finding("breast_cancer"),), cancer=Cancer("breast")),
    ],
    ids=lambda case: case.study.id,
)  # fmt: skip
def test_what_would_help_most_is_nothing_that_nobody_spoke_of(case: Case, write: Write) -> None:
    helps = help_most(write(case))
    for far in ("age in years", "(severe)", "a lump", "a cough", "unsteady", "eye pain", "running nose", "pregnancy",
                "earlier surgery", "heart murmur", "counts)"):  # fmt: skip
        assert far not in helps


@pytest.mark.parametrize(
    ("words_said", "name"),
    [
        ("they denied the MRI of my left elbow", "MRI of the elbow"),
        ("elbow mri denied", "MRI of the elbow"),
        ("right elbow MRI", "MRI of the elbow"),
        ("ct scan of his jaw was turned down", "CT of the jaw"),
        ("ultrasound on the thyroid", "ultrasound of the thyroid"),
        ("Another scan", ""),
        ("my arm hurts and they denied the MRI", ""),
        ("an MRI, my doctor said", ""),
    ],
)
def test_a_scan_without_rules_is_called_as_it_was(words_said: str, name: str, write: Write) -> None:
    said = {"study.id": Said("patient", words_said)}
    letter = write(Case(TODAY, Study("other"), said=said))
    if name:
        assert letter.title == f"Appeal of a denied scan: {name}" and f"on my {name}." in text(letter)
        assert "name of the scan" not in letter.blanks
    else:
        assert letter.title == "Appeal of a denied scan" and "name of the scan" in letter.blanks


def test_what_is_called_possible_already_is_not_doubted_twice(write: Write) -> None:
    findings = (Finding("neck_artery_tear", "uncertain"), Finding("dizziness"))
    case = Case(TODAY, Study("mra-head-neck"), findings=findings)
    said = text(write(case))
    assert "a possible tear in an artery of the neck" in said.lower() and "may be so" not in said.lower()


def test_an_injection_is_given_on_a_day_and_has_no_length(write: Write) -> None:
    care = (Treatment("injection", start=date(2026, 10, 10), weeks=1),)
    denial = Denial(reasons=("conservative_care",))
    said = text(write(Case(TODAY, Study("mri-lumbar-spine"), denial=denial, treatments=care)))
    assert "on October 10, 2026" in said and "1 week" not in said
