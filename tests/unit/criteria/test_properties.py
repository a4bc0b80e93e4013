"""What must hold for every case: three-valued logic, order, monotony, and that ways are exactly what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from criteria import logic
from criteria.assessment import assess
from criteria.facts import Case, Evaluation, Finding, Imaging, Plan, Study, Treatment
from criteria.fill_sets import FillSets
from criteria.leaves import Fill, Scene
from criteria.library import Guideline, load
from criteria.likely import likely_answers
from criteria.next_question import supposing
from criteria.opinions import open_ways, opinion, result_of, trees
from criteria.questions import question_for
from criteria.results import Assessment, Gap, Value
from criteria.tree import rule_leaves

LIBRARY = load()
TODAY = date(2026, 11, 21)
STUDIES = ("mri-lumbar-spine", "mri-knee", "mri-brain")
FINDINGS = (
    "low_back_pain", "surgery_candidate", "cancer_history", "fever", "weakness", "saddle_anesthesia", "knee_pain",
    "trauma", "locking", "swelling", "positive_mcmurray", "headache", "change_in_headache_pattern", "seizure",
    "prior_surgery", "new_symptoms", "osteoporosis",
)  # fmt: skip
values = st.sampled_from(("met", "not_met", "not_known"))
quick = settings(max_examples=25, deadline=None)


def statuses(*allowed: str) -> st.SearchStrategy[str]:
    return st.sampled_from(allowed)


def findings(*allowed: str) -> st.SearchStrategy[tuple[Finding, ...]]:
    charted = st.sampled_from(("yes", "unknown", "no"))
    one = st.builds(Finding, st.sampled_from(FINDINGS), statuses(*allowed), charted=charted)
    return st.lists(one, max_size=6, unique_by=lambda f: f.id).map(tuple)


treatments = st.lists(
    st.builds(
        Treatment,
        st.sampled_from(("physical_therapy", "nsaid", "home_exercise")),
        statuses("present", "absent"),
        weeks=st.sampled_from((None, 2, 4, 6, 9)),
        directed=st.sampled_from((None, "provider", "self")),
        charted=st.sampled_from(("yes", "unknown", "no")),
    ),
    max_size=3,
    unique_by=lambda t: t.kind,
).map(tuple)
pictures = st.lists(
    st.builds(
        Imaging, st.just("xray"), st.just("knee"), status=statuses("present", "absent"),
        result=st.sampled_from((None, "normal", "arthritis")), charted=st.sampled_from(("yes", "no")),
    ),
    max_size=1,
).map(tuple)  # fmt: skip
cases = st.builds(
    Case,
    st.just(TODAY),
    st.builds(Study, st.sampled_from(STUDIES), side=st.sampled_from(("left", None))),
    st.builds(Plan, payer=st.sampled_from((None, "Cigna", "Aetna", "Anthem"))),
    findings=findings("present", "absent", "uncertain"),
    treatments=treatments,
    imaging=pictures,
    symptom_weeks=st.sampled_from((None, 2, 8, 30)),
)


@given(st.lists(values))
def test_de_morgan(given_values: list[Value]) -> None:
    negated = [logic.negate(v) for v in given_values]
    assert logic.negate(logic.all_of(given_values)) == logic.any_of(negated)


@given(st.lists(values, min_size=1))
def test_at_least_one_is_any_and_at_least_all_is_all(given_values: list[Value]) -> None:
    assert logic.at_least(1, given_values) == logic.any_of(given_values)
    assert logic.at_least(len(given_values), given_values) == logic.all_of(given_values)


@given(st.lists(values), st.integers(0, 5))
def test_settling_an_unknown_never_undoes_what_was_settled(given_values: list[Value], at: int) -> None:
    settled: list[Value] = [("met" if i == at and v == "not_known" else v) for i, v in enumerate(given_values)]
    for combine in (logic.all_of, logic.any_of):
        if combine(given_values) != "not_known":
            assert combine(settled) == combine(given_values)


def turned(case: Case, turn: Callable[[list[Any]], list[Any]]) -> Case:
    lists = ("findings", "treatments", "imaging", "evaluations")
    return replace(case, **{name: tuple(turn(list(getattr(case, name)))) for name in lists})


ONE_REFUSED_OF_TWO = Case(
    TODAY,
    Study("mri-lumbar-spine", side="left"),
    Plan(payer="Cigna"),
    findings=(Finding("low_back_pain", charted="yes"), Finding("surgery_candidate", charted="yes")),
    treatments=(
        Treatment("physical_therapy", directed="self", charted="yes"),
        Treatment("nsaid", directed="self", charted="yes"),
    ),
)
SIGNS_TOGETHER = Case(
    TODAY,
    Study("mri-lumbar-spine"),
    findings=tuple(Finding(name) for name in ("weakness", "saddle_anesthesia", "low_back_pain", "fever")),
    evaluations=(Evaluation(), Evaluation(after_treatment=True)),
)


@quick
@given(cases, st.randoms())
@example(ONE_REFUSED_OF_TWO, None)
@example(SIGNS_TOGETHER, None)
def test_the_order_of_facts_is_irrelevant(case: Case, random: Random | None) -> None:
    """The whole answer is the same, words and traces too. Without a random order the lists are turned round."""

    def turn(items: list[Any]) -> list[Any]:
        return random.sample(items, len(items)) if random else items[::-1]

    assert assess(turned(case, turn), LIBRARY) == assess(case, LIBRARY)


@quick
@given(st.sampled_from(STUDIES), findings("uncertain", "family"), st.sampled_from((None, 2, 30)))
def test_what_is_not_known_settles_nothing(study: str, unsure: tuple[Finding, ...], weeks: float | None) -> None:
    found = assess(Case(TODAY, Study(study), findings=unsure, symptom_weeks=weeks), LIBRARY)
    assert found.verdict == "gaps"


@quick
@given(cases, st.sampled_from(FINDINGS))
def test_a_further_fact_never_makes_what_was_met_unknown(case: Case, finding: str) -> None:
    more = (*(f for f in case.findings if f.id != finding), Finding(finding, charted="yes"))
    before, after = assess(case, LIBRARY), assess(replace(case, findings=more), LIBRARY)
    lost = next((g for g in after.guidelines if g.id == before.decided_by), None)
    if before.verdict == "met" and lost is not None:
        assert lost.result != "not_known"


def filled(case: Case, gap: Gap) -> list[Case]:
    """The cases in which a gap is filled, one for each way that fact can be good."""
    head, *rest = gap.fact.split(".")
    if gap.kind == "chart":
        return [
            replace(
                case,
                findings=tuple(replace(f, charted="yes") if f.id == gap.fact else f for f in case.findings),
                treatments=tuple(replace(t, charted="yes") if rest == [t.kind] else t for t in case.treatments),
                imaging=tuple(replace(i, charted="yes") if head == "imaging" else i for i in case.imaging),
                evaluations=tuple(replace(e, charted="yes") if head == "evaluation" else e for e in case.evaluations),
            )
        ]
    if head == "treatment":
        kinds, asked_for = rest or ["physical_therapy"], re.search(r"([\d.]+) weeks? of", gap.say)
        weeks = float(asked_for.group(1)) if asked_for else 1
        kept = tuple(t for t in case.treatments if t.kind not in kinds)
        return [
            replace(case, treatments=(*kept, Treatment(k, weeks=weeks, directed="provider", charted="yes")))
            for k in kinds
        ]
    if head == "imaging":
        results = (None, "normal", "arthritis", "fracture", "loose_body", "mass", "abnormal", "effusion")
        done = [Imaging(rest[0], rest[1], result=r, date=TODAY, charted="yes") for r in results]
        other = tuple(i for i in case.imaging if i.region != rest[1])
        return [replace(case, imaging=(*other, one)) for one in (*done, Imaging(rest[0], rest[1], status="absent"))]
    if head == "evaluation":
        after = "after the care" in gap.say
        return [replace(case, evaluations=(Evaluation(TODAY, after, charted="yes"),))]
    if gap.fact == "symptom_weeks":
        return [replace(case, symptom_weeks=w) for w in (2, 6, 12, 30)]
    if gap.fact == "patient.age":
        return [replace(case, patient=replace(case.patient, age=age)) for age in (30, 80)]
    if gap.fact == "cancer.type":
        return [replace(case, cancer=replace(case.cancer, type=kind)) for kind in ("brain", "none")]
    said = [f for f in case.findings if f.id != gap.fact]
    if "ruled this out" in gap.say:
        return [replace(case, findings=(*said, Finding(gap.fact, "absent")))]
    # Only what the gap names is filled: an injury that is also severe fills more than "an injury".
    asked_for_detail = {"severity": "severe", "onset": "sudden"}
    detail: dict[str, Any] = {name: value for name, value in asked_for_detail.items() if value in gap.say}
    sided = [Finding(gap.fact, side=s, charted="yes", **detail) for s in (None, "left")]
    if any(f.id == gap.fact and f.status == "present" for f in case.findings):
        old = next(f for f in case.findings if f.id == gap.fact)
        sided += [replace(old, charted="yes", **detail)]
    return [replace(case, findings=(*said, one)) for one in sided]


def could_be_met(case: Case, gaps: list[Gap], guideline: str) -> bool:
    """Whether filling these gaps in some good way makes the guideline met or arguable."""
    tried = [case]
    for gap in gaps:
        tried = [more for one in tried for more in filled(one, gap)][:400]
    rule = LIBRARY.guidelines[guideline]
    return any(
        opinion(rule, Scene(one, LIBRARY.studies[one.study.id or ""], LIBRARY, TODAY)).result in ("met", "arguable")
        for one in tried
    )


def kinds_of(gaps: Iterable[Gap]) -> set[str]:
    return {g.fact.split(".")[0] for g in gaps}


def sampled_ways(found: Assessment) -> list[list[Gap]]:
    return [[found.gaps[i] for i in way.gaps] for way in (*found.ways[:3], *found.ways[-2:]) if len(way.gaps) <= 3]


@settings(max_examples=15, deadline=None)
@given(cases)
def test_a_way_is_enough_and_nothing_less_is(case: Case) -> None:
    found = assess(case, LIBRARY)
    for gaps in sampled_ways(found):
        assert could_be_met(case, gaps, found.ways[0].guideline), [g.say for g in gaps]
        for fewer in combinations(gaps, len(gaps) - 1):
            # Two gaps of one kind of fact (more care, and a note of the care so far) are filled together here.
            if kinds_of(fewer) != kinds_of(gaps):
                assert not could_be_met(case, list(fewer), found.ways[0].guideline), [g.say for g in fewer]


@quick
@given(cases)
def test_no_way_contains_another_and_none_holds_what_is_closed(case: Case) -> None:
    found = assess(case, LIBRARY)
    sets = [set(way.gaps) for way in found.ways]
    assert all(not (a < b) for a in sets for b in sets)
    assert all(found.gaps[i].kind != "closed" for way in found.ways for i in way.gaps)
    assert (found.verdict == "gaps") <= bool(found.ways)


@given(st.lists(st.frozensets(st.integers(0, 5))))
def test_smallest_keeps_one_subset_of_everything(given_sets: list[frozenset[int]]) -> None:
    sets = FillSets()
    numbers = [sets.set_of(Fill("ask", str(n), "", "patient", str(n)) for n in one) for one in given_sets]
    kept = [frozenset(sets.fills_in(mask)) for mask in sets.smallest(numbers)]
    assert all(any(k <= frozenset(sets.fills_in(one)) for k in kept) for one in numbers)
    assert all(not (a < b) for a in kept for b in kept)


def test_no_set_joins_a_fill_and_its_opposite() -> None:
    sets = FillSets()
    fever, none, pain = (sets.bit(Fill("ask", n, "", "patient", n)) for n in ("fever", "not fever", "pain"))
    assert set(sets.joined([(fever, pain), (none,)])) == {none | pain}
    assert sets.joined([(fever,), (none,)]) == ()


@quick
@given(cases)
def test_supposing_an_answer_is_the_same_as_knowing_it(case: Case) -> None:
    """What a supposed answer leaves open is found from what was found before: it must be what a fresh look finds."""
    study = LIBRARY.studies[case.study.id or ""]
    scene = Scene(case, study, LIBRARY, TODAY)
    for guideline in LIBRARY.guidelines_for(study.id):
        opened(guideline, scene)
        rule = [leaf for tree in trees(guideline, scene) for leaf in rule_leaves(tree)]
        for id in (*study.red_flag_questions, *study.questions, "treatment.kinds", "symptom_weeks"):
            question = question_for(id, case, LIBRARY)
            answers = [value for _, value in likely_answers(question, scene, rule)] if question else []
            for value in (answers[0], answers[-1]) if question and answers else ():
                then = supposing(question, value, scene)  # type: ignore[arg-type]
                afresh = Scene(then.case, study, LIBRARY, TODAY)
                assert opened(guideline, then) == opened(guideline, afresh)


def opened(guideline: Guideline, scene: Scene) -> tuple[Any, ...]:
    result, refused = result_of(guideline, scene)
    assert (opinion(guideline, scene).result, opinion(guideline, scene).refused) == (result, refused)
    return result, refused, open_ways(guideline, scene)
