"""The rows of the evaluation service, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from directory.models import ASSISTANT_TABLES, PEOPLE_TABLES
from kit.lookups.rows import Lookup
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow
from services.evaluation.appraisals.models import Appraisal, FormerRater, RaterDelegation, TakenOver
from services.evaluation.assessments.models import Assessment, AssessmentVersion, Nominee, PeerNomination, PeerSecret
from services.evaluation.competences.models import AppraisalCompetence, CycleCompetence, KnownCompetence
from services.evaluation.credits.models import CreditBalance, KnownPosition
from services.evaluation.cycles.models import Cycle, CycleIntervention, CyclePhase
from services.evaluation.findings.models import Moderation
from services.evaluation.national.models import NationalBatch, NationalHold, NationalRow
from services.evaluation.organisations.models import UnitPerformance
from services.evaluation.panels.models import PanelConflict
from services.evaluation.periods.models import PeriodicEvaluation
from services.evaluation.practices.models import Practice, PracticeUse
from services.evaluation.proposals.models import Proposal
from services.evaluation.provinces.models import CityFigures, ProvinceOfficial
from services.evaluation.publication.models import PublicReport
from services.evaluation.records.models import LoggedWork, RecordedFeedback, RecordedInitiative, RecordedPlan
from services.evaluation.reports.models import UpwardReport
from services.evaluation.results.models import Result
from services.evaluation.reviews.models import ReviewAction, SystemReview, SystemSurvey
from services.evaluation.visits.models import Visit

OWN: tuple[type[SQLModel], ...] = (
    Cycle,
    CyclePhase,
    CycleIntervention,
    Appraisal,
    Assessment,
    AssessmentVersion,
    PeerNomination,
    PeerSecret,
    PeriodicEvaluation,
    Visit,
    PanelConflict,
    UnitPerformance,
    Moderation,
    Result,
    Proposal,
    Practice,
    PracticeUse,
    PublicReport,
    ProvinceOfficial,
    CityFigures,
    Lookup,
    SystemReview,
    ReviewAction,
    SystemSurvey,
    UpwardReport,
    TakenOver,
    FormerRater,
    RaterDelegation,
    RecordedPlan,
    RecordedInitiative,
    RecordedFeedback,
    LoggedWork,
    KnownCompetence,
    CycleCompetence,
    AppraisalCompetence,
    Nominee,
    KnownPosition,
    CreditBalance,
    NationalBatch,
    NationalRow,
    NationalHold,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *ASSISTANT_TABLES, ObligationRow, HeldCycle, *OWN)
