"""The parts of a payer's letter that give no reason for this decision.

Definitions, lists of what a letter of this kind may say, questions people ask, boxes left empty, and what the letter
says that it did not decide: a word in them names no reason, though it may be the very word that names one elsewhere.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from actions.reading.compiled import compiled
from actions.reading.rules import pattern, rules
from actions.reading.text import Sentence

_HEADING = 120
"""Characters of a heading at the most."""
_BOX = re.compile(
    r"\[(?P<square>[ _]{0,3}|[ ]?[xX*vV][ ]?)\]|\((?P<round>[ _]{1,3}|[xX*])\)|"
    r"(?P<drawn>[\u2610\u25a1\u2611\u2612\u2713\u2714])"
)
_DRAWN_EMPTY = "\u2610\u25a1"
_NEAR = 90
"""Characters before a reason's words in which "this doesn't mean that" still reaches them."""
_MOST_BOXES = 200


@lru_cache(maxsize=8)
def words(name: str) -> re.Pattern[str]:
    """The words of this name in `rules/general.yml`."""
    return pattern(rules("general")[name])


@lru_cache(maxsize=1)
def _heading() -> re.Pattern[str]:
    body = "|".join(f"(?:{phrase})" for phrase in rules("general")["headings"])
    return compiled(
        rf"[^a-zA-Z0-9]{{0,4}}(?:(?:[0-9]{{1,2}}|[IVX]{{1,4}})[.)][ ]{{1,4}})?(?:{body})[^a-zA-Z0-9]{{0,3}}", re.I
    )


@lru_cache(maxsize=1)
def _defined() -> re.Pattern[str]:
    return compiled(str(rules("general")["defined"]), re.I)


def general_parts(parts: list[Sentence], text: str) -> list[tuple[int, int]]:
    """Spans of the plain text of a letter that say nothing of this decision, ascending."""
    spans = []
    inside = False
    for sentence in parts:
        said = sentence.text.strip()
        if _is_heading(sentence, said, text):
            inside = bool(_heading().fullmatch(said))
        asked = said.rstrip("\"' )").endswith("?")
        if inside or asked or _defined().match(said) or words("of_every_case").search(said):
            spans.append((sentence.start, sentence.end))
    return sorted([*spans, *_empty_boxes(text)])


def _is_heading(sentence: Sentence, words: str, text: str) -> bool:
    """Whether the sentence is a short line of its own that no full stop ends and that begins as headings do."""
    if not 4 <= len(words) <= _HEADING or words[-1] in ".,;" or not re.match(r"[^a-z]*[A-Z]", words):
        return False
    if re.search(r":[ ]\S", words) or _BOX.match(words):
        return False
    start = (
        sentence.start + len(text[sentence.start : sentence.end]) - len(text[sentence.start : sentence.end].lstrip())
    )
    end = sentence.start + len(text[sentence.start : sentence.end].rstrip())
    line = text.rfind("\n", 0, start) + 1
    return not text[line:start].strip() and text[end : end + 1] in ("\n", "") and "\n" not in text[start:end]


def heading_in_line(said: str) -> bool:
    """Whether what follows in the line stands under a heading: "General information: a service may …"."""
    hit = _IN_LINE.match(said)
    return hit is not None and _heading().fullmatch(hit["head"]) is not None


_IN_LINE = compiled(r"[ ]{0,4}(?P<head>[A-Z][A-Za-z ,'-]{3,48})(?:[:.](?=[ ]|\Z))")


def _empty_boxes(text: str) -> list[tuple[int, int]]:
    """What stands behind each box that was not ticked, to the next box or the line's end."""
    boxes = list(islice(_BOX.finditer(text), _MOST_BOXES))
    spans = []
    for number, box in enumerate(boxes):
        mark = box["square"] or box["round"] or box["drawn"] or ""
        if mark.strip(" _") and mark not in _DRAWN_EMPTY:
            continue
        end = text.find("\n", box.end())
        end = len(text) if end < 0 else end
        following = boxes[number + 1].start() if number + 1 < len(boxes) else len(text)
        spans.append((box.start(), min(end, following)))
    return spans


def not_meant(text: str, start: int, end: int) -> bool:
    """Whether the letter says of the words at start:end of a sentence that they are not the reason or not decided."""
    back = [hit for hit in words("taken_back").finditer(text, max(0, start - _NEAR), end) if hit.start() < start]
    if back and not re.search(r"[;:]|\bbut\b|\bbecause\b", text[back[-1].end() : start]):
        return True
    return bool(words("not_at_issue").search(text, end, end + 60))
