"""What an outage of the system extends here: obligations, open phases, and the windows for questions and objections."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from directory.weeks import calendars
from obligations.shifting.outages import postpone_limits, postpone_obligations
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.models import CyclePhase
from services.evaluation.results.models import Result


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work; what is final already stays final.

    The cycle's workflow asks for the due date of its phase before it ends one, so it needs no signal.
    """
    weeks = await calendars(session)
    await postpone_limits(session, event, CyclePhase, "due_at", col(CyclePhase.closed_at).is_(None), weeks=weeks)
    asking = col(Appraisal.state) == AppraisalState.PROVISIONAL.value
    await postpone_limits(session, event, Appraisal, "clarify_until", asking, whose="servant_id", weeks=weeks)
    # The window of a version that was superseded ended with it; an objection to the newest is what may still come.
    open_windows = (col(Result.finalised_at).is_(None), col(Result.superseded_by).is_(None))
    await postpone_limits(session, event, Result, "object_until", *open_windows, whose="servant_id", weeks=weeks)
    await postpone_obligations(session, OBLIGATIONS, event, weeks)
