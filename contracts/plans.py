"""What the plans service tells: performance plans, actuals, daily activity, initiatives."""

from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts import obligations
from contracts.base import Event, Frozen


class ObligationsOpened(obligations.ObligationsOpened):
    """Duties around plans came into being."""

    topic: ClassVar[str] = "plans"


class ObligationsClosed(obligations.ObligationsClosed):
    """Duties around plans ended."""

    topic: ClassVar[str] = "plans"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of duties around plans moved."""

    topic: ClassVar[str] = "plans"


class ObligationsMoved(obligations.ObligationsMoved):
    """Duties around plans were moved to another day or person."""

    topic: ClassVar[str] = "plans"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the plans service anything more in a phase."""

    topic: ClassVar[str] = "plans"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)


class Direction(StrEnum):
    """Whether more or less is better (kondisi normal / kondisi khusus, PermenPANRB 8/2021)."""

    HIGHER_BETTER = "HIGHER_BETTER"
    LOWER_BETTER = "LOWER_BETTER"


class IndicatorState(Frozen):
    """One indicator with its target and, once reported, its actual."""

    id: UUID
    statement: str
    unit: str
    weight: Decimal
    """Share of the whole plan in percent; all indicators of a plan sum to 100."""
    direction: Direction
    target_lo: Decimal
    target_hi: Decimal
    """Equal to ``target_lo`` for a point target."""
    actual: Decimal | None = None
    reason: str | None = None
    """Why there is no actual."""


class _PlanEvent(Event):
    topic: ClassVar[str] = "plans"
    plan_id: UUID
    cycle_id: UUID
    servant_id: UUID

    @property
    def key(self) -> str:
        return str(self.plan_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class PlanDrafted(_PlanEvent):
    """A servant (or who took over) wrote the first draft."""


class PlanProposed(_PlanEvent):
    """The plan awaits the rater's answer."""

    rater_id: UUID
    round: int
    respond_by: AwareDatetime
    late: bool = False
    """Proposed after its due date."""


class PlanReturned(_PlanEvent):
    """The rater asks for changes, with a reason."""

    returned_by: UUID
    reason: str
    round: int


class DialogueRecorded(_PlanEvent):
    """Rater and servant spoke about expectations (PermenPANRB 6/2022 art. 14)."""

    dialogue_id: UUID
    held_on: date
    recorded_by: UUID


class PlanSet(_PlanEvent):
    """The expectation is set; from here on it is what results are measured against."""

    version: int
    set_by: UUID
    by_superior: bool
    """The rater was silent, so the rater's superior set it (PermenPANRB 6/2022, L II.C.5)."""
    late: bool
    indicators: tuple[IndicatorState, ...]


class ActualsReported(_PlanEvent):
    """Actuals of one reporting period are in; the indicators carry the values of the whole period so far."""

    period: int
    """1-based number of the reporting period inside the cycle."""
    final: bool
    """The last reporting period of the cycle."""
    automatic: bool
    """Taken over at the deadline; missing actuals are flagged, never zeroed."""
    indicators: tuple[IndicatorState, ...]


class ActivitiesLogged(_PlanEvent):
    """Daily activity was written (Dumai)."""

    days: tuple[date, ...]
    entries: int


class InitiativeRecorded(Event):
    """An initiative or innovation was written down by the servant or a leader."""

    topic: ClassVar[str] = "plans"
    initiative_id: UUID
    cycle_id: UUID
    servant_id: UUID
    kind: str
    """INITIATIVE, INNOVATION or IDEA."""
    title: str

    @property
    def key(self) -> str:
        return str(self.initiative_id)

    @property
    def subject(self) -> str:
        return str(self.servant_id)


class InitiativeVerified(InitiativeRecorded):
    """The rater verified it; only a recognised innovation or idea meets the condition of PP 30/2019 art. 41(5)."""

    recognised: bool
    verified_by: UUID
    document: str | None = None
