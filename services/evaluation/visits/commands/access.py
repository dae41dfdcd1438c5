"""Who may do what about a visit: the locked row, and the checks of panel and debtor."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor
from kit.errors import NotFound
from services.evaluation.appraisals.commands import access
from services.evaluation.visits.models import Visit


async def locked(session: AsyncSession, visit_id: UUID) -> Visit:
    """The visit, locked; raises NotFound."""
    found = await locked_all(session, [visit_id])
    if not found:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    return found[0]


async def locked_all(session: AsyncSession, visit_ids: Sequence[UUID]) -> Sequence[Visit]:
    """These visits, locked in one order everywhere."""
    # For no key update: rows that refer to a visit may still be written meanwhile. populate_existing: what the session
    # read before it had the lock may be old.
    locking = (
        select(Visit)
        .where(col(Visit.id).in_(visit_ids))
        .order_by(col(Visit.id))
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(locking)).all()


async def claimed(session: AsyncSession, visit_id: UUID, kind: ObligationKind, what: tuple[str, str]) -> Visit:
    """The visit, locked after its obligation, for members of its panel and the debtor; else raises Forbidden."""
    owed = await access.claimed(session, kind, [visit_id])
    visit = await locked(session, visit_id)
    if actor(session).id not in visit.panel and not owed:
        raise access.forbidden(what, Relation.PANEL, Relation.DEBTOR)
    return visit
