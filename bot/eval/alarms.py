"""False alarms of the emergency watch in the texts of the other sets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from bot.eval.counts import DANGEROUS, Counts, Judged, judge_alarm
from bot.eval.sets import Item

FALSE_ALARMS = "false emergency alarms"


def false_alarm(item: Item, document: Mapping[str, Any], expected: Collection[str]) -> Judged:
    """Whether an emergency was heard in a text that holds none; a text that holds one counts nowhere here."""
    heard = [hit["id"] for hit in document["emergency"]] or ["by ear"] * bool(document.get("sounds_like"))
    if expected:
        return Judged(FALSE_ALARMS, Counts(), item.id)
    return judge_alarm(FALSE_ALARMS, item.id, bool(heard), [], heard, DANGEROUS)
