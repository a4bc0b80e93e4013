"""The library loads, every record has its source, and the loader refuses what is doubtful, saying where."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from criteria.ids import DENIAL_REASONS, DOCUMENT_KINDS, STUDIES, TREATMENT_KINDS
from criteria.library import FOLDER, load, load_from
from criteria.results import as_json
from criteria.strict_yaml import LibraryError


def test_every_closed_list_has_its_records() -> None:
    library = load()
    assert set(library.treatments) == set(TREATMENT_KINDS)
    assert set(library.denial_reasons) == set(DENIAL_REASONS)
    assert set(library.documents) == set(DOCUMENT_KINDS)
    assert set(library.studies) == set(STUDIES)


def test_every_guideline_names_known_sources_and_falls_due() -> None:
    for guideline in load().guidelines.values():
        assert guideline.sources and all(s in load().sources for s in guideline.sources)
        assert guideline.recheck_after > guideline.checked_on


def test_the_edition_in_force_depends_on_the_day() -> None:
    editions = [g for g in load().guidelines.values() if g.series == "carelon/spine"]
    assert [g.id for g in editions if g.in_force(date(2026, 9, 18))] == ["carelon-spine-2025-11-15"]
    assert [g.id for g in editions if g.in_force(date(2026, 9, 19))] == ["carelon-spine-2026-09-19"]


def test_every_finding_a_rule_asks_for_has_a_question() -> None:
    library = load()
    for study in library.studies.values():
        for id in (*study.red_flag_questions, *study.questions):
            assert library.questions[id].facts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "library", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    return tmp_path / "library"


def edit(old: str, new: str) -> Callable[[Path], None]:
    def change(path: Path) -> None:
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new, 1))

    return change


def append(text: str) -> Callable[[Path], None]:
    return lambda path: path.write_text(path.read_text() + text)


LUMBAR = "guidelines/acr/low-back-pain.yml"
CARELON = "guidelines/carelon/spine.yml"


@pytest.mark.parametrize(
    ("file", "change", "says"),
    [
        (LUMBAR, edit("    - id: L-4\n", "    - id: L-4\n      wen: {}\n"), "unknown key 'wen'; did you mean 'when'?"),
        (LUMBAR, edit("  edition: 2021 Update\n", "  edition: 2021 Update\n  edition: 2022\n"), "stands twice"),
        (LUMBAR, edit("checked_on: 2026-01-28", "checked_on: January"), "is not a date"),
        (LUMBAR, edit("sources: [acr-low-back-pain,", "sources: [acr-low-bak-pain,"), "mean 'acr-low-back-pain'?"),
        (LUMBAR, edit("  sources: [acr-low-back-pain, acr-portal-2026-01]\n", "  sources: []\n"), "no source"),
        (LUMBAR, edit("wwo: UA unverified", "wwo: 9"), "is no rate"),
        (LUMBAR, edit("{use: cauda_equina_suspected}", "{use: cauda_equina}"), "is not known"),
        (LUMBAR, edit("status: verified", "status: certain"), "'status: certain' is not known"),
        (LUMBAR, edit("- field: symptom_weeks", "- field: symptom_week"), "is no field of a case"),
        (LUMBAR, edit("- care: {weeks: 6,", "- care: {weeks: six,"), "must be a number"),
        (LUMBAR, edit("    - id: L-2\n", "    - id: L-1\n"), "two of its rules are called 'L-1'"),
        (CARELON, edit("to: 2026-09-18", "to: 2026-09-19"), "in force at the same time"),
        (CARELON, edit("to: 2026-09-18", "to: 2020-01-01"), "'to' is before 'from'"),
        ("conditions/spine.yml", edit("finding: foot_drop", "finding: foot_dropp"), "did you mean 'foot_drop'?"),
        ("studies/mri-knee.yml", edit("body: [knee]", "body: [kneee]"), "did you mean 'knee'?"),
        ("payers.yml", edit("reviewer: evicore", "reviewer: evicorp"), "is no reviewer"),
        ("payers.yml", edit("aliases: [Kaiser]", "aliases: [Kaiser, UHC]"), "is also unitedhealthcare's"),
        ("questions/warning_signs.yml", edit("saddle_anesthesia,", "saddle_anesthesi,"), "did you mean"),
        ("questions/templates.yml", edit("\npatient.age:", "\npatient.ages:"), "no question 'patient.age'"),
        ("sources/acr.yml", append("more:\n  title: Only a title\n"), "is missing; add it"),
        ("sources/payers.yml", edit("\nevicore-msk:", "\nacr-headache:"), "stands in another file too"),
        ("treatments.yml", edit("nsaid:", "nsaids:"), "is no treatment kind; did you mean 'nsaid'?"),
    ],
)
def test_what_is_doubtful_is_refused(
    folder: Path, tmp_path: Path, file: str, change: Callable[[Path], None], says: str
) -> None:
    change(folder / file)
    with pytest.raises(LibraryError) as error:
        load_from(folder, tmp_path / "cache")
    assert says in str(error.value)
    assert "library/" in error.value.where


def test_an_error_names_file_line_and_record(folder: Path, tmp_path: Path) -> None:
    edit("wwo: UA unverified", "wwo: 9")(folder / LUMBAR)
    with pytest.raises(LibraryError) as error:
        load_from(folder, tmp_path / "cache")
    line = next(i for i, text in enumerate((folder / LUMBAR).read_text().splitlines(), 1) if "wwo: 9" in text)
    assert error.value.where == f"{folder / LUMBAR}:{line}"
    assert error.value.record == "acr-low-back-pain-2021 L-4"


def test_the_cache_is_used_until_a_file_changes(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_from(folder, cache)
    [kept] = cache.iterdir()
    assert as_json(load_from(folder, cache)) == as_json(first)
    edit("say: MRI of the knee", "say: an MRI of the knee")(folder / "studies/mri-knee.yml")
    assert load_from(folder, cache).studies["mri-knee"].say == "an MRI of the knee"
    assert not kept.exists()


def test_a_broken_or_unwritable_cache_is_no_error(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = load_from(folder, cache)
    [kept] = cache.iterdir()
    kept.write_bytes(b"not a pickle")
    assert as_json(load_from(folder, cache)) == as_json(first)
    (tmp_path / "file").write_text("")
    assert as_json(load_from(folder, tmp_path / "file" / "cache")) == as_json(first)
