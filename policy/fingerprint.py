"""A fingerprint of a policy's rules: by it a document that comes in again is known to say something new, or nothing."""

import hashlib
import json
from typing import Any

from contracts.policy import (
    CompetenceRule,
    Distribution,
    Features,
    FeedbackRule,
    LearningRule,
    ListeningRule,
    LogRule,
    NumericMethod,
    PeerSelection,
    PlanReviewRule,
    PlanWindows,
    Policy,
    VisitRule,
)
from contracts.policy.criteria import AssessingRule
from contracts.policy.follow_up import Consequences, Documentation, Moderation, Standouts

LATER: dict[str, tuple[Any, frozenset[str]]] = {
    "features": (Features(), frozenset({"periodic_evaluation", "plan_confirmation", "measurable_plans"})),
    "assessing": (AssessingRule(), frozenset(AssessingRule.model_fields)),
    "numeric": (NumericMethod(), frozenset(NumericMethod.model_fields)),
    "distribution": (Distribution(), frozenset(Distribution.model_fields)),
    "visits": (VisitRule(), frozenset(VisitRule.model_fields)),
    "standouts": (Standouts(), frozenset(Standouts.model_fields)),
    "feedback": (FeedbackRule(), frozenset(FeedbackRule.model_fields)),
    "competences": (CompetenceRule(), frozenset(CompetenceRule.model_fields)),
    "listening": (ListeningRule(), frozenset(ListeningRule.model_fields)),
    "learning": (LearningRule(), frozenset(LearningRule.model_fields)),
    "plan_review": (PlanReviewRule(), frozenset(PlanReviewRule.model_fields)),
    "plan_windows": (PlanWindows(), frozenset(PlanWindows.model_fields)),
    "log": (LogRule(), frozenset(LogRule.model_fields)),
    "moderation": (Moderation(), frozenset(Moderation.model_fields) - {"source_gap"}),
    "consequences": (
        Consequences(),
        frozenset(
            {
                "development_gap",
                "promotion_predicates",
                "promotion_at_least",
                "promotion_results",
                "priority_predicates",
                "innovation_reward",
                "innovation_criterion",
                "innovation_at_least",
                "next_level_points",
            }
        ),
    ),
}
"""Fields that came after the first policies were published: at their defaults they change no rule and no hash."""
LATER_VALUES: dict[str, Any] = {
    "opens_by_itself": False,
    "documentation": Documentation.DAILY.value,
    "benefits": None,
}
"""The same for plain values at the top of a policy."""
LATER_OF_SOURCES: dict[str, Any] = {"selection": PeerSelection.DRAWN.value, "nominate_until": 10}
"""The same for each source."""

LATER_POINTS = ("points_from", "points_below")
"""Of the levels of criteria, which were words alone at first."""


def content_hash(policy: Policy) -> str:
    """The same for the same rules, whatever their version number, and however many rules policies have since learnt."""
    body = policy.model_dump(mode="json", exclude={"version"})
    for name, (default, later) in LATER.items():
        usual, part = default.model_dump(mode="json"), body[name]
        body[name] = {key: value for key, value in part.items() if key not in later or value != usual[key]}
        if not body[name]:
            del body[name]
    for criterion in body["criteria"]:
        for level in criterion["descriptors"].values():
            for name in [one for one in LATER_POINTS if level[one] is None]:
                del level[name]
    body["sources"] = [
        {key: value for key, value in one.items() if key not in LATER_OF_SOURCES or value != LATER_OF_SOURCES[key]}
        for one in body["sources"]
    ]
    body = {name: value for name, value in body.items() if name not in LATER_VALUES or value != LATER_VALUES[name]}
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
