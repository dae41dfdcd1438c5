"""Results go upward to the competent official within the regulation's limit, and again when one was changed after it.

PermenPANRB 6/2022, L V.A.7 and 11: 30 working days after the evaluation window; a change by an objection is reported
as well (L V.B.7-8).
"""

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, Role
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.reports import ChangedResult, ResultsReportedUpward
from contracts.obligations import ObligationKind
from directory import queries
from kit.access import require_role
from kit.db import actor
from kit.errors import Invalid, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import due_after
from obligations.opening import open_obligations
from obligations.rows import IS_OPEN, ROWS, NewObligation
from services.evaluation import obligations
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import SIGNED
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open, phase_row
from services.evaluation.reports.models import UpwardReport
from services.evaluation.reports.queries.changes import unreported_changes
from services.evaluation.results.models import Result


async def request(session: AsyncSession, context: CycleContext) -> None:
    """The office owes the report; a cycle whose frozen policy knows no such obligation goes on as it was opened."""
    if ObligationKind.REPORT_UPWARD not in context.policy.ladders:
        return
    person = await queries.person(session, context.office_id)
    owing = [NewObligation(context.cycle.id, context.office_id, None, person.rater_id, context.office_id)]
    terms = obligations.on_terms(context, ObligationKind.REPORT_UPWARD, due_at=await _due_at(session, context))
    await open_obligations(session, OBLIGATIONS, terms, owing, tenant_id=context.tenant_id)


async def _due_at(session: AsyncSession, context: CycleContext) -> datetime | None:
    """Counted from the end of the evaluation window; a report that follows later is counted from now."""
    ladder, window = (
        context.policy.ladder(ObligationKind.REPORT_UPWARD),
        await phase_row(session, context.cycle.id, Phase.EVALUATION),
    )
    if window.due_at is None:
        return None
    due_at = due_after(window.due_at, ladder.due_days, ladder.due_kind, context.calendar)
    # A change long after the window is reported within the ladder's own days, not late from its first moment.
    return due_at if due_at > context.now else None


async def request_again(session: AsyncSession, context: CycleContext) -> None:
    """A result was changed after it had been reported."""
    reported = select(col(UpwardReport.id)).where(col(UpwardReport.cycle_id) == context.cycle.id).limit(1)
    if (await session.scalars(reported)).first() is not None:
        await request(session, context)


async def report(
    session: AsyncSession, cycle_id: UUID, *, recipient: str, note: str, missing_reason: str | None = None
) -> UpwardReport:
    """Report the results as they are now; while nothing more is owed, the newest report stands.

    As long as somebody's result is missing the report is owed anew, and each says why (L V.A.7). Raises Invalid where
    results are missing and no reason is given.
    """
    require_role(session, Role.PERFORMANCE_OFFICE, what=("report results upward", "melaporkan hasil penilaian"))
    context = await context_of(session, cycle_id)
    if not await obligations_are_open(session, cycle_id, Phase.DISCLOSURE):
        raise Refused("results are reported once they are disclosed", "hasil dilaporkan setelah diumumkan")
    # Locks the obligation: of two reports at once the second finds the first one's row, and gets that.
    await access.claimed(session, ObligationKind.REPORT_UPWARD, [cycle_id])
    made, newest = await _counted(session, context, recipient, note), await _newest(session, cycle_id)
    if newest is not None and not await _says_more(session, made, newest):
        return newest
    if made.missing and missing_reason is None:
        raise _without_reason(made)
    made.missing_reason = missing_reason if made.missing else None
    made.changes = await unreported_changes(session, cycle_id)
    await close_obligations(session, OBLIGATIONS, ObligationKind.REPORT_UPWARD, [cycle_id], tenant_id=context.tenant_id)
    session.add(made)
    emit(session, _reported(made))
    if made.missing:
        await request(session, context)
    return made


async def _says_more(session: AsyncSession, made: UpwardReport, newest: UpwardReport) -> bool:
    """Whether something is owed that the newest report does not say: a change after it, or what was missing in it."""
    if newest.missing:
        return any(getattr(made, name) != getattr(newest, name) for name in _NUMBERS)
    owing = select(ROWS.c.id).where(
        ROWS.c.kind == ObligationKind.REPORT_UPWARD.value, ROWS.c.subject_id == made.cycle_id, IS_OPEN
    )
    return (await session.execute(owing)).first() is not None


_NUMBERS = ("issued", "final", "missing", "missing_states", "versions", "predicates")


def _without_reason(made: UpwardReport) -> Invalid:
    return Invalid(
        f"{made.missing} results are missing: say why in missing_reason; the report is owed again until all are in",
        f"{made.missing} hasil belum ada: isi alasannya pada missing_reason; laporan diminta lagi sampai lengkap",
        where="missing_reason",
        missing=made.missing,
        missing_states=made.missing_states,
    )


def _reported(made: UpwardReport) -> ResultsReportedUpward:
    return ResultsReportedUpward(
        tenant_id=made.tenant_id,
        cycle_id=made.cycle_id,
        report_id=made.id,
        recipient=made.recipient,
        issued=made.issued,
        final=made.final,
        missing=made.missing,
        missing_states=made.missing_states,
        missing_reason=made.missing_reason,
        predicates=made.predicates,
        changes=tuple(ChangedResult.model_validate(one) for one in made.changes),
        reported_by=made.reported_by,
    )


async def _newest(session: AsyncSession, cycle_id: UUID) -> UpwardReport | None:
    looking = select(UpwardReport).where(col(UpwardReport.cycle_id) == cycle_id).order_by(col(UpwardReport.id).desc())
    return (await session.scalars(looking.limit(1))).first()


async def _counted(session: AsyncSession, context: CycleContext, recipient: str, note: str) -> UpwardReport:
    counting = (
        select(col(Result.predicate), func.count(), func.count(col(Result.finalised_at)))
        .where(col(Result.cycle_id) == context.cycle.id, col(Result.superseded_by).is_(None))
        .group_by(col(Result.predicate))
        .order_by(col(Result.predicate))
    )
    rows = (await session.execute(counting)).all()
    missing = await _missing(session, context.cycle.id)
    versions = select(func.count()).select_from(Result).where(col(Result.cycle_id) == context.cycle.id)
    return UpwardReport(
        tenant_id=context.tenant_id,
        cycle_id=context.cycle.id,
        recipient=recipient,
        note=note,
        issued=sum(row[1] for row in rows),
        final=sum(row[2] for row in rows),
        missing=sum(missing.values()),
        missing_states=missing,
        versions=(await session.execute(versions)).scalar_one(),
        predicates={row[0]: row[1] for row in rows},
        reported_by=actor(session).id,
        reported_at=context.now,
    )


async def _missing(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """People without a signed result, by the state of their appraisals."""
    counting = (
        select(col(Appraisal.state), func.count())
        .where(col(Appraisal.cycle_id) == cycle_id, col(Appraisal.state).not_in(SIGNED))
        .group_by(col(Appraisal.state))
        .order_by(col(Appraisal.state))
    )
    return {row[0]: row[1] for row in (await session.execute(counting)).all()}
