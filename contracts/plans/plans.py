"""What the plans service emits of performance plans (SKP): drafted, proposed, returned, set."""

from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Frozen
from contracts.evidence import Evidence
from contracts.plans.about import PlanEvent


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
    evidence: tuple[Evidence, ...] | None = None
    """What the newest value rests on, and what the community answered (PLB-6); None if nothing was pointed to."""


class ExpectedBehaviour(Frozen):
    """What the leader expects of one of the seven values beyond its guides (arts 7-13)."""

    value: str
    expectation: str


class PlanDrafted(PlanEvent):
    """A servant (or who took over) wrote the first draft, or it began with a template."""

    template_id: UUID | None = None
    """Of a plan that somebody let begin with a template, for many at once."""


class PlanProposed(PlanEvent):
    """The plan awaits the rater's answer."""

    rater_id: UUID
    round: int
    respond_by: AwareDatetime
    late: bool = False
    """Proposed after its due date."""


class Remark(Frozen):
    """What one place of a plan lacks, as whoever returned the plan sees it."""

    where: str
    """As errors name places: ``results.0.indicators.1.target_lo`` is of the first result's second indicator."""
    text: str
    part_id: UUID | None = None
    """The result or indicator that it is about: places move while the plan is rewritten, ids do not."""


class PlanReturned(PlanEvent):
    """The rater asks for changes, with a reason."""

    returned_by: UUID
    reason: str
    round: int
    remarks: tuple[Remark, ...] | None = None
    """Beside the reason, row by row; None where the reason says all."""


class PlanSet(PlanEvent):
    """The expectation is set; from here on it is what results are measured against."""

    version: int
    set_by: UUID
    by_superior: bool
    """The rater was silent, so the rater's superior set it (PermenPANRB 6/2022, L II.C.5)."""
    late: bool
    late_by_law: bool = False
    """After the end of January, or of the first month of another period, which no policy moves (clock 1)."""
    indicators: tuple[IndicatorState, ...]
    practices: tuple[UUID, ...] = ()
    """Good practices from the library that the plan takes over (DMI-2)."""
    behaviours: tuple[ExpectedBehaviour, ...] | None = None
    """Special expectations of behaviour; all seven values are expected whether named here or not."""
