"""The checklist of a study as a page for the clinic's staff, of a fixed width, so that it prints the same anywhere."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import Any

from bot.cli_text import AGENCIES, plain

Document = Mapping[str, Any]

_WIDTH = 96
_CONTRAST = {"wo": "without contrast", "w": "with contrast", "wwo": "without and with contrast"}
_CATEGORY = {
    "usually_appropriate": "Usually Appropriate",
    "may_be_appropriate": "May Be Appropriate",
    "usually_not_appropriate": "Usually Not Appropriate",
}
_JOINS = {"all": " + ", "any": "; ", "at_least": "; "}


def page(document: Document) -> str:
    """The checklist document (as `--json` prints it) as one page of text."""
    letters = {paper["id"]: letter for paper, letter in zip(document["papers"], ascii_uppercase, strict=False)}
    asked = " and ".join(r["say"] for r in document["reviewers"]) or "every reviewer whose rule is known here"
    own = any(part["reviewers"] for part in document["parts"])
    study = plain(document["say"])
    lines = [
        f"{study[:1].upper()}{study[1:]}: what the chart must show before the request goes in",
        *_wrap(f"As of {document['as_of']}: rules of {asked}, rules that bind by law, and the ACR.", "", ""),
        "Within a rule one way is enough, and every box of that way must be in the chart.",
        "The reviewer's own rule decides; the ACR decides where there is none, and supports it elsewhere.",
        "“a + b” means both. * is our reading, not the rule's own words.",
        "",
        "Papers that show it",
    ]
    for paper in document["papers"]:
        lines += _wrap(f"{letters[paper['id']]}: {paper['say']}", "     ", "  ")
    if not own:
        lines += ["", *_wrap(f"No rule of {asked} for this is known here: ask for the current text.", "   ", "")]
    for part in document["parts"]:
        lines += ["", *_part(part, letters)]
    return "\n".join(lines)


def _wrap(text: str, indent: str, first: str) -> list[str]:
    return textwrap.wrap(
        plain(text),
        _WIDTH,
        initial_indent=first,
        subsequent_indent=indent,
        break_on_hyphens=False,  # an address must stay whole
        break_long_words=False,
    )


def _part(part: Document, letters: Mapping[str, str]) -> Iterator[str]:
    authority = part["authority"].upper() if part["authority"] in AGENCIES else part["authority"]
    yield from _wrap(f"{part['title']} ({authority}, {part['edition']})", "  ", "")
    due = "due to be read again: " if part["due"] else ""
    check = "check the current text" if part["due"] or part["status"] == "unverified" else ""
    label = "; ".join(words for words in (f"{part['status']}, read {part['checked_on']}", due + check) if words)
    yield from _wrap(f"{label}. {' '.join(source['url'] for source in part['sources'])}", "   ", "   ")
    if part["plan_types"]:
        plans = ", ".join(plan.replace("_", " ") for plan in part["plan_types"])
        yield from _wrap(f"{'Binds' if part['binding'] else 'Only for'}: {plans}", "     ", "   ")
    if part["role"] == "support":
        yield from _wrap("Support only: it sets no condition of its own.", "   ", "   ")
    elif not part["entrances"] and not part["refused"]:
        yield from _wrap("No rule of it can be checked here: ask for its current text.", "   ", "   ")
    if part["note"]:
        yield from _wrap(f"Note: {part['note']}", "   ", "   ")
    for entrance in part["entrances"]:
        rated = "; ".join(_rate(rate) for rate in entrance["rated"])
        if not rated and entrance["gives"] == "arguable":
            rated = "a fair case, not a sure one"
        yield from _wrap(f"{entrance['id']}  {entrance['say']}{f' [{rated}]' if rated else ''}", "     ", "   ")
        need = entrance["need"]
        for line in need["of"] if need["op"] == "all" else [need]:
            yield from _wrap(_box(line, letters), "          ", "      [ ] ")
    if part["refused"]:
        yield from _wrap(f"Usually Not Appropriate, do not cite: {'; '.join(part['refused'])}.", "     ", "   ")


def _rate(rate: Document) -> str:
    mark = "" if rate["status"] == "verified" else f", {rate['status']}"
    return f"{_CONTRAST[rate['contrast']]}: {_CATEGORY[rate['category']]}{mark}"


def _box(need: Document, letters: Mapping[str, str]) -> str:
    papers = sorted({letters[paper] for paper in _papers(need)})
    return f"{_words(need)} ({', '.join(papers)})"


def _papers(need: Document) -> Iterator[str]:
    if need["paper"]:
        yield need["paper"]
    for part in need["of"]:
        yield from _papers(part)


def _words(need: Document, ours: bool = False) -> str:
    """A condition in one line: its own words, then what they stand for. `ours`: what holds it is ours already."""
    star = "*" if need["ours"] and not ours else ""
    if need["op"] == "leaf":
        return f"{need['say']}{star}"
    within = ours or need["ours"]
    if need["op"] == "not":
        unnamed = need["say"].startswith("not: ")
        return f"not so: {_words(need['of'][0], within)}" if unnamed else f"{need['say']}{star}"
    listed = _JOINS[need["op"]].join(_nested(part, within) for part in need["of"])
    count = {"all": "", "any": "one of: ", "at_least": f"{need['n']} of: "}[need["op"]]
    unnamed = need["say"] in ("all of these", "any of these", f"at least {need['n']} of these")
    return f"{count}{listed}" if unnamed else f"{need['say']}{star}: {count}{listed}"


def _nested(need: Document, ours: bool) -> str:
    words = _words(need, ours)
    return f"({words})" if need["of"] and need["op"] != "not" else words
