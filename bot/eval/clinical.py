"""Clinical language: findings with their status, how long, treatments, earlier pictures, age.

What matters most is what is not so and is read as if it were: it has rows of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from bot.eval.alarms import FALSE_ALARMS, false_alarm
from bot.eval.counts import (
    DANGEROUS,
    INVENTED,
    MISSED,
    WRONG,
    Aim,
    Counts,
    Judged,
    Row,
    Scored,
    errors,
    judge_alarm,
    judge_share,
    judge_value,
    total,
)
from bot.eval.sets import Item
from criteria.facts import Case, Finding
from criteria.library import load
from criteria.red_flags import raised

Document = Mapping[str, Any]
Thing = Mapping[str, Any]
"""A finding, a treatment or a picture, with the keys of the contract."""

_FINDINGS = "findings with status"
_TAKEN, _TAKEN_OF_READ = "not present, read as present", "of those read as present: not so"
_NOBODY = "of those read as present: said by nobody"
_SYMPTOMS, _FINDING_WEEKS, _CARE_WEEKS = "symptom_weeks", "weeks of findings", "weeks of treatments"
_CARE, _CARE_TAKEN = "treatments: kind and length", "treatments not present, read as present"
_PICTURES = "imaging: modality and region"
_SEEN_FROM_ANOTHER_SIDE = (_TAKEN, _TAKEN_OF_READ, _NOBODY, _CARE_TAKEN, _CARE_WEEKS)
"""Rows whose errors are errors of another row too."""
_DETAILS = {
    "finding": ("side", "region"),
    "treatment": ("status", "outcome", "directed"),
    "imaging": ("status", "result", "date", "side"),
}
_WITHIN, _HALF_A_WEEK, _ROUNDING = 0.1, 0.5, 1e-9


def score(pairs: Iterable[tuple[Item, Document]]) -> Scored:
    """Scores items of the set `clinical`, each with the document that `overturn read --json` prints for its text."""
    judged: list[Judged] = []
    sure: list[tuple[float, bool]] = []
    for item, document in pairs:
        age = judge_value("age", item.id, item.gold["age"], document["age"])
        symptoms = judge_value(_SYMPTOMS, item.id, item.gold["symptom_weeks"], document["symptom_weeks"], same_length)
        judged += [age, symptoms, false_alarm(item, document, _emergencies(item))]
        judged += _findings(item, document)
        judged += _treatments(item, document)
        judged += _imaging(item, document)
        sure += [
            (document["fields"][name]["confidence"], not one.wrong)
            for name, one in (("age", age), ("symptom_weeks", symptoms))
            if name in document["fields"]
        ]
    once = (one for one in judged if one.what not in _SEEN_FROM_ANOTHER_SIDE)
    return Scored(tuple(_rows(judged)), errors(once), tuple(sure))


def _rows(judged: Sequence[Judged]) -> Iterator[Row]:
    def row(what: str, shown: Any = "f1", aim: Aim | None = None, of: tuple[str, ...] = ()) -> Row:
        return Row("clinical", what, total(judged, *(of or (what,))), shown, aim)

    lengths = (_SYMPTOMS, _FINDING_WEEKS, _CARE_WEEKS)
    yield row(_FINDINGS, aim=Aim(0.92))
    yield row(_TAKEN, "wrong", Aim(0.01, at_most=True))
    yield row(_TAKEN_OF_READ, "wrong", Aim(0.01, at_most=True))
    yield row(_NOBODY, "wrong")
    yield from (row(f"finding {detail}, where given", "share") for detail in _DETAILS["finding"])
    yield row("durations", aim=Aim(0.93), of=lengths)
    yield from (row(what) for what in lengths)
    yield row(_CARE, aim=Aim(0.90))
    yield row(_CARE_TAKEN, "wrong", Aim(0.01, at_most=True))
    yield from (row(f"treatment {detail}, where given", "share") for detail in _DETAILS["treatment"])
    yield row(_PICTURES)
    yield from (row(f"imaging {detail}, where given", "share") for detail in _DETAILS["imaging"])
    yield row("age")
    yield row(FALSE_ALARMS, "wrong", Aim(0.02, at_most=True))


def same_length(gold: float, read: float) -> bool:
    """Whether two lengths in weeks are the same within a tenth or half a week, whichever is more."""
    return abs(gold - read) <= max(_WITHIN * gold, _HALF_A_WEEK) + _ROUNDING


def _findings(item: Item, document: Document) -> Iterator[Judged]:
    """By id: which statuses it has in the text and which were read, however often and with whatever details."""
    gold, read = _statuses(item.gold["findings"]), _statuses(document["findings"])
    for id in sorted(set(gold) | set(read)):
        said, heard = gold.get(id, set()), read.get(id, set())
        counts = Counts(tp=len(said & heard), fp=len(heard - said), fn=len(said - heard))
        shown = (item.id, [f"{id} {s}" for s in sorted(said)], [f"{id} {s}" for s in sorted(heard)])
        taken = bool(said) and "present" not in said and "present" in heard
        bad = DANGEROUS if taken else INVENTED if "present" in heard - said else WRONG if heard - said else MISSED
        yield Judged(_FINDINGS, counts, *shown, bad)
        if said and "present" not in said:
            yield from (judge_alarm(_TAKEN, item.id, taken) for _ in said)
        if "present" in heard:
            yield judge_alarm(_TAKEN_OF_READ, item.id, taken)
            yield judge_alarm(_NOBODY, item.id, not said)
    for thing in item.gold["findings"]:
        alike = _alike(thing, document["findings"])
        for detail in _DETAILS["finding"]:
            if thing[detail] and alike:
                values = [other[detail] for other in alike]
                yield judge_share(
                    f"finding {detail}, where given", item.id, thing[detail] in values,
                    f"{thing['id']}: {thing[detail]}", values,
                )  # fmt: skip
    yield from _finding_weeks(item, document)


def _statuses(findings: Iterable[Thing]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for finding in findings:
        found.setdefault(finding["id"], set()).add(finding["status"])
    return found


def _alike(finding: Thing, among: Iterable[Thing]) -> list[Thing]:
    return [other for other in among if (other["id"], other["status"]) == (finding["id"], finding["status"])]


def _finding_weeks(item: Item, document: Document) -> Iterator[Judged]:
    """Each length given for a finding; and one read where none is given, unless it is the whole complaint's."""
    gold = item.gold["findings"]
    for finding in gold:
        if finding["weeks"] is None:
            continue
        read = [other["weeks"] for other in _alike(finding, document["findings"]) if other["weeks"] is not None]
        best = min(read, key=lambda weeks: abs(weeks - finding["weeks"]), default=None)
        judged = judge_value(_FINDING_WEEKS, item.id, finding["weeks"], best, same_length)
        yield _about(finding["id"], judged)
    whole = item.gold["symptom_weeks"]
    for other in document["findings"]:
        alike = _alike(other, gold)
        if other["weeks"] is None or not alike or any(finding["weeks"] is not None for finding in alike):
            continue
        if whole is None or not same_length(whole, other["weeks"]):
            yield _about(other["id"], judge_value(_FINDING_WEEKS, item.id, None, other["weeks"]))


def _about(name: str, judged: Judged) -> Judged:
    """The judgement with the thing's name beside its values, for the errors' list."""
    return replace(judged, gold=f"{name}: {judged.gold}", read=judged.read) if judged.wrong else judged


def _treatments(item: Item, document: Document) -> Iterator[Judged]:
    def alike(gold: Thing, read: Thing) -> tuple[bool, ...]:
        return _same_weeks(gold, read), gold["status"] == read["status"], gold["outcome"] == read["outcome"]

    for gold, read in _paired(item.gold["treatments"], _once(document["treatments"]), "kind", alike):
        shown = (item.id, _care(gold), _care(read))
        if gold is None or read is None:
            counts = Counts(fp=1) if gold is None else Counts(fn=1)
            yield Judged(_CARE, counts, *shown, INVENTED if gold is None else MISSED)
            if gold is not None and gold["weeks"] is not None:
                yield Judged(_CARE_WEEKS, Counts(fn=1), *shown)
            continue
        right = _same_weeks(gold, read)
        yield Judged(_CARE, Counts(tp=1) if right else Counts(fp=1, fn=1), *shown, WRONG)
        yield _about(gold["kind"], judge_value(_CARE_WEEKS, item.id, gold["weeks"], read["weeks"], same_length))
        if gold["status"] != "present":
            yield judge_alarm(_CARE_TAKEN, item.id, read["status"] == "present")
        yield from _details("treatment", item, gold, read, gold["kind"])


def _care(thing: Thing | None) -> str | None:
    if thing is None:
        return None
    return f"{thing['kind']} {thing['status']}" + (f", {thing['weeks']:g} weeks" if thing["weeks"] is not None else "")


def _same_weeks(gold: Thing, read: Thing) -> bool:
    if gold["weeks"] is None or read["weeks"] is None:
        return gold["weeks"] is None and read["weeks"] is None
    return same_length(gold["weeks"], read["weeks"])


def _once(treatments: Iterable[Thing]) -> list[Thing]:
    """Without what was said twice in the same way."""
    return list({(t["kind"], t["status"], t["weeks"]): t for t in reversed(list(treatments))}.values())[::-1]


def _imaging(item: Item, document: Document) -> Iterator[Judged]:
    def alike(gold: Thing, read: Thing) -> tuple[bool, ...]:
        return gold["region"] == read["region"], *(gold[name] == read[name] for name in ("status", "side", "date"))

    for gold, read in _paired(item.gold["imaging"], document["imaging"], "modality", alike):
        shown = (item.id, _picture(gold), _picture(read))
        if gold is None or read is None:
            counts = Counts(fp=1) if gold is None else Counts(fn=1)
            yield Judged(_PICTURES, counts, *shown, INVENTED if gold is None else MISSED)
            continue
        right = gold["region"] == read["region"]
        yield Judged(_PICTURES, Counts(tp=1) if right else Counts(fp=1, fn=1), *shown, WRONG)
        yield from _details("imaging", item, gold, read, gold["modality"])


def _picture(thing: Thing | None) -> str | None:
    return f"{thing['modality']} {thing['region'] or 'of no region'} {thing['status']}" if thing else None


def _details(what: str, item: Item, gold: Thing, read: Thing, name: str) -> Iterator[Judged]:
    """The details that the text gives, of a thing that was read at all."""
    for detail in _DETAILS[what]:
        if gold[detail] is not None:
            taken = detail == "status" and gold[detail] != "present" and read[detail] == "present"
            yield judge_share(
                f"{what} {detail}, where given", item.id, gold[detail] == read[detail],
                f"{name}: {gold[detail]}", read[detail], DANGEROUS if taken else WRONG,
            )  # fmt: skip


def _paired(
    gold: Sequence[Thing], read: Sequence[Thing], key: str, alike: Callable[[Thing, Thing], tuple[bool, ...]]
) -> list[tuple[Thing | None, Thing | None]]:
    """Each thing of the text with the read one of the same `key` that is most like it; what is left stands alone."""
    candidates = sorted(
        ((alike(g, r), -m, -n) for m, g in enumerate(gold) for n, r in enumerate(read) if g[key] == r[key]),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    for _, m, n in candidates:
        if -m not in pairs and -n not in pairs.values():
            pairs[-m] = -n
    return [
        *((g, read[pairs[m]] if m in pairs else None) for m, g in enumerate(gold)),
        *((None, r) for n, r in enumerate(read) if n not in pairs.values()),
    ]


def _emergencies(item: Item) -> list[str]:
    """The emergencies that the item names, else those that its findings make by the library's own records."""
    if item.gold["emergency"] is not None:
        return list(item.gold["emergency"])
    case = Case(as_of=item.today, findings=tuple(_finding_fact(finding) for finding in item.gold["findings"]))
    return [flag.id for flag in raised(case, load().red_flags) if flag.level == "E"]


def _finding_fact(finding: Thing) -> Finding:
    since = date.fromisoformat(finding["since"]) if finding["since"] else None
    return Finding(**{**finding, "since": since})
