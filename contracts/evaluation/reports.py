"""What the evaluation service emits of reports upward."""

from typing import ClassVar
from uuid import UUID

from contracts.base import Event, Frozen, Predicate


class ChangedResult(Frozen):
    """A result that the decision on an objection changed; the document of the objection says why (form D.1.3)."""

    objection_id: UUID
    result_id: UUID
    version: int
    predicate: Predicate


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
    changes: tuple[ChangedResult, ...] = ()
    """Changes by objections that no report before this one has referred to (L V.B.7-8)."""

    @property
    def key(self) -> str:
        return str(self.cycle_id)
