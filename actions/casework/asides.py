"""A question beside what is told: the facts are taken first, then it is answered (`asides.yml`)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from actions.casework import checking, drafting, interview, warning
from actions.casework.conversation import Talk
from actions.casework.interview import Heard, Taken
from actions.casework.replies import Reply, Static
from actions.casework.texts import say
from criteria.red_flags import raised

_FILE = Path(__file__).with_name("asides.yml")
_PART = re.compile(r"(?:[^.;!?\n]|\.(?=\w))+[.;!?]*")
_BESIDE = re.compile(
    r",\s*(?:and |but |also |so )?(?=(?:why|what|how|when|where|can|could|is it|am i|do i|do we)\b)| and (?=can |how )"
)
_TOLD_BEHIND = re.compile(r"[,;]| but | because | cause ")
"""Behind a question about a thing, something may be told: "is prednisone bad, I took it for 3 weeks"."""
_LONGEST = 600
"""Characters of a message in which a question is looked for; a longer one is a document."""


@lru_cache(maxsize=1)
def _topics() -> dict[str, re.Pattern[str]]:
    given: dict[str, str] = yaml.safe_load(_FILE.read_text("utf-8"))
    return {topic: re.compile(words) for topic, words in given.items()}


def listen(heard: Heard, today: date) -> Heard:
    """The message without the questions in it, which `asked_about` names, and with its text read, as in `interview`."""
    if heard.from_door or len(heard.text) > _LONGEST:
        return interview.listen(heard, today)
    rest, topics = heard.text, []
    for start, end in _parts(heard.text):
        small = heard.text[start:end].lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        topic = next((name for name, words in _topics().items() if words.search(small)), None)
        if topic is not None:
            topics.append(topic)
            if topic == "general" and (cut := _TOLD_BEHIND.search(small)):
                end = start + cut.start()
            rest = rest[:start] + " " * (end - start) + rest[end:]
    return interview.listen(replace(heard, text=rest, asked_about=tuple(dict.fromkeys(topics))), today)


def _parts(text: str) -> list[tuple[int, int]]:
    """Where the parts of a message stand, each of which may be a question."""
    found = []
    for sentence in _PART.finditer(text):
        start = sentence.start()
        for cut in _BESIDE.finditer(sentence[0].lower()):
            found.append((start, sentence.start() + cut.start()))
            start = sentence.start() + cut.start()
        found.append((start, sentence.end()))
    return found


def take(talk: Talk, heard: Heard) -> Taken:
    """Take one message as `interview.answer` does, answer what was asked beside it, and name new signs for today.

    Not taken where it is one question and nothing else for which the dialogue has a rule.
    """
    taken = _take(talk, heard)
    if not taken.facts:
        return taken
    flags = [flag for flag in raised(talk.case(), talk.desk.library.red_flags) if flag.level == "U"]
    return replace(taken, replies=(*taken.replies, *warning.same_day(talk, flags, heard)))


def _take(talk: Talk, heard: Heard) -> Taken:
    if not heard.asked_about:
        return interview.answer(talk, heard)
    alone = not any(c.isalnum() for c in heard.text)
    ruled = len(heard.asked_about) == 1 and not _is_ours(heard.asked_about[0])
    if alone and ruled and interview.is_command(heard):
        return Taken(False)
    taken = Taken(True, understood=False) if alone else interview.answer(talk, heard)
    if not taken.taken and len(heard.asked_about) == 1:
        return taken
    told = taken.replies if taken.understood else ()
    # "Why" is of the question that was open when it was asked.
    return replace(taken, taken=True, replies=(*told, *answers(talk, heard)))


def answers(talk: Talk, heard: Heard) -> tuple[Reply, ...]:
    """What is answered to the questions in a message."""
    return tuple(reply for topic in heard.asked_about for reply in _answer(talk, topic))


def is_aside(text: str) -> bool:
    """Whether a message is nothing but a question that is answered here, whatever the dialogue might hear in it."""
    if len(text) > _LONGEST:
        return False
    small = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return any(_is_ours(name) and words.search(small) for name, words in _topics().items()) and len(_parts(text)) == 1


def _is_ours(topic: str) -> bool:
    return topic.startswith("explain.") or topic in ("call_by", "gaps", "noted", "utter_explain_privacy")


def _answer(talk: Talk, topic: str) -> tuple[Reply, ...]:
    if topic.startswith("explain."):
        return (Reply(say(f"explain.{topic.removeprefix('explain.')}", days=talk.desk.retain_days)),)
    if topic == "general":
        return (Reply(say("asked_in_general")),)
    if topic == "call_by":
        known = talk.case().peer_to_peer.by is not None
        return (drafting.deadlines(talk) if known else Static("", name="utter_explain_peer_to_peer"),)
    if topic == "gaps":
        return checking.status(talk)
    if topic == "noted":
        return (checking.noted(talk),)
    if topic == "deadline":
        return (drafting.deadlines(talk),)
    if topic == "why":
        return interview.why(talk)
    return (Static("", name=topic),)
