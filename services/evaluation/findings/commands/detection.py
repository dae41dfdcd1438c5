"""Puts findings before the performance office: one obligation for a person's sources, for a rater, or for a unit's predicates."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase, new_id
from contracts.evaluation.findings import ModerationOpened, ModerationRequired
from contracts.obligations import ObligationKind
from kit.chunks import in_chunks
from kit.outbox import emit
from services.evaluation import obligations
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.cycles.queries.context import CycleContext, obligations_are_open
from services.evaluation.findings.models import Moderation
from services.evaluation.findings.queries import distribution as unit_distribution
from services.evaluation.findings.queries import fairness
from services.evaluation.findings.rules import distribution
from services.evaluation.findings.rules.fairness import Finding, findings_about
from services.evaluation.findings.rules.wording import all_in_words
from services.evaluation.results.commands.computation import ComputedResult

CHUNK = 1000
"""Rows of one insert."""


async def detect(session: AsyncSession, context: CycleContext) -> None:
    """Moderation begins: every rater and every unit that is complete is looked at once."""
    await _detect(session, context)


async def detect_again(session: AsyncSession, context: CycleContext, appraisals: Iterable[Appraisal]) -> None:
    """Late assessments came in after moderation had begun: their raters and units may be complete only now."""
    computed = list(appraisals)
    # Before moderation opens nothing is looked at: the opening looks at everybody, with all the others to compare.
    if computed and await obligations_are_open(session, context.cycle.id, Phase.MODERATION):
        await session.flush()
        assessors = {one.assessed_by for one in computed if one.assessed_by is not None}
        raters = await fairness.complete_raters(session, context.cycle, context.policy, assessors)
        await _detect(session, context, raters=raters, units=sorted({one.unit_id for one in computed}))


async def _detect(
    session: AsyncSession,
    context: CycleContext,
    *,
    raters: Sequence[UUID] | None = None,
    units: Sequence[UUID] | None = None,
) -> None:
    # Findings about units are opened only where the policy asks its leaders for a reason (SE MenPANRB 3/2023).
    rows = await _about_raters(session, context, raters)
    if context.policy.distribution.reason_required:
        rows += await _about_units(session, context, units)
    # In chunks, as asyncpg takes 32,767 parameters a statement at most.
    for some in in_chunks(rows, CHUNK):
        await _open(session, context, some)


async def _about_raters(
    session: AsyncSession, context: CycleContext, only: Sequence[UUID] | None
) -> list[dict[str, Any]]:
    if only is not None and not only:
        return []
    comparison = await fairness.raters(session, context.cycle, context.policy, only)
    found = [
        (rater.rater_id, findings_about(context.policy.moderation, rater, comparison.all_raters))
        for rater in comparison.raters
        if rater.complete
    ]
    return [_row(context, some, concerns_id=rater_id) for rater_id, some in found if some]


async def _about_units(
    session: AsyncSession, context: CycleContext, only: Sequence[UUID] | None
) -> list[dict[str, Any]]:
    policy = context.policy.distribution
    found = [
        (line, distribution.deviations(policy, line.performance, line.counts))
        for line in await unit_distribution.units(session, context.cycle, only)
        if line.complete
    ]
    return [_row(context, some, concerns_id=line.leader_id, unit_id=line.unit_id) for line, some in found if some]


def _row(
    context: CycleContext, found: Sequence[Finding], *, concerns_id: UUID | None, unit_id: UUID | None = None
) -> dict[str, Any]:
    return {
        "tenant_id": context.tenant_id,
        "id": new_id(),
        "cycle_id": context.cycle.id,
        "unit_id": unit_id,
        "concerns_id": concerns_id,
        "finding": all_in_words(found).en,
        "findings": [one.model_dump(mode="json") for one in found],
        "required_at": context.now,
    }


async def _open(session: AsyncSession, context: CycleContext, rows: Sequence[dict[str, Any]]) -> None:
    """What was found before stays as it was found: a rater or unit is looked at once a cycle."""
    # Two late assessments may complete the same rater at once: the unique indexes decide which one opens the finding.
    opening = insert(Moderation).values(list(rows)).on_conflict_do_nothing().returning(Moderation)
    opened = (await session.scalars(opening)).all()
    await obligations.office_owes(session, context, ObligationKind.MODERATE, [_owed(one) for one in opened])
    # Events in the order of ids: the order in which "returning" gives rows is nobody's promise.
    for one in sorted(opened, key=lambda row: row.id):
        words = all_in_words(Finding.model_validate(finding) for finding in one.findings)
        event = ModerationOpened(
            tenant_id=one.tenant_id,
            cycle_id=one.cycle_id,
            moderation_id=one.id,
            concerns_id=one.concerns_id,
            unit_id=one.unit_id,
            codes=tuple(finding["code"] for finding in one.findings),
            finding_id=words.id,
            finding_en=words.en,
        )
        emit(session, event)


def _owed(found: Moderation) -> obligations.OfficeOwes:
    return obligations.OfficeOwes(found.id, concerned_id=found.concerns_id)


async def open_about_people(session: AsyncSession, context: CycleContext, computed: Sequence[ComputedResult]) -> None:
    """The office looks at the sources of one person before anybody is notified of the result."""
    if not computed:
        return
    rows = [_about_person(context, one) for one in computed]
    await session.execute(insert(Moderation).values(rows))
    subjects = [
        obligations.OfficeOwes(one.appraisal.id, one.appraisal.servant_id, one.appraisal.assessed_by)
        for one in computed
    ]
    await obligations.office_owes(session, context, ObligationKind.MODERATE, subjects)
    for one in computed:
        appraisal = one.appraisal
        event = ModerationRequired(
            tenant_id=context.tenant_id,
            appraisal_id=appraisal.id,
            cycle_id=appraisal.cycle_id,
            servant_id=appraisal.servant_id,
            finding=one.finding or "",
        )
        emit(session, event)


def _about_person(context: CycleContext, one: ComputedResult) -> dict[str, Any]:
    return {
        "tenant_id": context.tenant_id,
        "id": one.appraisal.id,
        "cycle_id": context.cycle.id,
        "appraisal_id": one.appraisal.id,
        "concerns_id": one.appraisal.assessed_by,
        "finding": one.finding,
        "findings": [found.model_dump(mode="json") for found in one.findings],
        "required_at": context.now,
    }
