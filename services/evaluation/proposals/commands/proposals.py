"""Proposals follow from results that become final, many at once, and give way to those of a newer version."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import new_id
from contracts.evaluation.proposals import ProposalItem, ProposalKind, ProposalsMade, ProposalState, ProposalSuperseded
from kit.chunks import IN_ONE_EVENT, in_chunks
from kit.outbox import emit
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.proposals.queries.cases import read_cases
from services.evaluation.proposals.rules.case import Proposed
from services.evaluation.proposals.rules.consequences import proposed
from services.evaluation.results.models import Result

# One statement for any number, with the rows as one JSON parameter; whoever proposes a second time inserts nothing, and
# only what was inserted is emitted.
_STORE = text(
    """
    insert into proposals (tenant_id, id, cycle_id, appraisal_id, result_id, servant_id, version, kind, basis_id,
        basis_en, details, state, proposed_at)
    select :tenant, r.id, :cycle, r.appraisal_id, r.result_id, r.servant_id, r.version, r.kind, r.basis_id, r.basis_en,
        r.details, 'PROPOSED', :now
    from jsonb_to_recordset(cast(:rows as jsonb)) as r(
        id uuid, appraisal_id uuid, result_id uuid, servant_id uuid, version smallint, kind text, basis_id text,
        basis_en text, details jsonb
    )
    on conflict (tenant_id, result_id, kind) do nothing
    returning id
    """
)


async def propose(session: AsyncSession, context: CycleContext, results: Sequence[Result]) -> None:
    """What these final results suggest, written in one statement; asked twice, proposed once."""
    if not results:
        return
    cases = await read_cases(session, context, results)
    rows = [
        _row(result, one)
        for result, case in zip(results, cases, strict=True)
        for one in proposed(context.policy.consequences, case)
    ]
    values = {"tenant": context.tenant_id, "cycle": context.cycle.id, "now": context.now, "rows": json.dumps(rows)}
    stored = set((await session.scalars(_STORE, values)).all())
    items = [_item(row) for row in rows if UUID(row["id"]) in stored]
    for some in in_chunks(items, IN_ONE_EVENT):
        emit(session, ProposalsMade(tenant_id=context.tenant_id, cycle_id=context.cycle.id, items=tuple(some)))


def _row(result: Result, one: Proposed) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "appraisal_id": str(result.appraisal_id),
        "result_id": str(result.id),
        "servant_id": str(result.servant_id),
        "version": result.version,
        "kind": one.kind.value,
        "basis_id": one.basis.id,
        "basis_en": one.basis.en,
        "details": one.details,
    }


def _item(row: Mapping[str, Any]) -> ProposalItem:
    return ProposalItem(
        proposal_id=row["id"],
        servant_id=row["servant_id"],
        kind=row["kind"],
        result_id=row["result_id"],
        version=row["version"],
        basis=row["basis_id"],
    )


# "old" in returning (PostgreSQL 18): the state before the update, which says whether a decision must be looked at again.
_SUPERSEDE = text(
    """
    update proposals set state = 'SUPERSEDED', superseded_at = :now
    where tenant_id = :tenant and result_id = :result and state <> 'SUPERSEDED'
    returning id, kind, old.state as former
    """
)


async def supersede(session: AsyncSession, context: CycleContext, before: Result, *, by_version: int) -> None:
    """What followed from the version before no longer counts; what was decided on it must be looked at again."""
    values = {"tenant": context.tenant_id, "result": before.id, "now": context.now}
    rows = (await session.execute(_SUPERSEDE, values)).all()
    # Also what had been decided is superseded: the official must look again (former says at what).
    for row in sorted(rows, key=lambda one: one.id):
        event = ProposalSuperseded(
            tenant_id=before.tenant_id,
            cycle_id=before.cycle_id,
            appraisal_id=before.appraisal_id,
            servant_id=before.servant_id,
            proposal_id=row.id,
            kind=ProposalKind(row.kind),
            result_id=before.id,
            version=before.version,
            former=ProposalState(row.former),
            by_version=by_version,
        )
        emit(session, event)
