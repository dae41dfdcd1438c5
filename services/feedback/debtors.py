"""Which cases a person holds an obligation about, whoever owed it first."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from contracts.obligations import ObligationKind
from obligations.rows import ObligationRow


def held_by(person_id: UUID, kind: ObligationKind, subject_id: Mapped[UUID]) -> ColumnElement[bool]:
    """Rows whose id is the subject of an open obligation of this person; ``subject_id`` is the row's column."""
    subjects = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.debtor_id) == person_id,
    )
    return subject_id.in_(subjects)
