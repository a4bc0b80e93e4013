"""What an answer raises in the case: an emergency that no message told by itself, and signs for the same day.

The watch hears what a message says. A pressed button, "the first one" or "yes", and a sign that makes an emergency
only together with what was told before, are heard here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.casework.conversation import Talk
from actions.casework.interview import Heard
from actions.casework.replies import Reply
from actions.casework.texts import say
from actions.reading import read
from actions.reading.answers import read_answer
from actions.reading.watch import watch
from criteria.answers import facts_from_answer
from criteria.facts import Case, Finding
from criteria.red_flags import raised
from criteria.results import Flag, Question

_LONG_KNOWN = frozenset({
    "active_cancer", "cancer_history", "immunosuppression", "osteoporosis", "steroid_use_longterm", "iv_drug_use",
    "dialysis", "diabetes", "pregnancy", "trauma", "aneurysm", "anticoagulant_use", "elevated_inflammatory_markers",
})  # fmt: skip
"""What makes a sign graver, and is none itself: the check tells it, and nobody is sent to a clinician in the talk."""


def alarms(talk: Talk, text: str, value: Mapping[str, Any] | None = None) -> bool:
    """Whether this answer raises an emergency that the case did not raise before.

    `value` is that of a pressed button; else the text was typed, and the watch heard no emergency in it alone.
    """
    case = _with_lengths(talk, talk.case())
    asked = talk.unit.asked(talk.conversation)
    if value is None and any(hit.level == "E" for hit in watch(text, today=talk.desk.today(), known=case)):
        return True
    ticked = _ticked(talk, case, asked, text, value) if asked else ()
    if not ticked:
        return False
    names = {finding.id for finding in ticked}
    now = replace(case, findings=(*(f for f in case.findings if f.id not in names), *ticked))
    return bool(_emergencies(talk, _with_lengths(talk, now)) - _emergencies(talk, case))


def _ticked(
    talk: Talk, case: Case, asked: Question, text: str, value: Mapping[str, Any] | None
) -> tuple[Finding, ...]:
    """The findings that are present by this answer to the open question, and by nothing else that it says."""
    told: set[str] = set()
    if value is None:
        given = read_answer(text, asked, talk.desk.today())
        if given.state != "answered" or asked.kind not in ("any_of", "yes_no"):
            return ()
        chosen = given.value
        # What the words tell of a sign ("a seizure, when I was 3") outweighs that it stands in the list.
        told = {finding.id for finding in read(text, talk.desk.today()).findings}
    elif value.get("question") == asked.id and "value" in value:
        chosen = value["value"]
    else:
        return ()
    if asked.kind == "any_of" and isinstance(chosen, str):
        chosen = [chosen]
    try:
        said = facts_from_answer(asked, chosen, case)
    except ValueError:  # a button of an earlier question; the turn will say so
        return ()
    return tuple(v for v in said if isinstance(v, Finding) and v.status == "present" and v.id not in told)


def _with_lengths(talk: Talk, case: Case) -> Case:
    """The case, in which what the study is for has lasted as long as the complaint, where nothing else was said."""
    record = talk.desk.library.studies.get(case.study.id or "")
    if record is None or case.symptom_weeks is None:
        return case

    def lasting(f: Finding) -> Finding:
        unsaid = f.id in record.complaints and f.weeks is None and f.since is None
        return replace(f, weeks=case.symptom_weeks) if unsaid else f

    return replace(case, findings=tuple(lasting(f) for f in case.findings))


def _emergencies(talk: Talk, case: Case) -> set[str]:
    return {flag.id for flag in raised(case, talk.desk.library.red_flags) if flag.level == "E"}


def standing(talk: Talk) -> tuple[Reply, ...]:
    """The emergencies that stand in the case, said once."""
    return _once(talk, "emergency_stands", _emergencies(talk, _with_lengths(talk, talk.case())))


def same_day(talk: Talk, flags: Iterable[Flag], heard: Heard | None = None) -> tuple[Reply, ...]:
    """The signs to be seen the same day that were not said yet: of the case (`flags`), or told in a message.

    In the talk (`heard`) only what may be new is said at once.
    """
    known = _LONG_KNOWN - _of_late(talk.case())
    ids = {flag.id for flag in flags if heard is None or not known.issuperset(flag.findings)}
    if heard is not None and heard.reading is not None:
        ids |= {hit.id for hit in heard.reading.urgent}
    return _once(talk, "urgent", ids, "urgent" if heard is not None else "urgent_told_before")


def _of_late(case: Case) -> set[str]:
    """What began so short a time ago that nobody has known it for long: a fall of three days ago."""
    first = case.as_of - timedelta(weeks=_LATE)
    return {f.id for f in case.findings if (f.weeks and f.weeks <= _LATE) or (f.since and f.since >= first)}


_LATE = 2
"""Weeks."""


def _once(talk: Talk, name: str, ids: set[str], text: str = "") -> tuple[Reply, ...]:
    """What `text` (else `name`) says of these flags, without those of which something was said before by this name."""
    before = set(talk.note(name) or ())
    new = [id for id in talk.desk.library.red_flags if id in ids - before]
    if not new:
        return ()
    talk.set_note(name, sorted(before | ids))
    return (Reply(say(text or name, flags="; ".join(talk.desk.library.red_flags[id].say for id in new))),)
