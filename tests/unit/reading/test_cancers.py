"""Which cancer it is and where its care stands: only the patient's own, and never a guess."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import facts_of, read
from criteria.facts import Field

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "kind", "phase"),
    [
        ("PET for my lung cancer, finished chemo in august, to see if its gone", "lung", "subsequent"),
        ("i have non hodgkins lymphoma, just diagnosed, pet for staging", "lymphoma", "initial"),
        ("DLBCL s/p 6 cycles R-CHOP, end of treatment PET", "lymphoma", "subsequent"),
        ("on cycle 3 of R-CHOP for DLBCL, interim pet denied", "lymphoma", "subsequent"),
        ("NSCLC RUL, new dx, staging PET", "lung", "initial"),
        ("stage III colon adenoca s/p R hemicolectomy. Suspect recurrence; PET/CT requested", "colon", "subsequent"),
        ("esophageal adenocarcinoma, restaging after neoadjuvant chemoradiation", "esophagus", "subsequent"),
        ("newly diagnosed prostate ca, gleason 8, bone scan before treatment", "prostate", "initial"),
        ("cervical cancer 1B, before treatment", "cervix", "initial"),
        ("yearly scan after my throat cancer, no sign of it coming back", "head_neck", "surveillance"),
        ("had chemo for hodgkins in 2019, yearly scan, no sign of it coming back", "lymphoma", "surveillance"),
        ("suspected lung cancer, PET requested", "lung", "suspected"),
        ("mass in the pancreas, highly suspicious for pancreatic cancer", "pancreas", "suspected"),
        ("mets to the liver from colon cancer", "colon", None),
        ("Invasive ductal carcinoma left breast, staging before neoadjuvant", "breast", "initial"),
        ("DCIS right breast, MRI for extent", "dcis", None),
        ("thyroid cancer, had it taken out in 2020", "thyroid cancer", None),
        ("skin cancer (basal cell) removed 2018", "skin cancer", None),
        ("mri for my back. breast cancer in 2014, ok since", "breast", None),
        (
            "my wifes stage 2 hodgkin lymphoma. chemo done in sept and the pet is to see if it worked",
            "lymphoma",
            "subsequent",
        ),
    ],
)
def test_the_kind_of_cancer_and_its_step_are_read(text: str, kind: str | None, phase: str | None) -> None:
    found = read(text, TODAY).cancer
    assert (found.type, found.phase) == (kind, phase)


@pytest.mark.parametrize(
    "text",
    [
        "my sister had breast cancer at 45, I dont have cancer",
        "my dad died of colon cancer so Im worried",
        "no history of cancer, no lung cancer in the family",
        "lung cancer? no, never had it",
        "they are worried it could be cancer",
        "they think it might be pancreatic cancer",
        "she has ovarian cancer and thyroid cancer",
        "MRI of the cervical spine, pain, no cancer",
        "brain MRI for headaches, on treatment for migraine",
        "routine yearly check for my knee after surgery",
    ],
)
def test_nobody_elses_and_no_feared_cancer_has_a_kind(text: str) -> None:
    found = read(text, TODAY).cancer
    assert (found.type, found.phase) == (None, None)


def test_words_of_two_steps_say_nothing() -> None:
    found = read("lung cancer, on chemo now, pet is staging before surgery", TODAY).cancer
    assert (found.type, found.phase) == ("lung", None)


def test_both_become_facts_with_the_words_they_were_read_from() -> None:
    text = "PET to see if the chemo worked, I have colon cancer."
    told = {
        fact.value.path: (fact.value.value, fact.said.words)
        for fact in facts_of(read(text, TODAY), "patient", TODAY)
        if isinstance(fact.value, Field)
    }
    assert told["cancer.type"] == ("colon", "colon cancer")
    assert told["cancer.phase"] == ("subsequent", "see if the chemo worked")
