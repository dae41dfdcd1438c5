"""The rows of the service of integrations: what is published, who may read it, and what was sent where; nobody's name."""

from sqlmodel import SQLModel

from obligations.rows import ObligationRow
from services.integrations.callers.models import Caller
from services.integrations.deliveries.models import Attempt, Delivery
from services.integrations.endpoints.models import Endpoint
from services.integrations.feed.models import ChainHead, FeedEvent

OWN: tuple[type[SQLModel], ...] = (Caller, FeedEvent, ChainHead, Endpoint, Delivery, Attempt)
TABLES: tuple[type[SQLModel], ...] = (*OWN, ObligationRow)
