"""What the evaluation service emits of field visits: date, report, findings, and what those observed say to them (Dumai)."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event


class Stance(StrEnum):
    """What those observed make of one finding."""

    AGREE = "AGREE"
    EXPLAIN = "EXPLAIN"
    """They see it differently, and say why."""


class _VisitEvent(Event):
    topic: ClassVar[str] = "evaluation"
    visit_id: UUID
    cycle_id: UUID
    unit_id: UUID

    @property
    def key(self) -> str:
        return str(self.visit_id)


class VisitScheduled(_VisitEvent):
    """The independent panel will visit a unit; its date is still to be set."""

    panel: tuple[UUID, ...]
    due_at: AwareDatetime
    head_id: UUID | None = None
    """Who leads the unit, if anybody does."""


class _Dated(_VisitEvent):
    panel: tuple[UUID, ...]
    head_id: UUID | None
    visit_on: date


class VisitDateSet(_Dated):
    """The panel said on which day it comes, or on which other day."""

    former: date | None
    """The date that it was moved from."""
    reason: str | None
    """Why it was moved."""
    set_by: UUID


class VisitAnnounced(_Dated):
    """The date is near: both sides are reminded."""


class VisitMissed(_Dated):
    """The date has passed and nobody reported the visit; it may still be held until its obligation lapses."""


class VisitHeld(_VisitEvent):
    """The panel visited and wrote down what it saw; those observed may respond."""

    held_on: date
    findings: int
    evidence: int | None = None
    """How many photos and documents the findings point to; unknown of reports before 2027."""
    respondent_id: UUID | None = None
    """Who may respond for the unit; None where nobody leads it."""
    respond_by: AwareDatetime | None = None


class VisitNotHeld(_VisitEvent):
    """The time for the visit is over: the panel is left out of the assessments."""

    panel: tuple[UUID, ...]
    head_id: UUID | None


class VisitResponded(_VisitEvent):
    """Those observed said to the findings what they think; it changes no score by itself."""

    panel: tuple[UUID, ...]
    responded_by: UUID
    agreed: int
    explained: int
    actions: int
    """Findings about which they adopted an action."""


class VisitUnanswered(_VisitEvent):
    """Those observed did not respond in time; silence is neither agreement nor refusal."""

    panel: tuple[UUID, ...]
    note: str


class VisitConcluded(_VisitEvent):
    """The panel has nothing left to do about a visit that was held: it assessed everybody of the unit, its time to do so is
    over, or the policy has no assessments by a panel.
    """

    panel: tuple[UUID, ...]
    assessed: bool
    """Whether everybody of whom a member is independent has an assessment by the panel."""


class PanelChanged(_VisitEvent):
    """A member was replaced for a conflict of interest, or the office named another panel."""

    panel: tuple[UUID, ...]
    """Empty where nobody independent is left: the office names one."""
    former: tuple[UUID, ...]
    lead_id: UUID | None
    reason: str
    changed_by: UUID


class PanelMissing(Event):
    """No member of the panel is independent of this unit, so nobody visits it unless the office names others."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    unit_id: UUID

    @property
    def key(self) -> str:
        return str(self.unit_id)


class PanelConflictDeclared(Event):
    """A member of a panel said of which unit or person he or she is not independent."""

    topic: ClassVar[str] = "evaluation"
    conflict_id: UUID
    member_id: UUID
    unit_id: UUID | None
    servant_id: UUID | None

    @property
    def key(self) -> str:
        return str(self.member_id)
