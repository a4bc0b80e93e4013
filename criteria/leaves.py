"""The leaves of a rule: what each asks of a case, and the shapes of what judging one gives.

A leaf judged against a case is met, not met or not known. Where it is not met or not known it says what would fill it:
*ask* (nobody has said), *chart* (said, but not in the record), *act* (still to be done); no way to fill it is *closed*.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Union

from criteria.facts import Case, FactValue, Finding
from criteria.fill_sets import FillSets
from criteria.payers import payer_ids
from criteria.results import Trace, Value

if TYPE_CHECKING:
    from criteria.care import Given
    from criteria.library.records import Library, Rate, Scenario, StudyRecord
    from criteria.opinions import Opinion
    from criteria.tree import Below


@dataclass(frozen=True)
class FindingLeaf:
    """A finding with one of these statuses. `region`: `study` (the regions that bear on the study) or `any`.

    `only_if_said`: a detail (onset, severity, side) that nobody said counts as not so, and is not asked for; in a leaf
    without details, the finding itself.
    """

    id: str
    status: tuple[str, ...] = ("present",)
    region: Literal["study", "any"] | tuple[str, ...] = "study"
    onset: str | None = None
    severity: str | None = None
    sides: tuple[str, ...] = ()
    only_if_said: bool = False


@dataclass(frozen=True)
class FieldLeaf:
    """A single value of the case: a number within bounds (`less_than` is exclusive), or one of some values."""

    path: str
    at_least: float | None = None
    at_most: float | None = None
    less_than: float | None = None
    one_of: tuple[Any, ...] = ()


@dataclass(frozen=True)
class CareLeaf:
    """Care of these kinds for at least `weeks` (0: any at all), counted within the last `within_weeks` weeks.

    `directed`: only care a clinician directed counts. `since_onset`: only care for this episode. `failed`: care that
    resolved the problem does not count.
    """

    weeks: float
    kinds: tuple[str, ...]
    directed: bool = False
    within_weeks: float | None = None
    since_onset: bool = False
    failed: bool = False


@dataclass(frozen=True)
class ImagingLeaf:
    """An earlier picture of the study's region and side, with one of these results, if any are named."""

    modality: str
    region: str
    results: tuple[str, ...] = ()
    since_onset: bool = False
    within_weeks: float | None = None


@dataclass(frozen=True)
class EvaluationLeaf:
    """A visit with a clinician, within so many days, or after the care when `after_treatment`."""

    within_days: int | None = None
    after_treatment: bool = False


Leaf = Union[FindingLeaf, FieldLeaf, CareLeaf, ImagingLeaf, EvaluationLeaf]


@dataclass(frozen=True, eq=False)
class Node:
    """A rule tree. `say` is what it asks in our words; `ours` marks a threshold that is ours, never cited.

    A node is equal to itself alone, so that what was found out about it is looked up quickly.
    """

    op: Literal["all", "any", "at_least", "not", "leaf"]
    say: str
    of: tuple[Node, ...] = ()
    n: int | None = None
    leaf: Leaf | None = None
    source: str = ""
    ours: bool = False

    @property
    def condition(self) -> Leaf:
        """What a leaf asks. Raises TypeError for a node that is none."""
        if self.leaf is None:
            raise TypeError(f"a node without a condition: {self.say}")
        return self.leaf

    @cached_property
    def leaves(self) -> tuple[tuple[Node, bool], ...]:
        """The leaves below it, each with the value that is wanted of it where this node is to be met."""
        if self.op == "leaf":
            return ((self, True),)
        found = (one for part in self.of for one in part.leaves)
        return tuple((leaf, not want) for leaf, want in found) if self.op == "not" else tuple(found)


class Fill(NamedTuple):
    """One thing that would fill a leaf. `need` tells apart different needs of the same fact.

    Whatever it is asked by or brings along, it is the same fill.
    """

    kind: Literal["ask", "chart", "act"]
    fact: str
    say: str
    who: Literal["patient", "clinic", "payer"]
    need: str
    ask: tuple[str, ...] = ()
    """Ids of the questions that would settle it, best first; only for *ask*."""
    brings: frozenset[str] = frozenset()
    """Needs that are filled along with it: a first headache after 50 is a headache, a visit after care is a visit."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fill) and self[:5] == other[:5]

    def __hash__(self) -> int:
        return hash(self[:5])


class Judged(NamedTuple):
    """A leaf against a case. `fills`: alternative sets, any one of which would give the wanted value; () is closed."""

    value: Value
    facts: tuple[str, ...] = ()
    fills: tuple[frozenset[Fill], ...] = ()
    uncharted: tuple[tuple[str, str], ...] = ()
    """Facts that count although nobody knows whether the record has them: key and words."""


@dataclass(frozen=True)
class Effect:
    """What facts do to what was open, once they are said: these fills are `filled`, these `closed` for good, and these
    `turned` into others."""

    filled: int
    closed: int
    turned: Mapping[int, tuple[int, ...]]


Turns = tuple[tuple[int, tuple[int, ...]], ...]
"""What facts make of a leaf: each set of fills that was open for it, with the sets that it gives way to."""


@dataclass(frozen=True)
class InSilence:
    """What facts do to a guideline where nothing else was said, and for as long as nothing is said of what that
    `rests_on`: the keys of the leaves that read the facts. `turns` are those leaves; one that would ask for something
    that nobody is asked in silence is not among them, and then it is not `whole`."""

    effect: Effect | None
    whole: bool
    rests_on: frozenset[str]
    turns: Mapping[Node, Turns | None]


@dataclass(frozen=True)
class Scene:
    """A case seen for its study, on the day whose rules are used.

    It keeps what was found out about it, for as long as it is looked at. A scene made from another one (`before`)
    shares that, as far as it rests on nothing that `changed`. `finished_before`: that other one is whole (see
    `silence`), and is looked at without finding out more about it.
    """

    case: Case
    study: StudyRecord
    library: Library
    day: date
    sets: FillSets = field(default_factory=FillSets, compare=False, repr=False)
    before: Scene | None = field(default=None, compare=False, repr=False)
    changed: frozenset[str] = frozenset()
    finished_before: bool = False
    traces: dict[tuple[Node, bool], Trace] = field(default_factory=dict, compare=False, repr=False)
    judged_leaves: dict[tuple[Node, bool], tuple[tuple[Node, Judged, bool], ...]] = field(
        default_factory=dict, compare=False, repr=False
    )
    below: dict[tuple[Node, bool], Below] = field(default_factory=dict, compare=False, repr=False)
    judged: dict[tuple[Node, bool], Judged] = field(default_factory=dict, compare=False, repr=False)
    care: dict[int, Given] = field(default_factory=dict, compare=False, repr=False)
    """What `care` has found out about a leaf, by the leaf's `id`: it is of the library, and stands for all its equals
    (`Library.first_like`)."""
    values: dict[tuple[Node, bool], Value] = field(default_factory=dict, compare=False, repr=False)
    ways: dict[tuple[Node, bool], tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    opinions: dict[str, Opinion] = field(default_factory=dict, compare=False, repr=False)
    """Guideline -> its opinion."""
    opened: dict[tuple[str, int], dict[int, str]] = field(default_factory=dict, compare=False, repr=False)
    refusing: dict[str, tuple[int, ...]] = field(default_factory=dict, compare=False, repr=False)
    asks: dict[int, Fill] = field(default_factory=dict, compare=False, repr=False)
    """Fills as this scene asks for them, by their bit: the questions for the same fill can differ."""
    effects: dict[tuple[str, tuple[FactValue, ...]], InSilence] = field(
        default_factory=dict, compare=False, repr=False
    )
    """Guideline and facts -> what these do to it where nothing else was said."""
    rated: dict[str, list[tuple[Scenario, Rate | None]]] = field(default_factory=dict, compare=False, repr=False)
    """Guideline -> its scenarios with their rates for the study as asked for; None where that version is not rated."""

    def with_case(self, case: Case, changed: frozenset[str]) -> Scene:
        """The same scene with other facts; `changed` are the keys under which rules read them (`Library.reads`)."""
        rated = self.rated if case.study is self.case.study else {}
        return Scene(case, self.study, self.library, self.day, self.sets, self, changed, rated=rated)

    def asked(self, bit: int) -> Fill:
        """The fill with this bit as this scene asks for it; what only a supposed answer brought up, as that did."""
        scene = self
        while scene.before is not None and bit not in scene.asks:
            scene = scene.before
        return scene.asks.get(bit) or self.sets.fills[bit.bit_length() - 1]

    @cached_property
    def as_said(self) -> Scene:
        """The scene as if the record had everything that was said: what a case is about does not hang on the record."""
        given = self.case.findings, self.case.treatments, self.case.imaging, self.case.evaluations
        if all(one.charted != "no" for some in given for one in some):
            return self
        findings, treatments, imaging, visits = (tuple(map(_noted, some)) for some in given)
        case = replace(self.case, findings=findings, treatments=treatments, imaging=imaging, evaluations=visits)
        before = self.before.as_said if self.before is not None else None
        finished, rated = self.finished_before, self.rated
        return Scene(case, self.study, self.library, self.day, self.sets, before, self.changed, finished, rated=rated)

    @cached_property
    def payers(self) -> tuple[str | None, str | None]:
        """The payer and the reviewer of the case, as `payer_ids` gives them."""
        return payer_ids(self.case, self.library)

    @cached_property
    def findings_told(self) -> Mapping[str, Sequence[Finding]]:
        """Finding -> what was said of it."""
        told: dict[str, list[Finding]] = {}
        for finding in self.case.findings:
            told.setdefault(finding.id, []).append(finding)
        return told

    @property
    def symptom_weeks(self) -> float | None:
        """How long the problem has lasted: as said, else the longest of the study's usual complaints."""
        if self.case.symptom_weeks is not None:
            return self.case.symptom_weeks
        lengths = [
            f.weeks if f.weeks is not None else (self.case.as_of - (f.since or self.case.as_of)).days / 7
            for f in self.case.findings
            if f.id in self.study.complaints
            and f.status == "present"
            and (f.weeks is not None or f.since is not None)
            and self.concerns(f.region, f.side)
        ]
        return max(lengths) if lengths else None

    @property
    def onset(self) -> date | None:
        """About when the problem began."""
        weeks = self.symptom_weeks
        return None if weeks is None else self.case.as_of - timedelta(days=round(weeks * 7))

    def concerns(self, region: str | None, side: str | None, anywhere: bool = False) -> bool:
        """Whether something at this place and side bears on the study; a place nobody named does."""
        if self.study.sided and {side, self.case.study.side} == {"left", "right"}:
            return False
        return anywhere or region is None or not self.study.body or region in self.study.body


def _noted(said: Any) -> Any:
    return replace(said, charted="unknown") if said.charted == "no" else said


def met(facts: Iterable[str], uncharted: Iterable[tuple[str, str]] = ()) -> Judged:
    """Met by these facts; `uncharted` are those that nobody knows to be in the record, with their words."""
    return Judged("met", tuple(facts), (), tuple(uncharted))


def note_to_get(fact: str, words: str, need: str) -> Fill:
    """A *chart* fill: said, and known not to be in the record."""
    return Fill("chart", fact, f"Ask the clinic to put this in the record: {words}.", "clinic", need)


def weeks_in_words(number: float) -> str:
    """A length of time as gaps say it: 1 week, 6 weeks, 4.5 weeks."""
    shown = f"{round(number, 1):g}"
    return "1 week" if shown == "1" else f"{shown} weeks"
