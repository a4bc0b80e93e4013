"""Whether an appeal is the right step at all, and why, in one plain sentence.

Routing by denial reason follows the taxonomy of public claim-adjustment sources (library: denial_reasons.yml).
"""

from __future__ import annotations

from dataclasses import replace

from criteria.facts import Case, PeerToPeer
from criteria.results import Deadline, Gap, Way

_ADMINISTRATIVE = {"not_a_benefit", "out_of_network", "timely_filing"}
_INSIDE_STILL = ("medicare_original",)
"""Plan types whose second step is still with the plan or its contractor (a QIC for Original Medicare)."""

_WHY = {
    "not_denied": "Nobody has denied it yet, so the clinic sends the request with everything the rule asks for.",
    "used_up": "The plan's own appeals are used up, so the next step is outside the plan.",
    "upheld": "The plan has turned down the appeal, so you can ask reviewers outside it; your letter says whether a "
    "second appeal inside comes first.",
    "forwarded": "The plan has turned down the appeal. A Medicare Advantage plan must then send your file by itself "
    "to a reviewer outside it, and you may send that reviewer more facts.",
    "code": "A wrong code is mended by a corrected request or claim, which is quicker than an appeal.",
    "terms": "The reason is about coverage, network or timing: the appeal is about the plan's terms, not medical need.",
    "records": "The plan says that records are missing, so sending them comes first.",
    "call": "A call between your clinician and the plan's doctor is open and can settle it soonest; it does not stop "
    "the appeal clock.",
    "ask_call": "The plan offered a call between your clinician and its doctor, which is quicker than an appeal. Ask "
    "today if it is still open: some plans take it only for a short time. It does not stop the appeal clock.",
    "act": "Something the rule asks for has still to be done; once it is, a new request is the surer way. Keep your "
    "appeal date all the same.",
    "unsupported": "You may still appeal, but no public guideline that we know supports it yet; ask the plan for the "
    "rule it used.",
    "appeal": "An appeal lets you answer each of the plan's reasons, point by point.",
}


def right_step(
    case: Case, verdict: str, gaps: tuple[Gap, ...], ways: tuple[Way, ...], deadlines: tuple[Deadline, ...] = ()
) -> tuple[str, str]:
    """One of the contract's right steps, and why. `deadlines` tell whether a published window for a call is over."""
    step, why = _step(case, verdict, gaps, ways)
    if step == "peer_to_peer":
        known = call_is_open(case, deadlines)
        if known is False:
            step, why = _step(replace(case, peer_to_peer=PeerToPeer()), verdict, gaps, ways)
        elif known is None:
            why = "ask_call"
    return step, _WHY[why]


def _step(case: Case, verdict: str, gaps: tuple[Gap, ...], ways: tuple[Way, ...]) -> tuple[str, str]:
    denial, reasons = case.denial, set(case.denial.reasons)
    if denial.denied is False:
        return "new_request", "not_denied"
    if denial.level in ("second_upheld", "external_upheld"):
        return "external_review", "used_up"
    if denial.level == "internal_upheld" and case.plan.type not in _INSIDE_STILL:
        return "external_review", "forwarded" if case.plan.type == "medicare_advantage" else "upheld"
    if "coding_error" in reasons:
        return "corrected_claim", "code"
    if reasons and reasons <= _ADMINISTRATIVE:
        return "administrative_appeal", "terms"
    if reasons == {"insufficient_documentation"} and denial.service != "pre":
        return "records", "records"
    if _call_helps(case, verdict, gaps, ways):
        return "peer_to_peer", "call"
    if verdict in ("gaps", "not_met") and denial.service != "post" and _needs_doing(gaps, ways):
        return "new_request", "act"
    if verdict in ("not_met", "no_public_criterion"):
        return "appeal", "unsupported"
    return "appeal", "appeal"


def call_is_open(case: Case, deadlines: tuple[Deadline, ...]) -> bool | None:
    """Whether a call with the plan's doctor can still be had; None where it was offered and nobody knows until when."""
    call = case.peer_to_peer
    if call.status not in ("offered", "scheduled"):
        return False
    if call.by is not None:
        return call.by >= case.as_of
    windows = [d.outer or d.safe for d in deadlines if d.clock == "peer_to_peer"]
    last = max((day for day in windows if day), default=None)
    if last is not None:
        return last >= case.as_of
    return True if call.status == "scheduled" else None


def _needs_doing(gaps: tuple[Gap, ...], ways: tuple[Way, ...]) -> bool:
    """Whether every way has something in it that has still to be done."""
    return bool(ways) and all(any(gaps[i].kind == "act" for i in way.gaps) for way in ways)


def _call_helps(case: Case, verdict: str, gaps: tuple[Gap, ...], ways: tuple[Way, ...]) -> bool:
    """Whether a call is open before any appeal, and the facts are there or lack only a note in the record."""
    if call_is_open(case, ()) is False:
        return False
    if case.denial.level not in (None, "initial"):
        return False
    only_chart = any(all(gaps[i].kind == "chart" for i in way.gaps) for way in ways)
    return verdict in ("met", "arguable") or (verdict == "gaps" and only_chart)
