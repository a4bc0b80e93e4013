"""What a denial says can be done: the time to appeal, the call between the doctors, an expedited review."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from actions.reading import told
from actions.reading.compiled import compiled
from actions.reading.dates import DateHit
from actions.reading.found import Found, in_sentence
from actions.reading.text import Sentence


@dataclass(frozen=True)
class Deadline:
    """The time to appeal as the text puts it: its words, a number of days, or a date."""

    words: Found
    days: int | None
    date: date | None


_NUMBER_WORDS = {
    "one hundred eighty": 180, "one hundred and eighty": 180, "sixty": 60, "sixty-five": 65, "sixty five": 65,
    "ninety": 90, "thirty": 30, "one hundred twenty": 120, "one hundred and twenty": 120, "forty-five": 45,
    "a hundred and eighty": 180, "a hundred eighty": 180, "forty five": 45, "six": 6, "four": 4, "one eighty": 180,
    "one-eighty": 180, "one twenty": 120, "one": 1, "a": 1, "twelve": 12,
}  # fmt: skip
_IN_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_TIME = compiled(
    rf"(?<![0-9a-z./$-])(?:(?P<w>{_IN_WORDS})(?:[ ]?\([ ]?[0-9]{{1,3}}[ ]?\))?|"
    r"(?P<n>[0-9]{1,3})\)?)[ -]{0,2}(?:(?:calendar|cal\.?|business|bus\.?|working|consecutive)[ -])?(?P<unit>days?|d|"
    r"months?|mos?|years?)\b"
    r"(?P<since>[ ](?:of|from|fr|frm|after|following|since)[ ](?:(?:the |this |your |my )?(?:date|day|mailing|receipt|"
    r"notice|letter|ltr|"
    r"denial|decision|eob|statement|today|time)|receiving|getting|receipt|you|when|today|i (?:got|get)|this|it|"
    r"initial|the)\b"
    r"[^.,;:()]{0,70})?",
    re.I,
)
_LEAD = compiled(
    r"(?:\b(?:within|in|no (?:later|more) than|not (?:later|more) than|up to|ha(?:ve|s|d)|'ve|got|gives?(?: \w{2,6})?|"
    r"gave(?: \w{2,6})?|"
    r"get|before|inside|there'?s|there is|window(?: of| (?:to|for) \w{3,12}(?: this)?(?: is)?)?|that'?s|that is|"
    r"which is|"
    r"deadline(?: is)?|limit(?: is)?|apl|appeals?(?: is| are)?)|[:(,-]|[.]{3})[ ]{0,2}"
    r"(?:the |only |just |at least |about |a |an |next |first |full )*\Z",
    re.I,
)
_APPEAL = compiled(
    r"\b(?:appeals?|apl|appealing|have (?:this|the|our) (?:decision|denial) reviewed|reconsider(?:ation|ed)?|"
    r"grievances?|disagree|don't agree|do not agree|disputes?|"
    r"internal review|"
    r"redetermination|look (?:at it |at this )?again|second[- ]level review|looked? at (?:this )?again|"
    r"contest(?:ed)?|complain|second look|(?:written )?requests? for (?:a )?review|"
    r"(?:ask|submit(?:ted)?|apply) for (?:a )?review|application for independent medical review|"
    r"review (?:of )?(?:this|our|the|your) "
    r"(?:decision|claim|denial)|review this)\b",
    re.I,
)
_CARRIED = 4
"""Sentences behind one about an appeal in which its time may still be said."""
_SHORTEST = 30
"""Days: a shorter time is a doctor's for a second look, not a member's to appeal."""
_FROM_THE_LETTER = compiled(r"[ ]\w{2,9}[ ](?:(?:the|this) )?(?:date|letter|notice|denial|decision)", re.I)
_BESIDE = 60
"""Characters before a time in which an appeal is named, where a form leaves out "within"."""
_LATER_STEP = compiled(r"\b(?:second[- ]level|level (?:two|2)|second appeal)\b", re.I)
_NOT_APPEAL_TIME = compiled(
    r"\b(?:we filed|(?:their|the|our|claims?|timely|(?<!appeal )filing) limit|we(?:'ll| will| must| have| shall| can|"
    r" usually)? (?:\w{2,10} )?(?:decide|give|answer|tell|reply|respond|"
    r"review|finish|"
    r"complete|send|make|resolve|process)|you(?:'ll| will| should) (?:have|get|hear|receive|be (?:told|sent))|"
    r"(?:give|have|get) (?:you )?(?:a|an|our|the) (?:\w{3,8} )?(?:decision|answer)|(?:(?:an?|written|"
    r"final) (?:decision|answer)|finished|"
    r"completed|decided|answered|resolved|takes?|taken) (?:with)?in|(?:office|doctor|provider|physician) (?:may|can|"
    r"could) (?:\w{3,6} )?(?:call|talk|discuss|speak|phone|telephone)|"
    r"(?:talk|discuss|speak)\b[^.]{0,40}\b(?:doctor|physician|reviewer|medical director)|"
    r"peer|p2p|discussion|doctor (?:may|can|could) call|provider (?:may|can) call|external|"
    r"(?<!application for )independent|outside (?:doctor|review)|hearing|keep|continu\w{1,6}|respond|"
    r"your request (?:was|for)|copy of|old|"
    r"scheduled|representative form|(?:naming|name|appoint) (?:a|your) representative|court|lawsuit|civil (?:action|"
    r"rights)|discrimination|complaint about|hours|statute|"
    r"claims? (?:may|must|has to|have to|can) be|other (?:time )?limits|corrected claim|new (?:request|order)|"
    r"commissioner|opm|reopens?|"
    r"waiting)\b",
    re.I,
)
_OF_CARE = compiled(
    r"\b(?:therapy|treatments?|pain|hurts?|symptoms?|supply|meds?|medicines?|scan (?:is|in)|screening)\b|"
    r"\bfor (?:about |the )?(?:last |past )?\Z",
    re.I,
)
_NOT_APPEAL_AFTER = compiled(
    r"[ )]{0,2}(?:(?:of|for)[ ](?:\w{3,14} )?(?:therapy|pt\b|treatment|care|pain|medic|symptom|physical|rest|exercis|"
    r"supply)|ago|to (?:answer|"
    r"decide|respond|reply|review|get (?:a|an))|(?:of|from|after|following)[ ](?:our|the|that|its|this)[ ](?:final|"
    r"last|appeal|"
    r"second|grievance|upheld|hearing|review|service|letter upholding|"
    r"date of our (?:final|last|appeal|second|grievance|review))|(?:of|from|after|following)[ ](?:dos|"
    r"(?:the )?date of service(?! of (?:this|the|our) (?:decision|notice|letter|determination)))\b|after (?:service|"
    r"the service|dos)|supply|"
    r"[,.]? (?:for|to set up|to call|to speak) (?:a )?(?:p2p|peer)|later|earlier|prior|before)",
    re.I,
)
_LAST_DAY = compiled(
    r"\b(?:(?:appeals?|file|filed|ask|received?|request\w{0,3}|submitted|send|sent|reply|deadline|due|respond|"
    r"postmarked|arrive|redetermination|be in|"
    r"dispute|contest|complain|fight|reconsideration|grievance|write|reach(?:es)?|need|want|must have|must get|"
    r"tell us|let us know|call us|notify us|contact us|get it to us|mail(?:ed)?|fax(?:ed)?|hand in|"
    r"have to have)\b[^.;]{0,60}?\b(?:by|until|till?|thru|through|before|"
    r"on or before|no later than|not later than|is|due|:)(?: (?:the )?(?:close of business|"
    r"end of (?:the )?(?:business )?day|"
    r"midnight|5 ?p\.?m\.?))?(?: on| of)?|"
    r"appeals?\b[^.;]{0,40}?\b(?:expires?|ends?|closes?|runs? out|lapses?)(?: on)?|"
    r"appeal (?:period|window|time)[^.;\n]{0,30}?(?:-|\bto|\bthrough|\bthru)|"
    r"(?:days|months)\b[^.;()]{0,60}\((?:until |by |through |that is,? |i\.e\.,? |or |on or before |no later than )?|"
    r"(?:gave|gives?|given) (?:me|us|him|her|you|them) (?:only )?(?:until|till?|til)|"
    r"last (?:day|date)(?: (?:to|you can|for|on which)[^.;]{0,40}?)?(?: is|:)?|(?:have|has|got|open) (?:until|till?|"
    r"thru|through)|"
    r"(?:appeal|filing) deadline(?: is| date)?:?|appeal (?:due|by)(?: date)?:?|deadline(?: to appeal)?(?: is)?:?|"
    r"(?:that means|meaning|that is|which is|so i (?:figure|count|think)|i (?:figure|count)|that makes it|so|"
    r"i\.e\.),? (?:by|until|till?|thru|not later than|no later than|"
    r"on or before)?|"
    r"(?<!doctor)(?<!clinician)(?<!provider)(?<!phone)(?<!facts)(?<!call)[ ](?:-|:|\.{2,})[ ](?:by|until|"
    r"no later than))"
    r"[ ]{0,3}\Z",
    re.I,
)
_NOT_LAST_DAY = compiled(
    r"\b(?:good|valid|approved|authorized|cycle|chemo\w{0,7}|infusion|surgery|operation|treatment|"
    r"(?<!appeal rights )expires?|next meet|scheduled|appointment|visit)\b",
    re.I,
)


def appeal_deadline(
    sentences: list[Sentence], hits: list[DateHit], since: date | None, today: date, *, letter: bool = True
) -> Deadline | None:
    """The time the text gives for the next appeal to the plan: not its time to decide, a call's or an outside review's.

    `since` is the notice's date where known: no time to appeal ends before it. A later step counts only where no
    first one is named. Outside a letter a bare "180 days" is that time too.
    """
    # Where the state itself decides, its hearing is the appeal: none to a plan is spoken of.
    about_it = _APPEAL if any(_APPEAL.search(sentence.text) for sentence in sentences) else _HEARING
    spoken: list[tuple[int, Found, int | None]] = []
    dated: list[tuple[Found, date]] = []
    carried = 0
    for place, sentence in enumerate(sentences):
        carried = _CARRIED if about_it.search(sentence.text) else carried - 1
        # "You have 180 days. That means your appeal must …": the time may be said a sentence before the appeal.
        behind = sentences[place + 1].text if place + 1 < len(sentences) else ""
        about = carried > 0 or bool(_YOU_HAVE.search(sentence.text) and about_it.search(behind))
        for rank, span, number in _times(sentence.text, about=about, letter=letter, hearing_only=about_it is _HEARING):
            spoken.append((rank, in_sentence(None, sentence, span, 0.9), number))
        if not letter:
            bare = _BARE_NUMBER.search(sentence.text)
            if bare:
                spoken.append((1, in_sentence(None, sentence, bare.span(), 0.8), int(bare["a"] or bare["b"])))
        speaks = carried > 0 or _SPEAKS_OF_A_DAY.search(sentence.text) or (not letter and spoken)
        if not dated and (speaks or (not letter and _THEY_GAVE.search(sentence.text))):
            dated = list(_last_days(sentence, hits, since, today))
    turns = [s.place(at, at)[0] for s in sentences if (at := told.newest_from(s.text)) is not None and not letter]
    # "I had 180 days, did the PT, now they denied it again": the old letter's clock is over.
    spoken = [each for each in spoken if not turns or each[1].start >= turns[0]]
    best = min(spoken, key=lambda each: (each[0], each[1].start), default=None)
    if best is None and letter:
        outside = _outside_review(sentences)
        # "Within 90 days after the date of this letter, which is February 1": one time by both.
        best = outside if outside and (not dated or outside[1].end <= dated[0][0].end) else None
    if best is None and not dated:
        return None
    words = best[1] if best else dated[0][0]
    return Deadline(words, best[2] if best else None, dated[0][1] if dated else None)


def _outside_review(sentences: list[Sentence]) -> tuple[int, Found, int | None] | None:
    """The time for a review outside the plan, where the plan has given its last answer and no other time is left."""
    if not any(_LAST_ANSWER.search(sentence.text) for sentence in sentences):
        return None
    for sentence in sentences:
        for hit in _TIME.finditer(sentence.text) if _OUTSIDE.search(sentence.text) else ():
            lead = _LEAD.search(sentence.text, max(0, hit.start() - 40), hit.start())
            if lead and hit["since"] and not _WE_ANSWER.search(sentence.text, 0, hit.start()):
                months = hit["unit"].lower()[0] in "my"
                number = int(hit["n"]) if hit["n"] else _NUMBER_WORDS[" ".join(hit["w"].lower().split())]
                return 3, in_sentence(None, sentence, (lead.start(), hit.end()), 0.8), None if months else number
    return None


_OUTSIDE = compiled(r"\b(?:external|independent|outside) (?:\w{3,12} )?reviews?\b|\bopm\b|\bexternal appeals?\b", re.I)
_LAST_ANSWER = compiled(
    r"\b(?:final (?:internal )?(?:adverse )?(?:decision|determination|answer|denial)|second[- ](?:level|step|stage)|"
    r"stage (?:two|2)|level (?:two|2)|uphold(?:s|ing)?|upheld|(?:decision|denial|answer|determination) "
    r"(?:still )?(?:stays|remains|stands|is unchanged|has not changed|does not change|is the same)|"
    r"agrees? with (?:the|our) (?:first|original|initial|"
    r"earlier) (?:decision|denial|determination)|completes (?:our|the) internal|"
    r"no (?:more|further) (?:internal )?appeals?)\b",
    re.I,
)
_WE_ANSWER = compiled(r"\b(?:decide|decision|answer|reply|complete)\w{0,3} (?:\w{2,8} )?within\b", re.I)


_SPEAKS_OF_A_DAY = compiled(r"\blast day\b|\bdeadline\b", re.I)
_THEY_GAVE = compiled(
    r"\b(?:gave|gives?|given) (?:me|us|him|her|them) (?:only )?(?:until|till?|til)\b|\b(?:i|we|you|he|"
    r"she)(?:'ve)? (?:have|has|got|only have) (?:until|till?|til)\b",
    re.I,
)
_YOU_HAVE = compiled(r"\byou(?:'ve)? (?:have|get|got|are given)\b|\bmembers? (?:have|has)\b", re.I)
# Staff leave the days out: "otherwise appeal, 180", "180 to appeal".
_BARE_NUMBER = compiled(
    r"\bappeals?,?(?: is| are| =|:)?(?: w/?in| within| in)? (?P<a>60|65|90|120|180)(?![0-9/.,-]|[ -]?(?:days?|"
    r"hours?|hrs?|h|"
    r"min|%|mg)\b)|(?<![0-9/.$#-])(?P<b>60|65|90|120|180) (?:to|for) (?:an? )?appeal\b",
    re.I,
)
_ELSE = compiled(r"\bor\b|[.;]")
_FROM = re.compile(r"(?:from|since|after)\b", re.I)


def _last_days(
    sentence: Sentence, hits: list[DateHit], since: date | None, today: date
) -> Iterator[tuple[Found, date]]:
    """The days up to which the sentence lets one appeal, with the words from the cue to the day."""
    for hit in hits:
        if not (sentence.start <= hit.start < sentence.end):
            continue
        inside = _offset(sentence, hit.start)
        cue = _LAST_DAY.search(sentence.text, max(0, inside - 120), inside)
        if not cue or _PEER.search(cue.group()) or _NOT_LAST_DAY.search(cue.group()) or _FROM.match(hit.words):
            continue
        if _OF_THE_LETTER.search(cue.group()):
            continue
        # "If the doctor wants a peer to peer … you have until Friday": no appeal is named behind the call.
        calls = list(_PEER.finditer(sentence.text, 0, inside))
        if calls and not _APPEAL.search(sentence.text, calls[-1].end(), inside):
            continue
        # "Open until 11/27/2026: 888-555-0100 (peer to peer)"; behind an "or" the call is another thing.
        if _PEER.search(_ELSE.split(sentence.text[inside : inside + 80])[0]):
            continue
        until = _future(hit, since or today)
        if since is None or until > since:
            whole = in_sentence(None, sentence, (cue.start(), inside), 0.9)
            yield replace(whole, end=hit.end), until


# "What is the deadline, letter is 11/1": the day is the letter's own.
_OF_THE_LETTER = compiled(
    r"\b(?<!appeal )(?:letter|ltr|notice|denial|eob|paper(?:work)?|decision)(?:'?s| is| was)?(?: dated| dtd| from|"
    r" of|:)?"
    r"[ ]{0,3}\Z",
    re.I,
)


def _offset(sentence: Sentence, place: int) -> int:
    """Where a place in the plain text stands in the sentence's own text."""
    low, high = 0, len(sentence.text)
    while low < high:
        middle = (low + high) // 2
        if sentence.place(middle, middle)[0] < place:
            low = middle + 1
        else:
            high = middle
    return low


def _future(hit: DateHit, since: date) -> date:
    """A deadline written without its year is the next such day."""
    value = hit.date
    while not hit.stated_year and value < since:
        value += relativedelta(years=1)
    return value


# "The 180 days that you have to appeal", "one year to go for a clinical appeal".
_TO_APPEAL = compiled(
    r"[ ](?:(?:that|which|you|members?|have|to|for|go|file|send|make|ask|put|in|an?|the|clinical|internal|"
    r"first|written)[ ]){1,6}"
    r"(?:appeal|grievance|complain|dispute|fight|contest|reconsideration)",
    re.I,
)
_HEARING = compiled(r"\bhearings?\b", re.I)
_FAIR_HEARING = compiled(r"\b(?:state )?fair hearing\b", re.I)
_AFTER_APPEAL = compiled(r"\b(?:after|once|when|if)\b[^.]{0,60}\b(?:appeal|plan(?:'s)? decision|uphold|finish)", re.I)
_LINE_BEFORE = compiled(r"(?<=[0-9])[ ](?=appeal)", re.I)
_USUAL = frozenset({60, 65, 90, 120, 180})
"""Days that plans give for an appeal; others, said bare, may be anything."""


def _times(
    text: str, *, about: bool, letter: bool, hearing_only: bool
) -> Iterator[tuple[int, tuple[int, int], int | None]]:
    """(rank, place, days) of each time to appeal, the surest rank 0; "6 months" has words but no number of days."""
    for hit in _TIME.finditer(text):
        # On a fax the line before ends in a number: "P2P: 800-555-0100" is no part of "APPEAL WITHIN 180 DAYS".
        clause = _LINE_BEFORE.split(text[max(0, hit.start() - 90) : hit.start()])[-1]
        rest = text[hit.start("since") if hit["since"] else hit.end() :][:40]
        hearing = _FAIR_HEARING.search(clause)
        if hearing_only or (hearing and not _AFTER_APPEAL.search(text)):
            # Where a state itself decides, its hearing is the appeal; beside an appeal to a plan it comes later.
            clause = _HEARING.sub("", clause)
        calls = list(_PEER.finditer(clause))
        if calls and _MEMBERS_APPEAL.search(clause, calls[-1].end()):
            clause = clause[calls[-1].end() :]
        elif calls:
            continue
        if _LOOKS_BACK.search(clause):
            continue
        of_care = _OF_CARE.search(clause[-30:]) and not _APPEAL_FOR.search(clause)
        vetoes = [veto for veto in _NOT_APPEAL_TIME.finditer(clause) if not _OR_AN_APPEAL.match(clause, veto.end())]
        if vetoes or of_care or _NOT_APPEAL_AFTER.match(rest):
            continue
        lead = _LEAD.search(text, max(0, hit.start() - 40), hit.start())
        months = hit["unit"].lower()[0] in "my"
        number = int(hit["n"]) if hit["n"] else _NUMBER_WORDS[" ".join(hit["w"].lower().split())]
        if not months and not 3 <= number <= 400:
            continue
        # A year is seldom the time to appeal: only where it runs from the letter itself.
        told_of = _FROM_THE_LETTER.match(hit["since"] or "") or _TO_APPEAL.match(text, hit.end())
        if (hit["unit"].lower()[0] == "y" or (hit["w"] or "").lower() in ("one", "a")) and not told_of:
            continue
        if hearing and (lead or hit["since"]):
            rank = 2
        elif about and (lead or hit["since"]):
            rank = 2 if _LATER_STEP.search(text) or (not months and number < _SHORTEST) else 0
        elif about and (_APPEAL.search(clause[-_BESIDE:]) or _TO_APPEAL.match(text, hit.end())):
            rank = 3
        elif about and number in _USUAL and text.strip(" \n.!") == hit.group().strip():
            # "Disagree? 180 days."
            rank = 3
        elif (lead and hit["since"]) and (number in _USUAL or (letter and (months or number >= _SHORTEST))):
            rank = 1
        elif not letter and not months and number in _USUAL:
            rank = 3
        else:
            continue
        start = lead.start() if lead else hit.start()
        yield rank, (start, hit.end()), None if months else number


# "A corrected claim or a dispute within 180 days".
_OR_AN_APPEAL = compiled(
    r"(?:(?<=corrected claim)|(?<=new request)|"
    r"(?<=new order))(?:[ ]with[ ][^.;,]{3,40})?,?[ ]or[ ](?:\w{1,8}[ ]){0,3}(?:\w{3,10}[ ])?(?:appeal|dispute|"
    r"grievance)\b", re.I
)
# "We can appeal for 180 days".
_APPEAL_FOR = compiled(r"\bappeal(?:ed|ing)?(?: it| this)? for (?:up to )?\Z", re.I)
# "No x-ray in the last 60 days": time gone by, none to come.
_LOOKS_BACK = compiled(r"\b(?:last|past|prior|previous|preceding|recent|over the)[ ]{1,2}\Z", re.I)


_MEMBERS_APPEAL = compiled(
    r"\b(?:appeal\w{0,3}\b|apl\b|grievance\b|(?:you|members?|patients?|enrollees?) (?:may|can|have|has|must)\b|"
    r"(?:i|we|he|she|they)(?:'ve)? (?:still |only |also )?(?:have|has|get|got)(?= ?\Z| [0-9]))",
    re.I,
)


_WHO = (
    r"(?:doctors?|providers?|physicians?|clinicians?|office|pcp|surgeon|specialist|prescriber|practitioner|therapists?|"
    r"\w{2,12}ologist|"
    r"dr[. ]{1,2}(?!can\b|may\b|could\b|should\b)[a-z'-]{1,20}(?: [a-z'-]{2,20})?|dr|docs?)"
)
_PEER = compiled(
    r"\b(?:(?:doctor|provider|physician|clinician)(?:'s)? call (?:to|with) our (?:medical director|doctor|physician|"
    r"reviewer)s?|"
    r"peer[- ]{0,3}(?:to|2|-)[- ]{0,3}peer|p2p|p-2-p|peer (?:review )?(?:call|line|desk|discussion|conversation|phone)|"
    r"(?:physician|doctor|doc|md|dr)[- ](?:to|2)[- ](?:physician|doctor|doc|md|dr)|"
    rf"(?:number|line|phone|no\.?|deadline|window|time)(?: [a-z]{{2,5}}){{0,3}} for (?:(?:the|my|your|his|"
    rf"her|a|our) )?{_WHO} to (?:call|"
    rf"phone|use|talk)\b|"
    r"clinical consultation|(?:physician|doctor|provider|clinician|doc|md)s?'? (?:reviewer |advisor )?(?:discussion|"
    r"conversation|consultation|line)|"
    rf"{_WHO} (?:may|can|could|should) (?:also )?(?:call|phone|telephone|ring|contact|reach)"
    r"(?: them| us| in| (?:dr\.? )?(?-i:(?!Member|Customer|Appeal|"
    r"Grievance)[A-Z])\w{2,16}(?: (?-i:[A-Z])\w{2,16}){0,2}(?:'s)?)?"
    rf"(?: at| on)?[ ](?=[(]?1?[- ]?"
    r"[(0-9])(?![^.]{0,90}\b(?:copy|copies|guidelines?|criteria|expedited|fast|records)\b)|"
    r"(?:speak|talk|speaking|talking) (?:to|with) (?:a|an|one of our|our) (?:\w{2,14} ){0,2}\w{3,14}ologist|"
    r"(?:call|(?:speak|talk) (?:to|with)) (?:some|one of (?:their|the)|their) (?:\w{3,10} )?(?:doctors?|docs?|"
    r"physicians?|"
    r"reviewers?|mds?|medical director) (?:at|on)[ ](?=[(]?1?[- ]?[(0-9])|"
    r"(?:\A[ \n]{0,3}|(?<=[.;:] )|(?<=\n))(?:for )?(?:doctors|clinicians|physicians|prescribers|(?:ordering|treating) "
    r"(?:doctor|clinician|physician|provider)s?)(?: only| line| call| may call)?[ ]?:[ ]{0,3}(?=[(]?1?[- ]?[(0-9])|"
    r"(?:reviewer|medical director|peer|physician|specialist) (?:is|are|will be) (?:\w{3,10} )?(?:available|reachable)|"
    r"(?:reviewer|medical director|physician (?:advisor|reviewer)) (?:can|may|could) be (?:reached|called|contacted)|"
    r"(?:(?:their|its) (?:\w{2,8} )?(?:md|doctor|doc|medical director|reviewer|physician)|the (?:reviewer|"
    r"medical director)) "
    r"(?:will|would|can|is willing to|agreed to) (?:talk|speak|discuss|take (?:a |the )?calls?)|"
    rf"{_WHO} (?:may|can|could) (?:also )?(?:speak|talk) (?:to|with) us(?::| at| by phone(?: at)?)?[ ]{{0,2}}"
    r"(?=[(]?1?[- ]?[(0-9])|"
    r"(?:talk|speak) (?:to|with) one of (?:their|its|the plan's|the insurance's) (?:own )?(?:doctors|docs|"
    r"physicians|reviewers|"
    r"medical directors)|(?:reconsideration|clinical|courtesy) calls?|reconsideration:? (?:by |for |"
    r"the )?(?:ordering|requesting|treating|referring) "
    r"(?:office|provider|physician|clinician|doctor)|reconsideration:? (?:please )?call(?= [(0-9])|"
    r"reconsideration by (?:phone|telephone)|"
    r"(?:doctor|provider|physician|clinician)s? (?:may|can|could) (?:also )?(?:discuss|go over|talk through|talk about|"
    r"speak about) (?:this|the|our)|"
    r"(?:speak|talk|speaking|talking) (?:to|with) (?:a|their|our) peer\b|(?:reach|call|phone) (?:the|our|a) "
    r"(?:\w{3,10} )?(?:reviewer|medical director)|(?:doctors|physicians|providers|clinicians) (?:may|can|"
    r"could) (?:also )?"
    r"(?:discuss|talk|call|speak|phone)|"
    rf"{_WHO} (?:wants?|would like|wishes|needs?) to (?:talk|discuss|speak|go over)|"
    rf"{_WHO} (?:may|can|could) (?:also )?(?:book|set up|schedule|arrange|request|ask for) (?:a |an )?(?:\w{{3,10}} )?"
    r"(?:call|talk|conversation|discussion)|(?:with|to) (?:their|its|the plan's|the insurance'?s?) (?:own )?"
    r"(?:doctor|physician|medical director)|"
    r"(?:your|the) (?:doctor|clinician|provider|physician) (?:may|can) (?:also )?(?:speak|talk) (?:to|with) "
    r"(?:ours|one of ours|our (?:doctor|medical director|reviewer))|"
    rf"{_WHO} (?:may|can|could|is (?:welcome|free) to|should) (?:also )?(?:call|contact|phone|telephone|ring|speak|"
    rf"talk|reach)\b(?:[^.]|(?<=\bdr)[.]){{0,40}}?\b"
    r"(?:medical director|(?:our|the|one of our|a|plan) (?:\w{2,14} ){0,2}(?:doctors?|physicians?|reviewers?|"
    r"medical consultant))\b|"
    rf"{_WHO} (?:may|can|could|should) (?:also )?(?:call|phone|telephone|reach|contact) (?:[\w'-]{{2,14}} ){{1,4}}"
    r"(?:at |on )?[0-9(][0-9() .-]{9,15},? (?:\w{2,6} )?to (?:talk|speak|discuss|go over|review (?:it|this|the))\b|"
    rf"{_WHO}(?:,? or (?:\w{{2,10}} ){{1,3}}\w{{3,12}},?)? (?:may|can|could|is (?:welcome|free) to|should) (?:also )?"
    r"(?:call|phone|telephone|ring)[ ](?:us |at )?[0-9(][0-9() .-]{9,15} to (?:speak|talk|discuss)\b|"
    r"(?:discuss|talk|speak|go over|review)\b[^.]{0,50}\b(?:with|to)\b[^.]{0,25}\b(?:one of our |our |a |an |"
    r"the )(?:\w{1,14} ){0,3}(?:doctors?|medical directors?|physicians?|reviewers?|clinicians?|nurse reviewer))\b",
    re.I,
)
_LAST_CALL = compiled(
    r"\b(?:by|til|till|until|thru|through|before|no later than|deadline|closes?|ends?|expires?)\b(?:[^.]|[.](?=m\b)|"
    r"(?<=\bm)[.]){0,24}\Z",
    re.I,
)
# "Within 14 calendar days of the date of this letter", "5 business days from the notice": a window of days.
_CALL_DAYS = compiled(
    r"(?<![0-9/-])(?:(?P<n>[0-9]{1,2})|(?P<w>two|three|five|seven|ten|fourteen|twenty[- ]one|thirty)(?: "
    r"?\([0-9]{1,2}\))?)"
    r"[ -]?(?P<work>business|working|bus\.?)?(?: ?calendar)?[ -]?days?\b",
    re.I,
)
_CALL_WORDS = {"two": 2, "three": 3, "five": 5, "seven": 7, "ten": 10, "fourteen": 14, "twenty-one": 21, "thirty": 30}
_NOT_A_WINDOW = compiled(
    r"\b(?:decide|decision within|answer|respond|reply|last|past|after|for|appeal)[^.]{0,16}\Z", re.I
)
_NO_PEER = compiled(r"\b(?:not available|no peer|not offered|cannot request|can't request)\b", re.I)
_PHONE = compiled(
    r"(?<![0-9A-Za-z-])(?:\+?1[-. ]{1,2})?(?:\([0-9Ol]{3}\)[ ]{0,2}|[0-9Ol]{3}[-. ])[0-9Ol]{3}[-. ][0-9Ol]{4}(?![0-9])|"
    r"(?<![0-9A-Za-z-])8(?:00|22|33|44|55|66|77|88)[0-9]{7}(?![0-9])"
)
_FAX_BEFORE = compiled(r"\b(?:fax|tty|tdd|facsimile)(?: (?:it )?(?:to|at|number|users call))?[:# ]{0,3}\Z", re.I)


# What tells an offer from a word about such calls: who may call, how, or until when.
_OFFERS = compiled(
    r"\b(?:offer(?:ed|s|ing)?|may|can|could|available|avail|allow(?:s|ed)?|option|eligible|entitled|welcome|until|"
    r"till|thru|"
    r"through|within|window|deadline|days?|hours?|hrs?|business|line|letter says|says|expires?|ends?|by|"
    r"no later than|requests? must|open)\b|"
    r"[0-9]{3}[-. )]{1,2}[0-9]{3}",
    re.I,
)
# "What is a peer to peer?", "p2p deadline?", "can the PA do the peer to peer": asked, not offered.
_ASKS = compiled(
    r"\?[ ]{0,2}\Z|\?[ ]{0,2}[\"')]|\A[ ]?(?:(?:and|but|so|ok|also|hi|hey|pls|please)[ ,]{1,2}){0,2}"
    r"(?:what(?:'?s| is| are|s)?|how|when|where|who|why|which|is|are|does|do|did|(?:can|could)(?! (?:do|be|call|"
    r"have)\b)|"
    r"should|would|will|explain|tell me)"
    r"\b(?! (?:they|insurance|letter) (?:said|say|says)\b)|"
    r"\b(?:what(?:'?s| is| are)?|how (?:do|does|long|can)|asking (?:what|about|how|if)|don'?t know what|"
    r"wonder\w{0,3})\b[^.;]{0,40}"
    r"\b(?:peer|p2p|call)\b",
    re.I,
)
# A call nobody offered, one declined, and one already made: none of them is open.
_NOT_OPEN = compiled(
    r"\b(?:no(?:body| one)?|never|none|without)\b(?: \w{1,12}){0,4}? (?:offer\w{0,3}|peer|p2p|call)\b|"
    r"\b(?:not|n't|nt|never) (?:\w{2,10} )?(?:offer\w{0,3}|given|told (?:\w{2,6} )?about|available|get|got)\b|"
    r"\b(?:did|done|had|made|tried|completed|finished|held|called|attempted|went|took place|refused|declined|failed|"
    r"missed)"
    r"\b[^.;,]{0,50}\b(?:peer|p2p)\b|"
    r"\b(?:peer|p2p)\b[^.;]{0,60}\b(?:(?<!be )(?<!get )(?<!it )done|did|(?:they|and) (?:still )?(?:said|say) no|"
    r"said no|no again|upheld|"
    r"still denied|"
    r"denied again|was denied|refused|declined|completed|took place|happened|failed|missed|expired|passed|over|closed|"
    r"didn'?t (?:work|help|go)|no luck|unsuccessful|overturned|approved)\b",
    re.I,
)


def _is_open(text: str) -> bool:
    """Whether a person's sentence about a call between the doctors says that the plan offers one."""
    asks = _ASKS.search(text) and not (_PHONE.search(text) and "?" not in text)
    return bool(_OFFERS.search(text)) and not asks and not _NOT_OPEN.search(text)


def peer_to_peer(
    sentences: list[Sentence], text: str, hits: list[DateHit], since: date, noticed: date | None, *, letter: bool = True
) -> tuple[Found | None, Found | None, Found | None]:
    """(words that offer a call between the doctors, its telephone number, its last day).

    `since` is what a day without its year counts from, `noticed` the notice's date where it is known.

    Outside a letter only a sentence that says it is open: people also ask what it is, or tell how it went.
    """
    first: Found | None = None
    for number, sentence in enumerate(sentences):
        hit = _PEER.search(sentence.text) or (letter and _REACHED.search(sentence.text))
        if not hit or _NO_PEER.search(sentence.text):
            continue
        # "Can you do a P2P? 757-555-0140": a number is given for it.
        behind = sentences[number + 1].text.lstrip() if number + 1 < len(sentences) else ""
        if not (letter or _is_open(sentence.text) or _PHONE.match(behind)):
            continue
        whole = in_sentence(True, sentence, (0, len(sentence.text.rstrip())), 0.9)
        whole = replace(whole, start=whole.start + len(sentence.text) - len(sentence.text.lstrip()))
        first = first or whole
        cue = sentence.place(*hit.span())[0]
        end = sentence.end
        phone = _nearest_phone(text, sentence.start, end, cue)
        after = sentences[number + 1] if number + 1 < len(sentences) else None
        if after and after.start - sentence.end < _NEXT and not _MEMBERS_APPEAL.search(after.text):
            phone = phone or _nearest_phone(text, after.start, after.end, after.start)
            end = after.end
        by = _last_call(text, cue, end, hits, since, noticed)
        if phone is not None or by is not None:
            return whole, phone, by
    return first, None, None


# A plan's letter names who reviewed it, and goes on: "She can be reached at 555-0100".
_REACHED = compiled(r"\b(?:he|she|they) (?:can|may|could) be (?:reached|called|contacted) (?:at|on)[ ]", re.I)
_NEXT = 120
"""Characters between an offer of a call and the sentence that goes on with it."""


def _last_call(text: str, cue: int, end: int, hits: list[DateHit], since: date, noticed: date | None) -> Found | None:
    """The last day for the doctors' call: one named behind its words, or a window of days from the notice's date."""
    for hit in hits:
        if cue <= hit.start < end and _LAST_CALL.search(text, max(cue, hit.start - 40), hit.start):
            return Found(_future(hit, since), hit.start, hit.end, 0.85)
    if noticed is None:
        return None
    for window in _CALL_DAYS.finditer(text, cue, end):
        if _NOT_A_WINDOW.search(text, cue, window.start()) or _MEMBERS_APPEAL.search(text, cue, window.start()):
            continue
        number = int(window["n"]) if window["n"] else _CALL_WORDS["-".join(window["w"].lower().split())]
        return Found(_days_on(noticed, number, working=bool(window["work"])), *window.span(), 0.8)
    return None


def _days_on(start: date, number: int, *, working: bool) -> date:
    """So many days after; working days leave weekends out. Holidays count, so that no day comes out too late."""
    day = start
    while number:
        day += timedelta(days=1)
        number -= 0 if working and day.weekday() > _FRIDAY else 1
    return day


_FRIDAY = 4
_CALL = r"(?:peer[- ]?(?:to|2|-)[- ]?peer|p2p|p-2-p|doctor[- ]to[- ]doctor(?: call)?)"
_STILL_NO = (
    r"(?:said (?:still )?no\b|still (?:said |says? )?no\b|say no\b|upheld|uphold|still den\w{2,4}|denied (?:it )?again|"
    r"(?:decision|denial|determination|outcome|it) (?:was |is |did |has )?(?:not |n't |un)(?:been )?(?:changed?|"
    r"overturned|"
    r"reversed)|(?:didn't|did not|doesn't|didnt) (?:change|work|help|overturn|budge)|no luck|no go|unsuccessful|"
    r"(?:still )?(?:can'?t|cannot|will not|won't) approve|stands|stood|wouldn'?t (?:budge|change|approve)|"
    r"(?:was |got )?(?:denied|refused|turned down|rejected))"
)
_CALL_DONE = compiled(
    rf"\b(?:did|done|had|held|made|completed|finished|took place|went through)\b[^.;?]{{0,40}}\b{_CALL}\b[^?]{{0,70}}?"
    rf"\b{_STILL_NO}|"
    rf"\b{_CALL}(?: call)?(?: (?:was|is|got|has been|already|on [0-9/]{{3,10}}|by \w+|with \w+))*,?"
    rf" (?:done|held|completed|happened|took place|over|yesterday|today|last week)\b[^?]{{0,70}}?\b{_STILL_NO}|"
    rf"\b(?:after|at|following) (?:the |a |an |your |my |our |his |her )?(?:\w{{2,12}}(?:'s)? "
    rf"){{0,2}}{_CALL}\b[^?]{{0,60}}?"
    rf"\b{_STILL_NO}|"
    rf"\b{_CALL}(?: call)?(?: was| got| is)?[ ,:-]{{1,3}}(?:and )?(?:(?:they|she|he|it|was|still|but|insurance) "
    rf"){{0,3}}"
    rf"{_STILL_NO}",
    re.I,
)
_CALL_AHEAD = compiled(
    r"\b(?:ask(?:ed|s)?|request\w{0,3}|want(?:s|ed)?|tried to|offer\w{0,3}|if|when|before|unless|not (?:yet "
    r")?(?:done|had|held)|never|haven'?t|hasn'?t|will|can|could|may|nobody|no)\b"
    r"[^.;]{0,30}\Z",
    re.I,
)


def call_upheld(sentences: list[Sentence]) -> Found | None:
    """The words that say that the doctors' call took place and the plan still says no."""
    for number, sentence in enumerate(sentences):
        behind = sentences[number + 1].text if number + 1 < len(sentences) else ""
        hit = _CALL_DONE.search(sentence.text + " " + behind.lstrip())
        if hit and hit.start() < len(sentence.text) and not _CALL_AHEAD.search(sentence.text, 0, hit.start()):
            return in_sentence("done_upheld", sentence, (hit.start(), min(hit.end(), len(sentence.text))), 0.85)
    return None


def _nearest_phone(text: str, start: int, end: int, cue: int) -> Found | None:
    """The telephone number nearest to a place within start:end, fax and text-telephone numbers left out."""
    calls = [
        m for m in _PHONE.finditer(text, start, end) if not _FAX_BEFORE.search(text, max(0, m.start() - 24), m.start())
    ]
    if not calls:
        return None
    best = min(calls, key=lambda m: abs(m.start() - cue))
    # A scan takes a nought for an O and a one for an l.
    return Found(best.group().replace("O", "0").replace("l", "1"), best.start(), best.end(), 0.92)


_EXPEDITED = compiled(
    r"\b(?:expedited?|emergency (?:appeals?|reviews?|grievances?)|(?:a|the|for a) (?:fast(?:er)?|quick(?:er)?|"
    r"rush|urgent|speedy) one\b|"
    r"(?:can(?:'t|not)|cannot) wait\b[^.]{0,60}\b(?:answer|tell us|appeal|call|decision|ask|let us)|"
    r"(?:answer|decide|decided|review it|look at it) (?:\w{2,6} )?(?:sooner|faster|quicker|more quickly|right away)|"
    r"(?:fast(?:er|[- ]track)?|quick(?:er)?|rapid|rush(?:ed)?|urgent|speedy|early|"
    r"accelerated)[ ](?:internal |external |plan )?(?:appeals?|"
    r"reviews?|decisions?|answers?|reconsiderations?|grievances?|determinations?|requests?|care request)|"
    r"(?:treat(?:ed)?|handled?|"
    r"decided?) (?:it |this |your appeal )?as urgent|(?:(?:appeal|matter|case|it|this) is|it's) urgent|"
    r"72[- ]?(?:hours?|"
    r"hrs?|h))\b",
    re.I,
)
_NOT_EXPEDITED = compiled(r"\bnot (?:an )?(?:urgent|expedited)\b|\bdrugs?\b|\breport(?:ed)? (?:it )?to\b", re.I)


def expedited(sentences: Iterable[Sentence]) -> Found | None:
    for sentence in sentences:
        hit = _EXPEDITED.search(sentence.text)
        if hit and not _NOT_EXPEDITED.search(sentence.text):
            return in_sentence(True, sentence, hit.span(), 0.95)
    return None
