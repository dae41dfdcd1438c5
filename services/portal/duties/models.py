"""The rows of the copy of obligations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, Integer, text
from sqlmodel import Field, SQLModel

from kit import columns


class Duty(SQLModel, table=True):
    """An obligation as the service that owns it has told; what is not known yet is null."""

    __tablename__ = "duties"
    __table_args__ = (
        CheckConstraint("state in ('OPEN', 'DONE', 'LAPSED', 'CANCELLED')", name="ck_duties_state"),
        Index("ix_duties_own", "tenant_id", "debtor_id", "due_at", "id", postgresql_where=text("state = 'OPEN'")),
        Index("ix_duties_about", "tenant_id", "about_id", postgresql_where=text("state = 'OPEN'")),
        Index("ix_duties_cycle", "tenant_id", "cycle_id", "state"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    service: str = columns.text()
    kind: str = columns.text()
    phase: str = columns.text()
    cycle_id: UUID = columns.reference()
    subject_id: UUID | None = columns.reference(nullable=True)
    about_id: UUID | None = columns.reference(nullable=True)
    debtor_id: UUID = columns.reference()
    first_debtor_id: UUID | None = columns.reference(nullable=True)
    opened_at: datetime | None = columns.instant(nullable=True)
    due_at: datetime | None = columns.instant(nullable=True)
    state: str = columns.text()
    late: bool = Field(sa_type=Boolean)
    handed_over: bool = Field(sa_type=Boolean)
    reminders: int = Field(sa_type=Integer)
    escalations: int = Field(sa_type=Integer)


class DutyDone(SQLModel, table=True):
    """What somebody did on a page a moment ago: the list of tasks leaves it out before the copy has heard of it."""

    __tablename__ = "duties_done"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    """Of the obligation: one that is opened again is another one."""
    done_at: datetime = columns.instant()
