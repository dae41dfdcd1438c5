"""Units, servants, rater relations, policies, calendars, imports."""

from alembic import op

from kit.schema import create_kit_tables, secure
from obligations.schema import create_obligations_table

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = """
create extension if not exists btree_gist;
create table units (
    tenant_id text not null, id uuid not null, revision integer not null, code text not null, name text not null,
    kind text not null, parent_id uuid, own_period_months smallint, scope text not null,
    period_months smallint not null, active boolean not null,
    primary key (tenant_id, id),
    constraint ck_units_kind check (kind in ('CITY', 'SECRETARIAT', 'INSPECTORATE', 'OFFICE', 'AGENCY', 'DISTRICT',
        'SUBDISTRICT', 'HOSPITAL', 'HEALTH_CENTRE', 'SCHOOL', 'SECTION'))
);
create unique index uq_units_code on units (tenant_id, code);
create table servants (
    tenant_id text not null, id uuid not null, revision integer not null, nip text not null, name text not null,
    email text not null, employment_type text not null, grade text not null, position text not null,
    position_kind text not null, unit_id uuid not null, is_head boolean not null, rater_id uuid, authority_id uuid,
    roles text[] not null, language text not null, active boolean not null,
    primary key (tenant_id, id),
    constraint ck_servants_employment_type check (employment_type in ('PNS', 'PPPK')),
    constraint ck_servants_position_kind check (position_kind in ('JPT_UTAMA', 'JPT_MADYA', 'JPT_PRATAMA',
        'ADMINISTRATOR', 'PENGAWAS', 'PELAKSANA', 'AHLI_UTAMA', 'AHLI_MADYA', 'AHLI_MUDA', 'AHLI_PERTAMA', 'PENYELIA',
        'MAHIR', 'TERAMPIL', 'PEMULA'))
);
create unique index uq_servants_nip on servants (tenant_id, nip);
create index ix_servants_name on servants (tenant_id, name, id);
create index ix_servants_unit_id on servants (tenant_id, unit_id);
create index ix_servants_rater_id on servants (tenant_id, rater_id);
create table rater_relations (
    tenant_id text not null, servant_id uuid not null, valid_from date not null, valid_to date, rater_id uuid not null,
    source text not null, reason text, recorded_at timestamptz not null, recorded_by text not null,
    primary key (tenant_id, servant_id, valid_from),
    constraint ck_rater_relations_source check (source in ('HIERARCHY', 'DELEGATION', 'CORRECTION')),
    constraint ck_rater_relations_span check (valid_to is null or valid_to > valid_from),
    constraint ex_rater_relations_overlap exclude using gist
        (tenant_id with =, servant_id with =, daterange(valid_from, valid_to) with &&)
);
create index ix_rater_relations_rater_id on rater_relations (tenant_id, rater_id);
create table policy_documents (
    tenant_id text not null, scope text not null, version integer not null, inherits text, document jsonb not null,
    effective jsonb not null, content_hash text not null, published_at timestamptz not null,
    published_by text not null, primary key (tenant_id, scope, version)
);
create table calendars (
    tenant_id text not null, version integer not null, calendar jsonb not null, until date not null,
    published_at timestamptz not null, primary key (tenant_id, version)
);
create table imports (
    tenant_id text not null, id uuid not null, imported_at timestamptz not null, imported_by text not null,
    files jsonb not null, counts jsonb not null, primary key (tenant_id, id)
);
create table import_rows (
    tenant_id text not null, import_id uuid not null, number integer not null, file text not null, line integer,
    subject_id uuid not null, code text not null, outcome text not null, note text,
    primary key (tenant_id, import_id, number),
    constraint ck_import_rows_outcome check (outcome in ('created', 'changed', 'unchanged', 'not in file'))
);
create index ix_import_rows_outcome on import_rows (tenant_id, import_id, outcome, number)
"""


def upgrade() -> None:
    """Apply."""
    create_kit_tables("registry")
    create_obligations_table("registry")
    for statement in _TABLES.split(";\n"):
        op.execute(statement)
    secure(
        "registry",
        "units",
        "servants",
        "rater_relations",
        "policy_documents",
        "calendars",
        "imports",
        "import_rows",
    )


def downgrade() -> None:
    """Take back: only by dropping the database."""
    raise NotImplementedError
