"""The rows of the service of integrations: what is published, and who may read it; nobody's name."""

from sqlmodel import SQLModel

from obligations.rows import ObligationRow
from services.integrations.callers.models import Caller
from services.integrations.feed.models import ChainHead, FeedEvent

OWN: tuple[type[SQLModel], ...] = (Caller, FeedEvent, ChainHead)
TABLES: tuple[type[SQLModel], ...] = (*OWN, ObligationRow)
