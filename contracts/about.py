"""What an event is about, and with whose other events it therefore keeps its order."""

from uuid import UUID

from contracts.base import Event


class AboutAppraisal(Event):
    """One person's appraisal in a cycle."""

    appraisal_id: UUID
    cycle_id: UUID
    servant_id: UUID

    @property
    def key(self) -> str:
        return str(self.appraisal_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class AboutServant(Event):
    """One person in a cycle."""

    cycle_id: UUID
    servant_id: UUID
    """Whom it is about."""

    @property
    def key(self) -> str:
        return str(self.servant_id)
