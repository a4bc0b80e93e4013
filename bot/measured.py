"""The measured part of a page of docs/: what a command writes between two marks, and nothing else of the page."""

from __future__ import annotations

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"


def written_into(page: str, part: str, name: str) -> str:
    """The page with the measured part replaced. Raises ValueError, naming the page, when it lacks the two marks."""
    before, begun, rest = page.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not begun or not ended:
        raise ValueError(f"{name} needs the lines {BEGIN} and {END}, in this order")
    return f"{before}{BEGIN}\n\n{part}\n\n{END}{after}"
