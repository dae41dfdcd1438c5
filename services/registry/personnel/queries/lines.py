"""Reads the lines of superiors that a change of personnel cuts or joins."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.registry.personnel import ChangeKind, Status
from kit.db import actor
from kit.errors import NotFound, Refused
from services.registry.personnel.models import PersonnelChange
from services.registry.personnel.rules.effects import Effect
from services.registry.personnel.rules.states import ChangeState
from services.registry.personnel.rules.succession import Leader
from services.registry.servants.models import RaterRelation, Servant

# Above the top official stands a regional head, who is no civil servant and leads whatever his or her status is.
# `union` drops rows that were found before: a circle in old records ends instead of running for ever.
_LINE = text(
    """
    with recursive above as (
        select id, rater_id, status from servants where tenant_id = :tenant and id = any(:starts)
        union select s.id, s.rater_id, s.status from servants s join above a on s.id = a.rater_id
        where s.tenant_id = :tenant
    )
    select id, rater_id, status from above
    union all select c.id, null, 'ACTIVE' from accounts c
    where c.tenant_id = :tenant and c.active and (c.id = any(:starts) or c.id in (select rater_id from above))
    """
)
# Whom an earlier absence of the same leader gave to a superior is still one of his or her people.
_LED = text(
    """
    select s.id, s.rater_id from servants s
    left join rater_relations r on r.tenant_id = s.tenant_id and r.servant_id = s.id and r.valid_to is null
    left join personnel_changes c on c.tenant_id = s.tenant_id and c.id = r.change_id
    where s.tenant_id = :tenant and s.active and s.id <> :leader
        and (s.rater_id = :leader or (r.source = 'SUPERIOR' and c.servant_id = :leader))
        and (cast(:outside as uuid) is null or s.unit_id <> :outside)
    order by s.id
    """
)
# Steps make every row another one, so `union all` does as well; units in a circle are refused when they come in.
_HEAD_ABOVE = text(
    """
    with recursive up as (
        select u.id, u.parent_id, 0 as steps from units u join servants s on s.unit_id = u.id
        where u.tenant_id = :tenant and s.tenant_id = :tenant and s.id = :servant
        union all select u.id, u.parent_id, up.steps + 1 from units u join up on u.id = up.parent_id
        where u.tenant_id = :tenant
    )
    select h.id from up join servants h on h.unit_id = up.id
    where h.tenant_id = :tenant and h.is_head and h.active and h.status = 'ACTIVE' and h.id <> :servant
    order by up.steps limit 1
    """
)


async def servant(session: AsyncSession, servant_id: UUID) -> Servant:
    """The person as he or she now is; raises NotFound."""
    # Statements in plain SQL change rows behind the session's back: what it remembers of them is read anew.
    one = select(Servant).where(col(Servant.id) == servant_id).execution_options(populate_existing=True)
    found = (await session.scalars(one)).first()
    if found is None:
        raise NotFound(f"no civil servant {servant_id} in this city", f"pegawai {servant_id} tidak ada di kota ini")
    return found


async def line_above(session: AsyncSession, starts: Sequence[UUID | None]) -> dict[UUID, Leader]:
    """These people and everybody above them."""
    ids = [one for one in starts if one is not None]
    rows = await session.execute(_LINE, {"tenant": actor(session).tenant_id, "starts": ids})
    return {row.id: Leader(row.rater_id, Status(row.status)) for row in rows}


async def led_by(session: AsyncSession, leader: UUID, *, outside: UUID | None = None) -> dict[UUID, UUID | None]:
    """Whom the person leads, with the present rater; those outside a unit only, if one is named."""
    values = {"tenant": actor(session).tenant_id, "leader": leader, "outside": outside}
    return {row.id: row.rater_id for row in await session.execute(_LED, values)}


async def raters_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, UUID | None]:
    """The present rater of each."""
    rows = select(col(Servant.id), col(Servant.rater_id)).where(col(Servant.id).in_(ids))
    return {row.id: row.rater_id for row in await session.execute(rows)}


async def assigned_by(session: AsyncSession, change_id: UUID) -> dict[UUID, UUID | None]:
    """The rater that a change gave to each, as far as it still holds."""
    rows = select(col(RaterRelation.servant_id), col(RaterRelation.rater_id)).where(
        col(RaterRelation.change_id) == change_id, col(RaterRelation.valid_to).is_(None)
    )
    return {row.servant_id: row.rater_id for row in await session.execute(rows)}


async def acting_for(session: AsyncSession, servant_id: UUID, day: date) -> UUID | None:
    """The acting official who stands in for this person on a day, and can."""
    appointments = select(col(PersonnelChange.payload)).where(
        col(PersonnelChange.servant_id) == servant_id,
        col(PersonnelChange.kind) == ChangeKind.ACTING.value,
        col(PersonnelChange.state) == ChangeState.APPLIED.value,
        col(PersonnelChange.effective_on) <= day,
        or_(col(PersonnelChange.until).is_(None), col(PersonnelChange.until) >= day),
    )
    newest = appointments.order_by(col(PersonnelChange.effective_on).desc(), col(PersonnelChange.id).desc()).limit(1)
    payload = (await session.scalars(newest)).first()
    acting = None if payload is None else Effect.model_validate(payload).acting_id
    if acting is None or (await servant(session, acting)).status != Status.ACTIVE:
        return None
    return acting


async def head_above(session: AsyncSession, servant_id: UUID) -> UUID | None:
    """Who heads the person's unit, or the nearest unit above that has a head at work."""
    values = {"tenant": actor(session).tenant_id, "servant": servant_id}
    found: UUID | None = (await session.execute(_HEAD_ABOVE, values)).scalar_one_or_none()
    return found


async def refuse_second_head(session: AsyncSession, unit_id: UUID, servant_id: UUID) -> None:
    """Raises Refused where a unit has a head who has not left."""
    heads = select(col(Servant.name)).where(
        col(Servant.unit_id) == unit_id, col(Servant.is_head), col(Servant.active), col(Servant.id) != servant_id
    )
    if (name := (await session.scalars(heads)).first()) is not None:
        raise Refused(
            f"the unit already has a head: {name}; record first what becomes of that person",
            f"unit sudah memiliki kepala: {name}; catat dahulu perubahan pejabat itu",
        )
