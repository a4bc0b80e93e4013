"""The draft, said: the appeal as documents, its blanks, what to gather and from whom, and the deadline."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, timedelta

from actions.casework import interview
from actions.casework.checking import WHO, gathered
from actions.casework.conversation import Talk, mark_of
from actions.casework.conversation import talk as talk_of
from actions.casework.describe import day
from actions.casework.desk import Desk
from actions.casework.documents import only_from_picture
from actions.casework.replies import Button, Card, DocumentLink, Reply, Row
from actions.casework.texts import say
from actions.letters import Letter, draft, layout, set_type
from criteria.assessment import assess
from criteria.deadlines import FOLLOW_THE_LETTER
from criteria.facts import Case
from criteria.gaps import in_short
from criteria.results import Assessment, Deadline

FORMATS = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Drafted:
    """A drafted letter, not yet stored; `mark` tells whether the facts it was made from still stand."""

    letter: Letter
    assessment: Assessment
    mark: str


def draft_appeal(desk: Desk, sender_id: str) -> Drafted | None:
    """Draft the appeal of this sender's case, outside any transaction.

    None for a case without a study, or that nobody has denied yet. Completeness is worked out here from the case, never
    from the end of a form. Raises NoConversationError.
    """
    with desk.database.unit() as unit:
        case = talk_of(desk, unit, sender_id).case()
    if case.study.id is None or case.denial.denied is False:
        return None
    assessment = assess(case, desk.library)
    letter = draft("appeal", case, assessment, desk.library)
    return Drafted(letter, assessment, mark_of(case))


def hand_over(talk: Talk, drafted: Drafted | None, asked_for: bool = True, asks_on: bool = False) -> tuple[Reply, ...]:
    """Store the drafted letter and say what it needs; for a case nobody has denied yet, the list for the chart.

    All of it is said where somebody asked for the letter, and the first time; later only what is new. `asks_on`: a form
    is open and asks again by itself.
    """
    case = talk.case()
    if case.study.id is None:
        return (Reply(say("draft_needs")), *(() if asks_on else interview.ask(talk, "study")))
    if drafted is None:
        talk.unit.ask(talk.conversation, None)
        talk.set_note("listed", True)
        return (Reply(_checklist(assess(case, talk.desk.library))),)
    letter, assessment = drafted.letter, drafted.assessment
    before = talk.note("drafted") or {}
    document = _stored(talk, drafted)
    link = DocumentLink(document, letter.kind, letter.title, FORMATS)
    clocks = deadlines(talk)
    if before and not asked_for:
        talk.unit.ask(talk.conversation, None)
        news = say("draft_stands" if before["mark"] == drafted.mark else "draft_new")
        # A changed date or plan changes the deadline, which is said again.
        changed = talk.note("told_deadline") != _shown(clocks)
        talk.set_note("told_deadline", _shown(clocks))
        return (*((clocks,) if changed else ()), Reply(news, documents=(link,)))
    talk.set_note("told_deadline", _shown(clocks))
    lines = [say("draft_ready")]
    if letter.blanks:
        lines.append(say("draft_blanks", blanks=list(letter.blanks)))
    notes = {who: gathered(talk, assessment, who) for who in WHO}
    gather = [f"- From {WHO[who]}: {say('draft_notes', shown=shown)}" for who, shown in notes.items() if shown]
    gather += [f"- {gap.say} (from {WHO[gap.who]})" for gap in assessment.gaps if gap.kind == "act"]
    if gather:
        lines.append("\n".join([say("draft_gather"), *gather]))
    lines.append(say("draft_advice"))
    talk.unit.ask(talk.conversation, None)
    return (clocks, Reply("\n\n".join(lines), documents=(link,)))


def _shown(clocks: Reply) -> list[str]:
    return [clocks.text, *(f"{row.label} {row.value}" for row in (clocks.card.rows if clocks.card else ()))]


def _stored(talk: Talk, drafted: Drafted) -> str:
    """The id of the stored letter: the one there is when nothing was said since, else a new one.

    Its layout is stored, and set in type when somebody fetches it: most drafts are never opened as a Word file.
    """
    before = talk.note("drafted") or {}
    if before.get("mark") == drafted.mark:
        return str(before["document"])
    letter = drafted.letter
    files = {"layout": json.dumps(layout(letter), ensure_ascii=False).encode("utf-8", "surrogatepass")}
    document = talk.unit.add_document(talk.case_id, letter.kind, letter.title, files, talk.desk.now())
    talk.set_note("drafted", {"mark": drafted.mark, "document": document})
    return document


def document_file(desk: Desk, sender_id: str, document_id: str, format: str) -> bytes | None:
    """A drafted document as a file, or None unless this sender has a part in its case and the format is one of ours."""
    with desk.database.unit() as unit:
        conversation = unit.conversation(sender_id)
        stored = unit.document_file(conversation, document_id, "layout") if conversation else None
    if stored is None or format not in FORMATS:
        return None
    return set_type(json.loads(stored.decode("utf-8", "surrogatepass")), format)


def _checklist(assessment: Assessment) -> str:
    # Whether it is so, and whether it is ruled out, are one thing to write down.
    open_gaps = [gap for gap in assessment.gaps if gap.kind != "closed"]
    needed = dict.fromkeys(f"- {in_short(gap.say)} (from {WHO[gap.who]})" for gap in open_gaps)
    return "\n".join([say("checklist_ready"), "", *needed]) if needed else say("checklist_none")


def deadlines(talk: Talk) -> Reply:
    """The clocks of the case: the safe date first, the outer date small, and what to look for when there is none."""
    case = talk.case()
    if case.denial.denied is False:
        return Reply(say("not_denied_yet"))
    found = assess(case, talk.desk.library).deadlines if case.study.id else ()
    doubtful = only_from_picture(talk, "denial.notice_date")
    own = _of_the_letter(case)
    call = _call_row(case)
    first = next((d for d in found if d.clock in _FILING and (d.safe or d.check_letter)), None)
    rows = [
        _deadline_row(d, talk.desk.today(), doubtful, first, own if d is first else None)
        for d in found
        if (d.safe or d.check_letter) and not (call and d.clock == "peer_to_peer")
    ]
    rows += [call] if call else []
    if not any(d.safe for d in found):
        card = Card("deadline", say("deadline_title"), tuple(rows)) if rows else None
        return _no_deadline(case, found, card)
    # Only the filing's own warnings are said aloud: "only 2 days left" of a call would read as if of the appeal.
    warnings = [w for d in found if d.safe and d.clock != "peer_to_peer" for w in d.warnings if w != FOLLOW_THE_LETTER]
    counted = []
    if doubtful and case.denial.notice_date:
        counted = [say("deadline_picture", day=day(case.denial.notice_date))]
    text = "\n\n".join(dict.fromkeys([say("deadline_letter"), *counted, *warnings]))
    return Reply(text, card=Card("deadline", say("deadline_title"), tuple(rows)))


def _no_deadline(case: Case, found: tuple[Deadline, ...], card: Card | None) -> Reply:
    """Where no date can be counted: what the letter says, else what to look for in it; and what is missing to count."""
    missing = [(say("deadline_needs_date"), Button("Date on the letter", "edit", {"fact": "denial.notice_date"}))]
    if case.denial.notice_date:
        missing = []
    if not case.plan.type:
        missing.append((say("deadline_needs_plan"), Button("Kind of plan", "edit", {"fact": "plan.type"})))
    needs = [say("deadline_needs", needs=[words for words, _ in missing])] if missing else []
    stated = case.denial.appeal_deadline
    said = [say("draft_no_deadline")]
    if stated.words or stated.days or stated.date:
        told = [warning for deadline in found if deadline.clock != "peer_to_peer" for warning in deadline.warnings]
        said = [say("deadline_of_letter"), *dict.fromkeys(told)]
    return Reply("\n\n".join([*said, *needs]), tuple(button for _, button in missing), card)


def _call_row(case: Case) -> Row | None:
    """The last day for the call between the doctors, where the letter gives one."""
    by = case.peer_to_peer.by
    if by is None:
        return None
    passed = f" ({say('deadline_passed')})" if by < case.as_of else ""
    return Row("peer_to_peer.by", say("deadline_call"), day(by) + passed, "read", source=say("deadline_call_source"))


_FILING = ("internal_appeal", "second_level", "external_review")
_OWN = "by your letter's own count: {day}"


def _of_the_letter(case: Case) -> date | None:
    """The last day that the letter itself gives, where it can be counted and comes after its own date."""
    stated, notice = case.denial.appeal_deadline, case.denial.notice_date
    last = stated.date
    if last is None and stated.days and notice and stated.days < 1000:
        last = notice + timedelta(days=stated.days)
    return last if last and notice and last > notice else None


def _deadline_row(
    deadline: Deadline, today: date, doubtful: bool, first: Deadline | None = None, own: date | None = None
) -> Row:
    """`doubtful`: counted from a date that was read from a picture. `first`: the next filing, whose date is the one to
    keep. `own`: the last day that the letter gives for it."""
    cite = f" ({deadline.cite})" if deadline.cite else ""
    source = f"{deadline.rule}{cite}"
    if deadline.safe is None:
        label = deadline.clock.replace("_", " ").capitalize()
        return Row(deadline.id, label, say("see_letter"), "confirm", source=source)
    if deadline.outer and deadline.outer != deadline.safe:
        source = f"{say('deadline_outer', outer=day(deadline.outer))} {source}"
    label = say("deadline_call") if deadline.clock == "peer_to_peer" else say("deadline_safe")
    if deadline.clock in _FILING and first is not None and deadline is not first:
        label = deadline.clock.replace("_", " ").capitalize()
    passed = f" ({say('deadline_passed')})" if deadline.safe < today else ""
    later = f" ({_OWN.format(day=day(own))})" if own and own > deadline.safe else ""
    return Row(
        deadline.id, label, day(deadline.safe) + later + passed, "confirm" if doubtful else "read", source=source
    )
