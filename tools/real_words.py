"""Finds the English words that reading would take for a misspelt word of a symptom or a part of the body.

"Insured" is no "injured". They are added to `actions/reading/rules/real_words.yml`, as words that are never corrected.
Run it after synonyms were added; a test fails until it was. The words are those of Debian's `wamerican` (SCOWL).
"""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from actions.reading import body, symptoms  # noqa: E402
from actions.reading.rules import rules  # noqa: E402

ENGLISH = Path("/usr/share/dict/american-english")
_FILE = ROOT / "actions" / "reading" / "rules" / "real_words.yml"


def mistaken() -> dict[str, str]:
    """Each English word that would be taken for another one, with that one. Raises OSError without the dictionary."""
    found = {}
    for line in ENGLISH.read_text("utf-8").splitlines():
        word = line.strip().lower()
        for phrases in (symptoms.words_of_findings(), body.words_of_parts()):
            other = phrases.taken_for(word) if word.isascii() else None
            if other is not None and word not in rules("real_words")["the_same"]:
                found[word] = other
    return found


def main() -> int:
    """Adds what `mistaken` finds to the file; prints how many."""
    new = mistaken()
    head, _, _ = _FILE.read_text("utf-8").partition("\nwords:")
    listed = ", ".join(sorted({*map(str, rules("real_words")["words"]), *new}))
    wrapped = textwrap.fill(f"[{listed}]", 124, initial_indent="  ", subsequent_indent="   ", break_on_hyphens=False)
    _FILE.write_text(f"{head}\nwords:\n{wrapped}\n", "utf-8")
    print(f"{len(new)} words added to {_FILE.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
