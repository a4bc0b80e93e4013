"""What moves the talk: whether it was denied, starting over, questions by the way, what is past and what is open."""

from __future__ import annotations

from datetime import date

import pytest
from talking import TODAY, in_the_next_turn, says

from actions.casework import asides, door, drafting, interview, scans
from actions.casework.conversation import Talk
from actions.casework.replies import Reply
from actions.casework.texts import say
from actions.letters import draft
from actions.letters.told_case import told
from actions.reading.answers import read_answer
from criteria.assessment import assess
from criteria.facts import Fact, Field, Finding, Said
from criteria.questions import fixed_question


def tells_that_it_is_not_denied(person: Talk, text: str) -> bool | None:
    """What stands of the denial after a message that sounds as if nothing was denied yet."""
    interview.not_denied(in_the_next_turn(person), interview.Heard(text, "not_denied_yet", 0.9))
    return person.case().denial.denied


@pytest.mark.parametrize("text", [
    "denied", "i got denied", "I was denied", "they denied it", "they denied me", "my request was denied",
    "denied again", "they said no", "rejected", "it got turned down", "my insurance denied me",
])  # fmt: skip
def test_who_says_that_it_was_denied_is_not_told_that_they_ask_early(person: Talk, text: str) -> None:
    assert tells_that_it_is_not_denied(person, text) is True


@pytest.mark.parametrize("text", [
    "it hasn't been denied yet", "no decision yet", "we haven't sent the request yet", "waiting for approval",
    "not denied", "the doctor is about to order it", "i'm worried they will deny it", "no denial letter yet",
])  # fmt: skip
def test_who_says_that_nobody_denied_it_is_believed(person: Talk, text: str) -> None:
    assert tells_that_it_is_not_denied(person, text) is False


@pytest.mark.parametrize(("text", "denied"), [
    ("what is a prior authorization", True), ("they need prior auth", True), ("not scheduled yet", True),
    ("is the scan before or after approval", True), ("will i be denied again", True), ("it was denied", True),
    ("no wait, it hasn't been denied yet", False), ("sorry, they have not decided", False),
])  # fmt: skip
def test_a_denial_that_was_told_is_taken_back_only_in_plain_words(person: Talk, text: str, denied: bool) -> None:
    person.keep((Field("denial.denied", True),), "it was denied")
    assert tells_that_it_is_not_denied(person, text) is denied


@pytest.mark.parametrize("text", ["denied on november 5, not medically necessary", "it was denied"])
def test_a_denial_told_after_the_button_counts(person: Talk, text: str) -> None:
    person.keep((Field("denial.denied", False),), "It has not been denied yet")
    says(person, text, "denial")
    assert person.case().denial.denied is True


def test_what_is_told_beside_that_nobody_denied_it_is_kept(person: Talk) -> None:
    taken = says(person, "not denied yet, it's an MRI of my knee", "denial", intent="not_denied_yet")
    assert person.case().denial.denied is False and person.case().study.id == "mri-knee"
    assert say("not_denied_yet") in taken.replies[0].text


# --- starting over ---


@pytest.mark.parametrize(("text", "fresh"), [
    ("yes", True), ("yes please", True), ("no", False), ("nope", False), ("nevermind", False), ("no, go on", False),
])  # fmt: skip
def test_what_is_typed_next_answers_whether_to_start_over(person: Talk, text: str, fresh: bool) -> None:
    says(person, "MRI of my knee", "study")
    interview.ask(person, "prior_treatment")
    interview.ask_to_start_over(person)
    before = person.case_id
    assert interview.waits_for_start_over(person)
    assert says(person, text).taken
    now = in_the_next_turn(person)
    assert (now.case_id != before) is fresh
    assert now.case().treatments == () and (now.case().study.id is None) is fresh


def test_a_later_yes_does_not_start_over(person: Talk) -> None:
    before = person.case_id
    interview.ask_to_start_over(person)
    assert interview.waits_for_start_over(person)  # the dialogue answered something else
    assert not interview.waits_for_start_over(person)
    says(person, "yes")
    assert in_the_next_turn(person).case_id == before


# --- questions by the way ---


@pytest.mark.parametrize(("text", "name"), [
    ("what is a prior authorization", "prior_auth"), ("save", "saving"), ("how do i save my letter", "saving"),
    ("can you email it to me", "saving"), ("is this free", "cost"), ("how does this work", "how_it_works"),
    ("what if they say no again", "after_another_no"), ("my name is Bob Smith", "yourself"),
    ("how do i put my name in", "yourself"), ("date of birth 4/5/1980", None), ("stop asking", "fewer_questions"),
    ("i went to the er in june", None), ("the pain is safe to ignore they say", None), ("pt 8 weeks", None),
])  # fmt: skip
def test_what_is_asked_by_the_way_has_an_answer(person: Talk, text: str, name: str | None) -> None:
    assert asides.is_aside(text) is (name is not None)
    if name is not None:
        taken = asides.take(person, asides.listen(interview.Heard(text, "resume", 0.9), TODAY))
        assert [r.text for r in taken.replies if isinstance(r, Reply)] == [say(f"explain.{name}", days=30)]
        assert person.unit.facts(person.case_id) == ()


def test_the_dialogue_need_not_guess_what_is_asked_by_the_way(person: Talk) -> None:
    from talking import ME

    person.unit.connection.commit()
    turns = door.receive(person.desk, ME, "is this free", alarmed=False).turns
    assert turns == (door.Turn("/inform", {"text": "is this free"}),)


def test_a_question_asked_back_costs_no_try(person: Talk) -> None:
    says(person, "MRI of my knee was denied", "denial")
    for text in ("what is a prior auth", "is this free", "how does this work", "what if they say no again"):
        interview.ask(person, "denial")
        asides.take(in_the_next_turn(person), asides.listen(interview.Heard(text, "inform", 0.9), TODAY))
    assert interview.open_slots(person, "intake_form")["denial"] is None


# --- dates that a letter gives ---


@pytest.mark.parametrize(("by", "passed"), [(date(2026, 11, 25), False), (date(2026, 11, 20), True)])
def test_the_last_day_for_the_doctors_call_is_told(person: Talk, by: date, passed: bool) -> None:
    fields = (Field("study.id", "mri-knee"), Field("denial.notice_date", date(2026, 11, 18)),
              Field("plan.type", "individual_aca"), Field("peer_to_peer.by", by))  # fmt: skip
    person.keep(fields, "letter")
    card = drafting.deadlines(person).card
    assert card is not None
    [row] = [row for row in card.rows if row.label == say("deadline_call")]
    assert f"November {by.day}, 2026" in row.value and (say("deadline_passed") in row.value) is passed


def test_the_list_for_the_chart_names_each_thing_once(person: Talk) -> None:
    person.keep((Field("study.id", "mri-cervical-spine"), Field("denial.denied", False), Finding("tingling")), "words")
    lines = drafting.hand_over(person, None)[0].text.splitlines()
    assert len(lines) > 3 and len(set(lines)) >= len([line for line in lines if line])
    assert not any("Nobody has" in line for line in lines[1:])
    assert person.unit.asked(person.conversation) is None


# --- what a later word does to an earlier one ---


def statuses(person: Talk, id: str) -> set[str]:
    return {f.status for f in person.case().findings if f.id == id}


def test_a_relatives_illness_stands_beside_ones_own(person: Talk) -> None:
    says(person, "I have breast cancer")
    says(person, "my sister has breast cancer too")
    assert statuses(person, "breast_cancer") == {"present", "family"}


@pytest.mark.parametrize(("later", "now"), [
    ("I had headaches as a teenager too", "present"), ("they think it may be headaches from stress", "present"),
    ("actually I no longer have headaches", "absent"), ("no headaches", "absent"),
])  # fmt: skip
def test_what_is_told_by_the_way_undoes_nothing(person: Talk, later: str, now: str) -> None:
    says(person, "I have had headaches for 3 months")
    says(person, later)
    assert now in statuses(person, "headache") or (now == "absent" and "present" not in statuses(person, "headache"))


@pytest.mark.parametrize(("text", "study"), [
    ("bone scan said clear", "mri-pelvis-prostate"), ("echo on 10/2/2026 said EF 35%", "mri-pelvis-prostate"),
    ("he had a ct of the chest on 9/2/2026 that was normal", "mri-pelvis-prostate"),
    ("actually it was the bone scan they denied", "bone-scan"), ("the bone scan was denied", "bone-scan"),
    ("it's a PET scan that I need", "pet-ct"),
])  # fmt: skip
def test_an_earlier_scan_does_not_take_the_place_of_the_denied_one(person: Talk, text: str, study: str) -> None:
    says(person, "My prostate MRI was denied")
    says(person, text)
    assert person.case().study.id == study


@pytest.mark.parametrize(("text", "care", "lasted"), [
    ("i meant 8 weeks not 6", 8.0, 13.0), ("not 6 weeks, 8 weeks", 8.0, 13.0), ("change pt to 8 weeks", 8.0, 13.0),
    ("it was 4 months, not 3", 6.0, 17.3), ("not 3 months 4 months", 6.0, 17.3),
])  # fmt: skip
def test_a_length_is_corrected_where_the_wrong_one_stands(person: Talk, text: str, care: float, lasted: float) -> None:
    says(person, "knee pain for 3 months", "symptoms")
    says(person, "pt 6 weeks", "prior_treatment")
    says(person, text, "plan")
    case = person.case()
    [therapy] = case.treatments
    assert therapy.weeks == care and case.symptom_weeks == pytest.approx(lasted, abs=0.2)


@pytest.mark.parametrize("text", [
    "i was wrong about pt i never did it", "i lied about pt", "dont put pt in the letter", "don't mention the PT",
])  # fmt: skip
def test_care_is_taken_out_of_the_letter(person: Talk, text: str) -> None:
    says(person, "pt 6 weeks", "prior_treatment")
    says(person, text, "plan", intent="draft_letter")
    assert person.case().treatments == ()


@pytest.mark.parametrize(("text", "reasons", "treatments"), [
    ("need pt", ("conservative_care",), 0), ("they say i need physical therapy first", ("conservative_care",), 0),
    ("i did pt for 8 weeks", (), 1), ("not covered", ("not_a_benefit",), 0), ("i got denied", (), 0),
    ("my headaches came back too", (), 0),
])  # fmt: skip
def test_the_reason_is_the_plans_and_the_care_is_ones_own(
    person: Talk, text: str, reasons: tuple[str, ...], treatments: int
) -> None:
    says(person, "MRI of my knee was denied", "denial")
    says(person, text, "denial")
    assert person.case().denial.reasons == reasons and len(person.case().treatments) == treatments


def test_a_small_no_answers_the_list_that_is_open(person: Talk) -> None:
    says(person, "neck pain, mri of the neck", "study")
    says(person, "no", "red_flags")
    before = len(person.case().findings)
    says(person, "not really", "red_flags")
    assert len(person.case().findings) > before


# --- scans without rules, and what is still asked ---


@pytest.mark.parametrize(("text", "study"), [
    ("elbow mri got denied", "other"), ("they denied the MRI of my left elbow", "other"),
    ("thyroid ultrasound denied", "other"), ("my nuclear stress test was denied", "other"),
    ("I had a mammogram in may. MRI of the breast was denied", "mri-breast"), ("i had an elbow x-ray", None),
    ("knee mri denied", "mri-knee"), ("mri denied", None),
])  # fmt: skip
def test_a_scan_without_rules_is_no_dead_end(person: Talk, text: str, study: str | None) -> None:
    taken = says(person, text, "denial")
    assert person.case().study.id == study
    assert any(say("study_not_covered") in reply.text for reply in taken.replies) is (study == "other")


def test_an_appeal_for_a_scan_without_rules_keeps_the_words_said(person: Talk) -> None:
    says(person, "elbow mri denied nov 3 by aetna, not medically necessary, marketplace plan", "denial")
    case = person.case()
    letter = draft("appeal", case, assess(case, person.desk.library), person.desk.library)
    assert letter.title.endswith("MRI of the elbow")
    assert "name of the scan" not in letter.blanks


def test_it_was_denied_and_nobody_has_said_what(person: Talk) -> None:
    says(person, "my mri was denied", "denial")
    asked = interview.question_for(person, "denial")
    assert asked is not None and asked.id == "intake.study"
    says(person, "low back", "denial")
    assert person.case().study.id == "mri-lumbar-spine"
    asked = interview.question_for(person, "denial")
    assert asked is not None and asked.id == "intake.reason"


@pytest.mark.parametrize(("told", "first"), [
    ("my right shoulder has hurt for 3 months", {"mri-shoulder"}),
    ("knee pain since june", {"mri-knee"}),
    ("bad headaches for 6 weeks", {"mri-brain", "ct-head", "mra-head-neck", "cta-head-neck"}),
    ("no shoulder pain, its my neck that hurts", {"mri-cervical-spine"}),
    ("nothing hurts", {"mri-lumbar-spine"}),
])  # fmt: skip
def test_the_scans_for_what_hurts_are_offered_first(person: Talk, told: str, first: set[str]) -> None:
    says(person, told, "denial")
    says(person, "aetna denied the mri", "denial")
    asked = interview.question_for(person, "denial")
    assert asked is not None and asked.id == "intake.study", asked
    assert asked.options[0].value in first
    assert asked.options[-1].value == "other"


@pytest.mark.parametrize(("text", "reasons"), [
    ("conservative treatment first", ("conservative_care",)), ("they said not medically necessary",
     ("not_medically_necessary",)), ("no prior auth", ("prior_auth_missing",)), ("PT first", ("conservative_care",)),
    ("what is conservative treatment first", ()), ("conservative treatment?", ()), ("i did stretching", ()),
    ("it still hurts", ()),
])  # fmt: skip
def test_a_reason_told_while_something_else_is_asked_is_taken(
    person: Talk, text: str, reasons: tuple[str, ...]
) -> None:
    says(person, "humana denied an mri of my right hip. it has hurt since august", "denial")
    says(person, text, "prior_treatment", intent="ask_conservative_care")
    assert person.case().denial.reasons == reasons


@pytest.mark.parametrize("text", [
    "idk why they just said no", "they didnt say why", "not sure why", "no reason given", "nobody told us the reason",
    "I don't know why it was denied", "they never told me why", "no idea what the reason was",
    "they wouldn't tell me why", "nobody told me anything", "they didn't say",
])  # fmt: skip
def test_who_does_not_know_why_leaves_only_that_open(person: Talk, text: str) -> None:
    says(person, "my ct scan was denied. i have been coughing for 2 months", "denial")
    assert says(person, text, "denial").replies == (Reply(say("dont_know")),)
    assert interview.open_slots(person, "intake_form")["study"] is None
    assert person.unit.questions(person.case_id)["intake.reason"] == "dont_know"


def test_the_plans_reason_is_still_asked_while_the_rest_is_told(person: Talk) -> None:
    for text in ("my left knee mri was denied", "it locks", "i am 50", "plan from my job"):
        says(person, text, "denial")
        assert interview.open_slots(person, "intake_form")["denial"] is None, text
    for text in ("blue", "green"):
        says(person, text, "denial")
    assert interview.open_slots(person, "intake_form")["denial"] == "skipped"


@pytest.mark.parametrize("text", ["nobody told us the reason", "nobody told me", "no one told us anything", "idk why"])
def test_that_nobody_told_the_reason_is_no_reason(person: Talk, text: str) -> None:
    says(person, "my knee mri was denied", "denial")
    says(person, text, "denial")
    assert not person.case().denial.reasons
    assert interview.open_slots(person, "intake_form")["denial"] == "dont_know"


@pytest.mark.parametrize("text", [
    "idk", "i dont know which one", "not sure", "idk why it hurts", "no reason to be upset",
])  # fmt: skip
def test_what_else_is_not_known_is_not_the_reason(person: Talk, text: str) -> None:
    says(person, "my ct scan was denied. i have been coughing for 2 months", "denial")
    says(person, text, "study")
    assert "intake.reason" not in person.unit.questions(person.case_id)


@pytest.mark.parametrize(("text", "study"), [
    ("ct scan of my stomach", "ct-abdomen-pelvis"), ("ct scan of the chest", "ct-chest"), ("pet scan", "pet-ct"),
    ("ct scan of my spine", None), ("mri of lower leg", None), ("a ct scan", None), ("ct scan of my arm", None),
    ("ct scan of kidney for stones", "ct-abdomen-pelvis"), ("mri with contrast of brain", "mri-brain"),
])  # fmt: skip
def test_which_scan_is_what_the_words_name(person: Talk, text: str, study: str | None) -> None:
    says(person, "my insurance denied me", "denial")
    says(person, text, "study")
    assert person.case().study.id == study


@pytest.mark.parametrize(("text", "plan"), [
    ("employer plan, fully insured", "erisa_insured"), ("through my work and it is self insured", "erisa_self_funded"),
    ("my husband's job", "employer_unknown_funding"), ("private insurance", None), ("is that enough", None),
    ("through school i am a student", None), ("insurance company", None),
    ("my husbands employer", "employer_unknown_funding"), ("commercial, wife's employer", "employer_unknown_funding"),
    ("employer plan and they pay the claims themselves", "erisa_self_funded"),
])  # fmt: skip
def test_no_kind_of_plan_is_taken_from_a_word_that_any_plan_has(person: Talk, text: str, plan: str | None) -> None:
    says(person, "my left knee mri was denied", "denial")
    says(person, text, "plan")
    assert person.case().plan.type == plan


@pytest.mark.parametrize(("text", "study"), [
    ("screening, i smoked 30 years a pack a day", "ldct-lung-screening"), ("it's for screening", "ldct-lung-screening"),
    ("I cough blood", "ct-chest"), ("my screening colonoscopy was fine", "ct-chest"),
])  # fmt: skip
def test_a_chest_ct_for_screening_is_the_low_dose_one(person: Talk, text: str, study: str) -> None:
    says(person, "they denied my chest ct", "denial")
    says(person, text, "symptoms")
    assert person.case().study.id == study


def test_what_is_felt_is_kept_beside_the_part_that_answers_which_scan(person: Talk) -> None:
    says(person, "my mri was denied", "denial")
    says(person, "its my right knee, aetna. it locks and swells since i twisted it in august", "study")
    assert {"locking", "swelling", "trauma"} <= {f.id for f in person.case().findings}


@pytest.mark.parametrize(("reason", "text", "weeks"), [
    ("they said i have to do physical therapy first", "i did 6 weeks already, no better", 6.0),
    ("they want PT first", "I've done 8 weeks of it", 8.0),
    ("they want other care first", "i did 6 weeks already", None),
    ("they want PT first", "i did this 3 weeks ago lifting", None),
    ("they want PT first", "i did 6 weeks of ibuprofen", None),
])  # fmt: skip
def test_so_much_was_done_of_what_the_plan_wants(person: Talk, reason: str, text: str, weeks: float | None) -> None:
    says(person, "my right knee mri was denied", "denial")
    says(person, reason, "denial")
    says(person, text, "symptoms")
    case = person.case()
    done = [t.weeks for t in case.treatments if t.kind == "physical_therapy"]
    assert done == ([] if weeks is None else [weeks])
    assert case.symptom_weeks in (None, 3.0)


@pytest.mark.parametrize(("denied", "text", "study"), [
    ("they denied the mri of her spine", "thoracic", "mri-thoracic-spine"), ("mri denied", "its my hip", "mri-hip"),
    ("it was denied", "thoracic", None),
])  # fmt: skip
def test_a_part_alone_completes_the_kind_of_scan_told_before(
    person: Talk, denied: str, text: str, study: str | None
) -> None:
    says(person, denied, "denial")
    says(person, text, "study")
    assert (person.case().study.id, person.case().findings) == (study, ())


@pytest.mark.parametrize(("text", "reasons"), [
    ("i got it thru covered california", ()), ("not covered", ("not_a_benefit",)),
    ("medicaid doesn't cover it", ("not_a_benefit",)),
])  # fmt: skip
def test_a_plans_name_is_no_reason(person: Talk, text: str, reasons: tuple[str, ...]) -> None:
    says(person, "my left knee mri was denied", "denial")
    says(person, text, "denial")
    assert person.case().denial.reasons == reasons


@pytest.mark.parametrize(("told", "text", "weeks"), [
    ("my left knee mri was denied", "nov 12", None), ("my left knee mri was denied", "since nov 12", 1.3),
    ("my left knee mri was denied on november 3", "nov 12", 1.3),
])  # fmt: skip
def test_a_day_alone_that_may_be_the_letters_is_no_length(person: Talk, told: str, text: str, weeks: float) -> None:
    says(person, told, "denial")
    says(person, text, "duration")
    assert person.case().symptom_weeks == weeks


def test_the_letters_date_is_put_right_in_the_next_message(person: Talk) -> None:
    says(person, "my left knee mri was denied. the letter is from october 20", "denial")
    says(person, "the letter is from october 20", "denial")
    says(person, "actually it's october 12", "symptoms")
    assert person.case().denial.notice_date == date(2026, 10, 12)
    says(person, "it locks", "symptoms")
    says(person, "actually it's october 9", "symptoms")
    assert person.case().denial.notice_date == date(2026, 10, 12)


@pytest.mark.parametrize(("text", "open_slots"), [
    ("bone scan denied for my prostate cancer. gleason 8, no bone pain", set()),
    ("bone scan denied. pain in my shin when i run", {"duration", "prior_treatment"}),
    ("PET scan denied. they found a lung nodule of 14 mm", set()),
])  # fmt: skip
def test_what_was_only_found_has_no_weeks_and_no_exercises(person: Talk, text: str, open_slots: set[str]) -> None:
    says(person, text, "denial")
    states = interview.open_slots(person, "intake_form")
    assert {slot for slot in ("duration", "prior_treatment") if states[slot] is None} == open_slots


@pytest.mark.parametrize(("text", "plan"), [
    ("commercial, my husbands employer", "employer_unknown_funding"), ("thru my job", "employer_unknown_funding"),
    ("BCBSM PPO employer", "employer_unknown_funding"), ("aetna, my wife's job", "employer_unknown_funding"),
    ("cigna lost my employer's form", None), ("devoted health medicare", "medicare_advantage"),
    ("obamacare", "individual_aca"), ("my job is hard on my back", None), ("commercial", None), ("1", None),
])  # fmt: skip
def test_a_plan_alone_is_taken_whatever_is_asked(person: Talk, text: str, plan: str | None) -> None:
    says(person, "my left knee mri was denied", "denial")
    says(person, text, "denial")
    assert person.case().plan.type == plan


@pytest.mark.parametrize(("text", "side"), [
    ("left. cant lift it over my head, weak, hurts at night", "left"), ("since august, right, hurts at night", "right"),
    ("hurts at night, left, then right", None), ("right. my left knee hurts too", None), ("it hurts at night", None),
])  # fmt: skip
def test_a_side_said_apart_is_the_tests(person: Talk, text: str, side: str | None) -> None:
    says(person, "my shoulder mri was denied", "denial")
    says(person, text, "symptoms")
    assert person.case().study.side == side


@pytest.mark.parametrize(("text", "words"), [
    ("72", "I am 72 years old"), ("10/30", "the letter is dated 10/30"), ("nov 9.", "the letter is dated nov 9"),
])  # fmt: skip
def test_a_number_or_a_date_of_nothing_is_asked_about(person: Talk, text: str, words: str) -> None:
    says(person, "my shoulder mri was denied. weak and hurts at night for 8 weeks", "denial")
    asked = fixed_question("intake.prior_treatment", person.desk.library)
    person.unit.ask(person.conversation, asked)
    [reply] = interview.answer(in_the_next_turn(person), interview.Heard(text)).replies
    assert words in reply.text


@pytest.mark.parametrize(("text", "absent"), [
    ("no lump", ["breast_lump"]), ("no lumps that i felt", ["breast_lump"]),
    ("no nipple discharge", ["nipple_discharge"]),
    ("lump", []), ("no idea about the new rules", []),
])  # fmt: skip
def test_a_no_to_one_of_a_list_is_taken_by_its_title(person: Talk, text: str, absent: list[str]) -> None:
    says(person, "they denied my breast mri. my sister had breast cancer", "denial")
    says(person, text, "red_flags")
    assert [f.id for f in person.case().findings if f.status == "absent"] == absent


@pytest.mark.parametrize(("text", "day"), [
    ("10/30/26", date(2026, 10, 30)), ("october 30", date(2026, 10, 30)), ("nov 2, 2026", date(2026, 11, 2)),
    ("october", None), ("3", None), ("12/30/26", None), ("3 weeks ago", None),
])  # fmt: skip
def test_a_bare_date_while_the_denial_is_asked_about_is_the_letters(person: Talk, text: str, day: date | None) -> None:
    says(person, "cigna denied my left knee mri", "denial")
    says(person, text, "denial")
    assert person.case().denial.notice_date == day
    asked = interview.question_for(person, "denial")
    assert asked is not None and asked.id == "intake.reason"
    assert interview.open_slots(person, "intake_form")["denial"] is None


def test_each_scan_is_known_by_its_title(person: Talk) -> None:
    asked = fixed_question("intake.study", person.desk.library)
    for option in asked.options:
        given = read_answer(option.say, asked, TODAY)
        assert scans.as_read(given, option.say, person).value == option.value


def test_what_was_compiled_for_the_first_messages_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setattr(interview, "listen", lambda heard, today: done.append("read"))
    monkeypatch.setattr(interview, "keep_compiled", lambda: done.append("kept"))
    interview.warm(TODAY)
    assert done == ["read", "read", "kept"]


MET = ("left knee mri denied by cigna, not medically necessary", "plan from my job",
       "locking and knee pain for 3 months after twisting it, could not straighten it, positive mcmurray, "
       "xray of the left knee sept 3 2026 normal, pt 8 weeks ordered by my doctor no help, "
       "saw my doctor again oct 20 after pt")  # fmt: skip


def test_when_all_is_met_only_warning_signs_are_asked(person: Talk) -> None:
    for text in MET:
        says(person, text)
    asked = interview.question_for(person, "red_flags")
    assert asked is not None and asked.id.startswith(("red_flags", "group"))
    following = interview.question_for(person, "open_fact")
    assert following is None or following.id.startswith(("red_flags", "group", "notice_date"))


@pytest.mark.parametrize(("text", "visits"), [
    ("her appointment is 12/1/2026, MRI of her left shoulder denied", 0), ("I see my doctor on december 15, 2026", 0),
    ("I saw my doctor on november 10, 2026", 1),
])  # fmt: skip
def test_a_visit_to_come_is_no_visit(person: Talk, text: str, visits: int) -> None:
    says(person, text, "symptoms")
    assert len([e for e in person.case().evaluations if e.date]) == visits


def test_the_persons_length_comes_before_the_plans_count(person: Talk) -> None:
    paper = Said("document", "low back pain for 3 weeks")
    facts = [Fact(Field("symptom_weeks", 3.0), paper), Fact(Finding("low_back_pain", weeks=3.0), paper)]
    person.record([*facts, Fact(Field("study.id", "mri-lumbar-spine"), paper)])
    says(person, "i've had it 9 weeks", "duration")
    kept = told(person.case(), person.desk.library)
    assert kept.symptom_weeks == 9.0 and [f.weeks for f in kept.findings] in ([None], [9.0])


@pytest.mark.parametrize(("text", "study"), [
    ("actually its my shoulder not my knee", "mri-shoulder"), ("it's not the knee, it's the hip", "mri-hip"),
    ("the pain is in my thigh, not my shoulder", "mri-knee"), ("my shoulder hurts too", "mri-knee"),
    ("it's not the knee", "mri-knee"),
])  # fmt: skip
def test_the_scan_of_another_part_is_meant(person: Talk, text: str, study: str) -> None:
    says(person, "MRI of my left knee was denied", "denial")
    says(person, text, "symptoms")
    assert person.case().study.id == study
    assert (person.case().study.side == "left") is (study == "mri-knee")


@pytest.mark.parametrize(("text", "kinds"), [
    ("medicare", {"medicare_original", "medicare_advantage"}),
    ("he has medicare", {"medicare_original", "medicare_advantage"}),
    ("my insurance is medicaid", {"medicaid_managed", "medicaid_ffs"}),
    ("medi-cal", {"medicaid_managed", "medicaid_ffs"}),
])  # fmt: skip
@pytest.mark.parametrize("slot", ["denial", "symptoms", "plan"])
def test_who_names_medicare_alone_is_asked_which_kind_whatever_was_asked(
    person: Talk, text: str, kinds: set[str], slot: str
) -> None:
    person.keep((Field("study.id", "mri-knee"), Field("denial.denied", True)), "my knee MRI was denied")
    taken = says(person, text, slot)
    assert taken.taken and taken.understood and not taken.replies
    asked = interview.ask(in_the_next_turn(person), slot)
    offered = {button.value["value"] for reply in asked for button in reply.buttons if "value" in button.value}
    assert offered == kinds


def test_a_kind_of_plan_that_is_known_is_not_asked_again(person: Talk) -> None:
    person.keep((Field("study.id", "mri-knee"), Field("plan.type", "medicare_advantage")), "Medicare Advantage")
    assert not says(person, "medicare", "symptoms").understood


@pytest.mark.parametrize(("text", "by"), [
    ("p2p offered, call by 11/25", date(2026, 11, 25)), ("yes, must call by 11/25", date(2026, 11, 25)),
    ("offered until nov 30", date(2026, 11, 30)), ("peer to peer deadline 12/1", date(2026, 12, 1)),
    ("yes it was offered", None), ("no", None), ("offered, it ended 11/15", None),
])  # fmt: skip
def test_the_last_day_for_the_call_is_taken_when_it_is_told(person: Talk, text: str, by: date | None) -> None:
    person.keep((Field("study.id", "mri-knee"), Field("denial.denied", True)), "my knee MRI was denied")
    assert says(person, text, "peer_to_peer").understood
    assert person.case().peer_to_peer.by == by
    assert person.case().peer_to_peer.status == ("not_offered" if text == "no" else "offered")


@pytest.mark.parametrize("text", [
    "no p2p, appeal by 12/1", "no, the appeal is due by 12/1", "appeal by 12/1", "no, my appointment is on 12/2",
    "no they said i have until 12/30 to appeal", "it is scheduled for 12/2", "no, records are due by 12/5",
])  # fmt: skip
@pytest.mark.parametrize("slot", ["symptoms", "peer_to_peer"])
def test_another_day_is_no_last_day_for_the_call(person: Talk, text: str, slot: str) -> None:
    person.keep((Field("study.id", "mri-knee"), Field("denial.denied", True)), "my knee MRI was denied")
    says(person, text, slot)
    case = person.case()
    assert case.peer_to_peer.by is None and case.peer_to_peer.status != "offered"
    assert case.evaluations == () and case.symptom_weeks is None


@pytest.mark.parametrize(("text", "study"), [
    ("my mom's breast ultrasound was denied", "other"), ("they denied the CT of my neck", "other"),
    ("CT angiogram of the chest was denied", "other"), ("the MRI of my elbow was denied", "other"),
    ("they denied my thyroid ultrasound", "other"), ("they denied an ultrasound of my belly", "us-abdomen"),
    ("the MRI of my pelvis was denied", "mri-pelvis-prostate"), ("they denied the MRI of my spine", None),
    ("my CT scan was denied", None), ("they denied the mri of my leg", None),
])  # fmt: skip
def test_a_scan_of_a_part_for_which_there_are_no_rules_is_not_asked_again(
    person: Talk, text: str, study: str | None
) -> None:
    says(person, text, "denial")
    assert person.case().study.id == study


@pytest.mark.parametrize("text", [
    "no symptoms", "asymptomatic", "I feel fine", "nothing hurts", "it's just a screening", "i don't have any symptoms",
    "no symptoms, it was found on a routine check", "none, its for screening, my mom had breast cancer",
    "nothing is wrong",
])  # fmt: skip
@pytest.mark.parametrize("slot", ["symptoms", "duration"])
def test_who_feels_nothing_is_not_asked_what_hurts_again(person: Talk, text: str, slot: str) -> None:
    person.keep((Field("study.id", "mri-breast"), Field("denial.denied", True)), "my breast MRI was denied")
    assert says(person, text, slot).understood
    assert {"intake.symptoms", "intake.duration"} <= set(person.unit.questions(person.case_id))


@pytest.mark.parametrize("text", [
    "I am fine sitting but I can't turn my neck", "no symptoms except a lump", "no symptoms until last week",
    "I was fine until I fell", "nothing helps", "she is not fine", "my back hurts, it's not just a check-up",
])  # fmt: skip
def test_who_feels_something_is_still_asked_what(person: Talk, text: str) -> None:
    person.keep((Field("study.id", "mri-breast"), Field("denial.denied", True)), "my breast MRI was denied")
    says(person, text, "symptoms")
    assert person.unit.questions(person.case_id).get("intake.symptoms") != "dont_know"
