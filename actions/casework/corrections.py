"""What people take back: an answer given before, a value read from a letter, a picture's day, the side it is about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from actions.casework import describe
from actions.casework.conversation import Talk, question_of
from actions.reading.answers import read_answer
from actions.reading.assertion import context
from actions.reading.body import places
from actions.reading.clinical import read_clinical
from actions.reading.dates import dates, durations
from actions.reading.taken_back import TakenBack, lengths_taken_back, naming, taken_back
from actions.reading.which_side import parts, side_denied, side_told
from criteria.facts import Evaluation, Fact, FactValue, Field, Finding, Imaging, Treatment, key, same_thing, standing
from criteria.results import Question

_CORRECTING = ("actually", "i meant", "sorry", "correction", "no wait", "wait", "not ", "rather", "i mean", "make that")
_SAYS_IT_IS_WRONG = re.compile(
    r"\b(?:actually|i meant?|correction|make that|no,? wait|sorry|wrong|false|incorrect|untrue|mistaken?|misread|typo|"
    r"(?:not|isn'?t|ain'?t) (?:right|true|correct|so)|not [0-9]|not (?:an?|the|just) |"
    r"not (?:mri|ct|pet|medicare|medicaid)\b|"
    r"not (?:january|february|march|april|may|june|july|august|september|october|november|december)\b|"
    r"not (?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|"
    r"(?:the|a|my|our) new (?:letter|notice|denial|order)|instead of|rather than|should (?:be|say|read))"
)
_THE_PAPER_IS_WRONG = re.compile(
    r"\b(?:letter|notice|denial|paper|plan|insurance|insurer|they)\b[^.!?\n]{0,80}\b(?:wrong|false|incorrect|untrue|"
    r"mistaken?|(?:not|isn'?t) (?:true|right|correct|so)|misread|misquote|made up|lie|lies|lying)\b"
)
_READ_FROM_LETTERS = frozenset(
    ("denial.notice_date", "denial.received_date", "denial.service_date", "plan.payer", "plan.reviewer", "plan.type",
     "study.id", "study.cpt", "study.side", "study.contrast", "symptom_weeks")
)  # fmt: skip
_OF_THE_SCAN = ("study.cpt", "study.contrast", "study.icd10")
"""What stands in a letter of the scan, and goes where another one is said to be meant."""
_OF_THE_DENIAL = (
    "denial.notice_date", "denial.received_date", "denial.service_date", "denial.service", "denial.level",
    "denial.reasons", "denial.reference_numbers", "denial.criteria_cited", "denial.appeal_deadline", "denial.words",
    "peer_to_peer.status", "peer_to_peer.by", "study.side",
)  # fmt: skip
"""What belongs to one denial: where another denied scan is meant, nobody has said it of that one."""
_ANOTHER_SCAN = re.compile(
    r"\b(?:wrong (?:one|scan|test|letter|denial|paper)|"
    r"(?:different|another|other) (?:scan|test|letter|denial|request|one)|(?:got|was|were|been) approved|"
    r"not that (?:one|scan|test)|the one (?:that'?s|that is|that was|thats|they) denied)\b"
)
_PAIR = {"left", "right"}


def meant_question(talk: Talk, asked: Question | None, text: str) -> Question | None:
    """The question that a correction is about: "actually it was 8 weeks" answers the one before again."""
    trail = talk.note("trail") or []
    if not trail or not _corrects(text):
        return asked
    before = question_of(trail[-1])
    # "Not medically necessary" is what the plan said, no correction of the scan; "not offered" answers what is asked.
    same_kind = asked is not None and asked.kind == before.kind and asked.id != "intake.reason"
    if same_kind and asked is not None and asked.kind == "choice" and _answers(talk, text, asked):
        return asked
    if same_kind or before.kind not in ("weeks", "number", "date", "choice"):
        return before if same_kind else asked
    return before if _answers(talk, text, before) else asked


def _answers(talk: Talk, text: str, question: Question) -> bool:
    return read_answer(text, question, talk.desk.today()).state == "answered"


# --- what goes ---


@dataclass(frozen=True)
class TakenOut:
    """`rest`: the message without what was taken back, in its own length. `named`: what went, in plain words."""

    rest: str
    named: tuple[str, ...] = ()


def take_out(talk: Talk, asked: Question | None, text: str) -> TakenOut:
    """ "Please delete the surgery", "the cancer was my wife's": takes out what stands, whoever it was read from.

    What the words name is told by nobody, also where nothing of it stands.
    """
    rest = text
    named: list[str] = []
    for back in taken_back(text):
        gone = _gone(talk, back)
        # Of a thing told twice, as it was told last.
        last = {key(fact.value): fact.value for fact in gone}
        named += [describe.fact(value, talk.desk.library) for value in last.values()]
        if gone or back.kind in ("thing", "plans_words") and naming(back.what) or named:
            rest = rest[: back.start] + " " * (back.end - back.start) + rest[back.end :]
    for length in lengths_taken_back(rest, talk.desk.today()):
        lengths = _without_length(talk, length.weeks)
        named += lengths
        if lengths or (asked is not None and asked.id == "intake.duration"):
            rest = rest[: length.start] + " " * (length.end - length.start) + rest[length.end :]
    return TakenOut(rest, tuple(dict.fromkeys(named)))


def _gone(talk: Talk, back: TakenBack) -> list[Fact]:
    """The facts that this takes out; each is taken out of the case, or loses the place that is wrong."""
    facts = [f for f in talk.unit.facts(talk.case_id) if not isinstance(f.value, Field)]
    if back.kind == "last":
        said = [f.said.when for f in facts if f.said.who == talk.who and f.said.when]
        gone = [f for f in facts if f.said.who == talk.who and said and f.said.when == max(said)]
    elif back.kind == "plans_words":
        gone = _as_the_paper_said(talk, back.what, facts)
    elif back.kind == "place" or not naming(back.what) - _forms_of_places(back.what):
        regions = _regions(back.place or back.what)
        named = _named(talk, back.what, facts) if back.kind == "place" else facts
        gone = [f for f in named if isinstance(f.value, Finding) and f.value.region in regions]
        return [_unplaced(talk, fact) for fact in gone]
    else:
        gone = _named(talk, back.what, facts)
        if back.kind == "exam":
            gone = [f for f in gone if isinstance(f.value, Finding)]
        else:
            gone = [f for f in gone if getattr(f.value, "status", "") != "absent"]
    for fact in gone:
        _retract(talk, fact)
    if any(isinstance(f.value, Finding) and f.value.id == "cancer_history" for f in gone):
        talk.retract("cancer.type")
    return gone


def _retract(talk: Talk, fact: Fact) -> None:
    talk.unit.retract(talk.case_id, fact.ref, talk.desk.now())


def _unplaced(talk: Talk, fact: Fact) -> Fact:
    """Takes the place from a finding that may be anywhere; one that is only there goes as a whole."""
    value = fact.value
    _retract(talk, fact)
    record = talk.desk.library.findings.get(value.id) if isinstance(value, Finding) else None
    if isinstance(value, Finding) and record is not None and record.region is None:
        talk.record([replace(fact, value=replace(value, region=None), ref="")])
    return fact


def _named(talk: Talk, what: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts that these words name: by what is read in them, or by the words they came from."""
    today = talk.desk.today()
    found = read_clinical(what, today)
    days = {hit.date for hit in dates(what, today)}
    side = next((p.side for p in places(context(what)) if p.side in _PAIR), None)
    keys = {f.id for f in found.findings} | {f"treatment.{t.kind}" for t in found.treatments}
    pictures = {(i.modality, i.region) for i in found.imaging}
    of_visit = re.search(r"\b(?:visit|appointment|office visit|seen)\b", what.lower()) is not None
    fits = []
    for fact in facts:
        value = fact.value
        if side and getattr(value, "side", None) not in (None, side, "bilateral"):
            continue
        if days and getattr(value, "date", None) is not None and getattr(value, "date", None) not in days:
            continue
        picture = isinstance(value, Imaging) and any(
            m == value.modality and (r is None or value.region in (None, r)) for m, r in pictures
        )
        if key(value) in keys or picture or (of_visit and isinstance(value, Evaluation)):
            fits.append(fact)
    if fits:
        return fits
    words = naming(what)
    shared = [(len(words & _names(talk, fact)), fact) for fact in facts]
    most = max((n for n, _ in shared), default=0)
    return [fact for n, fact in shared if n == most] if most else []


def _names(talk: Talk, fact: Fact) -> frozenset[str]:
    said = fact.said.words if len(fact.said.words) < 80 else ""
    if isinstance(fact.value, Finding) and fact.value.id in talk.desk.library.findings:
        return naming(f"{said} {talk.desk.library.findings[fact.value.id].say}")
    return naming(f"{said} {describe.fact(fact.value, talk.desk.library)}")


def _regions(words: str) -> set[str]:
    return {place.part.region for place in places(context(words)) if place.part.region is not None}


def _forms_of_places(words: str) -> frozenset[str]:
    return frozenset().union(*(naming(words[p.start : p.end]) for p in places(context(words))))


def _as_the_paper_said(talk: Talk, what: str, facts: list[Fact]) -> list[Fact]:
    """What the plan's paper was read to say of the person, where the person says that it is not so."""
    found = read_clinical(what, talk.desk.today())
    for length in durations(what, talk.desk.today()):
        _without_length(talk, length.weeks, who="document")
    keys = {f.id for f in found.findings} | {f"treatment.{t.kind}" for t in found.treatments}
    pictures = {i.modality for i in found.imaging}
    return [
        f
        for f in facts
        if f.said.who == "document"
        and (key(f.value) in keys or (isinstance(f.value, Imaging) and f.value.modality in pictures))
    ]


def _without_length(talk: Talk, weeks: float, who: str | None = None) -> list[str]:
    """Takes out this length wherever it stands as how long it has lasted; the finding stays without it."""
    named = []
    for fact in talk.unit.facts(talk.case_id):
        value = fact.value
        if who is not None and fact.said.who != who:
            continue
        stood = value.value if isinstance(value, Field) and value.path == "symptom_weeks" else None
        stood = value.weeks if isinstance(value, Finding) else stood
        if stood is None or abs(float(stood) - weeks) > 0.03 * weeks + 0.1:
            continue
        _retract(talk, fact)
        if isinstance(value, Field):
            named.append(describe.fact(value, talk.desk.library))
        elif isinstance(value, Finding):
            talk.record([replace(fact, value=replace(value, weeks=None, since=None), ref="")])
    return named


# --- which side ---


@dataclass(frozen=True)
class Sides:
    """`values`: the side of the test, and what was told of the other side, on the one that is meant. `rest`: the
    message without those words, in its own length. `told`: the side."""

    values: tuple[FactValue, ...] = ()
    rest: str = ""
    told: str | None = None


def sides_said(talk: Talk, asked: Question | None, text: str) -> Sides:
    """ "Actually it's the left knee", whatever was asked and whatever stands beside it.

    Takes nothing where the words answer a question about the side of something else.
    """
    study = talk.desk.library.studies.get(talk.case().study.id or "")
    sided = study is not None and study.sided
    whole = side_told(text, study.body, talk.case().study.side) if study is not None and sided else None
    if whole is not None and _leaves_room(asked, text):
        return Sides(_turned(talk, text, whole, study.body if study else ()), " " * len(text), whole)
    if not _turns_a_side(text):
        return Sides((), text)
    for start, end in parts(text):
        part = text[start:end]
        body = study.body if study is not None and sided else None
        told = side_told(part, body, talk.case().study.side) if body else None
        anywhere = told is None
        if anywhere:
            told = side_told(part, None, None)
        if told is None or not _leaves_room(asked, text):
            continue
        moved = _turned(talk, part, told, body if body and not anywhere else None)
        earlier = bool(text[:start].strip(" .,;!?")) and any(word in text[:start].lower() for word in _SIDE_WORDS)
        if moved or earlier:
            return Sides(moved, text[:start] + " " * (end - start) + text[end:], told)
    return Sides((), text)


_SIDE_WORDS = ("left", "right", "both", "bilateral")


_TURNS = re.compile(
    r"\b(?:actually|wrong|sorry|i (?:meant?|said)|correction|instead|fix|mix(?:ed)?|mistake|oops|whoops|well,? no|typo|"
    r"misread|misspoke|rather|(?:not|just|only) (?:on |in |for )?(?:the |my |his |her )?(?:left|right))\b"
)


def _turns_a_side(text: str) -> bool:
    """Whether anything in a message says that a side was wrong: a story may name one just so."""
    shouted = re.search(r"\b(?:LEFT|RIGHT)\b", text) is not None and text != text.upper()
    return shouted or _TURNS.search(text.lower()) is not None


def _turned(talk: Talk, words: str, told: str, body: tuple[str, ...] | None) -> tuple[FactValue, ...]:
    """The values that this side makes: the test's own, where `body` is the test's, and those that change sides."""
    if body is None:
        limb = [p.part for p in places(context(words))]
        regions = {p.region for p in limb if p.region is not None and p.limb is None}
        return tuple(_moved(talk, tuple(regions) or None, {"left": "right", "right": "left"}.get(told), told))
    before = talk.case().study.side
    talk.retract("study.side")
    wrong = before if {before, told} == _PAIR else None
    return (Field("study.side", told), *(_moved(talk, body, wrong, told) if wrong else ()))


def _leaves_room(asked: Question | None, text: str) -> bool:
    """Whether a side may be said beside what was asked: the side of a pain, or of an earlier picture, is its answer."""
    if asked is None or asked.id == "intake.side":
        return True
    if any(option.value in _PAIR for option in asked.options):
        return False
    return _corrects(text) or not asked.id.startswith("imaging.")


def _moved(talk: Talk, body: tuple[str, ...] | None, before: str | None, told: str) -> list[FactValue]:
    """What this person told of the part of the body on the side that was wrong, on the side that is meant."""
    moved: list[FactValue] = []
    if before is None:
        return moved
    for fact in standing(talk.unit.facts(talk.case_id)):
        value = fact.value
        if not isinstance(value, (Finding, Imaging)) or fact.said.who != talk.who or value.side != before:
            continue
        if body is None or value.region is None or value.region in body:
            for old in talk.unit.facts(talk.case_id):
                same = old.said.who == talk.who and key(old.value) == key(value)
                if same and getattr(old.value, "side", None) == before:
                    _retract(talk, old)
            moved.append(replace(value, side=told))
    return moved


def on_the_side(facts: list[Fact], sides: Sides, end: int) -> list[Fact]:
    """The facts of the same message as they stand after "well, no, just the left"."""
    if sides.told not in _PAIR:
        return facts
    turned = []
    for fact in facts:
        value, before = fact.value, (fact.said.end or 0) <= end
        if before and isinstance(value, (Finding, Imaging)) and value.side in ("bilateral", *_PAIR):
            turned.append(replace(fact, value=replace(value, side=sides.told)))
        else:
            turned.append(fact)
    return turned


def wrong_side(talk: Talk, facts: list[Fact], words: str) -> None:
    """ "The narrowing was on the right, not the left": what was told of the side that is denied no longer stands."""
    denied = side_denied(words)
    for fact in facts:
        value = fact.value
        side = getattr(value, "side", None)
        if not isinstance(value, (Finding, Imaging)) or side not in _PAIR or value.status != "present":
            continue
        other = next(iter(_PAIR - {side}))
        if denied != other and not _corrects(words):
            continue
        for old in talk.unit.facts(talk.case_id):
            if key(old.value) == key(value) and getattr(old.value, "side", "") == other:
                _retract(talk, old)


def take_back(talk: Talk, values: list[FactValue], words: str) -> None:
    """ "Actually the letter was November 12": what the letter was read to say no longer stands beside it."""
    small = words.lower()
    _other_denial(talk, values, small)
    if not _SAYS_IT_IS_WRONG.search(small):
        return
    paper_is_wrong = _THE_PAPER_IS_WRONG.search(small) is not None
    for value in values:
        if isinstance(value, Field) and value.path in _READ_FROM_LETTERS:
            if value.path == "study.id" and talk.case().study.id != value.value:
                for name in _OF_THE_SCAN:
                    talk.retract(name)
            if value.path != "symptom_weeks" or paper_is_wrong:
                talk.retract(value.path)
        elif paper_is_wrong and isinstance(value, (Finding, Treatment, Imaging)):
            for fact in talk.unit.facts(talk.case_id):
                if fact.said.who == "document" and same_thing(value, fact.value):
                    _retract(talk, fact)


def _other_denial(talk: Talk, values: list[FactValue], words: str) -> None:
    """ "Wrong one, it's the CT of my sinuses that's denied": what was said of the first denial is not said of this."""
    before = talk.case().study.id
    said = next((v.value for v in values if isinstance(v, Field) and v.path == "study.id"), None)
    if said is None or before in (None, said) or not _ANOTHER_SCAN.search(words):
        return
    stated = {v.path for v in values if isinstance(v, Field)}
    for name in (*_OF_THE_DENIAL, *_OF_THE_SCAN):
        if name not in stated:
            talk.retract(name)
    for question in ("intake.denial", "intake.reason", "notice_date", "peer_to_peer", "intake.side"):
        talk.unit.reopen(talk.case_id, question)
    times = talk.note("times") or {}
    talk.set_note("times", {slot: n for slot, n in times.items() if slot not in ("denial", "peer_to_peer")})


def corrected_day(talk: Talk, fact: Fact, words: str) -> Fact:
    """ "Actually the X-ray was on October 3" dates the one X-ray told before; it is no second one."""
    value = fact.value
    if not isinstance(value, Imaging) or value.date is None or not _corrects(words):
        return fact
    told = [
        (old_fact, old)
        for old_fact in talk.unit.facts(talk.case_id)
        if isinstance(old := old_fact.value, Imaging)
        and (old_fact.said.who, old.modality, old.status) == (talk.who, value.modality, value.status)
        and (old.region == value.region or None in (old.region, value.region))
    ]
    if len({old.date for _, old in told}) != 1 or told[0][1].date in (None, value.date):
        return fact
    for old_fact, old in told:
        talk.unit.retract(talk.case_id, old_fact.ref, talk.desk.now())
        value = replace(value, region=value.region or old.region, side=value.side or old.side,
                        result=value.result or old.result)  # fmt: skip
    return replace(fact, value=value)


def _corrects(text: str) -> bool:
    return any(mark in text.lower()[:40] for mark in _CORRECTING)
