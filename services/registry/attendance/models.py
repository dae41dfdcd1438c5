"""Days at work by month, as another system counted them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Integer
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns


class MonthAttendance(SQLModel, table=True):
    """One person's month; imported again it is overwritten."""

    __tablename__ = "attendance"
    __table_args__ = (
        CheckConstraint("present >= 0 and late >= 0 and absent >= 0 and late <= present", name="ck_attendance_days"),
    )

    tenant_id: str = columns.tenant()
    servant_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    month: date = Field(sa_type=Date, primary_key=True)
    """Its first day."""
    present: int = Field(sa_type=Integer)
    late: int = Field(sa_type=Integer)
    """Of the days present."""
    absent: int = Field(sa_type=Integer)
    source: str = columns.text()
    """The system that counted."""
    imported_at: datetime = columns.instant()
    imported_by: UUID = columns.reference()
