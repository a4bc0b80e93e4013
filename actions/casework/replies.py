"""What a use case answers: one message to a person, with its buttons, card and documents.

The same shape travels from an action through Rasa to a door, which alone turns buttons into one-time ids.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from criteria.results import as_json


@dataclass(frozen=True)
class Button:
    """A choice offered: `intent` is what Rasa is told when it is pressed, `value` what goes with it as metadata."""

    title: str
    intent: str
    value: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One line of a card; `state` as in the contract; `edit` is the button that corrects it."""

    id: str
    label: str
    value: str
    state: str
    source: str = ""
    who: str = ""
    edit: Button | None = None


@dataclass(frozen=True)
class Card:
    """`type` is one of reading, check, deadline, draft."""

    type: str
    title: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class DocumentLink:
    """A stored document that the conversation's owner may fetch in these formats."""

    id: str
    kind: str
    title: str
    formats: tuple[str, ...] = ("html", "pdf", "docx")


@dataclass(frozen=True)
class Reply:
    text: str
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    documents: tuple[DocumentLink, ...] = ()
    tone: str | None = None
    """`emergency` is shown before everything else and announced at once."""

    def to_json(self) -> dict[str, Any]:
        """The reply as plain JSON, the way an action hands it to Rasa as a custom message."""
        return {"reply": as_json(self)}

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> Reply:
        """The reply that `to_json` made. Raises KeyError or TypeError for anything else."""
        given = content["reply"]
        card = given["card"]
        return Reply(
            text=given["text"],
            buttons=tuple(Button(**b) for b in given["buttons"]),
            card=None if card is None else Card(card["type"], card["title"], tuple(_row(r) for r in card["rows"])),
            documents=tuple(DocumentLink(**{**d, "formats": tuple(d["formats"])}) for d in given["documents"]),
            tone=given["tone"],
        )


@dataclass(frozen=True)
class Static(Reply):
    """One of the static answers of domain.yml, by its `name` there: Rasa itself says it."""

    name: str = ""


def _row(row: Mapping[str, Any]) -> Row:
    return Row(**{**row, "edit": None if row["edit"] is None else Button(**row["edit"])})
