"""Whose length a length is, and which care was had; the sentences are in `tables/care_and_lengths.yml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.reading.clinical import read_clinical

TODAY = date(2026, 11, 21)
ROWS = yaml.safe_load((Path(__file__).parent / "tables" / "care_and_lengths.yml").read_text("utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=[row["text"][:60] for row in ROWS])
def test_care_and_how_long(row: dict[str, Any]) -> None:
    found = read_clinical(row["text"], TODAY)
    if "care" in row:
        read = [[t.kind, t.status, "none" if t.weeks is None else t.weeks] for t in found.treatments]
        assert read == row["care"]
    if "symptom_weeks" in row:
        assert found.symptom_weeks == (None if row["symptom_weeks"] == "none" else row["symptom_weeks"])
    for name, weeks in row.get("weeks", {}).items():
        assert {f.weeks for f in found.findings if f.id == name} == {None if weeks == "none" else weeks}


@pytest.mark.parametrize(
    ("text", "kind", "outcome", "directed"),
    [
        ("s/p PT 6 wks, HEP, NSAIDs w/o relief", "physical_therapy", "none", None),
        ("PT 6 weeks, ibuprofen helped some", "physical_therapy", None, None),
        ("subacromial injection 9/15 ~50% x 2 wk", "injection", "partial", "provider"),
        ("CSI 10/6 w/ 3 wks relief", "injection", "partial", "provider"),
        ("Gabapentin, oxycodone; relief minimal", "opioid", "partial", None),
        ("CAM boot 6w (our Rx), ibuprofen OTC", "nsaid", None, "self"),
        ("PT 10 weeks with a therapist", "physical_therapy", None, "provider"),
        # A "failed" before a list leaves each the relief that stands behind it.
        ("Failed PT, NSAIDs, injection w/ temp relief", "injection", "partial", "provider"),
        ("Failed PT, NSAIDs, injection w/ temp relief", "physical_therapy", "none", None),
        ("failed NSAIDs, PT x 6 wks, ESI x2 (75% relief x 3 wks)", "injection", "partial", "provider"),
        ("Failed NSAIDs and PT", "physical_therapy", "none", None),
        ("pain worse despite TLSO brace x 6 wks, Tylenol and tramadol", "opioid", "none", None),
        ("naproxen helped some, flexeril didn't", "muscle_relaxant", "none", None),
        ("naproxen helped some, flexeril didn't", "nsaid", "partial", None),
        ("did therapy for 8 weeks and my elbow is the same", "physical_therapy", "none", None),
        ("he gave me naproxen but all it does is make me sleepy", "nsaid", "none", "provider"),
        ("took prednisone for a week and it went away but came back", "oral_steroid", "partial", None),
        ("I took prednisone, great while I was on it", "oral_steroid", "partial", None),
        ("She reports only short-lived relief from adjustments", "chiropractic", "partial", None),
        ("had PT for 2 months, it made my neck pain worse", "physical_therapy", "worse", None),
        ("Offloading boot x 8 wks, ulcer not healing", "bracing", "none", None),
        # What eases the pain besides is no care's doing.
        ("PT and naproxen. Some relief with heat only.", "nsaid", None, None),
        # A line that is only wrapped goes on.
        ("She has completed nine weeks of formal therapy and ten weeks of ibuprofen without lasting\nbenefit", "nsaid",
         "none", None),
        ("Nothing to add to this line of the note, but that the naproxen she has takes the edge\noff", "nsaid",
         "partial", None),
        ("Did 12 weeks of PT & it helped a lot but I still can't lift my arm", "physical_therapy", "partial",
         None),
        ("Did PT and still can't lift my arm", "physical_therapy", "none", None),
        ("cortisone x2, PT x2 rounds, nothing", "injection", "none", "provider"),
        ("Has failed 6 weeks of conservative therapy including PT and NSAIDs", "nsaid", "none", None),
        ("it hurts worse after therapy", "physical_therapy", "worse", None),
        ("PT has not helped", "physical_therapy", "none", None),
        ("6 weeks PT, meds, and it's only gotten worse", "physical_therapy", "worse", None),
        ("Pt. is a 61 y/o male with L knee OA, failed NSAIDs, PT (8 wks)", "nsaid", "none", None),
        ("splints x 3 months partial relief", "bracing", "partial", None),
        # A no before what would be a cure; one of two shots that helped; what no longer does.
        ("Had chiropractic and acupuncture, and neither one fixed it", "chiropractic", "none", None),
        ("chiro fixed it", "chiropractic", "resolved", None),
        ("stretches for six weeks. Naproxen daily. None of it fixed it.", "nsaid", "none", None),
        ("two shots, the first one great for 3 weeks the second did nothing", "injection", "partial", "provider"),
        ("The March injection gave me 3 good months.", "injection", "partial", "provider"),
        ("OCPs with partial relief. Ibuprofen no longer helps.", "nsaid", "none", None),
        ("distal femur pain, not relieved by ibuprofen", "nsaid", "none", None),
        ("the oxycodone just makes her sleepy", "opioid", "none", None),
        ("PT and chiro for 2 months, both helped a little", "physical_therapy", "partial", None),
        ("NSAIDs w/ minimal relief, OCP x 9 mo and Depo x 6 mo both failed.", "nsaid", "partial", None),
        ("gabapentin no benefit, 7 wks PT, worse by discharge", "physical_therapy", "worse", None),
        ("gabapentin no benefit, 7 wks PT, worse by discharge", "other", "none", None),
        ("The steroid pack helped for 4 days. PT hasn't.", "physical_therapy", "none", None),
        ("HEP given 9/2 per chart", "home_exercise", None, "provider"),
        ("She did the exercises I gave her, daily for eight weeks", "home_exercise", None, "provider"),
        ("4 weeks of PT with Mr. Alvarez", "physical_therapy", None, "provider"),
        ("Six weeks of physical therapy at the place my doctor picked", "physical_therapy", None, "provider"),
        # Relief for a while is partial, whatever it was; what comes back, is no smaller was no help.
        ("an intra-articular injection gave two days of complete relief", "injection", "partial", "provider"),
        ("a cortisone shot that took the pain away for ten days", "injection", "partial", "provider"),
        ("Brace x 2 mo, steroid inj 9/14 w/ near-complete relief x 4 wks", "bracing", None, None),
        ("Brace x 2 mo, steroid inj 9/14 w/ near-complete relief x 4 wks", "injection", "partial", "provider"),
        ("colchicine 2 wks no effect, prednisone burst 6 days partial.", "oral_steroid", "partial", None),
        ("Two cortisone shots, a strap, 8 weeks of therapy, none of it held.", "bracing", "none", None),
        ("offloading boot 8 wks, wound not smaller", "bracing", "none", None),
        ("offloading boot 8 wks, ulcer larger", "bracing", "worse", None),
        ("Flonase every day, and it keeps coming back", "other", "none", None),
        ("Started prednisone and the headache is already much better", "oral_steroid", "partial", None),
        ("PT x 8 wks partial relief, naproxen prn, CSI - no relief", "nsaid", None, None),
        ("Did PT for 10 weeks. It is still the same.", "physical_therapy", "none", None),
    ],
)
def test_how_it_went_and_who_ordered_it(text: str, kind: str, outcome: str | None, directed: str | None) -> None:
    item = next(t for t in read_clinical(text, TODAY).treatments if t.kind == kind)
    assert (item.outcome, item.directed) == (outcome, directed)


@pytest.mark.parametrize(
    ("text", "age", "packs", "quit_years"),
    [
        ("I'm fifty six and I smoked till I was forty", 56, None, 16.0),
        ("I'm 52 and I do smoke", 52, None, 0.0),
        ("61M current smoker, 42 pack years, asymptomatic: no cough", 61, 42.0, 0.0),
        ("my husband is 66, smoked 45 years about a pack a day, still smokes", 66, 45.0, 0.0),
    ],
)
def test_how_old_and_how_much_they_smoked(
    text: str, age: int, packs: float | None, quit_years: float | None
) -> None:
    found = read_clinical(text, TODAY)
    assert found.age == age
    assert (found.pack_years.value if found.pack_years else None) == packs
    assert (found.quit_years.value if found.quit_years else None) == quit_years
