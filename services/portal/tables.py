"""The rows of the portal, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from directory.models import CYCLE_TABLES, PEOPLE_TABLES
from services.portal.drafts.models import Draft
from services.portal.duties.models import Duty, DutyDone
from services.portal.evidence.models import EvidenceFile
from services.portal.papers.models import MadePaper
from services.portal.sessions.models import BrowserSession, SignInFailures
from services.portal.standings.models import Standing

OWN: tuple[type[SQLModel], ...] = (
    BrowserSession,
    Draft,
    Duty,
    DutyDone,
    EvidenceFile,
    MadePaper,
    SignInFailures,
    Standing,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *CYCLE_TABLES, *OWN)
