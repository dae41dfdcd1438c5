"""What becomes of a delivery."""

from enum import StrEnum


class DeliveryState(StrEnum):
    """How far one message to one endpoint has come."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    FAILED = "FAILED"
    """Every attempt failed; it may be sent again by hand."""


def is_received(status: int | None) -> bool:
    """Whether the receiver took it: any 2xx; a redirect is followed nowhere and therefore is none."""
    return status is not None and 200 <= status < 300
