"""What the evaluation service emits of its public reports: aggregates alone, in which nobody can be found."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class PublicReportMade(Event):
    """A closed cycle's figures are public (PLB-10, BJI-9); what is hidden in them stays hidden."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    people: int | None
    """Whose results are in it; None where they are fewer than ``least``."""
    least: int
    """No figure is about fewer people than that, unless it is about nobody."""
    predicates: dict[str, int | None]
    """People by predicate; None where it is hidden."""

    @property
    def key(self) -> str:
        return str(self.cycle_id)
