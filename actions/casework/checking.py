"""The check, said: what is met, what is missing and who can supply it, each with its source."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import replace

from actions.casework import documents, warning
from actions.casework.conversation import Talk
from actions.casework.describe import fact
from actions.casework.replies import Card, Reply, Row
from actions.casework.texts import say
from criteria.assessment import assess
from criteria.facts import Case, standing
from criteria.gaps import in_short
from criteria.results import Assessment, GuidelineResult, Trace, as_json

WHO = {"patient": "you", "clinic": "your clinic", "payer": "the plan"}


def check(talk: Talk) -> tuple[Reply, ...]:
    """What the rules say of the case now. Says nothing new when nothing changed since it was last said."""
    case = talk.case()
    if case.study.id is None:
        return ()  # the draft asks for it
    assessment = assess(case, talk.desk.library)
    return () if talk.note("checked") == _mark(assessment) else _told(case, talk, assessment)


def noted(talk: Talk) -> Reply:
    """Every fact that stands, on request, as a card: so that what is false can be found."""
    facts = list(standing(talk.unit.facts(talk.case_id)))
    if not facts:
        return Reply(say("noted_nothing"))
    absent = [f for f in facts if getattr(f.value, "status", "") == "absent"]
    together = absent if len(absent) > _DENIED_ALONE else []
    card = documents.reading_card(talk, [f for f in facts if f not in together])
    if together:
        named = dict.fromkeys(fact(f.value, talk.desk.library) for f in together)
        card = replace(card, rows=(*card.rows, Row("absent", say("noted_absent"), "; ".join(named), "read")))
    return Reply(say("noted_so_far"), card=replace(card, title=say("noted_title")))


_DENIED_ALONE = 2
"""So many things that are not there have a line each; more are told together."""


def status(talk: Talk) -> tuple[Reply, ...]:
    """What is still open, on request, whether or not it was said before."""
    case = talk.case()
    if case.study.id is None:
        return (Reply(say("draft_needs")),)
    return _told(case, talk, assess(case, talk.desk.library))


def _mark(assessment: Assessment) -> str:
    return hashlib.sha256(json.dumps(as_json(assessment), sort_keys=True).encode()).hexdigest()


def _told(case: Case, talk: Talk, assessment: Assessment) -> tuple[Reply, ...]:
    """The check in words and as a card, the urgent signs first where they were not said yet."""
    talk.set_note("checked", _mark(assessment))
    warned = (*warning.standing(talk), *warning.same_day(talk, assessment.urgent))
    return (*warned, Reply(_verdict(case, talk, assessment), card=check_card(talk, assessment)))


def deciding(assessment: Assessment) -> GuidelineResult | None:
    return next((g for g in assessment.guidelines if g.id == assessment.decided_by), None)


def _called(guideline: GuidelineResult) -> str:
    """The guideline as a person would look for it."""
    maker = "ACR Appropriateness Criteria, " if guideline.authority == "acr" else ""
    return f"{maker}{guideline.title} ({guideline.edition})"


def _verdict(case: Case, talk: Talk, assessment: Assessment) -> str:
    guideline = deciding(assessment)
    by = _called(guideline) if guideline else ""
    told = case.study.id in talk.desk.library.studies or talk.note("told_not_covered")
    lines = [] if told else [say("study_not_covered")]
    not_appropriate = [g for g in assessment.guidelines if g.category == "usually_not_appropriate"]
    if assessment.verdict == "not_met" and not_appropriate:
        lines.append(say("check_not_appropriate"))
    elif assessment.verdict == "no_public_criterion" or guideline is None:
        lines.append(say("check_none"))
    elif assessment.verdict == "arguable" and guideline.category is None:
        lines.append(say("check_left_open", by=by))
    else:
        lines.append(say(f"check_{assessment.verdict}", by=by))
    step = say(f"steps.{assessment.right_step}")
    lines.append(say("right_step", step=step, why=assessment.right_step_why).strip())
    return "\n\n".join(lines)


def check_card(talk: Talk, assessment: Assessment) -> Card:
    """Rows of the deciding guideline's met conditions, then the gaps, then what is closed."""
    guideline = deciding(assessment)
    rows = [] if guideline is None else [_met(talk, leaf, guideline) for leaf in _met_leaves(guideline.trace)]
    rows += _asked(talk, assessment)
    rows += _to_gather(talk, assessment)
    for number, gap in enumerate(assessment.gaps):
        # What is closed explains a no; while a way is open, it would only read like a list of faults.
        if gap.kind == "act" or (gap.kind == "closed" and not assessment.ways and assessment.verdict != "met"):
            state = "closed" if gap.kind == "closed" else "missing"
            rows.append(Row(f"gap.{number}", gap.say.rstrip("."), say(f"gaps.{gap.kind}"), state, who=gap.who))
    for conflict in talk.case().conflicts:
        name = " / ".join(dict.fromkeys(fact(f.value, talk.desk.library) for f in conflict.facts))
        rows.append(Row(conflict.key, name[:1].upper() + name[1:], say("conflict"), "conflict", who="patient"))
    unique = {(row.label, row.value): row for row in rows}
    return Card("check", say("check_title"), tuple(unique.values()))


def gathered(talk: Talk, assessment: Assessment, who: str) -> str:
    """What the chart should show, as a list in words: one note often shows several of them."""
    gaps = [gap for gap in assessment.gaps if gap.kind == "chart" and gap.who == who]
    return "; ".join(dict.fromkeys(in_short(gap.say) for gap in gaps))


def _to_gather(talk: Talk, assessment: Assessment) -> list[Row]:
    named = {who: gathered(talk, assessment, who) for who in ("patient", "clinic", "payer")}
    return [Row(f"chart.{w}", say("in_chart"), text, "missing", who=w) for w, text in named.items() if text]


def _asked(talk: Talk, assessment: Assessment) -> list[Row]:
    """What nobody has said yet, one row for each who could say it: the questions come one by one anyway."""
    rows = []
    for who in ("patient", "clinic", "payer"):
        gaps = [gap for gap in assessment.gaps if gap.kind == "ask" and gap.who == who]
        # Several limits of one number are one question; the list names no limit, which would be half an answer.
        named = list(dict.fromkeys(_LIMIT.sub("", in_short(gap.say)) for gap in gaps))
        if named:
            more = f", and {len(named) - _SHOWN} more" if len(named) > _SHOWN else ""
            rows.append(Row(f"ask.{who}", say("not_said"), ", ".join(named[:_SHOWN]) + more, "missing", who=who))
    return rows


_SHOWN = 6
_LIMIT = re.compile(r" \(it counts [^)]*\)$")


def _met_leaves(trace: Trace) -> list[Trace]:
    """The leaves that make the tree true: a leaf under an unmet branch made nothing true and is not shown."""
    if trace.value != "met":
        return []
    if trace.op == "leaf":
        return [trace]
    return [leaf for node in trace.of for leaf in _met_leaves(node)]


def _met(talk: Talk, leaf: Trace, guideline: GuidelineResult) -> Row:
    source = talk.desk.library.sources.get(leaf.source or (guideline.sources[0] if guideline.sources else ""))
    named = f"{source.title}, {source.edition}" if source else f"{guideline.title}, {guideline.edition}"
    return Row(".".join(leaf.facts) or "rule", leaf.say, "", "met", source=named)
