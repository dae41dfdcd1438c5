"""An assessor revises what a result was computed from, after the office asked and with a reason; the version before is kept."""

from uuid import UUID

from sqlalchemy import or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import AssessorRole, new_id
from contracts.evaluation.findings import AssessmentRevised
from contracts.obligations import ObligationKind
from directory.relations import Relation
from kit.db import actor, clock
from kit.errors import Refused
from kit.outbox import emit
from services.evaluation.appraisals.commands import access
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import Act, AppraisalState, move
from services.evaluation.assessments.models import Assessment, AssessmentVersion
from services.evaluation.assessments.rules.form import Form, check
from services.evaluation.competences import queries as competences
from services.evaluation.cycles.queries.context import CycleContext, open_context
from services.evaluation.findings.models import Moderation
from services.evaluation.organisations.queries.achievements import comes_first
from services.evaluation.results import events
from services.evaluation.results.commands.computation import compute, store

_WHAT = ("revise an assessment", "merevisi penilaian")


async def revise(session: AsyncSession, appraisal_id: UUID, form: Form, *, reason: str) -> Assessment:
    """Take the superior's new assessment and compute the result again; the same form again changes nothing.

    Raises Forbidden for anybody but who assessed, and Refused without an open question to them or after the signature.
    """
    asked = await _questions(session, appraisal_id)
    owed = await access.claimed(session, ObligationKind.ANSWER_MODERATION, asked)
    appraisal = await access.locked(session, appraisal_id)
    if appraisal.assessed_by != actor(session).id:
        raise access.forbidden(_WHAT, Relation.RATER, Relation.DEBTOR)
    context = await open_context(session, appraisal.cycle_id)
    required = [one.code for one in (await competences.asked_of(session, [appraisal.id]))[appraisal.id]]
    check(context.policy, AssessorRole.SUPERIOR, form, unit_head=appraisal.is_head, competences=required)
    given = await _given(session, appraisal)
    if _same(given, form):
        return given
    question = _require_question(asked, owed, appraisal)
    _replace(session, given, form, moderation_id=question, reason=reason)
    given.before_organisation = await comes_first(session, appraisal) is not None
    await session.flush()
    await _compute(session, context, appraisal)
    _emit(session, appraisal, given, question, reason)
    return given


async def _questions(session: AsyncSession, appraisal_id: UUID) -> list[UUID]:
    """Unanswered questions to the actor that this appraisal falls under: about it, or about all of the actor's."""
    cycle = select(col(Appraisal.cycle_id)).where(col(Appraisal.id) == appraisal_id).scalar_subquery()
    looking = (
        select(col(Moderation.id))
        .where(
            col(Moderation.concerns_id) == actor(session).id,
            col(Moderation.cycle_id) == cycle,
            col(Moderation.asked_at).is_not(None),
            col(Moderation.decided_at).is_(None),
            or_(col(Moderation.appraisal_id).is_(None), col(Moderation.appraisal_id) == appraisal_id),
        )
        # A question about this person before one about all that the rater gave.
        .order_by(col(Moderation.appraisal_id).nulls_last(), col(Moderation.id))
    )
    return list((await session.scalars(looking)).all())


def _require_question(asked: list[UUID], owed: frozenset[UUID], appraisal: Appraisal) -> UUID:
    open_questions = [one for one in asked if one in owed]
    if not open_questions:
        raise Refused(
            "nobody asked about this assessment, or the limit for an answer has passed",
            "tidak ada pertanyaan atas penilaian ini, atau batas waktu menjawab sudah lewat",
        )
    move(appraisal.state, Act.REVISE)
    return open_questions[0]


async def _given(session: AsyncSession, appraisal: Appraisal) -> Assessment:
    looking = select(Assessment).where(
        col(Assessment.appraisal_id) == appraisal.id,
        col(Assessment.role) == AssessorRole.SUPERIOR.value,
        col(Assessment.assessor_id) == actor(session).id,
    )
    return (await session.scalars(looking, execution_options={"populate_existing": True})).one()


def _texts(form: Form) -> dict[str, str]:
    return {code: f"{value:f}" for code, value in form.scores.items()}


def _same(given: Assessment, form: Form) -> bool:
    before = (given.scores, given.reasons, given.result_rating, given.behaviour_rating, given.comment, given.levels)
    after = (_texts(form), form.reasons, form.result_rating, form.behaviour_rating, form.comment, form.levels)
    return before == after and (given.competences or {}) == form.competences


_KEPT = (
    "tenant_id",
    "appraisal_id",
    "assessor_id",
    "role",
    "version",
    "scores",
    "reasons",
    "result_rating",
    "behaviour_rating",
    "comment",
    "competences",
    "submitted_at",
    "before_organisation",
    "levels",
)


def _replace(session: AsyncSession, given: Assessment, form: Form, *, moderation_id: UUID, reason: str) -> None:
    now = clock(session).now()
    before = {name: getattr(given, name) for name in _KEPT}
    session.add(AssessmentVersion(**before, id=new_id(), replaced_at=now, moderation_id=moderation_id, reason=reason))
    given.version += 1
    given.scores, given.reasons, given.comment = _texts(form), dict(form.reasons), form.comment
    given.levels = {code: level.value for code, level in form.levels.items()}
    given.result_rating = None if form.result_rating is None else form.result_rating.value
    given.behaviour_rating = None if form.behaviour_rating is None else form.behaviour_rating.value
    given.competences = form.competences or None
    given.submitted_at = now


async def _compute(session: AsyncSession, context: CycleContext, appraisal: Appraisal) -> None:
    """Score, ratings and predicate from all assessments again; it stays as far as it had come."""
    await store(session, context, await compute(session, context, [appraisal]), act=Act.REVISE)
    await session.refresh(appraisal)
    if appraisal.state == AppraisalState.PROVISIONAL:
        events.provisional(session, context, appraisal)


def _emit(session: AsyncSession, appraisal: Appraisal, given: Assessment, question: UUID, reason: str) -> None:
    event = AssessmentRevised(
        tenant_id=appraisal.tenant_id,
        cycle_id=appraisal.cycle_id,
        appraisal_id=appraisal.id,
        servant_id=appraisal.servant_id,
        moderation_id=question,
        assessor_id=given.assessor_id,
        role=AssessorRole(given.role),
        version=given.version,
        reason=reason,
    )
    emit(session, event, reason=reason)
