"""What the registry emits of civil servants."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Role
from contracts.registry.personnel import Status


class ServantRecorded(Event):
    """A civil servant as he or she now is, with the rater relation that applies today."""

    topic: ClassVar[str] = "registry"
    servant_id: UUID
    revision: int
    nip: str
    name: str
    email: str
    employment_type: str
    grade: str
    position: str
    position_kind: str
    unit_id: UUID
    is_head: bool
    """Leads the unit: the unit's achievement is the rating of his or her results."""
    rater_id: UUID | None
    authority_id: UUID | None
    """Reviewing authority: the rater's superior."""
    roles: tuple[Role, ...] = ()
    language: str = "id"
    active: bool = True
    status: Status | None = None
    """None, as in events from before there was one, is ACTIVE."""

    @property
    def key(self) -> str:
        return str(self.servant_id)
