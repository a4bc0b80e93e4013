"""The measure of questions to a verdict: its people are what they are said to be, and it counts right."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT)]

from criteria.assessment import assess  # noqa: E402
from criteria.facts import Field, Finding, Imaging, Treatment  # noqa: E402
from criteria.library import load  # noqa: E402
from criteria.questions import question_for  # noqa: E402
from tools.asking import inquiry as orders  # noqa: E402
from tools.asking.inquiry import Inquiry, run  # noqa: E402
from tools.asking.made import made_people  # noqa: E402
from tools.asking.measure import Measured, means, measured  # noqa: E402
from tools.asking.optimum import fewest  # noqa: E402
from tools.asking.people import Person, answer, case_with, told, told_in_full, written_person  # noqa: E402
from tools.asking.policy import compared, ends  # noqa: E402
from tools.questions_to_verdict import report  # noqa: E402

LIBRARY = load()
RECORDS = yaml.safe_load((ROOT / "tests" / "eval" / "questions_to_verdict.yml").read_text("utf-8"))
WRITTEN = [written_person(record, LIBRARY) for record in RECORDS]
KNEE = replace(LIBRARY, studies={"mri-knee": LIBRARY.studies["mri-knee"]})


@pytest.fixture(scope="module")
def made() -> list[Person]:
    return list(made_people(KNEE, 1))


@pytest.fixture
def wrist() -> Inquiry:
    """Somebody with wrist pain for months and a normal film, of whom the letter says only that the wrist hurts."""
    return Inquiry(next(p for p in WRITTEN if p.name.startswith("Milo Hart")), LIBRARY)


@pytest.mark.parametrize("person", WRITTEN, ids=lambda person: person.name)
def test_the_hidden_facts_of_a_written_person_give_the_expected_verdict(person: Person) -> None:
    assert assess(told_in_full(person, LIBRARY), LIBRARY).verdict == person.expect


def test_written_people_are_of_many_studies_and_have_every_kind_of_verdict() -> None:
    assert len({p.hidden.study.id for p in WRITTEN}) > 20
    assert {p.expect for p in WRITTEN} == {"met", "arguable", "gaps", "not_met"}


def test_the_hidden_facts_of_a_made_person_give_the_expected_verdict(made: list[Person]) -> None:
    assert len(made) >= 8
    for person in made:
        verdict = assess(told_in_full(person, LIBRARY), LIBRARY).verdict
        assert verdict == person.expect
        assert (verdict in ("met", "arguable")) is (person.kind == "met"), person.name


def test_made_people_are_the_same_each_time(made: list[Person]) -> None:
    assert list(made_people(KNEE, 1)) == made


def test_a_person_a_leaf_short_starts_as_the_one_who_is_not(made: list[Person]) -> None:
    whole = {p.name: p for p in made if p.kind == "met"}
    short = [p for p in made if p.kind == "short"]
    assert short
    for person in short:
        other = whole[person.name.removesuffix(", a leaf short")]
        assert person.start == other.start and person.hidden != other.hidden


def test_answers_come_from_the_hidden_facts() -> None:
    hidden = case_with(
        (
            Field("study.id", "mri-knee"),
            Field("study.side", "left"),
            Field("symptom_weeks", 9),
            Finding("active_cancer"),
            Treatment("nsaid", weeks=4),
            Imaging("xray", "knee", "left", result="normal"),
        )
    )

    def answered(id: str) -> object:
        question = question_for(id, case_with((Field("study.id", "mri-knee"), Field("study.side", "left"))), LIBRARY)
        assert question is not None
        return answer(question, hidden, LIBRARY)

    assert answered("symptom_weeks") == 9.0
    assert answered("finding.cancer_history") is True, "cancer now is a history of cancer"
    assert answered("finding.locking") is False
    assert answered("group.knee_mechanical") == []
    assert answered("treatment.kinds") == ["nsaid"]
    assert answered("treatment.weeks.nsaid") == 4.0
    assert answered("treatment.weeks.bracing") is None
    assert answered("imaging.xray.knee") == "normal"
    assert answered("imaging.mri.knee") == "none"
    assert answered("evaluation.visit") is False


def test_what_is_not_named_of_a_list_is_asked_for_once_more_and_then_absent(wrist: Inquiry) -> None:
    question = question_for("red_flags.wrist_hand.history", wrist.person.hidden, LIBRARY)
    assert question is not None
    said = {f.id: f.status for f in told(question, ["trauma"], wrist.person.hidden) if isinstance(f, Finding)}
    assert said == {"trauma": "present", "cancer_history": "absent", "night_pain": "absent", "bone_pain": "absent"}


def test_every_order_ends_settled_and_counts_each_question_once(wrist: Inquiry) -> None:
    for order in (orders.by_the_engine, orders.as_listed, orders.as_listed_in_play, orders.as_listed_if_it_matters):
        end = run(wrist, order)
        assert assess(wrist.look(end).scene.case, LIBRARY).next_question is None
        assert len(set(end.asked)) == len(end.asked)


def test_the_check_asks_the_wrist_two_questions_and_a_form_more(wrist: Inquiry) -> None:
    """A list of things to tick is one question."""
    end = run(wrist, orders.by_the_engine)
    assert wrist.look(end).verdict == "met"
    assert len(run(wrist, orders.as_listed).asked) > len(end.asked)
    listed = [q.id for q in wrist.listed(wrist.begin)]
    study = LIBRARY.studies["mri-wrist-hand"]
    assert listed[: len(study.red_flag_questions)] == list(study.red_flag_questions)


def test_no_fewer_questions_than_the_optimum_settle_it(wrist: Inquiry) -> None:
    end = run(wrist, orders.by_the_engine)
    best = fewest(wrist, end, most_states=5000)
    assert best is not None and 0 < best <= len(end.asked)
    layer = [wrist.begin]
    for _ in range(best - 1):
        layer = [wrist.after(state, question) for state in layer for question in wrist.open_now(state)]
    assert not [s for s in layer if wrist.is_settled(s) and wrist.look(s).verdict == wrist.look(end).verdict]


def test_with_hindsight_the_age_alone_settles_a_screening_that_comes_too_early() -> None:
    screening = Inquiry(next(p for p in WRITTEN if p.name.startswith("Vera Stone")), LIBRARY)
    age = next(q for q in screening.open_now(screening.begin) if q.id == "patient.age")
    after = screening.after(screening.begin, age)
    assert not screening.is_settled(screening.begin) and screening.is_settled(after)
    assert screening.look(after).verdict == "not_met"
    assert fewest(screening, run(screening, orders.as_listed), most_states=5000) == 1


def test_a_search_that_is_cut_short_claims_no_optimum() -> None:
    care = Inquiry(next(p for p in WRITTEN if p.name.startswith("Ada Quill")), LIBRARY)
    assert fewest(care, run(care, orders.by_the_engine), most_states=3) is None


def test_the_best_policy_never_asks_more_than_the_check_and_knows_no_answers() -> None:
    sinus = Inquiry(next(p for p in WRITTEN if p.name.startswith("Tess Orr")), LIBRARY)
    found = compared(sinus, sinus.begin, most_states=500)
    assert found is not None
    check, best = found
    assert best <= check
    assert best > 1, "the first answer settles it for some and not for others"
    assert compared(sinus, sinus.begin, most_states=1) is None


def test_ends_of_inquiries_are_compared_once_each() -> None:
    person = next(p for p in WRITTEN if p.name.startswith("Cora Pine"))
    once, left_out = ends([person], LIBRARY, most_states=100)
    assert len(once) == 1 and left_out == 0
    assert ends([person, person], LIBRARY, most_states=100) == (once, 0)


def row(person: Person, engine: int, optimum: int | None) -> Measured:
    return Measured(person, engine, 2 * engine, engine, engine, 3.0, optimum, "met", "met", "met", ("a",) * engine)


def test_means_and_ratios() -> None:
    person = WRITTEN[0]
    found = means([row(person, 2, 1), row(person, 4, 4), row(person, 6, None)])
    assert (found.cases, found.known, found.engine, found.optimum) == (3, 2, 4.0, 2.5)
    assert found.to_listed == 0.5
    assert found.to_optimum == 3.0 / 2.5


def test_the_report_says_whether_an_aim_is_met_and_where_the_end_differs() -> None:
    good, bad = row(WRITTEN[0], 2, 2), replace(row(WRITTEN[1], 4, 1), verdict_in_full="not_met")
    assert report([good], [(1.0, 1.0)], 0).count("**met, ") == 3
    both = report([good, bad], [], 0)
    assert "missed, 2.00" in both and f"{bad.person.name}: `met` after the questions, `not_met`" in both


def test_measuring_one_person_gives_all_the_numbers(made: list[Person]) -> None:
    found = measured(made[0], LIBRARY)
    assert found.optimum is not None and found.optimum <= found.engine <= found.listed
    assert found.verdict_in_full == made[0].expect


def test_the_conversation_asks_everybody_for_warning_signs_before_the_check_chooses() -> None:
    pain = Inquiry(next(p for p in WRITTEN if p.name.startswith("Ada Quill")), LIBRARY)
    begun = pain.after_the_intake
    assert set(begun.asked) == {"symptom_weeks", "treatment.kinds", "red_flags.spine", "red_flags.spine.history"}
    end = run(pain, orders.by_the_engine, begun)
    assert end.asked[: len(begun.asked)] == begun.asked
    later = [question.id for question, _ in orders.steps(pain, orders.by_the_engine, begun)]
    assert list(end.asked[len(begun.asked) :]) == later and not {*later} & {*begun.asked}


def test_the_optimum_may_ask_together_what_the_check_asks_together(wrist: Inquiry) -> None:
    end = run(wrist, orders.by_the_engine)
    apart = fewest(wrist, end, 5000, Inquiry.open_now)
    together = fewest(wrist, end, 5000)
    assert together is not None and apart is not None and together <= apart <= len(end.asked)
    own = wrist.next(wrist.begin)
    assert own in wrist.could_ask(wrist.begin)
