"""The phrases of the rule files: what YAML makes of a colon is said where it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from actions.reading.misspelt import tolerant
from actions.reading.rules import pattern
from criteria import strict_yaml


@pytest.mark.parametrize("use", [pattern, tolerant])
def test_a_phrase_that_yaml_reads_as_a_mapping_is_refused(tmp_path: Path, use: Callable[..., Any]) -> None:
    file = tmp_path / "rules.yml"
    file.write_text("plan:\n  says:\n    - insurer\n    - (?: their) plan\n")
    with pytest.raises(strict_yaml.LibraryError, match="must stand in quotes") as refused:
        use(strict_yaml.read(file)["plan"]["says"])
    assert refused.value.where.endswith("rules.yml:4")
