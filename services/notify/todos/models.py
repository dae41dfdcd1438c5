"""Rows of the read model of everybody's obligations."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, Boolean, CheckConstraint, Index, Integer, text
from sqlmodel import Field, SQLModel, col

from contracts.obligations import UNNAMED
from kit import columns


class Todo(SQLModel, table=True):
    """An obligation as the service that owns it has emitted; what is not known yet is null."""

    __tablename__ = "todos"
    __table_args__ = (
        CheckConstraint("state in ('OPEN', 'DONE', 'LAPSED', 'CANCELLED')", name="ck_todos_state"),
        Index("uq_todos_seq", "tenant_id", "seq", unique=True),
        Index("ix_todos_cycle_seq", "tenant_id", "cycle_id", "seq"),
        Index("ix_todos_own", "tenant_id", "debtor_id", "due_at", "id", postgresql_where=text("state = 'OPEN'")),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    seq: int = Field(sa_type=BigInteger)
    """Grows with every change; assigned under a lock of the city, so a reader never misses a lower one."""
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


NAMED = col(Todo.kind).not_in([kind.value for kind in UNNAMED])
"""What others than the debtor may read by name: not whom an anonymous assessor assesses, nor that he or she does."""
