"""The latest message of a tracker as casework hears it."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.casework.interview import Heard

TYPED = ("/inform", "/resume")
"""The door's lines for a typed message that needs no guess at its intent; the text stands in the metadata."""
_JOINER = "\u2060"  # the door puts it before a slash, so that Rasa takes the text for text


def heard(tracker: Tracker) -> Heard:
    """Text, intent and confidence, and the value that the door sent with a pressed button."""
    message = tracker.latest_message
    intent = message.get("intent") or {}
    value = metadata(tracker).get("value")
    raw = str(message.get("text") or "")
    typed = metadata(tracker).get("text") if raw in TYPED else None
    from_door = raw.startswith("/") and typed is None
    text = str(metadata(tracker).get("title", "")) if from_door else str(typed or raw.removeprefix(_JOINER))
    return Heard(text, str(intent.get("name") or ""), float(intent.get("confidence") or 0.0), value, from_door)


def metadata(tracker: Tracker) -> dict[str, Any]:
    """What the door, and only the door, sent beside the text."""
    given = tracker.latest_message.get("metadata")
    return given if isinstance(given, dict) else {}
