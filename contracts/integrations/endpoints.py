"""What happens to endpoints of machines: who is told where, and when somebody stops being told."""

from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event


class GivenUp(StrEnum):
    """Why an endpoint was disabled by itself."""

    FAILING = "FAILING"
    """Nothing was received for days."""
    GONE = "GONE"
    """It answered that it wants nothing any more (410)."""


class _OfEndpoint(Event):
    topic: ClassVar[str] = "integrations"
    endpoint_id: UUID
    owner_id: UUID
    """The account of the machine."""

    @property
    def key(self) -> str:
        return str(self.endpoint_id)


class EndpointRegistered(_OfEndpoint):
    """A machine named an address to be told at."""

    host: str
    types: tuple[str, ...]


class EndpointChanged(_OfEndpoint):
    """Address, types or state of an endpoint are others now."""

    host: str
    types: tuple[str, ...]
    state: str


class EndpointRemoved(_OfEndpoint):
    """Nothing is sent there any more."""


class EndpointSecretRotated(_OfEndpoint):
    """A new secret signs; the former one as well until then."""

    former_until: AwareDatetime


class DeliveriesRepeated(_OfEndpoint):
    """What was told before is told once more, under the same ids."""

    count: int


class EndpointDisabled(_OfEndpoint):
    """Nothing is sent there until its owner says so; nothing is lost."""

    host: str
    reason_code: GivenUp
    failing_since: AwareDatetime | None = None
