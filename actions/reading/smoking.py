"""How much somebody has smoked, in pack-years, and how many years ago they stopped (`rules/smoking.yml`).

A pack-year is a pack of twenty a day for a year: what preventive rules for a lung scan count in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from actions.reading.assertion import Context
from actions.reading.clinical_items import FindingItem
from actions.reading.compiled import compiled
from actions.reading.found import Found
from actions.reading.rules import rules

_SMOKING = "smoking_history"
_STATED, _COUNTED = 0.9, 0.8
_A_PACK = 20
_PACKS_OF_A_CARTON, _DAYS_OF_A_WEEK = 10, 7
_NEAR = 40
"""Characters between a daily number and its years."""
_FAR = 160
_SENTENCES = 5
"""Characters, and sentences, from the words of smoking within which a number belongs to them."""
_MOST_YEARS, _MOST_PACKS = 90, 6
_ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_PARTS = {"½": 0.5, "1/2": 0.5, "¼": 0.25, "1/4": 0.25, "¾": 0.75, "3/4": 0.75}


@dataclass(frozen=True)
class Smoking:
    """`pack_years`, and `quit_years`: the years since the last cigarette, 0 for who smokes. None where nobody said."""

    pack_years: Found | None = None
    quit_years: Found | None = None


def smoking(given: Context, found: Iterable[FindingItem], age: int | None, today: date) -> Smoking:
    """What the text says of the patient's smoking; offsets into the text made ready. Never raises.

    `found`: the findings of the text, which tell whose smoking it is. `age`: the patient's, in years. A number that two
    others make (packs a day times years) is less sure than one that stands there.
    """
    said = [item for item in found if item.id == _SMOKING]
    if not any(item.status in ("present", "historical") for item in said):
        return Smoking()
    mine = _Passages(given, said)
    quit_years = _quit_years(mine, age, today)
    smoked_until = age - quit_years.value if age is not None and quit_years is not None else None
    return Smoking(_pack_years(mine, smoked_until, age if quit_years is None else None), quit_years)


@dataclass(frozen=True)
class _Passages:
    """The parts of a text that speak of the patient's own smoking."""

    given: Context
    said: list[FindingItem]

    def find(self, name: str) -> Iterator[re.Match[str]]:
        return (m for m in _rule(name).finditer(self.given.small) if self._own(m.start()))

    def in_one_sentence(self, at: int) -> bool:
        """Whether the words of smoking stand in the sentence of this place."""
        return any(self.given.number(item.start) == self.given.number(at) for item in self.said)

    def _own(self, at: int) -> bool:
        """Whether the words of smoking nearest to this place are the patient's, and near."""
        near = min(self.said, key=lambda item: abs(item.start - at))
        apart = abs(self.given.number(near.start) - self.given.number(at))
        return near.status in ("present", "historical") and apart <= _SENTENCES and abs(near.start - at) <= _FAR


@cache
def _rule(name: str) -> re.Pattern[str]:
    """An expression of the file, with the numbers it is made of put in."""
    given = rules("smoking")["expressions"]
    sources = [given[name]] if isinstance(given[name], str) else given[name]
    filled = (s.replace("{number}", given["number"]).replace("{amount}", given["amount"]) for s in sources)
    return compiled("|".join(f"(?:{source})" for source in filled))


def _number(words: str) -> float:
    """The number that such words are; 0 for words that are none."""
    words = words.strip()
    if words in _PARTS:
        return _PARTS[words]
    amounts = rules("smoking")["amounts"]
    if words in amounts:
        return float(amounts[words])
    half = next((part for part in ("1/2", "½", "and a half") if words.endswith(part)), "")
    whole = words.removesuffix(half).strip() if half else words
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", whole):
        value = float(whole)
    else:
        value = float(sum(_ONES.get(one, 0) for one in re.split(r"[ -]", whole)))
    return value + (0.5 if half else 0.0)


def _pack_years(mine: _Passages, until: float | None, age: int | None) -> Found | None:
    """`until`: the age, in years, at which the patient stopped, or is now who still smokes."""
    for m in mine.find("pack_years"):
        stated = _number(next(g for g in m.groups() if g))
        if 0 < stated <= _MOST_YEARS * _MOST_PACKS:
            return Found(stated, m.start(), m.end(), _STATED)
    for m in mine.find("daily"):
        packs = _packs(m)
        years = _years_beside(mine.given, m) or _since_age(mine.given, m, until, age)
        if years and 0 < packs <= _MOST_PACKS:
            number, start, end = years
            return Found(round(packs * number, 1), min(start, m.start()), max(end, m.end()), _COUNTED)
    return None


def _packs(m: re.Match[str]) -> float:
    if m["one"]:
        return 1.0
    if m["cartons"]:
        return _number(m["cartons"]) * _PACKS_OF_A_CARTON / _DAYS_OF_A_WEEK
    if m["sticks"]:
        return _number(m["sticks"]) / _A_PACK
    return _number(m["packs"] or m["ppd"]) + (0.5 if m["half"] else 0.0)


def _years_beside(given: Context, daily: re.Match[str]) -> tuple[float, int, int] | None:
    """(years, start, end) of the length nearest to a daily number in its sentence: behind it, else before."""
    first, last = given.sentence(daily.start())
    found = []
    for name in ("for_years", "from_to", "in_years"):
        for m in _rule(name).finditer(given.small, max(first, daily.start() - _NEAR), min(last, daily.end() + _NEAR)):
            years = _years_of(name, m)
            if 0 < years <= _MOST_YEARS and not daily.start() <= m.start() < daily.end():
                found.append((m.start() < daily.start(), abs(m.start() - daily.end()), years, m.start(), m.end()))
    return min(found)[2:] if found else None


def _years_of(name: str, m: re.Match[str]) -> float:
    """The years that a length, two ages or two calendar years make."""
    if name == "for_years":
        return _number(m["years"])
    if name == "from_to":
        return float(int(m["to"]) - int(m["from"]))
    return float(_then(m) - int(m["first"]))


def _then(m: re.Match[str]) -> int:
    """The last of two years: "1970-95" is of one century."""
    last = int(m["then"])
    return last if last > 99 else int(m["first"]) // 100 * 100 + last


def _over(small: str, m: re.Match[str]) -> bool:
    """ "I am not smoking any more", "he smoke before": no smoker of today."""
    return (
        _rule("no_longer").search(small, max(0, m.start() - 24), m.start()) is not None
        or _rule("no_longer").search(small, max(0, m.start() - 24), m.end() - len(m[0].split()[-1])) is not None
        or _rule("before_now").match(small, m.end()) is not None
    )


def _years_since(said: re.Match[str], today: date) -> int:
    """The years since one that is written out, or as "'09"."""
    if said["year"]:
        return today.year - int(said["year"])
    return (today.year - int(said["short"])) % 100


def _since_age(
    given: Context, daily: re.Match[str], until: float | None, age: int | None
) -> tuple[float, int, int] | None:
    """The years from an age ("since I was 18") to the last cigarette, or to today."""
    first, last = given.sentence(daily.start())
    start, end = max(first, daily.start() - _NEAR), min(last, daily.end() + _NEAR)
    began = next(_rule("since_age").finditer(given.small, start, end), None)
    if until is None and began is not None and began[0].startswith("since") and age is not None:
        # "A pack a day since he was 17": who tells it so has not stopped.
        until = float(age)
    if began is None or until is None or not 0 < until - int(began["began"]) <= _MOST_YEARS:
        return None
    return until - int(began["began"]), began.start(), began.end()


def _quit_years(mine: _Passages, age: int | None, today: date) -> Found | None:
    small = mine.given.small
    for m in mine.find("quit"):
        end = mine.given.sentence(m.start())[1]
        if _rule("other_habit").match(small[m.end() : end]) or _rule("again").match(small, m.end(), end):
            continue
        ago = _rule("years_ago").match(small, m.end(), end)
        if ago:
            per_year = {"y": 1, "m": 12, "w": 52}[ago["unit"][0]]
            return Found(round(_number(ago["ago"]) / per_year, 1), m.start(), ago.end(), _STATED)
        lately = _rule("last_year").match(small, m.end(), end)
        if lately:
            return Found(1.0, m.start(), lately.end(), _COUNTED)
        year = _rule("in_year").match(small, m.end(), end)
        ago_in_years = _years_since(year, today) if year else -1
        if year and ago_in_years >= 0:
            return Found(float(ago_in_years), m.start(), year.end(), _COUNTED)
        at = _rule("at_age").match(small, m.end(), end)
        then = _number(at["at"]) if at else None
        if at and then is not None and age is not None and then <= age:
            return Found(age - then, m.start(), at.end(), _COUNTED)
    now = next((m for m in mine.find("smokes") if not _over(small, m)), None)
    if now:
        return Found(0.0, now.start(), now.end(), _STATED)
    for years in mine.find("in_years"):
        # "I smoked. We lived in Ohio 1970 to 1995": years of something else.
        if not mine.in_one_sentence(years.start()):
            continue
        if int(years["first"]) < _then(years) <= today.year:
            return Found(float(today.year - _then(years)), years.start(), years.end(), _COUNTED)
    until = next(mine.find("from_to"), None)
    if until is None or age is None or not int(until["from"]) < int(until["to"]) <= age:
        return None
    return Found(float(age - int(until["to"])), until.start(), until.end(), _COUNTED)
