"""What the evaluation service emits of reports upward."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class ResultsReportedUpward(Event):
    """The competent official was given a report of a cycle's results (PermenPANRB 6/2022, L V.A.7, 11; V.B.7-8)."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    report_id: UUID
    recipient: str
    issued: int
    final: int
    missing: int
    predicates: dict[str, int]
    reported_by: UUID
    missing_states: dict[str, int] | None = None
    """How far the appraisals of the missing have come; unknown of reports before 2027."""
    missing_reason: str | None = None
    """Why somebody is missing, where somebody is."""

    @property
    def key(self) -> str:
        return str(self.cycle_id)
