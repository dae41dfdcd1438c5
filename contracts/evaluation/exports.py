"""What the evaluation service emits of batches for the national application (PermenPANRB 6/2022 art. 35)."""

from enum import StrEnum
from uuid import UUID

from contracts.base import Frozen
from contracts.evaluation.about import CycleEvent


class ExportState(StrEnum):
    """How far a row has come on its way into the national application."""

    EXPORTED = "EXPORTED"
    """It is in a batch, and nobody has answered it."""
    CONFIRMED = "CONFIRMED"
    """The national application has it."""
    REJECTED = "REJECTED"
    """The national application does not take it, for a reason; the result may go again in a later batch."""


class RejectionCode(StrEnum):
    """Why a row was rejected, in one word; the reason beside it is in the words of who rejected it."""

    REFUSED = "REFUSED"
    """The national application refused what the row says."""
    PERSON_UNKNOWN = "PERSON_UNKNOWN"
    """The national application knows nobody of this NIP."""
    HOLDS_ANOTHER = "HOLDS_ANOTHER"
    """The national application has another result of this person for these months."""
    WITHDRAWN = "WITHDRAWN"
    """It was not sent: the result was superseded, or an objection was admitted, after the batch was made."""


class SettledBy(StrEnum):
    """Where the answer to a row came from."""

    GATEWAY = "GATEWAY"
    FILE = "FILE"
    """The performance office brought it by hand."""


class SettledRow(Frozen):
    """One row that was confirmed or rejected; the words of a reason may name people and are left out."""

    row_id: UUID
    result_id: UUID
    part: int
    state: ExportState
    code: RejectionCode | None = None


class ResultsExported(CycleEvent):
    """The performance office made a batch of a cycle's final results for the national application."""

    batch_id: UUID
    results: int
    """Final results in the batch."""
    rows: int
    """One for each part of the period with one rater and one position."""
    held: dict[str, int]
    """Results that were held back, by reason."""
    sha256: str
    """Of the rows."""
    made_by: UUID


class ExportRowsSettled(CycleEvent):
    """Rows of a batch were confirmed or rejected; hundreds of them in one event."""

    batch_id: UUID
    settled_by: SettledBy
    rows: tuple[SettledRow, ...]
    open: int
    """Rows of the batch that are still to be answered."""
