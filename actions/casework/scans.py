"""Which scan, where a message names more than one, or only its kind or its part of the body."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.casework.conversation import Talk
from actions.casework.texts import say
from actions.casework.words import holds, is_only, parts
from actions.reading import read
from actions.reading.answers import Answer
from actions.reading.assertion import context
from actions.reading.body import places
from actions.reading.reading import StudyRead
from criteria.facts import Case, FactValue, Field, key
from criteria.library import Library
from criteria.questions import ANOTHER, fixed_question
from criteria.results import Question

_CUT = re.compile(r"\s*(?:[,;&+:\n]|\band\b|\bplus\b)\s*", re.I)
_LONGEST = 300
"""Characters of a message that may name several scans; a longer one is a story."""
_FEW = 4
"""Words of a message that names nothing but a kind of scan or a part of the body."""


def several(talk: Talk, text: str) -> Question | None:
    """Which of the scans that this message names comes first; None where it names no two.

    Only parts that name a scan and nothing else count: "CT was fine, so they denied the MRI" names one.
    """
    if len(text) > _LONGEST:
        return None
    named: list[str] = []
    kind = ""
    for part in _CUT.split(text):
        bare = _without_places(part)
        said = parts("kind_of_scan", part)
        kind = said["kind"] if said else kind
        if not (is_only("scan_words", bare) if said else kind and "_" in bare and is_only("place_words", bare)):
            continue
        found = read(f"they denied the {part if said else f'{kind} of {part}'}", talk.desk.today()).study.id
        if found in talk.desk.library.studies and found not in named:
            named.append(str(found))
    if len(named) < 2:
        return None
    asked = fixed_question("intake.study", talk.desk.library)
    return replace(asked, say=say("which_scan_first"), options=tuple(o for o in asked.options if o.value in named))


def as_read(given: Answer, text: str, talk: Talk) -> Answer:
    """The answer to which scan, where it names a kind of scan: the scan that it reads as, and not its likest title.

    "CT scan of my spine" shares most words with a PET/CT scan.
    """
    if given.value == ANOTHER or parts("kind_of_scan", text) is None:
        return given
    study = read(f"they denied the {text}", talk.desk.today()).study.id
    return Answer("unclear") if study is None else replace(given, value=study)


def has_no_rules(talk: Talk, text: str, named: StudyRead) -> bool:
    """Whether a message names a kind of scan and a part of the body of which the library has no study together."""
    if named.modality is None or named.region is None or len(text) > _LONGEST:
        return False
    studies = [record for record in talk.desk.library.studies.values() if record.modality == named.modality]
    return not any(named.region in (record.region, *record.body) for record in studies)


def likeliest_first(question: Question, case: Case, library: Library) -> Question:
    """The question which scan, with those first that are asked for what this person complains of."""
    felt = [f for f in case.findings if f.status == "present"]

    def fitting(id: str) -> int:
        record = library.studies.get(id)
        if record is None:
            return 0
        body = (None, *record.body)
        return sum(f.id in record.complaints and (not record.body or f.region in body) for f in felt)

    return replace(question, options=tuple(sorted(question.options, key=lambda o: -fitting(o.value))))


def _without_places(part: str) -> str:
    small = part.lower()
    for place in reversed(places(context(part))):
        small = f"{small[: place.start]}_{small[place.end :]}"
    return small


def narrowed(talk: Talk, asked: Question | None, text: str) -> Question | None:
    """The question which scan, with those alone that fit a part of the body ("hip") or a kind of scan ("mri")."""
    said, bare = parts("kind_of_scan", text), _without_places(text)
    if talk.case().study.id is not None or len(text.split()) > _FEW or not is_only("scan_words", bare):
        return None
    library, whole = talk.desk.library, fixed_question("intake.study", talk.desk.library)
    open_ = asked if asked is not None and asked.id == whole.id else whole
    if "_" in bare:
        told = None if said else kind_told(talk)
        called = (told,) if told else tuple(_KINDS)
        fits = {read(f"they denied the {kind} of the {text}", talk.desk.today()).study.id for kind in called}
    elif said:
        kinds = _KINDS[_called(said["kind"])]
        fits = {id for id, record in library.studies.items() if record.modality in kinds}
    else:
        return None
    kept = tuple(o for o in open_.options if o.value in fits)
    if not kept or len(kept) == len(open_.options):
        return None
    other = tuple(o for o in whole.options if o.value == ANOTHER)
    return replace(whole, options=(*kept, *other))


def for_screening(talk: Talk, text: str) -> tuple[FactValue, ...]:
    """ "It's for screening", said of a CT of the chest: that is the yearly low-dose one, with criteria of its own."""
    if talk.case().study.id != "ct-chest" or not holds("for_screening", text):
        return ()
    return (Field("study.id", "ldct-lung-screening"),)


def kind_told(talk: Talk) -> str | None:
    """The kind of scan that was named when the denial was told: "they denied the MRI of her spine"."""
    told = [f.said.words for f in talk.unit.facts(talk.case_id) if key(f.value) == "denial.denied"]
    named = [found["kind"] for words in told if (found := parts("kind_of_scan", words))]
    return _called(named[-1]) if named else None


def _called(kind: str) -> str:
    return next(start for start in _KINDS if kind.startswith(start[:2]))


_KINDS = {"mri": ("mri",), "ct": ("ct", "cta"), "pet": ("pet_ct",), "ultrasound": ("ultrasound",)}
"""The kinds of scan as people call them, with their modalities."""
