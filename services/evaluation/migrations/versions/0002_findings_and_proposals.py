"""Findings about raters and units beside those about persons; kept versions of assessments; proposals after results."""

from alembic import op

from kit.schema import secure

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MODERATIONS = """
alter table moderations add column id uuid, add column cycle_id uuid, add column unit_id uuid,
    add column concerns_id uuid, add column findings jsonb not null default '[]', add column question text,
    add column asked_by uuid, add column asked_at timestamptz, add column outcome text, add column answer text,
    add column answered_by uuid, add column answered_at timestamptz;
update moderations m set id = m.appraisal_id, cycle_id = a.cycle_id, concerns_id = a.assessed_by
    from appraisals a where a.tenant_id = m.tenant_id and a.id = m.appraisal_id;
alter table moderations drop constraint moderations_pkey;
alter table moderations alter column id set not null, alter column cycle_id set not null,
    alter column appraisal_id drop not null, alter column findings drop default, add primary key (tenant_id, id),
    add constraint fk_moderations_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id),
    add constraint ck_moderations_person check (appraisal_id is null or appraisal_id = id),
    add constraint ck_moderations_outcome check (outcome in ('KEPT', 'REVISED', 'SILENT')),
    add constraint ck_moderations_decided check ((decided_at is null) = (reason is null));
create unique index uq_moderations_rater on moderations (tenant_id, cycle_id, concerns_id)
    where appraisal_id is null and unit_id is null;
create unique index uq_moderations_unit on moderations (tenant_id, cycle_id, unit_id) where unit_id is not null;
create index ix_moderations_concerns on moderations (tenant_id, concerns_id)
"""

_TABLES = """
alter table assessments add column version smallint not null default 1;
create table assessment_versions (
    tenant_id text not null, id uuid not null, appraisal_id uuid not null, assessor_id uuid not null,
    role text not null, version smallint not null, scores jsonb not null, reasons jsonb not null, result_rating text,
    behaviour_rating text, comment text not null, submitted_at timestamptz not null, replaced_at timestamptz not null,
    moderation_id uuid not null, reason text not null, primary key (tenant_id, id),
    constraint fk_assessment_versions_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id),
    constraint uq_assessment_versions_version unique (tenant_id, appraisal_id, assessor_id, role, version)
);
create index ix_assessment_versions_moderation on assessment_versions (tenant_id, moderation_id);
create table proposals (
    tenant_id text not null, id uuid not null, cycle_id uuid not null, appraisal_id uuid not null,
    result_id uuid not null, servant_id uuid not null, version smallint not null, kind text not null,
    basis_id text not null, basis_en text not null, details jsonb not null, state text not null,
    proposed_at timestamptz not null, decided_by uuid, decided_at timestamptz, reason text,
    superseded_at timestamptz, primary key (tenant_id, id),
    constraint fk_proposals_appraisal foreign key (tenant_id, appraisal_id) references appraisals (tenant_id, id),
    constraint uq_proposals_kind unique (tenant_id, result_id, kind),
    constraint ck_proposals_kind check (kind in ('PROMOTION_SIGNAL', 'TALENT_BOX', 'TRAINING_NEED', 'COACHING',
        'IMPROVEMENT_CASE', 'INNOVATION_REWARD', 'CREDIT_CONVERSION')),
    constraint ck_proposals_state check (state in ('PROPOSED', 'ACCEPTED', 'DECLINED', 'SUPERSEDED')),
    constraint ck_proposals_decided check (state not in ('ACCEPTED', 'DECLINED')
        or (reason is not null and decided_by is not null and decided_at is not null)),
    constraint ck_proposals_superseded check ((state = 'SUPERSEDED') = (superseded_at is not null))
);
create index ix_proposals_cycle on proposals (tenant_id, cycle_id, id);
create index ix_proposals_servant on proposals (tenant_id, servant_id, id);
create index ix_proposals_appraisal on proposals (tenant_id, appraisal_id)
"""

_SEEN = ("moderations", "appraisals", "cycles")
"""What the rows of before are filled from and checked against."""


def upgrade() -> None:
    """Rows of moderations get an id of their own; the two new tables keep what was once written."""
    op.execute("set local lock_timeout = '5s'")
    # The owner is held to row-level security as well, and has no policy: it must see every city's rows for a moment.
    for table in _SEEN:
        op.execute(f"alter table {table} no force row level security")
    for statement in (*_MODERATIONS.split(";\n"), *_TABLES.split(";\n")):
        op.execute(statement)
    for table in _SEEN:
        op.execute(f"alter table {table} force row level security")
    secure("evaluation", "assessment_versions", "proposals")
    op.execute("revoke update, delete on assessment_versions from evaluation_app")
    # What was proposed stays as it was frozen; only what people make of it is added.
    op.execute("revoke update, delete on proposals from evaluation_app")
    op.execute("grant update (state, decided_by, decided_at, reason, superseded_at) on proposals to evaluation_app")
