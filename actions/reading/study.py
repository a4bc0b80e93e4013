"""Which imaging study was denied: words first, then the codes that stand in the text.

A study is named where a modality and a part of the body stand together ("MRI of the lower back", "lumbar MRI"), or by
its own name (LDCT, MRCP). Of several, the one denied or asked for is taken; an earlier film, an approved test
or "an X-ray first" is not. A joint code (73221, 73721) is any joint of that limb, so only words can say which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from actions.reading.compiled import compiled
from actions.reading.found import Found
from actions.reading.rules import any_of, pattern, rules
from actions.reading.tables import cells
from actions.reading.text import Sentence

_WINDOW_BEFORE = 30
_WINDOW_AFTER = 60
_OF = compiled(
    r"[ ]?(?:w/?o?|with|without|wo|scan|scans|imaging|test|exam|[-(:,])?[ ]?(?:of|on|for|to look at|in)[ ]", re.I
)
_SIDES = {"left": "left", "lt": "left", "l": "left", "right": "right", "rt": "right", "r": "right",
          "bilateral": "bilateral", "both": "bilateral", "bilat": "bilateral", "b/l": "bilateral"}  # fmt: skip
_OTHER_SIDE = compiled(
    r"\b(?:other|opposite|unlike|contralateral|compared|replace\w{0,6}|normal|no longer|ago|previous)\b", re.I
)
_CODE = compiled(
    r"(?<![\w$.,/#-])([0-9]{5}|C89[0-9]{2}|G0(?:219|235|252|296|297)|0[0-9]{3}T)(?:[ ]?-?(?:RT|LT|TC|26|50|59|"
    r"76|77|XS))?(?![\w/]|-[0-9]{3}|[.,][0-9])", re.I
)
_IMAGING = re.compile(r"7|93[389]|0[0-9]{3}T")
_NAMES_A_PICTURE = compiled(
    r"[ ]{0,3}[|,:-]?[ ]{1,4}(?:[a-z]{3,14}[ ]){0,2}(?:nuclear|mri|mra|ct|cta|pet|spect|myocardial perfusion|"
    r"ultrasound|duplex|(?-i:US)(?=[ ][A-Z])|"
    r"doppler|echo\w{0,10}|radiolog\w{1,3}|mammogra\w{1,3})\b",
    re.I,
)
_CODE_SIDE = compiled(r"[ ]?[-,(]?[ ]?(RT|LT|left|right|bilateral)\b", re.I)
_SIDE_BEFORE_CODE = compiled(r"[ ](L|R|LT|RT|left|right|bilateral)[ ]{1,2}\Z", re.I)
_ZIP_BEFORE = compiled(r"\b(?:TX|OK|LA|AR|Texas|Oklahoma|Louisiana|Arkansas)\.?,?[ \n]{1,3}\Z")
_CODE_LABEL = compiled(
    r"\b(?:cpt|codes?|procedure|hcpcs|service)[ ]?(?:codes?|no\.?|number|"
    r"#)?[ ]?(?:\(s\))?[:# ]{0,3}(?:[0-9]{5}[, /&]{1,3}(?:and )?){0,6}\Z",
    re.I,
)
_ICD = compiled(r"(?<![\w.@/-])([A-TV-Z][0-9][0-9AB]\.[0-9A-Z]{1,4})(?![\w]|\.[0-9])", re.I)
_ICD_BARE = compiled(r"(?<![\w.@/-])([A-TV-Z][0-9][0-9AB][0-9A-Z]{0,4})(?![\w-]|[.][0-9A-Za-z])")
_ICD_HEAD = compiled(r"(?:dx|diag\w{0,6}|icd(?:[ -]?10)?)(?: codes?)?", re.I)
# "(78306, C61)": a diagnosis behind the study's code.
_BEHIND_A_CODE = compiled(r"(?<![0-9$.])(?:7[0-9]{4}|93[0-9]{3})\)?[,;/]{1,2}[ ]?\Z")
_ICD_LABEL = compiled(
    r"\b(?:dx|diagnos[ei]s|icd(?:[ -]?10)?(?:[ -]cm)?)(?: codes?| ?\(s\)|"
    r"es)?(?: (?:on|of|for|in|with) (?:the|"
    r"your) \w{3,14})?[:# ]{1,24}(?:[A-Z][0-9][0-9AB][0-9A-Z.]{0,5}[,; /&]{1,3}){0,8}\Z",
    re.I,
)


@dataclass(frozen=True)
class Study:
    """The study and what was found of it; every part is None or empty where the text does not say it."""

    id: Found | None = None
    modality: Found | None = None
    region: Found | None = None
    side: Found | None = None
    contrast: Found | None = None
    cpt: tuple[Found, ...] = ()
    icd10: tuple[Found, ...] = ()
    denied: bool = False
    """Whether the words put a study forward as the one asked for or denied (not only an earlier picture)."""
    named: bool = False
    """Whether a picture is named at all, an earlier one perhaps."""
    asked: tuple[tuple[int, int], ...] = ()
    """Where a study is named as one asked for, in the plain text: none of these is an earlier picture."""


@dataclass(frozen=True)
class _Mention:
    study: str | None
    modality: str
    region: str | None
    start: int
    end: int
    sentence: int
    score: float
    labelled: bool


@dataclass(frozen=True)
class _Data:
    modalities: tuple[tuple[str, re.Pattern[str]], ...]
    modality: re.Pattern[str]
    never: re.Pattern[str]
    regions: tuple[tuple[str, re.Pattern[str]], ...]
    region: re.Pattern[str]
    named: tuple[tuple[str, re.Pattern[str]], ...]
    name: re.Pattern[str]
    roles: dict[str, re.Pattern[str]]
    label: re.Pattern[str]
    codes: dict[str, str]
    joints: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _data() -> _Data:
    data = rules("studies")

    def each(name: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
        return tuple((key, pattern(phrases)) for key, phrases in data[name].items())

    def whole(name: str) -> re.Pattern[str]:
        return pattern(sorted((p for phrases in data[name].values() for p in phrases), key=len, reverse=True))

    labels = "|".join(rules("labels")["procedure"])
    return _Data(
        modalities=each("modalities"),
        modality=whole("modalities"),
        never=any_of(data["not_modality"]),
        regions=each("regions"),
        region=whole("regions"),
        named=each("named"),
        name=whole("named"),
        roles={name: pattern(phrases) for name, phrases in data["role"].items()},
        label=compiled(rf"[ ]?(?:[*-] |[0-9]{{1,2}}[.)] )?(?:{labels})[ ]?[:#]", re.I),
        codes={code: study for study, codes in data["cpt"].items() for code in codes},
        joints={code: tuple(joint["regions"]) for joint in data["joint_cpt"].values() for code in joint["codes"]},
    )


def _which(each: tuple[tuple[str, re.Pattern[str]], ...], words: str, text: str, start: int, end: int) -> str:
    """The id whose phrase is these words (a phrase may look ahead, so it is tried in place)."""
    for name, rule in each:
        hit = rule.match(text, start)
        if hit and hit.end() == end:
            return name
    return next(name for name, rule in each if rule.match(text, start))


def read_study(sentences: list[Sentence], text: str) -> Study:
    """The study that the text is about, its side and contrast, and the codes that stand in the text."""
    codes = _codes(text)
    icd10 = tuple(_icd10(text))
    decided = dict(_decided(text))
    mentions = [m for i, s in enumerate(sentences) for m in _in_sentence(i, s, codes)]
    mentions = [_weighed(m, decided, text) for m in mentions]
    best = _best(mentions) or _of_the_claim(mentions, text) or _only_one(mentions, text)
    if "denied" in decided.values():
        codes = [code for code in codes if decided.get(code.value) != "approved"]
    if best is None:
        return replace(_by_code(codes, sentences, icd10), named=bool(mentions))
    if _of_two(best, mentions):
        return Study(
            modality=Found(best.modality, best.start, best.end, 0.9), cpt=tuple(codes), icd10=icd10, denied=True,
            asked=tuple((m.start, m.end) for m in mentions if m.score > 0),
        )  # fmt: skip
    region, confidence = best.region, 0.97 if best.labelled else 0.93
    place = (best.start, best.end)
    study = best.study
    if study is None and region is None:
        study, region, confidence = _completed(best, codes, mentions, sentences)
    elif study is None:
        study = _named_by_code(best, codes)
    study = None if study and _other_kind(study, best, sentences) else _screening(study, text)
    if best.study == "pet-ct" and study is None:
        # "A PET scan of the brain" is no scan of the whole body.
        region = next((r for r in _regions(sentences[best.sentence]) if r in ("brain", "heart")), None)
    elif study == "pet-ct" and not _WHOLE_BODY.search(text):
        # "They denied the PET scan": of which parts nobody said.
        region = None
    # A stress echo has an id of none, and its code all the same.
    kept = tuple(_of_study(codes, study or best.study, best.modality, mentions))
    side = (
        _side(study, region, sentences, mentions, best, kept, text) if region in rules("studies")["lateral"] else None
    )
    return Study(
        id=Found(study, *place, confidence) if study else None,
        modality=Found(best.modality, *place, confidence),
        region=Found(region, *place, confidence) if region else None,
        side=side,
        contrast=_contrast(sentences, mentions, best),
        cpt=kept,
        icd10=icd10,
        denied=bool(kept) or best.labelled or not _no_picture(sentences),
        asked=tuple((m.start, m.end) for m in mentions if m.score > 0),
    )


# "72158 DENIED. 72148 would be approved": what was decided of each code.
_DECIDED = compiled(
    r"(?:[ ]?\((?i:with|without)[^)\n]{0,30}\))?[^.\n;0-9]{0,40}?\b(?P<what>denied|(?:not|non-?) ?(?:approved|"
    r"certified|"
    r"authorized|covered)|approved|authorized|certified|paid)\b",
    re.I,
)


def _decided(text: str) -> Iterator[tuple[str, str]]:
    """(code, "denied" or "approved") where the words right behind a code say so."""
    for code in _IMAGING.finditer(text):
        hit = _DECIDED.match(text, code.end())
        if hit:
            yield code.group(), "approved" if hit["what"].lower() in _SAID_YES else "denied"


_IMAGING = compiled(r"(?<![0-9$.])(?:7[0-9]{4}|93[0-9]{3})(?![0-9])")
_SAID_YES = frozenset({"approved", "authorized", "certified", "paid"})
_CODE_NEAR = 30
# The head of a radiologist's report: the picture was taken.
_REPORTED = compiled(r"\b(?:impression|findings|conclusion)[ ]?:", re.I)
_REPORT_LABEL = compiled(r"[ ]?(?:exam(?:ination)?|procedure|study)[ ]?:", re.I)


def _weighed(mention: _Mention, decided: dict[str, str], text: str) -> _Mention:
    """The mention with what was decided of its own code, or less where it heads a report of a picture taken."""
    own = _IMAGING.search(text, mention.start, mention.end + _CODE_NEAR)
    verdict = decided.get(own.group()) if own else None
    score = mention.score + {None: 0.0, "denied": 2.0, "approved": -_APPROVED_LESS}[verdict]
    line = text.rfind("\n", 0, mention.start) + 1
    reported = _REPORT_LABEL.match(text, line) and _REPORTED.search(text, mention.end)
    if reported and not _data().roles["denied"].search(text):
        score -= _APPROVED_LESS * 2
    return replace(mention, score=score)


_APPROVED_LESS = 4.0


# --- where studies are named -----------------------------------------------------------------------------------------


def _in_sentence(number: int, sentence: Sentence, codes: list[Found]) -> list[_Mention]:
    data, text = _data(), sentence.text
    if not (data.modality.search(text) or data.name.search(text)):
        return []
    spans: list[tuple[int, int, str | None, str]] = []
    named = [(m.start(), m.end(), _which(data.named, m.group(), text, *m.span())) for m in data.name.finditer(text)]
    for start, end, name in named:
        spans.append((start, end, name, rules("studies")["shown"][name][0]))
    never = [m.span() for m in data.never.finditer(text)]
    for m in data.modality.finditer(text):
        inside = any(a <= m.start() < b for a, b in [*((a, b) for a, b, _ in named), *never])
        if not inside:
            spans.append((m.start(), m.end(), None, _which(data.modalities, m.group(), text, *m.span())))
    spans.sort()
    regions = [
        (m.start(), m.end(), _which(data.regions, m.group(), text, *m.span()))
        for m in data.region.finditer(text) if not _by_a_nerve(text, m)
    ]
    has_code = any(sentence.start <= code.start < sentence.end for code in codes)
    label = data.label.match(text)
    found = []
    for i, (start, end, study, modality) in enumerate(spans):
        if modality == "xray":
            continue
        left = spans[i - 1][1] if i else 0
        right = spans[i + 1][0] if i + 1 < len(spans) else len(text)
        beyond = spans[i + 2][0] if i + 2 < len(spans) else len(text)
        region, first, last = _region_of(text, start, end, left, right, regions)
        # "Leg vein ultrasound denied, belly is fine": the part without a region stands before, so none behind is meant.
        if region and first > end and _other_parts().search(text, max(left, start - _BEFORE_IT), start):
            region, first, last = None, start, end
        if study is None:
            table = rules("studies")["studies"].get(modality, {})
            study = rules("studies")["any_region"].get(modality) or (table.get(region) if region else None)
        else:
            region, first, last = rules("studies")["shown"][study][1], start, end
        region = rules("studies")["region_as"].get(modality, {}).get(region, region)
        if study and region is None and modality in rules("studies")["any_region"]:
            region = rules("studies")["shown"][study][1]
        score = _role(
            text, max(left, min(start, first) - 50), min(start, first), max(end, last), min(right, max(end, last) + 70)
        )
        # "Wants CT + bone scan in place of PET": what is said behind the second is said of both.
        if _AND_ANOTHER.search(text, max(end, last), right) and _data().roles["other"].search(text, right, beyond):
            score -= 4.0
        score -= 4.0 if _is_told_of(text, min(end, last), max(start, first)) else 0.0
        score += (4.0 if label else 0.0) + (2.0 if has_code else 0.0) + (0.5 if region else 0.0)
        place = sentence.place(min(start, first), max(end, last))
        found.append(_Mention(study, modality, region, *place, number, score, bool(label or has_code)))
    return found


_AND_ANOTHER = compiled(r"[\w/ ,-]{0,16}(?:[+&]|\b(?:and|or))[ ](?:an? )?\Z", re.I)


def _region_of(
    text: str, start: int, end: int, left: int, right: int, regions: list[tuple[int, int, str]]
) -> tuple[str | None, int, int]:
    """The part of the body that belongs to a modality at start:end, with the words' place (start:end when none)."""
    best: tuple[float, str, int, int] | None = None
    for first, last, region in regions:
        if first >= end and first < right:
            gap = first - end
            distance = gap - 20 if _OF.match(text, end) else gap
            if gap > _WINDOW_AFTER:
                continue
        elif last <= start and last > left - 1:
            distance = start - last
            if distance > _WINDOW_BEFORE:
                continue
        elif first < end and last > start:
            distance = -30
        else:
            continue
        if best is None or distance < best[0]:
            best = (distance, region, first, last)
    return (best[1], best[2], best[3]) if best else (None, start, end)


def _is_told_of(text: str, start: int, end: int) -> bool:
    """Whether the words between a test and its part of the body tell of one done: "ultrasound last May showed a …"."""
    between = text[start:end]
    return bool(_WITH_A_RESULT.search("\x1f" + between) or _RESULT_BETWEEN.search(between))


_RESULT_BETWEEN = compiled(r"\b(?:show(?:s|ed|n)|found|revealed|demonstrated|said)\b", re.I)


def _role(text: str, left: int, start: int, end: int, right: int) -> float:
    """How much the words around say that this is the study asked for or denied."""
    roles = _data().roles
    near = text[left:start] + " \x1f " + text[end:right]
    score = 1.0
    denied = [m.span() for m in roles["denied"].finditer(near)]
    score += 3.0 if denied else 0.0
    score += 2.0 if roles["asked"].search(near) else 0.0
    if any(not any(a <= m.start() < b for a, b in denied) for m in roles["approved"].finditer(near)):
        score -= 2.0 if denied else 4.0
    # "They denied the echo because I had one 8 months ago": behind the "because" it is another picture.
    because = _BECAUSE.search(text, end, right) if denied else None
    told = near[: len(near) - (right - because.start())] if because else near
    # "Rolled my ankle in Sept, the doctor wants an MRI": what stands before the order is older than the test.
    ordered = list(_ORDERED.finditer(text, left, start))
    told = told[ordered[-1].start() - left :] if ordered else told
    told = "" if denied and _DONE_AND_UNPAID.match(text, end) else told
    earlier = roles["earlier"].search(told) or (not denied and _WITH_A_RESULT.search(told))
    score -= 4.0 if earlier else 0.0
    score -= 4.0 if roles["other"].search(near) else 0.0
    return score


# "CT chest 10/12/26: 3.4 cm mass", "echo said EF 35%", "bone scan said clear": a picture that was read, none asked for.
_WITH_A_RESULT = compiled(
    r"\x1f[^\x1f]{0,14}(?:[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{2,4})?[ ]?:|"
    r"(?:on [0-9a-z/ ,]{3,14})?\b(?:said|says|reads?|came back) (?:ef|clear|normal|clean|fine|ok|no|there|it|that|bad|"
    r"[0-9])|"
    r"(?:[\w.]{1,10} ){0,3}ago\b)|\bno acute\b|\bimpression[ ]?:|\bEF (?:was |is |of )?[0-9]{2}",
    re.I,
)
# "The MRI that I had done on October 2 is not covered": taken, and the one denied.
_DONE_AND_UNPAID = compiled(
    r"[^.;]{0,50}\b(?:done|had|taken|performed|got)\b[^.;]{0,60}?\b(?:is|was|got|are|were|isn't|wasn't|isnt|wasnt)"
    r"(?: not| never)? (?:being )?(?:covered|paid|denied|rejected|approved|refused)\b",
    re.I,
)
_ORDERED = compiled(r"\b(?:wants?|wanted|ordered|orders|requested|prescribed|put in for)\b", re.I)
_BECAUSE = compiled(
    r"\b(?:because|bc|cuz|cause|since|saying|they (?:say|said)|says|claiming)\b|"
    r"[,;-] ?(?:and |but |so )?(?:i|he|she|we|(?:my|her|his) \w{2,12})(?:'ve|'s)? (?:have|has|had|was|were|am|is|got|"
    r"just)\b",
    re.I,
)


def _best(mentions: list[_Mention]) -> _Mention | None:
    """The mention that stands for the study asked for; None when every one is an earlier or another test."""
    good = [m for m in mentions if m.score > 0]
    if not good:
        return None
    with_region = [m for m in good if m.study or m.region]
    top = max(m.score for m in good)
    # A named part of the body is worth more than the bare word "MRI" with a better verb beside it.
    choice = [m for m in with_region if m.score >= top - 4.5] or good
    return max(choice, key=lambda m: (m.score, -m.start))


_CLAIMED = compiled(r"\b(?:eob|claims?|bill(?:ed)?|remit\w{0,6}|explanation of benefits)\b", re.I)
_UNPAID = compiled(
    r"\b(?:denied|denial|rejected|refused|paid (?:zero|nothing|\$?0)|(?:won't|wont|didn't|did not|will not|"
    r"not) (?:be )?pa(?:y|id))\b",
    re.I,
)


def _of_the_claim(mentions: list[_Mention], text: str) -> _Mention | None:
    """The one picture of an unpaid claim: "a bill for my son's CT head from August 14" tells of one that was taken."""
    if not (_CLAIMED.search(text) and _UNPAID.search(text)):
        return None
    one = {(m.modality, m.region) for m in mentions}
    return mentions[0] if len(one) == 1 and mentions[0].region and mentions[0].score > -_APPROVED_LESS else None


def _only_one(mentions: list[_Mention], text: str) -> _Mention | None:
    """The one study of a paper that reports none taken, named with its label or code: an approval's."""
    one = {(m.study, m.region) for m in mentions if m.region}
    good = (m for m in mentions if m.labelled and m.region and m.score > -_APPROVED_LESS)
    return next(good, None) if len(one) == 1 and not _REPORTED.search(text) else None


_DENYING = compiled(
    r"\b(?:denied|deny|denying|(?:not|cannot|can't|unable to|couldn't|didn't) (?:be |to )?(?:approved?|authorized?|"
    r"certify|certified|cover\w{0,2})|request for|coverage (?:of|for)|declined|refused)[ :][^.;]{0,90}",
    re.I,
)


@lru_cache(maxsize=1)
def _not_imaging() -> re.Pattern[str]:
    return pattern(rules("studies")["not_imaging"])


def _no_picture(sentences: list[Sentence]) -> bool:
    """Whether the thing said to be denied is a treatment, a drug, a stay or a device, and a picture nowhere is."""
    other = False
    for sentence in sentences:
        for hit in _DENYING.finditer(sentence.text):
            what = _not_imaging().search(sentence.text, hit.start(), hit.end())
            picture = _data().modality.search(sentence.text, hit.start(), hit.end())
            if picture and (what is None or picture.start() < what.start()):
                return False
            other = other or what is not None
    return other


def of_no_picture(sentences: list[Sentence]) -> bool:
    """Whether a letter's subject, or what it says was asked for or denied, is a treatment, a drug or a device.

    What must come first ("until you have tried medicines") is not what was asked for.
    """
    asked = (hit.group() for s in sentences for rule in (_SUBJECT, _ASKED) for hit in rule.finditer(s.text))
    return any(_not_imaging().search(_CONDITION.split(words, maxsplit=1)[0]) for words in asked)


_SUBJECT = compiled(
    r"(?:\A|\n)[ ]{0,4}(?:re|regarding|subject|drug|medication|medicine|service|request|item|procedure|treatment)"
    r"(?: requested)?[ ]?:[^\n]{0,90}",
    re.I,
)
_ASKED = compiled(
    r"\b(?:denied|deny|(?:not|cannot|can't|unable to|couldn't|didn't) (?:be |to )?(?:approve|authorize|certify|cover)|"
    r"asked for|request for|coverage (?:of|for))[ ][^.;:]{0,60}",
    re.I,
)
_CONDITION = compiled(r"\b(?:until|unless|before|after|without|because|since|first|tried|mri|ct|scan|imaging)\b", re.I)


_ALIKE = 1.0
_WHOLE_BODY = compiled(
    r"\b(?:whole|full|total|entire)[ -]body\b|\bskull\b|\beyes to\b|\bmid-? ?thigh|(?<![0-9])7881[2356](?![0-9])", re.I
)


def _of_two(best: _Mention, mentions: list[_Mention]) -> bool:
    """Whether another study of the same kind is put forward just as well, each by label or code: neither is it."""
    return best.labelled and any(
        m.labelled and m.study and m.study != best.study and m.modality == best.modality
        and m.sentence != best.sentence and abs(m.score - best.score) <= _ALIKE
        for m in mentions
    )  # fmt: skip


def _completed(
    best: _Mention, codes: list[Found], mentions: list[_Mention], sentences: list[Sentence]
) -> tuple[str | None, str | None, float]:
    """(study, region, confidence) for a modality named without its part of the body."""
    data, shown = _data(), rules("studies")["shown"]
    by_code = {data.codes[c.value] for c in codes if c.value in data.codes}
    by_code = {study for study in by_code if shown[study][0] == best.modality}
    if len(by_code) == 1:
        study = by_code.pop()
        return study, shown[study][1], 0.9
    table = rules("studies")["studies"].get(best.modality, {})
    if _other_part(best, sentences):
        return None, None, 0.9
    others = {m.region for m in mentions if (m.modality != best.modality or m.score <= 0) and m.region}
    named = {region for s in sentences for region in _regions(s, hurting=True) if region in table} - others
    limbs = {region for c in codes if c.value in data.joints for region in data.joints[c.value]}
    if limbs:
        named &= limbs
    studies = {table[region] for region in named}
    if len(studies) == 1:
        region = sorted(named)[0]
        region = rules("studies")["region_as"].get(best.modality, {}).get(region, region)
        return studies.pop(), region, 0.6
    return None, None, 0.9


def _named_by_code(best: _Mention, codes: list[Found]) -> str | None:
    """The study that the codes name, where its part of the body is the one in the words."""
    data, shown = _data(), rules("studies")["shown"]
    named = {data.codes[code.value] for code in codes if code.value in data.codes}
    named = {study for study in named if tuple(shown[study]) == (best.modality, best.region)}
    return named.pop() if len(named) == 1 else None


@cache
def _other_kinds(study: str) -> re.Pattern[str]:
    return any_of(rules("studies")["other_kinds"].get(study))


def _other_kind(study: str, best: _Mention, sentences: list[Sentence]) -> bool:
    """Whether it is a test of another kind, which no study stands for: a stress echo, a PET scan of the brain."""
    sentence = sentences[best.sentence]
    return any(
        sentence.place(*hit.span())[0] - _NEAR_KIND <= best.end
        and sentence.place(*hit.span())[1] + _NEAR_KIND >= best.start
        for hit in _other_kinds(study).finditer(sentence.text)
    )


_NEAR_KIND = 20
_SCREENED = compiled(
    r"\b(?:it'?s|its|it is|that'?s|this is|was) (?:for |just |only )?(?:the |a |an |my |her |his )?(?:annual |yearly "
    r"|lung )*"
    r"(?:cancer )?screening\b(?! mammo)",
    re.I,
)


def _screening(study: str | None, text: str) -> str | None:
    """A CT of the chest that a person calls the screening is that study."""
    return "ldct-lung-screening" if study == "ct-chest" and _SCREENED.search(text) else study


def _other_part(best: _Mention, sentences: list[Sentence]) -> bool:
    """Whether the study is of a part of the body that has no region of its own: "leg vein ultrasound"."""
    sentence = sentences[best.sentence]
    return any(
        abs(sentence.place(*hit.span())[0] - best.start) <= _WINDOW_BEFORE
        for hit in _other_parts().finditer(sentence.text)
    )


@lru_cache(maxsize=1)
def _other_parts() -> re.Pattern[str]:
    return pattern(rules("studies")["other_parts"])


_BEFORE_IT = 16


# A foot or hand that is weak or numb is more often a matter of the spine than of the foot.
_BY_A_NERVE = compiled(
    r"\b(?:weak\w*|numb\w*|tingl\w*|pins and needles|shoot\w*|radiat\w*|travel\w*|go(?:es|ing)|runs?|"
    r"(?<!turn )(?<!turned )(?<!turning )(?<!turns )(?<!shot )(?<!turned me )(?<!turned us )(?<!turned her )"
    r"(?<!turned him )down|drop)\b"
    r"(?: (?:in|into|of|to|down|through|all|my|the|his|her|both|left|right|lower)){0,5} ?\Z", re.I
)
_NERVE_BEHIND = compiled(r" ?(?:is|are|feels?|goes|went|gets?|has been|drop)?(?: (?:all|so|very|really|kind of))? ?"
                         r"(?:weak|numb|tingl|asleep|drop\b)", re.I)  # fmt: skip


def _regions(sentence: Sentence, hurting: bool = False) -> list[str]:
    """The parts of the body that a sentence names; `hurting`: not those that are only weak or numb."""
    text = sentence.text
    hits = _data().region.finditer(text)
    return [_which(_data().regions, m.group(), text, *m.span()) for m in hits if not (hurting and _by_a_nerve(text, m))]


def _by_a_nerve(text: str, part: re.Match[str]) -> bool:
    before = _BY_A_NERVE.search(text, max(0, part.start() - 50), part.start())
    return before is not None or _NERVE_BEHIND.match(text, part.end()) is not None


def _by_code(codes: list[Found], sentences: list[Sentence], icd10: tuple[Found, ...]) -> Study:
    """The study that the codes alone name."""
    data, shown = _data(), rules("studies")["shown"]
    studies = {data.codes[c.value] for c in codes if c.value in data.codes}
    if len(studies) == 1:
        study = studies.pop()
        place = next((c.start, c.end) for c in codes if data.codes.get(c.value) == study)
        modality, region = shown[study]
        return Study(
            id=Found(study, *place, 0.9), modality=Found(modality, *place, 0.9), region=Found(region, *place, 0.85),
            cpt=tuple(codes), icd10=icd10, denied=True,
        )  # fmt: skip
    joint = next((c for c in codes if c.value in data.joints), None)
    if joint and not studies:
        named = {r for s in sentences for r in _regions(s)} & set(data.joints[joint.value])
        region = named.pop() if len(named) == 1 else None
        place = (joint.start, joint.end)
        return Study(
            id=Found(rules("studies")["studies"]["mri"][region], *place, 0.7) if region else None,
            modality=Found("mri", *place, 0.9), region=Found(region, *place, 0.7) if region else None,
            cpt=tuple(codes), icd10=icd10, denied=True,
        )  # fmt: skip
    return Study(cpt=tuple(codes), icd10=icd10, denied=bool(codes))


@lru_cache(maxsize=1)
def _contrasts() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, pattern(phrases)) for name, phrases in rules("studies")["contrast"].items())


def _contrast(sentences: list[Sentence], mentions: list[_Mention], best: _Mention) -> Found | None:
    """The contrast (`wo`, `w` or `wwo`) named beside the study, there or where it is named again."""
    for mention in [best, *(m for m in mentions if m is not best and m.study == best.study and m.score > 0)]:
        sentence = sentences[mention.sentence]
        for name, rule in _contrasts():
            for hit in rule.finditer(sentence.text):
                place = sentence.place(*hit.span())
                # "Help w denied shoulder MRI": a bare "w" is the contrast's only behind the study.
                if len(hit.group()) == 1 and place[0] < mention.end:
                    continue
                if _ASKED_WHAT.search(sentence.text, 0, hit.start()):
                    continue
                if place[0] - mention.end <= 60 and mention.start - place[1] <= 20:
                    return Found(name, *place, 0.9)
    return None


# "What's an MRI with contrast?": asked of contrast in general.
_ASKED_WHAT = compiled(
    r"\b(?:what(?:'s|s| is| are| does| do)|what if|how (?:is|does|do)|why (?:do|does|would|is)|difference between|"
    r"(?:is|are|does|do) (?=(?:an? )?(?:mri|ct|scan)s?\b))(?! (?:wrong|next))(?:(?! (?:my|his|her|denied|was|"
    r"the)\b)[^.?!]){0,30}\Z",
    re.I,
)


# --- side and codes --------------------------------------------------------------------------------------------------


@cache
def _side_rule(region: str) -> re.Pattern[str]:
    part = "|".join(rules("studies")["regions"][region])
    return compiled(
        rf"(?<![a-z0-9])(?:(?P<before>left|right|rt|lt|bilateral|bilat|b/l|both|\(?[lr]\)?)\.?[ -]{{1,2}}(?:sided? )?"
        rf"(?:(?:lower|upper) (?:extremity|limb|ext\.?) )?(?:joint |mri (?:of )?(?:the )?|my |"
        rf"of )?(?:{part})(?![a-z])"
        rf"|(?:{part})(?:[ ](?:mri|mr|ct|scan|arthrogram|ultrasound|us))?(?:[ ]?[,(/:-]{{1,2}}[ ]?|"
        rf"[ ])(?:joint )?(?:the )?"
        rf"(?P<after>left|right|rt|lt|bilateral|bilat|b/l|both(?= sides|[.,;)]|[ ]?\Z)|"
        rf"\(?[lr]\)?)(?![a-z']|/o\b)(?! (?:now|away|after)))",
        re.I,
    )


_BESIDE = 6
"""Characters between a study and the side that is its own, where the sentence names both sides."""
# The side in words of its own: "Laterality L", "Modifier: LT", "right one", "it's the left", "on your right side".
_SIDE_ALONE = compiled(
    r"\b(?:laterality|body side|side|modifier)[ ]?[:#=]?[ \n]{1,4}(?P<labelled>left|right|lt|rt|bilateral|both|l|r)\b|"
    r"\b(?:(?:it'?s|its|it is|that'?s) (?:on )?(?:the|my|her|his) |on (?:the|my|your|her|his) |, ?)"
    r"(?P<told>left|right)(?: (?:one|side))?(?=[.,;!)\n]|\Z)|"
    r"(?:(?<=[.;!?]\s)|\A)(?P<told2>left|right|both) (?:one|ones|sides?)\b",
    re.I,
)

# "No wait, they only denied the right one", "sorry, right": the side that a person puts right.
_SIDE_PUT_RIGHT = compiled(
    r"\bonly (?:the |my |her |his )?(left|right)(?: (?:one|side|\w{3,9}))?(?: (?:mri|ct|scan))?(?: \w{1,3})? "
    r"(?:was |is |got |were )?(?:denied|turned down|rejected|refused|not approved)|"
    r"\b(?:only|just) (?:denied|turned down|rejected|refused) (?:the |my |her |his )?(left|right)\b|"
    r"\b(?:no,? wait|sorry|i mean(?:t)?|oops|correction|scratch that|i said it wrong)[,. ]{1,3}"
    r"(?:(?:no|its|it'?s|it is|the|on|my|her|his|she|he) ){0,4}(left|right)(?= (?:one|side|knee|shoulder|hip|ankle|"
    r"foot|wrist|hand|elbow|breast)\b|[.,;!)\n]|\Z)"
    r"(?! (?:now|away|after|then|about|here))",
    re.I,
)


# "The order does not agree with the chart", "speak only of the right wrist": papers that name different sides.
_SIDES_DIFFER = compiled(
    r"\b(?:order|request|letter|claim|code|modifier|referral|denial)s? (?:\w{2,10} ){0,3}(?:does|do|did)(?: not|n't) "
    r"(?:agree|match|fit)\b|"
    r"\b(?:speaks?|talks?|tells?|describes?|mentions?|documents?|reports?) (?:\w{2,10} )?(?:only |just )(?:of |"
    r"about )?(?:the |a |your )?"
    r"(?:left|right)\b|\b(?:wrong|other|opposite|different|which) (?:side|knee|hip|shoulder|wrist|ankle|foot|"
    r"hand|elbow) "
    r"(?:is|was|on|in|they|we|meant|than|from)\b|\bmixed (?:it|them|that|this|the sides?|sides|something) up\b|"
    r"\b(?:diagnosis|dx)s? (?:is|was|says?|said|reads?) (?:for |on )?(?:the |a )?(?:left|right)\b|"
    r"\bsides? (?:differ|do not agree|don't (?:agree|match)|conflict)",
    re.I,
)


def _side(
    study: str | None, region: str | None, sentences: list[Sentence], mentions: list[_Mention], best: _Mention,
    codes: tuple[Found, ...], text: str,
) -> Found | None:  # fmt: skip
    """The side of the study, or None when it is not said or said in two ways."""
    if region is None:
        return None
    strong: list[Found] = []
    weak: list[Found] = []
    # An approval's own study weighs little, and it is the one that the paper is about.
    about = {best.sentence, *(m.sentence for m in mentions if m.study == study and m.score > 0)}
    # A line of another test, or of this one approved for the other side, says nothing of the side denied.
    apart = {m.sentence for m in mentions if m.score <= 0} - about
    for number, sentence in enumerate(sentences):
        for hit in _side_rule(region).finditer(sentence.text):
            side = _SIDES[(hit["before"] or hit["after"]).strip("()").lower()]
            place = sentence.place(*hit.span())
            if number in about:
                strong.append(Found(side, *place, 0.96))
            elif number not in apart and not _OTHER_SIDE.search(sentence.text):
                weak.append(Found(side, *place, 0.8))
    put_right = [*_SIDE_PUT_RIGHT.finditer(text)]
    if put_right:
        last = put_right[-1]
        named = next(words for words in last.groups() if words)
        return Found(_SIDES[named.lower()], *last.span(), 0.85)
    if len({found.value for found in (*strong, *weak)}) > 1 and _SIDES_DIFFER.search(text):
        return None
    whole = [sentence.place(0, len(sentence.text)) for sentence in sentences]
    for hit in _SIDE_ALONE.finditer(text):
        number = next((i for i, (first, last) in enumerate(whole) if first <= hit.start() < last), 0)
        near = bool(about & {number, number - 1}) or hit["labelled"]
        if number not in apart and near and not _OTHER_SIDE.search(sentences[number].text):
            weak.append(Found(_SIDES[(hit["labelled"] or hit["told"] or hit["told2"]).lower()], *hit.span(), 0.8))
    for code in codes:
        for written in re.finditer(rf"(?<![0-9]){code.value}", text):
            after = _CODE_SIDE.match(text, written.end()) or _SIDE_BEFORE_CODE.search(text, 0, written.start())
            after = after or _side_in_line(text, written.end())
            if after and not any(whole[i][0] <= written.start() < whole[i][1] for i in apart):
                place = (min(written.start(), after.start(1)), max(written.end(), after.end()))
                strong.append(Found(_SIDES[after[1].lower()], *place, 0.96))
    # What stands beside the study outweighs the sides of other things told: "R knee MRI denied. L knee scope 2019".
    said = strong or weak
    once = sum(m.study == study and m.score > 0 for m in mentions) == 1
    if once and len({found.value for found in said}) > 1:
        said = [f for f in strong if f.start <= best.end + _BESIDE and f.end >= best.start - _BESIDE]
    return said[0] if len({found.value for found in said}) == 1 else None


def _side_in_line(text: str, place: int) -> re.Match[str] | None:
    """The one "LT" or "RT" that stands in the rest of a code's line: "73721 MRI joint lower ext wo LT (hip)"."""
    end = text.find("\n", place)
    named = list(_LT_OR_RT.finditer(text, place, end if end >= 0 else len(text)))
    return named[0] if len(named) == 1 else None


_LT_OR_RT = re.compile(r"(?<![\w/-])(LT|RT)(?![\w/-])")


def _codes(text: str) -> list[Found]:
    """The imaging codes that stand in the text, each once, in order."""
    data = _data()
    found: dict[str, Found] = {}
    for hit in _CODE.finditer(text):
        code = hit[1]
        known = code in data.codes or code in data.joints
        before = text[max(0, hit.start() - 60) : hit.start()]
        labelled = _CODE_LABEL.search(before) or _behind_a_picture(text, hit.start())
        # "Ln 1  78452  Myocardial perfusion": a table names the picture behind its code.
        labelled = labelled or _NAMES_A_PICTURE.match(text, hit.end()) is not None
        if not known and not (_IMAGING.match(code) and labelled) and code[0] not in "CG":
            continue
        if _ZIP_BEFORE.search(before) or code in found:
            continue
        found[code] = Found(code, hit.start(1), hit.end(1), 0.97 if known else 0.9)
    return list(found.values())


def _behind_a_picture(text: str, place: int) -> bool:
    """Whether a picture's name ends right here or a word or two ago: "us thyroid 76536", "US of the neck (76536"."""
    hits = [hit for hit in _data().modality.finditer(text, max(0, place - 90), place + 5) if hit.end() <= place]
    if not hits or _which(_data().modalities, hits[-1].group(), text, *hits[-1].span()) == "xray":
        return False
    return bool(_A_PART_OR_TWO.fullmatch(text, hits[-1].end(), place))


_A_PART_OR_TWO = compiled(r"(?:,?[ ](?:of |the )?\(?[a-z/]{1,14}\)?){0,5}[ ]{0,40}[-(,:]?[ ]?", re.I)


def _of_study(codes: list[Found], study: str | None, modality: str, mentions: list[_Mention]) -> list[Found]:
    """The codes of this study: those of another study that is named in the words too are left out."""
    data = _data()
    others = {m.study for m in mentions if m.study and m.study != study}
    return [code for code in codes if data.codes.get(code.value) not in others]


def _icd10(text: str) -> list[Found]:
    found: dict[str, Found] = {}
    for hit in _ICD.finditer(text):
        found.setdefault(hit[1].upper(), Found(hit[1].upper(), hit.start(1), hit.end(1), 0.96))
    columns = [(cell.start, cell.end) for cell in cells(text) if _ICD_HEAD.fullmatch(cell.head)]
    for hit in _ICD_BARE.finditer(text):
        labelled = _ICD_LABEL.search(text, max(0, hit.start() - 70), hit.start())
        labelled = labelled or _BEHIND_A_CODE.search(text, max(0, hit.start() - 10), hit.start())
        if labelled or any(first <= hit.start() and hit.end() <= last for first, last in columns):
            found.setdefault(hit[1], Found(hit[1], hit.start(1), hit.end(1), 0.9))
    return sorted(found.values(), key=lambda f: f.start)
