"""What the portal tells of files that prove something: that one was stored, and its hash."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from contracts.base import Event


class EvidenceStored(Event):
    """A file lies in the store. Its name and content are nobody's business but of those who may see what it proves."""

    topic: ClassVar[str] = "portal"
    internal: ClassVar[bool] = True
    evidence_id: UUID
    uploader_id: UUID
    service: str
    """Whose record it proves, e.g. ``plans``."""
    path: str
    """Where that record is read, e.g. ``/reports/{id}``; empty while it is not written yet."""
    media_type: str
    size: int
    """Bytes."""
    sha256: str
    stored_at: AwareDatetime

    @property
    def key(self) -> str:
        return str(self.evidence_id)

    @property
    def subject(self) -> str:
        return str(self.uploader_id)
