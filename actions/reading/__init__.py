"""Reading: from words to facts. `read` takes one text (a letter, a message, a note); `facts_of` turns it into facts."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from actions.reading import denial as denials
from actions.reading import kind as kinds
from actions.reading import payers, policy, reasons, reviewers, told
from actions.reading import study as studies
from actions.reading.clinical import read_clinical
from actions.reading.clinical_items import Clinical, EvaluationItem, FindingItem, ImagingItem, TreatmentItem
from actions.reading.dates import durations
from actions.reading.earlier_imaging import told_of
from actions.reading.found import Found
from actions.reading.letter_in_hand import in_hand
from actions.reading.reading import (
    AppealDeadline,
    CancerRead,
    DenialRead,
    FieldRead,
    Kind,
    PeerToPeer,
    Reading,
    StudyRead,
    Warning,
)  # fmt: skip
from actions.reading.sought import expect
from actions.reading.text import Plain, Sentence, plain, sentences
from actions.reading.watch import watch
from criteria.facts import Evaluation, Fact, FactValue, Field, Finding, Imaging, Said, StatedDeadline, Treatment, Who

__all__ = ["Reading", "facts_of", "read"]

_Item = TypeVar("_Item", FindingItem, TreatmentItem, ImagingItem, EvaluationItem, Warning)
_Stated = TypeVar("_Stated", FindingItem, TreatmentItem, ImagingItem)
def _newest(text: str, today: date) -> str:
    """The text without the older letters pasted beside the one that is to be appealed."""

    def dated(part: str) -> date | None:
        notice = denials.read_denial(sentences(part), part, today, letter=True, denied=True).notice_date
        day: date | None = notice.value if notice else None
        return day

    def denies(part: str) -> bool:
        parts = sentences(part)
        return kinds.denies(parts, letter=kinds.is_letter(parts, part))

    return in_hand(text, dated, denies)


_MOST = 150_000
"""Characters read; 20,000 words are about 120,000. What stands behind them is left unread."""


def read(text: str, today: date) -> Reading:
    """What a text says, with the place of every value in it.

    `today` is what "last Tuesday" counts from. Raises nothing, whatever the text: what cannot be read is not found.
    """
    flat = plain(text[:_MOST])
    everything = sentences(flat.text)
    if not everything:
        return Reading()
    # The denial is that of the newest letter; symptoms and warnings are heard wherever they stand.
    newest = _newest(flat.text, today)
    parts = everything if newest == flat.text else sentences(newest)
    expect("text", flat.text)
    expect("sentences", *(sentence.text for sentence in everything))
    letter = kinds.is_letter(parts, newest)
    denied = kinds.denies(parts, letter=letter)
    outcome = kinds.outcome(parts, letter=letter, denied=denied)
    study = studies.read_study(parts, newest)
    denial = denials.read_denial(parts, newest, today, letter=letter, denied=denied)
    if outcome in ("approved", "pending") or (letter and not denied and _A_SUM.search(newest)):
        # An approval, a bill and a statement of what was paid are no notice of a denial.
        denial = replace(denial, notice_date=None)
    if letter and not study.denied and studies.of_no_picture(parts):
        denial = replace(denial, reasons=reasons.of_no_picture(denial.reasons))
        # "Your doctor told us about the echocardiogram": a picture named beside the drug that is denied.
        study = studies.Study(cpt=study.cpt, icd10=study.icd10) if denied and not study.cpt else study
    # "ID W2481 93307": what is part of a number is no code.
    numbers = [(n.start, n.end) for n in (denial.member_id, *denial.reference_numbers) if n is not None]
    codes = tuple(c for c in study.cpt if not any(first <= c.start and c.end <= last for first, last in numbers))
    study = study if codes == study.cpt else replace(study, cpt=codes)
    reviewer = reviewers.reviewer(newest)
    payer = payers.payer(newest, reviewer)
    plan = payers.plan_type(parts, payer)
    # A short "Approved! Your MRI is authorized" is the plan's as well.
    plans = (letter and kinds.decides(parts)) or outcome in ("approved", "pending")
    clinical = _clinical(flat, everything, today, plans, study.asked)
    if outcome == "approved":
        # The picture that is approved is still to be taken.
        clinical = replace(clinical, imaging=())
    heard = watch(flat.text, today=today, document=letter)
    hits = _placed(flat, tuple(Warning(hit.id, hit.level, hit.words, hit.start, hit.end) for hit in heard))
    fields = _fields(flat, study, denial, payer, reviewer, plan)
    fields.update(_about_the_patient(flat, clinical, today))
    deadline, call = denial.deadline, denial.peer_to_peer
    return Reading(
        kind=_kind(flat.text, letter, denied, study, clinical, bool(hits or denial.received_date or call))
        if letter or denied or not kinds.settled_well(parts)
        else "other",
        denial=DenialRead(
            denied=denied,
            outcome=outcome,
            payer=_value(payer),
            reviewer=_value(reviewer),
            plan_type=_value(plan),
            member_id=_value(denial.member_id),
            reference_numbers=tuple(f.value for f in denial.reference_numbers),
            notice_date=_value(denial.notice_date),
            received_date=_value(denial.received_date),
            service_date=_value(denial.service_date),
            service=_value(denial.service),
            level=_value(denial.level),
            reasons=tuple(f.value for f in denial.reasons),
            criteria_cited=tuple(f.value for f in denial.criteria_cited),
            appeal_deadline=AppealDeadline(fields["appeal_deadline"].words, deadline.days, deadline.date)
            if deadline
            else AppealDeadline(),
            peer_to_peer=PeerToPeer(
                _value(denial.peer_to_peer_phone),
                fields["peer_to_peer"].words if call else None,
                _value(denial.peer_to_peer_by),
            ),
            expedited_mentioned=denial.expedited is not None,
        ),
        study=StudyRead(
            id=_value(study.id),
            modality=_value(study.modality),
            region=_value(study.region),
            side=_value(study.side),
            contrast=_value(study.contrast),
            cpt=tuple(f.value for f in study.cpt),
            icd10=tuple(f.value for f in study.icd10),
        ),
        findings=clinical.findings,
        treatments=clinical.treatments,
        imaging=clinical.imaging,
        evaluations=clinical.evaluations,
        symptom_weeks=clinical.symptom_weeks,
        age=clinical.age,
        pack_years=_value(clinical.pack_years),
        quit_years=_value(clinical.quit_years),
        cancer=CancerRead(_value(clinical.cancer_type), _value(clinical.cancer_phase)),
        emergency=tuple(hit for hit in hits if hit.level in ("E", "crisis")),
        urgent=tuple(hit for hit in hits if hit.level == "U"),
        fields=fields,
    )


_A_SUM = re.compile(r"\$[ ]?[0-9]|(?<![0-9.])[0-9]{1,6}\.[0-9]{2}(?![0-9.%])")


def _value(found: Found | None) -> Any:
    return found.value if found else None


def _kind(text: str, letter: bool, denied: bool, study: studies.Study, clinical: Clinical, told: bool) -> Kind:
    if letter:
        return "denial_letter" if denied and study.denied else "other"
    something = study.modality or study.named or study.cpt or clinical.findings or clinical.treatments or told
    return "message" if something or kinds.is_language(text) else "other"


def _clinical(
    flat: Plain, parts: list[Sentence], today: date, plans: bool, asked: tuple[tuple[int, int], ...]
) -> Clinical:
    """The clinical facts, with their places in the text as it came.

    `plans`: the plan wrote it, and only what it says of this patient is taken. `asked` are the places where the study
    asked for is named: it is no earlier picture.
    """
    if plans:
        return _told_in_a_letter(flat, parts, today, asked)
    found = read_clinical(flat.text, today)
    earlier = tuple(i for i in found.imaging if not _asked_for(flat.text, i, asked, today))
    return replace(
        found,
        findings=_placed(flat, _own(flat, found.findings)),
        treatments=_placed(flat, _own(flat, found.treatments)),
        imaging=_placed(flat, _own(flat, earlier)),
        evaluations=_placed(flat, _made(found.evaluations, today)),
    )


def _told_in_a_letter(
    flat: Plain, parts: list[Sentence], today: date, asked: tuple[tuple[int, int], ...]
) -> Clinical:
    """What a payer's letter says was submitted or found of this patient; what it misses is no fact of theirs.

    The name of the study stays in the text: it tells which part of the body the letter is about.
    """
    spans = [*policy.told_parts(parts, flat.text), *asked]
    found = read_clinical(policy.only_told(flat.text, spans), today)
    done = tuple(i for i in found.imaging if i.status != "absent" and not policy.overlaps(i.start, i.end, asked))
    return replace(
        found,
        findings=_placed(flat, found.findings),
        treatments=_placed(flat, tuple(t for t in found.treatments if t.status != "absent")),
        imaging=_placed(flat, done),
        evaluations=_placed(flat, _made(found.evaluations, today)),
        symptom_weeks=found.symptom_weeks if found.findings else None,
    )


def _made(visits: tuple[EvaluationItem, ...], today: date) -> tuple[EvaluationItem, ...]:
    """The visits that were made: one on a day to come is an appointment."""
    return tuple(visit for visit in visits if visit.date is None or visit.date <= today)


def _asked_for(text: str, item: ImagingItem, asked: tuple[tuple[int, int], ...], today: date) -> bool:
    """Whether a picture is the study asked for; one that a person says showed something, or was not done, is not.

    Nor is one of an earlier year: "CT 2020 solid fusion".
    """
    if not policy.overlaps(item.start, item.end, asked):
        return False
    year = item.date.year if item.date else int(item.month[:4]) if item.month else today.year
    told = item.result is not None or item.status == "absent" or year < today.year
    return not (told or ((item.date or item.month) and told_of(text, item.start, item.end)))


def _own(flat: Plain, items: tuple[_Stated, ...]) -> tuple[_Stated, ...]:
    """Without what is the plan's: in "it says no weakness, they want an X-ray" nobody told what the person has."""
    return tuple(item for item in items if not _by_the_plan(flat.text, item))


def _by_the_plan(text: str, item: _Stated) -> bool:
    if told.asked_for(text, item.start, item.end, symptom=isinstance(item, FindingItem)):
        return True
    if item.status != "absent":
        return False
    of_papers = not isinstance(item, FindingItem) and told.not_shown(text, item.end)
    return of_papers or told.by_the_plan(text, item.start) or told.as_the_reason(text, item.start)


def _placed(flat: Plain, items: tuple[_Item, ...]) -> tuple[_Item, ...]:
    """The items with their words and offsets in the text as it came."""
    return tuple(_at(flat, item) for item in items)


def _at(flat: Plain, item: _Item) -> _Item:
    words, start, end = flat.span(item.start, item.end)
    placed: _Item = replace(item, words=words, start=start, end=end)
    return placed


def _fields(
    flat: Plain, study: studies.Study, denial: denials.Denial, payer: Found | None, reviewer: Found | None,
    plan: Found | None,
) -> dict[str, FieldRead]:  # fmt: skip
    """Each value read by its name; of a list, each item by the list's name and its value."""
    single: dict[str, Found | None] = {
        "payer": payer,
        "reviewer": reviewer,
        "plan_type": plan,
        "member_id": denial.member_id,
        "notice_date": denial.notice_date,
        "received_date": denial.received_date,
        "service_date": denial.service_date,
        "service": denial.service,
        "level": denial.level,
        "appeal_deadline": denial.deadline.words if denial.deadline else None,
        "peer_to_peer": denial.peer_to_peer,
        "peer_to_peer.phone": denial.peer_to_peer_phone,
        "peer_to_peer.by": denial.peer_to_peer_by,
        "peer_to_peer.status": denial.call_upheld,
        "expedited_mentioned": denial.expedited,
        "study.id": study.id,
        "study.modality": study.modality,
        "study.region": study.region,
        "study.side": study.side,
        "study.contrast": study.contrast,
    }
    listed = {
        "reference_numbers": denial.reference_numbers,
        "reasons": denial.reasons,
        "criteria_cited": denial.criteria_cited,
        "study.cpt": study.cpt,
        "study.icd10": study.icd10,
    }
    found = {name: value for name, value in single.items() if value is not None}
    found.update({f"{name}.{value.value}": value for name, values in listed.items() for value in values})
    return {
        name: FieldRead(value.value, *flat.span(value.start, value.end), value.confidence)
        for name, value in found.items()
    }


def _about_the_patient(flat: Plain, clinical: Clinical, today: date) -> dict[str, FieldRead]:
    """Smoking, the cancer, age and the length of the complaint as fields; the words of the last two are found here."""
    stated = {
        "pack_years": clinical.pack_years,
        "quit_years": clinical.quit_years,
        "cancer.type": clinical.cancer_type,
        "cancer.phase": clinical.cancer_phase,
    }
    found = {
        name: FieldRead(one.value, *flat.span(one.start, one.end), one.confidence)
        for name, one in stated.items()
        if one is not None
    }
    if clinical.age is not None:
        words = re.search(rf"(?<![0-9]){clinical.age}(?![0-9])", flat.text)
        if words:
            found["age"] = FieldRead(clinical.age, *flat.span(*words.span()), 0.9)
    if clinical.symptom_weeks is not None:
        length = next((d for d in durations(flat.text, today) if d.weeks == clinical.symptom_weeks), None)
        if length:
            found["symptom_weeks"] = FieldRead(clinical.symptom_weeks, *flat.span(length.start, length.end), 0.85)
    return found


def facts_of(
    reading: Reading, who: Who, today: date, when: datetime | None = None, document: str | None = None
) -> tuple[Fact, ...]:
    """The facts in a reading, each with who said it, in which words, where, and how sure the reading is.

    `when` is the time of the message (today when it is not known does not matter: nothing is dated by it here);
    `document` is the id of the letter or upload. A reason for denial is a field, never a finding.
    """
    facts: list[Fact] = []

    def add(value: FactValue, words: str, start: int, end: int, confidence: float) -> None:
        facts.append(Fact(value, Said(who, words, when, document, start, end, confidence)))

    def add_field(path: str, value: Any, name: str) -> None:
        source = reading.fields.get(name) or next(
            (f for key, f in reading.fields.items() if key.startswith(name + ".")), None
        )
        if source is not None and value not in (None, (), ""):
            add(Field(path, value), source.words, source.start, source.end, source.confidence)

    denial, study = reading.denial, reading.study
    add_field("study.id", study.id, "study.id")
    add_field("study.side", study.side, "study.side")
    add_field("study.contrast", study.contrast, "study.contrast")
    add_field("study.cpt", study.cpt, "study.cpt")
    add_field("study.icd10", study.icd10, "study.icd10")
    add_field("plan.type", denial.plan_type, "plan_type")
    add_field("plan.payer", denial.payer, "payer")
    add_field("plan.reviewer", denial.reviewer, "reviewer")
    add_field("denial.member_id", denial.member_id, "member_id")
    add_field("denial.reference_numbers", denial.reference_numbers, "reference_numbers")
    # "I got the letter on the 10th" may be told by itself, and so may how an appeal went.
    if denial.denied or reading.kind == "message":
        add_field("denial.received_date", denial.received_date, "received_date")
    if denial.denied:
        for name in ("notice_date", "service_date", "service", "level", "reasons", "criteria_cited"):
            add_field(f"denial.{name}", getattr(denial, name), name)
        stated = denial.appeal_deadline
        if stated.words:
            add_field(
                "denial.appeal_deadline", StatedDeadline(stated.words, stated.days, stated.date), "appeal_deadline"
            )
        if denial.peer_to_peer.words:
            add_field("peer_to_peer.status", "offered", "peer_to_peer")
            add_field("peer_to_peer.by", denial.peer_to_peer.by, "peer_to_peer.by")
    call_over = reading.fields.get("peer_to_peer.status")
    if call_over is not None:
        add_field("peer_to_peer.status", call_over.value, "peer_to_peer.status")
    add_field("patient.age", reading.age, "age")
    add_field("patient.pack_years", reading.pack_years, "pack_years")
    add_field("patient.quit_years", reading.quit_years, "quit_years")
    add_field("cancer.type", reading.cancer.type, "cancer.type")
    add_field("cancer.phase", reading.cancer.phase, "cancer.phase")
    add_field("symptom_weeks", reading.symptom_weeks, "symptom_weeks")
    for finding in reading.findings:
        value = Finding(
            finding.id, finding.status, finding.region, finding.side, finding.onset, finding.severity,  # type: ignore[arg-type]
            finding.weeks, finding.since,
        )  # fmt: skip
        add(value, finding.words, finding.start, finding.end, 0.85)
    for treatment in reading.treatments:
        add(
            Treatment(
                treatment.kind, treatment.status, treatment.weeks, treatment.since, treatment.until,  # type: ignore[arg-type]
                treatment.directed, treatment.outcome, treatment.visits,
            ),
            treatment.words, treatment.start, treatment.end, 0.85,
        )  # fmt: skip
    for image in reading.imaging:
        value_i = Imaging(image.modality, image.region, image.side, image.status, image.date, image.result)  # type: ignore[arg-type]
        add(value_i, image.words, image.start, image.end, 0.85)
    for visit in reading.evaluations:
        value_e = Evaluation(visit.date, visit.after_treatment, visit.status)  # type: ignore[arg-type]
        add(value_e, visit.words, visit.start, visit.end, 0.8)
    return tuple(facts)
