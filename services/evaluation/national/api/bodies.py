"""Answers about batches."""

from datetime import datetime
from uuid import UUID

from contracts.base import Frozen
from contracts.evaluation.exports import ExportState, RejectionCode, SettledBy
from kit.responses import FromRow
from services.evaluation.national.models import NationalBatch, NationalRow
from services.evaluation.national.queries.batches import Standing
from services.evaluation.national.rules.holds import BatchHold
from services.evaluation.reports.rules.records import Record


class RowStates(Frozen):
    """Rows of a batch by state."""

    exported: int
    confirmed: int
    rejected: int
    sending: int
    """Of the exported ones, those that the gateway is asked about; the others wait for the office."""


class NationalBatchResponse(FromRow):
    """The manifest of a batch, and how far its rows have come."""

    id: UUID
    cycle_id: UUID
    results: int
    """Final results that are in it."""
    rows: int
    """One for each part of the period with one rater and one position."""
    held: int
    """Results that were held back."""
    earlier: int
    """Results that are in an earlier batch and were not rejected there."""
    sha256: str
    """Of the rows: docs/export.md says how."""
    made_at: datetime
    made_by: UUID
    states: RowStates

    @classmethod
    def of(cls, batch: NationalBatch, standing: Standing) -> "NationalBatchResponse":
        """From its row and those of its rows."""
        states = {one.value.lower(): standing.states[one] for one in ExportState}
        return cls.model_validate(batch.model_dump() | {"states": {**states, "sending": standing.sending}})


class NationalPreviewResponse(Frozen):
    """What a batch would be if it were made now."""

    results: int
    """Final results that would be in it."""
    rows: int
    earlier: int
    """Results that are in an earlier batch and were not rejected there."""
    held: dict[BatchHold, int]
    """Results that would be held back, by reason."""


class NationalRowResponse(FromRow):
    """A row of a batch, and what was answered to it."""

    id: UUID
    place: int
    result_id: UUID
    servant_id: UUID
    version: int
    part: int
    record: Record
    state: ExportState
    code: RejectionCode | None
    """Why it was rejected."""
    reason: str | None
    """Why, in the words of who rejected it."""
    number: str | None
    """The id that the national application gave it."""
    attempts: int
    error: str | None
    """What came of the last attempt that brought no answer."""
    settled_at: datetime | None
    settled_by: SettledBy | None

    @classmethod
    def of(cls, row: NationalRow) -> "NationalRowResponse":
        """From its row."""
        return cls.model_validate(row)


class NationalHoldResponse(FromRow):
    """A result that a batch held back."""

    result_id: UUID
    servant_id: UUID
    reason: BatchHold


class AnswersTakenResponse(Frozen):
    """What a file of answers did, and the batch after it."""

    confirmed: int
    rejected: int
    known: int
    """Lines that say what is known already."""
    batch: NationalBatchResponse
