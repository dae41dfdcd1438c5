"""The Kafka door: people and policies, what plans measured, what feedback decided or noted, what notify delivered."""

from contracts.feedback.clarifications import ClarificationAnswered, ClarificationRequested
from contracts.feedback.feedback import FeedbackGiven
from contracts.feedback.objections import ObjectionDecided, ObjectionFiled, ObjectionWithdrawn
from contracts.feedback.support import WorkResultTakenOver
from contracts.feedback.survey import SystemSurveyed
from contracts.notify.notices import NoticeDelivered
from contracts.plans.daily_log import ActivitiesLogged
from contracts.plans.initiatives import InitiativeProved, InitiativeRecorded, InitiativeVerified
from contracts.plans.plans import PlanSet
from contracts.plans.reports import ActualsReported
from contracts.registry.calendars import OutageRecorded
from contracts.registry.competences import CompetencesRecorded
from contracts.registry.holders import AccountRecorded
from contracts.registry.personnel import PersonnelChanged
from contracts.registry.requests import RequestDecided
from directory.consumers import copy_assistants
from directory.take import MASTER_DATA
from kit.db import Database
from kit.kafka import Broker, Listener, copy_master_data
from services.evaluation.appraisals.commands import facts, personnel
from services.evaluation.competences import commands as competences
from services.evaluation.cycles.commands import master_data, outages
from services.evaluation.panels.commands import conflicts
from services.evaluation.practices.commands import uses
from services.evaluation.provinces.commands import Officials
from services.evaluation.records import commands as records
from services.evaluation.results.commands import clarifications, objections, receipt
from services.evaluation.reviews.commands import surveys


def install(broker: Broker, database: Database) -> None:
    """Bind the commands to the events of other services."""
    copy_master_data(broker, database, "evaluation", master_data.take_master_data, kinds=MASTER_DATA)
    listener = Listener(broker, database, "evaluation")
    copy_assistants(listener)
    listener.on(OutageRecorded, outages.extend)
    listener.on(PersonnelChanged, personnel.take)
    listener.on(RequestDecided, conflicts.take_request)
    listener.on(CompetencesRecorded, competences.take)
    listener.forward(AccountRecorded, Officials(database).take)
    listener.on(PlanSet, facts.take_plan)
    listener.on(PlanSet, uses.take_plan)
    listener.on(ActualsReported, facts.take_actuals)
    listener.on(InitiativeVerified, facts.take_initiative)
    listener.on(PlanSet, records.take_plan)
    listener.on(ActivitiesLogged, records.take_log)
    listener.on(FeedbackGiven, records.take_feedback)
    for kind in (InitiativeRecorded, InitiativeProved, InitiativeVerified):
        listener.on(kind, records.take_initiative)
    listener.on(WorkResultTakenOver, facts.take_taken_over)
    listener.on(ClarificationRequested, clarifications.record_question)
    listener.on(ClarificationAnswered, clarifications.apply_answer)
    listener.on(ObjectionFiled, objections.record_filing)
    listener.on(ObjectionWithdrawn, objections.record_withdrawal)
    listener.on(ObjectionDecided, objections.apply_decision)
    listener.on(SystemSurveyed, surveys.take)
    listener.on(NoticeDelivered, receipt.deliver)
