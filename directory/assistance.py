"""Who assists whom today, as the copy has it, and what was entered so."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy import bindparam, or_, select
from sqlmodel import col
from sqlmodel.ext.asyncio.session import AsyncSession

from contracts.assistance import EnteredOnBehalf
from directory.models import AssistantCopy, Person
from directory.queries import calendar
from kit.actor import Actor
from kit.db import clock
from kit.errors import Forbidden
from kit.outbox import emit
from obligations.legal_dates import local_date

_ASSISTED = (
    select(col(Person.active))
    .join(AssistantCopy, col(AssistantCopy.servant_id) == col(Person.id))
    .where(
        col(Person.id) == bindparam("servant_id"),
        col(AssistantCopy.assistant_id) == bindparam("assistant_id"),
        col(AssistantCopy.valid_from) <= bindparam("today"),
        or_(col(AssistantCopy.valid_until).is_(None), col(AssistantCopy.valid_until) >= bindparam("today")),
    )
    .limit(1)
)
Keep = Callable[[AsyncSession, EnteredOnBehalf], Awaitable[None]]


class RecordedAssistance:
    """Looks assistants up in the copy; see ``kit.assistance.Assistance``."""

    def __init__(self, entered: type[EnteredOnBehalf] | None = None, keep: Keep | None = None) -> None:
        """``entered``: the service's event of a write, none where an assistant only reads; ``keep``: what else is done."""
        self._entered = entered
        self._keep = keep

    async def stand_in(self, session: AsyncSession, assistant: Actor, servant_id: UUID, *, writes: bool) -> Actor:
        """The servant, with the assistant beside and no role of either; raises Forbidden."""
        today = local_date(clock(session).now(), await calendar(session))
        asked = {"servant_id": servant_id, "assistant_id": assistant.id, "today": today}
        active = (await session.scalars(_ASSISTED, asked)).first()
        if active is None or (writes and not active):
            raise Forbidden(
                "you are not this person's assistant today: the performance office declares who assists whom",
                "Anda bukan pendamping pegawai ini hari ini: pengelola kinerja yang menetapkan pendamping",
            )
        return Actor(servant_id, assistant.tenant_id, assistant_id=assistant.id)

    async def record(self, session: AsyncSession, acting: Actor, act: str) -> None:
        """Emit who entered what for whom."""
        if acting.assistant_id is None or self._entered is None:
            raise ValueError("only what an assistant enters is recorded so, by a service that has an event for it")
        event = self._entered(
            tenant_id=acting.tenant_id, servant_id=acting.id, assistant_id=acting.assistant_id, act=act
        )
        emit(session, event)
        if self._keep is not None:
            await self._keep(session, event)
