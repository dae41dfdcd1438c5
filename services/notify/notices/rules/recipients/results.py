"""Who is notified of results, version by version, and of evaluations of a period."""

from contracts.evaluation.periods import PeriodEvaluated
from contracts.evaluation.results import (
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
)
from services.notify.notices.rules.notes import Note, Recipients, Whom, params


def period_evaluated(event: PeriodEvaluated) -> list[Note]:
    said = params(by=event.evaluated_by, starts=event.starts_on, ends=event.ends_on, predicate=event.predicate)
    return [Note(event.servant_id, "period_evaluated", said, event.appraisal_id)]


def result_provisional(event: ResultProvisional) -> list[Note]:
    said = params(predicate=event.predicate, clarify_until=event.clarify_until)
    return [Note(event.servant_id, "result_provisional", said, event.appraisal_id)]


def result_issued(event: ResultIssued) -> list[Note]:
    said = params(
        predicate=event.predicate,
        version=event.version,
        by_superior=event.by_superior,
        reason=event.reason,
        final=event.final_without_objection,
    )
    return [Note(event.servant_id, "result_issued", said, event.result_id, receipt=True)]


def result_received(event: ResultReceived) -> list[Note]:
    if not event.deemed:
        return []
    said = params(object_until=event.object_until)
    return [Note(event.servant_id, "result_deemed", said, event.result_id)]


def result_finalised(event: ResultFinalised) -> list[Note]:
    said = params(predicate=event.predicate, version=event.version)
    return [Note(event.servant_id, "result_final", said, event.result_id)]


def result_superseded(event: ResultSuperseded) -> list[Note]:
    """The servant reads the new version when it is issued; the office looks at what the old one had caused."""
    said = params(
        servant=event.servant_id, version=event.version, by_version=event.by_version, was_final=event.was_final
    )
    people = (Whom.RATER, Whom.OFFICE) if event.was_final else (Whom.RATER,)
    return [Note(one, "result_superseded", said, event.result_id) for one in people]


RECIPIENTS: Recipients = {
    PeriodEvaluated: period_evaluated,
    ResultProvisional: result_provisional,
    ResultIssued: result_issued,
    ResultReceived: result_received,
    ResultFinalised: result_finalised,
    ResultSuperseded: result_superseded,
}
