"""One turn a person and cycle, as in the pulse; and at the end what all said together, for the review of the system."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Phase
from contracts.evaluation.cycles import PhaseOpened
from contracts.feedback.survey import SystemSurveyed
from directory.models import CycleCopy
from directory.queries import cycle_policy
from kit.errors import Refused
from kit.outbox import emit
from services.feedback.cycles.queries.context import open_cycle, own_membership
from services.feedback.pulse.commands import counting
from services.feedback.pulse.rules import check_answers
from services.feedback.survey.models import SurveyTurn
from services.feedback.survey.queries import answers as answered
from services.feedback.survey.rules import is_taken

_COUNT = counting("survey_counts")


async def answer(session: AsyncSession, cycle_id: UUID, *, answers: Sequence[int]) -> None:
    """Answer the survey, once; an answer is not known afterwards and therefore not changed."""
    context, mine = await open_cycle(session, cycle_id), await own_membership(session, cycle_id)
    check_answers(answers, questions=len(context.policy.listening.survey))
    if not is_taken(await _phase(session, cycle_id), closed=context.cycle.closed):
        raise Refused(
            "the survey is taken after results are told and before the system is reviewed",
            "survei diisi setelah hasil disampaikan dan sebelum sistem dievaluasi",
        )
    row = {"tenant_id": mine.tenant_id, "cycle_id": cycle_id, "servant_id": mine.servant_id}
    turn = insert(SurveyTurn).values(row).on_conflict_do_nothing().returning(col(SurveyTurn.servant_id))
    if (await session.execute(turn)).scalar_one_or_none() is None:
        raise Refused(
            "you have answered already: nobody can find your answer to change it", "Anda sudah mengisi survei"
        )
    values = {"tenant": mine.tenant_id, "cycle": cycle_id, "unit": mine.unit_id, "answers": list(answers)}
    await session.execute(_COUNT, values)


async def _phase(session: AsyncSession, cycle_id: UUID) -> str | None:
    # `for share`: the phase does not end before this answer is counted, so that what is told then has it, and no answer
    # comes after it whose values would be the difference.
    looking = select(col(CycleCopy.phase)).where(col(CycleCopy.id) == cycle_id).with_for_update(read=True)
    phase: str | None = (await session.execute(looking)).scalar_one()
    return phase


async def tell(session: AsyncSession, event: PhaseOpened) -> None:
    """The system is reviewed from now on: tell the review what people said; after the copy has taken the phase."""
    if event.phase is not Phase.SYSTEM_REVIEW:
        return
    rule = (await cycle_policy(session, event.cycle_id)).listening
    if not rule.survey:
        return
    found = await answered(session, event.cycle_id, rule)
    people, means = (found[0].people, tuple(found[0].means)) if found else (None, ())
    emit(session, SystemSurveyed(tenant_id=event.tenant_id, cycle_id=event.cycle_id, people=people, means=means))
