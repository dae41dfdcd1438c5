"""Who acts: a person with a token, or the system itself on a deadline or an event."""

from dataclasses import dataclass, field
from uuid import UUID

from contracts.base import Role

NOBODY = UUID(int=0)
"""The system's id, which no token may name (``kit.auth``)."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who wants something, in which city, with which roles."""

    id: UUID
    tenant_id: str
    roles: frozenset[Role] = field(default_factory=frozenset)
    assistant_id: UUID | None = None
    """Who enters for this person, where somebody does (``kit.assistance``); such an actor has no role."""
    scopes: frozenset[str] = field(default_factory=frozenset)
    """What the issuer lets a machine's client read (``contracts.public.scopes``); a person's token has none."""

    @property
    def is_system(self) -> bool:
        """A deadline or an event, no person."""
        return self.id == NOBODY

    def has(self, role: Role) -> bool:
        """Whether the token gives this role."""
        return role in self.roles

    def __str__(self) -> str:
        if self.assistant_id is not None:
            return f"{self.assistant_id} on behalf of {self.id}"
        return "system" if self.is_system else str(self.id)


VISITOR = UUID(int=1)
"""Whoever reads without a token what is public; nobody's id."""


def visitor(tenant_id: str) -> Actor:
    """Somebody without a token, who has no role and is nobody's relation."""
    return Actor(VISITOR, tenant_id)


def system(tenant_id: str) -> Actor:
    """The system, acting in one city."""
    return Actor(NOBODY, tenant_id)
