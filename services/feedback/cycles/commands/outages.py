"""What an outage of the system extends here: obligations, windows for questions and objections, and the limits of hearings."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from directory.weeks import calendars
from obligations.shifting.outages import postpone_limits, postpone_obligations
from services.feedback.objections.models import LateAdmission, Objection
from services.feedback.objections.rules.states import UNDECIDED
from services.feedback.results.models import ProvisionalCopy, ResultCopy


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work; the same rule as evaluation's."""
    weeks = await calendars(session)
    # Windows that are over for another reason stay over: what was issued, finalised, superseded or decided.
    asking = ~col(ProvisionalCopy.issued)
    await postpone_limits(session, event, ProvisionalCopy, "clarify_until", asking, whose="servant_id", weeks=weeks)
    open_windows = (~col(ResultCopy.finalised), ~col(ResultCopy.superseded))
    await postpone_limits(session, event, ResultCopy, "object_until", *open_windows, whose="servant_id", weeks=weeks)
    await postpone_limits(session, event, LateAdmission, "file_until", whose="servant_id", weeks=weeks)
    undecided = col(Objection.state).in_([stage.value for stage in UNDECIDED])
    for limit, whose in (("statements_by", "servant_id"), ("decide_by", "authority_id")):
        await postpone_limits(session, event, Objection, limit, undecided, whose=whose, weeks=weeks)
    await postpone_obligations(session, OBLIGATIONS, event, weeks)
