"""Whether a finding is present, absent, uncertain, past, a relative's, or only spoken of (`rules/assertion.yml`).

The method is ConText's (Harkema 2009, after NegEx, Chapman 2001): trigger words set a status on what stands in their
reach, and a reach ends at a word that begins a new thought or at the end of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from actions.reading.compiled import compiled
from actions.reading.expressions import expression
from actions.reading.language import lower
from actions.reading.rules import read
from actions.reading.sought import cut_out, expect, possible

Meaning = Literal["present", "absent", "uncertain", "historical", "family", "hypothetical"]
_RULES = Path(__file__).parent / "rules" / "assertion.yml"
_LONGEST = 700
"""Characters of one sentence at most."""
_FIRST_WORDS = 160
"""Characters within which a text says for whom it is written."""
_BEFORE_THEM = 2_000
"""Characters before a relative within which another "he" or "she" may be the patient."""
_TOLD_OF = 2
"""So often "he" or "she" follows at least where a text is about an elder."""
_CHILDREN = ("son", "daughter", "kid", "child", "boy", "girl", "grandson", "granddaughter", "niece", "nephew")
_REACH = 160
"""Characters a trigger reaches at most, when nothing stops it before."""
_REACH_IN_A_LIST = 330
_COMMAS_OF_A_LIST = 4
"""With so many commas in a trigger's reach the words are a list, which it reaches over: "denies fever, chills, …"."""
_SEEN_AHEAD = 90
"""Characters behind a finding that a stop before it may look at."""
_FIRST_WORD = 4
"""Letters of a finding's words that may be the verb before it: "had a stroke"."""
_BOXES = ("[", "( )", "☐", "□", "◻", "❏", "❑")
_KIN = r"(?:side|family|mother|mom|father|dad|sister|brother|aunt|uncle|cousin|parent|grand[a-z]+)"
_SIDE_WORD = re.compile(r"\b(?:left|right|both)\b")
_INSIDE = re.compile(r"(?<=\S)\n(?=\S)")
"""A line's end with words on both sides."""
_BEFORE_IT_IS_OVER = 50
"""Letters between what was and that it is over."""
_ENDS = frozenset(".;!?")
_ITEMS = 15
"""Lines a heading reaches over at most."""


@dataclass(frozen=True)
class _Rules:
    pseudo: re.Pattern[str]
    stop: re.Pattern[str]
    hard_stop: re.Pattern[str]
    over: re.Pattern[str]
    another_statement: re.Pattern[str]
    taken_back: re.Pattern[str]
    still_the_relative: re.Pattern[str]
    before: dict[str, re.Pattern[str]]
    """Reaches forward to the next stop."""
    touching: dict[str, re.Pattern[str]]
    """Stands directly before."""
    opening: dict[str, re.Pattern[str]]
    """Opens the sentence, and reaches over all of it."""
    after: dict[str, re.Pattern[str]]
    """Reaches back to the last stop."""
    touching_after: dict[str, re.Pattern[str]]

    @cached_property
    def of_status(self) -> frozenset[re.Pattern[str]]:
        """All that make something of what they stand beside."""
        every = (self.before, self.touching, self.opening, self.after, self.touching_after)
        return frozenset(pattern for part in every for pattern in part.values())


@lru_cache(maxsize=1)
def _rules() -> _Rules:
    given = read(_RULES)
    whole = ("over", "another_statement", "taken_back", "still_the_relative")
    given.check_keys((
        "pseudo", "stop", "hard_stop", "absent", "historical", "family", "uncertain", "hypothetical", "expressions",
        *whole,
    ))  # fmt: skip
    parts: dict[str, dict[str, re.Pattern[str]]] = {
        "before": {}, "touching": {}, "opening": {}, "after": {}, "touching_after": {},
    }  # fmt: skip
    for name in ("absent", "historical", "family", "uncertain", "hypothetical"):
        given[name].check_keys((), parts)
        for part, patterns in given[name].items():
            parts[part][name] = _any(patterns)
    single = {name: compiled(given[name]) for name in whole}
    return _Rules(
        _any(given["pseudo"]), _any(given["stop"]), _any(given["hard_stop"]), single["over"],
        single["another_statement"], single["taken_back"], single["still_the_relative"], **parts,
    )  # fmt: skip


def _any(patterns: list[str]) -> re.Pattern[str]:
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _hidden(word: re.Match[str]) -> str:
    return "~" * len(word[0])


@dataclass(frozen=True)
class Context:
    """A text made ready: as written, in small letters of the same length, and its sentences as (start, end)."""

    text: str
    small: str
    sentences: tuple[tuple[int, int], ...]

    def number(self, at: int) -> int:
        """The number of the sentence that the offset stands in."""
        return max(0, bisect_right(self.sentences, (at, len(self.small) + 1)) - 1)

    @cached_property
    def patient(self) -> str | None:
        """The relative who is the patient, as `written_for` finds; looked for once."""
        return written_for(self)

    @cached_property
    def for_another(self) -> bool:
        """Whether the writer says outright to be writing for somebody else."""
        said = ("said_for_whom", "their_relative")
        return any(expression("assertion", name).search(self.small) is not None for name in said)

    @cached_property
    def of_a_note(self) -> bool:
        """Whether the text calls the patient so, as who writes about a relative does not."""
        if self.patient or re.search(r"\b(?:pt|patient)\b", self.small) is None:
            return False
        return expression("assertion", "a_parent_reports").search(self.small) is None

    @cached_property
    def sides(self) -> str:
        """The small letters without each "left", "right", "both" of no side: "can't talk right", "both positive"."""
        if _SIDE_WORD.search(self.small) is None:
            return self.small
        return expression("body", "no_side").sub(lambda m: _SIDE_WORD.sub(_hidden, m[0]), self.small)

    @cached_property
    def of_rules(self) -> bool:
        """Whether the text has words of a rule, a letter or a form at all; most messages have none."""
        return expression("assertion", "of_rules").search(self.small) is not None

    def sentence(self, at: int) -> tuple[int, int]:
        """The sentence that the offset stands in."""
        return self.sentences[self.number(at)] if self.sentences else (0, len(self.small))


# Several readers in a row read one text; no text of an earlier call is kept.
@lru_cache(maxsize=1)
def context(text: str) -> Context:
    """The text made ready for `meaning`."""
    small = lower(text)
    sentences = tuple(_sentences(small, text))
    small = _unwrapped(small, sentences)
    expect("context", small)
    return Context(text, small, sentences)


def _unwrapped(small: str, sentences: tuple[tuple[int, int], ...]) -> str:
    """The text with a space for each line's end inside a sentence: "the duct is / not dilated" in a narrow column."""
    if "\n" not in small:
        return small
    return "".join(_INSIDE.sub(" ", small[first:last]) for first, last in sentences)


# A line that ends so is not over, however short it is: "he had no / fever or / chills", in a narrow column.
_GOES_ON = re.compile(
    r"\b(?:no|not|nor|or|and|of|an?|the|any|with|without|to|for|denies|denied|denying|neither|either|such as) *\Z"
)


def _sentences(small: str, text: str) -> list[tuple[int, int]]:
    """Sentences: a new line ends one where the line is short, blank or begins an item; a wrapped line does not."""
    found, start = [], 0
    for m in re.finditer(r"[.!?]+(?=[\s\"')]|$)|\n+", small):
        if m[0][0] == "\n":
            line_start = small.rfind("\n", 0, m.start()) + 1
            following = small[m.end() : m.end() + 40].lstrip()
            wrapped = (
                m[0] == "\n"
                and (m.start() - line_start > 58 or _GOES_ON.search(small[line_start : m.start()]))
                and not re.match(r"[-*•>\[(]|[0-9]{1,2}[.)]|[a-z /]{2,24}:", following)
            )  # fmt: skip
            if wrapped:
                continue
        elif m[0] == "." and expression("assertion", "abbreviations").search(small[max(0, m.start() - 7) : m.start()]):
            # "Dr. Example", but not "it hurts at an 8."
            goes_on = re.match(
                r"\.\s+(?:i|my|it|the|he|she|no|but|and|this|we|they|also)\b|\.\s*$", small[m.start() : m.end() + 8]
            )
            answered = re.search(r"\bno\Z", small[max(0, m.start() - 3) : m.start()]) and not re.match(
                r"\.\s*[#0-9]", small[m.start() : m.end() + 4]
            )  # "They said no. MRI in May was normal", but "claim no. 123".
            therapy = expression("assertion", "therapy_ends").search(small, max(0, m.start() - 18), m.start())
            if not goes_on and not answered and not therapy and not _ends_before_a_capital(small, text, m.start()):
                continue
        elif "?" in m[0] and re.match(
            r"\s*(?:no|none|nope|never|yes|yeah|yep|y|n|denies|sometimes|often|occasionally|on and off|at times)\b",
            small[m.end() : m.end() + 16],
        ):
            continue  # "Fever? No." is one statement.
        elif "?" in m[0] and re.search(r"(?:\A|[\s:(,;])\Z", small[max(0, m.start() - 1) : m.start()]):
            continue  # "XR: ? nondisplaced fx": it asks about what follows.
        if m.end() > start:
            found.append((start, m.end()))
        start = m.end()
    if start < len(small):
        found.append((start, len(small)))
    return [piece for sentence in found for piece in _cut(small, *sentence)]


def _ends_before_a_capital(small: str, text: str, at: int) -> bool:
    """ "X 8 wks. Gait normal", "it could be MS. In June"; but not "Ms. Example" nor "MS. EXAMPLE"."""
    said = expression("assertion", "ends_before_a_capital").search(small, max(0, at - 6), at)
    if said is None or not re.match(r"\.\s+[A-Z?(+]", text[at : at + 6]):
        return False
    return said[0] != "ms" or (
        text[said.start() : at].isupper() and bool(re.match(r"\.\s+[A-Z][a-z]", text[at : at + 8]))
    )


def _cut(small: str, start: int, end: int) -> list[tuple[int, int]]:
    """A sentence in pieces that the rules can look through quickly: text without marks is no reason to be slow."""
    pieces = []
    while end - start > _LONGEST:
        space = small.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = space + 1 if space > 0 else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def meaning(given: Context, start: int, end: int, *, blood_only: bool = False) -> Meaning:
    """What the words around small[start:end] make of it. "hypothetical" means that it is said of nobody, or asked.

    `blood_only`: the illness of one who is no blood relative is "hypothetical" and not "family".
    """
    rules, small = _rules(), given.small
    first, last = given.sentence(start)
    last = max(last, end)
    of_writer = blood_only and of_the_writer(given, start)
    if of_writer and _unrelated(given.patient or small[first:start], ""):
        return "hypothetical"
    answer = expression("assertion", "answer").match(small, end)
    if answer:
        if answer["no"]:
            return "absent"
        of_relatives = expression("assertion", "label_of_the_family").search(small, max(first, start - 50), start)
        return "family" if of_relatives else "present"
    another = expression("assertion", "answered_by_another").match(small, end)
    if another and not (given.patient and another["who"].endswith(given.patient)):
        return "hypothetical" if blood_only and _unrelated(another["who"], "") else "family"
    if expression("assertion", "answered_past").match(small, end):
        return "historical"
    if expression("assertion", "answered_no").match(small, end) or _asked_and_denied(small, first, start, end):
        return "absent"
    if _denied_by_the_patient(small, first, start, end, last):
        return "absent"
    if _ends_what_is_denied(small, first, start, end, last):
        return "absent"
    if _nobody_knows(small, first, start, end, last):
        return "uncertain"
    ends = small[max(first, start - 40) : start]
    box = box_behind(small, start, end)
    if box is not None:
        return box
    if any(mark in ends for mark in _BOXES) and expression("assertion", "empty_box").search(ends):
        return "hypothetical"
    if ends.endswith("- ") and _denied_by_a_minus(small, first, start, last):
        return "absent"
    if expression("assertion", "plus_before").search(ends):
        return "present"
    listed = small.count(",", max(first, start - _REACH), start) >= _COMMAS_OF_A_LIST
    told_before = small[max(first, start - (_REACH_IN_A_LIST if listed else _REACH)) : start]
    heading = _heading(small, first)
    if heading:
        told_before = heading + re.sub(r"^\s*(?:[-*>]|[0-9]{1,2}[.)])\s+", "", told_before)
    origin, reach = start - len(told_before), min(last, end + _REACH)
    before = _mask(rules.pseudo, told_before) if heading else _masked(rules.pseudo, small, origin, start)
    patient = given.patient
    if patient:
        not_theirs = r"(?<!her )(?<!his )(?<!their )(?<!\bown )\b"
        own = rf"(?:\b(?:my|our) (?:[0-9a-z-]{{1,10}} )?|{not_theirs}){patient}\b(?:'s(?! {_KIN}))?"
        before = re.sub(own, lambda m: "~" * len(m[0]), before)
    after = _masked(rules.pseudo, small, end, reach)
    if expression("assertion", "it_away").match(after):
        before = expression("assertion", "does_not_take").sub(lambda m: "~" * len(m[0]), before)
    other = expression("assertion", "the_other_side").search(after)
    if other:
        after = after[: other.start()]
        reach = end + len(after)
    if expression("assertion", "test_before").search(small, first, end):
        after = _mask(expression("assertion", "was_denied"), after)
    around = before + small[start:end] + after
    seen = around[: len(before) + end - start + _SEEN_AHEAD]
    as_written = not heading and around == small[origin:reach]

    def found(pattern: re.Pattern[str], words: str, first: int) -> Iterator[re.Match[str]]:
        """The matches in the words, which begin at `first` of the text where nothing is masked."""
        return cut_out(pattern, small, first, first + len(words)) if as_written else pattern.finditer(words)

    near = before[max(_stopped(found(rules.stop, seen, origin), len(before)), _said_anew(seen, len(before))) :]
    wide = before[_stopped(found(rules.hard_stop, seen, origin), len(before)) :]
    stop = next(found(rules.stop, after, end), None)
    behind = after[: stop.start()] if stop else after

    here = possible(small, rules.of_status) if as_written else rules.of_status

    def said(name: str, reach: str) -> bool:
        return any(
            part is not None
            and (part in here or small[first - 1 : first].isalpha())
            and any(True for _ in found(part, words, first))
            for part, words, first in (
                (rules.touching.get(name), before, origin),
                (rules.opening.get(name), around, origin),
                (rules.before.get(name), reach, start - len(reach)),
                (rules.touching_after.get(name), after, end),
                (rules.after.get(name), behind, end),
            )
        )

    if said("hypothetical", wide):
        return "absent" if expression("assertion", "none_of_these").match(small, end) else "hypothetical"
    of_a_child = given.of_a_note and expression("assertion", "child_in_a_note").search(near) is not None
    if (of_a_child or said("family", near)) and expression("assertion", "my_own").search(near) is None:
        theirs = f"{behind} {given.patient}" if given.for_another else behind
        return _of_a_relative(small, end, said("absent", near) or (blood_only and _unrelated(near, theirs)))
    # The verb may be the finding's own first word: "and had surgery".
    own_verb = expression("assertion", "own_verb").match(small, start, end)
    of_them = rules.still_the_relative.search(before + own_verb[0] if own_verb else before)
    if of_them:
        return _of_a_relative(small, end, blood_only and _unrelated(of_them[0], ""))
    spouse = _spouse_told_of(given, first, start)
    if spouse is not None:
        return "hypothetical" if blood_only else "family"
    if _goes_on_about_them(given, first, start):
        return _of_a_relative(small, end, blood_only and _unrelated(small[slice(*given.sentence(first - 1))], ""))
    if expression("assertion", "never_used_to").search(near) or (
        said("absent", near) and expression("assertion", "asked_after").match(after)
    ):
        return "hypothetical"
    if said("absent", near) or _in_a_denied_list(near, after):
        if expression("assertion", "elsewhere").match(after):
            return "hypothetical"
        begun = re.search(r"\bnever\b", near) and expression("assertion", "only_until").match(after)
        if begun is None and re.search(r"\bdid(?:n't|nt| not)\b", near):
            # "I didn't have any back pain until the accident"; "didn't have a fever before" tells nothing of now.
            begun = expression("assertion", "only_until").match(after)
            begun = begun if begun and begun["begins"] else None
        if begun:
            # "Never had headaches until June" has them now; "before this" tells of no more than what is told with it.
            return "present" if begun["begins"] or begun["now"] else "hypothetical"
        if expression("assertion", "any_more").match(after):
            return "historical"
        # "No numbness except when I sit" is no clear no.
        return "uncertain" if expression("assertion", "except_when").match(after) else "absent"
    uncertain = (
        said("uncertain", _of_this_label(rules.before["uncertain"], near))
        or _bare_question(before, after)
        or _taken_back(rules, after)
    )
    past = said("historical", near)
    if uncertain and past:
        # The nearer cue wins; a cue behind the finding is as near as can be.
        past = _last(rules.before["historical"], near) >= _last(rules.before["uncertain"], near)
    if expression("assertion", "eases").match(after):
        return "uncertain" if uncertain else "present"
    if past and (expression("assertion", "still_so").match(after) or _so_long_now(near, after)):
        past = False
    if past or (
        not uncertain
        and (
            _over(rules, after)
            or _opened_as_past(small, first, start, end, last)
            or _never_again(small, first, start, end, last)
        )
    ):
        return "historical"
    return "uncertain" if uncertain else "present"


def _of_a_relative(small: str, end: int, nobodys: bool) -> Meaning:
    """What a relative's illness is to the patient: denied where they say so ("my mom had fibroids, I don't")."""
    if expression("assertion", "but_not_me").match(small, end):
        return "absent"
    return "hypothetical" if nobodys else "family"


def box_behind(small: str, start: int, end: int) -> Meaning | None:
    """What a box behind the words says, in a line whose boxes stand behind: "cough [x] hemoptysis [ ]"; else None.

    An empty box says nothing: nobody knows whether it was asked.
    """
    box = expression("assertion", "box_behind").match(small, end)
    if box is None:
        return None
    line = small.rfind("\n", 0, start) + 1
    before = small[line : small.find(box["open"], line)].rstrip(" -*•")
    if not before or before.endswith(":"):
        return None
    return "hypothetical" if box["empty"] else "present"


def written_for(given: Context) -> str | None:
    """The relative who is the patient ("my son is 15, … they denied his MRI"), or None where the writer may be.

    Where it is said outright, whoever it is. Else only children and spouses, whose illness nobody tells as a family
    history, and only where the writer tells nothing of a body or an illness of their own.
    """
    outright = expression("assertion", "said_for_whom").search(given.small)
    if outright is not None:
        return outright["a"] or outright["b"] or outright["c"]
    if expression("assertion", "writer_is_the_patient").search(given.small) is not None:
        return None
    own = list(expression("assertion", "own_trouble").finditer(given.small))
    opened = _opened_with(given, own) or _worried_about(given, own)
    if opened is not None:
        return opened
    if not own:
        told = _with_own_complaint(given) or _whose_scan(given) or _in_trouble(given) or _an_elder(given)
        if told is not None:
            return told
    named = expression("assertion", "for_whom").search(given.small, 0, _FIRST_WORDS)
    if named is None or not expression("assertion", "he_or_she").search(given.small, named.end()):
        return None
    return None if writes_of_self(given) else named["who"]


def _opened_with(given: Context, own: list[re.Match[str]]) -> str | None:
    """ "My daughter is 16 and has had headaches …": who the text opens with and goes on about, in the present."""
    opening = expression("assertion", "opens_with_them").match(given.small)
    if opening is None or expression("assertion", "of_the_family").search(given.small):
        return None
    return opening["who"] if _goes_on(given, opening, own) else None


def _worried_about(given: Context, own: list[re.Match[str]]) -> str | None:
    """ "Worried sick about my mom. 68, …", of whom the text goes on to tell."""
    opening = expression("assertion", "worried_about_them").match(given.small)
    return opening["who"] if opening and _goes_on(given, opening, own) else None


def _goes_on(given: Context, opening: re.Match[str], own: list[re.Match[str]]) -> bool:
    """Whether what follows tells of that relative, and of the writer no more than an illness beside it.

    That is one sentence of their own: about a child, or one that says "myself", "too", "at her age".
    """
    if len(expression("assertion", "he_or_she").findall(given.small, opening.end("who"))) < _TOLD_OF:
        return False
    if not own:
        return True
    at = {given.number(m.start()) for m in own}
    if len(at) > 1:
        return False
    beside = opening["who"] in _CHILDREN and all(expression("assertion", "own_beside").match(m[0]) for m in own)
    too = expression("assertion", "of_myself_too").search(given.small, *given.sentence(own[0].start()))
    return beside or too is not None


def _with_own_complaint(given: Context) -> str | None:
    """ "Mom's headaches are since September"."""
    theirs = expression("assertion", "their_complaint").search(given.small)
    return None if theirs is None else theirs["who"]


def _whose_scan(given: Context) -> str | None:
    """ "My brother …, they denied his MRI": the one person told of whom "his" can mean."""
    scan = expression("assertion", "their_scan").search(given.small)
    if scan is None or expression("assertion", "a_denial").search(given.small) is None:
        return None
    whose = {"his": "he", "her": "she", "hers": "she"}.get(scan["whose"])
    told = {
        who
        for m in expression("assertion", "one_told_of").finditer(given.small)
        for kind, who in m.groupdict().items()
        if who and (whose is None or kind in (whose, "either"))
    }
    return told.pop() if len(told) == 1 else None


def _in_trouble(given: Context) -> str | None:
    """ "My niece has headaches": what hurts a relative now is no family history; nor an illness beside a denial."""
    if expression("assertion", "of_the_family").search(given.small):
        return None
    names = ["their_trouble", "their_care", "and_now_they"]
    if expression("assertion", "a_denial").search(given.small):
        names.append("their_trouble_beside_a_denial")
        if expression("assertion", "scan_for_cancer").search(given.small):
            names.append("their_cancer")
    told = {m["who"] for name in names for m in expression("assertion", name).finditer(given.small)}
    return told.pop() if len(told) == 1 else None


def _an_elder(given: Context) -> str | None:
    """ "My mother is 82 …": an elder of whom the text goes on to tell beside a denial."""
    elder = expression("assertion", "for_an_elder").match(given.small)
    if elder is None or not (elder["years"] and expression("assertion", "a_denial").search(given.small)):
        return None
    goes_on = len(expression("assertion", "he_or_she").findall(given.small, elder.end())) >= _TOLD_OF
    return elder["who"] if goes_on else None


def writes_of_self(given: Context) -> bool:
    """Whether the writer tells of a body or an illness of their own ("my knee", "I have")."""
    return expression("assertion", "the_writer").search(given.small) is not None


def _of_this_label(cue: re.Pattern[str], near: str) -> str:
    """ "Suspect stenosis: claudication 9 mos": a cue with an object of its own does not reach past the colon."""
    label, colon, words = near.rpartition(": ")
    if label.endswith((" re", " about", " of")):
        return near
    return words if colon and not any(m.end() == len(label) for m in cue.finditer(label)) else near


def _so_long_now(near: str, after: str) -> bool:
    """ "Hx: shoulder pain 3 mo": a history of weeks is that of the complaint."""
    return bool(
        expression("assertion", "history_of_it").search(near) and expression("assertion", "so_long_now").match(after)
    )


def _last(pattern: re.Pattern[str], words: str) -> int:
    """Where the last cue in the words begins; their end when there is none."""
    return max((m.start() for m in pattern.finditer(words)), default=len(words))


def _over(rules: _Rules, after: str) -> bool:
    """ "… last year but not now": it was, and no other statement stands between."""
    found = rules.over.search(after)
    if found is None or found.start() > _BEFORE_IT_IS_OVER:
        return False
    between = after[: found.start()]
    return _ENDS.isdisjoint(between) and not rules.another_statement.search(between)


def _heading(small: str, first: int) -> str:
    """The heading of the list that the sentence at `first` is an item of ("denies " above "- fever"), or nothing."""
    above = small[max(0, first - 1_200) : first].rstrip(" ")
    if not above.endswith("\n"):
        return ""
    for line in above[:-1].split("\n")[: -_ITEMS - 1 : -1]:
        if not line.strip():
            return ""
        if line.rstrip().endswith(":"):
            words = line.strip().rstrip(":").lstrip("-*> ")
            return f"{words} " if len(words) <= 60 else ""
        if expression("assertion", "item").fullmatch(line) is None:
            return ""
    return ""


def _denied_by_a_minus(small: str, first: int, start: int, last: int) -> bool:
    """ "- fever, + numbness", "- N/V/D, no blood": where a plus or a no stands too, the minus is no bullet."""
    if first and small.startswith("- ", first) and small[first - 1] == "\n":
        return expression("assertion", "a_line_of_plus").search(small) is not None
    minus = expression("assertion", "minus").search(small, first, start)
    if minus and _a_bullet_of_several(small, minus.start()):
        in_line = expression("assertion", "plus_of_a_sign").search(small, first, last)
        return (in_line or expression("assertion", "a_line_of_plus").search(small)) is not None
    if minus and minus[0].startswith(" "):
        # "+ fever - chills": between two words a minus is one only in a list of such signs.
        begins = expression("assertion", "list_of_signs").match(small, first, start)
        return bool(begins and expression("assertion", "plus").search(small, first, last))
    return bool(
        minus
        and (
            expression("assertion", "plus").search(small, first, last)
            or expression("assertion", "minus_letters").match(small, start, last)
        )
    )


def _a_bullet_of_several(small: str, minus: int) -> bool:
    """Whether a minus opens a line and another line below too: both are bullets."""
    opens = minus == 0 or small[minus] == "\n"
    return opens and expression("assertion", "bullet").search(small, minus + 1) is not None


def _nobody_knows(small: str, first: int, start: int, end: int, last: int) -> bool:
    """ "Can't rule out a fracture", "cancer has not been ruled out", "make sure it isn't MS"."""
    begin, finish = max(first, start - 60), min(last, end + 60)
    around = small[begin:finish]
    if not any(word in around for word in ("rule", "exclud", "r/o", "sure")):
        return False
    after = expression("assertion", "not_ruled_out_after").match(small, end, finish)
    return bool(after or expression("assertion", "not_ruled_out_before").search(small, begin, start))


def _in_a_denied_list(near: str, after: str) -> bool:
    """ "It doesn't pop, lock or give out": one no for all, also for what stands between the commas."""
    goes_on = near.endswith((", ", ",")) and expression("assertion", "list_goes_on").match(after)
    return bool(goes_on and expression("assertion", "denied_list").search(near))


def _denied_by_the_patient(small: str, first: int, start: int, end: int, last: int) -> bool:
    """ "Weakness denied", "fever and chills denied by pt"; not "back pain, the MRI was denied"."""
    said = expression("assertion", "denied_after").match(small, end, last)
    if said is None or expression("assertion", "asked_for").search(small, first, start):
        return False
    if expression("assertion", "test_before").search(small, start, end):
        return False
    return not ("," in said[0] and expression("assertion", "told_to_have").search(small, first, start))


def _ends_what_is_denied(small: str, first: int, start: int, end: int, last: int) -> bool:
    """ "Denies fevers, IVDU, hx ca.": the history is the last of what is denied; with a year it would be one."""
    so_far = expression("assertion", "denied_so_far").search(small, first, start)
    history = expression("assertion", "a_history")
    return bool(
        so_far
        and (history.match(small, start) or history.search(so_far[0][so_far[0].rfind(", ") :]))
        and expression("assertion", "list_ends").match(small, end, last)
    )


def _goes_on_about_them(given: Context, first: int, start: int) -> bool:
    """ "My sister had breast cancer at 36. She has the gene.", where the writer is the patient."""
    if not first or given.patient or given.for_another:
        return False
    if expression("assertion", "goes_on_about_them").match(given.small, first, start) is None:
        return False
    before = given.sentence(first - 1)
    if expression("assertion", "he_or_she").search(given.small, max(0, before[0] - _BEFORE_THEM), before[0]):
        # Somebody else was spoken of already, and may be the patient.
        return False
    told = expression("assertion", "a_relative_told_of").search(given.small, *before)
    if told is None and expression("assertion", "writer_is_the_patient").search(given.small):
        told = expression("assertion", "spouse_goes_on").search(given.small, *before)
    return told is not None and writes_of_self(given)


def _spouse_told_of(given: Context, first: int, start: int) -> re.Match[str] | None:
    """ "My husband is a smoker and he coughs", where the writer is the patient."""
    if given.patient or given.for_another or not writes_of_self(given):
        return None
    return expression("assertion", "spouse_told_of").match(given.small[first:start].lstrip())


def _asked_and_denied(small: str, first: int, start: int, end: int) -> bool:
    """ "They asked about fevers and sweats; I said no to all of it"."""
    return bool(
        expression("assertion", "said_no").match(small, end)
        and expression("assertion", "asked_about").search(small, first, start)
    )


def _never_again(small: str, first: int, start: int, end: int, last: int) -> bool:
    """ "Had a terrible headache in March, they did a CT, and it never came back"."""
    return bool(
        expression("assertion", "had_once").search(small, max(first, start - 60), start)
        and expression("assertion", "never_again").match(small, end, last)
    )


def _unrelated(before: str, behind: str) -> bool:
    """Whether the one told of is no blood relative ("my wife had lung cancer"): it says nothing of the family."""
    told = list(expression("assertion", "relative").finditer(before))
    one = told[-1] if told else expression("assertion", "relative").search(behind)
    return one is not None and one["other"] is not None


def of_the_writer(given: Context, start: int) -> bool:
    """Whether the words tell of who writes where the patient is another: "I have asthma myself"."""
    if not (given.for_another or given.patient):
        return False
    first, last = given.sentence(start)
    told = list(expression("assertion", "who_speaks").finditer(given.small, first, min(last, start + 1)))
    return bool(told) and told[-1]["writer"] is not None


def _opened_as_past(small: str, first: int, start: int, end: int, last: int) -> bool:
    """ "Back in 2014 I had vertigo"; but not "in 2014 I hurt my back and it has hurt since"."""
    opening = expression("assertion", "past_opening").match(small, first, start + _FIRST_WORD)
    if opening is None:
        return False
    still = expression("assertion", "not_past_any_more")
    return not (still.search(small, opening.end(), start) or still.search(small, end, min(last, end + 60)))


def _taken_back(rules: _Rules, after: str) -> bool:
    return rules.taken_back.match(after) is not None


def _bare_question(before: str, after: str) -> bool:
    """ "Numbness?" asks; "is it normal that my leg is numb?" tells."""
    return after.lstrip().startswith("?") and len(before.split()) <= 3 and not re.search(r"\b(?:my|i)\b", before)


def _mask(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: "~" * len(m[0]), text)


def _masked(pattern: re.Pattern[str], small: str, start: int, end: int) -> str:
    """What stands at start:end, taken by itself, masked."""
    kept, last = [], start
    for m in cut_out(pattern, small, start, end):
        kept += [small[last : start + m.start()], "~" * len(m[0])]
        last = start + m.end()
    return "".join((*kept, small[last:end]))


def _said_anew(words: str, place: int) -> int:
    """Where "no b/b, numbness L foot" ends its no, when that is before the place; else 0."""
    ends = (m.end() for m in expression("assertion", "said_anew").finditer(words))
    return max((end for end in ends if end <= place), default=0)


def _stopped(stops: Iterator[re.Match[str]], place: int) -> int:
    """Where the last stop that begins before `place` ends; it may look at what follows."""
    end = 0
    for m in stops:
        if m.start() >= place:
            break
        end = min(m.end(), place)
    return end
