"""Every row of the evaluation service, and the list of its tables."""

from sqlmodel import SQLModel

from directory.models import PEOPLE_TABLES
from kit import answers, inbox, journal, outbox, outbox_dead
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow
from services.evaluation.models.appraisals import Appraisal, Assessment, PeerNomination, UnitPerformance
from services.evaluation.models.cycles import Cycle, CyclePhase, SystemReview
from services.evaluation.models.interventions import CycleIntervention
from services.evaluation.models.moderations import AssessmentVersion, Moderation
from services.evaluation.models.periodic import PeriodicEvaluation
from services.evaluation.models.proposals import Proposal
from services.evaluation.models.reports import UpwardReport
from services.evaluation.models.results import Result
from services.evaluation.models.take_overs import TakenOver
from services.evaluation.models.visits import Visit

KIT: tuple[type[SQLModel], ...] = (
    outbox.Outbox,
    outbox_dead.OutboxDead,
    journal.Journal,
    inbox.Inbox,
    answers.Answer,
    ObligationRow,
)
"""Tables of the kit, named so that the metadata knows them."""

OWN: tuple[type[SQLModel], ...] = (
    Cycle,
    CyclePhase,
    CycleIntervention,
    Appraisal,
    Assessment,
    AssessmentVersion,
    PeerNomination,
    PeriodicEvaluation,
    Visit,
    UnitPerformance,
    Moderation,
    Result,
    Proposal,
    SystemReview,
    UpwardReport,
    TakenOver,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, HeldCycle, *OWN)

__all__ = [
    "OWN",
    "TABLES",
    "Appraisal",
    "Assessment",
    "AssessmentVersion",
    "Cycle",
    "CycleIntervention",
    "CyclePhase",
    "Moderation",
    "PeerNomination",
    "PeriodicEvaluation",
    "Proposal",
    "Result",
    "SystemReview",
    "TakenOver",
    "UnitPerformance",
    "UpwardReport",
    "Visit",
]
