"""The first-level appeal in the patient's own voice: which assertions, in which order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from actions.letters.answers import Answer, answers, reason_name
from actions.letters.assertions import Assertion
from actions.letters.context import Context
from actions.letters.cover import cover, enclosures
from actions.letters.document import (
    Blank,
    Block,
    Bullets,
    Heading,
    Letter,
    Lines,
    Paragraph,
    Piece,
    Row,
    Table,
    pieces_of,
    words,
)
from actions.letters.health import health
from actions.letters.named_scan import named_scan
from actions.letters.phrases import capital, day, place
from actions.letters.rights import rights_for
from actions.letters.sentences import line, load, word
from actions.letters.support import criteria_section, stale, support
from actions.letters.told_case import told
from actions.letters.typed import not_drawn
from criteria.facts import Case
from criteria.library.records import Library
from criteria.results import Assessment

_CARDS_WITH_GROUPS = (
    None, "erisa_self_funded", "erisa_insured", "employer_unknown_funding", "government_or_church", "other",
)  # fmt: skip
"""Plan types whose cards may show a group number."""


def appeal(case: Case, assessment: Assessment, library: Library) -> Letter:
    """The appeal with its cover sheet. Raises UnsupportedError if a sentence rests on what nobody said."""
    context = Context(told(case, library), assessment, library, named=named_scan(case))
    found = support(context)
    answered = answers(context, found)
    title = line("title", study=context.scan_name) if context.scan_name else line("title_no_study")
    sender = _sender(context)
    addressee = _addressee(context)
    subject = tuple(_subject(context))
    health_blocks = health(context, found.used)
    criteria_blocks = criteria_section(context, found)
    signature = (words(sender[0]), line("signature"), line("signed_on"))
    body: tuple[Block, ...] = (
        Lines(sender),
        Lines((day(context.case.as_of),)),
        Lines(addressee),
        Heading(title, 1),
        Table(line("subject_caption"), (line("subject_what"), line("subject_value")), subject, (2, 3)),
        Paragraph((line("salutation"),)),
        Heading(line("heading_ask")),
        Paragraph(tuple(_ask(context))),
        Heading(line("heading_reason")),
        *_reasons(context),
        *_section("heading_health", health_blocks),
        *_section("heading_criteria", criteria_blocks),
        *_section("heading_answers", tuple(_answer_blocks(context, answered))),
        *(() if found.deciding else (Paragraph((context.say("not_shown"),)),)),
        Heading(line("heading_requests")),
        Bullets(tuple(_requests(context))),
        Heading(line("heading_enclosures")),
        Bullets(tuple(what for what, _ in enclosures(context))),
        Paragraph((line("closing"),)),
        Lines((line("sincerely"), sender[0], *signature[1:])),
    )
    blanks = tuple(_in_order(context, body))
    unanswered = _unanswered(context, answered)
    notes = _notes(context, found.deciding is not None, body)
    return Letter(
        kind="appeal",
        title=title,
        voice="patient",
        date=context.case.as_of,
        addressee=tuple(map(words, addressee)),
        subject=subject,
        cover=cover(context, case, blanks, answered, unanswered, notes),
        body=body,
        signature=signature,
        enclosures=enclosures(context),
        open_blanks=blanks,
        unanswered=unanswered,
        notes=notes,
    )


def _section(heading: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return (Heading(line(heading)), *blocks) if blocks else ()


def _in_order(context: Context, body: tuple[Block, ...]) -> Iterator[Blank]:
    """The blanks by where each first stands in the letter."""
    text = "\n".join(words(piece) for block in body for piece in pieces_of(block))
    return iter(sorted(context.blanks.values(), key=lambda blank: text.index(f"[{blank.name}]")))


def _sender(context: Context) -> tuple[Piece, ...]:
    name = context.case.patient.name
    known: Piece = context.say("value", ("patient.name",), value=name) if name else context.blank("full_name")
    return (known, context.blank("address"))


def _addressee(context: Context) -> tuple[Piece, ...]:
    payer = context.case.plan.payer
    if payer:
        record = context.library.payers.get(payer)
        name: Piece = context.say("value", ("plan.payer",), value=record.name if record else payer)
    else:
        name = context.blank("plan_name")
    return (name, line("appeals_department"), context.blank("plan_address"))


def _subject(context: Context) -> Iterator[Row]:
    case, denial = context.case, context.case.denial
    study = context.study

    def row(label: str, value: str | None, fact: str, blank: str = "") -> Iterator[Row]:
        if value:
            yield Row((line(label), value), context.say("subject", (fact,), label=line(label), value=value))
        elif blank:
            yield Row((line(label), context.blank(blank)))

    yield from row("member", case.patient.name, "patient.name", "full_name")
    yield Row((line("birth"), context.blank("birth")))
    yield from row("member_id", denial.member_id, "denial.member_id", "member_id")
    if case.plan.type in _CARDS_WITH_GROUPS:
        yield Row((line("group"), context.blank("group")))
    yield from row("reference", ", ".join(denial.reference_numbers), "denial.reference_numbers", "reference")
    yield from row("notice_date", _day(denial.notice_date), "denial.notice_date", "notice_date")
    if context.is_done or denial.service_date:
        yield from row("service_date", _day(denial.service_date), "denial.service_date", "service_date")
    yield from row("scan", context.scan_name, "study.id", "study")
    contrast = context.contrast
    if contrast:
        path = "study.contrast" if case.study.contrast else "study.cpt"
        yield from row("contrast", capital(word("contrast", contrast)), path)
    if study and study.sided:
        side = case.study.side
        yield from row("side", side and capital(place(None, side)), "study.side", "side")
    yield from row("cpt", ", ".join(case.study.cpt), "study.cpt", "cpt")
    yield from row("icd10", ", ".join(case.study.icd10), "study.icd10")
    yield from row("clinician", case.clinician.name, "clinician.name", "clinician")
    yield from row("npi", case.clinician.npi, "clinician.npi")


def _day(value: date | None) -> str | None:
    return day(value) if value else None


def _ask(context: Context) -> Iterator[Assertion]:
    denial = context.case.denial
    facts = context.stated("study.id", "denial.notice_date", "denial.service")
    if context.is_done:
        done = _day(denial.service_date) or context.blank("service_date")
        yield context.say("pay", (*facts, *context.stated("denial.service_date")), study=context.scan(), date=done)
    else:
        yield context.say("approve", facts, study=context.scan())
    plan = context.case.plan.type or "default"
    if denial.level == "initial":
        name = word("appeal_name", plan if plan in load().words["appeal_name"] else "default")
        yield context.say("named", context.stated("plan.type"), name=name)
    elif denial.level is not None:
        yield context.say("after_appeal", ("denial.level",), second=denial.level != "internal_upheld")
    if denial.urgent:
        yield context.say("urgent", ("denial.urgent",))


def _reasons(context: Context) -> Iterator[Block]:
    denial = context.case.denial
    said: list[Piece] = []
    if denial.words:
        said.append(context.say("reason_quoted", ("denial.words",), words=denial.words))
    names = [reason_name(context, reason) for reason in dict.fromkeys(denial.reasons)]
    if names:
        sentence = "reason_understood" if denial.words else "reason_given"
        several = len(names) > 1
        said.append(context.say(sentence, ("denial.reasons",), reason=_one_by_one(names), several=several))
    if not said:
        said.append(context.say("reason_blank", blank=context.blank("reason")))
    if denial.criteria_cited:
        cited = ", ".join(denial.criteria_cited)
        said.append(context.say("criteria_cited", ("denial.criteria_cited",), names=cited))
    yield Paragraph(tuple(said))


def _one_by_one(names: list[str]) -> str:
    return "; and ".join(["; ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _answer_blocks(context: Context, answered: tuple[Answer, ...]) -> Iterator[Block]:
    for answer in answered:
        yield Heading(line("answer_heading", reason=reason_name(context, answer.reason)), 3)
        yield Paragraph(answer.said)


def _requests(context: Context) -> Iterator[Assertion]:
    facts = context.stated("study.id")
    modality = context.study.modality if context.study else None
    yield context.say("ask_full_review", facts)
    yield context.say("ask_criteria", facts)
    yield context.say("ask_file", facts)
    for right in rights_for(context.case, modality):
        yield context.say("right", ("plan.type",), right.sources, text=right.text)
    if context.case.peer_to_peer.status in (None, "not_offered", "offered"):
        yield context.say("ask_peer_to_peer", facts)
    yield context.say("ask_written", facts)


def _unanswered(context: Context, answered: tuple[Answer, ...]) -> tuple[str, ...]:
    """The reasons that nothing answers; a quoted reason that no known kind fits is one of them."""
    open_ = tuple(answer.reason for answer in answered if not answer.answered)
    if context.case.denial.words and not answered:
        open_ += (line("reason_unread"),)
    return open_


def _notes(context: Context, cited: bool, body: tuple[Block, ...]) -> tuple[str, ...]:
    """What else to see to before sending: texts to look up again, characters that the PDF cannot draw."""
    notes = []
    if cited:
        found = support(context)
        for result in (found.deciding, *found.others):
            notes += [line("check_current", title=title) for title in stale(context, result)] if result else []
    missing = not_drawn("".join(words(piece) for block in body for piece in pieces_of(block)))
    if missing:
        notes.append(line("not_printed", chars=" ".join(missing)))
    return tuple(notes)
