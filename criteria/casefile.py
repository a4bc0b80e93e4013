"""The case file (YAML or JSON) read strictly into a `Case`. Missing means that nobody has said.

Every error is a `CaseError` with a code, a message that says what to do, and the place in the file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from criteria.facts import (
    Cancer,
    Case,
    Clinician,
    Denial,
    Evaluation,
    Finding,
    Imaging,
    Patient,
    PeerToPeer,
    Plan,
    StatedDeadline,
    Study,
    Treatment,
)
from criteria.ids import (
    CANCER_PHASES,
    CHARTED,
    DENIAL_REASONS,
    DIRECTED,
    IMAGING_RESULTS,
    LEVELS,
    MODALITIES,
    ONSETS,
    OUTCOMES,
    PEER_TO_PEER,
    PLAN_TYPES,
    REGIONS,
    SERVICES,
    SEVERITIES,
    SIDES,
    STATES,
    STATUSES,
    STUDIES,
    TREATMENT_KINDS,
    nearest,
)

if TYPE_CHECKING:
    from criteria.library.records import Library

MOST_CHARACTERS = 1_000_000
MOST_ITEMS = 500
CONTRASTS = ("wo", "w", "wwo")
T = TypeVar("T")


class CaseError(ValueError):
    """A case file cannot be used. `code`: unknown_id, bad_date, bad_value, empty, unreadable or too_large."""

    def __init__(self, code: str, message: str, where: str = "") -> None:
        super().__init__(f"{where}: {message}" if where else message)
        self.code, self.message, self.where = code, message, where


def load_case(source: Path | str, library: Library) -> Case:
    """The case in a file (a Path, or a string that names one) or in a text. Raises CaseError."""
    inline = isinstance(source, str) and (not source.strip() or "\n" in source or source.lstrip()[:1] == "{")
    text = str(source) if inline else _file_text(Path(source))
    if len(text) > MOST_CHARACTERS:
        raise CaseError("too_large", f"the case file is larger than {MOST_CHARACTERS:,} characters; send a shorter one")
    if not text.strip():
        raise CaseError("empty", "the case file is empty; it needs at least 'as_of' and 'study'")
    return case_from_mapping(_parsed(text), library)


def _file_text(path: Path) -> str:
    try:
        if path.stat().st_size > MOST_CHARACTERS * 4:
            raise CaseError("too_large", "the case file is too large", str(path))
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError, ValueError) as error:
        if isinstance(error, CaseError):
            raise
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise CaseError("unreadable", f"the case file cannot be read: {reason}", str(path)) from None


def _parsed(text: str) -> Mapping[str, Any]:
    if text.lstrip().startswith("{"):
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = _yaml(text)
    else:
        content = _yaml(text)
    if not isinstance(content, Mapping):
        raise CaseError("unreadable", "the case file must be a mapping with 'as_of' and 'study'")
    return content


def _yaml(text: str) -> Any:
    import yaml

    try:
        # Anchors could make a small file huge, and a case file needs none.
        if any(isinstance(token, yaml.AliasToken) for token in yaml.scan(text, Loader=yaml.SafeLoader)):
            raise CaseError("unreadable", "a case file may not use YAML aliases (*name); write the values out")
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CaseError(
            "unreadable", f"the case file is not valid YAML or JSON: {error.problem}", f"line {line}"
        ) from None
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        if isinstance(error, CaseError):
            raise
        # A ValueError here is a date that no calendar has, such as 2026-02-30.
        code = "bad_date" if isinstance(error, ValueError) else "unreadable"
        raise CaseError(code, "the case file has a value that cannot be read; write dates as YYYY-MM-DD") from None


def case_from_mapping(data: Mapping[str, Any], library: Library) -> Case:
    """The case that a mapping in the contract's shape describes. Raises CaseError for anything it cannot use."""
    root = _Reader(data, "")
    root.known(
        "as_of",
        "study",
        "plan",
        "denial",
        "patient",
        "cancer",
        "clinician",
        "symptom_weeks",
        "findings",
        "treatments",
        "imaging",
        "evaluations",
        "peer_to_peer",
    )
    as_of = root.day("as_of")
    if as_of is None:
        raise CaseError("bad_date", "'as_of' is missing; write the day of the check, YYYY-MM-DD", "as_of")
    if root.data.get("study") is None:
        raise CaseError("bad_value", "'study' is missing; write for example study: {id: mri-knee}", "study")
    return Case(
        as_of=as_of,
        study=_study(root, library),
        plan=_plan(root.part("plan")),
        denial=_denial(root.part("denial")),
        patient=_patient(root.part("patient")),
        cancer=_cancer(root.part("cancer")),
        clinician=_clinician(root.part("clinician")),
        peer_to_peer=_peer_to_peer(root.part("peer_to_peer")),
        symptom_weeks=root.number("symptom_weeks"),
        findings=root.each("findings", lambda item: _finding(item, library)),
        treatments=root.each("treatments", _treatment),
        imaging=root.each("imaging", _imaging),
        evaluations=root.each("evaluations", _evaluation),
    )


class _Reader:
    """A mapping of the file with its place, read key by key."""

    def __init__(self, data: Any, where: str) -> None:
        if data is None:
            data = {}
        if not isinstance(data, Mapping):
            raise CaseError("bad_value", "must be a mapping of keys to values", where)
        self.data, self.where = data, where

    def at(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key

    def known(self, *keys: str) -> None:
        for key in self.data:
            if key not in keys:
                hint = nearest(str(key), keys)
                raise CaseError(
                    "unknown_id",
                    f"unknown key '{key}'"
                    + (f"; did you mean '{hint}'?" if hint else f"; known keys are {', '.join(keys)}"),
                    self.at(str(key)),
                )

    def part(self, key: str) -> _Reader:
        return _Reader(self.data.get(key), self.at(key))

    def one_of(self, key: str, known: Iterable[str]) -> str | None:
        value = self.data.get(key)
        return None if value is None else _known(value, known, self.at(key))

    def many(self, key: str, known: Iterable[str] | None = None) -> tuple[str, ...]:
        given = self.data.get(key)
        if given is None:
            return ()
        items = list(given) if isinstance(given, (list, tuple)) else [given]
        if len(items) > MOST_ITEMS:
            raise CaseError("too_large", f"more than {MOST_ITEMS} items", self.at(key))
        for i, item in enumerate(items):
            if isinstance(item, (Mapping, list, tuple)) or item is None or isinstance(item, bool):
                raise CaseError("bad_value", "must be a list of words or codes", f"{self.at(key)}[{i}]")
        texts = [str(item) for item in items]
        if known is not None:
            return tuple(_known(item, known, f"{self.at(key)}[{i}]") for i, item in enumerate(texts))
        return tuple(texts)

    def text(self, key: str) -> str | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, (Mapping, list, tuple, bool)):
            raise CaseError("bad_value", f"must be text, not {value!r:.40}", self.at(key))
        return str(value).strip() or None

    def yes_no(self, key: str) -> bool | None:
        value = self.data.get(key)
        if value is None or isinstance(value, bool):
            return value
        if str(value).lower() in ("yes", "no"):
            return str(value).lower() == "yes"
        raise CaseError("bad_value", f"must be true or false, not '{value}'", self.at(key))

    def number(self, key: str, most: float = 10_000) -> float | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
            raise CaseError("bad_value", f"must be a number from 0 to {most:g}, not '{value}'", self.at(key))
        return float(value) if value != int(value) else int(value)

    def day(self, key: str) -> date | None:
        value = self.data.get(key)
        if value is None:
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            raise CaseError("bad_date", f"'{value}' is not a date; write YYYY-MM-DD", self.at(key)) from None

    def charted(self) -> Any:
        value = self.data.get("charted")
        if isinstance(value, bool):
            return "yes" if value else "no"
        return self.one_of("charted", CHARTED) or "unknown"

    def status(self) -> Any:
        return self.one_of("status", STATUSES) or "present"

    def each(self, key: str, parse: Callable[[_Reader], T]) -> tuple[T, ...]:
        given = self.data.get(key)
        if given is None:
            return ()
        if not isinstance(given, (list, tuple)):
            raise CaseError("bad_value", "must be a list", self.at(key))
        if len(given) > MOST_ITEMS:
            raise CaseError("too_large", f"more than {MOST_ITEMS} items", self.at(key))
        return tuple(parse(_Reader(item, f"{self.at(key)}[{i}]")) for i, item in enumerate(given))


def _known(value: Any, known: Iterable[str], where: str) -> str:
    known = list(known)
    if value in known:
        return str(value)
    hint = nearest(str(value), known)
    known_ids = f"; did you mean '{hint}'?" if hint else f"; use one of {', '.join(known[:30])}"
    raise CaseError("unknown_id", f"'{value}' is not known{known_ids}", where)


def _required(item: _Reader, key: str, known: Iterable[str]) -> str:
    value = item.one_of(key, known)
    if value is None:
        raise CaseError("bad_value", f"'{key}' is missing", item.at(key))
    return value


def _study(root: _Reader, library: Library) -> Study:
    given = root.data["study"]
    item = _Reader({"id": given} if isinstance(given, str) else given, "study")
    item.known("id", "cpt", "icd10", "side", "contrast", "modality", "region")
    return Study(
        _required(item, "id", STUDIES),
        item.many("cpt"),
        item.many("icd10"),
        item.one_of("side", SIDES),
        item.one_of("contrast", CONTRASTS),
    )


def _plan(item: _Reader) -> Plan:
    item.known("type", "payer", "reviewer", "state")
    state = item.text("state")
    return Plan(
        item.one_of("type", PLAN_TYPES),
        item.text("payer"),
        item.text("reviewer"),
        None if state is None else _known(state.upper(), STATES, "plan.state"),
    )


def _denial(item: _Reader) -> Denial:
    item.known(
        "notice_date",
        "received_date",
        "service",
        "level",
        "reasons",
        "reference_numbers",
        "member_id",
        "service_date",
        "criteria_cited",
        "appeal_deadline",
        "words",
        "urgent",
        "denied",
    )
    stated = item.part("appeal_deadline")
    stated.known("words", "days", "date")
    days = stated.number("days", 3650)
    return Denial(
        notice_date=item.day("notice_date"),
        received_date=item.day("received_date"),
        service=item.one_of("service", SERVICES),
        level=item.one_of("level", LEVELS),
        reasons=item.many("reasons", DENIAL_REASONS),
        reference_numbers=item.many("reference_numbers"),
        member_id=item.text("member_id"),
        service_date=item.day("service_date"),
        criteria_cited=item.many("criteria_cited"),
        appeal_deadline=StatedDeadline(stated.text("words"), None if days is None else int(days), stated.day("date")),
        words=item.text("words"),
        urgent=item.yes_no("urgent"),
        denied=item.yes_no("denied"),
    )


def _patient(item: _Reader) -> Patient:
    item.known(
        "name", "age", "sex", "pack_years", "quit_years", "asymptomatic", "shared_decision", "lifetime_breast_risk"
    )
    age = item.number("age", 130)
    return Patient(
        item.text("name"),
        None if age is None else int(age),
        item.text("sex"),
        item.number("pack_years", 500),
        item.number("quit_years", 120),
        item.yes_no("asymptomatic"),
        item.yes_no("shared_decision"),
        item.number("lifetime_breast_risk", 100),
    )


def _cancer(item: _Reader) -> Cancer:
    item.known("type", "phase", "pets_before")
    pets = item.number("pets_before", 1000)
    return Cancer(item.text("type"), item.one_of("phase", CANCER_PHASES), None if pets is None else int(pets))


def _clinician(item: _Reader) -> Clinician:
    item.known("name", "npi", "specialty")
    return Clinician(item.text("name"), item.text("npi"), item.text("specialty"))


def _peer_to_peer(item: _Reader) -> PeerToPeer:
    item.known("status", "by")
    return PeerToPeer(item.one_of("status", PEER_TO_PEER), item.day("by"))


def _finding(item: _Reader, library: Library) -> Finding:
    item.known("id", "status", "region", "side", "onset", "severity", "weeks", "since", "charted")
    return Finding(
        _required(item, "id", library.findings),
        item.status(),
        item.one_of("region", REGIONS),
        item.one_of("side", SIDES),
        item.one_of("onset", ONSETS),
        item.one_of("severity", SEVERITIES),
        item.number("weeks"),
        item.day("since"),
        item.charted(),
    )


def _treatment(item: _Reader) -> Treatment:
    item.known("kind", "status", "weeks", "start", "end", "directed", "outcome", "visits", "charted")
    visits = item.number("visits")
    begin, end = item.day("start"), item.day("end")
    if begin and end and end < begin:
        raise CaseError("bad_date", f"'end' ({end}) is before 'start' ({begin})", item.at("end"))
    return Treatment(
        _required(item, "kind", TREATMENT_KINDS),
        item.status(),
        item.number("weeks"),
        begin,
        end,
        item.one_of("directed", DIRECTED),
        item.one_of("outcome", OUTCOMES),
        None if visits is None else int(visits),
        item.charted(),
    )


_MONTH = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?")
"""What `overturn read` gives of a picture's date where no day was said: no day of it is known."""


def _imaging(item: _Reader) -> Imaging:
    item.known("modality", "region", "side", "status", "date", "result", "charted")
    return Imaging(
        _required(item, "modality", MODALITIES),
        item.one_of("region", REGIONS),
        item.one_of("side", SIDES),
        item.status(),
        None if _MONTH.fullmatch(str(item.data.get("date"))) else item.day("date"),
        item.one_of("result", IMAGING_RESULTS),
        item.charted(),
    )


def _evaluation(item: _Reader) -> Evaluation:
    item.known("date", "after_treatment", "status", "charted")
    return Evaluation(item.day("date"), item.yes_no("after_treatment"), item.status(), item.charted())
