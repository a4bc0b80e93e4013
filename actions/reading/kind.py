"""What kind of text it is: a payer's letter that denies an imaging study, a person's message, or something else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from actions.reading import insurers, reasons, told, wording
from actions.reading.adjustment_codes import adjustment_code
from actions.reading.compiled import compiled
from actions.reading.misspelt import tolerant
from actions.reading.policy import overlaps
from actions.reading.rules import pattern, rules
from actions.reading.text import Sentence

Outcome = Literal["denied", "approved", "pending"]
# "Services denied when authorization was requested" tells no reason, but a denial.
_NO_REASON = ("39",)
_COMMON = compiled(
    r"\b(?:the|a|an|and|to|of|in|is|it|my|i|you|was|for|on|that|have|has|not|no|yes|ok|okay|hi|hello|hey|help|thanks|"
    r"thank|what|how|why|can|do|does|they|we|me|this|with|but|please|start|stop|skip|back|maybe|sure|nope|yeah|none|"
    r"left|right|both|pain|hurts?|denied|insurance|weeks?|months?|days?)\b",
    re.I,
)


@dataclass(frozen=True)
class _Marks:
    denied: re.Pattern[str]
    undenied: re.Pattern[str]
    hypothetical: re.Pattern[str]
    approved: re.Pattern[str]
    pending: re.Pattern[str]
    letter: re.Pattern[str]
    first_person: re.Pattern[str]
    teller: re.Pattern[str]
    field: re.Pattern[str]
    paper: re.Pattern[str]


@lru_cache(maxsize=1)
def _marks() -> _Marks:
    data = rules("kind")
    names = ("denied", "undenied", "hypothetical", "approved", "pending", "letter", "first_person", "teller", "field",
             "paper")  # fmt: skip
    return _Marks(*(pattern(tolerant(data[name])) for name in names))


@lru_cache(maxsize=1)
def _denying_code() -> re.Pattern[str]:
    """A bare EOB line names its denial by an adjustment code; these say that nothing was paid for want of something."""
    reasons = rules("reasons").values()
    return adjustment_code([*_NO_REASON, *(code for reason in reasons for code in reason.get("codes", ()))])


def is_letter(sentences: list[Sentence], text: str) -> bool:
    """Whether a payer, its reviewer or another office wrote this: its labels and phrases outweigh a person's own words.

    A portal's page or a fax has no salutation: its fields, each at the head of a line or a cell, count as much.
    """
    if staffs_row(text) or _staffs_note(text) or _OFFICES_HEAD.match(text):
        return False
    marks = _marks()
    if _pasted(text, marks) or len(_AGENTS_TURN.findall(text)) >= _FEW_TURNS:
        return True
    letter = sum(len({m.lower() for m in marks.letter.findall(s.text)} - {""}) or bool(marks.letter.search(s.text))
                 for s in sentences)  # fmt: skip
    # A radiology report or an order has such fields too, but no word of a decision.
    decided = (marks.denied, marks.approved, _denying_code())
    if any(rule.search(s.text) for s in sentences for rule in decided):
        letter += len({field.lower() for field in _fields(text)})
    own = [word.lower() for s in sentences for word in marks.first_person.findall(s.text)]
    if own:
        # What a person quotes is the plan's, and they are the one who writes: its words count for no letter.
        inside = (s for s, in_quotes in zip(sentences, reasons.quoted(sentences), strict=True) if in_quotes)
        letter -= sum(len({m.lower() for m in marks.letter.findall(s.text)} - {""}) for s in inside)
    if text.isupper() or (_EOB.search(text) and _claim_line(text)):
        # On a fax in capitals and in a remittance "PT" is a label, not how an office speaks of its patient.
        own = [word for word in own if word != "pt"]
    teller = sum(len(marks.teller.findall(s.text)) for s in sentences)
    first = len(own) + 2 * teller + (0 if _claim_line(text) or _EOB.search(text) else _begun_small(text))
    if not first and (any(marks.paper.search(s.text) for s in sentences) or _SALUTED.match(text) or _claim_line(text)):
        return True
    letter += bool(letter and not first and _HEADED.match(text))
    if not first:
        letter += bool(_letterhead().match(text))
        # Who speaks of "you" and "we" and never of "me" answers somebody.
        letter += min(sum(bool(_ADDRESSED.search(s.text)) for s in sentences), _MOST_ADDRESSED)
    words = sum(len(s.text) for s in sentences) / 6
    return letter >= 2 and letter > first * (0.8 if words < 150 else 0.4)


def _pasted(text: str, marks: _Marks) -> bool:
    """Whether most of a text stands in quotes and is the plan's: what a person puts before or behind it is little.

    A voicemail or an office's mail in quotes speaks of itself, the plan does not.
    """
    parts = [hit.group(1) for hit in _LONG_QUOTE.finditer(text)]
    if sum(map(len, parts)) < _MOSTLY * len(text.strip()):
        return False
    if not any(rule.search(part) for part in parts for rule in (marks.denied, marks.approved)):
        return False
    return any(_YOUR.search(part) for part in parts) and not any(marks.first_person.search(part) for part in parts)


_MOSTLY = 0.6
# A chat with the plan that was copied: its agent's turns stand behind their name.
_AGENTS_TURN = compiled(
    r"^[ ]{0,4}(?:\[[^\]\n]{3,20}\][ ])?(?:chat )?(?:agent|advocate|rep|representative)\b[^:\n]{0,40}:[ ]",
    re.I | re.M,
)
_FEW_TURNS = 2
_LONG_QUOTE = compiled(r"[\"\u201c]([^\"\u201c\u201d]{150,6000})[\"\u201d]")
_YOUR = compiled(r"\byour\b|\bdear\b|\bmember\b", re.I)


def _begun_small(text: str) -> int:
    """How many sentences begin with a small letter, where these are many: no office's paper is typed so.

    A scan's or a remittance's broken words are not meant.
    """
    begun = [hit.group(1) for hit in _BEGINS.finditer(text)]
    small = sum(letter.islower() for letter in begun)
    return small if small >= _FEW_SMALL and small * _SHARE_SMALL >= len(begun) else 0


# A line that is short ends where its writer ended it.
_BEGINS = re.compile(r"(?:\A|[.!?] {1,2}|\n[ ]*\n|(?<=\n)(?<!.{60}\n))[ ]*([A-Za-z])(?=[a-z' ])")
_FEW_SMALL = 2
_SHARE_SMALL = 2


def staffs_row(text: str) -> bool:
    """Whether this is a row of an office's worklist: cells in bars, a day or a name first, hardly a label, no sums."""
    if text.count("|") < _ROW_BARS or text.count("\n") > _ROW_LINES or _SUM.search(text):
        return False
    first = text.lstrip(" |").split("|", 1)[0].strip()
    if _LIST_BEGINS.fullmatch(first) and "\n" in text.strip():
        return staffs_row(text.strip().split("\n", 1)[1])
    cells = text.split("|")
    labelled = sum(bool(_CELL_LABEL.match(cell)) for cell in cells)
    return bool(_ROW_BEGINS.fullmatch(first)) and 2 * labelled < len(cells) and not _YOU.search(text)


def _staffs_note(text: str) -> bool:
    """Whether this is a clinic's few lines on a denial: full of its own short words, and said to nobody."""
    if text.count("\n") > _ROW_LINES or text.isupper() or _ADDRESSED.search(text):
        return False
    return len({word.lower() for word in _SHORT_WORDS.findall(text)}) >= _FEW_SHORT_WORDS


# "Appeal prep - K. Sundaram", "Denial summary for Dr. Bell": what an office writes over its own list.
_OFFICES_HEAD = compiled(
    r"\s*(?:(?-i:Pt)(?: name)?[ ]?:[ ]|(?:appeal|p2p|peer[- ]to[- ]peer|denial|pa|prior auth) (?:prep|recap|"
    r"worksheet|work-?up|huddle|tracker|"
    r"follow-?up|"
    r"notes?)\b|(?:denial|appeal|case) summary (?:for|re|to|[-:] ))",
    re.I,
)
_FEW_SHORT_WORDS = 3
_SHORT_WORDS = compiled(
    r"(?<![\w/])(?:pts?(?=[ :.,])|tx\b|wks?\b|mos\b|xrs?\b|w/o?(?= )|dx\b|hx\b|p2p\b|conserv\b|f/u\b|appt\b|"
    r"auth'?d\b|b/c\b|"
    r"s/p\b|c/o\b|lmom\b|lvm\b|sx\b|yo\b|y/o\b|ov\b|[rl](?= (?:hip|knee|shoulder|ankle|foot|wrist|hand|elbow)\b))",
    re.I,
)
_SUM = compiled(r"(?<![A-Za-z0-9.])[0-9]{1,3}(?:,?[0-9]{3})?\.[0-9]{2}(?![0-9])|\$[ ]?[0-9]")
_ROW_BARS = 4
_ROW_LINES = 4
# "01/06/27", "HERNDON-VEGA, P", "Lopez, M.", "K.O.": a day or a patient.
_ROW_BEGINS = compiled(
    r"[0-9]{1,2}[/-][0-9]{1,2}(?:[/-][0-9]{2,4})?|(?-i:[A-Z][A-Za-z'-]{1,20}, ?[A-Z][A-Za-z]{0,14}\.?|"
    r"(?:[A-Z]\.? ?){2,3})",
    re.I,
)
_LIST_BEGINS = compiled(r"pts?|patient|pt name|patient name|name|day", re.I)
"""The first heading of such a list."""
_CELL_LABEL = compiled(r"[ \n]*[A-Za-z][A-Za-z ./#]{1,24}:[ ]?\S")


@lru_cache(maxsize=1)
def _letterhead() -> re.Pattern[str]:
    """A first line of capitalised words, one of them as companies' names end."""
    ends = "|".join(rules("payers")["letterhead_ends"])
    return compiled(rf"\s*(?=[A-Z])[^\n.:]{{2,60}}[ ](?i:{ends})\b")


_ADDRESSED = compiled(r"\b(?:you|your|you've|you're|you'll|our|we|we've|us)\b(?!\?)", re.I)
_YOU = compiled(r"\byour?\b", re.I)
_MOST_ADDRESSED = 2
_HEADED = compiled(r"\s*(?:[A-Z][A-Za-z.&'-]*[ ]?){2,8}\n[ ]*\n")
"""A line of capitalised words over an empty one, as at the head of a letter."""
_SALUTED = compiled(
    r"\s*(?:(?:notice )?date(?: of (?:notice|letter))?:?[ ][^\n]{4,30}[.\n]\s*)?"
    r"dear[ ][a-z.]{2,20}(?:[ ][a-z.'-]{2,24}){0,3}[,:]",
    re.I,
)
_MONEY = compiled(r"[0-9]\.[0-9]{2}(?![0-9])|\$[ ]?[0-9]")
_CODE = compiled(r"(?<![0-9.$-])(?:7[0-9]{4}|93[0-9]{3})(?![0-9])")


_NOTHING_PAID = compiled(r"\bpaid[ :]{0,3}\$?[ ]?0?\.00(?![0-9])|\bpaid[ :]{0,3}\$0(?![0-9.,])", re.I)
_EOB = compiled(r"\bexplanation of (?:benefits|payment)\b|\beob\b|\bremittance\b", re.I)


def _claim_line(text: str) -> bool:
    """Whether a line of a remittance stands here: an imaging code, sums, and the code or the word of a denial."""
    sums = len(_MONEY.findall(text))
    return bool(
        sums
        and _CODE.search(text)
        and (
            _denying_code().search(text)
            or (sums > 1 and any(rule.search(text) for rule in (_marks().denied, _EOB, _NOTHING_PAID)))
        )
    )


def _fields(text: str) -> Iterator[str]:
    """The field labels that begin a line or a cell and stand alone there or before their value."""
    lines = text.strip().split("\n", _MOST_LINES)[:_MOST_LINES]
    if len(lines) == 1 and lines[0].count("|") < _FEW_CELLS:
        return
    # The head of a mail passed on is no fax's.
    mail = _A_MAIL.search(text)
    for line in lines:
        for cell in _CELL.finditer(line):
            hit = _marks().field.match(cell.group())
            if hit and mail and _OF_A_MAIL.match(cell.group()):
                continue
            if hit and _AFTER_FIELD.match(cell.group(), hit.end()):
                yield hit.group()


_CELL = compiled(r"[^ |](?:[^ |]|[ ](?=[^ |])){2,80}")
_A_MAIL = compiled(
    r"^[ >]{0,4}sent:[^\n]*\n(?:[^\n]*\n){0,3}[ >]{0,4}subject:|^[ >]{0,4}subject:[ ](?:fw|fwd|re):",
    re.I | re.M,
)
_OF_A_MAIL = compiled(r"(?:from|to|cc|sent|date|subject|re)[ ]?:", re.I)
# A label is followed by its mark, by nothing, or by what can be a value: not by more of a sentence.
_AFTER_FIELD = compiled(r"[ ]?(?:[:#?]|[.]{2}|\Z|[ ](?=[A-Z0-9$]))")
_MOST_LINES = 400
_FEW_CELLS = 3


def decides(sentences: list[Sentence]) -> bool:
    """Whether a decision, or what can be done against one, stands here: a record of a clinic has such fields too."""
    marks = _marks()
    rules_of = (marks.denied, marks.approved, _denying_code(), _APPEAL)
    return any(rule.search(s.text) for s in sentences for rule in rules_of)


def denies(sentences: list[Sentence], *, letter: bool = False) -> bool:
    """Whether the text says that something was denied, other than "if we deny …", and does not say it was approved.

    A letter that gives a reason and speaks of an appeal denies, whatever it calls it; a person's words do where the
    plan is the one who gives the reason.
    """
    denied, approved = _counted(sentences, letter=letter)
    if denied == 0 and approved == 0:
        return _gives_a_reason(sentences, letter=letter)
    return denied > 0 and (approved == 0 or denied >= approved)


def outcome(sentences: list[Sentence], *, letter: bool, denied: bool) -> Outcome | None:
    """What was decided, as the plan says it; None where that is not clear, or where a person tells it in their words.

    `letter` and `denied` as `is_letter` and `denies` answer. An approval beside a denial is neither.
    """
    if denied:
        return "denied"
    marks = _marks()
    if not letter and not _told_to_somebody(sentences):
        return None
    refused, approved = _counted(sentences, letter=letter)
    waits = any(marks.pending.search(s.text) for s in sentences)
    if refused or bool(approved) == waits:
        return None
    return "approved" if approved else "pending"


def settled_well(sentences: list[Sentence]) -> bool:
    """Whether an office tells only that it was approved: it asks nothing, and nobody speaks of themselves."""
    refused, approved = _counted(sentences, letter=False)
    first = _marks().first_person
    return bool(approved) and not refused and not any(_asks(s.text) or first.search(s.text) for s in sentences)


def _told_to_somebody(sentences: list[Sentence]) -> bool:
    """Whether a short text is the plan's: it speaks to "you", asks nothing, and nobody speaks of themselves."""
    asks = sentences[-1].text.rstrip().endswith("?")
    return (
        not asks
        and any(_YOU.search(s.text) for s in sentences)
        and not any(_marks().first_person.search(s.text) for s in sentences)
    )


def _counted(sentences: list[Sentence], *, letter: bool) -> tuple[int, int]:
    """How often the text says that something was denied, and in how many sentences that it was approved."""
    marks = _marks()
    denied = approved = 0
    for sentence in sentences:
        not_so = tuple(m.span() for m in marks.undenied.finditer(sentence.text))
        hits = [m.span() for m in marks.denied.finditer(sentence.text) if not overlaps(*m.span(), not_so)]
        if marks.hypothetical.search(sentence.text):
            # "If you disagree …, your request was denied because" still says so, before the "if" or after it.
            hits = [span for span in hits if not _governed(sentence.text, span[0])]
        # "The ER said …, they said an X-ray first": those "they" are not the plan.
        hits = [span for span in hits if not _doctors_they(sentence.text, span[0])]
        denied += len(hits) + len(_denying_code().findall(sentence.text))
        said = (wording.denied,) if letter else (wording.denied, insurers.refuses)
        worded = (span for each in said for span in each(sentence.text) if not overlaps(*span, not_so))
        denied += not hits and any(not _governed(sentence.text, start) for start, _ in worded)
        for m in marks.approved.finditer(sentence.text):
            if not any(a <= m.start() < b for a, b in hits) and not _governed(sentence.text, m.start()):
                approved += 1
                break
    return denied, approved


def _gives_a_reason(sentences: list[Sentence], *, letter: bool) -> bool:
    """Whether the plan says why, though no word of a denial stands here."""
    if not letter:
        quoted = zip(sentences, reasons.quoted(sentences), strict=True)
        return any(_plan_gives(s) or (in_quotes and _in_its_words(s, sentences)) for s, in_quotes in quoted)
    if any(_marks().pending.search(s.text) for s in sentences):
        # What is still open is asked for in the words of a reason, and the appeal named is one for later.
        return False
    refers = any(_APPEAL.search(s.text) or _NOTHING_PAID.search(s.text) for s in sentences)
    return refers and any(
        not _governed(s.text, start)
        for s in sentences
        if not _APPLIED.search(s.text)
        for start, _ in reasons.given(s, letter=True)
    )


# What the patient pays of a service that is covered: nothing of it was denied.
_APPLIED = compiled(
    r"\b(?:deductible|co-?pay(?:ment)?|co-?insurance)[ :=.]{0,4}\$? "
    r"?(?=[0-9,.]*[1-9])[0-9]{1,3}(?:,?[0-9]{3})*\.[0-9]{2}",
    re.I,
)
_NOTHING_PAID = compiled(r"\bpaid(?: amount)?:?[ ]{1,20}\$?0\.00\b", re.I)


def _plan_gives(sentence: Sentence) -> bool:
    """Whether a person lets the plan give a reason here, and not their own doctors."""
    text = sentence.text
    if _asks(text):
        return False
    begun = list(insurers.speaks(text))
    return any(
        (_by_the_plan(text, start, end) or _since(text, begun, start) or insurers.spoke(text, end))
        and not told.by_a_doctor(text, start, end, speaker="insurer")
        and not _governed(text, start)
        for start, end in reasons.given(sentence, letter=False)
    )


def _in_its_words(sentence: Sentence, sentences: list[Sentence]) -> bool:
    """Whether a sentence in quotes gives a reason, and the message names the plan or a paper of its."""
    named = any(insurers.named(s.text) for s in sentences)
    return named and any(True for _ in reasons.given(sentence, letter=True))


def _since(text: str, begun: list[int], place: int) -> bool:
    """Whether the plan has begun to speak before this place, and the person not gone on with words of their own."""
    last = max((each for each in begun if each <= place), default=None)
    if last is None:
        return False
    # "Saying it is our responsibility because …": the cause is the plan's again.
    cause = max((hit.end() for hit in _BECAUSE.finditer(text, last, place)), default=last)
    return not told.own_words(text, cause, place)


_BECAUSE = compiled(r"\b(?:because|bc|since|due to)\b", re.I)


def _asks(text: str) -> bool:
    return text.rstrip().endswith("?")


def _by_the_plan(text: str, start: int, end: int) -> bool:
    """Whether the plan says what stands here, its "wants" or "needs" perhaps the first of these words."""
    return told.by_the_plan(text, start) or told.by_the_plan(text, end)


_APPEAL = compiled(
    r"\bappeals?\b|\bdo(?:n't| not) agree\b|\bdisagree|\bask (?:us )?for (?:a|another) review\b|"
    r"\breconsider|\bgrievance|\brequest (?:for )?(?:a |an )?(?:\w{3,10} )?review\b|\breview of (?:this|"
    r"the|your) (?:claim|decision)|"
    r"\blook (?:at (?:it|this) )?again\b|\bcorrected claim\b",
    re.I,
)


def _doctors_they(text: str, place: int) -> bool:
    """Whether "they" or a bare "no MRI" stands here and is the word of the person's own doctors."""
    unnamed = text[place : place + 5].lower() == "they " or text[place : place + 3].lower() == "no "
    return unnamed and told.by_a_doctor(text, place, place, speaker="insurer")


def _governed(text: str, place: int) -> bool:
    """Whether a hypothetical word stands before this place, within a hundred characters."""
    return bool(_marks().hypothetical.search(text, max(0, place - 100), place + 12))


def is_language(text: str) -> bool:
    """Whether there is at least one everyday English word to go by."""
    return bool(_COMMON.search(text))
