"""The guidelines and policies that a denial names, as it writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from actions.reading.compiled import compiled
from actions.reading.found import Found, in_sentence
from actions.reading.text import Sentence

_CODE_NAMES = (
    r"(?:[A-Z]{2,5}-[A-Z]{2,8}[ -][0-9]{1,2}(?:\.[0-9]{1,2}){1,2}|[A-Z]{2,6}-[0-9]{1,4}(?:\.[0-9]{1,3}){0,2}|"
    r"[A-Z]{2}\.[A-Z]{2}\.[0-9]{3,4}(?:\.[0-9A-Z]{1,2}){0,2}|"
    r"RBM[0-9]{2}-[0-9]{4}(?:\.[0-9])?|"
    r"NIA_CG_[0-9]{1,4}|"
    r"(?:NCD|LCD|NCA)\)?[ :]{0,2}(?:[0-9]{2,3}(?:\.[0-9]{1,2}){1,2}|L[0-9]{5})|CPB[ ]?(?:no\.?|number|"
    r"#)?[ ]?[0-9]{4}|CAM[ ]?[0-9]{2,4}|"
    r"(?:ECG|Evolent)[_ ][0-9]{3,4}(?:-[0-9]{1,2})?|[A-Za-z]{2,12}_[A-Z]{1,4}_[0-9]{1,4}(?:-[0-9]{1,2})?|"
    r"RAD\.[0-9]{3,5})"
)
_TITLE_WORD = r"(?:(?!V[0-9])[A-Z][A-Za-z0-9/'-]{0,20}|and|And|AND|of|Of|OF|the|The|THE|for|For|FOR|&|eviCore|by|in)"
_NOUN = (
    r"(?:[Gg]uidelines?|GUIDELINES?|[Cc]riteria|CRITERIA|(?:[Cc]linical |[Mm]edical |[Cc]overage |CLINICAL |"
    r"MEDICAL |COVERAGE ){1,3}(?:[Pp]olic(?:y|ies)|POLICY)(?: [Bb]ulletin| BULLETIN)?|"
    r"[Cc]overage [Dd]etermination|COVERAGE DETERMINATION|Policy(?: Bulletin)?)"
)
_TITLE = compiled(
    rf"(?<![A-Za-z0-9])(?:{_TITLE_WORD}[ ](?:20[0-9]{{2}}[ ])?){{1,10}}{_NOUN}(?:[ ](?:for|"
    rf"on)(?:[ ]{_TITLE_WORD}){{1,6}})?"
    rf"(?:,?[ ]?(?:[Ss]ection|[Nn]umber|[Nn]o\.?|#)?[ :#-]{{0,3}}(?:{_CODE_NAMES}|"
    rf"[0-9]{{3,4}}(?:-[0-9]{{1,2}}|(?:\.[0-9]{{1,2}}){{1,2}})?(?![0-9/])))?"
    rf"(?:[ ,:-]{{1,3}}(?:[Ss]ection[ ])?(?:{_CODE_NAMES}[ :-]{{0,3}})?{_TITLE_WORD}(?:[ ]{_TITLE_WORD}){{0,8}})?"
    rf"(?:,?[ ]section[ ]{_CODE_NAMES}(?:[ ][A-Z][A-Za-z-]{{1,16}}(?:[ ](?:[A-Z][A-Za-z-]{{1,16}}|with|of|and|"
    rf"or)){{0,6}})?)?"
    rf"(?:,?[ ](?:[Vv]ersion[ ]|[Vv]|"
    rf"VERSION[ ])[0-9][0-9.]{{0,9}}[0-9](?:,?[ ](?:[Ss]ection[ ]|"
    rf"SECTION[ ])?{_CODE_NAMES})?)?(?:,?[ ](?:[Ee]ffective|EFFECTIVE|"
    rf"eff\.)[ ][0-9/]{{6,10}})?"
)
_BARE_CODE = compiled(rf"(?<![A-Za-z0-9.-]){_CODE_NAMES}(?![A-Za-z0-9-])")
_PUBLISHER = compiled(
    r"\b(?:odg by mcg(?:,? 20[0-9]{2}\b)?|odg|official disability guidelines?(?: \(odg\))?|"
    r"interqual(?:[ ®]{0,2}(?:20[0-9]{2}))?(?: criteria|"
    r" imaging criteria)?|"
    r"mcg(?: [a-z]{4,12}){0,2} [0-9]{1,2}(?:th|st|nd|rd) ed(?:ition|\.)?(?: \(20[0-9]{2}\))?(?:,? (?:acg:? "
    r")?[a-z]-[0-9]{4})?|"
    r"acr appropriateness criteria[ ,:-]{1,3}(?:[a-z/-]{2,20}[ ,]{1,2}){1,6}\(?20[0-9]{2}\)?|"
    r"sites? of (?:care|service) policy(?: for (?:(?:advanced|outpatient|high-? ?tech|diagnostic) )?imaging)?|"
    r"acr (?:lung|ti|li|bi|pi|o)-?rads|fleischner society(?:'s)?(?: 20[0-9]{2})? (?:recommendations?|guidelines?|"
    r"criteria)|fleischner(?:'s)?(?: 20[0-9]{2})?(?: (?:recommendations?|guidelines?|criteria))?|"
    r"nccn (?:[a-z-]{3,16} ){1,4}v(?:ersion)? ?[0-9]\.20[0-9]{2}|uspstf(?: 20[0-9]{2})?(?: recommendations?)?|mcg(?: "
    r"(?:health|"
    r"care guidelines|guidelines?|criteria))?(?: [0-9]{1,2}(?:th|st|nd|rd) edition)?|"
    r"milliman(?: care guidelines)?|acr appropriateness criteria|"
    r"(?-i:[A-Z]{3,5}(?:/[A-Z]{3,5}){0,4}) (?:20[0-9]{2} )?appropriate use criteria(?: for [a-z ]{4,40}?(?=[,.;(]))?|"
    r"american college of radiology(?: \(?acr\)?)?(?: appropriateness)? (?:criteria|guidelines?)|"
    r"acr (?:guidelines?|criteria)|"
    r"nccn(?: (?:clinical practice )?guidelines?)?|"
    r"(?:technology|medical|clinical|coverage|payment) (?:policy )?bulletin (?:no\.? |number )?[0-9]{2,4}|"
    r"(?:clinical policy bulletin|cpb)[ :#]{0,3}(?:(?:no\.?|"
    r"number)[ ])?[0-9]{4}|"
    r"(?:evi ?core|carelon|aim|nia|evolent|cohere|uhc|unitedhealthcare|cigna|aetna|humana|"
    r"anthem)(?:'s)? (?:\w{2,14} ){0,4}(?:guidelines?|criteria|medical policy|clinical policy))\b",
    re.I,
)
_NUMBERED = compiled(
    r"(?:\b(?:[A-Z][A-Za-z]{1,16}[ ]){0,5}(?:Policy|POLICY|Bulletin)[ ]"
    r"(?:[Nn]o\.?[ ]|[Nn]umber[ ]|#)?"
    r"(?:[A-Z]{1,5}-)?[0-9]{1,4}(?:[.-][0-9A-Z]{1,4}){1,3}(?![0-9-])|"
    r"\bpolicy[ ](?:no\.?[ ]|number[ ]|#)?[A-Z]{1,5}-[A-Z]{0,3}[0-9]{1,4}(?![0-9-])|"
    r"\b(?:Policy|POLICY|policy)[ ][A-Z]{2,4}[ ]?[0-9]{2,4}(?![0-9-])|"
    r"\b(?!29[ ]?C|45[ ]?C)[0-9]{1,2}[ ]?C\.?F\.?R\.?[ ](?:(?:[Ss]ection|[Pp]art|"
    r"\u00a7)[ ])?[0-9]{2,4}(?:\.[0-9]{1,4})?|"
    r"\b(?:[0-9]{1,3}[ ])?(?:[A-Z]\.){2,4}[A-Z]?\.?[ ](?:\u00a7{1,2}[ ]?)?[0-9]{1,4}(?:[-.:][0-9]{1,5}){1,3}"
    r"(?:\([0-9a-z]{1,3}\)){0,3}|"
    # The document of a plan by its article: "Plan Document, Article VII, section 7.4(c)".
    r"\b(?:Plan[ ](?:Document|Booklet)|(?:Summary )?Plan[ ]Description|SPD|Plan of Benefits|"
    r"(?:Evidence|Certificate)[ ]of[ ]Coverage|(?:Member|Benefit)[ ](?:Handbook|Booklet)|Brochure),?[ ]"
    r"(?:(?:Article|Chapter|Part|Appendix)[ ][IVXLC0-9]{1,6}(?:\.[0-9]{1,2})?[A-Z]?(?:,[ ])?)?"
    r"(?:(?:[Ss]ection|[Ss]ec\.|\u00a7)[ ]?[0-9]{1,3}(?:\.[0-9]{1,3}){0,2}(?:\([0-9a-z]{1,3}\)){0,2})?(?<=[0-9IVXLC)])|"
    r"(?<=[:,;][ ])L[0-9]{5}\b)"
)
"""A policy by its number alone ("Policy 6.01.52", "policy UM-7"), or a rule of law ("32 CFR 199.4")."""
# A code of the plan's own that a word before it makes a guideline's: "policy KM-Rad-6", "guideline (Marigold CG-112".
_OWN_CODE = compiled(
    r"\b(?:[Pp]olicy|POLICY|[Gg]uidelines?|GUIDELINES?|[Cc]riteria|CRITERIA|[Pp]athway|PATHWAY|[Ss]tandard|STANDARD|"
    r"[Pp]rotocol|PROTOCOL)(?:[ ](?:[Nn]umber|[Nn]o\.?|[Ss]ource|SOURCE|[Tt]itle|called|was|is|used|applied))*[ ]?"
    r"(?:[:#=]|[(]|[ ]{1,3})[ ]{0,3}\"?(?:the[ ]|our[ ])?"
    r"(?P<title>(?!FORM)(?:[A-Z][A-Za-z]{2,16}[ "
    r"]){0,3}(?:[A-Za-z]{2,12}_[A-Z]{1,4}_[0-9]{1,4}|"
    r"[A-Z]{1,5}[-.](?:[A-Z][A-Za-z]{0,5}[-.])?[0-9]{1,5}(?:[-.][0-9A-Z]{1,5}){0,2}|"
    r"[0-9]{1,2}\.[0-9]{2}\.[0-9]{2,4}|[0-9]{2}-[0-9]{3,6}(?:-[0-9]{1,3})?)(?![0-9/-])"
    r"(?:,?[ ][A-Z][a-z]{2,16}(?:[ ](?:of[ ](?:the[ ])?)?[A-Z][A-Za-z]{1,16}){0,5})?)"
)
_MANUAL = compiled(
    r"\b(?:[A-Z][A-Za-z]{2,16}[ ]){1,4}Manual(?:,?[ ](?:Chapter|Ch\.?|Part)[ ][0-9A-Z]{1,3})?"
    r"(?:,?[ ](?:[Ss]ection|[Ss]ec\.?|\u00a7)[ ]?[0-9]{1,3}(?:\.[0-9]{1,3}){0,2})?"
)
_NAMED_STANDARD = compiled(
    r"\b(?:called|titled|named|entitled)[ ]\"?(?P<title>(?:[A-Z][A-Za-z]{1,16}[ ]){1,6}"
    r"(?:Standard|Guideline|Policy|Pathway|Criteria|Protocol)(?:[ ][0-9]{1,4})?)"
)
# "NCCN is not used here": named, and not what the denial rests on.
_NOT_USED = compiled(
    r"(?:[ ][\w-]{3,14}){0,2}[ ](?:is|was|were|are|did|does|do)(?: not|n't)[ ](?:\w{3,8} )?(?:used|applied|"
    r"apply|cited|consulted)\b",
    re.I,
)
# "Ohio Administrative Code 5160-1-01", "WAC 182-531-0100", "7 AAC 105.100": a state's rule by the name of its code.
_STATES_RULE = compiled(
    r"(?-i:\b(?:[A-Z][a-z]{2,12}[ ]){1,2})(?:administrative (?:code|rules?)|"
    r"code of (?:state )?regulations|revised statutes|"
    r"(?:general|insurance|labor|public health|social services) (?:code|law|statutes)|health (?:and|&) safety code)"
    r",?[ ](?:(?:section|title|rule|chapter|part)s?[ ]|\u00a7{1,2}[ ]?)?[0-9]{1,5}(?:[-.:][0-9a-z]{1,6}){0,4}"
    r"(?:\([0-9a-z]{1,2}\)){0,3}|"
    r"(?-i:\b[0-9]{1,3}[ ](?:AAC|AAR|NYCRR|CCR|CMR|DMR|IAC|KAR|LAC|MCAR|NAC|NCAC|NMAC|OAC|TAC|VAC))[ ](?:\u00a7[ ]?)?"
    r"[0-9]{1,5}(?:[-.:][0-9]{1,5}){0,3}(?:\([0-9a-z]{1,2}\)){0,3}|"
    r"(?-i:\b(?:WAC|OAR|OAC|COMAR|HAR|MCA|RCW|ARSD|ARM|NJAC|OAC))[ ][0-9]{1,5}(?:[-.:][0-9]{1,5}){1,4}"
    r"(?:\([0-9a-z]{1,2}\)){0,3}",
    re.I,
)
# "Our coverage policy for sinus CT (S-114)": the number in brackets behind what it is about.
_BRACKETED = compiled(
    r"\b(?:coverage|medical|clinical|payment|reimbursement|imaging) (?:policy|guideline)(?: bulletin)?"
    r" (?:for|on)(?: [\w/&'-]{2,16}){1,7} \((?-i:[A-Z]{1,5})[ .-]{0,2}[0-9]{2,6}(?:[.-][0-9]{1,4}){0,2}\)",
    re.I,
)
# A state's own code by its letters, where a label says that the denial rests on it: "BASIS: 7 AAC 105.100(5)".
_STATE_CODE = compiled(
    r"\b(?:basis|authority|rule|criteria|regulation|cite)[ ]?:[ ](?P<title>[0-9]{1,3}[ ](?-i:[A-Z]{3,5})[ ]"
    r"[0-9]{1,5}(?:[.:-][0-9]{1,5}){0,3}(?:\([0-9a-z]{1,2}\)){0,3})",
    re.I,
)
_SUBJECT = compiled(
    r"imag|spine|radiolog|brain|head\b|knee|musculo|mri|\bct\b|cardi|chest|abdom|pet\b|ultrasound|breast|"
    r"oncolog|neuro|clinical guideline|bulletin|determination",
    re.I,
)
_NOT_CRITERIA = compiled(
    r"\b(?:privacy|appeals? polic|notice of|your policy|insurance policy|the policy|following criteria|"
    r"approval criteria|(?:local|national) coverage determination\Z|appropriateness criteria\Z)\b",
    re.I,
)
_LEADING = compiled(
    r"\A(?:(?:SEE|See|see|WHICH|RULE|Rule|Which|THE|CRITERIA|Criteria|Policy|POLICY|GUIDELINES?|Guidelines?|Based|Per|PER|On|The|"
    r"Our|"
    r"We|Used|Using|20[0-9]{2}|"
    r"Under|In|And|For|Of|By|the|and|of|for|by|in|According|To|This|Your)[ :]+)+"
)
# Section codes of the reviewers' books: spine, musculoskeletal, head, chest, abdomen, heart, vessels, cancer and so on.
_SECTION = compiled(r"(?:SP|MS|HD|CH|AB|CD|PV|PVD|ONC|NECK|BR|PN|PND|PEL|PEDS?[A-Z]{0,4}|MSK|RAD|NM)-[0-9]", re.I)


_LABELLED_CRITERIA = compiled(
    r"(?:(?:guidelines?|criteria|clinical policy|medical policy|policy|reference|standard|rule)(?: (?:we|they|"
    r"that was|which was)"
    r"(?: have)?)?(?: (?:used|applied|cited|consulted|followed|relied on|reference|"
    r"name)(?: by(?: \w{2,10}){1,3})?)?(?: (?:was|were|is))?|(?:\bsource|we used|based on|"
    r"references?)):?[ ](?<=:[ ])[ ]{0,2}(?P<title>(?-i:[A-Z0-9]|"
    r"evi[A-Z0-9c])[^.;\n]{3,90}(?:\.[0-9][^.;\n]{0,24}){0,4})",
    re.I,
)
_NAMED_CRITERIA = compiled(
    rf"\b(?:[Pp]olicy|[Gg]uidelines?)(?:,| called| titled| for| is| was|"
    rf" on)?[ ]\"?(?P<title>(?!Bulletin\b)(?:[A-Z]{{2,4}}-[A-Z0-9-]{{2,10}}|"
    rf"[A-Z][a-z]{{2,16}})(?:[ ]{_TITLE_WORD}){{1,8}}(?:[ ,(]{{1,3}}{_CODE_NAMES}\)?)?)"
)


# "Carelon Oncologic Imaging", "NIA Spine Imaging": a reviewer's book by its name and its subject.
_SUBJECT_BOOK = compiled(
    r"\b(?:[Ee]vi[Cc]ore|EVICORE|Carelon|CARELON|AIM|NIA|Evolent|EVOLENT|Cohere|InterQual|INTERQUAL|MCG|"
    r"TurningPoint)(?:'s)?[ ]"
    r"(?:(?:Advanced|Oncologic|Oncology|Spine|Musculoskeletal|Brain|Head|Neck|Chest|Abdomen|Cardiac|Vascular|Breast|"
    r"Extremity|Joint|Diagnostic|Radiology|Pediatric|Neuro|and|&|Head/Neck|Abdominal|Pelvic)[ ]){1,5}Imaging\b"
    r"(?! (?:denied|reviewed|department|has|is|and|unit|team|review)\b)"
)
# "the American College of Cardiology valve guideline", "ACOEM": learned societies' own.
_SOCIETY = compiled(
    r"\b(?:(?:American|National|European)[ ](?:College|Academy|Society|Association|Heart Association|Cancer Society|"
    r"Institute)"
    r"(?:[ ](?:of|for)(?:[ ](?:the[ ])?[A-Z][a-z]{2,16}(?:[ ]and)?){1,3})?[ ](?:\w{3,14}[ ]){0,3}"
    r"(?:[Gg]uidelines?|[Cc]riteria|[Rr]ecommendations?|[Ss]tatement)|ACOEM(?:[ ](?:guidelines?|"
    r"practice guidelines?))?)\b"
)
_BOOK = compiled(
    r"\b(?:evi ?core|carelon|aim|nia|evolent|cohere|interqual|mcg|turning ?point)(?:'s)?[ ](?!is\b|has\b|reviewed\b|"
    r"for\b|denied\b)"
    r"(?:[a-z][a-z/&-]{1,16}[ ]){1,6}(?:v(?:ersion)?[ ]?[0-9][0-9.]{0,9}|20[0-9]{2}(?:[-.][0-9]{1,2}){0,2})"
    r"(?:,?[ ]section[ ][a-z0-9]{1,14}(?:[.-][0-9]{1,3}){0,3})?",
    re.I,
)
"""A reviewer's book by its subject and edition, without the word "guideline": "Carelon Spine Imaging 2026-02"."""
_INSURED_POLICY = compiled(
    r"\b(?:your|insurance|group|member|insured|policy ?holder)\b[^.;]{0,24}\b(?:policy|id)\b",
    re.I,
)
_PROSE = compiled(
    r"\b(?:we|you|your|on|by|at|was|were|is|are|reviewed|request\w{0,2}|received|decision|since|until|effective)\b",
    re.I,
)


# "Cardinal Point MSK Guideline MS-19": whose guideline it is stands before the word.
_BOOK_BEFORE = compiled(r"(?<![A-Za-z0-9])(?:[A-Z][A-Za-z&'-]{1,16}[ ]){1,5}\Z")
_NOT_A_BOOK = compiled(
    r"\b(?:The|Our|Your|This|Per|Under|By|Using|Used|See|Criteria|Rule|Which|Medical|Clinical|Based|On)\b",
)


_REVIEWERS = compiled(r"\b(?:evi ?core|carelon|aim|nia|evolent|cohere|interqual|mcg|turning ?point)\b", re.I)
# "…: Extremity, MRI may be considered when …": the rule's own text is no part of its name.
_RULE_TEXT = compiled(
    r"(?:[,:]? (?:an? |the )?(?:MRI|MRA|CT|CTA|PET|imaging|this|it)(?: [a-z]{2,12}){0,2})?[,]? (?:may|must|should|"
    r"shall|requires?|"
    r"can|could|would|will|is|are|was|were|has|have|states?|says?|asks?|needs?|calls for|supports?|recommends?)\b.*\Z"
)
_OPEN_END = compiled(r"[ ,]+(?:[Ss]ections?(?:\(s)?|and|of|for|the|[Nn]umber|last reviewed.*|\()\Z")


def _whole_name(text: str, start: int, end: int) -> str:
    """The name at start:end, without a word cut in half, the rule's own text or an open end."""
    words = text[start:end]
    if text[end : end + 1].isalnum() and words[-1:].isalnum():
        words = words[: words.rfind(" ")] if " " in words else words
    words = _RULE_TEXT.sub("", words).rstrip(" ,.:-")
    return _OPEN_END.sub("", words).rstrip(" ,.:-")


def criteria_cited(sentences: list[Sentence]) -> Iterator[Found]:
    """Guidelines and policies the text names, as written."""
    seen: set[str] = set()
    for sentence in sentences:
        text = sentence.text
        spans: list[tuple[int, int, float]] = []
        for rule in (_NAMED_STANDARD, _STATE_CODE):
            spans += [(*hit.span("title"), 0.9) for hit in rule.finditer(text)]
        for rule in (_LABELLED_CRITERIA, _NAMED_CRITERIA):
            for hit in rule.finditer(text):
                if any(a < hit.end("title") and hit.start("title") < b for a, b, _ in spans):
                    continue
                if _SUBJECT.search(hit["title"]) or _BARE_CODE.search(hit["title"]):
                    first, last = hit.span("title")
                    book = _BOOK_BEFORE.search(text, max(0, hit.start() - 80), hit.start())
                    whose = _BARE_CODE.match(hit["title"]) or (book and _REVIEWERS.search(book.group()))
                    if book and whose and not _NOT_A_BOOK.search(book.group()):
                        first = book.start()
                    spans.append((first, last, 0.9))
        for hit in _TITLE.finditer(text):
            start = hit.start() + len(m.group()) if (m := _LEADING.match(hit.group())) else hit.start()
            words = text[start : hit.end()]
            named = len(words.split()) >= 3 or _BARE_CODE.search(words) or _PUBLISHER.search(words)
            if any(a < hit.end() and start < b for a, b, _ in spans):
                continue
            if named and not _NOT_CRITERIA.search(words) and (_SUBJECT.search(words) or _BARE_CODE.search(words)):
                spans.append((start, hit.end(), 0.9))
        for hit in _BOOK.finditer(text):
            whole = _SUBJECT.search(hit.group()) and not _PROSE.search(hit.group())
            if whole and not any(a < hit.end() and hit.start() < b for a, b, _ in spans):
                spans.append((*hit.span(), 0.9))
        for rule, confidence in (
            (_STATES_RULE, 0.85),
            (_BRACKETED, 0.85),
            (_SUBJECT_BOOK, 0.85),
            (_SOCIETY, 0.85),
            (_PUBLISHER, 0.92),
            (_NUMBERED, 0.85),
            (_OWN_CODE, 0.85),
            (_MANUAL, 0.85),
            (_BARE_CODE, 0.85),
        ):
            for hit in rule.finditer(text):
                code = hit.group()
                if rule is _BARE_CODE and re.match(r"[A-Z]{2,6}-[0-9]", code) and not _SECTION.match(code):
                    continue
                first, last = hit.span("title") if rule is _OWN_CODE else hit.span()
                insured = rule is _OWN_CODE and _INSURED_POLICY.search(text, max(0, first - 30), last)
                if not insured and not any(a < last and first < b for a, b, _ in spans):
                    spans.append((first, last, confidence))
        for start, end, confidence in sorted(spans):
            if _NOT_USED.match(text, end):
                continue
            start += len("See ") if text[start : start + 4].lower() == "see " else 0
            words = _whole_name(text, start, end)
            if words.lower() not in seen:
                seen.add(words.lower())
                yield in_sentence(words, sentence, (start, start + len(words)), confidence)
