"""What the registry emits of requests: somebody says that a record is wrong, or asks to step back, and the office decides."""

from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from contracts.base import Event


class RequestKind(StrEnum):
    """What is asked for."""

    WRONG_RATER = "WRONG_RATER"
    """Whoever is recorded does not rate this person."""
    ACTING = "ACTING"
    """Somebody shall act for an official who is away."""
    STEP_BACK = "STEP_BACK"
    """A conflict of interest: somebody else shall rate this person, or visit this unit."""


class RequestState(StrEnum):
    """What became of it."""

    OPEN = "OPEN"
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"


class _RequestEvent(Event):
    """About one request."""

    topic: ClassVar[str] = "registry"
    request_id: UUID
    kind: RequestKind
    asked_by: UUID
    servant_id: UUID | None = None
    """Whose rater is wrong, who is away, or whom somebody else shall rate."""
    unit_id: UUID | None = None
    """Which unit a member of a panel shall not visit."""

    @property
    def key(self) -> str:
        return str(self.request_id)

    @property
    def subject(self) -> str:
        return str(self.request_id)


class RequestMade(_RequestEvent):
    """It waits for the office."""

    officer_id: UUID | None
    """Who acts for the office about these people; None where the city has no officer."""
    reason: str


class RequestDecided(_RequestEvent):
    """The office granted or refused it; what was granted has been recorded in the same transaction."""

    state: RequestState
    reason: str
    """Why it was decided so."""
    decided_by: UUID
    change_id: UUID | None = None
    """The change of personnel by which it was carried out."""
    person_id: UUID | None = None
    """Who rates or acts from now on."""
    since: date | None = None


class RequestWithdrawn(_RequestEvent):
    """Whoever asked asks no more."""
