"""Who pays, who reviewed, and what kind of plan it is, as far as the words say so."""

from __future__ import annotations

import re
from functools import lru_cache

from actions.reading.companies import (
    NO_COMPANY,
    Name,
    all_capitalised,
    document_titles,
    head_cells,
    known_reviewer,
    mentions,
    plan_shapes,
    says_whose,
    sure_end,
    titled,
    usual_words,
)
from actions.reading.compiled import compiled
from actions.reading.found import Found, in_sentence
from actions.reading.rules import Says, rules, says
from actions.reading.text import Sentence

_HEAD = 500
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
_PRODUCT = compiled(
    r"\b(?:(?:hmo|ppo|epo|pos|hdhp|advantage plan)|(?:bronze|silver|gold|platinum|"
    r"catastrophic)(?: [\w.-]{1,8}){0,2})\Z",
    re.I,
)
_MEDICAID = compiled(
    r"(?<!medicare & )(?<!medicare and )\bmedicaid\b|"
    r"\b(?:medi-cal|masshealth|badgercare|tenncare|apple health|healthy michigan|peach ?care|"
    r"hoosier healthwise|arkids)\b",
    re.I,
)
_FEE_FOR_SERVICE = compiled(
    r"\bfee[- ]for[- ]service (?:prior auth|unit|program|medicaid|recipient|member|beneficiary)|"
    r"\b(?:program|plan|coverage)[ ]?:[ ]{0,3}(?:medicaid )?fee[- ]for[- ]service|"
    r"\bnot (?:enrolled )?in (?:an? |any )?managed care|"
    r"\(fee[- ]for[- ]service\)",
    re.I,
)
# The state that pays itself heads its own letter: "Division of Health Care Financing - Nevada Medicaid".
_STATE_AGENCY = compiled(
    r"\b(?:state of (?:\w{4,13}[ ,]{1,2}){1,3}(?:department|dept\.?) of "
    r"health\b[^\n]*\n[^\n]*\n?[^\n]*\bmedicaid (?:prior|program|unit|"
    r"authorization)|medicaid program of the state|state of \w{4,13}(?: \w{4,12})? medicaid(?: program)?$|"
    r"(?:division|department|office) of (?:medicaid|(?:health ?care|medical|medicaid) (?:financing|assistance|"
    r"services))\b"
    r"(?: and policy)?[ ,|/-]{1,4}(?:\w{4,13}[ ]){1,2}medicaid\b|"
    r"(?:office|division|bureau|department) of medical assistance\b(?! (?:for|at|when|is|was|may|will))|"
    r"(?:\w{4,13}[ ]){1,2}medicaid (?:fee[- ]for[- ]service|agency))",
    re.I,
)
_MEDICARES_FORM = compiled(r"\bnotice of denial of medical (?:coverage|services?|care|payment)\b", re.I)
_SAYS_MEDICARE = compiled(r"\bmedicare (?!& medicaid|and medicaid|or medicaid)", re.I)
_HEAD_PARTS = 4
_FAIR_HEARING = compiled(r"\bstate fair hearing\b|\bmedicaid (?:fair )?hearing\b", re.I)


def payer(text: str, reviewed: Found | None = None) -> Found | None:
    """The plan that decides: a known name as usually spelt, or as a label, the letterhead or a person has it.

    `reviewed` is the company that reviewed for it: its name is not the payer's.
    """
    if reviewed is not None and reviewed.confidence < _LISTED:
        text = _without(text, reviewed)
    names = [name for name in mentions(text, "payers") if not _another(text, name)]
    medicare = _medicare(text)
    if medicare and not _OF_A_REGION.match(text, medicare.end):
        # Whoever handles its claims in a region is not the one who pays.
        contractors = rules("payers")["owned"][_REGIONAL]
        names = [name for name in names if name.name not in (_REGIONAL, *contractors)]
    labelled = _labelled(text)
    if names:
        scores: dict[str, float] = {}
        for name in names:
            scores[name.name] = scores.get(name.name, 0.0) + _weight(text, name)
        best = max(scores, key=lambda n: scores[n])
        best = best if _acted_for(text, names, best) else _owned(best, scores)
        # "Anthem" and "Anthem Blue Cross" are one payer: the fuller name says more.
        fuller = [n for n in scores if n.startswith(best + " ")]
        shown = max(fuller, key=lambda n: scores[n]) if fuller else best
        first = next(n for n in names if n.name == shown)
        if labelled is None or scores[best] >= _LABELLED or labelled.start <= first.start < labelled.end:
            return Found(shown, first.start, first.end, 0.95 if scores[best] >= 2 else 0.85)
    return (
        _asked_to_review(text)
        or _administrator(text)
        or labelled
        or _on_behalf(text, reviewed)
        or _letterhead(text)
        or _told_of(text)
        or _by_short_name(text)
        or _medicare(text)
        or _veterans(text)
        or _signed(text)
        or _in_small_letters(text)
        or _labelled(text, product=True)
        or _first_line(text)
    )


_REGIONAL = "Medicare Administrative Contractor"
_OF_A_REGION = compiled(r"[ ]administrative contractor", re.I)


def _acted_for(text: str, names: list[Name], company: str) -> bool:
    """Whether another says that it acts for this company: "TriWest, on behalf of TRICARE"."""
    return any(name.name == company and _BEHALF_OF.search(text, 0, name.start) for name in names)


_BEHALF_OF = compiled(r"\bon behalf of (?:the )?\Z", re.I)


def _owned(best: str, scores: dict[str, float]) -> str:
    """The company that pays where its owner, or whose plan it runs, is named beside it: "Centene's Ambetter"."""
    under = rules("payers")["owned"].get(best, ())
    named = [name for name in scores if any(name == each or name.startswith(each + " of ") for each in under)]
    return max(named, key=lambda n: scores[n]) if named else best


# Medicare's own form of notice: "You have the right to ask Coral Compass Medicare (PPO) for an appeal".
_ASK_FOR_AN_APPEAL = compiled(
    r"\b(?:right to ask|[Aa]sk|appeals? with)[ ](?:the[ ])?"
    r"(?P<name>(?!Office|Department|Bureau|Division|State|Commissioner)[A-Z][\w&'.-]*(?:[ ](?:of|and|&|"
    r"[A-Z][\w&'-]*)){1,6})"
    r"(?:[ ]\([A-Z -]{3,12}\))?[ ](?:for an appeal|to review our decision)\b"
)


def _asked_to_review(text: str) -> Found | None:
    hit = _ASK_FOR_AN_APPEAL.search(text)
    return Found(hit["name"], *hit.span("name"), 0.9) if hit and says_whose(hit["name"]) else None


def _administrator(text: str) -> Found | None:
    """The company that heads a letter and says below that it administers the claims of somebody's plan.

    One that calls itself a manager of plans, over an employer's own, need not say it.
    """
    head = _ADMINISTERS.match(text) or (_MANAGES.match(text) if _EMPLOYERS_PLAN.search(text) else None)
    return Found(titled(head["name"]), *head.span("name"), 0.8) if head and not known_reviewer(head["name"]) else None


_EMPLOYERS_PLAN = compiled(
    r"\bemployees?'? (?:\w{4,8} ){0,2}(?:benefits?|health|medical|welfare) (?:\w{4,8} )?plan\b",
    re.I,
)
_MANAGES = compiled(
    r"\s*(?P<name>(?:[A-Z][\w.&'-]{1,24}[ ]){1,4}(?i:benefit plan management|benefits? (?:management|administrators|"
    r"services)|"
    r"administrators|claims (?:services|management|administration)|health (?:plan )?administrators)"
    r"(?:,? (?i:inc|llc|ltd)\b\.?)?)[ ]{0,4}\n"
)
_ADMINISTERS = compiled(
    r"\s*(?P<name>[A-Z][\w.&'-]{2,24}(?:[ ][A-Z][\w.&'-]{1,20}){0,3}),?[ ]{0,4}\n[ ]{0,12}"
    r"(?i:(?:third[- ]party |claims? |plan |benefits? ){0,2}administrator(?: (?:for|of)\b|,(?=[ ][A-Z])))"
)


def _without(text: str, reviewed: Found) -> str:
    """The text with every mention of the reviewer blotted out, all else in its place."""
    words = text[reviewed.start : reviewed.end]
    if len(words) < _SHORTEST_NAME:
        return text
    return re.sub(rf"(?<![\w'-]){re.escape(words)}(?![\w'-])", "~" * len(words), text)


_SHORTEST_NAME = 4
_LISTED = 0.9
"""Confidence in a reviewer that the list has, whose name no payer bears."""
_TITLED = r"(?P<name>[A-Z][\w&'.-]*(?:[ ](?:(?:of|the|and|&)[ ])?[A-Z0-9][\w&'-]*){0,6})"
_FOR = compiled(rf",?[ ](?:for|FOR|on behalf of|ON BEHALF OF)[ ](?:the[ ])?{_TITLED}")
_ACTS_FOR = compiled(
    rf"(?i:on behalf of|acting for|acting on behalf of|agents? for|reviews? for|issued by|"
    rf"(?:medical group|contractor|reviewer|vendor|delegate|delegated) for)[ ]"
    rf"(?:the[ ])?{_TITLED}"
)


def _on_behalf(text: str, reviewed: Found | None) -> Found | None:
    """The company for which another says that it acts: "eviCore for Horizon Garden", "on behalf of Crestline"."""
    hits = [_FOR.match(text, name.end) for name in mentions(text, "reviewers")]
    hits += [_FOR.match(text, reviewed.end)] if reviewed else []
    hits += list(_ACTS_FOR.finditer(text))
    for hit in hits:
        words = _NAME_TAIL.sub("", hit["name"]).rstrip(" .,'-") if hit else ""
        if hit and words and not NO_COMPANY.search(words) and not known_reviewer(words) and _says_whose_one(words):
            return Found(titled(words), hit.start("name"), hit.start("name") + len(words), 0.8)
    return None


def _says_whose_one(words: str) -> bool:
    """Whether these words can be a name: more than one, or one that is no usual word."""
    return says_whose(words) or (" " not in words and not usual_words().fullmatch(words) and len(words) > 3)


@lru_cache(maxsize=1)
def _short_names() -> tuple[re.Pattern[str], dict[str, str]]:
    short = rules("payers")["short_names"]
    names = "|".join(short)
    return (
        compiled(
            rf"(?<![\w'-])(?:(?:i|we|he|she|they)(?:'ve)?[ ](?:have|has|had|got)|calling|called|phoned|insurance "
            rf"is|plan is|thru|"
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
    strong, weak, never = plan_shapes()
    for rule, needs_end in (
        (_INSURANCE_IS, False), (_APPOSED, False), (_DENIES, True), (_BY_NAME, True), (_DENIES_MINE, False),
    ):  # fmt: skip
        for hit in rule.finditer(text):
            group = next(name for name, words in hit.groupdict().items() if words)
            words = _NAME_TAIL.sub("", hit[group]).rstrip(" .,'-")
            sure = sure_end().search(words) and says_whose(words) and not _NOT_A_NAME.match(words)
            if rule is _INSURANCE_IS and ":" in hit.group() and _PRODUCT.search(words):
                continue
            if _KIND_ALONE.match(words) or (_PLAN_OF_CARE.search(hit.group()) and not (strong.match(words))):
                continue
            if not words or NO_COMPANY.search(words) or (never.search(words) and not sure):
                continue
            if all(usual_words().fullmatch(word) for word in words.split()):
                continue
            titled = _OF_A_PERSON.search(text, max(0, hit.start(group) - 6), hit.start(group))
            if rule is _DENIES_MINE and (titled or known_reviewer(words) or _NOBODYS.search(words)):
                continue
            if needs_end and not (says_whose(words) and (strong.match(words) or weak.match(words))):
                continue
            return Found(words, hit.start(group), hit.start(group) + len(words), 0.7)
    return None


# "Plan: refer to ortho" ends a note: only a name that ends as plans' do is one behind the bare word and its colon.
_PLAN_OF_CARE = compiled(r"\A(?<!health )plan:", re.I)
_COMPANY = r"(?P<name>[A-Z][\w&'-]{1,20}(?:[ ](?:of|of the|and|&|[A-Z][\w&'-]{1,20})){0,5})"
_AGAIN = _COMPANY.replace("?P<name>", "?P<speaker>")
_INSURANCE_IS = compiled(
    rf"\b(?:(?i:insurance|insurer|health plan|plan|carrier|payer|coverage)(?i: company| co)?(?i: is| through| thru|"
    rf" with| =|:| called)|"
    rf"(?i:insurance|insurer|health plan|plan|carrier|payer|claim|adv|advantage|union fund|"
    rf"welfare fund)[ ]?\()[ ]?(?i:called |it's |is |"
    rf"the )?{_COMPANY}"
)
_APPOSED = compiled(
    rf"\b(?i:insurance|insurer|health plans?|(?:medicare )?(?:advantage )?plans?|carrier|payer|insurance (?:company|"
    rf"co))[ ]?,[ ](?i:it's |its |called |"
    rf"which is )?{_COMPANY}(?=,| -)"
)
_DENIES = compiled(
    rf"{_COMPANY},?[ ](?i:denied|denies|turned|rejected|rejects|refused|refuses|declined|declines|shot|kicked|"
    rf"(?:has )?(?:decided|reviewed|approved|denied)|"
    rf"says?|said|won't|wont|wrote|will not|is saying|sent|wants?|did not|didn't|doesn't|does not|"
    rf"(?:has |have )?(?:contracted|delegated|contracts|delegates|partners|partnered|works) (?:with|to)|uses|"
    rf"Member Services|Appeals|Customer Service)\b"
)
_BY_NAME = compiled(
    rf"\b(?i:by|from|with|through|thru|via|have|has|got|on|choosing|calling|called|"
    rf"contacted|(?:spoke|talked|rep|agent|lady|guy|supervisor|someone|person)\b[^.\n]{{0,24}}? at|member of|"
    rf"members of)[ ]"
    rf"(?:the )?{_COMPANY}|[ ]\((?=[A-Z][^)\n]{{3,40}}\)[ ]?:){_AGAIN}"
)
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
    r"doctor|office|claim|reviewer|because|since|after|yesterday|today|nurse|ortho\w*|surgeon|hospital|it|we|you|he|"
    r"auc|"
    r"hmo|ppo|eob|pcp|er|we|lady|guy|rep)\b",
    re.I,
)
_OF_A_PERSON = compiled(r"\b(?:dr|mr|mrs|ms|prof)\.?[ ]\Z", re.I)
_NOT_A_NAME = compiled(r"(?:your|our|this|my|dear|the (?:health|plan)|all|any)\b", re.I)
_NAME_TAIL = compiled(
    r"[ ](?:of|of the|and|&|I|My|They|The|So|But|It|UM|Utilization|Appeals?|Claims?|Member|Medicare|Case|On)\Z"
)


def _medicare(text: str) -> Found | None:
    """Original Medicare, where it is the one that decided and no plan is named."""
    hit = _MEDICARE.search(text)
    return Found("Medicare", hit.start(), hit.start() + len("Medicare"), 0.8) if hit else None


_MEDICARE = compiled(
    r"\bmedicare(?=[ ](?:summary notice|denied|denies|turned|says?|said|won't|will not|does not|doesn't|did not|"
    r"didn't|refused|rejected|"
    r"part b|paid|approved|administrative|remit|\(original))|(?<=original )medicare\b|(?<=traditional )medicare\b|"
    r"(?<=regular )medicare\b|(?<=straight )medicare\b",
    re.I,
)


def _veterans(text: str) -> Found | None:
    """The VA, where it is the one that decides: two capitals that may be a state's elsewhere."""
    hit = _VA.search(text)
    return Found("Department of Veterans Affairs", *hit.span(), 0.75) if hit else None


_VA = compiled(
    r"\bVA\b(?=[ ](?i:says?|said|denied|denies|turned|won't|wont|will not|sent|wrote|refused|rejected|"
    r"community care)\b)|"
    r"\bVA(?:'s)?\b(?=[ ](?i:community care|medical center|clinic|health ?care (?:system|network)?|"
    r"(?:\w{4,14} ){1,2}health ?care system|can do|could do)\b)|"
    r"(?:(?<=from the )|(?<=by the )|(?<=[Mm]y ))VA\b(?=[ .,;]|$)(?![ ](?:Beach|[0-9]))"
)


def _weight(text: str, name: Name) -> float:
    weight = 1.0 if name.start > _HEAD else 2.0
    weight += 2.0 if not text[: name.start].strip() else 0.0
    before = text[max(0, name.start - 40) : name.start]
    if _ON_BEHALF.search(before) or (_label().search(before) and not _LOCAL.search(before)):
        weight += 4.0
    if _MINE.search(before):
        weight += 3.0
    if _MEMBERS_AFTER.match(text, name.end):
        weight += 1.0
    if _GUIDELINE_AFTER.match(text, name.end):
        weight -= 0.6
    if _PUT_RIGHT.search(before):
        weight += 4.0
    if _ITS_LETTER.match(text, name.end):
        weight += 2.0
    # "Primary: Blue Cross of … paid $612": the one who denied is another.
    if _HAS_PAID.match(text, name.end) or _PRIMARY.search(before):
        weight -= 2.0
    return weight


# "Local plan: CareFirst": through whom a national plan is run there.
_LOCAL = compiled(r"\blocal plan[ ]?:[ ]{1,20}\Z", re.I)
# "I mean Anthem", "no wait, it's Humana": the name that a person puts right. "My old one was Aetna": another plan.
_PUT_RIGHT = compiled(
    r"\b(?:i mean(?:t)?|no,? wait|wait|sorry|oops|actually|correction|rather|scratch that|now|switched to|changed to|"
    r"currently)"
    r"[:,]?(?: (?:it'?s|its|it is|that'?s|thats|we have|i have|he has|she has|my (?:plan|insurance) is|with|on|the|"
    r"is|no)){0,3}"
    r"[ ]\Z",
    re.I,
)
_OLD_ONE = compiled(
    r"\b(?:(?:old|last|previous|former|prior|ex|first) (?:one|plan|insurance|insurer|carrier|coverage)(?: company)?"
    r"(?: (?:was|is|used to be|with|through))?|"
    r"used to (?:be|have)(?: with| on)?|(?:switched|changed|moved) from|formerly|previously(?: with| had)?|before that"
    r"(?: (?:i|we) had)?|(?:it'?s|its|is|am|are|was) not|isn'?t|ain'?t|not with|no longer(?: with| on| have)?|"
    r"wasn'?t|instead of|rather than|no,? not)[ ]\Z|(?:\A|[.,;!(][ ]?)not[ ]\Z",
    re.I,
)


def _another(text: str, name: Name) -> bool:
    """Whether a person says that this company is not, or no longer, the one."""
    before = _OLD_ONE.search(text, max(0, name.start - 40), name.start)
    return bool(before or _NOT_THE_PAYER.match(text, name.end))


# "Humana was my old one", "Cigna? no, it's Aetna"; a medigap policy only adds to what Medicare pays.
_NOT_THE_PAYER = compiled(
    r"[ ]?\?[ ](?:no|nope|nah|not them)(?:(?:,|\.| -)?[ ](?:wait,? |sorry,? )?(?:it'?s|it is|i have|we have|"
    r"i mean|i meant)\b|,[ ](?=[a-z]+\W*\Z))|"
    r"[ ](?:was|is) (?:my|our|his|her|the|an?) (?:old|last|previous|former|ex)\b|"
    r"[ ](?:is )?(?:my |a |the )?(?:medigap|medicare supp\w{0,6}|supplement(?:al)?(?! replacement))\b",
    re.I,
)


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


def _labelled(text: str, *, product: bool = False) -> Found | None:
    """The name behind a label. `product`: also what was bought, where nothing else names the seller."""
    strong, weak, never = plan_shapes()
    for hit in _label_value().finditer(text):
        words = re.split(r"[ ]{2,}|[ ][A-Za-z]{2,12}(?: [A-Za-z#]{2,8})?:|[ ][/-]{1,2}[ ]|, ", hit["value"])[0].rstrip(
            " ,.-"
        )
        # "… Health Plan | Utilization Management": a word that ends a cell is no label of the next.
        if (
            "|" in hit.group()
            and text[hit.start()] == " "
            and text[: hit.start() + 1].rstrip(" ")[-1:] not in ("", "|", "\n")
        ):
            continue
        if not product and _PRODUCT.search(words) and hit[0].strip().lower().startswith("plan"):
            continue
        named = bool(
            strong.match(words)
            or weak.match(words)
            or ((hit["sure"] or hit["column"]) and len(words) > 3 and (words[:1].isupper() or " " not in words))
        )
        if _KIND_ALONE.match(words) or _ANOTHER_HEAD.fullmatch(words):
            continue
        if len(words.split()) <= 8 and named and not never.search(words) and not known_reviewer(words):
            return Found(titled(words), hit.start("value"), hit.start("value") + len(words), 0.9)
    return None


def _letterhead(text: str) -> Found | None:
    """The company at the head of a letter: a line or cell that ends as companies' names do, else its first line."""
    strong, weak, never = plan_shapes()
    cells = list(head_cells(text))
    for rule, confidence in ((strong, 0.8), (weak, 0.6)):
        for start, words, _ in cells:
            sure = sure_end().search(words) and not _NOT_A_NAME.match(words)
            shaped = all_capitalised(words) and says_whose(words) and rule.match(words)
            company = shaped and (sure or not never.search(words))
            if company and not known_reviewer(words):
                return Found(titled(words), start, start + len(words), confidence)
    return None


def _first_line(text: str) -> Found | None:
    """What stands on the first line of a letter and is no title of a paper: nothing else names a payer."""
    never = plan_shapes()[2]
    cells = list(head_cells(text))
    # A person's message has commas too: "Marcus Bell, Army, 44. My hip …".
    if len(cells) < _FEW_CELLS or (text.count("\n") < _FEW_CELLS and _A_PERSON_WRITES.search(text)):
        return None
    for start, words, line in cells:
        if line > 0 or ". " in text[:start]:
            break
        # "Member: Ada Noone   ID: …": what a label names is no letterhead.
        if text[:start].rstrip(" ")[-1:] == ":":
            continue
        behind = text[start + len(words) :].split("\n", 1)[0]
        heads = _LINE_OF_BUSINESS.match(behind) or _over_a_letter(text, behind)
        if line == 0 and _BRAND.fullmatch(words) and heads:
            return Found(titled(words), start, start + len(words), 0.5)
        never_one = (never, document_titles(), NO_COMPANY)
        other = any(rule.search(words) for rule in never_one) or _LINE_OF_BUSINESS.match("|" + words)
        named = 2 <= len(words.split()) <= 6 and not other
        if named and all_capitalised(words) and not known_reviewer(words):
            return Found(titled(words), start, start + len(words), 0.5)
    return None


def _over_a_letter(text: str, behind: str) -> bool:
    """Whether a name stands alone on the first line of what salutes somebody and speaks of a plan."""
    return not behind.strip() and bool(_SALUTES.search(text) and _OF_A_PLAN.search(text))


_SALUTES = compiled(r"^[ ]{0,12}(?:dear|hi|hello)[ ][A-Z]", re.I | re.M)
_OF_A_PLAN = compiled(r"\b(?:the|your|our) (?:plan|coverage|benefits?|policy)\b", re.I)
_BRAND = compiled(r"(?!(?i:member|notice|patient|claim|denial|health|dear|hello)\b)[A-Z][A-Za-z]{5,20}")
_LINE_OF_BUSINESS = compiled(
    r"[ ]{0,4}[|(-]{1,2}[ ]{0,4}(?:individual|marketplace|commercial|group|on-exchange|employer|family|medicare|"
    r"medicaid)\b",
    re.I,
)
_KIND_ALONE = compiled(r"(?:hmo|ppo|epo|pos|hdhp|va|chip|aca|commercial|employer|private|job|work|[ ,/-])+\Z", re.I)
# "Payer | Study | Denied": the next heading of a list, and nobody's name.
_ANOTHER_HEAD = compiled(
    r"(?:study|service|exam|test|denied|denial|reason|ref|auth|case|claim|member|patient|pt|dos|date|status|cpt|code|id|"
    r"p2p|appeal|due|notes?|provider|ordering|type|phone|fax|reviewer|side)(?: (?:date|by|no|number|id|code|#))?",
    re.I,
)
_FEW_CELLS = 4
_A_PERSON_WRITES = compiled(r"\b(?:i|i'm|i've|im|ive|my|me|mine|she's|he's|hi|hello|hey|y/o|yo|pt|c/o)\b", re.I)


def _signed(text: str) -> Found | None:
    """A company whose name ends as only plans' do, wherever it stands: whom to write to, who signs, "the … team"."""
    counted: dict[str, list[Found]] = {}
    for rule in (_ENDED_NAME, _TEAM, _AGENCY):
        for hit in rule.finditer(text):
            words = _LED.sub("", hit["name"])
            start = hit.end("name") - len(words)
            regulator = _REGULATOR.search(text, max(0, start - 24), hit.end("name"))
            if says_whose(words) and not (regulator or document_titles().match(words) or known_reviewer(words)):
                counted.setdefault(words.lower(), []).append(Found(titled(words), start, hit.end("name"), 0.6))
    # Of "STATE OF ALABAMA" and the agency below it the agency is the one that pays.
    agencies = [found for found in counted.values() if not _A_STATE.fullmatch(found[0].value)]
    return max(agencies or counted.values(), key=len)[0] if counted else None


_REGULATOR = compiled(
    r"\b(?:bureau|department|dept\.?|division|office|commissioner|superintendent) of (?:\w{3,12} )?(?:insurance|"
    r"managed health|financial)|\binsurance (?:department|division|commission)",
    re.I,
)
_LED = re.compile(r"\A(?:(?:The|THE|To|TO|From|FROM|At|For|By|And|In|Your|Our|Call|Write|Contact|Dear|Of|Re)[ ]+)+")
_ENDED_NAME = compiled(
    r"(?<![\w'-])(?P<name>(?:[A-Z][\w.&'-]{1,20}[ ](?:(?:of|and|&)[ ])?){1,5}"
    r"(?:(?i:health (?:plans?|insurance)|insurance (?:company|co|corporation)|welfare fund|health fund|benefits? fund|"
    r"benefits? trust|health trust|community plan|(?:medical|health|welfare) (?:and welfare )?(?:benefits? )?plan|"
    r"advantage plan|health cooperative|benefit plan)|"
    r"Health|HEALTH|Insurance|INSURANCE|HMO|Mutual|MUTUAL|Advantage|ADVANTAGE|Healthcare))(?![\w'-])(?![ ][A-Z][a-z])"
)
_AGENCY = compiled(
    r"(?<![\w'-])(?P<name>(?:State of|STATE OF)[ ][A-Z][A-Za-z]{2,20}(?:[ ][A-Z][A-Za-z]{2,20})?"
    r"(?:[ ](?i:(?:department|division) of (?:medicaid|health)(?: services)?))?|"
    r"(?:[A-Z][A-Za-z]{2,16}[ ]){1,3}(?i:(?:department|division) of medicaid|medicaid agency|health care authority))"
)
_A_STATE = compiled(r"State of [A-Z][a-z]{2,20}(?: [A-Z][a-z]{2,20})?")
_TEAM = compiled(
    r"\b[Tt]he[ ](?P<name>(?:[A-Z][\w&'-]{1,20}[ ]){1,3}(?:[Hh]ealth|[Ii]nsurance|[Cc]are|[Pp]lan))[ ]"
    r"(?:care |member |claims |review )?(?:team|family|crew)\b"
)


def _in_small_letters(text: str) -> Found | None:
    """A company in small letters where one decides or is named: "denied by oxbow health", "granite plan denied my"."""
    for hit in _SMALL_COMPANY.finditer(text):
        group = "by" if hit["by"] else "who"
        words = _SMALL_LED.sub("", hit[group])
        own = words.split()
        if len(own) > 1 and not any(_SMALL_WORD.fullmatch(word) for word in own) and says_whose(words):
            return Found(words, hit.end(group) - len(words), hit.end(group), 0.6)
    return None


_SMALL_END = (
    r"(?:health(?: ?plan| ?care| insurance| partners| net| alliance)?|insurance|mutual|advantage|hmo|community plan|"
    r"(?:welfare|health|benefit) (?:fund|trust)|medicaid|care plan)"
)
_SMALL_COMPANY = compiled(
    rf"\b(?:by|from|with|through|thru|via|have|got|ins|insurance is|plan is|ins is|insurance:|ins:|payer:)[ ]"
    rf"(?P<by>(?:[a-z][a-z&'-]{{2,16}}[ ]){{1,3}}{_SMALL_END})(?![\w'-])|"
    rf"(?:\A|[.!?\n:,][ ]?)(?P<who>(?:[a-z][a-z&'-]{{2,16}}[ ]){{1,4}}{_SMALL_END})[ ](?:just )?(?:denied|says?|said|"
    rf"turned|rejected|refused|wont|won't|declined|kicked)\b"
)
_SMALL_LED = re.compile(
    r"\A(?:(?:hi|hey|so|ok|well|and|but|the|my|our|his|her|their|hello|now|then|because|bc|anyway|that|when)[ ]+)+"
)
_SMALL_WORD = re.compile(
    r"my|the|our|your|his|her|their|this|that|an|any|some|public|mental|behavioral|home|womens?|primary|private|other|"
    r"same|new|old|current|bad|good|poor|own|work|job|through|without|with|no|not|for|and|but|to|was|is|has|in|on|of|"
    r"from|by|denied|company|secondary|supplemental|state|local|marketplace|regular|original|medical|dental|free|"
    r"better|"
    r"worse|cheap|kind|type|whole|entire|me|it|they|them|when|because|what|which|who|insurance"
)


@lru_cache(maxsize=1)
def _plans() -> tuple[tuple[str, Says], ...]:
    return tuple((name, says(entry)) for name, entry in rules("plans").items())


# "What if it's Medicare Advantage", "how do I know if it's self-funded": asked of plans in general.
_SUPPOSED = compiled(
    r"\b(?:what if|how (?:do|can|would|will|could) (?:i|we|you) (?:\w{2,5} )?(?:know|tell|find out|see|check)|"
    r"how to (?:know|tell|find out)|(?:don'?t|do not|dont|not sure|no idea|unsure|wonder\w{0,3}|find out|"
    r"know) (?:know )?(?:if|whether)|"
    r"what(?:'s|s| is| are| does) (?:an? )?|(?:does|would|will) it matter if|in case|even if|would it (?:\w{2,8} )?if)"
    r"(?: (?:if|whether|it|it's|its|is|this|that|my|our|the|plan|a|an|i|i'm|im|we|we're|have|am|on|was|were|"
    r"insurance|he|she|they|has))*[ ]?\Z",
    re.I,
)


def plan_type(sentences: list[Sentence], named: Found | None) -> Found | None:
    """The kind of plan (contract id), only where the words say it.

    Medicaid with a named plan, or a state fair hearing offered by one, is managed care. `named` is the payer.
    """
    for kind, rule in _plans():
        for sentence in sentences:
            hit = rule.says.search(sentence.text)
            if hit and not rule.unless.search(sentence.text) and not _SUPPOSED.search(sentence.text, 0, hit.start()):
                return in_sentence(kind, sentence, hit.span(), 0.75 if kind == "employer_unknown_funding" else 0.92)
        if kind == "medicare_advantage" and named is not None and named.value != "Medicare":
            # Medicare's form of notice, with the name of a plan on it.
            form = next((s for s in sentences if _MEDICARES_FORM.search(s.text)), None)
            if form is not None and any(_SAYS_MEDICARE.search(s.text) for s in sentences):
                return in_sentence(kind, form, _MEDICARES_FORM.search(form.text).span(), 0.8)  # type: ignore[union-attr]
        agency = next((s for s in sentences[:_HEAD_PARTS] if _STATE_AGENCY.search(s.text)), None)
        by_the_state = agency is not None or any(_FEE_FOR_SERVICE.search(sentence.text) for sentence in sentences)
        if kind == "medicaid_ffs" and agency is not None:
            return in_sentence(kind, agency, _STATE_AGENCY.search(agency.text).span(), 0.8)  # type: ignore[union-attr]
        if kind == "medicaid_managed" and named is not None and not by_the_state:
            for word in (_MEDICAID, _FAIR_HEARING):
                for sentence in sentences:
                    hit = word.search(sentence.text)
                    if hit and not rule.unless.search(sentence.text):
                        return in_sentence(kind, sentence, hit.span(), 0.75)
    return None
