"""How clinical language is counted."""

from __future__ import annotations

from typing import Any

import pytest
from scored import counts, document, field, hit, item, row

from bot.eval.clinical import same_length, score
from bot.eval.counts import Counts
from bot.eval.sets import OPTIONAL


def finding(id: str, status: str = "present", **details: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("weeks", "weeks_to", "since", "side", "region", "onset", "severity"))
    return {"id": id, "status": status, "or": [], **plain, **details}


def treatment(kind: str, status: str = "present", **details: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("weeks", "weeks_to", "outcome", "directed"))
    return {"kind": kind, "status": status, "or": [], **plain, **details}


def picture(modality: str, region: str | None, status: str = "present", **details: Any) -> dict[str, Any]:
    plain = dict.fromkeys(("side", "date", "result"))
    return {"modality": modality, "region": region, "status": status, "or": [], **plain, **details}


def gold(**said: Any) -> dict[str, Any]:
    things: tuple[str, ...] = ("findings", "treatments", "imaging", *OPTIONAL.values())
    values = ("symptom_weeks", "symptom_weeks_to", "age", "pack_years", "quit_years", "emergency")
    return {**{name: [] for name in things}, **dict.fromkeys(values), **said}


def findings(said: list[dict[str, Any]], read: list[dict[str, Any]], **more: Any) -> tuple[Any, dict[str, Any]]:
    return item(gold(findings=said, **more)), document(findings=read)


def test_a_finding_counts_with_its_status_however_often_it_was_read() -> None:
    pair = findings(
        [finding("fever", "absent"), finding("numbness"), finding("weakness", "uncertain")],
        [finding("fever", "absent"), finding("numbness"), finding("numbness"), finding("chills")],
    )
    assert counts(score, "findings with status", pair) == Counts(tp=2, fp=1, fn=1)


def test_what_is_not_so_and_is_read_as_present_is_counted_both_ways() -> None:
    pair = findings(
        [
            finding("fever", "absent"),
            finding("breast_cancer", "family"),
            finding("numbness"),
            finding("gout", "historical"),
        ],
        [finding("fever"), finding("breast_cancer", "family"), finding("numbness"), finding("chills")],
    )
    scored = score([pair])
    assert row(scored, "not present, read as present").value == pytest.approx(1 / 3)
    assert row(scored, "of those read as present: not so").value == pytest.approx(1 / 3)
    assert row(scored, "of those read as present: said by nobody").value == pytest.approx(1 / 3)


def test_a_finding_on_one_side_and_not_on_the_other_is_not_taken_for_so() -> None:
    pair = findings(
        [finding("weakness", side="left"), finding("weakness", "absent", side="right")],
        [finding("weakness", side="left")],
    )
    assert row(score([pair]), "not present, read as present").value is None


def test_the_side_is_right_where_the_text_gives_one_and_the_finding_was_read() -> None:
    pair = findings(
        [finding("weakness", side="left"), finding("numbness", side="right"), finding("tingling", side="left")],
        [finding("weakness", side="left"), finding("numbness")],
    )
    assert counts(score, "finding side, where given", pair) == Counts(tp=1, fn=1)


@pytest.mark.parametrize(
    ("said", "read", "same"),
    [(8, 8.8, True), (8, 8.9, False), (1, 1.5, True), (1, 1.6, False), (40, 36, True), (40, 35, False)],
)
def test_lengths_are_the_same_within_a_tenth_or_half_a_week(said: float, read: float, same: bool) -> None:
    assert same_length((said, said), read) == same


def test_a_range_is_right_from_its_lower_to_its_upper_end() -> None:
    assert [weeks for weeks in (9.0, 9.5, 11, 12.1, 12.2) if same_length((10, 11), weeks)] == [9.0, 9.5, 11, 12.1]
    pair = findings([finding("numbness", weeks=4, weeks_to=8)], [finding("numbness", weeks=6)], symptom_weeks=2)
    assert counts(score, "weeks of findings", pair) == Counts(tp=1)


def test_another_status_that_is_as_right_counts_as_right() -> None:
    either = finding("cancer_history", "historical", **{"or": ["present"]})
    pairs = [findings([either], [finding("cancer_history")]), findings([either], [finding("cancer_history", "absent")])]
    assert counts(score, "findings with status", *pairs) == Counts(tp=1, fp=1, fn=1)
    assert row(score(pairs), "not present, read as present").value is None


def test_what_a_reader_may_leave_out_counts_only_when_read_wrong() -> None:
    said = {
        "optional": [finding("gout"), finding("fever", "absent")],
        "optional_treatments": [treatment("nsaid"), treatment("opioid")],
        "optional_imaging": [picture("xray", "knee"), picture("mri", "knee")],
    }
    pair = (
        item(gold(**said)),
        document(
            findings=[finding("gout"), finding("fever")],
            treatments=[treatment("nsaid", weeks=2), treatment("opioid", "absent")],
            imaging=[picture("xray", "knee"), picture("mri", "hip")],
        ),
    )
    assert counts(score, "findings with status", pair) == Counts(fp=1)
    assert row(score([pair]), "not present, read as present").value == 1.0
    assert row(score([pair]), "of those read as present: said by nobody").value == 0.0
    assert counts(score, "treatments: kind and length", pair) == Counts(fp=1)
    assert counts(score, "imaging: modality and region", pair) == Counts(fp=1)
    assert counts(score, "findings with status", (item(gold(**said)), document())) == Counts()


def test_lengths_of_the_complaint_the_findings_and_the_treatments_are_summed() -> None:
    pair = (
        item(gold(
            symptom_weeks=8,
            findings=[finding("numbness", weeks=2), finding("fever", weeks=1), finding("tingling")],
            treatments=[treatment("nsaid", weeks=4), treatment("injection"), treatment("bracing", weeks=3)],
        )),
        document(
            symptom_weeks=None,
            findings=[finding("numbness", weeks=6), finding("tingling", weeks=8), finding("chills", weeks=5)],
            treatments=[treatment("nsaid", weeks=4), treatment("injection", weeks=2)],
        ),
    )  # fmt: skip
    assert counts(score, "symptom_weeks", pair) == Counts(fn=1)
    assert counts(score, "weeks of findings", pair) == Counts(fp=1, fn=2)  # tingling has the whole complaint's length
    assert counts(score, "weeks of treatments", pair) == Counts(tp=1, fp=1, fn=1)
    assert counts(score, "durations", pair) == Counts(tp=1, fp=2, fn=4)


def test_a_length_given_to_a_finding_that_has_none_is_invented() -> None:
    pair = findings([finding("tingling")], [finding("tingling", weeks=20)], symptom_weeks=8)
    assert counts(score, "weeks of findings", pair) == Counts(fp=1)


def test_a_treatment_needs_its_kind_and_its_length() -> None:
    pair = (
        item(gold(treatments=[treatment("physical_therapy", weeks=6), treatment("nsaid"), treatment("injection")])),
        document(treatments=[treatment("physical_therapy", weeks=2), treatment("nsaid"), treatment("opioid")]),
    )
    assert counts(score, "treatments: kind and length", pair) == Counts(tp=1, fp=2, fn=2)


def test_two_treatments_of_a_kind_are_paired_by_what_is_most_alike() -> None:
    pair = (
        item(
            gold(
                treatments=[treatment("nsaid", weeks=2, outcome="none"), treatment("nsaid", weeks=9, outcome="partial")]
            )
        ),
        document(treatments=[treatment("nsaid", weeks=9, outcome="partial"), treatment("nsaid", weeks=2)]),
    )
    assert counts(score, "treatments: kind and length", pair) == Counts(tp=2)
    assert counts(score, "treatment outcome, where given", pair) == Counts(tp=1, fn=1)


def test_a_treatment_said_twice_in_the_same_way_counts_once() -> None:
    twice = [treatment("nsaid", weeks=2), treatment("nsaid", weeks=2, outcome="none")]
    pair = (item(gold(treatments=[treatment("nsaid", weeks=2)])), document(treatments=twice))
    assert counts(score, "treatments: kind and length", pair) == Counts(tp=1)


def test_care_that_was_not_had_and_is_read_as_had_is_the_worst_of_errors() -> None:
    said = [treatment("injection", "absent"), treatment("nsaid", directed="self")]
    pair = (
        item(gold(treatments=said, age=40)),
        document(treatments=[treatment("injection"), treatment("nsaid", directed="provider")], age=41),
    )
    scored = score([pair])
    assert row(scored, "treatments not present, read as present").value == 1.0
    assert row(scored, "treatment status, where given").counts == Counts(tp=1, fn=1)
    assert row(scored, "treatment directed, where given").counts == Counts(fn=1)
    assert [error.what for error in scored.errors][0] == "treatment status, where given"


def test_a_picture_needs_its_modality_and_region() -> None:
    pair = (
        item(
            gold(
                imaging=[picture("xray", "knee", result="normal", date="2026-08-20"), picture("mri", "knee", "absent")]
            )
        ),
        document(imaging=[picture("xray", "hip"), picture("xray", "knee", result="normal", date="2026-08-21")]),
    )
    assert counts(score, "imaging: modality and region", pair) == Counts(tp=1, fp=1, fn=1)
    assert counts(score, "imaging result, where given", pair) == Counts(tp=1)
    assert counts(score, "imaging date, where given", pair) == Counts(fn=1)
    assert counts(score, "imaging status, where given", pair) == Counts(tp=1)


def test_a_picture_of_another_region_is_wrong() -> None:
    pair = (item(gold(imaging=[picture("xray", "knee")])), document(imaging=[picture("xray", "hip")]))
    assert counts(score, "imaging: modality and region", pair) == Counts(fp=1, fn=1)


def test_a_picture_of_a_month_is_right_on_any_day_of_it_and_one_of_two_results_is_right() -> None:
    said = picture("mri", "knee", date="2026-08", result="abnormal", **{"or": ["arthritis"]})
    pair = (
        item(gold(imaging=[said])),
        document(imaging=[picture("mri", "knee", date="2026-08-01", result="arthritis")]),
    )
    assert counts(score, "imaging date, where given", pair) == Counts(tp=1)
    assert counts(score, "imaging result, where given", pair) == Counts(tp=1)


def test_smoking_counts_like_any_single_value() -> None:
    pair = (item(gold(pack_years=30, quit_years=0)), document(pack_years=30))
    assert counts(score, "pack_years", pair) == Counts(tp=1)
    assert counts(score, "quit_years", pair) == Counts(fn=1)


def test_age_counts_like_any_single_value_and_its_confidence_too() -> None:
    pair = (item(gold(age=54)), document(age=45, fields={"age": field(45, 0.9)}))
    assert counts(score, "age", pair) == Counts(fp=1, fn=1)
    assert score([pair]).sure == ((0.9, False),)


def test_an_alarm_is_false_unless_the_findings_make_one_or_the_item_names_one() -> None:
    alarmed = document(emergency=[hit("RF01")])
    pairs = [
        (item(gold(findings=[finding("cauda_equina")])), alarmed),
        (item(gold(findings=[finding("fever")])), alarmed),
        (item(gold(findings=[finding("fever")], emergency=["RF01"])), alarmed),
        (item(gold()), document()),
    ]
    assert counts(score, "false emergency alarms", *pairs) == Counts(fp=1, tn=1)
