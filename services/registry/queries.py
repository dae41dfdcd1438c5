"""Reads of the registry."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, text, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from kit.errors import NotFound
from services.registry.models import Calendar, Import, ImportRow, Outage, PersonnelChange, PolicyDocument, Servant, Unit


async def units(session: AsyncSession, *, after: str | None, limit: int) -> Sequence[Unit]:
    """Units by code."""
    page = select(Unit).order_by(col(Unit.code)).limit(limit)
    if after is not None:
        page = page.where(col(Unit.code) > after)
    return (await session.scalars(page)).all()


async def unit(session: AsyncSession, unit_id: UUID) -> Unit:
    """The unit; raises NotFound."""
    found = (await session.scalars(select(Unit).where(col(Unit.id) == unit_id))).first()
    if found is None:
        raise NotFound(f"no unit {unit_id} in this city", f"unit {unit_id} tidak ada di kota ini")
    return found


async def servants(
    session: AsyncSession,
    *,
    after: tuple[str, UUID] | None,
    limit: int,
    unit_id: UUID | None = None,
    text_in_name: str | None = None,
    text_in_nip: str | None = None,
) -> Sequence[Servant]:
    """People by name; a NIP is searched only where the asker may see it."""
    page = select(Servant).order_by(col(Servant.name), col(Servant.id)).limit(limit)
    if after is not None:
        page = page.where(tuple_(col(Servant.name), col(Servant.id)) > tuple_(*after))
    if unit_id is not None:
        page = page.where(col(Servant.unit_id) == unit_id)
    if text_in_name is not None:
        matches = col(Servant.name).icontains(text_in_name, autoescape=True)
        if text_in_nip is not None:
            matches |= col(Servant.nip).startswith(text_in_nip, autoescape=True)
        page = page.where(matches)
    return (await session.scalars(page)).all()


async def servant(session: AsyncSession, servant_id: UUID) -> Servant:
    """The civil servant; raises NotFound."""
    return await _one_servant(session, select(Servant).where(col(Servant.id) == servant_id))


async def servant_by_nip(session: AsyncSession, nip: str) -> Servant:
    """The civil servant; raises NotFound."""
    return await _one_servant(session, select(Servant).where(col(Servant.nip) == nip))


async def _one_servant(session: AsyncSession, one: Select[Servant]) -> Servant:
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound("no such civil servant in this city", "pegawai tidak ada di kota ini")
    return found


# Where the rater's own rater changed during a stretch, the stretch is cut there: each piece has one authority.
_RATERS = text(
    """
    select r.rater_id, a.rater_id as authority_id, r.source, r.reason, r.recorded_at, r.recorded_by,
        greatest(r.valid_from, a.valid_from) as valid_from, least(r.valid_to, a.valid_to) as valid_to
    from rater_relations r
    left join rater_relations a on a.tenant_id = r.tenant_id and a.servant_id = r.rater_id
        and daterange(a.valid_from, a.valid_to) && daterange(r.valid_from, r.valid_to)
    where r.servant_id = :servant
        and (cast(:day as date) is null or (greatest(r.valid_from, a.valid_from) <= :day
            and coalesce(least(r.valid_to, a.valid_to) > :day, true)))
    order by 7 desc
    """
)


async def raters(session: AsyncSession, servant_id: UUID, *, on: date | None = None) -> Sequence[Row[Any]]:
    """Who rated, with whom as reviewing authority, newest first; only what held on a day, if one is given."""
    return (await session.execute(_RATERS, {"servant": servant_id, "day": on})).all()


async def policies(session: AsyncSession) -> Sequence[PolicyDocument]:
    """Every version of every scope, newest first."""
    rows = select(PolicyDocument).order_by(col(PolicyDocument.scope), col(PolicyDocument.version).desc())
    return (await session.scalars(rows)).all()


async def policy(session: AsyncSession, scope: str, *, version: int | None = None) -> PolicyDocument:
    """One version, or the newest; raises NotFound."""
    rows = select(PolicyDocument).where(col(PolicyDocument.scope) == scope)
    if version is not None:
        rows = rows.where(col(PolicyDocument.version) == version)
    found = (await session.scalars(rows.order_by(col(PolicyDocument.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound(f"no such policy for {scope}", f"kebijakan {scope} tidak ada")
    return found


async def calendar(session: AsyncSession) -> Calendar:
    """The newest; raises NotFound."""
    found = (await session.scalars(select(Calendar).order_by(col(Calendar.version).desc()).limit(1))).first()
    if found is None:
        raise NotFound("the city has no calendar yet", "kota belum memiliki kalender")
    return found


async def outages(session: AsyncSession) -> Sequence[Outage]:
    """Newest first."""
    return (await session.scalars(select(Outage).order_by(col(Outage.began_at).desc()))).all()


async def head_of(session: AsyncSession, unit_id: UUID) -> UUID | None:
    """Who is recorded as the unit's head, whether at work or not."""
    await unit(session, unit_id)
    heads = select(col(Servant.id)).where(col(Servant.unit_id) == unit_id, col(Servant.is_head))
    return (await session.scalars(heads.order_by(col(Servant.active).desc(), col(Servant.nip)).limit(1))).first()


async def changes(
    session: AsyncSession, *, servant_id: UUID | None = None, state: str | None = None
) -> Sequence[PersonnelChange]:
    """Of one person, or in one state; newest day first."""
    rows = select(PersonnelChange).order_by(
        col(PersonnelChange.effective_on).desc(), col(PersonnelChange.recorded_at).desc(), col(PersonnelChange.id)
    )
    if servant_id is not None:
        rows = rows.where(col(PersonnelChange.servant_id) == servant_id)
    if state is not None:
        rows = rows.where(col(PersonnelChange.state) == state)
    return (await session.scalars(rows)).all()


async def import_of(session: AsyncSession, import_id: UUID) -> Import:
    """The import; raises NotFound."""
    found = (await session.scalars(select(Import).where(col(Import.id) == import_id))).first()
    if found is None:
        raise NotFound(f"no import {import_id}", f"impor {import_id} tidak ada")
    return found


async def import_rows(
    session: AsyncSession, import_id: UUID, *, after: int, limit: int, outcome: str | None = None
) -> Sequence[ImportRow]:
    """What each line did, in the order of the files."""
    rows = select(ImportRow).where(col(ImportRow.import_id) == import_id, col(ImportRow.number) > after)
    if outcome is not None:
        rows = rows.where(col(ImportRow.outcome) == outcome)
    return (await session.scalars(rows.order_by(col(ImportRow.number)).limit(limit))).all()
