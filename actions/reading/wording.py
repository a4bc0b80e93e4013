"""Ideas in a sentence, however they are worded: words are sorted into ideas, and ideas make a saying.

"No notes came", "the chart was never sent" and "nothing from the office reached us" are one saying: something is
lacking, it is a record, it should have come. `rules/wording.yml` lists the words of each idea and, for each reason,
the ideas that must stand near each other. A sentence is read once, word by word; no expression is tried on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, permutations, product

from actions.reading.rules import rules

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+)*|[;:.!?|]")
_PARTED = {"cannot": ("can", "not"), "wont": ("will", "not"), "won't": ("will", "not"), "gotta": ("got", "to")}
_JOINED_NOT = frozenset(
    (
        "isnt",
        "arent",
        "wasnt",
        "werent",
        "doesnt",
        "dont",
        "didnt",
        "hasnt",
        "havent",
        "hadnt",
        "cant",
        "couldnt",
        "wouldnt",
    )
)
_NUMBER_AND_UNIT = re.compile(r"([0-9]{1,3})(w|wks?|weeks?|mos?|months?|d|days?|yrs?)")
# A saying does not reach over these.
_ENDS = frozenset({";", ".", "!", "?", "|", "but", "although", "though", "however"})
_NEAR = 5
"""Words that may stand between two ideas of a saying where it gives no other number."""
_MOST_WORDS = 400
_MOST_SAID = 20
_MOST_SENTENCES = 256
"""Sentences of one text whose ideas are at hand, since each reason looks at all of them."""


@dataclass(frozen=True)
class _Step:
    ideas: frozenset[str]
    near: int


@dataclass(frozen=True)
class Sayings:
    """The sayings of one reason; `unless` are those that take them back in the same sentence."""

    says: tuple[tuple[_Step, ...], ...]
    weak: tuple[tuple[_Step, ...], ...]
    unless: tuple[tuple[_Step, ...], ...]


@dataclass(frozen=True)
class Ideas:
    """The words of a sentence by place, and where each idea stands: (first word, behind the last word)."""

    spans: tuple[tuple[int, int], ...]
    ends: tuple[int, ...]
    places: dict[str, tuple[tuple[int, int], ...]]
    possible: Mapping[int, list[tuple[_Step, ...]]]
    """Of each list of sayings, by its `id`, those each of whose ideas stands somewhere in the sentence."""


@lru_cache(maxsize=_MOST_SENTENCES)
def ideas(text: str) -> Ideas:
    """The ideas of a sentence's text. Reads the first 400 words."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for token in islice(_TOKEN.finditer(text.lower()), _MOST_WORDS):
        for word in _parts(token.group()):
            words.append(_as_known(word))
            spans.append(token.span())
    found: dict[str, list[tuple[int, int]]] = {}
    covered = 0
    for place, word in enumerate(words):
        meant = [
            (len(phrase), idea)
            for phrase, idea in _lexicon().get(word, ())
            if len(phrase) == 1 or tuple(words[place : place + len(phrase)]) == phrase
        ]
        if word.isdigit():
            meant.append((1, "NUMBER"))
        # "X-ray report" is a record: the words inside a longer phrase say nothing of their own.
        longest = max((length for length, _ in meant), default=0)
        if place + longest <= covered:
            continue
        for length, idea in meant:
            if length == longest:
                found.setdefault(idea, []).append((place, place + length))
        covered = max(covered, place + longest)
    ends = tuple(i for i, word in enumerate(words) if word in _ENDS)
    return Ideas(tuple(spans), ends, {idea: tuple(places) for idea, places in found.items()}, _possible(found))


def _parts(word: str) -> tuple[str, ...]:
    """ "didn't" as "did" and "not"; "6wk" as "6" and "wk"; "doctor's" as "doctor"."""
    if word in _PARTED:
        return _PARTED[word]
    run_on = _NUMBER_AND_UNIT.fullmatch(word)
    if run_on:
        return run_on[1], run_on[2]
    if word in _JOINED_NOT or word.endswith("n't"):
        stem = word.removesuffix("nt").removesuffix("n't")
        return ({"ca": "can", "wo": "will"}.get(stem, stem), "not")
    return (word.split("'")[0],)


def said(name: str, text: str, *, weak: bool = False) -> Iterator[tuple[int, int]]:
    """Where the text gives the reason of this name: (start, end) from the first word of a saying to its last.

    `weak`: what counts only where nothing plainer is said.
    """
    sayings = _sayings().get(name)
    if sayings is None:
        return
    read = ideas(text)
    listed = sayings.weak if weak else sayings.says
    for span in _meant(listed, read) if id(listed) in read.possible else ():
        if any(True for saying in _of_list(sayings.unless, read) for _ in _standing(saying, read)):
            return
        yield span


def denied(text: str) -> Iterator[tuple[int, int]]:
    """Where the text says that something was denied."""
    return _meant(_denial().says, ideas(text))


def any_reason(text: str) -> Iterator[tuple[int, int]]:
    """Where the text says what would be a reason for a denial, whichever it is."""
    for name in _sayings():
        yield from said(name, text)


def _meant(sayings: tuple[tuple[_Step, ...], ...], read: Ideas) -> Iterator[tuple[int, int]]:
    """The first places where one of the sayings stands, none that a doubt in its clause takes back."""
    places = (place for saying in _of_list(sayings, read) for place in _standing(saying, read))
    for first, last in islice(places, _MOST_SAID):
        doubts = (place for saying in _of_list(_doubts(), read) for place in _standing(saying, read))
        if not any(start < last and not any(behind <= end < first for end in read.ends) for start, behind in doubts):
            yield read.spans[first][0], read.spans[last - 1][1]


def _possible(found: Mapping[str, object]) -> dict[int, list[tuple[_Step, ...]]]:
    """The sayings each of whose ideas was found, in their order, by the `id` of the list they stand in."""
    begun = sorted({number for idea in found for number in _by_first_idea().get(idea, ())})
    made: dict[int, list[tuple[_Step, ...]]] = {}
    for number in begun:
        listed, saying = _all_sayings()[number]
        if not any(step.ideas.isdisjoint(found) for step in saying):
            made.setdefault(listed, []).append(saying)
    return made


@lru_cache(maxsize=1)
def _all_sayings() -> tuple[tuple[int, tuple[_Step, ...]], ...]:
    """Every saying with the `id` of its list."""
    lists = [listed for each in (*_sayings().values(), _denial()) for listed in (each.says, each.weak, each.unless)]
    return tuple((id(listed), saying) for listed in (*lists, _doubts()) for saying in listed)


@lru_cache(maxsize=1)
def _by_first_idea() -> dict[str, list[int]]:
    """For each idea the numbers of the sayings that it may begin."""
    made: dict[str, list[int]] = {}
    for number, (_, saying) in enumerate(_all_sayings()):
        for idea in saying[0].ideas:
            made.setdefault(idea, []).append(number)
    return made


def _of_list(sayings: tuple[tuple[_Step, ...], ...], read: Ideas) -> list[tuple[_Step, ...]] | tuple[()]:
    return read.possible.get(id(sayings), ())


def _standing(saying: tuple[_Step, ...], read: Ideas) -> Iterator[tuple[int, int]]:
    """(first word, behind the last word) of each place where the ideas follow each other near enough."""
    for first, last in _of(saying[0], read):
        end = _following(saying, 1, last, read)
        if end is not None:
            yield first, end


def _following(saying: tuple[_Step, ...], number: int, place: int, read: Ideas) -> int | None:
    if number == len(saying):
        return place
    step = saying[number]
    for first, last in _of(step, read):
        if place <= first <= place + step.near and not any(place <= end < first for end in read.ends):
            end = _following(saying, number + 1, last, read)
            if end is not None:
                return end
    return None


def _of(step: _Step, read: Ideas) -> list[tuple[int, int]]:
    """Where one of the step's ideas stands, in the order of the text."""
    return sorted(place for idea in step.ideas for place in read.places.get(idea, ()))


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """For each word that begins a phrase of an idea, those phrases and their ideas."""
    made: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for idea, lists in rules("wording")["ideas"].items():
        for phrase in ",".join(lists).split(","):
            for words in _forms(phrase.strip()):
                made.setdefault(words[0], []).append((words, idea))
    return {word: tuple(phrases) for word, phrases in made.items()}


def _forms(phrase: str) -> Iterator[tuple[str, ...]]:
    """The phrase's words; each that ends in "~" in all its regular forms."""
    return product(*(_inflected(word[:-1]) if word.endswith("~") else [word] for word in phrase.split()))


def _inflected(stem: str) -> set[str]:
    bare = stem[:-1] if stem[-1] in "ey" else stem
    tails = {"y": ("y", "ies", "ied", "ying"), "e": ("e", "es", "ed", "ing")}.get(
        stem[-1], ("", "s", "es", "ed", "ing")
    )
    forms = {bare + tail for tail in tails} | {stem + "s"}
    if stem[-1] not in "aeiouwxy" and len(stem) > 2:
        forms |= {stem + stem[-1] + tail for tail in ("ed", "ing")}
    return forms


_SHORTEST_MENDED = 7


def _skeleton(word: str) -> str:
    """First letter and consonants, doubled ones once: what a misspelt long word keeps."""
    rest = re.sub(r"[aeiou]", "", word[1:]).replace("z", "s")
    return re.sub(r"(.)\1+", r"\1", word[0] + rest)


@lru_cache(maxsize=1)
def _skeletons() -> dict[str, str]:
    return {_skeleton(word): word for word in _lexicon() if len(word) >= _SHORTEST_MENDED}


def _as_known(word: str) -> str:
    """The word as the ideas have it: a long one that is misspelt ("recieved", "autherization") as it was meant.

    A scan reads "m" as "rn": "rnedically".
    """
    if word in _lexicon():
        return word
    if "rn" in word and word.replace("rn", "m") in _lexicon():
        return word.replace("rn", "m")
    if len(word) < _SHORTEST_MENDED:
        return word
    return _skeletons().get(_skeleton(word), word)


@lru_cache(maxsize=1)
def _doubts() -> tuple[tuple[_Step, ...], ...]:
    """What makes anything behind it in its clause a case that is only thought of, or a right."""
    return tuple(_all_steps(rules("wording")["doubts"]))


@lru_cache(maxsize=1)
def _sayings() -> dict[str, Sayings]:
    return {name: _sayings_of(entry) for name, entry in rules("wording")["reasons"].items()}


@lru_cache(maxsize=1)
def _denial() -> Sayings:
    return _sayings_of(rules("wording")["denial"])


def _sayings_of(entry: Mapping[str, list[str]]) -> Sayings:
    return Sayings(*(tuple(_all_steps(entry.get(part, ()))) for part in ("says", "weak", "unless")))


_STEP = re.compile(r" >([0-9]{0,2}) ")


def _all_steps(listed: Iterable[str]) -> Iterator[tuple[_Step, ...]]:
    for saying in listed:
        orders = permutations(saying.split(" + ")) if " + " in saying else [(saying,)]
        for order in orders:
            yield _steps(" > ".join(order))


def _steps(saying: str) -> tuple[_Step, ...]:
    """ "RECORD >6 NOT > SENT": each idea, or one of several, and how many words may stand before it."""
    parts = _STEP.split(saying)
    made = [_step(parts[0], 0)]
    made += [_step(names, int(near or _NEAR)) for near, names in zip(parts[1::2], parts[2::2], strict=True)]
    return tuple(made)


def _step(names: str, near: int) -> _Step:
    meant = frozenset(names.split("|"))
    unknown = sorted(meant - set(rules("wording")["ideas"]) - {"NUMBER"})
    if unknown:
        raise ValueError(f"rules/wording.yml: no idea is called {', '.join(unknown)}; add it under 'ideas'")
    return _Step(meant, near)
