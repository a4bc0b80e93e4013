"""Findings in a text: symptoms, exam signs and past events, with status, side, region, onset, severity and length."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from actions.reading.assertion import Context, meaning
from actions.reading.body import Place, limb_words, nearest, pains
from actions.reading.clinical_items import FindingItem
from actions.reading.compiled import compiled
from actions.reading.dates import Duration
from actions.reading.expressions import expression
from actions.reading.language import Phrases
from criteria.findings import FindingRecord, load_findings
from criteria.strict_yaml import read

_HERE = Path(__file__).parent
_LIBRARY = _HERE.parent.parent / "criteria" / "library"
_Any = TypeVar("_Any")
_MOST = 60
"""Findings read of one sentence."""
_NERVE = ("numbness", "tingling", "weakness")
_LOCAL = (
    "swelling", "locking", "giving_way", "popping", "clicking", "reduced_range_of_motion", "fracture", "arthritis",
    "prior_surgery", "unable_to_bear_weight", "infection_recent", "gout",
)  # fmt: skip
_ARE_HISTORIES = ("smoking_history", "migraine_history")
_LIFELONG = (
    "osteoporosis", "diabetes", "multiple_sclerosis", "epilepsy", "heart_failure", "cardiomyopathy", "brca_mutation",
    "pacemaker", "kidney_disease",
)  # fmt: skip
"""A "history of" these is no past one."""
_BESIDE_PAIN = ("numbness", "weakness", "swelling", "reduced_range_of_motion")
"""Said beside the pain, not of it: "legs weak and sore", "a sore stiff knee"."""
_IN_LIMBS = (
    "radiating_leg_pain",
    "radiating_arm_pain",
    "positive_slr",
    "foot_drop",
    "clumsy_hands",
    "saddle_anesthesia",
)


@dataclass(frozen=True)
class _Words:
    records: dict[str, FindingRecord]
    phrases: Phrases
    idioms: Phrases
    general: frozenset[str]
    signs: frozenset[str]
    sign_present: re.Pattern[str]
    sign_absent: re.Pattern[str]
    onset: tuple[tuple[str, re.Pattern[str]], ...]
    severity: tuple[tuple[str, re.Pattern[str]], ...]
    serious_injury: re.Pattern[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    records = load_findings(_LIBRARY / "findings.yml")
    given = read(_HERE / "rules" / "findings_words.yml")
    given.check_keys((
        "idioms", "general", "signs", "sign_present", "sign_absent", "sudden", "gradual", "severe", "moderate", "mild",
        "serious_injury", "not_a_side", "never_corrected", "expressions",
    ))  # fmt: skip
    synonyms = {name: record.synonyms for name, record in records.items()}
    return _Words(
        records,
        Phrases(synonyms, fuzzy=True, never=given["never_corrected"]),
        Phrases({"idiom": given["idioms"]}, exact=True),
        frozenset(given["general"]),
        frozenset(given["signs"]),
        compiled(given["sign_present"]),
        compiled(given["sign_absent"]),
        tuple((name, compiled(given[name])) for name in ("sudden", "gradual")),
        tuple((name, compiled(given[name])) for name in ("severe", "moderate", "mild")),
        compiled(given["serious_injury"]),
    )


def group(finding: str) -> str:
    """The catalogue's group of a finding."""
    return _words().records[finding].group


def findings(given: Context, at: list[Place], lengths: list[Duration]) -> list[FindingItem]:
    """The findings in the text, in order. Words that only speak of one (conditions, rules, questions) give none."""
    words = _words()
    idioms = _by_sentence(given, [(m.start, m.end) for m in words.idioms.find(given.text)])
    near = _by_sentence(given, [(p.start, p) for p in at])
    lasting = _by_sentence(given, [(d.start, d) for d in lengths])
    found = [(m.label, m.start, m.end, None) for m in words.phrases.find(given.text)]
    hurting = [pain for pain in pains(given, at) if not _where_it_goes(given, pain[1], pain[2])]
    spans: list[tuple[str, int, int, Place | None]] = [*found, *hurting]
    items = []
    for number, said in _by_sentence(given, [(s[1], s) for s in spans]).items():
        here = [s for _, s in said if not any(a < s[2] and s[1] < b for a, b in idioms.get(number, []))]
        for name, start, end, place in _without_contained(here[:_MOST], words):
            around = [p for _, p in near.get(number, [])]
            item = _item(given, words, at, around, [d for _, d in lasting.get(number, [])], name, start, end, place)
            if item is not None:
                items.append(item)
    return _merged(items)


def _by_sentence(given: Context, items: list[tuple[int, _Any]]) -> dict[int, list[tuple[int, _Any]]]:
    """Items (offset, what) by the number of the sentence they stand in."""
    result: dict[int, list[tuple[int, _Any]]] = {}
    for item in items:
        result.setdefault(given.number(item[0]), []).append(item)
    return result


def _where_it_goes(given: Context, start: int, end: int) -> bool:
    """ "Leg pain to the ankle": the pain of the leg, and where it ends."""
    goes = expression("findings_words", "goes_to").match(given.small, start, end)
    return bool(goes and expression("findings_words", "comes_from").search(given.small, max(0, start - 20), start))


def _without_contained(
    spans: list[tuple[str, int, int, Place | None]], words: _Words
) -> list[tuple[str, int, int, Place | None]]:
    """Without a general finding whose words stand inside a longer one's ("numb" in "numb between my legs")."""
    # Legs that "go numb when I walk" are numb as well.
    holders = [o for o in spans if o[0] not in words.general and o[0] != "neurogenic_claudication"]

    def held(name: str, start: int, end: int) -> bool:
        return any(
            o[1] <= start and end <= o[2] and o[2] - o[1] > end - start
            for o in holders
            if o[3] is None or name not in _BESIDE_PAIN
        )

    return [s for s in spans if not (s[0] in words.general and held(*s[:3]))]


def _item(
    given: Context, words: _Words, at: list[Place], around: list[Place], lengths: list[Duration], name: str, start: int,
    end: int, place: Place | None,
) -> FindingItem | None:  # fmt: skip
    small = given.small
    status: str = meaning(given, start, end)
    if status == "hypothetical":
        return None
    if name in words.signs:
        said = _sign(given, words, start, end)
        if said is None:
            return None
        status = said if status in ("present", "absent") else status
    lifelong = name in _LIFELONG and expression("findings_words", "history_of").search(small, max(0, start - 30), start)
    if status == "historical" and (name in _ARE_HISTORIES or lifelong):
        status = "present"
    if name == "cancer_history" and status == "present" and re.search(r"remission|survivor|cured", small[start:end]):
        status = "historical"
    if name == "multiple_sclerosis" and _no_disease(given, start, end):
        return None
    record = words.records[name]
    place = place or nearest(around, given, start, end)
    region, side = record.region, place.side if place else None
    if region is None and place is not None and name != "trauma":
        region = place.part.region
        if name in _NERVE and place.part.limb:
            region = _nerve_region(small, place, side) or region
    elif region is not None and place is not None and place.part.region != region and name not in _IN_LIMBS:
        side = None
    if place is None and name in _LOCAL:
        region, side = _spoken_of(at, given, start)
    length = _length(given, lengths, start, end)
    clause = _clause(given, start, end)
    return FindingItem(
        id=name,
        status=status,
        words=given.text[start:end],
        start=start,
        end=end,
        weeks=length.weeks if length else None,
        since=length.first_day if length else None,
        side=side,
        region=region,
        onset=_quality(words.onset, clause),
        severity=_severity(words, name, clause),
    )


def _no_disease(given: Context, start: int, end: int) -> bool:
    """ "MS" is also a title ("DEAR MS. EXAMPLE") and a state ("Jackson, MS 39201")."""
    before, after = given.text[max(0, start - 16) : start], given.text[end : end + 16]
    if given.text[start:end] != "MS":
        return False
    if re.match(r",? ?[0-9]{5}", after):
        return True
    if not re.match(r"\.? ?[A-Z][A-Za-z'-]+", after):
        return False
    if expression("findings_words", "before_a_title").search(before.lower()):
        return True
    sure = expression("findings_words", "a_name_in_capitals").match(after)
    return bool(sure and re.search(r"(?:[.!?]|\b(?:to|for|re|from|by|that))[:]? ?\Z", before.lower()))


def _sign(given: Context, words: _Words, start: int, end: int) -> str | None:
    """Whether an exam sign was found, when its words or those beside it say so."""
    own = given.small[start:end]
    first, last = given.sentence(start)
    before, after = given.small[max(first, start - 14) : start], given.small[end : min(last, end + 22)]
    after = re.split(r"[,;]", after)[0]
    before = re.split(r"[,;]", before)[-1]
    for part in (own, after, before):
        if words.sign_absent.search(part):
            return "absent"
        if words.sign_present.search(part):
            return "present"
    return None


def _nerve_region(small: str, place: Place, side: str | None) -> str | None:
    """Numbness or weakness of a limb belongs to the spine the text speaks of; both legs can only be the spine's."""
    limb = place.part.limb
    if limb == "leg" and place.part.region is None and (side == "bilateral" or limb_words(small, "leg")):
        return "lumbar_spine"
    if limb == "arm" and place.part.region is None and limb_words(small, "arm"):
        return "cervical_spine"
    return place.part.region


def _spoken_of(at: list[Place], given: Context, start: int) -> tuple[str | None, str | None]:
    """The joint last spoken of before: "My left knee hurts. It locks." """
    before = [p for p in at if p.end <= start and p.part.region and start - p.end < 160]
    return (before[-1].part.region, before[-1].side) if before else (None, None)


def _length(given: Context, lengths: list[Duration], start: int, end: int) -> Duration | None:
    """The length of time said of these words: the nearest of the clause, with no treatment between."""
    first, last = given.sentence(start)
    small, best, how_far = given.small, None, 46
    for length in lengths:
        if not first <= length.start < last:
            continue
        gap = small[end : length.start] if length.start >= end else small[length.end : start]
        after = length.start >= end
        if re.search(
            r"[;.!?\n]|\b(?:but|then|after|did|tried|took|therapy|pt|saw|had|went|ibuprofen|denied|no|not)\b", gap
        ):
            continue
        far = len(gap) + (0 if after else 6)
        if far < how_far:
            best, how_far = length, far
    return best


def _clause(given: Context, start: int, end: int) -> str:
    """The words around a finding up to the next mark or "but"."""
    first, last = given.sentence(start)
    before = re.split(
        r"[;,:\n]|\bbut\b|\bno\b|\band (?:my|i|a|the|some|no)\b", given.small[max(first, start - 60) : start]
    )[-1]
    after = re.split(r"[;,:\n]|\bbut\b|\bno\b|\band (?:my|i|a|the|some|no)\b", given.small[end : min(last, end + 60)])[
        0
    ]
    return before + given.small[start:end] + after


def _quality(options: tuple[tuple[str, re.Pattern[str]], ...], clause: str) -> str | None:
    return next((name for name, pattern in options if pattern.search(clause)), None)


def _severity(words: _Words, name: str, clause: str) -> str | None:
    if name == "trauma":
        return "severe" if words.serious_injury.search(clause) else None
    if name == "thunderclap_headache":
        return "severe"
    return _quality(words.severity, clause)


def _merged(items: list[FindingItem]) -> list[FindingItem]:
    """One item for what is said twice: same finding, status and place. Details said later fill in."""
    kept: list[FindingItem] = []
    for item in sorted(items, key=lambda i: (i.start, i.end)):
        for i, old in enumerate(kept):
            if (
                old.id == item.id
                and old.status == item.status
                and _same(old.region, item.region)
                and _same(old.side, item.side)
            ):
                kept[i] = replace(
                    old,
                    weeks=old.weeks if old.weeks is not None else item.weeks,
                    since=old.since or item.since,
                    side=old.side or item.side,
                    region=old.region or item.region,
                    onset=old.onset or item.onset,
                    severity=old.severity or item.severity,
                )
                break
        else:
            kept.append(item)
    now = [k for k in kept if k.status == "present"]
    # "History of migraines, and now a headache": what is there now is what counts.

    def still(item: FindingItem) -> bool:
        return any(n.id == item.id and _same(n.region, item.region) for n in now)

    return [k for k in kept if not (k.status in ("historical", "uncertain") and still(k))]


def _same(a: str | None, b: str | None) -> bool:
    return a is None or b is None or a == b
