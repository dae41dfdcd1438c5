"""A fingerprint of a policy's rules: by it a document that comes in again is known to say something new, or nothing."""

import hashlib
import json
from typing import Any

from contracts.policy import (
    Distribution,
    Features,
    FeedbackRule,
    ListeningRule,
    LogRule,
    NumericMethod,
    PlanReviewRule,
    Policy,
    VisitRule,
)
from contracts.policy.follow_up import Consequences, Documentation, Moderation, Standouts

LATER: dict[str, tuple[Any, frozenset[str]]] = {
    "features": (Features(), frozenset({"periodic_evaluation", "plan_confirmation", "measurable_plans"})),
    "numeric": (NumericMethod(), frozenset(NumericMethod.model_fields)),
    "distribution": (Distribution(), frozenset(Distribution.model_fields)),
    "visits": (VisitRule(), frozenset(VisitRule.model_fields)),
    "standouts": (Standouts(), frozenset(Standouts.model_fields)),
    "feedback": (FeedbackRule(), frozenset(FeedbackRule.model_fields)),
    "listening": (ListeningRule(), frozenset(ListeningRule.model_fields)),
    "plan_review": (PlanReviewRule(), frozenset(PlanReviewRule.model_fields)),
    "log": (LogRule(), frozenset(LogRule.model_fields)),
    "moderation": (Moderation(), frozenset(Moderation.model_fields) - {"source_gap"}),
    "consequences": (
        Consequences(),
        frozenset(
            {
                "promotion_predicates",
                "promotion_at_least",
                "promotion_results",
                "priority_predicates",
                "innovation_reward",
                "innovation_criterion",
                "innovation_at_least",
            }
        ),
    ),
}
"""Fields that came after the first policies were published: at their defaults they change no rule and no hash."""
LATER_VALUES: dict[str, Any] = {"opens_by_itself": False, "documentation": Documentation.DAILY.value}
"""The same for plain values at the top of a policy."""


def content_hash(policy: Policy) -> str:
    """The same for the same rules, whatever their version number, and however many rules policies have since learnt."""
    body = policy.model_dump(mode="json", exclude={"version"})
    for name, (default, later) in LATER.items():
        usual, part = default.model_dump(mode="json"), body[name]
        body[name] = {key: value for key, value in part.items() if key not in later or value != usual[key]}
        if not body[name]:
            del body[name]
    body = {name: value for name, value in body.items() if name not in LATER_VALUES or value != LATER_VALUES[name]}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
