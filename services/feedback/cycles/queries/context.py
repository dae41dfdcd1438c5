"""A cycle as commands need it: its copy with the frozen policy, and the acting person's membership."""

from dataclasses import dataclass
from uuid import UUID

from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.policy import Policy
from directory import queries
from directory.models import CycleCopy, Member
from kit.db import actor
from kit.errors import Forbidden, NotFound, Refused


@dataclass(frozen=True, slots=True)
class CycleContext:
    """A cycle with its frozen policy."""

    cycle: CycleCopy
    policy: Policy


async def open_cycle(session: AsyncSession, cycle_id: UUID) -> CycleContext:
    """The cycle with its frozen policy; raises Refused if it is closed."""
    cycle = await queries.cycle(session, cycle_id)
    if cycle.closed:
        raise Refused("the cycle is closed", "siklus sudah ditutup")
    return CycleContext(cycle, await queries.cycle_policy(session, cycle_id))


async def own_membership(session: AsyncSession, cycle_id: UUID) -> Member:
    """The acting person's own membership; raises Forbidden for who takes no part in the cycle."""
    try:
        return await queries.member(session, cycle_id, actor(session).id)
    except NotFound as error:
        raise Forbidden(error.en, error.indonesian, allowed=["SELF"]) from error
