"""Proposals, for the performance office and for the person concerned."""

from uuid import UUID

from sqlalchemy import select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.base import Role
from contracts.evaluation.proposals import ProposalKind, ProposalState
from kit.db import actor
from kit.keyset import Found, Window, read
from services.evaluation.proposals.models import Proposal


async def page(
    session: AsyncSession,
    *,
    cycle_id: UUID | None,
    servant_id: UUID | None,
    kind: ProposalKind | None,
    state: ProposalState | None,
    window: Window,
) -> Found[Proposal]:
    """A page: all for the office, else one's own."""
    looking = select(Proposal)
    wanted = {Proposal.cycle_id: cycle_id, Proposal.servant_id: servant_id, Proposal.kind: kind, Proposal.state: state}
    for column, value in wanted.items():
        if value is not None:
            looking = looking.where(col(column) == value)
    who = actor(session)
    if not (who.has(Role.PERFORMANCE_OFFICE) or who.has(Role.APPOINTING_AUTHORITY)):
        looking = looking.where(col(Proposal.servant_id) == who.id)
    return await read(session, looking, col(Proposal.id), window=window)
