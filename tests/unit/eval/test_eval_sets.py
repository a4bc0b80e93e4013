"""The sets' files: what is read from them, and how a file of the wrong shape is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.eval.sets import PARTS, SETS, load_sets
from criteria.strict_yaml import LibraryError

DENIAL = """# Written as a billing clerk would forward it,
# before looking at any rule.
- id: short
  how: two lines
  today: 2026-11-21
  text: |
    We denied the MRI.
  kind: denial_letter
  denial: {payer: Example Health, reviewer: , plan_type: , member_id: , reference_numbers: [], notice_date: 2026-11-02,
           service_date: , reasons: [experimental], criteria_cited: , appeal_deadline: {words: , days: 60, date: },
           peer_to_peer: {phone: }, expedited_mentioned: false}
  study: {id: mri-knee, modality: mri, region: knee, side: left, cpt: ["73721"], icd10: []}
"""
CLINICAL = """- id: shorthand
  today: 2026-11-21
  text: LBP x 8 wks
  findings: [{id: low_back_pain, status: present, weeks: 8}]
  treatments: [{kind: nsaid, weeks: 2}]
  imaging: [{modality: xray, region: knee, side: , date: 2026-08, result: normal}]
  symptom_weeks: 8
  symptom_weeks_to: 9
  optional: [{id: fever, status: absent, or: [uncertain]}]
  age:
"""


def written(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_a_file_is_read_with_how_it_was_written_and_its_items_in_the_shape_of_reading(tmp_path: Path) -> None:
    written(tmp_path, "denials/dev.clerk.yml", DENIAL)
    written(tmp_path, "clinical/held.nurse.yml", CLINICAL)
    denials, clinical = load_sets(tmp_path, SETS, PARTS)
    assert (denials.set, denials.part, denials.name) == ("denials", "dev", "denials/dev.clerk.yml")
    assert denials.how == "Written as a billing clerk would forward it, before looking at any rule."
    (letter,) = denials.items
    assert letter.id == "short" and letter.text == "We denied the MRI.\n" and letter.today.isoformat() == "2026-11-21"
    assert letter.gold["denial"]["notice_date"] == "2026-11-02"
    assert letter.gold["denial"]["criteria_cited"] == [] and letter.gold["denial"]["payer"] == "Example Health"
    (note,) = clinical.items
    assert note.gold["treatments"][0]["status"] == "present" and note.gold["imaging"][0]["date"] == "2026-08"
    assert note.gold["symptom_weeks_to"] == 9 and note.gold["optional"][0]["or"] == ["uncertain"]


def test_only_the_parts_asked_for_are_read(tmp_path: Path) -> None:
    written(tmp_path, "denials/dev.clerk.yml", DENIAL)
    written(tmp_path, "denials/held.clerk.yml", "not: a list")
    assert [file.part for file in load_sets(tmp_path, ["denials"], ["dev"])] == ["dev"]


def test_messages_are_read_by_intent_and_emergencies_with_what_they_expect(tmp_path: Path) -> None:
    written(tmp_path, "intents/dev.yml", "why: [what for, how so]\n")
    written(
        tmp_path, "emergencies/dev.nurse.yml", "- {text: I want to die, expect: crisis, ids: [self_harm], how: plain}"
    )
    emergencies, intents = load_sets(tmp_path, SETS, PARTS)
    assert [(item.text, item.gold["intent"]) for item in intents.items] == [("what for", "why"), ("how so", "why")]
    assert emergencies.items[0].gold == {"expect": "crisis", "ids": ["self_harm"]}


@pytest.mark.parametrize(
    ("given", "instead", "says"),
    [
        ("reviewer: , ", "", "the key 'reviewer' is missing"),
        ("plan_type: , ", "plan_typ: , ", "unknown key 'plan_typ'"),
        ("member_id: , ", "member_id: 0123, ", "'member_id' must be words; put 83 in quotes"),
        ('cpt: ["73721"]', "cpt: [73721]", "'cpt' must be a list of words; put 73721 in quotes"),
        ("reasons: [experimental]", "reasons: [experimentl]", "did you mean 'experimental'?"),
        ("notice_date: 2026-11-02", "notice_date: soon", "'notice_date: soon' is not a date"),
        ("days: 60", "days: sixty", "'days: sixty' is not a number"),
        ("kind: denial_letter", "kind: letter", "'kind: letter' is not known"),
        ("peer_to_peer: {phone: }", "peer_to_peer: ", "'peer_to_peer' must be a mapping"),
        ("  text: |\n    We denied the MRI.", "  text: 12", "'text' must be words"),
    ],
)
def test_a_wrong_item_is_refused_by_file_item_and_key(tmp_path: Path, given: str, instead: str, says: str) -> None:
    assert given in DENIAL
    path = written(tmp_path, "denials/dev.clerk.yml", DENIAL.replace(given, instead))
    with pytest.raises(LibraryError) as refused:
        load_sets(tmp_path, ["denials"], ["dev"])
    assert refused.value.where.startswith(f"{path}:") and says in refused.value.message
    assert refused.value.record == "short"


def test_a_wrong_finding_is_refused_by_its_place(tmp_path: Path) -> None:
    written(tmp_path, "clinical/dev.nurse.yml", CLINICAL.replace("id: low_back_pain", "id: low_bak_pain"))
    with pytest.raises(LibraryError, match="shorthand: findings 1: .*did you mean 'low_back_pain'"):
        load_sets(tmp_path, ["clinical"], ["dev"])


def test_of_the_held_part_no_id_is_told(tmp_path: Path) -> None:
    written(tmp_path, "clinical/held.nurse.yml", CLINICAL.replace("age:", "agee:"))
    with pytest.raises(LibraryError) as refused:
        load_sets(tmp_path, ["clinical"], ["held"])
    assert refused.value.record == "item 1" and "shorthand" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("denials/clerk.yml", DENIAL, "name it dev.WRITER.yml"),
        ("denials/dev.clerk.yml", "id: short", "must be a list of items"),
        ("denials/dev.clerk.yml", "- short", "item 1: must be a mapping"),
        ("denials/dev.clerk.yml", "- {id: short", "not valid YAML"),
        ("intents/dev.yml", "- why", "must map intents to messages"),
        ("intents/dev.yml", "affirm: [yes]", "affirm: 'affirm' must be a list of words; put True in quotes"),
        ("intents/dev.yml", "why: [how so]\nskip: [how so]", "its id stands at item 1 too"),
        ("emergencies/dev.nurse.yml", "- {text: help, expect: maybe}", "'expect: maybe' is not known"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, name: str, text: str, says: str) -> None:
    written(tmp_path, name, text)
    with pytest.raises(LibraryError) as refused:
        load_sets(tmp_path, SETS, PARTS)
    assert str(tmp_path / name) in refused.value.where and says in str(refused.value)
