"""What the feedback service tells of an objection beside its plain way: late admission, another authority."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event, Frozen


class DecidedItem(Frozen):
    """What was decided about one contested item."""

    item: str
    """As the servant contested it."""
    amended: bool
    reason: str


class _AboutResult(Event):
    topic: ClassVar[str] = "feedback"
    cycle_id: UUID
    servant_id: UUID
    result_id: UUID

    @property
    def key(self) -> str:
        return str(self.servant_id)


class LateObjectionAdmitted(_AboutResult):
    """The authority lets an objection in after the window, with a reason (PermenPANRB 6/2022, L V.B.1-2)."""

    admitted_by: UUID
    reason: str
    file_until: AwareDatetime


class ObjectionAssigned(_AboutResult):
    """The performance office named who decides instead, because of a conflict of interest."""

    objection_id: UUID
    authority_id: UUID
    former_id: UUID
    reason: str


OBJECTION_EVENTS: tuple[type[Event], ...] = (LateObjectionAdmitted, ObjectionAssigned)
