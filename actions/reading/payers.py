"""Who pays, who reviewed, and what kind of plan it is, as far as the words say so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from actions.reading.compiled import compiled
from actions.reading.found import Found, in_sentence
from actions.reading.rules import Says, any_of, phrase, rules, says
from actions.reading.text import Sentence

_HEAD = 500
_OF_PLACE = compiled(
    r"[ ](?:of|OF|from|FROM)[ ](?:the[ ])?(?:(?:[A-Z]\.){2}|[A-Z][A-Za-z]{1,20})(?:[ ][A-Z][A-Za-z]{2,20}){0,2}"
)
_NOT_A_PLACE = compiled(
    r"[ ](?:Member|Portal|Status|Claim|Case|Denied|Denial|Notice|Auth\w*|ID|Group|Policy|MEMBER|PORTAL|STATUS|"
    r"CLAIM|CASE|DENIED|DENIAL|NOTICE|AUTH\w*|GROUP|POLICY)\b.*\Z"
)
_GUIDELINE_AFTER = compiled(r"[^.\n]{0,60}\b(?:guidelines?|polic(?:y|ies)|criteria)\b", re.I)
_ON_BEHALF = compiled(r"(?:on behalf of|administered by|insured by|underwritten by)[: ]{1,3}\Z", re.I)
_MINE = compiled(
    r"\b(?:(?:my|our|his|her|the) (?:new |current )?(?:insurance|insurer|plan|carrier|coverage)(?: company)? "
    r"(?:is|through|thru)|"
    r"insured (?:by|with|through|thru)|covered by|(?:reviewed|review) (?:\w{2,8} ){0,2}for) (?:the )?\Z",
    re.I,
)
_MEMBERS_AFTER = compiled(
    r"[ ](?:members?|portal|claims|mobile|appeals?|denied|turned|said|says|member services|won't|will not)\b",
    re.I,
)
# "Plan: Blue Choice PPO" names what was bought, not who sells it.
_PRODUCT = compiled(r"\b(?:hmo|ppo|epo|pos|hdhp|advantage plan)\Z", re.I)
_MEDICAID = compiled(r"(?<!medicare & )(?<!medicare and )\bmedicaid\b|\bmedi-cal\b", re.I)
_FAIR_HEARING = compiled(r"\bstate fair hearing\b|\bmedicaid (?:fair )?hearing\b", re.I)


@dataclass(frozen=True)
class _Names:
    any: re.Pattern[str]
    each: tuple[tuple[str, re.Pattern[str], bool], ...]


@dataclass(frozen=True)
class Name:
    """A known company where it is named."""

    name: str
    start: int
    end: int


@lru_cache(maxsize=2)
def _names(kind: str) -> _Names:
    each = []
    sources = []
    for name, entry in rules("payers")[kind].items():
        phrases = [f"(?i:{phrase(text)})" for text in entry.get("names", ())] + list(entry.get("exact", ()))
        sources += phrases
        each.append((name, compiled("|".join(phrases)), bool(entry.get("of"))))
    whole = "|".join(sorted(sources, key=len, reverse=True))
    # "MyAetna" and "myUHC" are what plans call their portals.
    return _Names(compiled(rf"(?<![a-zA-Z0-9])(?:(?i:my))?(?P<name>{whole})(?![a-zA-Z])"), tuple(each))


def _mentions(text: str, kind: str) -> Iterator[Name]:
    known = _names(kind)
    for hit in known.any.finditer(text):
        start, end = hit.span("name")
        # "Medica-North Health" and "Tufts-style" are other names than the one they begin with.
        if _HYPHENED.match(text, end):
            continue
        name, place = next((n, of) for n, each, of in known.each if each.fullmatch(hit["name"]))
        if place:
            where = _of_place(text, end)
            if where:
                end += len(where)
                named_in_full = hit["name"][0].isupper() and " " in hit["name"].strip()
                name = _titled(text[start:end]) if named_in_full else name + _titled(where)
        longer = _longer_name(text, start, end) if kind == "payers" else None
        if longer:
            yield Name(_titled(text[longer[0] : longer[1]]), *longer)
        else:
            yield Name(name, start, end)


_HYPHENED = compiled(r"-[A-Za-z]{2}")
_CELL_END = compiled(r"[ ]{2}|[ ]?[|:;=(,\n]|[ ](?:-{1,2}|/{1,2})[ ]|\Z")
_CELL_HEAD = compiled(r"(?:\A|[ ]{2}|[|:;=(),\n]|[ ](?:-{1,2}|/{1,2})[ ])[ ]{0,40}(?=[^ ])")
_NAME_WORD = compiled(r"(?:[A-Z][\w.&'-]*|&|of|the|and|for|from|The|[0-9]{1,5})\Z")
_LONGEST_NAME = 70


def _longer_name(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place of another company's name with a known one in it ("Tufts Corner Health Plan"): a whole cell.

    The words it adds must be other than those that every plan's name may have.
    """
    heads = list(_CELL_HEAD.finditer(text, max(0, start - _LONGEST_NAME), start + 1))
    stop = _CELL_END.search(text, end, end + _LONGEST_NAME)
    if not heads or stop is None:
        return None
    first, last = heads[-1].end(), stop.start()
    words = text[first:last].split()
    if first > start or not 2 <= len(words) <= 8 or not all(_NAME_WORD.match(word) for word in words):
        return None
    strong, weak, never = _unknown()
    added = (text[first:start] + " " + text[end:last]).split()
    own = [word for word in added if not _usual_words().fullmatch(word)]
    whole = text[first:last]
    if not own or never.search(whole) or not (strong.match(whole) or weak.match(whole)):
        return None
    return first, last


@lru_cache(maxsize=1)
def _usual_words() -> re.Pattern[str]:
    return compiled(rf"(?:{'|'.join(rules('payers')['usual_words'])})", re.I)


def _of_place(text: str, end: int) -> str:
    """ " of Ohio" behind a name, or "": a capitalised place, or a state in small letters."""
    where = _OF_PLACE.match(text, end)
    if where:
        return _NOT_A_PLACE.sub("", where.group())
    state = _states().match(text, end)
    return f" of {state[1].title()}" if state else ""


@lru_cache(maxsize=1)
def _states() -> re.Pattern[str]:
    return compiled(rf"[ ]of[ ]({'|'.join(rules('payers')['states'])})(?![a-z])", re.I)


def _titled(words: str) -> str:
    """Words in capitals as a name is written; others stay as they are."""
    if not words.isupper():
        return words
    small = [w.lower() if w in ("OF", "AND", "THE", "FROM") else w.capitalize() for w in words.split()]
    return " ".join([small[0].capitalize(), *small[1:]]) if words[:1] != " " else " " + " ".join(small)


def reviewer(text: str) -> Found | None:
    """The company that reviewed the request for the payer, under its present name.

    One whose guideline is only cited in a letter reviewed nothing; a person who repeats a letter in a few lines may
    name it by its guideline alone.
    """
    lines = text.count("\n")
    for name in _mentions(text, "reviewers"):
        line = text.rfind("\n", 0, name.start) + 1
        cited = _ITS_GUIDELINE.match(text, name.end) or _CITING.search(text[max(line, name.start - 60) : name.start])
        if not cited or lines < _FEW_LINES:
            return Found(name.name, name.start, name.end, 0.95)
    for rule in (_ACTING, _HEADED_ACTING, _LOOKS_FOR_US, _GIVEN_THE_REVIEW, _REVIEWS_FOR):
        hit = rule.search(text)
        group = "by" if hit and rule is _GIVEN_THE_REVIEW and hit["by"] else "name"
        if hit and not _NO_COMPANY.search(hit[group]) and _says_whose(hit[group]):
            # "Alder Claims Service" after "administered by" is one; "handled by Customer Service" is nobody.
            if group == "by" and _NO_REVIEWER.search(hit[group]):
                continue
            return Found(_titled(hit[group]), *hit.span(group), 0.75)
    return None


_FEW_LINES = 6
_REVIEWING = r"(?P<name>[A-Z][\w&'.-]*(?:[ ](?:(?:of|and|&)[ ])?[A-Z][\w&'-]*){1,5})"
_ACTING = compiled(rf"{_REVIEWING},? (?:acting (?:for|on behalf of)|on behalf of)[ ](?:the )?[A-Z]")
_LOOKS_FOR_US = compiled(
    rf"{_REVIEWING},? (?:which|who|that) (?:looks? (?:at|over)|reviews?|checks?|decides?|handles?|studies)\b"
    rf"[^.\n]{{0,40}}\bfor us\b"
)
_HEADED_ACTING = compiled(
    rf"(?:\A|\n)[ ]{{0,12}}{_REVIEWING}[ ]{{0,4}}\n[ ]{{0,12}}(?i:on behalf of|acting for)[ ](?:the )?[A-Z]"
)
"""One company's name over "on behalf of" another's, at the head of a letter."""
_COMPANY_SORT = (
    r"(?i:partners|physicians|services?|group|health|healthcare|reviews?|imaging|consultants|associates|ipa|solutions|"
    r"administrators|management|medical group|inc|llc|company|network)"
)
_REVIEWING_ONE = r"(?P<name>[A-Z][\w&'-]*(?:[ ](?:(?:of|and|&)[ ])?[A-Z][\w&'-]*){1,5})(?![\w'-])"
_GIVEN_THE_REVIEW = compiled(
    rf"(?i:\b(?:has |have |had )?delegated (?:\w{{2,12}} ){{0,4}}to|claims administered by|"
    rf"administered on our behalf by|"
    rf"\b(?:tpa|claims administrator|third[- ]party administrator|review (?:company|vendor|agent)) is)[ ](?:the )?"
    rf"{_REVIEWING_ONE}|"
    rf"(?i:(?:looked at|looked over|reviewed|checked|examined|handled|decided) (?:for us |on our behalf )?by)[ ]"
    rf"(?:the )?(?P<by>(?:[A-Z][\w&'-]*[ ]){{1,4}}{_COMPANY_SORT})(?![\w'-])"
)
_REVIEWS_FOR = compiled(
    rf"(?<![A-Za-z]){_REVIEWING_ONE}[ ](?i:reviews?|makes? (?:\w{{2,10}} )?decisions|decides?)[ ]"
    rf"(?:(?!\n\n)[^.]){{0,60}}?\b(?i:for)[ ](?:your (?:health )?plan\b|the [A-Z]|[A-Z][a-z]|[A-Z]{{3}})"
)
_NO_REVIEWER = compiled(r"\b(?:customer|member|medical director|appeals?|claims|department|our|your|nurse)\b", re.I)
_ITS_GUIDELINE = compiled(
    r"(?:'s)?(?:[ ](?:[A-Z0-9][\w.&-]*|and|of|by|clinical|medical|imaging)){0,8}[ ](?i:guidelines?|polic(?:y|ies)|"
    r"criteria)\b"
)
_CITING = compiled(r"\b(?:guidelines?|criteria|rule|policy|formerly(?: known as)?)\b[^.]{0,30}\Z", re.I)


def payer(text: str) -> Found | None:
    """The plan that decides: a known name as usually spelt, or as a label, the letterhead or a person has it."""
    names = list(_mentions(text, "payers"))
    labelled = _labelled(text)
    if names:
        scores: dict[str, float] = {}
        for name in names:
            scores[name.name] = scores.get(name.name, 0.0) + _weight(text, name)
        best = max(scores, key=lambda n: scores[n])
        # "Anthem" and "Anthem Blue Cross" are one payer: the fuller name says more.
        fuller = [n for n in scores if n.startswith(best + " ")]
        shown = max(fuller, key=lambda n: scores[n]) if fuller else best
        first = next(n for n in names if n.name == shown)
        if labelled is None or scores[best] >= _LABELLED or labelled.start <= first.start < labelled.end:
            return Found(shown, first.start, first.end, 0.95 if scores[best] >= 2 else 0.85)
    return (
        labelled or _on_behalf(text) or _letterhead(text) or _told_of(text) or _by_short_name(text) or _medicare(text)
    )


_TITLED = r"(?P<name>[A-Z][\w&'.-]*(?:[ ](?:(?:of|the|and|&)[ ])?[A-Z0-9][\w&'-]*){0,6})"
_FOR = compiled(rf",?[ ](?:for|FOR|on behalf of|ON BEHALF OF)[ ](?:the[ ])?{_TITLED}")
_ACTS_FOR = compiled(
    rf"(?i:on behalf of|acting for|acting on behalf of|agents? for|reviews? for|issued by)[ ]"
    rf"(?:the[ ])?{_TITLED}"
)


def _on_behalf(text: str) -> Found | None:
    """The company for which another says that it acts: "eviCore for Horizon Garden", "on behalf of Crestline"."""
    hits = [_FOR.match(text, name.end) for name in _mentions(text, "reviewers")]
    hits += list(_ACTS_FOR.finditer(text))
    for hit in hits:
        words = _NAME_TAIL.sub("", hit["name"]).rstrip(" .,'-") if hit else ""
        if hit and words and not _NO_COMPANY.search(words) and not _reviewers_only(words) and _says_whose_one(words):
            return Found(_titled(words), hit.start("name"), hit.start("name") + len(words), 0.8)
    return None


def _says_whose_one(words: str) -> bool:
    """Whether these words can be a name: more than one, or one that is no usual word."""
    return _says_whose(words) or (" " not in words and not _usual_words().fullmatch(words) and len(words) > 3)


@lru_cache(maxsize=1)
def _short_names() -> tuple[re.Pattern[str], dict[str, str]]:
    short = rules("payers")["short_names"]
    names = "|".join(short)
    return (
        compiled(
            rf"(?<![\w'-])(?:(?:i|we|he|she|they)(?:'ve)?[ ](?:have|has|had|got)|insurance is|plan is|thru|"
            rf"through|with|"
            rf"by|from)[ ](?P<a>{names})(?![\w'-])|(?<![\w'-])(?P<b>{names})[ ](?:says?|said|denied|denies|deny|"
            rf"won'?t|will|"
            rf"wants?|turned|rejected|refused|declined|insurance|keeps|is)(?![\w'-])",
            re.I,
        ),
        dict(short),
    )


def _by_short_name(text: str) -> Found | None:
    """A company by the everyday word that is its short name, where the word stands as a company does."""
    rule, full = _short_names()
    hit = rule.search(text)
    if hit is None:
        return None
    group = "a" if hit["a"] else "b"
    return Found(full[hit[group].lower()], *hit.span(group), 0.75)


_LABELLED = 4.0
"""The weight of a name that a label or "my insurance is" points to."""


def _told_of(text: str) -> Found | None:
    """A company that a person names: "my insurance is …", "(… Advantage)" behind it, or "… Health denied it"."""
    strong, weak, never = _unknown()
    for rule, needs_end in ((_INSURANCE_IS, False), (_DENIES, True), (_BY_NAME, True), (_DENIES_MINE, False)):
        for hit in rule.finditer(text):
            group = "from" if rule is _DENIES_MINE and hit["from"] else "name"
            words = _NAME_TAIL.sub("", hit[group]).rstrip(" .,'-")
            sure = _sure_end().search(words) and _says_whose(words) and not _NOT_A_NAME.match(words)
            if not words or _NO_COMPANY.search(words) or (never.search(words) and not sure):
                continue
            titled = _OF_A_PERSON.search(text, max(0, hit.start(group) - 6), hit.start(group))
            if rule is _DENIES_MINE and (titled or _reviewers_only(words) or _NOBODYS.search(words)):
                continue
            if needs_end and not (_says_whose(words) and (strong.match(words) or weak.match(words))):
                continue
            return Found(words, hit.start(group), hit.start(group) + len(words), 0.7)
    return None


_COMPANY = r"(?P<name>[A-Z][\w&'-]{1,20}(?:[ ](?:of|of the|and|&|[A-Z][\w&'-]{1,20})){0,5})"
_INSURANCE_IS = compiled(
    rf"\b(?:(?i:insurance|insurer|health plan|plan|carrier|payer|coverage)(?i: company| co)?(?i: is| through| thru|"
    rf" with| =|:| called)|"
    rf"(?i:insurance|insurer|health plan|plan|carrier|payer|claim|adv|advantage)[ ]?\()[ ]?(?i:called |it's |is |"
    rf"the )?{_COMPANY}"
)
_DENIES = compiled(
    rf"{_COMPANY}[ ](?i:denied|denies|turned|rejected|refused|declined|(?:has )?(?:decided|reviewed|approved|denied)|"
    rf"says?|said|won't|wont|wrote|will not|is saying|sent|wants?|did not|didn't)\b"
)
_BY_NAME = compiled(rf"\b(?i:by|from|with|through|thru|via|have|has|got|on|choosing)[ ](?:the )?{_COMPANY}")
_DENIES_MINE = compiled(
    rf"{_COMPANY}[ ](?i:(?:has |have |just )?(?:denied|turned down|rejected|refused|declined|(?:won't|wont|"
    rf"will not|wouldn't|refuses to|refused to) (?:pay|cover|approve)))[ ](?i:my|our|his|her|the|a|an|it|"
    rf"this|to|for|mri|ct|pet|"
    rf"payment)\b|"
    rf"(?i:(?:a no|denial|denied|letter|rejection|notice|eob|paper)[ ](?:from|by))[ ]"
    rf"(?P<from>[A-Z][\w&'-]{{2,20}}(?:[ ][A-Z][\w&'-]{{1,20}}){{0,3}})"
)
_NOBODYS = compiled(
    r"\b(?:insurance|insurer|plan|company|medicare|everyone|who|then|also|someone|dad|mom|mother|father|husband|wife|"
    r"doctor|office|claim|reviewer|because|since|after|yesterday|today|nurse|ortho\w*|surgeon|hospital|it|we|you|he|auc|"
    r"hmo|ppo|eob|pcp|er|we|lady|guy|rep)\b",
    re.I,
)
_OF_A_PERSON = compiled(r"\b(?:dr|mr|mrs|ms|prof)\.?[ ]\Z", re.I)
_NOT_A_NAME = compiled(r"(?:your|our|this|my|dear|the (?:health|plan)|all|any)\b", re.I)
_NAME_TAIL = compiled(
    r"[ ](?:of|of the|and|&|I|My|They|The|So|But|It|UM|Utilization|Appeals?|Claims?|Member|Medicare|Case|On)\Z"
)
_NO_COMPANY = compiled(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|"
    r"wednesday|"
    r"thursday|friday|saturday|sunday|mri|ct|pet|dr|doctor|the|my|they|she|he|no|yes|not|denied|prior|letter)\b",
    re.I,
)


def _medicare(text: str) -> Found | None:
    """Original Medicare, where it is the one that decided and no plan is named."""
    hit = _MEDICARE.search(text)
    return Found("Medicare", hit.start(), hit.start() + len("Medicare"), 0.8) if hit else None


_MEDICARE = compiled(
    r"\bmedicare(?=[ ](?:summary notice|denied|denies|turned|says?|said|won't|will not|does not|doesn't|did not|"
    r"didn't|refused|rejected|"
    r"part b|paid|approved|administrative))|(?<=original )medicare\b|(?<=traditional )medicare\b|"
    r"(?<=regular )medicare\b",
    re.I,
)


def _weight(text: str, name: Name) -> float:
    weight = 1.0 if name.start > _HEAD else 2.0
    weight += 2.0 if not text[: name.start].strip() else 0.0
    before = text[max(0, name.start - 40) : name.start]
    if _ON_BEHALF.search(before) or _label().search(before):
        weight += 4.0
    if _MINE.search(before):
        weight += 3.0
    if _MEMBERS_AFTER.match(text, name.end):
        weight += 1.0
    if _GUIDELINE_AFTER.match(text, name.end):
        weight -= 0.6
    if _ITS_LETTER.match(text, name.end):
        weight += 2.0
    # "Primary: Blue Cross of … paid $612": the one who denied is another.
    if _HAS_PAID.match(text, name.end) or _PRIMARY.search(before):
        weight -= 2.0
    return weight


_ITS_LETTER = compiled(r"'s (?:letter|denial|notice|decision|eob|answer)\b", re.I)
_HAS_PAID = compiled(r"[ ](?:paid|has paid|did pay|covered|approved)\b")
_PRIMARY = compiled(r"\bprimary(?: (?:plan|insurance|insurer|payer))?(?: is|:)?[ ]\Z", re.I)


@lru_cache(maxsize=1)
def _label() -> re.Pattern[str]:
    return compiled(rf"\b(?:{'|'.join(rules('payers')['labels'])})[ ]?[:#][ \n]{{0,20}}\Z", re.I)


@lru_cache(maxsize=1)
def _label_value() -> re.Pattern[str]:
    sure = "|".join(rules("payers")["sure_labels"])
    labels = "|".join(rules("payers")["labels"])
    return compiled(
        rf"(?:(?:^|\n)[ ]{{0,12}}(?P<sure_from>from)[ ](?=[A-Z][^\n]{{3,50}}, [A-Z0-9])|"
        rf"(?:^|\n|[ |>*-])(?:(?P<sure>{sure})[ ]?(?:[:|=]|[.]{{3,60}})|"
        rf"(?:{labels})[ ]?(?:[:|=]|[.]{{3,60}}))|"
        rf"(?:^|\n|[ ]{{2}})[ ]{{0,12}}(?P<column>{sure})(?:(?<=payer)[ ]|[ ]{{2,40}}|"
        rf"[ ]?:?[ ]{{0,3}}\n[ ]{{0,12}})(?=[A-Z]))"
        rf"[ ]{{0,20}}(?P<value>[A-Za-z][A-Za-z0-9&.,'/ -]{{2,60}})",
        re.I,
    )


@lru_cache(maxsize=1)
def _unknown() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = rules("payers")
    ends = "|".join(data["letterhead_ends"])
    weak = "|".join(data["letterhead_weak"])
    place = r"(?: (?:of|for) (?:the )?[a-z.]{2,20}(?: [a-z.]{2,20}){0,2})?"
    return (
        compiled(rf"(?:[a-z0-9&.'-]{{1,20}} ){{0,8}}(?:{ends}){place},?(?: inc\.?| llc)?\Z", re.I),
        compiled(rf"(?:[a-z0-9&.'-]{{2,20}} ){{1,4}}(?:{weak}){place}\Z", re.I),
        any_of(data["not_payers"]),
    )


def _labelled(text: str) -> Found | None:
    strong, weak, never = _unknown()
    for hit in _label_value().finditer(text):
        words = re.split(r"[ ]{2,}|[ ][A-Za-z]{2,12}(?: [A-Za-z#]{2,8})?:|[ ][/-]{1,2}[ ]|, ", hit["value"])[0].rstrip(
            " ,.-"
        )
        if _PRODUCT.search(words) and hit[0].strip().lower().startswith("plan"):
            continue
        named = bool(
            strong.match(words)
            or weak.match(words)
            or ((hit["sure"] or hit["column"]) and len(words) > 3 and (words[:1].isupper() or " " not in words))
        )
        if len(words.split()) <= 8 and named and not never.search(words) and not _reviewers_only(words):
            return Found(_titled(words), hit.start("value"), hit.start("value") + len(words), 0.9)
    return None


def _says_whose(words: str) -> bool:
    """Whether a word is there that tells this company from others: "Insurance" and "Health Plan" are nobody's name."""
    return " " in words and any(not _usual_words().fullmatch(word) for word in words.split())


def _all_capitalised(words: str) -> bool:
    """Whether each word begins with a capital, but for the small words inside a name."""
    return words[:1].isupper() and all(_NAME_WORD.match(word) for word in words.split())


def _reviewers_only(words: str) -> bool:
    hit = _names("reviewers").any.match(words)
    return bool(hit)


@lru_cache(maxsize=1)
def _sure_end() -> re.Pattern[str]:
    """What only a plan's name ends in, so that "employees" or "county" before it is no other office."""
    return compiled(rf"\b(?:{'|'.join(rules('payers')['sure_ends'])})(?: (?:of|for) [A-Za-z. ]{{2,40}})?\Z", re.I)


def _letterhead(text: str) -> Found | None:
    """The company at the head of a letter: a line or cell that ends as companies' names do, else its first line."""
    strong, weak, never = _unknown()
    cells = list(_head_cells(text))
    for rule, confidence in ((strong, 0.8), (weak, 0.6)):
        for start, words, _ in cells:
            sure = _sure_end().search(words) and not _NOT_A_NAME.match(words)
            shaped = _all_capitalised(words) and _says_whose(words) and rule.match(words)
            company = shaped and (sure or not never.search(words))
            if company and not _reviewers_only(words):
                return Found(_titled(words), start, start + len(words), confidence)
    if len(cells) < _FEW_CELLS:
        return None
    for start, words, line in cells:
        if line > 0 or ". " in text[:start]:
            break
        never_one = (never, _title(), _NO_COMPANY)
        named = 2 <= len(words.split()) <= 6 and not any(rule.search(words) for rule in never_one)
        if named and _all_capitalised(words) and not _reviewers_only(words):
            return Found(_titled(words), start, start + len(words), 0.5)
    return None


_FEW_CELLS = 4
_PARTED = compiled(r":[ ]?|[ ]?[|*][ ]?|[ ](?:-{1,2}|/{1,2}|::|->)[ ]|[.,][ ](?=[A-Z])")
_HEAD_CELL = compiled(r"[^ ](?:[^ ]|[ ](?=[^ ])){2,70}")
_CUT = compiled(
    r"[ ]?[(|]|[ ](?:-{1,2}|/{1,2})[ ]|,[ ](?:an?|the|inc)\b|"
    r"[ ](?:remit|eob|your|welcome|member|claims?|portal|explanation|um|utilization|notice|prior auth\w*|appeals?)\b",
    re.I,
)


def _head_cells(text: str) -> Iterator[tuple[int, str, int]]:
    """(place, words, number of its line) of each cell in the first dozen lines that bear something."""
    offset = lines = 0
    for line in text.split("\n"):
        for cell in _HEAD_CELL.finditer(line):
            place = 0
            for words in _PARTED.split(cell.group())[:3]:
                start = cell.group().find(words, place)
                place = start + len(words)
                words = _CUT.split(words)[0].rstrip(" ,.-")
                if len(words) > 2 and cell.group()[place : place + 1] != ":":
                    yield offset + cell.start() + start, words, lines
        offset += len(line) + 1
        lines += bool(line.strip())
        if lines >= 12 or offset > 2_000:
            break


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return any_of(rules("payers")["titles"])


@lru_cache(maxsize=1)
def _plans() -> tuple[tuple[str, Says], ...]:
    return tuple((name, says(entry)) for name, entry in rules("plans").items())


def plan_type(sentences: list[Sentence], named: Found | None) -> Found | None:
    """The kind of plan (contract id), only where the words say it.

    Medicaid with a named plan, or a state fair hearing offered by one, is managed care. `named` is the payer.
    """
    for kind, rule in _plans():
        for sentence in sentences:
            hit = rule.says.search(sentence.text)
            if hit and not rule.unless.search(sentence.text):
                return in_sentence(kind, sentence, hit.span(), 0.75 if kind == "employer_unknown_funding" else 0.92)
        if kind == "medicaid_managed" and named is not None:
            for word in (_MEDICAID, _FAIR_HEARING):
                for sentence in sentences:
                    hit = word.search(sentence.text)
                    if hit and not rule.unless.search(sentence.text):
                        return in_sentence(kind, sentence, hit.span(), 0.75)
    return None
