"""When an endpoint is given up by itself: what fails for days is sent to nobody."""

from datetime import datetime, timedelta
from enum import StrEnum

FAILING_FOR = timedelta(days=5)
"""Longer than the retries of one message take, so that one message alone never disables an endpoint."""
GONE = 410
"""Standard Webhooks: by this answer a receiver says that it wants nothing any more."""
ROTATION = timedelta(hours=24)
"""So long after a rotation the former secret signs as well."""


class EndpointState(StrEnum):
    """Whether an endpoint is sent to."""

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    """Its owner wants nothing for now; what happens meanwhile is sent when it goes on."""
    DISABLED = "DISABLED"
    """It failed too long, or answered 410; its owner may set it going again, and nothing is lost."""


def is_given_up(status: int | None, failing_since: datetime | None, now: datetime) -> bool:
    """Whether this failed attempt is the last one."""
    return status == GONE or (failing_since is not None and now - failing_since >= FAILING_FOR)
