"""Which side: the one that a message says is meant, and what was told of the side that was wrong."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from actions.casework import corrections
from actions.casework.conversation import Talk
from actions.casework.words import corrects, holds
from actions.reading.assertion import context
from actions.reading.body import places
from actions.reading.taken_back import naming
from actions.reading.which_side import parts, side_denied, side_told
from criteria.facts import Fact, FactValue, Field, Finding, Imaging, Said, key, standing
from criteria.results import Question

_PAIR = {"left", "right"}


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
    # Which breast is told of a scan of both, too.
    sided = study is not None and (study.sided or talk.case().study.side in _PAIR)
    moved = _of_one_thing(talk, text)
    if moved and _leaves_room(asked, text):
        return Sides(moved, " " * len(text))
    plain = _as_a_side(talk, text)
    whole = side_told(plain, study.body, talk.case().study.side) if study is not None and sided else None
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
        earlier = bool(text[:start].strip(" .,;!?")) and holds("names_a_side", text[:start])
        if moved or earlier:
            return Sides(moved, text[:start] + " " * (end - start) + text[end:], told)
    return Sides((), text)


_LIMB = re.compile(r"\bwrong (?:arm|leg|foot|hand|limb|one)\b", re.I)
_BARE = re.compile(r"\b(my|the|his|her|it's|its|it is) (left|right)(?=\W*$)", re.I)
_ITS_LIMB = re.compile(r"\b(left|right) (?:arm|leg|foot|hand|limb|one)\b", re.I)
_ON_THE = re.compile(r"\bon (?:the|my|his|her) (?:left|right)(?=\W*$)", re.I)
_IDLE = re.compile(r",? \b(?:after all|then|though|anyway|for real)\b", re.I)
_SUBJECT = re.compile(r"\b(?:the|my|his|her|our) ([a-z][a-z -]{2,30}?)(?= (?:is|was|are|were)\b)", re.I)


def _as_a_side(talk: Talk, text: str) -> str:
    """ "Wrong arm, it's my right" as "wrong side, it's my right side"; what was told without a side is just "it"."""
    if not (corrects(text) or holds("is_wrong", text)):
        return text
    text = _IDLE.sub("", text)
    plain = _LIMB.sub("wrong side", text)
    if plain != text:
        plain = _BARE.sub(r"\1 \2 side", _ITS_LIMB.sub(r"\1 side", plain))
    subject = _SUBJECT.search(plain)
    if subject is None or places(context(subject[1])):
        return plain
    meant = corrections.named(talk, subject[1], talk.unit.facts(talk.case_id))
    if not meant or any(getattr(fact.value, "side", None) for fact in meant):
        return plain
    return f"{plain[: subject.start()]}it{plain[subject.end() :]}"


def _of_one_thing(talk: Talk, text: str) -> tuple[FactValue, ...]:
    """ "Actually the surgery was on the left": what is named, on the side that is meant; nothing else changes sides.

    But what is felt now of the part that the test is for, is where the test is.
    """
    subject = _SUBJECT.search(text) if corrects(text) or holds("is_wrong", text) else None
    if subject is None or places(context(subject[1])):
        return ()
    told = side_told(_ON_THE.sub(r"\g<0> side", f"{text[: subject.start()]}it{text[subject.end() :]}"), None, None)
    if told not in _PAIR:
        return ()
    case = talk.case()
    study = talk.desk.library.studies.get(case.study.id or "")
    facts = standing(talk.unit.facts(talk.case_id))
    if naming(subject[1]):
        meant = corrections.named(talk, subject[1], facts)
    else:  # "the pain"
        meant = [f for f in facts if isinstance(f.value, Finding) and study and f.value.region in study.body]
    # The same words may be noted as more than one thing: breast cancer, and a history of cancer.
    meant = [f for f in facts if f in meant or any(_same_words(f.said, other.said) for other in meant)]
    moved: list[FactValue] = []
    for fact in meant:
        value = fact.value
        if isinstance(value, (Finding, Imaging)) and fact.said.who == talk.who and value.side in _PAIR - {told}:
            here = isinstance(value, Finding) and study and value.region in study.body and value.side == case.study.side
            # A test without sides was told one beside this.
            if here and study and (getattr(value, "status", "") == "present" or not study.sided):
                talk.retract("study.side")
                moved.append(Field("study.side", told))
            talk.withdraw(fact)
            moved.append(replace(value, side=told))
    return tuple(dict.fromkeys(moved))


def _same_words(one: Said, other: Said) -> bool:
    if None in (one.start, one.end, other.start, other.end) or one.when != other.when:
        return False
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _turns_a_side(text: str) -> bool:
    """Whether anything in a message says that a side was wrong: a story may name one just so."""
    shouted = re.search(r"\b(?:LEFT|RIGHT)\b", text) is not None and text != text.upper()
    return shouted or holds("turns_a_side", text)


def _turned(talk: Talk, words: str, told: str, body: tuple[str, ...] | None) -> tuple[FactValue, ...]:
    """The values that this side makes: the test's own, where `body` is the test's, and those that change sides."""
    if body is None:
        limb = [p.part for p in places(context(words))]
        regions = {p.region for p in limb if p.region is not None and p.limb is None}
        wrong = {"left": "right", "right": "left"}.get(told)
        moved = _moved(talk, tuple(regions) or None, wrong, told)
        study = talk.desk.library.studies.get(talk.case().study.id or "")
        if study is None or talk.case().study.side != wrong or not regions & set(study.body):
            return tuple(moved)
        talk.retract("study.side")
        return (Field("study.side", told), *moved)
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
    return corrects(text) or not asked.id.startswith("imaging.")


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
                    talk.withdraw(old)
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


def wrong_side(talk: Talk, facts: list[Fact], words: str) -> tuple[FactValue, ...]:
    """ "The narrowing was on the right, not the left": what was told of the side that is denied no longer stands.

    The test's own side, which is told here, too, is what it was of the part that the test is for.
    """
    study = talk.desk.library.studies.get(talk.case().study.id or "")
    turned: tuple[FactValue, ...] = ()
    denied = side_denied(words)
    for fact in facts:
        value = fact.value
        side = getattr(value, "side", None)
        if not isinstance(value, (Finding, Imaging)) or side not in _PAIR or value.status != "present":
            continue
        other = next(iter(_PAIR - {side}))
        if denied != other and not corrects(words):
            continue
        for old in talk.unit.facts(talk.case_id):
            if key(old.value) == key(value) and getattr(old.value, "side", "") == other:
                talk.withdraw(old)
                if study is not None and value.region in study.body:
                    turned = (Field("study.side", side),) if talk.case().study.side == other else turned
    if turned:
        talk.retract("study.side")
    return turned
