"""What the community answered, for those whom it concerns, and whom a file may name."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory.models import Person as PersonRow
from directory.models import Unit
from directory.queries import known_cycle
from kit.keyset import Found, Window, read
from services.plans.community.models import CommunityResponse
from services.plans.community.rules import Known, Person, said
from services.plans.plans.models import IndicatorRow, Plan
from services.plans.plans.queries.access import visible

MOST_SHOWN = 200
"""With a plan; the list has all of them."""


async def page(
    session: AsyncSession,
    cycle_id: UUID,
    *,
    unit_id: UUID | None,
    servant_id: UUID | None,
    window: Window,
) -> Found[CommunityResponse]:
    """Of units for everybody; of people for whoever may read their plans."""
    await known_cycle(session, cycle_id)
    looking = select(CommunityResponse).where(col(CommunityResponse.cycle_id) == cycle_id)
    if unit_id is not None:
        looking = looking.where(col(CommunityResponse.subject_id) == unit_id)
    if servant_id is not None:
        looking = looking.where(col(CommunityResponse.servant_id) == servant_id)
    if (mine := visible(session)) is not None:
        readable = select(col(Plan.servant_id)).where(mine, col(Plan.cycle_id) == cycle_id)
        looking = looking.where(
            or_(col(CommunityResponse.servant_id).is_(None), col(CommunityResponse.servant_id).in_(readable))
        )
    return await read(session, looking, col(CommunityResponse.id), window=window)


async def about(session: AsyncSession, plan: Plan) -> Sequence[CommunityResponse]:
    """What was answered of a plan's indicators, of its servant and of the servant's unit, the newest first."""
    looking = (
        select(CommunityResponse)
        .where(
            col(CommunityResponse.cycle_id) == plan.cycle_id,
            or_(
                col(CommunityResponse.servant_id) == plan.servant_id,
                col(CommunityResponse.subject_id) == plan.unit_id,
            ),
        )
        .order_by(col(CommunityResponse.id).desc())
        .limit(MOST_SHOWN)
    )
    return (await session.scalars(looking)).all()


async def known(session: AsyncSession, cycle_id: UUID, *, codes: Collection[str], nips: Collection[str]) -> Known:
    """The units with these codes, and the people with these NIPs who take part in the cycle."""
    units = select(col(Unit.code), col(Unit.id)).where(col(Unit.code).in_(codes), col(Unit.active))
    people = (
        select(col(PersonRow.nip), col(Plan.servant_id), col(IndicatorRow.id), col(IndicatorRow.statement))
        .join(Plan, col(Plan.servant_id) == col(PersonRow.id))
        .outerjoin(IndicatorRow, col(IndicatorRow.plan_id) == col(Plan.id))
        .where(col(PersonRow.nip).in_(nips), col(Plan.cycle_id) == cycle_id)
    )
    ids: dict[str, UUID] = {}
    indicators: defaultdict[str, dict[str, UUID]] = defaultdict(dict)
    for nip, servant_id, indicator_id, statement in await session.execute(people):
        ids[nip] = servant_id
        if indicator_id is not None:
            indicators[nip].setdefault(said(statement), indicator_id)
    return Known(
        units={row.code: row.id for row in await session.execute(units)},
        people={nip: Person(one, indicators[nip]) for nip, one in ids.items()},
    )
