"""The rows of sessions."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Date, Index, LargeBinary, Text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlmodel import Field, SQLModel

from kit import columns


class BrowserSession(SQLModel, table=True):
    """One signed-in browser. Who can name neither the hash of its cookie nor the issuer's ``sid`` does not see it."""

    __tablename__ = "browser_sessions"
    __table_args__ = (
        Index("ix_browser_sessions_sid", "sid"),
        Index("ix_browser_sessions_servant_id", "servant_id"),
        Index("ix_browser_sessions_seen_at", "seen_at"),
    )

    key_hash: str = Field(sa_type=Text, primary_key=True)
    tenant_id: str = columns.text()
    servant_id: UUID = columns.reference()
    sid: str = columns.text()
    """What the issuer calls the session; its own random name where the issuer gives none."""
    roles: list[str] = Field(sa_type=ARRAY(Text))
    """As the token names them: for the sections that are shown, never for what may be done."""
    language: str = columns.text()
    tokens: bytes = Field(sa_type=LargeBinary)
    """Access, refresh and id token, encrypted."""
    csrf: str = columns.text()
    token_until: datetime = columns.instant()
    begun_at: datetime = columns.instant()
    seen_at: datetime = columns.instant()


class SignInFailures(SQLModel, table=True):
    """How often signing in failed on a day for a reason, in the whole portal: a count, and nothing of anybody."""

    __tablename__ = "sign_in_failures"
    __table_args__ = (
        CheckConstraint(
            "reason in ('NOT_BEGUN', 'FORGED', 'REFUSED', 'INVALID', 'SILENT')", name="ck_sign_in_failures_reason"
        ),
    )

    day: date = Field(sa_type=Date, primary_key=True)
    reason: str = Field(sa_type=Text, primary_key=True)
    failures: int
