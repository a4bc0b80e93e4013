"""A kept expression is the expression that Python compiles, and a cache that is spoilt is made again."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.reading import compiled as module
from actions.reading.compiled import compiled, keep_compiled

EXPRESSIONS = [
    (r"(?P<count>[0-9]{1,3}) (?:week|month)s?", re.IGNORECASE),
    (r"(?<![a-z])(?:no|not|n't)\b(?!\w)", 0),
    (r"(?i:my)?(?P<plan>Aetna|Humana)|(?P<other>[^\W\d_]+)", 0),
    (r"^.*?(\d+)\s*$", re.MULTILINE | re.DOTALL),
]
TEXTS = ["6 Weeks of PT", "12 months\nand 3 weeks", "it does not hurt, no", "myAetna plan; Humana", "ÉTÉ 7 \n", ""]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty cache, and a module that has compiled nothing yet."""
    monkeypatch.setenv("OVERTURN_CACHE", str(tmp_path))
    monkeypatch.setattr(module, "_made", {})
    module._known.cache_clear()
    yield tmp_path
    module._known.cache_clear()


def _file(folder: Path) -> Path:
    return next(folder.glob("reading-expressions-*.json"))


def _same(made: re.Pattern[str], source: str, flags: int) -> None:
    plain = re.compile(source, flags)
    assert (made.pattern, made.flags, made.groups, dict(made.groupindex)) == (
        plain.pattern, plain.flags, plain.groups, dict(plain.groupindex),
    )  # fmt: skip
    for text in TEXTS:
        found, wanted = list(made.finditer(text)), list(plain.finditer(text))
        assert [(m.span(), m.groupdict(), m.lastgroup) for m in found] == [
            (m.span(), m.groupdict(), m.lastgroup) for m in wanted
        ]


@pytest.mark.parametrize(("source", "flags"), EXPRESSIONS)
def test_made_and_given_back_it_matches_as_pythons_own(folder: Path, source: str, flags: int) -> None:
    _same(compiled(source, flags), source, flags)
    keep_compiled()
    module._known.cache_clear()
    assert f"{int(flags)} {source}" in module._known()
    _same(compiled(source, flags), source, flags)


SPOILT = [
    "",
    "[]",
    "{",
    '{"0 a+b": 7}',
    '{"0 a+b": [0, [[1, 2, 3], ""], 0, {}, "", ""]}',
    '{"0 a+b": [0, ["", ""], 0, {}, "", ""]}',
    '{"0 a+b": [0, ["", 7], 0, {}, "", ""]}',
    '{"0 a+b": [0, ["eAFjZGBgYAJiZiAGAAA0AAc=", ""], 0, {}, "", ""]}',
    '{"0 a+b": [0, ["eAFjZGBgYAJiZiAGAAA0AAc=", ""], 0, {}, 3, ""]}',
    '{"0 a+b": [0, ["eAFjZGBgYAJiZiAGAAA0AAc=", ""], 0, {}, ""]}',
]


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_spoilt_cache_is_made_again(folder: Path, spoilt: str) -> None:
    compiled("a+b")
    keep_compiled()
    _file(folder).write_text(spoilt)
    module._known.cache_clear()
    _same(compiled("a+b"), "a+b", 0)
    keep_compiled()
    assert "0 a+b" in json.loads(_file(folder).read_text())


def test_a_wrong_expression_is_pythons_own_error(folder: Path) -> None:
    with pytest.raises(re.error, match="missing"):
        compiled("(a")
    keep_compiled()
    assert not list(folder.glob("reading-expressions-*.json")) or "(a" not in _file(folder).read_text()
