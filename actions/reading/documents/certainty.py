"""How sure a value is that was read from a picture."""

from __future__ import annotations

from dataclasses import replace

from actions.reading.reading import Reading

EXACT = 0.93
"""Of the key fields of degraded pages not seen before, so many were read exactly (126 of 135; nlp_stack.md, section 4).
Of the others a third were plausible and wrong, which is why every value of a picture is shown as "please check"."""


def of_picture(reading: Reading) -> Reading:
    """The reading of a text that came out of a picture: every value less sure, by what the picture may have hidden."""
    fields = {
        name: replace(field, confidence=round(field.confidence * EXACT, 2)) for name, field in reading.fields.items()
    }
    return replace(reading, fields=fields)
