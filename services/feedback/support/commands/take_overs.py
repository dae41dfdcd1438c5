"""Work results that the leader takes over, with a note that counts in the evaluation (PermenPANRB 6/2022 art. 20)."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.support import WorkResultTakenOver
from directory import queries
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from services.feedback.cycles.queries.context import open_cycle
from services.feedback.relations import acting_relations
from services.feedback.support.commands.requests import locked_member
from services.feedback.support.models import TakeOver
from services.feedback.texts import required


async def take_over(session: AsyncSession, cycle_id: UUID, servant_id: UUID, *, result: str, note: str) -> TakeOver:
    """The leader does a work result from now on, with a note that counts in the evaluation (art. 20); once a result."""
    await open_cycle(session, cycle_id)
    member = await locked_member(session, await queries.member(session, cycle_id, servant_id))
    found = await acting_relations(session, servant_id=servant_id, rater_id=member.rater_id)
    require(found, Relation.RATER, what=("take over a work result", "mengambil alih hasil kerja"))
    which = required(result, name=("the work result", "hasil kerja"))
    why = required(note, name=("the note", "catatan"))
    if (taken := await _taken(session, cycle_id, servant_id, which)) is not None:
        if taken.note == why:
            return taken
        raise Refused("this work result was taken over already", "hasil kerja ini sudah diambil alih")
    taken = TakeOver(
        tenant_id=member.tenant_id,
        cycle_id=cycle_id,
        servant_id=servant_id,
        leader_id=actor(session).id,
        result=which,
        note=why,
        at=clock(session).now(),
    )
    session.add(taken)
    _emit(session, taken)
    return taken


def _emit(session: AsyncSession, taken: TakeOver) -> None:
    event = WorkResultTakenOver(
        tenant_id=taken.tenant_id,
        cycle_id=taken.cycle_id,
        servant_id=taken.servant_id,
        take_over_id=taken.id,
        leader_id=taken.leader_id,
        result=taken.result,
        note=taken.note,
    )
    emit(session, event, reason=taken.note)


async def _taken(session: AsyncSession, cycle_id: UUID, servant_id: UUID, result: str) -> TakeOver | None:
    before = select(TakeOver).where(
        col(TakeOver.cycle_id) == cycle_id, col(TakeOver.servant_id) == servant_id, col(TakeOver.result) == result
    )
    return (await session.scalars(before)).first()
