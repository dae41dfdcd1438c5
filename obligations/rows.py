"""Obligations as they are stored, and as commands name the ones to open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, Integer, SmallInteger, literal_column, text
from sqlmodel import Field, SQLModel

from kit import columns


# Partial: nearly all rows of a year are closed, and whatever is asked in a hurry is asked about open ones.
def _while_open(name: str, *names: str, unique: bool = False) -> Index:
    return Index(name, "tenant_id", *names, unique=unique, postgresql_where=text("state = 'OPEN'"))


class ObligationRow(SQLModel, table=True):
    """One obligation of one person about one thing."""

    __tablename__ = "obligations"
    __table_args__ = (
        _while_open("uq_obligations_open", "kind", "subject_id", "first_debtor_id", unique=True),
        _while_open("ix_obligations_next_at", "next_at", "id"),
        _while_open("ix_obligations_open_phase", "cycle_id", "phase"),
        _while_open("ix_obligations_debtor_id", "debtor_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    kind: str = columns.text()
    phase: str = columns.text()
    cycle_id: UUID = columns.reference()
    subject_id: UUID = columns.reference()
    about_id: UUID | None = columns.reference(nullable=True)
    first_debtor_id: UUID = columns.reference()
    debtor_id: UUID = columns.reference()
    """Who owes it now; another than the first after a hand-over."""
    superior_id: UUID | None = columns.reference(nullable=True)
    office_id: UUID | None = columns.reference(nullable=True)
    opened_at: datetime = columns.instant()
    due_at: datetime = columns.instant()
    # JSON and not rows of their own: a ladder is read and written with its obligation and never searched; what the sweep
    # searches stands beside it in next_at.
    rungs: list[dict[str, str]] = columns.document()
    rung: int = Field(default=0, sa_type=SmallInteger)
    next_at: datetime | None = columns.instant(nullable=True)
    state: str = columns.text(default="OPEN")
    """OPEN, DONE, LAPSED or CANCELLED."""
    closed_at: datetime | None = columns.instant(nullable=True)
    closed_by: str | None = columns.text(nullable=True)
    calendar_version: int | None = Field(default=None, sa_type=Integer, nullable=True)
    """The legal calendar that its instants were computed with; a later version moves nothing."""


@dataclass(frozen=True, slots=True)
class NewObligation:
    """An obligation to be opened: who owes it, and about what; the rest are its terms."""

    subject_id: UUID
    debtor_id: UUID
    about_id: UUID | None = None
    superior_id: UUID | None = None
    office_id: UUID | None = None


DIFFERING = ("subject_id", "debtor_id", "about_id", "superior_id", "office_id")
"""Columns in which the obligations that one statement opens differ: those of :class:`NewObligation`."""
ROWS = columns.table_of(ObligationRow)
"""Statements on the table itself are built and compiled once, and the session keeps no books on what they return."""


IS_OPEN = ROWS.c.state == literal_column("'OPEN'")
"""Written out and not a parameter: a plan for any parameters could not use the indexes of what is open."""
