"""What the evaluation service emits of cycles, their phases and their members."""

from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Frozen, Phase, ScopeCode
from contracts.evaluation.about import CycleEvent
from contracts.policy import Policy
from contracts.registry.personnel import ChangeKind


class CycleOpened(CycleEvent):
    """An appraisal cycle exists; the policy travels with it, frozen."""

    scope: ScopeCode
    name: str
    period_start: date
    period_end: date
    months: int
    policy: Policy
    calendar_version: int


class Member(Frozen):
    """One person in a cycle, with the relations frozen at enrolment."""

    appraisal_id: UUID
    servant_id: UUID
    unit_id: UUID
    rater_id: UUID | None
    authority_id: UUID | None
    is_head: bool


class MembersEnrolled(CycleEvent):
    """People entered a cycle; at most a few hundred in one event."""

    members: tuple[Member, ...]


class ChangedMember(Member):
    """A member whose relations in the cycle are others now, with those before."""

    former_unit_id: UUID
    former_rater_id: UUID | None
    former_authority_id: UUID | None
    ended_on: date | None = None
    """Last day that is appraised, of a person who left or is not covered any more."""


class MembersChanged(CycleEvent):
    """Who evaluates whom in an open cycle changed with the personnel (PermenPANRB 6/2022, L IV.A)."""

    change_id: UUID
    kind: ChangeKind
    effective_on: date
    reason: str
    members: tuple[ChangedMember, ...]


class PhaseOpened(CycleEvent):
    """A phase began; its due date is frozen."""

    phase: Phase
    opened_at: AwareDatetime
    due_at: AwareDatetime


class PhaseClosed(CycleEvent):
    """A phase ended, early when nobody owed anything."""

    phase: Phase
    early: bool


class CycleClosed(CycleEvent):
    """The cycle is over."""
