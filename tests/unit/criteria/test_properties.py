"""What must hold for every case: three-valued logic, order, monotony, and that ways are exactly what is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import reduce
from itertools import combinations
from random import Random
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from criteria import logic
from criteria.answers import facts_from_answer
from criteria.assessment import assess
from criteria.facts import Case, Evaluation, Field, Finding, Imaging, Plan, Study, Treatment
from criteria.fill_sets import FillSets
from criteria.ids import IMAGING_RESULTS
from criteria.judging import field_value
from criteria.leaves import Effect, FieldLeaf, Fill, FindingLeaf, ImagingLeaf, Leaf, Node, Scene
from criteria.library import Guideline, load
from criteria.likely import likely_answers, sides
from criteria.opinions import CONTRAST, open_sets, opinion, result_of, trees
from criteria.outlook import outlook
from criteria.questions import question_for
from criteria.results import Assessment, Gap, Value
from criteria.silence import scene_of
from criteria.supposed import Supposed, after, with_facts
from criteria.tree import evaluate, ways

LIBRARY = load()
TODAY = date(2026, 11, 21)
STUDIES = tuple(LIBRARY.studies)
values = st.sampled_from(("met", "not_met", "not_known"))
quick = settings(max_examples=60)
charted = st.sampled_from(("yes", "unknown", "no"))


def rules_of(study: str) -> list[Leaf]:
    """Every leaf of every rule that speaks of a study."""
    return [
        node.leaf
        for guideline in LIBRARY.guidelines_for(study)
        for tree in (
            *([guideline.about] if guideline.about else []),
            *(s.when for s in guideline.scenarios if study in s.rates),
            *(p.when for p in guideline.pathways if study in p.studies),
        )
        for node, _ in tree.leaves
        if node.leaf is not None
    ]


LEAVES = {study: rules_of(study) for study in STUDIES}


STATUSES_ASKED = {
    name: sorted(
        {
            status
            for some in LEAVES.values()
            for leaf in some
            if isinstance(leaf, FindingLeaf) and leaf.id == name
            for status in leaf.status
        }
    )
    for name in LIBRARY.findings
}


def fields_of(study: str) -> dict[str, list[Any]]:
    """The values of single fields that the study's rules tell apart: path -> values, for every field that they read."""
    found: dict[str, list[Any]] = {}
    read = [leaf for leaf in LEAVES[study] if isinstance(leaf, FieldLeaf)]
    for path in sorted({leaf.path for leaf in read} - {"symptom_weeks", "study.id"}):
        limits = {
            (one, over)
            for leaf in read
            if leaf.path == path
            for one, over in ((leaf.at_least, False), (leaf.less_than, False), (leaf.at_most, True))
            if one is not None
        }
        numbers = sides(limits, whole=path in ("patient.age", "cancer.pets_before"))
        named = dict.fromkeys(leaf.one_of[0] for leaf in read if leaf.path == path and leaf.one_of)
        truths = [True, False] if True in named else []
        found[path] = [*numbers, *named, *(t for t in truths if t not in named)]
    return found


FIELDS = {study: fields_of(study) for study in STUDIES}


def with_field(case: Case, path: str, value: Any) -> Case:
    return with_facts(case, (Field(path, value),))


def findings(study: str, *statuses: str) -> st.SearchStrategy[tuple[Finding, ...]]:
    """Findings that the study's rules name, with the details that they ask for and without them."""
    named = sorted({leaf.id for leaf in LEAVES[study] if isinstance(leaf, FindingLeaf)})
    one = st.builds(
        Finding,
        st.sampled_from(named),
        st.sampled_from(statuses),
        side=st.sampled_from((None, "left", "right")),
        onset=st.sampled_from((None, "sudden", "gradual")),
        severity=st.sampled_from((None, "mild", "severe")),
        charted=charted,
    )
    return st.lists(one, max_size=6, unique_by=lambda f: f.id).map(tuple)


treatments = st.lists(
    st.builds(
        Treatment,
        st.sampled_from(("physical_therapy", "nsaid", "home_exercise", "injection")),
        st.sampled_from(("present", "absent")),
        weeks=st.sampled_from((None, 2, 4, 6, 9)),
        directed=st.sampled_from((None, "provider", "self")),
        charted=charted,
    ),
    max_size=3,
    unique_by=lambda t: t.kind,
).map(tuple)
visits = st.lists(
    st.builds(
        Evaluation, st.sampled_from((None, TODAY - timedelta(days=20), TODAY - timedelta(days=300))),
        st.sampled_from((None, True, False)), charted=charted,
    ),
    max_size=1,
).map(tuple)  # fmt: skip


def pictures(study: str, *statuses: str, least: int = 0) -> st.SearchStrategy[tuple[Imaging, ...]]:
    named = sorted({(leaf.modality, leaf.region) for leaf in LEAVES[study] if isinstance(leaf, ImagingLeaf)})
    if not named:
        return st.just(())
    one = st.builds(
        lambda which, **rest: Imaging(*which, **rest), st.sampled_from(named), status=st.sampled_from(statuses),
        result=st.sampled_from((None, "normal", "abnormal", "fracture")), charted=charted,
    )  # fmt: skip
    return st.lists(one, min_size=least, max_size=1).map(tuple)


def case_of(study: str) -> st.SearchStrategy[Case]:
    """Cases of a study: what its rules ask for, said or not, in the record or not."""
    contrasts = sorted(set(LIBRARY.studies[study].cpt.values()))
    bare = st.builds(
        Case,
        st.just(TODAY),
        st.builds(
            Study, st.just(study), side=st.sampled_from(("left", None)), contrast=st.sampled_from((None, *contrasts))
        ),
        st.builds(
            Plan,
            st.sampled_from((None, "medicare_original", "individual_aca")),
            payer=st.sampled_from((None, "Cigna", "Aetna", "Anthem")),
        ),
        findings=findings(study, "present", "absent", "uncertain", "historical"),
        treatments=treatments,
        imaging=pictures(study, "present", "absent"),
        evaluations=visits,
        symptom_weeks=st.sampled_from((None, 2, 8, 30)),
    )
    fields = [st.tuples(st.just(path), st.sampled_from(values)) for path, values in FIELDS[study].items()]
    said = st.lists(st.one_of(fields), max_size=3, unique_by=lambda f: f[0]) if fields else st.just([])
    return st.tuples(bare, said).map(lambda made: reduce(lambda case, f: with_field(case, *f), made[1], made[0]))


cases = st.sampled_from(STUDIES).flatmap(case_of)


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
@given(st.data(), st.sampled_from(STUDIES), st.sampled_from((None, 2, 30)))
def test_what_is_not_known_settles_nothing(data: st.DataObject, study: str, weeks: float | None) -> None:
    unseen = data.draw(pictures(study, "uncertain"))
    unsure = tuple(f for f in data.draw(findings(study, "uncertain")) if "uncertain" not in STATUSES_ASKED[f.id])
    found = assess(Case(TODAY, Study(study), findings=unsure, imaging=unseen, symptom_weeks=weeks), LIBRARY)
    assert found.verdict == "gaps"


def one_more(case: Case) -> st.SearchStrategy[Case]:
    """The case with one more fact, of something that nobody has said a word about."""
    study = case.study.id or ""
    said = {f.id for f in case.findings}
    # What one finding implies is said with it: its absence would contradict, and not add to, what was said.
    near = {other for id in said for other in (*LIBRARY.implied_by(id), *LIBRARY.implying(id))}
    unsaid = sorted({leaf.id for leaf in LEAVES[study] if isinstance(leaf, FindingLeaf)} - said - near)
    facts: list[st.SearchStrategy[Any]] = [st.just(Field("symptom_weeks", 8))] if case.symptom_weeks is None else []
    if unsaid:
        facts.append(
            st.builds(
                Finding,
                st.sampled_from(unsaid),
                st.sampled_from(("present", "absent", "historical")),
                onset=st.sampled_from((None, "sudden")),
                severity=st.sampled_from((None, "severe")),
                charted=charted,
            )
        )
    if not case.treatments:
        facts.append(st.builds(Treatment, st.just("physical_therapy"), weeks=st.sampled_from((2, 9)), charted=charted))
    if not case.evaluations:
        facts.append(st.builds(Evaluation, st.just(TODAY), charted=charted))
    if not case.imaging and any(isinstance(leaf, ImagingLeaf) for leaf in LEAVES[study]):
        facts.append(pictures(study, "present", "absent", least=1).map(lambda some: some[0]))
    for path, values in FIELDS[study].items():
        if field_value(Scene(case, LIBRARY.studies[study], LIBRARY, TODAY), path) is None:
            facts.append(st.builds(Field, st.just(path), st.sampled_from(values)))
    return st.one_of(facts).map(lambda fact: with_facts(case, (fact,)))


@settings(max_examples=150)
@given(st.data(), cases)
def test_a_further_fact_never_makes_what_was_settled_unknown(data: st.DataObject, case: Case) -> None:
    more = data.draw(one_more(case))
    before, after = assess(case, LIBRARY), assess(more, LIBRARY)
    results = {g.id: g.result for g in after.guidelines}
    for guideline in before.guidelines:
        if guideline.result in ("met", "arguable"):
            assert results.get(guideline.id) != "not_known", guideline.id


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
        results = (None, *IMAGING_RESULTS)
        done = [Imaging(rest[0], rest[1], result=r, date=TODAY, charted="yes") for r in results]
        other = tuple(i for i in case.imaging if i.region != rest[1])
        return [replace(case, imaging=(*other, one)) for one in (*done, Imaging(rest[0], rest[1], status="absent"))]
    if head == "evaluation":
        after = "after the care" in gap.say
        return [replace(case, evaluations=(Evaluation(TODAY, after, charted="yes"),))]
    if gap.fact == "symptom_weeks" and gap.kind == "act":
        lasted = re.search(r"has lasted ([\d.]+) week", gap.say)
        assert lasted is not None
        return [replace(case, symptom_weeks=float(lasted.group(1)))]
    if gap.fact == "symptom_weeks":
        return [replace(case, symptom_weeks=w) for w in (2, 6, 12, 30)]
    if gap.fact == "study.contrast":
        asked = [one for one, words in CONTRAST.items() if gap.say.endswith(f" should be {words}.")]
        return [replace(case, study=replace(case.study, cpt=(), contrast=one)) for one in asked]
    if gap.fact in FIELDS[case.study.id or ""]:
        return [with_field(case, gap.fact, value) for value in FIELDS[case.study.id or ""][gap.fact]]
    said = [f for f in case.findings if f.id != gap.fact]
    if "ruled this out" in gap.say:
        return [replace(case, findings=(*said, Finding(gap.fact, "absent")))]
    # Only what the gap names is filled: an injury that is also severe fills more than "an injury".
    asked_for_detail = {"severity": "severe", "onset": "sudden"}
    detail: dict[str, Any] = {name: value for name, value in asked_for_detail.items() if value in gap.say}
    sided = [
        Finding(gap.fact, status, side=s, charted="yes", **detail)
        for s in (None, "left", "right")
        for status in STATUSES_ASKED[gap.fact]
    ]
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


ACUTE_AND_NOT = Case(TODAY, Study("ct-abdomen-pelvis", contrast="wo"))
"""Asks how long it has lasted for two scenarios, of which one must not match: no way may need both answers."""
A_PICTURE_EITHER_WAY = Case(
    TODAY, Study("mri-pelvis-prostate", contrast="wo"), findings=(Finding("adnexal_mass", charted="yes"),)
)
ONE_PICTURE_IN_TWO_RULES = Case(TODAY, Study("mri-abdomen-mrcp", contrast="wo"))
"""Two scenarios ask for one ultrasound, and only the fever tells them apart: no way may need it and need it not."""
SUDDEN_IS_PLAIN_TOO = Case(TODAY, Study("mri-brain"), findings=(Finding("weakness", charted="no"),))


@settings(max_examples=60)
@given(cases)
@example(ACUTE_AND_NOT)
@example(SUDDEN_IS_PLAIN_TOO)
@example(A_PICTURE_EITHER_WAY)
@example(ONE_PICTURE_IN_TWO_RULES)
def test_a_way_is_enough_and_nothing_less_is(case: Case) -> None:
    found = assess(case, LIBRARY)
    for gaps in sampled_ways(found):
        assert could_be_met(case, gaps, found.ways[0].guideline), [g.say for g in gaps]
        for fewer in combinations(gaps, len(gaps) - 1):
            # Two gaps of one kind of fact (more care, and a note of the care so far) are filled together here, and so
            # are two needs of one field (a kind of cancer, and any other kind) or of one picture (a mass, or none).
            asked = [gap.fact for gap in found.gaps]
            fields = {*FIELDS[case.study.id or ""], "symptom_weeks"}
            either = [g for g in fewer if g.kind == "ask" and (g.fact in fields or g.fact.startswith("imaging."))]
            twice = any(asked.count(gap.fact) > 1 for gap in either)
            if kinds_of(fewer) != kinds_of(gaps) and not twice:
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
    numbers = [sum(sets.bit(Fill("ask", str(n), "", "patient", str(n))) for n in one) for one in given_sets]
    kept = [frozenset(sets.fills_in(mask)) for mask in sets.smallest(numbers)]
    assert all(any(k <= frozenset(sets.fills_in(one)) for k in kept) for one in numbers)
    assert all(not (a < b) for a in kept for b in kept)


def test_no_set_joins_a_fill_and_its_opposite() -> None:
    sets = FillSets()
    fever, none, pain = (sets.bit(Fill("ask", n, "", "patient", n)) for n in ("fever", "not fever", "pain"))
    assert set(sets.joined([(fever, pain), (none,)])) == {none | pain}
    assert sets.joined([(fever,), (none,)]) == ()


_BRINGS = {0: {1}, 2: {3, 4}}
"""Fills that bring others along."""
some_fills = st.frozensets(st.integers(0, 5))


@settings(max_examples=400)
@example([frozenset({3, 5}), frozenset({4, 5})], frozenset({3}), frozenset())
@given(st.lists(some_fills, max_size=6), some_fills, some_fills)
def test_what_an_answer_leaves_of_the_ways_is_the_smallest_and_nearest(
    begin: list[frozenset[int]], filled: frozenset[int], closed: frozenset[int]
) -> None:
    sets = FillSets()
    bits = [
        sets.bit(Fill("ask", str(n), "", "patient", str(n), (), frozenset(map(str, _BRINGS.get(n, ())))))
        for n in range(6)
    ]
    masks = sets.nearest(sets.smallest(sum(bits[n] for n in one) for one in begin))
    begun = [frozenset(n for n in range(6) if mask & bits[n]) for mask in masks]
    assert set(begun) == nearest(set(begin))
    effect = Effect(sum(bits[n] for n in filled), sum(bits[n] for n in closed - filled), {})
    left = {frozenset(n for n in range(6) if mask & bits[n]) for mask in after(masks, effect, sets)}
    assert left == nearest({one - filled for one in begun if not one & (closed - filled)})


def nearest(ways: set[frozenset[int]]) -> set[frozenset[int]]:
    """The smallest of these sets, but for those that fill all that another fills, and more."""

    def reach(one: frozenset[int]) -> frozenset[int]:
        return one.union(*(_BRINGS.get(n, ()) for n in one))

    smallest = {one for one in ways if not any(other < one for other in ways)}
    return {one for one in smallest if not any(o <= reach(one) and not one <= reach(o) for o in smallest)}


@quick
@given(cases)
def test_supposing_an_answer_is_the_same_as_knowing_it(case: Case) -> None:
    """What a supposed answer leaves open is found from what was found before: it must be what a fresh look finds."""
    study = LIBRARY.studies[case.study.id or ""]
    scene = scene_of(case, study, LIBRARY, TODAY)
    for guideline in LIBRARY.guidelines_for(study.id):
        opened(guideline, scene)
        rule = LIBRARY.leaves_for(study.id, guideline)
        for id in (*study.red_flag_questions, *study.questions, "treatment.kinds", "symptom_weeks"):
            question = question_for(id, case, LIBRARY)
            answers = [value for _, value in likely_answers(question, scene, rule)] if question else []
            for value in (answers[0], answers[-1]) if question and answers else ():
                assert question is not None
                then = Supposed(question, facts_from_answer(question, value, case), scene).scene
                afresh = Scene(then.case, study, LIBRARY, TODAY)
                assert opened(guideline, then) == opened(guideline, afresh)
                for verdict in ("gaps", "arguable"):
                    # How much is open is an estimate where the scan is to be asked for with another contrast.
                    still = outlook(guideline, scene, verdict).open_after(question, value)
                    fresh = outlook(guideline, afresh, verdict)
                    # A way by a finding that includes another was left out beside the way by that other one.
                    longer = any(way & afresh.sets.further for way in fresh.ways)
                    assert longer or (still == 0) == (fresh.open() == 0)


@quick
@given(cases)
def test_beginning_from_silence_gives_what_a_fresh_look_gives(case: Case) -> None:
    study = LIBRARY.studies[case.study.id or ""]
    afresh, begun = Scene(case, study, LIBRARY, TODAY), scene_of(case, study, LIBRARY, TODAY)
    for guideline in LIBRARY.guidelines_for(study.id):
        assert opinion(guideline, begun) == opinion(guideline, afresh)
        assert opened(guideline, begun) == opened(guideline, afresh)
        for tree in trees(guideline, afresh):
            for want in (True, False):
                assert evaluate(tree, begun, want) == evaluate(tree, afresh, want)
                assert fills_of(tree, begun, want) == fills_of(tree, afresh, want)


@quick
@given(cases)
def test_a_check_finds_out_nothing_more_about_silence(case: Case) -> None:
    """Checks at the same time share it, so that it must be whole before any of them looks at it."""
    silent = scene_of(case, LIBRARY.studies[case.study.id or ""], LIBRARY, TODAY).before
    assert silent is not None
    kept = (silent.sets.fills, silent.ways, silent.judged, silent.traces, silent.opened)
    before = [len(one) for one in kept]
    assess(case, LIBRARY)
    assert [len(one) for one in kept] == before


def fills_of(tree: Node, scene: Scene, want: bool) -> set[frozenset[Fill]]:
    return {frozenset(scene.sets.fills_in(mask)) for mask in ways(tree, scene, want)}


def opened(guideline: Guideline, scene: Scene) -> tuple[Any, ...]:
    result, refused = result_of(guideline, scene)
    assert (opinion(guideline, scene).result, opinion(guideline, scene).refused) == (result, refused)
    found = open_sets(guideline, scene).items()
    return result, refused, {(name, frozenset(scene.sets.fills_in(mask))) for mask, name in found}
