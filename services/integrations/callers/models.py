"""Rows of those who may call."""

from uuid import UUID

from sqlalchemy import Integer
from sqlmodel import Field, SQLModel

from kit import columns


class Caller(SQLModel, table=True):
    """Somebody with a role, by id alone: a machine's account, or a holder of an office. No name is kept here."""

    __tablename__ = "callers"

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    revision: int = Field(sa_type=Integer)
    roles: list[str] = columns.texts()
    active: bool
    status: str = columns.text()
