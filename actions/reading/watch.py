"""The emergency watch: what must come before paperwork, in a message or a document. Rules in `rules/emergency.yml`.

It knows emergencies by the person's own words, and by findings that together raise a red flag. Only what is said of this
patient, now, counts; in doubt an emergency counts. No model, no state; it never raises on any text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from actions.reading.assertion import Context, context, meaning
from actions.reading.clinical import findings_of
from actions.reading.text import plain
from criteria.facts import Case, Finding
from criteria.red_flags import RedFlag, load_red_flags, raised
from criteria.strict_yaml import Node, read

_RULES = Path(__file__).parent / "rules" / "emergency.yml"
_RED_FLAGS = Path(__file__).parent.parent.parent / "criteria" / "library" / "red_flags.yml"
SELF_HARM = "self_harm"
_LONGEST = 200_000
"""Characters read of one text; more is more than any letter."""


@dataclass(frozen=True)
class Hit:
    """A statement that counts: `id` of the red flag or `self_harm`, the words, and where they stand in the text."""

    id: str
    level: Literal["E", "crisis", "U"]
    words: str
    start: int
    end: int


@dataclass(frozen=True)
class _Rule:
    id: str
    level: Literal["E", "crisis", "U"]
    says: re.Pattern[str]
    chat_only: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    old: str | None
    passed_counts: bool


_NUMBER = r"(?:[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|many|a few|a couple(?: of)?|couple(?: of)?|few|an?)\+?"
_LONG = {
    unit: re.compile(
        rf"\b(?:for|over|past|last|x|since|of|about|these|like|almost|nearly) ?(?:the (?:past|last) |about |over |almost |at least |more than |nearly |like |the )*{_NUMBER}[ -](?:{units})\b"
        rf"|\bfor (?:{plain_units})\b|\bsince (?:19[0-9]{{2}}|20[01][0-9]|202[0-4])\b|\byears now\b|\b(?:my (?:whole|entire) life|lifelong|all my life|chronic|long[- ]?standing|since (?:childhood|birth|i was (?:a |[0-9]|young)))\b"
    )
    for unit, units, plain_units in (
        ("weeks", "weeks?|wks?|months?|mos?|years?|yrs?", "weeks|months|years|ages|decades"),
        ("months", "months?|mos?|years?|yrs?", "months|years|ages|decades"),
        ("years", "years?|yrs?", "years|ages|decades"),
    )
}
_LONG_AGO = re.compile(
    r"\b(?:years?|yrs?|months?|decades?|long(?: time)?) (?:ago|back|earlier|prior)\b|\b(?:in|back in|from|around|circa) (?:19[0-9]{2}|20[01][0-9]|202[0-5])\b|"
    r"\b(?:last year|history of|hx of|h/o|s/p|used to|as a (?:child|kid|teen\w*|baby)|when i was (?:a |in |[0-9]|young|little|pregnant)|in (?:my|his|her) "
    r"(?:teens|20s|30s|40s|50s|twenties|thirties|forties|past)|in the past|previously|formerly|at one point|once had|past medical|pmh|childhood|in college|"
    r"in high school|last (?:spring|summer|fall|winter|christmas|january|february|march|april|may|june|july))\b|\b(?:19[0-9]{2}|20[01][0-9]|202[0-4])\b"
)
_OVER = re.compile(r"\b(?:is|are|was|were|has|have|had|it|that|all|been|they)(?: been| now| all| since| completely| fully)? (?:resolved|cleared(?: up)?|gone now|treated|fixed|cured|over now|healed|better now|fine now|ruled out)\b")
_RELATIVE = re.compile(
    r"\b(?:my|our|his|her) (?:\w+ )?(?:husband|wife|spouse|partner|mother|mom|mum|father|dad|son|daughter|sister|brother|grandmother|grandma|grandfather|"
    r"grandpa|kid|child|boyfriend|girlfriend|friend|fianc\w+|roommate|aunt|uncle|patient|client)\b(?:'s)?"
)
_HAPPENING = re.compile(r"\b(?:is|are|can'?t|cannot|won'?t|keeps?|right now|now|just|suddenly|all of a sudden|having|today|tonight|this morning|doesn'?t)\b|'s\b")
_ASKS_NOW = re.compile(
    r"\b(?:should i|what (?:should|do|can) i do|do i need|is it (?:ok|okay|normal|bad|serious|an emergency|safe)|can i wait|er\b|emergency)"
    r"[^.!?]{0,60}\b(?:if|that|when) (?:i (?:can'?t|cannot|am|have been|just|keep)|i'?m|my [a-z ]{2,24} (?:is|are|feels?|went|goes|won'?t|keeps?|hurts?))"
)
_WHAT_IF = re.compile(
    r"\b(?:what if|what happens (?:if|when)|if (?:i|it|you|he|she|they|we|there|my [a-z]{2,10}) (?:ever |suddenly |start(?:s|ed)? to |were to |happen(?:s|ed)? to |should |just )*"
    r"(?:lose|loses|lost|start|starts|started|get|gets|got|develop|develops|have|has|had|end up|become|becomes|need|notice|experience|feel|wake|go|goes|can'?t|am|are|is|was|were)|"
    r"in case|unless|should (?:i|you) (?:lose|develop|have|get|experience|notice)|worr(?:y|ied) (?:about|that i (?:will|might|could|may))|afraid (?:of|i (?:will|might|could|may))|scared (?:of|i (?:will|might|could|may))|"
    r"(?:could|might|may|will|would|can|going to) (?:eventually |end up |possibly |also )*(?:lose|cause|lead|become|develop|result|have a|get a|happen|go blind|be paralyzed)|risk of|prevent|avoid|before i (?:lose|have|get|end|go)|"
    r"don'?t want to (?:lose|have|get|end up|go blind)|do not want to (?:lose|have|get|end up)|watch for|look out for|look for|warning signs?|red flags?|symptoms (?:like|such as|of|include)|such as|"
    r"for example|e\.g\.|patients? (?:with|who)|people (?:with|who)|someone (?:with|who)|anyone (?:with|who)|does it (?:count|matter|help)|would it (?:count|matter|help)|do i (?:have|need) (?:a|to have)|"
    r"ask(?:ed|s|ing)? (?:me )?(?:about|if|whether)|told (?:me )?to (?:watch|call|go|look)|call (?:911|my doctor|the doctor|if)|what (?:is|are|does|do)|article|read (?:about|that)|googled|only (?:if|when)|example)\b"
)
_NOT_SELF_HARM = re.compile(
    r"(?:\bnot|\bnever|n't|\bno|\bdenies|\bdenied|\bwithout|\bwouldn'?t|\bisn'?t|\baint|\bam not|'m not|\bnor)(?: (?:going|gonna|planning|plan|want|wanting|trying|try|wanna|thinking|think|thought|feeling|feel|have|had|having|any|"
    r"been|a|at|all|ever|to|about|of|actively|currently|really|be|thoughts?|ideation|intent|intention|plans?|history|suggesting|saying|actually|would|i|i'm|am|or|homicidal|and|hi|si|desire|urge|the|even|consider|considering|attempt|attempted)){0,8} ?\Z"
)
_THIRD_PERSON = re.compile(
    r"\b(?:my|his|her|our|a|the) (?:\w+ )?(?:brother|sister|father|mother|mom|dad|uncle|aunt|cousin|friend|son|daughter|husband|wife|grandfather|neighbor|coworker|ex|classmate|boss)\b[^.;!?]{0,50}\Z"
)
_POLICY = re.compile(
    r"\b(?:criteria|guidelines?|polic(?:y|ies)|medically necessary|medical necessity|considered|indicated|exceptions?|unless|must (?:have|be|include|show)|required|requires?|"
    r"one or more|any of the following|at least one|such as|members? (?:with|who)|patients? (?:with|who)|individuals? (?:with|who)|when there (?:is|are)|there (?:is|are|was|were) no|if you|if there|"
    r"should you|call 911|nearest emergency|go to (?:the|your)|seek|not (?:documented|shown|show|support\w*|include\w*|indicate\w*|mention\w*|contain\w*|describe\w*)|no (?:documentation|evidence|record|indication|mention|sign)|include|includes|including|for example|"
    r"red flags?|warning signs?|conditions? (?:like|such)|would (?:need|be)|need(?:s)? to (?:show|have)|only (?:if|when)|or (?:you|the (?:member|patient)) (?:have|has))\b"
)
_LETTER = re.compile(r"\b(?:appeal|denied|denial|not approved|medically necessary|adverse (?:benefit )?determination|coverage|utilization|health plan|not medically|request for (?:an? )?(?:mri|ct|pet|imaging))\b")
_THIS_PATIENT = re.compile(r"\b(?:you|your|patient|member|pt|enrollee|claimant|mr\.?|ms\.?|mrs\.?|he|she|his|her|i|my)\b")
_ITEM = re.compile(r"\s*(?:[-*+>o]|[0-9]{1,2}[.)]|\([a-z0-9]{1,2}\)|[a-z][.)])\s+")


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    given = read(_RULES)
    given.check_keys(("words", "flags", "urgent", "self_harm"))
    words: dict[str, str] = {}
    for name, pattern in given["words"].items():
        words[name] = _filled(pattern, words)
    records = _records()
    rules = []
    for part, level in (("flags", "E"), ("urgent", "U")):
        for name, node in given[part].items():
            if name not in records:
                raise given[part].error(f"'{name}' is no red flag of red_flags.yml", name)
            rules.append(_rule(name, level, node, words))
    rules.append(_rule(SELF_HARM, "crisis", given["self_harm"], words))
    return tuple(rules)


@lru_cache(maxsize=1)
def _records() -> dict[str, RedFlag]:
    return load_red_flags(_RED_FLAGS)


def _rule(name: str, level: str, node: Node, words: dict[str, str]) -> _Rule:
    node.record = name
    node.check_keys(("says",), ("chat_only", "unless", "old", "passed_counts"))

    def joined(key: str) -> re.Pattern[str] | None:
        patterns = node.get(key)
        if not patterns:
            return None
        return re.compile("|".join(f"(?:{_filled(p, words)})" for p in ([patterns] if isinstance(patterns, str) else patterns)))

    says = joined("says")
    assert says is not None
    return _Rule(name, level, says, joined("chat_only"), joined("unless"),  # type: ignore[arg-type]
                 node.one_of("old", _LONG) if "old" in node else None, bool(node.get("passed_counts")))  # fmt: skip


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<([a-z]+)>", lambda m: words[m[1]], pattern)


def watch(text: str, *, today: date, document: bool = False) -> tuple[Hit, ...]:
    """Every statement that must be answered before paperwork: emergencies and self-harm first, then same-day ones.

    `document`: only statements about this patient count, not a plan's lists of exceptions. Each id stands once, at its
    highest level. Offsets are into `text`.
    """
    made = plain(text[:_LONGEST])
    given = context(made.text)
    policy = _policy_lines(given.small) if document else []
    letter = document and len(_LETTER.findall(given.small)) >= 2
    best: dict[str, tuple[int, int, str]] = {}
    for rule in _rules():
        for pattern in (rule.says, None if document else rule.chat_only):
            if pattern is None or rule.id in best:
                continue
            for m in pattern.finditer(given.small):
                if _counts(given, rule, m.start(), m.end()) and _about_patient(given, m.start(), policy, document, letter):
                    best[rule.id] = (m.start(), _word_end(given.small, m.end()), rule.level)
                    break
    for name, level, start, end in _by_findings(given, today, policy, document, letter):
        if name not in best or (best[name][2] == "U" and level == "E"):
            best[name] = (start, end, level)
    hits = [Hit(name, level, *made.span(start, end)) for name, (start, end, level) in best.items()]  # type: ignore[arg-type]
    return tuple(sorted(hits, key=lambda h: (("crisis", "E", "U").index(h.level), h.start)))


def _word_end(small: str, end: int) -> int:
    while end < len(small) and small[end].isalpha() and small[end - 1].isalpha():
        end += 1
    return end


def _counts(given: Context, rule: _Rule, start: int, end: int) -> bool:
    """Whether the words are said of the person now: not denied, long past, a relative's, asked or imagined."""
    small = given.small
    first, last = given.sentence(start)
    last = max(last, end)
    sentence = small[first:last]
    if rule.unless is not None and rule.unless.search(sentence):
        return False
    before = small[first:start]
    if rule.id == SELF_HARM:
        if _NOT_SELF_HARM.search(before) or _THIRD_PERSON.search(before):
            return False
        return not (_LONG_AGO.search(sentence) and re.search(r"\b(?:was|had|attempt\w*|tried|used to|history|h/o)\b", sentence))
    if _WHAT_IF.search(small[max(first, start - 90) : start]) and not _ASKS_NOW.search(sentence):
        return False
    around = small[max(first, start - 60) : min(last, end + 60)]
    if _LONG_AGO.search(_clause_around(small, first, last, start, end)) and not re.search(r"\b(?:again|now|today|this morning|just|yesterday)\b", around):
        return False
    if rule.old is not None and _LONG[rule.old].search(around):
        return False
    relative = _RELATIVE.search(before) or _RELATIVE.match(small[start:end])
    if relative is not None:
        said = small[first + relative.end() if relative.re is _RELATIVE and relative.string is before else start : last]
        return bool(_HAPPENING.search(said)) and not re.search(r"\b(?:had|died|used to|when (?:he|she)|was|passed away|history)\b", said[: end - first])
    said_of = meaning(given, start, end)
    if said_of == "absent":
        return False
    if said_of == "family":
        return False
    if said_of == "historical":
        return rule.passed_counts or "no longer" in before[-14:] or not (_LONG_AGO.search(sentence) or _OVER.search(sentence) or "went away" in sentence or "used to" in before)
    return rule.passed_counts or not _OVER.search(small[end : min(last, end + 40)])


def _clause_around(small: str, first: int, last: int, start: int, end: int) -> str:
    before = re.split(r"[;,]|\b(?:but|and now|now)\b", small[max(first, start - 70) : start])[-1]
    after = re.split(r"[;,]|\b(?:but|and now|now|and i (?:also )?(?:had|have))\b", small[end : min(last, end + 50)])[0]
    return before + small[start:end] + after


def _policy_lines(small: str) -> list[tuple[int, int]]:
    """The spans of lists that a rule or a condition opens: its own line and the items after it."""
    spans, at, open_list = [], 0, False
    for line in small.split("\n"):
        if _POLICY.search(line) and line.rstrip().endswith((":", ";", "following", "or", ",")):
            open_list = True
            spans.append((at, at + len(line)))
        elif open_list and (_ITEM.match(line) or not line.strip() or line.rstrip().endswith((";", "; or", ", or", "or", ","))):
            spans.append((at, at + len(line)))
        else:
            open_list = open_list and bool(line.strip()) and len(line) < 60 and not re.search(r"[.!?]\s*\Z", line)
            if open_list:
                spans.append((at, at + len(line)))
        at += len(line) + 1
    return spans


def _about_patient(given: Context, start: int, policy: list[tuple[int, int]], document: bool, letter: bool) -> bool:
    if not document:
        return True
    if any(a <= start <= b for a, b in policy):
        return False
    first, last = given.sentence(start)
    sentence = given.small[first:last]
    if _POLICY.search(sentence):
        return False
    return not letter or bool(_THIS_PATIENT.search(sentence))


def _by_findings(
    given: Context, today: date, policy: list[tuple[int, int]], document: bool, letter: bool
) -> list[tuple[str, str, int, int]]:
    """(flag, level, start, end) for the red flags that the text's findings raise together."""
    found = [f for f in findings_of(given, today) if _about_patient(given, f.start, policy, document, letter)]
    case = Case(as_of=today, findings=tuple(
        Finding(f.id, f.status, f.region, f.side, f.onset, f.severity, f.weeks, f.since) for f in found  # type: ignore[arg-type]
    ))  # fmt: skip
    result = []
    for flag in raised(case, _records()):
        made_by = next(f for f in found if f.id in flag.findings and f.status in ("present", "historical"))
        result.append((flag.id, flag.level, made_by.start, made_by.end))
    return [r for r in result if r[1] in ("E", "U")]
