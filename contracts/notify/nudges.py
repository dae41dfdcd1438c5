"""What the notify service emits of reminders by people, and of mails that are sent once more."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event
from contracts.obligations import ObligationKind


class Nudged(Event):
    """Somebody above, or the office, reminded a person of what is owed."""

    topic: ClassVar[str] = "notify"
    internal: ClassVar[bool] = True
    obligation_id: UUID
    kind: ObligationKind
    debtor_id: UUID
    about_id: UUID | None
    by: UUID
    note: str | None = None
    """What he or she wrote beside."""

    @property
    def key(self) -> str:
        return str(self.debtor_id)


class DeliveryResent(Event):
    """The office has a mail sent once more, to the address of today."""

    topic: ClassVar[str] = "notify"
    delivery_id: UUID
    notice_id: UUID
    person_id: UUID

    @property
    def key(self) -> str:
        return str(self.person_id)
