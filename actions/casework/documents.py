"""Take a document: read a stored letter, keep its facts, and answer with a card of what was read."""

from __future__ import annotations

from dataclasses import replace
from textwrap import shorten

from actions.casework import describe, pages
from actions.casework.conversation import Talk, not_to_come
from actions.casework.replies import Button, Card, Reply, Row
from actions.casework.texts import say
from actions.reading import Reading, facts_of, read
from actions.reading.documents.certainty import of_picture
from criteria.facts import Fact, Field, key, standing

# Below this a value is shown as "please check"; nothing is left out for being unsure.
SURE = 0.8
_SILENT = ("denial.denied", "denial.words", "denial.service")
_ORDER = ("denial.payer", "plan.payer", "plan.reviewer", "plan.type", "study.id", "study.side", "denial.reasons",
          "denial.notice_date", "denial.appeal_deadline", "denial.criteria_cited", "denial.member_id",
          "denial.reference_numbers", "peer_to_peer.status")  # fmt: skip


def take_document(talk: Talk, document_id: str) -> tuple[Reply, ...]:
    """Read the stored document and record its facts as said by the document.

    Facts of a letter that is no denial are not recorded, only said. Raises nothing for odd text; an unknown id is a
    programming error and raises KeyError.
    """
    content = talk.unit.document_file(talk.conversation, document_id, "txt")
    if content is None:
        raise KeyError("document")
    if any(fact.said.document == document_id for fact in talk.unit.history(talk.case_id)):
        # Sent again: what was corrected since must not come back.
        return (Reply(say("read_again"), card=standing_card(talk)),)
    text = content.decode("utf-8")
    reading = read(text, talk.desk.today())
    picture = document_id in _pictures(talk)
    paged = pages.facts_of_pages(talk, document_id, text, reading, picture)
    if paged is not None:
        return _take_page(talk, paged, picture)
    if picture:
        reading = of_picture(reading)
    if reading.denial.outcome == "approved":
        return (Reply(say("read_approved")),)
    if reading.denial.outcome == "pending":
        return _take_pending(talk, reading, document_id, picture)
    if reading.kind == "other":
        return (Reply(say("read_nothing")),)
    who = "document" if reading.kind == "denial_letter" else talk.who
    today = talk.desk.today()
    facts = not_to_come(list(facts_of(reading, who, today, talk.desk.now(), document_id)), today)
    if reading.kind != "denial_letter" and talk.case().study.id is not None:
        # The report of an earlier scan is no order: the denied one stays what it was.
        facts = [fact for fact in facts if not key(fact.value).startswith("study.")]
    if reading.kind == "denial_letter":
        facts = _not_the_plans_no(facts)
    if facts and reading.denial.denied and talk.case().denial.denied is False:
        # Who sends it takes back that nobody had denied it: that is no conflict.
        sent = replace(facts[0].said, who=talk.who)
        facts.append(replace(facts[0], value=Field("denial.denied", True), said=sent))
    if not facts:
        return (Reply(say("read_nothing")),)
    return _keep(talk, facts, say("read_letter" if reading.kind == "denial_letter" else "read_other"), picture)


def _take_pending(talk: Talk, reading: Reading, document_id: str, picture: bool) -> tuple[Reply, ...]:
    """A paper by which nothing is decided yet: what it says of the request is kept, and that nobody has denied it."""
    facts = _not_the_plans_no(list(facts_of(reading, "document", talk.desk.today(), talk.desk.now(), document_id)))
    denial = talk.case().denial
    if denial.denied is None and not denial.reasons and denial.notice_date is None:
        talk.keep((Field("denial.denied", False),), say("button_not_denied"))
    return _keep(talk, facts, say("read_pending"), picture) if facts else (Reply(say("read_pending")),)


def _take_page(talk: Talk, facts: list[Fact], picture: bool) -> tuple[Reply, ...]:
    facts = _not_the_plans_no(facts)
    return _keep(talk, facts, say("read_page"), picture) if facts else (Reply(say("read_page_nothing")),)


def _not_the_plans_no(facts: list[Fact]) -> list[Fact]:
    """Without "you have not had an X-ray", which is why the plan said no; whether it is so, the person says."""
    return [fact for fact in facts if getattr(fact.value, "status", None) != "absent"]


def _keep(talk: Talk, facts: list[Fact], intro: str, picture: bool) -> tuple[Reply, ...]:
    talk.record(facts)
    talk.set_note("override", None)
    if picture:
        intro += "\n\n" + say("read_picture")
    return (Reply(intro, card=reading_card(talk, facts)),)


def only_from_picture(talk: Talk, path: str) -> bool:
    """Whether the value of this field was read from a picture, and nobody has said it otherwise."""
    said = [fact.said.document for fact in standing(talk.unit.facts(talk.case_id)) if key(fact.value) == path]
    return bool(said) and set(said) <= _pictures(talk)


def standing_card(talk: Talk) -> Card:
    """The card of what stands of the letter now, after a correction."""
    facts = [f for f in standing(talk.unit.facts(talk.case_id)) if isinstance(f.value, Field)]
    return reading_card(talk, facts)


def reading_card(talk: Talk, facts: list[Fact]) -> Card:
    """The card of what was read: each row can be corrected; unsure values and all of a picture say "please check"."""
    pictures = _pictures(talk)
    shown = [f for f in facts if key(f.value) not in _SILENT]
    shown.sort(key=lambda f: _ORDER.index(key(f.value)) if key(f.value) in _ORDER else len(_ORDER))
    seen: set[str] = set()
    rows = []
    for fact in shown:
        row = _row(talk, fact, sure=fact.said.confidence >= SURE and fact.said.document not in pictures)
        if row.label + row.value not in seen:
            seen.add(row.label + row.value)
            rows.append(row)
    return Card("reading", "What I read", tuple(rows))


def _pictures(talk: Talk) -> set[str]:
    """The documents that were read from a picture: what they say may be plausible and wrong."""
    return {document.id for document in talk.unit.documents(talk.case_id) if document.meta.get("picture")}


def _row(talk: Talk, fact: Fact, sure: bool) -> Row:
    name, library = key(fact.value), talk.desk.library
    if isinstance(fact.value, Field):
        label, value = describe.label(name), describe.field(fact.value, library)
    else:
        label, value = say(f"kinds.{type(fact.value).__name__.lower()}"), describe.fact(fact.value, library)
    editable = isinstance(fact.value, Field) or name in library.findings
    if name == "peer_to_peer.by" and getattr(fact.value, "value", talk.desk.today()) < talk.desk.today():
        value += f" ({say('deadline_passed')})"
    return Row(
        id=name,
        label=label,
        value=value,
        state="read" if sure else "confirm",
        source=shorten(" ".join(fact.said.words.split()), 120, placeholder=" …"),
        edit=Button(say("change", label=label), "edit", {"fact": name}) if editable else None,
    )
