"""Which red flags a case's findings raise, at which level; and how strictly the catalogue is read."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from criteria.facts import Case, Finding, Study
from criteria.findings import load_findings
from criteria.red_flags import load_red_flags, raised
from criteria.strict_yaml import LibraryError

LIBRARY = Path(__file__).parents[3] / "criteria" / "library"
FLAGS = load_red_flags(LIBRARY / "red_flags.yml")
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "red_flags.yml").read_text("utf-8"))


def finding(row: Any) -> Finding:
    return Finding(row) if isinstance(row, str) else Finding(**row)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_raised(row: dict[str, Any]) -> None:
    case = Case(
        as_of=date(2026, 11, 21),
        study=Study(id=row.get("study")),
        findings=tuple(finding(f) for f in row["findings"]),
    )
    flags = raised(case, FLAGS)
    assert {f.id: f.level for f in flags} == row["raises"]
    assert [f.level for f in flags] == sorted((f.level for f in flags), key="EUR".index)


def test_a_flag_names_the_findings_that_made_it() -> None:
    case = Case(as_of=date(2026, 11, 21), findings=(Finding("head_injury"), Finding("headache"), Finding("vomiting")))
    (flag,) = [f for f in raised(case, FLAGS) if f.id == "RF19"]
    assert flag.findings == ("head_injury", "vomiting")


def test_every_row_of_the_catalogue_is_there_and_speaks_of_known_findings() -> None:
    numbers = {int(name[2:]) for name in FLAGS}
    assert numbers == set(range(1, 55)) - {28}
    known = set(load_findings(LIBRARY / "findings.yml"))
    assert {name for flag in FLAGS.values() for name in flag.finding_ids} <= known


GOOD = """RF01:
  level: U
  say: a sign
  term: a sign
  question: "A sign?"
  regions: [knee]
  waives: true
  basis: test
  sources: [a-source]
  status: unverified
  when:
    - {level: U, all: [{any: [locking], severity: severe, max_weeks: 4}]}
"""


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("regions: [knee]", "regions: [kne]"), "did you mean 'knee'"),
        (("{level: U, all", "{level: E, all"), "higher level"),
        (("severity: severe", "severity: sever"), "did you mean 'severe'"),
        (("max_weeks: 4", "max_weeks: long"), "number of weeks"),
        (("max_weeks: 4", "status: [absent]"), "what is absent raises no flag"),
        (("waives: true", "waives: perhaps"), "true or false"),
        (("any: [locking]", "some: [locking]"), "unknown key 'some'"),
        (("all: [{any: [locking], severity: severe, max_weeks: 4}]", "all: []"), "at least one finding"),
    ],
)
def test_a_bad_record_is_refused(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    path = tmp_path / "red_flags.yml"
    path.write_text(GOOD, "utf-8")
    assert load_red_flags(path)["RF01"].when[0].signs[0].max_weeks == 4
    path.write_text(GOOD.replace(*change), "utf-8")
    with pytest.raises(LibraryError, match=re.escape(complaint)) as error:
        load_red_flags(path)
    assert "red_flags.yml:" in error.value.where
