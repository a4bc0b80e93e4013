"""Denial letters: every field of the contract counted for itself, and how sure the reading was of each value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import reduce
from typing import Any, NamedTuple

from bot.eval.alarms import FALSE_ALARMS, false_alarm
from bot.eval.counts import Aim, Judged, Row, Same, Scored, equal, errors, judge_list, judge_value, total
from bot.eval.sets import Item

Document = Mapping[str, Any]


class _Field(NamedTuple):
    what: str
    path: str
    same: Same
    sure: str
    """The name under which `fields` has the confidence; of a list, what stands before the value."""
    listed: bool = False


def _squeezed(text: Any) -> str:
    return re.sub(r"[^a-z0-9]", "", str(text).lower())


def _same_name(gold: Any, read: Any) -> bool:
    """Whether one name contains the other, whatever its capitals, spaces and points."""
    short, long = sorted((_squeezed(gold), _squeezed(read)), key=len)
    return len(short) > 2 and short in long


def _same_citation(gold: Any, read: Any) -> bool:
    """Whether the words of one stand together in the other. NCD 220.6 is not NCD 220.6.17: a number counts whole."""
    parts = [re.findall(r"[a-z0-9]+(?:[.-][a-z0-9]+)*", str(text).lower()) for text in (gold, read)]
    short, long = sorted(parts, key=len)
    return bool(short) and any(long[n : n + len(short)] == short for n in range(len(long) - len(short) + 1))


def _same_number(gold: Any, read: Any) -> bool:
    """Whether two ids or codes are the same but for spaces and capitals."""
    return "".join(str(gold).split()).upper() == "".join(str(read).split()).upper()


def _same_phone(gold: Any, read: Any) -> bool:
    """Whether the ten digits are the same; what stands behind them is an extension. Else by letters and digits."""
    digits = [re.sub(r"\A1(?=\d{10})", "", re.sub(r"\D", "", str(text)))[:10] for text in (gold, read)]
    return digits[0] == digits[1] if min(map(len, digits)) == 10 else _squeezed(gold) == _squeezed(read)


def _both(gold: Any, read: Any) -> bool:
    return True


FIELDS = (
    _Field("payer", "denial.payer", _same_name, "payer"),
    _Field("reviewer", "denial.reviewer", _same_name, "reviewer"),
    _Field("plan_type", "denial.plan_type", equal, "plan_type"),
    _Field("member_id", "denial.member_id", _same_number, "member_id"),
    _Field("reference_numbers", "denial.reference_numbers", _same_number, "reference_numbers", listed=True),
    _Field("notice_date", "denial.notice_date", equal, "notice_date"),
    _Field("service_date", "denial.service_date", equal, "service_date"),
    _Field("reasons", "denial.reasons", equal, "reasons", listed=True),
    _Field("criteria_cited", "denial.criteria_cited", _same_citation, "criteria_cited", listed=True),
    _Field("deadline words", "denial.appeal_deadline.words", _both, "appeal_deadline"),
    _Field("deadline days", "denial.appeal_deadline.days", equal, "appeal_deadline"),
    _Field("deadline date", "denial.appeal_deadline.date", equal, "appeal_deadline"),
    _Field("peer_to_peer phone", "denial.peer_to_peer.phone", _same_phone, "peer_to_peer.phone"),
    _Field("expedited_mentioned", "denial.expedited_mentioned", equal, "expedited_mentioned"),
    _Field("study id", "study.id", equal, "study.id"),
    _Field("modality", "study.modality", equal, "study.modality"),
    _Field("region", "study.region", equal, "study.region"),
    _Field("side", "study.side", equal, "study.side"),
    _Field("cpt", "study.cpt", _same_number, "study.cpt", listed=True),
    _Field("icd10", "study.icd10", _same_number, "study.icd10", listed=True),
)
_BY_NAME = ("payer", "reviewer")
_AIMS = {"reasons": Aim(0.90)}
KIND, ALL = "kind", "all fields"
ALL_AIM = Aim(0.95)


def score(pairs: Iterable[tuple[Item, Document]]) -> Scored:
    """Scores items of the set `denials`, each with the document that `overturn read --json` prints for its text."""
    judged: list[Judged] = []
    sure: list[tuple[float, bool]] = []
    for item, document in pairs:
        fields = {field: _judged(field, item, document) for field in FIELDS}
        judged += fields.values()
        judged.append(judge_value(KIND, item.id, item.gold["kind"], document["kind"]))
        judged.append(false_alarm(item, document, item.gold["emergency"]))
        sure += _sure(fields, item, document)
    names = [field.what for field in FIELDS]
    rows = [Row("denials", name, total(judged, name), aim=_AIMS.get(name)) for name in names]
    rows.append(Row("denials", ALL, total(judged, *names), aim=ALL_AIM))
    rows.append(Row("denials", KIND, total(judged, KIND)))
    rows.append(Row("denials", FALSE_ALARMS, total(judged, FALSE_ALARMS), "wrong", Aim(0.0, at_most=True)))
    return Scored(tuple(rows), errors(judged), tuple(sure))


def _at(document: Document, path: str) -> Any:
    return reduce(lambda part, key: part[key], path.split("."), document)


def _judged(field: _Field, item: Item, document: Document) -> Judged:
    gold, read = _at(item.gold, field.path), _at(document, field.path)
    if field.listed:
        return judge_list(field.what, item.id, gold, read, field.same)
    words = document["fields"].get(field.sure, {}).get("words") if field.what in _BY_NAME else None
    if gold and words and field.same(gold, words):
        read = words  # the reading gives a known payer's usual name; the set has it as it stands in the text
    return judge_value(field.what, item.id, gold, read, field.same)


def _sure(fields: Mapping[_Field, Judged], item: Item, document: Document) -> Iterator[tuple[float, bool]]:
    """The confidence of each value that this set can judge, and whether it was right; the deadline's three as one."""
    for name, read in document["fields"].items():
        single = [judged for field, judged in fields.items() if not field.listed and field.sure == name]
        if single:
            yield read["confidence"], not any(judged.wrong for judged in single)
            continue
        field = next((f for f in FIELDS if f.listed and name.startswith(f"{f.sure}.")), None)
        if field:
            yield read["confidence"], any(field.same(gold, read["value"]) for gold in _at(item.gold, field.path))
