"""What the evaluation service tells: cycles, phases, members, assessments and results."""

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts import obligations
from contracts.about import AboutAppraisal
from contracts.base import AssessorRole, Event, Frozen, OrgPerformance, Phase, Predicate, Rating, ScopeCode
from contracts.moderation import MODERATION_EVENTS
from contracts.periodic import PeriodEvaluated
from contracts.personnel import ChangeKind
from contracts.policy import Policy
from contracts.proposals import PROPOSAL_EVENTS
from contracts.reporting import REPORTING_EVENTS
from contracts.steering import STEERING_EVENTS, SeasonChanged
from contracts.visits import VISIT_EVENTS

MORE_EVENTS = (
    MODERATION_EVENTS
    + PROPOSAL_EVENTS
    + REPORTING_EVENTS
    + STEERING_EVENTS
    + VISIT_EVENTS
    + (SeasonChanged, PeriodEvaluated)
)
"""Told by this service as well: around findings and visits, about what follows a final result, and when the office
steers a cycle."""


class ObligationsOpened(obligations.ObligationsOpened):
    """Duties around appraisals came into being."""

    topic: ClassVar[str] = "evaluation"


class ObligationsClosed(obligations.ObligationsClosed):
    """Duties around appraisals ended."""

    topic: ClassVar[str] = "evaluation"


class ObligationsStepped(obligations.ObligationsStepped):
    """Ladders of duties around appraisals moved."""

    topic: ClassVar[str] = "evaluation"


class ObligationsMoved(obligations.ObligationsMoved):
    """Duties around appraisals were moved to another day or person."""

    topic: ClassVar[str] = "evaluation"


class PhaseCleared(obligations.PhaseCleared):
    """Nobody owes the evaluation service anything more in a phase."""

    topic: ClassVar[str] = "evaluation"


OBLIGATIONS = obligations.ObligationEvents(
    ObligationsOpened, ObligationsClosed, ObligationsStepped, PhaseCleared, ObligationsMoved
)


class _CycleEvent(Event):
    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID

    @property
    def key(self) -> str:
        return str(self.cycle_id)


class CycleOpened(_CycleEvent):
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


class MembersEnrolled(_CycleEvent):
    """People entered a cycle; at most a few hundred in one event."""

    members: tuple[Member, ...]


class ChangedMember(Member):
    """A member whose relations in the cycle are others now, with those before."""

    former_unit_id: UUID
    former_rater_id: UUID | None
    former_authority_id: UUID | None
    ended_on: date | None = None
    """Last day that is appraised, of a person who left or is not covered any more."""


class MembersChanged(_CycleEvent):
    """Who evaluates whom in an open cycle changed with the personnel (PermenPANRB 6/2022, L IV.A)."""

    change_id: UUID
    kind: ChangeKind
    effective_on: date
    reason: str
    members: tuple[ChangedMember, ...]


class PhaseOpened(_CycleEvent):
    """A phase began; its due date is frozen."""

    phase: Phase
    opened_at: AwareDatetime
    due_at: AwareDatetime


class PhaseClosed(_CycleEvent):
    """A phase ended, early when nobody owed anything."""

    phase: Phase
    early: bool


class CycleClosed(_CycleEvent):
    """The cycle is over."""


class _AppraisalEvent(AboutAppraisal):
    topic: ClassVar[str] = "evaluation"


class AssessmentSubmitted(_AppraisalEvent):
    """An assessor rated; the name of an anonymous assessor is not told."""

    role: AssessorRole
    assessor_id: UUID | None


class SourceDropped(_AppraisalEvent):
    """A source had too few assessors, so its share was renormalised over the others."""

    role: AssessorRole
    received: int
    minimum: int


class ResultProvisional(_AppraisalEvent):
    """Score, ratings and predicate stand, open for clarification before they are issued."""

    rater_id: UUID
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    clarify_until: AwareDatetime


class ModerationRequired(_AppraisalEvent):
    """A finding must be looked at by the performance office before the result is issued."""

    finding: str


class ModerationDone(_AppraisalEvent):
    """The performance office looked at the finding and gave its reason."""

    reason: str


class _ResultEvent(_AppraisalEvent):
    """What every event about one version of a result carries."""

    result_id: UUID
    version: int
    rater_id: UUID
    authority_id: UUID | None
    result_rating: Rating
    behaviour_rating: Rating
    predicate: Predicate
    local_score: Decimal | None
    local_band: str | None
    criteria: dict[str, Decimal | None]
    final_without_objection: bool
    """Signed by the rater's superior for a silent rater (L V.A.8), or a head rated from the organisation (L IV.A.12)."""


class ResultIssued(_ResultEvent):
    """A version of the result was signed; version 1, or a later one after an objection or correction."""

    issued_at: AwareDatetime
    issued_by: UUID
    by_superior: bool
    reason: str | None = None


class ResultDelivered(_AppraisalEvent):
    """The servant has been given notice of the result."""

    result_id: UUID
    version: int
    delivered_at: AwareDatetime


class ResultReceived(_ResultEvent):
    """The servant received the result (acknowledging receipt is not agreeing); the objection window runs from here."""

    received_at: AwareDatetime
    deemed: bool
    """Not opened in time: receipt is deemed, with the note "not returned"."""
    object_until: AwareDatetime | None
    """Last instant to object; None where the result is final without objection."""


class ResultSuperseded(_AppraisalEvent):
    """A later version took the place of this one; both are kept."""

    result_id: UUID
    version: int
    by_version: int
    by_result_id: UUID | None = None
    predicate: Predicate | None = None
    """What no longer counts; the new version tells its own when it is issued and when it is final."""
    was_final: bool = False
    """It had been finalised, so that payroll may have used it."""
    period_start: date | None = None
    period_end: date | None = None


class ResultFinalised(_ResultEvent):
    """Nothing can change the result any more; consequences may follow."""

    finalised_at: AwareDatetime
    period_start: date | None = None
    """First day of the appraised period."""
    period_end: date | None = None
    """Last day of the appraised period."""
    months: int | None = None
    """Length of the period."""
    replaces_version: int | None = None
    """The version before, which was superseded; None for the first one."""
    replaces_result_id: UUID | None = None


class OrgPerformanceSet(Event):
    """The achievement of a unit's organisation was set (SE MenPANRB 3/2023)."""

    topic: ClassVar[str] = "evaluation"
    cycle_id: UUID
    unit_id: UUID
    performance: OrgPerformance
    set_by: UUID

    @property
    def key(self) -> str:
        return str(self.unit_id)


class SystemReviewed(_CycleEvent):
    """The performance office judged the appraisal system itself (Binjai)."""

    metrics: dict[str, int]
    actions: tuple[str, ...]
