"""Why it was denied, in the contract's ids, each with the words that say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice, pairwise

from actions.reading import insurers, told, wording
from actions.reading.adjustment_codes import adjustment_code
from actions.reading.compiled import compiled
from actions.reading.found import Found, in_sentence
from actions.reading.general import not_meant
from actions.reading.lesser import rights
from actions.reading.misspelt import tolerant
from actions.reading.rules import any_of, pattern, rules
from actions.reading.text import Sentence, plain, sentences
from actions.reading.topics import topic


@dataclass(frozen=True)
class _Reason:
    says: re.Pattern[str]
    both: tuple[re.Pattern[str], re.Pattern[str]] | None
    unless: re.Pattern[str]
    code: re.Pattern[str]
    hint: re.Pattern[str]


@lru_cache(maxsize=1)
def _reason_rules() -> tuple[tuple[str, _Reason], ...]:
    made = []
    for name, entry in rules("reasons").items():
        both = entry.get("both")
        pair = (pattern(tolerant(both[0])), pattern(tolerant(both[1]))) if both else None
        says, hint = any_of(tolerant(entry.get("says", ()))), any_of(tolerant(entry.get("hints", ())))
        made.append(
            (name, _Reason(says, pair, any_of(entry.get("unless")), adjustment_code(entry.get("codes", ())), hint))
        )
    return tuple(made)


_TOLD = compiled(
    r"\b(?:not covered|not paid|(?:does not|doesn'?t|do not|don'?t) (?:cover|pay for|include)|"
    r"processed (?:\S{3,12} )?as|came back|"
    r"determ\w{0,8}|decision|outcome|rationale|quot(?:e|es|ed|ing)|verbatim|word for word|i copy|copied|reads|"
    r"deny|dup|wrote|writes|den(?:y|ied|ies|ial)|reject\w{0,3}|"
    r"refus\w{0,3}|"
    r"turned (?:\w{1,8} )?down|declin\w{0,3}|"
    r"n't approve\w?|not approve\w?|said|says?|sayin\w?|"
    r"because|bc|cuz|reasons?|told|letter|statement|claim(?:s|ing|ed)?|criteria|wants? me|they want|wants|asking for|"
    r"looking for|they(?:'re| are) calling|call(?:s|ed) (?:it|this)|"
    r"(?:they|insurance|plan) needs?|ins|ltr|dnd|dnied|rsn|their (?:note|comment|wording|words)|"
    r"grounds?|basis|(?:they|insurance|plan|it) (?:wo(?:n't|nt)|will not)|"
    r"(?:wo(?:n't|nt)|will not|wouldn't|refus\w{2,3} to) (?:pay|cover|approve|do|ok|authorize)|"
    r"they'?ll|they will|think|thinks|supposedly|per|code|not met|"
    r"due to|apparently|adverse|mak(?:es?|ing) (?:me|us)|requir\w{2,3}|non-?cert\w{0,7}|not cert\w{0,6}|want|"
    r"(?:in|on) (?:the|this|that|their) (?:paper|page)|is (?:write|written)|sent (?:me|us|him|her)|carc|rarc|threw|"
    r"kicked|knocked|bounced|limit|(?:CO|OA|PR|PI)[-* ]?[0-9]{2,3}|"
    r"den(?= ?[-:0-9]))\b",
    re.I,
)
# In a chat or a call written down, what the plan's agent says stands behind a name; "me:" is the person.
_SPOKEN = re.compile(r"[ ]?(?!(?:me|i|my|you|pt|patient|mom|dad)\b)[A-Za-z]{2,14}(?:[ ][A-Za-z]{2,14}){0,2}:[ ]", re.I)
# What stands in quotes in a message about a denial is the plan's, a few words of the person's own are not.
_QUOTED = re.compile(r"[ ]?[\"\u201c][ ]?(?:[^\"\u201d ]{1,20}[ ]){5}")
_APART = 120


# "Our letter of … listed the wrong side": what was wrong is the letter, not the claim.
_RIGHTS_A_LETTER = compiled(
    r"\b(?:our|this|the|that|earlier|previous|first|original|prior)(?: \w{4,10})?[ ](?:letter|notice)"
    r"(?:,? (?:of|dated|from|sent|mailed|issued)[^.;]{0,32}?)?,?[ ](?:incorrectly |mistakenly |wrongly )?"
    r"(?:listed|showed|had|gave|named|stated|contained|included|used|said|cited)\b[^.;]{0,60}"
    r"\b(?:wrong|incorrect|error|mistake\w?|by mistake|instead of)\b|"
    r"\b(?:corrects?|to correct|correcting) (?:an? |the |our )?(?:\w{3,12} ){0,2}(?:error|mistake|letter|notice)s?\b",
    re.I,
)


# "A. X-ray, both hips: approved; no review needed": another item of the list than the one denied.
_APPROVED_ITEM = compiled(
    r"[:=|] ?(?:approved|authorized|allowed|covered)\b(?![^.]{0,120}\b(?:denied|not|only)\b)",
    re.I,
)
_FIRST_LETTER = compiled(
    r"\b(?:first|1st|old|older|earlier|previous) (?:denial|letter|notice|decision|one|no|time (?:they|it|insurance))\b"
    r"(?! (?:line|choice))",
    re.I,
)
_SECOND_LETTER = compiled(
    r"\b(?:second|2nd|new|newer|newest|latest|most recent)[ ][\"']?(?:denial|letter|notice|decision|one|no)\b", re.I
)
# Injections or medicines named with these are the care asked for, not another thing denied.
_OF_CARE = frozenset({"conservative_care", "alternative_imaging"})


def reasons(
    parts: list[Sentence],
    letter: bool,
    general: Sequence[tuple[int, int]] = (),
    lesser: Sequence[tuple[int, int]] = (),
    *,
    by_topic: bool = True,
) -> Iterator[Found]:
    """Each reason once, with the words that gave it. In a person's own message, only what the plan told them.

    `general` are the spans of a letter that say nothing of this decision (`general.general_parts`), `lesser` those
    that count only where nothing else gives a reason (`lesser.lesser_parts`). `by_topic`: what sentences are about
    counts where no words are known.
    """
    if not letter:
        yield from _given(parts, letter, (), by_topic=by_topic)
        return
    # "We denied it because we had no notes. Now we have them, and …": only without another is that the reason.
    lesser = [*lesser, *_of_the_first_decision(parts, general)]
    told_why = list(_given(parts, letter, sorted([*general, *lesser]), by_topic=by_topic)) if lesser else []
    told_why = told_why or list(_given(parts, letter, general, by_topic=by_topic))
    if told_why:
        behind = rights(parts, min(each.start for each in told_why))
        told_why = [each for each in told_why if not any(a <= each.start < b for a, b in behind)] or told_why
    yield from told_why


def _given(
    parts: list[Sentence], letter: bool, general: Sequence[tuple[int, int]], *, by_topic: bool
) -> Iterator[Found]:
    # "The letter came Monday. Says I need therapy first": what was told may run on into the next sentence.
    told_here = [
        letter or in_quotes or _is_told(s.text) for s, in_quotes in zip(parts, quoted(parts), strict=True)
    ]
    short = sum(len(s.text) for s in parts) < _SHORT
    relayed = not letter and short and any(told_here) and not any(_OWN.search(s.text) for s in parts)
    heard = [
        s for i, s in enumerate(parts) if told_here[i] or relayed or (i and told_here[i - 1] and _runs_on(parts, i))
    ]
    heard = [s for s in heard if not (letter and (_RIGHTS_A_LETTER.search(s.text) or _APPROVED_ITEM.search(s.text)))]
    if not letter and any(_SECOND_LETTER.search(s.text) for s in parts):
        # "First denial was for no X-ray. Now the second one says …": only the second is in hand.
        heard = [s for s in heard if not _FIRST_LETTER.search(s.text) or _SECOND_LETTER.search(s.text)]
    # A note's history names care too; only what is asked for there is the plan's: "PT eval only 9/3, XR neg".
    plainly = {id(s) for i, s in enumerate(parts) if told_here[i]}
    asked = [s for s in heard if letter or id(s) in plainly or _ASKED_FOR.search(s.text)]
    of_care = {"conservative_care": asked}
    plain_ones = [
        found
        for name, rule in _reason_rules()
        if (found := _first(name, of_care.get(name, heard), letter, general, partial(_triggers, name, rule)))
    ]
    if not letter and len(plain_ones) > 1:
        plain_ones = [found for found in plain_ones if not _only_was_done(found, parts, told_here)]
    turn = 0 if letter else _newest(parts)
    if any(found.start >= turn for found in plain_ones):
        plain_ones = [found for found in plain_ones if found.start >= turn]
    plain_ones += _not_asked_for(heard, {found.value for found in plain_ones}, general)
    plain_ones += list(_not_done(heard, {found.value for found in plain_ones}, general))
    plain_ones += [] if plain_ones else list(_none_told(heard, general))
    if letter and "frequency_duplicate" not in {found.value for found in plain_ones}:
        plain_ones += list(_had_before(heard, general))
    named = {found.value for found in plain_ones}
    lacking = _CONTENT & named and all(
        _of_what_was_wanted(each, plain_ones) for each in _all("insufficient_documentation", heard, letter, general)
    )
    dropped = {"insufficient_documentation"} if lacking else set()
    if named & _CLINICAL and all(
        _bare_criteria(each) or (bool(named & _SAYS_WHY) and _only_its_words(each, plain_ones))
        for each in _all(_LEAST, heard, letter, general)
    ):
        dropped.add(_LEAST)
    if "out_of_network" in named and all(
        _no_way_out(each, plain_ones) for each in _all("prior_auth_missing", heard, letter, general)
    ):
        dropped.add("prior_auth_missing")
    if "prior_auth_missing" in named and all(
        _OF_THE_ASKING.match(s.text, b) for s, (_, b) in _all("insufficient_documentation", heard, letter, general)
    ):
        # "We have no record that your provider asked": it is the approval that nobody asked for.
        dropped.add("insufficient_documentation")
    if "auc_noncompliance" in named:
        # The code that a claim lacks is the one that tells of the consultation.
        dropped.add("coding_error")
    if "coding_error" in named and all(
        _CARC_16.search(s.text, a, b) for s, (a, b) in _all("insufficient_documentation", heard, letter, general)
    ):
        # The code that only says that a claim has a fault: another tells which.
        dropped.add("insufficient_documentation")
    if "site_of_care" in named and all(
        _A_CENTER.search(s.text, a, b + 30) for s, (a, b) in _all("out_of_network", heard, letter, general)
    ):
        dropped.add("out_of_network")
    if all(_only_unpaid(each, plain_ones) for each in _all("not_a_benefit", heard, letter, general)):
        dropped.add("not_a_benefit")
    plain_ones = [each for each in plain_ones if each.value not in dropped]
    if named.isdisjoint(_CLINICAL):
        for name, rule in _reason_rules():
            found = _first(name, heard, letter, general, partial(_hints, name, rule, not named))
            if found and name not in named and not _about_another(found, heard, letter=letter):
                plain_ones.append(found)
    yield from plain_ones
    if not by_topic:
        return
    words = {id(s) for s, in_quotes in zip(parts, quoted(parts), strict=True) if letter or in_quotes}
    yield from _by_topic(heard, words, general, {found.value for found in plain_ones})


def of_no_picture(found: tuple[Found, ...]) -> tuple[Found, ...]:
    """The reasons for which a drug, therapy or an operation is denied, by words that may also be of a picture's."""
    return tuple(each for each in found if each.value not in _WANTED_FIRST)


def _of_the_first_decision(parts: list[Sentence], general: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The sentences of a letter that tell why it was denied the first time, where none is left out already."""
    told_before = [s.place(0, len(s.text)) for s in parts if _FIRST_DECISION.search(s.text)]
    return [span for span in told_before if span not in general]


_FIRST_DECISION = compiled(
    r"\bwe (?:first|originally|initially|previously|earlier) (?:denied|refused|declined|did not approve|turned down)\b|"
    r"\bon [a-z0-9/., -]{4,20},? we (?:had )?(?:denied|refused|declined|did not approve|turned down)\b|"
    r"\b(?:was|were) (?:first|originally|initially|previously) (?:denied|refused|declined|turned down|not approved)\b|"
    r"\b(?:our|the) (?:first|original|initial|earlier|previous|prior) (?:decision|denial|determination|notice|letter|"
    r"reason)\b[^.;]{0,40}\b(?:said|gave|cited|stated|found|because|was that|was for|rested on)\b",
    re.I,
)


def _not_asked_for(heard: list[Sentence], named: set[str], general: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """ "MRI needs prior approval. None was asked for.": what a "none" leaves out is named in the sentence before."""
    if "prior_auth_missing" in named:
        return
    for one, next_one in pairwise(heard):
        none = _NONE_WAS.match(next_one.text)
        needed = none and _NEEDS_APPROVAL.search(one.text)
        if none and needed and not any(next_one.start < b and a < next_one.end for a, b in general):
            yield in_sentence("prior_auth_missing", next_one, none.span(), 0.8)
            return


def _not_done(heard: list[Sentence], named: set[str], general: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """ "… after six weeks of exercise. There is no record that this was done.": what "this" is stands before."""
    care = dict(_reason_rules())["conservative_care"].both
    if "conservative_care" in named or care is None:
        return
    for one, next_one in pairwise(heard):
        done = _THIS_WAS_DONE.match(next_one.text)
        if done and care[0].search(one.text) and not any(next_one.start < b and a < next_one.end for a, b in general):
            yield in_sentence("conservative_care", next_one, done.span(), 0.8)
            return


def _had_before(heard: list[Sentence], general: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """ "You had a CT on August 20. … Your doctor told of nothing new.": a test of the kind asked for, and no change."""
    for number, sentence in enumerate(heard):
        had = _HAD_ONE.search(sentence.text)
        if had is None or any(sentence.start < b and a < sentence.end for a, b in general):
            continue
        picture = had["picture"].lower()[:4].strip()
        others = (s for s in heard if s is not sentence)
        asked = any(re.search(rf"\b{re.escape(picture)}", s.text, re.I) for s in others)
        behind = " ".join([sentence.text[had.end() :], *(s.text for s in heard[number + 1 : number + 1 + _CARRIED])])
        if asked and _NOTHING_NEW.search(behind):
            yield in_sentence("frequency_duplicate", sentence, had.span(), 0.75)
            return


_CARRIED = 3
"""Sentences behind a test that was had in which the plan may say that nothing is new."""
_HAD_ONE = compiled(
    r"\b(?:you|he|she|(?:the )?(?:member|patient|veteran|beneficiary|enrollee|participant)|your child)[ ](?:already |"
    r"previously )?(?:had|underwent|received)[ ](?:an?[ ]|the same[ ]|this[ ])?(?:[\w-]{2,14}[ ]){0,3}?"
    r"(?P<picture>mri|mra|cta?\b|cat scan|pet\b|echo\w{0,10}|ultrasound|sonogram|bone scan|stress test|mammogram)"
    r"[^.;]{0,70}?\b(?:on|in|of)[ ](?:(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,6}\b|[0-9]{1,2}/)",
    re.I,
)
_NOTHING_NEW = compiled(
    r"\b(?:no (?:\w{3,10} )?(?:new|change|worsening)|any (?:new|change)|nothing (?:new|different|has changed)|"
    r"(?:not|n't) (?:\w{3,10} )?(?:a change|changed?|worse\w{0,3})|again (?:in|after|at) (?:one|a|\d)|"
    r"another (?:one )?(?:if|when|after|only)|if (?:\w{2,8} )?symptoms change|what (?:has|is) (?:changed|new|"
    r"different)|"
    r"next (?:one|scan|test))\b",
    re.I,
)


def _none_told(heard: list[Sentence], general: Sequence[tuple[int, int]]) -> Iterator[Found]:
    """ "Covered when there is a new sign. The request lists none.": what was needed is not there."""
    for one, next_one in pairwise(heard):
        none = _NONE_OF_IT.match(next_one.text)
        when = none and _COVERED_WHEN.search(one.text)
        if none and when and not any(next_one.start < b and a < next_one.end for a, b in general):
            yield in_sentence(_LEAST, next_one, none.span(), 0.7)
            return


_NONE_OF_IT = compiled(
    r"[ ]?(?:but )?(?:(?:(?:the|your|her|his|their) )?(?:\w{4,9} )?(?:request|notes?|records?|chart|order|papers?|"
    r"information) (?:lists?|shows?|names?|reports?|has|have|had|mentions?|describes?|tells? of|gives?) (?:none|"
    r"neither)|"
    r"(?:none|neither)(?: of (?:these|those|them|this))? (?:is|are|was|were|has been|have been|applies|apply)"
    r"(?: (?:listed|reported|noted|seen|documented|present|shown|described|found|mentioned|recorded|true))?|"
    r"(?:we|the reviewer) (?:see|saw|find|found) (?:none|neither)|you have (?:none|neither))\b",
    re.I,
)
_COVERED_WHEN = compiled(
    r"\b(?:covered|approved|allowed|considered|needed|recommended|appropriate|supported|indicated|necessary|used|"
    r"covers?|pays? for|approves?)\b[^.;]{0,60}\b(?:when|if|for|where|with)\b[^.;]*\b(?:chang\w{1,3}|exam|signs?|"
    r"symptoms?|"
    r"weakness|findings?|red flags?|fever|cancer|injury|trauma|risk|history|deficits?|worse\w{0,4}|new|abnormal)\b",
    re.I,
)
_THIS_WAS_DONE = compiled(
    r"[ ]?(?:but )?(?:(?:there (?:is|was)|we (?:have|found|see|saw)|the \w{4,8} (?:have|has|show|shows)) "
    r"(?:no|nothing)\b"
    r"[^.;]{0,30}?|(?:nothing|none of)\b[^.;]{0,30}?|(?:the|your|her|his) (?:\w{4,8} )?(?:notes?|records?|chart) "
    r"(?:do|does|did)(?: not|n't) (?:show|say|tell|state|mention)[^.;]{0,12}?)\b(?:this|that|it|these|any "
    r"of (?:this|it))"
    r"[ ](?:was|were|has been|have been|had been)[ ](?:\w{3,8} )?(?:done|tried|completed|finished|"
    r"followed|used|given)\b|"
    r"[ ]?(?:but )?(?:this|that|it)[ ](?:was|has)(?: not|n't)(?: yet)?(?: been)? (?:done|tried|completed|finished)\b",
    re.I,
)
_OF_THE_ASKING = compiled(
    r"[ ](?:that|of)[ ](?:\w{1,10}[ ]){0,4}?(?:ask\w{0,3}|request\w{0,3}|call\w{0,2}|approv\w{1,3}|auth\w{0,10}|"
    r"referral|pre-?cert\w{0,9}|notif\w{2,8})\b",
    re.I,
)
_NONE_WAS = compiled(
    r"[ ]?(?:but )?(?:(?:(?:our|the) (?:records?|files?|system) (?:shows?|say)|we (?:show|find|found|see))[ ]"
    r"(?:that )?)?"
    r"(?:(?:none|nothing|no request)[ ](?:was|were|has been|is)|"
    r"(?:this|it|that|one)[ ](?:was|has|is)(?:n't| not| never)(?: been)?)[ ]"
    r"(?:asked for|requested|sought|obtained|made|done|on file|received|given)\b",
    re.I,
)
_NEEDS_APPROVAL = compiled(
    r"\b(?:needs?|needed|requires?|required|must (?:have|get)|has to (?:have|get))\b[^.;]{0,30}"
    r"\b(?:prior |pre-?|advance )(?:approval|auth\w{0,10}|cert\w{0,9})|"
    r"\b(?:prior |pre-?)(?:approval|auth\w{0,10}|cert\w{0,9})[^.;]{0,20}\b(?:is|was) (?:needed|required)",
    re.I,
)


def _about_another(found: Found, heard: list[Sentence], *, letter: bool) -> bool:
    """Whether the sentence that only hints at this reason is about another: "care, which the notes don't reflect"."""
    sentence = next(s for s in heard if s.place(0, 0)[0] <= found.start < s.place(0, len(s.text))[1])
    about = topic(sentence.text, letter=letter)
    return about is not None and about[0] not in (found.value, _LEAST)


_LEAST = "not_medically_necessary"
"""What a denial says that says no more."""


def given(sentence: Sentence, *, letter: bool) -> Iterator[tuple[int, int]]:
    """Where a sentence says what would be a reason for a denial, or is about one; never a person's own story."""
    for name, rule in _reason_rules():
        yield from _meant(name, sentence, _triggers(name, rule, sentence.text), letter, ())
    about = topic(sentence.text, letter=letter)
    if about and (letter or insurers.gives(sentence.text, *about[1])):
        yield from _meant(about[0], sentence, iter([about[1]]), letter, ())


def _says_plainly(text: str) -> bool:
    return any(True for name, rule in _reason_rules() if name != _LEAST for _ in _triggers(name, rule, text))


def _by_topic(
    heard: list[Sentence], words: set[int], general: Sequence[tuple[int, int]], named: set[str]
) -> list[Found]:
    """The reasons that sentences are about, where no words say one; need itself only where there is no other.

    `words` are the `id`s of the sentences that are the plan's own.
    """
    found: dict[str, Found] = {}
    for sentence in heard:
        letter = id(sentence) in words
        about = topic(sentence.text, letter=letter)
        if about is None or about[0] in named or about[0] in found:
            continue
        # Beside what is said plainly only a sentence of its own that wants something first counts.
        if named and (about[0] not in _WANTED_FIRST or _says_plainly(sentence.text)):
            continue
        name, place = about
        if named and (not _LACKED.search(sentence.text) or _CARE_DONE.search(sentence.text, *place)):
            continue
        if named and name == "alternative_imaging" and _PICTURE_SHOWS.search(sentence.text):
            continue
        if not letter and not insurers.gives(sentence.text, *place):
            continue
        if next(_meant(name, sentence, iter([place]), letter, general), None):
            found[name] = in_sentence(name, sentence, place, 0.6)
    if not (found or named):
        found = dict(_over_two(heard, words, general))
    if len(found) > 1:
        found.pop(_LEAST, None)
    return list(found.values())


# "Had therapy for eight weeks" and "the papers on treatment were complete" tell of it and want none.
_LACKED = compiled(
    r"\b(?:not|\w{2,6}n'?t|no|none|never|only|just|must|should|needs?|needed|requir\w{1,5}|first|before|until|"
    r"prior to|lack\w{0,3}|after|less than|fewer|expect\w{0,3}|calls? for|asks? for|without"
    r"(?! (?:any |much |lasting |real )?(?:relief|improvement|benefit|success|help)))\b",
    re.I,
)


# "Patient completed 8 weeks PT with improvement" is no lack of it, whatever else the sentence lacks.
_CARE_DONE = compiled(r"(?<!not )(?<!be )(?<!been )(?<!n't )\b(?:completed|finished|attended|underwent)\b", re.I)


# "Your x-ray shows arthritis, and an MRI isn't expected to change …": the film was taken.
_PICTURE_SHOWS = compiled(
    r"\b(?:x-?rays?|films?|radiographs?|ultrasound|sonogram|echo\w{0,10}|ct|mammogram|stress test)[ ](?:already )?"
    r"(?:shows?|showed|has shown|have shown|reveals?|revealed|found|demonstrates?|demonstrated|confirms?|confirmed)\b",
    re.I,
)
# What heads a paper says no reason over two lines.
_OF_A_HEAD = compiled(
    r"\b(?:notice|letter|mailing|decision) date\b|\bprior auth\w{0,10} (?:notice|program|unit|request|"
    r"department)\b", re.I
)


def _over_two(
    heard: list[Sentence], words: set[int], general: Sequence[tuple[int, int]]
) -> Iterator[tuple[str, Found]]:
    """What two sentences of the plan's are about together: "it needs our yes first. Nobody asked for it."."""
    plans = [s for s in heard if id(s) in words and not any(s.start < b and a < s.end for a, b in general)]
    for one, next_one in pairwise(plans):
        if _OF_A_HEAD.search(one.text) or _OF_A_HEAD.search(next_one.text):
            continue
        about = topic(one.text, letter=True) is None and topic(f"{one.text} {next_one.text}", letter=True)
        if about and about[0] != _LEAST:
            name, (start, end) = about
            first = one.place(min(start, len(one.text)), len(one.text))[0]
            last = next_one.place(0, max(0, end - len(one.text) - 1))[1]
            yield name, Found(name, first, max(last, first + 1), 0.5)


def _is_told(text: str) -> bool:
    """Whether somebody tells here what the plan said or did."""
    told_of = _TOLD.search(text) or _SPOKEN.match(text)
    return bool(told_of) or any(True for _ in insurers.refuses(text)) or any(True for _ in insurers.speaks(text))


def _only_was_done(found: Found, parts: list[Sentence], told_here: list[bool]) -> bool:
    """ "The scan was already done. They say no prior authorization": a person's own sentence, and no reason."""
    if found.value != "frequency_duplicate":
        return False
    for i, part in enumerate(parts):
        first, last = part.place(0, len(part.text))
        if first <= found.start < last:
            return not told_here[i] and _WAS_DONE.search(part.text) is not None
    return False


_WAS_DONE = compiled(r"\b(?:was|were|is|has been|been|got|had it|had|'s) (?:already|"
    r"previously) (?:been )?(?:done|performed|had|taken)\b|\balready "
    r"(?:been )?(?:done|performed|had|got|did)\b", re.I)  # fmt: skip


def _newest(parts: list[Sentence]) -> int:
    """Where the sentences of a message begin to tell of the newest denial."""
    for part in parts:
        place = told.newest_from(part.text)
        if place is not None:
            return part.place(place, place)[0]
    return 0


_ASKED_FOR = compiled(
    r"\b(?:first|before|until|till?|b4|needs?|needed|requir\w{1,3}|must|wants?|wanted|has to|have to|had to|"
    r"fail(?:ed|ure|s)? to|"
    r"lack\w{0,3}|less than|not enough|incomplete|insufficient|"
    r"inadequate|"
    r"not documented|on file|on record|not done|(?:no|without) (?:documented|documentation|evidence|trial|proof|"
    r"record)|step therapy|not|n't|"
    r"never|no [0-9]{1,2}[ -]?(?:wks?|weeks?|mos?|months?)(?: of)?)\b|<[ ]?[0-9]",
    re.I,
)


def _first(
    name: str, heard: list[Sentence], letter: bool, general: Sequence[tuple[int, int]],
    places: Callable[[str], Iterator[tuple[int, int]]],
) -> Found | None:  # fmt: skip
    """The first words that give this reason for this denial."""
    for sentence in heard:
        span = next(_meant(name, sentence, places(sentence.text), letter, general), None)
        if span:
            return in_sentence(name, sentence, span, 0.9 if letter else 0.8)
    return None


def _all(
    name: str, heard: list[Sentence], letter: bool, general: Sequence[tuple[int, int]]
) -> Iterator[tuple[Sentence, tuple[int, int]]]:
    """Every place whose words give this reason, with its sentence."""
    rule = dict(_reason_rules())[name]
    for sentence in heard:
        for span in _meant(name, sentence, _triggers(name, rule, sentence.text), letter, general):
            yield sentence, span


_WANTED_FIRST = frozenset({"conservative_care", "alternative_imaging"})
"""What has to come before a picture; where no picture was asked for, nothing comes before it."""
_CONTENT = _WANTED_FIRST | {
    "not_medically_necessary", "frequency_duplicate", "site_of_care", "experimental", "timely_filing",
}  # fmt: skip
"""Reasons that say what the notes that came should have told of."""


def _of_what_was_wanted(each: tuple[Sentence, tuple[int, int]], named: list[Found]) -> bool:
    """Whether what no record tells of is the treatment or the picture wanted first: "no record of a brace".

    Then that is the reason. Notes that were not sent, or that do not document it, are a reason of their own.
    """
    sentence, (start, end) = each
    if _THIS_WAS_DONE.match(sentence.text):
        return True
    if _OF_SIGNS.search(sentence.text, max(0, start - 60), end) or _untold(sentence.text, start, end):
        return True
    if _UNCHANGED.search(sentence.text, start, end + 60):
        return True
    first, last = sentence.place(0, len(sentence.text))
    wanted = any(found.value in _WANTED_FIRST and first <= found.start < last for found in named)
    if wanted and _DOCUMENTS_IT.search(sentence.text, max(0, start - 12), end + 24):
        return True
    beside = any(found.value != "insufficient_documentation" and first <= found.start < last for found in named)
    if beside and not _A_PAPER.search(sentence.text, start, end):
        return True
    if _NONE_SENT.match(sentence.text) and any(0 <= first - found.end < _APART for found in named
                                               if found.value in _WANTED_FIRST):  # fmt: skip
        # "Covers it only after X-rays. None were sent.": the pictures, and no papers.
        return True
    pictures = any(found.value == "alternative_imaging" for found in named)
    if pictures and _WHY_NOT_ANOTHER.search(sentence.text, max(0, start - 12), end + 80):
        return True
    if pictures and _NO_PICTURE_OF.search(sentence.text, max(0, start - 12), end + 40):
        return True
    found_missing = sentence.text[max(0, start - 12) : end + 12]
    if not (_NO_RECORD_OF.search(found_missing) or _IT_WAS_NOT.search(found_missing)):
        return False
    return any(found.value in _WANTED_FIRST and first <= found.start < last for found in named)


# "Lacks documentation of failed therapy": the therapy, and no paper of its own.
_DOCUMENTS_IT = compiled(
    r"\b(?:lack(?:s|ed|ing)?(?: of)?|no|without|absence of)[ ](?:\w{3,12}[ ])?documentation[ ](?:of|that|"
    r"for|showing)\b",
    re.I,
)
# "The records do not explain why an echo is not enough".
_WHY_NOT_ANOTHER = compiled(
    r"\b(?:explain|say|tell us|state) why [^.;]{0,60}\b(?:not enough|first|instead|rather than|cannot|can't|before)\b",
    re.I,
)
_NO_PICTURE_OF = compiled(
    r"\b(?:no|without|(?:not|n't) (?:contain|include|have|show|send|sent|give|provide|receive|received|get))"
    r"(?: us)?(?: an?| any| the)? (?:results?|reports?|records?|mention|evidence|proof|documentation) (?:of|that|from) "
    r"(?:an? |any |the |plain |recent )*"
    r"(?:x-? ?rays?|films|radiographs?|ultrasound|echo\w{0,10}|mammogram|stress test)\b",
    re.I,
)
_NONE_SENT = compiled(r"[ ]?(?:none|neither|these|they|it|that)[ ](?:was|were|has been|have been|is in|are in)\b", re.I)
_A_PAPER = compiled(
    r"\b(?:records?|(?:\w{3,8} )?notes?|charts?|document\w{0,6}|information|info|reports?|results?|paper\w{0,4}|"
    r"clinicals?|pages?|labs?|values?|forms?|history|exam\w{0,7}|details?|one with|"
    r"(?:send|sent|fax(?:ed)?|submit(?:ted)?) (?:the|any|my|your) (?:x-? ?rays?|films?|images?))\b",
    re.I,
)


def _untold(text: str, start: int, end: int) -> bool:
    """Whether notes that came do not tell of a thing: "the notes do not describe weakness", "nothing says it changed".

    Notes that leave out the exam, the history or the reason are poor ones.
    """
    told_not = _DO_NOT_TELL.search(text, max(0, start - 12), end + 24)
    return told_not is not None and not _OF_POOR_NOTES.search(text, start, told_not.end() + 70)


_DO_NOT_TELL = compiled(
    r"\b(?:do|does|did)(?: not|n'?t) (?:\w{2,8} )?(?:describe|mention|say|show|note|document|tell of|speak of)\b|"
    r"\bnothing (?:\w{2,4} )?(?:in|on) (?:the|your|her|his) \w{4,8}\b|\b(?:none|neither|nothing) of (?:these|"
    r"those|them|this)\b|"
    r"\bno (?:\w{2,14} ){1,4}documented\b|\bno (?:record|mention|note) (?!was|were|is|has|have|from|sent)",
    re.I,
)
_OF_POOR_NOTES = compiled(
    r"\b(?:exam\w{0,7}|history|how|why|duration|when|whether|reasons? (?:for|why)|plan of|results?|reports?|"
    r"diagnos\w{2,4}|what|"
    r"sent|received|attached|submitted|enclosed)\b",
    re.I,
)
# "They ask for an X-ray first and none was sent": it is the picture that is wanted, not a paper.
_IT_WAS_NOT = compiled(
    r"\b(?:none|neither|it|that|one) (?:was|were|is|has been)(?: not|n't)?(?: (?:with|sent|provided|received|"
    r"included|in))?\b|"
    r"\bno (?:dates?\b[^.;]{0,30}|results?) (?:was|were) given",
    re.I,
)


# "No weakness documented", "red flags not documented": what the patient has not, not what the office did not send.
_OF_SIGNS = compiled(
    r"\bno documented (?:change|progress|worsening|deficit|weakness|symptom)|"
    r"\b(?:no|without|nor)[ ](?:\w{2,12}[ ]){0,3}(?:symptoms?|red flags?|weakness|numbness|deficits?|history|trauma|"
    r"injury|signs?|instability|changes?|progression|risk factors?)\b[^.;]{0,40}\b(?:documented|recorded|noted|"
    r"reported|on (?:record|file))|"
    r"\b(?:symptoms?|red flags?|weakness|numbness|deficits?|trauma|signs|progression) (?:are |were |is |was )?"
    r"(?:not|never)(?: been)? (?:documented|recorded|noted|reported)",
    re.I,
)
_UNCHANGED = compiled(
    r"\bno (?:documentation|record|mention|indication|evidence) (?:that|of) (?:\w{2,10} ){0,4}"
    r"(?:chang|wors|new)\w{0,6}|"
    r"\b(?:do|does|did)(?: not|n't) (?:tell|say|show|explain|describe|mention|list|note)(?: us)?(?: about)? "
    r"(?:what|how|whether|that|any|an?|the)(?: \w{2,10}){0,4} (?:different|chang|wors|new)",
    re.I,
)
_SAYS_WHY = frozenset({"frequency_duplicate", "alternative_imaging", "site_of_care", "coding_error", "experimental"})
_ENDS_IT = compiled(
    r"\b(?:called for|support(?:ed)?|establish|warranted|recommended|advised|appropriate|"
    r"without (?:an? )?change)\b",
    re.I,
)
_NECESSITY = compiled(r"\bnecess|\bmedical(?:ly)?\b|\bclinically\b|\bcriteri", re.I)
_REFERRAL = compiled(r"\breferral\b", re.I)


def _only_unpaid(each: tuple[Sentence, tuple[int, int]], named: list[Found]) -> bool:
    """Whether "the plan does not pay for it" stands beside why: "because they do not participate"."""
    sentence, (start, end) = each
    if _NOT_PAYABLE.search(sentence.text, start, end) and any(f.value in _OF_THE_CLAIM for f in named):
        return True
    if _A_BENEFIT.search(sentence.text, start, end):
        return False
    first, last = sentence.place(0, len(sentence.text))
    if _BARE.search(sentence.text, start, end) and any(f.value == "experimental" for f in named):
        return True
    if _FROM_SUCH.search(sentence.text, start, end + 40) and any(f.value == "out_of_network" for f in named):
        return True
    return any(found.value not in ("not_a_benefit", _LEAST) and first <= found.start < last for found in named)


# "We do not cover this test. The policy calls it investigational."
_BARE = compiled(r"(?:not|n't) (?:cover|pay for) (?:this|the|it|that|your|such)\b", re.I)
_FROM_SUCH = compiled(
    r"\b(?:from|by|at) (?:such|these|those|this|that|other) (?:providers?|facilit(?:y|ies)|places?|cent\w{2,4})",
    re.I,
)
_CARC_16 = compiled(r"\b(?:co|oa|pi|pr)?[ -]?16\b", re.I)
# "Use a participating freestanding center": a place of the network, and not that this one is none.
_A_CENTER = compiled(r"\b(?:participating|in-?network)[ -](?:free-?standing|imaging|outpatient|stand-?alone)", re.I)
# "Precertification was not obtained. Benefits are not payable.": what follows from it.
_NOT_PAYABLE = compiled(
    r"\bbenefits? (?:is|are|were|was|will) not (?:be )?(?:payable|paid|provided)|\bno benefits\b",
    re.I,
)
_OF_THE_CLAIM = frozenset({
    "prior_auth_missing", "out_of_network", "timely_filing", "frequency_duplicate", "coding_error",
})  # fmt: skip
_A_BENEFIT = compiled(r"\b(?:benefits?|exclu\w{3,6}|non-?covered|list\w{0,3})\b", re.I)


def _bare_criteria(each: tuple[Sentence, tuple[int, int]]) -> bool:
    """Whether these words only say that criteria were not met: another reason tells which."""
    sentence, (start, end) = each
    needed = _NEED.search(sentence.text, max(0, start - _ADJECTIVE), end)
    return needed is None and _CRITERIA.search(sentence.text, start, end) is not None


_ADJECTIVE = 10
"""Characters of "clinical" or "medical" before the criteria."""


_CRITERIA = compiled(r"\b(?:criteri\w{1,2}|guidelines?|rules?|standards?|requirements?|polic(?:y|ies))\b", re.I)
_NEED = compiled(r"\bnecess|\bmedical(?:ly)?\b|\bclinical", re.I)


def _only_its_words(each: tuple[Sentence, tuple[int, int]], named: list[Found]) -> bool:
    """Whether "is not called for" here only ends another reason: "a repeat so soon is not called for"."""
    sentence, (start, end) = each
    if _NECESSITY.search(sentence.text, start, end) or not _ENDS_IT.search(sentence.text, start, end):
        return False
    first, last = sentence.place(0, len(sentence.text))
    return any(found.value in _SAYS_WHY and first <= found.start < last for found in named)


def _no_way_out(each: tuple[Sentence, tuple[int, int]], named: list[Found]) -> bool:
    """Whether a missing referral is only why one may not leave the network: both stand in one sentence."""
    sentence, span = each
    first, last = sentence.place(0, len(sentence.text))
    network = any(found.value == "out_of_network" and first <= found.start < last for found in named)
    return network and bool(_REFERRAL.search(sentence.text, *span)) and not _ON_FILE.search(sentence.text, span[0])


_ON_FILE = compiled(r"\b(?:on file|on record|received|from (?:your|the|my|her|his)|from pc[mp])\b", re.I)
_NO_RECORD_OF = compiled(
    r"\b(?:no|without|any)[ ](?:\w{3,12}[ ]){0,2}"
    r"(?:documentation|records?|evidence|mention|notes?|proof|history|reports?)[ ]of\b|"
    r"(?:not|n't)[ ](?:say|explain|tell(?: us)?|state)[ ]why\b",
    re.I,
)


# A short note without an "I" relays the decision: what stands beside the word "denied" is its reason too.
_OWN = compiled(r"\b(?:i|i'm|i've|im|ive|my|me|mine|we|our|us)\b", re.I)
_SHORT = 400
_CLINICAL = frozenset({
    "conservative_care", "alternative_imaging", "frequency_duplicate", "experimental", "insufficient_documentation",
    "auc_noncompliance", "site_of_care", "not_a_benefit", "out_of_network",
})  # fmt: skip
"""Reasons that say what a bare "does not meet our guideline" meant."""


def _meant(
    name: str, sentence: Sentence, places: Iterator[tuple[int, int]], letter: bool, general: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The places whose words are a reason the plan gave for this denial."""
    for start, end in places:
        first, last = sentence.place(start, end)
        if any(first < b and a < last for a, b in general) or not_meant(sentence.text, start, end):
            continue
        if name in _WANTED_FIRST and _ANOTHER_DECIDED.search(sentence.text, start, end):
            continue
        if name == "prior_auth_missing" and _of_the_questions(sentence.text, start, end):
            continue
        if name == "frequency_duplicate" and not letter and _own_picture(sentence.text, start, end):
            continue
        if name == "frequency_duplicate" and _A_MONTH.search(sentence.text, max(0, start - 12), start):
            continue
        if name == "alternative_imaging" and _NOT_ADVISED.search(sentence.text, start, end):
            continue
        if name == "auc_noncompliance" and _CRITERIA_SAY.search(sentence.text, start, end + 30):
            continue
        if name == "not_a_benefit" and _A_COLUMN.search(sentence.text, max(0, start - 12), end):
            continue
        if name == "experimental" and _OF_THE_NEED.search(sentence.text, max(0, start - 60), start):
            continue
        if name == "insufficient_documentation" and _of_a_permission(sentence.text, start, end):
            continue
        if name == _LEAST and _CANNOT_TELL.search(sentence.text, max(0, start - 30), end):
            continue
        if name == _LEAST and _SO_MANY.search(sentence.text, start, end + 24):
            continue
        if letter or not _elsewhere(name, sentence.text, start, end):
            yield start, end


# "A doctor who had no part in the first decision read your therapy notes and x-rays": who read it, and nothing wanted.
_ANOTHER_DECIDED = compiled(
    r"\b(?:first|original|initial|earlier|previous|prior) (?:decision|denial|determination|review(?:er)?|appeal)\b",
    re.I,
)
# "Appropriate use criteria do not support repeating it": what they say, and not that nobody asked them.
_CRITERIA_SAY = compiled(
    r"\b(?:criteria|auc)\)? (?:(?:do|does|did)(?: not|n't) (?:support|recommend|call|rate|consider|favou?r|list|allow)|"
    r"(?:rate|call|consider)s? )",
    re.I,
)
# "Amount billed   Amount not covered   Paid": the heading of a column.
_A_COLUMN = compiled(r"\b(?:amounts?|charges?) not covered\b", re.I)
# "CT angiography is not recommended for screening": the study itself, and no other in its place.
_NOT_ADVISED = compiled(
    r"\b(?:is|are) not (?:\w{3,12} )?(?:recommended|indicated|advised|supported|appropriate)\Z",
    re.I,
)
# "The MRI of October second is not covered", as one dictates it: a day, and no second scan.
_A_MONTH = compiled(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december)[ ]\Z", re.I
)


def _of_a_permission(text: str, start: int, end: int) -> bool:
    """ "A referral is needed and none was received": what none came of is named before, and is no paper."""
    if _NONE_ASKED.search(text, start, end + 24):
        return True
    if not _NONE_CAME.match(text, start, end + 24) or _A_PAPER.search(text, max(0, start - 110), end):
        return False
    return _APPROVAL.search(text, max(0, start - 110), start) is not None


_NONE_ASKED = compiled(r"\bnone (?:was|were|has been|had been) (?:requested|sought|obtained|asked for)\b", re.I)
_NONE_CAME = compiled(r"(?:none|nothing|neither|one|it|they|that)\b", re.I)
# "Medical necessity is not established" doubts the need, and not the test.
_OF_THE_NEED = compiled(
    r"\b(?:necess\w{2,4}|need|diagnosis|eligibility)(?: (?:for|under|per|by|of) [^.;]{3,40}?)?"
    r"(?: (?:is|was|has|have|been|were))*[ ]\Z",
    re.I,
)
# "Not able to determine medical necessity", "insufficient to judge …": nobody said yet that it is not needed.
_CANNOT_TELL = compiled(
    r"\b(?:not able|unable|cannot|can't|could not|couldn't|insufficient|not (?:enough|sufficient))[ ](?:\w{3,12} )?"
    r"(?:to )?(?:determine|decide|assess|evaluate|judge|verify|tell|review)(?: \w{2,8}){0,4} (?:medical|need)",
    re.I,
)
# "Does not support the need for this many services" says that there were too many, and not that none was needed.
_SO_MANY = compiled(r"\b(?:need|necess\w{2,4})\b[^.;]{0,16}\b(?:this|so|that|as) many\b", re.I)


def _of_the_questions(text: str, start: int, end: int) -> bool:
    """ "You already asked me that", "nobody asked me that before": said of a question, and not of an approval."""
    asked = _ASKED_ME.search(text, max(0, start - 30), end + 30)
    return asked is not None and not _APPROVAL.search(text)


_ASKED_ME = compiled(
    r"\basked (?:me|him|her|my \w{3,8})\b|\b(?:asked?|asking) (?:me |us |him |her )?(?:(?:about )?(?:that|this|it)"
    r"(?: question)?|the same|these questions|those questions)\b(?! (?:scan|test|mri|ct|study|exam))|"
    r"\b(?:i|he|she) (?:was|were|wasn'?t|has|have|had|haven'?t)(?: been)?(?: never| not| ever)?(?: been)? asked\b",
    re.I,
)
_APPROVAL = compiled(
    r"\b(?:pre-?|prior )?(?:auth\w{0,12}|approv\w{1,4}|permission|cert\w{0,9}|referral|pa|ok|okay|consent|"
    r"notif\w{2,8})\b|"
    r"\bpre-?(?:auth|cert|approv)",
    re.I,
)


def _own_picture(text: str, start: int, end: int) -> bool:
    """ "The last MRI was 14 months ago", "had my MRI already": told of the illness, where the plan says nothing."""
    if _THAT_I_HAD.search(text, max(0, start - 8), end + 12) and not _THE_SAME.search(text, 0, start):
        return True
    own = _A_YEAR_AGO.search(text, start, end + 24) or _HAD_MINE.search(text, max(0, start - 8), end + 10)
    return own is not None and not _SAYS_AGAIN.search(text, 0, start)


# "The MRI that I already had done on … is not covered": which scan it is, and no repeat.
_THAT_I_HAD = compiled(
    r"\b(?:one )?(?:that|which) (?:i|we|he|she|my \w{3,8}) (?:have |has |had )?already (?:had|got|did|done)\b",
    re.I,
)
_THE_SAME = compiled(r"\b(?:same|duplicate|repeat\w{0,3}|because|too soon)\b", re.I)
_HAD_MINE = compiled(
    r"\b(?:had|got|did) (?:my|the) (?:\w{2,8} )?(?:mri|ct|scan|pet|echo|ultrasound|test)(?: scan)? already\b|"
    r"\balready (?:had|got|did) (?:my|the) (?:mri|ct|scan|pet|echo|ultrasound|test)\b",
    re.I,
)


_A_YEAR_AGO = compiled(
    r"\b(?:was|were|is|done|had)\b[^.;]{0,20}?\b(?:1[2-9]|[2-9][0-9]) (?:months?|mos?)\b[^.;]{0,6}\bago\b|"
    r"\b(?:was|were|is|done|had)\b[^.;]{0,20}?\b(?:a|an|one|two|three|four|five|[1-9]|couple of|few) (?:full |"
    r"whole )?(?:years?|yrs?)"
    r"(?: and a half)?\b[^.;]{0,6}\bago\b",
    re.I,
)


def reasons_answered(text: str) -> tuple[str, ...]:
    """The reasons in a reply to "what reason did the plan give?": there the plan need not be named again.

    Its words must be known: "I don't have the paper with me" is about a paper too.
    """
    return tuple(found.value for found in reasons(sentences(plain(text).text), letter=True, by_topic=False))


def quoted(parts: list[Sentence]) -> list[bool]:
    """Of each sentence whether it stands in quotes, at some length, that it or one before it opens."""
    inside, found = 0, []
    for part in parts:
        found.append(inside > 0 or bool(_QUOTED.match(part.text)))
        inside = max(0, inside + len(_QUOTE_OPENS.findall(part.text)) - len(_QUOTE_ENDS.findall(part.text)))
    return found


_QUOTE_OPENS = re.compile(r"(?:(?<=[ (:])|\A)[\"\u201c][ ]?(?=\w|\Z)")
_QUOTE_ENDS = re.compile(r"(?<=[\w.,!?)])[\"\u201d]")


def _runs_on(parts: list[Sentence], number: int) -> bool:
    """Whether this sentence goes on with what the one before it told, its words in quotes perhaps."""
    return bool(_OPENED.search(parts[number - 1].text) or _RUNS_ON.match(parts[number].text))


def _elsewhere(name: str, text: str, start: int, end: int) -> bool:
    """Whether a person's words at start:end are no reason that the plan gave for this denial."""
    return (
        told.taken_back(text, start, end)
        or _is_own_story(text, start, end)
        or (name in _WANTED_FIRST and bool(_OWN_CARE.match(text, 0, end)))
        or (name == "conservative_care" and _care_told(text, start, end))
        or (name not in _OF_CARE and _of_the_care(text, start, end))
        or (name == "alternative_imaging" and (_never_had(text, start) or _picture_told(text, start, end)))
        or (name == "alternative_imaging" and _CARE_NEEDED.match(text, end) is not None)
        or (name == "not_a_benefit" and bool(_NO_HELP.search(text, max(0, start - 60), end + 8)))
        or bool(_DOCTOR_WANTS.search(text, 0, start))
        or bool(_GUESSED.search(text, max(0, start - 30), start))
        or told.by_a_doctor(text, start, end)
        or told.of_something_else(text, start, end, item=name not in _OF_CARE)
    )


# "Sounds like a code mismatch": the writer's own guess.
_GUESSED = compiled(
    r"\b(?:(?:sounds|looks|seems|feels) like|probably|i (?:think|bet|guess|suspect)|my guess is)[ ]"
    r"(?:(?:it'?s|it is|they|a|an|just|that|maybe|some|the)[ ]){0,3}\Z",
    re.I,
)
# "I never finished therapy because it hurt": nobody else is said to speak before these words.
_OWN_STORY = compiled(
    r"(?:(?!\b(?:say|says|said|saying|told|wrote|write|writes|letter|den(?:y|ied|ial)\w{0,2}|claim\w{0,3}|they|insurance|"
    r"plan|because|bc|reason|grounds?|basis|stated?)\b).){0,60}?"
    r"\bi(?:'ve| have| had)? (?:\w{2,8} )?(?:never|not|didn'?t|did not|haven'?t|have not|couldn'?t|could not|quit|"
    r"stopped|looked|checked|wonder|guess)\b",
    re.I,
)
# "I did the therapy two months and they say …": what the person had done is no lack of it.
_OWN_CARE = compiled(
    r"(?:(?!\b(?:say|says|said|saying|told|letter|den(?:y|ied|ial)\w{0,2}|claim\w{0,3}|they|insurance|plan|because|bc|"
    r"reason|but)\b).){0,60}?"
    r"\bi(?:'ve| have| had)? (?:already |just |even )?(?:did|do|done|had|make|made|went|finished|completed|took|put|"
    r"tried|got|been)\b(?! (?:to|only|just|told)\b)"
    # "I got a letter saying …", "I had my MRI denied because …": the plan's words follow.
    r"(?! (?:an?|the|my|this|another|it|back)(?: \w{1,12}){0,2} (?:letters?|calls?|notice|e-?mail|message|paper|eob|"
    r"portal|denied|rejected|refused|denial|turned down)\b)",
    re.I,
)
_SAYS_AGAIN = compiled(r"\b(?:says?|said|saying|told|because|bc|claims?|den(?:y|ied|ies|ial)|wrote)\b", re.I)


def _is_own_story(text: str, start: int, end: int) -> bool:
    """Whether a person tells of what they did not do or looked up, and nobody is said to speak between."""
    hit = _OWN_STORY.match(text, 0, end)
    return hit is not None and not _SAYS_AGAIN.search(text, hit.end(), start)


_CARE = (
    r"(?:p\.?t\.?|physical therapy|physio\w{0,8}|therapy|hep|home exercises?|chiro\w{0,8}|nsaids?|injections?|csi|"
    r"esi|brac\w{1,3}|"
    r"conservative (?:care|tx|therapy|treatment)|treatments?|exercises?)"
)
# "PT x 12 visits w/o improvement", "PT 9/28-11/6", "did PT", "PT not indicated": care that was had, or could not be.
_CARE_HAD = compiled(
    rf"\b{_CARE}(?: (?:eval|sessions|visits))?(?:,? (?:only|was|is|for|since|started?|from|done))*[ ]?(?:x[ ]?[0-9]|"
    rf"[0-9]{{1,2}} ?(?:wks?|weeks|months|mos|visits|sessions)[ ,-]{{1,3}}(?:no\b|didn|did not|w/o|without|failed)|"
    rf"(?:ordered|scheduled|referred)\b[^.;]{{0,20}}\b(?:not|never) (?:yet )?(?:started|begun|scheduled)|"
    rf"[0-9]{{1,2}}/[0-9]|[0-9]{{1,3}} ?x|w/o (?:relief|improve\w*|benefit|help|success)|"
    rf"without (?:any |much )?(?:relief|improve\w*|benefit|help|success)|no (?:relief|help|better|improve\w*|benefit|"
    rf"change|success)|"
    rf"didn'?t help|did not help|failed|completed|finished|tried|(?:is |was )?(?:not|isn'?t|wasn'?t) (?:indicated|"
    rf"appropriate|covered|approved|paid|"
    rf"recommended|advised|possible|tolerated|an option)|contra-?indicated)|"
    rf"\b(?:did|done|completed|finished|failed|tried|s/p|after|been (?:in|to|doing)|been through|had|doing)"
    rf" (?:\w{{1,10}} ){{0,3}}"
    rf"{_CARE}\b",
    re.I,
)
_CARE_REFUSED = compiled(
    rf"\b{_CARE}(?:,? (?:and|but|yet|though|so))?[ ](?:insurance|they|the plan|plan|medicaid|medicare) (?:won'?t|"
    rf"wouldn'?t|will not|would not|"
    rf"didn'?t|did not|doesn'?t|does not) (?:pay|cover|approve|allow)\b",
    re.I,
)
# "XR neg, MRI denied - needs 6 wks conservative": what is needed is care, and no picture.
_CARE_NEEDED = compiled(
    rf" ?(?:to (?:do|try|have|complete|finish) )?(?:(?:at least |more |another |a |the )*(?:[0-9]{{1,2}}|six|four|"
    rf"eight)[ -]?(?:wks?|weeks?|mos?|months?)'? (?:of )?)?(?:more |some |the )?{_CARE}\b|"
    rf" ?(?:[0-9]{{1,2}}|six|four|eight)[ -]?(?:wks?|weeks?|mos?|months?)'? (?:of )?(?:conserv\w*|pt|tx)\b",
    re.I,
)
# What makes it the plan's wish or complaint all the same.
_CARE_WANTED = compiled(
    r"\b(?:first|before|until|till?|b4|needs?|needed|requir\w{1,3}|must|only|just|wants?(?! to appeal)|wanted|"
    r"less than|"
    r"fewer|not enough|"
    r"insufficient|"
    r"incomplete|inadequate|documented|documentation|records?|says?|said|saying|because|bc|b/c|cuz|reasons?|due to|"
    r"lack\w{0,3}|"
    r"(?:didn'?t|did not|never|not|haven'?t|hasn'?t|wasn'?t|didnt|havent|hasnt) (?:\w{1,10} ){0,2}(?:tried?|try|done|"
    r"do|did|completed?|finish(?:ed)?|"
    r"had|been)|fail(?:ed|ure|s)? to|should|has to|have to|had to|still|criteria|guideline\w?|policy|for (?:no|not|"
    r"lack))\b|<",
    re.I,
)
_STATED_ALONE = compiled(
    rf"[ ]?(?:no|without|w/o) (?:\w{{2,10}} )?{_CARE}\b(?! (?:first|documented|on file|on record|done|tried|"
    rf"yet first))",
    re.I,
)
_LACKS = compiled(
    rf"[ ]?(?:no|without|w/o|lack of|lacks|insufficient|inadequate|not enough) (?:\w{{2,12}} ){{0,2}}{_CARE}\b",
    re.I,
)
_DENIAL = compiled(r"\b(?:deni|deny|reject|refus|declin|turned|not approv|non-?cert|adverse|letter|ltr)", re.I)


def _care_told(text: str, start: int, end: int) -> bool:
    """Whether a person only tells what care there was: "PT 9/28-11/6, no relief", or "no PT" in a note of its own."""
    first = max(0, start - 24)
    if _STATED_ALONE.match(text, start) and not _DENIAL.search(text) and not _CARE_WANTED.search(text):
        return True
    if any(hit.end() > start for hit in _CARE_REFUSED.finditer(text, first, min(len(text), end + 40))):
        return True
    if _LACKS.match(text, start) and _DENIAL.search(text, 0, start):
        return False
    had = any(hit.end() > start for hit in _CARE_HAD.finditer(text, first, min(len(text), end + 40)))
    return had and not _CARE_WANTED.search(text, first, end + 12)


# "PT not indicated", "told PT but insurance wouldn't pay": a "not needed" or "not covered" of the care, not the scan.
_OF_THE_CARE = compiled(
    rf"\b{_CARE}(?:,? (?:is|was|are|were|but|and|insurance|they|the|my|plan|said|says|that|it|still|then|also|which|"
    rf"medicaid|medicare)){{0,5}}[ ]{{0,2}}\Z",
    re.I,
)
_NEVER_HAD = compiled(
    r"(?:never|hasn'?t|has not|haven'?t|not) (?:ever )?had\b(?![^.;]{0,40}\b(?:first|before|required|needed)\b)",
    re.I,
)


_CARE_NOT_NEEDED = compiled(
    rf"\b(?:{_CARE}|surgery|surgical \w{{4,9}}|operation|scope|biopsy|meds?|opioids?)(?: (?:is|was|are|were))"
    rf"?(?: not|n't) (?:\w{{3,10}} )?(?:indicated|needed|appropriate|necessary)",
    re.I,
)


# "PT 8 weeks without benefit": it did not help, which is no word on what the plan covers.
_NO_HELP = compiled(
    rf"\b{_CARE}\b[^.;]{{0,50}}\b(?:no|without|w/o|minimal|little|any)[ ](?:\w{{3,12}} )?benefit\b(?! (?:for|under|"
    rf"avail))",
    re.I,
)
# "She wants the MRI to look for …", "my pulmonologist wants a follow-up CT": the person's own doctor.
_DOCTOR_WANTS = compiled(
    r"\b(?:(?:doctor|doc|dr\.?(?: \w+)?|\w{3,12}ologist|surgeon|pcp|ortho|specialist) (?:wants?|wanted|ordered|"
    r"requested)|"
    r"(?:she|he) (?:wants?|wanted|ordered) (?:an?|the|this|my) (?:\w{3,10}[ -]){0,3}(?:mri|ct|scan|pet|echo|"
    r"ultrasound))\b"
    r"(?:(?!\b(?:insurance|insurer|payer|hmo|eob|claim\w{0,3}|they|plan|denied|deny|said|says|saying|because|but|"
    r"letter)\b)[^.;])*\Z",
    re.I,
)
# "The films didn't show anything", "the MRI is not done yet", "no X-ray" by itself: told, not asked for.
_PICTURE_TOLD = compiled(
    r"\b(?:films?|x-?rays?|xrays?|ct|ultrasound)[^.;,]{0,12}\b(?:missed|didn'?t show|did not show|didnt show|showed "
    r"nothing|"
    r"don'?t show|never showed)|"
    r"\b(?:the|my|her|his) (?:mri|ct|scan|pet|test|echo)(?: scan)? (?:is|was|has|hasn'?t|isn'?t)(?: not|n'?t)? "
    r"?(?:been )?done"
    r"(?: yet)?\b|\A[ ]?(?:no|without) (?:\w{2,8} )?(?:x-?rays?|xrays?|films?|imaging)[ .!]*\Z",
    re.I,
)


def _picture_told(text: str, start: int, end: int) -> bool:
    return any(hit.start() < end and start < hit.end() for hit in _PICTURE_TOLD.finditer(text))


def _never_had(text: str, start: int) -> bool:
    """Whether "never had an echo" only tells that this is the first one: nobody is said to ask for it."""
    return _NEVER_HAD.match(text, start) is not None and not _SAYS_AGAIN.search(text, 0, start)


def _of_the_care(text: str, start: int, end: int) -> bool:
    """Whether what is not needed or not covered here is a treatment, named right before or inside the words."""
    before = _OF_THE_CARE.search(text, max(0, start - 60), start)
    return before is not None or _CARE_NOT_NEEDED.search(text, start, end + 1) is not None


_OPENED = compiled(r"[\"\u201c][ ]?\Z")
_RUNS_ON = compiled(
    r"[ ]?[\"\u201c](?=\w)|[\"' ]{0,3}(?:states?|stating|says|"
    r"not|no|it|they|need|must|the|does|did|insufficient|lack|conservative|had to|"
    r"have to|just|only|missing|lacks?|apparently|because|due to|i (?:need|have) to|should|"
    r"(?:(?:my|your|her|his|clinical|office|chart|medical) ){0,2}(?:notes?|records?|chart|documentation))\b",
    re.I,
)


def _hints(name: str, rule: _Reason, alone: bool, text: str) -> Iterator[tuple[int, int]]:
    """Where words stand that are this reason when nothing plainer is said; `alone`: no reason was found at all."""
    if not rule.unless.search(text):
        yield from _spans(rule.hint, text)
    if alone:
        yield from wording.said(name, text, weak=True)


def _triggers(name: str, rule: _Reason, text: str) -> Iterator[tuple[int, int]]:
    """Where the rule's words stand: those that a phrase alone names, then those that ideas or two lists make."""
    if not rule.unless.search(text):
        yield from _spans(rule.code, text)
        yield from _spans(rule.says, text)
    yield from wording.said(name, text)
    if rule.both is None or rule.unless.search(text):
        return
    first = [m.span() for m in rule.both[0].finditer(text)][:_MOST_PLACES]
    second = [m.span() for m in rule.both[1].finditer(text)][: 4 * _MOST_PLACES] if first else []
    for a in first:
        for b in second:
            # The cells of a worklist's row are apart: "incomplete notes | resubmit w/ PT".
            far = max(a[0], b[0]) - min(a[1], b[1]) > _APART
            if not far and "|" not in text[min(a[1], b[1]) : max(a[0], b[0])]:
                yield min(a[0], b[0]), max(a[1], b[1])
                break


def _spans(rule: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (hit.span() for hit in islice(rule.finditer(text), _MOST_PLACES))


_MOST_PLACES = 20
