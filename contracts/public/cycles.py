"""Published facts of cycles: that they open, who is in them, their phases and their end."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import OrgPerformance, Phase, ScopeCode
from contracts.evaluation import cycles, interventions, organisations
from contracts.evaluation.publication import PublicReportMade
from contracts.evaluation.reports import ResultsReportedUpward
from contracts.public.base import Fact, published


class CycleOpenedFact(Fact):
    """An appraisal cycle was opened for a city or a part of it."""

    cycle_id: UUID
    scope: ScopeCode
    period_start: date
    period_end: date
    months: int


class CycleClosedFact(Fact):
    """A cycle came to its end."""

    cycle_id: UUID


class CycleCancelledFact(Fact):
    """A cycle was cancelled: its results do not count."""

    cycle_id: UUID
    cancelled_at: AwareDatetime


class CyclePausedFact(Fact):
    """The deadlines of a cycle stand still."""

    cycle_id: UUID
    paused_at: AwareDatetime


class CycleResumedFact(Fact):
    """The deadlines of a cycle run again."""

    cycle_id: UUID
    paused_at: AwareDatetime
    resumed_at: AwareDatetime
    working_days: int


class MemberEnrolledFact(Fact):
    """A civil servant is appraised in this cycle."""

    cycle_id: UUID
    servant_id: UUID
    appraisal_id: UUID
    unit_id: UUID


class PhaseOpenedFact(Fact):
    """A phase of a cycle began."""

    cycle_id: UUID
    phase: Phase
    opened_at: AwareDatetime
    due_at: AwareDatetime


class PhaseClosedFact(Fact):
    """A phase of a cycle ended; early where nobody owed anything any more."""

    cycle_id: UUID
    phase: Phase
    early: bool


class PhaseExtendedFact(Fact):
    """A phase of a cycle got more time."""

    cycle_id: UUID
    phase: Phase
    former_due_at: AwareDatetime
    due_at: AwareDatetime
    working_days: int


class OrgPerformanceSetFact(Fact):
    """The achievement of a unit in a cycle was set (PermenPANRB 6/2022, art. 24)."""

    cycle_id: UUID
    unit_id: UUID
    performance: OrgPerformance


class ResultsReportedFact(Fact):
    """A cycle's results were reported to the competent official, in numbers."""

    cycle_id: UUID
    report_id: UUID
    issued: int
    final: int
    missing: int
    predicates: dict[str, int]


class PublicReportMadeFact(Fact):
    """A closed cycle's figures are public; null where too few people stand behind a figure."""

    cycle_id: UUID
    people: int | None
    least: int
    predicates: dict[str, int | None]


def _members(event: cycles.MembersEnrolled) -> Iterable[MemberEnrolledFact]:
    for one in event.members:
        yield MemberEnrolledFact(
            cycle_id=event.cycle_id, servant_id=one.servant_id, appraisal_id=one.appraisal_id, unit_id=one.unit_id
        )


TYPES = (
    published(CycleOpenedFact, cycles.CycleOpened, name="cycle-opened"),
    published(CycleClosedFact, cycles.CycleClosed, name="cycle-closed"),
    published(CycleCancelledFact, interventions.CycleCancelled, name="cycle-cancelled"),
    published(CyclePausedFact, interventions.CyclePaused, name="cycle-paused"),
    published(CycleResumedFact, interventions.CycleResumed, name="cycle-resumed"),
    published(MemberEnrolledFact, cycles.MembersEnrolled, name="member-enrolled", told=_members),
    published(PhaseOpenedFact, cycles.PhaseOpened, name="phase-opened"),
    published(PhaseClosedFact, cycles.PhaseClosed, name="phase-closed"),
    published(PhaseExtendedFact, interventions.PhaseExtended, name="phase-extended"),
    published(OrgPerformanceSetFact, organisations.OrgPerformanceSet, name="org-performance-set"),
    published(ResultsReportedFact, ResultsReportedUpward, name="results-reported"),
    published(PublicReportMadeFact, PublicReportMade, name="public-report-made"),
)
