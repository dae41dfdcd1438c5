"""Rows of assessments: who assesses, what each gave, and the versions that were revised."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, LargeBinary, SmallInteger, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import UUID as PG_UUID
from sqlmodel import Field, SQLModel

from kit import columns
from services.evaluation.keys import of_appraisal, of_cycle


class AssessmentVersion(SQLModel, table=True):
    """An assessment as it stood before its assessor revised it; the database refuses any change."""

    __tablename__ = "assessment_versions"
    __table_args__ = (
        of_appraisal("assessment_versions"),
        UniqueConstraint(
            "tenant_id", "appraisal_id", "assessor_id", "role", "version", name="uq_assessment_versions_version"
        ),
        Index("ix_assessment_versions_moderation", "tenant_id", "moderation_id"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    appraisal_id: UUID = columns.reference()
    assessor_id: UUID = columns.reference()
    role: str = columns.text()
    version: int = Field(sa_type=SmallInteger)
    scores: dict[str, str] = columns.document()
    reasons: dict[str, str] = columns.document()
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    comment: str = columns.text()
    competences: dict[str, int] | None = columns.document(nullable=True)
    submitted_at: datetime = columns.instant()
    before_organisation: bool = Field(default=False, sa_type=Boolean)
    levels: dict[str, str] = columns.document(default={})
    replaced_at: datetime = columns.instant()
    moderation_id: UUID = columns.reference()
    reason: str = columns.text()
    """Why the next version took its place."""


class Assessment(SQLModel, table=True):
    """What one assessor gave; a second one by the same assessor takes its place until the result is computed."""

    __tablename__ = "assessments"
    __table_args__ = (
        of_appraisal("assessments"),
        # The role is in the key: a rater may also sit in the panel that visits the unit.
        UniqueConstraint("tenant_id", "appraisal_id", "assessor_id", "role", name="uq_assessments_assessor"),
    )

    tenant_id: str = columns.tenant()
    id: UUID = columns.identity()
    appraisal_id: UUID = columns.reference()
    assessor_id: UUID = columns.reference()
    role: str = columns.text()
    scores: dict[str, str] = columns.document()
    reasons: dict[str, str] = columns.document()
    result_rating: str | None = columns.text(nullable=True)
    behaviour_rating: str | None = columns.text(nullable=True)
    comment: str = columns.text(default="")
    competences: dict[str, int] | None = columns.document(nullable=True)
    """Of the technical competences that the post asks for, 1 to 5; None where it asks for none."""
    submitted_at: datetime = columns.instant()
    version: int = Field(default=1, sa_type=SmallInteger, sa_column_kwargs={"server_default": text("1")})
    """Counts the revisions after a question; the versions before are kept."""
    before_organisation: bool = Field(default=False, sa_type=Boolean)
    """Given before the achievement of the organisation was set (PermenPANRB 6/2022 arts 24-25)."""
    levels: dict[str, str] = columns.document(default={})
    """The level that the assessor named for a score, by what was scored."""


class PeerSecret(SQLModel, table=True):
    """What the choice of colleagues in a cycle hangs on beside public facts; made by the database, read by the choice alone.

    No route, event, journal, log or workflow has it; the database refuses to change or delete it.
    """

    __tablename__ = "peer_secrets"
    __table_args__ = (of_cycle("peer_secrets"),)

    tenant_id: str = columns.tenant()
    cycle_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    secret: bytes = Field(sa_type=LargeBinary)


class PeerNomination(SQLModel, table=True):
    """A colleague who is asked to assess."""

    __tablename__ = "peer_nominations"
    __table_args__ = (of_appraisal("peer_nominations"),)

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    peer_id: UUID = Field(sa_type=PG_UUID, primary_key=True)


class Nominee(SQLModel, table=True):
    """A colleague whom the servant named, or the rater in the place of one; who is asked stands in another table.

    Neither says who answered: of that nothing is kept but the assessment itself.
    """

    __tablename__ = "nominees"
    __table_args__ = (
        of_appraisal("nominees"),
        CheckConstraint("state in ('PROPOSED', 'APPROVED', 'DECLINED')", name="ck_nominees_state"),
    )

    tenant_id: str = columns.tenant()
    appraisal_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    colleague_id: UUID = Field(sa_type=PG_UUID, primary_key=True)
    state: str = columns.text()
    """See ``rules.nomination``."""
    by_servant: bool = Field(sa_type=Boolean)
    """Else by the rater, in the place of somebody."""
    reason: str | None = columns.text(nullable=True)
    said_at: datetime = columns.instant()
    said_by: UUID = columns.reference()
