"""Single expressions of the rule files: `expressions:` in `rules/<file>.yml`, regular expressions on small letters."""

from __future__ import annotations

import re
from functools import cache

from actions.reading.compiled import compiled
from actions.reading.rules import rules


@cache
def expression(file: str, name: str) -> re.Pattern[str]:
    """The expression with this name; a list of them matches where any does. Raises KeyError for a name not there."""
    given = rules(file)["expressions"][name]
    patterns = [given] if isinstance(given, str) else given
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))
