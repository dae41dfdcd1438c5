"""A cycle in numbers: for the summary, and for the review of the system."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, case, cast, func, literal, select
from sqlalchemy.dialects.postgresql import JSONPATH
from sqlmodel import SQLModel, col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole
from contracts.evaluation.practices import PracticeState
from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.assessments.models import Nominee
from services.evaluation.assessments.rules.nomination import NomineeState
from services.evaluation.findings.models import Moderation
from services.evaluation.practices.models import Practice
from services.evaluation.results.models import Result
from services.evaluation.visits.models import Visit
from services.evaluation.visits.rules.states import REPORTED, ResponseState

_MISSING = "$[*].gap ? (@.double() > 0)"
"""A competence below what the post asks for."""
_EVALUATING = (ObligationKind.ASSESS.value, ObligationKind.ASSESS_PEER.value, ObligationKind.ASSESS_PANEL.value)


async def numbers(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """Counts that say how the appraisal worked."""
    counted = await _of_appraisals(session, cycle_id)
    counted |= await _of_results(session, cycle_id)
    counted |= await _of_obligations(session, cycle_id)
    counted |= await _of_findings(session, cycle_id)
    counted |= await _of_visits(session, cycle_id)
    counted |= await _of_nominees(session, cycle_id)
    return counted | await _of_practices(session, cycle_id)


async def by_state(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """Appraisals by state."""
    counting = (
        select(col(Appraisal.state), func.count())
        .where(col(Appraisal.cycle_id) == cycle_id)
        .group_by(col(Appraisal.state))
    )
    return {row[0]: row[1] for row in (await session.execute(counting)).all()}


async def by_predicate(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """Newest results by predicate."""
    counting = (
        select(col(Result.predicate), func.count())
        .where(col(Result.cycle_id) == cycle_id, col(Result.superseded_by).is_(None))
        .group_by(col(Result.predicate))
    )
    return {row[0]: row[1] for row in (await session.execute(counting)).all()}


async def _of_appraisals(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    moderated = select(col(Moderation.appraisal_id)).where(col(Moderation.appraisal_id) == col(Appraisal.id)).exists()
    wanted = {
        "members": literal(value=True),
        "sources_dropped": func.jsonb_array_length(col(Appraisal.dropped)) > 0,
        "peers_dropped": col(Appraisal.dropped).contains([AssessorRole.PEER.value]),
        "incomplete": (col(Appraisal.state) != AppraisalState.OPEN.value) & col(Appraisal.local_score).is_(None),
        "moderated": moderated,
        "innovations": col(Appraisal.innovation_recognised),
        "objected": col(Appraisal.objected),
        "competences_assessed": col(Appraisal.competences).is_not(None),
        "competence_gaps": func.jsonb_path_exists(col(Appraisal.competences), cast(_MISSING, JSONPATH)),
        "final": col(Appraisal.state) == AppraisalState.FINAL.value,
    }
    return await _counted(session, Appraisal, col(Appraisal.cycle_id) == cycle_id, wanted)


async def _of_results(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    wanted = {
        "results": col(Result.version) == 1,
        "second_versions": col(Result.version) == 2,
        "signed_by_superior": col(Result.by_superior) & ~col(Result.by_objection),
        "changed_by_objection": col(Result.by_objection),
        "deemed_received": col(Result.deemed),
    }
    return await _counted(session, Result, col(Result.cycle_id) == cycle_id, wanted)


async def _of_obligations(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    # Against the due date as it is now: who got more time and kept it was in time.
    late = col(ObligationRow.closed_at) > col(ObligationRow.due_at)
    done = col(ObligationRow.state) == "DONE"
    wanted = {
        "assessed_in_time": done & ~late,
        "assessed_late": done & late,
        "assessments_lapsed": col(ObligationRow.state) == "LAPSED",
        "assessments_handed_over": col(ObligationRow.debtor_id) != col(ObligationRow.first_debtor_id),
    }
    kinds = (col(ObligationRow.cycle_id) == cycle_id) & col(ObligationRow.kind).in_(_EVALUATING)
    return await _counted(session, ObligationRow, kinds, wanted)


async def _of_findings(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """How fair the raters were found to be, and what came of asking them."""
    wanted = {
        "findings": literal(value=True),
        "findings_about_raters": col(Moderation.appraisal_id).is_(None) & col(Moderation.unit_id).is_(None),
        "findings_about_units": col(Moderation.unit_id).is_not(None),
        "findings_asked": col(Moderation.asked_at).is_not(None),
        "findings_revised": col(Moderation.outcome) == "REVISED",
        "findings_unanswered": col(Moderation.outcome) == "SILENT",
    }
    return await _counted(session, Moderation, col(Moderation.cycle_id) == cycle_id, wanted)


async def _of_visits(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    wanted = {
        "visits": literal(value=True),
        "visits_held": col(Visit.state).in_(REPORTED),
        "visits_missed": col(Visit.missed_on).is_not(None),
        "visits_answered": col(Visit.response_state) == ResponseState.ANSWERED.value,
        "visits_unanswered": col(Visit.response_state) == ResponseState.SILENT.value,
    }
    return await _counted(session, Visit, col(Visit.cycle_id) == cycle_id, wanted)


async def _of_nominees(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    """Colleagues whom people named, and whom the raters let assess; never who was asked in the end."""
    named, approved = col(Nominee.by_servant), col(Nominee.state) == NomineeState.APPROVED.value
    here = select(col(Appraisal.id)).where(col(Appraisal.cycle_id) == cycle_id)
    wanted = {"peers_named": named, "peers_approved": approved, "peers_replaced": approved & ~named}
    return await _counted(session, Nominee, col(Nominee.appraisal_id).in_(here), wanted)


async def _of_practices(session: AsyncSession, cycle_id: UUID) -> dict[str, int]:
    wanted = {"practices": col(Practice.state) == PracticeState.PUBLISHED.value}
    return await _counted(session, Practice, col(Practice.cycle_id) == cycle_id, wanted)


async def _counted(
    session: AsyncSession,
    table: type[SQLModel],
    where: ColumnElement[bool],
    wanted: Mapping[str, SQLColumnExpression[Any]],
) -> dict[str, int]:
    """Several counts over one table in one statement."""
    # `sum(case ...)` and not one count a condition: the table is read once for all of them. An empty one sums to null.
    counts = [
        func.coalesce(func.sum(cast(case((condition, 1), else_=0), Integer)), 0).label(name)
        for name, condition in wanted.items()
    ]
    row = (await session.execute(select(*counts).select_from(table).where(where))).one()
    return {name: int(getattr(row, name)) for name in wanted}
