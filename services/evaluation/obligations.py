"""Opens the obligations of this service on the terms of a cycle's frozen policy."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Select, case, cast, func, null, select
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.calendar import LegalCalendar
from contracts.evaluation.obligations import OBLIGATIONS
from contracts.obligations import ObligationKind
from directory.offices import acting_for, arrived
from directory.weeks import calendars
from kit.conflicts import Offices
from obligations.opening import Source, open_by_week
from obligations.rows import NewObligation
from obligations.terms import Terms, terms
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.queries.offices import in_cycle
from services.evaluation.assessments.models import PeerNomination
from services.evaluation.cycles.queries.context import CycleContext
from services.evaluation.results.models import Result

PHASES: dict[ObligationKind, Phase] = {
    ObligationKind.VISIT_UNIT: Phase.EXECUTION,
    ObligationKind.RESPOND_TO_VISIT: Phase.EXECUTION,
    ObligationKind.EVALUATE_PERIOD: Phase.EXECUTION,
    ObligationKind.SET_ORG_PERFORMANCE: Phase.EVALUATION,
    ObligationKind.ASSESS: Phase.EVALUATION,
    ObligationKind.ASSESS_PEER: Phase.EVALUATION,
    ObligationKind.ASSESS_PANEL: Phase.EVALUATION,
    ObligationKind.MODERATE: Phase.MODERATION,
    ObligationKind.ANSWER_MODERATION: Phase.MODERATION,
    ObligationKind.ISSUE_RESULT: Phase.DISCLOSURE,
    ObligationKind.ACKNOWLEDGE_RESULT: Phase.DISCLOSURE,
    ObligationKind.REPORT_UPWARD: Phase.FOLLOW_UP,
    ObligationKind.REVIEW_SYSTEM: Phase.SYSTEM_REVIEW,
}
"""The phase that each obligation of this service belongs to, however late it is opened."""


def on_terms(
    context: CycleContext,
    kind: ObligationKind,
    due_at: datetime | None = None,
    *,
    calendar: LegalCalendar | None = None,
) -> Terms:
    """Due and climbing as the ladder of the cycle's policy says."""
    return terms(
        context.policy,
        calendar or context.calendar,
        kind,
        phase=PHASES[kind],
        cycle_id=context.cycle.id,
        now=context.now,
        due_at=due_at,
    )


async def owe_all(
    session: AsyncSession,
    context: CycleContext,
    kind: ObligationKind,
    source: Source,
    *,
    at_most: int | None = None,
    until: datetime | None = None,
) -> int:
    """Open one obligation for each row of ``source`` in one statement.

    Due within ``at_most`` working days, if named, and no later than ``until``, unless that has passed.
    """

    def on(calendar: LegalCalendar) -> Terms:
        usual = on_terms(context, kind, calendar=calendar)
        limits = [] if at_most is None else [context.working_days(at_most, calendar)]
        limits += [until] if until is not None and until > context.now else []
        latest = min(limits, default=usual.due_at)
        return usual if usual.due_at <= latest else on_terms(context, kind, latest, calendar=calendar)

    weeks = await calendars(session, context.calendar)
    return await open_by_week(session, OBLIGATIONS, on, source, weeks=weeks, tenant_id=context.tenant_id)


class OfficeOwes(NamedTuple):
    """Something that the performance office is to do."""

    subject_id: UUID
    about_id: UUID | None = None
    """The person whom the obligation is about."""
    concerned_id: UUID | None = None
    """Who else has a part in it: an officer who is connected with either of them owes it not."""


async def office_owes(
    session: AsyncSession, context: CycleContext, kind: ObligationKind, subjects: Sequence[OfficeOwes]
) -> None:
    """Obligations of the performance office, each of an officer without a conflict of interest."""
    if not subjects:
        return
    offices = await in_cycle(session, context.cycle.id)
    rows = []
    for one in subjects:
        officer = arrived(offices, one.about_id, one.concerned_id)
        rows.append(NewObligation(one.subject_id, officer, one.about_id, None, officer))
    await owe_all(session, context, kind, rows)


def of_raters(context: CycleContext, offices: Offices) -> Select[Any]:
    """The rater owes, unless he or she was early; the office does for a person without one."""
    rater, office = col(Appraisal.rater_id), _office(offices)
    # The office, which owes for a person without a rater, has nobody above it.
    superior = case((rater.is_not(None), func.coalesce(col(Appraisal.authority_id), office)))
    return _owed(col(Appraisal.id), func.coalesce(rater, office), superior, office).where(
        col(Appraisal.cycle_id) == context.cycle.id, col(Appraisal.assessed_by).is_(None)
    )


def of_signers(context: CycleContext, offices: Offices) -> Select[Any]:
    """Whoever evaluated signs: the rater, or the rater's superior who stood in for a silent one (L V.A.8)."""
    office = _office(offices)
    signer = func.coalesce(col(Appraisal.assessed_by), col(Appraisal.rater_id), office)
    # Above the rater stands the authority, above the authority that stood in the office.
    superior = case(
        (signer == office, null()),
        (signer == col(Appraisal.rater_id), func.coalesce(col(Appraisal.authority_id), office)),
        else_=office,
    )
    return _owed(col(Appraisal.id), signer, superior, office).where(col(Appraisal.cycle_id) == context.cycle.id)


def of_peers(context: CycleContext) -> Select[Any]:
    """Each nominated colleague owes, and nobody else hears of it: neither a superior nor the office."""
    nobody = cast(null(), PG_UUID)
    return (
        _owed(col(Appraisal.id), col(PeerNomination.peer_id), nobody, nobody)
        .join(PeerNomination, col(PeerNomination.appraisal_id) == col(Appraisal.id))
        .where(col(Appraisal.cycle_id) == context.cycle.id)
        # Ids grow in the order of opening: a random one, or they would tell the order of the choice.
        .order_by(func.gen_random_uuid())
    )


def of_receivers(offices: Offices, result_ids: Sequence[UUID]) -> Select[Any]:
    """The servant owes the acknowledgement of receipt."""
    office = _office(offices)
    return (
        _owed(col(Result.id), col(Appraisal.servant_id), col(Appraisal.rater_id), office)
        .join(Result, col(Result.appraisal_id) == col(Appraisal.id))
        .where(col(Result.id).in_(result_ids))
    )


def _owed(subject: Any, debtor: Any, superior: Any, office: Any) -> Select[Any]:
    return select(
        subject.label("subject_id"),
        debtor.label("debtor_id"),
        col(Appraisal.servant_id).label("about_id"),
        superior.label("superior_id"),
        office.label("office_id"),
    ).select_from(Appraisal)


def _office(offices: Offices) -> Any:
    """Who acts for the office about the person appraised."""
    return acting_for(offices, col(Appraisal.servant_id))
