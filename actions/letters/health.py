"""The patient's own facts: a table of findings, the treatment log, earlier pictures, visits, and single facts."""

from __future__ import annotations

from collections.abc import Iterator

from actions.letters.assertions import Assertion
from actions.letters.context import Context
from actions.letters.document import Block, Paragraph, Row, Table
from actions.letters.phrases import (
    capital,
    day,
    finding_details,
    finding_name,
    length,
    number,
    picture_name,
    treatment_name,
    when,
)
from actions.letters.sentences import line, listed_in, word
from criteria.facts import Finding, Treatment, key

GROWN = 18
"""Below this age a letter is written by somebody else for the patient."""


def health(context: Context, relied_on: frozenset[str]) -> tuple[Block, ...]:
    """The section's blocks; none when nothing is known.

    What is *absent* is told only where the criteria count it (`relied_on`, keys). The uncertain is left out; the cover
    sheet lists it.
    """
    blocks: list[Block] = []
    single = tuple(_single(context))
    if single:
        blocks.append(Paragraph(single))
    findings = tuple(_finding(context, f, relied_on) for f in _told(context, relied_on))
    if findings:
        header = (line("findings_1"), line("findings_2"), line("findings_3"))
        blocks.append(Table(line("findings_caption"), header, findings, (2, 1.1, 2.6)))
    treatments = tuple(_treatments(context))
    if treatments:
        header4 = (line("treatments_1"), line("treatments_2"), line("treatments_3"), line("treatments_4"))
        blocks.append(Table(line("treatments_caption"), header4, treatments, (1.4, 2.2, 1.4, 1.5)))
    pictures = tuple(_pictures(context))
    if pictures:
        header = (line("imaging_1"), line("imaging_2"), line("imaging_3"))
        blocks.append(Table(line("imaging_caption"), header, pictures, (2, 1.6, 2)))
    visits = tuple(_visits_and_not_done(context, relied_on))
    if visits:
        blocks.append(Paragraph(visits))
    return tuple(blocks)


def _single(context: Context) -> Iterator[Assertion]:
    case, patient, cancer = context.case, context.case.patient, context.case.cancer
    if patient.age is not None:
        yield context.say("age", ("patient.age",), age=patient.age, grown=patient.age >= GROWN)
    if case.symptom_weeks is not None:
        yield context.say("duration", ("symptom_weeks",), weeks=length(case.symptom_weeks))
    if patient.pack_years is not None:
        yield context.say("pack_years", ("patient.pack_years",), number=number(patient.pack_years))
    if patient.quit_years == 0:
        yield context.say("smokes", ("patient.quit_years",))
    elif patient.quit_years is not None:
        years = f"{number(patient.quit_years)} {'year' if patient.quit_years == 1 else 'years'}"
        yield context.say("quit", ("patient.quit_years",), years=years)
    if patient.asymptomatic:
        yield context.say("asymptomatic", ("patient.asymptomatic",))
    if patient.shared_decision:
        yield context.say("shared_decision", ("patient.shared_decision",))
    if patient.lifetime_breast_risk is not None:
        risk = number(patient.lifetime_breast_risk)
        yield context.say("breast_risk", ("patient.lifetime_breast_risk",), number=risk)
    if cancer.type and cancer.type != "none":
        suspected = cancer.phase == "suspected"
        yield context.say("cancer_type", ("cancer.type",), cancer=word("cancer", cancer.type), suspected=suspected)
    if cancer.phase:
        yield context.say("cancer_phase", ("cancer.phase",), phase=word("phase", cancer.phase))
    if cancer.pets_before is not None:
        treated = cancer.phase in ("subsequent", "surveillance")
        yield context.say("pets_before", ("cancer.pets_before",), number=cancer.pets_before, treated=treated)


def _told(context: Context, relied_on: frozenset[str]) -> list[Finding]:
    """The findings to tell: present ones first, then past and family ones, then the absent that count."""
    order = ("present", "historical", "family", "absent")
    told = [f for f in context.case.findings if f.status in order[:3] or (f.status == "absent" and f.id in relied_on)]
    return sorted(told, key=lambda f: order.index(f.status))


def _finding(context: Context, finding: Finding, relied_on: frozenset[str]) -> Row:
    name, status = capital(finding_name(finding, context.library)), word("status", finding.status)
    if finding.status == "present":
        status = word("so", finding.id) if listed_in("so", finding.id) else status
    details = finding_details(finding, context.library) if finding.status != "absent" else []
    details += [word("charted", "yes")] if finding.charted == "yes" else []
    said = context.say("finding", (finding.id,), finding=name, status=status, details="; ".join(details))
    return Row((name, status, capital("; ".join(details)) or line("not_stated")), said)


def _treatments(context: Context) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for treatment in context.case.treatments:
        if treatment.status not in ("present", "historical"):
            continue
        plain = treatment_name(treatment, context.library)
        seen[plain] = seen.get(plain, 0) + 1
        name = plain if seen[plain] == 1 else f"{plain} ({seen[plain]})"
        time = [when(treatment)] if when(treatment) else []
        if listed_in("on_a_day", treatment.kind):
            if not (treatment.start or treatment.end):
                time.append(context.blank("treatment_day", treatment=name))
        elif not (treatment.start and treatment.end):
            missing = "end" if treatment.start else "start" if treatment.end else "when"
            time.append(context.blank(f"treatment_{missing}", treatment=name))
        directed = _directed(context, treatment, name)
        result = _result(context, treatment, name)
        cells = (capital(name), "; ".join(time), capital(directed), capital(result))
        said = context.say(
            "treatment", (key(treatment),), treatment=cells[0], when=cells[1], directed=cells[2], result=cells[3]
        )
        yield Row(cells, said)


def _directed(context: Context, treatment: Treatment, name: str) -> str:
    if treatment.directed:
        return word("directed", treatment.directed)
    return context.blank("treatment_directed", treatment=name)


def _result(context: Context, treatment: Treatment, name: str) -> str:
    if treatment.outcome:
        return word("outcome", treatment.outcome)
    return context.blank("treatment_result", treatment=name)


def _pictures(context: Context) -> Iterator[Row]:
    for image in context.case.imaging:
        if image.status not in ("present", "historical"):
            continue
        name = picture_name(image)
        date = day(image.date) if image.date else context.blank("imaging_date", picture=name)
        result = word("result", image.result) if image.result else context.blank("imaging_result", picture=name)
        cells = (capital(name), date, capital(result))
        said = context.say("imaging", (key(image),), picture=cells[0], when=date, result=cells[2])
        yield Row(cells, said)


def _visits_and_not_done(context: Context, relied_on: frozenset[str]) -> Iterator[Assertion]:
    for visit in context.case.evaluations:
        if visit.status == "present":
            date = day(visit.date) if visit.date else ""
            yield context.say("visit", ("evaluation",), date=date, after=bool(visit.after_treatment))
    for treatment in context.case.treatments:
        if treatment.status == "absent" and key(treatment) in relied_on:
            name = treatment_name(treatment, context.library)
            yield context.say("treatment_not_done", (key(treatment),), treatment=name)
    for image in context.case.imaging:
        if image.status == "absent" and key(image) in relied_on:
            yield context.say("imaging_not_done", (key(image),), picture=picture_name(image))
