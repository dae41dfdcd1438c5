"""Who may do what about one appraisal: the locked row, the actor's relations to it, and the checks."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import any_, bindparam, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.obligations import ObligationKind
from directory.relations import Relation, relations
from kit.conflicts import Offices
from kit.db import actor
from kit.errors import Forbidden, NotFound
from obligations.rows import IS_OPEN, ROWS
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.assessments.models import PeerNomination

# One array parameter and not `in (...)`: the statement is compiled and prepared once, however many ids it is asked for.
_IDS = any_(bindparam("ids", type_=ARRAY(PG_UUID)))
# `for no key update` (key_share): assessments and results that refer to the row are inserted meanwhile, since their
# foreign keys ask for no more than `for key share`. `populate_existing`, because what the session read before the lock
# was waited for may be old.
_LOCKED = (
    select(Appraisal)
    .where(col(Appraisal.id) == _IDS)
    .order_by(col(Appraisal.id))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
# IS_OPEN is written out, so that the partial index of open obligations is used.
_CLAIMED = (
    select(ROWS.c.subject_id, ROWS.c.debtor_id)
    .where(ROWS.c.kind == bindparam("kind"), ROWS.c.subject_id == _IDS, IS_OPEN)
    .order_by(ROWS.c.id)
    .with_for_update(key_share=True)
)
# A peer locks his or her own obligation alone: colleagues who assess the same person do not wait for each other here.
_CLAIMED_OWN = _CLAIMED.where(
    or_(ROWS.c.debtor_id == bindparam("person_id"), ROWS.c.first_debtor_id == bindparam("person_id"))
)
_HANDED_OVER = select(ROWS.c.debtor_id).where(
    ROWS.c.kind == bindparam("kind"),
    ROWS.c.subject_id == bindparam("subject_id"),
    ROWS.c.first_debtor_id == bindparam("person_id"),
    ROWS.c.debtor_id != bindparam("person_id"),
    IS_OPEN,
)
_ALL_HANDED_OVER = select(ROWS.c.subject_id).where(
    ROWS.c.kind == bindparam("kind"),
    ROWS.c.subject_id == _IDS,
    ROWS.c.first_debtor_id == bindparam("person_id"),
    ROWS.c.debtor_id != bindparam("person_id"),
    IS_OPEN,
)
_PEER = select(literal(1)).where(
    col(PeerNomination.appraisal_id) == bindparam("appraisal_id"), col(PeerNomination.peer_id) == bindparam("peer_id")
)


async def locked(session: AsyncSession, appraisal_id: UUID) -> Appraisal:
    """The appraisal, locked for this transaction; raises NotFound."""
    found = await locked_all(session, [appraisal_id])
    if not found:
        raise NotFound(f"no appraisal {appraisal_id} in this city", f"penilaian {appraisal_id} tidak ada di kota ini")
    return found[0]


async def locked_all(session: AsyncSession, appraisal_ids: Iterable[UUID]) -> Sequence[Appraisal]:
    """These appraisals, locked in one order everywhere so that two transactions never wait for each other."""
    return (await session.scalars(_LOCKED, {"ids": list(appraisal_ids)})).all()


async def claimed(
    session: AsyncSession, kind: ObligationKind, subject_ids: Iterable[UUID], *, own: bool = False
) -> frozenset[UUID]:
    """Lock the open obligations about these subjects (the actor's own, if ``own``); returns the subjects the actor owes.

    Obligations are locked before appraisals, as the sweep does it, so that the two never wait for each other.
    """
    me = actor(session).id
    asked: dict[str, object] = {"kind": kind.value, "ids": list(subject_ids)}
    if own:
        asked["person_id"] = me
    rows = (await session.execute(_CLAIMED_OWN if own else _CLAIMED, asked)).all()
    return frozenset(row.subject_id for row in rows if row.debtor_id == me)


async def require_not_handed_over(session: AsyncSession, kind: ObligationKind, subject_id: UUID) -> None:
    """Raises Forbidden for the rater who was silent until the obligation went to the superior (L V.A.8; L IV.A.11).

    Asked after :func:`claimed`, which locked the obligation: nobody hands it over before this transaction ends.
    """
    asked = {"kind": kind.value, "subject_id": subject_id, "person_id": actor(session).id}
    found = (await session.execute(_HANDED_OVER, asked)).first()
    if found is not None:
        raise Forbidden(
            "the time to evaluate is over: the rater's superior evaluates now (PermenPANRB 6/2022 L V.A.8)",
            "waktu penilaian telah berakhir: atasan pejabat penilai yang menilai (PermenPANRB 6/2022 L V.A.8)",
            debtor_id=str(found.debtor_id),
        )


async def handed_over(session: AsyncSession, kind: ObligationKind, subject_ids: Iterable[UUID]) -> frozenset[UUID]:
    """The same of many: which of these went from the actor to the superior. Asked after :func:`claimed`."""
    asked = {"kind": kind.value, "ids": list(subject_ids), "person_id": actor(session).id}
    return frozenset((await session.scalars(_ALL_HANDED_OVER, asked)).all())


async def is_peer(session: AsyncSession, appraisal_id: UUID) -> bool:
    """Whether the actor was asked to assess as a colleague."""
    asked = {"appraisal_id": appraisal_id, "peer_id": actor(session).id}
    return (await session.scalars(_PEER, asked)).first() is not None


def related(session: AsyncSession, appraisal: Appraisal) -> frozenset[Relation]:
    """The actor's relations that follow from the appraisal itself."""
    return relations(
        actor(session),
        servant_id=appraisal.servant_id,
        rater_id=appraisal.rater_id,
        authority_id=appraisal.authority_id,
    )


async def offices_about(session: AsyncSession, appraisals: Sequence[Appraisal]) -> Offices:
    """Who acts for the office about these people, of one cycle; looked up only where the actor may be one who does."""
    nobody_rates = any(one.rater_id is None for one in appraisals)
    if appraisals and (nobody_rates or actor(session).has(Role.PERFORMANCE_OFFICE)):
        return await in_cycle(session, appraisals[0].cycle_id)
    return Offices()


def may_rate(session: AsyncSession, found: frozenset[Relation], appraisal: Appraisal, offices: Offices) -> bool:
    """The rater, whoever owes it now, or the office for a person without a rater; never oneself.

    An officer who is neither rater nor authority acts for the office: the rule on conflicts of interest is asked.
    """
    if Relation.SELF in found:
        return False
    if Relation.RATER in found:
        return True
    who, nobody_rates = actor(session), appraisal.rater_id is None
    if not (nobody_rates or Relation.DEBTOR in found):
        return False
    for_the_office = nobody_rates or (who.has(Role.PERFORMANCE_OFFICE) and Relation.AUTHORITY not in found)
    return not for_the_office or offices.may_act(who, appraisal.servant_id)


def forbidden(what: tuple[str, str], *allowed: Relation) -> Forbidden:
    """The refusal of an act whose relations the command found itself."""
    who = ", ".join(one.value.lower() for one in allowed)
    return Forbidden(
        f"{what[0]}: only for {who}", f"{what[1]}: tidak berwenang", allowed=[one.value for one in allowed]
    )
