"""What a message becomes in the case: corrections, sides, days of something else, and words after the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from talking import in_the_next_turn, says

from actions.casework import checking, documents, drafting, interview
from actions.casework.conversation import Talk
from criteria.facts import Case, Fact, Field, Finding, Imaging, Said
from criteria.library import load
from criteria.questions import question_for

Say = Callable[..., interview.Taken]


def case(person: Talk) -> Case:
    return person.case()


def test_the_side_is_taken_with_the_study_it_answers(person: Talk) -> None:
    says(person, "no its the left knee", "study")
    assert (case(person).study.id, case(person).study.side) == ("mri-knee", "left")


def a_right_knee(person: Talk) -> None:
    says(person, "They denied the MRI of my right knee")
    says(person, "my right knee hurts and locks. x-ray of the right knee in October was normal", "symptoms")


@pytest.mark.parametrize("text", [
    "actually its the left knee", "sorry i meant left not right", "wrong knee! it's the left one", "its the other knee",
    "no, left knee, I wrote right", "no the MRI is for the left knee",
])  # fmt: skip
def test_a_side_is_corrected_whatever_is_asked(person: Talk, text: str) -> None:
    a_right_knee(person)
    taken = says(person, text, "duration", "correct")
    now = case(person)
    assert now.study.side == "left"
    assert {f.side for f in now.findings} == {"left"} and {f.id for f in now.findings} >= {"knee_pain", "locking"}
    assert [(i.modality, i.side, i.result, i.status) for i in now.imaging] == [("xray", "left", "normal", "present")]
    assert "left" in taken.replies[0].text.lower()
    assert interview.open_slots(person, "intake_form")["duration"] is None


@pytest.mark.parametrize("text", [
    "that's right", "right?", "my left shoulder", "not the left knee", "I left it at home", "left or right, who knows",
])  # fmt: skip
def test_what_names_no_side_of_it_corrects_none(person: Talk, text: str) -> None:
    a_right_knee(person)
    before = case(person)
    says(person, text, "prior_treatment")
    assert (case(person).study.side, case(person).imaging) == ("right", before.imaging)
    assert {(f.id, f.side) for f in before.findings} <= {(f.id, f.side) for f in case(person).findings}


def test_both_sides_take_nothing_from_one(person: Talk) -> None:
    a_right_knee(person)
    says(person, "sorry, it's for both knees", "duration")
    assert case(person).study.side == "bilateral"
    assert {f.side for f in case(person).findings} == {"right"}


def test_the_side_of_an_earlier_picture_is_not_the_tests(person: Talk) -> None:
    a_right_knee(person)
    asked = question_for("imaging.ct.knee", case(person), person.desk.library)
    person.unit.ask(person.conversation, asked)
    interview.answer(in_the_next_turn(person), interview.Heard("the left knee", "inform", 0.9))
    assert case(person).study.side == "right"


def test_what_came_of_the_doctors_call_is_taken_whatever_is_asked(person: Talk) -> None:
    a_right_knee(person)
    says(person, "no they didn't offer a call", "prior_treatment", "deny")
    assert (case(person).peer_to_peer.status, case(person).treatments) == ("not_offered", ())


def test_who_is_only_screened_is_not_asked_how_long_it_has_lasted(person: Talk) -> None:
    says(person, "They denied my low dose CT lung screening. I'm 62, smoked a pack a day for 30 years, quit in 2019")
    assert interview.open_slots(person, "intake_form")["duration"] == "answered"


def test_who_has_pain_is_asked_how_long_it_has_lasted(person: Talk) -> None:
    says(person, "They denied the MRI of my lower back, which hurts. I smoke.")
    assert interview.open_slots(person, "intake_form")["duration"] is None


@pytest.mark.parametrize("text", ["no symptoms at all", "none", "no", "no cough no blood", "nope, nothing like that"])
def test_no_signs_of_illness_is_taken_in_one_way(person: Talk, text: str) -> None:
    says(person, "low dose CT lung screening")
    question = question_for("patient.asymptomatic", case(person), load())
    assert question is not None
    person.unit.ask(person.conversation, question)
    says(in_the_next_turn(person), text)
    assert case(person).patient.asymptomatic is True


def test_the_check_is_not_said_twice_in_a_row(person: Talk) -> None:
    says(person, "UnitedHealthcare denied the MRI of my lower back, it has hurt for 9 weeks")
    (asked,) = checking.status(person)
    assert asked.card is not None and checking.check(person) == ()
    assert checking.status(person) == (asked,)
    says(person, "I also have a fever")
    assert checking.check(person) != ()


def test_a_study_without_sides_takes_none(person: Talk) -> None:
    says(person, "MRI of the brain, left side mostly", "study")
    assert (case(person).study.id, case(person).study.side) == ("mri-brain", None)


@pytest.mark.parametrize(
    "text",
    [
        "had xray on 10/1 it was ok",
        "the letter came on 11/4",
        "saw the doctor October 20",
        "i did chiro 5 times",
        "my nodule is 7 mm",
    ],
)
def test_the_day_of_something_else_is_not_when_it_began(person: Talk, text: str) -> None:
    says(person, text, "duration")
    assert case(person).symptom_weeks is None


@pytest.mark.parametrize(("text", "weeks"), [
    ("since september 1", 11.6), ("it started on 9/1/2026", 11.6), ("I fell on October 10", 6.0),
    ("like 3 months", 13.0),
])  # fmt: skip
def test_the_day_it_began_says_how_long(person: Talk, text: str, weeks: float) -> None:
    says(person, text, "duration")
    assert case(person).symptom_weeks == weeks


def test_a_no_before_something_new_denies_nothing(person: Talk) -> None:
    says(person, "no i mean it locks up sometimes and gave out twice", "symptoms")
    assert {(f.id, f.status) for f in case(person).findings} == {("locking", "present"), ("giving_way", "present")}


def test_a_corrected_day_dates_the_same_picture_and_keeps_what_it_showed(person: Talk) -> None:
    says(person, "had an x-ray of the left knee on 10/1/2026, it was normal")
    says(person, "actually it was 10/3 for the xray")
    assert case(person).imaging == (Imaging("xray", "knee", "left", date=date(2026, 10, 3), result="normal"),)


def test_a_second_picture_is_a_second_one(person: Talk) -> None:
    says(person, "had an x-ray of the left knee on 10/1/2026, it was normal")
    says(person, "x-ray of the left knee again on 11/3/2026")
    assert {i.date for i in case(person).imaging} == {date(2026, 10, 1), date(2026, 11, 3)}


def test_a_small_word_after_the_draft_answers_no_old_question(person: Talk) -> None:
    person.set_note("drafted", {"mark": "m", "document": "d"})
    for text, intent in (("no", "deny"), ("ok", "affirm"), ("none", "deny")):
        taken = says(person, text, intent=intent)
        assert "is above" in taken.replies[0].text
    assert case(person).findings == ()


def test_a_date_said_of_the_letter_is_the_letters(person: Talk) -> None:
    says(person, "letter date was nov 3 2026", "symptoms")
    assert case(person).denial.notice_date == date(2026, 11, 3)
    assert Field("symptom_weeks", 2.6) not in [f.value for f in person.unit.facts(person.case_id)]
    assert not any(isinstance(f.value, Finding) for f in person.unit.facts(person.case_id))


def test_a_letters_date_is_taken_from_among_other_things(person: Talk) -> None:
    says(person, "letter dated nov 3, knee pain since july, did 6 weeks PT", "symptoms")
    assert case(person).denial.notice_date == date(2026, 11, 3)
    assert {f.id for f in case(person).findings} == {"knee_pain"}


@pytest.mark.parametrize("text", [
    "letter from my doctor dated nov 3 says I need it", "the appeal letter I sent was dated nov 3",
    "MRI report dated 11/3/2026 shows a tear", "I got a letter dated nov 3 from the surgeon",
    "office note dated 11/3/26",
])  # fmt: skip
def test_the_date_of_another_paper_is_not_the_letters(person: Talk, text: str) -> None:
    says(person, text, "symptoms")
    assert case(person).denial.notice_date is None


@pytest.mark.parametrize("text", [
    "actually the letter was November 12", "sorry, the letter is dated nov 12 2026",
    "that's wrong, the date on the notice is 11/12/2026",
])  # fmt: skip
def test_a_date_that_is_said_to_be_another_takes_the_letters_back(person: Talk, text: str) -> None:
    read_from_letter(person, Field("denial.notice_date", date(2026, 11, 2)))
    says(person, text, "symptoms")
    assert case(person).denial.notice_date == date(2026, 11, 12)
    assert case(person).conflicts == ()


def test_another_date_that_is_no_correction_stands_beside_the_letters(person: Talk) -> None:
    read_from_letter(person, Field("denial.notice_date", date(2026, 11, 2)))
    says(person, "the letter is dated nov 12 2026", "symptoms")
    assert case(person).denial.notice_date == date(2026, 11, 2)
    assert [one.key for one in case(person).conflicts] == ["denial.notice_date"]


def test_a_payer_that_is_said_to_be_another_takes_the_letters_back(person: Talk) -> None:
    read_from_letter(person, Field("plan.payer", "Cigna"))
    says(person, "sorry, I meant Aetna, not Cigna", "symptoms")
    assert case(person).plan.payer == "Aetna"


def read_from_letter(person: Talk, value: Field) -> None:
    person.record([Fact(value, Said("document", "words of the letter", document="d"))])


def test_a_length_that_stands_by_itself_is_how_long_it_has_lasted(person: Talk) -> None:
    says(person, "9 weeks. did 3 weeks of PT then stopped because it hurt too much", "symptoms")
    assert case(person).symptom_weeks == 9.0
    assert [(t.kind, t.weeks) for t in case(person).treatments] == [("physical_therapy", 3.0)]


@pytest.mark.parametrize("text", [
    "i did 6 wks of PT no help, actually it was 8 weeks", "took ibuprofen for 3 weeks, no wait, 5 weeks",
])  # fmt: skip
def test_the_corrected_length_of_care_is_not_how_long_it_has_lasted(person: Talk, text: str) -> None:
    says(person, text, "duration")
    assert case(person).symptom_weeks is None
    assert interview.open_slots(person, "intake_form")["duration"] != "answered"
    assert [t.weeks for t in case(person).treatments] in ([8.0], [5.0])


def test_nobody_is_asked_for_exercises_before_a_cancer_scan(person: Talk) -> None:
    says(person, "they denied my PET scan as a repeat scan done too soon, I have headaches")
    assert interview.open_slots(person, "intake_form")["prior_treatment"] == "answered"
    says(person, "it is an MRI of my lower back", "study")
    assert interview.open_slots(person, "intake_form")["prior_treatment"] is None


def test_the_date_said_with_the_plan_is_the_letters(person: Talk) -> None:
    says(person, "Ambetter marketplace plan, dated oct 30", "denial")
    assert case(person).denial.notice_date == date(2026, 10, 30)


def test_what_was_denied_is_asked_for_again_when_nothing_is_known_yet(person: Talk) -> None:
    interview.ask(person, "denial")
    first = interview.question_for(person, "denial")
    says(person, "my PET scan")
    then = interview.question_for(person, "denial")
    assert first is not None and then is not None
    assert (first.id, then.id) == ("intake.denial", "intake.reason")


def test_what_the_plan_says_was_not_done_is_no_fact(person: Talk) -> None:
    letter = (
        "November 9, 2026\nMember ID 7781 0021 33\nDear Pat Sample,\nWe denied the MRI of the right wrist (73221). "
        "You have not had x-rays of the wrist or physical therapy. You have 180 days to appeal.\n"
        "Sincerely, Example Health Plan\n"
    )
    document = person.unit.add_document(
        person.case_id, "received", "Pasted letter", {"txt": letter.encode()}, person.desk.now()
    )
    interview.not_denied(person, interview.Heard("It has not been denied yet", from_door=True))
    documents.take_document(person, document)
    assert case(person).study.id == "mri-wrist-hand" and case(person).denial.notice_date == date(2026, 11, 9)
    assert case(person).denial.denied is True
    assert case(person).imaging == () and case(person).treatments == ()
    says(person, "x-ray of the right wrist on 7/5/2026 showed no fracture")
    assert [i.status for i in case(person).imaging] == ["present"]
    assert case(person).conflicts == ()


def test_a_day_that_has_passed_is_said_to_have_passed(person: Talk) -> None:
    says(person, "UnitedHealthcare denied my lumbar MRI, not medically necessary, letter dated 10/22/2026, self-funded")
    card = drafting.deadlines(person).card
    assert card is not None
    values = {row.label: row.value for row in card.rows}
    call = next(value for label, value in values.items() if "doctor-to-doctor" in label)
    assert call.endswith("(this date has passed)")
    assert [v for v in values.values() if "passed" in v] == [call]


@pytest.mark.parametrize(("text", "reasons"), [
    ("not medically necessary. dated 11/12/2026. employer plan", ("not_medically_necessary",)),
    ("no physical therapy", ("conservative_care",)),
    ("they want an ultrasound", ("alternative_imaging",)),
])  # fmt: skip
def test_the_reason_is_taken_in_the_plans_words(person: Talk, text: str, reasons: tuple[str, ...]) -> None:
    says(person, "it is an MRI of my lower back", "denial")
    says(person, text, "denial")
    assert case(person).denial.reasons == reasons
    assert case(person).treatments == () and case(person).imaging == ()


def test_what_somebody_did_is_no_reason_of_the_plan(person: Talk) -> None:
    says(person, "it is an MRI of my lower back", "study")
    interview.ask(person, "denial")
    says(person, "I did physical therapy for 6 weeks", "denial")
    assert case(person).denial.reasons == ()
    assert [t.kind for t in case(person).treatments] == ["physical_therapy"]


def test_without_the_scan_the_draft_asks_for_it_and_the_answer_is_taken(person: Talk) -> None:
    says(person, "I have headaches since halloween, plan from my job")
    replies = drafting.hand_over(person, None)
    assert len(replies) == 2 and any(b.title == "MRI of the brain" for b in replies[1].buttons)
    answered = in_the_next_turn(person)
    interview.answer(answered, interview.Heard("the brain MRI", "inform", 0.9))
    assert case(person).study.id == "mri-brain"


def test_the_scan_is_asked_for_as_long_as_it_is_open(person: Talk) -> None:
    for _ in range(interview.PATIENCE + 1):
        interview.ask(person, "study")
    assert interview.open_slots(person, "intake_form")["study"] is None


def test_the_persons_own_length_stands_before_the_plans(person: Talk) -> None:
    letter = (
        "November 16, 2026\nMember ID 00 4471\nDear Robin Invented,\nWe denied the MRI of the cervical spine (72141). "
        "Your neck pain began four weeks ago. You have 180 days to appeal.\nSincerely, Example Health Plan\n"
    )
    document = person.unit.add_document(
        person.case_id, "received", "Pasted letter", {"txt": letter.encode()}, person.desk.now()
    )
    documents.take_document(person, document)
    assert case(person).symptom_weeks == 4.0
    says(person, "my neck has hurt since labor day")
    assert case(person).symptom_weeks == 10.7
    assert [f.weeks for f in case(person).findings if f.id == "neck_pain"] == [10.7]
    assert "symptom_weeks" in {c.key for c in case(person).conflicts}


@pytest.mark.parametrize(
    ("list_", "words", "named"),
    [
        ("red_flags.knee", "I cannot put weight on it", "unable_to_bear_weight"),
        ("group.knee_mechanical", "it locks", "locking"),
    ],
)
def test_what_is_not_named_of_a_list_is_asked_for_once_more(person: Talk, list_: str, words: str, named: str) -> None:
    says(person, "MRI of the left knee", "study")
    question = question_for(list_, case(person), load())
    assert question is not None
    person.unit.ask(person.conversation, question)
    says(person, words)
    again = interview.question_for(person, "open_fact")
    assert named in {f.id for f in case(person).findings if f.status == "present"}
    assert again is not None and again.id == list_
    assert set(again.facts) == set(question.facts) - {named}


@pytest.mark.parametrize(
    "words",
    [
        "they denied it today, not medically necessary, letter 11/20/2026",
        "sorry it WAS denied, on november 2",
        "ok so now my plan turned it down",
    ],
)
def test_a_denial_told_after_nobody_had_denied_it_counts(person: Talk, words: str) -> None:
    interview.not_denied(person, interview.Heard("It has not been denied yet", "not_denied_yet", from_door=True))
    says(person, "MRI of my right knee, aetna")
    assert case(person).denial.denied is False
    says(person, words)
    assert case(person).denial.denied is True


def test_a_denial_that_was_told_is_not_undone_by_words_about_the_scan(person: Talk) -> None:
    says(person, "my foot mri got refused by tricare")
    interview.not_denied(person, interview.Heard("the mri is not done yet though??", "not_denied_yet", 0.9))
    assert case(person).denial.denied is True
    interview.not_denied(person, interview.Heard("wait, they have not denied it yet", "not_denied_yet", 0.9))
    assert case(person).denial.denied is False


def test_what_may_be_denied_one_day_is_not_denied(person: Talk) -> None:
    interview.not_denied(person, interview.Heard("It has not been denied yet", "not_denied_yet", from_door=True))
    says(person, "I am afraid they will deny it, knee pain for 3 months")
    assert case(person).denial.denied is False


@pytest.mark.parametrize(("text", "denied"), [
    ("my mri was reviewed and unfortunately it has not been approved", True),
    ("it has not been approved yet", False),
    ("nobody has denied it, my doctor just ordered it", False),
])  # fmt: skip
def test_who_is_heard_as_not_denied_and_tells_of_a_denial_is_answered(person: Talk, text: str, denied: bool) -> None:
    interview.not_denied(person, interview.Heard(text))
    assert (case(person).denial.denied is False) is not denied
