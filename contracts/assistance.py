"""What every service emits of a write that an assistant made for somebody without a computer."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class EnteredOnBehalf(Event):
    """An assistant entered something for a civil servant, whose act it is."""

    abstract: ClassVar[bool] = True
    servant_id: UUID
    """Whose act it is."""
    assistant_id: UUID
    """Who entered it."""
    act: str
    """Method and path, e.g. ``PUT /v1/plans/0199...``."""

    @property
    def key(self) -> str:
        return str(self.servant_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)
