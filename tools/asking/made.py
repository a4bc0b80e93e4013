"""People made from the library's pathways: one whose hidden facts meet a pathway, and one who is a leaf short of it.

For a pathway, facts are chosen leaf by leaf (of alternatives one by lot, with a seed that is the pathway's name), and
the check on everything said must confirm them: the guideline decides, and the verdict is met (or arguable where the ACR
category is May Be Appropriate). What is not confirmed in `_TRIES` tries is not used. Nobody here is a real person.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random
from typing import Any

from criteria.assessment import assess
from criteria.facts import Evaluation, FactValue, Field, Finding, Imaging, Treatment
from criteria.ids import CANCER_PHASES
from criteria.leaves import CareLeaf, EvaluationLeaf, FieldLeaf, FindingLeaf, ImagingLeaf, Leaf, Node
from criteria.library.records import Guideline, Library, Pathway, Scenario, StudyRecord
from tools.asking.people import TODAY, Person, case_with, days_ago, family_of, told_in_full

_TRIES = 16
_GOOD = ("met", "arguable")
Need = tuple[Leaf, bool]


def made_people(library: Library, each: int) -> Iterator[Person]:
    """For every study and every authority with a rule for it: `each` pathways drawn by lot, met, and one leaf short."""
    for study in library.studies.values():
        rules: dict[str, list[tuple[Guideline, Scenario | Pathway]]] = {}
        for guideline in library.guidelines_for(study.id):
            if guideline.role == "rule" and guideline.in_force(TODAY):
                rules.setdefault(guideline.authority, []).extend((guideline, one) for one in _parts(guideline, study))
        for authority, pairs in rules.items():
            lot = Random(f"{study.id} {authority}")
            lot.shuffle(pairs)
            found = 0
            for guideline, part in pairs:
                if found == each:
                    break
                met = _met(study, guideline, part, library)
                if met is None:
                    continue
                found += 1
                yield met[0]
                short = _short(*met, library)
                if short is not None:
                    yield short


def _parts(guideline: Guideline, study: StudyRecord) -> list[Scenario | Pathway]:
    scenarios: list[Scenario | Pathway] = [
        s
        for s in guideline.scenarios
        if any(rate.category != "usually_not_appropriate" for rate in s.rates.get(study.id, {}).values())
    ]
    return scenarios + [p for p in guideline.pathways if study.id in p.studies]


def _met(
    study: StudyRecord, guideline: Guideline, part: Scenario | Pathway, library: Library
) -> tuple[Person, list[Need]] | None:
    name = f"{study.id}, {guideline.authority}, {part.id}"
    for attempt in range(_TRIES):
        lot = Random(f"{name} {attempt}")
        topic = _needs(guideline.about, True, lot) if guideline.about else []
        needs = [*topic, *_needs(part.when, True, lot)]
        # The first message says what brought the person to the doctor: what makes the topic theirs, where it has one.
        letter = (*_letter(study, guideline, attempt), *_findings(topic, study))
        person = _person(name, "met", study, letter, needs, library, lot)
        if person is None:
            continue
        found = assess(told_in_full(person, library), library)
        if found.verdict in _GOOD and found.decided_by == guideline.id:
            return replace(person, expect=found.verdict), needs
    return None


def _short(met: Person, needs: list[Need], library: Library) -> Person | None:
    """The same person without one of the facts that made it met; None when no single leaf matters."""
    study, lot = library.studies[met.hidden.study.id or ""], Random(f"{met.name} short")
    complaints = {value.id for value in met.start if isinstance(value, Finding)}
    order = list(range(len(needs)))
    lot.shuffle(order)
    for i in order:
        leaf, want = needs[i]
        if not want or _in_letter(leaf) or (isinstance(leaf, FindingLeaf) and leaf.id in complaints):
            continue
        fewer = [*needs[:i], (leaf, False), *needs[i + 1 :]]
        person = _person(f"{met.name}, a leaf short", "short", study, met.start, fewer, library, Random(met.name))
        if person is None or {v.id for v in person.start if isinstance(v, Finding)} != complaints:
            continue
        found = assess(told_in_full(person, library), library)
        if found.verdict not in _GOOD:
            return replace(person, expect=found.verdict)
    return None


def _letter(study: StudyRecord, guideline: Guideline, attempt: int) -> tuple[FactValue, ...]:
    """What the denial letter says: the study, its side, the kind of plan, and who pays or reviews."""
    applies = guideline.applies_to
    kinds = guideline.binding_for or applies.plan_types or ("employer_unknown_funding", "other", "medicaid_managed")
    said: list[FactValue] = [Field("study.id", study.id), Field("plan.type", kinds[attempt % len(kinds)])]
    if study.sided:
        said.append(Field("study.side", "left"))
    if applies.payers:
        said.append(Field("plan.payer", applies.payers[0]))
    elif applies.reviewers:
        said.append(Field("plan.reviewer", applies.reviewers[0]))
    return (*said, Field("denial.reasons", ("not_medically_necessary",)))


def _needs(node: Node, want: bool, lot: Random) -> list[Need]:
    """Leaves, each with the value it must have, that would make the tree met (or not met)."""
    if node.leaf is not None:
        return [(node.leaf, want)]
    if node.op == "not":
        return _needs(node.of[0], not want, lot)
    parts = list(node.of)
    count = len(parts) if node.op == "all" else 1 if node.op == "any" else node.n or 0
    if not want:
        count = len(parts) - count + 1
    chosen = sorted(lot.sample(range(len(parts)), count))
    return [need for i in chosen for need in _needs(parts[i], want, lot)]


def _person(
    name: str,
    kind: str,
    study: StudyRecord,
    letter: tuple[FactValue, ...],
    needs: list[Need],
    library: Library,
    lot: Random,
) -> Person | None:
    """The person for whom every need is so; None where two of them contradict one another.

    `letter` is what is known at the start; without a complaint in it, one of the study's usual ones is said as well.
    """
    facts = _facts(needs, study)
    if facts is None:
        return None
    present = [f for f in facts if isinstance(f, Finding)]
    denied = {leaf.id for leaf, want in needs if isinstance(leaf, FindingLeaf) and not want}
    if denied & {id for f in present for id in (f.id, *library.implied_by(f.id))}:
        return None
    start = letter
    if not any(isinstance(value, Finding) for value in letter):
        usual = [f.id for f in present if f.id in study.complaints] or [c for c in study.complaints if c not in denied]
        start = (*letter, *(Finding(id) for id in usual[:1]))
    told = {f.id for f in start if isinstance(f, Finding)}
    if told & denied:
        return None
    facts += [Finding(id) for id in sorted(told - {f.id for f in present})]
    hidden = case_with((*letter, *facts))
    return Person(name, family_of(hidden, library), kind, start, hidden)


def _findings(topic: list[Need], study: StudyRecord) -> list[FactValue]:
    """What somebody says of a topic: its findings, without the details."""
    return [Finding(f.id, f.status) for f in _facts(topic, study) or () if isinstance(f, Finding)]


def _facts(needs: list[Need], study: StudyRecord) -> list[FactValue] | None:
    side = "left" if study.sided else None
    facts: dict[Any, FactValue] = {}
    for leaf, want in needs:
        if isinstance(leaf, FindingLeaf) and want:
            region = leaf.region[0] if isinstance(leaf.region, tuple) else None
            where = leaf.sides[0] if leaf.sides else None
            facts[leaf.id] = Finding(leaf.id, leaf.status[0], region, where, leaf.onset, leaf.severity)  # type: ignore[arg-type]
        elif isinstance(leaf, CareLeaf):
            kind = leaf.kinds[0]
            weeks = leaf.weeks + 2 if want else max(leaf.weeks / 2, 1)
            if want or leaf.weeks >= 2:
                facts["care"] = Treatment(
                    kind, weeks=weeks, end=days_ago(10), directed="provider", outcome="none"
                )
        elif isinstance(leaf, ImagingLeaf) and want:
            result = leaf.results[0] if leaf.results else "normal"
            facts[leaf.modality, leaf.region] = Imaging(
                leaf.modality, leaf.region, side, date=days_ago(20), result=result
            )
        elif isinstance(leaf, EvaluationLeaf) and want:
            facts["visit"] = Evaluation(days_ago(5), True)
    single = [(leaf, want) for leaf, want in needs if isinstance(leaf, FieldLeaf) and not _in_letter(leaf)]
    for path in dict.fromkeys(leaf.path for leaf, _ in single):
        value = _value([(leaf, want) for leaf, want in single if leaf.path == path])
        if value is None:
            return None
        facts[path] = Field(path, value)
    return list(facts.values())


def _in_letter(leaf: Leaf) -> bool:
    return isinstance(leaf, FieldLeaf) and leaf.path.startswith(("study.", "plan."))


def _value(bounds: list[tuple[FieldLeaf, bool]]) -> Any:
    """A value within all bounds; None when there is none."""
    numbers = {n for leaf, _ in bounds for n in (leaf.at_least, leaf.at_most, leaf.less_than) if n is not None}
    tried: list[Any] = [n + more for n in sorted(numbers) for more in (2, -2, 0, 1, -1, 10) if n + more >= 0]
    tried += [value for leaf, _ in bounds for value in leaf.one_of]
    if not numbers:
        tried += [False] if tried == [True] else ["other", "none", *CANCER_PHASES]
        known = CANCER_PHASES if bounds[0][0].path == "cancer.phase" else tried
        tried = [value for value in tried if value in known]
    for value in tried:
        if all(_within(leaf, value) is want for leaf, want in bounds):
            return value
    return None


def _within(leaf: FieldLeaf, value: Any) -> bool:
    if leaf.one_of:
        return value in leaf.one_of
    if isinstance(value, (str, bool)):
        return False
    return (
        (leaf.at_least is None or value >= leaf.at_least)
        and (leaf.at_most is None or value <= leaf.at_most)
        and (leaf.less_than is None or value < leaf.less_than)
    )
