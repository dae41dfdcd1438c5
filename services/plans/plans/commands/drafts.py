"""Writing a plan: the servant, or the debtor of the obligation to propose it, puts the whole content."""

from typing import Any
from uuid import UUID

from sqlalchemy import Table, bindparam, delete, insert, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.obligations import ObligationKind
from directory.relations import Relation, require
from kit.errors import Invalid, fault
from kit.outbox import emit
from services.plans.plans import events
from services.plans.plans.commands.locks import locked, require_fresh
from services.plans.plans.models import IndicatorRow, Plan, WorkResultRow
from services.plans.plans.queries.access import relations_to
from services.plans.plans.queries.content import content
from services.plans.plans.rules.content import Content, bare, identified
from services.plans.plans.rules.size import require_tellable
from services.plans.plans.rules.states import Act, move
from services.plans.practices.queries import require_available


async def write(session: AsyncSession, plan_id: UUID, *, written: Content, if_match: int | None = None) -> Plan:
    """Put the content of a draft or returned plan; the same content again changes nothing."""
    plan = await locked(session, plan_id)
    found = await relations_to(session, plan, ObligationKind.PROPOSE_PLAN)
    require(found, Relation.SELF, Relation.DEBTOR, what=("write this plan", "menulis rencana ini"))
    require_fresh(plan, if_match)
    plan.state = move(plan.state, Act.WRITE)
    before = await content(session, plan.id)
    if bare(written) == bare(before):
        return plan
    await store(session, plan, before=before, written=written)
    plan.version += 1
    if before == Content():
        emit(session, events.drafted(plan))
    return plan


# On the tables and not the classes: the session keeps no books on rows that are replaced whole, and the statements are
# compiled once.
_RESULTS: Table = WorkResultRow.__table__  # type: ignore[attr-defined]
_INDICATORS: Table = IndicatorRow.__table__  # type: ignore[attr-defined]
_NO_RESULTS = delete(_RESULTS).where(_RESULTS.c.plan_id == bindparam("id"))
_NO_INDICATORS = delete(_INDICATORS).where(_INDICATORS.c.plan_id == bindparam("id"))
_ADD_RESULTS, _ADD_INDICATORS = insert(_RESULTS), insert(_INDICATORS)


async def store(session: AsyncSession, plan: Plan, *, before: Content, written: Content) -> Content:
    """Replace the content; results and indicators named by their id stay the same ones. Returns it with every id.

    Raises Invalid for more than one message about the plan could tell.
    """
    require_tellable(written)
    await _require_links(session, plan, written)
    # What an earlier version took over stays, also when it has left the library since.
    await require_available(session, [one for one in written.practices if one not in before.practices])
    kept = identified(written, before, new_id)
    for removing in (_NO_INDICATORS, _NO_RESULTS):
        await session.execute(removing, {"id": plan.id})
    plan.annex = kept.annex.model_dump(mode="json")
    results, indicators = _result_rows(plan, kept), _indicator_rows(plan, kept)
    if results:
        await session.execute(_ADD_RESULTS, results)
    if indicators:
        await session.execute(_ADD_INDICATORS, indicators)
    return kept


def _result_rows(plan: Plan, content: Content) -> list[dict[str, Any]]:
    its = {"tenant_id": plan.tenant_id, "plan_id": plan.id}
    return [
        {**its, "ordinal": number, **result.model_dump(exclude={"indicators"})}
        for number, result in enumerate(content.results)
    ]


def _indicator_rows(plan: Plan, content: Content) -> list[dict[str, Any]]:
    """Numbered through the whole plan."""
    its = {"tenant_id": plan.tenant_id, "plan_id": plan.id}
    rows = [
        {**its, "work_result_id": result.id, **indicator.model_dump()}
        for result in content.results
        for indicator in result.indicators
    ]
    return [{"ordinal": number, **row} for number, row in enumerate(rows)]


async def _require_links(session: AsyncSession, plan: Plan, written: Content) -> None:
    """Raises Invalid for a link to anything but a result of the rater's own plan in this cycle."""
    wanted = {result.superior_result_id for result in written.results if result.superior_result_id is not None}
    if not wanted:
        return
    # Asked of the rater of now: after a transfer links to results of the former one have to go at the next writing.
    theirs = (
        select(col(WorkResultRow.id))
        .join(Plan, col(Plan.id) == col(WorkResultRow.plan_id))
        .where(
            col(WorkResultRow.id).in_(wanted),
            col(Plan.cycle_id) == plan.cycle_id,
            col(Plan.servant_id) == plan.rater_id,
        )
    )
    if missing := wanted - set((await session.scalars(theirs)).all()):
        errors = [
            fault(
                f"results.{number}.superior_result_id",
                "no result in the rater's plan of this cycle",
                "bukan hasil kerja pada rencana pejabat penilai",
            )
            for number, result in enumerate(written.results)
            if result.superior_result_id in missing
        ]
        raise Invalid(
            "a work result is linked to something that is not a result of the rater",
            "hasil kerja dikaitkan dengan yang bukan hasil kerja atasan",
            errors=errors,
        )
