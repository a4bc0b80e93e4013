"""Care that is told in one breath: whose length, days, order and result each is, and what was no care at all."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import TreatmentItem

TODAY = date(2026, 11, 22)


def care(text: str) -> dict[str, TreatmentItem]:
    return {t.kind: t for t in read_clinical(text, TODAY).treatments}


def kinds(text: str) -> list[tuple[str, str]]:
    return [(t.kind, t.status) for t in read_clinical(text, TODAY).treatments]


@pytest.mark.parametrize(
    "text",
    [
        "Pt on Xarelto.",
        "Pt. was involved in a rollover 8/1/2026",
        "Pt in MVC 9/3/26",
        "Pt age 51, hip pain",
        "Pt 44 yo M with cough",
        "Pt 3 weeks post fall",
        "Pt since 8/2 has tingling",
        "pt since 8/2 has tingling",
        "Pt until 8/2 worked as a painter",
        "Pt and daughter here today",
        "Pt made good progress",
        "the pt 8 weeks later still hurts",
        "nausea and rash denied by pt",
        "history given by pt",
        "per pt, the hip is worse",
        "Pt drives a truck",
    ],
)
def test_a_patient_is_no_therapy(text: str) -> None:
    assert "physical_therapy" not in care(text)


@pytest.mark.parametrize(
    "text",
    [
        "Pt x 7 weeks, no help",
        "Pt did nothing for me",
        "did Pt for my hip",
        "Pt and ibuprofen for two months",
        "Pt was may 20 to july 10",
        "pt did nothing",
        "PT on 9/3 and 9/10",
        "PT twice a week since June",
        "Pt, chiro, Advil",
        "Pt 8 weeks without relief",
        "PT started on Sept 3",
    ],
)
def test_therapy_by_the_same_letters(text: str) -> None:
    assert care(text)["physical_therapy"].status == "present"


def test_what_a_drug_did_for_a_patient() -> None:
    assert care("Pt without relief from naproxen")["nsaid"].outcome == "none"
    assert "physical_therapy" not in care("Pt without relief from naproxen")


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("hip pain 14 weeks, pt 7 weeks no help", 7.0),
        ("low back pain 12 weeks, pt 8 weeks", 8.0),
        ("elbow hurts 3 months, did pt for 6 weeks", 6.0),
        ("sciatica 14 weeks, pt no help", None),
        ("6 weeks of PT", 6.0),
        ("for 6 weeks I did PT", 6.0),
        ("did about 6 weeks, PT, no help", 6.0),
        ("In september I started PT, went for 3 weeks and quit", 3.0),
        ("Started PT in August, it was 5 weeks in all", 5.0),
        ("In september I started PT", None),
        ("PT since June, 24 weeks of pain", 20.7),
        ("8 weeks of pt from july to september", 8.0),
        ("PT from July to September", 4.6),
        ("OMT x 4 w/ Dr. Bell", None),
    ],
)
def test_the_weeks_of_therapy_are_its_own(text: str, weeks: float | None) -> None:
    found = care(text)
    (item,) = found.values()
    assert item.weeks == weeks


def test_the_days_of_one_are_not_the_others() -> None:
    found = care("She gave me diclofenac, PT was may 20 to july 10 with 14 visits")
    assert (found["nsaid"].weeks, found["nsaid"].since) == (None, None)
    therapy = found["physical_therapy"]
    assert (therapy.since, therapy.until, therapy.visits) == (date(2026, 5, 20), date(2026, 7, 10), 14)
    found = care("boot 3 weeks, PT july 1 to aug 20")
    assert (found["bracing"].weeks, found["bracing"].since, found["bracing"].until) == (3.0, None, None)
    found = care("cam boot x 4 wks, brace, PT x 6 wks")
    assert (found["bracing"].weeks, found["physical_therapy"].weeks) == (4.0, 6.0)
    found = care("ibuprofen, PT and chiro for 6 weeks")
    assert [t.weeks for t in found.values()] == [6.0, 6.0, 6.0]
    found = care("PT 10 weeks last winter and again june 8 to july 24")
    assert (found["physical_therapy"].weeks, found["physical_therapy"].since) == (10.0, None)


@pytest.mark.parametrize(
    ("text", "outcomes"),
    [
        ("did 6 weeks of PT, ibuprofen helped some", {"physical_therapy": None, "nsaid": "partial"}),
        ("did traction, medrol pack didnt touch it", {"other": None, "oral_steroid": "none"}),
        ("hand therapy may 4 to june 26, cortisone july 7 no help", {"physical_therapy": None, "injection": "none"}),
        ("I was put on naproxen and I went to PT, it helped a little", {"nsaid": None, "physical_therapy": "partial"}),
        ("PT and ibuprofen didn't help", {"physical_therapy": "none", "nsaid": "none"}),
        ("PT, chiro and ibuprofen didn't help", {"physical_therapy": "none", "chiropractic": "none", "nsaid": "none"}),
        ("PT, naproxen, no relief", {"physical_therapy": "none", "nsaid": "none"}),
        ("I took naproxen and did PT but they didn't help", {"nsaid": "none", "physical_therapy": "none"}),
    ],
)
def test_the_result_of_one_is_not_the_others(text: str, outcomes: dict[str, str | None]) -> None:
    assert {kind: t.outcome for kind, t in care(text).items()} == outcomes


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("the epidural took the pain away for 2 days", "partial"),
        ("had an epidural, pain was gone for a week and then it was back", "partial"),
        ("cortisone shot took it away, then it came right back", "partial"),
        ("the cortisone shot fixed it", "resolved"),
        ("after the cortisone shot the pain was gone for good", "resolved"),
        ("the epidural took the pain away", "resolved"),
    ],
)
def test_relief_that_did_not_last_is_no_cure(text: str, outcome: str) -> None:
    assert care(text)["injection"].outcome == outcome


@pytest.mark.parametrize(
    ("text", "visits"),
    [
        ("PT 2026 visits: 9", 9),
        ("2026 PT visits: 12", 12),
        ("10/20/2026 PT visit, tolerated well", None),
        ("DOS: 10/20/2026 PT visit", None),
        ("Visit #11 PT", 11),
        ("PT, total visits 13", 13),
        ("PT # visits: 10", 10),
        ("PT visits attended: 8", 8),
        ("14 PT visits", 14),
        ("PT last visit 10/14/26", None),
    ],
)
def test_visits_are_counted_and_no_year_is(text: str, visits: int | None) -> None:
    assert care(text)["physical_therapy"].visits == visits


def test_who_ordered_it_is_said_of_that_one() -> None:
    assert care("naproxen twice a day")["nsaid"].directed is None
    found = care("pt 8 weeks ordered by my doctor no help and naproxen")
    assert (found["physical_therapy"].directed, found["nsaid"].directed) == ("provider", None)
    assert care("my doctor ordered PT and naproxen")["nsaid"].directed == "provider"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("PT ordered 11/10, not started", []),
        ("PT ordered 11/10", []),
        ("i was gonna do pt but didnt", []),
        ("PT yet to begin", []),
        ("PT in 2021 for the other knee", []),
        ("my doc gave me a shot but it was my shoulder not knee", []),
        ("i refuse opioids", [("opioid", "absent")]),
        ("won't take opioids", [("opioid", "absent")]),
        ("Allergies: sulfa (rash), NSAIDs (GI bleed), contrast", [("nsaid", "absent")]),
        ("NSAIDs avoided due to ulcer", [("nsaid", "absent")]),
        ("allergic to nsaids so only tylenol", [("nsaid", "absent"), ("analgesic", "present")]),
        ("no pt yet, starts monday", [("physical_therapy", "absent")]),
        ("PT ordered 8/1, did 6 wks", [("physical_therapy", "present")]),
        ("PT: no functional improvement", [("physical_therapy", "present")]),
        ("no progress with PT", [("physical_therapy", "present")]),
        ("Allergies: none. Tried NSAIDs", [("nsaid", "present")]),
        ("i did pt but it didnt help", [("physical_therapy", "present")]),
        ("shot in my right shoulder, not much help", [("injection", "present")]),
        ("Opioid pain medicine", [("opioid", "present")]),
        ("Tylenol #3 at night", [("opioid", "present")]),
        ("tylenol 3 times a day", [("analgesic", "present")]),
        ("OT x 5 wks (10 visits)", [("physical_therapy", "present")]),
        ("stretches every day for my heel", [("home_exercise", "present")]),
        ("cortisone in August", [("injection", "present")]),
        ("a brace may help, they say", []),
        ("shots and pt didnt help", [("injection", "present"), ("physical_therapy", "present")]),
        ("PT and boot, no help", [("physical_therapy", "present"), ("bracing", "present")]),
        ("they want shots", []),
        ("they denied shots and PT", []),
    ],
)
def test_what_was_had_and_what_not(text: str, told: list[tuple[str, str]]) -> None:
    assert kinds(text) == told


@pytest.mark.parametrize(
    ("text", "since", "until", "visits"),
    [
        ("Physical Therapy Discharge Summary\nSOC: 08/31/2026   D/C: 10/16/2026   Visits attended: 13",
         date(2026, 8, 31), date(2026, 10, 16), 13),
        ("Physical therapy. Start of care 8/31/26, discharge 10/16/26, total visits 13.",
         date(2026, 8, 31), date(2026, 10, 16), 13),
        ("PT note. Eval date 9/2/26. Last visit 10/14/26. # visits: 10.", date(2026, 9, 2), date(2026, 10, 14), 10),
        ("PT eval 7/6/26. D/c 8/21/26 after 12 visits.", date(2026, 7, 6), date(2026, 8, 21), 12),
        ("Dates of service: 8/3/2026 through 9/18/2026. Physical therapy, 14 visits.",
         date(2026, 8, 3), date(2026, 9, 18), 14),
        ("Physical Therapy\nInitial evaluation: 09/01/2026\nVisit #: 11\nDate: 10/20/2026",
         date(2026, 9, 1), None, 11),
        ("ED visit, discharged 8/1/26. PT started after", None, None, None),
        ("Date of service: 11/2/2026, MRI. I did physical therapy", None, None, None),
    ],
)  # fmt: skip
def test_a_therapists_own_paper(text: str, since: date | None, until: date | None, visits: int | None) -> None:
    item = care(text)["physical_therapy"]
    assert (item.since, item.until, item.visits) == (since, until, visits)
    weeks = round((until - since).days / 7, 1) if since and until else None
    assert item.weeks == weeks


def test_a_visit_for_therapy_is_no_visit_after_it() -> None:
    found = read_clinical("PT note. Eval date 9/2/26. Last visit 10/14/26. # visits: 10.", TODAY)
    assert found.evaluations == ()


@pytest.mark.parametrize(
    "text", ["Pt is 59, diabetic x 15 yrs.", "Since I caught a falling pt Aug 1", "my sister (she's a PT) came"]
)
def test_a_person_is_no_therapy(text: str) -> None:
    assert "physical_therapy" not in care(text)
