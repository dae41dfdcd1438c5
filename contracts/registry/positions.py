"""What the registry emits of the positions that a civil servant held one after another, once there was more than one."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Frozen
from contracts.registry.personnel import Status


class HeldPosition(Frozen):
    """What somebody was from a day on, until the next one begins."""

    since: date | None
    """First day; None of the first one where nobody recorded when it began."""
    employment_type: str
    position_kind: str
    status: Status


class PositionsRecorded(Event):
    """All positions of a person, oldest first; nothing before the first: the person was not in this city's service then.

    Of whom nothing was ever changed there is no such event: what ``ServantRecorded`` says has always been so.
    """

    topic: ClassVar[str] = "registry"
    servant_id: UUID
    revision: int
    positions: tuple[HeldPosition, ...]

    @property
    def key(self) -> str:
        return str(self.servant_id)
