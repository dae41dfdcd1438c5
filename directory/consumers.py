"""Keeps the copy up to date."""

from contracts.evaluation.cycles import CycleClosed, CycleOpened, MembersChanged, MembersEnrolled, PhaseOpened
from contracts.evaluation.interventions import CycleCancelled, CycleResumed, PhaseExtended
from contracts.registry.assistants import AssistantDeclared, AssistantEnded
from directory import take
from kit.db import Database
from kit.kafka import Broker, Listener, copy_master_data


def copy_people(broker: Broker, database: Database, service: str) -> None:
    """Units, people, policies and calendars, in batches."""
    copy_master_data(broker, database, service, take.take_master_data, kinds=take.MASTER_DATA)


def copy_assistants(listener: Listener) -> None:
    """Who enters for whom."""
    listener.on(AssistantDeclared, take.take_assistant)
    listener.on(AssistantEnded, take.take_assistant_end)


def copy_cycles(listener: Listener) -> None:
    """Cycles and their members."""
    listener.on(CycleOpened, take.take_cycle)
    listener.on(MembersEnrolled, take.take_members)
    listener.on(MembersChanged, take.take_changes)
    listener.on(PhaseOpened, take.take_phase)
    listener.on(CycleClosed, take.take_end)
    listener.on(CycleCancelled, take.take_end)
    listener.on(CycleResumed, take.take_resumption)
    listener.on(PhaseExtended, take.take_extension)
