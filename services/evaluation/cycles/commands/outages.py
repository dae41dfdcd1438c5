"""What an outage of the system extends here: obligations, open phases, and the windows for questions and objections."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.evaluation.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from obligations.extensions import put_off_by, take_outage
from services.evaluation.appraisals.models import Appraisal
from services.evaluation.appraisals.rules.states import AppraisalState
from services.evaluation.cycles.models import CyclePhase
from services.evaluation.results.models import Result


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work; what is final already stays final.

    The cycle's story asks for the due date of its phase before it ends one, so it need not be told.
    """
    await put_off_by(session, event, CyclePhase, "due_at", col(CyclePhase.closed_at).is_(None))
    asking = col(Appraisal.state) == AppraisalState.PROVISIONAL.value
    await put_off_by(session, event, Appraisal, "clarify_until", asking, whose="servant_id")
    open_windows = (col(Result.finalised_at).is_(None), col(Result.superseded_by).is_(None))
    await put_off_by(session, event, Result, "object_until", *open_windows, whose="servant_id")
    await take_outage(session, OBLIGATIONS, event)
