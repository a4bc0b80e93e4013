"""The measured part of a page."""

import pytest

from bot.measured import BEGIN, END, written_into


def test_only_the_measured_part_of_the_page_is_replaced() -> None:
    assert written_into(f"a\n{BEGIN}\nold\n{END}\nb", "new", "page.md") == f"a\n{BEGIN}\n\nnew\n\n{END}\nb"
    with pytest.raises(ValueError, match="page.md needs the lines .*measured: begin"):
        written_into("a", "new", "page.md")
