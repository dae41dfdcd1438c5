"""Which event is notified to whom: the table of all, made of those of the subjects beside it."""

from services.notify.notices.rules.notes import Recipients
from services.notify.notices.rules.recipients import (
    assessments,
    cycles,
    feedback,
    findings,
    integrations,
    objections,
    personnel,
    plans,
    practices,
    proposals,
    results,
    reviews,
    sessions,
    support,
    visits,
)

RECIPIENTS: Recipients = {
    **plans.RECIPIENTS,
    **assessments.RECIPIENTS,
    **results.RECIPIENTS,
    **findings.RECIPIENTS,
    **proposals.RECIPIENTS,
    **reviews.RECIPIENTS,
    **practices.RECIPIENTS,
    **feedback.RECIPIENTS,
    **objections.RECIPIENTS,
    **sessions.RECIPIENTS,
    **cycles.RECIPIENTS,
    **personnel.RECIPIENTS,
    **support.RECIPIENTS,
    **visits.RECIPIENTS,
    **integrations.RECIPIENTS,
}
