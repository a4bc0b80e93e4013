"""The library's records as values: what each YAML file holds once it has been read and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeVar

from criteria.deadline_rows import Table
from criteria.findings import FindingRecord
from criteria.ids import STATUSES
from criteria.leaves import CareLeaf, FieldLeaf, FindingLeaf, ImagingLeaf, Leaf, Node
from criteria.library.proofs import ProofRecord
from criteria.payers import plain_name
from criteria.red_flags import RedFlag
from criteria.results import Option

if TYPE_CHECKING:
    from criteria.leaves import Scene

_T = TypeVar("_T")
RecordStatus = Literal["verified", "paraphrased", "unverified"]
CATEGORIES = {"UA": "usually_appropriate", "MA": "may_be_appropriate", "NA": "usually_not_appropriate"}


@dataclass(frozen=True)
class Source:
    """Where a rule or figure was read. `place` is the section or page; `recheck_after` when it falls due.

    `file` is where the record stands, from the library's folder.
    """

    id: str
    title: str
    edition: str
    place: str
    url: str
    status: RecordStatus
    checked_on: date
    recheck_after: date
    file: str


@dataclass(frozen=True)
class StudyRecord:
    """A study. `body`: the regions whose findings bear on it. `complaints`: what it is usually asked for.

    `main_topic`: the series of the ACR topic to start from while nobody has said what the problem is.
    `cpt` maps a code to its contrast (`wo`, `w`, `wwo`); `icd10_side` a diagnosis code to the side it names.
    `questions` are ids of grouped questions, in the order to prefer; those of `red_flag_questions` come first.
    """

    id: str
    say: str
    modality: str
    region: str
    sided: bool
    body: tuple[str, ...]
    complaints: tuple[str, ...]
    main_topic: str
    cpt: Mapping[str, str]
    icd10_side: Mapping[str, str]
    red_flag_questions: tuple[str, ...]
    questions: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True)
class TreatmentRecord:
    """A kind of care. `say` names it, `do` is what the person did, as questions put it ("go to physical therapy").

    `active`: movement-based care; `by_clinician`: cannot be had without one (ours).
    """

    id: str
    say: str
    do: str
    active: bool
    by_clinician: bool
    conservative: bool
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Rate:
    """An ACR category and how sure we are of it."""

    category: str
    status: RecordStatus


@dataclass(frozen=True)
class Scenario:
    """An ACR scenario. `rates`: study -> contrast -> rate. `alternatives`: what the topic rates instead, in short.

    Scenarios of a topic stand in order of precedence: the first that matches counts, so special ones come first.
    One that is `only_if_said` never holds up a later one: while nobody has said that it is so, it counts as not so.
    """

    id: str
    say: str
    rates: Mapping[str, Mapping[str, Rate]]
    alternatives: str
    when: Node
    only_if_said: bool = False


@dataclass(frozen=True)
class Pathway:
    """One way to qualify under a payer's rule. `gives` is `arguable` where the rule leaves the answer to somebody."""

    id: str
    say: str
    studies: tuple[str, ...]
    when: Node
    gives: Literal["met", "arguable"] = "met"


@dataclass(frozen=True)
class AppliesTo:
    """Whose requests a rule is for; empty means not limited in that respect."""

    payers: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    plan_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Guideline:
    """One edition of one public text. Has scenarios (ACR), pathways (payers), or neither: then it is only named.

    `series` is the file it stands in (`acr/low-back-pain`): the editions of a series never overlap in time. `about`
    says when the topic bears on a case at all. `cited_as` are names by which a denial letter may cite it. `role` is
    `rule`, or `support` for a text too general to decide. `binding_for` names plan types that it binds before all else.
    """

    id: str
    series: str
    authority: str
    title: str
    edition: str
    effective_from: date | None
    effective_to: date | None
    checked_on: date
    recheck_after: date
    status: RecordStatus
    sources: tuple[str, ...]
    studies: tuple[str, ...]
    applies_to: AppliesTo = AppliesTo()
    role: Literal["rule", "support"] = "rule"
    binding_for: tuple[str, ...] = ()
    cited_as: tuple[str, ...] = ()
    about: Node | None = None
    scenarios: tuple[Scenario, ...] = ()
    pathways: tuple[Pathway, ...] = ()
    note: str = ""

    @property
    def file(self) -> str:
        """Where the record stands, from the library's folder."""
        return f"guidelines/{self.series}.yml"

    def rules(self) -> Iterator[Node]:
        """Every node of every rule of it."""
        rules = [*(s.when for s in self.scenarios), *(p.when for p in self.pathways)]
        yield from _nodes([*rules, self.about] if self.about else rules)

    def rules_for(self, study: str) -> list[Node]:
        """The trees of its rules for a study."""
        scenarios = [s.when for s in self.scenarios if study in s.rates]
        return scenarios + [p.when for p in self.pathways if study in p.studies]

    def in_force(self, day: date) -> bool:
        """Whether this edition is the one in force on that day."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_to is None or day <= self.effective_to
        )


@dataclass(frozen=True)
class PayerRecord:
    """A payer or a company that reviews imaging for payers.

    `reviewer` is who reviews imaging for this payer. `own_criteria`: that company decides by the payer's own texts, so
    its guidelines say nothing about this payer.
    """

    id: str
    name: str
    kind: Literal["payer", "reviewer"]
    aliases: tuple[str, ...]
    reviewer: str | None
    criteria: str
    url: str
    status: RecordStatus
    sources: tuple[str, ...]
    note: str = ""
    own_criteria: bool = False


@dataclass(frozen=True)
class DenialReason:
    """A reason for a denial: what it means in plain words, what answers it, and the step it calls for by itself.

    `carc` and `rarc` map the codes that a remittance may carry for it to how sure we are of each.
    """

    id: str
    say: str
    plain: str
    answer_with: tuple[str, ...]
    step: str
    cues: tuple[str, ...]
    status: RecordStatus
    sources: tuple[str, ...]
    carc: Mapping[str, RecordStatus] = field(default_factory=dict)
    rarc: Mapping[str, RecordStatus] = field(default_factory=dict)


@dataclass(frozen=True)
class DocumentRecord:
    """A kind of document that can be drafted: its title, what it is for, and who signs it."""

    id: str
    title: str
    say: str
    voices: tuple[str, ...]


@dataclass(frozen=True)
class QuestionRecord:
    """A question as written in questions/. `facts` are finding ids for grouped questions, else fact keys.

    `while_none`: asked only while none of its facts is said to be present. `likely_none` is our guess of how
    often nothing on the list applies; it orders questions, and what a cover sheet advises first. It decides nothing.
    """

    id: str
    kind: Literal["yes_no", "choice", "any_of", "number", "weeks", "date", "text"]
    say: str
    why: str
    source: str
    facts: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    likely_none: float = 0.5
    while_none: bool = False


class _FoundOnce(dict[Node, _T]):
    """What there is to know of each node, found out when it is first asked for: looked up a thousand times a check."""

    def __init__(self, find: Callable[[Node], _T]) -> None:
        self._find = find

    def __missing__(self, node: Node) -> _T:
        found = self[node] = self._find(node)
        return found


@dataclass(frozen=True)
class Library:
    """Everything the check runs on. `checksum` is the hash of the files it was made from."""

    checksum: str
    findings: Mapping[str, FindingRecord]
    red_flags: Mapping[str, RedFlag]
    sources: Mapping[str, Source]
    studies: Mapping[str, StudyRecord]
    treatments: Mapping[str, TreatmentRecord]
    guidelines: Mapping[str, Guideline]
    payers: Mapping[str, PayerRecord]
    denial_reasons: Mapping[str, DenialReason]
    documents: Mapping[str, DocumentRecord]
    questions: Mapping[str, QuestionRecord]
    proofs: Mapping[str, ProofRecord]
    phrases: Mapping[str, str] = field(default_factory=dict)
    choices: Mapping[str, str] = field(default_factory=dict)
    """How a finding reads as an option of a grouped question, in the words of a patient."""

    exam_signs: frozenset[str] = frozenset()
    """Findings that only an examination or a test can show: the clinic is asked for them, not the patient."""

    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """A finding -> the findings that are there whenever it is (cancer now is a history of cancer)."""

    deadlines: Table | None = None
    """The clocks of deadlines.yml; None for a library without that file."""

    def implied_by(self, finding: str) -> tuple[str, ...]:
        """What must be there when this finding is; when one of them is absent, so is it."""
        return self.implies.get(finding, ())

    def implying(self, finding: str) -> tuple[str, ...]:
        """The findings that make this one present."""
        return self._implying.get(finding, ())

    @cached_property
    def bearing_on(self) -> Mapping[str, tuple[tuple[str, frozenset[str]], ...]]:
        """Finding -> those that tell something of it, each with the statuses in which it does: itself in any, one that
        implies it where that is or was so, and one that it implies where that is absent."""
        any_, so, absent = frozenset(STATUSES), frozenset(("present", "historical")), frozenset(("absent",))
        return {
            id: (
                (id, any_),
                *((name, so) for name in self.implying(id)),
                *((name, absent) for name in self.implied_by(id)),
            )
            for id in self.findings
        }

    @cached_property
    def _implying(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, implied in self.implies.items():
            for finding in implied:
                found[finding] = (*found.get(finding, ()), name)
        return found

    @cached_property
    def finding_options(self) -> Mapping[str, Option]:
        """Each finding as an option of a list, in the words of a patient."""
        return {id: Option(id, self.choices.get(id) or _capital(one.say)) for id, one in self.findings.items()}

    @cached_property
    def treatment_options(self) -> tuple[Option, ...]:
        """What care a list offers."""
        return tuple(Option(one.id, _capital(one.say)) for one in self.treatments.values() if one.id != "other")

    def guidelines_for(self, study: str) -> tuple[Guideline, ...]:
        """Every edition of every guideline that speaks of a study."""
        return self._by_study.get(study, ())

    @cached_property
    def _by_study(self) -> Mapping[str, tuple[Guideline, ...]]:
        found: dict[str, tuple[Guideline, ...]] = {}
        for guideline in self.guidelines.values():
            for study in dict.fromkeys(guideline.studies):
                found[study] = (*found.get(study, ()), guideline)
        return found

    @cached_property
    def reads(self) -> Mapping[Node, frozenset[str]]:
        """The keys of the facts that a rule tree reads: ids of findings, `treatment.nsaid`, `imaging.xray`,
        `evaluation`, or the path of a single field. How long a complaint has lasted changes `symptom_weeks` too."""
        return _FoundOnce(self._read_by_rule)

    def _read_by_rule(self, rule: Node) -> frozenset[str]:
        own = frozenset() if rule.leaf is None else self._read_by(rule.leaf)
        return own.union(*(self.reads[part] for part in rule.of))

    @cached_property
    def first_like(self) -> Mapping[Node, Node]:
        """A leaf -> the first leaf that was seen to ask the same: rules share many of their leaves."""
        first: dict[Leaf, Node] = {}
        return _FoundOnce(lambda node: first.setdefault(node.condition, node))

    def reads_of(self, study: str, guideline: Guideline) -> frozenset[str]:
        """The same for all rules of a guideline for a study, and for what it is about."""
        known = self._reads_of.get((study, guideline.id))
        if known is None:
            rules = map(self.reads.__getitem__, _with_topic(study, guideline))
            known = self._reads_of[study, guideline.id] = frozenset().union(*rules)
        return known

    def leaves_reading(self, study: str, guideline: Guideline) -> Mapping[str, tuple[Node, ...]]:
        """The leaves of these rules by the keys of what they read; of equal leaves one stands for all."""
        known = self._leaves.get((study, guideline.id))
        if known is None:
            found: dict[str, tuple[Node, ...]] = {}
            nodes = _nodes(_with_topic(study, guideline))
            for node in {one.leaf: one for one in nodes if one.leaf is not None}.values():
                for key in self.reads[node]:
                    found[key] = (*found.get(key, ()), node)
            known = self._leaves[study, guideline.id] = found
        return known

    def leaves_by_fact(self, tree: Node) -> Mapping[str, tuple[tuple[Node, bool], ...]]:
        """The leaves of a rule, each with the value that is wanted of it, by the keys of the facts that it reads (see
        `reads`), and those that read of care by `treatment` too."""
        known = self._by_fact.get(tree)
        if known is None:
            found: dict[str, tuple[tuple[Node, bool], ...]] = {}
            for leaf, want in tree.leaves:
                care = ("treatment",) if isinstance(leaf.condition, CareLeaf) else ()
                for key in (*self.reads[leaf], *care):
                    found[key] = (*found.get(key, ()), (leaf, want))
            known = self._by_fact[tree] = found
        return known

    @cached_property
    def _by_fact(self) -> dict[Node, Mapping[str, tuple[tuple[Node, bool], ...]]]:
        return {}

    def leaves_for(self, study: str, guideline: Guideline) -> tuple[Leaf, ...]:
        """Every leaf of a guideline's rules for a study, each once."""
        known = self._leaves_for.get((study, guideline.id))
        if known is None:
            leaves = (node.condition for rule in guideline.rules_for(study) for node, _ in rule.leaves)
            known = self._leaves_for[study, guideline.id] = tuple(dict.fromkeys(leaves))
        return known

    @cached_property
    def fields_read(self) -> tuple[str, ...]:
        """The paths of the single fields that any rule reads."""
        nodes = (node for guideline in self.guidelines.values() for node in guideline.rules())
        return tuple(sorted({node.leaf.path for node in nodes if isinstance(node.leaf, FieldLeaf)}))

    def matters_for(self, study: str) -> frozenset[str]:
        """The keys of the facts (see `reads`) that any rule for a study reads; `treatment` where one reads of care."""
        known = self._matters.get(study)
        if known is None:
            rules = (rule for guideline in self.guidelines_for(study) for rule in guideline.rules_for(study))
            keys: frozenset[str] = frozenset().union(*map(self.reads.__getitem__, rules))
            care = ("treatment",) if any(key.startswith("treatment.") for key in keys) else ()
            known = self._matters[study] = keys.union(care)
        return known

    @cached_property
    def _matters(self) -> dict[str, frozenset[str]]:
        return {}

    @cached_property
    def _reads_of(self) -> dict[tuple[str, str], frozenset[str]]:
        return {}

    @cached_property
    def _leaves(self) -> dict[tuple[str, str], Mapping[str, tuple[Node, ...]]]:
        return {}

    @cached_property
    def _leaves_for(self) -> dict[tuple[str, str], tuple[Leaf, ...]]:
        return {}

    @cached_property
    def payer_names(self) -> tuple[tuple[str, str], ...]:
        """Every name of a company in plain words, the longest first, with the id of its record."""
        names = [
            (f" {plain_name(name)} ", one.id)
            for one in self.payers.values()
            for name in (one.id, one.name, *one.aliases)
            if plain_name(name)
        ]
        return tuple(sorted(names, key=lambda named: -len(named[0])))

    @cached_property
    def pictures(self) -> dict[tuple[str, str, str | None], str]:
        """Pictures in words, by modality, region and side (see `judging`)."""
        return {}

    @cached_property
    def care_words(self) -> dict[CareLeaf, str]:
        """What a rule asks of care, in words (see `care`)."""
        return {}

    @cached_property
    def silent(self) -> dict[tuple[str, str | None, str | None], Scene]:
        """What the rules of a study give while nothing has been said, by study, side and contrast (see `silence`)."""
        return {}

    def _read_by(self, leaf: Leaf) -> frozenset[str]:
        if isinstance(leaf, FindingLeaf):
            return frozenset((leaf.id, *self.implying(leaf.id), *self.implied_by(leaf.id), "study.side"))
        if isinstance(leaf, FieldLeaf):
            return frozenset((leaf.path, "study.side"))
        if isinstance(leaf, (CareLeaf, ImagingLeaf)):
            length = ("symptom_weeks",) if leaf.since_onset else ()
            told = _kinds_of_care(leaf.kinds) if isinstance(leaf, CareLeaf) else (f"imaging.{leaf.modality}",)
            return frozenset((*told, "study.side", *length))
        # A visit after the care: whichever it was.
        return frozenset(("evaluation", *_kinds_of_care(self.treatments)))

    def questions_about(self, finding: str, study: StudyRecord) -> tuple[str, ...]:
        """Ids of the questions that ask for a finding: the study's grouped ones, then the single one."""
        grouped = study.red_flag_questions + study.questions
        return (*(q for q in grouped if finding in self.questions[q].facts), f"finding.{finding}")


def _kinds_of_care(kinds: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"treatment.{kind}" for kind in kinds)


def _with_topic(study: str, guideline: Guideline) -> list[Node]:
    return [*guideline.rules_for(study), *([guideline.about] if guideline.about else [])]


def _nodes(trees: list[Node]) -> Iterator[Node]:
    """Every node of these trees."""
    left = [*trees]
    while left:
        node = left.pop()
        left += node.of
        yield node


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
