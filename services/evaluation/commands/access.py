"""Who may do what about one appraisal: the locked row, the actor's relations to it, and the checks."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import Duty
from directory.relations import Relation, relations, require
from kit.db import actor
from kit.errors import Forbidden, NotFound
from kit.obligations import ObligationRow
from services.evaluation.models import Appraisal, PeerNomination


async def locked(session: AsyncSession, appraisal_id: UUID) -> Appraisal:
    """The appraisal, locked for this transaction; raises NotFound."""
    found = await locked_all(session, [appraisal_id])
    if not found:
        raise NotFound(f"no appraisal {appraisal_id} in this city", f"penilaian {appraisal_id} tidak ada di kota ini")
    return found[0]


async def locked_all(session: AsyncSession, appraisal_ids: Iterable[UUID]) -> Sequence[Appraisal]:
    """These appraisals, locked in one order everywhere so that two transactions never wait for each other."""
    locking = (
        select(Appraisal)
        .where(col(Appraisal.id).in_(list(appraisal_ids)))
        .order_by(col(Appraisal.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(locking)).all()


async def claimed(
    session: AsyncSession, kind: Duty, subject_ids: Iterable[UUID], *, own: bool = False
) -> frozenset[UUID]:
    """Lock the open duties about these subjects (the actor's own, if ``own``); returns the subjects the actor owes.

    Duties are locked before appraisals, as the sweep does it, so that the two never wait for each other.
    """
    me = actor(session).id
    locking = (
        select(col(ObligationRow.subject_id), col(ObligationRow.debtor_id))
        .where(
            col(ObligationRow.kind) == kind.value,
            col(ObligationRow.subject_id).in_(list(subject_ids)),
            col(ObligationRow.state) == "OPEN",
        )
        .order_by(col(ObligationRow.id))
        .with_for_update(key_share=True)
    )
    if own:
        locking = locking.where(or_(col(ObligationRow.debtor_id) == me, col(ObligationRow.first_debtor_id) == me))
    rows = (await session.execute(locking)).all()
    return frozenset(row.subject_id for row in rows if row.debtor_id == me)


async def is_peer(session: AsyncSession, appraisal_id: UUID) -> bool:
    """Whether the actor was asked to assess as a colleague."""
    looking = select(col(PeerNomination.peer_id)).where(
        col(PeerNomination.appraisal_id) == appraisal_id, col(PeerNomination.peer_id) == actor(session).id
    )
    return (await session.scalars(looking)).first() is not None


def related(session: AsyncSession, appraisal: Appraisal) -> frozenset[Relation]:
    """The actor's relations that follow from the appraisal itself."""
    return relations(
        actor(session),
        servant_id=appraisal.servant_id,
        rater_id=appraisal.rater_id,
        authority_id=appraisal.authority_id,
    )


def may_rate(found: frozenset[Relation], appraisal: Appraisal) -> bool:
    """The rater, whoever holds the duty now, or the office for a person without a rater; never oneself."""
    if Relation.SELF in found:
        return False
    natural = Relation.OFFICE if appraisal.rater_id is None else Relation.RATER
    return natural in found or Relation.HOLDER in found


def require_office(session: AsyncSession, what: tuple[str, str]) -> None:
    """Raises Forbidden for anybody but the performance office and the system."""
    who = actor(session)
    found = {Relation.OFFICE} if who.has(Role.PERFORMANCE_OFFICE) else set[Relation]()
    if who.is_system:
        found.add(Relation.SYSTEM)
    require(frozenset(found), Relation.OFFICE, Relation.SYSTEM, what=what)


def forbidden(what: tuple[str, str], *allowed: Relation) -> Forbidden:
    """The refusal of an act whose relations the command found itself."""
    who = ", ".join(one.value.lower() for one in allowed)
    return Forbidden(
        f"{what[0]}: only for {who}", f"{what[1]}: tidak berwenang", allowed=[one.value for one in allowed]
    )
