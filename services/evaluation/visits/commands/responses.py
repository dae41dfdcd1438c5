"""What those observed say to a visit's findings, before the panel assesses: it is heard, and changes no score by itself.

The head of the unit may respond once; silence lapses with a note, and is neither agreement nor refusal. The panel's obligation
to assess opens only then, so that overseers consider the input (Dumai: discuss, clarify, argue).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Phase
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.evaluation.visits import Stance, VisitResponded, VisitUnanswered
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open
from services.evaluation.obligations import owe_all
from services.evaluation.organisations.queries import leaders
from services.evaluation.visits.commands import schedule
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules import Reply, Response, check_replies

NO_RESPONSE = "no response"
NOBODY = "nobody leads this unit"


async def ask(session: AsyncSession, context: CycleContext, visit: Visit) -> datetime | None:
    """Who leads the unit now may respond; returns until when, or None where nobody leads it."""
    visit.respondent_id = (await leaders(session, visit.cycle_id, [visit.unit_id])).get(visit.unit_id)
    if visit.respondent_id is None:
        return None
    visit.response_state = Response.AWAITED.value
    owing = [NewObligation(visit.id, visit.respondent_id, None, None, context.office_id)]
    await owe_all(session, context, ObligationKind.RESPOND_TO_VISIT, owing)
    duty = await schedule.open_duty(session, ObligationKind.RESPOND_TO_VISIT, visit.id)
    return None if duty is None else duty.due_at


async def respond(session: AsyncSession, visit_id: UUID, replies: Sequence[Reply], *, comment: str = "") -> Visit:
    """Agree with findings or explain them, and say what will be done; given once, it stands.

    Raises Forbidden for anybody but who holds the obligation or held it, Refused after its time, Invalid for a reply that fits
    no finding.
    """
    held = await access.claimed(session, ObligationKind.RESPOND_TO_VISIT, [visit_id])
    visit = await schedule.locked(session, visit_id)
    if not held and actor(session).id not in (visit.respondent_id, visit.responded_by):
        raise access.forbidden(("respond to a visit", "menanggapi kunjungan"), Relation.DEBTOR)
    if visit.response_state == Response.ANSWERED:
        return visit
    if not held:
        raise Refused(
            "the time to respond is over, or somebody else responds for the unit now",
            "batas waktu tanggapan sudah lewat, atau kini pejabat lain yang menanggapi",
        )
    check_replies(visit.findings or [], replies, comment)
    visit.response_state, visit.response_note = Response.ANSWERED.value, comment or None
    visit.response = [one.model_dump(mode="json") for one in sorted(replies, key=lambda reply: reply.number)]
    visit.responded_by, visit.responded_at = actor(session).id, clock(session).now()
    emit(session, _told(visit, replies, by=actor(session).id))
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.RESPOND_TO_VISIT, [visit.id], tenant_id=visit.tenant_id
    )
    await _go_on(session, [visit])
    return visit


def _told(visit: Visit, replies: Sequence[Reply], *, by: UUID) -> VisitResponded:
    return VisitResponded(
        **schedule.about(visit),
        panel=tuple(visit.panel),
        responded_by=by,
        agreed=sum(one.stance is Stance.AGREE for one in replies),
        explained=sum(one.stance is Stance.EXPLAIN for one in replies),
        actions=sum(one.action is not None for one in replies),
    )


async def take_silence(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The time to respond is over."""
    visits = await schedule.locked_all(session, [row.subject_id for row in rows])
    await keep_silence(session, [one for one in visits if one.response_state == Response.AWAITED], NO_RESPONSE)


async def end_wait(session: AsyncSession, visit: Visit) -> None:
    """Nobody waits any longer, although no ladder says so."""
    kind = ObligationKind.RESPOND_TO_VISIT
    await close_obligations(session, OBLIGATIONS, kind, [visit.id], tenant_id=visit.tenant_id, state="LAPSED")
    await keep_silence(session, [visit], NO_RESPONSE)


async def keep_silence(session: AsyncSession, visits: Sequence[Visit], note: str) -> None:
    """Nobody responds any more, for this reason; the panel goes on."""
    for visit in visits:
        visit.response_state, visit.response_note = Response.SILENT.value, note
        emit(session, VisitUnanswered(**schedule.about(visit), panel=tuple(visit.panel), note=note))
    await _go_on(session, visits)


async def _go_on(session: AsyncSession, visits: Sequence[Visit]) -> None:
    """Where the evaluation has begun, the panel assesses now; where it does not assess, nobody waits for it any more."""
    await session.flush()
    for cycle_id in sorted({visit.cycle_id for visit in visits}):
        if not await obligations_are_open(session, cycle_id, Phase.EVALUATION):
            continue
        context, heard = await context_of(session, cycle_id), [one for one in visits if one.cycle_id == cycle_id]
        if context.policy.source(AssessorRole.PANEL) is not None:
            await schedule.ask_panels(session, context, heard)
        else:
            await completion.settle(session, await schedule.units_appraisals(session, heard))
