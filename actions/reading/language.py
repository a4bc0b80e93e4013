"""Words and phrases: tokens by spaCy's English rules, with endings and plain misspellings evened out.

A phrase of the data files is matched word by word in that form, so "knee locks up" also finds "knees locking up".
In a phrase, `..` stands for up to three words of the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from actions.reading.english import plain_word, words
from actions.reading.text import flat

GAP = ".."
_MAY_BE_MISSPELT = 6
_LONGEST_GAP = 3
_IRREGULAR = {
    "gave": "giv", "given": "giv", "felt": "feel", "went": "go", "gone": "go", "goes": "go", "going": "go",
    "got": "get",
    "gotten": "get", "lose": "lose", "lost": "lose", "losing": "lose", "loses": "lose",
    "wake": "wake", "woke": "wake", "woken": "wake", "wakes": "wake", "waking": "wake",
    "swelled": "swell", "threw": "throw", "thrown": "throw", "feet": "foot", "legs": "leg",
    "hurts": "hurt", "hurting": "hurt", "has": "have", "having": "have", "did": "do", "does": "do",
    "done": "do", "was": "be", "were": "be", "is": "be", "are": "be", "am": "be", "been": "be", "'s": "'s",
    "vertebrae": "vertebra", "saw": "saw", "toilet": "toilet", "diabetes": "diabet", "diabetic": "diabetic",
    "gait": "gait", "series": "series", "dying": "dying", "lying": "lying", "during": "during", "nothing": "nothing",
    "anything": "anything", "something": "something", "everything": "everything", "morning": "morning",
    "evening": "evening", "thing": "thing", "need": "need", "bleed": "bleed", "speed": "speed", "red": "red",
    "bed": "bed", "pelvis": "pelvis", "arthritis": "arthritis", "always": "always", "perhaps": "perhaps",
    "lens": "lens", "this": "this", "his": "his", "its": "its", "us": "us", "yes": "yes", "pus": "pus", "gas": "gas",
    "weeks": "week", "ties": "tie", "dies": "die", "pees": "pee", "peeing": "pee", "peed": "pee", "couldn": "could",
    # Words that only look like another's plural: hives and HIV, tens and ten, an aide and AIDS.
    "hives": "hives", "tens": "tens", "aide": "aide", "aides": "aide", "mets": "mets", "met": "met",
}  # fmt: skip


class Token(NamedTuple):
    """A word or mark: its evened form, its letters as written, and its place."""

    form: str
    text: str
    start: int
    end: int


class Match(NamedTuple):
    """A phrase found: the label it stands for, its place, and the index of its first and last token."""

    label: str
    start: int
    end: int
    first: int
    last: int


_SMALL = str.maketrans(ascii_uppercase, ascii_lowercase)


def lower(text: str) -> str:
    """The text in plain small letters, of the same length."""
    return flat(text).translate(_SMALL)


_SIGN = re.compile(r"(?<![\w.)])[-+](?=[a-z])")
"""The sign of "-McMurray" and "+SLR", which is no part of the word."""


# Several readers in a row read one text; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def tokens(text: str) -> tuple[Token, ...]:
    """The text's tokens in order, without white space. Never raises."""
    return _tokens(text)


def _tokens(text: str) -> tuple[Token, ...]:
    forms: dict[str, str] = {}
    found: list[Token] = []
    for word, norm, start in words(_SIGN.sub(" ", lower(text))):
        if word.isspace():
            continue
        if len(word) == 2 and word[1] == "." and found and found[-1].text == "/":
            # "No b/b.": the full stop is no part of an abbreviation.
            found.append(Token(word[0], text[start : start + 1], start, start + 1))
            word, norm, start = ".", ".", start + 1
        even = forms.get(norm)
        if even is None:
            even = forms[norm] = form(norm)
        end = start + len(word)
        found.append(Token(even, text[start:end], start, end))
    return tuple(found)


class _Words(NamedTuple):
    """A text's tokens, as phrases are looked for among them: by their forms and as written, in small letters."""

    tokens: tuple[Token, ...]
    forms: list[str]
    by_form: dict[str, list[int]]
    written: list[str]
    by_written: dict[str, list[int]]
    long: dict[str, list[int]]
    """Those of six letters and more, which may be misspelt."""


# Several lists of phrases are looked for in one text; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def _words_of(text: str) -> _Words:
    toks = tokens(text)
    forms, written = [t.form for t in toks], [t.text.lower() for t in toks]
    by_written = _numbers(written)
    long = {word: numbers for word, numbers in by_written.items() if len(word) >= _MAY_BE_MISSPELT and word.isalpha()}
    return _Words(toks, forms, _numbers(forms), written, by_written, long)


def _numbers(words: list[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for i, word in enumerate(words):
        found.setdefault(word, []).append(i)
    return found


def form(word: str) -> str:
    """A word without its ending: "locking", "locked" and "locks" are one form."""
    word = word.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if not word.isalpha() or len(word) < 4:
        return word
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + instead
    for ending in ("ing", "ed"):
        stem = word[: -len(ending)]
        if word.endswith(ending) and len(stem) >= 3 and re.search("[aeiouy]", stem):
            if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                stem = stem[:-1]
            return stem[:-1] if stem.endswith("e") and len(stem) > 3 else stem
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


class Phrases:
    """Phrases with the labels they stand for, ready to be found.

    `fuzzy`: words of six letters or more may be misspelt, but for those of `never`. Drugs and payers must not be fuzzy:
    tramadol and Toradol are two drugs. `exact`: endings count ("numbing cream" is not "numb").
    """

    def __init__(
        self,
        phrases: Mapping[str, Iterable[str]],
        *,
        fuzzy: bool = False,
        never: Iterable[str] = (),
        exact: bool = False,
    ) -> None:
        self._exact = exact
        self._by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        known: set[str] = set()
        seen: set[tuple[str, tuple[str, ...]]] = set()
        for label, synonyms in phrases.items():
            for phrase in synonyms:
                parts = _parts(phrase, exact)
                if (label, parts) in seen:
                    continue
                seen.add((label, parts))
                known.update(parts)
                # "HA" is a headache, "ha" is not: a short abbreviation counts only in capitals.
                shout = phrase.isupper() and phrase.isalpha() and len(phrase) <= 3 and phrase != "LBP"
                self._by_first.setdefault(parts[0], []).append((parts, label, shout))
        self._words = known - {GAP}
        written = {t for s in phrases.values() for p in s for t in _written(p)} if fuzzy else set()
        self._long = Spellings(w for w in written if len(w) >= 7 and w.isalpha())
        self._never = frozenset(never)

    def _corrected(self, read: _Words) -> dict[int, str]:
        """The form of each token that misspells a word of the phrases, as that word's; by the token's number."""
        if self._exact or not self._long:
            return {}
        corrected: dict[int, str] = {}
        for word, numbers in read.long.items():
            others = [i for i in numbers if read.forms[i] not in self._words]
            near = self._meant(word) if others else None
            if near is not None:
                corrected.update(dict.fromkeys(others, form(near)))
        return corrected

    def _meant(self, word: str) -> str | None:
        return None if word in self._never else self._long.meant(word)

    def taken_for(self, word: str) -> str | None:
        """The word of the phrases that this one, in small letters, is taken to misspell; None for none."""
        known = self._exact or len(word) < _MAY_BE_MISSPELT or not word.isalpha() or form(word) in self._words
        return None if known or not self._long else self._meant(word)

    def find(self, text: str) -> list[Match]:
        """Every phrase in the text, in order; of one label's overlapping matches only the longest."""
        read = _words_of(text)
        toks = read.tokens
        forms, places = (read.written, read.by_written) if self._exact else (read.forms, read.by_form)
        corrected = self._corrected(read)
        if corrected:
            forms = [corrected.get(i, form) for i, form in enumerate(forms)]
        begun = [i for word in self._by_first.keys() & places.keys() for i in places[word] if i not in corrected]
        found = []
        for i in (*begun, *corrected):
            for parts, label, shout in self._by_first.get(forms[i], ()):
                if shout and not toks[i].text.isupper():
                    continue
                last = _match(parts, 1, forms, i)
                if last is not None and "\n\n" not in text[toks[i].start : toks[last].end]:
                    found.append(Match(label, toks[i].start, toks[last].end, i, last))
        found.sort(key=lambda m: (m.first, -m.last))
        kept: list[Match] = []
        covered: dict[str, int] = {}
        for match in found:
            if match.end > covered.get(match.label, -1):
                covered[match.label] = match.end
                kept.append(match)
        return kept


class Spellings:
    """Words of seven letters or more, to be known again when misspelt: one slip, or two in ten letters or more."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(words)
        self._by_end: dict[str, list[str]] = {}
        for word in self._words:
            for end in (f"{word[:3]}-", f"-{word[-3:]}"):
                self._by_end.setdefault(end, []).append(word)

    def __len__(self) -> int:
        return len(self._words)

    def meant(self, word: str) -> str | None:
        """The nearest word, when it begins with the same letter, for one of six letters or more."""
        if len(word) < 10:
            # One slip leaves the first three letters as they are, or the last three.
            alike = {*self._by_end.get(f"{word[:3]}-", ()), *self._by_end.get(f"-{word[-3:]}", ())}
            options, allowed = sorted(alike), 1
        else:
            options, allowed = self._words, 2
        best = process.extractOne(word, options, scorer=OSA.distance, score_cutoff=allowed)
        return best[0] if best is not None and best[0][0] == word[0] else None


def longest(matches: Iterable[Match]) -> list[Match]:
    """Of overlapping matches, whatever their labels, the longest ("lower back", not "back"), in order."""
    taken: set[int] = set()
    kept = []
    for match in sorted(matches, key=lambda m: (m.start - m.end, m.start)):
        # The longer ones came first, so that an overlap shows at an end.
        if match.first not in taken and match.last not in taken:
            taken.update(range(match.first, match.last + 1))
            kept.append(match)
    return sorted(kept, key=lambda m: m.start)


def _parts(phrase: str, exact: bool) -> tuple[str, ...]:
    parts: list[str] = []
    for piece in phrase.split():
        if piece == GAP:
            parts.append(GAP)
        else:
            norm = plain_word(piece)
            if norm is not None:
                parts.append(piece if exact else form(norm))
            else:
                parts += [t.text.lower() if exact else t.form for t in _tokens(piece)]
    return tuple(parts)


def _written(phrase: str) -> list[str]:
    """The words of a phrase in small letters."""
    pieces = phrase.split(" ")
    if all(plain_word(piece) is not None for piece in pieces):
        return pieces
    return [t.text for t in _tokens(lower(phrase))]


_STOPS = frozenset(".!?;:,")


def _match(parts: tuple[str, ...], at: int, forms: list[str], i: int) -> int | None:
    """The index of the last token when parts[at:] follow token i, else None."""
    while at < len(parts):
        if parts[at] != GAP:
            i += 1
            if i >= len(forms) or forms[i] != parts[at]:
                return None
            at += 1
            continue
        for skip in range(_LONGEST_GAP + 1):
            if i + skip >= len(forms) or (skip and forms[i + skip] in _STOPS):
                return None
            last = _match(parts, at + 1, forms, i + skip)
            if last is not None:
                return last
        return None
    return i
