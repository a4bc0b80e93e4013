"""An answer in words to the question that was asked, as the value the check expects; in doubt unclear."""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from actions.reading.clinical import Clinical, read_clinical
from actions.reading.dates import DateHit, Duration, dates, durations, weeks_since
from actions.reading.language import form, lower, tokens
from actions.reading.letter_dates import day_it_came
from actions.reading.rules import read
from criteria.results import Option, Question
from criteria.strict_yaml import Node

_RULES = Path(__file__).parent / "rules" / "answers.yml"
_LONGEST = 4000
_DENIED = r"(?:\b(?:not|never)|n't) (?:(?:in|on|the|my|its|a|been|yet) )*"
State = Literal["answered", "dont_know", "skipped", "unclear"]


@dataclass(frozen=True)
class Answer:
    """How a question was answered. `value` stands only with "answered": bool for yes_no, list of chosen values for
    any_of (none chosen: []), the value of a choice, float for number and weeks, date for date, str for text.

    `no_others`: of a list, what is not in `value` was denied beside it ("none of those except my foot is weak").
    """

    state: State
    value: Any = None
    no_others: bool = False


_UNCLEAR = Answer("unclear")


@dataclass(frozen=True)
class _Words:
    patterns: dict[str, re.Pattern[str]]
    ordinals: dict[str, int]
    numbers: dict[str, int]
    beside_weeks: frozenset[str]
    fillers: frozenset[str]
    small: frozenset[str]
    bare_yes: frozenset[str]
    beside_bare: frozenset[str]
    values: dict[str, tuple[str, ...]]
    kinds: dict[str, tuple[str, ...]]
    """A value -> those that are kinds of it, and say more."""
    chooses_nothing: frozenset[str]
    alone: dict[str, frozenset[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    given: Node = read(_RULES)
    patterns = (
        "dont_know", "skipped", "yes", "no", "not_yes", "unsure", "none", "all", "both", "correction", "over",
        "nothing_at_hand", "unknown_part", "no_to_all", "goes_on_after", "no_others", "excepts", "all_but", "misread",
        "by_order",
    )  # fmt: skip
    lists = (
        "ordinals",
        "numbers",
        "beside_weeks",
        "number_fillers",
        "small_words",
        "bare_yes",
        "beside_bare",
        "values",
        "kinds",
        "chooses_nothing",
        "alone",
    )
    given.check_keys((*patterns, *lists))
    return _Words(
        {name: re.compile(given[name], re.S) for name in patterns},
        dict(given["ordinals"]),
        dict(given["numbers"]),
        frozenset(given["beside_weeks"]),
        frozenset(str(w) for w in given["number_fillers"]),
        frozenset(str(w) for w in given["small_words"]),
        frozenset(given["bare_yes"]),
        frozenset(given["beside_bare"]),
        {value: tuple(names) for value, names in given["values"].items()},
        {value: tuple(kinds) for value, kinds in given["kinds"].items()},
        frozenset(form(word) for word in given["chooses_nothing"]),
        {value: frozenset(names) for value, names in given["alone"].items()},
    )


def read_answer(text: str, question: Question, today: date) -> Answer:
    """What a message answers to `question`; relative dates are resolved against `today`. Never raises."""
    words = _words()
    text = text[:_LONGEST].strip()
    said = re.sub(r"\s+", " ", lower(text)).strip(" .!,;:")
    if not said:
        return _UNCLEAR
    if question.kind == "text":
        if words.patterns["skipped"].match(said):
            return Answer("skipped")
        return (
            Answer("dont_know")
            if len(said) < 40 and words.patterns["dont_know"].match(said)
            else Answer("answered", text)
        )
    if words.patterns["skipped"].match(said):
        return Answer("skipped")
    short = re.sub(r"^(?:it'?s|it is|that'?s|that is) (?!not\b)", "", said)
    bare = re.sub(r"^(?:(?:the|my|of|an?|for|just|on|in) )+", "", short)
    exact = [o.value for o in question.options if {said, short, bare} & _names(o)]
    if len(exact) == 1:
        return Answer("answered", exact if question.kind == "any_of" else exact[0])
    if words.patterns["dont_know"].match(said) and not _goes_on(said):
        return Answer("dont_know")
    if question.kind == "yes_no":
        return _yes_no(text, said, question, today)
    if question.kind == "any_of":
        return _any_of(text, said, question, today)
    if question.kind == "choice":
        return _choice(said, question, text)
    if question.kind == "weeks":
        return _weeks(text, said, question, today)
    if question.kind == "number":
        return _number(said, question)
    return _date(text, question, today)


def _plain(title: str) -> str:
    return re.sub(r"\s+", " ", lower(title)).strip(" .!,;:")


def _names(option: Option) -> set[str]:
    """What names exactly this option: its title, with or without a "no," or "yes," before it, or its value."""
    title = _plain(option.say)
    bare = re.sub(r"^(?:yes|no), (?:and )?", "", title)
    return {title, bare, lower(option.value), *_words().alone.get(option.value, ())}


def _goes_on(said: str) -> bool:
    """ "I don't know about fever, but I have numbness": an answer follows."""
    return bool(re.search(r"\b(?:but|though|maybe|probably|about [0-9]|around [0-9])\b", said))


# --- yes or no ---


def _yes_no(text: str, said: str, question: Question, today: date) -> Answer:
    patterns = _words().patterns
    told = _told(read_clinical(text, today), question)
    if patterns["not_yes"].match(said):
        return _UNCLEAR if told is None else Answer("answered", told)
    yes, no = patterns["yes"].match(said), patterns["no"].match(said)
    if told is not None and (yes is None or told) and (no is None or not told):
        return Answer("answered", told)
    if (yes or no) and told is not None and len(said.split()) > 2 and not re.match(r"(?:no|nope|yes|yeah)\b", said):
        return _UNCLEAR
    if yes and patterns["over"].search(said) and _asks_of_now(question):
        return _UNCLEAR
    unsure = patterns["unsure"].search(said)
    if unsure and not re.match(r"(?:yes|yeah|yep|no|nope|never)\b", said):
        return _UNCLEAR
    if yes and not no:
        return Answer("answered", True)
    return Answer("answered", False) if no and not yes else _UNCLEAR


def _asks_of_now(question: Question) -> bool:
    """Whether what is over does not answer: care, imaging and past events count although they are over."""
    return not any(
        re.match(r"(?:treatment|imaging|evaluation|peer_to_peer|prior_|trauma)|.*_history\b", fact)
        for fact in question.facts
    )


def _told(clinical: Clinical, question: Question) -> bool | None:
    """What the words say of the one fact that the question asks about: it is there, it is not, or nothing clear."""
    if len(question.facts) != 1:
        return None
    statuses = _statuses(clinical).get(question.facts[0], set())
    if statuses == {"present"}:
        return True
    return False if statuses == {"absent"} else None


def _statuses(clinical: Clinical) -> dict[str, set[str]]:
    """The statuses said of each fact, by the fact's public key."""
    found: dict[str, set[str]] = {}
    for f in clinical.findings:
        found.setdefault(f.id, set()).add(f.status)
    for t in clinical.treatments:
        found.setdefault(f"treatment.{t.kind}", set()).add(t.status)
    for i in clinical.imaging:
        found.setdefault(f"imaging.{i.modality}" + (f".{i.region}" if i.region else ""), set()).add(i.status)
    return found


# --- several of a list ---


def _any_of(text: str, said: str, question: Question, today: date) -> Answer:
    words = _words()
    values = [o.value for o in question.options if o.value != "none"]
    if words.patterns["none"].match(said):
        return Answer("answered", [])
    whole = _of_the_whole(text)
    if whole is not None:
        return _but_these(whole, text, question, today)
    if words.patterns["all"].match(said):
        return Answer("answered", values)
    if words.patterns["both"].match(said):
        return Answer("answered", values) if len(values) == 2 else _UNCLEAR
    by_place = _places(said, len(question.options))
    if by_place is not None:
        chosen = [question.options[i].value for i in by_place]
        return Answer("answered", [] if chosen == ["none"] else [v for v in chosen if v != "none"])
    present, absent = _chosen(text, question, today)
    present |= _by_order(said, question)
    if present:
        return Answer("answered", [v for v in values if v in present])
    if absent >= set(values):
        return Answer("answered", [])
    if (
        re.match(r"(?:no|none|nope|nothing)\b", said)
        and len(absent) >= 1
        and re.search(r"\b(?:or (?:any|anything)|none of|any of)\b", said)
    ):
        return Answer("answered", [])
    return _UNCLEAR


@dataclass(frozen=True)
class _Whole:
    """Words that answer a list as a whole. `rest`: the message without them, in its own length."""

    kind: Literal["none", "all_but", "misread"]
    rest: str
    excepts: bool = False


def _of_the_whole(text: str) -> _Whole | None:
    """ "None of those except …", "all of them but …", "rest neg": what is said of all that a list shows, or None."""
    patterns = _words().patterns
    small = re.sub(r"\s", " ", lower(text))
    taken_back = list(patterns["misread"].finditer(small))
    if taken_back and patterns["none"].match(_plain(small[taken_back[-1].end() :])):
        return _Whole("misread", " " * len(text))
    all_but = patterns["all_but"].match(small.lstrip())
    if all_but:
        return _Whole("all_but", small.lstrip()[all_but.end() :])
    # "No fever": only what ends there, or goes on with an exception, is said of all.
    first = patterns["no_to_all"].match(small)
    if first and not patterns["goes_on_after"].match(small, first.end()):
        first = None
    # "Rest neg. Nothing else": each of them is out of what is read.
    spans = [m.span() for m in (first, *patterns["no_others"].finditer(small)) if m]
    if not spans:
        return None
    rest = text
    for start, end in spans:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    return _Whole("none", rest, bool(first and patterns["excepts"].match(small, first.end())))


def _but_these(whole: _Whole, text: str, question: Question, today: date) -> Answer:
    """What a message that denies, or affirms, a whole list says of each: those it names by themselves are excepted."""
    values = [o.value for o in question.options if o.value != "none"]
    if whole.kind == "misread":
        return Answer("answered", [])
    present, absent = _chosen(whole.rest, question, today)
    present |= _by_order(_plain(whole.rest), question)
    if whole.kind == "all_but":
        named = present | absent
        return Answer("answered", [v for v in values if v not in named], no_others=True) if named else _UNCLEAR
    if present:
        return Answer("answered", [v for v in values if v in present], no_others=True)
    if whole.excepts and not _says_something(whole.rest, today):
        return _UNCLEAR  # "none of these except my leg feels like jelly": whatever it is, it must not be denied
    return Answer("answered", [])


def _says_something(text: str, today: date) -> bool:
    """Whether anything of the body, of care or of pictures is read in it, or a question is asked."""
    found = read_clinical(text, today)
    return bool(found.findings or found.treatments or found.imaging or found.evaluations or "?" in text)


def told_beside(text: str, question: Question | None) -> str:
    """The message without the words that answer a list as a whole, in its own length: these tell of no one thing.

    "No to all of those, a little tingling in the thumb" must not read as no tingling.
    """
    if question is None or question.kind != "any_of":
        return text
    whole = _of_the_whole(text)
    if whole is None:
        return text
    return " " * len(text) if whole.kind == "all_but" else whole.rest


def doubtful(text: str, question: Question, today: date) -> frozenset[str]:
    """The options of which a message says neither yes nor no: "maybe some numbness", "chills years ago"."""
    statuses = _statuses(read_clinical(text, today))
    names = {o.value: (o.value, f"treatment.{o.value}") for o in question.options}
    return frozenset(v for v, keys in names.items() if any(statuses.get(k, set()) - {"absent"} for k in keys))


def denied_by_title(text: str, question: Question) -> frozenset[str]:
    """The options that a short message denies by words of their titles alone, and says little besides: "no lump"."""
    small = lower(text).strip()
    if len(small.split()) > _SHORT or not re.match(r"(?:no|nope|not|denies|without|never)\b", small):
        return frozenset()
    said = _content(text) - _content("no nope not denies without never")
    found = set()
    for option in question.options:
        others = set().union(*(_content(o.say) for o in question.options if o is not option))
        own = said & (_content(option.say) - others)
        if own and len(said & _content(option.say)) * 2 >= len(said):
            found.add(option.value)
    return frozenset(found)


def _by_order(said: str, question: Question) -> set[str]:
    """The options that a message names first by their order: "the first two, plus advil", "1st one. Not the others"."""
    words = _words()
    match = words.patterns["by_order"].match(said)
    if match is None:
        return set()
    places = _places(match["which"].strip(" ,"), len(question.options))
    return {question.options[i].value for i in places or ()}


def _chosen(text: str, question: Question, today: date) -> tuple[set[str], set[str]]:
    """(said to be so, said not to be so) among the options: by what is read clinically, else by their titles."""
    clinical = read_clinical(text, today)
    statuses = _statuses(clinical)
    unread = text
    for care in clinical.treatments:
        # "A steroid shot" is read: its words do not name the steroid pills as well.
        unread = unread[: care.start] + " " * (care.end - care.start) + unread[care.end :]
    present, absent = set(), set()
    for option in question.options:
        said_of = statuses.get(option.value, set()) | statuses.get(f"treatment.{option.value}", set())
        if "present" in said_of:
            present.add(option.value)
        elif "absent" in said_of:
            absent.add(option.value)
        elif not said_of:
            where = _titled(unread, option, question.options)
            if where is not None:
                (absent if _denied(text, where) else present).add(option.value)
    return present, absent


def _denied(text: str, where: int) -> bool:
    small = lower(text)
    clause = re.split(r"[.;!?]|\bbut\b|\bonly\b|\bjust\b|\bexcept\b", small[:where])[-1]
    return bool(re.search(r"\b(?:no|not|never|none|neither|nor|without|denies)\b|n't\b", clause))


def _titled(text: str, option: Option, options: tuple[Option, ...]) -> int | None:
    """Where the text names this option by words that no other option has, or None."""
    toks = tokens(text)
    own = _content(option.say)
    others = set().union(*(_content(o.say) for o in options if o.value != option.value)) if len(options) > 1 else set()
    telling = own - others
    hits = [t.start for t in toks if t.form in telling]
    return hits[0] if hits and len({t.form for t in toks} & own) * 2 >= len(own) else None


@lru_cache(maxsize=2000)
def _content(title: str) -> frozenset[str]:
    small = _words().small
    return frozenset(t.form for t in tokens(title) if t.text.lower() not in small and _is_word(t.text))


def _is_word(text: str) -> bool:
    """Whether a token can tell anything: a lone letter, or the end of "heart's", is in every second message."""
    return sum(c.isalnum() for c in text) > 1


@lru_cache(maxsize=2000)
def _telling(title: str) -> frozenset[str]:
    """The words of a title that choose it by themselves: none of what it explains ("red, white and blue card")."""
    return _content(re.sub(r"\([^)]*\)|, for example .*", " ", title)) or _content(title)


_BY_NUMBER = re.compile(r"\b(?:options?|numbers?|choices?|answers?|items?)\b|#")


def _places(said: str, count: int) -> list[int] | None:
    """The options chosen by number or order ("1 and 3", "the last one"), when the message says nothing else."""
    words = _words()
    several = re.fullmatch(r"(?:the |just |only )*first ([a-z]+|[0-9])(?: ones?)?", said)
    if several and several[1] not in ("one", "1"):
        many = int(several[1]) if several[1].isdigit() else words.numbers.get(several[1], 0)
        if 2 <= many <= count:
            return list(range(many))
    if re.search(r"[0-9](?: ?[-–/.:] ?| )[0-9]| (?:or|to) ", said):
        # "11/1" is a day, "2-3" or "two or three" a number of something, and neither a choice.
        return None
    found: list[int] = []
    for piece in re.findall(r"[0-9]+(?:st|nd|rd|th)?|[a-z']+|[^\sa-z0-9]", said):
        if piece in words.ordinals:
            found.append(words.ordinals[piece])
        elif piece.isascii() and piece.isdigit():
            if not _BY_NUMBER.search(said) and len(re.findall(r"[0-9]+", said)) < 2:
                # No list shows numbers: a bare "7" may be millimetres.
                return None
            found.append(int(piece))
        elif piece in words.numbers and words.numbers[piece] > 0 and piece not in ("one", "once", "twice"):
            found.append(words.numbers[piece])
        elif piece not in words.fillers:
            return None
    if said in ("one", "option one", "number one"):
        found.append(1)
    places = [count - 1 if n == -1 else n - 1 for n in found]
    return sorted(set(places)) if places and all(0 <= p < count for p in places) else None


# --- one of a list ---


def _choice(said: str, question: Question, text: str) -> Answer:
    """One of a list, by all that was said; else by the one sentence, no question, that names one and little more."""
    whole = re.findall(r"[^.;!?\n]+[.;!?\n]*", text)
    parts = [_plain(part) for part in whole if not part.rstrip().endswith("?")]
    given = _one_of(_plain(" ".join(parts)) if len(parts) < len(whole) and parts else said, question)
    if given.state == "answered" or len(parts) < 2 and "?" not in text:
        return given
    for part in parts:
        short = re.sub(r"^(?:it'?s|it is|that'?s|that is) (?!not\b)", "", part)
        exact = [o.value for o in question.options if {part, short} & _names(o)]
        named = Answer("answered", exact[0]) if len(exact) == 1 else _one_of(part, question)
        if named.state == "answered" and len(part.split()) <= _SHORT:
            return named
    return given


_SHORT = 8
"""Words of a sentence that is an answer by itself, beside others."""


def _one_of(said: str, question: Question) -> Answer:
    words = _words()
    by_place = _places(said, len(question.options))
    if by_place is not None:
        return Answer("answered", question.options[by_place[0]].value) if len(by_place) == 1 else _UNCLEAR
    nearly = _nearly(_own_words(said), question)
    if nearly is not None:
        return nearly
    # "Through work, no idea if self-funded": what they do not know is not said.
    said = words.patterns["unknown_part"].sub(" ", said).strip(" ,;") or said
    named = [
        (o.value, n)
        for o in question.options
        for n in words.values.get(o.value, ())
        if re.search(rf"(?<!\w){re.escape(n)}(?!\w)", said)
    ]
    # "Employer plan, fully insured": what is a kind of another one says more than that one.
    told = {v for v, _ in named}
    named = [(v, n) for v, n in named if told.isdisjoint(words.kinds.get(v, ()))]
    # "Medicare Advantage" also holds "medicare": the longest name said is the one meant.
    longest = max((len(n) for _, n in named), default=0)
    meant = {v for v, n in named if len(n) == longest}
    # "Not the left, the right": of what is named, what is not denied.
    denied = {v for v, n in named if re.search(_DENIED + rf"{re.escape(n)}(?!\w)", said)}
    kept = {v for v, _ in named} - denied
    if denied and len(kept) == 1:
        return Answer("answered", kept.pop())
    own = max((n for _, n in named), key=len, default="")
    if len(meant) == 1 and not re.search(r"\b(?:not|never|or)\b|n't\b", said.replace(own, "")):
        return Answer("answered", meant.pop())
    has_other = any(o.value == "other" for o in question.options)
    if has_other and words.patterns["none"].match(said) and re.search(r"\bof\b|^none$|^neither$", said):
        return Answer("answered", "other")
    for word in ("yes", "no"):
        bare = len(said.split()) <= 4 and words.beside_bare.issuperset(re.findall(r"[a-z']+", said))
        if bare and words.patterns[word].match(said) and not words.patterns["not_yes"].match(said):
            starting = [o.value for o in question.options if re.match(rf"{word}\b", _plain(o.say))]
            chosen = starting if len(starting) == 1 else [v for v in starting if v in words.bare_yes]
            return Answer("answered", chosen[0]) if len(chosen) == 1 else _UNCLEAR
    return _by_title(said, question)


_DENIES_A_TITLE = re.compile(
    r"\b(?:not|never|or|nope|nah|nothing|none)\b|n't\b|"
    r"\bno (?!(?:its?|it's|that'?s?|this|the|my|our|his|her|i'?m?|we|wait|sorry|actually)\b)"
)


def _by_title(said: str, question: Question) -> Answer:
    """The option that shares the most telling words with the message, when exactly one does."""
    mine = _own_words(said)
    nearly = _nearly(mine, question)
    if nearly is not None:
        return nearly
    if _DENIES_A_TITLE.search(said):
        return _UNCLEAR
    whole = [o.value for o in question.options if mine and mine == _content(o.say)]
    if len(whole) == 1:
        return Answer("answered", whole[0])
    scores = {o.value: len(mine & _telling(o.say)) for o in question.options}
    best = max(scores.values(), default=0)
    top = [v for v, n in scores.items() if n == best]
    if best == 0 or len(top) != 1:
        return _UNCLEAR
    second = max((n for v, n in scores.items() if v != top[0]), default=0)
    # One shared word among many of the message's own is chance. Words that any title may have choose nothing: "private
    # insurance".
    shared = next(mine & _telling(o.say) for o in question.options if o.value == top[0])
    enough = (best >= 2 or len(mine) <= 3) and not shared <= _words().chooses_nothing
    return Answer("answered", top[0]) if enough and best > second else _UNCLEAR


def _own_words(said: str) -> set[str]:
    return {t.form for t in tokens(said) if _is_word(t.text)} - {form(w) for w in _words().small}


def _nearly(mine: set[str], question: Question) -> Answer | None:
    """The one option whose title the words nearly are, denial and all: "strongly suspected but not proven"."""
    nearly = [o.value for o in question.options if _alike(mine, _content(o.say))]
    return Answer("answered", nearly[0]) if len(nearly) == 1 else None


def _alike(said: Set[str], title: Set[str]) -> bool:
    """Whether words are nearly a title's own."""
    return len(said & title) >= max(3, 0.75 * len(said | title))


# --- lengths, numbers, dates ---


def _weeks(text: str, said: str, question: Question, today: date) -> Answer:
    clinical = read_clinical(text, today)
    lengths = durations(text, today) or _bare_lengths(said, today)
    if _of_something_else(clinical, said, lengths, question):
        return _UNCLEAR
    corrected = _words().patterns["correction"].search(said)
    if corrected and len(lengths) > 1:
        return Answer("answered", lengths[-1].weeks)
    if len({d.weeks for d in lengths}) > 1:
        own = _own_weeks(clinical, question)
        return Answer("answered", own) if own is not None else _UNCLEAR
    if lengths:
        return Answer("answered", lengths[0].weeks)
    hits = dates(text, today) or dates(f"on {text}", today)
    if not hits and _of_the_complaint(question):
        # "June": since then the problem is there; care of "2019" is nowhere near as long.
        hits = dates(f"in {text}", today)
    past = [h for h in hits if h.date <= today]
    if len(past) == 1 and _when_it_began(f"in {text}", past[0]):
        return Answer("answered", weeks_since(past[0], today))
    number = _lone_number(said) if not hits and _only_weeks(said) else None
    in_weeks = re.search(r"\bweeks?\b", f"{question.say} {question.why}".lower())
    if number is not None and 0 <= number < _NO_WEEKS and in_weeks:
        return Answer("answered", number)
    return _UNCLEAR


_NO_WEEKS = 1900
"""From here a bare number is a year."""
_A_RANGE = re.compile(
    r"(?:(?:like|about|around|maybe|roughly|probably|i think|i guess),? )*[0-9]{1,2} ?(?:-|to|or) ?[0-9]{1,2}"
)
_ELSE = re.compile(
    r"\b(?:remission|(?:cancer|smoke)[- ]free|clean|sober|survivor|quit|retired|married|smoked|"
    r"(?:years|months|forever|always|ever|a while|long time|on and off)\b[^.;]{0,30}\bworse)\b"
)


def _bare_lengths(said: str, today: date) -> list[Duration]:
    """ "June to August", "6 or 8": what needs the question's own words to be a length."""
    if _A_RANGE.fullmatch(said):
        return durations(f"{said} weeks", today)
    return [d for d in durations(f"from {said}", today) if d.until is not None]


def _of_the_complaint(question: Question) -> bool:
    return "symptom_weeks" in (question.id, *question.facts)


def _of_something_else(clinical: Clinical, said: str, lengths: list[Duration], question: Question) -> bool:
    """Whether what an answer about the complaint tells is how long a drug or an illness lasted, or since when worse."""
    if clinical.symptom_weeks is not None or not _of_the_complaint(question):
        return False
    weeks = {d.weeks for d in lengths}
    of_others = {t.weeks for t in clinical.treatments} | {f.weeks for f in clinical.findings}
    begun = any(t.since is not None and t.since == d.first_day for t in clinical.treatments for d in lengths)
    return bool(weeks & of_others) or begun or bool(weeks and _ELSE.search(said))


def _only_weeks(said: str) -> bool:
    """Whether a number stands with little else: "I did chiro 5 times" is no length."""
    words = _words()
    return all(word in words.beside_weeks or word in words.numbers for word in re.findall(r"[a-z']+", said))


_BEGAN = re.compile(
    r"(?:\b(?:it|its|it's|this|that|all|since|from|about|around|on|in|the|of|at|around|maybe|like|probably|i|think|"
    r"guess|"
    r"started|start|starting|began|begin|beginning|happened|first|noticed|hurt|hurts|hurting|pain|problem|symptoms?|"
    r"been|has|have|had|was|is|when|fell|injured|injury|fall|accident|my|back|early|late|mid|middle|end|some|time|"
    r"sometime|day|week|month|year|or|so|roughly|approximately|ever|way|going|right|just|after|before)\b|[^a-z0-9])*",
)


def _when_it_began(text: str, day: DateHit) -> bool:
    """Whether a message says nothing but a day on which something began: an X-ray or a letter has a day of its own."""
    return bool(_BEGAN.fullmatch(lower(text.replace(day.words, " "))))


def _own_weeks(clinical: Clinical, question: Question) -> float | None:
    """Of several lengths, the one of the thing asked about."""
    fact = question.facts[0] if question.facts else question.id
    if fact == "symptom_weeks":
        return clinical.symptom_weeks
    kind = (fact.split(".", 1) + [""])[1]
    return next((t.weeks for t in clinical.treatments if t.kind == kind and t.weeks is not None), None)


def _number(said: str, question: Question) -> Answer:
    if re.match(r"(?:none|no|nope|zero|never|nothing|0)(?: (?:of|smoked|at all|ever|any|smoker)\b.*)?$", said):
        return Answer("answered", 0.0)
    number = _lone_number(said)
    return Answer("answered", number) if number is not None and number >= 0 else _UNCLEAR


def _lone_number(said: str) -> float | None:
    """The only number of a message, in digits or words, or None."""
    words = _words()
    corrected = list(words.patterns["correction"].finditer(said))
    if corrected and re.search(r"[0-9a-z]", said[corrected[-1].end() :]):
        said = said[corrected[-1].end() :]
    if re.search(r"[0-9] ?(?:-|to|or|/|:) ?[0-9]|-[0-9]", said):
        return None
    digits = re.findall(r"(?<![\w.])[0-9]{1,6}(?:,[0-9]{3})*(?:\.[0-9]+)?(?![0-9])", said)
    spelt = _spelt(said)
    found = [float(d.replace(",", "")) for d in digits] + spelt
    return found[0] if len(found) == 1 else None


def _spelt(said: str) -> list[float]:
    """Numbers in words; "twenty five" is one number."""
    numbers, found, tens = _words().numbers, [], None
    for word in re.findall(r"[a-z]+", said):
        value = numbers.get(word) if word not in ("none", "never", "once", "twice") else None
        if word == "one" and re.search(r"\b(?:this|that|the|which|no|any) one\b", said):
            value = None
        if value is None:
            tens = None
        elif tens is not None and 0 < value < 10:
            found[-1] = tens + value
            tens = None
        else:
            found.append(float(value))
            tens = float(value) if value >= 20 and value % 10 == 0 else None
    return found


def _date(text: str, question: Question, today: date) -> Answer:
    hits = dates(text, today) or dates(f"on {text}", today)
    small, patterns = lower(text), _words().patterns
    if not hits and (patterns["nothing_at_hand"].search(small) or patterns["none"].match(_plain(small))):
        return Answer("dont_know")
    corrected = patterns["correction"].search(small)
    if corrected and len(hits) > 1:
        hits = hits[-1:]
    days = {h.date for h in hits}
    if len(days) != 1:
        return _UNCLEAR
    hit = hits[0]
    # The day on a notice starts a clock: "in October" is not a day.
    if "notice" in question.id and (hit.precision != "day" or hit.date > today or _no_letters_day(text, hit, today)):
        return _UNCLEAR
    return Answer("answered", hit.date) if hit.precision != "year" else _UNCLEAR


_NEAR_IT = re.compile(
    r"\b(?:before|after|until|till|by|prior to|since|sometime|between)(?: the)? (?:[a-z]{3,9} )?\Z", re.I
)
_LONG_AGO = 300
"""Days: a letter's day told without its year that would lie further back is asked again."""


def _no_letters_day(text: str, hit: DateHit, today: date) -> bool:
    """Whether the day is only near the letter's ("before Thanksgiving"), that on which it came, or of which year?"""
    came = day_it_came(text, hit)
    unsure = not hit.stated_year and (today - hit.date).days > _LONG_AGO
    return came or unsure or bool(_NEAR_IT.search(text[: hit.start]))
