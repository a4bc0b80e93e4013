"""Questions that are no facts, sides and parts that were wrong, several scans, a paused talk, and what is said once."""

from __future__ import annotations

import re
from datetime import date

import pytest
from talking import ME, TODAY, in_the_next_turn

from actions.casework import asides, checking, door, drafting, interview, warning
from actions.casework.conversation import Talk
from actions.casework.desk import Desk
from actions.casework.words import holds, is_only
from criteria.facts import Field


def says(person: Talk, *messages: str, intent: str = "inform") -> str:
    """What was answered to the last of these messages."""
    taken = None
    for text in messages:
        taken = asides.take(in_the_next_turn(person), asides.listen(interview.Heard(text, intent, 0.4), TODAY))
    return " ".join(reply.text for reply in taken.replies) if taken else ""


def asked_about(text: str) -> tuple[str, ...]:
    return asides.listen(interview.Heard(text, "inform", 0.9), date(2026, 11, 21)).asked_about


@pytest.mark.parametrize(
    "text",
    [
        "what's a pet scan for anyway?", "what's the difference between bone scan and PET?", "is prednisone bad",
        "whats an mri with contrast?", "are steroid shots safe for diabetics?", "can an mri show a torn acl?",
        "what if its medicare advantage", "how do i know if its self funded", "whats brca have to do w it",
        "should i try chiropractic", "do i need an xray first?", "you already asked me that",
        "nobody asked me that before", "what does osteoporosis mean", "does physical therapy help with this?",
        "is a ct enough", "does diabetes matter", "i was wondering what prednisone does", "asked and answered",
        "u already asked me that",
    ],
)  # fmt: skip
def test_a_question_about_a_thing_is_no_fact(person: Talk, text: str) -> None:
    says(person, "knee mri denied")
    before = person.unit.facts(person.case_id)
    answer = says(person, text)
    assert person.unit.facts(person.case_id) == before
    assert answer and "did not understand" not in answer


@pytest.mark.parametrize(
    "text",
    [
        "what hurts is the back of my knee", "is very bad at night", "what's going on is pain in my left knee",
        "what is wrong is that my left knee swells", "she is bad at night", "is worse when i walk",
        "what they said is not medically necessary", "are my legs weak enough", "what helps is heat",
        "i need to get an mri", "asked for an x-ray and they said no",
    ],
)  # fmt: skip
def test_what_is_told_is_no_question(text: str) -> None:
    assert asked_about(text) == ()


def test_what_is_told_behind_a_question_is_kept(person: Talk) -> None:
    assert "steroid pills (3 weeks)" in says(person, "is prednisone bad, i took it for 3 weeks")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("is there a fee?", "explain.cost"), ("is there a fee", "explain.cost"), ("email it to me", "explain.saving"),
        ("how do i print", "explain.saving"), ("is there a way to upload the chart", "explain.upload"),
        ("Where do I find the date?", "explain.where_date"), ("why cant you check", "explain.why_not_check"),
        ("why 911?", "explain.why_911"), ("what do u want from me", "explain.where_to_start"),
        ("i dont know where to start", "explain.where_to_start"), ("is she gonna be ok?", "explain.worry"),
        ("can i trust you w my info", "utter_explain_privacy"), ("ok im done with this", "explain.fewer_questions"),
        ("go", "explain.go_on"), ("oh wait its not me its my husband", "explain.for_another"),
    ],
)  # fmt: skip
def test_a_question_in_the_middle_has_its_answer(text: str, topic: str) -> None:
    assert asked_about(text) == (topic,)
    assert asides.is_aside(text)


SHOULDER = "left shoulder mri denied, 5 months, cant sleep on it"


@pytest.mark.parametrize(
    ("told", "text", "side"),
    [
        (SHOULDER, "actually wrong arm its the RIGHT shoulder", "right"),
        (SHOULDER, "no wait, wrong arm. it's my right", "right"),
        (SHOULDER, "wrong arm, its my right arm", "right"),
        ("right hip mri denied, groin pain on the right", "wrong leg, should be left", "left"),
        ("left wrist mri denied. fell on ice", "wrong hand its the right wrist", "right"),
        ("left knee mri denied. left knee pain", "actually the pain is in my right knee not the left", "right"),
        ("knee mri denied, left knee", "sorry its the right side after all", "right"),
        ("breast mri denied, breast cancer in 2019, left side", "wait no the cancer was right side sorry", "right"),
        ("breast mri denied, she had breast cancer, left side", "wait no the cancer was right side sorry", "right"),
        ("left knee mri denied. left knee pain", "actually the pain is on the right", "right"),
        ("right knee mri denied", "no my bad its the other knee", "left"),
        ("left shoulder mri denied, tingling in my left hand", "no wait the tingling is in the right hand", "left"),
    ],
)  # fmt: skip
def test_a_wrong_side_is_the_scans_too(person: Talk, told: str, text: str, side: str) -> None:
    says(person, told, text)
    case = person.case()
    assert case.study.side == side
    assert all(f.side in (side, None) for f in case.findings if f.region in ("shoulder", "knee", "hip", "breast"))
    assert not [f for f in case.findings if f.status == "absent"]


@pytest.mark.parametrize(
    ("told", "text", "side"),
    [
        ("left shoulder mri denied, surgery on the right shoulder", "actually the surgery was on the left", "left"),
        ("left knee mri denied, xray of the left knee was normal", "sorry the xray was of the right knee", "left"),
    ],
)
def test_one_thing_that_was_on_the_other_side_leaves_the_scan(person: Talk, told: str, text: str, side: str) -> None:
    says(person, told)
    before = {f.side for f in (*person.case().findings, *person.case().imaging)}
    says(person, text)
    assert person.case().study.side == side
    assert {f.side for f in (*person.case().findings, *person.case().imaging)} != before


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("no numbness anywhere else", True), ("no other numbness", True), ("no numbness in the other hand", True),
        ("no numbness elsewhere", True), ("i have no numbness", False), ("no numbness now, that went away", False),
    ],
)  # fmt: skip
def test_none_anywhere_else_leaves_the_one_that_was_told(person: Talk, text: str, stands: bool) -> None:
    says(person, "brain mri denied. MS and numbness in the left hand", text)
    status = next(f.status for f in person.case().findings if f.id == "numbness")
    assert (status == "present") is stands


@pytest.mark.parametrize(
    ("text", "path", "value"),
    [
        ("the reference is wrong its AUTH-2210089", "denial.reference_numbers", ("AUTH-2210089",)),
        ("my member id is wrong, it's W12345678", "denial.member_id", "W12345678"),
        ("member id is incorrect it should be X99887766", "denial.member_id", "X99887766"),
    ],
)
def test_a_number_of_the_letter_is_corrected_in_a_word(person: Talk, text: str, path: str, value: object) -> None:
    says(person, "knee mri denied, member id W00000001, reference number AUTH-1111111", text)
    fields = [f.value for f in person.unit.facts(person.case_id) if isinstance(f.value, Field)]
    assert [field.value for field in fields if field.path == path] == [value]


def options(person: Talk) -> list[str]:
    interview.ask(person, "study")
    asked = in_the_next_turn(person).unit.asked(in_the_next_turn(person).conversation)
    return [o.value for o in asked.options] if asked else []


@pytest.mark.parametrize(
    ("text", "first", "meant"),
    [
        ("they denied two, mri of my lower back and mri of my neck", "lets do the neck first", "mri-cervical-spine"),
        ("mri of my knee and hip were denied", "hip", "mri-hip"),
        ("They denied my brain mri and cervical spine mri, not medically necessary", "the brain", "mri-brain"),
    ],
)
def test_of_several_scans_one_goes_first(person: Talk, text: str, first: str, meant: str) -> None:
    says(person, text)
    assert person.case().study.id is None
    assert len(options(person)) == 2
    says(person, first)
    assert person.case().study.id == meant


@pytest.mark.parametrize(
    "text",
    [
        "knee mri denied and neck pain 3 weeks", "knee mri denied, knee and hip pain",
        "they denied the mri of my knee and want a ct first", "mri of my left knee, the knee is swollen",
        "mri of neck and head pain",
    ],
)  # fmt: skip
def test_one_scan_is_not_several(person: Talk, text: str) -> None:
    says(person, text)
    assert person.note("override") is None


def test_a_scan_is_put_together_from_single_words(person: Talk) -> None:
    says(person, "hip")
    assert options(person)[0] == "mri-hip"
    says(person, "mri")
    assert person.case().study.id == "mri-hip"
    interview.ask(person, "denial")
    says(person, "right", intent="affirm")
    assert person.case().study.side == "right"


def test_words_that_name_a_scan_are_looked_for_in_no_time() -> None:
    assert not is_only("scan_words", "ctacta mramri " * 20 + "x")


def test_what_was_told_of_the_wrong_part_is_taken_out_and_named(person: Talk) -> None:
    answer = says(person, "knee mri denied. my knee is swollen", "and its not the knee its the shoulder")
    assert "Taken out: swelling (knee" in answer
    assert person.case().study.id == "mri-shoulder"
    assert not person.case().findings


def test_the_side_is_asked_wherever_the_scan_has_sides(person: Talk) -> None:
    says(person, "foot mri denied, foot pain 6 weeks")
    asked = interview.question_for(in_the_next_turn(person), "open_fact")
    assert asked is not None and asked.id == "intake.side"


def test_whether_to_start_over_is_asked_alone(person: Talk) -> None:
    says(person, "knee mri denied")
    interview.ask_to_start_over(person)
    assert interview.ask(person, "denial") == ()
    assert interview.waits_for_start_over(person)
    assert interview.ask(person, "denial")


def test_what_was_noted_before_is_not_noted_again(person: Talk) -> None:
    answer = says(person, "breast mri denied", "my breast mri was denied, i have a lump in my left breast")
    assert "MRI of the breast" not in answer and "lump" in answer


def test_what_is_not_there_is_told_in_one_line(person: Talk) -> None:
    says(person, "knee mri denied. no fever, no weakness, no swelling, no locking")
    card = checking.noted(person).card
    assert card is not None
    assert [row.value for row in card.rows if "no " in row.value] == ["no fever; no weakness; no swelling; no locking"]


def test_after_the_letter_only_what_is_new_is_said(desk: Desk) -> None:
    def in_a_turn(work: str, asked_for: bool = False) -> str:
        with desk.database.unit() as unit:
            person = Talk(desk, unit, unit.conversation(ME))  # type: ignore[arg-type]
            if work:
                says(person, work)
        drafted = drafting.draft_appeal(desk, ME)
        with desk.database.unit() as unit:
            person = Talk(desk, unit, unit.conversation(ME))  # type: ignore[arg-type]
            replies = drafting.hand_over(person, drafted, asked_for)
        assert replies[-1].documents
        return " ".join(reply.text for reply in replies)

    assert "blanks" in in_a_turn("knee mri denied, left knee pain 9 weeks")
    assert in_a_turn("") == "Your appeal stands as I drafted it."
    assert in_a_turn("i did physical therapy for 6 weeks") == "I have put it into the letter. Here is the new one."
    assert "date on the letter" not in in_a_turn("the letter is dated november 3 2026")
    assert "blanks" in in_a_turn("", asked_for=True)


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("we are safe", True), ("hes fine now, they did one in the er", True), ("im ok", True),
        ("please continue", True), ("it was a mistake, just testing", True), ("he is home now, thank you", True),
        ("no he's not ok", False),
        ("im ok but it still hurts", False), ("its over", False), ("i want it to be over", False),
        ("is he safe to drive", False), ("can my doctor help", False), ("we are so tired of this", False),
    ],
)  # fmt: skip
def test_plain_words_end_a_pause(desk: Desk, text: str, goes_on: bool) -> None:
    with desk.database.unit() as unit:
        Talk(desk, unit, unit.conversation(ME)).set_note("paused", True)  # type: ignore[arg-type]
    turns = door.receive(desk, ME, text, alarmed=False).turns
    assert any(turn.text == "/resume" and turn.metadata == {"text": text} for turn in turns) is goes_on


@pytest.mark.parametrize(
    ("text", "ill"),
    [
        ("it was about my mom, she is worse now", True), ("that was my neighbor, he is not waking up", True),
        ("false alarm for me but my husband is really bad", True), ("i'm fine but mom looks gray", True),
        ("wrong chart, but the patient is getting a lot worse", True), ("it's still happening", True),
        ("it was my dad. he's getting worse", True), ("it was my sister and she's not better", True),
        ("it was my mom, she is fine now", False), ("it was my neighbor", False), ("she is not worse", False),
        ("it was my mom, she's in the hospital now, she got worse", False), ("not worse, all good", False),
        ("it was my dad, he was worse then but he is ok", False), ("i need help with the appeal", False),
    ],
)  # fmt: skip
def test_a_pause_does_not_end_while_somebody_is_ill(desk: Desk, text: str, ill: bool) -> None:
    with desk.database.unit() as unit:
        Talk(desk, unit, unit.conversation(ME)).set_note("paused", True)  # type: ignore[arg-type]
    received = door.receive(desk, ME, text, alarmed=False)
    assert any(reply.tone == "emergency" and "911" in reply.text for reply in received.replies) is ill
    assert any(turn.text == "/emergency" for turn in received.turns) is ill


def test_the_way_back_is_offered_only_in_a_pause(desk: Desk) -> None:
    assert door.way_back(desk, ME) is None
    with desk.database.unit() as unit:
        Talk(desk, unit, unit.conversation(ME)).set_note("paused", True)  # type: ignore[arg-type]
    offered = door.way_back(desk, ME)
    assert offered is not None and [button.intent for button in offered.buttons] == ["resume"]


def test_a_sign_that_the_check_names_is_said_to_be_told_before(person: Talk) -> None:
    flags = [f for f in person.desk.library.red_flags.values() if f.level == "U"][:1]
    said = warning._once(person, "urgent", {flags[0].id}, "urgent_told_before")
    assert re.search(r"You told me of this", said[0].text)
    assert warning._once(person, "urgent", {flags[0].id}, "urgent") == ()


@pytest.mark.parametrize(("text", "now"), [("3 days ago", True), ("in august", False)])
def test_a_late_injury_is_warned_of_in_its_own_turn(person: Talk, text: str, now: bool) -> None:
    answer = says(person, f"ct head denied, my dad fell {text}, on eliquis")
    assert ("call your clinician **today**" in answer) is now


@pytest.mark.parametrize("text", ["no to safety questions", "no to all", "No to all of these."])
def test_no_to_all_is_said_of_the_open_list(person: Talk, text: str) -> None:
    says(person, "lumbar mri denied, back pain 3 months")
    interview.ask(person, "red_flags")
    says(person, text)
    assert any(f.status == "absent" for f in person.case().findings)


def test_the_way_it_ends_is_no_safety() -> None:
    assert not holds("safe_now", "it's all over for me")
    assert not holds("safe_now", "i am fine when i sit but not now")
