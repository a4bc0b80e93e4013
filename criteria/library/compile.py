"""The library's YAML files read strictly into records. Anything doubtful is a LibraryError with file, line and mend."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, cast

from criteria import deadline_rows
from criteria.findings import FindingRecord, load_findings
from criteria.ids import (
    DENIAL_REASONS,
    DOCUMENT_KINDS,
    MODALITIES,
    PLAN_TYPES,
    REGIONS,
    RIGHT_STEPS,
    SIDES,
    STUDIES,
    TREATMENT_KINDS,
)
from criteria.leaves import FieldLeaf
from criteria.leaves import Node as Rule
from criteria.library.records import (
    CATEGORIES,
    AppliesTo,
    DenialReason,
    DocumentRecord,
    Guideline,
    Library,
    Pathway,
    PayerRecord,
    QuestionRecord,
    Rate,
    RecordStatus,
    Scenario,
    Source,
    StudyRecord,
    TreatmentRecord,
)
from criteria.library.rules import Words, parse_rule
from criteria.red_flags import RedFlag, finding_ids, load_red_flags
from criteria.results import Option
from criteria.strict_yaml import LibraryError, Node, read, records

STATUSES: tuple[RecordStatus, ...] = ("verified", "paraphrased", "unverified")
CONTRASTS = ("wo", "w", "wwo")
QUESTION_KINDS = ("yes_no", "choice", "any_of", "number", "weeks", "date", "text")


def compile_library(folder: Path, checksum: str) -> Library:
    """The whole library under `folder`. Raises LibraryError for the first record that cannot be used."""
    findings = load_findings(folder / "findings.yml")
    red_flags = load_red_flags(folder / "red_flags.yml")
    _check_red_flags(folder / "red_flags.yml", red_flags, findings)
    sources = _folder(folder / "sources", _source)
    treatments = records(folder / "treatments.yml", lambda name, node: _treatment(name, node, sources))
    phrases, choices, exam_signs, implies = _words(folder / "words.yml", findings)
    questions = _folder(folder / "questions", lambda name, node: _question(name, node, findings, sources))
    payers = records(folder / "payers.yml", lambda name, node: _payer(name, node, sources))
    _check_payers(folder / "payers.yml", payers)
    studies = _folder(folder / "studies", lambda name, node: _study(name, node, questions, sources))
    words = Words(findings, treatments, _folder(folder / "conditions", lambda name, node: node), phrases)
    guidelines: dict[str, Guideline] = {}
    for path in sorted((folder / "guidelines").glob("*/*.yml")):
        guidelines |= _guideline_file(path, words, sources, payers, guidelines)
    _check_studies(folder, studies, findings, guidelines)
    _check_fields(folder / "questions", guidelines, questions)
    return Library(
        checksum=checksum,
        findings=findings,
        red_flags=red_flags,
        sources=sources,
        studies=studies,
        treatments=treatments,
        guidelines=guidelines,
        payers=payers,
        denial_reasons=records(folder / "denial_reasons.yml", lambda name, node: _reason(name, node, sources)),
        documents=records(folder / "documents.yml", _document),
        questions=questions,
        phrases=phrases,
        choices=choices,
        exam_signs=exam_signs,
        implies=implies,
        deadlines=deadline_rows.load(clocks) if (clocks := folder / "deadlines.yml").exists() else None,
    )


def _folder(folder: Path, parse: Callable[[str, Node], Any]) -> dict[str, Any]:
    """The records of every file in a folder. An id that stands in two files is an error."""
    found: dict[str, Any] = {}

    def parse_new(name: str, node: Node) -> Any:
        if name in found:
            raise node.error(f"the id '{name}' stands in another file too; rename one")
        return parse(name, node)

    for path in sorted(folder.glob("*.yml")):
        found |= records(path, parse_new)
    return found


# --- small checks --------------------------------------------------------------------------------------------------


def _text(node: Node, key: str) -> str:
    value = node.get(key)
    if not isinstance(value, str) or not value.strip():
        raise node.error(f"'{key}' must be words", key)
    return " ".join(value.split())


def _list(node: Node, key: str) -> list[Any]:
    value = node.get(key, [])
    if not isinstance(value, list):
        raise node.error(f"'{key}' must be a list", key)
    return value


def _ids(node: Node, key: str, known: Iterable[str]) -> tuple[str, ...]:
    """The list under `key`, every item one of the known ids."""
    for item in _list(node, key):
        probe = Node({key: item})
        probe.path, probe.line, probe.lines, probe.record = node.path, node.line, node.lines, node.record
        probe.one_of(key, known)
    return tuple(str(item) for item in _list(node, key))


def _day(node: Node, key: str) -> date:
    value = node.date(key)
    if value is None:
        raise node.error(f"'{key}' needs a date, YYYY-MM-DD", key)
    return value


def _status(node: Node) -> RecordStatus:
    return cast(RecordStatus, node.one_of("status", STATUSES))


def _sources(node: Node, sources: Mapping[str, Source]) -> tuple[str, ...]:
    given = _ids(node, "sources", sources)
    if not given:
        raise node.error("no source: add 'sources: [id]', an id in sources/", "sources")
    return given


def _mapping(node: Node, key: str) -> Node:
    value = node.get(key)
    if not isinstance(value, Node):
        raise node.error(f"'{key}' must be a mapping", key)
    value.record = node.record
    return value


# --- records -------------------------------------------------------------------------------------------------------


def _source(name: str, node: Node) -> Source:
    node.check_keys(("title", "edition", "place", "url", "status", "checked_on", "recheck_after"))
    return Source(
        name,
        _text(node, "title"),
        _text(node, "edition"),
        _text(node, "place"),
        _text(node, "url"),
        _status(node),
        _day(node, "checked_on"),
        _day(node, "recheck_after"),
    )


def _treatment(name: str, node: Node, sources: Mapping[str, Source]) -> TreatmentRecord:
    node.check_keys(("say", "do", "active", "by_clinician", "conservative", "sources"))
    if name not in TREATMENT_KINDS:
        raise node.error(f"'{name}' is not a treatment kind; use one of {', '.join(TREATMENT_KINDS)}")
    for key in ("active", "by_clinician", "conservative"):
        if not isinstance(node[key], bool):
            raise node.error(f"'{key}' must be true or false", key)
    return TreatmentRecord(
        name,
        _text(node, "say"),
        _text(node, "do"),
        node["active"],
        node["by_clinician"],
        node["conservative"],
        _sources(node, sources),
    )


def _words(
    path: Path, findings: Mapping[str, FindingRecord]
) -> tuple[dict[str, str], dict[str, str], frozenset[str], dict[str, tuple[str, ...]]]:
    node = read(path)
    if not isinstance(node, Node):
        raise LibraryError(f"{path}:1", "", "must have 'phrases', 'choices', 'exam_signs' and 'implies'")
    node.check_keys(("phrases", "choices", "exam_signs", "implies"))
    phrases, choices, implies = _mapping(node, "phrases"), _mapping(node, "choices"), _mapping(node, "implies")
    choices.check_keys((), findings)
    implies.check_keys((), findings)
    return (
        {key: _text(phrases, key) for key in phrases},
        {key: _text(choices, key) for key in choices},
        frozenset(_ids(node, "exam_signs", findings)),
        {key: _ids(implies, key, findings) for key in implies},
    )


def _question(
    name: str, node: Node, findings: Mapping[str, FindingRecord], sources: Mapping[str, Source]
) -> QuestionRecord:
    node.check_keys(("kind", "say", "why"), ("source", "facts", "options", "likely_none", "while_none"))
    kind: Any = node.one_of("kind", QUESTION_KINDS)
    grouped = name.startswith(("red_flags.", "group."))
    facts = _ids(node, "facts", findings) if grouped else tuple(str(f) for f in _list(node, "facts"))
    if grouped and not facts:
        raise node.error("a grouped question needs the findings it asks about under 'facts'", "facts")
    options = _mapping(node, "options") if "options" in node else {}
    source = node.one_of("source", sources) if node.get("source") else ""
    likely = node.get("likely_none", 0.5)
    if not isinstance(likely, (int, float)) or not 0 <= likely <= 1:
        raise node.error("'likely_none' must be between 0 and 1", "likely_none")
    return QuestionRecord(
        name,
        kind,
        _text(node, "say"),
        _text(node, "why"),
        source,
        facts,
        tuple(Option(key, str(value)) for key, value in options.items()),
        float(likely),
        node.get("while_none") is True,
    )


def _payer(name: str, node: Node, sources: Mapping[str, Source]) -> PayerRecord:
    node.check_keys(("name", "kind", "aliases", "status", "sources"), ("reviewer", "criteria", "url", "note"))
    kind = cast('Literal["payer", "reviewer"]', node.one_of("kind", ("payer", "reviewer")))
    return PayerRecord(
        name,
        _text(node, "name"),
        kind,
        tuple(str(a) for a in _list(node, "aliases")),
        node.get("reviewer"),
        str(node.get("criteria", "")),
        str(node.get("url", "")),
        _status(node),
        _sources(node, sources),
        str(node.get("note", "")),
    )


def _check_payers(path: Path, payers: Mapping[str, PayerRecord]) -> None:
    reviewers = sorted(p.id for p in payers.values() if p.kind == "reviewer")
    seen: dict[str, str] = {}
    for payer in payers.values():
        if payer.reviewer is not None and payer.reviewer not in reviewers:
            raise LibraryError(
                str(path), payer.id, f"'reviewer: {payer.reviewer}' is no reviewer; use one of {reviewers}"
            )
        for alias in (payer.name, *payer.aliases):
            if seen.setdefault(alias.lower(), payer.id) != payer.id:
                raise LibraryError(
                    str(path), payer.id, f"the alias '{alias}' is also {seen[alias.lower()]}'s; keep one"
                )


def _study(
    name: str, node: Node, questions: Mapping[str, QuestionRecord], sources: Mapping[str, Source]
) -> StudyRecord:
    node.check_keys(
        (
            "say",
            "modality",
            "region",
            "sided",
            "body",
            "complaints",
            "main_topic",
            "cpt",
            "red_flag_questions",
            "questions",
            "sources",
        ),
        ("icd10_side",),
    )
    if name not in STUDIES:
        raise node.error(f"'{name}' is not a study id; use one of {', '.join(STUDIES)}")
    cpt = _mapping(node, "cpt")
    for code in cpt:
        cpt.one_of(code, CONTRASTS)
    sides = _mapping(node, "icd10_side") if "icd10_side" in node else Node()
    for code in sides:
        sides.one_of(code, SIDES)
    return StudyRecord(
        id=name,
        say=_text(node, "say"),
        modality=node.one_of("modality", MODALITIES),
        region=node.one_of("region", REGIONS),
        sided=bool(node["sided"]),
        body=_ids(node, "body", REGIONS),
        complaints=tuple(str(c) for c in _list(node, "complaints")),
        main_topic=_text(node, "main_topic"),
        cpt=dict(cpt),
        icd10_side=dict(sides),
        red_flag_questions=_ids(node, "red_flag_questions", questions),
        questions=_ids(node, "questions", questions),
        sources=_sources(node, sources),
    )


def _check_studies(
    folder: Path,
    studies: Mapping[str, StudyRecord],
    findings: Mapping[str, FindingRecord],
    guidelines: Mapping[str, Guideline],
) -> None:
    for study in studies.values():
        where = str(folder / "studies" / f"{study.id}.yml")
        for name in study.complaints:
            if name not in findings:
                raise LibraryError(where, study.id, f"the complaint '{name}' is not in findings.yml")
        if not any(g.series == study.main_topic and study.id in g.studies for g in guidelines.values()):
            raise LibraryError(
                where, study.id, f"'main_topic: {study.main_topic}' names no guideline file for this study"
            )


def _check_fields(path: Path, guidelines: Mapping[str, Guideline], questions: Mapping[str, QuestionRecord]) -> None:
    """Every field that a rule reads must have a question, or nobody could ever be asked for it."""
    for guideline in guidelines.values():
        rules = [
            r
            for r in (guideline.about, *(s.when for s in guideline.scenarios), *(p.when for p in guideline.pathways))
            if r
        ]
        while rules:
            rule = rules.pop()
            rules += rule.of
            if isinstance(rule.leaf, FieldLeaf) and rule.leaf.path not in questions:
                raise LibraryError(
                    str(path), guideline.id, f"no question '{rule.leaf.path}', which its rule reads; add one"
                )


def _reason(name: str, node: Node, sources: Mapping[str, Source]) -> DenialReason:
    node.check_keys(("say", "plain", "answer_with", "step", "status", "sources"), ("cues",))
    if name not in DENIAL_REASONS:
        raise node.error(f"'{name}' is not a denial reason; use one of {', '.join(DENIAL_REASONS)}")
    return DenialReason(
        name,
        _text(node, "say"),
        _text(node, "plain"),
        tuple(_list(node, "answer_with")),
        node.one_of("step", RIGHT_STEPS),
        tuple(_list(node, "cues")),
        _status(node),
        _sources(node, sources),
    )


def _document(name: str, node: Node) -> DocumentRecord:
    node.check_keys(("title", "say", "voices"))
    if name not in DOCUMENT_KINDS:
        raise node.error(f"'{name}' is not a document kind; use one of {', '.join(DOCUMENT_KINDS)}")
    return DocumentRecord(name, _text(node, "title"), _text(node, "say"), _ids(node, "voices", ("patient", "clinic")))


def _check_red_flags(path: Path, flags: Mapping[str, RedFlag], findings: Mapping[str, FindingRecord]) -> None:
    for flag in flags.values():
        for name in sorted(finding_ids(flag)):
            if name not in findings:
                raise LibraryError(
                    str(path), flag.id, f"the finding '{name}' is not in findings.yml; add it or mend the name"
                )


# --- guidelines ----------------------------------------------------------------------------------------------------


def _guideline_file(
    path: Path,
    words: Words,
    sources: Mapping[str, Source],
    payers: Mapping[str, PayerRecord],
    known: Mapping[str, Guideline],
) -> dict[str, Guideline]:
    series = f"{path.parent.name}/{path.stem}"
    lines: dict[str, Node] = {}

    def parse(name: str, node: Node) -> Guideline:
        if name in known:
            raise node.error(f"the id '{name}' stands in another file too; rename one")
        lines[name] = node
        return _guideline(name, node, series, path.parent.name, words, sources, payers)

    editions: dict[str, Guideline] = records(path, parse)
    for one, other in combinations(editions.values(), 2):
        if set(one.studies) & set(other.studies) and _overlap(one, other):
            node = lines[other.id]
            raise node.error(
                f"in force at the same time as '{one.id}'; end one with 'to' before the other begins", "effective"
            )
    return editions


def _overlap(one: Guideline, other: Guideline) -> bool:
    return (one.effective_from or date.min) <= (other.effective_to or date.max) and (
        other.effective_from or date.min
    ) <= (one.effective_to or date.max)


def _guideline(
    name: str,
    node: Node,
    series: str,
    authority: str,
    words: Words,
    sources: Mapping[str, Source],
    payers: Mapping[str, PayerRecord],
) -> Guideline:
    node.check_keys(
        ("title", "edition", "effective", "checked_on", "recheck_after", "status", "sources", "studies"),
        ("applies_to", "role", "binding_for", "cited_as", "about", "scenarios", "pathways", "note"),
    )
    effective = _mapping(node, "effective")
    effective.check_keys(("from", "to"))
    begin, end = effective.date("from"), effective.date("to")
    if begin and end and end < begin:
        raise effective.error("'to' is before 'from'", "to")
    checked, recheck = _day(node, "checked_on"), _day(node, "recheck_after")
    if recheck <= checked:
        raise node.error("'recheck_after' must be later than 'checked_on'", "recheck_after")
    studies = _ids(node, "studies", STUDIES)
    given = _sources(node, sources)

    def rule(owner: Node, key: str) -> Rule:
        return parse_rule(owner[key], owner, key, words, given[0])

    scenarios = tuple(_scenario(node, item, studies, rule) for item in _list(node, "scenarios"))
    pathways = tuple(_pathway(node, item, studies, rule) for item in _list(node, "pathways"))
    if scenarios and pathways:
        raise node.error("a guideline has scenarios or pathways, not both", "pathways")
    for kind in (scenarios, pathways):
        names = [item.id for item in kind]
        for twice in {n for n in names if names.count(n) > 1}:
            raise node.error(f"two of its rules are called '{twice}'; rename one")
    applies = _mapping(node, "applies_to") if "applies_to" in node else Node()
    if applies:
        applies.check_keys((), ("payers", "reviewers", "plan_types"))
    return Guideline(
        id=name,
        series=series,
        authority=authority,
        title=_text(node, "title"),
        edition=_text(node, "edition"),
        effective_from=begin,
        effective_to=end,
        checked_on=checked,
        recheck_after=recheck,
        status=_status(node),
        sources=given,
        studies=studies,
        applies_to=AppliesTo(
            _ids(applies, "payers", payers), _ids(applies, "reviewers", payers), _ids(applies, "plan_types", PLAN_TYPES)
        ),
        role=cast('Literal["rule", "support"]', node.one_of("role", ("rule", "support"), "rule")),
        binding_for=_ids(node, "binding_for", PLAN_TYPES),
        cited_as=tuple(str(c) for c in _list(node, "cited_as")),
        about=rule(node, "about") if "about" in node else None,
        scenarios=scenarios,
        pathways=pathways,
        note=str(node.get("note", "")),
    )


def _scenario(owner: Node, node: object, studies: tuple[str, ...], rule: Callable[[Node, str], Rule]) -> Scenario:
    if not isinstance(node, Node):
        raise owner.error("each scenario must be a mapping", "scenarios")
    node.record = f"{owner.record} {node.get('id', '')}"
    node.check_keys(("id", "say", "rates", "when"), ("alternatives", "only_if_said"))
    rates: dict[str, dict[str, Rate]] = {}
    given = _mapping(node, "rates")
    for study in given:
        if study not in studies:
            raise given.error(f"'{study}' is not among the guideline's studies", study)
        by_contrast = _mapping(given, study)
        rates[study] = {}
        for contrast in by_contrast:
            if contrast not in CONTRASTS:
                raise by_contrast.error(f"'{contrast}' is no contrast; use wo, w or wwo", contrast)
            rates[study][contrast] = _rate(by_contrast, contrast)
    only_if_said = node.get("only_if_said", False)
    if not isinstance(only_if_said, bool):
        raise node.error("'only_if_said' must be true or false", "only_if_said")
    return Scenario(
        str(node["id"]), _text(node, "say"), rates, str(node.get("alternatives", "")), rule(node, "when"), only_if_said
    )


def _rate(node: Node, contrast: str) -> Rate:
    """`UA`, `MA` or `NA`; with ` unverified` after it where the procedure's name was deduced, not read."""
    value, _, mark = str(node[contrast]).partition(" ")
    if value not in CATEGORIES or mark not in ("", *STATUSES):
        raise node.error(f"'{node[contrast]}' is no rate; write UA, MA or NA, or e.g. 'UA unverified'", contrast)
    return Rate(CATEGORIES[value], cast(RecordStatus, mark or "verified"))


def _pathway(owner: Node, node: object, studies: tuple[str, ...], rule: Callable[[Node, str], Rule]) -> Pathway:
    if not isinstance(node, Node):
        raise owner.error("each pathway must be a mapping", "pathways")
    node.record = f"{owner.record} {node.get('id', '')}"
    node.check_keys(("id", "say", "when"), ("studies", "gives"))
    gives = cast('Literal["met", "arguable"]', node.one_of("gives", ("met", "arguable"), "met"))
    for_studies = _ids(node, "studies", studies) or studies
    return Pathway(str(node["id"]), _text(node, "say"), for_studies, rule(node, "when"), gives)
