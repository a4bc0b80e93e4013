"""What an appeal says, and what it never says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from letter_text import Write, text

from actions.letters import DraftError, Letter, draft, kinds
from actions.letters.document import Bullets, Row, Table, pieces_of, words
from actions.letters.phrases import keys_of, length
from actions.letters.sentences import load as load_sentences
from criteria import ids
from criteria.facts import Case, Denial, Evaluation, Finding, Imaging, Patient, PeerToPeer, Plan, Study, Treatment
from criteria.library.records import Library
from criteria.results import Assessment

Check = Callable[[Case], Assessment]

def cover_of(letter: Letter) -> str:
    return "\n".join(words(piece) for block in letter.cover for piece in pieces_of(block))


def told(letter: Letter, fact: str) -> list[str]:
    """The sentences that tell a fact of the patient's; those about a guideline as such name only the guideline."""
    return [a.text for a in letter.assertions if fact in a.facts and (a.kind == "clinical" or "My facts are" in a.text)]


# --- every case ----------------------------------------------------------------------------------------------------


def walk(letter: Letter, case: Case) -> None:
    """What holds for every letter whatsoever."""
    known, body = keys_of(case), text(letter)
    for assertion in letter.assertions:
        assert assertion.facts or assertion.sources or assertion.kind == "request", assertion
        assert set(assertion.facts) <= known, assertion
        if assertion.kind in ("guideline", "legal"):
            assert assertion.sources, assertion
    assert len(letter.blanks) == len(set(letter.blanks))
    for name in letter.blanks:
        assert f"[{name}]" in body
        assert f"[{name}]" in cover_of(letter)
    assert f"({len(letter.blanks)})" in cover_of(letter) or not letter.blanks
    assert letter.ready is not ("not ready to send" in cover_of(letter))
    for block in letter.body:
        for piece in pieces_of(block):
            assert not isinstance(piece, str) or structural(piece, letter), piece
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells if row.assertion else ():
                assert cell in row.assertion.text or cell == "Not stated" or cell.lower() in row.assertion.text.lower()
    assert not re.search(r"\b(score|guarantee|lawsuit|sue|attorney|lawyer|bad faith)\b|%", body, re.IGNORECASE)
    for name in ("None", "{{", "}}", "undefined"):
        assert name not in body


def structural(text: str, letter: Letter) -> bool:
    """Whether a piece that is no assertion is a fixed line, the letter's date, or nothing but a blank."""
    if text in {f"[{name}]" for name in letter.blanks} or text == shown(letter.date):
        return True
    return any(re.fullmatch(_pattern(line), text, re.DOTALL) for line in load_sentences().lines.values())


def _pattern(template: str) -> str:
    """A fixed line as a pattern; one that is nothing but a value matches nothing."""
    parts = re.split(r"{{.*?}}", template)
    return ".+".join(map(re.escape, parts)) if any(part.strip() for part in parts) else "(?!)"


def shown(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"


@pytest.mark.parametrize("name", ["lumbar", "acute lumbar", "bare lumbar", "knee", "arthritic knee", "brain"])
def test_every_sentence_of_every_letter_has_its_support(name: str, write: Write, cases: dict[str, Case]) -> None:
    walk(write(cases[name]), cases[name])


def _maybe(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.none() | strategy


_FINDINGS = st.sampled_from([
    "low_back_pain", "weakness", "fever", "cancer_history", "numbness", "surgery_candidate", "knee_pain", "locking",
    "headache", "change_in_headache_pattern", "progressive_worsening", "bladder_dysfunction", "smoking_history",
])  # fmt: skip
_STATUS, _CHARTED = st.sampled_from(ids.STATUSES), st.sampled_from(ids.CHARTED)
_SIDE, _DAY = _maybe(st.sampled_from(ids.SIDES)), _maybe(st.dates(date(2026, 1, 1), date(2026, 11, 21)))
_WEEKS = _maybe(st.floats(0, 200, allow_nan=False))
CASES = st.builds(
    Case,
    as_of=st.just(date(2026, 11, 21)),
    study=st.builds(Study, st.sampled_from(["mri-lumbar-spine", "mri-knee", "mri-brain"]), side=_SIDE),
    plan=st.builds(Plan, _maybe(st.sampled_from(ids.PLAN_TYPES)), _maybe(st.sampled_from(["aetna", "Example Plan"]))),
    denial=st.builds(
        Denial, notice_date=_DAY, service=_maybe(st.sampled_from(ids.SERVICES)),
        level=_maybe(st.sampled_from(ids.LEVELS)),
        reasons=st.lists(st.sampled_from(ids.DENIAL_REASONS), max_size=3).map(tuple),
        urgent=_maybe(st.booleans()),
    ),
    patient=st.builds(Patient, name=_maybe(st.just("Pat Example")), age=_maybe(st.integers(0, 110))),
    peer_to_peer=st.builds(PeerToPeer, _maybe(st.sampled_from(ids.PEER_TO_PEER))),
    symptom_weeks=_WEEKS,
    findings=st.lists(
        st.builds(Finding, _FINDINGS, _STATUS, _maybe(st.sampled_from(ids.REGIONS)), _SIDE, weeks=_WEEKS, since=_DAY,
                  charted=_CHARTED), max_size=6).map(tuple),
    treatments=st.lists(
        st.builds(Treatment, st.sampled_from(ids.TREATMENT_KINDS), _STATUS, _WEEKS, _DAY, _DAY,
                  _maybe(st.sampled_from(ids.DIRECTED)), _maybe(st.sampled_from(ids.OUTCOMES)), charted=_CHARTED),
        max_size=4).map(tuple),
    imaging=st.lists(
        st.builds(Imaging, st.sampled_from(ids.MODALITIES), _maybe(st.sampled_from(ids.REGIONS)), _SIDE, _STATUS, _DAY,
                  _maybe(st.sampled_from(ids.IMAGING_RESULTS)), _CHARTED), max_size=3).map(tuple),
    evaluations=st.lists(st.builds(Evaluation, _DAY, _maybe(st.booleans()), charted=_CHARTED), max_size=2).map(tuple),
)  # fmt: skip


@settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
)  # fmt: skip
@given(case=CASES)
def test_whatever_people_say_the_letter_says_no_more(case: Case, write: Write, library: Library) -> None:
    letter = write(case)
    walk(letter, case)
    for id in {f.id for f in case.findings}:
        statuses = {f.status for f in case.findings if f.id == id}
        lines = told(letter, id)
        if statuses == {"uncertain"}:
            assert not lines
        if statuses <= {"absent", "uncertain"}:
            assert all(re.search(r": No\b|not present|Not this", line) for line in lines), lines
        if statuses <= {"historical", "uncertain"}:
            assert all("in the past" in line.lower() for line in lines), lines
        if statuses <= {"family", "uncertain"}:
            assert all("in my family" in line.lower() for line in lines), lines
    for status, mark in (("absent", "not"), ("uncertain", None), ("family", "in my family")):
        for kind in {t.kind for t in case.treatments}:
            if {t.status for t in case.treatments if t.kind == kind} == {status}:
                lines = told(letter, f"treatment.{kind}")
                assert all(mark and mark in line.lower() for line in lines), lines
    record = [a.text for a in letter.assertions if "medical record" in a.text and a.kind == "clinical"]
    unrecorded = {f.id for f in case.findings} - {f.id for f in case.findings if f.charted == "yes"}
    for id in unrecorded:
        assert not any(id in a.facts for a in letter.assertions if a.text in record)


# --- what is not known ---------------------------------------------------------------------------------------------


def test_a_nearly_empty_case_is_all_blanks(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["bare lumbar"])
    for name in ("your full name", "member ID", "date on the denial notice", "name of your health plan",
                 "reason for the denial, in the notice's own words", "your date of birth"):  # fmt: skip
        assert name in letter.blanks
    assert not letter.ready
    assert "Check your letter for the deadline" in cover_of(letter)


def test_what_was_given_leaves_no_blank(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["lumbar"])
    for name in ("your full name", "member ID", "date on the denial notice", "procedure code"):
        assert name not in letter.blanks
    assert "EX-0001" in text(letter)
    assert "November 2, 2026" in text(letter)


def test_dates_and_results_of_a_treatment_that_nobody_gave_are_blanks(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["knee"])
    assert "start and end dates of physical therapy" in letter.blanks
    assert "result of physical therapy" in letter.blanks
    assert "who directed physical therapy" not in letter.blanks


@pytest.mark.parametrize(
    ("start", "end", "blank"),
    [
        (None, date(2026, 10, 13), "start date of physical therapy"),
        (date(2026, 9, 1), None, "end date of physical therapy"),
        (None, None, "start and end dates of physical therapy"),
        (date(2026, 9, 1), date(2026, 10, 13), None),
    ],
)
def test_only_the_missing_date_of_a_treatment_is_a_blank(
    start: date | None, end: date | None, blank: str | None, write: Write, cases: dict[str, Case]
) -> None:
    therapy = Treatment("physical_therapy", weeks=6, start=start, end=end, directed="provider", outcome="none")
    letter = write(replace(cases["lumbar"], treatments=(therapy,)))
    assert [name for name in letter.blanks if "date" in name and "therapy" in name] == ([blank] if blank else [])


def test_the_uncertain_stands_on_the_cover_and_nowhere_else(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["knee"])
    assert "swelling" not in text(letter).lower()
    assert "leaves it out: swelling" in cover_of(letter)


def test_what_the_record_lacks_is_not_told_as_recorded(write: Write, cases: dict[str, Case]) -> None:
    case = cases["lumbar"]
    findings = (*case.findings, Finding("numbness", charted="no"))
    denial = replace(case.denial, reasons=("insufficient_documentation",))
    letter = write(replace(case, findings=findings, denial=denial))
    assert told(letter, "numbness") == ["Numbness: Yes, now."]
    assert any(line.startswith("My medical record shows") for line in told(letter, "low_back_pain"))
    assert "not in your medical record: numbness" in cover_of(letter)


def test_a_numb_leg_is_not_told_as_a_numb_back(write: Write, cases: dict[str, Case]) -> None:
    """Its region is the part of the spine that serves the leg, which nobody said is numb."""
    case = cases["lumbar"]
    numb = Finding("numbness", region="lumbar_spine", side="left", charted="yes")
    denial = replace(case.denial, reasons=("insufficient_documentation",))
    letter = write(replace(case, findings=(*case.findings, numb), denial=denial))
    assert [line for line in told(letter, "numbness") if "lower back" in line] == []
    assert any("numbness (left side)" in line.lower() or "left side" in line for line in told(letter, "numbness"))


# --- criteria ------------------------------------------------------------------------------------------------------


def test_a_met_scenario_is_cited_with_category_topic_year_link_and_day(write: Write, cases: dict[str, Case]) -> None:
    body = text(write(cases["lumbar"]))
    assert "rated “Usually Appropriate”" in body
    assert "“Low Back Pain” (2021 Update)" in body
    assert "https://acsearch.acr.org/docs/69483/Narrative/, accessed January 28, 2026" in body
    assert "MRI of the lower back without contrast is rated" in body


def test_an_arguable_scenario_always_says_may_be_appropriate(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["arthritic knee"])
    cited = [a.text for a in letter.assertions if "ACR) Appropriateness Criteria" in a.text or "ACR Approp" in a.text]
    assert any("“May Be Appropriate”" in text for text in cited)
    assert all("May Be Appropriate" in text for text in cited if not text.startswith("Source:"))
    assert "Usually Appropriate" not in text(letter)


def test_the_acr_is_not_cited_when_its_scenario_speaks_against_the_scan(
    library: Library, check: Check, cases: dict[str, Case]
) -> None:
    case = cases["lumbar"]
    met = check(case)
    against = replace(met.guidelines[0], id="other", result="not_met", category="usually_not_appropriate")
    letter = draft("appeal", case, replace(met, guidelines=(*met.guidelines, against)), library)
    assert "ACR" not in text(letter)
    assert "American College" not in text(letter)
    assert "ACR" in text(draft("appeal", case, met, library))


def test_a_text_due_for_another_look_says_check_the_current_text(
    write: Write, library: Library, check: Check, cases: dict[str, Case]
) -> None:
    late = write(cases["lumbar"])
    assert "check the current text of “Low Back Pain”" in text(late)
    assert "I checked the current text of: “Low Back Pain”" in cover_of(late)
    fresh = replace(
        library,
        sources={id: replace(s, recheck_after=date(2027, 1, 1)) for id, s in library.sources.items()},
        guidelines={id: replace(g, recheck_after=date(2027, 1, 1)) for id, g in library.guidelines.items()},
    )
    early = draft("appeal", cases["lumbar"], check(cases["lumbar"]), fresh)
    assert "rated “Usually Appropriate”" in text(early)
    assert "check the current text" not in text(early)


def test_readings_of_our_own_are_never_cited(write: Write, library: Library, cases: dict[str, Case]) -> None:
    scenario = next(s for s in library.guidelines["acr-low-back-pain-2021"].scenarios if s.id == "L-3")
    ours = [part.say for part in scenario.when.of if part.ours]
    letter = write(cases["lumbar"])
    assert ours
    assert not any(say.lower() in text(letter).lower() for say in ours)
    rows = [a for a in letter.assertions if a.kind == "guideline" and "surgery_candidate" in a.facts]
    assert any(scenario.say.strip().lower() in a.text.lower() for a in rows)


def test_a_point_met_by_what_implies_it_tells_what_was_said(write: Write, cases: dict[str, Case]) -> None:
    kept = tuple(f for f in cases["lumbar"].findings if f.id not in ("cancer_history", "active_cancer"))
    letter = write(replace(cases["lumbar"], findings=(*kept, Finding("active_cancer", charted="yes"))))
    assert any(a.kind == "guideline" and "cancer now" in a.text.lower() for a in letter.assertions)
    assert all("cancer_history" not in a.facts for a in letter.assertions)


def test_the_other_side_is_no_fact_for_this_one(write: Write, cases: dict[str, Case]) -> None:
    case = cases["knee"]
    letter = write(replace(case, findings=(*case.findings, Finding("knee_pain", side="right", charted="yes"))))
    assert not any("right" in a.text for a in letter.assertions if a.kind == "guideline")


def test_a_case_with_gaps_claims_no_criterion_and_asks_for_them(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["acute lumbar"])
    body = text(letter)
    assert not any(a.kind == "guideline" for a in letter.assertions)
    assert "I know that some points may still be open" in body
    assert "the exact criteria you used" in body
    assert "a copy of my claim file" in body
    assert "peer-to-peer call" in body


def test_another_payers_rule_is_no_argument(write: Write, cases: dict[str, Case]) -> None:
    body = text(write(cases["lumbar"]))
    for name in ("Aetna", "Carelon", "eviCore", "Evolent", "UnitedHealthcare"):
        assert name not in body


# --- reasons -------------------------------------------------------------------------------------------------------


def test_the_payers_words_are_quoted_as_the_payers(write: Write, cases: dict[str, Case]) -> None:
    body = text(write(cases["lumbar"]))
    assert "Your notice says: “Six weeks of conservative treatment was not completed.”" in body


def test_care_that_was_done_answers_that_care_comes_first(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["lumbar"])
    assert letter.unanswered == ()
    assert any(line.startswith("I have had physical therapy") for line in told(letter, "treatment.physical_therapy"))


def without_the_visit(*treatments: Treatment, **parts: object) -> Case:
    """Back pain under a reviewer whose rule asks for six weeks of care and a visit after it; no visit was told."""
    denial = Denial(notice_date=date(2026, 11, 2), reasons=("conservative_care",))
    given: dict[str, object] = {"symptom_weeks": 12.0, "findings": (Finding("low_back_pain"),), **parts}
    given = {"study": Study("mri-lumbar-spine"), "plan": Plan("erisa_self_funded", "cigna"), **given}
    return Case(date(2026, 11, 21), denial=denial, treatments=treatments, **given)  # type: ignore[arg-type]


def test_told_care_answers_though_the_whole_rule_is_not_met(write: Write, check: Check) -> None:
    case = without_the_visit(Treatment("physical_therapy", weeks=6, outcome="none"))
    assert check(case).verdict == "gaps"
    letter = write(case)
    assert letter.unanswered == ()
    assert told(letter, "treatment.physical_therapy")
    assert "Please tell me which exact point is not met" in text(letter)
    cover = cover_of(letter)
    assert "No fact here" not in cover and "do not answer" not in cover
    assert "Not every point of the rule that counts here is met yet" in cover
    assert "We know of nothing that is still open" not in cover
    assert "a visit or call after the care" in cover


def test_what_would_help_most_is_no_rare_sign_that_nobody_spoke_of(write: Write) -> None:
    case = without_the_visit(Treatment("physical_therapy", weeks=6, outcome="none"), plan=Plan("erisa_self_funded"))
    help_most = cover_of(write(case)).split("What would help most\n")[1].split("What to gather")[0]
    assert "cauda equina" not in help_most
    assert help_most.startswith("Nobody has said yet whether this is so: being considered for surgery or an injection.")
    assert "age in years" not in help_most


@pytest.mark.parametrize(
    "treatments",
    [
        (Treatment("physical_therapy", weeks=3, outcome="none"),),
        (Treatment("physical_therapy", outcome="none"),),
        (Treatment("physical_therapy", weeks=6, outcome="resolved"),),
        (Treatment("physical_therapy", "historical", weeks=8),),
        (Treatment("physical_therapy", weeks=6, start=date(2024, 1, 1), end=date(2024, 2, 12)),),
    ],
    ids=["too short", "of no stated length", "resolved it", "some day in the past", "before this problem"],
)
def test_care_that_falls_short_is_told_and_answers_nothing(treatments: tuple[Treatment, ...], write: Write) -> None:
    letter = write(without_the_visit(*treatments))
    assert letter.unanswered == ("conservative_care",)
    assert told(letter, "treatment.physical_therapy")
    assert "do not answer this reason for the denial in full yet" in cover_of(letter)
    assert not letter.ready


@pytest.mark.parametrize(
    "treatments", [(), (Treatment("physical_therapy", "absent"),), (Treatment("nsaid", weeks=9, charted="no"),)]
)
def test_no_care_that_counts_is_no_fact(treatments: tuple[Treatment, ...], write: Write) -> None:
    letter = write(without_the_visit(*treatments))
    assert letter.unanswered == ("conservative_care",)
    assert "No fact here answers this reason for the denial yet" in cover_of(letter)
    assert not letter.ready


@pytest.mark.parametrize("reason", ids.DENIAL_REASONS)
def test_every_reason_is_answered_in_its_own_paragraph_or_flagged(reason: str, write: Write, library: Library) -> None:
    case = Case(date(2026, 11, 21), study=Study("mri-lumbar-spine"), denial=Denial(reasons=(reason,)))
    letter = write(case)
    name = library.denial_reasons[reason].say
    assert f"Your reason: {name}" in text(letter)
    assert letter.unanswered == (reason,)
    assert f"answers this reason for the denial yet: {name}" in cover_of(letter)


def test_a_right_alone_does_not_answer_that_another_test_comes_first(write: Write, cases: dict[str, Case]) -> None:
    case = cases["knee"]
    named = replace(case.denial, words="An X-ray of the knee is needed first.")
    letter = write(replace(case, denial=named, imaging=(Imaging("xray", "knee", "left", "absent"),)))
    assert "OEI-09-18-00260" in text(letter)
    assert "alternative_imaging" in letter.unanswered
    assert "This has been done" not in text(letter)


def test_a_report_on_x_rays_answers_no_demand_for_another_test(write: Write, cases: dict[str, Case]) -> None:
    """The plan asked for an ultrasound: a report about X-rays says nothing of that."""
    denial = replace(cases["knee"].denial, words="An ultrasound must come first.")
    assert "OEI-09-18-00260" not in text(write(replace(cases["knee"], denial=denial)))


def test_a_picture_of_something_else_answers_nothing(write: Write, cases: dict[str, Case]) -> None:
    pictures = (Imaging("ct", "head", None, "present"), Imaging("xray", "knee", "right", "present"))
    letter = write(replace(cases["knee"], imaging=pictures))
    assert "alternative_imaging" in letter.unanswered
    assert "This has been done" not in text(letter)


def test_a_quoted_reason_of_no_known_kind_is_flagged(write: Write, cases: dict[str, Case]) -> None:
    case = replace(cases["lumbar"], denial=replace(cases["lumbar"].denial, reasons=(), words="Form 12 was not blue."))
    letter = write(case)
    assert letter.unanswered
    assert not letter.ready


def test_the_ended_medicare_program_is_no_ground_for_denial(write: Write, cases: dict[str, Case]) -> None:
    letter = write(cases["brain"])
    assert any("42 CFR 414.94" in a.text and a.sources for a in letter.assertions)
    assert "auc_noncompliance" not in letter.unanswered
    before = replace(cases["brain"].denial, service_date=date(2023, 9, 10))
    assert "42 CFR 414.94" not in text(write(replace(cases["brain"], denial=before)))
    other = write(replace(cases["brain"], plan=Plan("individual_aca")))
    assert "42 CFR 414.94" not in text(other)
    assert "auc_noncompliance" in other.unanswered


# --- rights, urgency, deadlines ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("plan", "cite", "name"),
    [
        ("erisa_self_funded", "29 CFR 2560.503-1(h)(2)(iii)", "first-level appeal"),
        ("individual_aca", "45 CFR 147.136(b)", "first-level appeal"),
        ("medicare_advantage", "42 CFR 422.101(b)(6)", "reconsideration"),
        ("medicaid_managed", "42 CFR 438.210(b)(3)", "first-level appeal"),
        ("fehb", "5 CFR 890.105", "reconsideration"),
        ("medicare_original", "", "redetermination"),
        ("tricare", "", "reconsideration"),
    ],
)
def test_rights_are_those_of_the_plan_type(
    plan: str, cite: str, name: str, write: Write, cases: dict[str, Case]
) -> None:
    letter = write(replace(cases["lumbar"], plan=Plan(plan)))
    legal = " ".join(a.text for a in letter.assertions if a.kind == "legal")
    assert name in text(letter)
    assert cite in legal if cite else legal == ""


def test_no_law_is_claimed_for_a_plan_nobody_named(write: Write, cases: dict[str, Case]) -> None:
    letter = write(replace(cases["lumbar"], plan=Plan()))
    assert not [a for a in letter.assertions if a.kind == "legal"]
    assert "CFR" not in text(letter)


def test_urgent_only_when_somebody_said_so(write: Write, cases: dict[str, Case]) -> None:
    case = cases["lumbar"]
    assert "expedited" not in text(write(case))
    assert "expedited" in text(write(replace(case, denial=replace(case.denial, urgent=True))))


def test_both_dates_stand_on_the_cover_with_their_rule(write: Write, cases: dict[str, Case]) -> None:
    case = replace(cases["lumbar"], plan=Plan("medicare_advantage"))
    cover = cover_of(write(case))
    assert "\nJanuary 1, 2027 (a holiday: have it there by Thursday, December 31, 2026)\n" in cover
    assert "may allow until January 6, 2027" in cover
    assert "42 CFR 422.582(b)" in cover
    assert "If your letter gives a different date, follow the letter" in cover


def test_a_date_on_a_weekend_names_the_business_day_before_it(write: Write, cases: dict[str, Case]) -> None:
    case = replace(cases["lumbar"], plan=Plan("erisa_self_funded"))
    cover = cover_of(write(replace(case, denial=replace(case.denial, notice_date=date(2026, 11, 2)))))
    assert "\nMay 1, 2027 (a Saturday: have it there by Friday, April 30)\n" in cover
    on_a_monday = cover_of(write(replace(case, denial=replace(case.denial, notice_date=date(2026, 11, 4)))))
    assert "\nMay 3, 2027\n" in on_a_monday


def test_a_call_that_has_been_held_is_not_asked_for_again(write: Write, cases: dict[str, Case]) -> None:
    done = replace(cases["lumbar"], peer_to_peer=PeerToPeer("done_upheld"))
    assert "peer-to-peer call" not in text(write(done))


def test_signs_of_danger_come_first_on_the_cover(write: Write, cases: dict[str, Case]) -> None:
    case = replace(cases["lumbar"], findings=(Finding("low_back_pain"), Finding("saddle_anesthesia", onset="sudden")))
    letter = write(case)
    cover = cover_of(letter)
    assert "call 911" in cover
    assert cover.index("call 911") < cover.index("When and where to send it")


def test_what_two_sources_say_differently_is_to_be_settled_first(write: Write, cases: dict[str, Case]) -> None:
    from criteria.facts import Conflict, Fact, Said

    said = (Fact(Finding("weakness"), Said("staff")), Fact(Finding("weakness", "absent"), Said("patient")))
    letter = write(replace(cases["lumbar"], conflicts=(Conflict("weakness", said),)))
    assert "do not agree about: weakness" in cover_of(letter)


# --- the shape -----------------------------------------------------------------------------------------------------


def test_the_json_is_the_contracts(write: Write, cases: dict[str, Case]) -> None:
    made = write(cases["lumbar"]).to_json(["appeal.pdf"])
    assert set(made) == {"kind", "title", "voice", "files", "blanks", "assertions"}
    assert made["files"] == ["appeal.pdf"]
    assert {"text", "facts", "sources"} == set(made["assertions"][0])
    assert made["kind"] == "appeal"
    assert made["voice"] == "patient"


def test_the_tables_have_a_row_a_treatment(write: Write, cases: dict[str, Case]) -> None:
    tables = {b.caption: b for b in write(cases["knee"]).body if isinstance(b, Table)}
    rows: tuple[Row, ...] = tables["Treatment so far"].rows
    assert [row.cells[0] for row in rows] == ["Anti-inflammatory medicine", "Physical therapy"]
    assert tables["Earlier pictures"].rows[0].cells == ("X-ray, left knee", "October 5, 2026", "Normal")


def test_enclosures_are_only_what_exists(write: Write, cases: dict[str, Case]) -> None:
    bare = write(cases["bare lumbar"])
    assert not any("report" in what or "treatment" in what for what, _ in bare.enclosures)
    lists = [block for block in write(cases["knee"]).body if isinstance(block, Bullets)]
    assert any("The report of: X-ray, left knee" in words(item) for item in lists[-1].items)


def test_what_cannot_be_drafted_says_why(library: Library, check: Check, cases: dict[str, Case]) -> None:
    case = cases["lumbar"]
    assert kinds() == ("appeal",)
    with pytest.raises(DraftError, match="appeal"):
        draft("sonnet", case, check(case), library)
    with pytest.raises(DraftError, match="nothing to appeal"):
        draft("appeal", replace(case, denial=replace(case.denial, denied=False)), check(case), library)


@pytest.mark.parametrize(("weeks", "said"), [
    (0.1, "1 day"), (0.4, "3 days"), (1, "1 week"), (9, "9 weeks"), (4.3, "1 month"), (8.7, "2 months"),
    (13.0, "13 weeks"), (17.4, "4 months"), (26.1, "6 months"), (52.2, "1 year"), (78.3, "18 months"),
    (104.4, "2 years"), (11.6, "more than 11 weeks"), (6.5, "more than 6 weeks"),
])  # fmt: skip
def test_a_length_of_time_is_said_as_people_say_it(weeks: float, said: str) -> None:
    assert length(weeks) == said


@given(st.floats(0.05, 2000))
def test_a_length_of_time_is_never_said_longer_than_it_was(weeks: float) -> None:
    unit = {"day": 1 / 7, "week": 1.0, "month": 365.25 / 12 / 7, "year": 365.25 / 7}
    number, name = length(round(weeks, 1)).removeprefix("more than ").split()
    assert int(number) * unit[name.rstrip("s")] <= max(1 / 7, round(weeks, 1)) + 0.08
