"""What the registry emits of positions: which technical competences they ask for, and at which level."""

from typing import ClassVar

from contracts.base import Event
from contracts.competences import RequiredCompetence, position_key


class CompetencesRecorded(Event):
    """All that a position asks for as it is recorded now, past and future days included."""

    topic: ClassVar[str] = "registry"
    position: str
    items: tuple[RequiredCompetence, ...]

    @property
    def key(self) -> str:
        return f"competences/{self.tenant_id}/{position_key(self.position)}"
