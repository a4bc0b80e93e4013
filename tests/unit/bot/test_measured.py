"""The measured part of a page."""

from pathlib import Path

import pytest

from bot.measured import BEGIN, END, written_into


def test_only_the_measured_part_of_the_page_is_replaced() -> None:
    assert written_into(f"a\n{BEGIN}\nold\n{END}\nb", "new", "page.md") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb"
    with pytest.raises(ValueError, match="page.md needs the lines .*measured: begin"):
        written_into("a", "new", "page.md")


@pytest.mark.parametrize("name", ["questions.md", "reading.md"])
def test_the_pages_that_are_measured_have_the_marks(name: str) -> None:
    page = (Path(__file__).parents[3] / "docs" / name).read_text("utf-8")
    assert written_into(page, "new", name).count("new\n\n<!-- measured: end -->") == 1
