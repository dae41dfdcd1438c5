"""Training and socialisation sessions before planning opens, and the read receipt of the standard."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, Table, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.sessions import SessionHeld, StandardAcknowledged
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Person
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid, NotFound
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.relations import acting_relations
from services.feedback.sessions.models import Acknowledgement, Attendance, TrainingSession
from services.feedback.sessions.rules import MOVES, Act, SessionState


async def report_session(
    session: AsyncSession, session_id: UUID, *, held_on: date, attendee_ids: Sequence[UUID], materials: Sequence[str]
) -> TrainingSession:
    """Record that a session was held and who came; the first report counts."""
    held = await _locked(session, session_id)
    found = await acting_relations(
        session, servant_id=actor(session).id, obligation=ObligationKind.HOLD_SESSION, subject_id=session_id
    )
    what = ("report a session", "melaporkan sosialisasi")
    require(found, Relation.OFFICE, Relation.DEBTOR, what=what)
    if held.state == SessionState.HELD:
        return held
    await _check(session, held_on, attendee_ids)
    held.state, held.held_on = MOVES[SessionState(held.state)][Act.REPORT].value, held_on
    held.materials, held.reported_by = list(materials), actor(session).id
    attended = await _attend(session, held, attendee_ids)
    await close_obligations(session, OBLIGATIONS, ObligationKind.HOLD_SESSION, [held.id], tenant_id=held.tenant_id)
    event = SessionHeld(
        tenant_id=held.tenant_id,
        cycle_id=held.cycle_id,
        session_id=held.id,
        title=held.title_id,
        held_on=held_on,
        attended=attended,
    )
    emit(session, event)
    return held


async def _locked(session: AsyncSession, session_id: UUID) -> TrainingSession:
    # The first report counts: a second one at the same moment waits here and finds the session held.
    one = select(TrainingSession).where(col(TrainingSession.id) == session_id).with_for_update(key_share=True)
    if (found := (await session.scalars(one)).first()) is None:
        raise NotFound(f"no session {session_id}", f"sosialisasi {session_id} tidak ada")
    return found


async def _check(session: AsyncSession, held_on: date, attendee_ids: Sequence[UUID]) -> None:
    if held_on > local_date(clock(session).now(), await queries.calendar(session)):
        raise Invalid("a session cannot be reported before it is held", "sosialisasi belum dilaksanakan")
    # Counted, not fetched: a socialisation may have thousands of attendees.
    known = select(func.count()).select_from(Person).where(col(Person.id) == any_(_ids(attendee_ids)))
    if (await session.execute(known)).scalar_one() < len(set(attendee_ids)):
        raise Invalid("some attendees are no civil servants of this city", "ada peserta yang bukan pegawai kota ini")


async def _attend(session: AsyncSession, held: TrainingSession, attendee_ids: Sequence[UUID]) -> int:
    present = select(literal(held.tenant_id), literal(held.id, PG_UUID), col(Person.id)).where(
        col(Person.id) == any_(_ids(attendee_ids))
    )
    adding = insert(Attendance).from_select(["tenant_id", "session_id", "person_id"], present).on_conflict_do_nothing()
    await session.execute(adding)
    return len(set(attendee_ids))


def _ids(people: Sequence[UUID]) -> BindParameter[list[UUID]]:
    """One parameter however many came."""
    # An array, not `in (...)`: a statement takes at most 32,767 parameters, and one text is planned and cached once.
    return literal(list(people), ARRAY(PG_UUID(as_uuid=True)))


# "Do nothing" on conflict, and no row comes back: of two receipts at once the second finds that of the first.
_RECEIPTS: Table = Acknowledgement.__table__  # type: ignore[attr-defined]
_READ = insert(_RECEIPTS).on_conflict_do_nothing().returning(_RECEIPTS.c.servant_id)


async def acknowledge_standard(session: AsyncSession, cycle_id: UUID) -> Acknowledgement:
    """The acting servant has read the criteria of the cycle; asked twice, the first receipt stands."""
    context = await open_cycle(session, cycle_id)
    member = await own_membership(session, cycle_id)
    mine, tenant_id = member.servant_id, member.tenant_id
    read = Acknowledgement(
        tenant_id=tenant_id,
        cycle_id=cycle_id,
        servant_id=mine,
        policy_version=context.policy.version,
        at=clock(session).now(),
    )
    if (await session.execute(_READ, read.model_dump())).first() is None:
        return await _receipt(session, cycle_id, mine)
    kind = ObligationKind.ACKNOWLEDGE_STANDARD
    await close_obligations(session, OBLIGATIONS, kind, [cycle_id], tenant_id=tenant_id, debtor_id=mine)
    event = StandardAcknowledged(
        tenant_id=tenant_id, cycle_id=cycle_id, servant_id=mine, policy_version=read.policy_version
    )
    emit(session, event)
    return read


async def _receipt(session: AsyncSession, cycle_id: UUID, servant_id: UUID) -> Acknowledgement:
    mine = select(Acknowledgement).where(
        col(Acknowledgement.cycle_id) == cycle_id, col(Acknowledgement.servant_id) == servant_id
    )
    return (await session.scalars(mine)).one()
