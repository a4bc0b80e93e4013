"""The ledger as one page for a browser: no script, nothing loaded from elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from criteria.library.ledger import Entry
from criteria.library.stale import LABELS


def page(entries: Sequence[Entry]) -> str:
    """The HTML page of these entries; whatever they hold is text in it, never markup."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    counted = Counter(entry.label for entry in entries)
    counts = {label: counted[label] for label in LABELS}
    return environment.get_template("ledger.html.jinja").render(entries=entries, counts=counts)
