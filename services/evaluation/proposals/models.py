"""What follows from a final result: one row a proposal, with its frozen snapshot and the decision."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, SmallInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal


class Proposal(SQLModel, table=True):
    """One proposal from one version of a result; its snapshot never changes."""

    __tablename__ = "proposals"
    __table_args__ = (
        of_appraisal("proposals"),
        # At most one of a kind from one version; proposing inserts and lets this decide.
        UniqueConstraint("tenant_id", "result_id", "kind", name="uq_proposals_kind"),
        Index("ix_proposals_cycle", "tenant_id", "cycle_id", "id"),
        Index("ix_proposals_servant", "tenant_id", "servant_id", "id"),
        Index("ix_proposals_appraisal", "tenant_id", "appraisal_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    cycle_id: UUID = columns.reference()
    appraisal_id: UUID = columns.reference()
    result_id: UUID = columns.reference()
    servant_id: UUID = columns.reference()
    version: int = Field(sa_type=SmallInteger)
    """Of the result."""
    kind: str = columns.text()
    basis_id: str = columns.text()
    """Why, in Indonesian."""
    basis_en: str = columns.text()
    details: dict[str, str] = columns.document()
    """What it was made from and what came out; of a credit conversion coefficient, percentage, months and points."""
    state: str = columns.text(default="PROPOSED")
    """See ``rules.states``."""
    proposed_at: datetime = columns.instant()
    decided_by: UUID | None = columns.reference(nullable=True)
    decided_at: datetime | None = columns.instant(nullable=True)
    reason: str | None = columns.text(nullable=True)
    superseded_at: datetime | None = columns.instant(nullable=True)
