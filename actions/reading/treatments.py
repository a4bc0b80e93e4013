"""Treatments in a text: what was tried, how long, who directed it, whether it helped (`rules/treatments_words.yml`)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from actions.reading.assertion import Context, meaning
from actions.reading.clinical_items import TreatmentItem
from actions.reading.compiled import compiled
from actions.reading.composed import written_out
from actions.reading.dates import DateHit, Duration, weeks_since
from actions.reading.expressions import expression
from actions.reading.language import Match, Phrases, longest
from actions.reading.rules import read
from criteria.ids import OUTCOMES, TREATMENT_KINDS
from criteria.strict_yaml import Node

_RULES = Path(__file__).parent / "rules" / "treatments_words.yml"
_VISITED = ("physical_therapy", "chiropractic", "injection", "home_exercise")
_BY_CLINICIAN = ("physical_therapy", "chiropractic")
_ASKED_FOR = ("physical_therapy", "home_exercise", "chiropractic")
"""Care that plans ask for by its weeks."""
_SPARED = "activity_modification"
_MOST = 200
"""Mentions of treatments read of one text."""
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
           "eleven": 11, "twelve": 12, "a couple": 2, "a couple of": 2, "a few": 3}  # fmt: skip


@dataclass(frozen=True)
class _Words:
    phrases: Phrases
    weak: frozenset[str]
    not_had: re.Pattern[str]
    not_had_after: re.Pattern[str]
    outcomes: tuple[tuple[str, re.Pattern[str]], ...]
    patterns: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def _words() -> _Words:
    given = read(_RULES)
    single = ("done", "self_directed", "own_physical_therapy", "visits", "started", "ended")
    who, orders = "clinician", "orders"
    given.check_keys(("kinds", "weak", "not_had", "not_had_after", "outcomes", "expressions", *single, who, orders,
                      "provider_directed"))
    ordered = written_out(given["provider_directed"], {who: given[who], orders: given[orders]})
    kinds: Node = given["kinds"]
    kinds.check_keys(TREATMENT_KINDS)
    given["outcomes"].check_keys(OUTCOMES)
    return _Words(
        Phrases(kinds),
        frozenset(given["weak"]),
        compiled("|".join(f"(?:{p})" for p in given["not_had"])),
        compiled("|".join(f"(?:{p})" for p in given["not_had_after"])),
        # "Made it worse" before "no better", and "only helped a day" before "helped".
        tuple((name, compiled("|".join(f"(?:{p})" for p in given["outcomes"][name])))
              for name in ("worse", "resolved", "none", "partial")),
        {**{name: compiled(given[name]) for name in single}, "provider_directed": compiled(ordered)},
    )  # fmt: skip


def treatments(given: Context, lengths: list[Duration], days: list[DateHit]) -> list[TreatmentItem]:
    """The treatments in the text, one item for each kind and status, in order of first mention."""
    words = _words()
    named = _mentions(given, words)[:_MOST]
    items = [item for m in named if (item := _item(given, words, m, named, lengths, days)) is not None]
    told = _merged(_without_contradictions(given, _with_shared(given, words, items)))
    return _of_a_record(given, words, _of_counted_visits(given, told, lengths), lengths, days)


def _of_counted_visits(given: Context, items: list[TreatmentItem], lengths: list[Duration]) -> list[TreatmentItem]:
    """ "Seen 8 visits over 6 weeks": the therapy of a therapist's own paper, which need not name it there."""
    if expression("treatments_words", "therapists_record").search(given.small) is None:
        return items
    own = [t for t in items if t.kind in _BY_CLINICIAN and t.status == "present"]
    if any(t.weeks is not None for t in own):
        return items
    for d in lengths:
        said = expression("treatments_words", "visits_of_a_record").search(given.small, max(0, d.start - 60), d.start)
        if said is None:
            continue
        told = TreatmentItem(
            "physical_therapy", "present", given.text[said.start() : d.end].strip(), said.start(), d.end, d.weeks,
            d.first_day, d.last_day, directed="provider", visits=int(said["n"]),
        )  # fmt: skip
        if not own:
            return sorted([*items, told], key=lambda t: t.start)
        t = own[0]
        full = replace(
            t, weeks=d.weeks, since=t.since or d.first_day, until=t.until or d.last_day,
            visits=t.visits if t.visits is not None else told.visits, directed=t.directed or "provider",
        )  # fmt: skip
        return [full if o is t else o for o in items]
    return items


def _of_a_record(
    given: Context, words: _Words, items: list[TreatmentItem], lengths: list[Duration], days: list[DateHit]
) -> list[TreatmentItem]:
    """The items, the therapy of a therapist's own paper with the days and visits that its labels tell."""
    at = next((i for i, t in enumerate(items) if t.kind in _BY_CLINICIAN and t.status == "present"), None)
    if at is None or expression("treatments_words", "therapists_record").search(given.small) is None:
        return items
    item, others = items[at], [t for t in items if t.kind in _BY_CLINICIAN]
    if len(others) > 1 or item.since or item.until or item.weeks is not None:
        return items
    near = [d for d in days if d.precision == "day" and abs(d.start - item.start) <= _PAPER]
    since = next((d for d in near if _labelled(given, "record_begins", d.start)), None)
    until = next((d for d in near if _labelled(given, "record_ends", d.start)), None)
    stretch = next((d for d in lengths if d.until and _labelled(given, "record_dates", d.start)), None)
    first = since.date if since else stretch.first_day if stretch else None
    last = until.date if until else stretch.last_day if stretch else None
    if first is None and last is None:
        return items
    if first is not None and last is not None and last <= first:
        return items
    said = words.patterns["visits"].search(given.small, max(0, item.start - _PAPER), item.end + _PAPER)
    n = next(g for g in said.groups() if g) if said else ""
    visits = item.visits if item.visits is not None else int(n) if n.isdigit() else _COUNTS.get(n)
    told = replace(
        item, since=first, until=last, visits=visits,
        weeks=round((last - first) / timedelta(weeks=1), 1) if first and last else None,
        directed=item.directed or ("provider" if visits is not None else None),
    )  # fmt: skip
    return [*items[:at], told, *items[at + 1 :]]


_PAPER = 600
"""Characters around the name of the therapy within which its paper tells of it."""


def _labelled(given: Context, label: str, at: int) -> bool:
    return expression("treatments_words", label).search(given.small, max(0, at - 40), at) is not None


def since_it_began(given: Context, items: list[TreatmentItem], lasting: float | None) -> list[TreatmentItem]:
    """The items, with the length of the complaint where they are told of since it began ("in a boot ever since")."""
    if lasting is None:
        return items
    return [
        replace(t, weeks=lasting)
        if t.weeks is None and not t.until and _as_long_as_it(given, t) and not _behind_another(items, t)
        else t
        for t in items
    ]


def _behind_another(items: list[TreatmentItem], t: TreatmentItem) -> bool:
    """ "PT 4/20-6/26, HEP since then": since the other one ended."""
    return any(o.end <= t.start and t.start - o.end < _CLAUSE and (o.until or o.weeks is not None) for o in items)


def since_stopped(
    given: Context, items: list[TreatmentItem], days: list[DateHit], today: date
) -> list[TreatmentItem]:
    """The items, what was given up with how long ago that was ("stopped running 11 weeks ago")."""
    return [
        replace(t, weeks=weeks_since(then, today))
        if t.kind == _SPARED and t.weeks is None and t.status == "present" and (then := _given_up(given, t, days))
        else t
        for t in items
    ]


def _given_up(given: Context, item: TreatmentItem, days: list[DateHit]) -> DateHit | None:
    if expression("treatments_words", "gave_up").match(given.small, item.start) is None:
        return None
    return next(
        (
            d for d in days
            if d.start >= item.end and d.precision in ("day", "week", "month")
            and expression("treatments_words", "right_then").fullmatch(given.small, item.end, d.start)
        ),
        None,
    )  # fmt: skip


def _as_long_as_it(given: Context, item: TreatmentItem) -> bool:
    if item.status != "present" or item.kind == "injection":
        return False
    said = expression("treatments_words", "since_it_began").match(given.small, item.end)
    return said is not None and expression("treatments_words", "of_the_body_or_pain").search(said[0]) is None


def mentions(given: Context) -> list[tuple[int, int]]:
    """Where treatments are named, whatever is said of them."""
    return [(m.start, m.end) for m in _mentions(given, _words(), every=True)]


def _mentions(given: Context, words: _Words, *, every: bool = False) -> list[Match]:
    """Each place a treatment is named; of overlapping names the longest ("home exercise", not "exercise").

    `every`: those too that are no care for the complaint, as a steroid taken for life.
    """
    kept: list[Match] = []
    spared = expression("treatments_words", "spared").finditer(given.small)
    named = longest([*words.phrases.find(given.text), *(Match(_SPARED, *m.span(), -1, -1) for m in spared)])
    named = [m for m, behind in pairwise([*named, None]) if m and not (behind and _named_behind(given, m, behind))]
    for match in named:
        first, last = given.sentence(match.start)
        if _of_a_vaccine(given, match) or (not every and _another_matter(given, match, first, last)):
            continue
        if (
            given.small[match.start : match.end] in words.weak
            and not words.patterns["done"].search(given.small[max(first, match.start - 45) : match.start])
            and not expression("treatments_words", "done_after").match(given.small[match.end : last])
            and not _beside_care(given, words, match, named)
        ):
            continue
        if not (_a_person(given, match) or _of_cancer(given, match)):
            kept.append(match)
    return kept


def _named_behind(given: Context, m: Match, behind: Match) -> bool:
    """ "Pain pills, hydrocodone": a word for any pain reliever, and behind it which one it was."""
    return (
        m.label == "analgesic"
        and behind.label in ("opioid", "nsaid", "analgesic")
        and given.small.startswith("pain ", m.start)
        and expression("treatments_words", "namely").fullmatch(given.small, m.end, behind.start) is not None
    )


def _beside_care(given: Context, words: _Words, m: Match, named: list[Match]) -> bool:
    """ "Shots and PT didn't help": an everyday word is care where an "and" joins it to one that is."""
    small = given.small
    # "Rest, ice, Motrin": a list that opens a clause.
    opens = expression("treatments_words", "opens_a_clause").search(small, max(0, m.start - 12), m.start)
    return any(
        small[o.start : o.end] not in words.weak
        and (
            expression("treatments_words", "joined").fullmatch(small, min(m.end, o.end), max(m.start, o.start))
            or (opens and expression("treatments_words", "listed").fullmatch(small, m.end, o.start))
        )
        for o in named
        if o is not m
    )


def _of_a_vaccine(given: Context, m: Match) -> bool:
    before = given.small[max(0, m.start - 24) : m.start]
    named = given.small[m.start : m.end] in ("shot", "shots")
    return named and expression("treatments_words", "a_vaccine").search(before) is not None


def _another_matter(given: Context, m: Match, first: int, last: int) -> bool:
    """ "A flu shot", "relieved by rest", "epidural abscess", a steroid taken for life: no care for the complaint."""
    small, words = given.small, given.small[m.start : m.end]
    before = small[max(first, m.start - 24) : m.start]
    if expression("treatments_words", "of_another_part").match(small, m.end, last):
        return True
    if m.label == "other" and expression("treatments_words", "interventions").search(small, first, m.start):
        return True
    if m.label == "physical_therapy" and expression("treatments_words", "gave_the_exercises").search(before):
        return True
    if m.label == "physical_therapy" and words in ("therapy", "theraphy", "therepy", "theropy"):
        other = expression("treatments_words", "another_therapy").search(before)
        return bool(other or expression("treatments_words", "therapy_for_another").match(small, m.end))
    if m.label == "injection":
        if words in ("shot", "shots") and expression("treatments_words", "another_shot").search(before):
            return True
        if words == "inj" and expression("treatments_words", "an_injury").search(before):
            return not expression("treatments_words", "of_an_injection").match(small, m.end)
        return bool(expression("treatments_words", "no_injection").match(small[m.end : last]))
    if words == "the pills":
        return True
    if words == "aspirin":
        return expression("treatments_words", "for_the_heart").search(small, first, min(last, m.end + 40)) is not None
    if expression("treatments_words", "contraceptive").fullmatch(words):
        # "On OCP" is a risk that is noted; "failed OCPs" was care.
        near = small[max(first, m.start - 40) : min(last, m.end + 40)]
        return not expression("treatments_words", "for_the_complaint").search(near)
    if m.label == "activity_modification":
        if words == "rest" and (
            expression("treatments_words", "what_is_left_before").search(before)
            or expression("treatments_words", "what_is_left").match(small, m.end)
        ):
            return True
        if words == "rice" and given.text[m.start : m.end] != "RICE":
            return expression("treatments_words", "eaten").search(small, first, last) is not None
        names = ("how_it_goes", "did_not_bring_it_on")
        if expression("treatments_words", "no_sparing").match(small, m.end):
            return True
        return any(expression("treatments_words", name).search(before) for name in names)
    if m.label == "opioid" and words == "hydro" and expression("treatments_words", "a_kidney").search(before):
        return True
    if m.label == "bracing":
        return bool(
            expression("treatments_words", "no_brace").match(small, m.end)
            or expression("treatments_words", "no_brace_before").search(before)
        )
    if m.label == "oral_steroid":
        around = small[max(first, m.start - 40) : min(last, m.end + 60)]
        return bool(
            expression("treatments_words", "steroid_for_life").search(around)
            and not expression("treatments_words", "a_course").search(around)
        )
    return False


def _of_cancer(given: Context, m: Match) -> bool:
    """Whether bare "therapy" stands in a sentence about cancer, or the next to it: that is no physical therapy."""
    words = given.small[m.start : m.end]
    bare = m.label == "physical_therapy" and "therapy" in words
    if not bare or expression("treatments_words", "of_the_body").search(words):
        return False
    first, last = given.sentence(m.start)
    around = given.small[max(0, first - 160) : last + 80]
    return bool(expression("treatments_words", "cancer_care").search(around))


def _a_person(given: Context, m: Match) -> bool:
    """ "Pt" in a note is often the patient: where a name, a person's verb or "the pt" says so and no care does."""
    small = given.small
    if small[m.start : m.end] not in ("pt", "pt."):
        return False
    first, last = given.sentence(m.start)
    before = small[max(first, m.start - 24) : m.start]
    behind = small[m.end : max(last, m.end)]
    if given.text[m.start : m.start + 2] == "PT" and (
        expression("treatments_words", "therapist_at_work").match(behind)
        or expression("treatments_words", "therapist_seen").search(before)
    ):
        return False
    if expression("treatments_words", "initials").match(given.text, m.end):
        return True
    if expression("treatments_words", "person_named").match(given.text, m.start):
        return True
    if m.start == 0 and expression("treatments_words", "opens_a_note").match(given.text):
        return True
    if given.text[m.start : m.start + 2] == "PT" and expression("treatments_words", "therapy_declined").match(
        behind.lstrip(" :")
    ):
        return False
    if expression("treatments_words", "one_held").search(before):
        return True
    done = expression("treatments_words", "therapy_before").search(before)
    if not done and (
        expression("treatments_words", "only_a_person").match(behind)
        or expression("treatments_words", "person_behind").match(behind)
        or _says_it(before, behind)
    ):
        return True
    if not done and given.text[m.start : m.start + 2] == "Pt":
        # A note writes the patient so, and therapy in capitals: unless what stands around it tells of therapy.
        return not (
            expression("treatments_words", "before_therapy").search(before)
            or expression("treatments_words", "therapy_behind").match(behind)
        )
    if not done and small[m.start : m.end] == given.text[m.start : m.end] and _patients_here(given):
        # Where "pt" is the patient once, only what tells of therapy makes another one that.
        return not (
            expression("treatments_words", "before_therapy").search(before)
            or expression("treatments_words", "therapy_behind").match(behind)
        )
    if not done and expression("treatments_words", "a_pt").search(before):
        return not expression("treatments_words", "of_therapy").match(behind)
    return bool(expression("treatments_words", "patient").match(small, m.end)) and not expression(
        "treatments_words", "before_therapy"
    ).search(before)


def _patients_here(given: Context) -> bool:
    """Whether the text calls the patient "pt" at a place that leaves no doubt."""
    return any(
        expression("treatments_words", "only_a_person").match(given.small, m.end())
        for m in _PT.finditer(given.small)
    )


_PT = re.compile(r"\bpt\b")


def _says_it(before: str, behind: str) -> bool:
    """ "Denied by pt", "per pt"; but "per PT eval" is a paper of the therapist's."""
    said = expression("treatments_words", "said_by").search(before)
    return bool(said) and not expression("treatments_words", "a_paper").match(behind)


def _item(
    given: Context, words: _Words, m: Match, named: list[Match], lengths: list[Duration], days: list[DateHit]
) -> TreatmentItem | None:
    small, kind = given.small, m.label
    status = meaning(given, m.start, m.end)
    if status == "family" and expression("treatments_words", "anothers_used").search(small, 0, m.start):
        status = "present"
    first, last = given.sentence(m.start)
    before, after = small[max(first, m.start - 70) : m.start], small[m.end : min(last, m.end + 70)]
    other = expression("treatments_words", "another_did").search(small, max(first, m.start - _LIST), m.start)
    if _asked_about(given, m) or (other is not None and other["who"] != given.patient):
        return None
    if _had_after_all(given, m, status):
        status = "present"
    cannot = expression("treatments_words", "cannot_take").search(before) is not None
    if small.startswith(("do ", "did "), m.start) and expression("treatments_words", "could_not").search(before):
        cannot = True
    if cannot and expression("treatments_words", "the_plan_declined").search(before):
        return _done_after_all(given, words, m, named, lengths, days)
    if _left_out(before, after) or (cannot and not expression("treatments_words", "no_longer_done").match(after)):
        status = "absent"
    elif expression("treatments_words", "allergies").search(small[first : m.start]):
        # A list of what is not taken.
        status = "absent"
    elif expression("treatments_words", "cannot_take_after").match(after):
        # What cannot be taken is as little had as what was not.
        status = "absent"
    elif status == "absent" and _said_by_the_plan(before) and (
        did := _done_after_all(given, words, m, named, lengths, days)
    ):
        return did
    elif status == "absent" and (_none_yet(before, after) or _denies_it(given, m)):
        pass
    elif status == "hypothetical" or _only_spoken_of(words, before, after, m) or _wanted(status, before, after):
        return _done_after_all(given, words, m, named, lengths, days)
    elif status == "absent" and re.search(r"\bno (?:longer|more)\b[^.;,]{0,20}\Z", before):
        status = "historical"
    elif status in ("uncertain", "family"):
        return None if status == "family" else _finish(given, words, m, named, status, lengths, days)
    if status == "historical" and not re.search(r"\b(?:years|yrs|decades?)\b|\b(?:19|20[01])[0-9]", before + after):
        # "Previously tried PT" is care that was done, not an old illness.
        status = "present"
    if status == "absent" and (
        _neither_helped(given, m) or expression("treatments_words", "no_use_after").match(after)
    ):
        status = "present"
    if status == "absent" and expression("treatments_words", "no_problem_with").search(before):
        status = "present"
    if status == "absent" and expression("treatments_words", "none_helped").search(small[first : m.start]):
        status = "present"
    if status == "absent" and _denied_of_something_else(given, m, named):
        if not _told_as_done(given, m, named):
            return None
        status = "present"
    if status == "absent" and not _left_out(before, after) and (
        expression("treatments_words", "without_success").search(before)
    ):
        status = "present"
    if expression("treatments_words", "not_finished").search(before) and _length(given, named, lengths, m) is None:
        # "I did not complete therapy" says neither that it was begun nor that it was not.
        return None
    if kind == "physical_therapy" and words.patterns["own_physical_therapy"].search(
        small[max(first, m.start - 10) : m.start]
    ):
        kind = "home_exercise"
    return _finish(given, words, Match(kind, m.start, m.end, m.first, m.last), named, status, lengths, days)


def _had_after_all(given: Context, m: Match, status: str) -> bool:
    """Whether what sounds like a rule or a doubt was had: "treatment to date includes", "maybe 2 months of PT"."""
    if status not in ("hypothetical", "uncertain"):
        return False
    small, first = given.small, max(given.sentence(m.start)[0], m.start - _LIST)
    if expression("treatments_words", "asked_and_answered").match(small, m.end):
        return True
    if status == "uncertain":
        return expression("treatments_words", "hedged_length").search(small, first, m.start) is not None
    if expression("treatments_words", "as_a_reason").search(small, first, m.start) and (
        expression("treatments_words", "did_not_work").match(small, m.end)
    ):
        # "I need an MRI since 8 weeks of home exercises did not help".
        return True
    if expression("treatments_words", "but_did").search(small, max(first, m.start - 70), m.start):
        return True
    if expression("treatments_words", "so_far").search(small, first, m.start):
        return True
    listed = expression("treatments_words", "failed_including").search(small, first, m.start)
    return listed is not None and expression("treatments_words", "of_a_rule").search(small, first, m.start) is None


def _asked_about(given: Context, m: Match) -> bool:
    """ "Is prednisone bad?": a question about the medicine, where nobody goes on to say that they took it."""
    first, last = given.sentence(m.start)
    small = given.small
    return bool(
        expression("treatments_words", "asks_of").fullmatch(small, first, m.start)
        and expression("treatments_words", "asked_of_it").match(small, m.end, last)
        and not expression("treatments_words", "had_it").search(small, m.end, last + 40)
    )


def _left_out(before: str, after: str) -> bool:
    """ "They sent me for PT but I never went", "nobody sent me to PT", "injections were offered, she said no"."""
    return bool(
        expression("treatments_words", "left_out_after").match(after)
        or (
            expression("treatments_words", "left_out_before").search(before)
            and not expression("treatments_words", "no_longer_done").match(after)
        )
    )


def _denied_of_something_else(given: Context, m: Match, named: list[Match]) -> bool:
    """ "No fever, b/b, PT 9/28-11/6": a no that a list of other things opens ends with them, unless an "or" joins."""
    first, _ = given.sentence(m.start)
    cue = None
    for cue in expression("treatments_words", "a_no").finditer(given.small, first, m.start):  # noqa: B007
        pass
    if cue is None or "," not in given.small[cue.end() : m.start]:
        return False
    if expression("treatments_words", "one_no_for_all").search(given.small, cue.end(), m.end):
        return False
    opens = given.small.index(",", cue.end())
    return not any(cue.end() <= n.start < opens for n in named)


def _told_as_done(given: Context, m: Match, named: list[Match]) -> bool:
    """Whether days, a length, a dose, visits or an outcome stand behind a treatment or behind the last of its list."""
    first, last = given.sentence(m.start)
    if expression("treatments_words", "sent_off_with").search(given.small, first, m.start):
        return True
    ends = [m.end, *(n.end for n in named if m.end < n.start < last)]
    return any(expression("treatments_words", "of_care_done").match(given.small, end, last) for end in ends)


def _neither_helped(given: Context, m: Match) -> bool:
    first, last = given.sentence(m.start)
    return bool(
        re.search(r"\bneither\b", given.small[max(first, m.start - 80) : m.start])
        and expression("treatments_words", "neither_helped").match(given.small[m.end : last])
    )


def _done_after_all(
    given: Context, words: _Words, m: Match, named: list[Match], lengths: list[Duration], days: list[DateHit]
) -> TreatmentItem | None:
    """ "They want PT first, but I already did 6 weeks": the treatment, in those words."""
    first, last = given.sentence(m.start)
    said = expression("treatments_words", "already").search(given.small, m.end, min(last, m.end + 90))
    if said is None and m.label in _ASKED_FOR:
        # "They denied it because no PT. I did 8 weeks!"
        following = given.sentence(min(last + 1, len(given.small) - 1))
        said = expression("treatments_words", "did_it").match(given.small, following[0], following[1])
        last = following[1]
    if said is None or any(m.end <= n.start < said.start() for n in named):
        return None
    if re.search(r"\b(?:never|not|n't)\b[^,;]{0,12}\Z", given.small[m.end : said.start()]):
        return None
    if not given.small[said.end() : last].strip(" .,;!?-") and last < len(given.small):
        # "But I did. August 17 to October 2, at the clinic."
        last = given.sentence(min(last + 1, len(given.small) - 1))[1]
    length = next((d for d in lengths if said.start() <= d.start < min(last, said.end() + _SAID_NEXT)), None)
    item = _finish(given, words, m, named, "present", [], days)
    start = said.end() - len(said[0].lstrip(" \n.,;:!-"))
    return replace(
        item, words=given.text[start : said.end()], start=start, end=said.end(),
        weeks=length.weeks if length else None, since=length.first_day if length else item.since,
    )  # fmt: skip


_SAID_NEXT = 30
"""Characters behind "I did it" within which how long is told."""


def _said_by_the_plan(before: str) -> bool:
    """ "They denied it because I had no PT": what the plan says was not had."""
    return expression("treatments_words", "the_plan_says").search(before) is not None


def _denies_it(given: Context, m: Match) -> bool:
    """ "Denies injections, denies PT.": the patient's own no, in a note."""
    first, _ = given.sentence(m.start)
    begins = max(0, first - 2, m.start - _LIST)
    return expression("treatments_words", "denies_it").search(given.small, begins, m.start) is not None


def _none_yet(before: str, after: str) -> bool:
    """ "No PT yet, starts Monday"."""
    return after.startswith(" yet") and expression("treatments_words", "none_yet").search(before) is not None


def _wanted(status: str, before: str, after: str) -> bool:
    """ "PT first", where nobody says that it was done."""
    return (
        status != "absent"
        and expression("treatments_words", "wanted_first").match(after) is not None
        and expression("treatments_words", "therapy_before").search(before) is None
    )


def _only_spoken_of(words: _Words, before: str, after: str, m: Match) -> bool:
    said = expression("treatments_words", "another_matter").split(
        before,
    )[-1]
    behind = words.not_had_after.search(after)
    # "The March injection gave me three good months": only a therapist gives and says something else.
    acts = behind is not None and (m.label in _BY_CLINICIAN or behind[0].strip() != "gave")
    if acts and not (
        expression("treatments_words", "did_already").search(before)
        or expression("treatments_words", "put_right_behind").match(after)
    ):
        return True
    found = words.not_had.search(said)
    if not found:
        return False
    if "trial" in found[0] and expression("treatments_words", "of_care_done").match(after):
        # "Trial of PT (8/10-9/21, 12 visits)" tells of one that was.
        return False
    # "My PT" is a person only when something follows that persons do; "my home exercises" is a treatment.
    return not re.fullmatch(r"(?:my|the|a|his|her|our) (?:[a-z]{2,12} )?", found[0])


def _finish(
    given: Context,
    words: _Words,
    m: Match,
    named: list[Match],
    status: str,
    lengths: list[Duration],
    days: list[DateHit],
) -> TreatmentItem:
    small = given.small
    length = _length(given, named, lengths, m) if status != "absent" else None
    if length is not None and length.until is None and m.label == "injection":
        # An injection is of a day; a length beside it is when it was, or how long it helped.
        length = None
    if length is not None and length.since is None:
        # "6 weeks from Sept 14 to Oct 26": the length as said, the days of the stretch.
        stretch = _own_stretch(given, named, lengths, m, length.weeks)
        since, until = (stretch.first_day, stretch.last_day) if stretch else (None, None)
    else:
        since, until = (length.first_day, length.last_day) if length else (None, None)
    if status == "present" and until is None and (length is None or length.until is None):
        first_day, until = _day(given, words, m, named, days)
        since = since or (first_day if length is None or length.since is None else None)
    weeks = length.weeks if length and (not _only_begun(length) or _goes_on(given, length)) else None
    over = expression("treatments_words", "visits_over").search(small, *_own_span(given, m, named))
    if length is None and over:
        weeks = float(over["weeks"])
    both = _from_to(given, m, named, days) if status == "present" else None
    if both is not None and (length is None or length.since is not None):
        since, until = both
        weeks = round((until - since) / timedelta(weeks=1), 1)
    visits = _visits(words, given, m, named) if status == "present" else None
    return TreatmentItem(
        kind=m.label,
        status=status,
        words=given.text[m.start : m.end],
        start=m.start,
        end=m.end,
        weeks=weeks,
        since=since,
        until=until,
        outcome=None,
        directed=_who_directed(words, given, m, named, visits) if status in ("present", "historical") else None,
        visits=visits,
    )


def _own_stretch(
    given: Context, named: list[Match], lengths: list[Duration], m: Match, weeks: float
) -> Duration | None:
    """The days beside a length of weeks, unless they are another treatment's or of another bout."""
    stretch = _length(given, named, [d for d in lengths if d.until], m)
    if stretch is None or any(m.end <= n.start < stretch.start for n in named):
        return None
    fits = stretch.first_day is None or abs(stretch.weeks - weeks) <= max(_ROUNDED, weeks / 5)
    return stretch if fits else None


_ROUNDED = 2.0
"""Weeks by which a length, as people say it, may miss the days from its first to its last."""


def _only_begun(length: Duration) -> bool:
    """ "Started on October 1" tells the first day; how long it went on nobody said."""
    return length.since is not None and length.until is None and bool(_BEGUN.search(length.words))


_BELONGS_TO = re.compile(
    r" (?:(?:of|in|on|with|w/) )?(?:an? |the |my |his |her )?(?:formal |supervised )?| of (?:[a-z-]{2,14} ){1,3}"
)
_OF_SUCH = re.compile(r" of (?!(?:pain|this|it|trouble|back|neck|knee|hip|shoulder|my|his)\b)(?:[a-z-]{2,14} ){1,3}")
""" "Four months of pelvic floor physical therapy"."""


def _goes_on(given: Context, length: Duration) -> bool:
    """ "PT started 9/8, still going": until today."""
    return bool(expression("treatments_words", "goes_on").match(given.small, length.end))


_BEGUN = re.compile(r"\A(?:beginning|first)|\b(?:start(?!s? of)|began|begun)", re.I)


def _own_span(given: Context, m: Match, named: list[Match]) -> tuple[int, int]:
    """Where the words around a treatment stand, up to the ones named before and after."""
    first, last = given.sentence(m.start)
    begin = max([first, m.start - 60, *(n.end for n in named if n.end <= m.start)])
    nearest = min((n.start for n in named if n.start >= m.end), default=last)
    after = (
        n.start for n in named
        if n.start >= m.end and not expression("treatments_words", "a_giver").match(given.small, n.end)
    )  # fmt: skip
    finish = min([last, m.end + 70, *after])
    if finish == nearest < last and "," in given.small[m.end : finish]:
        # "OTC naproxen x 3 wks, formal PT": what stands before the next one is said of it.
        finish = m.end + given.small[m.end : finish].rindex(",")
    return begin, finish


_THAT_ONE = re.compile(r" (?:it|that|this|those|them)\b")


def _directed(words: _Words, given: Context, m: Match, named: list[Match]) -> str | None:
    """Who directed it, by the words between the treatments named before and after; "prescribed" reaches over a list."""
    kind = m.label
    small = given.small
    first, _ = given.sentence(m.start)
    begin, finish = _own_span(given, m, named)
    # "My PT" and "the chiropractor" name the treatment; they do not say who ordered it.
    clause = small[begin : m.start] + "~" * (m.end - m.start) + small[m.end : finish]
    if kind == "home_exercise":
        clause = small[begin:finish]
    if _list_of_ones_own(given, m, named):
        return "self"
    sheet = kind == "home_exercise" and expression("treatments_words", "of_a_therapist").match(small, m.end)
    if sheet and not words.patterns["self_directed"].search(small, m.end, given.sentence(m.start)[1]):
        return "provider"
    # "Prescribed X and Y" reaches over a list, "on my own" does not.
    before = m.start - begin
    another = any(first <= n.start < m.start for n in named if n is not m)
    ordered = next(
        # "PT, my doctor ordered it, and ibuprofen": what was ordered is the one before.
        (
            said
            for said in words.patterns["provider_directed"].finditer(clause)
            if not (
                another
                and said.end() <= before
                and (
                    _THAT_ONE.match(clause, said.end())
                    or "," in clause[said.end() : before]
                    or expression("treatments_words", "of_the_one_before").match(said[0])
                )
            )
            and not _orders_the_next(given, m, named, begin + said.end())
            and not expression("treatments_words", "took_oneself").search(clause, said.end(), max(said.end(), before))
        ),
        None,
    )
    # "A brace I bought and PT": nobody buys a therapy, but it may be paid oneself.
    own = (
        expression("treatments_words", "paid_oneself") if kind in _BY_CLINICIAN else words.patterns["self_directed"]
    ).search(clause)
    beside = (small[max(begin, m.start - 18) : m.start].rpartition(",")[2], small[m.end : finish].partition(",")[0])
    if kind not in _BY_CLINICIAN and any(expression("treatments_words", "over_the_counter").search(b) for b in beside):
        return "self"
    if ordered and expression("treatments_words", "nobody").search(clause[: ordered.start()]):
        return "self"
    provider = ordered or _orders_a_list(given, m, named)
    on_their_own = own and kind == "home_exercise" and (ordered is None or own.start() > ordered.start())
    if provider and not on_their_own:
        return "provider"
    return "self" if own else None


def _list_of_ones_own(given: Context, m: Match, named: list[Match]) -> bool:
    """ "Tylenol and ibuprofen over the counter", "chiro and acupuncture, both of which I paid for myself"."""
    end = m.end
    for n in named:
        if n.start >= end and expression("treatments_words", "joined").fullmatch(given.small, end, n.start):
            end = n.end
    return end > m.end and expression("treatments_words", "of_ones_own").match(given.small, end) is not None


def _orders_the_next(given: Context, m: Match, named: list[Match], at: int) -> bool:
    """ "PT for six weeks and then the doctor gave me gabapentin": what was given is the one behind."""
    if at < m.end:
        return False
    following = min((n.start for n in named if n.start >= at), default=None)
    return following is not None and (
        expression("treatments_words", "leads_to_the_next").fullmatch(given.small, at, following) is not None
    )


def _who_directed(words: _Words, given: Context, m: Match, named: list[Match], visits: int | None) -> str | None:
    """`provider` or `self`, by what it is or by what is said; else None."""
    said = None if m.label == "injection" else _directed(words, given, m, named)
    return said or _by_its_nature(given, m) or _by_visits(given, m, named, visits)


def _by_its_nature(given: Context, m: Match) -> str | None:
    """An injection, and a pack of steroids, is given by a clinician and by nobody else."""
    pack = m.label == "oral_steroid" and expression("treatments_words", "a_pack").search(given.small, m.start, m.end)
    return "provider" if m.label == "injection" or pack else None


def _by_visits(given: Context, m: Match, named: list[Match], visits: int | None) -> str | None:
    """Counted visits to a therapist or chiropractor are care that one of them directs, unless it was of one's own."""
    if m.label not in _BY_CLINICIAN:
        return None
    begin, finish = _own_span(given, m, named)
    if visits is None and not expression("treatments_words", "attended").search(given.small, begin, finish):
        return None
    return "provider"


def _orders_a_list(given: Context, m: Match, named: list[Match]) -> bool:
    """ "Prescribed X, Y and Z" reaches over the list; "a splint that the ER gave me in July, Y" is over before Y."""
    first, _ = given.sentence(m.start)
    begin = max(first, m.start - 90)
    said = expression("treatments_words", "orders_a_list").search(given.small[begin : m.start])
    if said is None:
        return False
    cue = begin + said.start()
    between = any(cue <= n.start < m.start for n in named if n is not m)
    earlier = any(first <= n.start < cue for n in named)
    return between or not earlier or "," not in given.small[cue : m.start]


def _visits(words: _Words, given: Context, m: Match, named: list[Match]) -> int | None:
    begin, finish = _own_span(given, m, named)
    # "12 visits; then home exercises": the visits stand in another clause.
    begin = max(begin, given.small.rfind(";", begin, m.start) + 1)
    if any(n.end == begin for n in named):
        # "PT x 6 visits, chiro": the visits are the first one's.
        begin = max(begin, given.small.rfind(",", begin, m.start) + 1)
    said = words.patterns["visits"].search(given.small[begin:finish]) if m.label in _VISITED else None
    if not said:
        return None
    # "It says 4 visits but I had 12": what the person had.
    _, last = given.sentence(m.start)
    right = expression("treatments_words", "visits_put_right").search(given.small, begin, min(last, m.end + 60))
    n = right["n"] if right else next(g for g in said.groups() if g)
    return int(n) if n.isdigit() else _COUNTS[n]


def _length(given: Context, named: list[Match], lengths: list[Duration], m: Match) -> Duration | None:
    """How long the treatment lasted: the nearest length of its clause that nothing else claims; a correction wins.

    Weeks that were counted go before a beginning, and before months that only lie around them.
    """
    near = [d for d in lengths if m.start - _CLAUSE <= d.end and d.start <= m.end + _CLAUSE]
    found = [(far, d) for d in near if (far := _away(given, named, lengths, d, m)) is not None and far < _CLAUSE]
    if not found:
        return _bare_length(given, named, lengths, m) or _length_of_the_list(given, lengths, m)
    best = min(found, key=lambda one: one[0])[1]
    if best.since is not None and (_only_begun(best) or (best.until is not None and best.first_day is None)):
        counted = [one for one in found if one[1].since is None and not _of_the_body(given, m, one[1])]
        best = min(counted, key=lambda one: one[0])[1] if counted else best
    small = given.small
    for later in lengths:
        gap = small[best.end : later.start]
        # "PT for 8 weeks, then ok, but flared 5 weeks ago": a beginning puts no length right.
        begun = later.since is not None and later.until is None
        follows = later.start > best.end and len(gap) < 40 and not begun
        if follows and expression("treatments_words", "correction").search(gap):
            best = later
    return best


def _length_of_the_list(given: Context, lengths: list[Duration], m: Match) -> Duration | None:
    """ "Failed tx x 3 mos: NSAIDs, PT, bracing": the length that the list opens with."""
    small, first = given.small, max(given.sentence(m.start)[0], m.start - _LIST)
    for d in lengths:
        if not (first <= d.start and d.end <= m.start) or d.since is not None:
            continue
        listed = expression("treatments_words", "then_the_list").match(small, d.end, m.start)
        led = expression("treatments_words", "care_before").search(small, first, d.start)
        if listed and (led or listed[0].lstrip().startswith("of ")):
            return d
    return None


def _bare_length(given: Context, named: list[Match], lengths: list[Duration], m: Match) -> Duration | None:
    """ "Had to stop PT. 9 sessions, Aug 3 to Sept 4.": the length that is all that the next sentence says."""
    _, last = given.sentence(m.start)
    if last >= len(given.small) or any(m.end <= n.start < last for n in named):
        return None
    first, end = given.sentence(min(last + 1, len(given.small) - 1))
    for d in lengths:
        if last <= d.start < end and not expression("treatments_words", "of_the_body_or_pain").search(d.words.lower()):
            alone = expression("treatments_words", "before_a_bare_length").fullmatch(given.small, last, d.start)
            rest = expression("treatments_words", "behind_a_bare_length").fullmatch(given.small, d.end, end)
            return d if alone and rest else None
    return None


_LIST = 200
"""Characters of a list or a clause before a treatment that are looked at."""
_CLAUSE = 60
"""Characters within which a length belongs to a treatment."""


def _of_the_body(given: Context, m: Match, length: Duration) -> bool:
    gap = given.small[m.end : length.start] if length.start >= m.end else given.small[length.end : m.start]
    return expression("treatments_words", "of_the_body_or_pain").search(gap) is not None


def _away(given: Context, named: list[Match], lengths: list[Duration], length: Duration, m: Match) -> int | None:
    """How many characters a length stands away from a treatment; None where it is something else's."""
    first, last = given.sentence(m.start)
    small = given.small
    if not first <= length.start < last:
        return None
    inside = length.start <= m.start and m.end <= length.end
    if inside and expression("treatments_words", "since_it_ended").match(length.words.lower()):
        # "Numb since the cast came off in May".
        return None
    after = length.start >= m.end
    words_of_it = length.words.lower()
    if expression("treatments_words", "trouble_since_then").match(small, length.start) or (
        # "Chiropractor, then it went out again 2 weeks ago": the trouble's.
        not words_of_it.startswith("since") and expression("clinical", "hurt_it").match(words_of_it)
    ):
        return None
    if length.since and expression("treatments_words", "one_of_several").search(small, first, m.start):
        return None
    if expression("treatments_words", "since_then").fullmatch(length.words.lower()) and _ended_before(
        named, lengths, m
    ):
        return None
    # "Splints x 3 months partial relief": tied to what is worn, the length is not the relief's.
    own = m.label not in ("injection", "oral_steroid") and expression("treatments_words", "tied").match(
        small, max(m.end, length.start - 2) if small[m.end : length.start].strip() == "x" else length.start
    )
    if (not own and expression("treatments_words", "length_of_relief").match(small, length.end)) or (
        m.label != "physical_therapy" and expression("treatments_words", "good_days").search(length.words.lower())
    ):
        return None
    gap = small[m.end : length.start] if after else small[length.end : m.start]
    if expression("treatments_words", "length_of_something_else").search(gap):
        return None
    if after and _of_the_trouble(given, length, gap):
        return None
    claimed = _claimed_behind(given, named, length, m, gap) if after else _claimed_ahead(given, named, length, m, gap)
    if claimed:
        return None
    return len(gap) if after else len(gap) - 1


def _ended_before(named: list[Match], lengths: list[Duration], m: Match) -> bool:
    """ "PT 4/20-6/26 (10 wks), HEP since then": since the other one ended, of which no length is told."""
    return any(
        d.since is None or d.until is not None
        for n in named if n.end <= m.start
        for d in lengths if n.end <= d.start and d.end <= m.start and m.start - n.end < _CLAUSE
    )  # fmt: skip


def _of_the_trouble(given: Context, length: Duration, gap: str) -> bool:
    """ "Chiro x10, nothing touches this neck pain, going on 5 months", "Advil, 2 months of this headache"."""
    if expression("treatments_words", "of_a_trouble").match(given.small, length.end):
        return True
    own = expression("treatments_words", "for_the_trouble").sub(" ", gap)
    return expression("treatments_words", "a_trouble_told").search(own) is not None


def _claimed_ahead(given: Context, named: list[Match], length: Duration, m: Match, gap: str) -> bool:
    """Whether a length before a treatment is the complaint's, or another treatment's."""
    first, _ = given.sentence(m.start)
    small = given.small
    if re.search(
        r"\b(?:for|since|x|of|past|last)\b[^,]{0,14}\Z", small[max(first, length.start - 14) : length.start]
    ) and not expression("treatments_words", "goes_on_to_treatment").match(gap):
        # "For 9 weeks I have had pain and tried PT": the pain's.
        return True
    if "," in gap and length.until is None and (
        length.since or expression("treatments_words", "lasting").match(length.words.lower())
    ):
        # "Knee pain x 4 mos, PT x 7 wks": the pain's.
        return True
    if "," in gap:
        opens = max(first, *(small.rfind(mark, first, length.start) + 1 for mark in ",:;"))
        of_care = expression("treatments_words", "care_label").search(small, max(first, opens - 30), opens)
        if small[opens - 1 : opens] == ":" and opens > first and not of_care:
            # "My own back: 5 weeks, only tylenol": the back's.
            return True
        if not expression("treatments_words", "opens_with_a_length").fullmatch(small, opens, length.start):
            # "Knee pain 12 weeks, PT 8 weeks": the pain's.
            return True
    if length.since and expression("treatments_words", "of_the_complaint").search(
        small[max(first, length.start - 30) : length.start]
    ):
        return True
    if not (expression("treatments_words", "length_of_treatment").fullmatch(gap) or _OF_SUCH.fullmatch(gap)):
        return True
    # "A splint for 6 weeks, ibuprofen": the splint's.
    return "," in gap and any(first <= n.start and n.end <= length.start for n in named)


def _claimed_behind(given: Context, named: list[Match], length: Duration, m: Match, gap: str) -> bool:
    """Whether a length behind a treatment is another treatment's."""
    small = given.small
    if expression("treatments_words", "of_a_medicine_not_known").search(gap):
        # "Ibuprofen, then cyproheptadine for 6 weeks": the other medicine's.
        return True
    joined = expression("treatments_words", "a_joint").search(gap)
    if joined and any(_BELONGS_TO.fullmatch(small, length.end, n.start) for n in named):
        # "A brace, 4 weeks PT": the therapy's.
        return True
    between = [
        n for n in named
        if m.end < n.start < length.start and not expression("treatments_words", "a_giver").match(small, n.end)
    ]  # fmt: skip
    if between and m.label == "injection":
        # Shots are of single days: "two shots, and therapy June through July".
        return True
    if between and expression("treatments_words", "and_all").fullmatch(small, between[-1].end, length.start):
        return False
    if between and expression("treatments_words", "a_length_told").search(small, m.end, between[-1].start):
        # "Gel and a sleeve for 8 weeks, a hinged brace for 3": the list was over.
        return True
    for n in between:
        to_it = small[m.end : n.start]
        if n is between[0] and expression("treatments_words", "own_manner").match(to_it):
            # "Naproxen around the clock, and pelvic floor therapy for 3 months": the therapy's.
            return True
        alone = small[n.end : length.start]
        if n is between[-1] and (
            expression("treatments_words", "own_article").search(small, m.end, n.start)
            or expression("treatments_words", "of_that_alone").search(alone)
        ):
            # "Tylenol, and PT comes twice a week, 4 weeks so far", "an antibiotic and a burst for 5 days": the last's.
            return True
        if expression("treatments_words", "own_verb").match(small, n.start):
            return True
        if m.label in _VISITED and expression("treatments_words", "counted_in_visits").match(to_it):
            # "Chiro 10 visits and home exercise for 6 weeks": each has its own count.
            return True
        joins = re.search(r"(?:,|\band\b|\bplus\b|/|&|\+)", to_it)
        if not joins or expression("treatments_words", "did_another").search(to_it):
            return True
    tied = expression("treatments_words", "tied").match(length.words.lower()) and "," in small[m.end : length.start]
    if between and tied:
        # "Rest, ibuprofen, and a brace x 5 weeks": the brace's.
        return True
    if between:
        before = max(n.end for n in (m, *between[:-1]))
        joint, listed = small[before : between[-1].start], expression("treatments_words", "of_a_list")
        if "," in joint and not listed.search(joint) and listed.search(small, m.end, before):
            # "Tylenol and rest, therapy for five weeks": the "and" had ended the list.
            return True
    # "A brace, PT x 6 wks": the therapy's, but "ibuprofen, PT and chiro for 6 weeks" are all of them.
    return bool(between) and not expression("treatments_words", "of_a_list").search(small, m.end, between[-1].start)


def _day(
    given: Context, words: _Words, m: Match, named: list[Match], days: list[DateHit]
) -> tuple[date | None, date | None]:
    """(first day, last day) as far as a single date of the clause, or one of a start and one of an end, says so."""
    first, last = given.sentence(m.start)
    small = given.small
    both = _from_to(given, m, named, days)
    if both is not None:
        return both
    if expression("treatments_words", "after_treatment").search(small[max(first, m.start - 20) : m.start]):
        # "Saw my doctor after PT on Oct 20": the visit's day.
        return None, None
    for hit in days:
        if not (first <= hit.start < last and hit.start >= m.end) or hit.precision != "day":
            continue
        gap = small[m.end : hit.start]
        if (
            len(gap) > 40
            or any(m.end <= n.start < hit.start for n in named)
            or expression("treatments_words", "day_of_something_else").search(gap)
        ):
            continue
        # "Finished therapy on September 30": the verb may be one of its own words.
        lead = small[max(first, m.start - 26) : m.end] + gap
        if m.label == "injection":
            return hit.date, None
        if words.patterns["ended"].search(lead):
            return None, hit.date
        return (hit.date, None) if words.patterns["started"].search(lead + hit.words) else (None, None)
    return None, None


def _from_to(
    given: Context, m: Match, named: list[Match], days: list[DateHit]
) -> tuple[date, date] | None:
    """ "PT start 9/14, dc'd 10/30": the day it began and the day it ended."""
    _, last = given.sentence(m.start)
    behind = [d for d in days if m.end <= d.start < last and d.precision == "day"][:2]
    if len(behind) < 2 or behind[1].date <= behind[0].date or any(m.end < n.start < behind[1].start for n in named):
        return None
    if not expression("treatments_words", "began").fullmatch(given.small, m.end, behind[0].start):
        return None
    if not expression("treatments_words", "was_over").fullmatch(given.small, behind[0].end, behind[1].start):
        return None
    return behind[0].date, behind[1].date


def _with_shared(given: Context, words: _Words, items: list[TreatmentItem]) -> list[TreatmentItem]:
    """Outcomes: what a clause says of its treatments, or the next sentence of the one before."""
    small = given.small
    result = _with_own(given, words, items)
    partial = dict(words.outcomes)["partial"]
    for name, pattern in (("partial", expression("treatments_words", "one_of_them_helped")), *words.outcomes):
        for m in pattern.finditer(small):
            told = "partial" if name == "resolved" and _for_a_while(given, m) else name
            if name == "resolved" and expression("treatments_words", "a_no_before").search(small, 0, m.start()):
                told = "none"
            if name == "partial" and expression("treatments_words", "relief_by_another").match(small, m.end()):
                continue
            still = name == "none" and expression("treatments_words", "and_still").match(m[0])
            if still and partial.search(small, given.sentence(m.start())[0], m.start()):
                # "It helped a lot but I still can't lift my arm".
                continue
            for i in _spoken_to(given, items, m.start(), m.end(), m[0]):
                one_of_two = result[i].kind == "injection" and (told, result[i].outcome) == ("partial", "none")
                if (result[i].outcome is None or one_of_two) and result[i].status in _HAD:
                    result[i] = replace(result[i], outcome=told)
    return result


_HAD = ("present", "historical", "uncertain")


def _with_own(given: Context, words: _Words, items: list[TreatmentItem]) -> list[TreatmentItem]:
    """The items, those with an outcome of their own that a "failed" before the list would hide.

    "Failed PT, NSAIDs, injection w/ temp relief": the relief is the injection's.
    """
    if len(items) < 2 or expression("treatments_words", "failed_list").search(given.small) is None:
        return list(items)
    result = list(items)
    partial = dict(words.outcomes)["partial"]
    for i, t in enumerate(items):
        tied = expression("treatments_words", "tied_outcome").match(given.small, t.end)
        said = partial.match(given.small, tied.end()) if tied else None
        first, _ = given.sentence(t.start)
        if said and expression("treatments_words", "failed_list").search(given.small, first, t.start):
            result[i] = replace(t, outcome="partial")
    return result


def _for_a_while(given: Context, said: re.Match[str]) -> bool:
    """ "Took the pain away for 2 days", "two days of complete relief", "was gone, then back": it did not last."""
    first, last = given.sentence(said.start())
    return (
        expression("treatments_words", "for_a_while").match(given.small, said.end(), last) is not None
        or expression("treatments_words", "so_long_before").search(given.small, first, said.start()) is not None
    )


def _spoken_to(given: Context, items: list[TreatmentItem], start: int, end: int, said: str) -> list[int]:
    """The treatments that an outcome's words speak of."""
    first, last = given.sentence(start)
    small = given.small
    inside = [i for i, t in enumerate(items) if start <= t.start and t.end <= end]
    if inside:
        return inside
    if expression("treatments_words", "all").match(said):
        told = [i for i, t in enumerate(items) if t.start < start]
        # "None of that worked: PT, chiro, Advil".
        return told or [i for i, t in enumerate(items) if end <= t.start < last]
    cut = first + max(
        (m.end() for m in re.finditer(r"\b(?:but|however|although|though|while|whereas)\b|;", small[first:start])),
        default=0,
    )
    if cut > first and expression("treatments_words", "speaks_of_the_last").fullmatch(small[cut:start].strip()):
        # "PT for two months but it made it worse": "it" is what stands before the "but".
        cut = first
    before = [i for i, t in enumerate(items) if cut <= t.start and t.end <= start]
    if before:
        # In "PT and ibuprofen did not help" both; in "PT didn't help, the shot helped a bit" each its own.
        near = [before[-1]]
        if expression("treatments_words", "of_that_one").match(small[items[near[0]].end : end]) or (
            items[near[0]].kind == "injection"
            and (
                expression("treatments_words", "for_so_long").search(said)
                or expression("treatments_words", "with_its_own").fullmatch(small, items[near[0]].end, start)
            )
        ):
            # "PT, ibuprofen and one shot that helped for two weeks": the shot's.
            return near
        every = len(before) > 1 and expression("treatments_words", "of_them_all").search(small, cut, start)
        if not every and _of_the_last_alone(given, [items[i] for i in before], start, end):
            return near
        # "PT for a month and naproxen, PT made it worse": named again, it is spoken of by itself.
        again = any(items[i].kind == items[near[0]].kind for i in before[:-1])
        for i in reversed(before[:-1]):
            gap = small[items[i].end : items[near[-1]].start]
            if expression("treatments_words", "own_outcome").search(gap):
                if not every:
                    near = _joined_to_the_last(given, items, near)
                break
            if again and not expression("treatments_words", "joined").fullmatch(gap):
                break
            near.append(i)
        return near
    listed = expression("treatments_words", "care_listed").match(small, end, last)
    # "No improvement after 6 weeks of exercises that the doctor gave".
    far = 56 if small.startswith((" after ", " with ", " despite ", " from "), end) else 30
    after = re.match(r"[^.;!?]*", small[end : min(last, end + far)])
    reach = listed.end() + 30 if listed else end + (after.end() if after else 0)
    ahead = [i for i, t in enumerate(items) if end <= t.start < reach]
    if ahead and expression("treatments_words", "outcome_goes_before").match(said):
        following = [ahead[0]]
        for i in range(ahead[0] + 1, len(items)):
            gap = small[items[i - 1].end : items[i].start]
            one_thing = items[i].kind == items[i - 1].kind and not gap.strip()
            if not (one_thing or re.fullmatch(r"[^.;!?]{0,40}(?:,|and|/|&|or|plus|\+)[^.;!?]{0,30}", gap)):
                break
            following.append(i)
        return following
    previous = [i for i, t in enumerate(items) if t.end <= first]
    opening = small[first:start].strip()
    near_by = bool(previous) and first - items[previous[-1]].end < _NEXT_SENTENCE
    if near_by and expression("treatments_words", "speaks_of_the_last").fullmatch(opening):  # fmt: skip
        sentence = given.sentence(items[previous[-1]].start)
        return _without_own(given, items, [i for i in previous if given.sentence(items[i].start) == sentence])
    return []


def _joined_to_the_last(given: Context, items: list[TreatmentItem], near: list[int]) -> list[int]:
    """ "PT partial relief, naproxen prn, injection - no relief": each its own, but for what an "and" joins."""
    kept = near[:1]
    for i in near[1:]:
        gap = given.small[items[i].end : items[kept[-1]].start]
        if not expression("treatments_words", "a_joint_and").search(gap):
            break
        kept.append(i)
    return kept


def _without_own(given: Context, items: list[TreatmentItem], told: list[int]) -> list[int]:
    """The last of the treatments, and those before it up to one behind which stands how that one went."""
    run = told[-1:]
    for i in reversed(told[:-1]):
        gap = given.small[items[i].end : items[run[-1]].start]
        if expression("treatments_words", "own_outcome").search(gap):
            break
        run.append(i)
    return run


_NEXT_SENTENCE = 90
"""Characters behind the last of the treatments of a sentence within which the next one tells how they went."""


def _of_the_last_alone(given: Context, before: list[TreatmentItem], start: int, end: int) -> bool:
    """ "6 weeks of PT, ibuprofen helped some", "I took X and I went to Y, it helped": said of the last of them."""
    if len(before) < 2:
        return False
    small, last = given.small, before[-1]
    if expression("treatments_words", "of_the_whole_list").match(small, start, end):
        return False
    gap = small[before[-2].end : last.start]
    to_it = small[last.end : start]
    if expression("treatments_words", "it_alone").search(f"{to_it}{small[start:end].partition(' ')[0]} ") or (
        expression("treatments_words", "it_alone").search(to_it)
    ):
        return expression("treatments_words", "another_clause").search(gap) is not None
    # "Cortisone x2, PT x2, nothing": a mark before it makes it all of theirs.
    if expression("treatments_words", "failed").match(small, start) and re.fullmatch(r",? ", gap):
        # "NSAIDs, gabapentin failed": both.
        return False
    directly = small[start] not in ",;:-=" and re.search(r"[,;:-]|\band\b|\bbut\b", to_it) is None
    return directly and "," in gap and not expression("treatments_words", "of_a_list").search(gap)


def _without_contradictions(given: Context, items: list[TreatmentItem]) -> list[TreatmentItem]:
    """Of "PT, no wait, not PT" the last word; of "one cortisone shot, never gel shots" the one that was had."""
    small = given.small
    kept = list(items)
    for item in items:
        if item.status != "absent":
            continue
        first, _ = given.sentence(item.start)
        if expression("treatments_words", "taken_back").search(small[max(0, item.start - 60) : item.start]):
            kept = [
                o for o in kept
                if o.kind != item.kind or o.status != "present" or not first <= o.start < item.start
            ]  # fmt: skip
        elif any(
            o.kind == item.kind
            and o.status == "present"
            and small[o.start : o.end].rstrip("s") != small[item.start : item.end].rstrip("s")
            for o in kept
        ):
            # Another of the same kind was had, so that the kind was not left out.
            kept.remove(item)
    return kept


def _merged(items: list[TreatmentItem]) -> list[TreatmentItem]:
    """One item for each kind and status; details said later fill in, a correction having been taken already."""
    kept: list[TreatmentItem] = []
    for item in items:
        for i, old in enumerate(kept):
            if old.kind == item.kind and old.status == item.status and not _two_medicines(old, item):
                kept[i] = replace(
                    old,
                    weeks=_longer(old.weeks, item.weeks),
                    since=old.since or item.since,
                    until=old.until or item.until,
                    outcome=old.outcome or item.outcome,
                    directed=old.directed or item.directed,
                    visits=old.visits if old.visits is not None else item.visits,
                )
                break
        else:
            kept.append(item)
    return kept


def _two_medicines(one: TreatmentItem, other: TreatmentItem) -> bool:
    """ "A PPI for 8 weeks, then an inhaler for 6": "other" is no name, so that each with a length is one of its own."""
    told = one.weeks is not None and other.weeks is not None and one.weeks != other.weeks
    return told and one.kind == "other" and one.words.lower() != other.words.lower()


def _longer(a: float | None, b: float | None) -> float | None:
    return max(x for x in (a, b) if x is not None) if a is not None or b is not None else None
