"""What the registry emits of who holds an office, and of accounts of those who are no civil servants."""

from datetime import date
from typing import ClassVar
from uuid import UUID

from contracts.base import APART, Event, Role


class AccountRecorded(Event):
    """Somebody who may sign in and is no civil servant of the city (a mayor, an auditor, a machine), as he or she now is."""

    topic: ClassVar[str] = "registry"
    account_id: UUID
    revision: int
    name: str
    email: str
    language: str = "id"
    roles: tuple[Role, ...] = ()
    """Those that count today; a civil servant's travel in ``ServantRecorded``."""
    active: bool = True

    @property
    def key(self) -> str:
        return str(self.account_id)


class OfficeHolderDeclared(Event):
    """The office declared who holds a role, from which day, until which."""

    topic: ClassVar[str] = "registry"
    declaration_id: UUID
    person_id: UUID
    role: Role
    name: str
    since: date
    until: date | None
    """Last day; None: until it is ended."""
    reason: str

    @property
    def key(self) -> str:
        return f"{self.person_id}{APART}{self.declaration_id}"

    @property
    def subject(self) -> str:
        return str(self.person_id)


class OfficeHolderEnded(Event):
    """A declared role ends sooner than it was declared, or at all."""

    topic: ClassVar[str] = "registry"
    declaration_id: UUID
    person_id: UUID
    role: Role
    until: date
    """Last day."""
    reason: str

    @property
    def key(self) -> str:
        return f"{self.person_id}{APART}{self.declaration_id}/end"

    @property
    def subject(self) -> str:
        return str(self.person_id)
