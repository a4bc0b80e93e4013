"""Care that was left out, how its outcome is told, and what stands around an earlier picture: each both ways."""

from __future__ import annotations

from datetime import date

import pytest

from actions.reading import read
from actions.reading.clinical_items import ImagingItem, TreatmentItem

TODAY = date(2026, 11, 21)


def care(text: str, kind: str) -> TreatmentItem:
    (found,) = (t for t in read(text, TODAY).treatments if t.kind == kind)
    return found


def statuses(text: str) -> list[tuple[str, str]]:
    return [(t.kind, t.status) for t in read(text, TODAY).treatments]


def pictures(text: str) -> tuple[ImagingItem, ...]:
    return tuple(read(text, TODAY).imaging)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("They sent me for PT but I couldn't afford the copay so I never went.", "physical_therapy"),
        ("Advil most days. Nobody sent me to PT.", "physical_therapy"),
        ("Medrol: two good days then back. PT declined by pt (copay).", "physical_therapy"),
        ("His pcp prescribed PT in august but the wait was three months so he hasn't had any", "physical_therapy"),
        ("Never seen a PT.", "physical_therapy"),
        ("Pt refused injections.", "injection"),
        ("Shots were offered but she said no thank you", "injection"),
        ("I'm not interested in shots in the spine.", "injection"),
        ("Conservative tx: PT 6 wks (failed), ESI declined.", "injection"),
        ("I'd rather skip the injections", "injection"),
        ("chiro none; L TFESI not yet. MRI denied.", "injection"),
        ("I have not been able to start PT, the soonest opening is January", "physical_therapy"),
        ("Physical therapy: cannot attend, no transport.", "physical_therapy"),
        ("Couldn't do therapy, lost my job and the insurance with it.", "physical_therapy"),
    ],
)
def test_what_was_left_out_was_not_had(text: str, kind: str) -> None:
    assert care(text, kind).status == "absent"


@pytest.mark.parametrize(
    "text",
    [
        "I couldn't afford more than 4 PT visits",
        "I never went back to PT after the surgery consult, it didn't help",
        "never had a problem with PT, it just didn't fix it",
        "The doctor never mentioned PT until October, then I did four weeks",
        "PT wasn't offered in the evening so I went mornings for 6 weeks",
    ],
)
def test_what_was_broken_off_or_late_was_had(text: str) -> None:
    assert statuses(text) == [("physical_therapy", "present")]


@pytest.mark.parametrize(
    "text",
    [
        "I'd try PT if they let me skip the copay",
        "How many PT visits do they want to see?",
        "I have an appointment for a steroid injection on December 4",
        "My insurance covers 20 PT visits, do I have to use those first?",
        "the physical therapist my brother sees says I should get a scan",
        "Nobody told me PT would hurt this much",
        "Aetna declined PT after I asked twice",
        "The insurance guy said six weeks of PT.",
        "Each one of us got shots for covid",
        "Pt denies bloating, wt loss. Sister ovarian ca 58, pt BRCA neg 2022.",
        "pt rs'd from 11/24 to 12/3 (ride)",
        "the pain wraps round to the ribs",
        "US showed mild hydro but no stone",
    ],
)
def test_what_is_spoken_of_is_neither_had_nor_left_out(text: str) -> None:
    assert statuses(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "outcome"),
    [
        ("Meloxicam 15 qd x 8wk min benefit.", "nsaid", "partial"),
        ("Two steroid injections (June, Sept), first one gave me 5 weeks, second nothing.", "injection", "partial"),
        ("had three epidurals, each one bought me less time", "injection", "partial"),
        ("got a shot in my thumb joint on 9/9, wonderful for two weeks, then zip", "injection", "partial"),
        ("I've worn a wrist brace for 2 months and the tingling is mostly gone", "bracing", "partial"),
        ("I sleep in the splint, it helps the numbness but not the pain", "bracing", "partial"),
        ("went to PT for 8 weeks. It was helping.", "physical_therapy", "partial"),
        ("gabapentin 6 weeks, it did take some of the burning away", "other", "partial"),
        ("Tylenol: not helpful", "analgesic", "none"),
        ("Did 12 sessions of therapy for my shoulder. Not one bit better.", "physical_therapy", "none"),
        ("PT for 9 visits, I wasn't getting anywhere", "physical_therapy", "none"),
        ("no improvement after 7 weeks conservative care (NSAIDs, activity mod)", "nsaid", "none"),
        ("Trial of PT (8/10/26-9/21/26, 12 visits, Peak Rehab): pain 7/10 to 6/10.", "physical_therapy", "partial"),
        ("took Lyrica three months, no less pain", "other", None),
        ("the steroid shot didn't even last the weekend", "injection", "partial"),
        ("Naproxen for five weeks. It upset my stomach and did nothing for the hip.", "nsaid", "none"),
        ("Flexeril, all it did was put me to sleep", "muscle_relaxant", "none"),
        ("PT for 8 weeks, it wasn't helping", "physical_therapy", "none"),
        ("PT for 8 weeks. My mother is better.", "physical_therapy", None),
        ("PT for 8 weeks, then they got me a chair", "physical_therapy", None),
    ],
)
def test_how_it_went(text: str, kind: str, outcome: str | None) -> None:
    assert care(text, kind).outcome == outcome


@pytest.mark.parametrize(
    ("text", "kind", "directed"),
    [
        ("had a cortisone shot in the hip", "injection", "provider"),
        ("Medrol dosepak in June", "oral_steroid", "provider"),
        ("did pt for 10 wks with dr okafors people", "physical_therapy", "provider"),
        ("thumb spica x 6 wks per hand surgeon", "bracing", "provider"),
        ("HEP from physio, doing it daily", "home_exercise", "provider"),
        ("been wearing one of them sleeve braces from the truck stop", "bracing", "self"),
        ("did pt for 10 wks", "physical_therapy", None),
        ("Flexeril at night", "muscle_relaxant", None),
        ("took one of my wife's flexeril", "muscle_relaxant", "self"),
        ("chiro twice a week, paid for it myself", "chiropractic", "self"),
        ("a brace I bought and 6 weeks of PT", "physical_therapy", None),
        ("Doctor give me pills naproxen 2 month", "nsaid", "provider"),
        ("naproxen and heat, like my rheumatologist told me", "nsaid", "provider"),
        ("The gabapentin you gave me makes me dizzy", "other", "provider"),
        ("HEP daily x 6 wks per PT handout", "home_exercise", "provider"),
        ("the exercises from YouTube, and the podiatrist said the tendon is thick", "home_exercise", "self"),
        ("Tylenol and ibuprofen over the counter", "analgesic", "self"),
        ("Pt tried ibuprofen", "nsaid", None),
        ("wore a knee brace for 2 weeks", "bracing", None),
    ],
)
def test_who_directed_it(text: str, kind: str, directed: str | None) -> None:
    assert care(text, kind).directed == directed


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("PT 6 visits/6wk @ our clinic, no relief.", 6),
        ("Had to stop PT when insurance ran out. 9 sessions, Aug 3 to Sept 4.", 4.6),
        ("Did PT. About 8 weeks.", 8),
        ("Did PT. My knee hurts 8 weeks.", None),
        ("Did PT. I have had this for 8 weeks.", None),
    ],
)
def test_a_length_further_behind(text: str, weeks: float | None) -> None:
    assert care(text, "physical_therapy").weeks == weeks


@pytest.mark.parametrize(
    ("text", "visits"), [("PT visits 14/16, plateau", 14), ("PT (14/16 visits), goals not met", 14)]
)
def test_visits_of_so_many(text: str, visits: int) -> None:
    assert care(text, "physical_therapy").visits == visits


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("had an xray in june. they said normal", "normal"),
        ("XR of L hip - no acute osseous abnormality", "normal"),
        ("they found a 1.4 cm nodule by accident on a neck ultrasound last month", "nodule"),
        ("RLL nodule, solid, 9 mm on CT chest 5/14/26", "nodule"),
        ("Ultrasound on 11/12 says the bile duct is wide at 11 mm, no stone seen", "abnormal"),
        ("CT C/A/P 11/03/26: no definite mets, 1.1 cm hypodensity seg VI", "abnormal"),
        ("TTE 11/15 poor windows", "indeterminate"),
        ("TTE 11/15: vegetation not excluded", "indeterminate"),
        ("Echo in May could not measure the wall well", "indeterminate"),
        ("TTE 10/15/26 EF 42%, no pericardial effusion", None),
        ("breast US 11/17 BI-RADS 4B", "abnormal"),
        ("CT C/A/P 11/03/26: no definite mets, no 1.1 cm hypodensity", "normal"),
        ("had an xray in june. they said my insurance is not clear", None),
        ("had an xray in june. My blood work was normal", None),
        ("X-rays of the hand 8/25, growth plates intact", None),
    ],
)
def test_what_it_showed(text: str, result: str | None) -> None:
    (told,) = pictures(text)
    assert (told.status, told.result) == ("present", result)


@pytest.mark.parametrize(
    "text",
    [
        "Ortho is thinking surgery depending on what the MRI shows.",
        "My X-ray is tomorrow. They said all good to go.",
        "There is a mass on my neck. CT pending.",
        "TTE denied, TEE requested.",
        "They want to follow the nodule on CT",
        "first xray then mri, that's what plan says",
        "Once the MRI shows a tear they will operate",
    ],
)
def test_what_is_still_to_come_is_no_earlier_picture(text: str) -> None:
    assert pictures(text) == ()


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("ok so its my left hip. had an xray in june, normal", "left"),
        ("R foot pain x 7 months. X-ray of the foot March 2026 unremarkable", "right"),
        ("my right hip was replaced in 2015, left one is bad now, xray in may", None),
        ("my knees hurt, the left more than the right. xray of the knee 9/3 normal", None),
        ("Pain in the left knee, they xrayed the right knee by mistake on 9/3", "right"),
    ],
)
def test_the_side_of_the_only_one_named(text: str, side: str | None) -> None:
    (told,) = pictures(text)
    assert told.side == side


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Two pelvic ultrasounds (2024 and this March), both normal", ["2024", "2026-03"]),
        ("nodule 9 mm on CT chest 5/14/26 (was 6 mm 11/2025)", ["2026-05-14", "2025-11"]),
        ("wrist film neg x2 (10/1 and 10/15)", ["2026-10-01", "2026-10-15"]),
        ("Brain mri was always in nov, last one nov 14 2025", ["2025-11-14"]),
        ("Doppler on 10-29 -> 70% narrowing of the carotid", ["2026-10-29"]),
        ("Nov 2 I felt a pop in my right shoulder. ER xray that night, nothing broke.", ["2026-11-02"]),
        ("MRI lumbar in 2023 and surgery in 2024", ["2023"]),
        ("ER did a CT of the belly, all clear. That was Nov 3.", ["2026-11-03"]),
        ("ER did a CT of the belly, all clear. The surgery was Nov 3.", ["None"]),
        ("10/8 CT abdomen neg", ["2026-10-08"]),
        ("CT of the chest 5/14/26 for 5-10 mm nodules", ["2026-05-14"]),
    ],
)
def test_when_it_was_taken(text: str, when: list[str]) -> None:
    assert [str(i.date or i.month) for i in pictures(text)] == when


def test_left_and_right_are_two_pictures() -> None:
    found = pictures("Left knee xray: normal joint space. Right knee xray: narrowing medial side.")
    assert [(i.side, i.result) for i in found] == [("left", "normal"), ("right", "abnormal")]


def test_each_of_two_has_its_own_result() -> None:
    found = pictures("They x-rayed my foot twice, first on Sept 2 nothing, second time on Sept 23 a hairline fracture")
    assert [(str(i.date), i.result) for i in found] == [("2026-09-02", "normal"), ("2026-09-23", "fracture")]


@pytest.mark.parametrize(
    ("text", "modality", "region"),
    [
        ("MRCP 10/30/2024: cystic lesion", "mri", "abdomen"),
        ("due for my yearly lung screening, had it last December and it was clear", "ct", "chest"),
        ("The mri two years ago said bulging disc l5", "mri", "lumbar_spine"),
        ("X-ray said old healed fracture of the T12", "xray", "thoracic_spine"),
        ("I had an MRI on that same shoulder last year", "mri", "shoulder"),
        ("MRI 2024 showed T2 hyperintensity", "mri", None),
    ],
)
def test_which_part_it_showed(text: str, modality: str, region: str | None) -> None:
    (told,) = pictures(text)
    assert (told.modality, told.region) == (modality, region)


def test_no_fracture_on_it_was_taken() -> None:
    assert [i.status for i in pictures("no fx on xray")] == ["present"]
    assert [i.status for i in pictures("no report on the MRI yet")] != ["present"]


def test_what_is_gone_was_not_shown() -> None:
    told = pictures("the fluid around the heart is gone per the october echo")
    assert [i.result for i in told if i.result] == []
