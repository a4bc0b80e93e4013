"""The library's YAML files read strictly into records. Anything doubtful is a LibraryError with file, line and mend."""

from __future__ import annotations

import re
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
    nearest,
)
from criteria.leaves import FieldLeaf
from criteria.leaves import Node as Rule
from criteria.library.proofs import load_proofs
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
from criteria.red_flags import RedFlag, load_red_flags
from criteria.results import Option
from criteria.strict_yaml import LibraryError, Node, read, records

STATUSES: tuple[RecordStatus, ...] = ("verified", "paraphrased", "unverified")
CONTRASTS = ("wo", "w", "wwo")
_NO_SOURCE = "no source: add 'sources: [id]', an id in sources/"
_CPT = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_CARC, _RARC = re.compile(r"[A-Z]?\d{1,3}"), re.compile(r"(?:M|MA|N)\d{1,3}")
QUESTION_KINDS = ("yes_no", "choice", "any_of", "number", "weeks", "date", "text")


def compile_library(folder: Path, checksum: str) -> Library:
    """The whole library under `folder`. Raises LibraryError for the first record that cannot be used."""
    _check_files(folder)
    findings = load_findings(folder / "findings.yml")
    red_flags = load_red_flags(folder / "red_flags.yml")
    sources = _folder(folder / "sources", _source)
    _check_red_flags(folder / "red_flags.yml", red_flags, findings, sources)
    treatments = records(folder / "treatments.yml", lambda name, node: _treatment(name, node, sources))
    phrases, choices, exam_signs, implies = _words(folder / "words.yml", findings)
    questions = _folder(folder / "questions", lambda name, node: _question(name, node, findings, sources))
    payers = records(folder / "payers.yml", lambda name, node: _payer(name, node, sources))
    _check_payers(folder / "payers.yml", payers)
    studies = _folder(folder / "studies", lambda name, node: _study(name, node, questions, sources))
    words = Words(findings, treatments, _folder(folder / "conditions", lambda name, node: node), phrases, sources)
    guidelines: dict[str, Guideline] = {}
    for path in sorted((folder / "guidelines").glob("*/*.yml")):
        guidelines |= _guideline_file(path, words, sources, payers, guidelines)
    _check_studies(folder, studies, findings, guidelines)
    _check_fields(folder, guidelines, questions)
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
        proofs=load_proofs(folder / "proofs.yml", findings, questions),
        questions=questions,
        phrases=phrases,
        choices=choices,
        exam_signs=exam_signs,
        implies=implies,
        deadlines=deadline_rows.load(clocks) if (clocks := folder / "deadlines.yml").exists() else None,
    )


_FILES = (
    "deadlines.yml",
    "denial_reasons.yml",
    "documents.yml",
    "findings.yml",
    "payers.yml",
    "proofs.yml",
    "red_flags.yml",
    "treatments.yml",
    "words.yml",
)
_FOLDERS = ("conditions", "questions", "sources", "studies", "guidelines/*")


def _check_files(folder: Path) -> None:
    """Every YAML file must be one that is read, or a record in it would count for nothing without anybody knowing."""
    read_here = {folder / name for name in _FILES}
    read_here.update(path for name in _FOLDERS for path in folder.glob(f"{name}/*.yml"))
    for path in sorted((*folder.rglob("*.yml"), *folder.rglob("*.yaml"))):
        if path not in read_here:
            places = ", ".join(f"{name}/" for name in _FOLDERS)
            raise LibraryError(f"{path}:1", "", f"nothing reads this file; move it to one of {places} as NAME.yml")


def _folder(folder: Path, parse: Callable[[str, Node], Any]) -> dict[str, Any]:
    """The records of every file in a folder. An id that stands in two files is an error."""
    found: dict[str, Any] = {}
    places: dict[str, str] = {}

    def parse_new(name: str, node: Node) -> Any:
        other = places.setdefault(name, node.path.name)
        if other != node.path.name:
            raise node.error(f"the id '{name}' stands in another file too, {other}; rename one")
        return parse(name, node)

    for path in sorted(folder.glob("*.yml")):
        found |= records(path, parse_new)
    return found


# --- small checks --------------------------------------------------------------------------------------------------


def _phrases(node: Node, key: str) -> tuple[str, ...]:
    """The list under `key`, every item words."""
    for item in node.sequence(key):
        if not isinstance(item, str) or not item.strip():
            raise node.error(f"'{key}' must be a list of words; '{item}' is none", key)
    return tuple(node.sequence(key))


def _day(node: Node, key: str) -> date:
    value = node.date(key)
    if value is None:
        raise node.error(f"'{key}' needs a date, YYYY-MM-DD", key)
    return value


def _dates(node: Node) -> tuple[date, date]:
    """When the record was read, and when it falls due, which is later."""
    checked, recheck = _day(node, "checked_on"), _day(node, "recheck_after")
    if recheck <= checked:
        raise node.error("'recheck_after' must be later than 'checked_on'; give the day it falls due", "recheck_after")
    return checked, recheck


def _status(node: Node) -> RecordStatus:
    return cast(RecordStatus, node.one_of("status", STATUSES))


def _sources(node: Node, sources: Mapping[str, Source]) -> tuple[str, ...]:
    given = node.ids("sources", sources)
    if not given:
        raise node.error(_NO_SOURCE, "sources")
    return given


# --- records -------------------------------------------------------------------------------------------------------


def _source(name: str, node: Node) -> Source:
    node.check_keys(("title", "edition", "place", "url", "status", "checked_on", "recheck_after"))
    checked, recheck = _dates(node)
    return Source(
        name,
        node.text("title"),
        node.text("edition"),
        node.text("place"),
        "" if node["url"] is None else node.text("url"),
        _status(node),
        checked,
        recheck,
        f"{node.path.parent.name}/{node.path.name}",
    )


def _treatment(name: str, node: Node, sources: Mapping[str, Source]) -> TreatmentRecord:
    node.check_keys(("say", "do", "active", "by_clinician", "conservative", "sources"))
    node.check_id(TREATMENT_KINDS, "treatment kind")
    return TreatmentRecord(
        name,
        node.text("say"),
        node.text("do"),
        node.flag("active"),
        node.flag("by_clinician"),
        node.flag("conservative"),
        _sources(node, sources),
    )


def _words(
    path: Path, findings: Mapping[str, FindingRecord]
) -> tuple[dict[str, str], dict[str, str], frozenset[str], dict[str, tuple[str, ...]]]:
    node = read(path)
    if not isinstance(node, Node):
        raise LibraryError(f"{path}:1", "", "must be a mapping; add 'phrases', 'choices', 'exam_signs' and 'implies'")
    node.check_keys(("phrases", "choices", "exam_signs", "implies"))
    phrases, choices, implies = node.mapping("phrases"), node.mapping("choices"), node.mapping("implies")
    choices.check_keys((), findings)
    implies.check_keys((), findings)
    return (
        {key: phrases.text(key) for key in phrases},
        {key: choices.text(key) for key in choices},
        frozenset(node.ids("exam_signs", findings)),
        {key: implies.ids(key, findings) for key in implies},
    )


def _question(
    name: str, node: Node, findings: Mapping[str, FindingRecord], sources: Mapping[str, Source]
) -> QuestionRecord:
    node.check_keys(("kind", "say", "why"), ("source", "facts", "options", "likely_none", "while_none"))
    kind: Any = node.one_of("kind", QUESTION_KINDS)
    grouped = name.startswith(("red_flags.", "group."))
    facts = node.ids("facts", findings) if grouped else tuple(str(f) for f in node.sequence("facts"))
    if grouped and not facts:
        raise node.error("a grouped question needs the findings it asks about under 'facts'", "facts")
    options = node.mapping("options") if "options" in node else {}
    source = node.one_of("source", sources) if node.get("source") else ""
    likely = node.get("likely_none", 0.5)
    if not isinstance(likely, (int, float)) or not 0 <= likely <= 1:
        raise node.error("'likely_none' must be between 0 and 1", "likely_none")
    return QuestionRecord(
        name,
        kind,
        node.text("say"),
        node.text("why"),
        source,
        facts,
        tuple(Option(key, str(value)) for key, value in options.items()),
        float(likely),
        node.flag("while_none"),
    )


def _payer(name: str, node: Node, sources: Mapping[str, Source]) -> PayerRecord:
    optional = ("reviewer", "criteria", "url", "note", "own_criteria")
    node.check_keys(("name", "kind", "aliases", "status", "sources"), optional)
    kind = cast('Literal["payer", "reviewer"]', node.one_of("kind", ("payer", "reviewer")))
    if node.flag("own_criteria") and "reviewer" not in node:
        raise node.error("'own_criteria' tells by whose texts the 'reviewer' decides; name that too", "own_criteria")
    return PayerRecord(
        name,
        node.text("name"),
        kind,
        tuple(str(a) for a in node.sequence("aliases")),
        node.get("reviewer"),
        str(node.get("criteria", "")),
        str(node.get("url", "")),
        _status(node),
        _sources(node, sources),
        str(node.get("note", "")),
        node.flag("own_criteria"),
    )


def _check_payers(path: Path, payers: Mapping[str, PayerRecord]) -> None:
    reviewers = sorted(p.id for p in payers.values() if p.kind == "reviewer")
    seen: dict[str, str] = {}
    for payer in payers.values():
        if payer.reviewer is not None and payer.reviewer not in reviewers:
            message = f"'reviewer: {payer.reviewer}' is no reviewer; use one of {', '.join(reviewers)}"
            raise _error_in(path, payer.id, "reviewer", message)
        for alias in (payer.name, *payer.aliases):
            if seen.setdefault(alias.lower(), payer.id) != payer.id:
                message = f"the alias '{alias}' is also {seen[alias.lower()]}'s; keep one"
                raise _error_in(path, payer.id, alias, message)


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
    node.check_id(STUDIES, "study")
    if node.path.stem != name:
        raise node.error(f"the study '{name}' belongs in a file of its own; move it to studies/{name}.yml")
    cpt = node.mapping("cpt")
    for code in cpt:
        if not _CPT.fullmatch(code):
            raise cpt.error(f"'{code}' is no procedure code of five characters; mend it", code)
        cpt.one_of(code, CONTRASTS)
    sides = node.mapping("icd10_side") if "icd10_side" in node else Node()
    for code in sides:
        sides.one_of(code, SIDES)
    return StudyRecord(
        id=name,
        say=node.text("say"),
        modality=node.one_of("modality", MODALITIES),
        region=node.one_of("region", REGIONS),
        sided=node.flag("sided"),
        body=node.ids("body", REGIONS),
        complaints=tuple(str(c) for c in node.sequence("complaints")),
        main_topic=node.text("main_topic"),
        cpt=dict(cpt),
        icd10_side=dict(sides),
        red_flag_questions=node.ids("red_flag_questions", questions),
        questions=node.ids("questions", questions),
        sources=_sources(node, sources),
    )


def _check_studies(
    folder: Path,
    studies: Mapping[str, StudyRecord],
    findings: Mapping[str, FindingRecord],
    guidelines: Mapping[str, Guideline],
) -> None:
    for study in studies.values():
        path = folder / "studies" / f"{study.id}.yml"
        for name in study.complaints:
            if name not in findings:
                raise _error_in(path, study.id, name, _not_in("complaint", name, "findings.yml", findings))
        series = [g.series for g in guidelines.values() if study.id in g.studies]
        if study.main_topic not in series:
            message = _not_in("main topic", study.main_topic, "the guidelines for this study", series)
            raise _error_in(path, study.id, "main_topic", message)


def _check_fields(folder: Path, guidelines: Mapping[str, Guideline], questions: Mapping[str, QuestionRecord]) -> None:
    """Every field that a rule reads must have a question, or nobody could ever be asked for it."""
    for guideline in guidelines.values():
        for rule in guideline.rules():
            if isinstance(rule.leaf, FieldLeaf) and rule.leaf.path not in questions:
                message = f"no question '{rule.leaf.path}', which its rule reads; add one to a file of questions/"
                raise _error_in(folder / guideline.file, guideline.id, rule.leaf.path, message)


def _reason(name: str, node: Node, sources: Mapping[str, Source]) -> DenialReason:
    node.check_keys(("say", "plain", "answer_with", "step", "status", "sources"), ("cues", "carc", "rarc"))
    node.check_id(DENIAL_REASONS, "denial reason")
    return DenialReason(
        name,
        node.text("say"),
        node.text("plain"),
        _phrases(node, "answer_with"),
        node.one_of("step", RIGHT_STEPS),
        _phrases(node, "cues"),
        _status(node),
        _sources(node, sources),
        _codes(node, "carc", _CARC),
        _codes(node, "rarc", _RARC),
    )


def _codes(node: Node, key: str, form: re.Pattern[str]) -> dict[str, RecordStatus]:
    """The codes under `key`, each with its trust label."""
    codes = node.mapping(key) if key in node else Node()
    for code in codes:
        if not form.fullmatch(code):
            raise codes.error(f"'{code}' is no {key.upper()} code; write it as x12.org does", code)
        codes.one_of(code, STATUSES)
    return dict(codes)


def _document(name: str, node: Node) -> DocumentRecord:
    node.check_keys(("title", "say", "voices"))
    node.check_id(DOCUMENT_KINDS, "document kind")
    return DocumentRecord(name, node.text("title"), node.text("say"), node.ids("voices", ("patient", "clinic")))


def _check_red_flags(
    path: Path, flags: Mapping[str, RedFlag], findings: Mapping[str, FindingRecord], sources: Mapping[str, Source]
) -> None:
    for flag in flags.values():
        for name in sorted(flag.finding_ids - set(findings)):
            raise _error_in(path, flag.id, name, _not_in("finding", name, "findings.yml", findings))
        if not flag.sources:
            raise _error_in(path, flag.id, "sources", _NO_SOURCE)
        for name in flag.sources:
            if name not in sources:
                raise _error_in(path, flag.id, name, _not_in("source", name, "sources/", sources))


def _not_in(what: str, name: str, place: str, known: Iterable[str]) -> str:
    hint = nearest(name, known)
    return f"the {what} '{name}' is not in {place}; " + (f"did you mean '{hint}'?" if hint else "add it or mend it")


def _error_in(path: Path, record: str, word: str, message: str) -> LibraryError:
    """The error about a record that was read before, at the line where `word` stands in it; read again to find it."""
    content = cast(Node, read(path))
    node = content[record]
    node.record, node.line = record, content.lines[record]
    holder, key = _holder(node, word) or (node, None)
    holder.record = record
    return cast(LibraryError, holder.error(message, key))


def _holder(node: Node, word: str) -> tuple[Node, str] | None:
    """The innermost mapping in which `word` is a key, a value or an item of a list, and the key it stands under."""
    for key, value in node.items():
        items = value if isinstance(value, list) else [value]
        for item in items:
            if isinstance(item, Node) and (found := _holder(item, word)):
                return found
        if key == word or word in items:
            return node, key
    return None


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
            raise node.error(f"the id '{name}' stands in another file too, {known[name].file}; rename one")
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
    effective = node.mapping("effective")
    effective.check_keys(("from", "to"))
    begin, end = effective.date("from"), effective.date("to")
    if begin and end and end < begin:
        raise effective.error("'to' is before 'from'; mend one of the two dates", "to")
    checked, recheck = _dates(node)
    studies = node.ids("studies", STUDIES)
    given = _sources(node, sources)

    def rule(owner: Node, key: str) -> Rule:
        return parse_rule(owner[key], owner, key, words, given[0])

    scenarios = tuple(_scenario(node, item, studies, rule) for item in node.sequence("scenarios"))
    pathways = tuple(_pathway(node, item, studies, rule) for item in node.sequence("pathways"))
    if scenarios and pathways:
        raise node.error("a guideline has scenarios or pathways, not both; give each a record of its own", "pathways")
    for kind in (scenarios, pathways):
        names = [item.id for item in kind]
        for twice in {n for n in names if names.count(n) > 1}:
            raise node.error(f"two of its rules are called '{twice}'; rename one")
    applies = node.mapping("applies_to") if "applies_to" in node else Node()
    if applies:
        applies.check_keys((), ("payers", "reviewers", "plan_types"))
    return Guideline(
        id=name,
        series=series,
        authority=authority,
        title=node.text("title"),
        edition=node.text("edition"),
        effective_from=begin,
        effective_to=end,
        checked_on=checked,
        recheck_after=recheck,
        status=_status(node),
        sources=given,
        studies=studies,
        applies_to=AppliesTo(
            applies.ids("payers", payers), applies.ids("reviewers", payers), applies.ids("plan_types", PLAN_TYPES)
        ),
        role=cast('Literal["rule", "support"]', node.one_of("role", ("rule", "support"), "rule")),
        binding_for=node.ids("binding_for", PLAN_TYPES),
        cited_as=tuple(str(c) for c in node.sequence("cited_as")),
        about=rule(node, "about") if "about" in node else None,
        scenarios=scenarios,
        pathways=pathways,
        note=str(node.get("note", "")),
    )


def _scenario(owner: Node, node: object, studies: tuple[str, ...], rule: Callable[[Node, str], Rule]) -> Scenario:
    if not isinstance(node, Node):
        raise owner.error("each scenario must be a mapping; begin it with '- id:'", "scenarios")
    node.record = f"{owner.record} {node.get('id', '')}"
    node.check_keys(("id", "say", "rates", "when"), ("alternatives", "only_if_said"))
    rates: dict[str, dict[str, Rate]] = {}
    given = node.mapping("rates")
    for study in given:
        if study not in studies:
            raise given.error(f"'{study}' is not among the guideline's studies; add it there or mend the id", study)
        by_contrast = given.mapping(study)
        rates[study] = {}
        for contrast in by_contrast:
            if contrast not in CONTRASTS:
                raise by_contrast.error(f"'{contrast}' is no contrast; use wo, w or wwo", contrast)
            rates[study][contrast] = _rate(by_contrast, contrast)
    return Scenario(
        str(node["id"]),
        node.text("say"),
        rates,
        str(node.get("alternatives", "")),
        rule(node, "when"),
        node.flag("only_if_said"),
    )


def _rate(node: Node, contrast: str) -> Rate:
    """`UA`, `MA` or `NA`; with ` unverified` after it where the procedure's name was deduced, not read."""
    value, _, mark = str(node[contrast]).partition(" ")
    if value not in CATEGORIES or mark not in ("", *STATUSES):
        raise node.error(f"'{node[contrast]}' is no rate; write UA, MA or NA, or e.g. 'UA unverified'", contrast)
    return Rate(CATEGORIES[value], cast(RecordStatus, mark or "verified"))


def _pathway(owner: Node, node: object, studies: tuple[str, ...], rule: Callable[[Node, str], Rule]) -> Pathway:
    if not isinstance(node, Node):
        raise owner.error("each pathway must be a mapping; begin it with '- id:'", "pathways")
    node.record = f"{owner.record} {node.get('id', '')}"
    node.check_keys(("id", "say", "when"), ("studies", "gives"))
    gives = cast('Literal["met", "arguable"]', node.one_of("gives", ("met", "arguable"), "met"))
    for_studies = node.ids("studies", studies) or studies
    return Pathway(str(node["id"]), node.text("say"), for_studies, rule(node, "when"), gives)
