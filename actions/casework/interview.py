"""The interview: what is still open, which question is asked for it, and taking what the person answers.

Rasa's forms only run this: a slot says `answered`, `dont_know` or `skipped`; what was said is in the case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from actions.casework import corrections, describe, documents, false_alarms, plans, scans
from actions.casework import sides as which_side
from actions.casework.conversation import Talk, mark_of, not_to_come, question_json, question_of
from actions.casework.replies import Button, Reply
from actions.casework.texts import say
from actions.casework.words import corrects, holds, is_only, parts
from actions.reading import Reading, facts_of, read
from actions.reading.answers import Answer, denied_by_title, doubtful, read_answer, told_beside
from actions.reading.compiled import keep_compiled
from actions.reading.letter_dates import dates_another_paper
from actions.reading.reasons import reasons_answered
from actions.reading.symptoms import group
from actions.reading.which_side import side_beside
from criteria.answers import facts_from_answer
from criteria.assessment import assess
from criteria.facts import Case, Fact, FactValue, Field, Finding, Treatment, key, standing
from criteria.library import Library
from criteria.questions import ANOTHER, fixed_question, parts_of, red_flag_question, warns
from criteria.results import Question

INTAKE = ("denial", "study", "symptoms", "duration", "prior_treatment", "plan")
MISSING = ("red_flags", "peer_to_peer", "open_fact")
PATIENCE = 3
"""How many messages may leave one question of the intake unanswered; then the interview goes on without it."""
_PATIENCE = {"denial": 5}
"""The same where it is another number: the letter answers the plan's reason, and people tell the rest of it first."""
ENOUGH = 10
"""Questions of the check in one go. Then the draft comes, with what is still open; a new fact opens the next ones."""
FORMS = {"intake_form": INTAKE, "missing_facts_form": MISSING}

# What a person may say that is not an answer: a rule of the dialogue replies to it, unless the words answer after all.
CONTENT = frozenset(
    {"inform", "affirm", "deny", "correct", "dont_know", "skip", "answer", "nlu_fallback", "out_of_scope", ""}
)
_NOT_FELT = (
    "smoking_history", "cancer_history", "active_cancer", "psa_elevated", "psa_recurrence",
    "prostate_risk_intermediate_high", "prostate_risk_high", "early_stage_cancer", "locally_advanced_cancer",
    "cancer_in_lymph_nodes", "suspected_metastasis", "suspected_recurrence", "neoadjuvant_therapy",
    "lung_nodule", "nodule_growth", "nodule_6mm_or_more",
)  # fmt: skip
"""What a study may be for although nobody feels it."""
_SURE = 0.5
_ASKING = ("what", "how", "why", "when", "where", "who", "which", "can", "could", "do", "does", "is", "are", "will",
           "should", "would", "may", "am", "did")  # fmt: skip


@dataclass(frozen=True)
class Heard:
    """A message as the dialogue hears it: its text, Rasa's intent with its confidence, and a pressed button's value."""

    text: str
    intent: str = ""
    confidence: float = 0.0
    value: Mapping[str, Any] | None = None
    from_door: bool = False
    """The door made this line (a button, a document); it is no text that a person typed."""
    reading: Reading | None = None
    """The text as read, where that was done ahead (`listen`)."""
    asked_about: tuple[str, ...] = ()
    """What was asked beside what was told (`asides`); the text is without it."""


@dataclass(frozen=True)
class Taken:
    """`taken` is False when the words were no answer but a command or a question about the process."""

    taken: bool
    replies: tuple[Reply, ...] = ()
    facts: bool = False
    """The words said something of the case, so that the interview has something to go on with."""
    understood: bool = True


def listen(heard: Heard, today: date) -> Heard:
    """The message with its text read. Done ahead of the transaction, so that nobody waits while a text is read."""
    return heard if heard.from_door else replace(heard, reading=read(heard.text, today))


_FIRST = (
    "my back hurts, for six weeks",
    "Cigna denied the MRI of my knee on November 3 because I had no physical therapy",
)
"""What people write first."""


def warm(today: date) -> None:
    """Read what people write first, so that nobody waits while its rules are compiled; the next start has them too."""
    for text in _FIRST:
        listen(Heard(text), today)
    keep_compiled()


def open_slots(talk: Talk, form: str) -> dict[str, str | None]:
    """The state of each of the form's slots: `answered`, `dont_know`, `skipped`, or None while it is open."""
    case = talk.case()
    states = talk.unit.questions(talk.case_id)
    return {slot: _state(talk, case, states, slot) for slot in FORMS[form]}


def _state(talk: Talk, case: Case, states: Mapping[str, str], slot: str) -> str | None:
    if slot == "open_fact":
        enough = (talk.note("asked_open") or 0) >= ENOUGH and not talk.note("override")
        return None if not enough and _open_question(talk, case) else "answered"
    if slot == "red_flags":
        return None if red_flag_question(case, talk.desk.library) else "answered"
    known = _known(talk.desk.library, case, slot)
    # Without the scan nothing can be checked: it is asked until it is said, or until the person does not know.
    if slot in INTAKE and slot != "study" and not known and _tries(talk, slot) >= _PATIENCE.get(slot, PATIENCE):
        return "skipped"
    for name in ("intake.denial", "intake.reason") if slot == "denial" else (f"intake.{slot}", slot):
        if states.get(name) in ("dont_know", "skipped"):
            return states[name]
    return "answered" if known else None


def _tries(talk: Talk, slot: str) -> int:
    """How many messages have left the question of this slot unanswered."""
    return int((talk.note("times") or {}).get(slot, 0))


def _matters(library: Library, case: Case, fact: str) -> bool:
    """Whether any rule for the study reads this: nobody is asked which exercises they did before a cancer scan."""
    return case.study.id is None or fact in library.matters_for(case.study.id)


def _complains(library: Library, case: Case) -> bool:
    """Whether somebody feels something that this study is for: who is only screened has no length to tell."""
    record = library.studies.get(case.study.id or "")
    felt = (f for f in case.findings if f.status == "present" and f.id not in _NOT_FELT)
    return any(record is None or f.id in record.complaints for f in felt)


def _only_found(case: Case) -> bool:
    """Whether all that was told was found, and nothing is felt: a cancer's scan asks for no weeks and no exercises."""
    present = [f.id for f in case.findings if f.status == "present"]
    return bool(present) and set(present) <= set(_NOT_FELT)


def _lasted(library: Library, case: Case) -> bool:
    """Whether the complaint's own length was said: "short of breath for 3 weeks"."""
    record = library.studies.get(case.study.id or "")
    complaints = record.complaints if record else ()
    return any(f.status == "present" and f.id in complaints and (f.weeks or f.since) for f in case.findings)


def _known(library: Library, case: Case, slot: str) -> bool:
    if slot == "denial":
        return bool(case.denial.denied is False or case.denial.reasons)
    if slot == "study":
        return case.study.id is not None
    if slot == "symptoms":
        return any(f.status in ("present", "uncertain", "historical") for f in case.findings)
    if slot == "duration":
        wanted = _complains(library, case) or _matters(library, case, "symptom_weeks") and not _only_found(case)
        return case.symptom_weeks is not None or not wanted or _lasted(library, case)
    if slot == "prior_treatment":
        asked_for = "conservative_care" in case.denial.reasons
        of_care = _matters(library, case, "treatment") and not _only_found(case)
        return bool(case.treatments) or not (asked_for or of_care)
    if slot == "plan":
        return case.plan.type is not None
    return case.peer_to_peer.status is not None or case.denial.denied is False


def _open_question(talk: Talk, case: Case) -> Question | None:
    """The side of the test; what the check would ask next; then the letter's date, which the deadlines count from."""
    override = talk.note("override")
    if override:
        return question_of(override)
    study = talk.desk.library.studies.get(case.study.id or "")
    which_side = fixed_question("intake.side", talk.desk.library)
    if study is not None and study.sided and case.study.side is None and which_side.id not in case.settled:
        return which_side
    question = _next_question(talk, case)
    if question is None and case.denial.denied is not False and case.denial.notice_date is None:
        dated = fixed_question("notice_date", talk.desk.library)
        question = None if dated.id in case.settled else dated
    return question


def _next_question(talk: Talk, case: Case) -> Question | None:
    """What the check would ask next; kept beside the case, because one turn needs it more than once."""
    if case.study.id is None:
        return None
    mark = mark_of(case)
    kept = talk.note("next_question") or {}
    if kept.get("mark") != mark:
        assessment = assess(case, talk.desk.library)
        found = assessment.next_question
        if found is not None and assessment.verdict == "met" and not _still_helps(found, case, talk.desk.library):
            found = None
        kept = {"mark": mark, "question": None if found is None else question_json(found)}
        talk.set_note("next_question", kept)
    return None if kept["question"] is None else question_of(kept["question"])


def question_for(talk: Talk, slot: str) -> Question | None:
    """The question to ask for this slot now. A question to correct or repeat something goes before it."""
    case = talk.case()
    if talk.note("override") or slot == "open_fact":
        return _open_question(talk, case)
    if slot == "red_flags":
        return red_flag_question(case, talk.desk.library)
    if slot == "denial" and case.denial.denied and not case.study.id and not _settled(talk, "intake.study"):
        # It was denied, and nobody has said what: the part of the body answers that, and no letter need be pasted.
        return scans.likeliest_first(fixed_question("intake.study", talk.desk.library), case, talk.desk.library)
    if slot == "denial" and case.study.id and (case.denial.denied or _tries(talk, "denial")):
        # That it was denied is said, or the scan was said instead: ask for the one thing that matters most.
        return fixed_question("intake.reason", talk.desk.library)
    asked = fixed_question(f"intake.{slot}" if slot in INTAKE else slot, talk.desk.library)
    return scans.likeliest_first(asked, case, talk.desk.library) if slot == "study" else asked


def _still_helps(question: Question, case: Case, library: Library) -> bool:
    """Whether a question is worth asking although all is met: a warning sign, or what answers the plan's own reason."""
    record = library.studies.get(case.study.id or "")
    if record is not None and any(warns(part, record) for part in parts_of(question.id)):
        return True
    of_care = "conservative_care" in case.denial.reasons and question.id.startswith(("treatment.", "evaluation."))
    of_tests = "alternative_imaging" in case.denial.reasons and question.id.startswith("imaging.")
    changed = {"frequency_duplicate", "insufficient_documentation"} & set(case.denial.reasons)
    return of_care or of_tests or bool(changed)


def _settled(talk: Talk, question: str) -> bool:
    return question in talk.unit.questions(talk.case_id)


def ask(talk: Talk, slot: str) -> tuple[Reply, ...]:
    """Ask for a slot: remembers the question, so that the answer is read in its light."""
    question = question_for(talk, slot)
    if slot == "open_fact" and not talk.note("override"):
        talk.set_note("asked_open", (talk.note("asked_open") or 0) + 1)
    talk.unit.ask(talk.conversation, question)
    # Whether to start over is asked first, and alone.
    alone = talk.note("start_over_asked") == "now"
    return () if question is None or alone else (_asking(question),)


def _asking(question: Question) -> Reply:
    def button(title: str, **value: Any) -> Button:
        return Button(title, "answer", {"question": question.id, **value})

    buttons: list[Button] = []
    if question.kind == "yes_no":
        buttons += [button(say("button_yes"), value=True), button(say("button_no"), value=False)]
    if question.kind in ("choice", "any_of"):
        buttons += [button(o.say, value=o.value) for o in question.options]
    if question.kind == "any_of":
        buttons.append(button(say("button_no_more" if question.say == say("ask_more") else "button_none"), value=[]))
    if question.id == "intake.denial":
        buttons.append(Button(say("button_not_denied"), "not_denied_yet"))
        buttons.append(button(say("button_no_letter"), state="dont_know"))
    else:
        buttons.append(button(say("button_dont_know"), state="dont_know"))
    several = question.kind == "any_of" and len(question.options) > 1
    return Reply(f"{question.say} {say('several')}" if several else question.say, tuple(buttons))


def answer(talk: Talk, heard: Heard) -> Taken:
    """Take one message while a form is asking. Every fact in it is taken, whatever was asked.

    Facts that answer the open question outweigh the intent; a question about the process is never read as facts.
    """
    asked = talk.unit.asked(talk.conversation)
    if talk.note("start_over_asked"):
        talk.set_note("start_over_asked", None)
        taken = None if heard.from_door else _starts_over(talk, heard.text)
        if taken is not None:
            return taken
    if heard.intent == "answer" and heard.value is not None:
        return _pressed(talk, asked, heard)
    if heard.from_door:
        return Taken(False)
    if is_command(heard) and _looks_like_question(heard.text):
        return Taken(False)
    of_all = asked is not None and asked.kind == "any_of" and is_only("no_to_all", heard.text)
    plainly = "none of these" if of_all else corrections.as_said_plainly(heard.text)
    if plainly != heard.text:
        heard = replace(heard, text=plainly, reading=None)
    changed = corrections.changed_length(talk, heard.text)
    if changed:
        return _took(talk, None, changed, [], heard.text)
    told = corrections.take_out(talk, asked, heard.text)
    out = (Reply(say("taken_out", facts="; ".join(told.named))),) if told.named else ()
    if told.rest != heard.text and not any(c.isalnum() for c in told.rest):
        return Taken(True, out or (Reply(say("nothing_taken_out")),), facts=bool(out))
    taken = _told(talk, asked, replace(heard, text=told.rest), told.rest == heard.text)
    if taken.taken:
        _count_a_try(talk, asked)
    if not out:
        return taken
    return replace(taken, taken=True, replies=(*out, *(taken.replies if taken.facts else ())), facts=True)


def ask_to_start_over(talk: Talk) -> tuple[Reply, ...]:
    """Ask whether to put this case aside; what is typed next answers it, and not the question that is open."""
    talk.set_note("start_over_asked", "now")
    buttons = (Button(say("start_over_yes"), "start_over_confirmed"), Button(say("start_over_no"), "resume"))
    return (Reply(say("start_over_ask"), buttons),)


def waits_for_start_over(talk: Talk) -> bool:
    """Whether this message is the one that answers it, so that no form may take it first. True but once."""
    waits = bool(talk.note("start_over_asked") == "now")
    if talk.note("start_over_asked"):
        talk.set_note("start_over_asked", "passed on" if waits else None)
    return waits


def start_over(talk: Talk) -> tuple[Reply, ...]:
    """Put the case aside and begin a new one."""
    talk.unit.new_case(talk.conversation, talk.desk.now(), talk.desk.retain_days)
    talk.unit.ask(talk.conversation, None)
    return (Reply(say("started_over")),)


def _starts_over(talk: Talk, text: str) -> Taken | None:
    """Yes or no, typed, to whether to start over; None for anything else."""
    given = read_answer(text, Question("start_over", (), "yes_no", ""), talk.desk.today())
    if given.state == "answered" and given.value and len(text.split()) <= _JUST_YES:
        return Taken(True, start_over(talk), facts=True)
    if (given.state == "answered" and not given.value and len(text.split()) <= _JUST_YES) or holds("never_mind", text):
        return Taken(True, (Reply(say("resumed")),), facts=True)
    return None


_JUST_YES = 5
"""Words of an answer that is yes or no and tells nothing else."""


def _count_a_try(talk: Talk, asked: Question | None) -> None:
    """One more message came while this question of the intake was open; a question asked back is none."""
    slot = "denial" if asked and asked.id == "intake.reason" else asked.id.rpartition(".")[2] if asked else ""
    if slot in (*INTAKE, "peer_to_peer") and not talk.note("override"):
        times = dict(talk.note("times") or {})
        talk.set_note("times", {**times, slot: times.get(slot, 0) + 1})


def _told(talk: Talk, asked: Question | None, heard: Heard, whole: bool) -> Taken:
    """Take what a message tells, beside what it takes back; `whole`: it takes nothing back."""
    asked = corrections.meant_question(talk, asked, heard.text)
    sides = which_side.sides_said(talk, asked, heard.text)
    if sides.values and not any(c.isalnum() for c in sides.rest):
        return _took(talk, asked if asked and asked.id == "intake.side" else None, sides.values, [], heard.text)
    words = heard.text
    heard = replace(heard, text=sides.rest)
    plain = told_beside(heard.text, asked)
    as_it_came = whole and plain == words
    reading = heard.reading if heard.reading and as_it_came else read(plain, talk.desk.today())
    if _answers_the_plan(talk, plain):
        plain = f"physical therapy: {plain}"
        reading = read(plain, talk.desk.today())
    earlier = _of_the_list_before(talk, asked, heard.text) or _of_the_care_before(talk, asked, heard.text)
    if earlier:
        return _took(talk, None, earlier, [], heard.text)
    given = read_answer(heard.text, asked, talk.desk.today()) if asked else Answer("unclear", None)
    if asked and given.state == "unclear" and (duration := _bare_duration(talk, heard.text)) is not None:
        asked, given = duration
    if asked and asked.id == "intake.study" and given.state == "answered":
        given = scans.as_read(given, heard.text, talk)
    if asked and asked.id == "intake.duration" and (_is_of_care(given, reading) or holds("did_so_long", heard.text)):
        given = Answer("unclear", None)
    if asked and asked.id == "intake.duration" and _may_be_the_letters(talk, heard.text):
        given, reading = Answer("unclear", None), replace(reading, symptom_weeks=None)
    if asked and asked.id == "intake.reason" and holds("reason_unknown", heard.text):
        given = Answer("dont_know", None)
    if asked and asked.id == "intake.denial" and given.state == "answered" and not is_command(heard):
        asked, given = _reason_given(talk, heard.text, reading) or (asked, given)
    nothing_felt = asked is not None and _feels_nothing(asked, plain, reading)
    if nothing_felt:
        for id in _OF_WHAT_HURTS:
            talk.unit.set_question(talk.case_id, id, "dont_know", talk.desk.now())
    values = _values(talk, asked, given, heard.text, reading) + _letter_date(talk, asked, words, reading)
    values += _plan_beside(talk, asked, plain, reading)
    values += scans.for_screening(talk, heard.text) + _call_told(talk, asked, heard.text)
    values += _last_call(talk, asked, heard.text, values)
    other_part = corrections.another_part(talk, plain)
    values += other_part.values
    if asked and asked.kind == "text" and (length := _bare_duration(talk, heard.text)) is not None:
        values += facts_from_answer(length[0], length[1].value, talk.case())
    today = talk.desk.today()
    facts = not_to_come(list(facts_of(reading, talk.who, today, talk.desk.now())), today)
    if sides.told:
        facts = which_side.on_the_side(facts, sides, _first_change(words, sides.rest))
    values = (*sides.values, *which_side.wrong_side(talk, facts, words), *values)
    if asked and asked.id == "intake.reason" and any(key(v) == "denial.reasons" for v in values):
        facts = [fact for fact in facts if getattr(fact.value, "status", None) != "absent"]
        if _is_the_plans(plain, reading):
            facts = [fact for fact in facts if not isinstance(fact.value, Treatment)]
    told = len(facts)
    facts = corrections.beside_what_stands(talk, asked, facts, words)
    if told and not facts and not values:
        return Taken(True, (Reply(say("noted_before")),))
    facts = _relevant(facts, reading, asked, values, plain)
    which_first = scans.several(talk, plain)
    if which_first is not None:
        facts = [f for f in facts if not key(f.value).startswith("study.")]
        values = tuple(v for v in values if not key(v).startswith("study."))
    values += _without_rules(talk, asked, heard.text, reading, [*values, *(f.value for f in facts)])
    values += _whether_denied(talk, heard, reading, [*values, *(f.value for f in facts)])
    values += _side_beside(talk, [*values, *(f.value for f in facts)], plain) or _side_apart(talk, values, facts, plain)
    if not values and not facts and asked is not None:
        values = _bare_side(talk, asked, heard.text)
        asked = fixed_question("intake.side", talk.desk.library) if values else asked
        given = Answer("answered", None) if values else given
        values = values or _late_reason(talk, heard.text, reading, given)
        values = values or _no_to_one(talk, asked, heard.text) or _bare_date(talk, asked, heard.text)
        late = _late_plan(talk, heard.text) if given.state == "unclear" else ()
        values = values or late or corrections.corrected_letter(talk, heard.text)
    if values or facts or which_first:
        answered = given.state == "answered" and (values or asked is None or asked.kind not in ("text", "choice"))
        taken = _took(talk, asked if answered else None, values, facts, words)
        listed = asked is not None and asked.id.startswith(("red_flags", "group"))
        if asked and listed and given.state == "answered" and given.value and not given.no_others:
            _ask_for_the_rest(talk, asked, set(given.value))
        if which_first is not None:
            talk.set_note("override", question_json(which_first))
        if other_part.named:
            gone = Reply(say("taken_out", facts="; ".join(other_part.named)))
            taken = replace(taken, replies=(gone, *taken.replies))
        return taken
    fewer = scans.narrowed(talk, asked, heard.text)
    if fewer is not None:
        return _fewer_scans(talk, fewer, asked, words)
    if asked and asked.id != "intake.denial" and holds("reason_unknown", heard.text) and not talk.case().denial.reasons:
        # Whatever is asked: that alone stays open which they say they do not know.
        talk.unit.set_question(talk.case_id, "intake.reason", "dont_know", talk.desk.now())
        return Taken(True, (Reply(say("dont_know")),))
    if nothing_felt:
        return Taken(True, (Reply(say("feels_nothing")),))
    if asked and given.state in ("dont_know", "skipped"):
        return _closed(talk, asked, given.state)
    if asked and heard.intent in ("dont_know", "skip") and heard.confidence >= _SURE:
        return _closed(talk, asked, "dont_know" if heard.intent == "dont_know" else "skipped")
    if asked and given.state == "answered" and asked.kind not in ("text", "choice"):
        return _took(talk, asked, (), [], heard.text)
    if is_command(heard):
        return Taken(False)
    public = plans.which_public(talk, asked, heard.text)
    if public is not None:
        talk.set_note("override", question_json(public))
        return Taken(True)
    return Taken(True, (_unclear(asked, heard, bool(talk.note("drafted") or talk.note("listed"))),), understood=False)


_OF_WHAT_HURTS = ("intake.symptoms", "intake.duration")


def _feels_nothing(asked: Question, text: str, reading: Reading) -> bool:
    """ "No symptoms, it's for screening": neither what hurts nor how long is asked any more."""
    told = any(f.status in ("present", "uncertain") for f in reading.findings)
    return asked.id.startswith("intake.") and not told and holds("feels_nothing", text)


def _fewer_scans(talk: Talk, fewer: Question, asked: Question | None, words: str) -> Taken:
    """Ask which of the scans that fit; the only one that fits what was said bit by bit is meant."""
    chosen = [o.value for o in fewer.options if o.value != ANOTHER]
    bit_by_bit = asked is not None and (len(asked.options) < _ALL_SCANS or scans.kind_told(talk) is not None)
    if len(chosen) == 1 and asked is not None and asked.id == fewer.id and bit_by_bit:
        return _took(talk, fewer, (Field("study.id", chosen[0]),), [], words)
    talk.set_note("override", question_json(fewer))
    return Taken(True)


_ALL_SCANS = 15
"""Fewer options than this are those that fit something said before."""


def _bare_side(talk: Talk, asked: Question, text: str) -> tuple[FactValue, ...]:
    """ "Right", while something else is asked: the side of the test, where that is still open."""
    study = talk.desk.library.studies.get(talk.case().study.id or "")
    if study is None or not study.sided or talk.case().study.side or asked.kind == "yes_no":
        return ()
    said = parts("bare_side", text) if is_only("bare_side", text) else None
    return (Field("study.side", said["side"]),) if said else ()


def _side_apart(
    talk: Talk, values: tuple[FactValue, ...], facts: list[Fact], text: str
) -> tuple[FactValue, ...]:
    """ "Left. Can't lift it over my head": the side of the test, told in a part of the message by itself."""
    stated = [v for v in (*values, *(f.value for f in facts)) if isinstance(v, Field)]
    named = next((str(v.value) for v in stated if v.path == "study.id"), talk.case().study.id)
    study = talk.desk.library.studies.get(named or "")
    if study is None or not study.sided or talk.case().study.side or any(v.path == "study.side" for v in stated):
        return ()
    alone = [part for part in re.split(r"[.,;!\n]+", text) if part.strip()]
    said = {found["side"] for part in alone if is_only("bare_side", part) and (found := parts("bare_side", part))}
    elsewhere = [part for part in alone if holds("names_a_side", part) and not is_only("bare_side", part)]
    return (Field("study.side", said.pop()),) if len(said) == 1 and len(alone) > 1 and not elsewhere else ()


def _first_change(text: str, rest: str) -> int:
    """Where `rest`, the text with something blanked, first differs from it; its end where it does not."""
    return next((i for i, (a, b) in enumerate(zip(text, rest, strict=True)) if a != b), len(text))


def _of_the_list_before(talk: Talk, asked: Question | None, text: str) -> tuple[FactValue, ...]:
    """ "Nope, nothing else", said after a list while something else is asked: the others of that list are denied."""
    trail = talk.note("trail") or []
    if asked is None or asked.kind == "any_of" or not trail or not is_only("nothing_else", text):
        return ()
    listed = question_of(trail[-1])
    if listed.kind != "any_of":
        return ()
    return _denied_others(talk, listed, facts_from_answer(listed, [], talk.case()))


def _denied_others(talk: Talk, listed: Question, denied: tuple[FactValue, ...]) -> tuple[FactValue, ...]:
    """The denials of a list of which something was told before: nothing that was told is denied with the rest."""
    told = {key(f.value) for f in talk.unit.facts(talk.case_id)}
    return tuple(v for v in denied if key(v) not in told)


def _answers_the_plan(talk: Talk, text: str) -> bool:
    """ "I did 6 weeks already", where the plan wants physical therapy and nobody has told of any: so much was done."""
    case = talk.case()
    if "conservative_care" not in case.denial.reasons or not holds("did_so_long", text) or holds("names_pt", text):
        return False
    told = any(t.kind == "physical_therapy" for t in case.treatments)
    reasons = [f.said.words for f in talk.unit.facts(talk.case_id) if key(f.value) == "denial.reasons"]
    return not told and any(holds("names_pt", words) for words in reasons)


def _of_the_care_before(talk: Talk, asked: Question | None, text: str) -> tuple[FactValue, ...]:
    """ "6 weeks, no help", right after a treatment was named: its length, and how much it helped."""
    if asked is not None and (asked.kind == "weeks" or asked.id.startswith("treatment.")) or len(text.split()) > 8:
        return ()
    if not is_only("how_care_went", text):
        return ()
    own = [f for f in standing(talk.unit.facts(talk.case_id)) if f.said.who == talk.who]
    cared = [(f.value, f.said.when) for f in own if isinstance(f.value, Treatment) and f.value.status == "present"]
    if not holds("of_all_care", text):
        latest = max((when for _, when in cared if when), default=None)
        cared = [(value, when) for value, when in cared if when == latest]
    # How it went is read as it would be with the name of one beside it.
    went = read(f"physical therapy {text}", talk.desk.today()).treatments
    if not cared or len(went) != 1 or (went[0].weeks is None and went[0].outcome is None):
        return ()
    # Of several at once nobody has said whose length it is.
    weeks = went[0].weeks if len(cared) == 1 else None
    if weeks is None and went[0].outcome is None:
        return ()
    return tuple(
        replace(value, weeks=weeks or value.weeks, outcome=went[0].outcome or value.outcome) for value, _ in cared
    )


def _without_rules(
    talk: Talk, asked: Question | None, text: str, reading: Reading, told: list[FactValue]
) -> tuple[FactValue, ...]:
    """ "They denied the MRI of my elbow": a scan without rules here, whose appeal is drafted all the same."""
    known = talk.case().study.id is not None or any(key(v) == "study.id" for v in told)
    named = reading.denial.denied or (asked is not None and asked.id == "intake.study")
    if known or not named or not (holds("without_rules", text) or scans.has_no_rules(talk, text, reading.study)):
        return ()
    return (Field("study.id", ANOTHER),)


def _whether_denied(talk: Talk, heard: Heard, reading: Reading, told: list[FactValue]) -> tuple[FactValue, ...]:
    """ "They denied it today", "it hasn't been denied": above all where the other stood before.

    A reason or a notice's date says it too: neither is there without a denial.
    """
    stood = talk.case().denial.denied
    of_a_denial = any(key(v) in ("denial.reasons", "denial.notice_date") for v in told)
    if reading.denial.denied or is_only("denied", heard.text) or (of_a_denial and stood is False):
        return () if stood else (Field("denial.denied", True),)
    meant = stood is None or heard.intent == "not_denied_yet"
    if holds("not_denied", heard.text) and meant and stood is not False and not of_a_denial:
        return (Field("denial.denied", False),)
    return ()


def _side_beside(talk: Talk, told: list[FactValue], text: str) -> tuple[FactValue, ...]:
    """The side of the test, where it has sides and the message says which side of its own place is meant."""
    stated = {v.path: v.value for v in told if isinstance(v, Field)}
    case = talk.case()
    study = talk.desk.library.studies.get(stated.get("study.id") or case.study.id or "")
    if study is None or not study.sided or "study.side" in stated or (case.study.side and "study.id" not in stated):
        return ()
    said = [v for v in told if isinstance(v, Finding) and v.status == "present"]
    sides = {v.side for v in (*said, *case.findings) if v.status == "present" and v.region in study.body and v.side}
    named = side_beside(text, study.body)
    sides |= {named} if named else set()
    return (Field("study.side", sides.pop()),) if sides in ({"left"}, {"right"}) else ()


def _reason_given(talk: Talk, text: str, reading: Reading) -> tuple[Question, Answer] | None:
    """ "They said I need an X-ray first", in answer to what was denied and why: a reason, though no denial is named."""
    question = fixed_question("intake.reason", talk.desk.library)
    if reading.denial.reasons or reading.denial.plan_type or len(text.split()) > 20:
        return None
    given = read_answer(text, question, talk.desk.today())
    return (question, given) if given.state == "answered" else None


def _letter_date(talk: Talk, asked: Question | None, text: str, reading: Reading) -> tuple[FactValue, ...]:
    """ "Actually the letter was November 12", whatever was asked: the date of the notice."""
    read_as = reading.denial.notice_date
    if (asked and asked.kind == "date") or (read_as and reading.denial.denied):
        return ()
    if read_as and talk.case().denial.denied is not False:
        # "Letter dated Nov 3, knee pain since July": that it is the denial's need not be said again.
        return (Field("denial.notice_date", read_as),)
    question = fixed_question("notice_date", talk.desk.library)
    for sentence in re.split(r"[.!?;]\s+|\n+", text):
        if len(sentence.split()) > 20 or not holds("of_the_letter", sentence):
            continue
        if dates_another_paper(sentence, talk.desk.today()):
            continue
        given = read_answer(sentence, question, talk.desk.today())
        # "The letter came last Tuesday" dates its coming, not the letter.
        if given.state == "answered" and given.value != reading.denial.received_date:
            return (Field("denial.notice_date", given.value),)
    return ()


def _call_told(talk: Talk, asked: Question | None, text: str) -> tuple[FactValue, ...]:
    """ "No, they didn't offer a call", whatever was asked: what came of the call with the plan's doctor."""
    question = fixed_question("peer_to_peer", talk.desk.library)
    if (asked and asked.id == question.id) or talk.case().peer_to_peer.status is not None or len(text.split()) > 12:
        return ()
    if not holds("of_the_call", text) or text.rstrip().endswith("?"):
        return ()
    given = read_answer(text, question, talk.desk.today())
    return facts_from_answer(question, given.value, talk.case()) if given.state == "answered" else ()


def _last_call(talk: Talk, asked: Question | None, text: str, values: tuple[FactValue, ...]) -> tuple[FactValue, ...]:
    """ "P2P offered, call by 11/25": the last day for the call with the plan's doctor, which was offered then.

    Where another day might be meant, an appeal's or that of a call which is planned, none is taken.
    """
    told = next((v.value for v in values if isinstance(v, Field) and v.path == "peer_to_peer.status"), None)
    status, today = told or talk.case().peer_to_peer.status, talk.desk.today()
    if not talk.case().denial.denied or status not in (None, "offered") or len(text.split()) > 20:
        return ()
    answers = asked is not None and asked.id == "peer_to_peer" and holds("yes_it_was_offered", text)
    if not (answers or holds("of_the_call", text)) or holds("of_another_day", text):
        return ()
    by = read(f"peer to peer {text}" if answers else text, today).denial.peer_to_peer.by
    if by is None or by < today:
        return ()
    return (Field("peer_to_peer.by", by), *(() if status else (Field("peer_to_peer.status", "offered"),)))


def _bare_duration(talk: Talk, text: str) -> tuple[Question, Answer] | None:
    """ "About 9 weeks now", said while something else was asked and how long it has lasted is still open."""
    question = fixed_question("intake.duration", talk.desk.library)
    if talk.case().symptom_weeks is not None or question.id in talk.unit.questions(talk.case_id):
        return None
    if holds("did_so_long", text):
        return None  # "I did 6 weeks" is care, though nobody named it
    if len(text.split()) > 8:
        # "9 weeks. I did 3 weeks of PT": what stands by itself at the beginning.
        text = re.split(r"[.;!\n]", text, maxsplit=1)[0]
    if len(text.split()) > 8 or not any(c.isalpha() for c in text):
        return None
    given = read_answer(text, question, talk.desk.today())
    timed = any(unit in text.lower() for unit in ("week", "month", "year", "day", "since", "wk", "yr"))
    return (question, given) if given.state == "answered" and timed else None


def _may_be_the_letters(talk: Talk, text: str) -> bool:
    """Whether a day alone may be the letter's, which nobody has told yet, as well as that on which it began."""
    denial = talk.case().denial
    return bool(denial.denied) and denial.notice_date is None and is_only("a_date", text)


def _is_of_care(given: Answer, reading: Reading) -> bool:
    """ "I did 6 weeks of PT, actually it was 8": the length of a treatment, and not how long it has lasted."""
    return reading.symptom_weeks is None and given.value in [t.weeks for t in reading.treatments if t.weeks is not None]


def is_command(heard: Heard) -> bool:
    """Whether the dialogue has a rule for what was meant: a command, or a question about the process."""
    return heard.intent not in CONTENT and heard.confidence >= _SURE


def _looks_like_question(text: str) -> bool:
    words = text.strip().lower().split()
    return bool(words) and (text.strip().endswith("?") or words[0].strip(",.") in _ASKING)


def _pressed(talk: Talk, asked: Question | None, heard: Heard) -> Taken:
    """A pressed button. One option of several records that one alone, and the rest is asked again."""
    value = heard.value or {}
    if asked is None or asked.id != value.get("question"):
        return Taken(True)
    if "state" in value:
        return _closed(talk, asked, str(value["state"]))
    chosen = value["value"]
    if asked.kind == "any_of" and isinstance(chosen, str):
        only = replace(asked, options=tuple(o for o in asked.options if o.value == chosen))
        values = facts_from_answer(only, [chosen], talk.case())
        talk.keep(values, heard.text)
        _ask_for_the_rest(talk, asked, {chosen})
        return Taken(True, (_noted(talk, list(values)),), facts=True)
    return _took(talk, asked, facts_from_answer(asked, chosen, talk.case()), [], heard.text)


def _ask_for_the_rest(talk: Talk, asked: Question, chosen: set[str]) -> None:
    """Some of a list were named: the others are asked once more, so that "no others" is said and not assumed."""
    rest = tuple(o for o in asked.options if o.value not in chosen)
    again = replace(asked, options=rest, facts=tuple(o.value for o in rest), say=say("ask_more"))
    talk.set_note("override", question_json(again) if rest else None)


def _reasons_told(text: str, reading: Reading) -> tuple[str, ...]:
    """ "Not medically necessary", "no physical therapy": the plan's reason, where nothing was told as had or felt."""
    statuses = [f.status for f in reading.findings]
    statuses += [t.status for t in reading.treatments] + [i.status for i in reading.imaging]
    if text.rstrip().endswith("?") or holds("reason_unknown", text):
        return ()
    return reasons_answered(text) if set(statuses) <= {"absent"} else ()


def _bare_date(talk: Talk, asked: Question, text: str) -> tuple[FactValue, ...]:
    """ "10/30/26" and nothing else, while the denial is asked about: the letter's date, where nobody has said it."""
    denial = talk.case().denial
    of_it = asked.id in ("intake.denial", "intake.reason", "intake.plan") and denial.denied and not denial.notice_date
    if not of_it or len(text.split()) > _A_DATE or not any(c.isdigit() for c in text):
        return ()
    given = read_answer(text, fixed_question("notice_date", talk.desk.library), talk.desk.today())
    return (Field("denial.notice_date", given.value),) if given.state == "answered" else ()


_A_DATE = 3
"""Words of a message that is a date and nothing else."""


def _no_to_one(talk: Talk, asked: Question, text: str) -> tuple[FactValue, ...]:
    """ "No lump", of a list about the breast: no to the one option that these words name, and to no other."""
    denied = denied_by_title(text, asked) if asked.kind == "any_of" else frozenset()
    return tuple(Finding(id, "absent") for id in denied if id in talk.desk.library.findings)


def _late_reason(talk: Talk, text: str, reading: Reading, given: Answer) -> tuple[FactValue, ...]:
    """ "Conservative treatment first", while something else is asked: the plan's reason, where nobody has said it."""
    denial = talk.case().denial
    if denial.reasons or denial.denied is False or given.state != "unclear" or _looks_like_question(text):
        return ()
    told = _reasons_told(text, reading) if len(text.split()) <= _A_REASON else ()
    return (Field("denial.reasons", told),) if told else ()


def _late_plan(talk: Talk, text: str) -> tuple[FactValue, ...]:
    """ "Commercial, my husband's employer", while something else is asked: the kind of plan, if it is still open."""
    if talk.case().plan.type is not None or not is_only("of_a_plan", text):
        return ()
    told = read_answer(text, fixed_question("intake.plan", talk.desk.library), talk.desk.today())
    return (Field("plan.type", told.value),) if told.state == "answered" else ()


def _plan_beside(talk: Talk, asked: Question | None, text: str, reading: Reading) -> tuple[FactValue, ...]:
    """ "Aetna, my wife's employer": the kind of plan, where nothing but it stands beside the company's name."""
    payer = reading.fields.get("payer")
    if payer is None or reading.denial.plan_type or (asked is not None and asked.id == "intake.plan"):
        return ()
    return _late_plan(talk, f"{text[: payer.start]} {text[payer.end :]}".strip(" ,;-"))


_A_REASON = 12
"""Words of a message that gives the plan's reason and nothing else."""


def _values(talk: Talk, asked: Question | None, given: Answer, text: str, reading: Reading) -> tuple[FactValue, ...]:
    if asked is not None and asked.id == "intake.reason":
        told = _reasons_told(text, reading)
        if told:
            return (Field("denial.reasons", told),)
    if asked is None or given.state != "answered":
        return ()
    if asked.id == "intake.reason" and (reading.denial.plan_type or not _is_the_plans(text, reading)):
        return ()  # "I did physical therapy" is no reason that the plan gave, nor is "thru Covered California"
    if asked.id.startswith("edit.") and asked.kind == "text":
        if reading.findings or reading.treatments:
            return ()  # a story, and no name or number
        words = " ".join(text.split())[:200]
        path = asked.id.removeprefix("edit.")
        many = path in ("denial.reference_numbers", "denial.criteria_cited", "study.cpt", "study.icd10")
        return (Field(path, (words,) if many else words),)
    values = facts_from_answer(asked, given.value, talk.case())
    if asked.kind == "any_of":
        values = _of_a_list(talk, asked, given, text, values)
    if asked.id == "intake.study":
        values += _side_of(talk, str(given.value), text)
    return values


def _is_the_plans(text: str, reading: Reading) -> bool:
    """Whether an answer about the plan's reason tells of no care or sign of the person: "need PT" is the plan's."""
    details = any(t.weeks or t.since or t.until or t.outcome or t.visits for t in reading.treatments)
    return not (reading.findings or details or (reading.treatments and holds("own_care", text)))


def _of_a_list(
    talk: Talk, asked: Question, given: Answer, text: str, values: tuple[FactValue, ...]
) -> tuple[FactValue, ...]:
    """What an answer says of the whole list: the others denied where it says so, and never what it tells of besides."""
    if given.no_others:
        rest = replace(asked, options=tuple(o for o in asked.options if o.value not in given.value))
        values += facts_from_answer(rest, [], talk.case()) if rest.options else ()
    told = doubtful(told_beside(text, asked), asked, talk.desk.today()) - set(given.value)
    names = {*told, *(f"treatment.{value}" for value in told)}
    return tuple(v for v in values if getattr(v, "status", None) != "absent" or key(v) not in names)


def _side_of(talk: Talk, study: str, text: str) -> tuple[FactValue, ...]:
    """ "It's the left knee", in answer to which test: its side too."""
    side = read_answer(text, fixed_question("intake.side", talk.desk.library), talk.desk.today())
    sided = study in talk.desk.library.studies and talk.desk.library.studies[study].sided
    return (Field("study.side", side.value),) if sided and side.state == "answered" else ()


def _relevant(
    facts: list[Fact], reading: Reading, asked: Question | None, values: tuple[FactValue, ...], text: str
) -> list[Fact]:
    """The read facts to keep beside the answer: a bare number answers what was asked and nothing else."""
    answered = {key(v) for v in values}
    bare = bool(values) and not reading.findings
    kept = []
    for fact in facts:
        name = key(fact.value)
        if name == "symptom_weeks" and bare and name not in answered:
            continue
        if isinstance(fact.value, Field) and name in answered:
            continue
        if asked and asked.kind == "date" and values and name.endswith("_date"):
            continue
        if asked and asked.id == "intake.study" and values and _names_only_the_part(fact.value, text):
            continue
        kept.append(fact)
    return kept


def _names_only_the_part(value: FactValue, text: str) -> bool:
    """ "It's my hip", in answer to which test: the part that was to be scanned, and no pain that somebody told of."""
    said = isinstance(value, Finding) and value.status == "present" and group(value.id) == "pain"
    return said and len(text.split()) <= _A_PART and not holds("of_feeling", text)


_A_PART = 5
"""Words of a message that names a part of the body and tells nothing of it."""


def _took(talk: Talk, asked: Question | None, values: tuple[FactValue, ...], facts: list[Fact], words: str) -> Taken:
    corrected = bool(talk.note("editing")) and asked is not None
    read_keys = {(type(f.value), key(f.value)) for f in facts if not isinstance(f.value, Field)}
    values = tuple(v for v in values if (type(v), key(v)) not in read_keys)
    if corrected:
        # A corrected row of the card: what was read there was read wrongly, so it no longer stands.
        talk.retract(str(talk.note("editing")))
        talk.set_note("editing", None)
    stood = [fact.value for fact in standing(talk.unit.facts(talk.case_id))]
    corrections.take_back(talk, [*values, *(fact.value for fact in facts)], words)
    talk.keep(values, words)
    talk.record([corrections.corrected_day(talk, fact, words) for fact in facts])
    if asked is not None:
        talk.unit.set_question(talk.case_id, asked.id, "answered", talk.desk.now())
        trail = [q for q in (talk.note("trail") or []) if q["id"] != asked.id]
        talk.set_note("trail", [*trail, question_json(asked)][-20:])
    if asked is not None or not (talk.note("override") or {}).get("id", "").startswith("edit."):
        talk.set_note("override", None)
    told = [*values, *(f.value for f in facts)]
    talk.set_note("told_last", [key(value) for value in told])
    news = [value for value in told if value not in stood]
    noted = Reply(say("noted_before")) if told and not news else _noted(talk, news)
    if Field("study.id", ANOTHER) in values:
        talk.set_note("told_not_covered", True)
        noted = Reply(f"{noted.text}\n\n{say('study_not_covered')}")
    if Field("denial.denied", False) in values:
        noted = Reply("\n\n".join([*([noted.text] if len(values) + len(facts) > 1 else []), say("not_denied_yet")]))
    if corrected:
        noted = replace(noted, card=documents.standing_card(talk))
    return Taken(True, (noted,), facts=True)


def keep(talk: Talk, text: str) -> None:
    """Keep what a message tells while nothing is asked: an emergency has paused the case."""
    if not false_alarms.was_false_alarm(text):
        facts = facts_of(read(text, talk.desk.today()), talk.who, talk.desk.today(), talk.desk.now())
        # How long an emergency lasts is not how long the complaint has.
        talk.record([fact for fact in facts if key(fact.value) != "symptom_weeks"])


def reached_care(text: str) -> bool:
    """Whether somebody says that they are where an emergency is looked after, or were: "we are at the ER now"."""
    return holds("in_care", text)


def _noted(talk: Talk, values: list[FactValue]) -> Reply:
    if not values:
        return Reply(say("noted", facts="none of these"))
    named = list(dict.fromkeys(describe.fact(v, talk.desk.library) for v in values if not _silent(v)))
    if len(named) > 3 and all(isinstance(v, Finding) and v.status == "absent" for v in values):
        named = ["none of these"]
    if not named:
        return Reply(say("noted_denied"))
    return Reply(say("noted", facts="; ".join(named)))


def _silent(value: FactValue) -> bool:
    return isinstance(value, Field) and value.path in ("denial.denied", "denial.words")


def _closed(talk: Talk, asked: Question, state: str) -> Taken:
    talk.set_note("editing", None)
    talk.unit.set_question(talk.case_id, asked.id, state, talk.desk.now())
    talk.set_note("override", None)
    return Taken(True, (Reply(say("dont_know" if state == "dont_know" else "skipped")),))


def _unclear(asked: Question | None, heard: Heard, drafted: bool) -> Reply:
    if asked is None and drafted and heard.intent in ("affirm", "deny", "dont_know", "skip", "answer"):
        return Reply(say("nothing_open"))
    if corrects(heard.text) and (asked is None or asked.kind not in ("choice", "any_of", "yes_no")):
        return Reply(say("unclear_correction"))
    if asked and asked.id == "intake.symptoms":
        return Reply(say("unclear_symptoms"))
    if asked and asked.kind == "any_of" and heard.intent == "affirm":
        return Reply(say("unclear_yes"))
    bare = heard.text.strip(" .!,")
    if is_only("a_number", bare):
        return Reply(say("unclear_number", words=bare))
    day = parts("a_date", bare) if is_only("a_date", bare) else None
    if day is not None:
        return Reply(say("unclear_date", words=day["day"]))
    if not heard.text.isascii() and sum(c.isalpha() and not c.isascii() for c in heard.text) > len(heard.text) / 4:
        return Reply(say("not_english"))
    return Reply(say("unclear" if asked else "nonsense"))


def go_back(talk: Talk) -> tuple[Reply, ...]:
    """Ask the question before this one again. Its facts stand until a new answer replaces them."""
    trail = talk.note("trail") or []
    if not trail:
        return (Reply(say("back_none")),)
    talk.set_note("trail", trail[:-1])
    talk.set_note("override", trail[-1])
    talk.unit.reopen(talk.case_id, trail[-1]["id"])
    return (Reply(say("back")),)


def why(talk: Talk) -> tuple[Reply, ...]:
    """Why the open question is asked, with the source of the rule behind it."""
    asked = talk.unit.asked(talk.conversation)
    if asked is None or not asked.why:
        return (Reply(say("why_none")),)
    source = talk.desk.library.sources.get(asked.source)
    if source is None:
        return (Reply(say("why", why=asked.why)),)
    return (Reply(say("why_source", why=asked.why, source=f"{source.title}, {source.edition}")),)


def edit(talk: Talk, value: Mapping[str, Any]) -> None:
    """A card row's "Change" was pressed: its question is asked before any other."""
    name = str(value["fact"])
    fixed = {"study.id": "intake.study", "plan.type": "intake.plan", "symptom_weeks": "intake.duration",
             "denial.notice_date": "notice_date", "study.side": "intake.side"}.get(name)  # fmt: skip
    if fixed:
        question = fixed_question(fixed, talk.desk.library)
    elif name in talk.desk.library.findings:
        record = talk.desk.library.findings[name]
        question = Question(f"finding.{name}", (name,), "yes_no", record.question)
    else:
        question = Question(f"edit.{name}", (name,), "text", say("edit_ask", label=describe.label(name)))
    talk.unit.reopen(talk.case_id, question.id)
    talk.set_note("override", question_json(question))
    talk.set_note("editing", name)


def not_denied(talk: Talk, heard: Heard) -> tuple[Reply, ...]:
    """Nobody has denied it yet: the same check, without deadlines.

    What was typed counts only where it tells of no denial: "I got denied" sounds much like it. Whoever told of the
    denial before must take it back in plain words.
    """
    told = talk.case().denial.denied
    plainly = holds("not_denied", heard.text)
    says_so = plainly or not (told or _asks(heard.text) or _tells_of_a_denial(heard.text))
    if not heard.from_door and not says_so:
        return answer(talk, replace(heard, intent="inform")).replies
    talk.keep((Field("denial.denied", False),), say("button_not_denied"))
    return (Reply(say("not_denied_yet")),)


def _tells_of_a_denial(text: str) -> bool:
    return holds("of_a_denial", text) and not holds("feared", text)


def _asks(text: str) -> bool:
    """Whether it asks what something is, which says nothing of the case."""
    return holds("asks_what", text)
