"""What people and clinics tell of a denial in passing: whose plan, which day, which test, and what is no part of it."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.reasons import reasons_answered

TODAY = date(2026, 11, 22)


def denial(text: str):
    return read(text, TODAY).denial


def study(text: str):
    return read(text, TODAY).study


@pytest.mark.parametrize(
    "text",
    [
        "I'm 64. My neck has hurt since May, and it goes into my arm, every day",
        "I'm Renee, Navy, 51. Knee gave out, swelled, and now it locks",
        "Tom Reed, 61, retired. Knee locks, swells. MRI denied, need help with my appeal",
        "insurance: HMO",
        "plan: VA. they denied my shoulder mri",
        "had PT at the VA last spring",
    ],
)
def test_who_writes_and_what_kind_of_plan_are_no_payers_name(text):
    assert denial(text).payer is None


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("humana, no wait, cigna denied it, humana was last year", "Cigna"),
        ("kaiser thru my wife, i mean aetna, our old one was kaiser", "Aetna"),
        ("we switched from Molina to Oscar Health in june. they denied my mri", "Oscar"),
        ("not aetna, cigna", "Cigna"),
        ("My plan is Silver Harbor", "Silver Harbor"),
        ("PRAIRIE ROSE HEALTH OF KANSAS\nManaged Care Program - Notice of Denial\n\nDate: Nov 2, 2026\nDear Ann Lee,\n"
         "We denied the MRI of the brain.", "Prairie Rose Health of Kansas"),
    ],
)  # fmt: skip
def test_the_payer_that_is_put_right_or_heads_the_letter(text, payer):
    assert denial(text).payer == payer


@pytest.mark.parametrize(
    "text",
    [
        "BCBS denied the MRI of my back, twisted it Sept 12",
        "denied my knee MRI, surgery was Oct 1",
        "they denied it. Her doctor had the peer to peer on Nov 12 and they still said no",
        "echo denied, last echo 2/3/26",
        "appeal letter is due 12/1/2026, they denied my mri",
    ],
)
def test_another_days_date_is_not_the_letters(text):
    assert denial(text).notice_date is None


@pytest.mark.parametrize(
    ("text", "notice", "received"),
    [
        ("cigna said no to my hip mri, ltr was Nov 9", date(2026, 11, 9), None),
        ("denial ltr dtd 10-28-26, L hip MRI, UHC", date(2026, 10, 28), None),
        ("denied Sept. 3", date(2026, 9, 3), None),
        ("CTA chest 71275 denied 11/3/26 humana", date(2026, 11, 3), None),
        ("its dated 10/5 arrived 10/12", date(2026, 10, 5), date(2026, 10, 12)),
        ("letter was Oct 3rd, got it Oct 8th", date(2026, 10, 3), date(2026, 10, 8)),
        ("the date on the letter is oct 30 but postmarked nov 2", date(2026, 10, 30), None),
        ("The letter says Oct 9. no, it came Oct 9, it's dated Oct 2", date(2026, 10, 2), date(2026, 10, 9)),
        ("i am dying to know my deadline, notice is 11/2/2026. they denied my ct", date(2026, 11, 2), None),
    ],
)
def test_the_letters_day_and_the_day_it_came(text, notice, received):
    got = denial(text)
    assert (got.notice_date, got.received_date) == (notice, received)
    assert got.appeal_deadline.date is None


def test_a_letter_that_replaces_another_bears_its_own_date():
    letter = ("This notice supersedes our notice dated 10/01/2026.\nNotice Date: 10/09/2026\nDear Mr Hill,\n"
              "We denied the MRI of the hip. You may appeal within 60 days.")  # fmt: skip
    assert denial(letter).notice_date == date(2026, 10, 9)


def test_an_earlier_tests_day_is_not_the_service_date():
    letter = ("Notice Date: 11/05/2026\nDate of Service Requested: 11/20/2026\nDear Al,\n"
              "We denied the CT of the chest. "
              "Records show that you had a CT scan on 06/01/2026. You may appeal within 60 days.")  # fmt: skip
    assert denial(letter).service_date == date(2026, 11, 20)


@pytest.mark.parametrize(
    "text",
    [
        "mri denied. is peer to peer the same as an appeal?",
        "denied. how do i do p2p",
        "my ct was denied. p2p deadline?",
        "they denied it, nobody told me about any peer to peer and no p2p was offered",
        "denied, we missed the p2p window",
        "they denied it, p2p was 11/3, upheld",
        "mri denied, dr wants to do a p2p",
    ],
)
def test_a_question_about_the_call_or_one_that_is_over_is_no_offer(text):
    assert denial(text).peer_to_peer.words is None


@pytest.mark.parametrize(
    "text",
    [
        "cigna denied, p2p avail til 12/1 at 800-555-0101",
        "they denied it and offered a peer to peer by 11/25",
        "denied. letter says my doctor can call for a peer to peer within 7 days",
    ],
)
def test_an_offer_that_is_told_is_one(text):
    assert denial(text).peer_to_peer.words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("MRI lumbar denied by Aetna 11/4, NMN. 44F, HEP 8 wks, PT eval only 9/9", ("not_medically_necessary",)),
        ("humana denied C-spine MRI, failed PT x 6 wks, NSAIDs tried", ()),
        ("UHC denied knee MRI 11/4. 40M pain x 9 wks. no PT, ibuprofen x 3 wks", ()),
        ("aetna denied my hip MRI, injections not indicated per ortho", ()),
        ("denied my mri. doctor said therapy but insurance wouldn't cover it", ()),
        ("cigna denied hip mri 11/2. brace not covered so I bought one", ()),
        ("they denied my echo. I never had an echo before", ()),
        ("denied bc she only did PT x 3 wks", ("conservative_care",)),
        ("aetna denied knee MRI 11/4 for lack of PT", ("conservative_care",)),
        ("denied because I never had an x-ray", ("alternative_imaging",)),
        ("insurance said I have to see an orthopedist first", ("conservative_care",)),
        ("cat scan denied, ultrasound f/u first", ("alternative_imaging",)),
        ("They tell me it is denied, they say is not necesary", ("not_medically_necessary",)),
        ("PET denied, not indicated for surveillance", ("not_medically_necessary",)),
        ("echo denied, repeat study in less than 6 months", ("frequency_duplicate",)),
    ],
)
def test_only_what_the_plan_gave_is_its_reason(text, found):
    assert denial(text).reasons == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("do 8 weeks of PT before they pay for it", ("conservative_care",)),
        ("shots before the MRI", ("conservative_care",)),
        ("cardiology consult before echo", ("conservative_care",)),
        ("pt first", ("conservative_care",)),
        ("medical policy says i need more therapy", ("conservative_care",)),
        ("they want me to do more PT", ("conservative_care",)),
        ("they say i have more therapy visits left", ()),
        ("reason: US first", ("alternative_imaging",)),
        ("US first", ("alternative_imaging",)),
        ("TELL US FIRST.", ()),
        ("call us first", ()),
    ],
)
def test_what_is_wanted_first_is_one_reason(text, found):
    assert reasons_answered(text) == found


def test_a_mistake_in_a_letter_is_no_wrong_code():
    letter = ("Letter Date: 2026-11-17\nDear Ms Fox,\n"
              "Our letter of November 10 showed the wrong side and date of service. "
              "We denied your request for MRI of the left ankle because it is not medically necessary. "
              "You may appeal within 180 days.")  # fmt: skip
    assert denial(letter).reasons == ("not_medically_necessary",)


@pytest.mark.parametrize(
    "text",
    [
        "they want the report of the MRI from july",
        "the echo was in august and normal",
        "Then she got the head CT in may",
        "Bone scan was 5/14/2026",
        "results of the CT abdomen came",
    ],
)
def test_a_test_that_is_done_is_not_the_one_denied(text):
    assert study(text).id is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("the ct scan is done, it is a nuclear stress test they denied", (None, "nuclear", "heart")),
        ("myocardial perfusion imaging (SPECT) not approved", (None, "nuclear", "heart")),
        ("thyroid ultrasound denied", (None, "ultrasound", "neck")),
        ("leg vein ultrasound denied, belly is fine", (None, "ultrasound", None)),
        ("pelvic ultrasound denied", (None, "ultrasound", "pelvis")),
        ("CT angiogram of the chest denied", (None, "cta", "chest")),
        ("bone scan denied", ("bone-scan", "nuclear", "whole_body")),
        ("MRI of the knee in October was denied", ("mri-knee", "mri", "knee")),
        ("chest ct", ("ct-chest", "ct", "chest")),
    ],
)
def test_the_study_as_far_as_there_is_one(text, named):
    got = study(text)
    assert (got.id, got.modality, got.region) == named


@pytest.mark.parametrize(
    ("text", "side", "contrast"),
    [
        ("pt's L shoulder MRI w/o denied. twisted it 9/1. R shoulder scope 2019", "left", "wo"),
        ("MRI R knee denied, L knee fine", "right", None),
        ("denied: left hip non contrast MRI", "left", "wo"),
        ("mri brain w 70552 denied", None, "w"),
    ],
)
def test_the_side_and_contrast_of_the_study_itself(text, side, contrast):
    got = study(text)
    assert (got.side, got.contrast) == (side, contrast)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("i teach at a public school, insurance through work", "government_or_church"),
        ("my husband works for the county", "government_or_church"),
        ("i work for State Farm, cigna thru work", "employer_unknown_funding"),
        ("insurance from my job at target", "employer_unknown_funding"),
        ("my company pays the claims itself", "erisa_self_funded"),
        ("Medicare (original)", "medicare_original"),
        ("medicare a and b", "medicare_original"),
        ("marketplace", "individual_aca"),
        ("Marketplace Silver", "individual_aca"),
        ("UHC Community Plan", "medicaid_managed"),
        ("Bright River Advantage (PPO) H1234-005", "medicare_advantage"),
        ("our insurance is through the VA", "va"),
        ("had a steroid shot in July at the VA", None),
        ("the insurance company pays claims", None),
        ("code H2019 was billed", None),
    ],
)
def test_the_kind_of_plan_where_the_words_say_it(text, kind):
    assert denial(text).plan_type == kind


def test_what_a_letter_names_stands_whole():
    letter = ("Date: November 3, 2026\nReconsideration No. RC-2026-1182\nDear Ms Lee,\n"
              "Our partner Meadow Radiology Benefits looked at the request. We denied the CT of the chest. "
              "Criteria: Willow ONC-LUNG 4.2; Harbor Point MSK Guideline MS-21 Knee; PEDHD-6.3.")  # fmt: skip
    got = denial(letter)
    assert got.reviewer == "Meadow Radiology Benefits"
    assert "RC-2026-1182" in got.reference_numbers
    assert got.criteria_cited == ("Willow ONC-LUNG 4.2", "Harbor Point MSK Guideline MS-21 Knee", "PEDHD-6.3")


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("nobody has denied it yet", False),
        ("they have not denied it yet, I want to be ready", False),
        ("my MRI hasn't been denied", False),
        ("no one has turned it down so far", False),
        ("my plan denied it. It was not denied for lack of therapy, they say", True),
        ("they did not approve it, it is denied", True),
    ],
)
def test_what_nobody_has_denied_is_not_denied(text: str, denied: bool) -> None:
    assert read(text, date(2026, 11, 22)).denial.denied is denied


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("I got a letter saying my MRI was denied because I didn't try 6 weeks of therapy", ["conservative_care"]),
        ("I had my MRI denied because I didn't do PT", ["conservative_care"]),
        ("I got a call from the insurance, they denied it because no x-ray", ["alternative_imaging"]),
        ("I got an xray and did PT", []),
        ("XR neg fx, MRI denied - needs 6 wks conservative", ["conservative_care"]),
        ("xray neg, MRI denied, needs PT", ["conservative_care"]),
        ("MRI denied, needs xray first", ["alternative_imaging"]),
    ],
)
def test_whose_letter_and_what_is_needed(text: str, reasons: list[str]) -> None:
    assert list(read(text, TODAY).denial.reasons) == reasons


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Aetna denied, need more clinical notes", {"insufficient_documentation"}),
        ("They keep asking for office notes. Denied again.", {"insufficient_documentation"}),
        ("Denied, they can't tell from the notes what my liver tests were", {"insufficient_documentation"}),
        ("denied the CT bc my bloodwork wasnt included", {"insufficient_documentation"}),
        ("MRI denied - xray was done but no report sent", {"insufficient_documentation"}),
        ("Cigna says they dont cover that kind of scan at all", {"not_a_benefit"}),
        ("My plan doesn't cover PET scans", {"not_a_benefit"}),
        ("they say the scan was done before the plan started, denied", {"not_a_benefit"}),
        ("They say such scans are excluded from coverage, and that it's investigational. Denied",
         {"not_a_benefit", "experimental"}),
        ("EOB says: this charge is not covered because you had no authorization", {"prior_auth_missing"}),
        ("they not pay because nobody ask permission before", {"prior_auth_missing"}),
        ("my daughter's MRI was denied cause the doctor typed the wrong knee", {"coding_error"}),
        ("Anthem denied: ct wasnt ordered with the right modifier", {"coding_error"}),
        ("denied for medical necessity", {"not_medically_necessary"}),
        ("Medical necessity denial on a CT abdomen", {"not_medically_necessary"}),
        ("Insurance is saying that the MRI isn't covered for headaches", {"not_medically_necessary"}),
        ("My wife's breast MRI denied, said she isn't high risk enough", {"not_medically_necessary"}),
        ("They denied because 'patient is asymptomatic'", {"not_medically_necessary"}),
        ("denied cause I've only had back pain for 4 weeks", {"conservative_care"}),
        ("they said come back after 6 weeks of home exercises", {"conservative_care"}),
        ("Her MRI was denied because she has not seen a specialist yet", {"conservative_care"}),
        ("Denied MRI ankle L. No XR on file, <4 wks tx", {"alternative_imaging", "conservative_care"}),
        ("Denied by TurningPoint. They say no weight-bearing films", {"alternative_imaging"}),
        ("they won't approve the ct without labs", {"insufficient_documentation"}),
        ("The plan denied because treatment plan was not attached", {"insufficient_documentation"}),
        ('denied due to "insufficient evidence of clinical benefit"', {"experimental"}),
        ('it says the scan is for "screening" and screening isn\'t covered', {"not_a_benefit"}),
        ("Denied - Medicare NCD 220.6 not met", {"not_medically_necessary"}),
        ("Denied. Needs 3 wks nasal steroids documented", {"conservative_care"}),
        ("Insurance denied MRI; they say I need to see neurologist and get EMG before", {"conservative_care"}),
        ("denied - service can be safely performed in a lower level of care", {"site_of_care"}),
        ("They denied it. My PT says I need the MRI before we continue.", set()),
        ('Tricare denied it. Their letter says the request "lacked an appropriate diagnosis code"', {"coding_error"}),
        ("Cigna: denied as incomplete request", {"insufficient_documentation"}),
        ("denied b/c she's only been having symptoms a couple weeks", {"conservative_care"}),
        ("denial reason: site of service", {"site_of_care"}),
        ("denied. they say I can get it done cheaper at a different place", {"site_of_care"}),
        ("medicare wont pay for my bone density because it hasnt been 2 years", {"frequency_duplicate"}),
        ('my sister says insurance always wants PT first. mine was denied for "lack of information"',
         {"insufficient_documentation"}),
        # Not so: a patient, no therapy; the person's own story; nobody's decision.
        ('pt denied, "criteria not met"', {"not_medically_necessary"}),
        ("denied 11/12, they want 6 wk PT + repeat exam", {"conservative_care"}),
        ("MRI denied | incomplete notes | resubmit w/ PT records", {"insufficient_documentation"}),
        ("The plan doesn't need an authorization for X-rays. I need more information about the appeal", set()),
        ("I had back pain for only 4 weeks when I saw him", set()),
        ("I never finished PT, should I?", set()),
    ],
)  # fmt: skip
def test_why_it_was_denied_in_a_sentence_or_two(text, found):
    assert set(denial(text).reasons) == found


@pytest.mark.parametrize(
    "row",
    [
        "01/06/27 | HERNDON, P | CareSource (OH Medicaid) | mem 104 882 3317 | MR SHLDR RT WO 73221 | DENIED | "
        "ref CS-27-00618 | rsn: needs 6wk conserv tx | p2p 937-555-0150 by 1/13 | apl 60 days fr ltr date",
        "HERNDON, P | 01/06/27 | CareSource | MR SHLDR RT 73221 | DENIED | no 6 wk tx | appeal 60 days fr ltr date",
    ],
)
def test_a_worklists_row_is_the_offices_and_its_day_the_notices(row):
    found = read(row, date(2027, 1, 9))
    assert found.kind == "message"
    assert found.denial.notice_date == date(2027, 1, 6)
    assert found.denial.reasons == ("conservative_care",)
    assert found.denial.appeal_deadline.days == 60
    assert (found.study.id, found.study.side) == ("mri-shoulder", "right")


def test_a_portals_row_of_labels_and_a_remittances_row_of_sums_are_the_plans():
    portal = "Payer: PREMERA | Decision: NOT CERTIFIED | Pt: DOE, R | Sub ID 601177432 | Ref# 7Z-4410 | Svc: 70486 CT"
    remit = "10/02/2026 | 73721 MRI KNEE | 1,900.00 | 0.00 | DENIED | CO-197 | CLAIM 22-1771-9"
    assert read(portal, TODAY).kind == read(remit, TODAY).kind == "denial_letter"


@pytest.mark.parametrize(
    "text",
    [
        'UHC said no to the bone scan. Down the bottom A228841907 is the "service reference number"',
        "the case number is on the bottom, the fax number too. MRI denied",
        "At the bottom the letter has a phone number for appeals",
    ],
)
def test_a_number_at_the_bottom_of_a_letter_is_no_numbness(text):
    assert not read(text, TODAY).emergency


def test_my_bottom_is_numb_is_heard_beside_a_number():
    assert read("My bottom is numb. The case number is 7712.", TODAY).emergency


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ('the bottom says A228841907\nis the "service reference number". denied', ("A228841907",)),
        ("CLAIM (ICN): 2632100417782  DENIED", ("2632100417782",)),
        ("Denied under National Coverage Determination 220.6.17", ()),
        ("A228841907 is the serial number of my scanner", ()),
    ],
)
def test_a_number_that_is_named_behind_it(text, numbers):
    assert denial(text).reference_numbers == numbers


def test_a_phone_for_the_doctor_to_call_is_the_peers():
    told = "It says I got 180 days to appeal and there is a number on it for the doctor to call, 855 555 0116. Denied"
    assert denial(told).peer_to_peer.phone == "855 555 0116"
    assert denial("Denied. P2P line 616-555-0147, must be done by 12/8").peer_to_peer.phone == "616-555-0147"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my work comp denied the mri of my knee", "other"),
        ("workers comp claim number WC-12-331 MRI shoulder denied", "other"),
        ("we have medi-share and they said no to the mri", "other"),
        ("not a work comp injury, they denied the mri of my knee", None),
        ("I had a workers comp claim years ago, aetna denied my mri knee", None),
        ("is this workers comp or do i use my insurance?", None),
        ("registration had the old Medicaid number, Priority Health denied it", None),
        ("our district plan is run by Meritain", "government_or_church"),
        ("Your plan is a church plan and is not governed by ERISA.", "government_or_church"),
        ("The company pays claims from its own funds; Meritain Health only administers the plan.", "erisa_self_funded"),
    ],
)
def test_who_pays_where_it_is_no_common_plan(text, kind):
    assert denial(text).plan_type == kind


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("Cigna denied the MRI: medical necessity is not established", ["not_medically_necessary"]),
        ("denied, AUC modifier missing on the claim. Not a med nec denial.", ["auc_noncompliance"]),
        ("Denied by Carelon: only 3 wks PT documented, needs 6. No argument about the xray.", ["conservative_care"]),
        (
            "the letter says the MRI of my neck that I already had done on October second is not covered because the "
            "place is not in network",
            ["out_of_network"],
        ),
        ("CIGNA DENIED IT AGAIN. FIRST TIME THEY SAID NO XRAY. NOW THE NEW LETTER SAYS I NEED 6 WEEKS OF PT.",
         ["conservative_care"]),
        ("wellcare said no, his PSA is too low so they don't think it's needed", ["not_medically_necessary"]),
        ("They had a company called HealthHelp to deny the MRI of my foot: no physical therapy", ["conservative_care"]),
        ("Cigna says my MRI isnt approved at the hospital, i have to use a participating freestanding center",
         ["site_of_care"]),
        ("CT denied on remit CO-16, dx on claim doesn't match the order", ["coding_error"]),
    ],
)  # fmt: skip
def test_the_reason_and_what_only_looks_like_one(text, reasons):
    assert sorted(denial(text).reasons) == reasons


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Bone scan came back denied this morning. Denial date 11/20/2026, ref 26324-BSC", date(2026, 11, 20)),
        ("Spoke w/ Carelon MD today 11/20/2026, still denied. Orig denial letter 11/12/2026.", date(2026, 11, 12)),
        ("Priority Health did not approve the breast MRI. Their letter of 11/14 says it is investigational",
         date(2026, 11, 14)),
        ("leter says 10/30/2026, my mri was denied", date(2026, 10, 30)),
        ("denied today by Aetna, MRI knee", date(2026, 11, 22)),
    ],
)  # fmt: skip
def test_the_letters_day_among_others(text, day):
    assert denial(text).notice_date == day


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Denied. Claim ICN 2026240-118803.", ("2026240-118803",)),
        ("denied, tracking 26309-1177", ("26309-1177",)),
        ("They denied it. The claim number is 8 8 1 0 4 no wait let me read it again it's 88140552", ("88140552",)),
        ("Denied. Send the claim to Sampleton, PA 15000-0000.", ()),
        ("Me: what's the case number\nAgent (Tasha): It is 5520 1188 4. Your MRI was denied.", ("5520 1188 4",)),
        ("Denial 11/18. Ref S26-11-40772.", ("S26-11-40772",)),
    ],
)
def test_a_number_as_it_is_written(text, numbers):
    assert denial(text).reference_numbers == numbers


@pytest.mark.parametrize(
    ("text", "member"),
    [
        ("Denied. Member ID 210-448-7730", "210-448-7730"),
        ("Kaiser denied the CT of the chest. MRN 11-0447-2093", "11-0447-2093"),
        ("Aetna denied the CT of the chest. MRN 11-0447-2093", None),
        ("Denied. Questions? Member ID line 800-555-0142", None),
    ],
)
def test_a_members_number_that_looks_like_another(text, member):
    assert denial(text).member_id == member


@pytest.mark.parametrize(
    "text",
    [
        "Pt: D. Noone. Aetna PPO, ID W2204 81177. MRI R hip w/o 73721 denied 11/12/26 by eviCore, case 1190024471. "
        "Rationale: no hip XR and only 2 wks of NSAIDs documented, needs 6 wks conservative tx. P2P 800-555-0116. Dx "
        "M25.551.",
        "Denial recap for Dr. Bell\nCT lumbar spine (72131). Plan = Sentara. Denied 11/05/2026, tracking 26309-1177.\n"
        "They want an MRI instead. We never told them about the pacemaker! Appeal 180 days from the notice.",
        "Appeal prep - K. Noone\nPayer: Aetna    ID: 101447820\nStudy: CT abd 74177    Dx: R10.9\nDenied: 11/03/2026\n"
        "Denial reason per letter: \"no labs\"\nAppeal due: 01/02/2027",
        "Hi Mrs. Noone, this is Jo from the breast clinic. Your insurance (Priority Health) did not approve the "
        "breast MRI. "
        "Their letter says it is investigational. You have 180 days to appeal, or a peer to peer at 616-555-0112.",
        "From: Ada Noone\nTo: Authorizations\nSent: Thursday, November 19, 2026 9:14 AM\nSubject: FW: Denied\n\n"
        "Can someone work this today please? Cardiac MRI 75561. They denied it. Peer to peer line 855-555-0174.",
    ],
)  # fmt: skip
def test_what_an_office_writes_is_no_plans_letter(text):
    assert read(text, TODAY).kind == "message"
