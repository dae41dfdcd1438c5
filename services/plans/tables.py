"""The rows of the plans service, with the copy of master data and the kit's own tables beside them."""

from sqlmodel import SQLModel

from directory.models import CYCLE_TABLES, PEOPLE_TABLES
from kit.idempotency import Answer
from kit.inbox import Inbox
from kit.journal import Journal, JournalHead
from kit.outbox import Outbox
from kit.outbox_dead import OutboxDead
from obligations.holding import HeldCycle
from obligations.rows import ObligationRow
from services.plans.daily_log.models import Activity
from services.plans.dialogues.models import Dialogue
from services.plans.initiatives.models import Initiative
from services.plans.plans.models import IndicatorRow, Plan, PlanVersion, WorkResultRow
from services.plans.reports.models import Actual, Report

KIT: tuple[type[SQLModel], ...] = (Answer, Inbox, Journal, JournalHead, Outbox, OutboxDead)
"""Imported so that the metadata knows them."""
OWN: tuple[type[SQLModel], ...] = (
    Plan,
    PlanVersion,
    WorkResultRow,
    IndicatorRow,
    Dialogue,
    Report,
    Actual,
    Activity,
    Initiative,
)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *CYCLE_TABLES, ObligationRow, HeldCycle, *OWN)
