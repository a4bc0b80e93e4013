"""Clinical language to items: findings, treatments, earlier imaging, visits, how long it has lasted, and age."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TypeVar

from actions.reading.assertion import Context, context, meaning, of_the_writer, writes_of_self
from actions.reading.body import Place, places
from actions.reading.came_on import since_a_beginning, since_a_day
from actions.reading.cancers import cancer
from actions.reading.clinical_items import Clinical, EvaluationItem, FindingItem, ImagingItem, TreatmentItem
from actions.reading.dates import DateHit, Duration, dates, durations, weeks_since
from actions.reading.earlier_imaging import felt_there, imaging
from actions.reading.expressions import expression
from actions.reading.found import Found
from actions.reading.smoking import smoking
from actions.reading.symptoms import findings, group
from actions.reading.text import Plain, plain
from actions.reading.treatments import mentions, since_it_began, since_stopped, treatments
from actions.reading.whose_length import FELT, shared

_PAST_FIFTY = 50
"""Years from which a new headache is a finding of its own (`new_headache_over_50`)."""
_COMPLAINTS = ("pain", "nerve", "joint")
_LONG_KNOWN = (
    "smoking_history", "steroid_use_longterm", "osteoporosis", "diabetes", "cancer_history", "active_cancer",
    "anticoagulant_use", "kidney_disease", "immunosuppression", "prior_surgery", "recurrent_sinusitis", "asthma",
    "obesity", "dialysis", "pregnancy", "migraine_history", "multiple_sclerosis", "heart_failure", "epilepsy",
    "brca_mutation", "breast_cancer", "sinus_treatment_failed", "surgery_planned", "weight_loss", "airway_disease",
    "crohn_disease", "chronic_liver_disease", "interstitial_lung_disease", "polycystic_kidneys", "dementia",
    "neoadjuvant_therapy", "locally_advanced_cancer", "cancer_in_lymph_nodes", "early_stage_cancer",
)  # fmt: skip
"""How long these have been so is not how long the complaint has lasted."""
_ILLNESSES = (
    "diabetes", "asthma", "osteoporosis", "kidney_disease", "multiple_sclerosis", "heart_failure", "epilepsy",
    "airway_disease", "crohn_disease", "chronic_liver_disease", "interstitial_lung_disease", "obesity",
)  # fmt: skip
"""Illnesses of which people tell for how many years they have had them."""
_NO_TIME = (
    "progressive_worsening", "new_symptoms", "cough_after_treatment", "pregnancy", "pacemaker",
    "neoadjuvant_therapy", "pericardial_disease", "inflamed_or_infiltrated_heart",
)  # fmt: skip
"""States, and turns for the worse: a time beside these is a drug's, a paper's or of when something was found."""
_NEW_SIGNS = (
    "clumsy_hands", "saddle_anesthesia", "foot_drop", "bladder_dysfunction", "bowel_dysfunction", "cauda_equina",
)  # fmt: skip
"""What comes on top of a complaint: how long it has been so is its own, but in a whole story without another."""
_FOUND_BY_A_TEST = (
    "psa_elevated", "psa_recurrence", "abnormal_lab", "elevated_inflammatory_markers", "abnormal_mammogram",
    "abnormal_ecg", "abnormal_stress_test", "abnormal_liver_tests", "cholestatic_liver_tests", "d_dimer_positive",
    "lung_nodule", "nodule_growth", "nodule_6mm_or_more", "thyroid_nodule", "liver_lesion", "liver_lesion_over_1cm",
    "adnexal_mass", "pancreatic_cyst", "pancreatic_duct_dilation", "aneurysm", "aortic_aneurysm", "carotid_stenosis",
    "fibroids", "spleen_enlarged", "pleural_effusion", "mediastinal_mass", "suspected_recurrence",
)  # fmt: skip
"""What nobody feels: a time beside these is when it was found."""
_OF_YEARS = (
    *_FOUND_BY_A_TEST, *(set(_LONG_KNOWN) - {"prior_surgery", "active_cancer", "weight_loss", "steroid_use_longterm"}),
    "gout", "arthritis", "spinal_stenosis", "cardiomyopathy",
)  # fmt: skip
"""Illnesses that last: since which year somebody has known of one is no length of what the text is about."""
_A_YEAR = 52.2
"""Weeks."""
_COURSE = ("progressive_worsening", "new_symptoms")
_A_STORY = 160
"""Characters from which a message tells what somebody has, and does not only answer."""
_EXAM_SIGNS = (
    "positive_slr", "positive_mcmurray", "positive_lachman", "cuff_tear_sign", "labral_sign", "instability_sign",
    "tendon_sign", "reflex_decreased", "heart_murmur", "carotid_bruit", "joint_line_tenderness",
)  # fmt: skip
"""What an examiner finds is of the day of the examination."""
_NOT_FELT = (
    *_EXAM_SIGNS, *_LONG_KNOWN, "fracture", "arthritis", "mild_arthritis", "gout", "spinal_stenosis",
    "shoulder_dislocation", "popping", "neuro_deficit", "tia_or_stroke", "brain_bleed", "neck_artery_tear",
    "brain_vein_clot", "dementia", "papilledema", "thunderclap_headache", "seizure", "syncope", "cauda_equina",
)  # fmt: skip
"""What is found or happens, so that the length said of "it" is not at once that of these."""
_OF_A_DAY = ("trauma", "head_injury", "seizure", "shoulder_dislocation", "syncope")
"""What happens in a moment: how many days ago it did is no length of a complaint."""
_Item = TypeVar("_Item", FindingItem, TreatmentItem, ImagingItem, EvaluationItem)


def read_clinical(text: str, today: date) -> Clinical:
    """What the text says clinically; offsets are into `text`. Relative dates are counted from `today`. Never raises."""
    made = plain(text)
    given = context(made.text)
    found, at, lengths = _findings(given, today)
    found = [replace(f, status="family") if of_the_writer(given, f.start) else f for f in found]
    years = age(given)
    found = [*found, *_new_past_fifty(given, found, years)]
    days = dates(made.text, today)
    care = since_stopped(given, treatments(given, lengths, days), days, today)
    care = [_without_a_complaints_length(given, lengths, found, t) for t in care]
    found = [_without_another_length(given, lengths, days, mentions(given), f) for f in found]
    lengths = [length for length in lengths if not _of_care_done(given, length)]
    known = _of_known_illnesses(given, found, lengths)
    found = [_without_an_illness_length(given, known, found, f) for f in found]
    smoked = smoking(given, found, years, today)
    illness = cancer(given, found)
    lasting = (
        symptom_weeks(given, found, [d for d in lengths if d not in known], mentions(given), at)
        or _since_an_age(given, found, years)
        or _came_then(given, found, days, today)
        or _and_now(given, found, days, today)
        or since_a_beginning(given, found, lengths, mentions(given), at)
        or since_a_day(
            given, found, [f for f in found if _felt_for_long(given, f, found)], days, lengths, mentions(given), today
        )
    )
    found = [_migraine_anew(f, lasting) for f in _with_length(given, found, lengths, lasting)]
    if lasting is not None:
        found = shared(given, found, lengths, mentions(given), lasting, lambda f: _felt_for_long(given, f, found))
    return Clinical(
        findings=_placed(made, found),
        treatments=_placed(made, since_it_began(given, care, lasting)),
        imaging=_placed(made, imaging(given, at, days, _complaint(given, found, at), today)),
        evaluations=_placed(made, evaluations(given, days)),
        symptom_weeks=lasting,
        age=years,
        pack_years=_moved(made, smoked.pack_years),
        quit_years=_moved(made, smoked.quit_years),
        cancer_type=_moved(made, illness.type),
        cancer_phase=_moved(made, illness.phase),
    )


def findings_of(given: Context, today: date) -> list[FindingItem]:
    """The findings of a text made ready, with offsets into that text."""
    return _findings(given, today)[0]


# The watch and the reader look at one text in a row; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def _findings(given: Context, today: date) -> tuple[list[FindingItem], list[Place], list[Duration]]:
    at, lengths = places(given), durations(given.text, today)
    felt = [length for length in lengths if not _of_care_done(given, length)]
    return findings(given, at, felt, dates(given.text, today), today), at, lengths


def _of_care_done(given: Context, length: Duration) -> bool:
    """ "I did 6 weeks already": how long some care went that is not named, and nothing that is felt."""
    if given.small.startswith(" ago", length.end) or length.words.lower().endswith("ago"):
        return False
    before = given.small[max(given.sentence(length.start)[0], length.start - 60) : length.start]
    return expression("clinical", "care_done").search(before) is not None


def _new_past_fifty(given: Context, found: list[FindingItem], years: int | None) -> list[FindingItem]:
    """A headache that is new at fifty or later, which the catalogue has as a finding of its own."""
    name = "new_headache_over_50"
    if years is None or years < _PAST_FIFTY or any(f.id == name for f in found):
        return []
    if expression("findings_words", "new_headache").search(given.small) is None:
        return []
    return [replace(f, id=name) for f in found if f.id == "headache" and f.status == "present"][:1]


def _complaint(given: Context, found: list[FindingItem], at: list[Place]) -> tuple[str | None, str | None]:
    """(region, side) of what the text is about: its first complaint, else the first body part it names."""
    for f in found:
        if f.status == "present" and f.region and group(f.id) in ("pain", "joint"):
            return f.region, f.side
    of_doctors = expression("imaging_words", "of_a_doctor")
    return next(
        (
            (p.part.region, p.side) for p in at
            if p.part.region and not of_doctors.match(given.small, p.end) and not felt_there(given.small, p)
        ),
        (None, None),
    )


def _moved(made: Plain, found: Found | None) -> Found | None:
    """The value with its place in the text as it came."""
    if found is None:
        return None
    _, start, end = made.span(found.start, found.end)
    return replace(found, start=start, end=end)


def _placed(made: Plain, items: list[_Item]) -> tuple[_Item, ...]:
    """The items with words and offsets of the text as it came."""
    result = []
    for item in items:
        words, start, end = made.span(item.start, item.end)
        result.append(replace(item, words=words, start=start, end=end))
    return tuple(result)


def age(given: Context) -> int | None:
    """The patient's age in years as the text says it, or None; a relative's only where they are the patient."""
    found = _age(given)
    if found is None:
        return None
    years, end = found
    instead = expression("clinical", "put_right").match(given.small, end)
    return int(instead["years"]) if instead else years


def _age(given: Context) -> tuple[int, int] | None:
    """(years, end of the words that say so)."""
    noted = expression("clinical", "age_of_pt").search(given.small)
    if noted:
        return int(noted["years"]), noted.end()
    for name in ("age_now", "age_of_my"):
        told = expression("clinical", name).search(given.small)
        if told and (name != "age_now" or int(told["soon"]) == int(told["years"]) + 1):
            return int(told["years"]), told.end()
    named = _behind_a_name(given)
    if named:
        return named
    patient = given.patient
    for_another = given.for_another or expression("clinical", "for_somebody").search(given.small) is not None
    for m in expression("clinical", "age").finditer(given.small):
        own = re.match(r"i(?:'?m| am)\b", m[0]) and not given.small[max(0, m.start() - 6) : m.start()].endswith(
            ("when ", "until ")
        )
        before = given.small[max(0, m.start() - 40) : m.start()]
        if patient:
            before = before.replace(patient, "~" * len(patient))
        if m[0].startswith(("he is", "she is")) and patient is None and not for_another and _of_age_myself(given):
            # "My sister drove me. She is 60. I'm 57."
            continue
        for_them = own and (for_another or _a_minor_for_an_elder(given, m[0]))
        if for_them or (not own and expression("clinical", "relative").search(before)):
            continue
        years = int(next(g for g in m.groups() if g))
        if _not_yet(given, m):
            continue
        if 16 <= years <= 104 and not _of_the_family(given, m.start()):
            return years, m.end()
    for m in expression("clinical", "age_in_words").finditer(given.small):
        before = given.small[max(0, m.start() - 40) : m.start()]
        if patient:
            before = before.replace(patient, "~" * len(patient))
        about = m["kin"] in (None, patient) or _about_them(given, m) or _told_of_before(given, m)
        if about and not expression("clinical", "relative").search(before):
            ones = m["ones"] or m["ones2"] or m["ones3"] or m["ones4"]
            return _IN_WORDS[m["tens"] or m["tens2"] or m["tens3"] or m["tens4"]] + _IN_WORDS.get(ones, 0), m.end()
    for m in expression("clinical", "age_of_a_child").finditer(given.small):
        if (m["kin"] or m["kin2"]) == patient or _about_them(given, m) or _told_of_before(given, m):
            return _IN_WORDS[m["years"] or m["years2"]], m.end()
    for m in expression("clinical", "age_of_the_patient").finditer(given.small):
        who = m["who"] or m["who0"] or m["who1"] or ""
        child = who == "" and not m[0][-2:].isdigit()
        if child and m[0][0] in "hs" and writes_of_self(given):
            # "She's 9", where the writer tells of a body of their own.
            continue
        if _of_the_family(given, m.start()) or (who and _in_a_table_of_the_family(given, m)):
            continue
        if _not_yet(given, m):
            continue
        if m[0][0] == "i" and (for_another or _a_minor_for_an_elder(given, m[0])):
            continue
        if (
            who in ("", patient)
            or (who in _ELDERS and not writes_of_self(given))
            or _about_them(given, m)
            or _told_of_before(given, m)
            or (who and _nothing_but_an_age(given))
        ):
            return int(next(g for g in m.groups() if g and g.isdigit())), m.end()
    alone = expression("clinical", "age_of_one_named").fullmatch(given.small)
    return (int(alone["years"]), alone.end()) if alone and given.text.strip()[:1].isupper() else None


def _behind_a_name(given: Context) -> tuple[int, int] | None:
    """ "I'm Jean, 68", "my dad, Walter, 74, he has …": the age behind a name, which a capital shows."""
    own = expression("clinical", "own_name_and_age").search(given.small)
    if own and given.text[own.start("name")].isupper() and not given.for_another:
        return int(own["years"]), own.end()
    theirs = expression("clinical", "age_behind_a_name").search(given.small)
    if theirs and given.text[theirs.start("name")].isupper() and (
        theirs["who"] == given.patient or _about_them(given, theirs)
    ):
        return int(theirs["years"]), theirs.end()
    return None


def _of_the_family(given: Context, at: int) -> bool:
    """Whether an age stands under a family's illnesses."""
    first, _ = given.sentence(at)
    if expression("clinical", "of_the_family").search(given.small[max(0, at - 420) : at]) is None:
        return False
    return expression("clinical", "a_relative").search(given.small, first, at) is not None


def _in_a_table_of_the_family(given: Context, m: re.Match[str]) -> bool:
    """ "Breast cancer  Mother  52", a line of its own."""
    line = given.small.rfind("\n", 0, m.start()) + 1
    before, after = given.small[line : m.start()].split(), given.small[m.end() : m.end() + 2]
    alone = re.fullmatch(r"[a-z]+ +[0-9]+", m[0]) and (not after.strip(" ") or after.startswith("\n"))
    if not alone or not before:
        return False
    return before[-1].isalpha() and before[-1] not in ("for", "of", "my", "our", "is", "and", "denied")


def _nothing_but_an_age(given: Context) -> bool:
    """ "Mom is 47, ok? Not me", "no I'm 16, my mom is 47": who tells only of an age tells of the patient's."""
    return expression("clinical", "only_an_age").fullmatch(given.small) is not None


def _a_minor_for_an_elder(given: Context, said: str) -> bool:
    """Whether "I'm 16" stands beside the age of a parent: a child that writes for them."""
    years = re.search(r"[0-9]+", said)
    return bool(years and int(years[0]) < _OF_AGE and expression("clinical", "age_of_an_elder").search(given.small))


_OF_AGE = 18
"""Years."""


def _about_them(given: Context, m: re.Match[str]) -> bool:
    """Whether a text that opens with a relative and an age goes on about them, with no word of a body of one's own."""
    goes_on = any(expression("clinical", name).match(given.small, m.end()) for name in ("has_it", "goes_on_with_pain"))
    goes_on = goes_on or expression("clinical", "for_them").search(given.small, m.end()) is not None
    return (
        m.start() <= _OPENING
        and (goes_on or len(expression("clinical", "he_or_she").findall(given.small, m.start())) >= _GOES_ON)
        and expression("clinical", "own_body").search(given.small) is None
    )


def _of_age_myself(given: Context) -> bool:
    """Whether the writer tells an own age or body as well."""
    return any(expression("clinical", name).search(given.small) is not None for name in ("own_age", "own_body"))


def _not_yet(given: Context, m: re.Match[str]) -> bool:
    """ "Turning 60 in May", "she'll be 70": an age to come."""
    at = max(m.start(i) for i in range(1, len(m.groups()) + 1) if (m[i] or "").isdigit())
    before = given.small[max(0, at - 20) : at]
    if expression("clinical", "will_be").search(before):
        return True
    is_so = expression("clinical", "is_or_turns").search(before)
    return is_so is not None and expression("clinical", "on_a_day_to_come").match(given.small, at + 2) is not None


def _told_of_before(given: Context, m: re.Match[str]) -> bool:
    """ "She has dizzy spells, my mom is 71": the one relative told of, after a "she" that can mean nobody else."""
    he_or_she = expression("clinical", "he_or_she")
    first = he_or_she.search(given.small, 0, m.start())
    return (
        first is not None
        and expression("clinical", "a_relative").search(given.small, 0, m.start()) is None
        and expression("clinical", "own_body").search(given.small) is None
    )


_OPENING = 60
"""Characters within which a text says whom it is about."""
_GOES_ON = 2
"""So often "he" or "she" follows at least."""
_IN_WORDS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_ELDERS = (
    "mom", "mother", "dad", "father", "grandma", "grandmother", "grandpa", "grandfather", "aunt", "uncle", "abuela",
    "abuelo", "nonna", "nonno", "lola", "lolo", "oma", "opa", "nana", "granny", "gran", "gram", "grandad", "granddad",
)  # fmt: skip


def _names_its_care(small: str, length: Duration, care: list[tuple[int, int]]) -> bool:
    """ "8 weeks of PT": the care stands right behind its length."""
    gaps = [small[length.end : start] for start, _ in care if start >= length.end]
    return any(re.fullmatch(r" (?:of|in|on|with|doing|worth of) (?:the |my )?", gap) for gap in gaps)


def symptom_weeks(
    given: Context, found: list[FindingItem], lengths: list[Duration], care: list[tuple[int, int]],
    at: list[Place],
) -> float | None:  # fmt: skip
    """How many weeks the complaint has lasted. A treatment's length is not it; a correction replaces what was said."""
    small = given.small
    main: Duration | None = None
    free: list[Duration] = []
    previous: Duration | None = None
    for length in lengths:
        first, _ = given.sentence(length.start)
        before = small[max(first, length.start - 70) : length.start]
        lasts = expression("clinical", "lasts").search(re.sub(r"\s+", " ", before))
        corrected, previous = previous, length
        wrong = expression("clinical", "was_wrong").search(before)
        if wrong and main is not None and re.search(rf"\b{wrong['n']}\b", main.words.lower()):
            # "Back pain 4 weeks. PT 3 weeks. Sorry, it is not 4 weeks, it is 9 weeks.": by the number that was wrong.
            main = length
            continue
        if main is not None and main is corrected and expression("clinical", "to_be_exact").match(small, length.end):
            # "It has hurt for a year. A year and two months to be exact."
            main = length
            continue
        if expression("clinical", "correction").search(before):
            # What is corrected is the length said before, be it the complaint's or a treatment's.
            aside = corrected is None and not expression("clinical", "right_behind").search(before)
            treated = any(start < length.start for start, _ in care)
            told = lasts or (main is corrected if main is not None else not treated and not aside)
            if told and not _names_its_care(small, length, care):
                main = length
            continue
        if main is not None and main is corrected and _on_second_thoughts(given, main, length, care):
            main = length
            continue
        bout = expression("clinical", "this_bout").search(before[-48:] + length.words.lower())
        if (bout or _none_before(length)) and not _of_care(given, length, care):
            # "Third time since 2020, this time it's 7 weeks", "it was fine until June": the present bout's.
            main = length
        if expression("clinical", "this_bout_behind").match(small, length.end):
            # "Crohn's since 2019, the last 5 weeks it's flaring".
            main = length
        if (
            expression("clinical", "over_then").match(small, length.end)
            or expression("clinical", "begins_a_drug").match(length.words.lower())
            or expression("clinical", "since_a_paper").match(small, length.end)
            or expression("clinical", "asked_or_required").search(small, first, length.start)
            or _of_what_is_not(given, found, length)
            or length.over
            or expression("clinical", "only_changed").search(before[-40:])
            or (length.since is None and expression("clinical", "dated_spell").search(before))
            or _of_another_affair(given, length)
        ):
            continue
        begun_with_it = expression("clinical", "since_onset").match(length.words.lower()) is not None
        if _new_sign(given, found, length) or (_of_care(given, length, care) and not begun_with_it):
            continue
        if length.words.lower() in _NUMBERS_ALONE and _care_before(given, length, care):
            # "They want 6 weeks of PT. I did nine."
            continue
        free.append(length)
        if (
            main is None
            and (
                lasts
                or (_begun(length) and not _care_before(given, length, care))
                or (_hurt_then(length) and (length.weeks >= 1 or _still_felt(given, found)))
                or _after_length(small, length)
                or _of_complaint(given, found, length)
                or _alone(given, found, length, care)
                or _ends_a_complaint(given, found, length, care, at)
                or _leads_a_complaint(given, found, length, care, at)
            )
        ):
            main = length
    if main is None:
        lasting = [
            f for f in found if f.status == "present" and f.weeks is not None and _can_be_complaint(given, f, found)
        ]
        complaint = next((f for f in lasting if group(f.id) in _COMPLAINTS), lasting[0] if lasting else None)
        of_days = complaint and complaint.id in _OF_A_DAY and complaint.weeks is not None and complaint.weeks < 1
        if of_days and not _still_felt(given, found):
            return None
        beside = next((d for d in free if _behind_a_complaint(given, found, d, care)), None)
        return complaint.weeks if complaint else beside.weeks if beside else None
    return (_since_it_all_began(given, lengths, main, care) or main).weeks


def _still_felt(given: Context, found: list[FindingItem]) -> bool:
    return any(f.id not in _OF_A_DAY and _felt_for_long(given, f, found) for f in found)


def _on_second_thoughts(given: Context, said: Duration, length: Duration, care: list[tuple[int, int]]) -> bool:
    if length.start - said.end > _SECOND_THOUGHTS or _of_care(given, length, care):
        return False
    return expression("clinical", "second_thoughts").search(given.small, said.end, length.start) is not None


_SECOND_THOUGHTS = 120
"""Characters between a length and the one that is put in its place."""


def _of_another_affair(given: Context, length: Duration) -> bool:
    first, _ = given.sentence(length.start)
    begins = max(first, length.start - 40)
    return any(
        expression("clinical", "another_affair").search(given.small, begins, end) for end in (length.start, length.end)
    )


def _behind_a_complaint(
    given: Context, found: list[FindingItem], length: Duration, care: list[tuple[int, int]]
) -> bool:
    """ "Pain after fatty meals times eight weeks": a length of nothing else, behind a complaint of its sentence."""
    first, _ = given.sentence(length.start)
    for f in found:
        if not (first <= f.start and f.end <= length.start and _felt_for_long(given, f, found)):
            continue
        between = any(f.end <= start < length.start for start, _ in care)
        if not between and not any(
            expression("clinical", name).search(given.small, f.end, length.start)
            for name in ("another_clause", "of_a_paper")
        ):
            return True
    return False


def _none_before(length: Duration) -> bool:
    """ "It was fine until June": the beginning of what there is now."""
    return length.words.lower().startswith(("until", "till", "til "))


def _of_what_is_not(given: Context, found: list[FindingItem], length: Duration) -> bool:
    """ "No back pain for the last 3 months": how long it has been away; but "none until July" tells when it came."""
    if _none_before(length):
        return False
    first, _ = given.sentence(length.start)
    before = [f for f in found if first <= f.start and 0 <= length.start - f.end < _NEAR_AN_ABSENCE]
    return bool(before) and max(before, key=lambda f: f.end).status == "absent"


_NEAR_AN_ABSENCE = 16
"""Characters between what is not there and how long."""


def _since_it_all_began(
    given: Context, lengths: list[Duration], main: Duration, care: list[tuple[int, int]]
) -> Duration | None:
    """ "Couldn't lift it for a week. This all started in March": the longer one, of which the spell was a part."""
    small = given.small
    first, _ = given.sentence(main.start)
    before = small[max(first, main.start - 60) : main.start]
    if main.since is not None or not expression("clinical", "a_spell").search(before):
        return None
    for length in lengths:
        began = length.since is not None and length.weeks > main.weeks and not _of_care(given, length, care)
        told = small[max(0, length.start - 40) : length.end]
        if began and expression("clinical", "it_all_began").search(told):
            return length
    return None


def _since_an_age(given: Context, found: list[FindingItem], years: int | None) -> float | None:
    """ "I've dealt with this since I was 19, I'm 27 now": the years between."""
    for m in expression("clinical", "since_an_age").finditer(given.small):
        first, _ = given.sentence(m.start())
        before = given.small[max(first, m.start() - 70) : m.start()]
        told = expression("clinical", "lasts").search(before) or any(
            f.status == "present"
            and first <= f.start < m.start()
            and group(f.id) in _COMPLAINTS
            and _can_be_complaint(given, f, found)
            for f in found
        )
        then = int(m["then"])
        if told and years and then < years and "smok" not in before:
            return round((years - then) * 52.1775, 1)
    return None


def _of_known_illnesses(given: Context, found: list[FindingItem], lengths: list[Duration]) -> list[Duration]:
    """ "Diabetes 20 years", "asthma since childhood": lengths of illnesses known for long, in their own words."""
    care = mentions(given)

    def of(f: FindingItem, d: Duration) -> bool:
        if f.end <= d.start:
            return expression("clinical", "for_so_long").fullmatch(given.small, f.end, d.start) is not None
        said = expression("clinical", "so_long_of").fullmatch(given.small, d.end, f.start)
        return d.end <= f.start and said is not None

    def own(*ids: str) -> list[Duration]:
        return [d for d in lengths if any(f.id in ids and of(f, d) for f in found)]

    known, perhaps = own(*_ILLNESSES), own("arthritis", "migraine_history")
    others = [d for d in lengths if d not in known and d not in perhaps and not _of_care(given, d, care)]
    # Worn joints and migraines may be the very complaint, where nothing else is told with a length.
    return [*known, *perhaps] if others else known


def _without_an_illness_length(
    given: Context, known: list[Duration], found: list[FindingItem], f: FindingItem
) -> FindingItem:
    """ "Diabetes 20 years and can't feel my feet": the feet have no length yet."""
    own = any(o.id in (*_ILLNESSES, "migraine_history") and o.start < f.end and f.start < o.end for o in found)
    if f.weeks is None or f.id in _LONG_KNOWN or own:
        return f
    first, last = given.sentence(f.start)
    of_it = any(d.weeks == f.weeks and first <= d.start < last for d in known)
    return replace(f, weeks=None, since=None) if of_it else f


def _and_now(given: Context, found: list[FindingItem], days: list[DateHit], today: date) -> float | None:
    """ "7 weeks ago we moved a couch and now it's the right leg": a day, what happened, and what hurts since."""
    felt = [f for f in found if _felt_for_long(given, f, found)]
    care = mentions(given)
    for d in days:
        first, last = given.sentence(d.start)
        then = expression("clinical", "and_now").match(given.small, d.end, last)
        if then is None or d.precision == "year":
            continue
        opens = max(first, given.small.rfind(", but ", first, d.start))
        if any(opens <= start < then.end() for start, _ in care) or expression("clinical", "not_when_it_came").search(
            given.small, opens, then.end()
        ):
            continue
        if any(f.end >= then.end() and then.start() <= f.start < min(last, then.end() + _BEHIND) for f in felt):
            return weeks_since(d, today) or None
    return None


def _came_then(given: Context, found: list[FindingItem], days: list[DateHit], today: date) -> float | None:
    """ "Found a lump. Right breast. Two weeks ago in the shower.": a day of nothing else, behind a complaint."""
    felt = [f for f in found if _felt_for_long(given, f, found)]
    for d in days:
        first, last = given.sentence(d.start)
        first = given.sentences[max(0, given.number(d.start) - 2)][0] if d.start - first <= _OPENS else first
        told = any(first <= f.start < d.start for f in felt)
        own = given.sentence(d.start)[0]
        if not (told and expression("clinical", "ago").search(d.words.lower())):
            continue
        of_care = any(own <= start < last for start, _ in mentions(given))
        if of_care or expression("clinical", "not_when_it_came").search(given.small, own, last):
            continue
        return weeks_since(d, today) or None
    return None


_OPENS = 12
"""Characters within which a day opens a sentence."""


def _with_length(
    given: Context, found: list[FindingItem], lengths: list[Duration], lasting: float | None
) -> list[FindingItem]:
    """The findings, the complaint with the length said of "it" ("it's been 3 months") or put right later."""
    if lasting is None or any(_has_it_alone(o, lasting) for o in found):
        return found
    for i, f in enumerate(found):
        if f.status != "present" or group(f.id) not in _COMPLAINTS:
            continue
        anew = _a_new_bout(given, lengths, f, lasting) and not any(_told_so_long(o, lasting) for o in found)
        if f.weeks is None or _corrected(given, lengths, f.weeks, lasting) or anew:
            alone = all(o.weeks is None for o in found if o.status == "present" and group(o.id) in _COMPLAINTS)
            told = group(f.id) == "pain" or _just_told(given, lengths, lasting, f)
            if f.weeks is not None or (alone and told and not _of_another(given, lengths, lasting, f)):
                return [*found[:i], replace(f, weeks=lasting), *found[i + 1 :]]
            if f.id in _NOT_FELT:
                continue
        return found
    return found


def _migraine_anew(f: FindingItem, lasting: float | None) -> FindingItem:
    """ "Chronic migraine x 25 yrs, now daily x 3 mo": the headache of now is as old as the change."""
    old = f.id == "headache" and "migraine" in f.words.lower() and f.weeks is not None and f.weeks > _A_YEAR
    return replace(f, weeks=lasting, since=None) if old and lasting is not None and lasting < _A_YEAR else f


def _told_so_long(f: FindingItem, lasting: float) -> bool:
    return f.status == "present" and f.weeks == lasting and group(f.id) in _COMPLAINTS


def _has_it_alone(f: FindingItem, lasting: float) -> bool:
    """Whether the length is that of a trouble that is no pain: "swollen legs x 6 weeks. Back pain too"."""
    of_a_day = (*_COURSE, "trauma", "head_injury", "prior_surgery")
    return f.status == "present" and f.weeks == lasting and group(f.id) not in _COMPLAINTS and f.id not in of_a_day


def _just_told(given: Context, lengths: list[Duration], lasting: float, f: FindingItem) -> bool:
    """ "My fingers tingle when I knit. Since March": a trouble felt, of which the length is told next."""
    return f.id not in _NOT_FELT and any(
        d.weeks == lasting and 0 <= given.number(d.start) - given.number(f.start) <= 1 for d in lengths
    )


def _of_another(given: Context, lengths: list[Duration], lasting: float, f: FindingItem) -> bool:
    """ "Back pain all my life, but this leg thing is 5 weeks": another trouble's length."""
    length = next((d for d in lengths if d.weeks == lasting), None)
    between = given.small[f.end : length.start] if length is not None else ""
    return expression("clinical", "another_trouble").search(between) is not None


def _corrected(given: Context, lengths: list[Duration], said: float, lasting: float) -> bool:
    """Whether a length said first was put right to the complaint's."""
    return said != lasting and any(
        d.weeks == lasting and expression("clinical", "correction").search(given.small[max(0, d.start - 70) : d.start])
        for d in lengths
    )


def _a_new_bout(given: Context, lengths: list[Duration], f: FindingItem, lasting: float) -> bool:
    """ "Back trouble thirty years off and on, but this is different, this started in July": as long as the new one."""
    return f.weeks is not None and f.weeks > lasting and any(
        d.weeks == lasting and d.start > f.end
        and expression("clinical", "this_bout").search(given.small, max(f.end, d.start - 48), d.end)
        for d in lengths
    )  # fmt: skip


def _can_be_complaint(given: Context, f: FindingItem, found: list[FindingItem]) -> bool:
    """Whether how long a finding has lasted may be how long the complaint has.

    Not of an illness known for long, of a sign that comes on top of a complaint (nor of what came with it), or of a
    nerve trouble of the last days, which is a new one.
    """
    if f.id in (*_LONG_KNOWN, *_COURSE, *_FOUND_BY_A_TEST):
        return False
    if expression("clinical", "known_illness").search(f.words.lower()):
        return False
    if group(f.id) != "nerve" or f.weeks is None:
        return True
    sign = any(o.id in _NEW_SIGNS and o.status == "present" and o.weeks == f.weeks for o in found)
    hurts = any(o.status == "present" and group(o.id) == "pain" and o.weeks not in (None, f.weeks) for o in found)
    return f.weeks >= 1 and (not sign or (len(given.small) >= _A_STORY and not hurts))


def _felt_for_long(given: Context, f: FindingItem, found: list[FindingItem]) -> bool:
    """Whether a finding is a trouble that is felt, and may have lasted as long as the whole."""
    felt = (group(f.id) in _COMPLAINTS and f.id not in (*_NOT_FELT, *_NEW_SIGNS)) or f.id in FELT
    if expression("clinical", "known_illness").search(f.words.lower()):
        return False
    return felt and f.status == "present" and (f.id in FELT or _can_be_complaint(given, f, found))


def _new_sign(given: Context, found: list[FindingItem], length: Duration) -> bool:
    """Whether a length is one of such a sign, and of no complaint."""
    of_it = [
        f for f in found
        if f.status == "present" and f.weeks == length.weeks and f.since == length.first_day and f.id not in _COURSE
    ]  # fmt: skip
    return bool(of_it) and not any(_can_be_complaint(given, f, found) for f in of_it)


def _without_another_length(
    given: Context, lengths: list[Duration], days: list[DateHit], care: list[tuple[int, int]], f: FindingItem
) -> FindingItem:
    """The finding without a length that is not its own.

    That is a treatment's, one since a drug was begun or a paper was written, and any of a sign that an examiner finds.
    """
    if f.weeks is None:
        return f
    if f.id in _NO_TIME or (f.weeks > _A_YEAR and _of_years(f)):
        return replace(f, weeks=None, since=None)
    if f.id == "steroid_use_longterm" and any(d.weeks == f.weeks and d.since is not None for d in lengths):
        # "On prednisone since 2022" tells when the drug was begun.
        return replace(f, weeks=None, since=None)
    first, last = given.sentence(f.start)
    if f.since is not None and any(
        d.date == f.since
        and first <= d.start < last
        and expression("clinical", "day_of_a_paper").search(given.small, max(first, d.start - 40), d.start)
        for d in days
    ):
        return replace(f, weeks=None, since=None)
    own = [d for d in lengths if d.weeks == f.weeks and first <= d.start < last]
    if not own:
        return f
    length = min(own, key=lambda d: max(d.start - f.end, f.start - d.end))
    between = given.small[f.end : length.start] if f.end <= length.start else ""
    if (
        f.id in _EXAM_SIGNS
        or (
            any(start < length.end and length.start < end for start, end in care)
            and not expression("treatments_words", "since_it_ended").match(length.words.lower())
        )
        or _treated_between(given, length, care, f)
        or _treated_before(given, length, care, f)
        or (length.end <= f.start and _of_another_affair(given, length))
        or (f.end <= length.start and expression("clinical", "another_affair").search(between[-40:]))
        or (f.end <= length.start and expression("clinical", "only_changed").search(between))
        or expression("clinical", "begins_a_drug").match(given.small, length.start, length.end)
        or (f.id in _LONG_KNOWN and expression("clinical", "something_else_between").search(between))
    ):
        return replace(f, weeks=None, since=None)
    return f


def _of_years(f: FindingItem) -> bool:
    return f.id in _OF_YEARS or expression("clinical", "known_illness").search(f.words.lower()) is not None


def _without_a_complaints_length(
    given: Context, lengths: list[Duration], found: list[FindingItem], t: TreatmentItem
) -> TreatmentItem:
    """ "On methotrexate, progressive dyspnea x 8 months": what stands right before a length has it."""
    if t.weeks is None or t.until is not None:
        return t
    first, last = given.sentence(t.start)
    own = [d for d in lengths if d.weeks == t.weeks and first <= d.start < last]
    if len(own) != 1 or own[0].start < t.end:
        return t
    between = [
        f for f in found
        if f.weeks == t.weeks and f.status == "present" and t.end < f.start and f.end <= own[0].start
        and expression("clinical", "right_before").fullmatch(given.small, f.end, own[0].start)
        and expression("clinical", "a_new_item").match(given.small, t.end, f.start)
    ]  # fmt: skip
    return replace(t, weeks=None, since=None) if between else t


def _treated_between(given: Context, length: Duration, care: list[tuple[int, int]], f: FindingItem) -> bool:
    """ "Positive SLR, naproxen for 4 weeks", "I can't sleep on it, 6 weeks PT": the length of the treatment."""
    first, last = given.sentence(length.start)
    for start, end in care:
        if not first <= start < last:
            continue
        if f.end <= start and end <= length.start and _of_care(given, length, [(start, end)]):
            return True
        between = given.small[min(f.end, length.start) : length.start]
        told_in_one = f.start <= length.start and length.end <= f.end
        listed = length.end <= start and ("," in between or ":" in between or told_in_one)
        if listed and _of_care(given, length, [(start, end)]):
            return True
    return False


def _treated_before(given: Context, length: Duration, care: list[tuple[int, int]], f: FindingItem) -> bool:
    """ "A splint at night for two months and my fingers still go numb": the length of what stands right before it."""
    if f.start < length.end or _after_length(given.small, length):
        return False
    first, _ = given.sentence(length.start)
    before = [(start, end) for start, end in care if first <= start and end <= length.start]
    return bool(before) and length.start - before[-1][1] <= _RIGHT_BEHIND and _of_care(given, length, before[-1:])


_RIGHT_BEHIND = 28
"""Characters between a treatment and its length."""


def _of_complaint(given: Context, found: list[FindingItem], length: Duration) -> bool:
    return any(
        f.status == "present"
        and _can_be_complaint(given, f, found)
        and f.weeks == length.weeks
        and f.since == length.first_day
        and (group(f.id) in _COMPLAINTS or f.id in FELT)
        for f in found
    )


def _care_before(given: Context, length: Duration, care: list[tuple[int, int]]) -> bool:
    """Whether the sentence, or the words before it, tell of a treatment, so that what began may be that."""
    first, last = given.sentence(length.start)
    return any(first - 160 <= start < last for start, _ in care)


def _begun(length: Duration) -> bool:
    """ "Started 5 months ago": the beginning of what the text is about."""
    return (
        length.since is not None
        and expression("clinical", "begun").match(length.words.lower()) is not None
        and expression("clinical", "begins_a_drug").match(length.words.lower()) is None
    )


def _hurt_then(length: Duration) -> bool:
    """ "Hurt it on May 9": what began then is the complaint, whatever care is told of beside it."""
    return (
        length.since is not None
        and length.weeks <= _LONGEST_INJURY
        and expression("clinical", "hurt_it").match(length.words.lower()) is not None
    )


_NUMBERS_ALONE = frozenset(
    (*(str(n) for n in range(1, 100)), "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
     "eleven", "twelve")
)  # fmt: skip
_LONGEST_INJURY = 104
"""Weeks; an injury longer ago is history unless the text says that it has hurt since."""


def _alone(
    given: Context, found: list[FindingItem], length: Duration, care: list[tuple[int, int]]
) -> bool:  # fmt: skip
    """ "Started around Labor Day.", a sentence of its own, is the complaint's, but after a treatment that one's."""
    first, last = given.sentence(length.start)
    # "R knee. 10 wks. brace 6 wks": an abbreviation's dot may end a statement as well.
    first = max(first, given.small.rfind(". ", first, length.start) + 1)
    stop = given.small.find(".", length.end, last)
    rest = f"{given.small[first : length.start]} {given.small[length.end : stop if stop >= 0 else last]}"
    spoken_of = any(first - 160 <= start < length.start for start, _ in care)
    # "R knee. 10 wks.": where something was spoken of before; "maybe 2 months? my ankle hurts".
    follows = last < len(given.small) and not any(last <= start < given.sentence(last)[1] for start, _ in care)
    told = length.since is not None or first > 0 or (
        follows
        and any(given.number(f.start) in (1, 2) and f.status == "present" and group(f.id) in _COMPLAINTS for f in found)
    )  # fmt: skip
    return told and not spoken_of and bool(expression("clinical", "nothing_more").fullmatch(rest))


def _ends_a_complaint(
    given: Context, found: list[FindingItem], length: Duration, care: list[tuple[int, int]], at: list[Place]
) -> bool:
    """ "Wrist kills when I turn the key, like 4 months", "low back, both sides, about 3 months": a length at the end.

    Nothing but small words stand between the last mark and the end of the statement, and before them a complaint or a
    body part, with no care, picture or paper.
    """
    first, last = given.sentence(length.start)
    small = given.small
    mark = max(small.rfind(sign, first, length.start) for sign in ",;:(-–")
    ends = [small.find(sign, length.end, last) for sign in ",;)."]
    stop = min((end for end in ends if end >= 0), default=last)
    if mark < 0 or any(first <= start < stop for start, _ in care):
        return False
    rest = f"{small[mark + 1 : length.start]} {small[length.end : stop]}"
    if not expression("clinical", "nothing_more").fullmatch(rest) or expression("clinical", "of_a_paper").search(
        small, first, length.start
    ):
        return False
    if expression("clinical", "it_began").search(small, first, length.start):
        return True
    hurts = any(
        f.status == "present" and first <= f.start < length.start and _can_be_complaint(given, f, found) for f in found
    )
    return hurts or any(first <= p.start < last and p.part.region for p in at)


def _leads_a_complaint(
    given: Context, found: list[FindingItem], length: Duration, care: list[tuple[int, int]], at: list[Place]
) -> bool:
    """ "Since about Easter both legs get heavy when I walk": a beginning, and behind it a complaint or a body part."""
    first, last = given.sentence(length.start)
    small = given.small
    opens = length.since is None and expression("clinical", "opens_with_it").fullmatch(small, first, length.start)
    if opens and _opens_a_complaint(given, found, length, care, last):
        return True
    first = max(first, *(small.rfind(sign, first, length.start) + 1 for sign in ",;:(-"))
    if not expression("clinical", "nothing_more").fullmatch(small, first, length.start):
        return False
    stop = min(last, length.end + _BEHIND)
    if any(first <= start < stop for start, _ in care) or expression("clinical", "of_a_paper").search(
        small, length.end, stop
    ):
        return False
    feels = expression("clinical", "feels_it").match(small, length.end, stop)
    if length.since is None and feels is None:
        # "Two months, on and off - R elbow pain": the length alone before the complaint.
        before = expression("clinical", "before_a_complaint").match(small, length.end, stop)
        stop = min(stop, before.end() + 1) if before else first
    return any(
        f.status == "present" and length.end <= f.start < stop and _can_be_complaint(given, f, found) for f in found
    ) or any(
        length.end <= p.start < stop and (p.part.region or p.part.limb) for p in at
    )


def _opens_a_complaint(
    given: Context, found: list[FindingItem], length: Duration, care: list[tuple[int, int]], last: int
) -> bool:
    """ "For six weeks she hasn't been able to lie on that side, her shoulder aches": the first complaint behind it."""
    for f in sorted(found, key=lambda f: f.start):
        if not (length.end <= f.start < last and f.status == "present" and _can_be_complaint(given, f, found)):
            continue
        between = any(length.end <= start < f.start for start, _ in care)
        said = expression("clinical", "of_a_paper").finditer(given.small, length.end, f.start)
        return not between and all(m[0] in _NOES for m in said)
    return False


_NOES = ("n't", "not", "no", "never", "without")
"""What cannot be done any more is a complaint: "for six weeks she hasn't been able to sleep on it"."""
_BEHIND = 60
"""Characters behind a beginning within which what began is told."""


def _after_length(small: str, length: Duration) -> bool:
    """ "8 weeks of back pain", "two months now it hurts", "9 week history of"."""
    after = small[length.end : length.end + 50]
    if expression("clinical", "not_that_long").match(after):
        # "It was 12 weeks, not 10"; but not "they want 6 weeks, not 4".
        return not expression("clinical", "of_the_plan").search(small[max(0, length.start - 40) : length.start])
    return bool(expression("clinical", "of_the_complaint").match(after))


def _of_care(given: Context, length: Duration, care: list[tuple[int, int]]) -> bool:
    """Whether a length stands beside a treatment, so that it is the treatment's."""
    first, last = given.sentence(length.start)
    if expression("treatments_words", "trouble_since_then").match(given.small, length.start) or (
        not length.words.lower().startswith("since") and _hurt_then(length)
    ):
        # "Better with the chiropractor, then it went out again 2 weeks ago".
        return False
    for start, end in care:
        if not first <= start < last:
            continue
        if start < length.end and length.start < end:
            # "Started PT 9/1".
            return True
        if end <= length.start and (
            expression("clinical", "of_it").match(given.small, length.end)
            or expression("clinical", "did_so_long").search(given.small, end, length.start)
        ):
            # "They want PT, but I already did like eight weeks of it".
            return True
        gap = given.small[end : length.start] if end <= length.start else given.small[length.end : start]
        if end <= length.start and len(gap) <= 40 and not expression("clinical", "about_the_complaint").search(gap):
            return True
        if length.end <= start and expression("clinical", "of_the_treatment").fullmatch(
            gap,
        ):
            return True
    return False


def evaluations(given: Context, days: list[DateHit]) -> list[EvaluationItem]:
    """Visits with a clinician that took place, with their dates; `after_treatment` where the words say so."""
    items: list[EvaluationItem] = []
    small = given.small
    of_therapy = expression("treatments_words", "therapists_record").search(small) is not None
    for m in expression("clinical", "visit").finditer(small):
        if of_therapy and m[0].startswith(("visit", "re-eval", "reeval", "reassess", "recheck")):
            # What a therapist's paper counts are visits for therapy.
            continue
        first, last = given.sentence(m.start())
        before, after = small[max(first, m.start() - 40) : m.start()], small[m.end() : min(last, m.end() + 70)]
        if expression("clinical", "therapist").search(m[0]) or expression("clinical", "to_come").search(
            re.split(r"[,;]|\band\b", before)[-1] + m[0]
        ):
            continue
        # "Pt seen 10/1" is the patient; "PT visit 10/1" is care.
        of_therapist = not m[0].startswith("seen") and expression("clinical", "of_a_therapist").search(before)
        if m[0].startswith("seen") and expression("clinical", "a_course").match(after):
            continue
        if of_therapist or expression("clinical", "of_a_picture").match(
            small, m.end(), m.end() + 70
        ):
            continue
        if expression("clinical", "no_visit").match(after) or (
            m[0] in ("f/u", "recheck") and not expression("clinical", "a_follow_up").match(after)
        ):
            continue
        if re.match(
            r" (?:(?:is |was )?(?:next|scheduled|on (?:the )?calendar)|is (?:on|for|set|at|coming|in)\b)", after
        ) or re.match(
            r" (?:by |with |w/ ?)?(?:my |the )?(?:pt|physical therap|therapist|chiro)", after
        ):
            continue
        near = [
            d
            for d in days
            if d.precision == "day"
            and not expression("clinical", "day_of_care").search(small, m.end(), max(m.end(), d.start))
            and (
                (m.start() <= d.start < last and d.start - m.end() < 60)
                or (first <= d.start and 0 <= m.start() - d.end < 24)
            )
        ]
        nearest = min(near, key=lambda d: abs(d.start - m.end())) if near else None
        day = nearest.date if nearest else None
        after_care = bool(expression("clinical", "after_care").search(small[first:last])) or None
        if day is None and after_care is None:
            continue
        if meaning(given, m.start(), m.end()) in ("hypothetical", "absent", "family"):
            continue
        if any(i.date == day or (after_care and i.date is None) for i in items):
            continue
        items += _on_each_day(given, days, nearest, EvaluationItem(day, after_care, m[0], m.start(), m.end()))
    return items


def _on_each_day(
    given: Context, days: list[DateHit], first: DateHit | None, visit: EvaluationItem
) -> list[EvaluationItem]:
    """The visit, and those on the days listed behind its own; what is said of a treatment holds for the last."""
    listed: list[DateHit] = [first] if first is not None else []
    for d in days:
        joined = listed and d.precision == "day" and d.start > listed[-1].end
        if joined and expression("clinical", "one_more_day").fullmatch(given.small, listed[-1].end, d.start):
            listed.append(d)
    if len(listed) < 2:
        return [visit]
    earlier = [replace(visit, date=d.date, after_treatment=None) for d in listed[:-1]]
    return [*earlier, replace(visit, date=listed[-1].date)]


__all__ = ["Clinical", "EvaluationItem", "FindingItem", "ImagingItem", "TreatmentItem", "read_clinical"]
