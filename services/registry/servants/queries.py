"""Reads of civil servants and their raters."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.registry.personnel import AT_WORK
from kit.errors import NotFound
from kit.keyset import Found, Window, cut, read
from services.registry.servants.models import Servant


async def page(
    session: AsyncSession,
    *,
    window: Window,
    unit_id: UUID | None = None,
    role: Role | None = None,
    text_in_name: str | None = None,
    text_in_nip: str | None = None,
) -> Found[Servant]:
    """A page of the city's people, by name; a NIP is searched only where the asker may see it."""
    looking = select(Servant)
    if unit_id is not None:
        looking = looking.where(col(Servant.unit_id) == unit_id)
    if role is not None:
        held = col(Servant.roles).contains([role.value]) | col(Servant.held_roles).contains([role.value])
        looking = looking.where(held, col(Servant.active), col(Servant.status).in_(AT_WORK))
    if text_in_name is not None:
        matches = col(Servant.name).icontains(text_in_name, autoescape=True)
        if text_in_nip is not None:
            matches |= col(Servant.nip).startswith(text_in_nip, autoescape=True)
        looking = looking.where(matches)
    return await read(session, looking, col(Servant.name), col(Servant.id), window=window)


async def servant(session: AsyncSession, servant_id: UUID) -> Servant:
    """The civil servant; raises NotFound."""
    return await _one_servant(session, select(Servant).where(col(Servant.id) == servant_id))


async def find_by_nip(session: AsyncSession, nip: str) -> Servant | None:
    """Whose number this is now."""
    return (await session.scalars(select(Servant).where(col(Servant.nip) == nip))).first()


async def _one_servant(session: AsyncSession, one: Select[Servant]) -> Servant:
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound("no such civil servant in this city", "pegawai tidak ada di kota ini")
    return found


# Where the rater's own rater changed during a stretch, the stretch is cut there: each piece has one authority, or none
# for as long as nobody was recorded as the rater's rater. Neither relation overlaps another of the same person, so no two
# pieces begin on one day, and the day is the key of a page.
_RATERS = text(
    """
    with held as (
        select *, daterange(valid_from, valid_to) as during from rater_relations where servant_id = :servant
    ), above as (
        select r.valid_from, a.rater_id as authority_id, r.during * daterange(a.valid_from, a.valid_to) as during
        from held r join rater_relations a on a.tenant_id = r.tenant_id and a.servant_id = r.rater_id
            and daterange(a.valid_from, a.valid_to) && r.during
    ), pieces as (
        select * from above
        union all
        select r.valid_from, null, unnest(datemultirange(r.during) - coalesce(range_agg(a.during), '{}'))
        from held r left join above a using (valid_from) group by r.valid_from, r.during
    )
    select r.rater_id, p.authority_id, r.acting_for_id, r.source, r.reason, r.recorded_at, r.recorded_by,
        lower(p.during) as valid_from, upper(p.during) as valid_to
    from pieces p join held r using (valid_from)
    where (cast(:day as date) is null or p.during @> cast(:day as date))
        and (cast(:before as date) is null or lower(p.during) < :before)
    order by lower(p.during) desc
    limit :most
    """
)


async def raters(session: AsyncSession, servant_id: UUID, *, window: Window, on: date | None = None) -> Found[Row[Any]]:
    """Who rated, with whom as reviewing authority, newest first; only what held on a day, if one is given."""
    [before] = window.after(date) or [None]
    values = {"servant": servant_id, "day": on, "before": before, "most": window.limit + 1}
    rows = (await session.execute(_RATERS, values)).all()
    return cut(rows, window, key=lambda row: (row.valid_from,))
