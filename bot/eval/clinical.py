"""Clinical language: findings with their status, how long, treatments, earlier pictures, age.

What matters most is what is not so and is read as if it were: it has rows of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
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
from bot.eval.sets import OPTIONAL, Item
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
_ALTERNATIVE = {"treatment": "status", "imaging": "result"}
"""The detail whose other right values an item may list under `or`."""
_SMOKING = ("pack_years", "quit_years")
_WITHIN, _HALF_A_WEEK = 0.1, 0.5


def score(pairs: Iterable[tuple[Item, Document]]) -> Scored:
    """Scores items of the set `clinical`, each with the document that `overturn read --json` prints for its text."""
    judged: list[Judged] = []
    sure: list[tuple[float, bool]] = []
    for item, document in pairs:
        age = judge_value("age", item.id, item.gold["age"], document["age"])
        whole = _length(item.gold, "symptom_weeks")
        symptoms = judge_value(_SYMPTOMS, item.id, whole, document["symptom_weeks"], same_length)
        smoked = {name: judge_value(name, item.id, item.gold[name], document[name]) for name in _SMOKING}
        judged += [age, symptoms, false_alarm(item, document, _emergencies(item)), *smoked.values()]
        judged += _findings(item, document)
        judged += _treatments(item, document)
        judged += _imaging(item, document)
        sure += [
            (document["fields"][name]["confidence"], not one.wrong)
            for name, one in (("age", age), ("symptom_weeks", symptoms), *smoked.items())
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
    yield from (row(name) for name in _SMOKING)
    yield row(FALSE_ALARMS, "wrong", Aim(0.02, at_most=True))


def same_length(gold: tuple[float, float], read: float) -> bool:
    """Whether a length in weeks lies between two within a tenth or half a week, whichever is more."""
    low, high = (max(_WITHIN * weeks, _HALF_A_WEEK) for weeks in gold)
    return gold[0] - low <= read <= gold[1] + high


def _length(thing: Thing, key: str = "weeks") -> tuple[float, float] | None:
    """The shortest and the longest right length of a thing of the set; one number is both."""
    weeks, most = thing[key], thing[f"{key}_to"]
    return None if weeks is None else (weeks, weeks if most is None else most)


def _findings(item: Item, document: Document) -> Iterator[Judged]:
    """By id: which statuses it has in the text and which were read, however often and with whatever details."""
    gold, optional = _statuses(item.gold["findings"]), _statuses(item.gold[OPTIONAL["findings"]])
    read = _statuses(document["findings"])
    for id in sorted({*gold, *optional, *read}):
        said, may_be, heard = gold.get(id, {}), optional.get(id, {}), set(read.get(id, {}))
        right = set().union(*said.values(), *may_be.values())
        hits = sum(not heard.isdisjoint(accepted) for accepted in said.values())
        extra = heard - right
        counts = Counts(tp=hits, fp=len(extra), fn=len(said) - hits)
        taken = bool(right) and "present" in extra
        bad = DANGEROUS if taken else INVENTED if "present" in extra else WRONG if extra else MISSED
        there, found = ([f"{id} {status}" for status in sorted(named)] for named in (said or may_be, heard))
        yield Judged(_FINDINGS, counts, item.id, there, found, bad)
        if right and "present" not in right:
            yield from (judge_alarm(_TAKEN, item.id, taken) for _ in {*said, *may_be})
        if "present" in heard:
            yield judge_alarm(_TAKEN_OF_READ, item.id, taken)
            yield judge_alarm(_NOBODY, item.id, not right)
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


def _statuses(findings: Iterable[Thing]) -> dict[str, dict[str, set[str]]]:
    """Of each id the statuses it has, each with all that are as right as it."""
    found: dict[str, dict[str, set[str]]] = {}
    for finding in findings:
        found.setdefault(finding["id"], {})[finding["status"]] = _accepted(finding)
    return found


def _accepted(thing: Thing) -> set[str]:
    return {thing["status"], *thing.get("or", ())}


def _alike(gold: Thing, read: Iterable[Thing]) -> list[Thing]:
    """What was read of this finding, with a status that is right."""
    return [other for other in read if other["id"] == gold["id"] and other["status"] in _accepted(gold)]


def _finding_weeks(item: Item, document: Document) -> Iterator[Judged]:
    """Each length given for a finding; and one read where none is given, unless it is the whole complaint's."""
    gold, read = item.gold["findings"], document["findings"]
    for finding in gold:
        length = _length(finding)
        if length is not None:
            weeks = [other["weeks"] for other in _alike(finding, read) if other["weeks"] is not None]
            best = next((w for w in weeks if same_length(length, w)), weeks[0] if weeks else None)
            yield _about(finding["id"], judge_value(_FINDING_WEEKS, item.id, length, best, same_length))
    whole = _length(item.gold, "symptom_weeks")
    for other in read:
        alike = [finding for finding in gold if _alike(finding, [other])]
        if other["weeks"] is None or not alike or any(_length(finding) for finding in alike):
            continue
        if whole is None or not same_length(whole, other["weeks"]):
            yield _about(other["id"], judge_value(_FINDING_WEEKS, item.id, None, other["weeks"]))


def _about(name: str, judged: Judged) -> Judged:
    """The judgement with the thing's name beside its values, for the errors' list."""
    return replace(judged, gold=f"{name}: {judged.gold}", read=judged.read) if judged.wrong else judged


def _treatments(item: Item, document: Document) -> Iterator[Judged]:
    def alike(gold: Thing, read: Thing) -> tuple[bool, ...]:
        return _same_weeks(gold, read), read["status"] in _accepted(gold), gold["outcome"] == read["outcome"]

    optional = {(t["kind"], status) for t in item.gold[OPTIONAL["treatments"]] for status in _accepted(t)}
    for gold, read in _paired(item.gold["treatments"], _once(document["treatments"]), "kind", alike):
        if gold is None and read is not None and (read["kind"], read["status"]) in optional:
            continue
        shown = (item.id, _care(gold), _care(read))
        if gold is None or read is None:
            counts = Counts(fp=1) if gold is None else Counts(fn=1)
            yield Judged(_CARE, counts, *shown, INVENTED if gold is None else MISSED)
            if gold is not None and gold["weeks"] is not None:
                yield Judged(_CARE_WEEKS, Counts(fn=1), *shown)
            continue
        right = _same_weeks(gold, read)
        yield Judged(_CARE, Counts(tp=1) if right else Counts(fp=1, fn=1), *shown, WRONG)
        yield _about(gold["kind"], judge_value(_CARE_WEEKS, item.id, _length(gold), read["weeks"], same_length))
        if "present" not in _accepted(gold):
            yield judge_alarm(_CARE_TAKEN, item.id, read["status"] == "present")
        yield from _details("treatment", item, gold, read, gold["kind"])


def _care(thing: Thing | None) -> str | None:
    if thing is None:
        return None
    return f"{thing['kind']} {thing['status']}" + (f", {thing['weeks']:g} weeks" if thing["weeks"] is not None else "")


def _same_weeks(gold: Thing, read: Thing) -> bool:
    length, weeks = _length(gold), read["weeks"]
    return weeks is None if length is None else weeks is not None and same_length(length, weeks)


def _once(treatments: Iterable[Thing]) -> list[Thing]:
    """Without what was said twice in the same way."""
    return list({(t["kind"], t["status"], t["weeks"]): t for t in reversed(list(treatments))}.values())[::-1]


def _imaging(item: Item, document: Document) -> Iterator[Judged]:
    def alike(gold: Thing, read: Thing) -> tuple[bool, ...]:
        return gold["region"] == read["region"], *(gold[name] == read[name] for name in ("status", "side", "date"))

    optional = {(i["modality"], i["region"], i["status"]) for i in item.gold[OPTIONAL["imaging"]]}
    for gold, read in _paired(item.gold["imaging"], document["imaging"], "modality", alike):
        if gold is None and read is not None and (read["modality"], read["region"], read["status"]) in optional:
            continue
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
    alternative = _ALTERNATIVE[what]
    for detail in _DETAILS[what]:
        if gold[detail] is not None:
            right = str(read[detail]).startswith(gold[detail]) if detail == "date" else read[detail] == gold[detail]
            right = right or (detail == alternative and read[detail] in gold["or"])
            taken = detail == "status" and not right and read[detail] == "present"
            yield judge_share(
                f"{what} {detail}, where given", item.id, right,
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
    """The emergencies that the item names, else those that its findings may make by the library's own records."""
    if item.gold["emergency"] is not None:
        return list(item.gold["emergency"])
    said = (*item.gold["findings"], *item.gold[OPTIONAL["findings"]])
    findings = tuple(
        Finding(f["id"], status, f["region"], f["side"], f["onset"], f["severity"], f["weeks"])  # type: ignore[arg-type]
        for f in said
        for status in sorted(_accepted(f))
    )
    return [
        flag.id for flag in raised(Case(as_of=item.today, findings=findings), load().red_flags) if flag.level == "E"
    ]
