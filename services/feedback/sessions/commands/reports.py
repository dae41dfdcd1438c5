"""That a session was held, and who came."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, any_, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.feedback.sessions import SessionHeld
from contracts.obligations import ObligationKind
from directory import queries
from directory.models import Person
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Invalid
from kit.outbox import emit
from obligations.closing import close_obligations
from obligations.legal_dates import local_date
from services.feedback.relations import acting_relations
from services.feedback.sessions.models import Attendance, TrainingSession
from services.feedback.sessions.queries import locked
from services.feedback.sessions.rules import Act, SessionState, moved


async def report_session(
    session: AsyncSession, session_id: UUID, *, held_on: date, attendee_ids: Sequence[UUID], materials: Sequence[str]
) -> TrainingSession:
    """Record that a session was held and who came; the first report counts."""
    held = await locked(session, session_id)
    found = await acting_relations(
        session, servant_id=actor(session).id, obligation=ObligationKind.HOLD_SESSION, subject_id=session_id
    )
    what = ("report a session", "melaporkan sosialisasi")
    require(found, Relation.OFFICE, Relation.DEBTOR, what=what)
    if held.state == SessionState.HELD:
        return held
    then = moved(held.state, Act.REPORT)
    await _check(session, held_on, attendee_ids)
    held.state, held.held_on = then.value, held_on
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
        of_topic=held.ordinal,
        number=held.number,
    )
    emit(session, event)
    return held


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
