"""The answer to each reason the payer gave: its own paragraph, with the facts that answer it.

A reason that no fact answers yet gets a question to the payer instead, and stands on the cover sheet as unanswered.
Care of the right kind and length answers that other care comes first, even where the payer's whole rule (a visit after
it, say) is not met yet; then the cover sheet says that points of the rule are still open.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from actions.letters.assertions import Assertion
from actions.letters.context import Context
from actions.letters.phrases import Stated, listed, phrase, stated
from actions.letters.rights import rights_for
from actions.letters.support import Support, cited, nearest
from actions.letters.told_care import long_enough
from criteria.facts import Finding, Imaging, key

CHANGES = ("progressive_worsening", "new_symptoms")
"""Findings that say that something is different from the time of an earlier scan."""


@dataclass(frozen=True)
class Answer:
    """`answered` is False when what stands here does not answer the reason; `told` whether any fact here bears on it.

    `open_points`: the facts answer it, but the rule that decides is not met.
    """

    reason: str
    said: tuple[Assertion, ...]
    answered: bool
    told: bool = False
    open_points: bool = False


def answers(context: Context, found: Support) -> tuple[Answer, ...]:
    """One answer a reason, in the payer's order."""
    return tuple(_answer(context, found, reason) for reason in dict.fromkeys(context.case.denial.reasons))


def reason_name(context: Context, reason: str) -> str:
    """The reason in plain words, as the letter names it."""
    record = context.library.denial_reasons.get(reason)
    return record.say.rstrip(".") if record else reason.replace("_", " ")


def _answer(context: Context, found: Support, reason: str) -> Answer:
    answer = _ANSWERS.get(reason)
    said, answered = answer(context, found, reason) if answer else ([], False)
    if reason == "prior_auth_missing" and context.is_done:
        said.append(context.say("answer_done", context.stated("denial.service", "denial.service_date")))
    modality = context.study.modality if context.study else None
    for right in rights_for(context.case, modality, reason):
        said.append(context.say("right", ("plan.type", "denial.reasons"), right.sources, text=right.text))
        answered = answered or right.answers
    told = any(assertion.kind == "clinical" for assertion in said)
    open_points = answered and reason == "conservative_care" and not (found.used or found.points)
    if not answered or open_points:
        sentence = "answer_which_point" if answer else "answer_admin"
        said.append(context.say(sentence, ("denial.reasons",)))
    return Answer(reason, tuple(said), answered, told, open_points)


_Said = tuple[list[Assertion], bool]


def _care(context: Context, found: Support, reason: str) -> _Said:
    done = [t for t in context.case.treatments if t.status in ("present", "historical") and t.charted != "no"]
    said = [_facts(context, "answer_care", done)] if done else []
    counted = any(key(treatment) in found.used for treatment in done)
    free = _asks_for_nothing_first(found) and not counted
    if free:
        said.append(_by_guideline(context, "answer_no_wait", found))
    return said, bool(counted or free or (done and long_enough(context)))


def _other_test(context: Context, found: Support, reason: str) -> _Said:
    done = [i for i in context.case.imaging if i.status == "present" and i.charted != "no" and _another(context, i)]
    said = [_facts(context, "answer_tests", done)] if done else []
    counted = any(key(image) in found.used for image in done)
    free = _asks_for_nothing_first(found) and not counted
    if free:
        said.append(_by_guideline(context, "answer_no_test", found))
    return said, bool(done or counted or free)


def _asks_for_nothing_first(found: Support) -> bool:
    """Whether the facts meet a rule that supports the scan now: one that only may be appropriate does not say that."""
    return bool(found.points) and found.deciding is not None and found.deciding.category != "may_be_appropriate"


def _another(context: Context, image: Imaging) -> bool:
    """Whether an earlier picture is another test of the same part and side."""
    return context.study is not None and image.modality != context.study.modality and _of_the_part(context, image)


def _of_the_part(context: Context, image: Imaging) -> bool:
    study, side = context.study, context.case.study.side
    if study is None or {image.side, side} == {"left", "right"}:
        return False
    return image.region is None or study.region == "whole_body" or image.region in (study.region, *study.body)


def _need(context: Context, found: Support, reason: str) -> _Said:
    if found.points:
        return [_by_guideline(context, "answer_necessary", found)], True
    facts: list[Stated] = [f for f in context.case.findings if f.status == "present" and f.charted != "no"]
    facts += [t for t in context.case.treatments if t.status == "present" and t.charted != "no"]
    return ([_facts(context, "answer_facts_so_far", facts)] if facts else []), False


def _experimental(context: Context, found: Support, reason: str) -> _Said:
    if found.points:
        return [_by_guideline(context, "answer_not_experimental", found)], True
    return [], False


def _records(context: Context, found: Support, reason: str) -> _Said:
    shown = [
        value for value in stated(context.case) if value.charted == "yes" and value.status in ("present", "historical")
    ]
    gathered = not any(gap.kind == "chart" for gap in context.assessment.gaps)
    return ([_facts(context, "answer_records", shown)] if shown else []), bool(shown) and gathered


def _repeat(context: Context, found: Support, reason: str) -> _Said:
    now = [f for f in context.case.findings if f.status == "present" and f.charted != "no"]
    changed: list[Stated] = [f for f in now if f.id in CHANGES]
    earlier = _earlier(context)
    if earlier is None:
        asked = [] if changed else [context.say("answer_no_earlier", ("denial.reasons",))]
        return [*([_facts(context, "answer_changed", changed)] if changed else []), *asked], bool(changed)
    begun = [f for f in now if f not in changed and _began_after(f, earlier, context.case.as_of)]
    said = [_facts(context, "answer_earlier", [earlier])]
    said += [_facts(context, "answer_changed", changed)] if changed else []
    said += [_facts(context, "answer_new", begun)] if begun else []
    return said, bool(changed or begun)


def _earlier(context: Context) -> Imaging | None:
    """The last scan of the same kind and part."""
    study = context.study
    done = [
        i for i in context.case.imaging
        if i.status == "present" and study is not None and i.modality == study.modality and _of_the_part(context, i)
    ]  # fmt: skip
    return max(done, key=lambda i: i.date or date.min, default=None)


def _began_after(finding: Finding, earlier: Imaging, today: date) -> bool:
    """Whether a finding surely began after the day of an earlier scan."""
    if earlier.date is None:
        return False
    if finding.since is None and finding.weeks is None:
        return False
    return (finding.since or today - timedelta(weeks=finding.weeks or 0)) > earlier.date


def _facts(context: Context, sentence: str, values: Sequence[Stated]) -> Assertion:
    told = [phrase(value, context.library) for value in values]
    keys = tuple(key(value) for value in values)
    return context.say(sentence, keys, told=listed(list(dict.fromkeys(told))))


def _by_guideline(context: Context, sentence: str, found: Support) -> Assertion:
    assert found.deciding is not None
    sources = tuple(source for source in found.deciding.sources if context.source(source))
    near = nearest(context, found.deciding)
    return context.say(sentence, found.facts, sources, source=cited(found.deciding), told=found.told, near=near)


_ANSWERS: dict[str, Callable[[Context, Support, str], _Said]] = {
    "conservative_care": _care,
    "alternative_imaging": _other_test,
    "not_medically_necessary": _need,
    "experimental": _experimental,
    "insufficient_documentation": _records,
    "frequency_duplicate": _repeat,
}
