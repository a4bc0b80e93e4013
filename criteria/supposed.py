"""What would be so once a question was answered, and what would be open then, found from what is open now.

An answer changes a few leaves of the rules. In the ways that were open before it each of these is put in again as it
then is, which is a small part of the work of finding all ways anew.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from criteria.facts import Case, Evaluation, FactValue, Field, Finding, Imaging, Treatment, same_thing, with_changes
from criteria.fill_sets import FillSets, bits_in, union
from criteria.judging import judge
from criteria.leaves import Effect, InSilence, Node, Scene, Turns
from criteria.library.records import Guideline, StudyRecord
from criteria.results import Question
from criteria.tree import fills_of, ways

_NOTHING: Mapping[Node, Turns | None] = MappingProxyType({})


@dataclass(frozen=True)
class Supposed:
    """A question supposed to be answered with these facts, in a scene."""

    question: Question
    facts: tuple[FactValue, ...]
    before: Scene

    @cached_property
    def scene(self) -> Scene:
        """The scene as it would be then. Made where it is looked at: often the effect is known without it."""
        case = self.before.case
        then = with_facts(case, self.facts, case.settled | {self.question.id})
        return self.before.with_case(then, read_as(self.facts, self.before.study))


def read_as(facts: Iterable[FactValue], study: StudyRecord) -> frozenset[str]:
    """The keys under which rules read these facts (see `Library.reads`)."""
    return frozenset(key for fact in facts for key in _keys(fact, study))


def _keys(fact: FactValue, study: StudyRecord) -> tuple[str, ...]:
    if isinstance(fact, Finding):
        tells_length = fact.id in study.complaints and (fact.weeks is not None or fact.since is not None)
        return (fact.id, "symptom_weeks") if tells_length else (fact.id,)
    if isinstance(fact, Field):
        return (fact.path,)
    if isinstance(fact, Imaging):
        return (f"imaging.{fact.modality}",)
    return (f"treatment.{fact.kind}" if isinstance(fact, Treatment) else "evaluation",)


def with_facts(case: Case, facts: tuple[FactValue, ...], settled: frozenset[str] | None = None) -> Case:
    """The case with these facts added, and with these questions settled where they are given.

    A treatment, picture or visit already there takes the new details.
    """
    findings, treatments = list(case.findings), list(case.treatments)
    imaging, visits = list(case.imaging), list(case.evaluations)
    # Most of a list's answer is new.
    told, cared = {finding.id for finding in findings}, {treatment.kind for treatment in treatments}
    for fact in facts:
        if isinstance(fact, Finding) and fact.id not in told:
            findings.append(fact)
            told.add(fact.id)
        elif isinstance(fact, Finding):
            old = next((f for f in findings if f.id == fact.id and f.status == fact.status), None)
            findings = [*(f for f in findings if f.id != fact.id), _filled(old, fact)]
        elif isinstance(fact, Treatment) and fact.kind not in cared:
            treatments.append(fact)
            cared.add(fact.kind)
        elif isinstance(fact, Treatment):
            old_t = next((t for t in treatments if t.kind == fact.kind and t.status == fact.status), None)
            treatments = [*(t for t in treatments if t.kind != fact.kind), _filled(old_t, fact)]
        elif isinstance(fact, Imaging):
            old_i = next((i for i in imaging if same_thing(fact, i)), None)
            details = old_i if old_i is not None and old_i.status == fact.status else None
            imaging = [*(i for i in imaging if i is not old_i), _filled(details, fact)]
        elif isinstance(fact, Evaluation):
            old_e = next((e for e in visits if e.status == fact.status), None)
            visits = [*(e for e in visits if e is not old_e), _filled(old_e, fact)]
        else:
            case = _with_field(case, fact)
    return with_changes(
        case,
        findings=tuple(findings),
        treatments=tuple(treatments),
        imaging=tuple(imaging),
        evaluations=tuple(visits),
        settled=case.settled if settled is None else settled,
    )


def _filled(old: Any, new: Any) -> Any:
    if old is None:
        return new
    said = {n: getattr(new, n) for n in new.__dataclass_fields__ if getattr(new, n) not in (None, "unknown")}
    return with_changes(old, **said)


def _with_field(case: Case, value: Field) -> Case:
    part, _, name = value.path.partition(".")
    if not name:
        return with_changes(case, **{part: value.value})
    return with_changes(case, **{part: with_changes(getattr(case, part), **{name: value.value})})


def effect_of(supposed: Supposed, guideline: Guideline) -> Effect | None:
    """What the facts, once they are said, do to what is open for a guideline.

    None where that does not tell all: they change what was met or closed already (care that no longer counts), wake a
    scenario that counts only if it is said, leave a detail to be asked for, or mean one thing to one rule and another
    to the next that lacks the same (a picture is asked for by several rules, each for its own result).
    """
    effect = _effect_of(supposed, guideline)
    return None if effect is not None and _wakes(effect, guideline, supposed.before) else effect


def _wakes(effect: Effect, guideline: Guideline, scene: Scene) -> bool:
    """Whether a scenario that counts only if it is said is so now."""
    if not effect.filled:
        return False
    still = ~effect.filled
    for scenario in guideline.scenarios:
        if scenario.only_if_said:
            asleep = ways(scenario.when, scene)
            if 0 not in asleep and not all(one & still for one in asleep):
                return True
    return False


def _effect_of(supposed: Supposed, guideline: Guideline) -> Effect | None:
    facts, scene = supposed.facts, supposed.before
    silent = scene.before if scene.finished_before else None
    if silent is None or not all(map(_is_of_any_day, facts)):
        return _effect(_turned_leaves(supposed.scene, scene, guideline), scene.sets)
    known = silent.effects.get((guideline.id, facts))
    if known is None:
        known = silent.effects[guideline.id, facts] = _in_silence(facts, guideline, silent)
    said = scene.changed - _beside_the_point(facts)
    if known.whole and said.isdisjoint(known.rests_on):
        return known.effect
    return _effect(_turned_leaves(supposed.scene, scene, guideline, known.turns, said), scene.sets)


def _beside_the_point(facts: tuple[FactValue, ...]) -> frozenset[str]:
    """What the leaves that read these facts of any day read besides, and what changes nothing about the facts.

    A rule asks how long the problem has lasted to see which dated pictures are of it.
    """
    return frozenset(("symptom_weeks",)) if all(isinstance(fact, Imaging) for fact in facts) else frozenset()


def _is_of_any_day(fact: FactValue) -> bool:
    """Whether the fact means the same on every day: without a date nothing is counted back from the check."""
    if isinstance(fact, Finding):
        return fact.since is None
    if isinstance(fact, Treatment):
        return fact.start is None and fact.end is None
    return not isinstance(fact.value if isinstance(fact, Field) else fact.date, date)


def _in_silence(facts: tuple[FactValue, ...], guideline: Guideline, silent: Scene) -> InSilence:
    library, changed = silent.library, read_as(facts, silent.study)
    then = replace(silent.with_case(with_facts(silent.case, facts), changed), sets=silent.sets.copy())
    turns = dict(_turned_leaves(then, silent, guideline))
    rests_on = changed.union(*map(library.reads.__getitem__, turns))
    # A fill that is new has no bit yet in the sets that every check begins with.
    end = 1 << len(silent.sets.fills)
    kept = {node: one for node, one in turns.items() if one is None or all(union(now) < end for _, now in one)}
    return InSilence(_effect(turns.items(), then.sets), len(kept) == len(turns), rests_on, kept)


def _turned_leaves(
    then: Scene,
    before: Scene,
    guideline: Guideline,
    in_silence: Mapping[Node, Turns | None] = _NOTHING,
    said: frozenset[str] = frozenset(),
) -> Iterator[tuple[Node, Turns | None]]:
    """The leaves that read what has changed, each with what becomes of it: as in silence where nothing that was `said`
    before bears on it."""
    library = then.library
    reading = library.leaves_reading(then.study.id, guideline)
    for node in {node for key in then.changed for node in reading.get(key, ())}:
        if node in in_silence and said.isdisjoint(library.reads[node]):
            yield node, in_silence[node]
        else:
            yield node, _turns(node, then, before)


def _turns(node: Node, then: Scene, before: Scene) -> Turns | None:
    """What becomes of a leaf; None where that is more than what was open giving way to something else."""
    found, first = [], then.library.first_like[node]
    for want in (True, False):
        was = ways(node, before, want)
        # It is looked at again only where an estimate will not do.
        judged = then.judged[first, want] = judge(node.condition, then, want)
        now = fills_of(judged, then, want)
        if was in ((0,), ()):
            if now != was:
                return None
            continue
        opened = union(was)
        if any(then.asked(bit).ask != before.asked(bit).ask for bit in bits_in(opened)):
            return None
        found.append((opened, now))
    return tuple(found)


def _effect(turned: Iterable[tuple[Node, Turns | None]], sets: FillSets) -> Effect | None:
    by_need: dict[str, tuple[int, ...]] = {}
    changed: dict[int, tuple[int, ...]] = {}
    for _, turns in turned:
        if turns is None:
            return None
        for opened, now in turns:
            for bit in bits_in(opened):
                changed[bit] = now
                if by_need.setdefault(sets.fills[bit.bit_length() - 1].need, now) != now:
                    return None
    return Effect(
        union(bit for bit, now in changed.items() if now == (0,)),
        union(bit for bit, now in changed.items() if not now),
        {bit: now for bit, now in changed.items() if now not in ((0,), (), (bit,))},
    )


def after(sets: Collection[int], effect: Effect, fills: FillSets) -> tuple[int, ...]:
    """The same sets of fills, of which none is a part of another, as they are once it is said."""
    turning = union(effect.turned)
    told = effect.filled | turning
    still_open = [one for one in sets if not one & effect.closed]
    as_before = [one for one in still_open if not one & told]
    if len(as_before) == len(still_open):
        return tuple(still_open)
    less = [one & ~effect.filled for one in still_open if one & told]
    if 0 in less:
        return (0,)
    if not union(less) & turning:
        # A set that has lost some fills can be a part of one that has not, and never the other way round.
        least = fills.smallest(less)
        return fills.nearest((*least, *fills.without_parts(as_before, least)))
    # What a set becomes when some of its fills give way to others.
    changed = [
        way
        for one in less
        for way in fills.joined([(one & ~turning,), *(effect.turned[bit] for bit in bits_in(one & turning))])
    ]
    return fills.nearest(fills.smallest([*as_before, *changed]))
