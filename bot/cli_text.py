"""What the `overturn` command prints for people: the same documents as with `--json`, in plain words."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from criteria.gaps import in_short, to_rule_out

Document = Mapping[str, Any]

VERDICTS = {
    "met": "The public criteria are met.",
    "arguable": "The criteria leave room: a fair case can be made.",
    "gaps": "Something is still missing.",
    "not_met": "The public criteria are not met as things stand.",
    "no_public_criterion": "No public criterion fits this request.",
}
STEPS = {
    "appeal": "Appeal",
    "administrative_appeal": "Appeal about the benefit, the network or the late filing, not about the care",
    "peer_to_peer": "Doctor-to-doctor call (peer-to-peer)",
    "corrected_claim": "Corrected claim from the clinic",
    "new_request": "New request from the clinic",
    "records": "Send the missing records",
    "external_review": "Outside (external) review",
}
CLOCKS = {
    "expedited": "Fast (expedited) appeal",
    "internal_appeal": "Appeal to the plan",
    "second_level": "Second appeal",
    "external_review": "Step outside the plan",
    "peer_to_peer": "Doctor-to-doctor call",
    "plan_decision": "Time to answer",
}
KINDS = {
    "ask": "Not said yet",
    "chart": "Get the note",
    "act": "To be done",
    "closed": "Stands against it",
}
AGENCIES = ("acr", "cms", "uspstf", "hrsa")
LETTERS = {"denial_letter": "a denial letter", "message": "a message", "other": "some other text"}


def plain(text: str) -> str:
    """The text on one line, without characters that could steer a terminal."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _width() -> int:
    return max(40, min(100, shutil.get_terminal_size().columns))


def _wrap(text: str, indent: str = "", first: str | None = None) -> list[str]:
    start = indent if first is None else first
    return textwrap.wrap(plain(text), _width(), initial_indent=start, subsequent_indent=indent) or [start.rstrip()]


def _pairs(rows: Iterable[tuple[str, str]]) -> list[str]:
    """Label and value in two columns; rows without a value are left out."""
    given = [(label, value) for label, value in rows if value]
    column = max((len(label) for label, _ in given), default=0) + 4
    lines = []
    for label, value in given:
        lines += _wrap(value, " " * column, f"  {label}".ljust(column))
    return lines


def _section(title: str, lines: Sequence[str]) -> list[str]:
    return ["", title, *lines] if lines else []


def _words(id: str) -> str:
    return id.replace("_", " ")


def reading(name: str, document: Document) -> str:
    """What was read in one text, each with the words it was read from."""
    denial, study = document["denial"], document["study"]
    stated = denial["appeal_deadline"]
    lines = [f"{plain(name)}: {LETTERS[document['kind']]}", *_file(document["document"])]
    lines += _pairs(
        [
            ("Plan", _listed([denial["payer"], denial["reviewer"] and f"reviewed by {denial['reviewer']}"])),
            ("Kind of plan", _words(denial["plan_type"] or "")),
            ("Date of letter", denial["notice_date"] or ""),
            ("Date of test", denial["service_date"] or ""),
            ("Member id", denial["member_id"] or ""),
            ("Reference", _listed(denial["reference_numbers"])),
            ("Study", _listed([study["id"], study["side"], *study["cpt"], *study["icd10"]])),
            ("Reasons", _listed(map(_words, denial["reasons"]))),
            ("Criteria named", _listed(denial["criteria_cited"])),
            ("Appeal by", _listed([stated["date"], stated["words"] and f"“{stated['words']}”"])),
            ("Doctor's call", _listed([denial["peer_to_peer"]["phone"], denial["peer_to_peer"]["words"]])),
            ("Age", str(document["age"] or "")),
            ("Symptoms for", f"{document['symptom_weeks']:g} weeks" if document["symptom_weeks"] else ""),
        ]
    )
    for title, key, id_of in (
        ("Emergency: call 911 or go to the emergency department", "emergency", "id"),
        ("See a doctor today", "urgent", "id"),
        ("Symptoms and signs", "findings", "id"),
        ("Treatment", "treatments", "kind"),
        ("Earlier pictures", "imaging", "modality"),
    ):
        lines += _section(title, _pairs((_item(item, id_of), f"“{item['words']}”") for item in document[key]))
    return "\n".join([*lines, ""])


def _file(file: Document | None) -> list[str]:
    """What must be known about the file the text came from: words read from a picture can be wrong."""
    if file is None:
        return []
    said = ["Read from a picture: please check every value."] if file["picture"] else []
    pages = ", ".join(map(str, file["unread"]))
    said += [f"Not read, because this installation can't read pictures: page {pages}."] if pages else []
    return [line for note in said for line in _wrap(note, "  ")]


def _item(item: Document, id_of: str) -> str:
    details = [item.get("side"), item.get("region"), item.get("status") if item.get("status") != "present" else None]
    weeks = [f"{item['weeks']:g} weeks"] if item.get("weeks") else []
    extra = _listed([*(_words(detail) for detail in details if detail), *weeks])
    return _words(item[id_of]) + (f" ({extra})" if extra else "")


def _listed(values: Iterable[str | None]) -> str:
    return ", ".join(value for value in values if value)


def check(document: Document, library: Any) -> str:
    """The verdict, what is met and missing with its sources, the next question and the deadlines."""
    study = library.studies[document["study"]].say if document["study"] in library.studies else document["study"]
    lines = [f"{plain(study)}, as of {document['as_of']}", ""]
    for flag in document["emergency"]:
        what = _listed(_named(id, _words(id), library) for id in flag["findings"])
        lines += _wrap(f"Emergency ({what}): call 911 or go to the emergency department.")
    for flag in document["urgent"]:
        what = _listed(_named(id, _words(id), library) for id in flag["findings"])
        lines += _wrap(f"See a doctor today ({what}).")
    lines += _wrap(VERDICTS[document["verdict"]])
    deciding = next((g for g in document["guidelines"] if g["id"] == document["decided_by"]), None)
    if deciding:
        authority = deciding["authority"].upper() if deciding["authority"] in AGENCIES else deciding["authority"]
        note = "" if deciding["status"] == "verified" else "; check the current text"
        lines += _wrap(f"Decided by {deciding['title']} ({authority}, {deciding['edition']}{note}).")
        met = list(dict.fromkeys(leaf["say"] for leaf in _leaves(deciding["trace"]) if leaf["value"] == "met"))
        lines += _section("What is met", [line for say in met for line in _wrap(say, "    ", "  + ")])
    lines += _section("What is missing, and who can supply it", _gaps(document, library))
    step = STEPS[document["right_step"]]
    lines += _section("Next step", _wrap(f"{step}. {document['right_step_why']}", "  ", "  "))
    lines += _section("Next question", _question(document["next_question"]))
    lines += _section("Deadlines", _clocks(document["deadlines"]))
    lines += _section("Sources", [line for id in _cited(deciding) for line in _source(id, library)])
    return "\n".join(lines)


def _leaves(trace: Document) -> Iterator[Document]:
    """The leaves that count for the rule: what stands under a "not" counts against it."""
    if trace["op"] == "leaf":
        yield trace
    elif trace["op"] != "not":
        for below in trace["of"]:
            yield from _leaves(below)


def _gaps(document: Document, library: Any) -> list[str]:
    """The gaps, numbered: a line for each to get or do, a paragraph for what each person has not said."""
    numbered = list(enumerate(document["gaps"], 1))
    lines = []
    for number, gap in numbered:
        if gap["kind"] != "ask":
            lines += _wrap(f"{KINDS[gap['kind']]} ({gap['who']}): {gap['say']}", "      ", f"  {number:>2}. ")
    for who in dict.fromkeys(gap["who"] for _, gap in numbered if gap["kind"] == "ask"):
        asked = (
            f"[{n}] {in_short(gap['say'])}{' (to be ruled out)' if to_rule_out(gap['say']) else ''}"
            for n, gap in numbered
            if gap["kind"] == "ask" and gap["who"] == who
        )
        lines += _wrap(f"{KINDS['ask']} ({who}): {'; '.join(asked)}.", "      ", "  ")
    ways = list(dict.fromkeys(tuple(gap + 1 for gap in way["gaps"]) for way in document["ways"]))
    alone = ", ".join(str(way[0]) for way in ways if len(way) == 1)
    together = "; ".join(" + ".join(map(str, way)) for way in ways if len(way) > 1)
    if alone:
        lines += _wrap(f"Enough alone: {alone}.", "      ", "  ")
    if together:
        lines += _wrap(f"Enough together: {together}.", "      ", "  ")
    return lines


def _named(id: str, otherwise: str, library: Any) -> str:
    finding = library.findings.get(id)
    return str(finding.say if finding else otherwise).rstrip(".")


def _question(question: Document | None) -> list[str]:
    if question is None:
        return []
    lines = _wrap(question["say"], "  ", "  ")
    for option in question["options"]:
        lines += _wrap(option["say"], "      ", "    - ")
    if question["why"]:
        lines += _wrap(f"Why: {question['why']}", "  ", "  ")
    return lines


def _cited(deciding: Document | None) -> list[str]:
    if deciding is None:
        return []
    met = (leaf["source"] for leaf in _leaves(deciding["trace"]) if leaf["source"])
    return list(dict.fromkeys([*deciding["sources"], *met]))


def _source(id: str, library: Any) -> list[str]:
    source = library.sources.get(id)
    if source is None:
        return []
    text = f"{source.title}, {source.edition}. Read {source.checked_on}. {source.url or ''}"
    return _wrap(text, "    ", "  - ")


def deadlines(found: Sequence[Document]) -> str:
    """Each clock with its safe date, the outer date, the rule and what to watch."""
    return "\n".join(_clocks(found)) if found else "No deadlines run yet."


def _clocks(found: Sequence[Document]) -> list[str]:
    lines: list[str] = []
    for item in found:
        if lines:
            lines.append("")
        title = CLOCKS[item["clock"]]
        if item["safe"]:
            title += f": by {item['safe']}"
            if item["outer"] and item["outer"] != item["safe"]:
                title += f" (the rule may allow until {item['outer']})"
        elif item["clock"] != "plan_decision":
            title += ": check your letter"
            if item["outer"]:
                title += f" (never later than {item['outer']})"
        lines += _wrap(title, "  ", "  ")
        lines += _wrap(item["rule"], "    ", "    ")
        for warning in item["warnings"]:
            lines += _wrap(warning, "      ", "    ! ")
        if item["check_letter"] and item["safe"]:
            lines += _wrap("Check your letter for the date.", "      ", "    ! ")
        lines += _wrap(f"Rule: {item['cite']}", "    ", "    ")
    return lines


def drafted(folder: str, letters: Sequence[Any], files: Mapping[str, Iterable[str]]) -> str:
    """Which files were written, and what each document still lacks."""
    lines: list[str] = []
    for letter in letters:
        lines += _wrap(letter.title)
        lines += [f"  {plain(folder).rstrip('/')}/{name}" for name in files[letter.kind]]
        if letter.blanks:
            count = f"{len(letter.blanks)} blank{'' if len(letter.blanks) == 1 else 's'} to fill in"
            lines += _wrap(f"{count}: {_listed(letter.blanks)}", "    ", "  ")
        if letter.unanswered:
            lines += _wrap(f"Not answered yet: {_listed(map(_words, letter.unanswered))}", "    ", "  ")
    return "\n".join(lines)


def library(counts: Mapping[str, int]) -> str:
    """That the library is sound, and how much there is of it."""
    return f"The library is sound: {_listed(f'{count} {_words(name)}' for name, count in counts.items())}."


def stale(as_of: str, found: Sequence[Document]) -> str:
    """The records that are due, by file, each with the day it was read, the day it fell due and its trust label."""
    if not found:
        return f"Nothing is due to be read again as of {as_of}."
    lines = [f"Due to be read again as of {as_of}: {len(found)}, the one due longest first."]
    for item in found:
        label = f", {item['label']}" if item["label"] else ""
        days = "1 day" if item["days_over"] == 1 else f"{item['days_over']} days"
        dates = f"read {item['checked_on']}, due {item['recheck_after']} ({days} over)"
        lines += _wrap(f"{item['id']}{label}: {dates}, {item['file']}", "      ", "  - ")
    return "\n".join(lines)


def ledger(file: str, entries: Sequence[Document]) -> str:
    """That the page was written, and how much is on it."""
    return f"{plain(file)}: {len(entries)} sources, {sum(len(e['rests']) for e in entries)} records that rest on them."
