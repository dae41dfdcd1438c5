"""The figures of a public report, and the reports that were made."""

from uuid import UUID

from sqlalchemy import Numeric, and_, cast, func, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate
from directory.models import Unit
from kit.errors import NotFound
from kit.keyset import Found, Window, read_rows
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.models import Cycle
from services.evaluation.cycles.queries.numbers import by_predicate, numbers
from services.evaluation.publication.models import PublicReport
from services.evaluation.publication.rules import OfUnit
from services.evaluation.results.models import Result

PEOPLE = ("innovations", "objected", "changed_by_objection", "deemed_received")
"""Of the numbers of a cycle, those that count people."""


async def predicates(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """People by predicate, each of the five."""
    return dict.fromkeys((one.value for one in Predicate), 0) | await by_predicate(session, cycle_id)


async def figures(session: AsyncSession, cycle_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """People, and numbers that are about no person: visits held, and how many assessments of a hundred came in time."""
    counted = await numbers(session, cycle_id)
    assessed = counted["assessed_in_time"] + counted["assessed_late"] + counted["assessments_lapsed"]
    in_time = {"assessed_in_time_percent": 100 * counted["assessed_in_time"] // assessed} if assessed else {}
    return {name: counted[name] for name in PEOPLE}, {"visits_held": counted["visits_held"]} | in_time


async def units(session: AsyncSession, cycle_id: UUID) -> list[OfUnit]:
    """Every unit with a result, by its code."""
    mean = func.round(cast(func.avg(col(Result.local_score)), Numeric), 2)
    counting = (
        select(col(Unit.code), col(Unit.name), func.count(), mean)
        .select_from(Result)
        .join(
            Appraisal,
            and_(col(Appraisal.tenant_id) == col(Result.tenant_id), col(Appraisal.id) == col(Result.appraisal_id)),
        )
        .join(Unit, and_(col(Unit.tenant_id) == col(Result.tenant_id), col(Unit.id) == col(Appraisal.unit_id)))
        .where(col(Result.cycle_id) == cycle_id, col(Result.superseded_by).is_(None))
        .group_by(col(Unit.code), col(Unit.name))
        .order_by(col(Unit.code))
    )
    return [OfUnit(*row) for row in (await session.execute(counting)).all()]


_REPORTS = select(PublicReport, Cycle).join(
    Cycle, and_(col(Cycle.tenant_id) == col(PublicReport.tenant_id), col(Cycle.id) == col(PublicReport.cycle_id))
)


async def page(session: AsyncSession, window: Window) -> Found[tuple[PublicReport, Cycle]]:
    """A page of the city's reports, the newest first."""
    return await read_rows(session, _REPORTS, col(PublicReport.cycle_id), window=window, descending=True)


async def one(session: AsyncSession, cycle_id: UUID) -> tuple[PublicReport, Cycle]:
    """The report of a cycle with its cycle; raises NotFound, also while the cycle is not over."""
    found = (await session.execute(_REPORTS.where(col(PublicReport.cycle_id) == cycle_id))).first()
    if found is None:
        raise NotFound(f"no public report {cycle_id} in this city", f"laporan publik {cycle_id} tidak ada di kota ini")
    return found[0], found[1]
