"""The public ids: every closed list of names that facts, records and JSON may use.

Finding ids are not here: they live in `library/findings.yml`, because a clinician adds to them.
"""

from __future__ import annotations

from collections.abc import Iterable

STUDIES = (
    "mri-lumbar-spine", "mri-cervical-spine", "mri-thoracic-spine", "mri-knee", "mri-shoulder", "mri-hip",
    "mri-wrist-hand", "mri-ankle-foot", "mri-brain", "ct-head", "ct-chest", "ldct-lung-screening",
    "ct-abdomen-pelvis", "pet-ct", "bone-scan", "mri-breast", "mri-cardiac", "us-abdomen", "echo",
    "mra-head-neck", "cta-head-neck", "mri-pelvis-prostate", "mri-abdomen-mrcp", "ct-sinus", "ccta",
)  # fmt: skip
MODALITIES = ("mri", "mra", "ct", "cta", "pet_ct", "ultrasound", "echo", "nuclear", "xray")
SIDES = ("left", "right", "bilateral")
REGIONS = (
    "lumbar_spine", "cervical_spine", "thoracic_spine", "knee", "shoulder", "hip", "wrist", "hand", "elbow",
    "ankle", "foot", "brain", "head", "neck", "sinus", "chest", "heart", "breast", "abdomen", "abdomen_pelvis",
    "pelvis", "whole_body",
)  # fmt: skip
DENIAL_REASONS = (
    "not_medically_necessary", "conservative_care", "alternative_imaging", "prior_auth_missing",
    "frequency_duplicate", "experimental", "out_of_network", "coding_error", "insufficient_documentation",
    "auc_noncompliance", "site_of_care", "not_a_benefit", "timely_filing",
)  # fmt: skip
PLAN_TYPES = (
    "erisa_self_funded", "erisa_insured", "employer_unknown_funding", "individual_aca", "government_or_church",
    "medicare_original", "medicare_advantage", "medicaid_managed", "medicaid_ffs", "chip", "fehb", "tricare",
    "va", "other",
)  # fmt: skip
STATUSES = ("present", "absent", "uncertain", "historical", "family")
TREATMENT_KINDS = (
    "physical_therapy", "home_exercise", "chiropractic", "nsaid", "analgesic", "opioid", "muscle_relaxant",
    "oral_steroid", "injection", "bracing", "activity_modification", "other",
)  # fmt: skip
OUTCOMES = ("none", "partial", "resolved", "worse")
DIRECTED = ("provider", "self")
VERDICTS = ("met", "arguable", "gaps", "not_met", "no_public_criterion")
GAP_KINDS = ("ask", "chart", "act", "closed")
RIGHT_STEPS = (
    "appeal", "administrative_appeal", "peer_to_peer", "corrected_claim", "new_request", "records",
    "external_review",
)  # fmt: skip
IMAGING_RESULTS = (
    "normal", "abnormal", "indeterminate", "fracture", "arthritis", "effusion", "mass", "nodule", "loose_body",
)  # fmt: skip
CLOCKS = ("peer_to_peer", "internal_appeal", "second_level", "expedited", "external_review", "plan_decision")
ONSETS = ("sudden", "gradual")
SEVERITIES = ("mild", "moderate", "severe")
CHARTED = ("yes", "no", "unknown")
SERVICES = ("pre", "post", "concurrent")
LEVELS = ("initial", "internal_upheld", "second_upheld", "external_upheld")
PEER_TO_PEER = ("not_offered", "offered", "scheduled", "done_upheld", "done_overturned")
CANCER_PHASES = ("suspected", "initial", "subsequent", "surveillance")
DOCUMENT_KINDS = (
    "appeal", "expedited", "claim_file_request", "peer_to_peer_sheet", "medical_necessity", "second_level",
    "external_review", "complaint", "records_request", "corrected_claim", "checklist", "fax_cover",
)  # fmt: skip
STATES = (
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "HI", "ID", "IL", "IN", "IA",
    "KS", "KY", "LA", "ME", "MD", "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM",
    "NY", "NC", "ND", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD", "TN", "TX", "UT", "VT", "VA",
    "WA", "WV", "WI", "WY",
)  # fmt: skip


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known id closest in spelling to `word`, or None when nothing is close."""
    import difflib

    close = difflib.get_close_matches(word.lower().replace(" ", "_"), list(known), n=1, cutoff=0.6)
    return close[0] if close else None
