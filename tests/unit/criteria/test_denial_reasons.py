"""Denial reasons: the codes a remittance may carry for each, how sure we are of them, and what answers each."""

from __future__ import annotations

import pytest

from criteria.library import load

REASONS = load().denial_reasons


@pytest.mark.parametrize(
    ("reason", "carc", "rarc"),
    [
        ("not_medically_necessary", "50", "N115"),
        ("prior_auth_missing", "197", None),
        ("frequency_duplicate", "18", "N522"),
        ("experimental", "55", None),
        ("coding_error", "11", "M76"),
        ("insufficient_documentation", "16", "N705"),
        ("not_a_benefit", "96", "N130"),
        ("timely_filing", "29", None),
    ],
)
def test_a_code_that_was_read_in_a_summary_is_paraphrased(reason: str, carc: str, rarc: str | None) -> None:
    assert REASONS[reason].carc[carc] == "paraphrased"
    assert rarc is None or REASONS[reason].rarc[rarc] == "paraphrased"


def test_a_code_from_memory_is_unverified() -> None:
    doubtful = {code for r in REASONS.values() for code, s in (*r.carc.items(), *r.rarc.items()) if s == "unverified"}
    assert {"39", "56", "58", "146", "167", "198", "222", "226", "242", "243", "252"} <= doubtful
    assert {"M62", "M51", "M127", "N29", "N54"} <= doubtful


def test_no_code_is_surer_than_its_source() -> None:
    assert not any("verified" in (*r.carc.values(), *r.rarc.values()) for r in REASONS.values())


def test_the_ended_medicare_program_has_no_code() -> None:
    assert not REASONS["auc_noncompliance"].carc and not REASONS["auc_noncompliance"].rarc


def test_every_reason_says_what_answers_it() -> None:
    assert all(reason.answer_with for reason in REASONS.values())
