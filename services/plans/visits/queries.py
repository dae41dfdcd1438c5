"""The plans of a unit for the panel that visits it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, select, tuple_
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from directory import queries as directory
from directory.models import Member, Person
from directory.relations import Relation, require
from kit.db import actor
from kit.errors import Forbidden, NotFound
from kit.keyset import Found, Window, read
from services.plans.plans.models import Plan, PlanVersion
from services.plans.visits.models import PanelBar, PanelVisit

_WHAT = ("read the plans of a visited unit", "membaca rencana unit yang dikunjungi")


@dataclass(frozen=True, slots=True)
class VisitedPlan:
    """A plan of the unit, with the content that was set last."""

    plan: Plan
    version: PlanVersion


async def visited(session: AsyncSession, visit_id: UUID, *, window: Window) -> Found[VisitedPlan]:
    """A page of the plans of the unit that were set, for the panel of the visit until it is over.

    Of a person of whom the reader is not independent there is none. Raises NotFound, and Forbidden for anybody else.
    """
    visit = await _permitted(session, visit_id)
    looking = select(Plan).where(
        col(Plan.cycle_id) == visit.cycle_id,
        col(Plan.unit_id) == visit.unit_id,
        col(Plan.plan_version) > 0,
        ~_tied(visit.cycle_id, actor(session).id),
    )
    found = await read(session, looking, col(Plan.id), window=window)
    versions = await _versions(session, found.items)
    return Found([VisitedPlan(plan, versions[plan.id]) for plan in found.items], found.next)


async def _permitted(session: AsyncSession, visit_id: UUID) -> PanelVisit:
    visit = (await session.scalars(select(PanelVisit).where(col(PanelVisit.id) == visit_id))).first()
    if visit is None:
        raise NotFound(f"no visit {visit_id} in this city", f"kunjungan {visit_id} tidak ada di kota ini")
    mine = frozenset({Relation.PANEL} if actor(session).id in visit.panel else ())
    require(mine, Relation.PANEL, what=_WHAT)
    if visit.over or (await directory.cycle(session, visit.cycle_id)).closed:
        raise Forbidden(
            "the visit is over: its panel reads the plans of the unit no longer",
            "kunjungan sudah selesai: tim tidak lagi membaca rencana unit ini",
            allowed=[],
        )
    return visit


def _tied(cycle_id: UUID, member: UUID) -> ColumnElement[bool]:
    """Whom the member may not assess either: the same person, who rates or is rated, today or in the cycle; declared."""
    servant = col(Plan.servant_id)
    return (
        (servant == member)
        | col(Plan.rater_id).is_not_distinct_from(member)
        | _there(
            Member, col(Member.cycle_id) == cycle_id, col(Member.servant_id) == member, col(Member.rater_id) == servant
        )
        | _there(Person, col(Person.id) == member, col(Person.rater_id) == servant)
        | _there(Person, col(Person.id) == servant, col(Person.rater_id) == member)
        | _there(PanelBar, col(PanelBar.member_id) == member, col(PanelBar.servant_id) == servant)
    )


def _there(row: type[Member] | type[Person] | type[PanelBar], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(and_(col(row.tenant_id) == col(Plan.tenant_id), *conditions))


async def _versions(session: AsyncSession, plans: Sequence[Plan]) -> dict[UUID, PlanVersion]:
    """What counts of each."""
    keys = tuple_(col(PlanVersion.plan_id), col(PlanVersion.plan_version))
    looking = select(PlanVersion).where(keys.in_([(one.id, one.plan_version) for one in plans]))
    return {one.plan_id: one for one in (await session.scalars(looking)).all()}
