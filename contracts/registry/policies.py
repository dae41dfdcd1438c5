"""What the registry emits of policies."""

from typing import ClassVar

from contracts.base import Event, ScopeCode
from contracts.policy import Policy


class PolicyPublished(Event):
    """An effective policy of one scope, inheritance resolved."""

    topic: ClassVar[str] = "registry"
    scope: ScopeCode
    policy_version: int
    policy: Policy

    @property
    def key(self) -> str:
        return f"policy/{self.scope}/{self.policy_version}"
