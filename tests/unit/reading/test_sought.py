"""What is looked for only where it may begin is found as `re` finds it."""

from __future__ import annotations

import random
import re
import sre_parse
from datetime import date
from pathlib import Path

import pytest
import yaml

from actions.reading import compiled as compiling
from actions.reading import read, sought
from actions.reading.beginnings import APART, LONGEST, beginnings, parted
from actions.reading.compiled import compiled
from actions.reading.sought import cut_out, expect, possible

TODAY = date(2026, 11, 21)
TESTS = Path(__file__).parents[2]
LETTERS = [path.read_text("utf-8") for path in sorted((TESTS / "letters").glob("*.txt"))]


def _texts() -> list[str]:
    """Every text of the sets that those who write rules may look at."""
    items = [
        item
        for path in sorted((TESTS / "eval").glob("*/dev*.yml"))
        if path.parent.name != "intents"
        for item in yaml.load(path.read_text("utf-8"), yaml.CSafeLoader)
    ]
    return [item["text"] for item in items]


BEGIN = {
    r"numb(?:ness)?|tingl\w+": {"namb", "tangl"},
    r"\b(?:no|not) pain\b": {f"{APART}na paa"[: 1 + LONGEST], f"{APART}nat p"},
    r"(?<![a-zA-Z0-9])(?:left|rt)": {f"{APART}laft", f"{APART}rt"},
    r"(?<!not )(?=.*x)^(?:so )?sick": {"ca ca", "cack"},
    r"[0-2]/5": {"0/0"},
    r"\b-slr": {"-clr"},
    r"[^.]{0,20}pain": set(),
    r"(?:very )*(?:\w+ )?pain": set(),
    r"(?:a|[^.]?b)c": set(),
    r"x?": set(),
    r"a{2,7}h": {"aaaaa", "aaaah", "aaah", "aah"},
    r"a{2,}h": {"aaaaa", "aaaah", "aaah", "aah"},
    r"a{2}h": {"aah"},
    r"re[csz]{1,2}[aeiou]{0,1}v": {"raccv", "racca", "racv", "racav"},
    r"É|é tait": set(),
    "\u2192[ab]": {"\u2192a", "\u2192b"},
}


@pytest.mark.parametrize("source", BEGIN)
def test_how_matches_may_begin(source: str) -> None:
    assert beginnings(sre_parse.parse(source, re.IGNORECASE)) == BEGIN[source]


def test_a_lookbehind_for_small_letters_says_nothing_of_capitals() -> None:
    assert beginnings(sre_parse.parse("(?<![a-z])slr")) == {"clr"}
    assert beginnings(sre_parse.parse("(?<![a-z])slr", re.IGNORECASE)) == {f"{APART}clr"}


PARTED = {
    r"numb|\w+ tingl|[^.]*? weak": ({"namb"}, {" tang", " waak"}),
    r"\b(?:sick|(\w+) of (?:it|them)|tired)\b": ({f"{APART}cack", f"{APART}tarad"}, {" af a", " af t"}),
    r"\bno(?: \w+)?": ({f"{APART}na"}, set()),
    r"[^.]{0,20}pain": (set(), {"paan"}),
    r"(?:\w{2,6})?": (set(), set()),
    r"x*|pain": (set(), set()),
}


@pytest.mark.parametrize("source", PARTED)
def test_alternatives_that_may_begin_anyhow_are_looked_for_by_what_they_hold(source: str) -> None:
    found = parted(sre_parse.parse(source, re.IGNORECASE))
    assert (found.first, found.inside) == PARTED[source]


def test_alternatives_set_apart_are_found_in_their_places_and_order() -> None:
    rand = random.Random(3)
    words = ("sick", "tired", "of it", "of them", "numb", "a tingle", "so weak", "no", "pain", "xx", ".", "Of It")
    texts = [" ".join(rand.choices(words, k=rand.randint(1, 9))) for _ in range(200)]
    for source in PARTED:
        pattern, plain = compiled(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
        for text in texts:
            expect("test", "of no matter", text)
            start, end = rand.randint(0, 9), rand.randint(5, 40)
            for part in ((), (start,), (start, end)):
                found, wanted = list(pattern.finditer(text, *part)), list(plain.finditer(text, *part))
                assert [(m.span(), m.groups()) for m in found] == [(m.span(), m.groups()) for m in wanted]
            assert pattern.sub("<\\g<0>>", text, 2) == plain.sub("<\\g<0>>", text, 2)
            assert pattern.sub(lambda m: m[0].upper(), text) == plain.sub(lambda m: m[0].upper(), text)
            assert [m.span() for m in cut_out(pattern, text, start, end)] == _places(plain, text[start:end])


def test_every_expression_of_the_rules_finds_what_it_finds_without_the_filter() -> None:
    texts = [*LETTERS[::18], *_texts()[::360]]
    for text in texts[:3]:
        read(text, TODAY)
    names = {tuple(name.split(" ", 1)) for name in (*compiling._known(), *compiling._made)}
    assert len(names) > 500
    known = [(compiled(source, int(flags)), re.compile(source, int(flags))) for flags, source in names]
    for text in texts:
        for case in (text, text.lower()):
            expect("test", case)
            for pattern, plain in known:
                assert _places(pattern, case) == _places(plain, case), pattern.pattern
                hit, wanted = pattern.search(case, 30, 200), plain.search(case, 30, 200)
                assert (hit and hit.span()) == (wanted and wanted.span()), pattern.pattern


def _places(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    return [m.span() for m in pattern.finditer(text)]


class _Forgotten(dict[str, object]):
    """Notes nothing."""

    def update(self, *texts: object, **more: object) -> None:
        pass


def test_reading_is_the_same_without_the_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [*LETTERS[::2], *_texts()[::60]]
    found = [read(text, TODAY) for text in texts]
    monkeypatch.setattr(sought, "_noted", _Forgotten())
    assert [read(text, TODAY) for text in texts] == found


def test_no_text_of_an_earlier_reading_is_kept() -> None:
    read("my knee has hurt for 6 weeks", TODAY)
    read("the plan denied the MRI of my back", TODAY)
    assert not any("my knee has hurt for 6 weeks" in text for text in sought._noted)


def test_letters_that_are_equal_only_without_regard_to_capitals_are_not_missed() -> None:
    expect("test", "\u017fick and wea\u212a")
    assert compiled("sick", re.IGNORECASE).search("\u017fick and wea\u212a")
    assert compiled("weak", re.IGNORECASE).findall("\u017fick and wea\u212a") == ["wea\u212a"]


def test_in_a_part_cut_out_is_found_what_re_finds_there() -> None:
    text = "no pain, some unsteadiness and numbness; he was unable to stand"
    sources = (r"\bsteady?", r"\bnumb", r"ness\b", "able", r"\bno\b", "(?<=un)able", r"^s\w+", "fever")
    patterns = [(compiled(source), re.compile(source)) for source in sources]
    for _ in range(2):
        expect("test", text)
        for pattern, plain in patterns:
            for start in range(len(text)):
                for end in range(start, len(text)):
                    found = [m.span() for m in cut_out(pattern, text, start, end)]
                    assert found == _places(plain, text[start:end])


def test_of_many_expressions_those_that_may_stand_in_a_text() -> None:
    numb, tingling, any_letter = compiled(r"\bnumb"), compiled("tingl"), compiled(r"\w")
    every = frozenset((numb, tingling, any_letter))
    assert possible("my foot is numb", every) == every, "of a text that was not noted nothing is known"
    expect("test", "my foot is numb")
    for pattern in every:
        pattern.search("my foot is numb")
    expect("test", "it tingles")
    assert possible("it tingles", every) == {tingling, any_letter}


def test_it_answers_as_a_pattern_does() -> None:
    text = "no pain, some numbness; numb toes and a numb foot after so many weeks of care, and then no more of it"
    source = r"\bnumb(ness)?( toes)?"
    pattern, plain = compiled(source), re.compile(source)
    for _ in range(2):
        assert pattern.findall(text) == plain.findall(text)
        assert compiled(r"\bnumb(ness)?").findall(text) == ["ness", "", ""]
        assert pattern.sub("~", text, 2) == plain.sub("~", text, 2)
        assert pattern.split(text) == plain.split(text)
        assert [m.span() for m in pattern.finditer(text, 20)] == [m.span() for m in plain.finditer(text, 20)]
        assert [m.span() for m in pattern.finditer(text, 0, 33)] == [m.span() for m in plain.finditer(text, 0, 33)]
        assert (pattern.match(text), pattern.fullmatch("numb toes").group(2)) == (None, " toes")  # type: ignore[union-attr]
        assert compiled("tingl").sub("~", text) == text
        expect("test", text)
