"""Whether everybody and every unit that a change names is recorded, and whoever shall lead can."""

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import ChangeKind
from kit.errors import NotFound, Refused
from services.registry.personnel.queries import lines
from services.registry.personnel.queries.leaders import leader, require_regional_head, servant
from services.registry.personnel.rules.effects import Wanted
from services.registry.servants.rules.relations import RelationSource
from services.registry.units.models import Unit


async def require_known(session: AsyncSession, wanted: Wanted) -> None:
    """Raises NotFound for whom nobody knows, or Refused for who is not at work or ranks too low to lead."""
    await lines.servant(session, wanted.servant_id)
    effect = wanted.effect
    named = [await leader(session, effect.rater_id)] if effect.rater_id is not None else []
    named += [await servant(session, one) for one in (effect.successor_id, effect.acting_id) if one is not None]
    for found in named:
        if not found.at_work:
            raise Refused(
                f"{found.name} is {found.status.lower()} and cannot lead anybody",
                f"{found.name} berstatus {found.status} dan tidak dapat memimpin",
            )
    if effect.acting_for_id is not None:
        await require_regional_head(session, effect.acting_for_id)
    await _require_rank(session, wanted)
    if effect.unit_id is not None:
        known = select(col(Unit.id)).where(col(Unit.id) == effect.unit_id)
        if (await session.scalars(known)).first() is None:
            raise NotFound(f"no unit {effect.unit_id} in this city", f"unit {effect.unit_id} tidak ada di kota ini")


async def _require_rank(session: AsyncSession, wanted: Wanted) -> None:
    """Whoever rates by the hierarchy is at least pejabat pengawas; anybody below is a delegate (L IV.A)."""
    effect = wanted.effect
    by_hierarchy = wanted.kind is ChangeKind.TRANSFER or effect.source is RelationSource.HIERARCHY
    if effect.rater_id is None or not by_hierarchy:
        return
    rater = await leader(session, effect.rater_id)
    if not rater.by_rank:
        raise Refused(
            f"{rater.name} ranks below pejabat pengawas: record a delegation",
            f"{rater.name} di bawah pejabat pengawas: catat sebagai pendelegasian",
        )
