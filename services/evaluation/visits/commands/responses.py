"""What those observed say to a visit's findings, before the panel assesses; it changes no score by itself.

The head of the unit may respond once; silence lapses with a note, and is neither agreement nor refusal. The panel's
obligation to assess opens only then, so that overseers consider the input (DMI-8: employees discuss, ask and argue).
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, Phase
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Refused
from obligations.closing import close_obligations
from obligations.rows import NewObligation, ObligationRow
from services.evaluation.appraisals.commands import access, completion
from services.evaluation.cycles.queries.context import CycleContext, context_of, obligations_are_open
from services.evaluation.obligations import owe_all
from services.evaluation.organisations.queries.leaders import leaders
from services.evaluation.visits import events, queries
from services.evaluation.visits.commands import assessments
from services.evaluation.visits.commands.access import locked, locked_all
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.responses import Reply, check_replies
from services.evaluation.visits.rules.states import ResponseState

NO_RESPONSE = "no response"
NOBODY = "nobody leads this unit"


async def request(session: AsyncSession, context: CycleContext, visit: Visit) -> datetime | None:
    """Who leads the unit now may respond; returns until when, or None where nobody leads it."""
    # Kept in the row: a head who changes later does not change who was asked, and the debtor follows by succession.
    visit.respondent_id = (await leaders(session, visit.cycle_id, [visit.unit_id])).get(visit.unit_id)
    if visit.respondent_id is None:
        return None
    visit.response_state = ResponseState.AWAITED.value
    owing = [NewObligation(visit.id, visit.respondent_id, None, None, context.office_id)]
    await owe_all(session, context, ObligationKind.RESPOND_TO_VISIT, owing)
    obligation = await queries.open_obligation(session, ObligationKind.RESPOND_TO_VISIT, visit.id)
    return None if obligation is None else obligation.due_at


async def respond(session: AsyncSession, visit_id: UUID, replies: Sequence[Reply], *, comment: str = "") -> Visit:
    """Agree with findings or explain them, and say what will be done; once given, it stands.

    Raises Forbidden for anybody but the debtor of the obligation, present or former, Refused after its time, Invalid for
    a reply that fits no finding.
    """
    owed = await access.claimed(session, ObligationKind.RESPOND_TO_VISIT, [visit_id])
    visit = await locked(session, visit_id)
    if not owed and actor(session).id not in (visit.respondent_id, visit.responded_by):
        raise access.forbidden(("respond to a visit", "menanggapi kunjungan"), Relation.DEBTOR)
    # A repeated request gets the answer of the first; it is checked before the debt, which the first one discharged.
    if visit.response_state == ResponseState.ANSWERED:
        return visit
    if not owed:
        raise Refused(
            "the time to respond is over, or somebody else responds for the unit now",
            "batas waktu tanggapan sudah lewat, atau kini pejabat lain yang menanggapi",
        )
    check_replies(visit.findings or [], replies, comment)
    visit.response_state, visit.response_note = ResponseState.ANSWERED.value, comment or None
    visit.response = [one.model_dump(mode="json") for one in sorted(replies, key=lambda reply: reply.number)]
    visit.responded_by, visit.responded_at = actor(session).id, clock(session).now()
    events.responded(session, visit, replies, by=actor(session).id)
    await close_obligations(
        session, OBLIGATIONS, ObligationKind.RESPOND_TO_VISIT, [visit.id], tenant_id=visit.tenant_id
    )
    await _continue(session, [visit])
    return visit


async def lapse(session: AsyncSession, rows: Sequence[ObligationRow]) -> None:
    """The time to respond is over."""
    visits = await locked_all(session, [row.subject_id for row in rows])
    # Answered between the limit and the sweep: what was said counts.
    awaited = [one for one in visits if one.response_state == ResponseState.AWAITED]
    await record_silence(session, awaited, NO_RESPONSE)


async def end_wait(session: AsyncSession, visit: Visit) -> None:
    """Nobody waits any longer, although no ladder says so."""
    kind = ObligationKind.RESPOND_TO_VISIT
    await close_obligations(session, OBLIGATIONS, kind, [visit.id], tenant_id=visit.tenant_id, state="LAPSED")
    await record_silence(session, [visit], NO_RESPONSE)


async def record_silence(session: AsyncSession, visits: Sequence[Visit], note: str) -> None:
    """Nobody responds any more, for this reason; the panel goes on."""
    for visit in visits:
        visit.response_state, visit.response_note = ResponseState.SILENT.value, note
        events.unanswered(session, visit, note=note)
    await _continue(session, visits)


async def _continue(session: AsyncSession, visits: Sequence[Visit]) -> None:
    """Where the evaluation has begun, the panel assesses now; where it does not assess, nobody waits for it any more."""
    await session.flush()
    # In the order of ids, since each cycle's appraisals are locked in turn.
    for cycle_id in sorted({visit.cycle_id for visit in visits}):
        if not await obligations_are_open(session, cycle_id, Phase.EVALUATION):
            continue
        context, of_cycle = await context_of(session, cycle_id), [one for one in visits if one.cycle_id == cycle_id]
        if context.policy.source(AssessorRole.PANEL) is not None:
            await assessments.request(session, context, of_cycle)
        else:
            await completion.compute_complete(session, await queries.open_appraisals(session, of_cycle))
