"""Which cases a person holds a duty about, whoever owed it first."""

from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Mapped
from sqlmodel import col

from contracts.obligations import Duty
from kit.obligations import ObligationRow


def held_by(person_id: UUID, kind: Duty, subject_id: Mapped[UUID]) -> ColumnElement[bool]:
    """Rows whose id is the subject of an open duty of this person; ``subject_id`` is the row's column."""
    subjects = select(col(ObligationRow.subject_id)).where(
        col(ObligationRow.kind) == kind.value,
        col(ObligationRow.state) == "OPEN",
        col(ObligationRow.debtor_id) == person_id,
    )
    return subject_id.in_(subjects)
