"""Fails on any ICD-10-CM code of the criteria library that the release does not have, or that names another side.

A key that begins with `icd10` holds codes, anywhere in the library. A code must be a billable code or a category of the
release that the package simple-icd-10-cm holds, never a chapter or a block. The package is for building only: where it
is not installed, this says so and goes on, unless it is called with --require.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from criteria.ids import SIDES
from criteria.library import FOLDER
from criteria.strict_yaml import LibraryError, Node, read


def codes(folder: Path) -> Iterator[tuple[Node, str, str, str | None]]:
    """Every code under `folder`: the mapping and its key to blame, the code, and the side that it is said to name."""
    for path in sorted(folder.rglob("*.yml")):
        yield from _codes(read(path), "")


def _codes(content: Any, record: str) -> Iterator[tuple[Node, str, str, str | None]]:
    for item in content if isinstance(content, list) else []:
        yield from _codes(item, record)
    if not isinstance(content, Node):
        return
    content.record = record
    for key, value in content.items():
        if not key.startswith("icd10"):
            yield from _codes(value, record or key)  # the first key down a file is the record's id
        elif isinstance(value, Node):
            value.record = record
            for code, side in value.items():
                yield value, code, code, side if side in SIDES else None
        else:
            for code in value if isinstance(value, list) else [value]:
                yield content, key, str(code), None


def problem(code: str, side: str | None, release: Any) -> str | None:
    """What is wrong with a code, and how to mend it; None when nothing is. `release` is the package."""
    if not release.is_valid_item(code) or release.is_chapter_or_block(code):
        above = next((code[:n] for n in range(len(code) - 1, 2, -1) if release.is_valid_item(code[:n])), None)
        known = ", ".join(release.get_children(above)[:8]) if above else ""
        mend = f"under {above} there are {known}" if known else "look it up in the current release"
        return f"'{code}' is no code of the release; {mend}"
    words = release.get_description(code).lower().split()
    if side and side not in words:
        return f"'{code}' does not name the {side} side ({' '.join(words)}); mend the side or the code"
    return None


def main(arguments: list[str]) -> int:
    try:
        import simple_icd_10_cm as release
    except ImportError:
        print("check_icd10: simple-icd-10-cm is not installed, so no diagnosis code was checked", file=sys.stderr)
        return 1 if "--require" in arguments else 0
    folder = next((Path(one) for one in arguments if one != "--require"), FOLDER)
    checked, bad = 0, 0
    try:
        for node, key, code, side in codes(folder):
            checked += 1
            if found := problem(code, side, release):
                bad += 1
                print(f"check_icd10: {node.error(found, key)}", file=sys.stderr)
    except LibraryError as error:
        print(f"check_icd10: {error}", file=sys.stderr)
        return 1
    if not bad:
        print(f"Every ICD-10-CM code of the library stands in the release: {checked}.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
