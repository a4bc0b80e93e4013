"""What people take back: an answer given before, a value read from a letter, a picture's day."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from actions.casework import describe
from actions.casework.conversation import Talk, question_of
from actions.casework.words import EARLY, corrects, holds, is_only, parts
from actions.reading.answers import read_answer
from actions.reading.assertion import context
from actions.reading.body import places
from actions.reading.clinical import read_clinical
from actions.reading.dates import dates, durations
from actions.reading.taken_back import TakenBack, lengths_taken_back, naming, taken_back
from criteria.facts import Evaluation, Fact, FactValue, Field, Finding, Imaging, Treatment, key, same_thing, standing
from criteria.questions import fixed_question
from criteria.results import Question

_READ_FROM_LETTERS = frozenset(
    ("denial.notice_date", "denial.received_date", "denial.service_date", "plan.payer", "plan.reviewer", "plan.type",
     "study.id", "study.cpt", "study.side", "study.contrast", "symptom_weeks", "denial.reference_numbers",
     "denial.member_id")
)  # fmt: skip
_OF_THE_SCAN = ("study.cpt", "study.contrast", "study.icd10")
"""What stands in a letter of the scan, and goes where another one is said to be meant."""
_OF_THE_DENIAL = (
    "denial.notice_date", "denial.received_date", "denial.service_date", "denial.service", "denial.level",
    "denial.reasons", "denial.reference_numbers", "denial.criteria_cited", "denial.appeal_deadline", "denial.words",
    "peer_to_peer.status", "peer_to_peer.by", "study.side",
)  # fmt: skip
"""What belongs to one denial: where another denied scan is meant, nobody has said it of that one."""


def meant_question(talk: Talk, asked: Question | None, text: str) -> Question | None:
    """The question that a correction is about: "actually it was 8 weeks" answers the one before again."""
    trail = talk.note("trail") or []
    if not trail or not corrects(text):
        return asked
    before = question_of(trail[-1])
    # "Not medically necessary" is what the plan said, no correction of the scan; "not offered" answers what is asked.
    same_kind = asked is not None and asked.kind == before.kind and asked.id != "intake.reason"
    surely = holds("surely_correcting", text[:EARLY])
    if same_kind and asked is not None and (asked.kind == "choice" or not surely) and _answers(talk, text, asked):
        return asked
    if same_kind or before.kind not in ("weeks", "number", "date", "choice"):
        return before if same_kind else asked
    return before if _answers(talk, text, before) else asked


def _answers(talk: Talk, text: str, question: Question) -> bool:
    return read_answer(text, question, talk.desk.today()).state == "answered"


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
    out: list[str] = []
    for back in taken_back(text):
        gone = _gone(talk, back)
        # Of a thing told twice, as it was told last.
        last = {key(fact.value): fact.value for fact in gone}
        out += [describe.fact(value, talk.desk.library) for value in last.values()]
        if gone or back.kind in ("thing", "plans_words") and naming(back.what) or out:
            rest = rest[: back.start] + " " * (back.end - back.start) + rest[back.end :]
    for length in lengths_taken_back(rest, talk.desk.today()):
        lengths = _without_length(talk, length.weeks)
        out += lengths
        if lengths or (asked is not None and asked.id == "intake.duration"):
            rest = rest[: length.start] + " " * (length.end - length.start) + rest[length.end :]
    return TakenOut(rest, tuple(dict.fromkeys(out)))


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
        meant = named(talk, back.what, facts) if back.kind == "place" else facts
        gone = [f for f in meant if isinstance(f.value, Finding) and f.value.region in regions]
        return [_unplaced(talk, fact) for fact in gone]
    else:
        gone = named(talk, back.what, facts)
        if back.kind == "exam":
            gone = [f for f in gone if isinstance(f.value, Finding)]
        else:
            gone = [f for f in gone if getattr(f.value, "status", "") != "absent"]
    for fact in gone:
        talk.withdraw(fact)
    if any(isinstance(f.value, Finding) and f.value.id == "cancer_history" for f in gone):
        talk.retract("cancer.type")
    return gone


def _unplaced(talk: Talk, fact: Fact) -> Fact:
    """Takes the place from a finding that may be anywhere; one that is only there goes as a whole."""
    value = fact.value
    talk.withdraw(fact)
    record = talk.desk.library.findings.get(value.id) if isinstance(value, Finding) else None
    if isinstance(value, Finding) and record is not None and record.region is None:
        talk.record([replace(fact, value=replace(value, region=None), ref="")])
    return fact


def named(talk: Talk, what: str, facts: Iterable[Fact]) -> list[Fact]:
    """The facts that these words name: by what is read in them, or by the words they came from."""
    today = talk.desk.today()
    found = read_clinical(what, today)
    days = {hit.date for hit in dates(what, today)}
    side = next((p.side for p in places(context(what)) if p.side in ("left", "right")), None)
    keys = {f.id for f in found.findings} | {f"treatment.{t.kind}" for t in found.treatments}
    pictures = {(i.modality, i.region) for i in found.imaging}
    of_visit = holds("of_a_visit", what)
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
    telling = naming(what)
    shared = [(len(telling & _names(talk, fact)), fact) for fact in facts]
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
        talk.withdraw(fact)
        if isinstance(value, Field):
            named.append(describe.fact(value, talk.desk.library))
        elif isinstance(value, Finding):
            talk.record([replace(fact, value=replace(value, weeks=None, since=None), ref="")])
    return named


def take_back(talk: Talk, values: list[FactValue], words: str) -> None:
    """ "Actually the letter was November 12": what the letter was read to say no longer stands beside it."""
    _other_denial(talk, values, words)
    if not holds("is_wrong", words):
        return
    paper_is_wrong = holds("paper_is_wrong", words)
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
                    talk.withdraw(fact)


def _other_denial(talk: Talk, values: list[FactValue], words: str) -> None:
    """ "Wrong one, it's the CT of my sinuses that's denied": what was said of the first denial is not said of this."""
    before = talk.case().study.id
    said = next((v.value for v in values if isinstance(v, Field) and v.path == "study.id"), None)
    if said is None or before in (None, said) or not holds("another_scan", words):
        return
    stated = {v.path for v in values if isinstance(v, Field)}
    for name in (*_OF_THE_DENIAL, *_OF_THE_SCAN):
        if name not in stated:
            talk.retract(name)
    for question in ("intake.denial", "intake.reason", "notice_date", "peer_to_peer", "intake.side"):
        talk.unit.reopen(talk.case_id, question)
    times = talk.note("times") or {}
    talk.set_note("times", {slot: n for slot, n in times.items() if slot not in ("denial", "peer_to_peer")})


def as_said_plainly(text: str) -> str:
    """ "Change PT to 8 weeks", "the member id is wrong, it's W123", as "PT 8 weeks"; any other message as it is."""
    text = _MY_BAD.sub("sorry", text)
    numbered = parts("number_is_wrong", text)
    if numbered is not None:
        return f"{numbered['what']} number: {text[len(text) - len(numbered['to']) :]}, actually"
    given = parts("changes_to", text)
    return text if given is None else f"{given['what']} {given['to']}, actually"


_MY_BAD = re.compile(r"\bmy (?:bad|mistake)\b(?=\W*$|[,.;!]| (?:it'?s|i|the|that|not)\b)", re.I)


def changed_length(talk: Talk, text: str) -> tuple[FactValue, ...]:
    """ "I meant 8 weeks, not 6": the one thing of which this person said the wrong length, with the new one."""
    given = parts("length_not_length", text) or parts("not_length_length", text)
    unit = (given["unit"] or given["old_unit"]) if given else None
    if given is None or unit is None:
        return ()
    today = talk.desk.today()
    new = durations(f"for {given['new']} {unit}", today)
    old = durations(f"for {given['old']} {given['old_unit'] or unit}", today)
    if len(new) != 1 or len(old) != 1:
        return ()
    stands = [f for f in standing(talk.unit.facts(talk.case_id)) if f.said.who == talk.who]
    wrong = [(f, w) for f in stands if (w := _weeks_of(f.value)) is not None and abs(w - old[0].weeks) < _SAME_LENGTH]
    kinds = {isinstance(f.value, Treatment) for f, _ in wrong}
    if len(kinds) != 1 or (kinds == {True} and len(wrong) > 1):
        return ()
    return tuple(_of_length(f.value, new[0].weeks) for f, _ in wrong)


_SAME_LENGTH = 0.5
"""Weeks by which two lengths may differ that are one: "3 months" is 13 weeks."""


def _weeks_of(value: FactValue) -> float | None:
    if isinstance(value, (Finding, Treatment)):
        return value.weeks
    return float(value.value) if isinstance(value, Field) and value.path == "symptom_weeks" else None


def _of_length(value: FactValue, weeks: float) -> FactValue:
    if isinstance(value, Field):
        return Field(value.path, weeks)
    assert isinstance(value, (Finding, Treatment))
    return replace(value, weeks=weeks)


def corrected_letter(talk: Talk, text: str) -> tuple[FactValue, ...]:
    """ "Actually it's October 12", right after the letter's date was told: the new date of the letter."""
    told = talk.note("told_last") or []
    dated = [name for name in told if name.endswith("_date") or name.startswith(("imaging", "treatment", "evaluation"))]
    if dated != ["denial.notice_date"] or not is_only("corrects_a_date", text):
        return ()
    given = read_answer(text, fixed_question("notice_date", talk.desk.library), talk.desk.today())
    return (Field("denial.notice_date", given.value),) if given.state == "answered" else ()


@dataclass(frozen=True)
class OtherPart:
    """`values`: the scan that is meant. `named`: what was told of the part that was wrong and is taken out."""

    values: tuple[FactValue, ...] = ()
    named: tuple[str, ...] = ()


def another_part(talk: Talk, text: str) -> OtherPart:
    """ "It's my shoulder, not my knee": the same kind of scan of the part that is meant, where there is just one."""
    library = talk.desk.library
    study = library.studies.get(talk.case().study.id or "")
    if study is None or len(text.split()) > _SHORT:
        return OtherPart()
    found = [p for p in places(context(text)) if p.part.region is not None]
    denied = {p.part.region for p in found if holds("denies_next", text[: p.start])}
    meant = {p.part.region for p in found} - denied
    if not denied & set(study.body) or len(meant) != 1:
        return OtherPart()
    region = next(iter(meant))
    # The back's body names the legs, too, for its pain goes there.
    alike = [s for s in library.studies.values() if s.modality == study.modality]
    fits = [s.id for s in alike if s.region == region or (s.sided and region in s.body)]
    if len(fits) != 1 or fits == [study.id]:
        return OtherPart()
    talk.retract("study.side")
    wrong = [
        fact
        for fact in standing(talk.unit.facts(talk.case_id))
        if isinstance(fact.value, Finding) and fact.value.region in denied and fact.said.who == talk.who
    ]
    for fact in wrong:
        talk.withdraw(fact)
    said = tuple(dict.fromkeys(describe.fact(fact.value, library) for fact in wrong))
    return OtherPart((Field("study.id", fits[0]),), said)


_SHORT = 15
"""Words of a message that says which part was scanned, and tells no story."""


def beside_what_stands(talk: Talk, asked: Question | None, facts: list[Fact], words: str) -> list[Fact]:
    """The facts of a message without those that would undo, by the way, what the same person said plainly before."""
    stands = [f.value for f in standing(talk.unit.facts(talk.case_id)) if f.said.who == talk.who]
    sure = {f.id: f.status for f in stands if isinstance(f, Finding) and f.status in ("present", "historical")}
    corrected = corrects(words) or holds("is_wrong", words)
    kept = [f for f in facts if not _elsewhere(f, sure, words) and (corrected or not _weaker(f.value, sure, words))]
    return _without_an_earlier_scan(talk, asked, kept, words)


def _elsewhere(fact: Fact, sure: Mapping[str, str], words: str) -> bool:
    """ "No numbness anywhere else": the one that was told stands."""
    value = fact.value
    if not isinstance(value, Finding) or value.status != "absent" or value.id not in sure:
        return False
    at = fact.said.start or 0
    behind = words[at : at + _NEAR_A_SIGN]
    return holds("anywhere_else", behind) or holds("any_other", words[max(0, at - 12) : fact.said.end or at])


_NEAR_A_SIGN = 60
"""Characters from a sign on in which "anywhere else" is said of it."""


def _weaker(value: FactValue, sure: Mapping[str, str], words: str) -> bool:
    """ "I think it's a frozen shoulder", "I had headaches as a teenager too": no less stands than before."""
    if not isinstance(value, Finding) or value.id not in sure:
        return False
    if value.status == "uncertain":
        return True
    return value.status == "historical" and sure[value.id] == "present" and holds("of_another_time", words)


_OF_A_STUDY = ("study.id", "study.cpt", "study.contrast", "study.side")


def _without_an_earlier_scan(talk: Talk, asked: Question | None, facts: list[Fact], words: str) -> list[Fact]:
    """ "The echo said EF 35%": a scan that was done once does not take the place of the one that was denied."""
    stands = talk.case().study.id
    said = next((f.value.value for f in facts if isinstance(f.value, Field) and f.value.path == "study.id"), None)
    if said is None or stands in (None, said) or (asked is not None and asked.id == "intake.study"):
        return facts
    if corrects(words) or holds("is_wrong", words) or holds("another_scan", words) or holds("names_the_scan", words):
        return facts
    return [f for f in facts if key(f.value) not in _OF_A_STUDY]


def corrected_day(talk: Talk, fact: Fact, words: str) -> Fact:
    """ "Actually the X-ray was on October 3" dates the one X-ray told before; it is no second one."""
    value = fact.value
    if not isinstance(value, Imaging) or value.date is None or not corrects(words):
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
        talk.withdraw(old_fact)
        value = replace(value, region=value.region or old.region, side=value.side or old.side,
                        result=value.result or old.result)  # fmt: skip
    return replace(fact, value=value)
