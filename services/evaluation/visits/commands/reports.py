"""The report of a visit: answers to the policy's checklist and numbered findings, to which those observed may respond."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.visits import VisitHeld
from contracts.obligations import ObligationKind
from kit.errors import Invalid
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from services.evaluation.cycles.queries.context import open_context
from services.evaluation.visits import events
from services.evaluation.visits.commands import responses
from services.evaluation.visits.commands.access import claimed
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.reports import check_checklist, numbered
from services.evaluation.visits.rules.states import REPORTED, VisitAct, move


async def report(
    session: AsyncSession,
    visit_id: UUID,
    *,
    held_on: date,
    checklist: Mapping[str, bool | str],
    findings: Sequence[Mapping[str, Any]],
) -> Visit:
    """Write down that the visit took place and what was seen; once reported it stays as it is.

    A visit counts whenever it was held, also on another day than the date that was set. Raises Invalid for answers that
    the policy's checklist does not ask for, or does not get, Refused once its time is over.
    """
    visit = await claimed(session, visit_id, ObligationKind.VISIT_UNIT, ("report a visit", "melaporkan kunjungan"))
    if visit.state in REPORTED:
        return visit
    held = move(visit.state, VisitAct.REPORT)
    context = await open_context(session, visit.cycle_id)
    if not context.cycle.period_start <= held_on <= local_date(context.now, context.calendar):
        raise Invalid(
            "a visit was held inside the period and not in the future",
            "kunjungan harus dalam periode dan tidak di masa depan",
            where="held_on",
        )
    check_checklist(context.policy.visits, checklist)
    visit.state, visit.held_on = held, held_on
    visit.checklist, visit.findings = dict(checklist), numbered(findings)
    await close_obligations(session, OBLIGATIONS, ObligationKind.VISIT_UNIT, [visit.id], tenant_id=visit.tenant_id)
    # Before the event, which says until when those observed may respond.
    respond_by = await responses.request(session, context, visit)
    event = VisitHeld(
        **events.about(visit),
        held_on=held_on,
        findings=len(findings),
        evidence=sum(len(one.get("evidence", ())) for one in findings),
        respondent_id=visit.respondent_id,
        respond_by=respond_by,
    )
    emit(session, event)
    if context.policy.source(AssessorRole.PANEL) is None:
        events.concluded(session, visit, assessed=False)
    # After the event: that nobody responds must not be emitted before the report it is about.
    if respond_by is None:
        await responses.record_silence(session, [visit], responses.NOBODY)
    return visit
