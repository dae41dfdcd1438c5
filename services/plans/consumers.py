"""The Kafka door: keeps the copy of master data and cycles, and closes plans with their cycle."""

from contracts.evaluation.cycles import CycleClosed, MembersChanged
from contracts.evaluation.interventions import CycleCancelled, CycleResumed, PhaseExtended
from contracts.evaluation.practices import PracticePublished, PracticeWithdrawn
from contracts.evaluation.visits import (
    PanelChanged,
    PanelConflictDeclared,
    VisitConcluded,
    VisitDateSet,
    VisitNotHeld,
    VisitScheduled,
)
from contracts.plans.obligations import OBLIGATIONS
from contracts.registry.calendars import OutageRecorded
from contracts.registry.personnel import PersonnelChanged
from directory.consumers import copy_assistants, copy_cycles, copy_people
from directory.weeks import calendars
from kit.db import Database
from kit.kafka import Broker, Listener
from obligations import consumers as obligations
from services.plans.cycles.commands import outages, returns
from services.plans.cycles.commands.closing import close_plans
from services.plans.plans.commands import personnel
from services.plans.practices import commands as practices
from services.plans.reports.commands import due_dates
from services.plans.visits import commands as visits


def install(broker: Broker, database: Database) -> None:
    """Bind every event that this service has a use for."""
    copy_people(broker, database, "plans")
    listener = Listener(broker, database, "plans")
    copy_cycles(listener)
    copy_assistants(listener)
    obligations.install(listener, OBLIGATIONS, weeks=calendars)
    listener.on(PhaseExtended, due_dates.follow_obligations)
    listener.on(CycleResumed, due_dates.follow_obligations)
    listener.on(OutageRecorded, outages.extend)
    listener.on(MembersChanged, returns.follow_members)
    listener.on(PersonnelChanged, personnel.leave_obligations)
    listener.on(PracticePublished, practices.publish)
    listener.on(PracticeWithdrawn, practices.withdraw)
    listener.on(VisitScheduled, visits.take)
    listener.on(VisitDateSet, visits.take)
    listener.on(PanelChanged, visits.take)
    listener.on(VisitNotHeld, visits.end)
    listener.on(VisitConcluded, visits.end)
    listener.on(PanelConflictDeclared, visits.take_conflict)
    listener.on(CycleClosed, close_plans)
    listener.on(CycleCancelled, close_plans)
