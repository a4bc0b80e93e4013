"""Short answers, answers to a whole list, questions beside facts, what has been noted, and words after an alarm."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from talking import TODAY, in_the_next_turn

from actions.casework import asides, checking, describe, interview
from actions.casework.conversation import Talk
from actions.casework.replies import Reply, Static
from criteria.facts import Field, Finding, Treatment
from criteria.library import load
from criteria.questions import fixed_question
from criteria.results import Option, Question


def signs() -> Question:
    """A list of warning signs."""
    names = ("fever", "weakness", "tingling", "bladder_dysfunction")
    known = [n for n in names if n in load().findings]
    return Question(
        "red_flags.here", tuple(known), "any_of", "Any of these?",
        tuple(Option(n, load().finding_options[n].say if n in load().finding_options else n) for n in known),
    )  # fmt: skip


def says(person: Talk, text: str, question: Question | None = None, intent: str = "inform") -> interview.Taken:
    if question is not None:
        person.unit.ask(person.conversation, question)
    heard = asides.listen(interview.Heard(text, intent, 0.9), TODAY)
    return asides.take(in_the_next_turn(person), heard)


def fixed(name: str) -> Question:
    return fixed_question(name, load())


def statuses(person: Talk) -> dict[str, str]:
    return {f.id: f.status for f in person.case().findings}


@pytest.mark.parametrize("text", [
    "None of them, like i told you i feel ok", "denies any of these", "nope, none", "no others", "neg to all of those",
    "no to all, never had any", "all of those except... wait, i misread. none", "none of that, but no sleep either",
])  # fmt: skip
def test_a_whole_list_is_denied_in_many_words(person: Talk, text: str) -> None:
    says(person, text, signs())
    assert set(statuses(person).values()) == {"absent"} and len(statuses(person)) == len(signs().options)
    assert person.note("override") is None


@pytest.mark.parametrize("text", [
    "no to all of those, a bit of tingling in my fingers only", "none of these except tingling in two toes",
    "tingling in my hand, rest neg", "no, just some tingling",
])  # fmt: skip
def test_the_one_that_is_told_is_not_denied_with_the_others(person: Talk, text: str) -> None:
    says(person, text, signs())
    now = statuses(person)
    assert now.pop("tingling") == "present"
    assert set(now.values()) == {"absent"} and "fever" in now
    assert person.note("override") is None


def test_a_doubtful_one_is_not_denied_with_the_others(person: Talk) -> None:
    says(person, "none of those except maybe some tingling", signs())
    assert statuses(person)["fever"] == "absent" and statuses(person).get("tingling") != "absent"


def test_what_is_excepted_in_words_that_are_not_understood_is_not_denied(person: Talk) -> None:
    says(person, "none of these except the thing i told the nurse", signs())
    assert statuses(person) == {}


def test_all_but_one(person: Talk) -> None:
    says(person, "all of them except the fever", signs())
    now = statuses(person)
    assert now.pop("fever") == "absent" and set(now.values()) == {"present"}


def test_by_order_and_by_name(person: Talk) -> None:
    says(person, "the first two, plus advil", fixed("intake.prior_treatment"))
    assert {t.kind for t in person.case().treatments} == {"physical_therapy", "home_exercise", "nsaid"}


def test_nothing_else_is_of_the_list_before_and_no_kind_of_plan(person: Talk) -> None:
    says(person, "physical therapy", fixed("intake.prior_treatment"))
    says(person, "nope nothing else", fixed("intake.plan"))
    now = person.case()
    assert now.plan.type is None
    assert {t.kind for t in now.treatments if t.status == "present"} == {"physical_therapy"}
    assert {t.kind for t in now.treatments if t.status == "absent"} >= {"chiropractic"}


@pytest.mark.parametrize(("text", "weeks", "outcome"), [
    ("8 weeks, didn't help", 8, "none"), ("about 6 wks no relief", 6, "none"), ("it made it worse", None, "worse"),
])  # fmt: skip
def test_how_the_care_just_named_went(person: Talk, text: str, weeks: float | None, outcome: str) -> None:
    says(person, "physical therapy", fixed("intake.prior_treatment"))
    says(person, text, fixed("intake.plan"))
    assert [(t.weeks, t.outcome) for t in person.case().treatments] == [(weeks, outcome)]
    assert person.case().symptom_weeks is None


@pytest.mark.parametrize(("asked", "text", "value"), [
    ("peer_to_peer", "not yet", "not_offered"), ("peer_to_peer", "no p2p", "not_offered"),
    ("peer_to_peer", "not to my knowledge", "not_offered"),
    ("peer_to_peer", "has it been offered? no call", "not_offered"),
    ("intake.plan", "thru work", "employer_unknown_funding"), ("intake.plan", "It is CHIP. He is 7", "chip"),
])  # fmt: skip
def test_short_answers_to_a_choice(person: Talk, asked: str, text: str, value: str) -> None:
    says(person, text, fixed(asked))
    assert value in (person.case().plan.type, person.case().peer_to_peer.status)


@pytest.mark.parametrize("text", ["does it work?", "nothing", "nope", "I work nights"])
def test_what_names_no_plan_is_no_plan(person: Talk, text: str) -> None:
    says(person, text, fixed("intake.plan"))
    assert person.case().plan.type is None


def test_a_question_beside_an_answer_is_answered_after_it(person: Talk) -> None:
    taken = says(person, "medicare advantage. How long do I have? letter dated 11/6/2026", fixed("intake.plan"))
    now = person.case()
    assert (now.plan.type, now.denial.notice_date) == ("medicare_advantage", date(2026, 11, 6))
    assert taken.replies[0].text.startswith("Noted") and "deadline" in taken.replies[1].text


def test_why_beside_an_answer_is_of_the_question_that_was_open(person: Talk) -> None:
    why = replace(signs(), why="It is urgent.")
    taken = says(person, "none of these. why does my family matter?", why)
    assert set(statuses(person).values()) == {"absent"}
    assert "It is urgent." in taken.replies[-1].text


def test_asking_what_a_call_is_is_no_offer(person: Talk) -> None:
    taken = says(person, "They denied the MRI of my knee. what is a peer to peer?")
    assert person.case().study.id == "mri-knee" and person.case().peer_to_peer.status is None
    assert isinstance(taken.replies[-1], Static) and taken.replies[-1].name == "utter_explain_peer_to_peer"


def test_two_questions_are_both_answered(person: Talk) -> None:
    taken = says(person, "How long do we have, and can i sign for him?", intent="ask_who_can_appeal")
    assert [getattr(r, "name", "") for r in taken.replies if isinstance(r, Static)] == ["utter_explain_who_can_appeal"]
    assert len(taken.replies) == 2


def test_one_question_alone_is_the_dialogues(person: Talk) -> None:
    assert not says(person, "how long do I have to appeal?", intent="ask_deadline").taken


def test_the_answers_named_stand_in_the_domain() -> None:
    domain = (Path(__file__).parents[3] / "domain.yml").read_text()
    named = [topic for topic in asides._topics() if topic.startswith("utter_")]
    assert named and all(f"  {topic}:" in domain for topic in named)


def test_all_that_was_noted_is_shown_on_request(person: Talk) -> None:
    assert checking.noted(person).card is None
    person.keep((Finding("fever"), Treatment("nsaid", weeks=3), Field("symptom_weeks", 8.0)), "words")
    shown = checking.noted(person)
    assert shown.card is not None
    assert {row.id for row in shown.card.rows} == {"fever", "treatment.nsaid", "symptom_weeks"}


@pytest.mark.parametrize("text", [
    "we are at the ER now, they did a scan", "Im in the hospital, they are keeping me", "I'm being admitted",
    "he is in the emergency room", "we just got home from the ER",
])  # fmt: skip
def test_care_that_is_reached(text: str) -> None:
    assert interview.reached_care(text)


@pytest.mark.parametrize("text", [
    "I'm not at the ER", "should I go to the ER", "I was in the hospital in 2019", "I went to the ER last year",
    "the ER is far", "I am at home",
])  # fmt: skip
def test_care_that_is_not_reached(text: str) -> None:
    assert not interview.reached_care(text)


def test_what_is_told_during_the_pause_is_kept(person: Talk) -> None:
    interview.keep(person, "they did an x-ray of my right knee today, it was normal, and my knee is swollen")
    assert person.case().imaging and "swelling" in statuses(person)


@pytest.mark.parametrize(("name", "said"), [
    ("cannot_bear_weight", "able to put weight on the leg"), ("fever", "no fever"),
])  # fmt: skip
def test_a_denial_is_said_as_people_say_it(name: str, said: str) -> None:
    library = load()
    name = name if name in library.findings else next(
        i for i, r in library.findings.items() if r.say == "being unable to put weight on the leg"
    )  # fmt: skip
    assert describe.fact(Finding(name, "absent"), library) == said


def test_a_static_answer_is_a_reply() -> None:
    assert isinstance(Static("", name="utter_x"), Reply)
