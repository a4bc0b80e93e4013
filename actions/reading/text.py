"""Text made plain for reading, without losing where anything stood.

Rules are matched against `Plain.text`; `Plain.span` gives the place in the text as it came. Only these change the
length: a hyphenated line break ("medi-\\ncally"), a scan's "rn" for "m" ("Mernber"), a gap in a word ("inforrnat ion")
and a "because" that lacks a letter. Every other change is one character for one character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.english import sentence_spans
from actions.reading.rules import rules

_ONE_FOR_ONE = {
    **dict.fromkeys("‘’‚‛′`´ʼ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("•●▪■◦‣·*", "*"),
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000\t", " "),
    **dict.fromkeys("\u200b\u200c\u200d\ufeff\u00ad\x00", " "),
    **dict.fromkeys("\r\x0b\x0c\x85\u2028\u2029", "\n"),
    "×": "x",
    "：": ":",
}
_CONTROL = {code: " " for code in range(32) if chr(code) not in "\n\r\t\x0b\x0c"}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), " ")
_TABLE = {**_SURROGATES, **_CONTROL, **{ord(mark): plain for mark, plain in _ONE_FOR_ONE.items()}}
_BROKEN_WORD = re.compile(r"(?<=[A-Za-z])-[ ]?\n[ ]{0,8}(?=[a-z])")
# A hyphen that belongs to the word stays: "follow-\nup", "six-\nweek", "non-\nnetwork".
_KEEPS_HYPHEN = re.compile(
    r"(?<![A-Za-z])(?:follow|x|non|pre|post|peer|to|in|out|of|self|home|re|low|over|second|first|face|long|"
    r"short|up|week|"
    r"month|year|day|one|two|three|four|five|six|seven|eight|nine|ten|twelve|well|evidence|provider|medicare|"
    r"decision|"
    r"cost|high|toll|third|board)\Z",
    re.I,
)


@dataclass(frozen=True)
class Plain:
    """`text` as rules read it, and the way back: `span(start, end)` in the text as it came."""

    raw: str
    text: str
    breaks: tuple[tuple[int, int], ...] = ()
    """Where characters were left out: (offset in `text`, how many in all up to here), ascending."""

    def at(self, offset: int) -> int:
        """The offset in the text as it came."""
        place = bisect_right(self.breaks, (offset, 1 << 60)) - 1
        return offset + (self.breaks[place][1] if place >= 0 else 0)

    def span(self, start: int, end: int) -> tuple[str, int, int]:
        """(words, start, end) in the text as it came; the words are that slice."""
        first = self.at(start)
        last = self.at(end - 1) + 1 if end > start else first
        return self.raw[first:last], first, last


# No one writes such a word, and tokenizers take long over it.
_ENDLESS = re.compile(r"(?<!\S)\S{200,}")

_QUOTED = re.compile(r"^(?:[ ]?>){1,9}(?=[ \n]|\Z)", re.M)
# What a scan misread. "hea1th", "n0t", "appea1": small letters on both sides, or the end of a word in -al; no code, and
# no "x1wk", is so. "lD", "MRl" and the year "2O26" are too.
_MISREAD = re.compile(
    r"[01Ol|](?:(?<=[a-z]0)(?=[a-z])|"
    r"(?<=[A-Za-z][a-z]1)(?=[a-z])(?!(?:d|w|m|y|h|x|st)\b|day|we?e?k|mo|ye?a?r|ho?u?r|time|dose|visit)|"
    r"(?<=[a-z][a-z]a1)(?![0-9a-z])|(?<![A-Za-z0-9]l)(?<=l)(?=D\b)|(?<=MRl)(?![A-Za-z0-9])|"
    r"(?<![A-Za-z0-9]2O)(?<=2O)(?=[0-9]{2}(?![A-Za-z0-9-]))|"
    r"(?<=[0-9]-O)(?=[0-9]{2})|(?<=[0-9][Ol])(?=[0-9])|(?<=Apri1)(?![A-Za-z0-9])|"
    r"(?<![A-Za-z0-9|][|])(?<=[|])(?=D[ ]?[#:])|"
    r"(?<=[a-z]1)(?=1[a-z])|(?<=[a-z]11)(?=[a-z])|"
    r"(?<=[0-9]O)(?=[ ]{0,3}(?:day|calendar|business|DAY|CALENDAR|BUSINESS))|(?<=[ .][0-3]l)(?=,[ ]?2[0O][0-9]{2})|"
    r"(?<![A-Za-z0-9]l)(?<=l)(?=[0-9lO]/[0-9lO]{1,2}/2)|(?<=[ :]ll)(?=/[0-9]{1,2}/2)|"
    r"(?<=[ :][0-3]l)(?=/[0-9O])|(?<![A-Za-z0-9]1O)(?<=1O)(?=/[0-9O])|"
    r"(?<![A-Za-z0-9.-]1)(?<=1)(?=(?:eft|umbar|imb|ower|etter|isted|etters|iver|ung|ocal|evel)\b)|"
    r"(?<=B1)(?=ue\b)|(?<=ou1)(?=d\b)|(?<=ie1)(?=ds?\b)|"
    r"(?<=[ .]l)(?=[0-9],[ ]?2[0O][0-9]{2})|(?<![A-Za-z0-9]l)(?<=l)(?=[0-9O]{2}[ ](?:calendar |business )?[dD]ays)|"
    r"(?<=[ .]l)(?=[l1],[ ]?2[0O][0-9]{2})|(?<=[ .][l1]l)(?=,[ ]?2[0O][0-9]{2})|"
    r"(?<![A-Za-z0-9]0)(?<=0)(?=(?i:ut (?:of|side)|f (?:benefits|coverage|service|the))\b)|"
    r"(?<![A-Za-z0-9]0)(?<=0)(?=ct(?:ober)?[ .][0-9lO]|ur (?:plan|guide|doctor|medical|records|decision))|"
    r"(?<![A-Za-z0-9]N0)(?<=N0)(?=v(?:ember)?\.?[ ][0-9lO])|"
    r"(?<![A-Za-z0-9]O)(?<=O)(?=[0-9]/)|(?<=/l)(?=[0-9]/)|"
    r"(?<=Ju1)(?=y\b)|(?<![A-Za-z0-9-][A-Z]0)(?<=[A-Z]0)(?=[A-Z]{3,12}(?![A-Za-z0-9-])))"
)
_LETTERS = {"0": "o", "1": "l", "l": "I", "O": "0", "|": "I"}


def _as_meant(misread: re.Match[str]) -> str:
    in_a_date = misread.string[misread.start() - 1 : misread.start()] == "/"
    before, behind = misread.string[: misread.start()][-1:], misread.string[misread.end() : misread.end() + 2]
    in_a_date = in_a_date or before.isdigit() or "/" in behind or "," in behind or behind.isdigit()
    if in_a_date and misread.group() == "l":
        return "1"
    meant = _LETTERS[misread.group()]
    return meant.upper() if misread.string[misread.end() : misread.end() + 2].isupper() else meant


@lru_cache(maxsize=1)
def _scanned() -> frozenset[str]:
    return frozenset(word for line in rules("scanned")["words"] for word in line.split())


@lru_cache(maxsize=1)
def _by_shape() -> dict[str, str]:
    return {word.translate(_ALIKE): word for word in _scanned()}


# Where a scan was wrong elsewhere, words are told apart but for the letters it takes for each other.
_ALIKE = str.maketrans("i1|0", "lllo")
_UNSURE = re.compile(r"(?<![A-Za-z0-9])(?=[A-Za-z01|]*[lI10|])[A-Za-z][A-Za-z01|]{3,16}(?![A-Za-z0-9])")


def _as_spelt(word: re.Match[str]) -> str:
    written = word.group()
    shape = written.lower().translate(_ALIKE)
    meant = _by_shape().get(shape, written)
    place = shape.find("rn")
    if meant is written and place >= 0:
        # "N0vernber": the letters that stand for one are left, to be made one where lengths may change.
        whole = _by_shape().get(shape.replace("rn", "m", 1))
        meant = f"{whole[:place]}rn{whole[place + 1 :]}" if whole else written
    if meant in (written, written.lower()):
        return written
    return meant.upper() if written[1:2].isupper() else written[0] + meant[1:] if written[0] not in "Il" else meant


# "Because" as people in a hurry type it ("becuase", "BECASUE", "becuse", "bcuz"): no other word is made of
# these letters.
_BECAUSE = re.compile(
    r"[bB](?<![A-Za-z].)(?:[eacusoEACUSO]{5,7}|[eE]?[cC][aouAOU]{0,2}[zZ]|[eE][cC][ouOU][sS])(?![A-Za-z])"
)
_ENDS = len("se")


def _becauses(even: str) -> list[tuple[int, int, str]]:
    """(start, end, what stands there instead) of each "because" typed otherwise; its last two letters stay two."""
    found = []
    for word in _BECAUSE.finditer(even):
        typed = word.group().lower()
        if typed != "because" and "c" in typed and not {"s", "z"}.isdisjoint(typed):
            rest = word.end() - _ENDS
            whole = "BECAUSE" if word.group().isupper() else word.group()[0] + "ecause"
            found += [(word.start(), rest, whole[:-_ENDS]), (rest, word.end(), whole[-_ENDS:])]
    return found


@lru_cache(maxsize=1)
def _slips() -> tuple[re.Pattern[str], dict[str, str]]:
    """Small words with two letters changed round by hurried fingers ("teh", "nto"), and what each was to be."""
    meant: dict[str, str] = rules("scanned")["slips"]
    begin = "".join({slip[0] for slip in meant})
    return re.compile(rf"(?=[{begin}])(?<![A-Za-z'])(?:{'|'.join(meant)})(?![A-Za-z'])"), meant


def _as_typed(even: str) -> str:
    words, meant = _slips()
    return words.sub(lambda slip: meant[slip.group()], even)


# A table's bars stand alone, or between cells of more than one letter's length.
_BAR_INSIDE = re.compile(r"[A-Za-z]{3}[|][A-Za-z]")

# A row out of a spreadsheet: its cells stay apart as a table's do.
_ROW = re.compile(r"^[^\t\n]+(?:\t[^\t\n]*){2,}$", re.M)


def _parted(row: re.Match[str]) -> str:
    return row.group().replace("\t", "|")


_LEADERS = re.compile(r"(?<=[A-Za-z)])[.]{3,60}[ ]?:")


# Every reader makes its text flat; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def flat(text: str) -> str:
    """The text with plain quotes, dashes, bullets and spaces, character for character.

    NULs, other control characters, lone surrogates and runs of 200 and more characters without a space become spaces,
    as do the marks before the lines of a forwarded mail. A scan's "appea1" and "n0t" become "appeal" and "not".
    """
    even = _ROW.sub(_parted, text) if "\t" in text else text
    even = _ENDLESS.sub(lambda run: " " * len(run.group()), even.translate(_TABLE))
    even = _QUOTED.sub(lambda mark: " " * len(mark.group()), even)
    # "Member ID.......: 77 120": the dots that lead to a value are a mark like any other.
    even = _LEADERS.sub(lambda dots: ":" + " " * (len(dots.group()) - 1), even) if "..." in even else even
    even = _as_typed(even)
    meant = _MISREAD.sub(_as_meant, even)
    return _UNSURE.sub(_as_spelt, meant) if meant != even or _BAR_INSIDE.search(meant) else meant


# "D E N I E D" on a fax: single capitals set apart.
_SET_APART = re.compile(r"(?<![A-Za-z0-9] )(?<![A-Za-z0-9])(?:[A-Z][ ]){4,15}[A-Z](?![A-Za-z0-9])")
# "CEDAR   FORK   HEALTH   PLAN": a company's name whose words a scan set wide apart.
_WIDE_HEAD = re.compile(
    r"^[ ]{0,4}[A-Z][A-Z&.'-]{1,20}(?:[ ]{2,3}[A-Z&][A-Z&.'-]{1,20}){0,4}[ ]{2,3}"
    r"(?:HEALTH|PLAN|INSURANCE|COMPANY|HMO|MUTUAL|CARE|HEALTHCARE|FUND|TRUST|ALLIANCE)(?=[ ]{4,}|[ ]*$)",
    re.M,
)
_GAP = re.compile(r"(?<=[^ ])[ ]{2,3}(?=[^ ])")
_HEAD = 300
_RN = re.compile(r"(?<![A-Za-z])[A-Za-z]{0,14}rn[A-Za-z]{0,14}(?![A-Za-z])")
_BOTH = re.compile("rn")
# Small letters behind the gap: "mem ber" is a scan's, "Den Ied" is not.
_GAPPED = re.compile(r"(?<![A-Za-z])(?=([A-Za-z]{2,12})[ ]([a-z]{1,11})(?![A-Za-z]))")


def _left_out(even: str) -> list[tuple[int, int, str]]:
    """(start, end, what stands there instead) of each place whose length changes, in order, none touching another."""
    found = []
    for match in _BROKEN_WORD.finditer(even):
        whole = _KEEPS_HYPHEN.search(even, max(0, match.start() - 12), match.start())
        found.append((match.start() + 1 if whole else match.start(), match.end(), ""))
    for head in _WIDE_HEAD.finditer(even, 0, _HEAD):
        found += [(gap.start() + 1, gap.end(), "") for gap in _GAP.finditer(even, *head.span())]
    for spaced in _SET_APART.finditer(even):
        found += [(place, place + 1, "") for place in range(spaced.start() + 1, spaced.end() - 1, 2)]
    places = [word.span() for word in _RN.finditer(even) if _as_scanned(word.group())] if "rn" in even else []
    for pair in _GAPPED.finditer(even):
        if _as_scanned(pair[1] + pair[2]):
            found.append((pair.end(1), pair.start(2), ""))
            places += [pair.span(1), pair.span(2)]
    found += _becauses(even)
    found += [(hit.start(), hit.end(), "m") for place in places for hit in _BOTH.finditer(even, *place)]
    return sorted(set(found))


def _as_scanned(word: str) -> bool:
    return word.lower().replace("rn", "m") in _scanned()


def plain(text: str) -> Plain:
    """The text made `flat`, hyphenated line breaks joined, and what a scan did to a letter's usual words undone."""
    even = flat(text)
    kept: list[str] = []
    breaks: list[tuple[int, int]] = []
    last = length = dropped = 0
    for start, end, instead in _left_out(even):
        kept += [even[last:start], instead]
        length += start - last + len(instead)
        dropped += end - start - len(instead)
        breaks.append((length, dropped))
        last = end
    kept.append(even[last:])
    return Plain(text, "".join(kept), tuple(breaks))


@dataclass(frozen=True)
class Sentence:
    """A sentence of the plain text: `text` has single spaces; `place` leads back into the plain text."""

    text: str
    start: int
    end: int
    squeezed: Plain

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where a match in `text` stands in the plain text."""
        _, first, last = self.squeezed.span(start, end)
        return self.start + first, self.start + last


_SPACES = re.compile(r"[ \n]{2,}")


def _squeeze(text: str) -> Plain:
    """The text with every run of white space as one space."""
    kept: list[str] = []
    breaks: list[tuple[int, int]] = []
    last = length = dropped = 0
    for run in _SPACES.finditer(text):
        kept.append(text[last : run.start() + 1])
        length += run.start() + 1 - last
        dropped += len(run.group()) - 1
        breaks.append((length, dropped))
        last = run.end()
    kept.append(text[last:])
    return Plain(text, "".join(kept).replace("\n", " "), tuple(breaks))


# An item's mark, or a form's box, ticked or not.
_ITEM = re.compile(
    r"[ ]{0,12}(?:[*]|-{1,2}[ ]|[0-9]{1,2}[.)][ ]|\([a-z0-9]\)[ ]|[a-z][)][ ]|\[[ xX*_]{0,3}\]|"
    r"\([ _X]{1,3}\)|[\u2610-\u2612\u25a1])"
)
_LABEL_LINE = re.compile(r"[ ]{0,12}[A-Z][A-Za-z0-9/&()' .#-]{1,40}:(?:[ ]|$)")
_COLUMNS = re.compile(r"\S[ ]{3,}\S")
_LONGEST = 2_000


def sentences(text: str) -> list[Sentence]:
    """The sentences of a plain text, in order. List items, label lines, table rows and headings end a sentence.

    One that goes on for more than 2,000 characters is cut there: it is no prose, and what follows stays cheap.
    """
    found: list[Sentence] = []
    for start, end in _blocks(text):
        block = text[start:end]
        spans = [(0, len(block))]
        if "." in block or "!" in block or "?" in block:
            spans = sentence_spans(block)
        for first, last in spans:
            for piece in range(first, last, _LONGEST):
                squeezed = _squeeze(block[piece : min(piece + _LONGEST, last)])
                if squeezed.text.strip():
                    found.append(Sentence(squeezed.text, start + piece, start + min(piece + _LONGEST, last), squeezed))
    return found


_NOTE_LINE = re.compile(r"[ ]{0,4}(?:p2p|ref|dx|rsn|apl|mbr|clm|auth|npi|dob|ltr|wants|needs|den|denied)\b(?!,)")
_NOTE_WIDTH = 60


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches of running text: lines that a wrapped sentence may go across."""
    blocks: list[tuple[int, int]] = []
    start = offset = 0
    width = 0
    previous = ""
    for line in text.split("\n"):
        if offset and _breaks_before(line, previous, width):
            blocks.append((start, offset - 1))
            start, width = offset, 0
        width = max(width, len(line))
        previous = line
        offset += len(line) + 1
    blocks.append((start, len(text)))
    return [(first, last) for first, last in blocks if last > first]


def _breaks_before(line: str, previous: str, width: int) -> bool:
    if not line.strip() or not previous.strip():
        return True
    if _ITEM.match(line) or _LABEL_LINE.match(line) or _COLUMNS.search(line) or _COLUMNS.search(previous):
        return True
    # An office's note: each of its short lines is a thing of its own.
    if len(previous) < _NOTE_WIDTH and _NOTE_LINE.match(line):
        return True
    # A short line before a capital is a heading or an address, not a wrapped line.
    return (
        len(previous) < 0.6 * max(width, len(line))
        and line.lstrip()[:1].isupper()
        and previous.rstrip()[-1:] not in ",;"
    )
