"""A city's appraisal policy as data: what is rated, by whom, when, and what happens around each deadline.

One document per scope and version. A cycle freezes the version it was opened with. Inheritance is resolved by the
registry before a policy is published, so every reader sees an effective policy.
"""

from contracts.base import Words
from contracts.policy.benefits import Benefits
from contracts.policy.competences import CompetenceRule
from contracts.policy.criteria import Axis, Band, Criterion, Measure, Method, NumericMethod, PeerSelection, Source
from contracts.policy.daily_log import LogApproval, LogRule
from contracts.policy.distribution import Distribution
from contracts.policy.effective import Features, Policy
from contracts.policy.follow_up import Consequences, Documentation, FeedbackRule, Moderation, ObjectionRule, Standouts
from contracts.policy.learning import LearningRule, Material, Question, WorkedExample
from contracts.policy.listening import ListeningRule
from contracts.policy.phases import Anchor, Moment, PhaseRule
from contracts.policy.reviews import PlanReviewRule, PlanWindows
from contracts.policy.visits import VisitRule

__all__ = [
    "Anchor",
    "Axis",
    "Band",
    "Benefits",
    "CompetenceRule",
    "Consequences",
    "Criterion",
    "Distribution",
    "Documentation",
    "Features",
    "FeedbackRule",
    "LearningRule",
    "ListeningRule",
    "LogApproval",
    "LogRule",
    "Material",
    "Measure",
    "Method",
    "Moderation",
    "Moment",
    "NumericMethod",
    "ObjectionRule",
    "PeerSelection",
    "PhaseRule",
    "PlanReviewRule",
    "PlanWindows",
    "Policy",
    "Question",
    "Source",
    "Standouts",
    "VisitRule",
    "Words",
    "WorkedExample",
]
