"""Every row of the registry, and the list of its tables."""

from sqlmodel import SQLModel

from kit.idempotency import Answer
from kit.inbox import Inbox
from kit.journal import Journal, JournalHead
from kit.outbox import Outbox
from kit.outbox_dead import OutboxDead
from obligations.rows import ObligationRow
from services.registry.calendars.models import Calendar
from services.registry.imports.models import Import, ImportRow
from services.registry.outages.models import Outage
from services.registry.personnel.models import PersonnelChange
from services.registry.policies.models import PolicyDocument
from services.registry.servants.models import RaterRelation, Servant
from services.registry.units.models import Unit

OWN_TABLES: tuple[type[SQLModel], ...] = (
    Unit,
    Servant,
    RaterRelation,
    PersonnelChange,
    Outage,
    PolicyDocument,
    Calendar,
    Import,
    ImportRow,
)

KIT_MODELS: tuple[type[SQLModel], ...] = (Outbox, OutboxDead, Journal, JournalHead, Inbox, Answer)

TABLES: tuple[type[SQLModel], ...] = (*OWN_TABLES, ObligationRow)
