"""Takes in evaluation's events of results; what follows a final one is proposed at once."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.results import (
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
)
from kit.columns import table_of
from services.feedback.cycles.commands.clearing import check_cleared
from services.feedback.development.commands.consequences import propose, supersede
from services.feedback.results.models import ProvisionalCopy, ResultCopy

_ResultEvent = ResultIssued | ResultReceived | ResultFinalised

_RESULT = {
    "tenant_id",
    "result_id",
    "appraisal_id",
    "cycle_id",
    "version",
    "servant_id",
    "rater_id",
    "authority_id",
    "result_rating",
    "behaviour_rating",
    "predicate",
    "local_score",
    "final_without_objection",
}
_PROVISIONAL = {
    "tenant_id",
    "appraisal_id",
    "cycle_id",
    "servant_id",
    "rater_id",
    "result_rating",
    "behaviour_rating",
    "predicate",
    "clarify_until",
}


async def take_provisional(session: AsyncSession, event: ResultProvisional) -> None:
    """Ratings stand (again) and may be asked about."""
    numbers = {"criteria": _numbers(event.criteria), "indicators": _numbers(event.indicators)}
    await _upsert(session, ProvisionalCopy, event.model_dump(include=_PROVISIONAL) | numbers | {"issued": False})


async def take_issued(session: AsyncSession, event: ResultIssued) -> None:
    """A version was signed: the time of questions is over, the objection is the way."""
    await _take(
        session,
        event,
        issued_by=event.issued_by,
        indicators=_numbers(event.indicators),
        objection_id=event.objection_id,
    )
    # Waits for a clarification that is being asked or amended just now: both lock this row.
    closing = update(ProvisionalCopy).where(col(ProvisionalCopy.appraisal_id) == event.appraisal_id)
    await session.execute(closing.values(issued=True))


async def take_received(session: AsyncSession, event: ResultReceived) -> None:
    """The window for an objection runs."""
    await _take(session, event, received_at=event.received_at, object_until=event.object_until)


async def take_superseded(session: AsyncSession, event: ResultSuperseded) -> None:
    """A later version took the place of this one."""
    closing = update(ResultCopy).where(col(ResultCopy.result_id) == event.result_id)
    await session.execute(closing.values(superseded=True))
    await supersede(session, event)


async def take_finalised(session: AsyncSession, event: ResultFinalised) -> None:
    """Nothing changes the result any more: propose what follows, and see whether it was the last of its cycle."""
    await _take(session, event, finalised=True)
    await propose(session, event)
    check_cleared(session, tenant_id=event.tenant_id, cycle_id=event.cycle_id, phase=Phase.FOLLOW_UP)


async def _take(session: AsyncSession, event: _ResultEvent, **more: Any) -> None:
    row = event.model_dump(include=_RESULT) | more
    row["criteria"] = _numbers(event.criteria)
    # An earlier event that is heard again must not take back what a later one has set, so only the columns that the
    # event itself carries are overwritten; the two defaults are for a version that is new here.
    new = {"finalised": False, "superseded": False} | row
    await _upsert(session, ResultCopy, new, changes=set(row))


def _numbers(values: Mapping[str, Decimal | None] | None) -> dict[str, str | None] | None:
    """Decimals as strings: JSON numbers would come back as floats."""
    if values is None:
        return None
    return {code: None if value is None else str(value) for code, value in values.items()}


async def _upsert(
    session: AsyncSession, table: type[SQLModel], row: dict[str, Any], *, changes: set[str] | None = None
) -> None:
    """Insert, or overwrite the named columns of what is there."""
    # One statement, not a look and then a write: events of one result may be handled by two workers after a rebalance.
    statement = insert(table).values(row)
    keys = [column.name for column in table_of(table).primary_key]
    wanted = (changes or set(row)) - set(keys)
    values = {name: statement.excluded[name] for name in wanted}
    await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=values))
