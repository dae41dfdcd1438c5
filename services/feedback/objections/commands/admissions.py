"""Late admission: the authority opens the window of a result again, with a reason (PermenPANRB 6/2022, L V.B.1-2)."""

from uuid import UUID
from zoneinfo import ZoneInfo

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.calendar import DayKind
from contracts.feedback.objections import LateObjectionAdmitted
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.outbox import emit
from obligations.legal_dates import due_after
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.objections.commands.objections import locked_result
from services.feedback.objections.models import LateAdmission
from services.feedback.objections.queries.authorities import authority_over
from services.feedback.objections.queries.windows import admission_of, window_of
from services.feedback.objections.rules.windows import may_admit_late
from services.feedback.relations import acting_relations
from services.feedback.results.models import ResultCopy
from services.feedback.texts import REASON, required


async def admit_late(session: AsyncSession, result_id: UUID, *, reason: str) -> LateAdmission:
    """The authority opens the window again, once and for as long as it was, with a reason (L V.B.1-2)."""
    result = await locked_result(session, result_id)
    authority_id = await authority_over(session, result)
    found = await acting_relations(session, servant_id=result.servant_id, authority_id=authority_id)
    require(found, Relation.AUTHORITY, what=("admit a late objection", "menerima keberatan yang terlambat"))
    why = required(reason, name=REASON)
    if (before := await admission_of(session, result_id)) is not None:
        return before
    admission = await _admission(session, result, why)
    session.add(admission)
    event = LateObjectionAdmitted(
        tenant_id=admission.tenant_id,
        cycle_id=admission.cycle_id,
        servant_id=admission.servant_id,
        result_id=result_id,
        admitted_by=admission.admitted_by,
        reason=why,
        file_until=admission.file_until,
    )
    emit(session, event, reason=why)
    return admission


async def _admission(session: AsyncSession, result: ResultCopy, reason: str) -> LateAdmission:
    limits = (await open_cycle(session, result.cycle_id)).policy.objection
    # The servant is to file, so the days are those of the servant's own week.
    calendar, now = await queries.calendar_of(session, result.servant_id), clock(session).now()
    may_admit_late(await window_of(session, result, ZoneInfo(calendar.zone)), now=now)
    return LateAdmission(
        tenant_id=result.tenant_id,
        result_id=result.result_id,
        cycle_id=result.cycle_id,
        servant_id=result.servant_id,
        admitted_by=actor(session).id,
        reason=reason,
        admitted_at=now,
        file_until=due_after(now, limits.file_within, DayKind.WORKING, calendar),
    )
