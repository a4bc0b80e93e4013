"""The findings catalogue: strict to load, and every finding can be heard in each of its own synonyms."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from actions.reading.clinical import read_clinical
from criteria.findings import load_findings
from criteria.strict_yaml import LibraryError

LIBRARY = Path(__file__).parents[3] / "criteria" / "library" / "findings.yml"
FINDINGS = load_findings(LIBRARY)
TODAY = date(2026, 11, 21)
# Named without a result an exam sign is no finding; nor are two antibiotics where nobody says within how long.
NEEDS_MORE = {"positive_slr", "positive_mcmurray", "positive_lachman", "repeated_antibiotics", "recurrent_sinusitis"}
# So do these: a film, what eases it, a leg, or since when.
SAYS_TOO_LITTLE_ALONE = {
    "arthritis": "degenerative disc disease|DDD|bone spurs?",
    "neurogenic_claudication": "can.* walk .*a block",
    "radiating_leg_pain": ".*(?:buttock|butt)",
    "steroid_use_longterm": "prednisone since",
}


def test_every_finding_of_the_contract_is_there() -> None:
    for name in ("low_back_pain", "saddle_anesthesia", "thunderclap_headache", "positive_slr", "new_headache_over_50",
                 "neurogenic_claudication", "d_dimer_positive", "brca_mutation", "surgery_candidate"):  # fmt: skip
        assert name in FINDINGS
    assert len(FINDINGS) >= 140


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_a_finding_is_heard_in_its_own_synonyms(name: str) -> None:
    unheard = []
    for synonym in FINDINGS[name].synonyms:
        text = "I have " + re.sub(r"\s*\.\.\s*", " the ", synonym)
        if name not in {f.id for f in read_clinical(text, TODAY).findings}:
            unheard.append(synonym)
    too_little = SAYS_TOO_LITTLE_ALONE.get(name)
    if name not in NEEDS_MORE:
        assert [synonym for synonym in unheard if not (too_little and re.fullmatch(too_little, synonym))] == []


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_a_question_is_one_short_question(name: str) -> None:
    question = FINDINGS[name].question
    assert len(re.findall(r"[A-Za-z-]+", question)) <= 24
    assert question.count("?") == 1


def write(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "findings.yml"
    path.write_text(text, "utf-8")
    return path


GOOD = "numbness: {term: numbness, say: numbness, question: 'Numb?', group: nerve, synonyms: [numb]}\n"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("group: nerve", "group: nerves"), "did you mean 'nerve'"),
        (("'Numb?'", "'Numb.'"), "must end in '?'"),
        (("synonyms: [numb]", "synonyms: []"), "at least one"),
        (("synonyms: [numb]", "synonym: [numb]"), "did you mean 'synonyms'"),
        (("group: nerve", "group: nerve, region: kne"), "did you mean 'knee'"),
    ],
)
def test_a_bad_record_is_refused_with_file_and_line(tmp_path: Path, change: tuple[str, str], complaint: str) -> None:
    assert load_findings(write(tmp_path, GOOD))["numbness"].synonyms == ("numb",)
    with pytest.raises(LibraryError, match=re.escape(complaint)) as error:
        load_findings(write(tmp_path, GOOD.replace(*change)))
    assert error.value.where.endswith("findings.yml:1")
