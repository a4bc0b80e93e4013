"""What a denial says: its numbers, dates, reasons, the criteria it cites, and what may be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from actions.reading import identifiers, next_steps
from actions.reading.cited import criteria_cited
from actions.reading.dates import DateHit, dates
from actions.reading.found import Found, in_sentence
from actions.reading.general import general_parts
from actions.reading.lesser import lesser_parts
from actions.reading.letter_dates import about_when_it_came, dated, run_together
from actions.reading.reasons import reasons
from actions.reading.rules import Says, rules, says
from actions.reading.text import Sentence

_MOST_DATES = 200


@dataclass(frozen=True)
class Denial:
    """What was found; None or empty where the text does not say it."""

    member_id: Found | None = None
    reference_numbers: tuple[Found, ...] = ()
    notice_date: Found | None = None
    received_date: Found | None = None
    service_date: Found | None = None
    service: Found | None = None
    level: Found | None = None
    reasons: tuple[Found, ...] = ()
    criteria_cited: tuple[Found, ...] = ()
    deadline: next_steps.Deadline | None = None
    peer_to_peer: Found | None = None
    peer_to_peer_phone: Found | None = None
    peer_to_peer_by: Found | None = None
    call_upheld: Found | None = None
    expedited: Found | None = None


def read_denial(sentences: list[Sentence], text: str, today: date, *, letter: bool, denied: bool) -> Denial:
    """`letter`: a payer wrote it. `denied`: it says that something was denied; reasons are read only then."""
    hits = _days(text, today)
    notice, received, service_date = dated(hits, text, today, letter)
    if received is None and not letter:
        received = about_when_it_came(text, today)
    # An approval's or a bill's "if we ever deny a service you may appeal" opens nothing.
    open_steps = denied or not letter
    since = notice.value if notice else today
    call, phone, by = None, None, None
    if open_steps:
        day = notice.value if notice else None
        call, phone, by = next_steps.peer_to_peer(sentences, text, hits, since, day, letter=letter)
    call_upheld = next_steps.call_upheld(sentences)
    if call_upheld:
        # The call is over: it is offered no more.
        call, phone, by = None, None, None
    deadline = None
    if open_steps:
        day = notice.value if notice else None
        deadline = next_steps.appeal_deadline(sentences, hits, day, today, letter=letter)
    member = identifiers.member_id(text)
    # "Policy: SH-MA-220-771" is whose insurance it is, no policy of the plan's.
    cited = tuple(
        each
        for each in criteria_cited(sentences)
        if member is None or not (member.value in each.value or (each.start < member.end and member.start < each.end))
    )
    return Denial(
        member_id=member,
        reference_numbers=tuple(identifiers.references(text)),
        notice_date=notice,
        received_date=received,
        service_date=service_date,
        service=_first("service", sentences),
        level=_first("level", sentences) if denied or not letter else None,
        reasons=_reasons(sentences, text, letter=letter) if denied else (),
        criteria_cited=cited,
        deadline=deadline,
        peer_to_peer=call,
        peer_to_peer_phone=phone,
        peer_to_peer_by=by,
        call_upheld=call_upheld,
        expedited=next_steps.expedited(sentences) if open_steps else None,
    )


def _reasons(parts: list[Sentence], text: str, *, letter: bool) -> tuple[Found, ...]:
    if not letter:
        return tuple(reasons(parts, letter))
    return tuple(reasons(parts, letter, general_parts(parts, text), lesser_parts(parts, text)))


def _days(text: str, today: date) -> list[DateHit]:
    whole = list(run_together(text))
    # "9-Nov-26" is no 26th of November: a day as letters write it holds more than the part of it read elsewhere.
    found = [
        hit
        for hit in dates(text, today)
        if hit.precision == "day"
        and not any(
            each.start <= hit.start and hit.end <= each.end and each.end - each.start > hit.end - hit.start
            for each in whole
        )
    ]
    taken = {place for hit in found for place in range(hit.start, hit.end)}
    found += [hit for hit in whole if taken.isdisjoint(range(hit.start, hit.end))]
    return sorted(found, key=lambda hit: hit.start)[:_MOST_DATES]


@lru_cache(maxsize=2)
def _ways(name: str) -> tuple[tuple[str, Says], ...]:
    return tuple((value, says(entry)) for value, entry in rules("stage")[name].items())


def _first(name: str, sentences: list[Sentence]) -> Found | None:
    """The first value of `rules/stage.yml` whose words stand in a sentence that is not an "if"."""
    for value, rule in _ways(name):
        for sentence in sentences:
            hit = rule.says.search(sentence.text)
            if hit and not rule.unless.search(sentence.text):
                return in_sentence(value, sentence, hit.span(), 0.8)
    return None
