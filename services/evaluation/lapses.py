"""What happens by default when nobody did what was owed."""

from contracts.obligations import ObligationKind
from obligations.sweep import Lapse
from services.evaluation.findings.commands import moderation, questions
from services.evaluation.organisations import commands as organisations
from services.evaluation.results.commands import receipt
from services.evaluation.reviews.commands import reviews
from services.evaluation.visits.commands import assessments, responses, schedule

LAPSES: dict[ObligationKind, Lapse] = {
    ObligationKind.VISIT_UNIT: schedule.lapse,
    ObligationKind.RESPOND_TO_VISIT: responses.lapse,
    ObligationKind.ASSESS_PANEL: assessments.lapse,
    ObligationKind.SET_ORG_PERFORMANCE: organisations.lapse,
    ObligationKind.MODERATE: moderation.lapse,
    ObligationKind.ANSWER_MODERATION: questions.lapse,
    ObligationKind.ACKNOWLEDGE_RESULT: receipt.deem,
    ObligationKind.REVIEW_SYSTEM: reviews.lapse,
}
