"""The hearing of an objection: both sides are asked, explain, and the authority is to decide (L V.B.3-4)."""

from uuid import UUID

from sqlalchemy import func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.feedback.objections import ObjectionEscalated, StatementGiven, StatementsRequested
from contracts.feedback.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.relations import Relation, require
from kit.db import actor, clock
from kit.errors import NotReady, Refused
from kit.outbox import emit
from obligations.closing import close_obligations
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.objections.commands.objections import locked
from services.feedback.objections.events import about
from services.feedback.objections.models import Objection, Statement
from services.feedback.objections.rules.hearings import Side, hearing_is_over, may_close_hearing
from services.feedback.objections.rules.states import Act, Stage, is_open, move
from services.feedback.obligations import owe
from services.feedback.relations import acting_relations
from services.feedback.texts import required


async def open_hearing(session: AsyncSession, objection_id: UUID) -> Objection:
    """Ask both sides for an explanation; asked twice, asks once."""
    objection = await locked(session, objection_id)
    if objection.state != Stage.FILED:
        return objection
    objection.state = move(objection.state, Act.ASK_BOTH_SIDES)
    await owe(
        session,
        ObligationKind.GIVE_STATEMENT,
        cycle_id=objection.cycle_id,
        subject_id=objection.id,
        debtors=[objection.rater_id, objection.servant_id],
        about_id=objection.servant_id,
        due_at=objection.statements_by,
    )
    emit(session, StatementsRequested(**about(objection), rater_id=objection.rater_id))
    return objection


async def state(session: AsyncSession, objection_id: UUID, *, text: str) -> Statement:
    """One side explains, once; with the second statement the authority is to decide."""
    objection = await locked(session, objection_id)
    found = await acting_relations(session, servant_id=objection.servant_id, rater_id=objection.rater_id)
    require(found, Relation.SELF, Relation.RATER, what=("give a statement", "memberi penjelasan"))
    side = Side.SERVANT if Relation.SELF in found else Side.RATER
    said = required(text, name=("the statement", "penjelasan"))
    if (earlier := await _statement_of(session, objection.id, side)) is not None:
        return _unless_other(earlier, said)
    _check_stage(objection)
    statement = Statement(
        tenant_id=objection.tenant_id,
        objection_id=objection.id,
        side=side.value,
        by_id=actor(session).id,
        text=said,
        at=clock(session).now(),
    )
    session.add(statement)
    await _heard(session, objection, statement)
    return statement


def _check_stage(objection: Objection) -> None:
    """A late statement still helps the authority, as long as nothing is decided."""
    if objection.state not in {Stage.HEARING, Stage.DECIDABLE}:
        raise Refused(
            f"an objection that is {objection.state.lower()} takes no statement",
            f"keberatan berstatus {objection.state} tidak menerima penjelasan",
        )


def _unless_other(earlier: Statement, said: str) -> Statement:
    if earlier.text == said:
        return earlier
    raise Refused("this side has explained already", "pihak ini sudah memberi penjelasan")


async def _statement_of(session: AsyncSession, objection_id: UUID, side: Side) -> Statement | None:
    one = select(Statement).where(col(Statement.objection_id) == objection_id, col(Statement.side) == side.value)
    return (await session.scalars(one)).first()


async def _heard(session: AsyncSession, objection: Objection, statement: Statement) -> None:
    tenant_id, kind = objection.tenant_id, ObligationKind.GIVE_STATEMENT
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id, debtor_id=statement.by_id)
    complete = await is_complete(session, objection.id)
    emit(session, StatementGiven(**about(objection), by_id=statement.by_id, complete=complete))
    # The workflow would close it as well, at its next look; the authority need not wait for that.
    if complete:
        await close_hearing(session, objection)
    check_cleared(session, tenant_id=tenant_id, cycle_id=objection.cycle_id, phase=Phase.OBJECTION)


async def is_complete(session: AsyncSession, objection_id: UUID) -> bool:
    """Both sides explained."""
    # The statement of this transaction may not have been written yet, and it counts.
    await session.flush()
    counting = select(func.count()).select_from(Statement).where(col(Statement.objection_id) == objection_id)
    given: int = (await session.execute(counting)).scalar_one()
    return given == len(Side)


async def is_over(session: AsyncSession, objection: Objection) -> bool:
    """Both sides explained, or had their time."""
    complete = await is_complete(session, objection.id)
    return hearing_is_over(complete=complete, statements_by=objection.statements_by, now=clock(session).now())


async def end_hearing(session: AsyncSession, objection_id: UUID) -> Objection:
    """Close a hearing that has run its course; NotReady while it runs; asked twice, closes once."""
    objection = await locked(session, objection_id)
    may_close_hearing(objection.state, over=await is_over(session, objection))
    await close_hearing(session, objection)
    return objection


async def close_hearing(session: AsyncSession, objection: Objection) -> None:
    """What was not explained lapses; the authority owes a decision."""
    if objection.state != Stage.HEARING:
        return
    objection.state = move(objection.state, Act.CLOSE_HEARING)
    tenant_id, kind = objection.tenant_id, ObligationKind.GIVE_STATEMENT
    await close_obligations(session, OBLIGATIONS, kind, [objection.id], tenant_id=tenant_id, state="LAPSED")
    await ask_authority(session, objection)
    check_cleared(session, tenant_id=tenant_id, cycle_id=objection.cycle_id, phase=Phase.OBJECTION)


async def ask_authority(session: AsyncSession, objection: Objection) -> None:
    """The authority owes a decision, by the limit that was counted when the objection was filed."""
    await owe(
        session,
        ObligationKind.DECIDE_OBJECTION,
        cycle_id=objection.cycle_id,
        subject_id=objection.id,
        debtors=[objection.authority_id],
        about_id=objection.servant_id,
        due_at=objection.decide_by,
    )


async def escalate(session: AsyncSession, objection_id: UUID) -> Objection:
    """Notify the performance office, once, that the decision is overdue; nothing is deemed decided."""
    objection = await locked(session, objection_id)
    if objection.escalated_at is not None or not is_open(objection.state):
        return objection
    now = clock(session).now()
    if now < objection.decide_by:
        raise NotReady("the decision is not overdue yet", "batas keputusan belum lewat")
    objection.escalated_at = now
    emit(session, ObjectionEscalated(**about(objection)))
    return objection
