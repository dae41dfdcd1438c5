"""The Kafka door: the copy of people and cycles, and evaluation's events of results."""

from contracts.evaluation import assistance as evaluation
from contracts.evaluation.cycles import MembersChanged, PhaseOpened
from contracts.evaluation.proposals import ProposalDecided, ProposalSuperseded
from contracts.evaluation.results import (
    ResultFinalised,
    ResultIssued,
    ResultProvisional,
    ResultReceived,
    ResultSuperseded,
)
from contracts.feedback.obligations import OBLIGATIONS
from contracts.plans import assistance as plans
from contracts.registry.calendars import OutageRecorded
from contracts.registry.personnel import PersonnelChanged
from directory.consumers import copy_assistants, copy_cycles, copy_people
from directory.weeks import calendars
from kit.db import Database
from kit.kafka import Broker, Listener
from obligations import consumers as obligations
from services.feedback.cycles.commands import outages, personnel
from services.feedback.development.commands.accepted import open_accepted
from services.feedback.file.commands import keep_entry
from services.feedback.improvement.commands import cases
from services.feedback.results import commands as results
from services.feedback.survey import commands as survey


def install(broker: Broker, database: Database) -> None:
    """Bind the commands to the events of other services."""
    copy_people(broker, database, "feedback")
    listener = Listener(broker, database, "feedback")
    copy_cycles(listener)
    copy_assistants(listener)
    obligations.install(listener, OBLIGATIONS, weeks=calendars)
    for entered in (plans.EnteredOnBehalf, evaluation.EnteredOnBehalf):
        listener.on(entered, keep_entry)
    listener.on(OutageRecorded, outages.extend)
    listener.on(PhaseOpened, survey.tell)
    listener.on(MembersChanged, personnel.follow_members)
    listener.on(PersonnelChanged, personnel.pass_on_obligations)
    listener.on(ResultProvisional, results.take_provisional)
    listener.on(ResultIssued, results.take_issued)
    listener.on(ResultReceived, results.take_received)
    listener.on(ResultSuperseded, results.take_superseded)
    listener.on(ResultFinalised, results.take_finalised)
    listener.on(ProposalDecided, cases.start)
    listener.on(ProposalDecided, open_accepted)
    listener.on(ProposalSuperseded, cases.supersede)
