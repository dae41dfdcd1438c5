"""The rows of the notify service, and all tables that its database has beside those of the kit."""

from sqlmodel import SQLModel

from directory.models import ASSISTANT_TABLES, CYCLE_TABLES, PEOPLE_TABLES
from obligations.rows import ObligationRow
from services.notify.notices.models import Delivery, Notice
from services.notify.nudges.models import Nudge
from services.notify.todos.models import Todo

OWN: tuple[type[SQLModel], ...] = (Notice, Delivery, Todo, Nudge)
TABLES: tuple[type[SQLModel], ...] = (*PEOPLE_TABLES, *CYCLE_TABLES, *ASSISTANT_TABLES, ObligationRow, *OWN)
