"""Technical competences of posts: what is asked, the level that each assessor gave, and the gap."""

from alembic import op

from kit.schema import secure

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_TABLES = {
    "known_competences": """
create table known_competences (
    tenant_id text not null, position_key text not null, code text not null, valid_from date not null, valid_to date,
    name text not null, required smallint not null, primary key (tenant_id, position_key, code, valid_from)
)
""",
    "cycle_competences": """
create table cycle_competences (
    tenant_id text not null, cycle_id uuid not null, position_key text not null, code text not null,
    name text not null, required smallint not null, primary key (tenant_id, cycle_id, position_key, code),
    constraint fk_cycle_competences_cycle foreign key (tenant_id, cycle_id) references cycles (tenant_id, id)
)
""",
    "appraisal_competences": """
create table appraisal_competences (
    tenant_id text not null, appraisal_id uuid not null, code text not null, position_key text not null,
    name text not null, required smallint not null, primary key (tenant_id, appraisal_id, code),
    constraint fk_appraisal_competences_appraisal foreign key (tenant_id, appraisal_id)
        references appraisals (tenant_id, id)
)
""",
}


def upgrade() -> None:
    """What a cycle froze the application may neither change nor delete."""
    op.execute("set local lock_timeout = '5s'")
    for table, statement in _TABLES.items():
        op.execute(statement)
        secure("evaluation", table)
    op.execute("revoke update, delete on cycle_competences from evaluation_app")
    for table in ("assessments", "assessment_versions"):
        op.execute(f"alter table {table} add column competences jsonb")
    for table in ("appraisals", "results"):
        op.execute(f"alter table {table} add column competences jsonb")


def downgrade() -> None:
    """Take back: only by restoring a backup."""
    raise NotImplementedError
