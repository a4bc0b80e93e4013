"""Rule trees as written in YAML, parsed into nodes and leaves.

A node is a mapping with one of: `all`, `any`, `at_least: n` with `of`, `not`, `use: name of a condition`, or a leaf:

    finding: id or [ids]        status: [present]  region: study | any | [regions]  onset:  severity:  sides:
    field: patient.age          at_least:  at_most:  less_than:  one_of: []
    care: {weeks: 6}            kinds: conservative | active | [kinds]  directed:  within_weeks:  since_onset:  failed:
    imaging: {modality: xray}   region:  results: []  since_onset:  within_weeks:
    evaluation: {}              within_days:  after_treatment:

and may carry `say` (our words), `source` and `ours: true` (a threshold of ours, never cited).
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from criteria.facts import Cancer, Case, Denial, Patient, Plan, Study
from criteria.findings import FindingRecord
from criteria.ids import (
    IMAGING_RESULTS,
    MODALITIES,
    ONSETS,
    REGIONS,
    SEVERITIES,
    SIDES,
    STATUSES,
    TREATMENT_KINDS,
    nearest,
)
from criteria.leaves import CareLeaf, EvaluationLeaf, FieldLeaf, FindingLeaf, ImagingLeaf, Leaf
from criteria.leaves import Node as Rule
from criteria.library.records import TreatmentRecord
from criteria.strict_yaml import Node

_OPS = ("all", "any", "at_least", "not", "use", "finding", "field", "care", "imaging", "evaluation")
_PARTS: dict[str, Any] = {
    "plan": Plan,
    "patient": Patient,
    "cancer": Cancer,
    "denial": Denial,
    "study": Study,
    "": Case,
}


@dataclass(frozen=True)
class Words:
    """What a rule may name: findings, treatments, named conditions, sources, and the phrases for fields and results."""

    findings: Mapping[str, FindingRecord]
    treatments: Mapping[str, TreatmentRecord]
    conditions: Mapping[str, Node]
    phrases: Mapping[str, str]
    sources: Container[str]
    leaves: dict[Leaf, Leaf] = field(default_factory=dict)
    nodes: dict[tuple[Any, ...], Rule] = field(default_factory=dict)

    def same(self, rule: Rule) -> Rule:
        """The rule, or the equal one parsed before: what is found out about it then holds for every use."""
        leaf = None if rule.leaf is None else self.leaves.setdefault(rule.leaf, rule.leaf)
        written = (rule.op, rule.say, rule.of, rule.n, leaf, rule.source, rule.ours)
        return self.nodes.setdefault(written, replace(rule, leaf=leaf))


def parse_rule(value: Any, owner: Node, key: str, words: Words, source: str, inside: tuple[str, ...] = ()) -> Rule:
    """The rule that `value` writes. Raises LibraryError naming the record that holds it."""
    if not isinstance(value, Node):
        raise owner.error("a rule must be a mapping such as 'all:', 'any:' or 'finding:'", key)
    value.record = owner.record
    op = _op(value)
    source = str(value.get("source", source))
    if source not in words.sources:
        raise value.error(f"the source '{source}' is not in sources/; add it there or mend the name", "source")
    ours = value.flag("ours")
    if op == "use":
        name = value.one_of("use", words.conditions)
        value.check_keys(("use",), ("say",))
        if name in inside:
            raise value.error(f"the condition '{name}' uses itself; write out what it means", "use")
        condition = words.conditions[name]
        rule = parse_rule(condition, condition, name, words, source, (*inside, name))
        return words.same(replace(rule, say=str(value["say"]))) if "say" in value else rule
    if op in ("all", "any", "at_least", "not"):
        return _inner(op, value, words, source, ours, inside)
    leaves = _leaves(op, value, words)
    said = value.get("say")
    nodes = tuple(words.same(Rule("leaf", _say(leaf, words), leaf=leaf, source=source, ours=ours)) for leaf in leaves)
    if len(nodes) == 1:
        return words.same(replace(nodes[0], say=str(said))) if said else nodes[0]
    return words.same(Rule("any", str(said or "any of these"), nodes, source=source, ours=ours))


def _op(node: Node) -> str:
    found = [op for op in _OPS if op in node]
    # A field's bound is called at_least too: there it is no operator.
    if "field" in found and "at_least" in found:
        found.remove("at_least")
    if len(found) != 1:
        if found:
            raise node.error(f"a rule cannot be both {' and '.join(found)}; make them two items of 'all' or 'any'")
        hint = next((f"; did you mean '{n}'?" for k in node if (n := nearest(k, _OPS))), "")
        raise node.error(f"a rule needs exactly one of {', '.join(_OPS)}{hint}")
    return found[0]


def _inner(op: str, node: Node, words: Words, source: str, ours: bool, inside: tuple[str, ...]) -> Rule:
    if op == "at_least":
        node.check_keys(("at_least", "of"), ("say", "source", "ours"))
        items, n = node["of"], node["at_least"]
        if not isinstance(items, list) or not isinstance(n, int) or not 1 <= n <= len(items):
            raise node.error("'at_least' needs a number from 1 to the number of items under 'of'", "at_least")
    else:
        node.check_keys((op,), ("say", "source", "ours"))
        items, n = ([node[op]] if op == "not" else node[op]), None
        if not isinstance(items, list) or not items:
            raise node.error(f"'{op}' needs a list of rules, at least one; write '- finding: …' below it", op)
    of = tuple(parse_rule(item, node, op, words, source, inside) for item in items)
    default = {
        "all": "all of these",
        "any": "any of these",
        "at_least": f"at least {n} of these",
        "not": f"not: {of[0].say}",
    }
    return words.same(Rule(op, str(node.get("say", default[op])), of, n, None, source, ours))  # type: ignore[arg-type]


def _leaves(op: str, node: Node, words: Words) -> tuple[Leaf, ...]:
    if op == "finding":
        return _findings(node, words)
    if op == "field":
        return (_field(node),)
    node.check_keys((op,), ("say", "source", "ours"))
    given = node[op]
    if not isinstance(given, Node):
        raise node.error(f"'{op}' must be a mapping, such as {op}: {{}}", op)
    given.record = node.record
    if op == "care":
        return (_care(given, words),)
    if op == "imaging":
        given.check_keys(("modality", "region"), ("results", "since_onset", "within_weeks"))
        return (
            ImagingLeaf(
                given.one_of("modality", MODALITIES),
                given.one_of("region", REGIONS),
                given.ids("results", IMAGING_RESULTS),
                given.flag("since_onset"),
                _number(given, "within_weeks"),
            ),
        )
    given.check_keys((), ("within_days", "after_treatment"))
    days = _number(given, "within_days")
    return (EvaluationLeaf(None if days is None else int(days), given.flag("after_treatment")),)


def _findings(node: Node, words: Words) -> tuple[Leaf, ...]:
    node.check_keys(
        ("finding",), ("status", "region", "onset", "severity", "sides", "only_if_said", "say", "source", "ours")
    )
    ids = node["finding"] if isinstance(node["finding"], list) else [node["finding"]]
    for name in ids:
        if not isinstance(name, str) or name not in words.findings:
            hint = nearest(str(name), words.findings)
            mend = f"did you mean '{hint}'?" if hint else "add it or mend the name"
            raise node.error(f"the finding '{name}' is not in findings.yml; {mend}", "finding")
    region: Any = node.get("region", "study")
    if region not in ("study", "any"):
        region = node.ids("region", REGIONS)
    return tuple(
        FindingLeaf(
            name,
            node.ids("status", STATUSES) or ("present",),
            region,
            node.one_of("onset", ONSETS) if "onset" in node else None,
            node.one_of("severity", SEVERITIES) if "severity" in node else None,
            node.ids("sides", SIDES),
            node.flag("only_if_said"),
        )
        for name in ids
    )


def _field(node: Node) -> FieldLeaf:
    node.check_keys(("field",), ("at_least", "at_most", "less_than", "one_of", "say", "source", "ours"))
    path = str(node["field"])
    part, _, name = path.rpartition(".")
    if part not in _PARTS or name not in _PARTS[part].__dataclass_fields__:
        known = [f"{p}.{name}".lstrip(".") for p, part in _PARTS.items() for name in part.__dataclass_fields__]
        hint = nearest(path, known)
        mend = f"did you mean '{hint}'?" if hint else "write for example patient.age"
        raise node.error(f"'{path}' is no field of a case; {mend}", "field")
    leaf = FieldLeaf(
        path,
        _number(node, "at_least"),
        _number(node, "at_most"),
        _number(node, "less_than"),
        tuple(node.sequence("one_of")),
    )
    above = [bound for bound in (leaf.at_most, leaf.less_than) if bound is not None]
    if leaf.at_least is not None and above and leaf.at_least > min(above):
        raise node.error(f"nothing is both at least {leaf.at_least:g} and at most {min(above):g}; mend one", "at_least")
    if leaf == FieldLeaf(path):
        raise node.error("a field needs 'at_least', 'at_most', 'less_than' or a list 'one_of'", "field")
    return leaf


def _care(node: Node, words: Words) -> CareLeaf:
    node.check_keys(("weeks",), ("kinds", "directed", "within_weeks", "since_onset", "failed"))
    kinds: Any = node.get("kinds", "conservative")
    if kinds == "conservative":
        chosen = tuple(t.id for t in words.treatments.values() if t.conservative)
    elif kinds == "active":
        chosen = tuple(t.id for t in words.treatments.values() if t.active)
    else:
        chosen = node.ids("kinds", TREATMENT_KINDS)
    return CareLeaf(
        _number(node, "weeks") or 0.0,
        chosen,
        node.flag("directed"),
        _number(node, "within_weeks"),
        node.flag("since_onset"),
        node.flag("failed"),
    )


def _number(node: Node, key: str) -> float | None:
    value = node.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value < 0:
        raise node.error(f"'{key}' must be a number, not negative, and not '{value}'", key)
    return float(value)


def _say(leaf: Leaf, words: Words) -> str:
    """What a leaf asks, in plain words."""
    if isinstance(leaf, FindingLeaf):
        detail = " ".join(part for part in (leaf.severity, leaf.onset) if part)
        said = words.findings[leaf.id].say
        return words.phrases.get(f"{leaf.id}.{detail}", f"{said} ({detail})" if detail else said)
    if isinstance(leaf, FieldLeaf):
        name = words.phrases.get(leaf.path, leaf.path)
        bounds = [f"at least {leaf.at_least:g}"] if leaf.at_least is not None else []
        bounds += [f"at most {leaf.at_most:g}"] if leaf.at_most is not None else []
        bounds += [f"under {leaf.less_than:g}"] if leaf.less_than is not None else []
        # A kind of cancer has several names, the plainest first.
        named = leaf.one_of[:1] if leaf.path == "cancer.type" else leaf.one_of
        bounds += [" or ".join(str(v).replace("_", " ") for v in named)] if named else []
        return f"{name}: {' and '.join(bounds)}"
    if isinstance(leaf, CareLeaf):
        parts = [f"at least {leaf.weeks:g} weeks of care" if leaf.weeks else "any care for it"]
        parts += ["directed by a clinician"] if leaf.directed else []
        parts += [f"within the last {leaf.within_weeks:g} weeks"] if leaf.within_weeks else []
        return " ".join(parts)
    if isinstance(leaf, ImagingLeaf):
        results = [words.phrases.get(f"result.{r}", r.replace("_", " ")) for r in leaf.results]
        shown = f" showing {' or '.join(results)}" if results else ""
        place = words.phrases.get(f"region.{leaf.region}", leaf.region.replace("_", " "))
        return f"{words.phrases.get(leaf.modality, leaf.modality)} of the {place}{shown}"
    when = " after the care" if leaf.after_treatment else ""
    return f"a visit with a clinician{when}" + (f" within {leaf.within_days} days" if leaf.within_days else "")
