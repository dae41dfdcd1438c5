"""The columns of an event on its way out: waiting in the outbox, set aside, or kept in the journal."""

from datetime import datetime
from uuid import UUID

from sqlmodel import SQLModel

from kit import columns


class Envelope(SQLModel):
    """An event with what the broker's headers and a reader of the journal need to know of it."""

    event_id: UUID = columns.reference()
    tenant_id: str = columns.text()
    topic: str = columns.text()
    key: str = columns.text()
    type: str = columns.text()
    subject: str = columns.text()
    actor: str = columns.text()
    reason: str | None = columns.text(nullable=True)
    body: str = columns.text()
    time: datetime = columns.instant()
    traceparent: str | None = columns.text(nullable=True)
    """Of what it follows from (``kit.traceparent``); not in the hash of the journal, and none where nobody may know who acted."""
