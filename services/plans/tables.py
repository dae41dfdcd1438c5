"""The rows of the plans service, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from directory.models import ASSISTANT_TABLES, CYCLE_TABLES, PEOPLE_TABLES
from kit.lookups.rows import Lookup
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow
from services.plans.community.models import CommunityFile, CommunityResponse
from services.plans.confirmations.models import Confirmation
from services.plans.daily_log.models import Activity
from services.plans.dialogues.models import Dialogue
from services.plans.initiatives.models import Initiative
from services.plans.log_approvals.models import LogDecisionRow
from services.plans.log_reminders.models import LogReminder
from services.plans.plans.models import IndicatorRow, Plan, PlanVersion, WorkResultRow
from services.plans.practices.models import KnownPractice
from services.plans.reports.models import Actual, Report
from services.plans.reviews.models import PlanLot, PlanReview, PlanSample
from services.plans.templates.models import PlanTemplate
from services.plans.trials.models import TrialPlan
from services.plans.visits.models import PanelBar, PanelVisit

OWN: tuple[type[SQLModel], ...] = (
    Plan,
    PlanVersion,
    WorkResultRow,
    IndicatorRow,
    Dialogue,
    Confirmation,
    Report,
    Actual,
    Activity,
    LogDecisionRow,
    LogReminder,
    Initiative,
    KnownPractice,
    PlanTemplate,
    TrialPlan,
    Lookup,
    PlanSample,
    PlanLot,
    PlanReview,
    CommunityFile,
    CommunityResponse,
    PanelVisit,
    PanelBar,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *CYCLE_TABLES, *ASSISTANT_TABLES, ObligationRow, HeldCycle, *OWN)
