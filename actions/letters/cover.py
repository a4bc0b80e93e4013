"""The cover sheet: for the person, never sent. What is open, by when, where to, what to gather, and a check-list."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from actions.letters.answers import Answer, reason_name
from actions.letters.context import Context
from actions.letters.document import Blank, Block, Box, Bullets, Heading, Paragraph, Piece
from actions.letters.health import GROWN
from actions.letters.phrases import capital, day, finding_name, length, listed, picture_name, treatment_name
from actions.letters.sentences import line, listed_in, word
from actions.letters.support import support
from actions.letters.told_case import contradicted, two_lengths
from criteria.deadlines import FOLLOW_THE_LETTER
from criteria.facts import Case, Conflict, Finding, Imaging, Treatment, key
from criteria.gaps import in_short, is_copy, to_rule_out
from criteria.legal_days import business_day_until, holiday, is_business_day
from criteria.results import Deadline, Flag, Gap, Way

_FILING = ("expedited", "internal_appeal", "second_level", "external_review")


def cover(
    context: Context,
    stated: Case,
    blanks: tuple[Blank, ...],
    answered: tuple[Answer, ...],
    unanswered: tuple[str, ...],
    notes: tuple[str, ...],
) -> tuple[Block, ...]:
    """The cover sheet's blocks. `stated` is the case with its conflicts, which the letter itself does not speak of."""
    return (
        Heading(line("cover_heading"), 1),
        Paragraph((line("cover_keep"), line("footer"))),
        *_danger(context),
        *_ready(context, blanks, answered, unanswered),
        *_step(context),
        Heading(line("deadline_heading")),
        _deadline_box(context),
        *_other_clocks(context),
        Paragraph((line("where"),)),
        *_blanks(blanks),
        *_settle(context, stated),
        *_missing(context),
        *_gather(context),
        Heading(line("check_heading")),
        Bullets(tuple(_checks(context, blanks, notes)), check=True),
    )


def _danger(context: Context) -> Iterator[Block]:
    for flags, name in ((context.assessment.emergency, "emergency"), (context.assessment.urgent, "urgent")):
        if flags:
            yield Box(line(f"{name}_title"), line(name, findings=_flagged(context, flags)), alert=True)


def _flagged(context: Context, flags: tuple[Flag, ...]) -> str:
    ids = dict.fromkeys(finding for flag in flags for finding in flag.findings)
    return ", ".join(finding_name(Finding(id), context.library) for id in ids)


def _ready(
    context: Context, blanks: tuple[Blank, ...], answered: tuple[Answer, ...], unanswered: tuple[str, ...]
) -> Iterator[Block]:
    open_: list[Piece] = []
    told = {answer.reason for answer in answered if answer.told}
    if blanks:
        open_.append(line("not_ready_blanks", count=len(blanks)))
    for reason in unanswered:
        record = context.library.denial_reasons.get(reason)
        plain = record.plain if record else ""
        name = "not_ready_reason_short" if reason in told else "not_ready_reason"
        open_.append(line(name, reason=reason_name(context, reason), plain=plain))
    listed_below = any(True for _ in _missing(context))
    points = [
        line("open_points", reason=reason_name(context, answer.reason), listed=listed_below)
        for answer in answered
        if answer.open_points
    ]
    if open_:
        yield Heading(line("not_ready_heading"))
        yield Paragraph((line("not_ready_lead"),))
        yield Bullets(tuple(open_))
        if points:
            yield Paragraph(tuple(points))
    else:
        yield Heading(line("nothing_open_heading"))
        yield Paragraph((*points, line("read_again")) if points else (line("nothing_open"),))


def _step(context: Context) -> Iterator[Block]:
    told: list[Piece] = []
    if context.assessment.right_step != "appeal" and context.assessment.right_step_why:
        told.append(line("step", why=context.assessment.right_step_why))
    if context.case.denial.level not in (None, "initial"):
        told.append(line("step_level"))
    age = context.case.patient.age
    if age is not None and age < GROWN:
        told.append(line("step_child"))
    if told:
        yield Heading(line("step_heading"))
        yield Paragraph(tuple(told))


def _deadline_box(context: Context) -> Box:
    filing = [d for d in context.assessment.deadlines if d.clock in _FILING]
    first = next((d for d in filing if d.clock != "expedited"), filing[0] if filing else None)
    if first is None or first.safe is None:
        small: list[Piece] = [line("deadline_unknown_look"), *_rule(context, first)]
        stated = context.case.denial.appeal_deadline.words
        if stated and not (first and any(stated in warning for warning in first.warnings)):
            small.insert(0, line("deadline_stated", words=stated))
        return Box(line("deadline_unknown_title"), line("deadline_unknown"), tuple(small))
    title = "deadline_title_postmark" if first.filed_when == "postmark_or_received" else "deadline_title"
    note = _closed_day(first, context.case.as_of)
    big = context.say("deadline", _counted_from(context), date=day(first.safe), note=note)
    return Box(line(title), big, tuple(_rule(context, first)))


def _closed_day(deadline: Deadline, today: date) -> str:
    """For a date on which offices are closed: which day that is, and the business day before it; "" for any other."""
    last = deadline.safe
    if last is None or last < today or is_business_day(last):
        return ""
    file_by = business_day_until(last)
    what = line("holiday") if holiday(last) else f"{last:%A}"
    by = f"{file_by:%A}, {day(file_by).rpartition(', ')[0] if file_by.year == last.year else day(file_by)}"
    posted = deadline.filed_when == "postmark_or_received"
    return line("closed_day", what=what, by=by, posted=posted, late=file_by < today)


def _counted_from(context: Context) -> tuple[str, ...]:
    return context.stated("denial.notice_date", "plan.type", "denial.appeal_deadline")


def _rule(context: Context, deadline: Deadline | None) -> Iterator[Piece]:
    """The small print of a deadline: the outer date, the rule, and what to look out for."""
    if deadline is None:
        yield FOLLOW_THE_LETTER
        return
    facts = _counted_from(context)
    if facts and deadline.outer and deadline.outer != deadline.safe:
        yield context.say("deadline_outer", facts, date=day(deadline.outer))
    if facts:
        yield context.say("deadline_rule", facts, rule=deadline.rule, cite=deadline.cite)
    else:
        yield line("deadline_look", rule=deadline.rule)
    yield from deadline.warnings
    if FOLLOW_THE_LETTER not in deadline.warnings:
        yield FOLLOW_THE_LETTER


def _other_clocks(context: Context) -> Iterator[Block]:
    filing = [d for d in context.assessment.deadlines if d.clock in _FILING and d.clock != "expedited"]
    items = [_clock(context, d) for d in context.assessment.deadlines if d not in filing[:1]]
    by = context.case.peer_to_peer.by
    if by is not None:
        passed = by < context.case.as_of
        items.insert(0, context.say("clock_call", ("peer_to_peer.by",), date=day(by), passed=passed))
    if items:
        yield Paragraph((line("clocks_lead"),))
        yield Bullets(tuple(items))


def _clock(context: Context, deadline: Deadline) -> Piece:
    facts = _counted_from(context)
    values = {
        "clock": word("clock", deadline.clock),
        "date": day(deadline.safe) if deadline.safe else "",
        "rule": deadline.rule,
        "cite": deadline.cite,
    }
    return context.say("clock", facts, **values) if facts else line("clock", **values)


def _blanks(blanks: tuple[Blank, ...]) -> Iterator[Block]:
    if blanks:
        yield Heading(line("blanks_heading", count=len(blanks)))
        yield Paragraph((line("blanks_lead"),))
        yield Bullets(tuple(line("blank_item", name=b.name, where=b.where) for b in blanks), check=True)


def _settle(context: Context, stated: Case) -> Iterator[Block]:
    unsure = [value for value in contradicted(stated, context.library) if value.status != "absent"]
    items = [line("both_ways", what=_name(context, value)) for value in unsure]
    settled = {key(value) for value in unsure}
    items += [line("conflict", what=_named(context, c)) for c in stated.conflicts if c.key not in settled]
    case = context.case
    if two_lengths(stated, context.library) and case.symptom_weeks is not None:
        items.append(line("two_lengths", weeks=length(case.symptom_weeks)))
    values: tuple[Finding | Treatment | Imaging, ...] = (*case.findings, *case.treatments, *case.imaging)
    told = support(context).facts
    for value in (value for value in values if value.status == "uncertain"):
        items.append(line("unsure_told" if key(value) in told else "unsure", what=_name(context, value)))
    unrecorded = [value for value in values if value.charted == "no" and value.status == "present"]
    items += [line("not_charted", what=_name(context, value)) for value in unrecorded]
    if items:
        yield Heading(line("conflict_heading"))
        yield Bullets(tuple(dict.fromkeys(items)))


def _name(context: Context, value: Finding | Treatment | Imaging) -> str:
    if isinstance(value, Finding):
        return finding_name(value, context.library)
    return treatment_name(value, context.library) if isinstance(value, Treatment) else picture_name(value)


def _named(context: Context, conflict: Conflict) -> str:
    """What two sources tell differently, in plain words."""
    value = conflict.facts[0].value if conflict.facts else None
    if isinstance(value, (Finding, Treatment, Imaging)):
        return _name(context, value)
    if listed_in("named", conflict.key):
        return word("named", conflict.key)
    return context.library.phrases.get(conflict.key) or conflict.key.split(".", 1)[-1].replace("_", " ")


def _missing(context: Context) -> Iterator[Block]:
    """What would carry the case furthest: the soonest way to the deciding criterion, and what is still to be done.

    What nobody has spoken of (a sign, an age) is no advice, because it cannot be brought about. What the clinic may
    have found is, where nothing else helps.
    """
    gaps, ways = context.assessment.gaps, context.assessment.ways

    def rank(way: Way) -> int:
        return max(_idle(context, gaps[i]) for i in way.gaps)

    way = min(ways, key=rank, default=None)
    if way is not None and rank(way) < _NO_ADVICE:
        open_ = [gaps[i] for i in way.gaps if gaps[i].kind in ("ask", "act")]
        helps = [gap.say for gap in open_ if not _idle(context, gap)]
        if rank(way):
            near = {i for one in ways if rank(one) < _NO_ADVICE for i in one.gaps}
            signs = [in_short(gaps[i].say) for i in sorted(near) if _idle(context, gaps[i])]
            helps.insert(0, line("missing_exam", signs=list(dict.fromkeys(signs))[:_MOST_SIGNS]))
    else:
        helps = [gap.say for gap in gaps if gap.kind == "act"]
    if helps:
        yield Heading(line("missing_heading"))
        yield Bullets(tuple(dict.fromkeys(helps)))


_NO_ADVICE = 2
_MOST_SIGNS = 5


def _idle(context: Context, gap: Gap) -> int:
    """How idle it is to advise this: 0 not at all, 1 where the clinic must have found it, 2 where nobody can."""
    finding = gap.fact in context.library.findings
    if gap.kind != "ask" or to_rule_out(gap.say) or not (finding or gap.fact == "patient.age"):
        return 0
    if context.study is not None and gap.fact in context.study.complaints:
        return 0
    if gap.fact == "surgery_candidate":
        return 0
    return 1 if gap.fact in context.library.exam_signs else _NO_ADVICE


def _gather(context: Context) -> Iterator[Block]:
    # The records of treatments and the reports of pictures stand among the enclosures.
    chart = [gap for gap in context.assessment.gaps if gap.kind == "chart"]
    charts = [gap for gap in chart if not (is_copy(gap.say) and gap.fact.startswith(("imaging.", "treatment.")))]
    items = [line("gather_chart", what=gap.say) for gap in charts]
    items += [line("gather", what=what, who=who) for what, who in enclosures(context)]
    yield Heading(line("gather_heading"))
    yield Bullets(tuple(dict.fromkeys(items)), check=True)


def enclosures(context: Context) -> tuple[tuple[str, str], ...]:
    """What belongs in the envelope, and who has it: only what the facts say exists."""
    clinic = line("who_clinic")
    found = [(line("enclose_notice"), line("who_patient")), (line("enclose_order"), clinic)]
    done = [t for t in context.case.treatments if t.status in ("present", "historical")]
    if done:
        names = listed(list(dict.fromkeys(treatment_name(treatment, context.library) for treatment in done)))
        found.append((line("enclose_treatment", what=names), clinic))
    for image in context.case.imaging:
        if image.status in ("present", "historical"):
            found.append((line("enclose_imaging", what=picture_name(image)), line("who_imaging")))
    return tuple(dict.fromkeys(found))


def _checks(context: Context, blanks: tuple[Blank, ...], notes: tuple[str, ...]) -> Iterator[str]:
    yield line("check_true")
    if blanks:
        yield line("check_blanks")
    yield line("check_clinician")
    if context.case.denial.urgent:
        yield line("check_urgent")
    yield from map(capital, notes)
    yield line("check_enclose")
    yield line("check_sign")
    yield line("check_proof")
