"""Which paper in the chart shows what a rule asks for: `proofs.yml`, read strictly."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from criteria.leaves import CareLeaf, FieldLeaf, FindingLeaf, ImagingLeaf, Leaf
from criteria.strict_yaml import LibraryError, Node, records

LEAVES = ("finding", "field", "care", "imaging", "evaluation")


@dataclass(frozen=True)
class ProofRecord:
    """A paper of the chart. It shows every leaf of the kinds `leaves`, but for what another paper names by its id."""

    id: str
    say: str
    leaves: tuple[str, ...]
    findings: tuple[str, ...]
    fields: tuple[str, ...]


def load_proofs(path: Path, findings: Collection[str], fields: Collection[str]) -> dict[str, ProofRecord]:
    """The papers by id. `findings` and `fields` are the ids that may be named.

    Raises LibraryError where an id is unknown, has two papers, or where a kind of leaf has none.
    """
    taken: dict[tuple[str, str], str] = {}

    def parse(name: str, node: Node) -> ProofRecord:
        node.check_keys(("say",), ("leaves", "findings", "fields"))
        lists = {"leaves": LEAVES, "findings": findings, "fields": fields}
        given = {key: node.ids(key, known) for key, known in lists.items()}
        for key, ids in given.items():
            for id in ids:
                other = taken.setdefault((key, id), name)
                if other != name:
                    raise node.error(f"'{id}' has a paper already, '{other}'; name it once", key)
        return ProofRecord(name, node.text("say"), given["leaves"], given["findings"], given["fields"])

    proofs: dict[str, ProofRecord] = records(path, parse)
    for leaf in LEAVES:
        if ("leaves", leaf) not in taken:
            raise LibraryError(f"{path}:1", "", f"no paper shows '{leaf}'; add it under 'leaves' of one")
    return proofs


def paper_for(leaf: Leaf, proofs: Mapping[str, ProofRecord]) -> str:
    """The id of the paper that shows this leaf."""
    if isinstance(leaf, FindingLeaf):
        kind, named = "finding", next((p.id for p in proofs.values() if leaf.id in p.findings), None)
    elif isinstance(leaf, FieldLeaf):
        kind, named = "field", next((p.id for p in proofs.values() if leaf.path in p.fields), None)
    else:
        named = None
        kind = "care" if isinstance(leaf, CareLeaf) else "imaging" if isinstance(leaf, ImagingLeaf) else "evaluation"
    return named or next(p.id for p in proofs.values() if kind in p.leaves)
