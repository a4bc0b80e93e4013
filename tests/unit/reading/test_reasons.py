"""Reasons for a denial in many wordings, and the words of a letter that are none."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.reasons import reasons_answered

TODAY = date(2026, 11, 21)


def _letter(body: str) -> str:
    return (
        "Example Health Plan\nNovember 2, 2026\n\nMember ID: EX-0001\n\nDear Pat Example:\n\n"
        f"We denied the request for an MRI of your left knee. {body}\n\nSincerely,\nThe plan"
    )


def _reasons(text: str) -> set[str]:
    return set(read(text, TODAY).denial.reasons)


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Such a scan is approved after eight weeks of care guided by a clinician.", "conservative_care"),
        ("Anti-inflammatory medicine must be tried first.", "conservative_care"),
        ("We see just two visits of therapy.", "conservative_care"),
        ("You have not yet tried any medicines for it.", "conservative_care"),
        ("The guideline expects a full six-week program of non-surgical care.", "conservative_care"),
        ("An ultrasound is the next step.", "alternative_imaging"),
        ("Pain of this kind is looked at first with radiographs.", "alternative_imaging"),
        ("Nobody has taken an X-ray.", "alternative_imaging"),
        ("The guideline asks for a stress echocardiogram before this scan.", "alternative_imaging"),
        ("Your clinic did not ask for approval before the scan.", "prior_auth_missing"),
        ("Adjustment: CO-197.", "prior_auth_missing"),
        ("The last scan was done only two months ago.", "frequency_duplicate"),
        ("One study in twelve months is the most, and another scan so soon is not.", "frequency_duplicate"),
        ("There is not enough published evidence that it helps.", "experimental"),
        ("The center does not have a contract with us.", "out_of_network"),
        ("The claim cannot be paid as billed.", "coding_error"),
        ("The order came with nothing, and we did not get the visit notes.", "insufficient_documentation"),
        ("What we hold is not enough to make a decision.", "insufficient_documentation"),
        ("The AUC requirement was not met.", "auc_noncompliance"),
        ("We cannot approve the place.", "site_of_care"),
        ("Your contract leaves such tests out of coverage.", "not_a_benefit"),
        ("The time allowed to file the claim has passed, so the filing limit had passed.", "timely_filing"),
    ],
)
def test_a_reason_is_known_in_other_words(body: str, reason: str) -> None:
    assert reason in _reasons(_letter(body))


@pytest.mark.parametrize(
    "body",
    [
        "\n\nWORDS IN THIS NOTICE\n\nExperimental: care that has not been shown to work.\n"
        "Out-of-network: a place that has no contract with us.",
        "\n\nDefinitions\nInvestigational: not shown to work in studies.\nDuplicate: the same service twice.",
        "\n\nReasons that may stand in such a letter\n 1 not medically necessary   2 duplicate   3 experimental",
        "Requests may be denied for several reasons: the service is experimental or the record is incomplete.",
        "This does not mean that the test is experimental.",
        "Nobody has questioned that the test is medically necessary.",
        "You asked: was the test turned down as experimental?",
        "Medical necessity was not reviewed, and medical need was never an issue.",
    ],
)
def test_definitions_rights_and_what_was_not_decided_give_no_reason(body: str) -> None:
    assert _reasons(_letter(body)) == set()


def test_only_ticked_boxes_are_reasons() -> None:
    boxes = (
        "\n\nThe reasons that are ticked apply\n"
        " [ ] The service is not medically necessary\n"
        " [x] The provider is out of network\n"
        " ( ) The service is experimental\n"
        " [ ] No prior authorization was obtained\n"
    )
    assert _reasons(_letter(boxes)) == {"out_of_network"}


def test_a_guideline_not_met_is_need_only_where_nothing_more_is_said() -> None:
    assert _reasons(_letter("This does not meet our guideline.")) == {"not_medically_necessary"}
    assert _reasons(_letter("This does not meet our guideline. X-rays come first.")) == {"alternative_imaging"}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nobody asked for permission first so my plan refused to pay for the hip MRI", "prior_auth_missing"),
        ("insurance told me to try therapy for 8 weeks, then maybe the shoulder mri", "conservative_care"),
        ("my knee mri claim was denied because it got filed in more than a year late", "timely_filing"),
        ("Sample plan says my policy doesn't include screening scans, it was a lung CT", "not_a_benefit"),
        ('The letter says a PET scan for this is "not yet established".', "experimental"),
        ("MRI brain denied, dx code R51 not on covered list", "coding_error"),
        ("CT sinus - failed to document 3 wks nasal steroids. Denied 11/10", "conservative_care"),
        ("Sample HMO: oon facility, use in network. MRI knee lt. denial date 11/2/2026", "out_of_network"),
        ("denied: dup of 10/2 study, MRI hip", "frequency_duplicate"),
    ],
)
def test_people_and_offices_retell_a_reason(text: str, reason: str) -> None:
    assert reason in _reasons(text)


@pytest.mark.parametrize(
    "text",
    [
        "My knee MRI was denied. I had physical therapy for 8 weeks and no x-ray was missing.",
        "Do I need prior authorization for a CT?",
        "My plan covers one eye exam per year. They denied my knee MRI.",
        "I never finished therapy because it hurt. The MRI was denied yesterday.",
        "Pt 61F, echo denied 11/12/26, leg edema, murmur on exam, no prior echo.",
        "Knee MRI denied. Pt no known allergies, 40 M, no fever.",
    ],
)
def test_a_persons_own_words_are_no_reason(text: str) -> None:
    assert _reasons(text) <= {"not_medically_necessary"}


def test_a_forwarded_letter_and_a_scanned_one_give_their_reasons() -> None:
    quoted = _letter("The office notes\nwere not received.").replace("\n", "\n> ")
    assert _reasons(quoted) == {"insufficient_documentation"}
    assert _reasons(_letter("Six weeks of physica1 therapy must be tr1ed first.")) == {"conservative_care"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("There is no documentation of a splint or of anti-inflammatory medicine for six weeks.", "conservative_care"),
        ("We find no note of supervised exercise for six weeks.", "conservative_care"),
        ("The file holds no report of an ultrasound, which should come before this scan.", "alternative_imaging"),
        (
            "The booklet limits payment to what is medically necessary, and in our view this is not.",
            "not_medically_necessary",
        ),
        ("Care outside the network is not paid by your plan, and the center is not in our network.", "out_of_network"),
        ("We are unable to certify it as medically necessary.", "not_medically_necessary"),
        ("A scan is not recommended for this kind of complaint.", "not_medically_necessary"),
        ("The information provided does not support the need for this service.", "not_medically_necessary"),
        ("It was looked at by an outside reviewer, who advised us. It is not a covered benefit.", "not_a_benefit"),
        ("Neither the liver panel nor the outside report has come.", "insufficient_documentation"),
        ("It is not medically necessary; prior approval is therefore not given.", "not_medically_necessary"),
    ],
)
def test_a_reason_is_not_taken_for_its_neighbour(body: str, reason: str) -> None:
    assert _reasons(_letter(body)) == {reason}


def test_notes_never_sent_are_a_reason_beside_the_picture_wanted() -> None:
    body = "We did not receive the office notes, and no X-ray was done."
    assert _reasons(_letter(body)) == {"insufficient_documentation", "alternative_imaging"}


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            "Cigna denied my knee MRI. I did the therapy two months, and they say it is not necessary",
            {"not_medically_necessary"},
        ),
        (
            "Knee MRI denied by an outfit I never dealt with who says the doctor didnt send notes",
            {"insufficient_documentation"},
        ),
        (
            "Aetna denied the knee MRI as no auth on file. I looked, maybe the wrong code got sent",
            {"prior_auth_missing"},
        ),
    ],
)
def test_what_a_person_did_or_guesses_is_no_reason_of_the_plans(text: str, reasons: set[str]) -> None:
    assert _reasons(text) == reasons


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("An ultrasound would show the same thing.", "alternative_imaging"),
        ("A CT without dye would answer the question.", "alternative_imaging"),
        ("Such pain heals in some weeks with simple care.", "conservative_care"),
        ("Your pain has lasted only 3 weeks.", "conservative_care"),
        ("Approval had to be in hand before the day of the scan.", "prior_auth_missing"),
        ("Your last MRI was in May and nothing has changed.", "frequency_duplicate"),
        ("The tracer is not approved by the FDA for this use.", "experimental"),
        ("The code on the request isn't right for the test.", "coding_error"),
        ("The x-ray report was not in the packet.", "insufficient_documentation"),
        ("We couldn't read the faxed pages.", "insufficient_documentation"),
        ("The clinic did not answer our calls.", "insufficient_documentation"),
        ("There is no medical reason that it has to be at the hospital.", "site_of_care"),
        ("Your symptoms do not rise to the level that is required.", "not_medically_necessary"),
    ],
)
def test_reasons_in_everyday_words(body: str, reason: str) -> None:
    assert _reasons(_letter(body)) == {reason}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MRI knee denied by Aetna. PT 8 wks without benefit", ()),
        ("Prior auth denied MRI hip. CSI 9/3 no benefit.", ()),
        ("hip mri denied, my plan has no benefit for it", ("not_a_benefit",)),
        ("hip mri denied. no xray.", ()),
        ("hip mri denied because no xray", ("alternative_imaging",)),
        ("Wrist MRI denied, not medically necessary. She wants the MRI to look for a fracture that the films missed.",
         ("not_medically_necessary",)),
        ("the films didnt show anything, hip mri denied as not medically necessary", ("not_medically_necessary",)),
        ("My pulmonologist wants a follow up CT chest, smoked 40 pack years, quit 8 yrs ago. denied nov 12", ()),
        ("lumbar mri denied, pt 8 weeks no help", ()),
        ("PT ordered 11/10, not started. MRI denied", ()),
        ("my orthopedist wants an MRI but insurance said i need therapy first", ("conservative_care",)),
        ("Your prior auth request for MRI LEFT HIP was DENIED on 11/20. Reason: conservative tx <6wks.",
         ("conservative_care",)),
        ("Denied 11/10/2026 MRI brain 70553. We need to know the results of the nerve exam. We did not get this.",
         ("insufficient_documentation",)),
        ("wrist MRI was denied by medicare. They said it is not covered for that diagnosis.",
         ("not_medically_necessary",)),
    ],
)  # fmt: skip
def test_what_was_told_of_care_and_pictures_is_no_reason(text: str, found: tuple[str, ...]) -> None:
    assert read(text, date(2026, 11, 21)).denial.reasons == found


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("the scan was already done. hip mri. they say no prior authorization", {"prior_auth_missing"}),
        ("denied no prior auth. the mri was already done on 11/2", {"prior_auth_missing"}),
        ("they denied it, said my mri was already done in june", {"frequency_duplicate"}),
        ("Denied: duplicate, scan already done in August", {"frequency_duplicate"}),
        ("denied brain mri. MS, the last MRI was 14 months ago", set()),
        ("MS, last mri was a year ago, denied", set()),
        ("they denied it because the last MRI was 14 months ago", {"frequency_duplicate"}),
        ("denial says the ultrasound was enough", set()),
        ("they said an ultrasound would be enough", {"alternative_imaging"}),
    ],
)
def test_what_a_person_tells_of_a_picture_is_no_reason(text: str, reasons: set[str]) -> None:
    assert _reasons(text) == reasons


@pytest.mark.parametrize(
    "text", ["you already asked me that", "nobody asked me that before",
              "I was never asked that", "nobody asked this before"]
)
def test_a_question_asked_twice_is_no_reason(text: str) -> None:
    assert reasons_answered(text) == ()


@pytest.mark.parametrize(
    "text", ["no one asked for permission", "nobody asked us for approval before",
              "nobody asked first", "not asked in advance"]
)
def test_an_approval_nobody_asked_for_is_one(text: str) -> None:
    assert reasons_answered(text) == ("prior_auth_missing",)


@pytest.mark.parametrize(
    ("text", "plan", "contrast"),
    [
        ("what if its medicare advantage", None, None),
        ("how do i know if its self funded", None, None),
        ("not sure if it's medicare advantage", None, None),
        ("whats an mri with contrast?", None, None),
        ("what's the difference between mri with contrast and without", None, None),
        ("its medicare advantage", "medicare_advantage", None),
        ("what if they deny it again? i have medicare advantage", "medicare_advantage", None),
        ("what can i do, brain mri with contrast denied", None, "w"),
        ("why did they deny my mri with contrast", None, "w"),
    ],
)
def test_a_question_in_general_is_no_fact(text: str, plan: str | None, contrast: str | None) -> None:
    got = read(text, TODAY)
    assert (got.denial.plan_type, got.study.contrast) == (plan, contrast)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Your plan covers this test only after plain X-rays. None were sent.", {"alternative_imaging"}),
        ("Your brochure says that MRI needs prior approval. None was asked for.", {"prior_auth_missing"}),
        ("Your brochure says that MRI needs prior approval. It was asked for on May 2. It is not medically necessary.",
         {"not_medically_necessary"}),
        ("We also looked at whether the scan was medically necessary and the reviewer finds that it was not.",
         {"not_medically_necessary"}),
        ("An echocardiogram has not been done. If it has been done we did not receive the report.",
         {"alternative_imaging", "insufficient_documentation"}),
        ("The same study can be done at the VA clinic nearer to your home within 11 days.", {"site_of_care"}),
        ("The scan is investigational. A service that is investigational is left out of your contract.",
         {"experimental"}),
        ("The order does not agree with the chart.", {"coding_error"}),
        ("There is no reason in the notes for a study with contrast, and no treatment had been tried.",
         {"not_medically_necessary", "conservative_care"}),
        ("Your doctor could order a breast ultrasound in its place, which the plan covers and which should come before "
         "MRI.", {"alternative_imaging"}),
        # Lists of what may be, another request's letter, the first decision's reason.
        ("A scan of the same area was paid on August 2. We may deny a service when it is experimental or when records "
         "are missing.", {"frequency_duplicate"}),
        ("This is too soon after the last one. A different request you made was denied because the provider is not in "
         "the network.", {"frequency_duplicate"}),
        ("You appealed. We first denied it because we had no notes. The notes now show four weeks of therapy, and six "
         "are required.", {"conservative_care"}),
        ("We first denied it because we had no notes.", {"insufficient_documentation"}),
    ],
)  # fmt: skip
def test_what_a_letter_gives_for_this_denial(body, found):
    assert _reasons(_letter(body)) == found


@pytest.mark.parametrize(
    "text",
    [
        "Plan\nRE: Physical therapy, 8 more visits\nDear Member, twelve visits were approved. You can lift as "
        "before, so more "
        "visits are not medically necessary. Go on with the exercises. You may appeal.",
        "Plan\nDrug: Emgality pen\nWe can't approve this drug because it is not medically necessary. You need "
        "to have tried "
        "two other medicines for eight weeks each. You can appeal.",
    ],
)
def test_what_must_come_before_a_drug_or_more_visits_is_nothing_before_a_picture(text):
    assert _reasons(text) == {"not_medically_necessary"}


def test_a_denial_that_names_no_picture_still_wants_therapy_first():
    text = "Plan\nDear Member, we cannot approve this until you have tried physical therapy. You may appeal."
    assert _reasons(text) == {"conservative_care"}


_WHY = "You had the same MRI on August 4, 2026, and a repeat is too soon."


@pytest.mark.parametrize(
    "aside",
    [
        "General information: Services outside the network and services that are investigational have limits.",
        "GENERAL INFORMATION. We deny services for several causes: no authorization, wrong codes, late claims.",
        "Out-of-network providers may charge you more than the plan allows.",
        "Payment depends on eligibility, benefit limits, exclusions and timely filing on the date of service.",
        "Possible reasons are lack of medical necessity, missing records, and care that the plan leaves out.",
        "An earlier request was denied on August 3 because no notes were sent.",
        "The claim for the office visit was denied because no authorization was on file.",
        "Members may see network specialists without a referral.",
        "Any provider who is not satisfied may submit a corrected claim with the right codes within 90 days.",
        "See the Exclusions section of your certificate for services that are experimental or cosmetic.",
        "You may appeal within 180 days. No notes were sent with some requests; send yours.",
        "Codes: CO-50 not a medical necessity; CO-96 non-covered charge; CO-197 precertification absent.",
    ],
)
def test_what_a_letter_says_of_others_is_no_reason_beside_one(aside: str) -> None:
    assert _reasons(_letter(f"{_WHY}\n\n{aside}")) == {"frequency_duplicate"}


@pytest.mark.parametrize(
    ("body", "found"),
    [
        # What alone gives a reason gives it, however generally.
        ("Services rendered without prior authorization are not paid.", {"prior_auth_missing"}),
        ("Benefits are not paid for providers outside the network.", {"out_of_network"}),
        # Behind the rights, under a heading of its own, it is told again.
        (
            f"{_WHY} Peer to peer: 800-555-0100.\n\nRationale: no X-ray was done.",
            {"frequency_duplicate", "alternative_imaging"},
        ),
        # Of what none came is named before.
        ("A referral from your doctor is needed, and none was received.", {"prior_auth_missing"}),
        ("This service needs preauthorization. Our records show none was requested.", {"prior_auth_missing"}),
        ("We need the office notes, and none were received.", {"insufficient_documentation"}),
        # Care that was had, emergency treatment and an exercise test are no therapy wanted first.
        (f"{_WHY} You have had physical therapy for eight weeks and two injections without relief.",
         {"frequency_duplicate"}),
        ("The care was not authorized before it was given. It was not reported to us as emergency treatment.",
         {"prior_auth_missing"}),
        ("The guideline calls for an exercise treadmill test before coronary CTA.", {"alternative_imaging"}),
        ("There is no fracture on the radiographs. Six weeks of therapy have not been completed.",
         {"conservative_care"}),
        ("Medical necessity under MCG A-0050 (Knee MRI) is not established.", {"not_medically_necessary"}),
        # In other words.
        ("The symptoms in the notes are not the kind for which this exam is approved.", {"not_medically_necessary"}),
        ("The guideline calls for standard imaging such as CT before PET.", {"alternative_imaging"}),
        ("The plan did not authorize this care before it was given.", {"prior_auth_missing"}),
        ("The diagnosis on the claim is not one that is payable with this procedure.", {"coding_error"}),
        ("Code 73720 was billed but 73721 was authorized.", {"coding_error"}),
        ("We asked the office for the clinical notes on November 2 and did not hear back.",
         {"insufficient_documentation"}),
        ("The order gives a diagnosis but no history, examination or plan.", {"insufficient_documentation"}),
        ("What we received was too brief to tell whether the rule is met.", {"insufficient_documentation"}),
        ("The claim was received on 09/30/2026, beyond the 90-day filing limit.", {"timely_filing"}),
    ],
)  # fmt: skip
def test_which_sentence_gives_the_reason(body: str, found: set[str]) -> None:
    assert _reasons(_letter(body)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("My dad's VA denied his PET. They say he has to have it at the VA hospital instead.", {"site_of_care"}),
        ("Devoted denied MR LS 11/11 - less than 6 weeks PT.", {"conservative_care"}),
        ("denied 11/15/26 - wants treadmill first, pt can walk.", {"alternative_imaging"}),
        ("United's letter of 10/27/26, ref 5530-77-A2, says \"there is no record of a repeat PSA and the request does "
         "not have enough information for us to approve it\".", {"insufficient_documentation"}),
        ("BCBS denied it as duplicate. How is it a duplicate if it's a follow up??", {"frequency_duplicate"}),
        ("Kaiser denied my daughter's MRI because the place her specialist uses isn't theirs.", {"out_of_network"}),
        ("Aetna denied the scan. They're calling the tracer experimental.", {"experimental"}),
    ],
)  # fmt: skip
def test_a_person_tells_the_reason_in_passing(text: str, found: set[str]) -> None:
    assert _reasons(text) == found
