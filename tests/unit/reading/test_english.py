"""Words are split just as spaCy's English tokenizer splits them, without spaCy in the process, and nothing is kept."""

from __future__ import annotations

import gc
import json
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import spacy

from actions.reading import read
from actions.reading.english import sentence_spans, words
from actions.reading.kept import kept
from actions.reading.watch import watch

ROOT = Path(__file__).parents[3]
LETTERS = sorted((ROOT / "tests" / "letters").glob("*.txt"))
TODAY = date(2026, 11, 21)
TRICKY = [
    "", " ", "\n\n", "  two  spaces \n and\ta tab ", "can't (couldn't) don't-know he 's he's she's.", "x-ray/can't",
    "knee/leg, 5mg; 10am. 3p.m. e.g. this", "U.S. and the D.C. office... really?!",
    '("quoted") [5] {6} 7% $8 US$9 C$10',
    "a@b.example www.site.example/a?b http://x.example:80/ 10.1.2.3", "gonna doin' 'cause y'all ma'am o'clock",
    ":) :-( <3 ^_^ T_T (ಠ_ಠ)", "pain—numb – tingling--weak…stop", "não über 痛い боль ألم 20°C. 5km², 3µg",
    "A. B.C AB. Ab.",
    "(((deep))) ,,, .,;:!? ''' \"\" --", "it's 's 'S s' ‘tis ’tis", "Dr. Example said. Mr. X? No! Yes.) Then",
]  # fmt: skip


@pytest.fixture(scope="module")
def english() -> Any:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    return nlp


@pytest.mark.parametrize("text", [*TRICKY, *(letter.read_text("utf-8") for letter in LETTERS)])
def test_words_and_sentences_are_spacys(text: str, english: Any) -> None:
    for written in (text, text.lower()):
        expected = [(t.text, t.norm_, t.idx) for t in english.tokenizer(written)]
        assert [w for w in words(written) if not w[0].isspace()] == [w for w in expected if not w[0].isspace()]
        assert sentence_spans(written) == [(s.start_char, s.end_char) for s in english(written).sents]


def test_every_special_word_is_spacys(english: Any) -> None:
    for special in english.tokenizer.rules:
        for written in (special, f"({special}),", f"pain/{special}", f"{special}-{special} {special}"):
            expected = [(t.text, t.norm_, t.idx) for t in english.tokenizer(written) if not t.text.isspace()]
            assert [w for w in words(written) if not w[0].isspace()] == expected, written


def _in_a_process(code: str, cache: Path) -> str:
    environment = {"OVERTURN_CACHE": str(cache), "PATH": ""}
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, env=environment)
    assert made.returncode == 0, made.stderr
    return made.stdout.strip()


READ = "import sys, datetime; from actions.reading import read; read('It hurts.', datetime.date(2026, 11, 21)); "


def test_spacy_is_imported_once_and_left_whole(tmp_path: Path) -> None:
    """The first run asks spaCy and hides nothing from others afterwards; the next does not import it."""
    for compiled in (ROOT / "var" / "cache").glob("reading-expressions-*.json"):
        shutil.copy(compiled, tmp_path)  # they take half a minute to make, and spaCy has no part in them
    whole = "import spacy; print([t.text for t in spacy.blank('en')('can not')], None in sys.modules.values())"
    assert _in_a_process(READ + whole, tmp_path) == "['can', 'not'] False"
    assert _in_a_process(READ + "print('spacy' in sys.modules)", tmp_path) == "False"


def test_a_cache_that_cannot_be_used_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OVERTURN_CACHE", str(tmp_path))
    assert kept("thing", "1", lambda: {"made": 1}) == {"made": 1}
    assert kept("thing", "1", lambda: {"made": 2}) == {"made": 1}
    (file,) = tmp_path.iterdir()
    file.write_text("{damaged")
    assert kept("thing", "1", lambda: {"made": 3}) == {"made": 3}
    assert json.loads(file.read_text()) == {"made": 3}
    assert kept("thing", "2", lambda: {"made": 4}) == {"made": 4}
    assert len(list(tmp_path.iterdir())) == 1
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("OVERTURN_CACHE", str(blocked))
    assert kept("thing", "1", lambda: {"made": 5}) == {"made": 5}


def test_a_text_does_not_outlive_the_next_call() -> None:
    def person() -> None:
        text = "I am 45. My knee hurts since March 3, x-ray 8/20, and my zyzzy" + "va is numb."
        read(text, TODAY)
        watch(text, today=TODAY)

    person()
    assert _remembered("zyzzyva"), "the search itself finds nothing"
    read("The next person's back hurts since May 4.", TODAY)
    assert not _remembered("zyzzyva")


def _remembered(word: str) -> bool:
    """Whether any tuple, dict or object still holds a text with this word."""
    gc.collect()
    for held in gc.get_objects():
        inside = held if isinstance(held, tuple) else held.values() if isinstance(held, dict) else ()
        own = (
            getattr(held, "__dict__", None)
            if str(getattr(type(held), "__module__", "")).startswith("actions.reading")
            else None
        )
        for each in (*inside, *(own.values() if own else ())):
            if type(each) is str and word in each:
                return True
    return False
