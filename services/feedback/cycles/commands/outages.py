"""What an outage of the system extends here: obligations, windows for questions and objections, and the limits of hearings."""

from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.feedback.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from obligations.extensions import put_off_by, take_outage
from services.feedback.objections.models import LateAdmission, Objection
from services.feedback.objections.rules.states import UNDECIDED
from services.feedback.results.models import ProvisionalCopy, ResultCopy


async def extend(session: AsyncSession, event: OutageRecorded) -> None:
    """By the working days lost, whatever ended while nobody could work; the same rule as evaluation's."""
    asking = ~col(ProvisionalCopy.issued)
    await put_off_by(session, event, ProvisionalCopy, "clarify_until", asking, whose="servant_id")
    open_windows = (~col(ResultCopy.finalised), ~col(ResultCopy.superseded))
    await put_off_by(session, event, ResultCopy, "object_until", *open_windows, whose="servant_id")
    await put_off_by(session, event, LateAdmission, "file_until", whose="servant_id")
    undecided = col(Objection.state).in_([stage.value for stage in UNDECIDED])
    for limit, whose in (("statements_by", "servant_id"), ("decide_by", "authority_id")):
        await put_off_by(session, event, Objection, limit, undecided, whose=whose)
    await take_outage(session, OBLIGATIONS, event)
