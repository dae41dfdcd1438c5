"""Proposals follow from results that become final, many at once, and give way to those of a newer version."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Predicate, Rating, new_id
from contracts.evaluation.proposals import ProposalItem, ProposalKind, ProposalsMade, ProposalState, ProposalSuperseded
from directory.models import Person
from kit.chunks import IN_ONE_EVENT, in_chunks
from kit.outbox import emit
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.proposals.rules.case import Case, Earlier, Proposed
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
    people = await _people(session, results)
    earlier = await _earlier(session, context, results)
    rows = [
        _row(result, one)
        for result in results
        for one in proposed(context.policy.consequences, _case(context, result, people, earlier))
    ]
    values = {"tenant": context.tenant_id, "cycle": context.cycle.id, "now": context.now, "rows": json.dumps(rows)}
    stored = set((await session.scalars(_STORE, values)).all())
    items = [_item(row) for row in rows if UUID(row["id"]) in stored]
    for some in in_chunks(items, IN_ONE_EVENT):
        emit(session, ProposalsMade(tenant_id=context.tenant_id, cycle_id=context.cycle.id, items=tuple(some)))


_People = Mapping[UUID, tuple[bool, str, str]]
_Earlier = Mapping[UUID, list[Earlier]]


async def _people(session: AsyncSession, results: Sequence[Result]) -> _People:
    """By appraisal: whether an innovation was recognised, and today's position and employment."""
    looking = (
        select(
            col(Appraisal.id),
            col(Appraisal.innovation_recognised),
            func.coalesce(col(Person.position_kind), "").label("position_kind"),
            func.coalesce(col(Person.employment_type), "").label("employment_type"),
        )
        # Outer: where the copy of a person is missing, the result suggests what needs no position.
        .outerjoin(
            Person,
            (col(Person.tenant_id) == col(Appraisal.tenant_id)) & (col(Person.id) == col(Appraisal.servant_id)),
        )
        .where(col(Appraisal.id).in_([one.appraisal_id for one in results]))
    )
    rows = (await session.execute(looking)).all()
    return {row.id: (row.innovation_recognised, row.position_kind, row.employment_type) for row in rows}


async def _earlier(session: AsyncSession, context: CycleContext, results: Sequence[Result]) -> _Earlier:
    """Final results of other cycles, newest first; none are looked for where the policy counts a single one."""
    before: dict[UUID, list[Earlier]] = defaultdict(list)
    # Then a whole city that becomes final need not be asked for its history.
    if context.policy.consequences.promotion_results == 1:
        return before
    looking = (
        select(col(Result.servant_id), col(Result.predicate), col(Result.local_score))
        .where(
            col(Result.servant_id).in_([one.servant_id for one in results]),
            col(Result.cycle_id) != context.cycle.id,
            col(Result.finalised_at).is_not(None),
            col(Result.superseded_by).is_(None),
        )
        .order_by(col(Result.finalised_at).desc(), col(Result.id))
    )
    for row in (await session.execute(looking)).all():
        before[row.servant_id].append(Earlier(predicate=row.predicate, local_score=row.local_score))
    return before


def _case(context: CycleContext, result: Result, people: _People, earlier: _Earlier) -> Case:
    recognised, position_kind, employment_type = people[result.appraisal_id]
    return Case(
        version=result.version,
        predicate=Predicate(result.predicate),
        result_rating=Rating(result.result_rating),
        behaviour_rating=Rating(result.behaviour_rating),
        local_score=result.local_score,
        criteria={code: None if score is None else Decimal(score) for code, score in result.criteria.items()},
        months=context.cycle.months,
        position_kind=position_kind,
        employment_type=employment_type,
        innovation_recognised=recognised,
        earlier=tuple(earlier.get(result.servant_id, ())),
    )


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
