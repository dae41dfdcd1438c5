"""The rows of the feedback service, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from directory.models import ASSISTANT_TABLES, CYCLE_TABLES, PEOPLE_TABLES
from kit.lookups.rows import Lookup
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow
from services.feedback.clarifications.models import Clarification
from services.feedback.development.models import DevelopmentAction, Recognition
from services.feedback.feedback.models import FeedbackItem
from services.feedback.file.models import AssistedEntry
from services.feedback.ideas.models import Idea
from services.feedback.improvement.models import ImprovementCase, ImprovementReview
from services.feedback.materials.models import KeptMaterial
from services.feedback.objections.models import LateAdmission, Objection, Statement
from services.feedback.pulse.models import PulseCount, PulseTurn
from services.feedback.quiz.models import QuizCount, QuizQuestion, QuizScore
from services.feedback.results.models import ProvisionalCopy, ResultCopy
from services.feedback.sessions.models import Acknowledgement, Attendance, SessionPlace, TrainingSession
from services.feedback.support.models import Coaching, SupportRequest, TakeOver
from services.feedback.survey.models import SurveyCount, SurveyTurn

OWN: tuple[type[SQLModel], ...] = (
    TrainingSession,
    Attendance,
    SessionPlace,
    KeptMaterial,
    QuizQuestion,
    QuizScore,
    QuizCount,
    Acknowledgement,
    FeedbackItem,
    Idea,
    PulseCount,
    PulseTurn,
    SurveyCount,
    SurveyTurn,
    Clarification,
    ProvisionalCopy,
    ResultCopy,
    Objection,
    Statement,
    LateAdmission,
    DevelopmentAction,
    Recognition,
    ImprovementCase,
    ImprovementReview,
    SupportRequest,
    Coaching,
    TakeOver,
    Lookup,
    AssistedEntry,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *CYCLE_TABLES, *ASSISTANT_TABLES, ObligationRow, HeldCycle, *OWN)
