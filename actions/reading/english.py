"""English text as words and marks, by the rules of spaCy's blank English tokenizer.

The rules are spaCy's; they are applied here. Importing spaCy takes longer than reading a letter does, and its string
store keeps every word a person ever wrote, so spaCy is asked for its rules once and they are kept (`kept.py`).
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from actions.reading.compiled import compiled
from actions.reading.kept import kept

Word = tuple[str, str, int]
"""(text as written, its normal form, offset). White space other than a single space between words is a word as well."""


@dataclass(frozen=True)
class _Marks:
    """Where marks are split off: at the beginning, at the end and inside; an address (`url`) stays whole."""

    prefix: re.Pattern[str]
    suffix: re.Pattern[str]
    infix: re.Pattern[str]
    url: re.Pattern[str]


@dataclass(frozen=True)
class _Rules:
    special: dict[str, list[tuple[str, str]]]
    """Written form: its words and their normal forms ("can't": ca/can n't/not)."""
    split_special: dict[tuple[str, str], list[tuple[str, ...]]]
    """Special words as the parts that the marks in them make, by the first part and the second."""
    norms: dict[str, str]
    ends: frozenset[str]
    """Marks that end a sentence."""
    sources: Mapping[str, Mapping[str, str]]
    """The expressions of `_Marks`, for any text and for plain ASCII."""

    def norm(self, part: str) -> str:
        """The normal form of a word that is not special."""
        return self.norms.get(part) or part.lower()

    @cached_property
    def ascii_marks(self) -> _Marks:
        return _Marks(**{name: compiled(source) for name, source in self.sources["ascii"].items()})

    @cached_property
    def any_marks(self) -> _Marks:
        return _Marks(**{name: compiled(source) for name, source in self.sources["any"].items()})


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    data = kept("english", _version(), _spacy_rules)
    made = _made(data)
    split: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for parts in data["split_special"]:
        split.setdefault((parts[0], parts[1]), []).append(tuple(parts))
    return replace(made, split_special=split)


def _version() -> str:
    """What the kept rules depend on: spaCy's release, read without importing it, and this module."""
    spec = find_spec("spacy")
    about = Path(spec.origin).with_name("about.py") if spec and spec.origin else Path(__file__)
    return about.read_text("utf-8") + Path(__file__).read_text("utf-8")


def _made(data: Mapping[str, Any]) -> _Rules:
    return _Rules(
        {written: [(text, norm) for text, norm in parts] for written, parts in data["special"].items()},
        {},
        data["norms"],
        frozenset(data["ends"]),
        data["sources"],
    )


def _spacy_rules() -> dict[str, Any]:
    """What spaCy's English tokenizer and sentencizer go by, as plain data."""
    with _without("tensorflow"):
        from spacy import util
        from spacy.attrs import NORM, ORTH
        from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, ALPHA_UPPER, CONCAT_ICONS
        from spacy.lang.en import English
        from spacy.lang.norm_exceptions import BASE_NORMS
        from spacy.pipeline import Sentencizer
    defaults = English.Defaults
    sources = {
        "prefix": util.compile_prefix_regex(defaults.prefixes).pattern,
        "suffix": util.compile_suffix_regex(defaults.suffixes).pattern,
        "infix": util.compile_infix_regex(defaults.infixes).pattern,
        "url": defaults.url_match.__self__.pattern,
    }
    # All the world's letters take 50 ms to compile, and hardly any text needs them.
    few = {ALPHA: "a-zA-Z", ALPHA_LOWER: "a-z", ALPHA_UPPER: "A-Z", CONCAT_ICONS: "\uffff", r"\u00a1-\uffff": ""}
    plain = dict(sources)
    for many, letters in few.items():
        plain = {name: source.replace(many, letters) for name, source in plain.items()}
    data: dict[str, Any] = {
        "special": {
            written: [[part[ORTH], part.get(NORM, BASE_NORMS.get(part[ORTH], part[ORTH].lower()))] for part in parts]
            for written, parts in defaults.tokenizer_exceptions.items()
        },
        "norms": dict(BASE_NORMS),
        "ends": Sentencizer.default_punct_chars,
        "sources": {"any": sources, "ascii": plain},
    }
    rules = _made(data)
    split: list[list[str]] = []
    for written in rules.special:
        marks = rules.any_marks
        if marks.prefix.search(written) or marks.infix.search(written) or marks.suffix.search(written):
            parts = [part for part, _ in _parts(rules, written, {})]
            if len(parts) > 1:
                split.append(parts)
    return {**data, "split_special": split}


@contextmanager
def _without(module: str) -> Iterator[None]:
    """Imports inside do not find this optional module: spaCy would load TensorFlow (seconds, 300 MB) where it can.

    Where it is loaded already nothing is hidden, and nothing hidden stays so.
    """
    if module in sys.modules:
        yield
        return
    sys.modules[module] = None  # type: ignore[assignment]
    try:
        yield
    finally:
        del sys.modules[module]


_RUN = re.compile(r"\s+|\S+")
_LONG = 200
"""Letters of no word that anyone writes."""
# What most runs are that are no plain word; the rules below would part them just so.
_WORD_AND_MARK = re.compile(r"([A-Za-z]*[a-z])([.,;:!?)])")


def words(text: str) -> list[Word]:
    """The words and marks of a text, in order. Never raises."""
    rules = _rules()
    found: list[Word] = []
    parted: dict[str, list[tuple[str, str]]] = {}
    behind = 0
    for written in _RUN.findall(text):
        at, behind = behind, behind + len(written)
        if written.isspace():
            if found and written[0] == " ":
                written, at = written[1:], at + 1
            if written:
                found.append((written, written, at))
            continue
        parts = parted.get(written)
        if parts is None:
            parts = parted[written] = rules.special.get(written) or _parts(rules, written, rules.special)
        for part, norm in parts:
            found.append((part, norm, at))
            at += len(part)
    return _with_special(rules, text, found)


def plain_word(written: str) -> str | None:
    """The normal form of small plain letters that are one word, as nearly all are; None of anything else."""
    rules = _rules()
    plain = written.isascii() and written.isalpha() and written.islower() and len(written) < _LONG
    return rules.norm(written) if plain and written not in rules.special else None


def _parts(rules: _Rules, written: str, special: Mapping[str, list[tuple[str, str]]]) -> list[tuple[str, str]]:
    """The parts of a run of characters: marks off its ends, then at its inner marks; special words stay whole."""
    if written.isascii() and written.isalpha():
        return [(written, rules.norm(written))]
    plain = _WORD_AND_MARK.fullmatch(written) if written not in special else None
    if plain:
        return [*(special.get(plain[1]) or [(plain[1], rules.norm(plain[1]))]), (plain[2], rules.norm(plain[2]))]
    marks = rules.ascii_marks if written.isascii() else rules.any_marks
    before: list[str] = []
    after: list[str] = []
    while written and written not in special:
        prefix = marks.prefix.search(written)
        head = prefix.end() if prefix else 0
        if head and written[head:] in special:
            before.append(written[:head])
            written = written[head:]
            break
        suffix = marks.suffix.search(written[head:])
        tail = suffix.end() - suffix.start() if suffix else 0
        if tail and written[:-tail] in special:
            after.append(written[-tail:])
            written = written[:-tail]
            break
        if not head and not tail:
            break
        if head:
            before.append(written[:head])
        if tail and head + tail <= len(written):
            after.append(written[len(written) - tail :])
            written = written[head : len(written) - tail]
        else:
            written = written[head:]
    inner = special.get(written) or [(part, rules.norm(part)) for part in _at_marks(marks, written) if part]
    return [
        *((part, rules.norm(part)) for part in before), *inner, *((part, rules.norm(part)) for part in reversed(after)),
    ]  # fmt: skip


def _at_marks(marks: _Marks, written: str) -> list[str]:
    if "." in written and marks.url.match(written):
        return [written]
    parts, start = [], 0
    for mark in marks.infix.finditer(written):
        if mark.start() > 0:
            parts += [written[start : mark.start()], mark.group()]
            start = mark.end()
    return [*parts, written[start:]]


def _with_special(rules: _Rules, text: str, found: list[Word]) -> list[Word]:
    """The words, with special ones that only splitting brought to light ("x-ray/can't") put in; the longest win."""
    spans = []
    split = rules.split_special
    for i in range(len(found) - 1):
        for sequence in split.get((found[i][0], found[i + 1][0]), ()):
            end = i + len(sequence)
            if all(word[0] == part for word, part in zip(found[i:end], sequence, strict=False)) and end <= len(found):
                spans.append((i - end, i, end))
    if not spans:
        return found
    taken: set[int] = set()
    chosen: dict[int, int] = {}
    for _, first, end in sorted(spans):
        if first not in taken and end - 1 not in taken:
            chosen[first] = end
        taken.update(range(first, end))
    result: list[Word] = []
    i = 0
    while i < len(found):
        end = chosen.get(i, i + 1)
        at, last = found[i][2], found[end - 1]
        special = rules.special.get(text[at : last[2] + len(last[0])]) if i in chosen else None
        if special is None:
            result += found[i:end]
        else:
            for part, norm in special:
                result.append((part, norm, at))
                at += len(part)
        i = end
    return result


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence: the first word after a full stop, other than a mark, begins the next."""
    found, marks = words(text), _rules().ends
    if not found:
        return []
    starts = [found[0][2]]
    ends = []
    ended = False
    for i, (part, _, at) in enumerate(found):
        if part in marks:
            ended = True
        elif ended and not all(unicodedata.category(c)[0] == "P" for c in part):
            starts.append(at)
            ends.append(found[i - 1][2] + len(found[i - 1][0]))
            ended = False
    return list(zip(starts, [*ends, found[-1][2] + len(found[-1][0])], strict=True))
