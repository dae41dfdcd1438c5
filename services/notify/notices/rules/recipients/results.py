"""Who is notified of results, version by version, and of evaluations of a period."""

from decimal import Decimal
from uuid import UUID

from contracts.evaluation.periods import PeriodEvaluated
from contracts.evaluation.results import (
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
    ScoresAmended,
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


def scores_amended(event: ScoresAmended) -> list[Note]:
    """Both sides read all of it; the panel that had assessed it reads the criteria, and no predicate of anybody."""
    changed = [
        {"criterion": one.criterion.replace("_", " "), "was": _points(one.before), "now": _points(one.after)}
        for one in event.criteria
    ]
    about = params(servant=event.servant_id, by_objection=event.by_objection) | {"changed": list(changed)}
    scores = params(was=_points(event.score_before), now=_points(event.score), predicate=event.predicate)
    both: list[UUID | Whom] = [event.servant_id, Whom.RATER]
    return [
        *(Note(one, "scores_amended", about | scores, event.appraisal_id) for one in both),
        *(Note(one, "scores_amended_panel", about, event.appraisal_id) for one in event.panel),
    ]


def _points(value: Decimal | None) -> str:
    return "-" if value is None else f"{value:f}"


RECIPIENTS: Recipients = {
    PeriodEvaluated: period_evaluated,
    ResultProvisional: result_provisional,
    ResultIssued: result_issued,
    ResultReceived: result_received,
    ResultFinalised: result_finalised,
    ResultSuperseded: result_superseded,
    ScoresAmended: scores_amended,
}
