"""Findings in a text: symptoms, exam signs and past events, with status, side, region, onset, severity and length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from actions.reading.assertion import Context, meaning
from actions.reading.body import Place, limb_words, nearest, pains
from actions.reading.clinical_items import FindingItem
from actions.reading.compiled import compiled
from actions.reading.complaints import Said, complaints, denied
from actions.reading.composed import composed, no_longer_so, taken_back
from actions.reading.dates import DateHit, Duration, weeks_since
from actions.reading.expressions import expression
from actions.reading.labs import labs
from actions.reading.language import Phrases
from actions.reading.measurements import measured
from actions.reading.rules import read, rules
from actions.reading.sides_told import with_sides_told
from criteria.findings import FindingRecord, load_findings

_HERE = Path(__file__).parent
_LIBRARY = _HERE.parent.parent / "criteria" / "library"
_Any = TypeVar("_Any")
_NEAR = 300
"""Characters around words within which the text speaks of the same matter."""
_LONG_LIST = 120
"""Characters of a list of complaints over which the length at its end reaches."""
_CORRECTED = 60
"""Characters before a side that is put right within which it was said."""
_NEXT_SENTENCE = 60
"""Characters of what follows a sentence that may still tell what eases a pain."""
_SPOKEN_OF = 160
"""Characters behind a joint within which what is told of none is its own, whatever else the text speaks of."""
_NO_JOINTS = frozenset({"abdomen", "pelvis", "abdomen_pelvis", "sinus"})
"""Regions in which nothing locks, swells or breaks."""
_MOST = 60
"""Findings read of one sentence."""
_NERVE = ("numbness", "tingling", "weakness")
_LOCAL = (
    "swelling", "locking", "giving_way", "popping", "clicking", "reduced_range_of_motion", "fracture", "arthritis",
    "prior_surgery", "unable_to_bear_weight", "infection_recent", "gout",
)  # fmt: skip
_WEIGHED = ("surgery_candidate", "bone_tumor_suspected", "heart_failure_cause_unknown")
"""A doubt about these is what they say."""
_OWN_NO_ALONE = ("reflex_decreased", "heart_failure_cause_unknown", "aneurysm_in_relatives")
"""Told by a lack themselves: a no of something else before them denies nothing."""
_LOST = ("loss_of_smell", "hearing_loss")
_TAKEN = ("anticoagulant_use", "steroid_use_longterm", "immunosuppression", "dialysis")
_ARE_HISTORIES = ("smoking_history", "migraine_history", "chest_radiation_young")
_LIFELONG = (
    "osteoporosis", "diabetes", "multiple_sclerosis", "epilepsy", "heart_failure", "cardiomyopathy", "brca_mutation",
    "pacemaker", "kidney_disease", "airway_disease", "crohn_disease", "interstitial_lung_disease", "dementia",
    "polycystic_kidneys", "spinal_stenosis",
)  # fmt: skip
"""A "history of" these is no past one."""
_KNOWN_FOR_GOOD = (
    *_LIFELONG, "arthritis", "endometriosis", "asthma",
)  # fmt: skip
"""A "diagnosed in 2018" tells since when."""
_CHRONIC = (
    *_LIFELONG, "asthma", "memory_problem", "obesity", "arthritis", "chronic_liver_disease", "migraine_history",
)  # fmt: skip
"""In the list of past history ("PMH: COPD, diabetes") these are still so."""
_SAID_BETTER = {
    "low_back_pain": ("mid_back_pain",),
    "foot_pain": ("foot_ulcer",),
    "cancer_history": ("bone_tumor_suspected",),
    "pacemaker": ("prior_surgery",),
    "trauma": ("gait_problem", "bladder_dysfunction", "bowel_dysfunction"),
    "syncope": ("vision_change", "giving_way", "fracture"),
    "swelling": ("papilledema",),
    "heart_failure": ("cardiomyopathy",),
    "gait_problem": ("giving_way",),
    "palpitations": ("breast_lump", "abdominal_mass"),
    "abdominal_pain": ("right_lower_abdominal_pain", "left_lower_abdominal_pain", "right_upper_abdominal_pain"),
    "epigastric_pain": ("right_upper_abdominal_pain",),
    "reduced_range_of_motion": ("neck_stiffness", "seizure"),
    "prior_surgery": ("surgery_candidate", "surgery_planned"),
    "pelvic_pain": ("right_lower_abdominal_pain", "left_lower_abdominal_pain"),
}
"""What stands inside the words of the other one is not meant: "mid back pain", "a sore on my foot"."""
_INSTEAD_OF_PAIN = (
    "numbness", "tingling", "weakness", "foot_drop", "clumsy_hands", "swelling", "locking", "giving_way", "popping",
    "clicking", "leg_swelling", "breast_lump", "nipple_discharge", "foot_ulcer", "rash", "abdominal_mass", "dizziness",
    "abdominal_hernia", "nasal_congestion", "facial_droop", "vision_change", "memory_problem", "seizure", "tinnitus",
    "shoulder_dislocation", "fracture", "cancer_history", "active_cancer", "shortness_of_breath", "palpitations",
)  # fmt: skip
"""What a part may be told of for, and no pain of it: "left knee, locks and swells, 3 months"."""
_SAYS_THAT_IT_HURTS = ("night_pain", "progressive_worsening", "trauma")
"""Words that stand where the pain of a part is told: "my shoulder. The pain wakes me up"."""
_QUARTERS = (
    "right_upper_abdominal_pain", "right_lower_abdominal_pain", "left_lower_abdominal_pain", "epigastric_pain",
)  # fmt: skip
_BESIDE_WHAT_THEY_HOLD = ("neurogenic_claudication", "new_symptoms", "breast_pain")
"""Legs that "go numb when I walk" are numb as well, "new tingling" is tingling, and a lump that is sore is a lump."""
_BESIDE_PAIN = (
    "numbness", "weakness", "swelling", "reduced_range_of_motion", "popping", "clicking", "locking", "giving_way",
)  # fmt: skip
"""Said beside the pain, not of it: "legs weak and sore", "a sore stiff knee", "it catches and pinches"."""
_SEEN = ("liver_lesion", "liver_lesion_over_1cm", "pancreatic_cyst", "adnexal_mass", "lung_nodule", "thyroid_nodule")
"""Of these "indeterminate" says what they are like, and not that nobody knows whether they are there."""
_OF_RELATIVES = ("aneurysm_in_relatives", "brca_in_close_relative")
"""Findings of the patient that a relative's illness tells."""
_SIZES = ("nodule_growth", "nodule_6mm_or_more", "liver_lesion_over_1cm")
_STAGES = ("locally_advanced_cancer", "early_stage_cancer", "active_cancer", "cancer_in_lymph_nodes")
_NO_LENGTH = (
    "psa_elevated", "psa_recurrence", "abnormal_lab",
    "recurrent_sinusitis", "sinus_treatment_failed", "repeated_antibiotics",
    "chronic_liver_disease", "interstitial_lung_disease", "infection_recent", "arthritis", "mild_arthritis",
    "crohn_disease", "lung_nodule", "nodule_6mm_or_more", "thyroid_nodule", "liver_lesion", "pancreatic_cyst",
)  # fmt: skip
"""A length beside these is of the complaint, of a drug or of a plan to look again."""
_TELL_OF_NO_CHANGE = ("change_in_headache_pattern", "sinus_treatment_failed", "cough_after_treatment")
"""The no inside their words is what they tell: "rinses didn't help", "not like my usual headaches"."""
_SEVERAL_TESTS = (
    "cuff_tear_sign", "labral_sign", "instability_sign", "tendon_sign", "abnormal_lab", "abnormal_liver_tests",
    "psa_elevated", "elevated_inflammatory_markers", "reflex_decreased", "joint_line_tenderness", "blood_in_urine",
    "surgery_candidate", "seizure", "chronic_liver_disease", "immunosuppression", "abnormal_ecg",
)  # fmt: skip
"""One finding by several tests: "drop arm neg, empty can pos" has it."""
_NOT_IT = {
    ("heart_failure", "hf"): "strength_behind",
    ("vomiting", "n/v"): "nerves_and_vessels",
    ("neuro_deficit", "babin"): "toes_down",
    ("neuro_deficit", "hoffm"): "toes_down",
    ("pacemaker", ""): "device_to_come",
    ("pacemaker", "impla"): "no_device",
    ("epigastric_pain", "epiga"): "of_a_lump",
    ("chronic_liver_disease", "hcv"): "antibody",
    ("chronic_liver_disease", "hbv"): "antibody",
    ("chronic_liver_disease", "hep c"): "antibody",
    ("chronic_liver_disease", "hep b"): "antibody",
}
"""By a finding and how its words begin: the expression of what behind them makes them something else."""
_EXAMINED = (*_SEVERAL_TESTS[:4], "joint_line_tenderness")
_ACCIDENTS = ("trauma", "fracture", "shoulder_dislocation", "popping")
"""What befell a relative in an accident runs in no family."""
_STAYS = (
    "aneurysm", "lung_nodule", "thyroid_nodule", "liver_lesion", "pancreatic_cyst", "adnexal_mass", "spinal_stenosis",
    "vascular_malformation", "thyroid_disease",
)  # fmt: skip
"""Found in some year these are still there, when nobody took them out."""
_LONG_ON_STEROIDS = 12
"""Weeks at least of steroids told with their length: the catalogue asks for "months or longer"."""
_EVENTS = ("trauma", "head_injury", "seizure", "syncope", "popping", "breast_lump", "shoulder_dislocation", "fracture",
           "tia_or_stroke")  # fmt: skip
"""What happens at one time: a date beside it is when."""
_BOWEL_AND_BLADDER = ("bladder_dysfunction", "bowel_dysfunction")
_CANCER = ("cancer_history", "breast_cancer", "ovarian_cancer")
_CANCERS = ("cancer_history", "active_cancer")
_CANCER_GONE = re.compile(r"remission|survivor|cured|free")
_CANCER_CARE = re.compile(r"chemo|remission|radiation|mets")
"""Words of cancer that have no place of their own: "my feet tingle since the chemo"."""
_OF_THE_WHOLE_BODY = re.compile(r"pneumonia|lyme|covid|flu\b|mono\b|strep|bronchitis|sepsis|uti\b|shingles")
"""Infections that are not of the body part that stands near: "broken wrist and pneumonia"."""
_NOWHERE = (
    "fever", "chills", "night_sweats", "weight_loss", "immunosuppression", "iv_drug_use", "dialysis", "vomiting",
    "steroid_use_longterm", "anticoagulant_use", "diabetes", "diarrhea", "smoking_history", "progressive_worsening",
    "gait_problem", "dizziness", "osteoporosis", "syncope", "memory_problem", "abnormal_lab",
    "elevated_inflammatory_markers",
)  # fmt: skip
"""Findings of the whole person: a body part that stands near is another matter's."""
_IN_LIMBS = (
    "radiating_leg_pain",
    "radiating_arm_pain",
    "positive_slr",
    "foot_drop",
    "clumsy_hands",
    "saddle_anesthesia",
)


@dataclass(frozen=True)
class _Words:
    records: dict[str, FindingRecord]
    phrases: Phrases
    idioms: Phrases
    general: frozenset[str]
    signs: frozenset[str]
    sign_present: re.Pattern[str]
    sign_absent: re.Pattern[str]
    sign_unsure: re.Pattern[str]
    onset: tuple[tuple[str, re.Pattern[str]], ...]
    severity: tuple[tuple[str, re.Pattern[str]], ...]
    serious_injury: re.Pattern[str]
    stuck_joint: re.Pattern[str]
    narrower: dict[str, re.Pattern[str]]
    expressed: tuple[tuple[str, re.Pattern[str]], ...]
    in_context: Phrases
    """By the number of the rule in `contexts`."""
    contexts: tuple[tuple[str, re.Pattern[str]], ...]


class _Span(NamedTuple):
    """Where a finding's words stand; `place` where it was put together from a body part and a word for pain."""

    name: str
    start: int
    end: int
    place: Place | None = None
    told: str | None = None
    """The status, where a number or a "normal" tells it."""
    normal: bool = False
    denied: bool = False
    """Said of it only where it is denied."""


@lru_cache(maxsize=1)
def _words() -> _Words:
    records = load_findings(_LIBRARY / "findings.yml")
    given = read(_HERE / "rules" / "findings_words.yml")
    given.check_keys((
        "idioms", "general", "signs", "sign_present", "sign_absent", "sign_unsure", "sudden", "gradual", "severe",
        "moderate", "mild", "serious_injury", "stuck_joint", "never_corrected", "where_spoken_of",
        "narrower", "expressed", "expressions",
    ))  # fmt: skip
    synonyms = {name: record.synonyms for name, record in records.items()}
    return _Words(
        records,
        Phrases(synonyms, fuzzy=True, never=(*given["never_corrected"], *rules("real_words")["words"])),
        Phrases({"idiom": given["idioms"]}, exact=True),
        frozenset(given["general"]),
        frozenset(given["signs"]),
        compiled(given["sign_present"]),
        compiled(given["sign_absent"]),
        compiled(given["sign_unsure"]),
        tuple((name, compiled(given[name])) for name in ("sudden", "gradual")),
        tuple((name, compiled(given[name])) for name in ("severe", "moderate", "mild")),
        compiled(given["serious_injury"]),
        compiled(given["stuck_joint"]),
        {name: compiled(given["narrower"][name]) for name in given["narrower"]},
        tuple((node["finding"], compiled(node["says"])) for node in given["expressed"]),
        Phrases({str(i): node["words"] for i, node in enumerate(given["where_spoken_of"])}),
        tuple((node["finding"], compiled(node["of"])) for node in given["where_spoken_of"]),
    )


def words_of_findings() -> Phrases:
    """The phrases of the findings, as they are looked for."""
    return _words().phrases


def group(finding: str) -> str:
    """The catalogue's group of a finding."""
    return _words().records[finding].group


def findings(
    given: Context, at: list[Place], lengths: list[Duration], days: list[DateHit], today: date
) -> list[FindingItem]:
    """The findings in the text, in order. Words that only speak of one (conditions, rules, questions) give none.

    `days` are the dates in the text: an event ("fell on October 10") has one rather than a length.
    """
    words = _words()
    idioms = _by_sentence(given, [(m.start, m.end) for m in words.idioms.find(given.text)])
    near = _by_sentence(given, [(p.start, p) for p in at])
    lasting = _by_sentence(given, [(d.start, d) for d in lengths])
    found = [_Span(m.label, m.start, m.end) for m in words.phrases.find(given.text)]
    hurting = [
        _Span(name, start, end, place)
        for name, start, end, place in pains(given, at)
        if not _where_it_goes(given, start, end) and not _only_that_kind_denied(given, found, start)
    ]
    told = [_Span(m.finding, m.start, m.end, None, m.status, m.normal) for m in measured(given.text, given.small)]
    when = [(d.start, d.end) for d in days] + [(d.start, d.end) for d in lengths]
    told += [_Span(r.finding, r.start, r.end, None, r.status, r.status == "absent") for r in labs(given.small, when)]
    put_together = [
        _Span(c.finding, c.start, c.end, None, c.status, bool(c.status), c.denied)
        for c in composed(given.small, _without_has(given))
    ]
    # "HAs x 5 mos", "FROM": only the letters' size tells them from "has" and "from".
    found += [_Span("headache", *m.span()) for m in re.finditer(r"\bHAs\b", given.text)]
    if not given.text.isupper():
        full = re.finditer(r"\bFROM(?= ?(?:[.,;)\n]|$))", given.text)
        found += [_Span("reduced_range_of_motion", *m.span(), None, "absent") for m in full]
    spans = [*found, *hurting, *told, *put_together, *_in_context(given, words, found), *_expressed(given, words)]
    others = [Said(s.start, s.end, s.name in _INSTEAD_OF_PAIN) for s in spans if s.name not in _SAYS_THAT_IT_HURTS]
    spans += [
        _Span(c.finding, c.start, c.end, c.place, c.status)
        for c in complaints(given, at, lengths, others)
        if not _only_that_kind_denied(given, spans, c.start)
    ]
    spans += [_Span(d.finding, d.start, d.end, d.place, d.status, True, d.status is None) for d in denied(given, at)]
    items = []
    for number, said in _by_sentence(given, [(s[1], s) for s in spans]).items():
        aside = [*idioms.get(number, []), *_figures(given, said[0][1].start)]
        here = [s for _, s in said if not any(a < s.end and s.start < b for a, b in aside)]
        around, near_lengths = [p for _, p in near.get(number, [])], [d for _, d in lasting.get(number, [])]
        for span in _without_contained(here[:_MOST], words):
            item = _item(given, words, at, around, near_lengths, span)
            if item is not None:
                items.append(item)
    items += _belly_pain(items) + _gene_of_a_close_one(given, items)
    past = [d for d in days if d.date <= today and d.precision != "year"]
    past = [d for d in past if d.date == today or weeks_since(d, today) > 0]
    dated = [_dated(given, past, today, item) for item in items]
    right = with_sides_told(given, at, _with_sides_put_right(given, _not_both(dated)))
    told_of = [i for i in right if not _only_the_first(given, right, i) and not _of_no_time(given, lasting, i)]
    return _merged(given, _ended(given, [i for i in told_of if not _wanted_loss(given, i)]))


_WITHIN = {"repeated_antibiotics": (13.5, "in_a_season"), "recurrent_sinusitis": (53.0, "in_a_year")}
"""The weeks that are part of what a finding says ("two or more courses in three months"), and the words for them."""


def _of_no_time(given: Context, lasting: dict[int, list[tuple[int, Duration]]], item: FindingItem) -> bool:
    """ "Two rounds of antibiotics": how many, and in no time that anybody told; it is left to be asked."""
    if item.id not in _WITHIN or item.status != "present" or "recurrent" in item.words.lower():
        return False
    most, words = _WITHIN[item.id]
    near = lasting.get(given.number(item.start), [])
    first, last = given.sentence(item.start)
    told = expression("findings_words", words).search(given.small[first:last])
    return told is None and not any(d.weeks <= most for _, d in near)


def _wanted_loss(given: Context, item: FindingItem) -> bool:
    """ "Down 25 pounds on keto": weight that somebody meant to lose is not lost without trying."""
    if item.id != "weight_loss" or item.status != "present":
        return False
    number = given.number(item.start)
    own, near = given.sentences[number], given.sentences[max(0, number - 1) : number + 2]
    around = near[0][0], near[-1][1]
    if expression("findings_words", "not_meant").search(given.small, *around):
        return False
    meant = expression("findings_words", "means_to_lose").search(given.small, *own)
    return (meant or expression("findings_words", "drug_to_lose").search(given.small, *around)) is not None


def _belly_pain(items: list[FindingItem]) -> list[FindingItem]:
    """Pain in a quarter of the belly is pain in the belly."""
    return [
        replace(i, id="abdominal_pain", side=i.side or next((s for s in ("left", "right") if i.id.startswith(s)), None))
        for i in items
        if i.id in _QUARTERS and i.status == "present"
    ]


def _not_both(items: list[FindingItem]) -> list[FindingItem]:
    """ "It never went out of joint": of two that share words the denied one is meant."""
    denied = [i for i in items if i.status == "absent"]
    if any(d.id == "locking" for d in denied):
        # "I can't straighten it. It doesn't lock.", "catching but no true locking": what stops short of a lock.
        short = expression("findings_words", "short_of_a_lock")
        items = [i for i in items if i.id != "locking" or i.status != "present" or not short.search(i.words.lower())]
    return [
        i
        for i in items
        if i.status != "present"
        or not any(d.id == i.id and d.start <= i.start < d.end and (d.start, d.end) <= (i.start, i.end) for d in denied)
    ]


def _only_that_kind_denied(given: Context, spans: list[_Span], start: int) -> bool:
    """ "Denies night pain", "no pain at rest": no other pain is denied with it."""
    kind = next((s for s in spans if s.name == "night_pain" and s.start <= start < s.end), None)
    return kind is not None and meaning(given, kind.start, kind.end) == "absent"


def _gene_of_a_close_one(given: Context, items: list[FindingItem]) -> list[FindingItem]:
    """ "My sister has the BRCA2 gene": a finding of the patient's, besides the gene in the family."""
    close = expression("findings_words", "gene_of_a_close_one")
    if any(i.id == "brca_mutation" and i.status in ("present", "absent") for i in items):
        return []  # who was tested has the answer
    return [
        replace(i, id="brca_in_close_relative", status="present")
        for i in items
        if i.id == "brca_mutation" and i.status == "family" and close.search(given.small, *given.sentence(i.start))
    ]


def _figures(given: Context, start: int) -> list[tuple[int, int]]:
    """The figures of speech in this sentence, what is told of animals, and what a rule says of everybody."""
    first, last = given.sentence(start)
    return [m.span() for m in expression("emergency", "figures").finditer(given.small, first, last)]


def _dated(given: Context, days: list[DateHit], today: date, item: FindingItem) -> FindingItem:
    """The item with its beginning where a date tells it: of an event, or of a pain that is there "ever since"."""
    if item.weeks is not None or item.status != "present":
        return item
    hit: DateHit | None = None
    if item.id in _EVENTS:
        hit = _day_of_event(given, days, item)
    elif group(item.id) == "pain" and _ever_since(given, item):
        first, _ = given.sentence(item.start)
        before = [d for d in days if first - 200 <= d.start and d.end <= item.end + 20]
        hit = before[-1] if before and not _of_care(given, before[-1]) else None
    if hit is None:
        return item
    since = hit.date if hit.precision == "day" else None
    return replace(item, weeks=weeks_since(hit, today), since=since)


def _with_sides_put_right(given: Context, items: list[FindingItem]) -> list[FindingItem]:
    """ "Left lump, no wait, it's the right breast": the side said last is the side of what stands before."""
    for m in expression("findings_words", "side_put_right").finditer(given.small):
        was, now = m["was"][0], m["now"][0]
        if was == now:
            continue
        old, new = ("left", "right") if was == "l" else ("right", "left")
        first = max(given.sentence(m.start())[0], m.start() - _CORRECTED)
        items = [replace(i, side=new) if i.side == old and first <= i.start < m.end() else i for i in items]
    return items


def _only_the_first(given: Context, items: list[FindingItem], item: FindingItem) -> bool:
    """ "No prior seizures" beside a seizure, "dizzy, no vertigo": what is denied is another one."""
    if item.id == "dizziness" and item.status == "absent":
        return any(other.id == item.id and other.status in ("present", "uncertain") for other in items)
    before = given.small[max(0, item.start - 24) : item.start] + given.small[item.start : item.end]
    return (
        item.status == "absent"
        and expression("findings_words", "an_earlier_one").search(before) is not None
        and any(other.id == item.id and other.status in ("present", "uncertain") for other in items)
    )


def _day_of_event(given: Context, days: list[DateHit], item: FindingItem) -> DateHit | None:
    first, last = given.sentence(item.start)
    near = []
    for d in days:
        gap = given.small[item.end : d.start] if d.start >= item.end else given.small[d.end : item.start]
        if first <= d.start < last and len(gap) <= 60 and not any(
            expression("findings_words", name).search(gap) for name in ("another_event", "own_time")
        ):
            near.append((len(gap), d))
    hit = min(near, key=lambda n: n[0])[1] if near else None
    # A stroke "in June" that passed is told of as history; one of a day is what the text is about.
    return hit if item.id != "tia_or_stroke" or (hit and hit.precision in ("day", "week")) else None


def _ever_since(given: Context, item: FindingItem) -> bool:
    first, last = given.sentence(item.start)
    around = given.small[max(first, item.start - 30) : item.start] + given.small[item.end : min(last, item.end + 40)]
    return expression("findings_words", "ever_since").search(around) is not None


def _of_care(given: Context, hit: DateHit) -> bool:
    first, _ = given.sentence(hit.start)
    return (
        expression("findings_words", "another_event").search(given.small[max(first, hit.start - 40) : hit.start])
        is not None
    )


def _in_context(given: Context, words: _Words, named: list[_Span]) -> list[_Span]:
    """ "No lump" beside a mammogram: words that mean a finding only near what the text speaks of."""
    found, about = [], _without_has(given)
    for m in words.in_context.find(given.text):
        name, of = words.contexts[int(m.label)]
        if any(s.name == name and s.start < m.end and m.start < s.end for s in named):
            continue
        if of.search(about, max(0, m.start - _NEAR), m.end + _NEAR):
            # "No discharge" holds its no, which must count; in "no response to inhalers" it is what is told.
            denies = given.small.startswith("no ", m.start) and name not in _TELL_OF_NO_CHANGE
            start = m.start + 3 if denies else m.start
            found.append(_Span(name, start, m.end))
    return found


def _without_has(given: Context) -> str:
    """The text in small letters without the verb "has", which only the letters' size tells from headaches ("HAs")."""
    return re.sub(r"\bhas\b", lambda m: m[0] if given.text[m.start() : m.end()] == "HAs" else "~~~", given.small)


def _expressed(given: Context, words: _Words) -> list[_Span]:
    """What no list of phrases can say: "down 15#", "she asks the same questions"."""
    return [_Span(name, *m.span()) for name, says in words.expressed for m in says.finditer(given.small)]


def _by_sentence(given: Context, items: list[tuple[int, _Any]]) -> dict[int, list[tuple[int, _Any]]]:
    """Items (offset, what) by the number of the sentence they stand in."""
    result: dict[int, list[tuple[int, _Any]]] = {}
    for item in items:
        result.setdefault(given.number(item[0]), []).append(item)
    return result


def _where_it_goes(given: Context, start: int, end: int) -> bool:
    """ "Leg pain to the ankle": the pain of the leg, and where it ends."""
    goes = expression("findings_words", "goes_to").match(given.small, start, end)
    return bool(goes and expression("findings_words", "comes_from").search(given.small, max(0, start - 20), start))


def _without_contained(spans: list[_Span], words: _Words) -> list[_Span]:
    """Without what stands inside something longer that says it better.

    That is a general finding inside a longer one's words ("numb" in "numb between my legs"), the low back in the middle
    of the back, and of one finding's words and its "normal" whichever is shorter ("can hold my pee" in "can't …").
    """
    holders = [o for o in spans if o.name not in words.general and o.name not in _BESIDE_WHAT_THEY_HOLD]

    def within(inner: _Span, outer: _Span) -> bool:
        return (
            outer.start <= inner.start and inner.end <= outer.end and outer.end - outer.start > inner.end - inner.start
        )

    def alike(inner: _Span, outer: _Span) -> bool:
        return inner.name in ("reduced_range_of_motion", "pelvic_pain") and inner[1:3] == outer[1:3]

    def held(span: _Span) -> bool:
        if any(within(span, o) and o.name == span.name and o.normal != span.normal for o in spans):
            return True
        better = _SAID_BETTER.get(span.name, ())
        if any(o.name in better and (within(span, o) or alike(span, o)) for o in spans):
            return True
        return (
            span.name in words.general
            and any(within(span, o) for o in holders if o.place is None or span.name not in _BESIDE_PAIN)
            and not (span.name == "bone_pain" and span.place is None)
        )

    return [s for s in spans if not held(s)]


def _item(
    given: Context, words: _Words, at: list[Place], around: list[Place], lengths: list[Duration], span: _Span
) -> FindingItem | None:
    small = given.small
    name, start, end, place = span.name, span.start, span.end, span.place
    status: str = meaning(given, start, end, blood_only=True)
    if status == "hypothetical" or (span.denied and status != "absent"):
        return None
    own_no = expression("findings_words", "own_no").match(small, start, end)
    if span.normal and not own_no and no_longer_so(small, start, end):
        return None
    if expression("findings_words", "not_fine").search(small, start, end) and (
        (span.normal and span.told == "absent") or name in _BOWEL_AND_BLADDER
    ):
        # "My bladder is not fine" tells of trouble, but not of which.
        return None
    if name in _OF_RELATIVES and status in ("family", "historical"):
        status = "present"
    if name in _SIZES and span.told and status == "historical":
        # "It was 5 mm last year", "the CT in March showed 8 mm": the past is the picture's, or of one of two sizes.
        status = "present"
    if span.told:
        # "Her gait is not normal" takes back what "normal" tells; of the past or of others it tells nothing.
        own = span.normal and (own_no or not taken_back(small, start))
        if status != "present" and not (own and status == "absent") and (span.normal or status != "absent"):
            return None
        if status == "absent" and expression("assertion", "answer").match(small, end):
            # "CRP high? No."
            return None
        status = span.told
    elif place is not None and status == "present":
        if expression("findings_words", "another_part_denied").search(small, start, end):
            return None
        if expression("findings_words", "negated_inside").search(small, start, end):
            status = "absent"
    if name in words.signs:
        said = _sign(given, words, start, end)
        if said is None:
            return None
        status = said if status in ("present", "absent") else status
    if name in _OWN_NO_ALONE and status == "absent" and not span.told:
        # "SLR neg L, absent R ankle jerk": what is gone is found, unless its own no denies it.
        denied = expression("findings_words", "denied_itself").search(small, max(0, start - 16), start)
        status = "absent" if denied else "present"
    if status == "absent" and name in _EXAMINED and _plus_told(given, start, end):
        status = "present"
    counted = expression("findings_words", "packs_counted").search(small, max(0, start - 8), end)
    if name == "smoking_history" and status == "absent" and counted:
        # "42 pack-years, asymptomatic: no cough": years that were counted were smoked.
        status = "present"
    narrow = status == "absent" or (status == "uncertain" and (name in _CANCERS or group(name) == "pain"))
    if narrow and name in words.narrower and words.narrower[name].search(small, start, end):
        return None
    if name == "popping" and expression("findings_words", "a_price").search(small, max(0, start - 14), start):
        return None
    if (
        place is None
        and span.told is None
        and status == "present"
        and name not in _TELL_OF_NO_CHANGE
        and expression("findings_words", "result_denied").search(small, start, end)
    ):
        status = "absent"
    if name in _BOWEL_AND_BLADDER and status == "present" and _works(small, start, end):
        status = "absent"
    if name in _CANCER and status == "present" and _cancer_of_the_past(given, start, end):
        status = "historical"
    if name == "cancer_history" and status == "present" and _CANCER_CARE.search(small, start, end):
        then = expression("findings_words", "care_then").search(small, given.sentence(start)[0], start)
        status = "historical" if then else status
    if name == "active_cancer" and status == "present" and _care_is_over(given, start):
        status = "historical"
    if name == "active_cancer" and status == "historical":
        # "Stage 3, removed two years ago": cancer of the past is no cancer now.
        name = "cancer_history"
    if name in _STAGES and status == "present" and _taken_out(given, start, end):
        if name != "active_cancer":
            return None
        name, status = "cancer_history", "historical"
    alkaline = name == "abnormal_liver_tests" and small.startswith(("alk", "alp", "elevated alk"), start)
    if alkaline and expression("findings_words", "of_bone").search(small):
        # The same test rises with cancer in the bones.
        name = "abnormal_lab"
    if name == "pacemaker" and status == "historical" and not expression("findings_words", "taken_out_again").match(
        small, end
    ):
        # "Pacer 2020": placed then, and still there.
        status = "present"
    if name in _STAYS and status == "historical" and (
        expression("findings_words", "found_in").match(small, end)
        or expression("findings_words", "found_it").search(small, max(0, start - 30), start)
    ):
        status = "present"
    if _another_word(given, name, start, end) or _not_told_whole(
        given, name, status, start, end
    ):
        return None
    if name == "steroid_use_longterm" and status != "absent" and _not_for_long(given, lengths, start, end):
        return None
    befallen = name in _ACCIDENTS and status == "family"
    if befallen and expression("findings_words", "by_accident").match(small[start:end]):
        return None
    doubted = name not in _SEEN and expression("findings_words", "own_doubt").search(small, start, end)
    if doubted and status == "present":
        status = "uncertain"
    if name == "prior_surgery" and status == "present":
        planned = _not_yet_done(given, start, end)
        if planned is None:
            return None
        name = planned
    if name == "breast_conserving_surgery" and status in ("present", "uncertain") and _not_done_yet(given, start, end):
        return None
    if status == "present" and (_able_again(given, start, end) or _was_so_then(given, start, end)):
        status = "historical"
    if name == "surgery_planned" and status == "uncertain" and small.startswith((" pending", " is pending"), end):
        # A test that is pending may show nothing; surgery that is pending is planned.
        status = "present"
    if name == "prior_surgery" and status == "uncertain" and not _maybe_done(given, start):
        # "Likely ACL recon after the MRI", "considering a Bankart repair": none was done.
        name = "surgery_candidate"
    if name in _WEIGHED and status == "uncertain":
        # Being weighed is what the finding says.
        doubted = expression("findings_words", "not_weighed").search(small, max(0, start - 60), start)
        status = "uncertain" if doubted else "present"
    if name in _LOST and status == "historical" and _lost_for_good(given, start, end):
        status = "present"
    on_it = name in _TAKEN and expression("findings_words", "on_it").search(small, 0, start)
    if status == "historical" and on_it and not expression("findings_words", "was_on_it").match(small, end):
        status = "present"
    if name == "weight_loss" and expression("findings_words", "on_purpose").match(small, end):
        return None
    if small.startswith("stage", start) and expression("findings_words", "another_stage").search(
        small, max(0, start - 40), start
    ):
        return None
    if name == "change_in_headache_pattern" and status == "historical":
        # "It used to be once a month, now it is daily": what was tells of the change.
        status = "present"
    listed = name in _CHRONIC and expression("findings_words", "listed_history").search(
        small, given.sentence(start)[0], start
    )
    lifelong = listed or (not expression("findings_words", "as_a_child").match(small, end) and (
        (name in _LIFELONG and expression("findings_words", "history_of").search(small, max(0, start - 30), start))
        or (name in _KNOWN_FOR_GOOD and _since_known(given, start, end))
        or (name in _LIFELONG and small.startswith((" s/p", ", s/p", " status post"), end))
    ))
    if status == "historical" and (name in _ARE_HISTORIES or lifelong):
        status = "present"
    if name == "cancer_history" and status == "present" and _CANCER_GONE.search(small, start, end):
        status = "historical"
    if name == "multiple_sclerosis" and _no_disease(given, start, end):
        return None
    record = words.records[name]
    if status == "family":
        # "My brother's prostate cancer, mother had RA": where a relative had it counts only in the very words.
        around, at = [p for p in around if start <= p.start and p.end <= end], []
    elif name in _CANCERS and _CANCER_CARE.search(small, start, end):
        around, at = [], []
    own_side = None if place or name in _NOWHERE else _own_side(given, start, end)
    place = place or (_directly_behind(around, given, end) if name in _NERVE else None)
    place = place or nearest(around, given, start, end)
    if own_side and place and place.start >= end and place.side not in (None, own_side):
        # "L ACL repair 2018, now right knee pain": the place behind is another matter's.
        place = None
    region, side = record.region, (place.side or _hand_of(given, place, around)) if place else None
    if region is None and place is not None and name != "trauma":
        region = place.part.region
        if name in _NERVE and place.part.limb:
            region = _nerve_region(small, place, side) or region
    elif region is not None and place is not None and place.part.region != region and name not in _IN_LIMBS:
        side = None
    if name in _NOWHERE or (name == "infection_recent" and _OF_THE_WHOLE_BODY.search(small, start, end)):
        region = side = place = None
    elif name in _NERVE and region == "sinus":
        # A face that goes numb is no matter of the sinuses.
        region = None
    elif place is None and name in _LOCAL:
        region, side = _spoken_of(at, given, start)
    if name in ("prior_surgery", "fracture"):
        region, side = _by_level(given, start, end) or _by_operation(given, span, side) or (region, side)
    if name == "weakness" and "grip" in small[start:end] and region is None:
        region = "hand"
    if name == "arthritis" and _of_all_joints(given, span, place):
        region = side = None
    if name == "prior_surgery" and place is None:
        own_side = own_side or _side(given, start, end)
    if own_side and place is None:
        # "R TKA 2022, now L knee pain": its own side, whatever the complaint's.
        side = own_side
    lasting = status in ("present", "uncertain") and name not in (*_ARE_HISTORIES, *_NO_LENGTH)
    if side is None and name not in _NOWHERE:
        several = span.place is not None and sum(start <= p.start and p.end <= end for p in around) > 1
        side = _side(given, start, end, inside=not several)
    length = _length(given, lengths, start, end) if lasting else None
    clause = _clause(given, start, end)
    return FindingItem(
        id=name,
        status=status,
        words=given.text[start:end],
        start=start,
        end=end,
        weeks=length.weeks if length else None,
        since=length.first_day if length else None,
        side=side,
        region=region,
        onset=_quality(words.onset, clause),
        severity="moderate" if span.told and "3/5" in clause else _severity(words, name, clause),
    )


def _not_yet_done(given: Context, start: int, end: int) -> str | None:
    """What an operation's name tells: one done, planned ("TKA scheduled for January"), weighed, or, unwanted, none."""
    small, first = given.small, max(given.sentence(start)[0], start - 60)
    if (
        expression("findings_words", "yet_to_come").match(small, end)
        or expression("findings_words", "name_of_what_is_planned").search(small, max(0, start - 60), start)
        or expression("findings_words", "op_to_come").search(small, first, start)
    ):
        return "surgery_planned"
    weighed = expression("findings_words", "op_weighed").search(small, first, start)
    if weighed is None:
        return "prior_surgery"
    return None if weighed["unwanted"] else "surgery_candidate"


def _another_word(given: Context, name: str, start: int, end: int) -> bool:
    """What only looks like the finding: "7 METs" of exercise, a stenosis of an artery, PPMS for a pacemaker."""
    words = given.text[start:end]
    before, after = given.small[max(0, start - 30) : start], given.small[end : end + 30]
    otherwise = _NOT_IT.get((name, words.lower()[:5])) or _NOT_IT.get((name, ""))
    if otherwise and expression("findings_words", otherwise).match(given.small, end):
        return True
    if name == "active_cancer" and before.endswith("did "):
        # "I did have cancer": it is told of what was.
        return True
    if name in ("cancer_history", "active_cancer") and words.lower() == "mets":
        return words == "METs" or re.search(r"[0-9<>] ?\Z", before) is not None
    if name == "progressive_worsening":
        # "Progress note", "minimal progress in PT".
        return words.lower() in ("progress", "progresses", "progression")
    if name == "radiating_leg_pain":
        # "Pain into the left buttock": no leg is spoken of.
        return expression("findings_words", "to_the_buttock").search(given.small, start, end) is not None and (
            expression("findings_words", "and_on_down").match(given.small, end) is None
        )
    if name == "arthritis" and words.lower() == "rheumatoid" and after.startswith(" factor"):
        return True
    if name == "arthritis" and expression("findings_words", "worn_disc").fullmatch(given.small, start, end):
        # A film's word for wear in the spine; said alone it is a disc, not an arthritis.
        return expression("findings_words", "on_a_film").search(given.small, *given.sentence(start)) is None
    if name in ("pacemaker", "multiple_sclerosis"):
        return words.lower() == ("ppms" if name == "pacemaker" else "ppm")
    if name == "spinal_stenosis" and words.lower() == "stenosis":
        of_artery = expression("findings_words", "artery")
        return of_artery.search(before) is not None or of_artery.search(after) is not None
    if name == "saddle_anesthesia" and "down there" in words.lower():
        return expression("findings_words", "down_at_the_foot").match(given.small, *given.sentence(start)) is not None
    if name == "tinnitus" and after.startswith((" in my neck", " in the neck", " in his neck", " in her neck")):
        # Heard over an artery.
        return True
    if name == "clumsy_hands" and words.lower() == "clumsy":
        return expression("findings_words", "clumsy_feet").match(given.small, end) is not None
    if name in _CANCERS and "remission" in words.lower():
        first, last = given.sentence(start)
        other = expression("findings_words", "in_remission_too").search(given.small, first, last)
        return other is not None and expression("findings_words", "some_cancer").search(given.small) is None
    if name == "cough" and words.lower() == "cough" and before.endswith((", with a ", " and a ", ", a ")):
        return False
    if name == "cough":
        if words.lower() == "coughing" and before.endswith(("after ", "following ")):
            return True
        first, _ = given.sentence(start)
        if given.small.count("cough") == 1 and expression("findings_words", "brought_on_first").search(
            given.small, max(0, first - 1), start
        ):
            return True
        return expression("findings_words", "brings_it_on").search(given.small, first, start) is not None
    if name == "fever" and "hot" in words.lower():
        return expression("findings_words", "hot_or_cold").search(before) is not None
    if name == "seizure" and words.lower() in ("seizing", "seizes", "seized", "seize"):
        up = expression("findings_words", "seized_up").match(given.small, end)
        if up and not expression("findings_words", "shaken").search(given.small):
            return True
        return expression("findings_words", "a_muscle").search(before) is not None
    if name == "night_pain" and expression("findings_words", "in_a_chair").search(given.small, start, end):
        # "Out of breath lying flat, I sleep in the recliner".
        return expression("findings_words", "for_breath").search(given.small) is not None
    if name == "weakness" and before.endswith(("cord ", "cords ", "vocal fold ")):
        return True
    if name == "hemoptysis" and "cough" not in given.small:
        # "Blood in my mucus", of a nose.
        return "mucus" in words.lower() and expression("findings_words", "of_the_nose").search(given.small) is not None
    if name == "labral_sign" and after.startswith((" repair", " surgery", " debridement")):
        return True
    if name == "locking" and "straighten" in words.lower():
        # How far it goes, and no lock.
        return re.match(r"(?: it| my [a-z]+)? (?:all the way|fully|completely|out all)\b", after) is not None
    if name == "psa_recurrence" and words.lower().endswith("came back"):
        # A result that came in, and no cancer that is back.
        return expression("findings_words", "a_result").match(after) is not None
    if name == "locking" and re.search(r"fr(?:ee|o)z|locked up", words.lower() + after[:3]):
        # A shoulder that freezes up is stiff.
        return "shoulder" in given.small[given.sentence(start)[0] : start + 9]
    if name == "giving_way" and "quit" in words.lower():
        # "The left ear quit on me".
        return expression("findings_words", "what_gives_way").search(given.small, *given.sentence(start)) is None
    if name == "flank_pain" and expression("findings_words", "kidneys_bad").fullmatch(given.small, start, end):
        return True
    if name == "locking" and re.match(r" (?:my|his|her|their|your|a) (?:breath|cold|covid|flu|bug|bus)\b", after):
        # "Can't catch my breath".
        return True
    catches = name == "locking" and expression("findings_words", "only_catches").fullmatch(words.lower())
    if catches and expression("findings_words", "in_the_throat").search(given.small, *given.sentence(start)):
        # "Food catches when I swallow".
        return True
    if name == "locking" and "jammed" in words.lower():
        return expression("findings_words", "in_a_door").match(given.small, end) is not None
    if name in _BOWEL_AND_BLADDER and expression("findings_words", "accident_of").search(before):
        return True
    if name == "bladder_dysfunction" and words.lower().startswith("incont"):
        return before.endswith(("bowel ", "fecal ", "stool ", "rectal ", "anal "))
    if name == "trauma" and expression("findings_words", "wet_accident").match(given.small, end):
        return True
    if name == "syncope" and words.lower() == "faint":
        # "I get faint when I stand up quick": dizzy, and on the feet.
        return before.endswith(("get ", "gets ", "got ", "feel ", "feels ", "felt ", "feeling ", "getting "))
    if name == "shortness_of_breath" and words.lower() in ("wind", "winds"):
        # "When the wind hits my face": not winded.
        return True
    if name == "shortness_of_breath" and words.lower().startswith("puffed"):
        return after.startswith((" up", " and"))
    if name == "trauma" and words.lower().startswith("slip"):
        # A kneecap's, and nobody's fall.
        return after.startswith((" out of place", " in and out", " out of joint", " out of the socket")) or (
            expression("findings_words", "joint_slips").search(before) is not None
        )
    if name == "prior_surgery" and words.lower() == "c/s":
        return expression("findings_words", "consulted").search(before) is not None
    if name == "palpitations":
        # "Palp node": felt by a hand.
        return words.lower() == "palp"
    if name == "abnormal_liver_tests" and words.lower().startswith(("alk", "alp", "elevated alk")):
        # The same test rises with cancer in the bones.
        return expression("findings_words", "of_bone").search(given.small) is not None
    if name == "suspected_recurrence":
        # "R/o relapse" of an MS, a disc that comes out again.
        other = expression("findings_words", "other_relapse").search(given.small)
        return other is not None and expression("findings_words", "of_a_cancer").search(given.small) is None
    if name == "positive_lachman" and "drawer" in words.lower():
        # "Ant drawer +" of an ankle.
        first, last = given.sentence(start)
        elsewhere = expression("findings_words", "drawer_elsewhere")
        if elsewhere.search(given.small, first, last) is not None:
            return True
        of_the_knee = expression("findings_words", "of_the_knee")
        return elsewhere.search(given.small) is not None and of_the_knee.search(given.small) is None
    if name == "swelling" and words.lower() == "edema" and expression("findings_words", "edema_of_legs").search(
        given.small, 0, start
    ):
        return True
    if name == "swelling":
        return (
            expression("findings_words", "swollen_nerve").search(before) is not None
            or expression("findings_words", "swollen_gland").match(after) is not None
        )
    if name in ("lung_nodule", "nodule_6mm_or_more", "nodule_growth"):
        if expression("findings_words", "thyroid_alone").fullmatch(given.small, *given.sentence(start)):
            return True
        elsewhere = expression("findings_words", "nodule_elsewhere")
        own = given.small[start:end]
        behind = expression("findings_words", "nodule_of").match(given.small, end)
        return bool(behind or elsewhere.search(own) or elsewhere.search(before) or _of_another_organ(given, start))
    return False


def _of_another_organ(given: Context, start: int) -> bool:
    """ "Thyroid US: nodule 11 mm": a sentence about another organ, and no word of the lungs."""
    first, last = given.sentence(start)
    organ = expression("findings_words", "organ_elsewhere").search(given.small, first, last)
    return organ is not None and expression("findings_words", "of_the_lung").search(given.small, first, last) is None


def _not_told_whole(given: Context, name: str, status: str, start: int, end: int) -> bool:
    """What the finding also says and nobody told: two antibiotics "in three months", an infection that is "recent".

    Nor is cancer told of by who fears it, or heard that it is none.
    """
    if name == "infection_recent":
        return status == "historical"
    if name in _CANCERS and status == "uncertain":
        feared = expression("findings_words", "own_fear").search(given.small, max(0, start - 50), start)
        return feared is not None or expression("findings_words", "was_benign").match(given.small, end) is not None
    if name == "neurogenic_claudication" and expression("findings_words", "how_far").fullmatch(given.small, start, end):
        # "Can't walk more than a block because of the back pain": neither the legs nor what eases it.
        first, last = given.sentence(start)
        around = given.small[first:start] + given.small[end : last + _NEXT_SENTENCE]
        return expression("findings_words", "legs_or_easing").search(around) is None
    if name == "repeated_antibiotics" and status == "present":
        return expression("findings_words", "in_three_months").search(given.small, *given.sentence(start)) is None
    return False


def _plus_told(given: Context, start: int, end: int) -> bool:
    """Whether a test's own plus stands behind it or among its words, whatever is denied before it."""
    return (
        expression("findings_words", "plus_behind").match(given.small, end) is not None
        or expression("findings_words", "plus_inside").search(given.small, start, end) is not None
    )


def _not_done_yet(given: Context, start: int, end: int) -> bool:
    """ "MRI for extent before lumpectomy 12/9", "lumpectomy planned"."""
    return (
        expression("findings_words", "yet_to_come").match(given.small, end) is not None
        or expression("findings_words", "before_it").search(given.small, max(0, start - 40), start) is not None
    )


def _maybe_done(given: Context, start: int) -> bool:
    """ "I may have had surgery on it as a child", and not "likely surgery after the scan"."""
    first, _ = given.sentence(start)
    return expression("findings_words", "maybe_done").search(given.small, max(first, start - 60), start) is not None


def _lost_for_good(given: Context, start: int, end: int) -> bool:
    """ "I lost my sense of smell years ago": whenever that was, it is lost."""
    lost = any(word in given.small[start:end] for word in ("lost", "loss"))
    return lost and expression("findings_words", "lost_for_good").match(given.small, end) is not None


def _was_so_then(given: Context, start: int, end: int) -> bool:
    """ "It was swollen in the summer": told of then, with no word of now."""
    first, _ = given.sentence(start)
    near = given.small[max(first, start - 24) : start]
    own = expression("findings_words", "was_so")
    inside = given.small[start:end].rpartition(" ")[0]
    return (own.search(near) is not None or own.search(inside) is not None) and (
        expression("findings_words", "back_then").match(given.small, end) is not None
        or expression("findings_words", "none_now_but").search(given.small, first, start) is not None
    )


def _able_again(given: Context, start: int, end: int) -> bool:
    """ "I couldn't put weight on it at all; now I can walk in the boot"."""
    return (
        expression("findings_words", "own_inability").match(given.small, start, end) is not None
        and expression("findings_words", "able_again").match(given.small, end) is not None
    )


def _since_known(given: Context, start: int, end: int) -> bool:
    """ "Diagnosed with Crohn's in 2018"."""
    return bool(
        expression("findings_words", "known_before").search(given.small, max(0, start - 40), start)
        or expression("findings_words", "known_since").match(given.small, end)
    )


def _taken_out(given: Context, start: int, end: int) -> bool:
    """ "Had stage 1 lung cancer removed": it was, and is no cancer now; not "had a scan, it should be removed"."""
    first, last = given.sentence(start)
    return (
        expression("findings_words", "had_it").search(given.small, max(first, start - 40), start) is not None
        and expression("findings_words", "was_removed").match(given.small, end, last) is not None
    )


def _not_for_long(given: Context, lengths: list[Duration], start: int, end: int) -> bool:
    """ "Prednisone since October", in November: told with a length, and that of weeks; or since nobody knows when."""
    beside = [d for d in lengths if start - 4 <= d.start <= end + 16 and given.number(d.start) == given.number(start)]
    if beside:
        return max(d.weeks for d in beside) < _LONG_ON_STEROIDS
    return given.small[start:end].endswith("since")


def _directly_behind(around: list[Place], given: Context, end: int) -> Place | None:
    """ "Neck pain and shoulders, tingling both hands": the part said with it is its own."""
    own = expression("findings_words", "small_words")
    return next((p for p in around if p.start >= end and own.fullmatch(given.small, end, p.start)), None)


def _by_level(given: Context, start: int, end: int) -> tuple[str, None] | None:
    """The part of the spine that a level beside an operation names: "had surgery C5-6 fusion"."""
    level = expression("findings_words", "spine_level").search(given.small, max(0, start - 14), end + 24)
    if level is None:
        return None
    return ("cervical_spine" if level["neck"] else "lumbar_spine" if level["low"] else "thoracic_spine"), None


def _by_operation(given: Context, span: _Span, side: str | None) -> tuple[str, str | None] | None:
    """The joint in an operation's own name, whatever part stands near: "R TKA 2022, L hip pain"."""
    joint = expression("findings_words", "joint_of_operation").search(given.small, span.start, span.end)
    return None if joint is None or joint.lastgroup is None else (joint.lastgroup, side)


def _of_all_joints(given: Context, span: _Span, place: Place | None) -> bool:
    """ "Knee pain. RA for years": an illness of the whole body, unless a part is said with it ("RA in my knees")."""
    if expression("findings_words", "of_all_joints").fullmatch(given.small, span.start, span.end) is None:
        return False
    own = place is not None and expression("findings_words", "joint_of_it").fullmatch(
        given.small, span.end, max(span.end, place.start)
    )
    return not own


def _cancer_of_the_past(given: Context, start: int, end: int) -> bool:
    """ "Breast ca 2014, NED", "s/p lumpectomy", "I had breast cancer", "survivor of breast cancer"."""
    small = given.small
    if expression("findings_words", "cancer_is_past").match(small, end):
        return True
    first, last = given.sentence(start)
    if expression("findings_words", "cancer_was").search(small, max(first, start - 40), start) and not expression(
        "findings_words", "cancer_is_now"
    ).search(small, first, last):
        return True
    if re.search(r"lumpectomy|mastectomy", small[start:end]) is None:
        return False
    return bool(
        expression("findings_words", "treated_for").search(small, max(0, start - 30), start)
        or expression("findings_words", "listed_history").search(small, first, start)
    )


def _care_is_over(given: Context, start: int) -> bool:
    """ "Finished R-CHOP in June": care that has ended tells of a cancer that was."""
    first, _ = given.sentence(start)
    return expression("findings_words", "care_is_over").search(given.small, first, start) is not None


def _works(small: str, start: int, end: int) -> bool:
    """ "Bowel and bladder function preserved": only of words that name the organs and no trouble of theirs."""
    organs = re.fullmatch(r"(?:bowels?|bladder|b/?b|b&b|and|or|/|&| )+", small[start:end])
    return bool(organs and expression("findings_words", "works").match(small, end))


def _no_disease(given: Context, start: int, end: int) -> bool:
    """ "MS" is also a title ("DEAR MS. EXAMPLE") and a state ("Jackson, MS 39201")."""
    before, after = given.text[max(0, start - 16) : start], given.text[end : end + 16]
    if given.text[start:end] == "Ms":
        return re.match(r"\.? ?[A-Z]", after) is not None
    if given.text[start:end] != "MS":
        return False
    if re.match(r",? ?[0-9]{5}", after):
        return True
    if not re.match(r"\.? ?[A-Z][A-Za-z'-]+", after):
        return False
    if expression("findings_words", "before_a_title").search(before.lower()):
        return True
    sure = expression("findings_words", "a_name_in_capitals").match(after)
    return bool(sure and re.search(r"(?:[.!?]|\b(?:to|for|re|from|by|that))[:]? ?\Z", before.lower()))


def _sign(given: Context, words: _Words, start: int, end: int) -> str | None:
    """Whether an exam sign was found, when its words or those beside it say so."""
    own = given.small[start:end]
    first, last = given.sentence(start)
    before, after = given.small[max(first, start - 14) : start], given.small[end : min(last, end + 22)]
    after = re.split(r"[,;]", after)[0]
    before = re.split(r"[,;]", before)[-1]
    for part in (own, after, before):
        if words.sign_unsure.search(part):
            return "uncertain"
        if words.sign_absent.search(part):
            return "absent"
        if words.sign_present.search(part):
            return "present"
    return None


def _nerve_region(small: str, place: Place, side: str | None) -> str | None:
    """Numbness or weakness of a limb belongs to the spine the text speaks of; both legs can only be the spine's."""
    limb = place.part.limb
    if limb == "leg" and place.part.region is None and (side == "bilateral" or limb_words(small, "leg")):
        return "lumbar_spine"
    if limb == "arm" and place.part.region is None and limb_words(small, "arm"):
        return "cervical_spine"
    return place.part.region


def _spoken_of(at: list[Place], given: Context, start: int) -> tuple[str | None, str | None]:
    """The joint last spoken of before: "My left knee hurts. It locks."; or the only one that the text speaks of."""
    before = [p for p in at if p.end <= start and p.part.region and p.part.region not in _NO_JOINTS]
    near = [p for p in before if start - p.end < _SPOKEN_OF]
    if not near:
        near = before if len({p.part.region for p in at if p.part.region} - _NO_JOINTS) == 1 else []
    if not near:
        return None, None
    sides = {p.side for p in at if p.side and p.part.region == near[-1].part.region}
    return near[-1].part.region, near[-1].side or (sides.pop() if len(sides) == 1 else None)


def _length(given: Context, lengths: list[Duration], start: int, end: int) -> Duration | None:
    """The length of time said of these words: the nearest of the clause, with no treatment between."""
    first, last = given.sentence(start)
    small, best, how_far, lately = given.small, None, 46, False
    leading = expression("findings_words", "length_leads")
    for length in lengths:
        if not first <= length.start < last or length.over:
            continue
        gap = small[end : length.start] if length.start >= end else small[length.end : start]
        gap = _DECIMAL.sub(" ", gap)
        gap = expression("findings_words", "brought_on_by").sub(" ", gap)
        after = length.start >= end
        if after and length.since is None and expression("clinical", "dated_spell").search(gap):
            continue
        gap = expression("findings_words", "told_again" if after else "have_had_it").sub(" ", gap)
        if after and (_of_the_next(given, gap, length) or expression("findings_words", "own_time").search(gap)):
            continue
        if re.search(
            r"[;.!?\n]|\b(?:but|then|after|did|tried|took|therapy|pt|saw|had|went|ibuprofen|denied|no|not)\b", gap
        ):
            continue
        if not after and expression("findings_words", "newer").search(gap):
            # "A cough for 7 weeks and last week he coughed up blood".
            lately = True
            continue
        inside = start <= length.start
        if not (after or inside) and expression("findings_words", "length_of_care").search(
            small, max(first, length.start - 40), length.start
        ):
            # "PT for 8 weeks for my back pain": the therapy's.
            continue
        if not after and "(" in gap:
            # "DM2 x 20 yrs w/ neuropathy (no protective sensation)": of what stands before the bracket.
            continue
        if not after and "," in gap and not leading.fullmatch(small, first, length.start):
            # "Short of breath for 2 months, swollen legs": the length of what stands before it.
            continue
        far = len(gap) + (0 if after else 6)
        if after and 46 <= far < _LONG_LIST and expression("findings_words", "goes_on_listing").fullmatch(gap):
            # "Pain in my neck, numbness in two fingers and a weak grip since June": all of them since June.
            far = 45
        if after and expression("findings_words", "got_worse").search(gap):
            # "5-month h/o hip pain, worse x 3 wk": where how long is told as well.
            far += 25
        if best is not None and after and far < 46 and best.end <= start and "and" in small[best.end : start]:
            # "Short of breath for three months and ankle swelling for six weeks": each has its own.
            how_far = how_far if leading.fullmatch(small, first, best.start) else 46
        if far < how_far:
            best, how_far = length, far
    if lately and best is not None and "," in small[end : best.start]:
        # "And last month she got lost, a road she has taken for thirty years": of what stands behind the comma.
        return None
    return _leading(given, lengths, best, start, end) or best


def _of_the_next(given: Context, gap: str, length: Duration) -> bool:
    """ "My temple hurts, and since Monday the eye is gray", "dropping cups, now urgency x 3 weeks": the next one's."""
    if expression("findings_words", "next_clause").search(gap) or expression("clinical", "since_another").search(gap):
        return True
    return length.since is not None and (
        expression("findings_words", "opens_next").search(gap) is not None
        and expression("findings_words", "who_or_what").match(given.small, length.end) is not None
    )


_DECIMAL = re.compile(r"(?<=[0-9])\.(?=[0-9])")
_BRACKETS = re.compile(r"\([^()]{0,60}\)")


def _leading(
    given: Context, lengths: list[Duration], behind: Duration | None, start: int, end: int
) -> Duration | None:  # fmt: skip
    """ "6 months of clumsy hands (buttons, keys) and numb fingers, unsteady gait x 2 months": what leads the list."""
    if behind is None or behind.start < end or "," not in given.small[end : behind.start]:
        return None
    first, _ = given.sentence(start)
    for length in lengths:
        if first <= length.start and length.end <= start:
            gap = _BRACKETS.sub("", given.small[length.end : start]).replace("  ", " ")
            if expression("findings_words", "leads_two").fullmatch(gap):
                return length
    return None


def _hand_of(given: Context, place: Place, around: list[Place]) -> str | None:
    """ "Numb pinky on my left hand": the side of the hand is the finger's."""
    return next(
        (
            other.side
            for other in around
            if other.side
            and other.part.region == place.part.region
            and expression("findings_words", "part_of").fullmatch(given.small, place.end, max(place.end, other.start))
        ),
        None,
    )


def _own_side(given: Context, start: int, end: int) -> str | None:
    """The side among the finding's words or directly before them."""
    inside, before = expression("findings_words", "side_inside"), expression("findings_words", "side_before")
    found = inside.search(given.sides, start, end) or before.search(given.sides, max(0, start - 7), start)
    return None if found is None else _named_side(found)


def _side(given: Context, start: int, end: int, *, inside: bool = True) -> str | None:
    """The side said with the finding itself: "L carotid bruit", "SLR + on L", "ringing in my right ear".

    `inside`: whether a side among its words is its own; of "low back and R leg pain" the R is the leg's.
    """
    first, last = given.sentence(start)
    small = given.sides
    found = (
        (expression("findings_words", "side_inside").search(small, start, end) if inside else None)
        or expression("findings_words", "side_before").search(small, max(first, start - 40), start)
        or expression("findings_words", "side_after").match(small, end, last)
    )
    return None if found is None else _named_side(found)


def _named_side(found: re.Match[str]) -> str:
    if found["left"] and found["right"]:
        return "bilateral"
    return "left" if found["left"] else "right" if found["right"] else "bilateral"


def _clause(given: Context, start: int, end: int) -> str:
    """The words around a finding up to the next mark or "but"."""
    first, last = given.sentence(start)
    before = re.split(
        r"[;,:\n]|\bbut\b|\bno\b|\band (?:my|i|a|the|some|no)\b", given.small[max(first, start - 60) : start]
    )[-1]
    after = re.split(r"[;,:\n]|\bbut\b|\bno\b|\band (?:my|i|a|the|some|no)\b", given.small[end : min(last, end + 60)])[
        0
    ]
    return before + given.small[start:end] + after


def _quality(options: tuple[tuple[str, re.Pattern[str]], ...], clause: str) -> str | None:
    return next((name for name, pattern in options if pattern.search(clause)), None)


def _severity(words: _Words, name: str, clause: str) -> str | None:
    if name == "trauma":
        return "severe" if words.serious_injury.search(clause) else None
    if name == "locking":
        return "severe" if words.stuck_joint.search(clause) else None
    if name == "thunderclap_headache":
        return "severe"
    return _quality(words.severity, clause)


def _looked_for(given: Context, heard: FindingItem, denied: FindingItem) -> bool:
    """Whether the first is only what somebody said or thought, and the second tells of a test or a better word."""
    small = given.small
    said = expression("findings_words", "only_said").search(small, given.sentence(heard.start)[0], heard.start)
    first, last = given.sentence(denied.start)
    begin, finish = max(first, heard.end), min(last, denied.end + 40)
    looked = expression("findings_words", "looked_and_not").search(small, begin, finish)
    return said is not None and looked is not None


def _merged(given: Context, items: list[FindingItem]) -> list[FindingItem]:
    """One item for what is said twice: same finding, status and place. Details said later fill in."""
    kept: list[FindingItem] = []
    for item in sorted(items, key=lambda i: (i.start, i.end)):
        for i, old in enumerate(kept):
            if (
                old.id == item.id
                and old.status == item.status
                and _same(old.region, item.region)
                and _same(old.side, item.side)
            ):
                if item.weeks is not None and _a_new_headache(old, item):
                    old, item = item, old
                kept[i] = replace(
                    old,
                    weeks=old.weeks if old.weeks is not None else item.weeks,
                    since=old.since or item.since,
                    side=old.side or item.side,
                    region=old.region or item.region,
                    onset=old.onset or item.onset,
                    severity=old.severity or item.severity,
                )
                break
        else:
            kept.append(item)
    now = [k for k in kept if k.status == "present"]
    # "History of migraines, and now a headache": what is there now is what counts.

    def still(item: FindingItem) -> bool:
        return any(n.id == item.id and _same(n.region, item.region) for n in now)

    def told_by_another_test(item: FindingItem) -> bool:
        several = item.id in _SEVERAL_TESTS or (item.id == "weakness" and item.words.endswith("/5"))
        crossed = item.id == "positive_slr" and "cross" in item.words.lower()
        return item.status == "absent" and (several or crossed) and any(n.id == item.id for n in now)

    def seen_since(item: FindingItem) -> bool:
        # "I think I broke my foot ... the x-ray said no fracture".
        return (item.status, item.id) == ("uncertain", "fracture") and any(
            o.id == item.id and o.status == "absent" and o.start > item.start and _same(o.region, item.region)
            for o in kept
        )

    def disproved(item: FindingItem) -> bool:
        # "They say it's arthritis but the x-ray didn't show arthritis": heard first, and then looked for.
        return item.status in ("present", "uncertain") and any(
            o.id == item.id and o.status == "absent" and o.start > item.start and _same(o.region, item.region)
            and _looked_for(given, item, o)
            for o in kept
        )

    def smoked_once(item: FindingItem) -> bool:
        # "I don't smoke, quit in 2010, 30 pack years": the history counts.
        return item.status == "absent" and item.id in _ARE_HISTORIES and any(n.id == item.id for n in now)

    def only_a_relatives_complaint(item: FindingItem) -> bool:
        return item.status == "family" and group(item.id) == "pain" and any(n.id == item.id for n in now)

    return [
        k
        for k in kept
        if not (k.status in ("historical", "uncertain") and still(k))
        and not told_by_another_test(k)
        and not seen_since(k)
        and not disproved(k)
        and not smoked_once(k)
        and not only_a_relatives_complaint(k)
    ]


def _a_new_headache(old: FindingItem, item: FindingItem) -> bool:
    """ "Migraines for 20 years. For 3 weeks a headache": the second is what the text is about."""
    return item.id == "headache" and "migraine" in old.words.lower() and "migraine" not in item.words.lower()


def _ended(given: Context, items: list[FindingItem]) -> list[FindingItem]:
    """What the next sentence says is over ("It has not happened since.") is of the past."""
    over: set[int] = set()
    for number, (first, last) in enumerate(given.sentences):
        if number and _is_over(given.small[first:last]):
            over.add(number - 1)
    gone = [i for i in items if i.status == "historical" and _gone_since(given, i)]
    if not over and not gone:
        return items

    def ended(item: FindingItem) -> bool:
        if any(g.id == item.id and item.start < g.start and _same(g.region, item.region) for g in gone):
            return True
        return item.id not in _STAGES and given.number(item.start) in over

    return [replace(i, status="historical") if i.status == "present" and ended(i) else i for i in items]


def _gone_since(given: Context, item: FindingItem) -> bool:
    """ "I had chest pain ... and the chest pain went completely away"."""
    return expression("findings_words", "gone_since").match(given.small, item.end) is not None


def _is_over(sentence: str) -> bool:
    return expression("findings_words", "is_over").match(sentence.strip()) is not None


def _same(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b
