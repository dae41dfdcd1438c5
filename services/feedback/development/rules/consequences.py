"""What is proposed after a final result; people decide, never the system (PermenPANRB 6/2022 art. 31, L V.A.12)."""

from collections.abc import Mapping
from decimal import Decimal

from contracts.policy import Consequences


def development_reason(
    policy: Consequences, *, predicate: str, local_score: Decimal | None, criteria: Mapping[str, Decimal | None]
) -> str | None:
    """Why a development action is due, or None; a missing score is never taken for a low one."""
    if predicate in policy.development_predicates:
        return f"predicate {predicate}"
    code = policy.development_criterion
    score = local_score if code is None else criteria.get(code)
    if score is not None and policy.development_below is not None and score < policy.development_below:
        return f"{code or 'local score'} {score} below {policy.development_below}"
    return None


def recognition_basis(policy: Consequences, *, predicate: str, local_score: Decimal | None) -> str | None:
    """Why somebody is proposed for recognition, or None."""
    if predicate in policy.recognition_predicates:
        return f"predicate {predicate}"
    least = policy.recognition_at_least
    if local_score is not None and least is not None and local_score >= least:
        return f"local score {local_score}, from {least}"
    return None
