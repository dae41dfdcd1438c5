"""Every row of the notify service, and the list of its tables."""

from sqlmodel import SQLModel

from directory.models import CYCLE_TABLES, PEOPLE_TABLES
from kit.idempotency import Answer
from kit.inbox import Inbox
from kit.journal import Journal, JournalHead
from kit.outbox import Outbox
from kit.outbox_dead import OutboxDead
from obligations.rows import ObligationRow
from services.notify.notices.models import Delivery, Notice
from services.notify.todos.models import Todo

TABLES: tuple[type[SQLModel], ...] = (Notice, Delivery, Todo, *PEOPLE_TABLES, *CYCLE_TABLES, ObligationRow)

KIT_TABLES: tuple[type[SQLModel], ...] = (Answer, Inbox, Journal, JournalHead, Outbox, OutboxDead)
