"""The rows of the registry, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from kit.lookups.rows import Lookup
from obligations.rows import ObligationRow
from services.registry.assistants.models import Assistant
from services.registry.attendance.models import MonthAttendance
from services.registry.calendars.models import Calendar
from services.registry.competences.models import PositionCompetence
from services.registry.holders.models import Account, Declaration
from services.registry.imports.models import Import, ImportMapping, ImportRow
from services.registry.moves.models import Move
from services.registry.numbers.models import FormerNumber
from services.registry.outages.models import Outage
from services.registry.personnel.models import PersonnelChange
from services.registry.policies.models import PolicyDocument
from services.registry.positions.models import Position
from services.registry.requests.models import Request
from services.registry.servants.models import RaterRelation, Servant
from services.registry.units.models import Unit

OWN: tuple[type[SQLModel], ...] = (
    Unit,
    Servant,
    Account,
    Declaration,
    Assistant,
    RaterRelation,
    FormerNumber,
    Move,
    PersonnelChange,
    Position,
    MonthAttendance,
    PositionCompetence,
    Outage,
    PolicyDocument,
    Request,
    Calendar,
    Import,
    ImportRow,
    ImportMapping,
    Lookup,
)
TABLES: tuple[type[SQLModel], ...] = (*OWN, ObligationRow)
